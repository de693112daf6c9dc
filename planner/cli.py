"""The command line: parses, calls, prints. Every command's work is a function of the library."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.errors import PlannerError
from planner.words import LANGUAGES, say, speak

if TYPE_CHECKING:
    import pandas as pd

OK, WRONG, BAD_INPUT, IMPOSSIBLE, OUT_OF_TIME, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console in cp1252 would die on Vietnamese text
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = _with_language(given)
    try:
        application()(given, prog_name="planner")
    except PlannerError as error:
        typer.echo(str(error), err=True)
        _leave(BAD_INPUT)
    except KeyboardInterrupt:
        typer.echo(say("interrupted"), err=True)
        _leave(INTERRUPTED)
    except BrokenPipeError:
        _leave(WRONG)


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


def _leave(status: int) -> None:
    """End at once: an engine may still be at work in a thread that nothing can stop."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def application() -> typer.Typer:
    """The commands, their help in the language spoken now."""
    app = typer.Typer(help=say("help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    scenario = Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)]
    run = Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)]
    published = Annotated[Path, typer.Argument(help=say("help_published"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]

    @app.callback()
    def _common(
        lang: Annotated[str, typer.Option("--lang", help=say("help_lang"), show_default=False)] = "",
    ) -> None:
        """Stands for the help only: the language was taken from the arguments before."""

    @app.command(help=say("help_solve"))
    def solve(
        file: scenario,
        out: Annotated[Path | None, typer.Option("--out", help=say("help_out"))] = None,
        force: force = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))] = False,
    ) -> None:
        raise typer.Exit(_solve(file, out, force, quiet))

    @app.command(help=say("help_verify"))
    def verify(folder: run) -> None:
        raise typer.Exit(_verify(folder))

    @app.command(help=say("help_check"))
    def check(file: scenario) -> None:
        raise typer.Exit(_check(file))

    @app.command(help=say("help_audit"))
    def audit(
        file: published,
        out: Annotated[Path | None, typer.Option("--out", help=say("help_audit_out"))] = None,
    ) -> None:
        raise typer.Exit(_audit(file, out))

    @app.command(help=say("help_reconstruct"))
    def reconstruct(
        file: published,
        out: Annotated[Path, typer.Option("--out", help=say("help_reconstruct_out"), show_default=False)],
        seed: Annotated[int, typer.Option("--seed", min=0, help=say("help_seed"))] = 2021,
        force: force = False,
    ) -> None:
        raise typer.Exit(_reconstruct(file, out, seed, force))

    @app.command(help=say("help_init"))
    def init(
        folder: Annotated[Path, typer.Argument(help=say("help_init_folder"), show_default=False)],
        force: force = False,
    ) -> None:
        from planner.templates import write_template

        write_template(folder, force=force)
        typer.echo(say("template_written", folder=folder))

    return app


# --- the commands ---------------------------------------------------------------------------------------------------


def _solve(file: Path, out: Path | None, force: bool, quiet: bool) -> int:
    from planner.folders import check_replaceable
    from planner.plan import MANIFEST, write_run
    from planner.problem import load
    from planner.report.terminal import print_conflict, print_summary, progress_shown
    from planner.solver import solve_problem

    if out is not None:
        check_replaceable(out, force=force, mark=MANIFEST)
    problem = load(file)
    with progress_shown(quiet=quiet) as listener:
        plan = solve_problem(problem, listener)
    if plan.status == "infeasible":
        print_conflict(plan)
        return IMPOSSIBLE
    if not plan.found:
        typer.echo(say("no_plan_in_time", seconds=problem.scenario.solver.time_limit_s), err=True)
        return OUT_OF_TIME
    if out is not None:
        write_run(plan, out, force=force)
    print_summary(plan)
    if out is not None:
        typer.echo(say("run_written", folder=out))
    return OK


def _verify(folder: Path) -> int:
    import pandas as pd

    from planner.plan import read_run
    from planner.report.terminal import print_table
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
    from planner.options import admissible_starts
    from planner.problem import load
    from planner.report.terminal import print_check

    print_check(admissible_starts(load(file)))
    return OK


def _audit(file: Path, out: Path | None) -> int:
    from planner.published.audit import audit
    from planner.published.loading import load_published
    from planner.report.terminal import print_table

    found = audit(load_published(file))
    if out is not None:
        _write_csv(found.table, out)
    print_table(found.table, say("audit_of", file=file))
    for note in found.notes:
        typer.echo(note)
    return WRONG if found.wrong else OK


def _reconstruct(file: Path, out: Path, seed: int, force: bool) -> int:
    from planner.folders import check_replaceable, fresh_folder
    from planner.plan import write_table
    from planner.published.loading import load_published
    from planner.published.reconstruction import reconstruct

    check_replaceable(out, force=force, mark="fit.csv")
    rebuilt = reconstruct(load_published(file), seed)
    with fresh_folder(out, force=force, mark="fit.csv") as draft:
        for name in ("roster", "agencies", "fit"):
            write_table(getattr(rebuilt, name), draft / f"{name}.csv")
    for note in rebuilt.notes:
        typer.echo(note)
    typer.echo(say("rebuilt", cadres=len(rebuilt.roster), agencies=len(rebuilt.agencies), folder=out))
    return OK


def _write_csv(table: "pd.DataFrame", path: Path) -> None:
    from planner.folders import write_file

    write_file(path, table.to_csv(index=False, lineterminator="\n"))
