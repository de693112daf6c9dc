"""The commands for what happened and for plans made again: parse, call, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import IMPOSSIBLE, OK, OUT_OF_TIME
from planner.cli.options import option
from planner.cli.outputs import check_outputs, check_run_folder, clear_up_run, deliver, deliver_folder, write_csv
from planner.common.errors import PlannerError
from planner.messages import say

if TYPE_CHECKING:
    from planner.analysis.replanning.announced import Start
    from planner.library.years import Replan
    from planner.years.successor import Keep


def add_years(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    joiners = Annotated[Path | None, option("--joiners", "help_joiners")]
    quiet = Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))]

    @app.command(help=say("help_record"))
    def record(
        folder: run,
        ledger: Annotated[Path | None, option("--ledger", "help_events")] = None,
        joiners: joiners = None,
        withdraw: Annotated[int | None, option("--withdraw", "help_withdraw")] = None,
        note: Annotated[str, option("--note", "help_withdraw_note")] = "",
        by: Annotated[str | None, option("--by", "help_by")] = None,
        template: Annotated[Path | None, option("--template", "help_template")] = None,
        year: Annotated[int | None, option("--year", "help_template_year")] = None,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_template_names"))] = False,
        force: force = False,
    ) -> None:
        if template is not None or year is not None:
            if template is None or year is None or ledger or joiners or withdraw is not None:
                raise PlannerError(say("ledger_template_alone"))
            raise typer.Exit(_template(folder, template, year, with_names=with_names, force=force))
        if ledger is None and withdraw is None:
            raise PlannerError(say("ledger_nothing"))
        raise typer.Exit(_record(folder, ledger, joiners, withdraw, note, by))

    @app.command(help=say("help_ledger"))
    def ledger(
        folder: run, out: Annotated[Path | None, option("--out", "help_csv_out")] = None, force: force = False
    ) -> None:
        raise typer.Exit(_ledger(folder, out, force=force))

    @app.command(help=say("help_replan"))
    def replan(
        folder: run,
        first: Annotated[int, option("--from", "help_from")],
        ledger: Annotated[Path | None, option("--ledger", "help_replan_events")] = None,
        joiners: joiners = None,
        overlay: Annotated[Path | None, option("--with", "help_with")] = None,
        reform: Annotated[Path | None, option("--reform", "help_reform")] = None,
        out: Annotated[Path | None, option("--out", "help_out")] = None,
        keep: Annotated[str | None, option("--keep", "help_keep")] = None,
        substitutes: Annotated[str, option("--substitutes", "help_substitutes")] = "",
        frontier: Annotated[bool, typer.Option("--frontier", help=say("help_replan_frontier"))] = False,
        no_prices: Annotated[bool, typer.Option("--no-prices", help=say("help_no_prices"))] = False,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        force: force = False,
        quiet: quiet = False,
    ) -> None:
        given = folder, first, ledger, joiners, overlay
        if substitutes:
            for name, used in (("--keep", keep), ("--frontier", frontier), ("--reform", reform)):
                if used:
                    raise PlannerError(say("substitutes_alone", option=name))
            raise typer.Exit(_substitutes(*given, out, _seat(substitutes), force=force, quiet=quiet))
        kept, asked = _keep(keep), (not no_prices, frontier)
        raise typer.Exit(_replan(*given, reform, out, kept, workers, asked, force=force, quiet=quiet))

    @app.command(help=say("help_reserves"))
    def reserves(
        folder: run,
        year: Annotated[int, option("--year", "help_year")],
        number: Annotated[int, option("--number", "help_reserves_number")] = 3,
        out: Annotated[Path | None, option("--out", "help_reserves_out")] = None,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_template_names"))] = False,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        force: force = False,
        quiet: quiet = False,
    ) -> None:
        target = out or folder / f"reserves-{year}.xlsx"
        if number < 1:
            raise PlannerError(say("reserves_number", found=number))
        if target.suffix.lower() not in (".xlsx", ".csv"):
            raise PlannerError(say("reserves_suffix", name=target.name))
        check_outputs(target, force=force, command="reserves")
        asked = {"with_names": with_names, "quiet": quiet, "force": force}
        raise typer.Exit(_reserves(folder, year, number, target, workers, **asked))


def _keep(text: str | None) -> "Keep | None":
    from planner.years.successor import Keep

    known: tuple[Keep, ...] = get_args(Keep)
    found = next((name for name in known if name == text), None)
    if text is not None and found is None:
        raise PlannerError(say("replan_keep_unknown", found=text))
    return found


def _seat(text: str) -> "Start":
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or not all(parts) or not parts[2].isdecimal():
        raise PlannerError(say("substitutes_form", text=text))
    return parts[0], parts[1], int(parts[2])


def _template(folder: Path, path: Path, year: int, *, with_names: bool, force: bool) -> int:
    from planner.report.workbook.year import year_workbook

    check_outputs(path, force=force)
    deliver(path, lambda place: year_workbook(folder, year, place, with_names=with_names), force=force)
    hand_on(written=[path])
    typer.echo(say("written", path=path))
    return OK


def _record(
    folder: Path, ledger: Path | None, joiners: Path | None, withdraw: int | None, note: str, by: str | None
) -> int:
    from planner.library.years import record
    from planner.report.terminal.years import print_recorded

    clear_up_run(folder)
    found = record(folder, ledger, joiners, withdraw=withdraw, note=note, by=by)
    hand_on({"entries": found.entries}, written=[found.file], known=len(found.known), blank=found.blank)
    print_recorded(found)
    return OK


def _ledger(folder: Path, out: Path | None, *, force: bool) -> int:
    from planner.library.years import ledger
    from planner.report.terminal.years import print_ledger

    check_outputs(out, force=force, command="ledger")
    table = ledger(folder)
    write_csv(table, out, force=force, command="ledger")
    hand_on({"ledger": table}, written=[out])
    print_ledger(table, folder)
    return OK


def _replan(
    folder: Path,
    first: int,
    ledger: Path | None,
    joiners: Path | None,
    overlay: Path | None,
    reform: Path | None,
    out: Path | None,
    keep: "Keep | None",
    workers: int | None,
    asked: tuple[bool, bool],
    *,
    force: bool,
    quiet: bool,
) -> int:
    from contextlib import nullcontext

    from planner.analysis.parallel import silent
    from planner.common.workers import Parallel
    from planner.library.years import replan
    from planner.report.terminal.progress import progress_shown, questions_shown

    _check_out(out, force=force)
    priced, frontier = asked
    written: list[Path] = []

    def keep_plan(plan: "Replan") -> None:
        """Write the plan before its changes are priced, which may be cut short in any way."""
        if out is not None:
            deliver_folder(out, lambda place: plan.write(place, force=force))
            written.append(out)

    with progress_shown(quiet=quiet) as on_progress, nullcontext(silent) if quiet else questions_shown() as news:
        found = replan(
            folder,
            first,
            ledger,
            joiners,
            overlay=overlay,
            reform=reform,
            keep=keep,
            priced=priced,
            frontier=frontier,
            on_plan=keep_plan,
            on_progress=on_progress,
            on_questions=news,
            parallel=Parallel(workers),
        )
    return _finished(found, out, force=force or bool(written))


def _check_out(out: Path | None, *, force: bool) -> None:
    check_run_folder(out, force=force)


def _finished(found: "Replan", out: Path | None, *, force: bool) -> int:
    """Print and write a plan made again, or say why there is none."""
    from planner.library.plans import check
    from planner.messages import figure
    from planner.plans.columns import COLUMNS
    from planner.report.terminal import years
    from planner.report.terminal.console import tell
    from planner.report.terminal.plans import print_conflict, print_summary, print_warnings
    from planner.report.text.changes import news_told
    from planner.report.text.first_sentences import of_changes

    hand_on(
        {name: getattr(found.plan, name) for name in (*COLUMNS, "conflict")}
        | {"changes": found.table, "news": found.news, "events": found.events, "frontier": found.frontier_table},
        status=found.plan.status,
        notes=list(map(str, found.notes)),
    )
    if found.plan.found:
        tell([of_changes(found.old, found.plan, found.changes, found.first)])
    years.print_news(found.old.problem, found.news_besides_the_reform, found.first)
    if found.reform is not None:
        years.print_reform(found.reform)
    for note in found.notes:
        typer.echo(note)
    if found.plan.status == "infeasible":
        print_conflict(found.plan)
        return IMPOSSIBLE
    if not found.plan.found:
        seconds = found.plan.problem.scenario.solver.time_limit_s
        typer.echo(say("no_plan_in_time", seconds=figure(seconds)), err=True)
        return OUT_OF_TIME
    if out is not None:
        deliver_folder(out, lambda place: _written(found, place, force=force))
        hand_on(written=[out])
    print_summary(found.plan)
    years.print_changes(found.plan.problem, found.changes, found.first)
    years.print_attainment(found.old, found.plan)
    for key, starts in (("replan_announced", found.kept), ("replan_lost", found.lost)):
        if starts:
            names = years.named((news_told(found.old.problem, *start) for start in starts), "; ")
            typer.echo(say(key, kept=len(starts), names=names))
    if found.plan.status != "optimal":
        typer.echo(say("replan_seconds_short"))
    if found.frontier:
        years.print_frontier(found.frontier_table)
    checked = check(found.plan.problem)
    if checked.warnings or checked.acknowledged:
        print_warnings(checked)
    if out is not None:
        typer.echo(say("run_written", folder=out))
    return OK


def _written(found: "Replan", out: Path, *, force: bool) -> None:
    """The run folder, and the frontier as a picture in it."""
    found.write(out, force=force)
    _draw(found, out)


def _draw(found: "Replan", out: Path) -> None:
    """The frontier as a picture in the run folder."""
    if not found.frontier:
        return
    from planner.report import charts
    from planner.report.terminal.years import frontier_headings

    across, changes, value = frontier_headings()
    table = found.frontier_table.set_axis([across, changes, value], axis=1)
    picture = charts.sweep(table, keys=[across], values=[value], title=say("replan_frontier"))
    charts.save(picture, out / "pictures" / "frontier.svg")


def _substitutes(
    folder: Path,
    first: int,
    ledger: Path | None,
    joiners: Path | None,
    overlay: Path | None,
    out: Path | None,
    seat: "Start",
    *,
    force: bool,
    quiet: bool,
) -> int:
    from contextlib import nullcontext

    from planner.analysis.parallel import silent
    from planner.common.csv_cells import csv_text
    from planner.common.files import write_file
    from planner.library.years import substitutes
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.years import print_substitutes

    _check_out(out, force=force)
    with nullcontext(silent) if quiet else questions_shown() as news:
        found = substitutes(folder, first, seat, ledger, joiners, overlay=overlay, on_questions=news)
    hand_on({"substitutes": found.table}, asked=found.asked)
    print_substitutes(found.free.problem, found.found, found.free, asked=found.asked)
    if out is not None and found.plan is not None:
        plan, table = found.plan, csv_text(found.table)

        def write(place: Path) -> None:
            plan.write(place, force=force)
            write_file(place / "substitutes.csv", table)

        deliver_folder(out, write)
        hand_on(written=[out])
        typer.echo(say("run_written", folder=out))
    return OK


def _reserves(
    folder: Path, year: int, number: int, out: Path, workers: int | None, *, with_names: bool, quiet: bool, force: bool
) -> int:
    from contextlib import nullcontext

    from planner.analysis.parallel import silent
    from planner.common.workers import Parallel
    from planner.library.years import reserves
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.years import print_reserves
    from planner.report.workbook.reserves import write_reserves

    with nullcontext(silent) if quiet else questions_shown() as news:
        found = reserves(folder, year, number, on_questions=news, parallel=Parallel(workers))
    hand_on({"reserves": found.table})
    print_reserves(found.problem, found.found, found.free, year)
    if not found.found.standing.found:
        return IMPOSSIBLE
    if out.suffix.lower() == ".csv":
        write_csv(found.table, out, force=force, command="reserves")
    else:
        told = deliver(
            out,
            lambda place: write_reserves(found.problem, found.found, year, place, with_names=with_names),
            force=force,
        )
        for note in told or ():
            typer.echo(note)
    hand_on(written=[out])
    typer.echo(say("written", path=out))
    return OK
