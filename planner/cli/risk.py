"""The command for risk: parse, call, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK
from planner.cli.options import naming, option
from planner.cli.outputs import check_folder, deliver_folder
from planner.messages import say

if TYPE_CHECKING:
    from planner.analysis.risk.futures import OnFutures


def add_risk(app: typer.Typer) -> None:
    """Add the command, its help in the language spoken now."""

    @app.command(help=say("help_risk"))
    def risk(
        folder: Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)],
        futures: Annotated[int, typer.Option("--futures", help=say("help_futures"))] = 10_000,
        seed: Annotated[int, typer.Option("--seed", help=say("help_seed"))] = 1,
        rates: Annotated[Path | None, option("--rates", "help_rates")] = None,
        against: Annotated[Path | None, option("--against", "help_against")] = None,
        recourse: Annotated[int | None, option("--recourse", "help_recourse")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        out: Annotated[Path | None, option("--out", "help_risk_out")] = None,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))] = False,
        force: Annotated[bool, typer.Option("--force", help=say("help_force"))] = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))] = False,
    ) -> None:
        with naming(shown=with_names):
            drawn = futures, seed, rates
            asked = recourse, workers, cluster
            raise typer.Exit(_risk(folder, drawn, against, asked, out, force=force, quiet=quiet))


def _risk(
    folder: Path,
    drawn: tuple[int, int, Path | None],
    against: Path | None,
    asked: tuple[int | None, int | None, str],
    out: Path | None,
    *,
    force: bool,
    quiet: bool,
) -> int:
    from planner.common.workers import Parallel
    from planner.library.risk import BESIDE, MANIFEST, TABLES, recorded, risk, risk_recourse, write_risk
    from planner.plans.persons import nameless
    from planner.plans.run_folder import read_run
    from planner.report.terminal.risk import print_against, print_recourse, print_risk

    check_folder(out, force=force, mark=MANIFEST, others=BESIDE)
    listen = _listener(quiet=quiet)
    read = read_run(folder)
    found = risk(read, *drawn, on_futures=listen)
    other = None if against is None else risk(against, *drawn, on_futures=listen)
    number, workers, cluster = asked
    remade = None
    if number is not None:
        remade = risk_recourse(read, number, *drawn[1:], on_futures=listen, parallel=Parallel(workers, cluster))
    deliver_folder(out, lambda place: write_risk(found, place, force=force, other=other, recourse=remade))
    tables = {name: getattr(found, name) for name in TABLES}
    tables |= {} if other is None else {"differences": found.against(other)}
    tables |= {} if remade is None else {"recourse": remade}
    hand_on(tables, written=[out], futures=found.count, seed=found.seed)
    if events := recorded(read):
        typer.echo(say("risk_ledger", number=events))
    for told in nameless(found.problem):
        typer.echo(told)
    print_risk(found)
    if other is not None:
        print_against(found, other, against)
    if remade is not None:
        print_recourse(remade)
    if out is not None:
        typer.echo(say("risk_written", folder=out))
    return OK


def _listener(*, quiet: bool) -> "OnFutures | None":
    if quiet:
        return None
    return lambda done, total: typer.echo(say("risk_progress", done=done, total=total), err=True)
