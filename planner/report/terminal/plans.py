"""Plans and checked scenarios on the terminal."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from planner.analysis.statements import stated
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.messages import DASH, figure, localised, percentage, say
from planner.model.check import Check
from planner.plans import summary, tabulation
from planner.plans.plan import Plan
from planner.plans.verdicts import MISSED, UNTOLD, verdict_in_words
from planner.report.terminal.console import console_of_news, console_wide, grid, rows_told, tell
from planner.report.text.first_screen import FirstScreen, first_screen, origin
from planner.report.text.rules import rules_told
from planner.report.text.wrapping import LONGEST, folded


def print_summary(plan: Plan) -> None:
    """Everything: proven or not, targets, seats, shares, what is beyond need, who waits."""
    console = console_wide()
    tell(["", localised(plan.problem.scenario.title, say("page_untitled"))], style="bold")
    tell([*origin(plan), summary.headline(plan), ""])
    for table in (_goals(plan), _targets(plan), _seats(plan), _shares(plan), _beyond(plan), _waiting(plan)):
        if table.row_count:
            console.print(table)


def _goals(plan: Plan) -> Table:
    """The goals; beside attainment, where there is any, how much of it nobody can tell."""
    unknown = [_unknown_of(plan, goal) for goal in plan.goals["goal"]]
    shown = ["value", "bound", "status", *(["unknown"] if any(unknown) else [])]
    table = grid(say("column_goal"), "", *(say(f"column_{key}") for key in shown))
    for row, number in zip(rows_told(plan.goals), unknown, strict=True):
        goal = escape(summary.goal_in_words(row.goal, plan.problem.scenario))
        cells = figure(row.value), figure(row.bound), say(f"status_{row.status}"), figure(number) if number else ""
        table.add_row(goal, *cells[: len(shown)])
    return table


def _unknown_of(plan: Plan, goal: str) -> float:
    """How much of attainment, weighted as it is, those of unknown level may yet make up for; nothing of other goals."""
    ranked = RankedGoal.read(goal)
    if ranked.kind != "attainment":
        return 0
    targets, counted = plan.problem.scenario.targets, summary.targets(plan)
    left = counted[counted["target"].isin(ranked.entries or list(targets))]
    return float(sum(targets[row.target].weight * row.open for row in rows_told(left)))


def _targets(plan: Plan) -> Table:
    headings = [say(f"column_{key}") for key in ("required", "attained", "short", "unknown")]
    table = grid(say("column_target"), "", *headings, "")
    for row in rows_told(summary.targets(plan)):
        figures = map(figure, (row.required, row.attained, row.short, row.unknown))
        style = {MISSED: "yellow", UNTOLD: "dim"}.get(row.verdict)
        table.add_row(escape(row.title), *figures, verdict_in_words(row.verdict), style=style)
    return table


def _seats(plan: Plan) -> Table:
    """Seats; minimums of the whole period and starts before it only where some pool has them."""
    use = summary.seat_use(plan)
    shown = ["starts", "room", "below_min"]
    shown += ["total_min", "below_total"] if use["total_min"].any() else []
    shown += ["begun"] if use["begun"].any() else []
    table = grid(say("column_pool"), "", *(say(f"column_{key}") for key in shown))
    for row in use.to_dict("records"):
        table.add_row(escape(row["title"]), *(figure(row[name]) for name in shown))
    return table


def _shares(plan: Plan) -> Table:
    headings = [say(f"column_{key}") for key in ("least", "starts", "of_group", "percent", "required", "shortfall")]
    table = grid(say("column_shares"), "", say("column_year"), *headings, text=2)
    for row in rows_told(tabulation.group_shares(plan)):
        year = str(row.year) if row.year != tabulation.WHOLE else say("whole_period")
        counts = figure(row.starts), figure(row.of_group), percentage(row.group_share)
        style = "yellow" if row.shortfall else None
        short = figure(row.required), figure(row.shortfall)
        table.add_row(escape(row.title), year, percentage(row.least), *counts, *short, style=style)
    return table


def _beyond(plan: Plan) -> Table:
    """The starts that serve nothing, a column for each year."""
    beyond, years = summary.beyond_need(plan), list(plan.problem.years)
    table = grid(say("column_beyond"), say("column_pool"), say("column_programme"), *map(str, years), text=2)
    for (seats, title), own in beyond.groupby(["seats", "title"], sort=False):
        by_year = own.groupby("year")["starts"].sum().reindex(years, fill_value=0)
        table.add_row(escape(str(seats) or DASH), escape(str(title)), *map(figure, by_year))
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
    console = console_of_news()
    if plan.conflict.empty:
        console.print(say("no_plan_unnamed"))
        return
    console.print(say("no_plan"))
    rules = [stated(plan.problem, (row.rule, row.key)) for row in rows_told(plan.conflict)]
    for told in rules_told(plan.problem, rules):
        for part in folded(f"  {told}", console.width):
            console.print(escape(part), soft_wrap=True)
    if len(plan.conflict) > 1:
        console.print(say("no_plan_hint" if plan.conflict["minimal"].all() else "no_plan_hint_unproven"))


# --- a problem ------------------------------------------------------------------------------------------------------


def print_check(found: Check) -> None:
    """What a scenario holds: the verdict, sizes, warnings and remarks first; then whom its entries are about, the
    admissible starts by programme and year, and the reasons against the others.
    """
    problem, console, warned = found.problem, console_wide(), len(found.warnings)
    console.print(f"[bold]{say('check_title_warned', number=warned) if warned else say('check_title')}[/bold]")
    sizes = Table.grid(padding=(0, 2))
    sizes.add_column()
    sizes.add_column(justify="right")
    for row in rows_told(found.sizes):
        sizes.add_row(f"  {say(f'check_{row.what}')}", figure(row.number))
    console.print(sizes)
    print_warnings(found)
    _print_remarks(found)
    console.print()
    _print_members(found)
    by_year = grid(say("check_by_programme"), say("column_programme"), *map(str, problem.years))
    for name, *starts in found.by_programme.itertuples(index=False, name=None):
        by_year.add_row(escape(localised(problem.scenario.programmes[name].title, name)), *map(figure, starts))
    console.print(by_year)
    reasons = grid(say("check_reasons"), say("column_reason"), say("column_refused"))
    for row in rows_told(found.refused):
        reasons.add_row(say(f"reason_{row.reason}"), figure(row.starts))
    console.print(reasons)
    if warned:
        console.print("\n" + say("check_warnings_above", number=warned))


def _print_members(found: Check) -> None:
    """Whom targets are about, with their figures; then groups, seats and the like."""
    titles = {"blank": say("members_blank"), "held": say("members_held")}
    figures_of = {True: ("members", "unknown", "required", "held", "blank"), False: ("members", "blank")}
    for of_targets, words in figures_of.items():
        headings = [titles.get(word) or say(f"column_{word}") for word in words]
        first = [say("column_target")] if of_targets else [say("members_what"), say("members_entry")]
        title = say("members_of_targets") if of_targets else say("members_title")
        table = grid(title, *first, *headings, text=len(first))
        for row in rows_told(found.members):
            if (row.what == "target") == of_targets:
                what = [] if of_targets else [say(f"member_kind_{row.what}")]
                told = (figure(getattr(row, word)) for word in words)
                table.add_row(*what, escape(row.title), *told, style=None if row.members else "yellow")
        if table.row_count:
            console_wide().print(table)


def _print_remarks(found: Check) -> None:
    """What the reading of the roster did that its reader should know, a line each."""
    console = console_wide()
    if found.remarks:
        console.print("\n" + say("check_remarks", number=len(found.remarks)))
    for remark in found.remarks:
        console.print(escape(f"  {remark}"), soft_wrap=True)


def print_remarks_in_short(found: Check) -> None:
    """How many remarks there are on how the roster was read, and where they are told."""
    if found.remarks:
        console_wide().print("\n" + say("remarks_in_short", number=len(found.remarks)))


def print_warnings(found: Check) -> None:
    """The warnings with their ids, a line each, and how many are acknowledged."""
    console, warnings = console_wide(), found.warnings
    console.print("\n" + (say("check_warnings", number=len(warnings)) if warnings else say("check_no_warnings")))
    for warning in warnings:
        console.print(escape(f"  [{warning.id}] {warning}"), soft_wrap=True)
    if found.acknowledged:
        console.print(say("check_acknowledged", number=len(found.acknowledged)))
    if warnings:
        console.print(say("check_how_to_acknowledge"))


# --- the first screen -----------------------------------------------------------------------------------------------


def print_first_screen(plan: Plan, more: FirstScreen) -> None:
    """The answer on one screen: the title in bold, then the rest."""
    width = min(console_wide().width, LONGEST)
    for number, line in enumerate(first_screen(plan, more, width)):
        tell([line], style=None if number else "bold")
