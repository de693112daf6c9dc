"""A limit for each question: the option, and what a command says and returns where some answers are unproven."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.cli.exit_codes import OK, OUT_OF_TIME
from planner.cli.outputs import clear_up_run
from planner.messages import say

if TYPE_CHECKING:
    from planner.common.workers import Parallel

SHORTEST = 0.1  # limit of a question [seconds]


def limit_option() -> typer.models.OptionInfo:
    """The option `--limit-per-question`."""
    help_ = say("help_limit_per_question")
    return typer.Option("--limit-per-question", min=SHORTEST, max=1e7, help=help_, show_default=False)


def asked(folder: Path, workers: int | None, cluster: str, limit: float | None) -> "Parallel":
    """Where questions about a run are answered, and how long each may take; the answers are kept as they are found."""
    from planner.common.workers import Parallel

    clear_up_run(folder)
    return Parallel(workers, cluster, limit_s=limit, keep_in=folder)


def proven(late: int) -> int:
    """The exit status of a command of whose answers so many are unproven, which is said on standard error."""
    if not late:
        return OK
    typer.echo(say("unproven_some", number=late), err=True)
    return OUT_OF_TIME
