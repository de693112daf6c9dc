"""Progress, shown while something is solved, swept or asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from planner.inputs.scenario.schema import Scenario
from planner.messages import figure, language, percentage, say, speaking
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import grid
from planner.report.terminal.quiet import is_quiet
from planner.solver import OnProgress, Progress
from planner.studies.sweep import SweepProgress

_sweeping: list[bool] = []  # whether a sweep is at work, or questions, whose results so far are kept
_scenarios: list[Scenario | None] = [None]  # of the solve at work
_known: dict[str, Progress] = {}  # what the solve at work has told last of each goal


@contextmanager
def progress_shown(*, quiet: bool, scenario: Scenario | None = None) -> Iterator[OnProgress | None]:
    """A listener that shows goal, value, bound, gap and time while a solve works, on standard error.

    Goals are called by the titles of `scenario`. On a terminal it is one table that changes; in a log it is a line per
    news.
    """
    _known.clear()
    _scenarios[:] = [scenario]
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


def _listener(show: Callable[[Progress], None]) -> OnProgress:
    spoken = language()  # news come from the threads of the search, which speak no language of their own

    def listen(news: Progress) -> None:
        if news.goal not in _known or _figures(_known[news.goal]) != _figures(news):
            _known[news.goal] = news
            with speaking(spoken):
                show(news)

    return listen


def _goal(news: Progress) -> str:
    return goal_in_words(news.goal, _scenarios[0])


def _figures(news: Progress) -> tuple[object, ...]:
    return news.value, news.bound, news.parts


def _gap(news: Progress) -> str:
    return percentage(news.gap, 2)


def _progress_line(news: Progress) -> str:
    parts = {"value": figure(news.value), "bound": figure(news.bound), "gap": _gap(news)}
    figures = ", ".join(f"{say('column_' + key)} {text}" for key, text in parts.items())
    return f"{figure(news.seconds, 1):>6} s  {_goal(news)}{_parts(news)}: {figures}"


def _parts(news: Progress) -> str:
    return (
        "" if news.parts == news.of_parts else f" ({say('progress_parts', parts=news.parts, of_parts=news.of_parts)})"
    )


def _progress_table() -> Table:
    table = grid("", *(say(f"column_{key}") for key in ("goal", "value", "bound", "gap", "seconds")))
    for news in _known.values():
        table.add_row(
            _goal(news) + _parts(news),
            figure(news.value),
            figure(news.bound),
            _gap(news),
            figure(news.seconds, 1),
        )
    return table


@contextmanager
def sweep_shown() -> Iterator[Callable[[SweepProgress], None]]:
    """A listener that shows how far a sweep is and how long it may still take, on standard error."""
    console = Console(stderr=True, highlight=False, quiet=is_quiet())
    bar = progress.Progress(
        progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn(), console=console
    )

    def listen(news: SweepProgress) -> None:
        left = figure(news.seconds_left, 0)
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
def questions_shown(*, kept: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A listener that shows how many questions of a batch are answered, on standard error.

    Parameters
    ----------
    kept
        Whether the answers are kept as they are found: then it is said how many are known from before, and, on Ctrl-C,
        that the same command goes on from them.
    """
    console = Console(stderr=True, highlight=False, quiet=is_quiet())
    if kept:
        _sweeping.append(True)
    if not console.is_terminal:
        yield _telling_known(
            console, lambda done, total: console.print(escape(say("questions", done=done, total=total)), soft_wrap=True)
        )
        return
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def listen(done: int, total: int) -> None:
            bar.update(task, total=total, completed=done, description=say("questions", done=done, total=total))

        yield _telling_known(console, listen)


def _telling_known(console: Console, listen: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """The listener, told first of each batch how many of its questions are known from before."""
    before = [0, 0]  # the last news: answered, of all

    def told(done: int, total: int) -> None:
        if done and before[0] == before[1]:
            console.print(escape(say("questions_known", total=total, known=done)), soft_wrap=True)
        before[:] = done, total
        listen(done, total)

    return told
