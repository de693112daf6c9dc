"""Makes the shipped templates: `python -m planner.report.letters.make_templates`. A test holds that they are current.

References
----------
Decree 30/2020/NĐ-CP, appendix I, part I (page, fonts, places of the parts) and III (forms 1.4 and 2.1); Guideline
36-HD/VPTW of 3 April 2018, part II and its forms (documents of the party).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from planner.common.files import write_bytes
from planner.messages import LANGUAGES, say, speaking
from planner.report.letters.templates import KINDS, repacked

FOLDER = Path(__file__).parent / "templates"
FONT = "Times New Roman"
A4 = Mm(210), Mm(297)
UPRIGHT = {"left_margin": Mm(30), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}
ACROSS = {"left_margin": Mm(20), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(15)}
ROW, END = "{%tr for person in people %}", "{%tr endfor %}"

LETTER = {"row": 12, "who": 36, "post": 34, "course": 40, "period": 18, "authority": 25}
ANNEX = {"row": 12, "who": 28, "birth": 22, "sex": 15, "post": 27, "agency": 24, "levels": 38, "course": 28,
         "period": 14, "reason": 54}  # fmt: skip
"""The columns of a table and their widths [mm]: over the whole width between the margins."""


def make(kind: str) -> bytes:
    """A template of a kind, in the language spoken now; the same bytes every time."""
    document = docx.Document()
    _set_up(document, across=kind == "annex")
    if kind == "annex":
        _annex(document)
    else:
        _letter(document, party=kind == "letter-party")
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _set_up(document: Any, *, across: bool) -> None:
    """The page, the font, the number of the page from the second page on, and whose file it is."""
    section = document.sections[0]
    section.page_width, section.page_height = reversed(A4) if across else A4
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    for name, width in (ACROSS if across else UPRIGHT).items():
        setattr(section, name, width)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    core = document.core_properties
    core.author, core.title, core.comments = "", "", ""
    core.created = core.modified = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 -- python-docx has no fields


# --- the letter -----------------------------------------------------------------------------------------------------


def _letter(document: Any, *, party: bool) -> None:
    head = document.add_table(1, 2)
    left, right = _widths(head, (64, 101))
    if party:
        _line(left, "{{ superior }}", size=12, first=True)
        _line(left, "{{ sender }}", bold=True)
        _line(left, "*")
        _line(left, say("docx_number_party", number="{{ number }}", symbol="{{ symbol }}"))
        _line(left, say("docx_about_party", year="{{ year }}"), italic=True, size=12)
        _line(right, say("nominees_party"), bold=True, size=15, first=True)
        _rule(right, 16)
    else:
        _line(left, "{{ superior }}", size=12, first=True)
        _line(left, "{{ sender }}", bold=True, size=12)
        _rule(left, 22)
        _line(left, say("docx_number_state", number="{{ number }}", symbol="{{ symbol }}"))
        _line(left, say("nominees_letter_about", year="{{ year }}"), size=12)
        _line(right, say("nominees_state"), bold=True, size=12, first=True)
        _line(right, say("nominees_motto"), bold=True, size=13)
        _rule(right, 20)
    _line(right, say("docx_place_and_date", place="{{ place }}", date="{{ date }}"), italic=True, size=14)
    _paragraph(document, say("nominees_to", name="{{ agency }}"), align=ALIGN.CENTER, before=18, after=12, size=14)
    blanks = {name: "{{ " + name + " }}" for name in ("scheme", "year", "starts", "cadres")}
    _paragraph(document, say("docx_letter_body", **blanks))
    _paragraph(document, "{%p if limit %}")
    limits = {name: "{{ " + name + " }}" for name in ("away", "headcount", "limit", "year")}
    _paragraph(document, say("docx_letter_absence", **limits))
    _paragraph(document, "{%p endif %}")
    _paragraph(document, say("docx_letter_request", answer_by="{{ answer_by }}"), after=6)
    _table(document, LETTER, {})
    _paragraph(document, say("docx_letter_close"), before=6)
    _end(document, party=party)


def _end(document: Any, *, party: bool) -> None:
    """Recipients on the left, who signs on the right."""
    table = document.add_table(1, 2)
    left, right = _widths(table, (80, 85))
    _line(left, say("nominees_copies"), bold=True, italic=True, size=12, align=ALIGN.LEFT, first=True)
    _line(left, say("docx_copy_same"), size=11, align=ALIGN.LEFT)
    for text in ("{%p for name in recipients %}", "- {{ name }};", "{%p endfor %}"):
        _line(left, text, size=11, align=ALIGN.LEFT)
    _line(left, say("docx_copy_file", filed="{{ filed }}"), size=11, align=ALIGN.LEFT)
    _signatory(right, party=party)


def _signatory(cell: Any, *, party: bool) -> None:
    for place, name in enumerate(("behalf", "deputising")):
        _line(cell, "{%p if signatory_" + name + " %}", first=place == 0)
        _line(cell, "{{ signatory_" + name + " }}", bold=True, size=14)
        _line(cell, "{%p endif %}")
    _line(cell, "{{ signatory_title }}", bold=not party, size=14)
    _line(cell, say("nominees_seal"), italic=True)
    for _ in range(4):
        _line(cell, "")
    _line(cell, "{{ signatory_name }}", bold=True, size=14)


# --- the annex ------------------------------------------------------------------------------------------------------


def _annex(document: Any) -> None:
    _paragraph(document, say("docx_annex"), align=ALIGN.CENTER, bold=True, size=14)
    _paragraph(document, say("docx_annex_title", year="{{ year }}"), align=ALIGN.CENTER, bold=True, size=14)
    names = ("document", "document_number", "document_symbol", "document_date", "issuer")
    blanks = {name: "{{ " + name + " }}" for name in names}
    _paragraph(document, say("docx_annex_to", **blanks), align=ALIGN.CENTER, italic=True, size=14, after=4)
    _paragraph(document, say("docx_annex_under", scheme="{{ scheme }}"), align=ALIGN.CENTER, italic=True, size=12)
    _paragraph(document, say("docx_annex_for", authority="{{ authority }}"), align=ALIGN.CENTER, size=13, after=6)
    posts = "{{ person.post }}{% if person.planned_post %}" + say("docx_planned") + "{% endif %}"
    sexes = "{{ person.sex }}{% if person.ethnicity %}, {{ person.ethnicity }}{% endif %}"
    reasons = "{{ person.reason }}{% if person.remark %} ({{ person.remark }}){% endif %}"
    _table(document, ANNEX, {"post": posts, "sex": sexes, "reason": reasons})
    blanks = {name: "{{ " + name + " }}" for name in ("starts", "cadres", "women")}
    _paragraph(document, say("docx_annex_sum", **blanks), italic=True, before=4)


# --- parts ----------------------------------------------------------------------------------------------------------


def _table(document: Any, columns: dict[str, int], cells: dict[str, str]) -> None:
    """A table of the people: its heading on every page, a row for each of them."""
    table = document.add_table(4, len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        _widths(table, tuple(columns.values()), row)
    _repeated(table.rows[0])
    for place, name in enumerate(columns):
        _line(table.cell(0, place), say(f"docx_column_{name}"), bold=True, size=11, first=True)
        middle = name in ("row", "birth", "sex", "period")
        _line(table.cell(2, place), cells.get(name, "{{ person." + name + " }}"), size=11, first=True,
              align=ALIGN.CENTER if middle else ALIGN.LEFT)  # fmt: skip
    for row, text in ((1, ROW), (3, END)):
        _line(table.cell(row, 0), text, size=11, first=True)
    _whole(table.rows[2])


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no such property


def _whole(row: Any) -> None:
    """A row that is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _widths(table: Any, widths: Sequence[int], row: Any = None) -> tuple[Any, ...]:
    """The cells of a row, so wide [mm]."""
    table.autofit = False
    cells = (table.rows[0] if row is None else row).cells
    for place, width in enumerate(widths):
        cells[place].width = table.columns[place].width = Mm(width)
    return tuple(cells)


def _line(cell: Any, text: str, *, first: bool = False, align: Any = ALIGN.CENTER, **look: Any) -> Any:
    """A paragraph of a cell; a cell has its first one from the beginning."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, **look)
    return paragraph


def _rule(cell: Any, indent: int) -> None:
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


def _paragraph(
    document: Any, text: str, *, align: Any = ALIGN.JUSTIFY, before: int = 0, after: int = 0, **look: Any
) -> None:
    """A paragraph of the text; those of the body are set in by 10 mm, with 6 points between them."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    body = align == ALIGN.JUSTIFY
    form.first_line_indent = Mm(10) if body else None
    form.space_before, form.space_after = Pt(before + 6 * body), Pt(after)
    _run(paragraph, text, **({"size": 14} | look if body else look))


def _run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT


def main() -> None:
    """Write every template in every language."""
    for language in LANGUAGES:
        with speaking(language):
            for kind in KINDS:
                write_bytes(FOLDER / language / f"{kind}.docx", make(kind), parents=True)


if __name__ == "__main__":
    main()
