"""The template of a report: of a year, or of the whole scheme.

References
----------
Scheme 02-ĐA/HU, VII.5: each year the results are assessed, and as a whole in 2025. Decree 30/2020/NĐ-CP, appendix III
(form of a report); Guideline 36-HD/VPTW.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from planner.messages import say
from planner.report.letters.template_parts import end, head, put_paragraph, put_table

COUNTS = {"row": 11, "title": 42, **dict.fromkeys(("planned", "happened", "unconfirmed", "not_begun"), 14),
          **dict.fromkeys(("unplanned", "finished", "presumed", "failed"), 14)}  # fmt: skip
TARGETS = {"row": 11, "title": 48, "required": 13, "attained": 13, "unconfirmed": 15, "line": 17, "missing": 14,
           "open": 14, "verdict": 20}  # fmt: skip
UNLIKE = {"row": 11, "who": 26, "agency": 20, "course": 39, "start": 15, "status": 28, "outcome": 27}
SIZE, SMALL = 10, 8
"""The columns of the tables and their widths [mm], and the sizes of their font and of their headings [points]."""


def review(document: Any, *, party: bool) -> None:
    """A report: head, what happened, targets, what the office thinks of it, what is proposed, end; annexes."""
    head(document, party=party, prefix="report_")
    put_paragraph(document, say("report_heading"), align=ALIGN.CENTER, bold=True, size=14, before=16)
    put_paragraph(document, "{{ title }}", align=ALIGN.CENTER, bold=True, size=14)
    under = say("report_under", scheme="{{ scheme }}")
    put_paragraph(document, under, align=ALIGN.CENTER, bold=True, size=14, after=8)
    _section(document, "starts", "started")
    _counts(document, "programmes")
    _optional(document, "groups")
    _section(document, "targets", "reached")
    put_paragraph(document, "{%p if lagging %}")
    _targets(document, "lagging")
    put_paragraph(document, "{%p endif %}")
    _heading(document, "judgement")
    for key in ("strengths", "limits", "causes"):
        put_paragraph(document, say(f"report_{key}"))
    _section(document, "ahead", "proposed")
    put_paragraph(document, say("report_requests"))
    put_paragraph(document, say("report_notes"), italic=True)
    _each(document, "notes", italic=True)
    put_paragraph(document, "", size=8, keep=True)
    end(document, party=party, answer=False)
    _targets(document, "targets", on_new_page=True)
    _counts(document, "agencies")
    put_paragraph(document, "{%p if deviations %}")
    _caption(document, "deviations")
    put_table(document, ("deviations", "start"), _headed(UNLIKE), {}, ("row", "start"), size=SIZE)
    put_paragraph(document, "{%p endif %}")


def _heading(document: Any, key: str) -> None:
    put_paragraph(document, say(f"report_{key}"), bold=True, before=6, keep=True)


def _section(document: Any, key: str, lines: str) -> None:
    _heading(document, key)
    _each(document, lines)


def _each(document: Any, lines: str, **look: Any) -> None:
    """A paragraph for each sentence of a list."""
    put_paragraph(document, "{%p for line in " + lines + " %}")
    put_paragraph(document, "{{ line }}", **look)
    put_paragraph(document, "{%p endfor %}")


def _caption(document: Any, name: str, *, on_new_page: bool = False) -> None:
    look: dict[str, Any] = {"align": ALIGN.CENTER, "bold": True, "before": 8, "after": 4}
    put_paragraph(document, say(f"report_table_{name}"), keep=True, on_new_page=on_new_page, **look)


def _targets(document: Any, name: str, *, on_new_page: bool = False) -> None:
    _caption(document, name, on_new_page=on_new_page)
    headed = _headed(TARGETS) | {"title": (say("report_target"), TARGETS["title"])}
    put_table(document, (name, "target"), headed, {}, set(TARGETS) - {"title"}, size=SIZE, small=SMALL)


def _counts(document: Any, name: str) -> None:
    _caption(document, name)
    put_table(document, (name, "one"), _headed(COUNTS), {}, set(COUNTS) - {"title"}, size=SIZE, small=SMALL)


def _optional(document: Any, name: str) -> None:
    """A table of counts, where there is anything to count."""
    put_paragraph(document, "{%p if " + name + " %}")
    _counts(document, name)
    put_paragraph(document, "{%p endif %}")


def _headed(columns: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    return {name: (heading_of(name), width) for name, width in columns.items()}


def heading_of(name: str) -> str:
    """The heading of a column of a report."""
    keys = {
        **{name: f"review_target_{name}" for name in ("members", "required", "attained", "line", "open")},
        "missing": "review_target_missing_paper",
        **{name: f"review_column_{name}" for name in ("start", "status", "outcome")},
        "verdict": "page_verdict",
        "title": "report_part",
        "who": "report_who",
        "agency": "review_by_agency",
        "course": "review_by_programme",
    }
    told = say(keys.get(name, f"report_count_{name}"))
    return told[:1].upper() + told[1:]
