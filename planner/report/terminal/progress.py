"""Progress, shown while something is solved, swept or asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from planner.common.drafts import finished
from planner.inputs.problem import Problem
from planner.messages import figure, language, say, speaking
from planner.report.terminal.console import console_of_news, grid
from planner.report.terminal.quiet import is_quiet
from planner.report.text.progress import known_so_far
from planner.report.text.wrapping import folded
from planner.solver import OnProgress, Progress
from planner.studies.sweep import SweepProgress

_sweeping: list[bool] = []  # whether a sweep is at work, or questions, whose results so far are kept
_problems: list[Problem | None] = [None]  # of the solve at work
_names: list[str] = []  # of the solve at work, where there are several
_known: dict[str, Progress] = {}  # what the solve at work has told last of each goal


@contextmanager
def progress_shown(*, quiet: bool, problem: Problem | None = None) -> Iterator[OnProgress | None]:
    """A listener that shows what is known of each goal while a solve works, on standard error.

    Goals are called by the titles of `problem`. On a terminal it is one table that changes; in a log it is a line per
    news, and of a problem that falls apart one per part of its first goal until all parts are heard of.
    """
    _known.clear()
    _names.clear()
    _problems[:] = [problem]
    console = console_of_news()
    if quiet:
        yield _listener(lambda news: None)
    elif console.is_terminal:
        with Live(console=console, refresh_per_second=8, transient=True) as live:
            yield _listener(lambda news: live.update(_progress_table()))
    else:
        yield _listener(lambda news: _log(console, news))


def now_solving(name: str, problem: Problem) -> None:
    """What is told from now on is of another problem: it is named, and goals are called by its titles."""
    _known.clear()
    _names[:], _problems[:] = [name], [problem]
    console = console_of_news()
    if not console.is_terminal:
        console.print(escape(say("progress_of", name=name)), soft_wrap=True)


def print_interrupted() -> None:
    """What is known when a solve is interrupted, on standard error."""
    console = console_of_news()
    console.show_cursor(True)
    if finished and not _sweeping:
        console.print(escape(say("interrupted_written", paths=", ".join(map(str, finished)))), soft_wrap=True)
        return
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


def _log(console: Console, news: Progress) -> None:
    """A line per news; while parts are still unheard of, of the first goal alone."""
    if news.parts == news.of_parts or news.goal == next(iter(_known)):
        line = f"{figure(news.seconds, 1):>6} s  {known_so_far(news, _problems[0])}"
        for part in folded(line, console.width):
            console.print(escape(part), soft_wrap=True)


def _figures(news: Progress) -> tuple[object, ...]:
    return news.value, news.bound, news.parts


def _progress_table() -> Table:
    table = grid("".join(_names), say("progress_column"), say("column_seconds"))
    for news in list(_known.values()):
        table.add_row(escape(known_so_far(news, _problems[0])), figure(news.seconds, 1))
    return table


@contextmanager
def sweep_shown() -> Iterator[Callable[[SweepProgress], None]]:
    """A listener that shows how far a sweep is and how long it may still take, on standard error."""
    console = console_of_news(quiet=is_quiet())
    bar = progress.Progress(
        progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn(), console=console
    )

    def listen(news: SweepProgress) -> None:
        told = say("sweep_progress", done=news.done, total=news.total, kept=news.kept)
        if news.seconds_left is not None and news.done < news.total:
            told = say("sweep_progress_left", told=told, left=figure(news.seconds_left, 0))
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
    console = console_of_news(quiet=is_quiet())
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
