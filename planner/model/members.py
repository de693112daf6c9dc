"""Whom every entry of a scenario is about: groups, targets, pools, shares, priorities, approvals, leaders."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.inputs.membership import Membership
from planner.inputs.problem import UNKNOWN, Problem, derived_once, required
from planner.inputs.scenario.conditions import Condition, GroupName, columns_used, group_names, groups_below
from planner.inputs.scenario.schema import Text
from planner.messages import localised
from planner.model.attainment import attaining, unknown_level

COLUMNS = ("what", "entry", "title", "members", "blank", "unknown", "required", "held")
_FROM = {"age": "birth_year", "service_years": "service_start"}
_MAY_BE_BLANK = ("studying", "studying_until", "headcount")  # a blank says something, or there is none


def members_table(problem: Problem) -> pd.DataFrame:
    """Columns what (group, target, pool, share, priority, approval, leaders), entry, title, and numbers of people.

    members
        Of a share: those of `among` who are in its group. Of a target: those who are counted.
    blank
        All cadres, members or not, of whom a column that the condition compares is empty on the roster.
    unknown, required, held
        Of targets: the members whose level nobody knows, the number to reach, the members who hold it already.
    """
    counts = ["members", "blank", "unknown", "required", "held"]
    return pd.DataFrame(_rows(problem), columns=list(COLUMNS)).astype(dict.fromkeys(counts, "Int64"))


def _rows(problem: Problem) -> Iterator[tuple[object, ...]]:
    scenario = problem.scenario
    written = problem.source.merged().get("groups", {})
    for name in problem.groups:
        title = written[name].get("title") if isinstance(written.get(name), dict) else None
        yield _row(problem, ("group", name), title, problem.groups.size(name), scenario.groups[name])
    for name, target in scenario.targets.items():
        counted = problem.counted_rows(name)
        unknown = int(unknown_level(problem, target, counted).sum())
        held = int((attaining(problem, target, rows=counted) <= problem.by(target)).sum())
        figures = unknown, required(target, len(counted)), held
        yield _row(problem, ("target", name), target.title, len(counted), target.who, figures)
    shared = {name: np.intersect1d(problem.share_among.rows(name), of) for name, of in _rows_of(problem.share_group)}
    sections = {"pool": ("seats", dict(_rows_of(problem.pools))), "share": ("shares", shared)}
    sections |= {"priority": ("priority", dict(_rows_of(problem.favoured)))}
    sections |= {"approval": ("approval", dict(_rows_of(problem.approvers)))}
    for what, (section, covered) in sections.items():
        for name, entry in getattr(scenario, section).items():
            title = entry.title or getattr(entry, "authority", None)
            yield _row(problem, (what, name), title, len(covered[name]), entry.who)
    if scenario.absence is not None and scenario.absence.leaders is not None:
        leaders = scenario.absence.leaders
        title = leaders.title
        if title is None and isinstance(leaders.who, GroupName):
            group = written.get(leaders.who.name)
            title = group.get("title", leaders.who.name) if isinstance(group, dict) else leaders.who.name
        yield _row(problem, ("leaders", ""), title, int(problem.leaders.sum()), leaders.who)


def _rows_of(sets: Membership) -> Iterator[tuple[str, np.ndarray]]:
    return ((name, sets.rows(name)) for name in sets)


def _row(
    problem: Problem,
    key: tuple[str, str],
    title: Text | None,
    covered: int,
    who: Condition | None,
    figures: tuple[int | None, int | None, int | None] = (None, None, None),
) -> tuple[object, ...]:
    return (*key, localised(title, key[1]), covered, _blank(problem, who), *figures)


def _blank(problem: Problem, condition: Condition | None) -> int:
    """How many cadres have nothing in a column that a condition compares."""
    return _silent(problem, frozenset(_FROM.get(name, name) for name in _columns(problem, condition)))


@derived_once
def _silent(problem: Problem, columns: frozenset[str]) -> int:
    """How many cadres have nothing in one of some columns."""
    cadres = problem.cadres
    silent = np.zeros(len(cadres), dtype=bool)
    for column in columns - {*_MAY_BE_BLANK}:
        cells = cadres[column]
        silent |= (
            (cells == UNKNOWN) if column in problem.scenario.ladders else (cells.isna() | (cells == ""))
        ).to_numpy()
    return int(silent.sum())


def _columns(problem: Problem, condition: Condition | None) -> Iterator[str]:
    """The columns that a condition compares, those of the groups it names included."""
    if condition is None:
        return
    yield from columns_used(condition)
    told: set[str] = set()
    for part in group_names(condition):
        for name, group in groups_below(part.name, problem.scenario.groups, told.__contains__):
            told.add(name)
            yield from columns_used(group)
