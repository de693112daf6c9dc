"""On a narrow screen a row is a card: each cell says which column it is of, by style alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from planner.report.html.plan_tables import Grid


def labels(values: Mapping[str, Any]) -> str:
    """The style that writes the heading of its column before each cell, for every table among the values of a page."""
    rules = dict.fromkeys(rule for grid in grids(values) if grid.rows and not grid.calendar for rule in _rules(grid))
    return "@media screen and (max-width: 40rem) {\n" + "\n".join(rules) + "\n}"


def grids(value: Any) -> Iterator[Grid]:
    """Every table in a value, however deep."""
    if isinstance(value, Grid):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from grids(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from grids(each)
    elif is_dataclass(value):
        kind: object = type(value)
        for name in _holding(kind):
            yield from grids(getattr(value, name))


@cache
def _holding(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of thing that hold tables; a page has thousands of persons and cells, which hold none."""
    return tuple(part.name for part in fields(kind) if Grid.__name__ in str(part.type))


def _rules(grid: Grid) -> Iterator[str]:
    """A rule for each column but the first."""
    table = f"#table-{css_name(grid.name)}"
    for place, heading in enumerate(grid.headings[1:], 2):
        if heading:
            yield f'{table} tbody > tr > :nth-child({place})::before {{ content: "{css_text(heading)}: "; }}'


def css_text(text: str) -> str:
    """A text inside quotes of a style, in which nothing but letters, digits and blanks stands as it is."""
    return "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text)


def css_name(name: str) -> str:
    """An id as a selector."""
    return "".join(letter if letter.isalnum() or letter in "-_" else f"\\{ord(letter):x} " for letter in name)
