"""The console: its width, tables on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.messages import known, say


def console_wide() -> Console:
    """Standard output, as wide as the terminal; wide enough for tables where it is none."""
    return Console(width=None if sys.stdout and sys.stdout.isatty() else 160, highlight=False)


def grid(title: str, *headings: str, text: int = 1) -> Table:
    """An empty table whose first `text` columns are text, the others numbers."""
    table = Table(title=escape(title), title_justify="left", title_style="bold", header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(escape(heading), justify="left" if place < text else "right", overflow="fold")
    return table


def rows_told(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(frame.itertuples(index=False))


def print_table(frame: pd.DataFrame, title: str) -> None:
    """Any table."""
    headings = [say(f"column_{name}") if known(f"column_{name}") else str(name) for name in frame.columns]
    table = grid(title, *headings, text=len(headings))
    for row in rows_told(frame):
        table.add_row(*(escape("" if pd.isna(value) else str(value)) for value in row))
    console_wide().print(table)
