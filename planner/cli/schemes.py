"""The commands that turn a scenario into another form: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK
from planner.cli.options import option
from planner.cli.outputs import check_outputs, deliver_folder
from planner.messages import say


def add_schemes(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""

    @app.command(help=say("help_export"))
    def export(
        file: Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)],
        out: Annotated[Path, option("--out", "help_export_out")],
        excel: Annotated[bool, typer.Option("--excel", help=say("help_to_excel"))] = False,
        to_yaml: Annotated[bool, typer.Option("--yaml", help=say("help_to_yaml"))] = False,
        with_roster: Annotated[bool, typer.Option("--with-roster", help=say("help_with_roster"))] = False,
        force: Annotated[bool, typer.Option("--force", help=say("help_force"))] = False,
    ) -> None:
        raise typer.Exit(_export(file, out, excel=excel, to_yaml=to_yaml, with_roster=with_roster, force=force))


def _export(file: Path, out: Path, *, excel: bool, to_yaml: bool, with_roster: bool, force: bool) -> int:
    from planner.common.errors import Fault, InputError
    from planner.inputs.exporting import export_excel, export_yaml

    if excel == to_yaml:
        raise InputError(Fault("export_one_of"))
    if with_roster and to_yaml:
        raise InputError(Fault("export_roster_only"))
    check_outputs(out, force=force)
    tables: list[Path] = []
    note = tables.append
    if excel:
        deliver_folder(
            out, lambda place: export_excel(file, place, with_roster=with_roster, force=force, on_table=note)
        )
    else:
        deliver_folder(out, lambda place: export_yaml(file, place, force=force, on_table=note))
    hand_on(written=[out, *tables])
    typer.echo(say("written", path=out))
    for table in tables:
        typer.echo(say("export_came_along", path=table))
    return OK
