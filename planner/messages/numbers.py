"""How numbers are written: the one place, for terminal, page, workbook, pictures and sentences.

English sets thousands apart by a no-break space and writes a decimal point: 1 234.5. Vietnamese writes 1.234,5.
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Integral
from typing import Any

from planner.messages.languages import language

DASH = "–"
"""What stands where there is no number."""
MINUS = "−"
DECIMALS = 4
"""A number of which nothing else is asked has at most so many decimals: floating noise is none of a reader's business."""
_SEPARATORS = {"en": ("\N{NO-BREAK SPACE}", "."), "vi": (".", ",")}  # between thousands, before decimals


def figure(value: Any, digits: int | None = None) -> str:
    """A number as the language spoken now writes it; a dash for None, NaN and pandas' NA.

    Parameters
    ----------
    value
        Anything that is a number.
    digits
        How many decimals it has; without it as many as it needs, at most `DECIMALS`.
    """
    if is_missing(value):
        return DASH
    number = int(value) if isinstance(value, Integral) else round(float(value), DECIMALS if digits is None else digits)
    if digits is None:
        text = f"{number:,}" if isinstance(number, int) else f"{number:,.{DECIMALS}f}".rstrip("0").rstrip(".")
    else:
        text = f"{number:,.{digits}f}"
    thousands, point = _SEPARATORS[language()]
    whole, _, decimals = text.removeprefix("-").partition(".")
    told = whole.replace(",", thousands) + (point + decimals if decimals else "")
    return MINUS + told if number < 0 else told


def percentage(share: Any, digits: int = 1) -> str:
    """A share of 1 in per cent, with one decimal: 55,2 %; a dash for none."""
    return DASH if is_missing(share) else f"{figure(100 * float(share), digits)}\N{NO-BREAK SPACE}%"


def signed(change: Any, digits: int | None = None) -> str:
    """A change with its sign, plus or minus; nothing before 0, and a dash for none."""
    text = figure(change, digits)
    return text if is_missing(change) or text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def entered(value: Any) -> str:
    """A number as somebody wrote it into a file: with all its decimals; a whole one plain, since it may be a year."""
    if not isinstance(value, float):
        return str(value)
    decimals = -int(Decimal(str(value)).as_tuple().exponent)
    return figure(value, decimals) if value != int(value) else str(int(value))


def is_missing(value: Any) -> bool:
    """Whether there is no number: None, NaN or pandas' NA."""
    try:
        number = float(value)
    except TypeError:
        return True
    return math.isnan(number)


def counted(value: Any, forms: str) -> str:
    """A counted noun: of the `forms` "# start|# starts" the one that goes with `value`, which takes the place of #.

    One form alone, as Vietnamese needs it, goes with every number. A `value` that is a text is taken as it is.
    """
    text = value if isinstance(value, str) else figure(value)
    one, _, several = forms.partition("|")
    form = one if not several or text.lstrip(f"+{MINUS}") == "1" else several
    return form.replace("#", text)
