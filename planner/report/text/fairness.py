"""The audit of fairness, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.analysis.fairness.audit import Fairness
from planner.analysis.fairness.selection_rates import SEVERAL, Group, Test
from planner.inputs.problem import Problem
from planner.messages import DASH, figure, known, localised, percentage, say, signed
from planner.report.text.titles import sex_title

GROUP_COLUMNS = ("attribute", "group", "needing", "selected", "rate", "interval", "wait")


TEST_COLUMNS = ("attribute", "difference", "p_selected", "holm", "p_wait", "holm")


RULE_COLUMNS = ("rule", "starts_with", "starts_without", "people_with", "people_without", "came_in", "went_out")


LARGEST = 5
"""Groups of an attribute that the first screen names."""


def first_screen(problem: Problem, audit: Fairness) -> Iterator[str]:
    """What a screen has room for: the largest groups of each attribute, the priority rules, and what more there is."""
    single = [group for group in in_order(audit) if SEVERAL not in group.attribute]
    attributes = dict.fromkeys(group.attribute for group in single)
    if attributes:
        yield say("fairness_first_groups")
    for attribute in attributes:
        told = "; ".join(_groups_told([group for group in single if group.attribute == attribute]))
        yield say("fairness_first_attribute", attribute=attribute_title(attribute), groups=told)
    if audit.secret:
        yield say("fairness_hidden", fewest=problem.scenario.privacy.fewest)
    if audit.priorities or audit.late_rules:
        yield say("fairness_first_rules")
        yield from _rules_told(problem, audit)
    yield from (say(f"fairness_caution_{about}") for about in ("sample", "small"))
    yield say("fairness_first_full", groups=len(audit.groups), tests=len(audit.tests))


def _groups_told(groups: Sequence[Group]) -> Iterator[str]:
    """How many of each group are selected, of how many; of small groups beside large ones their number alone."""
    largest = sorted(groups, key=lambda group: -group.needing)[:LARGEST]
    for group in groups:
        if group in largest:
            told = {"group": value_title(group.attribute, group.value), "rate": percentage(group.rate)}
            yield say("fairness_first_group", **told, selected=figure(group.selected), needing=figure(group.needing))
    if len(groups) > len(largest):
        yield say("fairness_first_smaller", number=len(groups) - len(largest))


def _rules_told(problem: Problem, audit: Fairness) -> Iterator[str]:
    """What each priority rule changed; those that changed no number in one line; those not proven in time."""
    titles = {name: localised(entry.title, name) for name, entry in problem.scenario.priority.items()}
    same = []
    for rule in audit.priorities:
        now, without = (rule.people_with, rule.starts_with), (rule.people_without, rule.starts_without)
        if now == without:
            same.append(titles[rule.rule])
        else:
            told = {"people_without": figure(without[0]), "starts_without": figure(without[1])}
            yield say("fairness_first_rule", rule=titles[rule.rule], people=now[0], starts=now[1], **told)
    if same:
        yield say("fairness_first_same", rules="; ".join(same))
    for name, late in audit.late_rules.items():
        yield say("fairness_first_unproven", rule=titles[name], late=say("unproven", seconds=late.seconds))


def single_groups(audit: Fairness) -> list[tuple[str, str, int, int, float, float, float]]:
    """The groups of one attribute, as their picture takes them: those of ages in the order of the ages."""
    return [
        (
            attribute_title(group.attribute),
            value_title(group.attribute, group.value),
            *(group.needing, group.selected),
            *(group.rate, group.low, group.high),
        )
        for group in in_order(audit)
        if SEVERAL not in group.attribute
    ]


def in_order(audit: Fairness) -> list[Group]:
    """The groups by attribute, those of ages in the order of the ages, those of two attributes by the first."""
    attributes = list(dict.fromkeys(group.attribute for group in audit.groups))
    return sorted(audit.groups, key=lambda group: (attributes.index(group.attribute), _place(group)))


def _place(group: Group) -> tuple[tuple[int, str], ...]:
    """The place of a group in its attribute: ages by the age at which the band begins, the rest by name."""
    parts = _parts(group.attribute, group.value)
    return tuple((_youngest(value), "") if attribute == "age" else (0, value) for attribute, value in parts)


def _parts(attribute: str, value: str) -> list[tuple[str, str]]:
    """Each attribute of a group with its value; the value of one attribute is never split, whatever it holds."""
    names = attribute.split(SEVERAL)
    return list(zip(names, value.split(SEVERAL, len(names) - 1), strict=True))


def _youngest(band: str) -> int:
    """The age at which a band begins."""
    low = band.partition(DASH)[0]
    return int(low) if low.isdecimal() else 0


def cautions() -> list[str]:
    """What every reader of the p-values must know."""
    return [say(f"fairness_caution_{about}") for about in ("sample", "design", "causes", "many", "small")]


def attribute_title(attribute: str) -> str:
    """Sex; age; sex and age."""
    return " × ".join(say(f"attribute_{name}") for name in attribute.split(SEVERAL))


def value_title(attribute: str, value: str) -> str:
    """Women, under 35; yes."""
    return ", ".join(_one_value(name, own) for name, own in _parts(attribute, value))


def _one_value(attribute: str, value: str) -> str:
    if attribute == "sex":
        return sex_title(value) or value
    if attribute == "age" and DASH in value:
        return _ages(value)
    return say(f"value_is_{value}") if known(f"value_is_{value}") else value


def _ages(band: str) -> str:
    """A band of ages in words: up to an age, between two, from one on."""
    low, _, high = band.partition(DASH)
    form = "between" if low and high else "from" if low else "to"
    return say(f"condition_age_{form}", low=low, high=high)


def difference_shown(test: Test) -> str:
    """The difference of two rates and its interval [percentage points]."""
    if test.difference is None or test.low is None or test.high is None:
        return DASH
    points, low, high = (signed(100 * rate, 1) for rate in (test.difference, test.low, test.high))
    return f"{points} ({low}; {high})"


def p_value(value: float | None) -> str:
    """A p-value; a dash where there is no test."""
    return f"< {figure(0.001, 3)}" if value is not None and value < 0.001 else figure(value, 3)
