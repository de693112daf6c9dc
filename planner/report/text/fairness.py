"""The audit of fairness, in words and tables."""

from __future__ import annotations

from planner.analysis.fairness.audit import Fairness
from planner.analysis.fairness.selection_rates import SEVERAL, Group, Test
from planner.messages import DASH, figure, known, say, signed
from planner.report.text.titles import sex_title

GROUP_COLUMNS = ("attribute", "group", "needing", "selected", "rate", "interval", "wait")


TEST_COLUMNS = ("attribute", "difference", "p_selected", "holm", "p_wait", "holm")


RULE_COLUMNS = ("rule", "starts_with", "starts_without", "people_with", "people_without", "came_in", "went_out")


def single_groups(audit: Fairness) -> list[tuple[str, str, int, int, float, float, float]]:
    """The groups of one attribute, as their picture takes them: those of ages in the order of the ages."""
    attributes = list(dict.fromkeys(group.attribute for group in audit.groups))
    groups = sorted(audit.groups, key=lambda group: (attributes.index(group.attribute), _youngest(group)))
    return [
        (
            attribute_title(group.attribute),
            value_title(group.attribute, group.value),
            *(group.needing, group.selected),
            *(group.rate, group.low, group.high),
        )
        for group in groups
        if SEVERAL not in group.attribute
    ]


def _youngest(group: Group) -> int:
    """The age at which a band begins; 0 for what is no age."""
    low = group.value.partition(DASH)[0] if group.attribute == "age" else ""
    return int(low) if low.isdecimal() else 0


def cautions() -> list[str]:
    """What every reader of the p-values must know."""
    return [say(f"fairness_caution_{about}") for about in ("sample", "design", "causes", "many", "small")]


def attribute_title(attribute: str) -> str:
    """Sex; age; sex and age."""
    return " × ".join(say(f"attribute_{name}") for name in attribute.split(SEVERAL))


def value_title(attribute: str, value: str) -> str:
    """Women, under 35; yes."""
    told = []
    for name, own in zip(attribute.split(SEVERAL), value.split(SEVERAL), strict=True):
        told.append(_one_value(name, own))
    return ", ".join(told)


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
