"""The commands for published tables: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK, WRONG
from planner.cli.options import option
from planner.cli.outputs import check_folder, check_outputs, clear_up, deliver_folder, write_csv
from planner.messages import say


def add_published(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    published = Annotated[Path, typer.Argument(help=say("help_published"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    seed = Annotated[int, typer.Option("--seed", min=0, help=say("help_seed"))]

    @app.command(help=say("help_audit"))
    def audit(
        file: published,
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        excel_csv: Annotated[bool, typer.Option("--excel-csv", help=say("help_excel_csv"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_audit(file, out, excel=excel_csv, force=force))

    @app.command(help=say("help_reconstruct"))
    def reconstruct(
        file: published,
        out: Annotated[Path, option("--out", "help_folder_out")],
        seed: seed = 2021,
        force: force = False,
    ) -> None:
        raise typer.Exit(_reconstruct(file, out, seed, force=force))

    @app.command(help=say("help_generate"))
    def generate(
        districts: Annotated[int, option("--districts", "help_districts")],
        out: Annotated[Path, option("--out", "help_folder_out")],
        seed: seed = 2021,
        published: Annotated[Path | None, option("--published", "help_published")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_generate(districts, out, seed, published, force=force))

    @app.command(help=say("help_example"))
    def example(
        folder: Annotated[Path, typer.Argument(help=say("help_folder"), show_default=False)],
        force: force = False,
    ) -> None:
        raise typer.Exit(_example(folder, force=force))


def _audit(file: Path, out: Path | None, *, excel: bool = False, force: bool) -> int:
    from planner.library.published import audit
    from planner.published.loading import load_published
    from planner.report.terminal.console import print_table, tell
    from planner.report.text.published import audit_first, audit_in_words, note_in_words

    check_outputs(out, force=force, excel=excel, command="audit")
    published = load_published(file)
    found = audit(published)
    write_csv(found.table, out, force=force, command="audit", excel=excel)
    hand_on({"checks": found.table}, written=[out], notes=list(found.notes))
    tell([audit_first(found)])
    print_table(audit_in_words(found.table, published), say("audit_of", file=file))
    tell(note_in_words(note, published) for note in found.notes)
    return WRONG if found.wrong else OK


def _reconstruct(file: Path, out: Path, seed: int, *, force: bool) -> int:
    from planner.library.published import reconstruct
    from planner.published.loading import load_published
    from planner.published.reconstruction import FIT, TABLES
    from planner.report.terminal.console import tell
    from planner.report.text.published import note_in_words

    check_folder(out, force=force, mark=FIT, others=TABLES)
    published = load_published(file)
    rebuilt = reconstruct(published, seed)
    deliver_folder(out, lambda place: rebuilt.write(place, force=force))
    tables = {"fit": rebuilt.fit, "deviations": rebuilt.deviations, "agencies": rebuilt.agencies}
    hand_on(tables | {"roster": rebuilt.roster}, written=[out], notes=list(map(str, rebuilt.notes)))
    tell(note_in_words(str(note), published) for note in rebuilt.notes)
    typer.echo(say("rebuilt", cadres=len(rebuilt.roster), agencies=len(rebuilt.agencies), folder=out))
    return OK


def _generate(districts: int, out: Path, seed: int, published: Path | None, *, force: bool) -> int:
    from planner.library.published import generate
    from planner.published.generator import AGENCIES, RECIPE, ROSTER, SCENARIO

    check_folder(out, force=force, mark=RECIPE, others=(SCENARIO, ROSTER, AGENCIES))
    made = generate(districts, seed, published)
    deliver_folder(out, lambda place: made.write(place, force=force))
    hand_on({"roster": made.roster, "agencies": made.agencies}, written=[out], recipe=made.recipe)
    typer.echo(say("rebuilt", cadres=len(made.roster), agencies=len(made.agencies), folder=out))
    return OK


def _example(folder: Path, *, force: bool) -> int:
    from planner.library.published import example

    clear_up(folder.absolute().parent)
    scenario = example(folder, force=force)
    hand_on(written=[scenario])
    typer.echo(say("example_written", folder=folder, scenario=scenario))
    return OK
