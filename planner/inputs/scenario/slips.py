"""Slips that are valid YAML and mean something else: `{share: 0,9}` is two entries, `max:` nothing, `from:2021` a text.

They are told by how the file is written, before anybody knows what a key means; and by `meant`, once a number was
expected and something else found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from planner.inputs.scenario.yaml_problems import CURLY_QUOTES

Slip = tuple[int, str, dict[str, object]]
"""The line [from 1], the key of the sentence, and what fills its blanks beside `at`."""
ODD_BLANKS = "\u00a0\u200b\u2007\u202f\u3000\ufeff"
"""Blanks that a word processor or a web page leaves, and that YAML takes for letters."""
_TIGHT_KEY = re.compile(r"[^\W\d]\w*:(?!//)\S")
_TIGHT_LINE = re.compile(r"(?:-\s+)?[^\W\d][\w.-]*:(?!//)\S")
_NO_COLON = re.compile(r"([^\W\d]\w*)(?:\s+(?:=\s*)?|=\s*)([^\s=][^=]*)")
_ENTRY = re.compile(r"([^\W\d]\w*)\s*(?:=\s*)?(?:\d[\d.,]*+\s*%?|[{\[\"'].*)")
_COMMENT_OF_DIGITS = re.compile(r"\s+#\d")
LONGEST_LINE = 300
"""So much of a further line of a text tells whether it was meant as an entry [letters]."""
_DIGITS = re.compile(r"\d+\s*%?")
_WHOLE = re.compile(r"[-+]?\d+")


@dataclass(frozen=True)
class WrittenEntry:
    """An entry of a mapping as it is written: `bare` without a colon, `empty` without a value."""

    key: str
    line: int
    plain: bool
    bare: bool
    empty: bool
    text: str | None  # of a scalar value


def slips_of_mapping(
    entries: Sequence[WrittenEntry], *, may_be_empty: bool, of_list: bool = False
) -> Iterator[tuple[str, Slip]]:
    """What was hardly meant in a mapping, with the key it stands at; `may_be_empty`: values may be missing.

    A name alone in braces is an entry without its value, but an item where a list is wanted, `of_list`.
    """
    tight = any(_TIGHT_KEY.match(entry.key) for entry in entries)
    listed = bool(entries) and all(entry.bare and not _NO_COLON.fullmatch(entry.key) for entry in entries)
    if listed and not tight and (len(entries) > 1 or of_list):
        names = ", ".join(entry.key for entry in entries)
        yield "", (entries[0].line, "braces_for_list", {"found": f"{{{names}}}", "meant": f"[{names}]"})
        return
    for entry, cut in _with_bare(entries):
        if entry.plain and (entry.bare or entry.empty or "{" in entry.key) and _TIGHT_KEY.match(entry.key):
            name, _, rest = entry.key.partition(":")
            yield name, (entry.line, "no_blank_after_colon", {"meant": f"{name}: {rest}"})
        elif entry.plain and (slip := _odd_text(entry.key, entry.line)):
            yield entry.key.strip(ODD_BLANKS + CURLY_QUOTES), slip
        elif cut and entry.text is not None:
            yield entry.key, (entry.line, *_cut_by_comma(entry, cut))
        elif entry.bare and entry.plain and (split := _NO_COLON.fullmatch(entry.key)):
            yield split[1], (entry.line, "no_colon", {"found": entry.key, "meant": f"{split[1]}: {split[2]}"})
        elif entry.empty and (entry.bare or not may_be_empty):
            yield entry.key, (entry.line, "empty_value", {"name": entry.key})
        for other in cut:
            if _TIGHT_KEY.match(other):
                name, _, rest = other.partition(":")
                yield name, (entry.line, "no_blank_after_colon", {"meant": f"{name}: {rest}"})


def _with_bare(entries: Sequence[WrittenEntry]) -> Iterator[tuple[WrittenEntry, list[str]]]:
    """Each entry that has a colon, with the bare ones right behind it; bare ones by themselves where none is before."""
    found: list[tuple[WrittenEntry, list[str]]] = []
    for entry in entries:
        if entry.bare and found and not found[-1][0].bare and found[-1][0].text is not None:
            found[-1][1].append(entry.key)
        else:
            found.append((entry, []))
    yield from found


def _cut_by_comma(entry: WrittenEntry, cut: Sequence[str]) -> tuple[str, dict[str, object]]:
    """The sentence about a value that a comma cut in two."""
    whole = ", ".join([str(entry.text), *cut])
    if _WHOLE.fullmatch(str(entry.text)) and len(cut) == 1 and _DIGITS.fullmatch(cut[0]):
        behind = cut[0].rstrip("% ")
        thousands = len(behind) == 3 and str(entry.text).lstrip("+-") != "0"
        meant = f"{entry.text}{'' if thousands else '.'}{behind}"
        return "decimal_comma", {"found": f"{entry.text},{cut[0]}", "meant": f"{entry.key}: {meant}"}
    return "text_with_comma", {"found": whole, "quoted": f'{entry.key}: "{whole}"', "listed": f"{entry.key}: [{whole}]"}


def slip_of_scalar(
    text: str, lines: Sequence[str], first: int, last: int, column: int, keys: Collection[str]
) -> Slip | None:
    """What was hardly meant by a plain scalar that begins in line `first` and ends in line `last` before `column`.

    Parameters
    ----------
    first, last
        Lines [from 0].
    keys
        Words that begin an entry: a further line of a text that begins with one of them was meant as an entry.
    """
    for number in range(first + 1, last + 1):
        line = lines[number].strip()[:LONGEST_LINE]
        word = _ENTRY.fullmatch(line)
        if _TIGHT_LINE.match(line) or (word and word[1] in keys):
            return number + 1, "line_of_text", {"text": line[:60], "before": lines[number - 1].strip()[:60]}
    # A line may hold everything: it is looked at from a place on, never copied.
    line = lines[last] if last < len(lines) else ""
    if _COMMENT_OF_DIGITS.match(line, column) and re.search(r"[^\W\d]", text):
        return last + 1, "hash_in_text", {"meant": f'"{text[:60]}{line[column : column + 40].rstrip()}"'}
    return _odd_text(text, first + 1)


def _odd_text(text: str, line: int) -> Slip | None:
    """A text with quotes or blanks that YAML takes for letters."""
    if not text:
        return None
    if text[0] in CURLY_QUOTES:
        return line, "curly_quotes", {"found": text[:60], "meant": f'"{text.strip(CURLY_QUOTES)[:60]}"'}
    if text[0] in ODD_BLANKS or text[-1] in ODD_BLANKS:
        return line, "odd_blank", {"found": re.sub(f"[{ODD_BLANKS}]", "·", text)[:60]}
    return None


# --- numbers --------------------------------------------------------------------------------------------------------

_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
LONGEST_NUMBER = 100  # letters of a text that may have been meant as one
THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
"""A number as Vietnam writes thousands: 1.500, which YAML takes for 1.5."""


def meant_number(text: str) -> str:
    """The number that a text was probably meant as, as YAML writes it; empty where none is plain."""
    if len(text) > LONGEST_NUMBER:
        return ""
    bare = re.sub(r"\s+#.*|#.*", "", text).strip().strip("'\"" + CURLY_QUOTES).strip(" ;,")
    percent = bare.endswith("%")
    bare = bare.rstrip("% ")
    if re.fullmatch(r"[\dOoIl]+", bare) and re.search(r"\d", bare):
        bare = bare.translate(_LETTERS_FOR_DIGITS)
    unit = re.fullmatch(r"(?:[^\W\d]+\s+)?([-+]?\d[\d.,]*)(?:\s*[^\W\d][^\d]*)?", bare)
    number = unit[1].rstrip(".,") if unit else bare
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}([. ,]\d{3})+", number):
        number = re.sub(r"[. ,]", "", number)
    elif re.fullmatch(r"[-+]?[1-9]\d{0,2}(\.\d{3})+,\d+", number):
        number = number.replace(".", "").replace(",", ".")
    number = number.replace(",", ".") if re.fullmatch(r"[-+]?\d+,\d+", number) else number
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", number):
        return ""
    value = float(number) / (100 if percent else 1)
    return f"{value:.10g}"
