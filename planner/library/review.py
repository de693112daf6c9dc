"""A year looked back on, the whole scheme at its end, and the start of the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from planner.analysis.parallel import OnProgress as OnQuestions
from planner.analysis.parallel import silent
from planner.analysis.replanning.review import Review
from planner.common.csv_cells import csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import content_of, fresh_folder
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.library.years import ARun, read_of, replan_on, scenario_text
from planner.messages import Sentence, say
from planner.plans.run_folder import INPUTS
from planner.solver import OnProgress
from planner.years.attained import proposed, targets_so_far
from planner.years.before import Before, read_before
from planner.years.known import Known, known_by
from planner.years.ledger import gather
from planner.years.progress import progress_of
from planner.years.sequel import Sequel, sequel_of

NEWS = "news.csv"
"""The file that marks the folder of a sequel: what is only taken to have happened."""


def review(
    run: ARun,
    year: int | None = None,
    *,
    final: bool = False,
    priced: bool = False,
    on_progress: OnProgress | None = None,
    on_questions: OnQuestions = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Review:
    """Look back on a year of a run, by its ledger: plan against what happened: `planner review`.

    Parameters
    ----------
    run
        A run, or its folder.
    year
        The year by whose end things are told [year]; with `final` the last one, which need not be said.
    final
        Look back on the whole scheme: each target reached, missed, or not to be told.
    priced
        Whether each change of the plan made again is priced by solving.
    on_progress
        Told of the values and bounds of the plan made again.
    on_questions
        Told how many changes are priced, of all.
    parallel
        Where the changes are priced.

    Returns
    -------
    Review
        `progress` (counts of starts by year, programme, office, priority entry and target), `targets` (attained
        against the plan's line, what is missing), `proposal` and `changes` (the plan made again from the next year
        on), `news` (what happened), `notes`.

    Raises
    ------
    InputError
        The year is not in the plan; with `final` it is not its last; the ledger was changed other than by recording.
    """
    read = read_of(run)
    news = gather(read)
    plan = read.plan()
    horizon = plan.problem.scenario.horizon
    end = horizon.last if final and year is None else year
    if end is None or end not in horizon.years:
        raise InputError(Fault("review_year", {"year": end or "?", "first": horizon.first, "last": horizon.last}))
    if final and end != horizon.last:
        raise InputError(Fault("review_final_year", {"year": end, "last": horizon.last}))
    known, before = known_by(plan, news, end), read_before(read.folder)
    progress = progress_of(known, before)
    targets = targets_so_far(plan, news, known, before)
    notes = list(_notes(known, plan.problem, before))
    if end == horizon.last:
        return Review(known, progress, targets, final, before, notes=tuple(notes))
    again = replan_on(
        read,
        known.news,
        end + 1,
        priced=priced,
        on_progress=on_progress,
        on_questions=on_questions,
        parallel=parallel,
    )
    if not again.plan.found:
        notes.append(Sentence(f"review_none_{again.plan.status}", {"first": end + 1}))
        return Review(known, progress, targets, final, before, again.plan, notes=tuple(notes))
    table = proposed(plan, again.plan)
    return Review(known, progress, targets, final, before, again.plan, table, again.changes, tuple(notes))


def _notes(known: Known, problem: Problem, before: Before | None) -> Iterator[Sentence]:
    """What a reader of the figures should know of them."""
    earlier = int(problem.history["start"].notna().sum())
    if before is not None:
        made = ", ".join(map(str, (*before.plans[1:], known.first)))
        yield Sentence("review_note_made_again", {"years": made})
    elif earlier:
        yield Sentence("review_note_history", {"first": known.first, "number": earlier})
    if known.later:
        entries = ", ".join(str(event.number) for event in known.later if event.number is not None)
        yield Sentence("review_note_later", {"number": len(known.later), "year": known.year, "entries": entries})
    events = known.news.events
    if not any(known.year in (event.date.year, event.start) for event in events):
        yield Sentence("review_note_silent", {"year": known.year})
    news = known.state.news
    overdue = list(news.loc[news["what"] == "overdue", "cadre"])
    if overdue:
        yield Sentence("review_note_overdue", {"number": len(overdue), "cadres": ", ".join(overdue)})


def sequel(run: ARun, last: int) -> Sequel:
    """The start of the next scheme, as a run's last year leaves it: `planner sequel`.

    Parameters
    ----------
    run
        A run, or its folder; what is recorded of it counts.
    last
        The last year of the new scheme; it begins in the year after the old one ends [year].

    Returns
    -------
    Sequel
        `problem`, to be solved or edited; `notes`: what is to be decided; `news`: what is taken to have
        happened. `write_sequel` writes the files.

    Raises
    ------
    InputError
        The year does not lie after the old scheme; the ledger was changed otherwise than by recording.
    """
    read = read_of(run)
    return sequel_of(read.plan(), gather(read), last, read_before(read.folder))


def write_sequel(found: Sequel, folder: str | Path) -> Path:
    """Write the start of the next scheme: scenario.yaml, roster, agencies, history, and what is taken to have happened.

    Parameters
    ----------
    found
        What `sequel` gives.
    folder
        Where to write; it appears whole or not at all, and replaces nothing: what was edited there stays.

    Returns
    -------
    Path
        The scenario.

    Raises
    ------
    InputError
        The folder exists, or cannot be written.
    """
    problem = found.problem
    merged = problem.source.merged()
    with fresh_folder(folder, force=False, mark=NEWS) as draft:
        for key in INPUTS:
            if key in merged:
                name = f"{key}{Path(merged[key]).suffix.lower()}"
                (draft / name).write_bytes(content_of(merged[key]))
        head = [say("sequel_head", last=problem.scenario.horizon.last), *map(str, found.notes)]
        comments = "".join(f"# {line}\n" for line in head)
        (draft / "scenario.yaml").write_text(comments + scenario_text(problem), encoding="utf-8")
        (draft / NEWS).write_bytes(csv_text(_table(found.news)).encode())
    return Path(folder) / "scenario.yaml"


def _table(news: pd.DataFrame) -> pd.DataFrame:
    """What happened, in words: the first column's ids beside what they mean."""
    return news.assign(meaning=[say(f"news_{what}") for what in news["what"]])
