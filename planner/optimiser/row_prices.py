"""What one owner's change does to the ranked goals, by the row prices of questions answered before: without a solve.

How it works. A question that was solved leaves prices of the rows: the duals of every goal. They serve the next
question about another owner (a cadre), of whom alone something is asked:

1. *Bound.* With any prices Y, the goals of a plan x are C x = Y A x + (C - Y A) x. The rows that owners share are charged
   at their prices, so that each owner chooses by himself: his share is the least of (C - Y A) x over his own plans, which
   are listed (`planner.optimiser.own_plans`). The sum of all shares is a bound (Lagrange), and for another question only
   one share is another: the least over those of his plans that the question allows.
2. *Plan.* The owner takes a plan that has this share, and others make room (`planner.optimiser.making_room`). Every row
   says whether what comes of it is a plan. If its goals are those of the bound, nothing is better: it is the answer.

Goals are ranked, so all of this is of vectors in the order of their first difference: sums keep that order, and so do
multiples by what is above 0. Prices are rounded to parts of a whole, and everything is computed in whole numbers: no
rounding enters a proof, and prices that say little cost a solve and no truth.

References
----------
Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2 (1974).
Isermann, "Linear lexicographic optimization", OR Spektrum 4 (1982): duality of ranked goals.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from planner.optimiser.making_room import WITHIN, Ground, Way
from planner.optimiser.own_plans import Own, Owners

PARTS = 60  # of a whole, in which prices are counted
EXACT = 2.0**53  # whole numbers up to here are exact as floats
MOST = 2.0**62  # and as integers
TRIED, KEPT = 8, 40  # prices that one question tries; that are kept of one kind of question
TIES = 60  # of the cheapest plans of an owner so many are looked at
OWN = 12  # and so many of the owner's who is asked about


@dataclass(frozen=True)
class Question:
    """What is asked of one owner: columns that must be 0, and columns of which one must be 1, if any are given."""

    number: int
    forbidden: np.ndarray
    required: np.ndarray

    @property
    def columns(self) -> np.ndarray:
        """All columns that it speaks of."""
        return np.append(self.forbidden, self.required)

    def allowed(self, own: Own) -> np.ndarray:
        """The owner's plans that it allows."""
        plans = own.plans[~own.plans[:, np.isin(own.columns, self.forbidden)].any(axis=1)]
        return plans[plans[:, np.isin(own.columns, self.required)].any(axis=1)] if len(self.required) else plans


@dataclass
class _Prices:
    """Prices of shared rows, and what follows from them.

    Attributes
    ----------
    rows, prices
        The shared rows that have a price, in their order, and it, for every goal, in parts.
    bound, shares
        The sum of all shares and of what belongs to nobody, in parts; the share of each owner.
    free
        Who has a plan in `ground` that is not his cheapest: who was asked about.
    ground
        A plan in which everybody else has one of his cheapest plans, and every row that has a price is full.
    """

    rows: np.ndarray
    prices: np.ndarray
    bound: np.ndarray
    shares: np.ndarray
    free: int | None = None
    ground: Ground | None = None

    def cheapest(self, plan: np.ndarray, own: Own) -> np.ndarray:
        """The cheapest plans of an owner, those nearest to a plan first; none where they cannot be told."""
        found = self.least(plan, own, own.plans)
        return own.plans[:0] if found is None else found[1]

    def least(self, plan: np.ndarray, own: Own, plans: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """The least share of an owner over some of his plans, and those that have it, nearest to a plan first."""
        reduced = self.reduced(own)
        packed = _packed(reduced)
        if packed is None or len(plans) == 0:
            return None
        worth = np.einsum("ij,j->i", plans, packed)
        likely = plans[worth == worth.min()]
        far = np.where(plan[own.columns] > 0.5, -1, 1)
        likely = likely[np.argsort(likely @ far, kind="stable")[:TIES]]
        return likely[0].astype(np.int64) @ reduced, likely

    def reduced(self, own: Own) -> np.ndarray:
        """The costs of an owner's columns, shared rows charged at their prices."""
        places = np.searchsorted(self.rows, own.rows)
        there = places < len(self.rows)
        there[there] = self.rows[places[there]] == own.rows[there]
        return own.goals * PARTS - own.terms[there].T @ self.prices[places[there]]


class RowPrices:
    """The prices of questions answered before, and the answers that they give. Threads may ask side by side.

    Parameters
    ----------
    owners
        The plans, as things are.
    best
        The best one.
    """

    def __init__(self, owners: Owners, best: np.ndarray) -> None:
        self.owners, self._best = owners, np.round(best)
        self._values = owners.costs.T @ self._best.astype(np.int64)
        self._known: dict[tuple[int, ...], list[_Prices]] = {}
        self._lock = threading.Lock()

    def answer(self, question: Question) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The best plan, and what no plan is better than (in parts); None where the prices known do not tell."""
        own = self.owners.of(question.number)
        if own is None or np.any(self.owners.idle[question.columns]):
            return None, None
        plans = question.allowed(own)
        bound, told = None, []
        for prices in self._known.get(self._kind(question), [])[:TRIED]:
            ground = prices.ground
            found = None if ground is None else prices.least(ground.plan, own, plans)
            if found is None:
                continue
            total = prices.bound - prices.shares[own.number] + found[0]
            told.append((total, found[1], prices))
            if bound is None or _before(bound, total):
                bound = total
        for total, likely, prices in told:
            if bound is None or _before(total, bound):
                continue
            plan = self._plan(own, likely, prices)
            if plan is not None and np.array_equal(bound, self.owners.costs.T @ plan.astype(np.int64) * PARTS):
                if self.owners.matrix.feasible(plan):
                    self._prefer(question, prices)
                    return plan, bound
        return None, bound

    def _plan(self, own: Own, likely: np.ndarray, prices: _Prices) -> np.ndarray | None:
        ground = prices.ground
        if ground is None:
            return None
        ways = [ground.ways(own, likely)[:OWN]]
        if prices.free is not None and prices.free != own.number:
            other = self.owners.of(prices.free)
            if other is None:
                return None
            ways.append(ground.ways(other, prices.cheapest(ground.plan, other))[:OWN])
        return ground.after(ways)

    def _prefer(self, question: Question, prices: _Prices) -> None:
        with self._lock:
            known = self._known[self._kind(question)]
            place = next((place for place, each in enumerate(known) if each is prices), 0)
            known.insert(0, known.pop(place))

    def learn(
        self, question: Question, duals: Sequence[np.ndarray], cuts: tuple[sparse.csr_matrix, np.ndarray], x: np.ndarray
    ) -> None:
        """Keep what a solved question says.

        Parameters
        ----------
        duals
            Of each goal, over the matrix's rows and those after it.
        cuts
            The rows after the matrix's, and the most of each; infinite where a row is not true of every plan.
        x
            The best plan of the question.
        """
        own = self.owners.of(question.number)
        if own is None:
            return
        found = self._prices(duals, cuts)
        free = None if found is None else found.least(self._best, own, own.plans)
        asked = None if found is None else found.least(self._best, own, question.allowed(own))
        if found is None or free is None or asked is None:
            return
        found.bound += free[0] - found.shares[own.number]
        found.shares[own.number] = free[0]
        if np.array_equal(found.bound, self._values * PARTS):
            found.ground = self._ground(found, self._best)
        elif np.array_equal(found.bound - free[0] + asked[0], self.owners.costs.T @ np.round(x).astype(np.int64) * PARTS):
            found.ground, found.free = self._ground(found, np.round(x)), own.number
        else:
            return
        kind = self._kind(question)
        with self._lock:
            self._known[kind] = [found, *self._known.get(kind, [])][:KEPT]

    def _prices(self, duals: Sequence[np.ndarray], cuts: tuple[sparse.csr_matrix, np.ndarray]) -> _Prices | None:
        """The prices that duals are, and the bound that they prove; None where the numbers are too large."""
        owners, (terms, most) = self.owners, cuts
        size = len(owners.lower)
        prices = np.zeros((size + terms.shape[0], len(duals)))
        for goal, each in enumerate(duals):
            prices[: len(each), goal] = each
        prices = np.round(prices * PARTS)
        sign = _sign(prices)
        prices[size:][~np.isfinite(most)] = 0
        lower, upper = np.append(owners.lower, np.full(len(most), -np.inf)), np.append(owners.upper, np.floor(most + 1e-9))
        sides = np.where(sign > 0, lower, np.where(sign < 0, upper, 0.0))
        prices[~np.isfinite(sides)], sides[~np.isfinite(sides)] = 0, 0.0
        if np.abs(prices).max(initial=0) * owners.heaviest * max(1.0, len(prices)) * max(1.0, np.abs(sides).max(initial=0)) > MOST:
            return None
        whole = prices.astype(np.int64)
        paid = whole * sides.astype(np.int64)[:, None]
        reduced = owners.costs * PARTS - owners.terms.T @ whole[:size] - terms.astype(np.int64).T @ whole[size:]
        ends = np.where(_sign(reduced) > 0, owners.matrix.lower, owners.matrix.upper).astype(np.int64)
        kept = reduced * ends[:, None]
        shares = np.zeros((owners.number, len(duals)), dtype=np.int64)
        owned = owners.owner >= 0
        np.add.at(shares, owners.owner[owned], kept[owned])
        whose = np.concatenate([owners.of_rows, _first(terms, owners.owner)])
        np.add.at(shares, whose[whose >= 0], paid[whose >= 0])
        shared = np.flatnonzero(owners.shared & (_sign(whole[:size]) != 0))
        return _Prices(shared, whole[shared], paid.sum(axis=0) + kept.sum(axis=0), shares)

    def _ground(self, prices: _Prices, plan: np.ndarray) -> Ground:
        """Where others make room: how far each row may be moved from a plan, rows that have a price not at all.

        What belongs to nobody and costs nothing by the prices takes up some of the way.
        """
        owners, matrix = self.owners, self.owners.matrix
        activity = matrix.terms @ plan
        low, high = owners.lower - activity, owners.upper - activity
        low[prices.rows] = high[prices.rows] = 0.0
        block = owners.by_column[:, owners.nobodys]
        reduced = owners.costs[owners.nobodys] * PARTS - block[prices.rows].T @ prices.prices
        alone = (np.diff(block.indptr) == 1) & ~reduced.any(axis=1)
        columns = owners.nobodys[alone]
        rows, terms = block.indices[block.indptr[:-1][alone]], block.data[block.indptr[:-1][alone]]
        up, down = terms * (matrix.upper[columns] - plan[columns]), terms * (plan[columns] - matrix.lower[columns])
        np.add.at(low, rows, -np.where(terms > 0, up, -down))
        np.add.at(high, rows, np.where(terms > 0, down, -up))
        return Ground(owners, plan, low - WITHIN, high + WITHIN, partial(prices.cheapest, plan))

    def _kind(self, question: Question) -> tuple[int, ...]:
        """What a question is about: of each of its columns the shared row in which most columns stand."""
        terms, length = self.owners.by_column, np.diff(self.owners.terms.indptr)
        found = set()
        for column in question.columns:
            rows = terms.indices[terms.indptr[column] : terms.indptr[column + 1]]
            rows = rows[self.owners.shared[rows]]
            if len(rows):
                found.add(int(rows[np.argmax(length[rows])]))
        return tuple(sorted(found))

    def __getstate__(self) -> dict[str, Any]:
        """All but the lock."""
        return {**self.__dict__, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """All, and a lock."""
        self.__dict__.update(state)
        self._lock = threading.Lock()


def _first(terms: sparse.csr_matrix, owner: np.ndarray) -> np.ndarray:
    """The number of the owner of the first column of each row; -1: of none."""
    found, filled = np.full(terms.shape[0], -1), np.diff(terms.indptr) > 0
    found[filled] = owner[terms.indices[terms.indptr[:-1][filled]]]
    return found


def _sign(vectors: np.ndarray) -> np.ndarray:
    """Of each vector the sign of the first number that is not 0."""
    first = (vectors != 0).argmax(axis=1)
    return np.sign(vectors[np.arange(len(vectors)), first])


def _before(one: np.ndarray, two: np.ndarray) -> bool:
    """Whether one vector is below another in the first number that differs."""
    return bool(_sign((one - two)[None, :])[0] < 0)


def _packed(vectors: np.ndarray) -> np.ndarray | None:
    """A number for each vector, so that sums of some are in the order of the sums of vectors; None if too large."""
    packed, unit = np.zeros(len(vectors)), 1.0
    for place in range(vectors.shape[1] - 1, -1, -1):
        whole = vectors[:, place] // max(int(np.gcd.reduce(vectors[:, place])), 1)
        packed += unit * whole
        unit *= 2 * float(np.abs(whole).sum()) + 1
        if unit > EXACT:
            return None
    return packed
