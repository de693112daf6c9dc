"""The commands that look back: a review of a year or of the scheme, the start of the next; parse, call, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK
from planner.cli.options import naming, option
from planner.cli.outputs import check_folder, clear_up, deliver_folder
from planner.common.errors import PlannerError
from planner.messages import say

if TYPE_CHECKING:
    from planner.cli.review_folder import Written


def add_review(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    quiet = Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))]

    @app.command(help=say("help_review"))
    def review(
        folder: run,
        year: Annotated[int | None, option("--year", "help_review_year")] = None,
        out: Annotated[Path | None, option("--out", "help_review_out")] = None,
        docx: Annotated[bool, typer.Option("--docx", help=say("help_review_docx"))] = False,
        final: Annotated[bool, typer.Option("--final", help=say("help_final"))] = False,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))] = False,
        prices: Annotated[bool, typer.Option("--prices", help=say("help_review_prices"))] = False,
        templates: Annotated[Path | None, option("--templates", "help_templates")] = None,
        settings: Annotated[Path | None, option("--settings", "help_settings")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        force: force = False,
        quiet: quiet = False,
    ) -> None:
        if year is None and not final:
            raise PlannerError(say("review_needs_year"))
        if docx and out is None:
            raise PlannerError(say("review_docx_needs_out"))
        if (templates or settings) and not docx:
            raise PlannerError(say("nominees_docx_only", options="--templates, --settings"))
        with naming(shown=with_names):
            office = (templates, settings) if docx else None
            raise typer.Exit(
                _review(folder, year, out, office, workers, final=final, prices=prices, force=force, quiet=quiet)
            )

    @app.command(help=say("help_sequel"))
    def sequel(
        folder: run,
        last: Annotated[int, option("--last", "help_sequel_last")],
        out: Annotated[Path | None, option("--out", "help_sequel_out")] = None,
    ) -> None:
        raise typer.Exit(_sequel(folder, last, out))


def _review(
    folder: Path,
    year: int | None,
    out: Path | None,
    office: tuple[Path | None, Path | None] | None,
    workers: int | None,
    *,
    final: bool,
    prices: bool,
    force: bool,
    quiet: bool,
) -> int:
    from contextlib import nullcontext

    from planner.analysis.parallel import silent
    from planner.cli.review_folder import check_review_folder, write_review
    from planner.common.results import kept_at_the_end
    from planner.common.workers import Parallel
    from planner.library.review import review
    from planner.report.terminal.progress import progress_shown, questions_shown
    from planner.report.terminal.review import print_review

    if out is not None:
        clear_up(out.absolute().parent)
        check_review_folder(out, force=force)
    with progress_shown(quiet=quiet) as on_progress, nullcontext(silent) if quiet else questions_shown() as news:
        found = review(
            folder,
            year,
            final=final,
            priced=prices,
            on_progress=on_progress,
            on_questions=news,
            parallel=Parallel(workers),
        )
    tables = {"starts": found.progress.starts, "targets": found.targets, "proposal": found.proposal}
    hand_on(tables | {"news": found.news}, notes=list(map(str, found.notes)))
    print_review(found)
    if out is not None:
        templates, settings = office or (None, None)

        def write(place: Path) -> "Written":
            docx = office is not None
            return write_review(found, place, docx=docx, settings=settings, templates=templates, force=force)

        written = kept_at_the_end(out, write)
        hand_on(written=written.paths)
        for note in written.notes:
            typer.echo(note)
        for path in written.paths:
            typer.echo(say("written", path=path))
    return OK


def _sequel(folder: Path, last: int, out: Path | None) -> int:
    from planner.library.review import NEWS, sequel, write_sequel
    from planner.report.terminal.review import print_sequel

    check_folder(out, force=False, mark=NEWS)
    found = sequel(folder, last)
    hand_on({"news": found.news}, notes=list(map(str, found.notes)))
    print_sequel(found)
    if out is not None:
        path = deliver_folder(out, lambda place: write_sequel(found, place))
        hand_on(written=[path])
        typer.echo(say("written", path=path))
    return OK
