"""Summaries, checks and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from planner.options import Options
from planner.plan import Plan
from planner.report import summary
from planner.solver import Listener, Progress
from planner.words import localised, say


def _console() -> Console:
    wide = None if sys.stdout.isatty() else 160
    return Console(width=wide, highlight=False)


def _grid(title: str, *headings: str, text: int = 1) -> Table:
    """An empty table whose first `text` columns are text, the others numbers."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < text else "right", overflow="fold")
    return table


def _number(value: Any) -> str:
    """A number with its thousands apart, the way both languages read it; a dash for none."""
    if pd.isna(value):
        return "–"
    return f"{value:,}".replace(",", " ")


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(frame.itertuples(index=False))


# --- progress -------------------------------------------------------------------------------------------------------


@contextmanager
def progress_shown(*, quiet: bool) -> Iterator[Listener | None]:
    """A listener that shows goal, value, bound, gap and time while a solve works, on standard error.

    On a terminal it is one table that changes; in a log it is a line per news. When the solve is interrupted, what was
    known is said.
    """
    if quiet:
        yield None
        return
    known: dict[str, Progress] = {}
    console = Console(stderr=True, highlight=False)
    try:
        if console.is_terminal:
            with Live(console=console, refresh_per_second=8, transient=True) as live:
                yield _listener(known, lambda news: live.update(_progress_table(known)))
        else:
            yield _listener(known, lambda news: console.print(escape(_progress_line(news)), soft_wrap=True))
    except KeyboardInterrupt:
        if known:
            console.print(say("interrupted_had"))
            console.print(_progress_table(known))
        raise


def _listener(known: dict[str, Progress], show: Callable[[Progress], None]) -> Listener:
    def listen(news: Progress) -> None:
        if known.get(news.goal) is None or _figures(known[news.goal]) != _figures(news):
            known[news.goal] = news
            show(news)

    return listen


def _figures(news: Progress) -> tuple[object, ...]:
    return news.value, news.bound, news.parts


def _gap(news: Progress) -> str:
    return "–" if news.gap is None else f"{news.gap:.2%}"


def _progress_line(news: Progress) -> str:
    parts = {"value": _number(news.value), "bound": _number(news.bound), "gap": _gap(news)}
    figures = ", ".join(f"{say('column_' + key)} {text}" for key, text in parts.items())
    return f"{news.seconds:6.1f} s  {news.goal}{_parts(news)}: {figures}"


def _parts(news: Progress) -> str:
    return (
        "" if news.parts == news.of_parts else f" ({say('progress_parts', parts=news.parts, of_parts=news.of_parts)})"
    )


def _progress_table(known: dict[str, Progress]) -> Table:
    table = _grid("", *(say(f"column_{key}") for key in ("goal", "value", "bound", "gap", "seconds")))
    for news in known.values():
        table.add_row(
            news.goal + _parts(news), _number(news.value), _number(news.bound), _gap(news), f"{news.seconds:.1f}"
        )
    return table


# --- a plan ---------------------------------------------------------------------------------------------------------


def print_summary(plan: Plan) -> None:
    """What a planner asks first: proven or not, targets, seats, who waits."""
    console = _console()
    console.print(f"\n[bold]{escape(localised(plan.problem.scenario.title))}[/bold]")
    console.print(escape(summary.headline(plan)) + "\n")
    for table in (_goals(plan), _targets(plan), _seats(plan), _waiting(plan)):
        if table.row_count:
            console.print(table)


def _goals(plan: Plan) -> Table:
    table = _grid(say("column_goal"), "", "", *(say(f"column_{key}") for key in ("value", "bound", "status")), text=2)
    for row in _rows(plan.goals):
        status = say(f"status_{row.status}")
        table.add_row(row.goal, say(f"goal_{row.goal}"), _number(row.value), _number(row.bound), status)
    return table


def _targets(plan: Plan) -> Table:
    headings = [say(f"column_{key}") for key in ("required", "attained", "shortfall", "unknown")]
    table = _grid(say("column_target"), "", *headings, "")
    for row in _rows(summary.targets(plan)):
        verdict = say("target_reached") if row.reached else say("target_missed")
        figures = map(_number, (row.required, row.attained, row.shortfall, row.unknown))
        table.add_row(escape(row.title), *figures, verdict, style=None if row.reached else "yellow")
    return table


def _seats(plan: Plan) -> Table:
    table = _grid(say("column_pool"), "", *(say(f"column_{key}") for key in ("starts", "room", "below_min")))
    for row in _rows(summary.seat_use(plan)):
        table.add_row(escape(row.title), *map(_number, (row.starts, row.room, row.below_min)))
    return table


def _waiting(plan: Plan) -> Table:
    table = _grid(say("column_waiting"), say("column_target"), say("column_reason"), say("column_number"), text=2)
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
    for row in _rows(plan.conflict):
        console.print(escape(f"  {row.rule}[{row.where}]" if row.where else f"  {row.rule}"))
    if len(plan.conflict) > 1:
        console.print(say("no_plan_hint"))


# --- a problem ------------------------------------------------------------------------------------------------------


def print_check(options: Options) -> None:
    """What a scenario holds: sizes, admissible starts by programme and year, reasons against the others."""
    problem, console = options.problem, _console()
    sizes = _grid(say("check_title"), "", "")
    refused = options.reasons.size - len(options)
    numbers = (len(problem.cadres), len(problem.agencies), len(problem.programmes), len(options), refused)
    for key, number in zip(("cadres", "agencies", "programmes", "admissible", "refused"), numbers, strict=True):
        sizes.add_row(say(f"check_{key}"), _number(number))
    console.print(sizes)
    by_year = _grid(say("check_by_programme"), say("column_programme"), *map(str, problem.years))
    for place, name in enumerate(problem.programmes["programme"]):
        starts = (options.reasons[:, place] == 0).sum(axis=0)
        by_year.add_row(escape(localised(problem.scenario.programmes[name].title, name)), *map(str, starts))
    console.print(by_year)
    reasons = _grid(say("check_reasons"), "", say("column_number"))
    for row in _rows(options.refused()):
        reasons.add_row(say(f"reason_{row.reason}"), _number(row.starts))
    console.print(reasons)
    rows = problem.cadres.groupby("agency").size()
    for agency, headcount in zip(problem.agencies["agency"], problem.agencies["headcount"], strict=True):
        if headcount < rows.get(agency, 0):
            console.print(escape(say("check_headcount", agency=agency, headcount=headcount, rows=rows[agency])))


def print_table(frame: pd.DataFrame, title: str) -> None:
    """Any table."""
    table = _grid(title, *map(str, frame.columns), text=len(frame.columns))
    for row in _rows(frame):
        table.add_row(*(escape("" if pd.isna(value) else str(value)) for value in row))
    _console().print(table)
