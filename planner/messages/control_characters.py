"""Characters that do something where they are printed: moved cursors, colours, turned directions of writing.

A name from a file may hold them. In what is told they are shown, never obeyed.
"""

from __future__ import annotations

import re

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What turns the direction of writing, so that a text reads as another than it is."""
_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys((*range(0x80, 0xA0), *_DIRECTIONS, 0x2028, 0x2029, *range(0xD800, 0xE000)), _UNKNOWN),
}
_CONTROL = re.compile("[" + "".join(rf"\u{code:04x}" for code in _SHOWN) + "]")
_LINE_END = "\N{SYMBOL FOR LINE FEED}"


def visible(text: str) -> str:
    """The text with a picture in place of every control character (␛ for ESC) but tabs and ends of lines."""
    return text if text.isprintable() else _CONTROL.sub(lambda found: _SHOWN[ord(found[0])], text)


def visible_line(text: str) -> str:
    """The same on one line, for names: an end of line in one would begin a sentence that nobody said."""
    return text if text.isprintable() else visible(text).replace("\n", _LINE_END)


def visible_json(text: str) -> str:
    """JSON with the control characters in it escaped, of which JSON itself escapes those below 32 alone."""
    return text if text.isprintable() else _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
