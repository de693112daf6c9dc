"""The fairness audit on a terminal: groups, tests with their cautions, what each priority rule changed, its price."""

from __future__ import annotations

from rich.markup import escape

from planner.analysis.fairness.audit import Fairness
from planner.inputs.problem import Problem
from planner.messages import DASH, figure, localised, percentage, say
from planner.model.goals import telling
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import console_wide, grid, tell
from planner.report.text import first_sentences
from planner.report.text.fairness import (
    GROUP_COLUMNS,
    RULE_COLUMNS,
    TEST_COLUMNS,
    attribute_title,
    cautions,
    difference_shown,
    first_screen,
    in_order,
    p_value,
    value_title,
)


def print_fairness(problem: Problem, audit: Fairness, *, full: bool = False) -> None:
    """What it comes to, on a screen of standard output; in full all tables."""
    tell([first_sentences.of_fairness(problem, audit)])
    for name in audit.unknown:
        if name != "ethnicity" or "ethnic_minority" in audit.unknown:
            tell([say("fairness_unknown", attribute=attribute_title(name))])
    if not full:
        tell(first_screen(problem, audit))
        return
    terminal = console_wide()
    groups = grid(say("fairness_groups"), *(say(f"fairness_{name}") for name in GROUP_COLUMNS), text=2)
    for group in in_order(audit):
        interval = f"{percentage(group.low)}{DASH}{percentage(group.high)}"
        row = (
            figure(group.needing),
            figure(group.selected),
            percentage(group.rate),
            interval,
            figure(group.mean_wait, 1),
        )
        groups.add_row(attribute_title(group.attribute), value_title(group.attribute, group.value), *row)
    terminal.print(groups)
    if audit.secret:
        tell([say("fairness_hidden", fewest=problem.scenario.privacy.fewest)])
    tests = grid(say("fairness_tests"), *(say(f"fairness_{name}") for name in TEST_COLUMNS))
    for test in audit.tests:
        p_values = (test.p_selected, test.holm_selected, test.p_wait, test.holm_wait)
        tests.add_row(attribute_title(test.attribute), difference_shown(test), *map(p_value, p_values))
    terminal.print(tests)
    tell(f"  {line}" for line in cautions())
    _print_priorities(problem, audit)


def _print_priorities(problem: Problem, audit: Fairness) -> None:
    terminal = console_wide()
    rules = grid(say("fairness_priorities"), *(say(f"fairness_{name}") for name in RULE_COLUMNS))
    for rule in audit.priorities:
        title = localised(problem.scenario.priority[rule.rule].title, rule.rule)
        figures = (rule.starts_with, rule.starts_without, rule.people_with, rule.people_without)
        exchange = (DASH, DASH) if audit.secret else (figure(len(rule.came_in)), figure(len(rule.went_out)))
        rules.add_row(escape(title), *map(figure, figures), *exchange)
    for name, late in audit.late_rules.items():
        title = localised(problem.scenario.priority[name].title, name)
        rules.add_row(escape(title), say("unproven", seconds=late.seconds))
    terminal.print(rules)
    goals = telling(problem.scenario.goals) if audit.price or audit.late_steps else []
    names = [goal_in_words(goal, problem.scenario) for goal in goals]
    price = grid(say("fairness_price"), say("fairness_place"), say("fairness_times"), *names, text=0)
    for step in audit.price:
        values = [figure(step.goals[goal]) for goal in goals]
        price.add_row(figure(step.place), figure(step.times), *values)
    for place, times, late in audit.late_steps:
        price.add_row(figure(place), figure(times), say("unproven", seconds=late.seconds))
    terminal.print(price)
