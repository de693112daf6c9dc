"""The parts of which the shipped templates are made: heads and ends of documents, paragraphs, cells, lines.

References
----------
Decree 30/2020/NĐ-CP, appendix I; Guideline 36-HD/VPTW of 3 April 2018.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from planner.messages import say

FONT = "Times New Roman"


def head(document: Any, about: str = "", *, party: bool, prefix: str = "") -> None:
    """Sender and number on the left, with what a letter is about; state or party, place and date on the right.

    `prefix` stands before the placeholders of number and symbol.
    """
    blanks = {name: "{{ " + prefix + name + " }}" for name in ("number", "symbol")}
    table = document.add_table(1, 2)
    left, right = set_widths(table, (64, 101))
    if party:
        put_line(left, "{{ superior }}", size=12, first=True)
        put_line(left, "{{ sender }}", bold=True)
        put_line(left, "*")
        put_line(left, say("docx_number_party", **blanks))
        if about:
            put_line(left, about, italic=True, size=12)
        put_line(right, say("nominees_party"), bold=True, size=15, first=True)
        put_rule(right, 16)
    else:
        put_line(left, "{{ superior }}", size=12, first=True)
        put_line(left, "{{ sender }}", bold=True, size=12)
        put_rule(left, 22)
        put_line(left, say("docx_number_state", **blanks))
        if about:
            put_line(left, about, size=12)
        put_line(right, say("nominees_state"), bold=True, size=12, first=True)
        put_line(right, say("nominees_motto"), bold=True, size=13)
        put_rule(right, 20)
    put_line(right, say("docx_place_and_date", place="{{ place }}", date="{{ date }}"), italic=True, size=14)


def end(document: Any, *, party: bool, answer: bool = True) -> None:
    """Recipients on the left, `answer`: the one it is sent to first of all; who signs on the right.

    They are not torn between two pages.
    """
    table = document.add_table(1, 2)
    keep_whole(table.rows[0])
    left, right = set_widths(table, (80, 85))
    put_line(left, say("nominees_copies"), bold=True, italic=True, size=12, align=ALIGN.LEFT, first=True)
    if answer:
        put_line(left, say("docx_copy_same"), size=11, align=ALIGN.LEFT)
    for text in ("{%p for name in recipients %}", "- {{ name }};", "{%p endfor %}"):
        put_line(left, text, size=11, align=ALIGN.LEFT)
    put_line(left, say("docx_copy_file", filed="{{ filed }}"), size=11, align=ALIGN.LEFT)
    _signatory(right, party=party)


def _signatory(cell: Any, *, party: bool) -> None:
    for place, name in enumerate(("behalf", "deputising")):
        put_line(cell, "{%p if signatory_" + name + " %}", first=place == 0)
        put_line(cell, "{{ signatory_" + name + " }}", bold=True, size=14)
        put_line(cell, "{%p endif %}")
    put_line(cell, "{{ signatory_title }}", bold=not party, size=14)
    put_line(cell, say("nominees_seal"), italic=True)
    for _ in range(4):
        put_line(cell, "")
    put_line(cell, "{{ signatory_name }}", bold=True, size=14)


def put_table(
    document: Any,
    loop: tuple[str, str],
    columns: Mapping[str, tuple[str, int]],
    cells: Mapping[str, str],
    middle: Collection[str],
    *,
    size: int = 11,
    small: int | None = None,
) -> None:
    """A table with a row for each thing of a list; its heading stands on every page.

    `loop`: the list's placeholder, and what one thing of it is called; `columns`: field -> heading and width [mm];
    `cells`: what stands in a cell instead of its field; `middle`: the fields that are centred; `size`: of the font
    [points]; `small`: that of the headings, where columns are so narrow that their words would be torn; then the text
    comes nearer to the lines, too.
    """
    things, one = loop
    table = document.add_table(4, len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        set_widths(table, [width for _, width in columns.values()], row)
    repeat_row(table.rows[0])
    if small is not None:
        _near_the_lines(table)
    for place, (name, (heading, _)) in enumerate(columns.items()):
        put_line(table.cell(0, place), heading, bold=True, size=small or size, first=True)
        text, align = cells.get(name, "{{ " + one + "." + name + " }}"), ALIGN.CENTER if name in middle else ALIGN.LEFT
        put_line(table.cell(2, place), text, size=size, first=True, align=align)
    for place, text in ((1, "{%tr for " + one + " in " + things + " %}"), (3, "{%tr endfor %}")):
        put_line(table.cell(place, 0), text, size=size, first=True)
    keep_whole(table.rows[2])


def _near_the_lines(table: Any) -> None:
    """Half a millimetre between text and lines, for narrow columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "28")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 -- python-docx has no such property


def repeat_row(row: Any) -> None:
    """A row that stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no such property


def keep_whole(row: Any) -> None:
    """A row that is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def set_widths(table: Any, widths: Sequence[int], row: Any = None) -> tuple[Any, ...]:
    """The cells of a row, so wide [mm]."""
    table.autofit = False
    cells = (table.rows[0] if row is None else row).cells
    for place, width in enumerate(widths):
        cells[place].width = table.columns[place].width = Mm(width)
    return tuple(cells)


def put_line(cell: Any, text: str, *, first: bool = False, align: Any = ALIGN.CENTER, **look: Any) -> Any:
    """A paragraph of a cell; a cell has its first one from the beginning."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    put_run(paragraph, text, **look)
    return paragraph


def put_rule(cell: Any, indent: int) -> None:
    """A line [mm from either side of the cell], as stands under the sender and under the motto."""
    paragraph = cell.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_after = Pt(4)
    form.line_spacing = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx has no borders
    properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def put_paragraph(
    document: Any,
    text: str,
    *,
    align: Any = ALIGN.JUSTIFY,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
    on_new_page: bool = False,
    **look: Any,
) -> None:
    """A paragraph of the text; those of the body are set in by 10 mm, with 6 points between them.

    `keep`: it stands on the page of what follows; `on_new_page`: it begins a page.
    """
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    body = align == ALIGN.JUSTIFY
    form.first_line_indent = Mm(10) if body else None
    form.space_before, form.space_after = Pt(before + 6 * body), Pt(after)
    form.keep_with_next = keep or None
    form.page_break_before = on_new_page or None
    put_run(paragraph, text, **({"size": 14} | look if body else look))


def put_run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> None:
    """A text at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT
