"""The folder of a review: the page, the workbook, tables and the report, whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from planner.analysis.replanning.review import Review
from planner.common.csv_cells import csv_text
from planner.common.files import check_replaceable, fresh_folder
from planner.common.marks import marked
from planner.messages import say
from planner.plans.persons import nameless
from planner.report.html.review import review_page
from planner.report.letters.document import LIST, check_unchanged
from planner.report.letters.review import review_report
from planner.report.letters.settings import Settings
from planner.report.workbook.review import review_workbook

PAGE, BOOK, TABLES = "review.html", "review.xlsx", ("starts", "targets")
FOLDER = (PAGE, BOOK, *(f"{name}.csv" for name in TABLES), "*.docx")
"""What stands in the folder of a review beside the list of its documents."""


@dataclass(frozen=True)
class Written:
    """The files of a review, and what their reader should be told besides."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...]


def check_review_folder(folder: str | Path, *, force: bool) -> None:
    """Refuse a folder that may not be replaced, or that holds a report which somebody filled in.

    Raises
    ------
    InputError
        It exists, and `force` is not said, or holds other files, or a report that was changed.
    """
    check_replaceable(folder, force=force, mark=LIST, others=FOLDER)
    check_unchanged(Path(folder))


def write_review(
    found: Review,
    folder: str | Path,
    *,
    docx: bool = False,
    settings: Settings | str | Path | None = None,
    templates: str | Path | None = None,
    force: bool = False,
) -> Written:
    """Write a review: a page, a workbook, tables, and with `docx` the report as an office sends it.

    Parameters
    ----------
    found
        What `review` gives.
    folder
        Where to write; it appears whole or not at all.
    docx
        Whether the report is written, too.
    settings
        Who sends the report, where, who signs, or a file that says so; what is not set stands as dots.
    templates
        A folder of templates to take instead of the shipped ones.
    force
        Replace a folder of a review, if nothing in it was changed since.

    Returns
    -------
    Written
        `paths`: review.html, review.xlsx, starts.csv, targets.csv, and the report; `notes`.

    Raises
    ------
    InputError
        The folder may not be replaced or cannot be written; the settings or a template are faulty.
    """
    check_review_folder(folder, force=force)
    contents = {
        PAGE: marked(review_page(found).encode(), PAGE),
        BOOK: marked(review_workbook(found), BOOK),
        "starts.csv": csv_text(found.progress.starts).encode(),
        "targets.csv": csv_text(found.targets).encode(),
    }
    notes = nameless(found.plan.problem)
    lines = []
    if docx:
        made = review_report(found, settings, templates)
        contents[made.name] = made.content
        notes += [*([say("docx_open", keys=", ".join(made.open))] if made.open else []), *made.notes]
        lines = [f"{hashlib.sha256(made.content).hexdigest()}  {made.name}", ""]
    with fresh_folder(folder, force=force, mark=LIST, others=FOLDER, not_recorded=()) as draft:
        for name, content in contents.items():
            (draft / name).write_bytes(content)
        (draft / LIST).write_text("\n".join([*lines, *notes]).strip() + "\n", encoding="utf-8")
    return Written(tuple(Path(folder) / name for name in contents), tuple(notes))
