"""Makes the shipped templates: `python -m planner.report.letters.make_templates`. A test holds that they are current.

References
----------
Decree 30/2020/NĐ-CP, appendix I, part I (page, fonts, places of the parts) and III (forms 1.4 and 2.1); Guideline
36-HD/VPTW of 3 April 2018, part II and its forms (documents of the party).
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from planner.common.files import write_bytes
from planner.messages import LANGUAGES, say, speaking
from planner.report.letters.review_template import review
from planner.report.letters.template_parts import FONT, end, head, put_paragraph, put_table
from planner.report.letters.templates import KINDS, repacked

FOLDER = Path(__file__).parent / "templates"
A4 = Mm(210), Mm(297)
UPRIGHT = {"left_margin": Mm(30), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}
ACROSS = {"left_margin": Mm(20), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(15)}

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
    elif kind.startswith("review"):
        review(document, party=kind == "review-party")
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
    about = say("docx_about_party" if party else "nominees_letter_about", year="{{ year }}")
    head(document, about, party=party)
    put_paragraph(document, say("nominees_to", name="{{ agency }}"), align=ALIGN.CENTER, before=18, after=12, size=14)
    blanks = {name: "{{ " + name + " }}" for name in ("scheme", "year", "starts", "cadres")}
    put_paragraph(document, say("docx_letter_body", **blanks))
    put_paragraph(document, "{%p if limit %}")
    limits = {name: "{{ " + name + " }}" for name in ("away", "headcount", "limit", "year")}
    put_paragraph(document, say("docx_letter_absence", **limits))
    put_paragraph(document, "{%p endif %}")
    put_paragraph(document, say("docx_letter_request", answer_by="{{ answer_by }}"), after=6)
    _table(document, LETTER, {})
    put_paragraph(document, say("docx_letter_close"), before=6, keep=True)
    end(document, party=party)


# --- the annex ------------------------------------------------------------------------------------------------------


def _annex(document: Any) -> None:
    put_paragraph(document, say("docx_annex"), align=ALIGN.CENTER, bold=True, size=14)
    put_paragraph(document, say("docx_annex_title", year="{{ year }}"), align=ALIGN.CENTER, bold=True, size=14)
    names = ("document", "document_number", "document_symbol", "document_date", "issuer")
    blanks = {name: "{{ " + name + " }}" for name in names}
    put_paragraph(document, say("docx_annex_to", **blanks), align=ALIGN.CENTER, italic=True, size=14, after=4)
    put_paragraph(document, say("docx_annex_under", scheme="{{ scheme }}"), align=ALIGN.CENTER, italic=True, size=12)
    put_paragraph(document, say("docx_annex_for", authority="{{ authority }}"), align=ALIGN.CENTER, size=13, after=6)
    posts = "{{ person.post }}{% if person.planned_post %}" + say("docx_planned") + "{% endif %}"
    sexes = "{{ person.sex }}{% if person.ethnicity %}, {{ person.ethnicity }}{% endif %}"
    reasons = "{{ person.reason }}{% if person.remark %} ({{ person.remark }}){% endif %}"
    _table(document, ANNEX, {"post": posts, "sex": sexes, "reason": reasons})
    blanks = {name: "{{ " + name + " }}" for name in ("starts", "cadres", "women")}
    put_paragraph(document, say("docx_annex_sum", **blanks), italic=True, before=4)


# --- parts ----------------------------------------------------------------------------------------------------------


def _table(document: Any, columns: dict[str, int], cells: dict[str, str]) -> None:
    """A table of the people: its heading on every page, a row for each of them."""
    headed = {name: (say(f"docx_column_{name}"), width) for name, width in columns.items()}
    put_table(document, ("people", "person"), headed, cells, ("row", "birth", "sex", "period"))


def main() -> None:
    """Write every template in every language."""
    for language in LANGUAGES:
        with speaking(language):
            for kind in KINDS:
                write_bytes(FOLDER / language / f"{kind}.docx", make(kind), parents=True, shared=True)


if __name__ == "__main__":
    main()
