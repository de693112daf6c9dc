"""The commands for several plans: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK, WRONG
from planner.cli.options import naming, option
from planner.cli.outputs import check_outputs, check_picture, clear_up, deliver, write_csv
from planner.common.errors import PlannerError
from planner.messages import say


def add_studies(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]

    @app.command(help=say("help_compare"))
    def compare(
        plans: Annotated[list[Path], typer.Argument(help=say("help_plans"), show_default=False)],
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        excel_csv: Annotated[bool, typer.Option("--excel-csv", help=say("help_excel_csv"))] = False,
        people: Annotated[bool, typer.Option("--people", help=say("help_people"))] = False,
        with_names: Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))] = False,
        others: Annotated[bool, typer.Option("--for-others", help=say("help_for_others_report"))] = False,
        force: force = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))] = False,
    ) -> None:
        if others and (with_names or people):
            raise PlannerError(say("for_others_with_names"))
        with naming(shown=with_names):
            how = {"excel": excel_csv, "people": people, "others": others}
            raise typer.Exit(_compare(plans, out, plot, **how, force=force, quiet=quiet))

    @app.command(help=say("help_sweep"))
    def sweep(
        base: Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)],
        vary: Annotated[list[str], option("--vary", "help_vary")],
        out: Annotated[Path, option("--out", "help_sweep_out")],
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_sweep(base, vary, out, workers, cluster, plot, force=force))


def _compare(
    plans: list[Path],
    out: Path | None,
    plot: Path | None,
    *,
    excel: bool = False,
    people: bool,
    others: bool = False,
    force: bool,
    quiet: bool,
) -> int:
    from planner.library.studies import compare
    from planner.report.terminal.progress import now_solving, progress_shown
    from planner.report.terminal.studies import print_comparison

    check_outputs(out, plot, force=force, excel=excel, command="compare")
    check_picture(plot)
    with progress_shown(quiet=quiet) as on_progress:
        found = compare(plans, on_progress, None if quiet else now_solving)
    found = found.for_others() if others else found
    names = ("long", "goals", "targets", "seats", "totals", "shares", "priority", "yearly")
    hand_on({name: getattr(found, name) for name in names}, written=[out, plot], notes=list(map(str, found.notes)))
    print_comparison(found, people=people)
    write_csv(found.long, out, force=force, command="compare", excel=excel)
    if plot is not None:
        from planner.report import charts

        drawn = charts.comparison(found.overview())
        deliver(plot, lambda place: charts.save(drawn, place), force=force)
    return OK


def _sweep(
    base: Path, vary: list[str], out: Path, workers: int | None, cluster: str, plot: Path | None, *, force: bool
) -> int:
    from planner.common.workers import Parallel
    from planner.report.terminal.progress import sweep_shown
    from planner.report.terminal.studies import print_sweep
    from planner.studies.sweep import run_sweep

    check_picture(plot)
    check_outputs(plot, force=force)
    clear_up(out)
    with sweep_shown() as on_progress:
        found = run_sweep(base, vary, out, on_progress, Parallel(workers, cluster))
    hand_on({"sweep": found.table}, written=[out, plot])
    print_sweep(found, say("sweep_of", file=base))
    typer.echo(say("sweep_written", folder=out))
    if plot is not None:
        from planner.model.goals import kind_of
        from planner.report import charts

        values = [goal for goal in found.goals if not kind_of(goal).breaks_ties]
        drawn = charts.sweep(found.table, keys=found.keys, values=values, scenario=found.scenario)
        deliver(plot, lambda place: charts.save(drawn, place), force=force)
    return WRONG if (found.table["status"] == "error").any() else OK
