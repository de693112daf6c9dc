"""The commands that write what people read: parse, call, print."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK
from planner.cli.limits import asked, limit_option, proven
from planner.cli.options import naming, option
from planner.cli.outputs import check_files, check_outputs, clear_up, deliver, deliver_all
from planner.common.errors import PlannerError
from planner.messages import say

if TYPE_CHECKING:
    from planner.common.workers import Parallel
    from planner.report.letters.document import Documents


PICTURES = ("utilisation", "attainment", "absence", "priority_shares", "yearly", "shares", "wall", "gantt")
"""The names of `planner.report.charts.gallery`, which is not imported for a help text."""


def add_documents(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    with_names = Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))]
    for_others = Annotated[bool, typer.Option("--for-others", help=say("help_for_others_report"))]
    asked_for = say("help_pictures", names=", ".join(PICTURES))

    @app.command(help=say("help_plot"))
    def plot(
        folder: run,
        pictures: Annotated[list[str] | None, typer.Argument(help=asked_for, show_default=False)] = None,
        out: Annotated[Path | None, option("--out", "help_pictures_out")] = None,
        agency: Annotated[list[str] | None, option("--agency", "help_agency")] = None,
        every: Annotated[bool, typer.Option("--all", help=say("help_every_agency"))] = False,
        with_names: with_names = False,
        force: force = False,
    ) -> None:
        with naming(shown=with_names):
            raise typer.Exit(_plot(folder, out, agency, pictures or [], every=every, force=force))

    @app.command(help=say("help_report"))
    def report(
        folder: run,
        out: Annotated[Path | None, option("--out", "help_report_out")] = None,
        answers: Annotated[bool, typer.Option("--answers", help=say("help_answers"))] = False,
        by: Annotated[str | None, option("--by", "help_report_by")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        limit: Annotated[float | None, limit_option()] = None,
        others: for_others = False,
        with_names: with_names = False,
        force: force = False,
    ) -> None:
        if others and (with_names or answers or by):
            raise PlannerError(say("for_others_with_names"))
        if others:
            raise typer.Exit(_report_for_others(folder, out, force=force))
        with naming(shown=with_names):
            parallel = asked(folder, workers, cluster, limit)
            raise typer.Exit(_report(folder, out, parallel, answers=answers, by=by, force=force))

    @app.command(help=say("help_nominees"))
    def nominees(
        folder: Annotated[Path | None, typer.Argument(help=say("help_run"), show_default=False)] = None,
        year: Annotated[int | None, option("--year", "help_year")] = None,
        out: Annotated[Path | None, option("--out", "help_nominees_out")] = None,
        by: Annotated[list[str] | None, option("--by", "help_nominees_by")] = None,
        with_names: with_names = False,
        letters: Annotated[bool, typer.Option("--letters", help=say("help_letters"))] = False,
        docx: Annotated[Path | None, option("--docx", "help_docx")] = None,
        templates: Annotated[Path | None, option("--templates", "help_templates")] = None,
        settings: Annotated[Path | None, option("--settings", "help_settings")] = None,
        templates_to: Annotated[Path | None, option("--templates-to", "help_templates_to")] = None,
        others: for_others = False,
        force: force = False,
    ) -> None:
        if others and (with_names or letters or by or docx):
            raise PlannerError(say("for_others_with_names"))
        if templates_to is not None:
            raise typer.Exit(_templates(templates_to, force=force))
        if folder is None or year is None:
            raise PlannerError(say("nominees_run_and_year"))
        if docx is None and (templates or settings):
            raise PlannerError(say("nominees_docx_only", options="--templates, --settings"))
        if others:
            raise typer.Exit(_totals_for_others(folder, year, out, force=force))
        if docx is not None:
            _check_documents(docx, force=force)
        if docx is None or out or by or letters:
            _nominees(folder, year, out, with_names=with_names, letters=letters, force=force, by=by)
        if docx is not None:
            _documents(folder, year, docx, templates, settings, with_names=with_names, force=force)
        raise typer.Exit(OK)


def _plot(
    folder: Path,
    out: Path | None,
    agencies: list[str] | None,
    pictures: Sequence[str] = (),
    *,
    every: bool = False,
    force: bool,
) -> int:
    from planner.report.charts.document import plot

    target = out or folder / "pictures"
    check_files(target, [f"{name}*.{kind}" for name in PICTURES for kind in ("svg", "png")], force=force)
    drawn = deliver_all(
        target, lambda place: plot(folder, place, agencies, names=pictures, every_agency=every), force=force
    )
    for path in drawn:
        hand_on(written=[target / path.name])
        typer.echo(target / path.name)
    return OK


def _report(folder: Path, out: Path | None, parallel: "Parallel", *, answers: bool, by: str | None, force: bool) -> int:
    from planner.cli.privacy import remind
    from planner.plans.run_folder import read_run
    from planner.report.html.document import report
    from planner.report.html.split import large

    target = out or folder / ("report" if by else "report.html")
    if by:
        check_files(target, ["index.html", "part-*.html"], force=force)
    else:
        check_outputs(target, force=force)
    if answers:
        _ask(folder, parallel)
    run = read_run(folder)
    if by:
        deliver_all(target, lambda place: report(run, place, by=by), force=force)
    else:
        deliver(target, lambda place: report(run, place), force=force)
    written = target / "index.html" if by else target
    hand_on(written=[written])
    typer.echo(say("written", path=written))
    if by is None and (hint := large(run.problem, written)):
        typer.echo(hint)
    remind(folder)
    return _answered(folder) if answers else OK


def _ask(folder: Path, parallel: "Parallel") -> None:
    from planner.analysis.saved_answers import complete  # engines and all, which a report without answers does without
    from planner.report.terminal.progress import questions_shown

    with questions_shown(kept=True) as on_progress:
        complete(folder, on_progress, parallel)


def _answered(folder: Path) -> int:
    from planner.analysis.kept_answers import kept
    from planner.analysis.partial_answers import unproven

    return proven(unproven(kept(folder)))


def _report_for_others(folder: Path, out: Path | None, *, force: bool) -> int:
    from planner.cli.privacy import remind
    from planner.report.html.document import report

    target = out or folder / "report.html"
    check_outputs(target, force=force)
    deliver(target, lambda place: report(folder, place, for_others=True), force=force)
    hand_on(written=[target])
    typer.echo(say("written", path=target))
    remind(folder)
    return OK


def _totals_for_others(folder: Path, year: int, out: Path | None, *, force: bool) -> int:
    from planner.report.workbook.document import totals_for_others

    target = out or folder / f"nominees-{year}.xlsx"
    check_outputs(target, force=force)
    deliver(target, lambda place: totals_for_others(folder, year, place), force=force)
    hand_on(written=[target])
    typer.echo(say("written", path=target))
    return OK


def _nominees(
    folder: Path,
    year: int,
    out: Path | None,
    *,
    with_names: bool,
    letters: bool,
    force: bool,
    by: list[str] | None = None,
) -> int:
    from planner.report.workbook.document import nominees

    target = out or folder / f"nominees-{year}.xlsx"
    check_outputs(target, force=force)
    shown = {"with_names": with_names, "letters": letters}
    made = deliver(target, lambda place: nominees(folder, year, place, **shown, by=by or ["authority"]), force=force)
    for note in made.notes if made is not None else ():
        typer.echo(note)
    hand_on(written=[target])
    typer.echo(say("written", path=target))
    return OK


def _check_documents(folder: Path, *, force: bool) -> None:
    """Refuse a folder that could not be written before the workbook is."""
    from planner.report.letters.document import check_documents

    clear_up(folder.absolute().parent)
    check_documents(folder, force=force)


def _documents(
    folder: Path,
    year: int,
    out: Path,
    templates: Path | None,
    settings: Path | None,
    *,
    with_names: bool,
    force: bool,
) -> None:
    from planner.common.results import kept_at_the_end
    from planner.report.letters.document import letters
    from planner.report.letters.placeholders import said_settings

    office = {"settings": settings, "templates": templates}

    def write(place: Path) -> "Documents":
        return letters(folder, year, place, **office, with_names=with_names, force=force)

    found = kept_at_the_end(out, write)
    hand_on(written=found.paths)
    for note in found.notes:
        typer.echo(note)
    if found.open:
        typer.echo(say("docx_open", keys=said_settings(found.open)))
    typer.echo(say("docx_written", count=len(found.paths), folder=out))


def _templates(folder: Path, *, force: bool) -> int:
    from planner.report.letters.document import copy_templates

    copy_templates(folder, force=force)
    hand_on(written=[folder])
    typer.echo(say("templates_written", folder=folder))
    return OK
