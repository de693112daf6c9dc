"""Lines wrapped between words."""

from __future__ import annotations

from textwrap import wrap

LONGEST = 100
"""The longest line of a sentence: longer ones are hard to read, however wide the terminal is."""


def folded(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` and `LONGEST`, the further ones indented by two; a longer word stays whole."""
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return wrapped(line.strip(" "), min(width, LONGEST), indent, indent + "  ") or [""]


def wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """A text in lines of at most `width`: a number stays with its per cent, a word or a path is never cut."""
    return wrap(
        text.replace(" %", "\N{NO-BREAK SPACE}%"),
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
