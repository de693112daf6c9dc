"""How many people of each stratum are in each class: the published counts as an exact integer problem.

What the tables leave open is settled in this order: the smallest total deviation from the counts (0 unless the tables
contradict each other; totals are met unless they contradict each other themselves), then the demand lines kept, then
deviations in large cells rather than small, then the fewest people outside of the tables that another overlaps, then
sizes of strata and classes drawn from the seed within what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from planner.common.errors import Fault, InputError
from planner.inputs.problem import required
from planner.messages import Sentence
from planner.published.draws import check_draw
from planner.published.overlaps import check_choices, chosen, group_of, members
from planner.published.strata import Class, Ground, Stratum

Terms = list[tuple[cp_model.IntVar, int]]
_OUTCOMES = {cp_model.INFEASIBLE: "status_infeasible"}
TIE = 10**8  # the size of all drawn tie-breaks of a column together, at most


@dataclass(frozen=True)
class Margins:
    """The counts of a rebuilt roster.

    Attributes
    ----------
    sizes
        Stratum: people [people].
    counts
        (stratum, column): class: people [people].
    shared
        (table, table): fewest, most and drawn number of people in both [people].
    beside
        Table: its members in none of the tables that it overlaps, where that is the fewest possible [people].
    """

    sizes: dict[Stratum, int]
    counts: dict[tuple[Stratum, str], dict[Class, int]]
    shared: dict[tuple[str, str], tuple[int, int, int]]
    beside: dict[str, int]


def margins(ground: Ground, rng: np.random.Generator) -> Margins:
    """Sizes and counts that meet the tables, drawn from `rng` among those that do.

    Raises
    ------
    InputError
        No sizes of the strata meet the chosen overlaps, or a rule of `draw` cannot be applied to anybody.
    """
    check_choices(ground.published)
    check_draw(ground)
    model = _Model(ground)
    if not model.feasible():
        model = _Model(ground, exact_totals=False)
    model.settle(model.deviations)
    model.settle(model.demand_deviations())
    model.settle(model.small_cells)
    beside = {table: [(model.sizes[stratum], 1)] for table, stratum in _alone(ground)}
    for terms in beside.values():
        model.settle(terms)
    shared = _draw_shared(model, ground, rng)
    for stratum in ground.strata:
        low, high = model.range([(model.sizes[stratum], 1)])
        model.fix([(model.sizes[stratum], 1)], int(rng.integers(low, high + 1)))
    values = model.solve([])
    sizes = {stratum: values[model.sizes[stratum].index] for stratum in ground.strata}
    counts = _draw_counts(model, ground, sizes, rng)
    return Margins(sizes, counts, shared, {table: sizes[stratum] for table, stratum in _alone(ground)})


def _alone(ground: Ground) -> list[tuple[str, Stratum]]:
    """The tables whose overlap no increase tells, and the stratum of those who are in no other table."""
    told = {name for overlap in ground.published.content.overlaps.values() for name in overlap.tables}
    found = []
    for name in sorted(ground.tables):
        stratum = Stratum((name,))
        if len(ground.tables[name].also) > 1 and name not in told and stratum in ground.strata:
            found.append((name, stratum))
    return found


def _draw_shared(
    model: _Model, ground: Ground, rng: np.random.Generator
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each two overlapping tables: what is possible, and a draw from it."""
    pairs = sorted({tuple(sorted((name, other))) for name in ground.tables for other in ground.tables[name].also})
    terms = {pair: [(model.sizes[s], 1) for s in ground.strata if pair[0] in s and pair[1] in s] for pair in pairs}
    bounds = {pair: model.range(terms[pair]) for pair in pairs}
    shared = {}
    for one, other in pairs:
        low, high = model.range(terms[one, other])
        drawn = int(rng.integers(low, high + 1))
        model.fix(terms[one, other], drawn)
        shared[one, other] = (*bounds[one, other], drawn)
    return shared


def _draw_counts(
    model: _Model, ground: Ground, sizes: dict[Stratum, int], rng: np.random.Generator
) -> dict[tuple[Stratum, str], dict[Class, int]]:
    """Draw each stratum's classes by their rates, then take the counts that meet the tables and are nearest to that."""
    terms: Terms = []
    span = max(1, TIE // max(1, model.most))
    person = span * max(1, model.most) * len(ground.columns)  # one person elsewhere weighs more than all tie-breaks
    for (stratum, column), variables in model.counts.items():
        rates = ground.rates(stratum, column)
        drawn = rng.multinomial(sizes[stratum], list(rates.values())).tolist() if rates else []
        for one, number in zip(rates, map(int, drawn), strict=True):
            # What is studied is assumed to be rare: a gap is filled by those who hold the level.
            weight = person * (3 if one.studying else 5 if rates[one] == 0 else 1)
            terms.append((model.distance(variables[one], number), weight))
            terms.append((variables[one], int(rng.integers(0, span))))
    values = model.solve(terms)
    return {
        key: {one: values[variable.index] for one, variable in variables.items()}
        for key, variables in model.counts.items()
    }


class _Model:
    """The integer problem: a size for every stratum, a count for every class of every column in every stratum."""

    def __init__(self, ground: Ground, *, exact_totals: bool = True) -> None:
        self.ground = ground
        self.model = cp_model.CpModel()
        self.most = sum(table.total for table in ground.tables.values())
        self.sizes = {stratum: self._new() for stratum in ground.strata}
        self.counts = {
            (stratum, column): {one: self._new() for one in ground.classes(stratum, column)}
            for stratum in ground.strata
            for column in ground.columns
        }
        self.deviations: Terms = []
        self.small_cells: Terms = []
        for (stratum, _), variables in self.counts.items():
            self._equal([(variable, 1) for variable in variables.values()] + [(self.sizes[stratum], -1)], 0)
        for name in sorted(ground.tables):
            self._add_total(name, exact=exact_totals)
            self._add_cells(name)
        for name in sorted(ground.published.content.overlaps):
            self._add_overlap(name)

    def _new(self, beyond: int = 0) -> cp_model.IntVar:
        return self.model.new_int_var(0, self.most + beyond, "")

    def _equal(self, terms: Terms, number: int) -> None:
        self.model.add(_sum(terms) == number)

    def distance(self, variable: cp_model.IntVar, number: int) -> cp_model.IntVar:
        """How far a variable is from a number, at least."""
        return self._off([(variable, 1)], number)

    def _off(self, terms: Terms, number: int, most: int | None = None) -> cp_model.IntVar:
        """How far a sum is from a number, or from the range of `number` to `most`, at least."""
        most = number if most is None else most
        off = self._new(beyond=max(0, -most, number - self.most))
        self.model.add(_sum([*terms, (off, -1)]) <= most)
        self.model.add(_sum([*terms, (off, 1)]) >= number)
        return off

    def _add_total(self, name: str, *, exact: bool) -> None:
        """A table has its total; or is as near to it as it can be, where the totals contradict each other."""
        terms, total = [(self.sizes[s], 1) for s in self.ground.strata if name in s], self.ground.tables[name].total
        if exact:
            self._equal(terms, total)
        else:
            self.deviations.append((self._off(terms, total), 1))

    def _add_cells(self, name: str) -> None:
        """Every cell of a table is met but for its deviation."""
        for part in sorted(self.ground.tables[name].breakdowns):
            breakdown = self.ground.tables[name].breakdowns[part]
            for place in range(len(breakdown.cells)):
                terms = [
                    (variable, 1)
                    for (stratum, column), variables in self.counts.items()
                    if name in stratum and column == breakdown.column
                    for one, variable in variables.items()
                    if self.ground.counts(breakdown, place, one)
                ]
                printed = self.ground.published.counts(name, part, place)
                off = self._off(terms, printed.low, printed.high)
                self.deviations.append((off, 1))
                self.small_cells.append((off, max(0, self.most - printed.high)))

    def _add_overlap(self, name: str) -> None:
        """The chosen number is in both tables, and outside hold the levels those whom the increases tell."""
        published = self.ground.published
        shared, pair = chosen(published, name), published.content.overlaps[name].tables
        if shared is None:
            return
        self._equal([(self.sizes[s], 1) for s in self.ground.strata if all(t in s for t in pair)], shared.members)
        for target, number in shared.outside:
            self._equal(list(self._holders(target)), number)

    def _holders(self, target: str) -> Iterator[tuple[cp_model.IntVar, int]]:
        """The members of a target's group whom its table counts at its level or above."""
        published, entry = self.ground.published, self.ground.published.scenario.targets[target]
        group = group_of(published, entry)
        if group is None or len(entry.level) != 1:
            return
        ((ladder, level),) = entry.level.items()
        made = published.content.members[group]
        for (stratum, column), variables in self.counts.items():
            if column == ladder and made.table in stratum and not any(other in stratum for other in made.without):
                for one, variable in variables.items():
                    if self._counted(made.table, ladder, one) >= published.place(ladder, level):
                        yield variable, 1

    def _counted(self, table: str, ladder: str, one: Class) -> int:
        """The place of the level at which a table counts a class."""
        published = self.ground.published
        for _, breakdown in self.ground.breakdowns(table, ladder):
            for cell in breakdown.cells:
                if one.studying and cell.studying is not None and cell.studying.programme == one.studying:
                    return published.place(ladder, published.scenario.programmes[one.studying].to)
        return published.place(ladder, one.value)

    def demand_deviations(self) -> Terms:
        """How far each demand line that tables can give is from what the rebuilt roster gives."""
        published, found = self.ground.published, []
        for name in sorted(published.content.demands):
            demand = published.content.demands[name]
            groups = [group_of(published, published.scenario.targets[target]) for target in demand.targets]
            numbers = [members(published, group) for group in groups if group is not None]
            sure = len(numbers) == len(groups) > 0 and all(number.low == number.high for number in numbers)
            if demand.beyond is None and sure:
                asked = sum(
                    required(published.scenario.targets[target], number.low)
                    for target, number in zip(demand.targets, numbers, strict=True)
                )
                terms = [term for target in demand.targets for term in self._holders(target)]
                found.append((self._off(terms, asked - demand.total), 1))
        return found

    # --- solving ----------------------------------------------------------------------------------------------------

    def settle(self, terms: Terms) -> None:
        """Make the sum of `terms` as small as it can be, and keep it there."""
        if terms:
            values = self.solve(terms)
            self.model.add(_sum(terms) <= sum(values[variable.index] * weight for variable, weight in terms))

    def range(self, terms: Terms) -> tuple[int, int]:
        """The least and the greatest sum of `terms`."""
        ends = []
        for sign in (1, -1):
            values = self.solve([(variable, sign * weight) for variable, weight in terms])
            ends.append(sum(values[variable.index] * weight for variable, weight in terms))
        return ends[0], ends[1]

    def fix(self, terms: Terms, number: int) -> None:
        """Keep the sum of `terms` at `number`."""
        if terms:
            self._equal(terms, number)

    def feasible(self) -> bool:
        """Whether any counts meet what must hold exactly."""
        return _solver().solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    def solve(self, terms: Terms) -> Sequence[int]:
        """The values of all variables where the sum of `terms` is least: one worker and one seed, so repeatable."""
        self.model.clear_objective()
        if terms:
            self.model.minimize(_sum(terms))
        solver = _solver()
        status = solver.solve(self.model)
        if status != cp_model.OPTIMAL:
            raise InputError(
                Fault(
                    "no_rebuilding",
                    {"reason": Sentence(_OUTCOMES.get(status, "status_time_limit"))},
                    self.ground.published.file,
                )
            )
        return list(solver.response_proto.solution)


def _solver() -> cp_model.CpSolver:
    """One worker and one seed, so repeatable."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False
    return solver


def _sum(terms: Terms) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([variable for variable, _ in terms], [weight for _, weight in terms])
