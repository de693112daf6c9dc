"""Blocks: cadres who share no seats, office, target, share, class, budget or requirement; each a problem of its own.

What joins cadres is read from the scenario before a single start is written, so that a country is built block by block,
on as many machines as there are. `planner.optimiser.decomposition` finds the same again in a matrix, and more exactly:
a block may fall into several parts there, never a part into several blocks. Every goal is a sum over starts and over
entries of one block, so a plan that is best in every block, goal by goal, is best as a whole.

A country is divided once, by the rows of those who are in each set, never by a column over everybody; what is about one
block is found for all blocks together. A block itself is made when it is asked for and kept by nobody: whoever divides
a country holds it once, and one block of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

import numpy as np
import pandas as pd

from planner.inputs.membership import Membership
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Source
from planner.inputs.scenario.ranked_goals import SECTIONS, RankedGoal
from planner.inputs.scenario.schema import Pin, Scenario
from planner.inputs.scenario.yaml_tree import Node

SMALLEST_BLOCK = 500  # cadres; blocks below this are put together until they are not
OWNED = ("seats", "targets", "shares")
"""Sections whose entries each belong to one block; all others say the same in every block."""
SETS = {"pools": "seats", "members": "targets", "share_among": "shares", "share_group": "shares"}
"""Sets of cadres by name, and the section that has their names."""
SHARED = ("favoured", "approvers", "groups")
"""Sets of cadres that every block has."""


def blocks_of(problem: Problem, least: int = SMALLEST_BLOCK) -> Sequence[Problem]:
    """The blocks of a problem, the largest first; one, the problem itself, where everything hangs together.

    Parameters
    ----------
    least
        Blocks with fewer cadres are put together until they have as many.

    Returns
    -------
    sequence of Problem
        Each block is made whenever it is asked for.
    """
    if len(problem.cadres) < 2 * least or _hangs_together(problem.scenario):
        return [problem]
    spoken_of = _spoken_of(problem)
    bag = _bags(_components(problem, spoken_of), least)
    return Blocks(problem, bag, spoken_of) if bag.max(initial=0) > 0 else [problem]


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
    found: dict[str, dict[str, list[np.ndarray]]] = {section: {} for section in OWNED}
    for sets, section in SETS.items():
        of = getattr(problem, sets)
        for name in of:
            found[section].setdefault(name, []).append(of.rows(name))
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


class Blocks(Sequence[Problem]):
    """The blocks of a problem, the largest first: who and what is in which, and each of them whenever it is asked for.

    Parameters
    ----------
    bag
        For each cadre the number of the block.
    spoken_of
        By section and entry the rows of the cadres of whom it speaks.
    """

    def __init__(self, problem: Problem, bag: np.ndarray, spoken_of: Mapping[str, Mapping[str, np.ndarray]]) -> None:
        self._problem, self._bag, self._number = problem, bag, int(bag.max()) + 1
        self._rows = self._split(bag)
        self._place = np.empty(len(bag), dtype=np.int32)  # of each cadre in the block
        for rows in self._rows:
            self._place[rows] = np.arange(len(rows))
        self._owner = {
            section: {name: int(bag[rows[0]]) if len(rows) else 0 for name, rows in entries.items()}
            for section, entries in spoken_of.items()
        }
        self._kept: list[dict[str, list[str]]] = [{section: [] for section in OWNED} for _ in range(self._number)]
        for section, entries in self._owner.items():
            for name, number in entries.items():
                self._kept[number][section].append(name)

    def __len__(self) -> int:
        """How many there are."""
        return self._number

    @overload
    def __getitem__(self, index: int) -> Problem: ...

    @overload
    def __getitem__(self, index: slice) -> list[Problem]: ...

    def __getitem__(self, index: int | slice) -> Problem | list[Problem]:
        """The problem of the cadres of a block alone; the first has also what is about nobody."""
        numbers = range(self._number)[index]
        return self._block(numbers) if isinstance(numbers, int) else [self._block(number) for number in numbers]

    # --- what is in which block, found for all together ---------------------------------------------------------------

    def _split(self, block: np.ndarray) -> list[np.ndarray]:
        """The places of those in each block, by the block of each; -1 is in none."""
        order = np.argsort(block, kind="stable")
        ends = np.searchsorted(block[order], np.arange(self._number + 1))
        return [order[begin:end] for begin, end in pairwise(ends)]

    def _of_codes(self, codes: Iterable[str | None], unknown: int) -> np.ndarray:
        """The block of each of some cadres, by their codes; `unknown` for whom nobody knows."""
        row = self._code.get_indexer(pd.Index(list(codes), dtype=object))
        return np.where(row >= 0, self._bag[row], unknown)

    @cached_property
    def _code(self) -> pd.Index:
        return pd.Index(self._problem.cadres["cadre"].to_numpy(dtype=object))

    @cached_property
    def _shared(self) -> dict[str, list[Membership]]:
        return {name: getattr(self._problem, name).divided(self._bag, self._place, self._number) for name in SHARED}

    @cached_property
    def _about(self) -> dict[str, list[np.ndarray]]:
        """Of tables and lists with a line for a cadre the lines about each block's; the first has what is of nobody."""
        problem, scenario = self._problem, self._problem.scenario
        named: dict[str, list[str | None]] = {
            "require": [pin.cadre for pin in scenario.pins.require],
            "forbid": [pin.cadre for pin in scenario.pins.forbid],
            "leave_entries": [entry.cadre for entry in scenario.leave.values()],
        }
        found = {name: self._of_codes(codes, -1) for name, codes in named.items()}
        found["earlier"] = self._of_codes(map(str, problem.earlier["cadre"]), 0)
        found |= {name: self._bag[getattr(problem, name)["cadre"].to_numpy(dtype=int)] for name in ("studies", "leave")}
        found["history"] = np.array([self._of_history(*each) for each in _history_rows(problem)], dtype=int)
        return {name: self._split(block) for name, block in found.items()}

    @cached_property
    def _about_anybody(self) -> dict[str, np.ndarray]:
        """The pins that name no cadre: every block has them."""
        pins = self._problem.scenario.pins
        named = {"any_require": pins.require, "any_forbid": pins.forbid}
        return {name: np.flatnonzero([pin.cadre is None for pin in own]) for name, own in named.items()}

    def _of_history(self, row: int, named: Iterable[tuple[str, str]]) -> int:
        """The block in which a start before the horizon counts: its cadre's, else that of its entries."""
        return int(self._bag[row]) if row >= 0 else next((self._owner[section][name] for section, name in named), 0)

    # --- one block ----------------------------------------------------------------------------------------------------

    def _block(self, number: int) -> Problem:
        problem, rows, kept = self._problem, self._rows[number], self._kept[number]
        every = problem.cadres["agency_id"].to_numpy()
        agencies = np.unique(every[rows])
        if number == 0:  # and those in which nobody is
            agencies = np.union1d(agencies, np.setdiff1d(np.arange(len(problem.agencies)), every))
        about = {name: lines[number] for name, lines in self._about.items()} | self._about_anybody
        history = problem.history.iloc[about["history"]]
        row = history["row"].to_numpy(dtype=int)
        shared = {name: sets[number] for name, sets in self._shared.items()}
        own = {
            name: Membership(len(rows), {each: self._place[of.rows(each)] for each in kept[section]})
            for name, section in SETS.items()
            for of in [getattr(problem, name)]
        }
        scenario = _scenario(problem.scenario, kept, about)
        return replace(
            problem,
            scenario=scenario,
            source=_source(problem.source, scenario, kept),
            cadres=problem.cadres.iloc[rows]
            .reset_index(drop=True)
            .assign(agency_id=np.searchsorted(agencies, every[rows])),
            agencies=problem.agencies.iloc[agencies].reset_index(drop=True),
            studies=self._placed(problem.studies, about["studies"]),
            leave=self._placed(problem.leave, about["leave"]),
            history=history.assign(row=np.where(row >= 0, self._place[row], -1)).reset_index(drop=True),
            earlier=problem.earlier.iloc[about["earlier"]],
            eligible=problem.eligible[rows],
            leaders=problem.leaders[rows],
            pools=own["pools"],
            members=own["members"],
            share_among=own["share_among"],
            share_group=own["share_group"],
            favoured=shared["favoured"],
            approvers=shared["approvers"],
            groups=shared["groups"],
            risk={name: who[:, rows] for name, who in problem.risk.items()},
            remarks=(),
        )

    def _placed(self, table: pd.DataFrame, lines: np.ndarray) -> pd.DataFrame:
        """Some lines of a table, whose cadres have the places of the block."""
        own = table.iloc[lines]
        return own.assign(cadre=self._place[own["cadre"].to_numpy(dtype=int)].astype(int)).reset_index(drop=True)


def _scenario(scenario: Scenario, kept: Mapping[str, list[str]], about: Mapping[str, np.ndarray]) -> Scenario:
    """The scenario with the entries of a block; goals that name none of them are left out."""
    mine: dict[str, Any] = {
        section: {name: entries[name] for name in kept[section]}
        for section in OWNED
        for entries in [getattr(scenario, section)]
    }

    def of_block(key: str) -> list[Pin]:
        pins = getattr(scenario.pins, key)
        return [pins[place] for place in sorted((*about[key], *about[f"any_{key}"]))]

    pins = scenario.pins.model_copy(update={key: of_block(key) for key in ("require", "forbid")})
    entries = list(scenario.leave.items())
    leave = dict(entries[place] for place in about["leave_entries"])
    names = {section: {*own} for section, own in kept.items()}
    goals = [goal for each in scenario.goals if (goal := _goal(each, names)) is not None]
    return scenario.model_copy(update={**mine, "pins": pins, "leave": leave, "goals": goals})


def _goal(goal: RankedGoal, kept: Mapping[str, set[str]]) -> RankedGoal | None:
    """A goal with those of its entries that a block has; None where it named some, and none is left."""
    section = SECTIONS[goal.kind] if goal.entries else ""
    if section not in kept:
        return goal
    entries = [name for name in goal.entries if name in kept[section]]
    return RankedGoal(goal.kind, entries) if entries else None


def _source(source: Source, scenario: Scenario, kept: Mapping[str, list[str]]) -> Source:
    """The scenario of a block as it was read, and where its entries stand in the files."""
    return replace(
        source,
        scenario=scenario,
        root=_trimmed(source.root, kept),
        written=None if source.written is None else _trimmed(source.written, kept),
    )


def _trimmed(root: Node, kept: Mapping[str, list[str]]) -> Node:
    """A tree without the entries of other blocks."""
    if not isinstance(root.value, dict):
        return root
    sections = {
        section: replace(node, value={name: node.value[name] for name in kept[section] if name in node.value})
        for section, node in root.value.items()
        if section in kept and isinstance(node.value, dict)
    }
    return replace(root, value={**root.value, **sections})
