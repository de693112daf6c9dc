"""The answers kept in a run folder as tables and sentences of the report page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.analysis.fairness.audit import Fairness, for_others
from planner.analysis.fairness.selection_rates import SEVERAL
from planner.analysis.kept_answers import Kept
from planner.analysis.partial_answers import Unproven
from planner.analysis.price import Price
from planner.analysis.seats.frontier import Frontier, Point
from planner.analysis.seats.values import Worth
from planner.analysis.why.all_cadres import Everybody
from planner.analysis.why.missed_targets import Missed
from planner.inputs.problem import Problem
from planner.messages import DASH, figure, localised, say, signed
from planner.model.goals import telling
from planner.plans.agency_titles import agency_titles
from planner.plans.persons import heading, person
from planner.plans.plan import Plan
from planner.plans.summary import goal_in_words
from planner.plans.tables import number
from planner.report.html import plan_tables
from planner.report.html.plan_tables import Cell, Grid
from planner.report.text.explanations import all_explained, in_words
from planner.report.text.fairness import (
    GROUP_COLUMNS,
    RULE_COLUMNS,
    TEST_COLUMNS,
    attribute_title,
    cautions,
    difference_shown,
    in_order,
    p_value,
    value_title,
)
from planner.report.text.missed_targets import missing
from planner.report.text.seat_values import (
    frontier_intro,
    worth_in_words,
)
from planner.report.text.sort_keys import natural_key


def findings(plan: Plan, answers: Kept) -> dict[str, Any]:
    """What the page shows of the answers, each None where it was not asked."""
    problem = plan.problem
    return {
        "complete": answers.complete,
        "missed": None if answers.missed is None else list(missed(problem, answers.missed)),
        "value": None if answers.value is None else value(problem, answers.value),
        "frontiers": [(frontier_intro(problem, each), frontier(problem, each)) for each in answers.frontiers],
        "fairness": None if answers.fairness is None else fairness(problem, answers.fairness),
        "explain": None if answers.explain is None else explain(plan, answers.explain),
    }


def held_by(answer: Everybody) -> Mapping[tuple[str, str, int], str]:
    """Which starts every best plan has (`every`) and which only some (`some`)."""
    rows = answer.starts.to_dict("records")
    return {(str(row["cadre"]), str(row["programme"]), int(row["start"])): str(row["held"]) for row in rows}


def prices_by_cadre(plan: Plan, answer: Everybody) -> dict[str, list[str]]:
    """Cadre -> what it would cost to send them, a sentence for each programme that they wait for."""
    found: dict[str, list[str]] = {}
    for row, price in zip(answer.waiting.to_dict("records"), answer.prices, strict=True):
        programme = localised(plan.problem.scenario.programmes[row["programme"]].title, row["programme"])
        told = say("page_price_said", programme=programme, costs=_cost(plan.problem, price))
        found.setdefault(str(row["cadre"]), []).append(plan_tables.unbroken(told))
    return found


def missed(problem: Problem, answers: Sequence[Missed]) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """A heading and its sentences, each with whether it belongs under the one before: for each target missed, and for
    those that only the roster could help.
    """
    lines: list[tuple[str, bool]] = []
    heading = ""
    for line in missing(problem, answers):
        if line.startswith(" "):
            lines.append((plan_tables.unbroken(line.strip()), line.startswith("   ")))
            continue
        if heading:
            yield heading, lines
        heading, lines = plan_tables.unbroken(line), []
    yield heading, lines


def value(problem: Problem, worths: Sequence[Worth]) -> tuple[Grid, str]:
    """The limits at which one more or one fewer changes something; and how many there are beside them."""
    headings, rows = worth_in_words(problem, worths)
    grid = Grid("value", say("value_title"), headings, row_heads=2)
    grid.rows.extend([*map(Cell, row[:4]), *(Cell(text, "number") for text in row[4:])] for row in rows)
    return grid, say("value_nothing", number=len(worths) - len(rows) // 2)


def frontier(problem: Problem, found: Frontier) -> Grid:
    """Seats against attainment of a target."""
    names = ["more", "seats", "attained", "shortfall", "attainable"]
    title = localised(problem.scenario.targets[found.target].title, found.target)
    headings = [say(f"frontier_{name}") for name in names]
    grid = Grid(f"frontier-{found.target}", say("frontier_title", target=title), headings)
    for more, point in found.every():
        if not isinstance(point, Point):
            why = _late(point) if isinstance(point, Unproven) else Cell(say("frontier_without"))
            grid.rows.append(_padded([Cell(signed(more), "number"), why], grid))
            continue
        figures = (point.seats, point.attained, point.shortfall, point.attainable)
        grid.rows.append([Cell(signed(more), "number"), *map(plan_tables.number, figures)])
    return grid


# --- fairness -------------------------------------------------------------------------------------------------------


def fairness(problem: Problem, audit: Fairness) -> dict[str, Any]:
    """The audit as others may see it: small cells hidden."""
    fewest = problem.scenario.privacy.fewest
    shown = for_others(audit, fewest)
    return {
        "groups": _groups(shown),
        "tests": _tests(shown),
        "cautions": cautions(),
        "priorities": _priorities(problem, shown),
        "price": _price(problem, shown),
        "hidden": say("fairness_hidden", fewest=fewest),
    }


def _groups(audit: Fairness) -> Grid:
    headings = [say(f"fairness_{name}") for name in GROUP_COLUMNS]
    grid = Grid("fairness", say("fairness_groups"), headings, row_heads=2)
    for group in in_order(audit):
        if SEVERAL not in group.attribute:
            texts = attribute_title(group.attribute), value_title(group.attribute, group.value)
            interval = f"{plan_tables.share(group.low).text} {DASH} {plan_tables.share(group.high).text}"
            figures = [
                plan_tables.number(group.needing),
                plan_tables.number(group.selected),
                plan_tables.share(group.rate),
            ]
            cells = [*figures, Cell(interval, "number"), Cell(figure(group.mean_wait, 1), "number")]
            grid.rows.append([*(Cell(text) for text in texts), *cells])
    return grid


def _tests(audit: Fairness) -> Grid:
    grid = Grid("fairness-tests", say("fairness_tests"), [say(f"fairness_{name}") for name in TEST_COLUMNS])
    for test in audit.tests:
        p_values = (test.p_selected, test.holm_selected, test.p_wait, test.holm_wait)
        cells = [Cell(p_value(p), "number") for p in p_values]
        grid.rows.append([Cell(attribute_title(test.attribute)), Cell(difference_shown(test), "number"), *cells])
    return grid


def _priorities(problem: Problem, audit: Fairness) -> Grid:
    headings = [say(f"fairness_{name}") for name in RULE_COLUMNS[:5]]  # not who came in and went out
    grid = Grid("fairness-rules", say("fairness_priorities"), headings)
    for rule in audit.priorities:
        figures = (rule.starts_with, rule.starts_without, rule.people_with, rule.people_without)
        title = localised(problem.scenario.priority[rule.rule].title, rule.rule)
        grid.rows.append([Cell(title), *map(plan_tables.number, figures)])
    for name, late in audit.late_rules.items():
        grid.rows.append(_padded([Cell(localised(problem.scenario.priority[name].title, name)), _late(late)], grid))
    return grid


def _late(late: Unproven) -> Cell:
    """That something was not proven in its time."""
    return Cell(say("unproven", seconds=late.seconds))


def _padded(cells: list[Cell], grid: Grid) -> list[Cell]:
    """A row of a grid that is empty after its first cells."""
    return [*cells, *(Cell("") for _ in grid.headings[len(cells) :])]


def _price(problem: Problem, audit: Fairness) -> Grid:
    goals = telling(problem.scenario.goals) if audit.price or audit.late_steps else []
    headings = [
        say("fairness_place"),
        say("fairness_times"),
        *(goal_in_words(goal, problem.scenario) for goal in goals),
    ]
    grid = Grid("fairness-price", say("fairness_price"), headings, row_heads=2)
    for step in audit.price:
        values = [plan_tables.number(number(step.goals[goal])) for goal in goals]
        grid.rows.append([plan_tables.number(step.place), plan_tables.number(step.times), *values])
    for place, times, late in audit.late_steps:
        heads = [plan_tables.number(place), plan_tables.number(times)]
        grid.rows.append(_padded([*heads, _late(late)], grid))
    return grid


# --- who waits ------------------------------------------------------------------------------------------------------


def explain(plan: Plan, answer: Everybody) -> tuple[str, Grid]:
    """How many starts are certain, and what each start that somebody waits for would cost."""
    columns = ("agency", "cadre", "programme", "target", "costs")
    headings = [heading("page_cadre") if name == "cadre" else say(f"page_{name}") for name in columns]
    grid = Grid("prices", say("page_prices_caption"), headings, row_heads=2)
    problem = plan.problem
    titles = agency_titles(problem)
    agency = {
        cadre: titles[name] for cadre, name in zip(problem.cadres["cadre"], problem.cadres["agency"], strict=True)
    }
    rows = zip(answer.waiting.to_dict("records"), answer.prices, strict=True)
    for row, price in sorted(rows, key=lambda found: _place(agency, found[0])):
        programme = localised(problem.scenario.programmes[row["programme"]].title, row["programme"])
        target = plan_tables.unbroken(localised(problem.scenario.targets[row["target"]].title, row["target"]))
        texts = (agency[row["cadre"]], person(problem, row["cadre"]), programme, target, _cost(problem, price))
        grid.rows.append([Cell(text) for text in texts])
    return all_explained(answer), grid


def _place(agency: Mapping[str, str], row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return natural_key(agency[row["cadre"]]), natural_key(row["cadre"]), row["programme"]


def _cost(problem: Problem, price: Price | Unproven | None) -> str:
    """What a start would cost."""
    if isinstance(price, Unproven):
        return say("unproven", seconds=price.seconds)
    if price is None or price.free:
        return say("page_costs_nothing")
    return in_words(price.change, problem.scenario) if price.possible else say("page_costs_impossible")
