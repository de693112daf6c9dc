"""The commands that answer questions about a run: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.outputs import check_outputs, check_picture, write_csv
from planner.common.errors import PlannerError
from planner.messages import say

OK, WRONG = 0, 1


def add_answers(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]

    def option(name: str, key: str) -> typer.models.OptionInfo:
        return typer.Option(name, help=say(key), show_default=False)

    @app.command(help=say("help_explain"))
    def explain(
        folder: run,
        cadre: Annotated[str, option("--cadre", "help_cadre")] = "",
        programme: Annotated[str | None, option("--programme", "help_programme")] = None,
        year: Annotated[int | None, option("--year", "help_start_year")] = None,
        everybody: Annotated[bool, typer.Option("--all", help=say("help_explain_all"))] = False,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    ) -> None:
        if everybody == bool(cadre):
            raise PlannerError(say("explain_all_or_cadre"))
        if everybody:
            raise typer.Exit(_explain_all(folder, workers, cluster, json=json))
        raise typer.Exit(_explain(folder, cadre, programme, year, json=json))

    @app.command(help=say("help_value"))
    def value(
        folder: run,
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_value(folder, out, workers, cluster, json=json, force=force))

    @app.command(help=say("help_frontier"))
    def frontier(
        folder: run,
        target: Annotated[str, option("--target", "help_target")],
        pool: Annotated[str | None, option("--pool", "help_pool")] = None,
        steps: Annotated[int, typer.Option("--steps", min=1, help=say("help_steps"))] = 5,
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_frontier(folder, target, pool, steps, out, plot, workers, json=json, force=force))

    @app.command(help=say("help_fairness"))
    def fairness(
        folder: run,
        ages: Annotated[str, typer.Option("--ages", help=say("help_ages"))] = "35,45",
        others: Annotated[bool, typer.Option("--for-others", help=say("help_for_others"))] = False,
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_fairness(folder, ages, out, plot, workers, others=others, json=json, force=force))

    @app.command(help=say("help_conflict"))
    def conflict(
        file: Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)],
        ways: Annotated[int, typer.Option("--ways-out", min=0, help=say("help_ways"))] = 3,
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    ) -> None:
        raise typer.Exit(_conflict(file, ways, json=json))

    @app.command(help=say("help_missed"))
    def missed(
        folder: run,
        target: Annotated[list[str] | None, option("--target", "help_target")] = None,
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    ) -> None:
        raise typer.Exit(_missed(folder, target or [], workers, cluster, json=json))


def _explain(folder: Path, cadre: str, programme: str | None, year: int | None, *, json: bool) -> int:
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.analysis.why.cadre import explain
    from planner.report.text.explanations import print_explanation

    what_if = read_what_if(folder)
    found = explain(what_if, cadre, programme, year)
    if json:
        typer.echo(as_json(found))
    else:
        print_explanation(what_if.problem, found)
    return OK


def _explain_all(folder: Path, workers: int | None, cluster: str, *, json: bool) -> int:
    from planner.analysis.saved_answers import keep
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.analysis.why.all_cadres import explain_all
    from planner.report.terminal.progress import questions_shown
    from planner.report.text.explanations import all_explained

    with questions_shown() as on_progress:
        found = explain_all(read_what_if(folder), on_progress, at_once=workers, cluster=cluster)
    path = keep(found, folder, "explain")
    typer.echo(as_json(found) if json else all_explained(found))
    if not json:
        typer.echo(say("written", path=path))
    return OK


def _value(folder: Path, out: Path | None, workers: int | None, cluster: str, *, json: bool, force: bool) -> int:
    from planner.analysis.saved_answers import keep
    from planner.analysis.seats.values import worth_of_seats
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.seat_values import print_worth
    from planner.report.text.seat_values import worth_table

    check_outputs(out, force=force)
    what_if = read_what_if(folder)
    with questions_shown() as on_progress:
        found = worth_of_seats(what_if, on_progress, at_once=workers, cluster=cluster)
    path = keep(found, folder, "value")
    write_csv(worth_table(found), out)
    if json:
        typer.echo(as_json(found))
        return OK
    print_worth(what_if.problem, found)
    typer.echo(say("written", path=path))
    return OK


def _frontier(
    folder: Path,
    target: str,
    pool: str | None,
    steps: int,
    out: Path | None,
    plot: Path | None,
    workers: int | None,
    *,
    json: bool,
    force: bool,
) -> int:
    from planner.analysis.saved_answers import keep
    from planner.analysis.seats.frontier import frontier
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.report.terminal.progress import questions_shown
    from planner.report.terminal.seat_values import print_frontier
    from planner.report.text.seat_values import frontier_in_words, frontier_table

    check_outputs(out, plot, force=force)
    check_picture(plot)
    what_if = read_what_if(folder)
    with questions_shown() as on_progress:
        found = frontier(what_if, target, pool, steps, on_progress, at_once=workers)
    keep(found, folder, f"frontier-{target}")
    write_csv(frontier_table(found), out)
    if plot is not None:
        from planner.report import charts

        table, across = frontier_in_words(found)
        charts.save(charts.sweep(table, keys=[across], title=say("frontier_title", target=target)), plot)
    if json:
        typer.echo(as_json(found))
    else:
        print_frontier(what_if.problem, found)
    return OK


def _fairness(
    folder: Path,
    ages: str,
    out: Path | None,
    plot: Path | None,
    workers: int | None,
    *,
    others: bool,
    json: bool,
    force: bool,
) -> int:
    from planner.analysis.fairness.audit import audit_fairness, for_others, table
    from planner.analysis.saved_answers import keep
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.report.terminal.fairness import print_fairness
    from planner.report.terminal.progress import questions_shown
    from planner.report.text.fairness import single_groups

    bands = _ages(ages)
    check_outputs(out, plot, force=force)
    check_picture(plot)
    what_if = read_what_if(folder)
    with questions_shown() as on_progress:
        audit = audit_fairness(what_if, bands, on_progress, at_once=workers)
    keep(audit, folder, "fairness")
    audit = for_others(audit) if others else audit
    write_csv(table(audit), out)
    if plot is not None:
        from planner.report import charts

        charts.save(charts.selection_rates(single_groups(audit)), plot)
    if json:
        typer.echo(as_json(audit))
    else:
        print_fairness(what_if.problem, audit)
    return OK


def _ages(text: str) -> list[int]:
    """The ends of the age bands."""
    parts = text.replace(" ", "").split(",")
    ages = [int(part) for part in parts if part.isdecimal()]
    if len(ages) < len(parts) or sorted(set(ages)) != ages:
        raise PlannerError(say("fairness_ages", ages=text))
    return ages


def _conflict(file: Path, ways: int, *, json: bool) -> int:
    from planner.analysis.serialisation import as_json
    from planner.analysis.why.conflicts import explain_conflicts
    from planner.inputs.loading import load
    from planner.report.text.conflicts import print_contradictions

    problem = load(file)
    found = explain_conflicts(problem, ways)
    if json:
        typer.echo(as_json(found))
    else:
        print_contradictions(problem, found)
    return WRONG if found.conflicts else OK


def _missed(folder: Path, targets: list[str], workers: int | None, cluster: str, *, json: bool) -> int:
    from planner.analysis.saved_answers import keep
    from planner.analysis.serialisation import as_json
    from planner.analysis.what_if import read_what_if
    from planner.analysis.why.missed_targets import missed_targets
    from planner.report.terminal.progress import questions_shown
    from planner.report.text.missed_targets import print_missing

    what_if = read_what_if(folder)
    with questions_shown() as on_progress:
        found = missed_targets(what_if, targets, on_progress, at_once=workers, cluster=cluster)
    if not targets:
        keep(found, folder, "missed")
    if json:
        typer.echo(as_json(found))
    else:
        print_missing(what_if.problem, found)
    return OK
