"""The commands that make, check and verify a plan: parse, call, print."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import BAD_INPUT, IMPOSSIBLE, OK, OUT_OF_TIME, WRONG
from planner.cli.options import option
from planner.cli.outputs import check_run_folder, clear_up, deliver_folder, tell_left_over
from planner.cli.resilient import Asked, solve_resilient
from planner.common.errors import Fault, InputError, PlannerError
from planner.messages import say

if TYPE_CHECKING:
    from planner.model.check import Check
    from planner.proof.checked import Proof

LONGEST_CELL = 300
"""Of a finding as it is shown [characters]: a damaged folder may hold anything; `--json` has it whole."""


def add_plans(app: typer.Typer) -> None:
    """Add the commands, their help in the language spoken now."""
    scenario = Annotated[Path, typer.Argument(help=say("help_scenario"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]
    strict = Annotated[bool, typer.Option("--strict", help=say("help_strict"))]
    set_ = Annotated[list[str] | None, option("--set", "help_set")]

    @app.command(help=say("help_solve"))
    def solve(
        file: scenario,
        out: Annotated[Path | None, option("--out", "help_out")] = None,
        cluster: Annotated[str, option("--cluster", "help_cluster")] = "",
        force: force = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))] = False,
        strict: strict = False,
        resilient: Annotated[str | None, option("--resilient", "help_resilient")] = None,
        futures: Annotated[int | None, option("--futures", "help_resilient_futures")] = None,
        seed: Annotated[int | None, option("--seed", "help_resilient_seed")] = None,
        rates: Annotated[Path | None, option("--rates", "help_rates")] = None,
        keep_today: Annotated[bool, typer.Option("--keep-today", help=say("help_keep_today"))] = False,
        samples: Annotated[int | None, option("--samples", "help_samples")] = None,
        plot: Annotated[Path | None, option("--plot", "help_resilient_plot")] = None,
        proof: Annotated[bool, typer.Option("--proof", help=say("help_solve_proof"))] = False,
        full: Annotated[bool, typer.Option("--full", help=say("help_full"))] = False,
        set_: set_ = None,
    ) -> None:
        asked = Asked(resilient, futures, seed, rates, keep_today, samples, plot)
        asked.check_alone()
        if resilient is not None and proof:
            raise InputError(Fault("resilient_no_proof"))
        if resilient is not None:
            raise typer.Exit(solve_resilient(file, asked, out, cluster, set_ or (), force=force, quiet=quiet))
        switches = {"force": force, "quiet": quiet, "strict": strict, "proof": proof, "full": full}
        raise typer.Exit(_solve(file, out, cluster, set_ or (), **switches))

    @app.command(help=say("help_verify"))
    def verify(
        folder: Annotated[Path, typer.Argument(help=say("help_run"), show_default=False)],
        proof: Annotated[bool, typer.Option("--proof", help=say("help_verify_proof"))] = False,
        second: Annotated[bool, typer.Option("--second-engine", help=say("help_second_engine"))] = False,
    ) -> None:
        raise typer.Exit(_verify(folder, proof=proof, second_engine=second))

    @app.command(help=say("help_check"))
    def check(
        file: scenario,
        marked: Annotated[Path | None, option("--marked", "help_marked")] = None,
        force: force = False,
        strict: strict = False,
        set_: set_ = None,
    ) -> None:
        raise typer.Exit(_check(file, marked, set_ or (), force=force, strict=strict))

    @app.command(help=say("help_init"))
    def init(
        folder: Annotated[Path, typer.Argument(help=say("help_folder"), show_default=False)],
        excel: Annotated[bool, typer.Option("--excel", help=say("help_init_excel"))] = False,
        force: force = False,
    ) -> None:
        raise typer.Exit(_init(folder, excel=excel, force=force))

    @app.command(help=say("help_tidy"))
    def tidy(
        folder: Annotated[Path, typer.Argument(help=say("help_tidy_folder"), show_default=False)] = Path(),
    ) -> None:
        raise typer.Exit(_tidy(folder))


def _solve(
    file: Path,
    out: Path | None,
    cluster: str,
    settings: Sequence[str] = (),
    *,
    force: bool,
    quiet: bool,
    strict: bool = False,
    proof: bool = False,
    full: bool = False,
) -> int:
    from planner.common.certificates import PROOF
    from planner.common.workers import Parallel
    from planner.library.plans import check, solve
    from planner.library.proofs import prove
    from planner.messages import figure
    from planner.plans.columns import COLUMNS
    from planner.plans.run_folder import write_run
    from planner.report.terminal.plans import (
        print_conflict,
        print_first_screen,
        print_remarks_in_short,
        print_summary,
        print_warnings,
    )
    from planner.report.terminal.progress import progress_shown
    from planner.report.terminal.proofs import print_proof
    from planner.report.text.first_screen import FirstScreen
    from planner.studies.set_keys import load_set

    if proof and out is None:
        raise PlannerError(say("proof_needs_out"))
    check_run_folder(out, force=force)
    problem = load_set(file, settings)
    found = check(problem)
    if strict and found.warnings:
        print_warnings(found)
        _hand_on_check(found)
        return _stopped(len(found.warnings))
    with progress_shown(quiet=quiet, problem=problem) as on_progress:
        plan = solve(problem, on_progress, Parallel(cluster=cluster))
    hand_on({name: getattr(plan, name) for name in (*COLUMNS, "conflict")}, status=plan.status)
    if plan.status == "infeasible":
        print_conflict(plan)
        return IMPOSSIBLE
    if not plan.found:
        typer.echo(say("no_plan_in_time", seconds=figure(problem.scenario.solver.time_limit_s)), err=True)
        return OUT_OF_TIME
    deliver_folder(out, lambda place: write_run(plan, place, force=force, found=found))
    proven = prove(plan) if proof else None
    if proven is not None:  # which may be cut short in any way: the plan stands by then, and takes it in whole
        more = {PROOF: proven.content}
        deliver_folder(out, lambda place: write_run(plan, place, force=True, found=found, more=more))
    hand_on({} if proven is None else {"proof": proven.goals}, written=[out])
    if full:
        print_summary(plan)
    else:
        remarks = [say("remarks_in_short", number=len(found.remarks))] if found.remarks else []
        told = FirstScreen(out, list(map(str, found.warnings)), len(found.acknowledged), remarks)
        print_first_screen(plan, told)
    if proven is not None:
        print_proof(proven)
    if full:
        print_remarks_in_short(found)
        if found.warnings or found.acknowledged:
            print_warnings(found)
        if out is not None:
            typer.echo(say("run_written", folder=out))
    return OK


def _verify(folder: Path, *, proof: bool = False, second_engine: bool = False) -> int:
    import pandas as pd

    from planner.cli.privacy import remind
    from planner.common.certificates import PROOF
    from planner.common.drafts import is_draft
    from planner.library.plans import verify
    from planner.library.proofs import check_proof
    from planner.plans.notice import kept_until
    from planner.plans.run_folder import manifest_of, purged_on, read_run
    from planner.report.terminal.console import print_table
    from planner.verification import findings_table

    if second_engine and not proof:
        raise PlannerError(say("second_engine_needs_proof"))
    if (on := purged_on(manifest_of(folder), "aggregates")) is not None:
        return _verify_aggregates(folder, on)
    run = read_run(folder)
    remind(folder)
    if drafts := sum(is_draft(path.name) for path in folder.rglob("*")):
        typer.echo(say("drafts_left", number=drafts, folder=folder), err=True)
    found = verify(run, certificate=False)
    checked = check_proof(run, second_engine=second_engine) if proof or (folder / PROOF).is_file() else None
    if checked is not None:
        found = pd.concat([found, findings_table(checked.findings)], ignore_index=True)
    hand_on({"findings": found} | ({"proof": checked.goals} if checked is not None and proof else {}))
    if found.empty:
        typer.echo(say("verified", folder=folder, starts=len(run.tables["assignments"])))
        _print_checked(checked, whole=proof)
        if (on := purged_on(run.manifest, "names")) is not None:
            typer.echo(say("verified_names_purged", on=on))
        if run.problem.scenario.privacy.keep_until is not None:
            typer.echo(kept_until(run.problem))
        return OK
    told = found.map(lambda cell: cell if len(str(cell)) <= LONGEST_CELL else f"{str(cell)[:LONGEST_CELL]}...")
    told["rule"] = [say(f"verify_rule_{rule}") for rule in found["rule"]]
    print_table(told, say("not_verified", folder=folder))
    if proof:
        _print_checked(checked, whole=True)
    return WRONG


def _print_checked(checked: "Proof | None", *, whole: bool) -> None:
    """What the certificate proves: goal by goal, or how many goals."""
    from planner.report.terminal.proofs import print_certified, print_proof

    if checked is not None:
        (print_proof if whole else print_certified)(checked)


def _verify_aggregates(folder: Path, on: str) -> int:
    """What can still be checked of a run of which only aggregates are left."""
    from planner.library.plans import verify
    from planner.report.terminal.console import print_table

    found = verify(folder)
    hand_on({"findings": found})
    if found.empty:
        typer.echo(say("verified_aggregates", folder=folder, on=on))
        return OK
    print_table(
        found.assign(rule=[say(f"verify_rule_{rule}") for rule in found["rule"]]), say("not_verified", folder=folder)
    )
    return WRONG


def _check(
    file: Path, marked: Path | None = None, settings: Sequence[str] = (), *, force: bool = False, strict: bool = False
) -> int:
    from planner.inputs.scenario.workbook.marking import check_marked
    from planner.library.plans import check
    from planner.report.terminal.plans import print_check
    from planner.studies.set_keys import load_set

    if marked is not None and settings:
        raise PlannerError(say("set_not_marked"))
    if marked is not None:
        check_marked(file, marked, force=force)
    try:
        found = check(load_set(file, settings))
    except InputError as error:
        if marked is not None:
            _mark(file, error, marked, force=force)
        raise
    _hand_on_check(found)
    print_check(found)
    if marked is not None:
        typer.echo(say("marked_nothing"))
    return _stopped(len(found.warnings)) if strict and found.warnings else OK


def _hand_on_check(found: "Check") -> None:
    """What a scenario holds, as data: the library's tables, and every warning with its id."""
    import pandas as pd

    rows = [(each.id, False, str(each)) for each in found.warnings]
    rows += [(each.id, True, str(each)) for each in found.acknowledged]
    warnings = pd.DataFrame(rows, columns=["id", "acknowledged", "text"])
    remarks = pd.DataFrame([(each.done, str(each)) for each in found.remarks], columns=["done", "text"])
    names = ("sizes", "by_programme", "refused", "too_small", "members")
    hand_on({name: getattr(found, name) for name in names} | {"warnings": warnings, "remarks": remarks})


def _stopped(warnings: int) -> int:
    """What --strict says of the warnings that are left."""
    typer.echo(say("strict_stopped", number=warnings), err=True)
    return BAD_INPUT


def _mark(file: Path, error: InputError, path: Path, *, force: bool) -> None:
    """Write the marked copy, and say so before the faults are told."""
    from planner.inputs.scenario.workbook.marking import write_marked
    from planner.inputs.scenario.workbook.words import FAULTS, sheet_name

    copy = write_marked(file, error.faults, path, force=force)
    told = {"number": copy.faults, "marked": copy.marked, "path": copy.path, "sheet": sheet_name(FAULTS)}
    typer.echo(say("marked_written", **told), err=True)


def _init(folder: Path, *, excel: bool = False, force: bool) -> int:
    from planner.library.published import init
    from planner.library.schemes import init_excel

    clear_up(folder.absolute().parent)
    if excel:
        path = init_excel(folder, force=force)
        hand_on(written=[path])
        typer.echo(say("scheme_template_written", path=path))
        return OK

    hand_on(written=[init(folder, force=force)])
    typer.echo(say("template_written", folder=folder))
    return OK


def _tidy(folder: Path) -> int:
    from planner.library.folders import tidy

    found = tidy(folder)
    hand_on({"left_over": found})
    for path, put_back, removed in found.itertuples(index=False):
        tell_left_over(path, [put_back] if put_back else [], removed=removed)
    if found.empty:
        typer.echo(say("nothing_left_over", folder=folder))
    return OK if found["removed"].all() else WRONG
