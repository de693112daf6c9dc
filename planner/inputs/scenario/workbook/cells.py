"""Values in cells: what a cell says as the value that a YAML file would hold, and the reverse.

Numbers may be typed as text, with a decimal comma or in per cent; years may be dates. What cannot be read stays text,
which the schema then refuses at its cell.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from planner.inputs import synonyms
from planner.inputs.scenario.workbook.sheets import Field
from planner.inputs.scenario.workbook.words import choice_of, choice_word
from planner.messages import say

LONGEST_TEXT = 32_767
"""Excel's limit of a cell [characters]."""
BETWEEN = "; "
"""Between the names of a list."""
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_")
_TEXTS, _DASHES = ("text", "name", "code"), frozenset({"-", "–", "—", "−"})
_DATE = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-](\d{4})$")
_PLAIN = re.compile(r"[-+]?\d+([.,]\d+)?")
_TWICE = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""1.200 is a thousand and more to one reader and a little more than one to another."""
_GROUPED = (
    (re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?"), ".", ","),
    (re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?"), ",", "."),
    (re.compile(r"[-+]?\d{1,3}( \d{3})+([.,]\d+)?"), " ", ","),
)


@dataclass(frozen=True)
class Slip:
    """A cell that says two things, or nearly something: the sentence of its fault, and a value to go on with."""

    key: str
    values: dict[str, Any]
    instead: Any


def read_cell(field: Field, raw: Any) -> Any:
    """The value of a cell that is not empty, or a `Slip`."""
    if isinstance(raw, dt.date) and (field.kind in ("number", "share", "integer", "year") or field.path == ("lot",)):
        return _of_a_date(field, raw)
    match field.kind:
        case "number" | "share" | "integer" | "year":
            return _numeric(field, raw)
        case "truth":
            told = synonyms.truth(text_of(raw)) if not isinstance(raw, bool) else raw
            return text_of(raw) if told is None else told
        case "names":
            names = [name.strip() for name in re.split(r"[;,\n]", text_of(raw)) if name.strip()]
            return [choice_of(name, field.choices) or name for name in names]
        case "code" if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
    return choice_of(text_of(raw), field.choices) or text_of(raw)


def _of_a_date(field: Field, raw: dt.date) -> int | Slip:
    """What a date says: a year, or a lot that is drawn on a day; Excel makes dates of numbers such as 1.5, too."""
    if field.kind == "year":
        return raw.year
    if field.path == ("lot",):
        return int(f"{raw:%Y%m%d}")
    return Slip("scheme_date_for_number", {"found": f"{raw:%d/%m/%Y}"}, 1)


def is_empty(field: Field, raw: Any) -> bool:
    """Whether a cell says nothing: it is empty, or holds a dash where a number, a choice or yes is expected."""
    return raw is None or (field.kind not in _TEXTS and isinstance(raw, str) and text_of(raw) in _DASHES)


def text_of(raw: Any) -> str:
    """A cell as text: composed letters, no blanks around it; 5.0 is 5, a date its ISO form, a truth value yes or no."""
    match raw:
        case bool():
            return "yes" if raw else "no"
        case float() if raw.is_integer() and abs(raw) < 1e15:
            return str(int(raw))
        case dt.datetime():
            return (raw.date() if raw.time() == dt.time() else raw).isoformat()
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", str(raw))).replace("\xa0", " ").replace("\r\n", "\n")
    return text.strip()


def write_cell(field: Field, value: Any) -> Any:
    """What a cell says for a value, in the language spoken now; None where no cell can say it."""
    cell = _written(field, value)
    if cell is None or (isinstance(cell, str) and (len(cell) > LONGEST_TEXT or _NOT_IN_CELLS.search(cell))):
        return None
    return cell if same(read_cell(field, cell), value) else None


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same in a scenario: 1 is 1.0, but neither is yes."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return isinstance(one, str) == isinstance(other, str) and one == other


def _written(field: Field, value: Any) -> Any:
    if isinstance(value, list) and field.kind == "names" and value and all(isinstance(name, str) for name in value):
        return BETWEEN.join(choice_word(name) if name in field.choices else name for name in value)
    if isinstance(value, bool):
        return say("scheme_yes" if value else "scheme_no") if field.kind == "truth" else None
    if isinstance(value, int | float):
        # A workbook keeps 16 digits of a number.
        return value if field.kind != "text" and float(f"{value:.16G}") == value else None
    if not isinstance(value, str) or not value:
        return None
    return choice_word(value) if value in field.choices else value


def _numeric(field: Field, raw: Any) -> Any:
    """A number, or a `Slip`, or the text that is none."""
    if isinstance(raw, str):
        text = text_of(raw)
        if field.kind == "year":
            text = _DATE.sub(r"\1", text)
        bare = text.removesuffix("%").strip()
        if _TWICE.fullmatch(bare):
            return Slip("scheme_two_numbers", {"found": text}, 1)
        number = _number(bare)
        if number is None:
            return text
        raw = _simple(number / 100 if text.endswith("%") else number)
    elif isinstance(raw, bool) or not isinstance(raw, int | float):
        return text_of(raw)
    else:
        raw = int(raw) if isinstance(raw, float) and raw.is_integer() else raw
    if field.kind == "share" and 1 < raw <= 100:
        return Slip("scheme_share_above_one", {"found": text_of(raw), "meant": text_of(raw / 100)}, raw / 100)
    return raw


def _number(text: str) -> Decimal | None:
    """A number as people type it, with a comma or a point before the decimals; None where it is none."""
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    for form, between, decimal in _GROUPED:
        if form.fullmatch(text):
            return Decimal(text.replace(between, "").replace(decimal, "."))
    return None


def _simple(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
