"""Summaries, checks and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from rich import progress
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from planner.analysis.why.conflicts import rule_of
from planner.messages import figure, known, localised, say
from planner.model.options import Options
from planner.plans import summary
from planner.plans.exchange import CHANGES, change_in_words
from planner.plans.plan import Plan
from planner.report.text.rules import rules_told
from planner.solver import Listener, Progress
from planner.studies.comparison import Comparison
from planner.studies.sweep import Progress as SweepProgress
from planner.studies.sweep import Sweep


def console_wide() -> Console:
    """Standard output, as wide as the terminal; wide enough for tables where it is none."""
    return Console(width=None if sys.stdout and sys.stdout.isatty() else 160, highlight=False)


def grid(title: str, *headings: str, text: int = 1) -> Table:
    """An empty table whose first `text` columns are text, the others numbers."""
    table = Table(title=escape(title), title_justify="left", title_style="bold", header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(escape(heading), justify="left" if place < text else "right", overflow="fold")
    return table


def _number(value: Any) -> str:
    """A number as the language writes it; a dash for none."""
    return "–" if pd.isna(value) else figure(value)


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(frame.itertuples(index=False))


# --- progress -------------------------------------------------------------------------------------------------------


_sweeping: list[bool] = []  # whether a sweep is at work, whose results so far are kept
_known: dict[str, Progress] = {}  # what the solve at work has told last of each goal


@contextmanager
def progress_shown(*, quiet: bool) -> Iterator[Listener | None]:
    """A listener that shows goal, value, bound, gap and time while a solve works, on standard error.

    On a terminal it is one table that changes; in a log it is a line per news.
    """
    _known.clear()
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield _listener(lambda news: None)
    elif console.is_terminal:
        with Live(console=console, refresh_per_second=8, transient=True) as live:
            yield _listener(lambda news: live.update(_progress_table()))
    else:
        yield _listener(lambda news: console.print(escape(_progress_line(news)), soft_wrap=True))


def print_interrupted() -> None:
    """What is known when a solve is interrupted, on standard error."""
    console = Console(stderr=True, highlight=False)
    console.show_cursor(True)
    console.print(say("interrupted_had" if _known else "interrupted_sweep" if _sweeping else "interrupted"))
    if _known:
        console.print(_progress_table())


def _listener(show: Callable[[Progress], None]) -> Listener:
    def listen(news: Progress) -> None:
        if news.goal not in _known or _figures(_known[news.goal]) != _figures(news):
            _known[news.goal] = news
            show(news)

    return listen


def _figures(news: Progress) -> tuple[object, ...]:
    return news.value, news.bound, news.parts


def _gap(news: Progress) -> str:
    return "–" if news.gap is None else f"{figure(100 * news.gap, 2)} %"


def _progress_line(news: Progress) -> str:
    parts = {"value": _number(news.value), "bound": _number(news.bound), "gap": _gap(news)}
    figures = ", ".join(f"{say('column_' + key)} {text}" for key, text in parts.items())
    return f"{figure(news.seconds, 1):>6} s  {news.goal}{_parts(news)}: {figures}"


def _parts(news: Progress) -> str:
    return (
        "" if news.parts == news.of_parts else f" ({say('progress_parts', parts=news.parts, of_parts=news.of_parts)})"
    )


def _progress_table() -> Table:
    table = grid("", *(say(f"column_{key}") for key in ("goal", "value", "bound", "gap", "seconds")))
    for news in _known.values():
        table.add_row(
            news.goal + _parts(news),
            _number(news.value),
            _number(news.bound),
            _gap(news),
            figure(news.seconds, 1),
        )
    return table


# --- a plan ---------------------------------------------------------------------------------------------------------


def print_summary(plan: Plan) -> None:
    """What a planner asks first: proven or not, targets, seats, who waits."""
    console = console_wide()
    console.print(f"\n[bold]{escape(localised(plan.problem.scenario.title))}[/bold]")
    console.print(escape(summary.headline(plan)) + "\n")
    for table in (_goals(plan), _targets(plan), _seats(plan), _waiting(plan)):
        if table.row_count:
            console.print(table)


def _goals(plan: Plan) -> Table:
    table = grid(say("column_goal"), "", "", *(say(f"column_{key}") for key in ("value", "bound", "status")), text=2)
    for row in _rows(plan.goals):
        status = say(f"status_{row.status}")
        table.add_row(row.goal, say(f"goal_{row.goal}"), _number(row.value), _number(row.bound), status)
    return table


def _targets(plan: Plan) -> Table:
    headings = [say(f"column_{key}") for key in ("required", "attained", "shortfall", "unknown")]
    table = grid(say("column_target"), "", *headings, "")
    for row in _rows(summary.targets(plan)):
        verdict = say("target_reached") if row.reached else say("target_missed")
        figures = map(_number, (row.required, row.attained, row.shortfall, row.unknown))
        table.add_row(escape(row.title), *figures, verdict, style=None if row.reached else "yellow")
    return table


def _seats(plan: Plan) -> Table:
    table = grid(say("column_pool"), "", *(say(f"column_{key}") for key in ("starts", "room", "below_min")))
    for row in _rows(summary.seat_use(plan)):
        table.add_row(escape(row.title), *map(_number, (row.starts, row.room, row.below_min)))
    return table


def _waiting(plan: Plan) -> Table:
    table = grid(say("column_waiting"), say("column_target"), say("column_reason"), say("column_number"), text=2)
    scenario = plan.problem.scenario
    people = summary.waiting(plan)
    counts = people[people["reason"] != "level_unknown"].groupby(["target", "reason"], sort=False).size()
    for row in _rows(counts.rename("number").reset_index()):
        title = localised(scenario.targets[row.target].title, row.target)
        table.add_row(escape(title), escape(summary.reason_in_words(row.reason)), str(row.number))
    return table


def print_conflict(plan: Plan) -> None:
    """Why no plan can exist, on standard error."""
    console = Console(stderr=True, highlight=False)
    console.print(say("no_plan"))
    rules = [rule_of(plan.problem, (row.rule, row.where)) for row in _rows(plan.conflict)]
    for told in rules_told(plan.problem, rules):
        console.print(escape(f"  {told}"), soft_wrap=True)
    if len(plan.conflict) > 1:
        console.print(say("no_plan_hint"))


# --- a problem ------------------------------------------------------------------------------------------------------


def print_check(options: Options) -> None:
    """What a scenario holds: sizes, admissible starts by programme and year, reasons against the others."""
    problem, console = options.problem, console_wide()
    sizes = grid(say("check_title"), "", "")
    refused = options.reasons.size - len(options)
    numbers = (len(problem.cadres), len(problem.agencies), len(problem.programmes), len(options), refused)
    for key, number in zip(("cadres", "agencies", "programmes", "admissible", "refused"), numbers, strict=True):
        sizes.add_row(say(f"check_{key}"), _number(number))
    console.print(sizes)
    by_year = grid(say("check_by_programme"), say("column_programme"), *map(str, problem.years))
    for place, name in enumerate(problem.programmes["programme"]):
        starts = (options.reasons[:, place] == 0).sum(axis=0)
        by_year.add_row(escape(localised(problem.scenario.programmes[name].title, name)), *map(str, starts))
    console.print(by_year)
    reasons = grid(say("check_reasons"), "", say("column_refused"))
    for row in _rows(options.refused()):
        reasons.add_row(say(f"reason_{row.reason}"), _number(row.starts))
    console.print(reasons)
    rows = problem.cadres.groupby("agency").size()
    for agency, headcount in zip(problem.agencies["agency"], problem.agencies["headcount"], strict=True):
        if headcount < rows.get(agency, 0):
            console.print(escape(say("check_headcount", agency=agency, headcount=headcount, rows=rows[agency])))


def print_comparison(found: Comparison, *, people: bool) -> None:
    """Plans side by side, the best marked *; of the targets, seats and years only what differs."""
    console = console_wide()
    for kind in ("goals", "targets", "seats", "priority", "yearly"):
        frame = found.goals if kind == "goals" else found.differing(kind)
        table = grid(say(f"compare_{kind}"), "", say("column_measure"), *found.plans, text=2)
        for row in frame.to_dict("records"):
            best = row["best"].split("; ")
            cells = (_number(row[name]) + (" *" if name in best else "") for name in found.plans)
            table.add_row(escape(str(row["title"])), say(f"measure_{row['measure']}"), *cells)
        if table.row_count:
            console.print(table)
    console.print(say("compare_best"))
    for note in found.notes:
        console.print(escape(note))
    first, *others = found.plans
    for other in others if found.plans[first].found else ():
        if not found.plans[other].found:
            continue
        changes = found.gains_and_losses(first, other)
        numbers = {change: int((changes["change"] == change).sum()) for change in CHANGES}
        told = ", ".join(f"{change_in_words(change)} {figure(number)}" for change, number in numbers.items())
        console.print(escape(say("compare_people", a=first, b=other, told=told)))
        if people:
            print_table(changes.assign(change=changes["change"].map(change_in_words)), f"{first} - {other}")


@contextmanager
def sweep_shown() -> Iterator[Callable[[SweepProgress], None]]:
    """A listener that shows how far a sweep is and how long it may still take, on standard error."""
    console = Console(stderr=True, highlight=False)
    bar = progress.Progress(
        progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn(), console=console
    )

    def listen(news: SweepProgress) -> None:
        left = "–" if news.seconds_left is None else figure(news.seconds_left, 0)
        told = say("sweep_progress", done=news.done, total=news.total, kept=news.kept, left=left)
        if console.is_terminal:
            bar.update(task, total=news.total, completed=news.done, description=told)
        else:
            console.print(escape(told), soft_wrap=True)

    _sweeping.append(True)
    if not console.is_terminal:
        yield listen
        return
    with bar:
        task = bar.add_task("", total=None)
        yield listen


@contextmanager
def questions_shown() -> Iterator[Callable[[int, int], None]]:
    """A listener that shows how many questions of a batch are answered, on standard error."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda done, total: console.print(escape(say("questions", done=done, total=total)), soft_wrap=True)
        return
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def listen(done: int, total: int) -> None:
            bar.update(task, total=total, completed=done, description=say("questions", done=done, total=total))

        yield listen


def print_sweep(found: Sweep, title: str) -> None:
    """A row per scenario: what was varied, the goals' values; what is not proven is marked ?, what went wrong told."""
    table = grid(title, *found.keys, say("column_status"), *found.goals, text=len(found.keys) + 1)
    for row in found.table.to_dict("records"):
        proven = row["status"] == "optimal"
        values = (_number(row[goal]) + ("" if proven or pd.isna(row[goal]) else " ?") for goal in found.goals)
        told = row["error"] or say(f"status_{row['status']}")
        table.add_row(*(escape(str(row[key])) for key in found.keys), escape(told), *values)
    console_wide().print(table)


def print_table(frame: pd.DataFrame, title: str) -> None:
    """Any table."""
    headings = [say(f"column_{name}") if known(f"column_{name}") else str(name) for name in frame.columns]
    table = grid(title, *headings, text=len(headings))
    for row in _rows(frame):
        table.add_row(*(escape("" if pd.isna(value) else str(value)) for value in row))
    console_wide().print(table)
