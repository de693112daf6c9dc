"""Blocks: cadres who share no seats, office, target, share, class, budget or requirement; each a problem of its own.

What joins cadres is read from the scenario before a single start is written, so that a country is built block by block,
on as many machines as there are. `planner.optimiser.decomposition` finds the same again in a matrix, and more exactly:
a block may fall into several parts there, never a part into several blocks. Every goal is a sum over starts and over
entries of one block, so a plan that is best in every block, goal by goal, is best as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Source
from planner.inputs.scenario.ranked_goals import SECTIONS, RankedGoal
from planner.inputs.scenario.schema import Pin, Scenario
from planner.inputs.scenario.yaml_tree import Node

SMALLEST_BLOCK = 500  # cadres; blocks below this are put together until they are not
OWNED = ("seats", "targets", "shares")
"""Sections whose entries each belong to one block; all others say the same in every block."""


def blocks_of(problem: Problem, least: int = SMALLEST_BLOCK) -> list[Problem]:
    """The blocks of a problem, the largest first; one, the problem itself, where everything hangs together.

    Parameters
    ----------
    least
        Blocks with fewer cadres are put together until they have as many.
    """
    if len(problem.cadres) < 2 * least or _hangs_together(problem.scenario):
        return [problem]
    spoken_of = _spoken_of(problem)
    bag = _bags(_components(problem, spoken_of), least)
    number = int(bag.max(initial=0)) + 1
    if number == 1:
        return [problem]
    owner = {
        section: {name: int(bag[rows[0]]) if len(rows) else 0 for name, rows in entries.items()}
        for section, entries in spoken_of.items()
    }
    return [_block(problem, bag == each, each, bag, owner) for each in range(number)]


def goals_of_block(problem: Problem, block: Problem) -> list[str]:
    """The goals of a problem of which a block has some entries, in their order: as many as the block has goals."""
    kept = {section: set(getattr(block.scenario, section)) for section in OWNED}
    return [goal for goal in problem.scenario.goals if _goal(goal, kept) is not None]


def _hangs_together(scenario: Scenario) -> bool:
    """Whether something is about everybody: a budget, a requirement that anyone may meet, sampled futures."""
    anyone = any(pin.cadre is None for pin in scenario.pins.require)
    return scenario.budget is not None or anyone or scenario.looks_at_futures


def _components(problem: Problem, spoken_of: Mapping[str, Mapping[str, np.ndarray]]) -> np.ndarray:
    """A number for each cadre, the same for those who hang together."""
    from scipy import sparse

    from planner.optimiser.decomposition import connected

    joined = list(_joined(problem, spoken_of))
    rows = np.concatenate([np.full(len(cadres), place) for place, cadres in enumerate(joined)])
    terms = sparse.csr_matrix((np.ones(len(rows)), (rows, np.concatenate(joined))), (len(joined), len(problem.cadres)))
    return np.unique(connected(terms)[1], return_inverse=True)[1]


def _spoken_of(problem: Problem) -> dict[str, dict[str, np.ndarray]]:
    """By section and entry the rows of the cadres of whom it speaks, those of its history included."""
    shares = {name: among | problem.share_group[name] for name, among in problem.share_among.items()}
    masks = {"seats": problem.pools, "targets": problem.members, "shares": shares}
    found = {section: {name: [np.flatnonzero(mask)] for name, mask in own.items()} for section, own in masks.items()}
    for row, named in _history_rows(problem):
        for section, name in named if row >= 0 else ():
            found[section][name].append(np.array([row]))
    return {section: {name: np.concatenate(rows) for name, rows in own.items()} for section, own in found.items()}


def _history_rows(problem: Problem) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Of each start before the horizon the row of its cadre (-1: gone), and the entries in which it counts."""
    table = problem.history[["row", "pools", "shares"]].itertuples(index=False)
    for row, pools, shares in table:
        yield int(row), [*(("seats", name) for name in pools), *(("shares", name) for name in shares)]


def _joined(problem: Problem, spoken_of: Mapping[str, Mapping[str, np.ndarray]]) -> Iterator[np.ndarray]:
    """The rows of the cadres of whom each rule and each goal speaks together."""
    for entries in spoken_of.values():
        yield from entries.values()
    for name in problem.scenario.classes:
        yield np.flatnonzero(problem.eligible[:, problem.programme_ids([name])].any(axis=(1, 2)))
    agency = problem.cadres["agency_id"].to_numpy()
    order = np.argsort(agency, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(agency[order])) + 1)
    for row, named in _history_rows(problem):
        if row < 0:  # somebody who has left, in whose name entries hang together all the same
            yield np.concatenate([np.zeros(0, dtype=int), *(spoken_of[section][name][:1] for section, name in named)])


def _bags(component: np.ndarray, least: int) -> np.ndarray:
    """A number for each cadre, from the largest block on; small ones are put together."""
    from planner.optimiser.decomposition import bags

    sizes = np.bincount(component)
    bag = bags(sizes, least)
    last = bag.max(initial=0)
    if last > 0 and sizes[bag == last].sum() < least:
        bag[bag == last] = last - 1
    return bag[component]


def _block(
    problem: Problem, own: np.ndarray, number: int, bag: np.ndarray, owner: Mapping[str, Mapping[str, int]]
) -> Problem:
    """The problem of some cadres alone; the first block has also what is about nobody."""
    rows = np.flatnonzero(own)
    kept = {section: {name for name, block in owner[section].items() if block == number} for section in OWNED}
    codes = set(problem.cadres["cadre"].to_numpy()[rows])
    every = problem.cadres["agency_id"].to_numpy()
    agencies = np.unique(every[rows])
    if number == 0:  # and those in which nobody is
        agencies = np.union1d(agencies, np.setdiff1d(np.arange(len(problem.agencies)), every))
    cadres = problem.cadres.iloc[rows].reset_index(drop=True).assign(agency_id=np.searchsorted(agencies, every[rows]))
    place = np.full(len(own), -1)
    place[rows] = np.arange(len(rows))
    known = problem.earlier["cadre"].isin(set(problem.cadres["cadre"]))
    return replace(
        problem,
        scenario=_scenario(problem.scenario, kept, codes),
        source=_source(problem.source, kept),
        cadres=cadres,
        agencies=problem.agencies.iloc[agencies].reset_index(drop=True),
        studies=_placed(problem.studies, place),
        leave=_placed(problem.leave, place),
        history=_history(problem, place, bag, number, owner),
        earlier=problem.earlier[problem.earlier["cadre"].isin(codes) | (~known & (number == 0))],
        eligible=problem.eligible[rows],
        leaders=problem.leaders[rows],
        pools=_over(problem.pools, rows, kept["seats"]),
        members=_over(problem.members, rows, kept["targets"]),
        share_among=_over(problem.share_among, rows, kept["shares"]),
        share_group=_over(problem.share_group, rows, kept["shares"]),
        favoured=_over(problem.favoured, rows),
        approvers=_over(problem.approvers, rows),
        groups=_over(problem.groups, rows),
        risk={name: who[:, rows] for name, who in problem.risk.items()},
        remarks=(),
    )


def _over(
    masks: Mapping[str, np.ndarray], rows: np.ndarray, names: Collection[str] | None = None
) -> dict[str, np.ndarray]:
    """Some masks over some cadres."""
    return {name: mask[rows] for name, mask in masks.items() if names is None or name in names}


def _placed(table: pd.DataFrame, place: np.ndarray) -> pd.DataFrame:
    """The rows of a table that are about cadres of the block, who have new places."""
    at = place[table["cadre"].to_numpy(dtype=int)]
    return table[at >= 0].assign(cadre=at[at >= 0]).reset_index(drop=True)


def _history(
    problem: Problem, place: np.ndarray, bag: np.ndarray, number: int, owner: Mapping[str, Mapping[str, int]]
) -> pd.DataFrame:
    """The starts before the horizon that count in a block: of its cadres, of its entries; the first has the others."""
    block = [
        bag[row] if row >= 0 else next((owner[section][name] for section, name in named), 0)
        for row, named in _history_rows(problem)
    ]
    own = problem.history[np.array(block, dtype=int) == number]
    row = own["row"].to_numpy(dtype=int)
    return own.assign(row=np.where(row >= 0, place[row], -1)).reset_index(drop=True)


def _scenario(scenario: Scenario, kept: Mapping[str, set[str]], codes: set[str]) -> Scenario:
    """The scenario with the entries of a block; goals that name none of them are left out."""
    mine: dict[str, Any] = {
        section: {name: entry for name, entry in getattr(scenario, section).items() if name in kept[section]}
        for section in OWNED
    }

    def of_block(pins: list[Pin]) -> list[Pin]:
        return [pin for pin in pins if pin.cadre is None or pin.cadre in codes]

    pins = scenario.pins.model_copy(
        update={"require": of_block(scenario.pins.require), "forbid": of_block(scenario.pins.forbid)}
    )
    leave = {name: entry for name, entry in scenario.leave.items() if entry.cadre in codes}
    goals = [goal for each in scenario.goals if (goal := _goal(each, kept)) is not None]
    return scenario.model_copy(update={**mine, "pins": pins, "leave": leave, "goals": goals})


def _goal(goal: RankedGoal, kept: Mapping[str, set[str]]) -> RankedGoal | None:
    """A goal with those of its entries that a block has; None where it named some, and none is left."""
    section = SECTIONS[goal.kind] if goal.entries else ""
    if section not in kept:
        return goal
    entries = [name for name in goal.entries if name in kept[section]]
    return RankedGoal(goal.kind, entries) if entries else None


def _source(source: Source, kept: Mapping[str, set[str]]) -> Source:
    """Where the entries of a block stand in the files."""
    return replace(
        source,
        root=_trimmed(source.root, kept),
        written=None if source.written is None else _trimmed(source.written, kept),
    )


def _trimmed(root: Node, kept: Mapping[str, set[str]]) -> Node:
    """A tree without the entries of other blocks."""
    if not isinstance(root.value, dict):
        return root
    sections = {
        section: replace(node, value={name: entry for name, entry in node.value.items() if name in kept[section]})
        for section, node in root.value.items()
        if section in kept and isinstance(node.value, dict)
    }
    return replace(root, value={**root.value, **sections})
