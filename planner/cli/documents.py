"""The commands that write what people read: parse, call, print."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.exit_codes import OK
from planner.cli.options import option
from planner.cli.outputs import check_outputs
from planner.messages import say


def add_documents(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]

    @app.command(help=say("help_plot"))
    def plot(
        folder: run,
        out: Annotated[Path | None, option("--out", "help_pictures_out")] = None,
        agency: Annotated[list[str] | None, option("--agency", "help_agency")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_plot(folder, out, agency, force=force))

    @app.command(help=say("help_report"))
    def report(
        folder: run,
        out: Annotated[Path | None, option("--out", "help_report_out")] = None,
        answers: Annotated[bool, typer.Option("--answers", help=say("help_answers"))] = False,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        force: force = False,
    ) -> None:
        raise typer.Exit(_report(folder, out, workers, cluster, answers=answers, force=force))

    @app.command(help=say("help_nominees"))
    def nominees(
        folder: run,
        year: Annotated[int, option("--year", "help_year")],
        out: Annotated[Path | None, option("--out", "help_nominees_out")] = None,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_with_names"))] = False,
        letters: Annotated[bool, typer.Option("--letters", help=say("help_letters"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_nominees(folder, year, out, with_names=with_names, letters=letters, force=force))


def _plot(folder: Path, out: Path | None, agencies: list[str] | None, *, force: bool) -> int:
    from planner.report.charts.document import plot

    target = out or folder / "pictures"
    check_outputs(target, force=force)
    for path in plot(folder, target, agencies):
        typer.echo(path)
    return OK


def _report(folder: Path, out: Path | None, workers: int | None, cluster: str, *, answers: bool, force: bool) -> int:
    from planner.common.workers import Parallel
    from planner.report.html.document import report
    from planner.report.terminal.progress import questions_shown

    target = out or folder / "report.html"
    check_outputs(target, force=force)
    with questions_shown() if answers else nullcontext(lambda done, total: None) as on_progress:
        report(folder, target, on_progress, Parallel(workers, cluster), answers=answers)
    typer.echo(say("written", path=target))
    return OK


def _nominees(folder: Path, year: int, out: Path | None, *, with_names: bool, letters: bool, force: bool) -> int:
    from planner.report.workbook.document import nominees

    target = out or folder / f"nominees-{year}.xlsx"
    check_outputs(target, force=force)
    for note in nominees(folder, year, target, with_names=with_names, letters=letters).notes:
        typer.echo(note)
    typer.echo(say("written", path=target))
    return OK
