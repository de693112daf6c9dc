"""The report of a review as an office sends it: one Word document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.replanning.review import Review
from planner.common.results import write_result
from planner.messages import DASH, figure, language, say, speaking
from planner.plans.tabulation import WHOLE
from planner.report.letters.document import form_of
from planner.report.letters.placeholders import AIMED, COUNTED, OPEN, UNLIKE, Context, clean, said_once, unset
from planner.report.letters.settings import DOTS, Settings, read_settings
from planner.report.letters.templates import checked, find_templates
from planner.report.text import review as told
from planner.report.text.authorities import authorities
from planner.report.text.sort_keys import natural_key


@dataclass(frozen=True)
class Report:
    """A report: the name of its file, its content, the settings in whose place dots stand, what should be told."""

    name: str
    content: bytes
    open: tuple[str, ...]
    notes: tuple[str, ...]


def review_report(
    review: Review, settings: Settings | str | Path | None = None, templates: str | Path | None = None
) -> Report:
    """The report of a review, in the language of the settings, else in the one spoken.

    Raises
    ------
    InputError
        The settings or a template are faulty: every unknown placeholder is named.
    """
    said = settings if isinstance(settings, Settings) else Settings() if settings is None else read_settings(settings)
    with speaking(said.language or language()):
        party = {authority.party for authority in authorities(review.plan)} == {True}
        kind = f"review-{form_of(said, all_party=party)}"
        ready, instead = find_templates([kind], None if templates is None else Path(templates))
        context = context_of(review, said)
        template = checked(ready[kind], list(context))
        content = template.filled(context)
        name = say("report_name_final" if review.final else "report_name", **_years(review))
    lacking = unset(said) & template.placeholders
    open_ = tuple(dict.fromkeys(OPEN[placeholder] for placeholder in OPEN if placeholder in lacking))
    return Report(f"{name}.docx", content, open_, tuple(say("template_instead", name=each) for each in instead))


def write_review_report(
    review: Review,
    path: str | Path,
    *,
    settings: Settings | str | Path | None = None,
    templates: str | Path | None = None,
) -> Path:
    """Write the report of a review, whole or not at all.

    Parameters
    ----------
    review
        What `planner.review` gives.
    path
        The file (.docx).
    settings
        Who sends, where, who signs, or a file that says so; what is not set stands as dots.
    templates
        A folder of templates to take instead of the shipped ones.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The settings or a template are faulty, or the file cannot be written.
    """
    write_result(path, review_report(review, settings, templates).content)
    return Path(path)


def _years(review: Review) -> dict[str, int]:
    return {"first": review.first, "last": review.year} if review.final else {"year": review.year}


def context_of(review: Review, settings: Settings) -> Context:
    """What stands in the places of the template."""
    when = WHOLE if review.final else review.year
    once = said_once(review.plan, review.year, settings)
    progress = review.progress
    agencies = progress.by_agency
    titles = [told.part_title(review, "agency", str(key)) for key in agencies["key"]]
    order = sorted(range(len(agencies)), key=lambda place: natural_key(titles[place]))
    return {
        **{key: clean(text) if isinstance(text, str) else text for key, text in once.items()},
        "report_number": clean(settings.report.number or DOTS),
        "report_symbol": clean(settings.report.symbol or DOTS),
        "title": say("report_title_final" if review.final else "report_title", **_years(review)),
        "started": _cleaned(told.starts_told(review)),
        "reached": _cleaned(told.targets_told(review)),
        "proposed": _cleaned(told.proposal_told(review)),
        "notes": _cleaned(told.notes_told(review)),
        "programmes": list(_counted(review, "programme", progress.by_programme, when)),
        "groups": list(_counted(review, "priority", progress.by_priority, when)),
        "agencies": list(_counted(review, "agency", agencies.iloc[order], when)),
        "targets": list(_targets(review, review.targets)),
        "lagging": list(_targets(review, review.targets[review.targets["verdict"].isin(LAGGING)])),
        "deviations": list(_deviations(review)),
    }


def _cleaned(sentences: Iterator[str] | Sequence[str]) -> list[str]:
    return [clean(text) for text in sentences]


def _counted(review: Review, by: str, table: pd.DataFrame, when: int | str) -> Iterator[dict[str, str]]:
    """The rows of a table of counts of which there is anything to tell."""
    own = table[(table["year"] == when)]
    own = own[own[["planned", "unplanned", "finished", "presumed", "failed"]].sum(axis=1) > 0]
    for number, row in enumerate(own.to_dict("records"), 1):
        yield _texts(
            COUNTED,
            row,
            row=str(number),
            title=told.part_title(review, by, str(row["key"])),
            not_begun=figure(int(row["declined"]) + int(row["otherwise"])),
        )


LAGGING = ("behind", "missed")


def _targets(review: Review, table: pd.DataFrame) -> Iterator[dict[str, str]]:
    for number, row in enumerate(table.to_dict("records"), 1):
        title = told.part_title(review, "target", str(row["target"]))
        yield _texts(AIMED, row, row=str(number), title=title, verdict=say(f"review_verdict_{row['verdict']}"))


def _deviations(review: Review) -> Iterator[dict[str, str]]:
    for number, row in enumerate(told.deviations(review).rows, 1):
        who, agency, course, start, status, outcome, _ = map(str, row)
        fields = {"who": who, "agency": agency, "course": course, "start": start, "status": status, "outcome": outcome}
        yield _texts(UNLIKE, {}, row=str(number), **fields)


def _texts(names: Sequence[str], found: Mapping[Any, Any], /, **texts: str) -> dict[str, str]:
    """The fields of one row of a table as texts; a number as the language writes it."""
    cells = {name: texts[name] if name in texts else found.get(name, DASH) for name in names}
    return {name: clean(cell if isinstance(cell, str) else figure(int(cell))) for name, cell in cells.items()}
