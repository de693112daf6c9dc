"""A review in words: its sentences and its tables, for every medium."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from planner.analysis.replanning.review import Review
from planner.inputs.problem import Problem
from planner.messages import DASH, localised, say
from planner.plans.agency_titles import agency_title
from planner.plans.persons import heading, person
from planner.plans.plan import Plan
from planner.plans.tabulation import WHOLE
from planner.plans.verdicts import outcome
from planner.report.text.changes import start_told, why
from planner.report.text.sort_keys import natural_key
from planner.report.text.titles import programme_title, target_title
from planner.years.attained import CANNOT_BE_TOLD
from planner.years.progress import COUNTS

Cell = str | int | None
"""A text, a number, or none."""
KINDS = {
    "reached": "good",
    "on_line": "good",
    "on_line_unconfirmed": "unknown",
    "reached_unconfirmed": "unknown",
    "unknown": "unknown",
    "behind": "bad",
    "missed": "bad",
    "none": "none",
}
"""How a verdict is shown."""
YEAR = ("planned", "happened", "unconfirmed", "declined", "otherwise", "unplanned", "cadres")
ENDS = ("finished", "presumed", "failed", "left", "under_way")
TARGETS = (
    *("members", "required", "attained", "unconfirmed", "line", "against_line"),
    *("under_way", "missing", "open"),
)
SHORT = ("required", "attained", "unconfirmed", "line", "under_way", "missing", "open")
"""What there is room for on a terminal."""
FINAL = ("members", "required", "attained", "unconfirmed", "planned", "missing", "open")
FIRST = {"line": "first_line", "planned": "first_planned"}
"""Figures of the plan, and those of the plan as it was first made, which stand beside them where it was made again."""
BY = {"programme": "by_programme", "agency": "by_agency", "priority": "by_priority", "target": "by_target"}
"""What starts are counted by, and the table of the progress that has it."""


@dataclass(frozen=True)
class Table:
    """A table in words.

    Attributes
    ----------
    name, caption
        Its id, and what it shows.
    headings, rows
        The first `heads` cells of a row name it.
    kinds
        How the last cell of each row is shown: good, bad, unknown, none; empty: all cells plain.
    """

    name: str
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    heads: int = 1
    kinds: Sequence[str] = field(default=())


def title(review: Review) -> str:
    """What the review is called."""
    if review.final:
        return say("review_title_final", first=review.first, last=review.year)
    return say("review_title", year=review.year)


def scheme(review: Review) -> str:
    """The scheme that is looked back on."""
    return localised(review.plan.problem.scenario.title, say("page_untitled"))


# --- sentences ------------------------------------------------------------------------------------------------------


def starts_told(review: Review) -> Iterator[str]:
    """What was planned and what came of it: the year, and all years so far."""
    if not review.final:
        row = in_all(review, review.year)
        yield say("review_starts_year", **row, year=review.year)
        yield say("review_ends_year", **row, year=review.year)
    row = in_all(review, WHOLE)
    yield say("review_starts_whole", **row, first=review.first, last=review.year)
    yield say("review_ends_whole", **row, first=review.first, last=review.year)


def in_all(review: Review, year: int | str) -> dict[str, int]:
    """The counts of a year, or of all years so far."""
    row = next(row for row in review.progress.by_year.to_dict("records") if row["year"] == year)
    return {name: int(row[name]) for name in COUNTS}


def targets_told(review: Review) -> Iterator[str]:
    """How many targets are where."""
    found = {str(name): int(number) for name, number in review.verdicts.items()}
    if review.final:
        told = sum(found.get(name, 0) for name in CANNOT_BE_TOLD)
        figures = {"targets": len(review.targets), "reached": found.get("reached", 0), "missed": found.get("missed", 0)}
        yield say("review_targets_final", **figures, open=told)
        if review.before is not None:
            yield say("review_first_plan", first=review.first, reached=_foreseen(review.targets), last=review.year)
    else:
        names = ("reached", "on_line", "behind")
        figures = {"targets": len(review.targets), **{name: found.get(name, 0) for name in names}}
        hanging = found.get("on_line_unconfirmed", 0) + found.get("reached_unconfirmed", 0)
        yield say("review_targets", **figures, hanging=hanging, open=found.get("unknown", 0), year=review.year)
        if found.get("missed"):
            yield say("review_targets_missed", missed=found["missed"])
    if found.get("none"):
        yield say("review_targets_none", number=found["none"])
    missing = int(review.targets["missing"].sum())
    yield say("review_missing_final" if review.final else "review_missing", missing=missing)
    unknown = int(review.targets["open"].sum())
    if unknown:
        yield say("review_unknown", number=unknown)
    if (review.targets["unconfirmed"] > 0).any():
        yield say("review_unconfirmed", number=int((review.targets["unconfirmed"] > 0).sum()))


def _foreseen(targets: pd.DataFrame) -> int:
    """How many targets the plan as it was first made would have reached."""
    return int((targets["first_planned"] >= targets["first_required"]).fillna(value=False).sum())


def proposal_told(review: Review) -> Iterator[str]:
    """What the plan made again attains, and how much it changes."""
    again = review.again
    if again is None or not again.found:
        return
    (before, short_before), (after, short_after) = map(_in_the_end, (review.plan, again))
    figures = {"before": before, "after": after, "short_before": short_before, "short_after": short_after}
    yield say("review_proposal_targets", **figures)
    numbers = {kind: sum(change.kind == kind for change in review.changes) for kind in _CHANGES}
    yield say("review_proposal", first=review.year + 1, starts=len(again.assignments), **numbers)
    if again.status != "optimal":
        yield say("review_proposal_open")


def _in_the_end(plan: Plan) -> tuple[int, int]:
    """How many targets a plan reaches, and how many places are short whatever the unknown hold."""
    found = outcome(plan)
    return found.reached, found.short


_CHANGES = ("kept", "moved", "dropped", "new")


def notes_told(review: Review) -> list[str]:
    """What else a reader should know."""
    return [*map(str, review.notes), say("review_places")]


# --- tables ---------------------------------------------------------------------------------------------------------


def targets(review: Review, shown: Sequence[str] = ()) -> Table:
    """Every target with its figures, by default all, and what is said of it."""
    shown = _beside(review, shown or (FINAL if review.final else TARGETS))
    own = {"missing": "missing_final"} if review.final else {}
    own |= {} if review.before is None else {"line": "last_line", "planned": "last_planned"}
    told = [say(f"review_target_{own.get(name, name)}") for name in shown]
    headings = [say("review_by_target"), *told, say("page_verdict")]
    rows: list[list[Cell]] = []
    kinds = []
    for row in review.targets.to_dict("records"):
        name = target_title(review.plan.problem, str(row["target"]))
        late = name if row["by"] == review.plan.problem.scenario.horizon.last else f"{name} ({row['by']})"
        cells = [None if pd.isna(row[column]) else int(row[column]) for column in shown]
        rows.append([late, *cells, say(f"review_verdict_{row['verdict']}")])
        kinds.append(KINDS[str(row["verdict"])])
    caption = say("review_targets_final_caption" if review.final else "review_targets_caption", year=review.year)
    return Table("aims", caption, headings, rows, kinds=kinds)


def _beside(review: Review, shown: Sequence[str]) -> list[str]:
    """The columns, with those of the plan as it was first made where it was made again."""
    if review.before is None:
        return [*shown]
    return [name for each in shown for name in ((FIRST[each], each) if each in FIRST else (each,))]


def years(review: Review) -> Table:
    """The starts of each year and what came of them."""
    table = review.progress.by_year
    rows: list[list[Cell]] = []
    for row in table.to_dict("records"):
        when = say("review_whole") if row["year"] == WHOLE else str(row["year"])
        rows.append([when, *(int(row[name]) for name in (*YEAR, *ENDS))])
    return Table("years", say("review_years_caption"), [say("review_by_year"), *_count_headings()], rows)


def counted(review: Review, by: str, year: int | str) -> Table:
    """The starts of a year, or of all years so far, by programme, agency, priority entry or target.

    Rows of which there is nothing to tell are left out. The last row sums up where no start counts twice.
    """
    table = getattr(review.progress, BY[by])
    own = table[table["year"] == year]
    own = own[own[[*YEAR, *ENDS]].sum(axis=1) > 0]
    if by == "agency":
        titles = [part_title(review, by, str(key)) for key in own["key"]]
        own = own.iloc[sorted(range(len(own)), key=lambda place: natural_key(titles[place]))]
    rows: list[list[Cell]] = [
        [part_title(review, by, str(row["key"])), *(int(row[name]) for name in (*YEAR, *ENDS))]
        for row in own.to_dict("records")
    ]
    if by in ("programme", "agency"):
        whole = in_all(review, year)
        rows.append([say("review_sum"), *(whole[name] for name in (*YEAR, *ENDS))])
    when = say("review_of_whole", first=review.first, last=review.year) if year == WHOLE else str(year)
    caption = say(f"review_{by}_caption", when=when)
    name = f"{by}-{'whole' if year == WHOLE else year}"
    return Table(name, caption, [say(f"review_by_{by}"), *_count_headings()], rows)


def part_title(review: Review, by: str, key: str) -> str:
    """What a programme, an agency, a priority entry or a target is called."""
    problem = review.plan.problem
    if by == "programme":
        return _course(problem, key)
    if by == "target":
        return target_title(problem, key)
    if by == "priority":
        return localised(problem.scenario.priority[key].title, key) if key else say("review_no_priority")
    return _office(review, key) if by == "agency" else key


def _course(problem: Problem, name: str) -> str:
    """What a programme is called, also one that the scheme had before the plan was made again."""
    return programme_title(problem, name) if name in problem.scenario.programmes else name


def _office(review: Review, agency: str) -> str:
    """What an agency is called, also one that ended before the plan was made again."""
    problem, before = review.plan.problem, review.before
    if before is None or (problem.agencies["agency"] == agency).any():
        return agency_title(problem, agency)
    return before.agency_title(agency)


def _count_headings() -> list[str]:
    return [say(f"review_count_{name}") for name in (*YEAR, *ENDS)]


def proposal(review: Review) -> Table:
    """The targets of which the plan made again attains another number than the plan, or asks for another."""
    found = review.proposal
    if len(found):
        found = found[(found["planned"] != found["proposed"]) | (found["planned_required"] != found["required"])]
    rows: list[list[Cell]] = [
        [
            target_title(review.plan.problem, str(row["target"])),
            *(int(row[name]) for name in ("planned", "planned_required", "proposed", "required")),
        ]
        for row in found.to_dict("records")
    ]
    names = ("planned", "planned_required", "proposed", "required")
    headings = [say("review_by_target"), *(say(f"review_proposal_{name}") for name in names)]
    return Table("proposal", say("review_proposal_caption"), headings, rows)


def changes(review: Review) -> Table:
    """Each change that the plan made again proposes, with its reason."""
    rows: list[list[Cell]] = []
    again = review.again
    for change in review.changes if again is not None else ():
        if change.kind == "kept" or again is None:
            continue
        problem = again.problem
        before = start_told(problem, change.was_programme, change.was_start)
        after = start_told(problem, change.programme, change.start)
        told = person(review.plan.problem, change.cadre)
        kind = say(f"replan_kind_{change.kind}")
        rows.append([told, agency_title(problem, change.agency), kind, before, after, why(problem, change)])
    names = ("change", "from", "to", "why")
    headings = [heading("review_cadre"), say("review_by_agency"), *(say(f"replan_column_{name}") for name in names)]
    return Table("changes", say("replan_changes", year=review.year + 1), headings, rows, heads=2)


UNLIKE = ("declined", "otherwise", "unplanned")


def deviations(review: Review) -> Table:
    """Each start that did not go as planned, and each study that failed or was broken off."""
    starts = review.progress.starts
    unlike = starts["status"].isin(UNLIKE) | starts["outcome"].isin(("failed", "left"))
    return _starts(review, "deviations", starts[unlike])


def unconfirmed(review: Review) -> Table:
    """Each start and each end of a study of which the ledger says nothing."""
    starts = review.progress.starts
    return _starts(
        review, "unconfirmed", starts[(starts["status"] == "unconfirmed") | (starts["outcome"] == "presumed")]
    )


def _starts(review: Review, name: str, own: pd.DataFrame) -> Table:
    problem = review.plan.problem
    rows: list[list[Cell]] = []
    for row in own.to_dict("records"):
        key = f"news_{row['why']}" if row["why"] else f"review_status_{row['status']}"
        ended = "" if pd.isna(row["ended"]) else f", {row['ended']}"
        outcome = f"{say('review_outcome_' + row['outcome'])}{ended}" if row["outcome"] else DASH
        rows.append(
            [
                *(person(problem, str(row["cadre"])), _office(review, str(row["agency"]))),
                _course(problem, str(row["programme"])),
                DASH if pd.isna(row["start"]) else str(row["start"]),
                *(say(key), outcome, str(row["entries"])),
            ]
        )
    names = ("start", "status", "outcome", "entries")
    heads = [heading("review_cadre"), say("review_by_agency"), say("review_by_programme")]
    return Table(
        name, say(f"review_{name}_caption"), [*heads, *(say(f"review_column_{one}") for one in names)], rows, 2
    )


def news(review: Review) -> Table:
    """What happened to people besides their studies: who left, joined, moved, changed, is on leave."""
    table = review.news
    own = table[table["what"].isin(PEOPLE)]
    rows: list[list[Cell]] = [
        [
            *(
                person(review.plan.problem, str(row["cadre"])),
                _office(review, str(row["agency"])),
            ),
            *(say(f"news_{row['what']}"), _detail(review, str(row["what"]), str(row["detail"])), str(row["entry"])),
        ]
        for row in own.to_dict("records")
    ]
    names = ("what", "detail", "entries")
    heads = [heading("review_cadre"), say("review_by_agency"), *(say(f"review_column_{one}") for one in names)]
    return Table("news", say("review_news_caption", year=review.year), heads, rows, heads=2)


def _detail(review: Review, what: str, detail: str) -> str:
    """What is told of somebody, an agency by its title."""
    return _office(review, detail) if what == "transferred" else detail


PEOPLE = ("left", "retired", "joined", "transferred", "changed", "leave", "overdue")
