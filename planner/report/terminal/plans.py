"""Plans and checked scenarios on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.analysis.statements import stated
from planner.inputs.warnings import ScenarioWarning
from planner.messages import figure, localised, say
from planner.model.check import Check
from planner.plans import summary
from planner.plans.plan import Plan
from planner.report.terminal.console import console_wide, grid, rows_told
from planner.report.text.rules import rules_told


def print_summary(plan: Plan) -> None:
    """What a planner asks first: proven or not, targets, seats, who waits."""
    console = console_wide()
    console.print(f"\n[bold]{escape(localised(plan.problem.scenario.title))}[/bold]")
    console.print(escape(summary.headline(plan)) + "\n")
    for table in (_goals(plan), _targets(plan), _seats(plan), _waiting(plan)):
        if table.row_count:
            console.print(table)


def _goals(plan: Plan) -> Table:
    table = grid(say("column_goal"), "", *(say(f"column_{key}") for key in ("value", "bound", "status")))
    for row in rows_told(plan.goals):
        status = say(f"status_{row.status}")
        table.add_row(
            summary.goal_in_words(row.goal, plan.problem.scenario), figure(row.value), figure(row.bound), status
        )
    return table


def _targets(plan: Plan) -> Table:
    headings = [say(f"column_{key}") for key in ("required", "attained", "shortfall", "unknown")]
    table = grid(say("column_target"), "", *headings, "")
    for row in rows_told(summary.targets(plan)):
        verdict = say("target_reached") if row.reached else say("target_missed")
        figures = map(figure, (row.required, row.attained, row.shortfall, row.unknown))
        table.add_row(escape(row.title), *figures, verdict, style=None if row.reached else "yellow")
    return table


def _seats(plan: Plan) -> Table:
    table = grid(say("column_pool"), "", *(say(f"column_{key}") for key in ("starts", "room", "below_min")))
    for row in rows_told(summary.seat_use(plan)):
        table.add_row(escape(row.title), *map(figure, (row.starts, row.room, row.below_min)))
    return table


def _waiting(plan: Plan) -> Table:
    table = grid(say("column_waiting"), say("column_target"), say("column_reason"), say("column_number"), text=2)
    scenario = plan.problem.scenario
    people = summary.waiting(plan)
    counts = people[people["reason"] != "level_unknown"].groupby(["target", "reason"], sort=False).size()
    for row in rows_told(counts.rename("number").reset_index()):
        title = localised(scenario.targets[row.target].title, row.target)
        table.add_row(escape(title), escape(summary.reason_in_words(row.reason)), figure(row.number))
    return table


def print_conflict(plan: Plan) -> None:
    """Why no plan can exist, on standard error."""
    console = Console(stderr=True, highlight=False)
    console.print(say("no_plan"))
    rules = [stated(plan.problem, (row.rule, row.key)) for row in rows_told(plan.conflict)]
    for told in rules_told(plan.problem, rules):
        console.print(escape(f"  {told}"), soft_wrap=True)
    if len(plan.conflict) > 1:
        console.print(say("no_plan_hint"))


# --- a problem ------------------------------------------------------------------------------------------------------


def print_check(found: Check) -> None:
    """What a scenario holds: sizes, admissible starts by programme and year, reasons against the others, warnings."""
    problem, console = found.problem, console_wide()
    sizes = grid(say("check_title"), "", "")
    for row in rows_told(found.sizes):
        sizes.add_row(say(f"check_{row.what}"), figure(row.number))
    console.print(sizes)
    by_year = grid(say("check_by_programme"), say("column_programme"), *map(str, problem.years))
    for name, *starts in found.by_programme.itertuples(index=False, name=None):
        by_year.add_row(escape(localised(problem.scenario.programmes[name].title, name)), *map(figure, starts))
    console.print(by_year)
    reasons = grid(say("check_reasons"), "", say("column_refused"))
    for row in rows_told(found.refused):
        reasons.add_row(say(f"reason_{row.reason}"), figure(row.starts))
    console.print(reasons)
    for row in rows_told(found.too_small):
        told = say("check_headcount", agency=row.agency, headcount=row.headcount, rows=row.rows)
        console.print(escape(told), soft_wrap=True)
    print_warnings(found.warnings, console)


def print_warnings(warnings: Sequence[ScenarioWarning], console: Console) -> None:
    """The warnings, a line each."""
    console.print("\n" + (say("check_warnings", number=len(warnings)) if warnings else say("check_no_warnings")))
    for warning in warnings:
        console.print(escape(f"  {warning}"), soft_wrap=True)
