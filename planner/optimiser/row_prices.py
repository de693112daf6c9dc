"""What one owner's change does to the ranked goals, by the row prices of questions answered before: without a solve.

How it works. A question that was solved leaves prices of the rows: the duals of every goal. They serve the next
question about another owner (a cadre), of whom alone something is asked:

1. *Bound.* With any prices Y, the goals of a plan x are C x = Y A x + (C - Y A) x. The rows that owners share are
   charged at their prices, so that each owner chooses by himself: his share is the least of (C - Y A) x over his own
   plans, which are listed (`planner.optimiser.own_plans`). The sum of all shares is a bound (Lagrange), and for another
   question only one share is another: the least over those of his plans that the question allows.
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
from dataclasses import dataclass
from functools import reduce

import numpy as np

from planner.optimiser.integer_program import IntegerProgram
from planner.optimiser.making_room import WITHIN, Ground
from planner.optimiser.own_plans import LARGEST, Own, Owners

PARTS = 60  # of a whole, in which prices are counted
EXACT = 2.0**53  # whole numbers up to here are exact as floats
MOST = 2.0**62  # and as integers
TRIED, KEPT = 8, 40  # prices that one question tries; that are kept of one kind of question
ROOM = 2**28  # for all prices that are kept [bytes]
TIES = 60  # of the cheapest plans of an owner so many are looked at
OWN = 12  # and so many of the owner's who is asked about
HALF = 0.5  # what is more is 1


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
    plan
        One in which everybody has one of his cheapest plans, but for `free`, and every row that has a price is full.
    free
        Who was asked about, if the plan is not the best as things are.
    """

    rows: np.ndarray
    prices: np.ndarray
    bound: np.ndarray
    shares: np.ndarray
    plan: np.ndarray
    free: int | None = None

    def least(self, own: Own, plans: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """The least share of an owner over some of his plans, and those that have it, nearest to `plan` first."""
        places = np.searchsorted(self.rows, own.rows)
        there = places < len(self.rows)
        there[there] = self.rows[places[there]] == own.rows[there]
        reduced = own.goals * PARTS - own.terms[there].T @ self.prices[places[there]]
        packed = _packed(reduced)
        if packed is None or len(plans) == 0:
            return None
        worth = np.einsum("ij,j->i", plans, packed)
        likely = plans[worth == worth.min()]
        far = np.where(self.plan[own.columns] > HALF, -1, 1)
        likely = likely[np.argsort(likely @ far, kind="stable")[:TIES]]
        return likely[0].astype(np.int64) @ reduced, likely

    def cheapest(self, own: Own) -> np.ndarray:
        """The cheapest plans of an owner; none where that cannot be told."""
        found = self.least(own, own.plans)
        return own.plans[:0] if found is None else found[1]

    def ground(self, owners: Owners) -> Ground:
        """Where others make room: how far each row may be moved from the plan, those that have a price not at all.

        What belongs to nobody and costs nothing by the prices takes up some of the way.
        """
        matrix, plan, nobodys = owners.matrix, self.plan, owners.nobodys
        activity = matrix.terms @ plan
        low, high = owners.lower - activity, owners.upper - activity
        low[self.rows] = high[self.rows] = 0.0
        block = owners.by_column[:, nobodys]
        reduced = owners.costs[nobodys] * PARTS - block[self.rows].T @ self.prices
        alone = (np.diff(block.indptr) == 1) & ~reduced.any(axis=1)
        columns, place = nobodys[alone], block.indptr[:-1][alone]
        rows, terms = block.indices[place], block.data[place]
        by = terms * np.array([matrix.lower[columns] - plan[columns], matrix.upper[columns] - plan[columns]])
        np.subtract.at(low, rows, by.max(axis=0))
        np.subtract.at(high, rows, by.min(axis=0))
        return Ground(owners, plan, _whole(np.ceil(low - WITHIN)), _whole(np.floor(high + WITHIN)), self.cheapest)

    @property
    def size(self) -> int:
        """What it takes, but for the best plan as things are, which is there anyway [bytes]."""
        own = 0 if self.free is None else self.plan.nbytes
        return own + self.rows.nbytes + self.prices.nbytes + self.shares.nbytes


@dataclass
class _Known:
    """Prices, and where others make room by them."""

    prices: _Prices
    ground: Ground

    @property
    def size(self) -> int:
        """What it takes [bytes]."""
        return self.prices.size + self.ground.size


class RowPrices:
    """The prices of questions answered before, and the answers that they give. Threads may ask side by side.

    Those that have not been of use for longest make room for others, however many questions there are.

    Parameters
    ----------
    owners
        The plans, as things are.
    best
        The best one.
    """

    def __init__(self, owners: Owners, best: np.ndarray) -> None:
        self.owners, self._best = owners, np.round(best)
        self._known: dict[tuple[int, ...], list[_Known]] = {}  # by what a question is about
        self._lock = threading.Lock()

    def answer(self, question: Question) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The best plan, and what no plan is better than, by goal; None where the prices known do not tell."""
        own, kind = self.owners.of(question.number), self._kind(question)
        if own is None or np.any(self.owners.idle[question.columns]):
            return None, None
        plans, told = question.allowed(own), []
        for known in self._known.get(kind, [])[:TRIED]:
            found = known.prices.least(own, plans)
            if found is not None:
                told.append((known.prices.bound - known.prices.shares[own.number] + found[0], found[1], known))
        if not told:
            return None, None
        bound = reduce(_later, [total for total, _, _ in told])
        plan = self._best_plan(own, bound, [(likely, known) for total, likely, known in told if (total == bound).all()])
        with self._lock:
            if plan is not None:
                self._first(kind, plan[1])
            self._make_room()
        return None if plan is None else plan[0], bound / PARTS

    def _best_plan(
        self, own: Own, bound: np.ndarray, told: Sequence[tuple[np.ndarray, _Known]]
    ) -> tuple[np.ndarray, _Known] | None:
        """A plan that has the values of a bound, and the prices that led to it, by those that tell this bound."""
        for likely, known in told:
            plan = self._plan(own, likely, known)
            if plan is not None and np.array_equal(bound, self._worth(plan)) and self.owners.matrix.feasible(plan):
                return plan, known
        return None

    def learn(self, question: Question, duals: Sequence[np.ndarray], cuts: IntegerProgram, x: np.ndarray) -> None:
        """Keep the prices of a solved question, if they prove which plan is best.

        Parameters
        ----------
        duals
            Of each goal, over the matrix's rows and those after it.
        cuts
            The rows after the matrix's. Only upper bounds count, and only of rows that each plan of one owner obeys.
        x
            The best plan of the question.
        """
        own = self.owners.of(question.number)
        found = None if own is None else self._prices(duals, cuts)
        if own is None or found is None:
            return
        free, asked = found.least(own, own.plans), found.least(own, question.allowed(own))
        if free is None or asked is None:
            return
        found.bound += free[0] - found.shares[own.number]
        found.shares[own.number] = free[0]
        if not np.array_equal(found.bound, self._worth(found.plan)):
            found.plan, found.free = np.round(x), own.number
            if not np.array_equal(found.bound - free[0] + asked[0], self._worth(found.plan)):
                return
        kind, known = self._kind(question), _Known(found, found.ground(self.owners))
        with self._lock:
            self._first(kind, known)
            self._make_room()

    @property
    def size(self) -> int:
        """What all prices that are kept take [bytes]."""
        with self._lock:
            return sum(known.size for kind in self._known.values() for known in kind)

    def _worth(self, plan: np.ndarray) -> np.ndarray:
        """The goals of a plan, in parts."""
        return np.asarray(self.owners.costs.T @ np.round(plan).astype(np.int64) * PARTS)

    def _plan(self, own: Own, likely: np.ndarray, known: _Known) -> np.ndarray | None:
        """The plan in which an owner has one of some plans, and others make room."""
        ways = [known.ground.ways(own, likely)[:OWN]]
        free = known.prices.free
        other = None if free is None or free == own.number else self.owners.of(free)
        if other is not None:
            ways.append(known.ground.ways(other, known.prices.cheapest(other))[:OWN])
        return known.ground.after(ways)

    def _first(self, kind: tuple[int, ...], known: _Known) -> None:
        """Put prices before all others of their kind, and the kind behind all others, as the last to make room."""
        others = [each for each in self._known.pop(kind, []) if each is not known]
        self._known[kind] = [known, *others][:KEPT]

    def _make_room(self) -> None:
        """Forget the last prices of the kinds that were of use longest ago, until there is room; the newest stay."""
        over = sum(known.size for kept in self._known.values() for known in kept) - ROOM
        while over > 0:
            kind, (*kept, last) = next(iter(self._known.items()))
            if not kept and len(self._known) == 1:
                return
            over -= last.size
            self._known[kind] = kept
            if not kept:
                del self._known[kind]

    def _prices(self, duals: Sequence[np.ndarray], cuts: IntegerProgram) -> _Prices | None:
        """The prices that duals are, and the bound that they prove; None where the numbers are too large."""
        owners, size = self.owners, len(self.owners.lower)
        prices = np.zeros((size + len(cuts.row_upper), len(duals)))
        for goal, each in enumerate(duals):
            prices[: len(each), goal] = np.round(each * PARTS)
        used = np.flatnonzero(prices[size:].any(axis=1))
        terms, prices = cuts.terms[used], np.vstack([prices[:size], prices[size:][used]])
        most = np.array([owners.most(terms[place], cuts.row_upper[row]) for place, row in enumerate(used)])
        sign = _sign(prices)
        lower, upper = np.append(owners.lower, np.full(len(used), -np.inf)), np.append(owners.upper, np.floor(most))
        sides = np.where(sign > 0, lower, np.where(sign < 0, upper, 0.0))
        prices[~np.isfinite(sides)], sides[~np.isfinite(sides)] = 0, 0.0
        largest = np.abs(prices).max(initial=0) * max(1.0, np.abs(sides).max(initial=0)) * len(owners.costs)
        if largest * max(owners.heaviest, 1.0 + np.abs(terms.data).max(initial=0)) > MOST:
            return None
        whole = prices.astype(np.int64)
        paid = whole * sides.astype(np.int64)[:, None]
        reduced = owners.costs * PARTS - owners.terms.T @ whole[:size] - terms.astype(np.int64).T @ whole[size:]
        kept = (
            reduced * np.where(_sign(reduced) > 0, owners.matrix.lower, owners.matrix.upper).astype(np.int64)[:, None]
        )
        shares = np.zeros((owners.number, len(duals)), dtype=np.int64)
        owned, whose = owners.owner >= 0, np.append(owners.of_rows, owners.owner[terms.indices[terms.indptr[:-1]]])
        np.add.at(shares, owners.owner[owned], kept[owned])
        np.add.at(shares, whose[whose >= 0], paid[whose >= 0])
        shared = np.flatnonzero(owners.shared & whole[:size].any(axis=1))
        bound = paid.sum(axis=0) + kept.sum(axis=0)
        return _Prices(shared, whole[shared], bound, shares, self._best)

    def _kind(self, question: Question) -> tuple[int, ...]:
        """What a question is about: of each of its columns the shared row in which most columns stand."""
        terms, length = self.owners.by_column, self.owners.lengths
        found = set()
        for column in question.columns:
            rows = terms.indices[terms.indptr[column] : terms.indptr[column + 1]]
            rows = rows[self.owners.shared[rows]]
            if len(rows):
                found.add(int(rows[np.argmax(length[rows])]))
        return tuple(sorted(found))


def _whole(bounds: np.ndarray) -> np.ndarray:
    """How far rows may be moved, in whole numbers; so far that no plan does where there is no bound."""
    return np.clip(bounds, -LARGEST, LARGEST - 1).astype(np.int32)


def _sign(vectors: np.ndarray) -> np.ndarray:
    """Of each vector the sign of the first number that is not 0."""
    first = (vectors != 0).argmax(axis=1)
    return np.sign(vectors[np.arange(len(vectors)), first])


def _later(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Of two vectors the one that is above in the first number that differs."""
    return two if _sign((two - one)[None, :])[0] > 0 else one


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
