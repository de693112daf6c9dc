"""Conditions as an administration would say them: women, at most 35 years old, at district level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.inputs.problem import Problem
from planner.inputs.scenario.conditions import Combine, Compare, Condition, GroupName, Scalar, group_names, groups_below
from planner.inputs.synonyms import HEADERS
from planner.messages import DASH, entered, known, language, localised, say
from planner.plans.summary import ladder_in_words
from planner.report.text.titles import post_titles

RANGES = ("age", "service_years", "headcount", "birth_year", "service_start", "retires")
"""Columns whose ranges have sentences of their own."""

LONGEST_TOLD = 1_000
"""A group without a title that takes more letters is told by its name."""

NAMED = ("agency", "ethnicity")
"""Columns whose values stand behind a word of their own."""


def condition_told(problem: Problem, condition: Condition) -> str:
    """A condition in words; a group by its title or, where it has none, by what it asks for, unless that is endless."""
    groups: dict[str, str] = {}
    for part in group_names(condition):
        for name, group in groups_below(part.name, problem.scenario.groups, groups.__contains__):
            told = group_title(problem, name) or _told(problem, group, groups)
            groups[name] = told if len(told) <= LONGEST_TOLD else name
    return _told(problem, condition, groups)


def _told(problem: Problem, condition: Condition, groups: Mapping[str, str]) -> str:
    """A condition in words, now that its `groups` have theirs."""
    match condition:
        case GroupName():
            return groups[condition.name]
        case Compare():
            return _compared(problem, condition)
        case Combine(how="not"):
            return say("condition_not", part=_inside(problem, condition.parts[0], groups))
        case Combine(how="any"):
            return _or(_inside(problem, part, groups) for part in condition.parts)
        case Combine():
            return ", ".join(_inside(problem, part, groups, "any") for part in condition.parts)


def _or(parts: Iterable[str]) -> str:
    return f" {say('condition_or')} ".join(parts)


def group_title(problem: Problem, name: str) -> str:
    """The title of a group; empty where the scenario gives it none."""
    group = problem.source.root.find(("groups", name)).plain()
    return localised(group.get("title") if isinstance(group, dict) else None)


def level_title(ladder: str, level: str) -> str:
    """A level in words: master's degree; as the scenario writes it where the catalogue does not know it."""
    key = f"level_{ladder}_{level}"
    return say(key) if known(key) else level


def column_title(column: str) -> str:
    """A column in words: its Vietnamese header, its name in English."""
    if known(f"condition_{column}"):
        return say(f"condition_{column}")
    if known(f"ladder_{column}"):
        return ladder_in_words(column)
    if language() == "vi" and column in HEADERS:
        header = HEADERS[column][0]
        return header if header.isupper() else header[0].lower() + header[1:]
    return column.replace("_", " ")


def _inside(problem: Problem, condition: Condition, groups: Mapping[str, str], *kinds: str) -> str:
    """A part of a condition; in brackets where it has parts itself, of `kinds` alone if these are named."""
    told = _told(problem, condition, groups)
    if isinstance(condition, GroupName) and told == condition.name:
        return told
    whole = _written_out(problem, condition)
    if isinstance(whole, Compare):
        return f"({told})" if len(whole.values) > 1 else told
    several = isinstance(whole, Combine) and len(whole.parts) > 1 and (not kinds or whole.how in kinds)
    return f"({told})" if several else told


def _written_out(problem: Problem, condition: Condition) -> Condition:
    """A condition, or of a group without title the condition that it stands for."""
    while isinstance(condition, GroupName) and not group_title(problem, condition.name):
        condition = problem.scenario.groups[condition.name]
    return condition


def _compared(problem: Problem, condition: Compare) -> str:
    column = condition.column
    if condition.values:
        return _any_of(problem, column, condition.values)
    return _range(problem, column, condition.low, condition.high)


def _any_of(problem: Problem, column: str, values: Sequence[Scalar]) -> str:
    """One of several values."""
    told = [_value(problem, column, value) for value in values]
    if all(_speaks_alone(column, value) for value in values):
        return _or(told)
    if column in NAMED:
        return say(f"condition_of_{column}", values=", ".join(told))
    if len(told) > 1:
        return say("condition_one_of", column=column_title(column), values="; ".join(told))
    return say("condition_is", column=column_title(column), values=told[0] if told else DASH)


def _range(problem: Problem, column: str, low: Scalar | None, high: Scalar | None) -> str:
    ends = {name: _value(problem, column, end) for name, end in (("low", low), ("high", high)) if end is not None}
    form = "between" if len(ends) == 2 else "from" if low is not None else "to"
    if column in RANGES:
        return say(f"condition_{column}_{form}", **ends)
    return say(f"condition_any_{form}", column=column_title(column), **ends)


def _speaks_alone(column: str, value: Scalar) -> bool:
    """Whether a value is told without the name of its column: women; at district level; from the place."""
    return known(_key(column, value))


def _key(column: str, value: Scalar) -> str:
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).lower()
    return f"is_{column}_{text}"


def _value(problem: Problem, column: str, value: Scalar) -> str:
    if _speaks_alone(column, value):
        return say(_key(column, value))
    if isinstance(value, bool):
        return say("value_is_yes" if value else "value_is_no")
    if isinstance(value, int | float):
        return entered(value)
    if column in problem.scenario.ladders:
        return level_title(column, value)
    return post_titles(problem).get(value, value) if column == "post" else value
