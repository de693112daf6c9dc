"""The console: its width, sentences and tables on it, which never cut a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markup import escape
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from planner.messages import known, say, visible
from planner.report.text.wrapping import LONGEST, folded, wrapped

_NO_TERMINAL = 160
_FRAME, _PADDING = 1, 3  # the left border; the right border of a column and the blanks in it


def console_wide() -> Console:
    """Standard output, as wide as the terminal; wide enough for tables where it is none."""
    terminal = sys.stdout and sys.stdout.isatty()
    return PlainConsole(width=None if terminal or os.environ.get("COLUMNS") else _NO_TERMINAL)


def console_of_news(*, quiet: bool = False) -> Console:
    """Standard error, for progress and for what went wrong."""
    return PlainConsole(stderr=True, quiet=quiet)


class PlainConsole(Console):
    """A console on which text is text: it colours no figures, draws no `:warning:`, obeys no control character."""

    def __init__(self, *, width: int | None = None, stderr: bool = False, quiet: bool = False) -> None:
        """A console on standard output, or on standard error; by default as wide as its terminal."""
        super().__init__(width=width, stderr=stderr, quiet=quiet, highlight=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is printed, piece by piece; what moves a cursor is let through only where the library says so itself."""
        for piece in super().render(renderable, options):
            shown = piece.text if piece.control else visible(piece.text)
            yield piece if shown == piece.text else Segment(shown, piece.style)


def tell(lines: Iterable[str], *, style: str | None = None) -> None:
    """Sentences, a line each, wrapped between words; a line that goes on is indented as the line and two blanks."""
    console = console_wide()
    for line in lines:
        for part in folded(line, console.width):
            console.print(escape(part), style=style, soft_wrap=True)


class Grid(Table):
    """A table that breaks its cells between words.

    Where even that is too wide its rows stand side by side, headings first; else a line for each cell, row by row.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table as wide as there is room."""
        columns = [[_marked(cell) for cell in (each.header, *each.cells)] for each in self.columns]
        least = [max(_longest_word(cell.plain) for cell in cells) for cells in columns]
        most = [max(_longest_line(cell.plain) for cell in cells) for cells in columns]
        room = options.max_width - _FRAME - _PADDING * len(columns)
        if sum(least) > room:
            turned = self._turned(columns, options.max_width)
            if turned is not None:
                yield from turned.__rich_console__(console, options)
                return
            yield from self._records(columns, min(options.max_width, LONGEST))
            return
        widths = _shared_out(least, most, room)
        fitted = Table(header_style="bold")
        texts = [
            ["\n".join(wrapped(cell.plain, width)) for cell in cells]
            for cells, width in zip(columns, widths, strict=True)
        ]
        for place, (column, width) in enumerate(zip(self.columns, widths, strict=True)):
            fitted.add_column(Text(texts[place][0]), justify=column.justify, width=width)
        for number, row in enumerate(self.rows, 1):
            fitted.add_row(*(Text(cells[number]) for cells in texts), style=row.style)
        yield from self._heading(options.max_width)
        yield from fitted.__rich_console__(console, options)

    def _heading(self, width: int) -> Iterator[Text]:
        """The title as a line of its own: it may be wider than the table."""
        if isinstance(self.title, str) and self.title:
            told = _marked(self.title).plain
            yield Text("\n".join(wrapped(told[:1].upper() + told[1:], width)), style="bold")

    def _turned(self, columns: Sequence[Sequence[Text]], width: int) -> Grid | None:
        """The table with its rows as columns, if that has room."""
        rows = list(zip(*columns, strict=True))
        least = sum(max(_longest_word(cell.plain) for cell in row) for row in rows)
        if len(columns) < 2 or least > width - _FRAME - _PADDING * len(rows):
            return None
        turned = Grid(title=self.title)
        for row in rows:
            turned.add_column(escape(row[0].plain), justify="right" if turned.columns else "left")
        for place in range(1, len(columns)):
            turned.add_row(*(escape(row[place].plain) for row in rows))
        return turned

    def _records(self, columns: Sequence[Sequence[Text]], width: int) -> Iterator[Text]:
        """The rows one after another: the first cell, then a line for each other, its heading before it."""
        yield from self._heading(width)
        for number in range(1, len(self.rows) + 1):
            for place, cells in enumerate(columns):
                heading, text = cells[0].plain, cells[number].plain
                indent = "  " if place else ""
                told = f"{heading}: {text}" if heading else text
                if text:
                    yield Text("\n".join(wrapped(told, width, indent, indent + "  ")))


def _marked(cell: object) -> Text:
    """A cell with our own markup; what looks like a picture's name stays text, control characters are shown."""
    return Text.from_markup(visible(str(cell)), emoji=False)


def _longest_word(text: str) -> int:
    return max(
        (len(word) for word in text.replace(" %", "\N{NO-BREAK SPACE}%").replace("\n", " ").split(" ")), default=0
    )


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _shared_out(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """The columns' widths: what each must have, the rest to those that need least more first, in equal parts."""
    widths, left = list(least), room - sum(least)
    order = sorted(range(len(least)), key=lambda place: most[place] - least[place])
    for done, place in enumerate(order):
        given = min(most[place] - least[place], left // (len(order) - done))
        widths[place] += given
        left -= given
    return widths


def grid(title: str, *headings: str, text: int = 1) -> Grid:
    """An empty table whose first `text` columns are text, the others numbers."""
    table = Grid(title=escape(title), title_justify="left", title_style="bold", header_style="bold")
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
