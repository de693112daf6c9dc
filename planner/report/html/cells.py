"""The cells of a row as HTML: most of a page, so it is written here and not by a template, which takes three times as
long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from planner.report.html.plan_tables import Cell

LONG = 16  # letters of a row's heading that may be broken


def cells(row: Sequence[Cell], heads: int = 0) -> Markup:
    """The cells of a row, the first `heads` of them as its headings; every text is escaped."""
    return Markup("").join(_cell(cell, head=place < heads) for place, cell in enumerate(row))


def _cell(cell: Cell, *, head: bool) -> Markup:
    classes = " ".join(_classes(cell, head=head))
    kind = f' class="{escape(classes)}"' if classes else ""
    exact = f' data-value="{escape(cell.exact)}"' if cell.exact and cell.exact != cell.text else ""
    text = escape(cell.text)
    told = f'<a href="{escape(cell.link)}">{text}</a>' if cell.link else text
    tag = "th" if head else "td"
    return Markup(f"<{tag}{' scope=row' if head else ''}{kind}{exact}>{told}</{tag}>")  # noqa: S704 -- escaped above


def _classes(cell: Cell, *, head: bool) -> Iterator[str]:
    if cell.kind:
        yield cell.kind
    if cell.exact and "number" not in cell.kind and cell.kind != "full":
        yield "number"
    if head and len(cell.text) > LONG:
        yield "long"
