"""The tables of a run folder: their columns, each stated once (contract, section 7).

Headings stand in `planner.messages` under `column_NAME`; `planner.verification` derives every column again.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, NUMBER = "text", "number"


@dataclass(frozen=True)
class Column:
    """A column: whether it holds text or numbers, and whether its cells may be empty."""

    name: str
    kind: str = NUMBER
    may_be_empty: bool = False


@dataclass(frozen=True)
class TableForm:
    """A table: its columns in their order, and those that tell one row from another."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


def _form(name: str, key: str, *columns: Column) -> TableForm:
    return TableForm(name, columns, tuple(key.split()))


def _text(name: str, *, empty: bool = False) -> Column:
    return Column(name, TEXT, empty)


def _number(name: str, *, empty: bool = False) -> Column:
    return Column(name, NUMBER, empty)


TABLES: dict[str, TableForm] = {
    form.name: form
    for form in (
        _form(
            "assignments",
            "cadre programme start",
            *(_text(name) for name in ("cadre", "agency", "programme", "mode")),
            *(_number(name) for name in ("start", "finish", "points")),
            _text("serves", empty=True),
        ),
        _form(
            "attainment",
            "target",
            _text("target"),
            *(_number(name) for name in ("members", "unknown", "required", "already", "attained", "shortfall")),
            _number("share", empty=True),
        ),
        _form(
            "seats",
            "pool year",
            _text("pool"),
            _number("year"),
            _number("min"),
            _number("max", empty=True),
            _number("starts"),
            _number("below_min"),
        ),
        _form(
            "totals",
            "pool",
            _text("pool"),
            _number("min"),
            _number("max", empty=True),
            _number("starts"),
            _number("below_min"),
        ),
        _form(
            "shares",
            "share year",
            _text("share"),
            _number("year", empty=True),
            *(_number(name) for name in ("starts", "of_group", "required", "shortfall")),
        ),
        _form(
            "absence",
            "agency year",
            _text("agency"),
            _number("year"),
            _number("headcount"),
            _number("limit", empty=True),
            _number("away"),
        ),
        _form(
            "goals",
            "goal",
            _text("goal"),
            _text("sense"),
            _number("value"),
            _number("bound", empty=True),
            _text("status"),
            _number("seconds"),
        ),
    )
}
COLUMNS = {name: form.names for name, form in TABLES.items()}
