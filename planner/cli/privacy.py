"""The commands for personal data: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK
from planner.cli.options import option
from planner.common.errors import PlannerError
from planner.messages import say


def add_privacy(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    files = Annotated[list[Path], typer.Argument(help=say("help_pseudonymise_files"), show_default=False)]

    @app.command(help=say("help_pseudonymise"))
    def pseudonymise(
        files: files,
        key: Annotated[Path, option("--key", "help_pseudonym_key")],
        out: Annotated[Path, option("--out", "help_folder_out")],
        scenario: Annotated[Path | None, option("--scenario", "help_pseudonym_scenario")] = None,
        undo: Annotated[bool, typer.Option("--undo", help=say("help_pseudonym_undo"))] = False,
        force: Annotated[bool, typer.Option("--force", help=say("help_force"))] = False,
    ) -> None:
        if undo:
            raise typer.Exit(_undo(files, key, out, force=force))
        raise typer.Exit(_pseudonymise(files, key, out, scenario, force=force))

    @app.command(help=say("help_purge"))
    def purge(
        folder: Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)],
        aggregates: Annotated[bool, typer.Option("--all-but-aggregates", help=say("help_purge_aggregates"))] = False,
        yes: Annotated[bool, typer.Option("--yes", help=say("help_purge_yes"))] = False,
    ) -> None:
        what = "aggregates" if aggregates else "names"
        if not yes:
            raise PlannerError(say("purge_sure", folder=folder, what=say(f"purge_what_{what}")))
        raise typer.Exit(_purge(folder, all_but_aggregates=aggregates))


def remind(folder: Path) -> None:
    """Tell on standard error that the time of the personal data in a run folder is past."""
    from planner.inputs.scenario.schema import Privacy
    from planner.plans.notice import overdue
    from planner.plans.run_folder import manifest_of

    said = manifest_of(folder)["scenario"].get("privacy")
    if said and (told := overdue(Privacy(**said), folder)) is not None:
        typer.echo(str(told), err=True)


def _pseudonymise(files: list[Path], key: Path, out: Path, scenario: Path | None, *, force: bool) -> int:
    from planner.library.privacy import pseudonymise

    found = pseudonymise(files, key, out, scenario, force=force)
    hand_on(written=[*found.paths, key], people=found.known, left_out=found.left_out)
    for name, columns in found.left_out.items():
        typer.echo(say("pseudonym_left_out", file=name, columns=", ".join(columns)))
    typer.echo(say("written", path=out))
    typer.echo(say("pseudonym_done", people=found.known, path=key))
    typer.echo(say("pseudonym_notice"))
    return OK


def _undo(files: list[Path], key: Path, out: Path, *, force: bool) -> int:
    from planner.library.privacy import undo_pseudonyms

    if len(files) != 1:
        raise PlannerError(say("pseudonym_undo_one"))
    found, paths = undo_pseudonyms(files[0], key, out, force=force)
    hand_on(written=paths, replaced=found.replaced, unknown=list(found.unknown))
    typer.echo(say("pseudonym_undone", count=found.replaced))
    if found.unknown:
        typer.echo(say("pseudonym_unknown", count=len(found.unknown), names=", ".join(found.unknown[:5])))
    if found.passed_over:
        typer.echo(say("pseudonym_passed_over", names=", ".join(found.passed_over)))
    typer.echo(say("written", path=out))
    return OK


def _purge(folder: Path, *, all_but_aggregates: bool) -> int:
    from planner.library.privacy import purge

    found = purge(folder, all_but_aggregates=all_but_aggregates)
    hand_on(written=[folder], step=found.step, columns=list(found.columns), removed=list(found.removed))
    if all_but_aggregates:
        typer.echo(say("purged_aggregates", folder=folder, cells=found.cells, fewest=found.fewest))
    else:
        key = "purged_names" if found.columns else "purged_no_names"
        typer.echo(say(key, folder=folder, columns=", ".join(found.columns)))
    if found.removed:
        typer.echo(say("purged_gone", names=", ".join(found.removed)))
    typer.echo(say("purged_copies"))
    return OK
