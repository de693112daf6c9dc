"""The commands that answer questions about a run: parse, call, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import OK, OUT_OF_TIME, WRONG
from planner.cli.limits import asked, limit_option, proven
from planner.cli.options import naming, option
from planner.cli.outputs import check_outputs, check_picture, deliver, write_csv
from planner.common.errors import PlannerError
from planner.messages import say

if TYPE_CHECKING:
    from planner.common.workers import Parallel


def add_answers(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    out = Annotated[Path | None, option("--out", "help_csv_out")]
    workers = Annotated[int | None, option("--workers", "help_workers")]
    cluster = Annotated[str, option("--cluster", "help_cluster")]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    excel_csv = Annotated[bool, typer.Option("--excel-csv", help=say("help_excel_csv"))]
    with_names = Annotated[bool, typer.Option("--with-names", help=say("help_names_shown"))]
    limit = Annotated[float | None, limit_option()]

    @app.command(help=say("help_explain"))
    def explain(
        folder: run,
        cadre: Annotated[str, option("--cadre", "help_cadre")] = "",
        programme: Annotated[str | None, option("--programme", "help_programme")] = None,
        year: Annotated[int | None, option("--year", "help_start_year")] = None,
        everybody: Annotated[bool, typer.Option("--all", help=say("help_explain_all"))] = False,
        workers: workers = None,
        cluster: cluster = "",
        limit: limit = None,
        with_names: with_names = False,
    ) -> None:
        if everybody == bool(cadre):
            raise PlannerError(say("explain_all_or_cadre"))
        with naming(shown=with_names):
            if everybody:
                raise typer.Exit(_explain_all(folder, asked(folder, workers, cluster, limit)))
            raise typer.Exit(_explain(folder, cadre, programme, year))

    @app.command(help=say("help_value"))
    def value(
        folder: run,
        out: out = None,
        excel_csv: excel_csv = False,
        workers: workers = None,
        cluster: cluster = "",
        limit: limit = None,
        force: force = False,
    ) -> None:
        parallel = asked(folder, workers, cluster, limit)
        raise typer.Exit(_value(folder, out, parallel, excel=excel_csv, force=force))

    @app.command(help=say("help_frontier"))
    def frontier(
        folder: run,
        target: Annotated[str, option("--target", "help_frontier_target")] = "",
        pool: Annotated[str | None, option("--pool", "help_pool")] = None,
        steps: Annotated[int, typer.Option("--steps", min=1, help=say("help_steps"))] = 5,
        out: out = None,
        excel_csv: excel_csv = False,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        workers: workers = None,
        limit: limit = None,
        force: force = False,
    ) -> None:
        parallel = asked(folder, workers, "", limit)
        raise typer.Exit(_frontier(folder, target, pool, steps, out, plot, parallel, excel=excel_csv, force=force))

    @app.command(help=say("help_fairness"))
    def fairness(
        folder: run,
        ages: Annotated[str, typer.Option("--ages", help=say("help_ages"))] = "35,45",
        others: Annotated[bool, typer.Option("--for-others", help=say("help_for_others"))] = False,
        out: out = None,
        excel_csv: excel_csv = False,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        workers: workers = None,
        limit: limit = None,
        force: force = False,
        full: Annotated[bool, typer.Option("--full", help=say("help_fairness_full"))] = False,
    ) -> None:
        parallel = asked(folder, workers, "", limit)
        switches = {"others": others, "excel": excel_csv, "force": force, "full": full}
        raise typer.Exit(_fairness(folder, ages, out, plot, parallel, **switches))

    @app.command(help=say("help_conflict"))
    def conflict(
        file: Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)],
        ways: Annotated[int, typer.Option("--ways-out", min=0, help=say("help_ways"))] = 3,
        limit: limit = None,
        with_names: with_names = False,
    ) -> None:
        with naming(shown=with_names):
            raise typer.Exit(_conflict(file, ways, limit))

    @app.command(help=say("help_missed"))
    def missed(
        folder: run,
        target: Annotated[list[str] | None, option("--target", "help_target")] = None,
        workers: workers = None,
        cluster: cluster = "",
        limit: limit = None,
        with_names: with_names = False,
    ) -> None:
        with naming(shown=with_names):
            raise typer.Exit(_missed(folder, target or [], asked(folder, workers, cluster, limit)))


def _explain(folder: Path, cadre: str, programme: str | None, year: int | None) -> int:
    from planner.library.questions import explain
    from planner.report.terminal.answers import print_explanation

    answer = explain(folder, cadre, programme, year)
    hand_on(**answer.data)
    print_explanation(answer.problem, answer.found)
    return OK


def _explain_all(folder: Path, parallel: "Parallel") -> int:
    from planner.library.questions import explain_all
    from planner.report.terminal.console import tell
    from planner.report.terminal.progress import questions_shown
    from planner.report.text.explanations import all_explained

    with questions_shown(kept=True) as on_progress:
        answer = explain_all(folder, on_progress, parallel)
    path = answer.keep(folder)
    hand_on(**answer.data, written=[path])
    tell([all_explained(answer.found)])
    typer.echo(say("written", path=path))
    typer.echo(say("explain_all_next", folder=folder))
    return proven(answer.unproven)


def _value(folder: Path, out: Path | None, parallel: "Parallel", *, excel: bool = False, force: bool) -> int:
    from planner.library.questions import value
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.seat_values import print_worth

    check_outputs(out, force=force, excel=excel, command="value")
    with questions_shown(kept=True) as on_progress:
        answer = value(folder, on_progress, parallel)
    path = answer.keep(folder)
    write_csv(answer.table, out, force=force, command="value", excel=excel)
    hand_on(**answer.data, written=[path, out])
    print_worth(answer.problem, answer.found)
    typer.echo(say("written", path=path))
    return proven(answer.unproven)


def _frontier(
    folder: Path,
    target: str,
    pool: str | None,
    steps: int,
    out: Path | None,
    plot: Path | None,
    parallel: "Parallel",
    *,
    excel: bool = False,
    force: bool,
) -> int:
    from planner.library.questions import frontier
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.seat_values import print_frontier
    from planner.report.text.seat_values import frontier_in_words

    check_outputs(out, plot, force=force, excel=excel, command="frontier")
    check_picture(plot)
    with questions_shown(kept=True) as on_progress:
        answer = frontier(folder, target, pool, steps, on_progress, parallel)
    path = answer.keep(folder)
    write_csv(answer.table, out, force=force, command="frontier", excel=excel)
    if plot is not None:
        from planner.report import charts
        from planner.report.text.titles import target_title

        table, across = frontier_in_words(answer.found)
        title = say("frontier_title", target=target_title(answer.problem, target))
        drawn = charts.sweep(table, keys=[across], title=title)
        deliver(plot, lambda place: charts.save(drawn, place), force=force)
    hand_on(**answer.data, written=[path, out, plot])
    print_frontier(answer.problem, answer.found)
    return proven(answer.unproven)


def _fairness(
    folder: Path,
    ages: str,
    out: Path | None,
    plot: Path | None,
    parallel: "Parallel",
    *,
    others: bool,
    excel: bool,
    force: bool,
    full: bool,
) -> int:
    from planner.library.questions import fairness, small_groups_hidden
    from planner.report.terminal.fairness import print_fairness
    from planner.report.terminal.progress import questions_shown
    from planner.report.text.fairness import single_groups

    bands = _ages(ages)
    check_outputs(out, plot, force=force, excel=excel, command="fairness")
    check_picture(plot)
    with questions_shown(kept=True) as on_progress:
        audit = fairness(folder, bands, on_progress, parallel)
    path = audit.keep(folder)
    audit = small_groups_hidden(audit) if others else audit
    write_csv(audit.table, out, force=force, command="fairness", excel=excel)
    if plot is not None:
        from planner.report import charts

        drawn = charts.selection_rates(single_groups(audit.found))
        deliver(plot, lambda place: charts.save(drawn, place), force=force)
    hand_on(**audit.data, written=[path, out, plot])
    print_fairness(audit.problem, audit.found, full=full)
    return proven(audit.unproven)


def _ages(text: str) -> list[int]:
    """The ends of the age bands."""
    parts = text.replace(" ", "").split(",")
    ages = [int(part) for part in parts if part.isdecimal()]
    if len(ages) < len(parts) or sorted(set(ages)) != ages:
        raise PlannerError(say("fairness_ages", ages=text))
    return ages


def _conflict(file: Path, ways: int, limit: float | None) -> int:
    from planner.library.questions import conflict
    from planner.report.terminal.answers import print_contradictions

    answer = conflict(file, ways, limit)
    hand_on(**answer.data)
    print_contradictions(answer.problem, answer.found)
    if answer.found.conflicts:
        return WRONG
    return OK if answer.found.finished else OUT_OF_TIME


def _missed(folder: Path, targets: list[str], parallel: "Parallel") -> int:
    from planner.library.questions import missed
    from planner.report.terminal.answers import print_missing
    from planner.report.terminal.progress import questions_shown

    with questions_shown(kept=True) as on_progress:
        answer = missed(folder, targets, on_progress, parallel)
    hand_on(**answer.data, written=[answer.keep(folder)])
    print_missing(answer.problem, answer.found)
    return proven(answer.unproven)
