"""The command for risk: parse, call, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.exit_codes import OK
from planner.cli.options import naming, option
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
        out: Annotated[Path | None, option("--out", "help_risk_out")] = None,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))] = False,
        force: Annotated[bool, typer.Option("--force", help=say("help_force"))] = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))] = False,
    ) -> None:
        with naming(shown=with_names):
            raise typer.Exit(_risk(folder, futures, seed, rates, against, out, force=force, quiet=quiet))


def _risk(
    folder: Path,
    futures: int,
    seed: int,
    rates: Path | None,
    against: Path | None,
    out: Path | None,
    *,
    force: bool,
    quiet: bool,
) -> int:
    from planner.common.files import check_replaceable
    from planner.library.risk import BESIDE, MANIFEST, risk, write_risk
    from planner.plans.persons import nameless
    from planner.report.terminal.risk import print_against, print_risk

    if out is not None:
        check_replaceable(out, force=force, mark=MANIFEST, others=BESIDE)
    listen = _listener(quiet=quiet)
    found = risk(folder, futures, seed, rates, on_futures=listen)
    other = None if against is None else risk(against, futures, seed, rates, on_futures=listen)
    if out is not None:
        write_risk(found, out, force=force, other=other)
    for told in nameless(found.problem):
        typer.echo(told)
    print_risk(found)
    if other is not None:
        print_against(found, other, against)
    if out is not None:
        typer.echo(say("risk_written", folder=out))
    return OK


def _listener(*, quiet: bool) -> "OnFutures | None":
    if quiet:
        return None
    return lambda done, total: typer.echo(say("risk_progress", done=done, total=total), err=True)
