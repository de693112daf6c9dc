"""The command line: parses, calls, prints. Every command's work is a function of the library."""

import os
import signal
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.analysis import add_answers
from planner.cli.outputs import check_outputs, check_picture, write_csv
from planner.common.errors import PlannerError
from planner.messages import LANGUAGES, say, speak

OK, WRONG, BAD_INPUT, IMPOSSIBLE, OUT_OF_TIME, INTERRUPTED, CLOSED = 0, 1, 2, 3, 4, 130, 141


def main(arguments: list[str] | None = None) -> None:
    """The command line as a process of its own: its console, its Ctrl-C, its end."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console in cp1252 would die on Vietnamese text
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGINT, _interrupted)
    _leave(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command in this process and return its exit status."""
    try:
        rest = _with_language(arguments)  # before the commands are made: their help speaks that language
        application()(rest, prog_name="planner")
    except PlannerError as error:
        typer.echo(str(error), err=True)
        return BAD_INPUT
    except BrokenPipeError:
        return CLOSED
    except OSError as error:
        with suppress(OSError):
            typer.echo(say("cannot_print", reason=error.strerror), err=True)
        return BAD_INPUT
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK if end.code is None else WRONG
    return OK


def _interrupted(*_: object) -> None:
    """Ctrl-C: say what is known, take the drafts away, and end at once."""
    from planner.common.files import remove_drafts

    remove_drafts()
    with suppress(Exception):
        terminal = sys.modules.get("planner.report.terminal.progress")  # perhaps half imported
        if terminal is not None and hasattr(terminal, "print_interrupted"):
            terminal.print_interrupted()
        else:
            typer.echo(say("interrupted"), err=True)
    _leave(INTERRUPTED)


def _leave(status: int) -> None:
    """End at once: an engine may still be at work in a thread that nothing can stop."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        status = status or CLOSED
    except (OSError, ValueError):
        status = status or BAD_INPUT
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(status)


def _with_language(given: list[str]) -> list[str]:
    """Take `--lang vi` out of the arguments, wherever it stands, so that even the help speaks that language."""
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if word == "--lang" or word.startswith("--lang="):
            name = word.partition("=")[2] or next(words, "")
            if name not in LANGUAGES:
                typer.echo(say("unknown_language", name=name), err=True)
                raise SystemExit(BAD_INPUT)
            speak(name)
        else:
            rest.append(word)
    return rest


def application() -> typer.Typer:
    """The commands, their help in the language spoken now."""
    app = typer.Typer(help=say("help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    scenario = Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)]
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    published = Annotated[Path, typer.Argument(help=say("help_published"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    quiet = Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))]

    def option(name: str, key: str) -> typer.models.OptionInfo:
        return typer.Option(name, help=say(key), show_default=False)

    @app.callback()
    def _common(lang: Annotated[str, option("--lang", "help_lang")] = "") -> None:
        """Stands for the help only: the language was taken from the arguments before."""

    @app.command(help=say("help_solve"))
    def solve(
        file: scenario,
        out: Annotated[Path | None, option("--out", "help_out")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        force: force = False,
        quiet: quiet = False,
    ) -> None:
        raise typer.Exit(_solve(file, out, cluster, force=force, quiet=quiet))

    @app.command(help=say("help_verify"))
    def verify(folder: run) -> None:
        raise typer.Exit(_verify(folder))

    @app.command(help=say("help_check"))
    def check(file: scenario) -> None:
        raise typer.Exit(_check(file))

    @app.command(help=say("help_audit"))
    def audit(
        file: published, out: Annotated[Path | None, option("--out", "help_csv_out")] = None, force: force = False
    ) -> None:
        raise typer.Exit(_audit(file, out, force=force))

    @app.command(help=say("help_reconstruct"))
    def reconstruct(
        file: published,
        out: Annotated[Path, option("--out", "help_folder_out")],
        seed: Annotated[int, typer.Option("--seed", min=0, help=say("help_seed"))] = 2021,
        force: force = False,
    ) -> None:
        raise typer.Exit(_reconstruct(file, out, seed, force=force))

    @app.command(help=say("help_init"))
    def init(
        folder: Annotated[Path, typer.Argument(help=say("help_folder"), show_default=False)], force: force = False
    ) -> None:
        raise typer.Exit(_init(folder, force=force))

    @app.command(help=say("help_generate"))
    def generate(
        districts: Annotated[int, option("--districts", "help_districts")],
        out: Annotated[Path, option("--out", "help_folder_out")],
        seed: Annotated[int, typer.Option("--seed", min=0, help=say("help_seed"))] = 2021,
        published: Annotated[Path | None, option("--published", "help_published")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_generate(districts, out, seed, published, force=force))

    @app.command(help=say("help_compare"))
    def compare(
        plans: Annotated[list[Path], typer.Argument(help=say("help_plans"), show_default=False)],
        out: Annotated[Path | None, option("--out", "help_csv_out")] = None,
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        people: Annotated[bool, typer.Option("--people", help=say("help_people"))] = False,
        force: force = False,
        quiet: quiet = False,
    ) -> None:
        raise typer.Exit(_compare(plans, out, plot, people=people, force=force, quiet=quiet))

    @app.command(help=say("help_sweep"))
    def sweep(
        base: scenario,
        vary: Annotated[list[str], option("--vary", "help_vary")],
        out: Annotated[Path, option("--out", "help_sweep_out")],
        workers: Annotated[int | None, option("--workers", "help_workers")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        plot: Annotated[Path | None, option("--plot", "help_plot_out")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_sweep(base, vary, out, workers, cluster, plot, force=force))

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

    add_answers(app)
    return app


# --- plans ----------------------------------------------------------------------------------------------------------


def _solve(file: Path, out: Path | None, cluster: str, *, force: bool, quiet: bool) -> int:
    from planner.common.files import check_replaceable
    from planner.common.workers import on_cluster
    from planner.inputs.loading import load
    from planner.messages import figure
    from planner.plans.run_folder import BESIDE, MANIFEST, write_run
    from planner.report.terminal.plans import print_conflict, print_summary
    from planner.report.terminal.progress import progress_shown
    from planner.solver import solve_problem

    if out is not None:
        check_replaceable(out, force=force, mark=MANIFEST, others=BESIDE)
    problem = load(file)
    place_of_work = on_cluster(cluster) if cluster else nullcontext((None, 0))
    with place_of_work as (executor, _), progress_shown(quiet=quiet) as on_progress:
        plan = solve_problem(problem, on_progress, executor=executor)
    if plan.status == "infeasible":
        print_conflict(plan)
        return IMPOSSIBLE
    if not plan.found:
        typer.echo(say("no_plan_in_time", seconds=figure(problem.scenario.solver.time_limit_s)), err=True)
        return OUT_OF_TIME
    if out is not None:
        write_run(plan, out, force=force)
    print_summary(plan)
    if out is not None:
        typer.echo(say("run_written", folder=out))
    return OK


def _verify(folder: Path) -> int:
    import pandas as pd

    from planner.plans.run_folder import read_run
    from planner.report.terminal.console import print_table
    from planner.verification import broken_rules, differences, figures

    run = read_run(folder)
    written = run.tables["assignments"]
    found = pd.concat(
        [broken_rules(run.problem, written), differences(run.tables, figures(run.problem, written))], ignore_index=True
    )
    if found.empty:
        typer.echo(say("verified", folder=folder, starts=len(written)))
        return OK
    print_table(found, say("not_verified", folder=folder))
    return WRONG


def _check(file: Path) -> int:
    from planner.inputs.loading import load
    from planner.model.options import admissible_starts
    from planner.report.terminal.plans import print_check

    print_check(admissible_starts(load(file)))
    return OK


def _init(folder: Path, *, force: bool) -> int:
    from planner.inputs.scenario.starter import write_template

    write_template(folder, force=force)
    typer.echo(say("template_written", folder=folder))
    return OK


# --- published tables -----------------------------------------------------------------------------------------------


def _audit(file: Path, out: Path | None, *, force: bool) -> int:
    from planner.published.audit import audit
    from planner.published.loading import load_published
    from planner.report.terminal.console import print_table

    check_outputs(out, force=force)
    found = audit(load_published(file))
    write_csv(found.table, out)
    print_table(found.table, say("audit_of", file=file))
    for note in found.notes:
        typer.echo(note)
    return WRONG if found.wrong else OK


def _reconstruct(file: Path, out: Path, seed: int, *, force: bool) -> int:
    from planner.common.files import check_replaceable
    from planner.published.loading import load_published
    from planner.published.reconstruction import FIT, TABLES, reconstruct

    check_replaceable(out, force=force, mark=FIT, others=TABLES)
    rebuilt = reconstruct(load_published(file), seed)
    rebuilt.write(out, force=force)
    for note in rebuilt.notes:
        typer.echo(note)
    typer.echo(say("rebuilt", cadres=len(rebuilt.roster), agencies=len(rebuilt.agencies), folder=out))
    return OK


def _generate(districts: int, out: Path, seed: int, published: Path | None, *, force: bool) -> int:
    from planner.common.files import check_replaceable
    from planner.published import generator
    from planner.published.loading import load_published

    others = (generator.SCENARIO, generator.ROSTER, generator.AGENCIES)
    check_replaceable(out, force=force, mark=generator.RECIPE, others=others)
    tables = generator.default_published() if published is None else load_published(published)
    made = generator.generate(tables, districts, seed=seed)
    generator.write_generated(made, out, force=force)
    typer.echo(say("rebuilt", cadres=len(made.roster), agencies=len(made.agencies), folder=out))
    return OK


# --- what if --------------------------------------------------------------------------------------------------------


def _compare(plans: list[Path], out: Path | None, plot: Path | None, *, people: bool, force: bool, quiet: bool) -> int:
    from planner.report.terminal.progress import progress_shown
    from planner.report.terminal.studies import print_comparison
    from planner.studies.comparison import collect, compare

    check_outputs(out, plot, force=force)
    check_picture(plot)
    with progress_shown(quiet=quiet) as on_progress:
        found = compare(collect(plans, on_progress))
    print_comparison(found, people=people)
    write_csv(found.long, out)
    if plot is not None:
        from planner.report import charts

        charts.save(charts.comparison(found.overview()), plot)
    return OK


def _sweep(
    base: Path, vary: list[str], out: Path, workers: int | None, cluster: str, plot: Path | None, *, force: bool
) -> int:
    from planner.report.terminal.progress import sweep_shown
    from planner.report.terminal.studies import print_sweep
    from planner.studies.sweep import run_sweep

    check_outputs(plot, force=force)
    check_picture(plot)
    with sweep_shown() as on_progress:
        found = run_sweep(base, vary, out, at_once=workers, cluster=cluster, on_progress=on_progress)
    print_sweep(found, say("sweep_of", file=base))
    typer.echo(say("sweep_written", folder=out))
    if plot is not None:
        from planner.report import charts

        values = [goal for goal in found.goals if goal != "lot"]
        charts.save(charts.sweep(found.table, keys=found.keys, values=values), plot)
    return WRONG if (found.table["status"] == "error").any() else OK


# --- what people read -----------------------------------------------------------------------------------------------


def _plot(folder: Path, out: Path | None, agencies: list[str] | None, *, force: bool) -> int:
    from planner.plans.run_folder import read_run
    from planner.report import charts

    target = out or folder / "pictures"
    check_outputs(target, force=force)
    for path in charts.plot_run(read_run(folder).plan(), target, agencies=agencies):
        typer.echo(path)
    return OK


def _report(folder: Path, out: Path | None, workers: int | None, cluster: str, *, answers: bool, force: bool) -> int:
    from planner.analysis.saved_answers import complete, kept
    from planner.plans.run_folder import read_run
    from planner.report.html.page import write_report
    from planner.report.terminal.progress import questions_shown

    target = out or folder / "report.html"
    check_outputs(target, force=force)
    run = read_run(folder)
    if answers:
        with questions_shown() as on_progress:
            complete(folder, on_progress, at_once=workers, cluster=cluster)
    write_report(run.plan(), target, run.manifest, kept(folder))
    typer.echo(say("written", path=target))
    return OK


def _nominees(folder: Path, year: int, out: Path | None, *, with_names: bool, letters: bool, force: bool) -> int:
    from planner.plans.run_folder import read_run
    from planner.report.workbook.nominees import write_nominees

    target = out or folder / f"nominees-{year}.xlsx"
    check_outputs(target, force=force)
    for note in write_nominees(read_run(folder).plan(), year, target, with_names=with_names, letters=letters):
        typer.echo(note)
    typer.echo(say("written", path=target))
    return OK
