"""`planner solve --resilient`: call, write, print."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import IMPOSSIBLE, OK, OUT_OF_TIME
from planner.cli.outputs import check_outputs, check_picture, check_run_folder, deliver, deliver_folder
from planner.common.errors import Fault, InputError
from planner.messages import figure, say

if TYPE_CHECKING:
    from planner.plans.plan import Plan


@dataclass(frozen=True)
class Asked:
    """What is asked of a resilient plan; nothing but `measure` None where it is not asked for."""

    measure: str | None = None
    futures: int | None = None
    seed: int | None = None
    rates: Path | None = None
    keep_today: bool = False
    samples: int | None = None
    plot: Path | None = None

    def check_alone(self) -> None:
        """Without --resilient the other options would say nothing. Raises `InputError`."""
        if self.measure is None and self != Asked():
            raise InputError(Fault("resilient_alone"))


def solve_resilient(
    file: Path, asked: Asked, out: Path | None, cluster: str, settings: Sequence[str], *, force: bool, quiet: bool
) -> int:
    """Solve, judge, write, print. Returns the exit status."""
    from planner.common.workers import Parallel
    from planner.library.resilient import resilient, write_resilience
    from planner.plans.columns import COLUMNS
    from planner.plans.run_folder import write_run
    from planner.report.terminal.plans import print_conflict
    from planner.report.terminal.progress import progress_shown
    from planner.report.terminal.resilient import print_resilience
    from planner.studies.set_keys import load_set

    check_run_folder(out, force=force)
    check_picture(asked.plot)
    check_outputs(asked.plot, force=force)
    problem = load_set(file, settings)

    def listen(done: int, total: int) -> None:
        if not quiet:
            typer.echo(say("resilient_progress", done=done, total=total), err=True)

    def keep(plan: "Plan") -> None:
        """Write the plan before it is judged in futures, which may be cut short in any way."""
        deliver_folder(out, lambda place: write_run(plan, place, force=force))

    with progress_shown(quiet=quiet, problem=problem) as on_progress:
        found = resilient(
            problem,
            str(asked.measure),
            futures=asked.futures,
            seed=asked.seed,
            rates=asked.rates,
            keep_today=asked.keep_today,
            samples=3 if asked.samples is None else asked.samples,
            on_plan=keep,
            on_progress=on_progress,
            on_sample=listen,
            parallel=Parallel(cluster=cluster),
        )
    figures = {"figures": found.figures, "samples": found.samples}
    hand_on({name: getattr(found.plan, name) for name in (*COLUMNS, "conflict")} | figures, status=found.plan.status)
    for plan in (found.today, found.plan):
        if plan.status == "infeasible":
            print_conflict(plan)
            return IMPOSSIBLE
        if not plan.found:
            typer.echo(say("no_plan_in_time", seconds=figure(problem.scenario.solver.time_limit_s)), err=True)
            return OUT_OF_TIME
    deliver(asked.plot, lambda place: write_resilience(found, place), force=force)
    hand_on(written=[out, asked.plot])
    print_resilience(found)
    for path, key in ((out, "run_written"), (asked.plot, "resilient_drawn")):
        if path is not None:
            typer.echo(say(key, folder=path))
    return OK
