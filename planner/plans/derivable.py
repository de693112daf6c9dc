"""What follows from all counts of a report together, and what more is to be hidden until no count of few does.

Every count that is told is one equation over the people (or the starts) alike in all that is told of: the *atoms*. A
reader who knows which atoms there are, and what is told, knows of a set what all solutions of the equations agree in.
So a set of few is safe if its count differs by one or more between two solutions that are nowhere negative: two linear
programmes tell. Sets of few are the counts themselves, what is left of a group without another one that lies in it, and
what two groups share or do not share; the last are looked for among the sums and differences of counts alone. Where a
set is not safe, one of the counts from which it follows is hidden, too: that from which most such sets follow, or else
the smallest.

That the reader knows which atoms are empty makes this stricter than need be, never laxer.

References
----------
Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear constraints", Management
Science 47 (2001), for the attacker's programmes; the greedy choice of what else is hidden is not theirs and hides more.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Bundle = Hashable
"""What is hidden or shown as one: a cell, the cells of a row."""
EXACT = 1e-7
"""Of numbers of people, what counts as nothing."""
APART = 1 - 1e-6
"""So far apart may be what a set can be at least and at most, for it to be safe [people]."""


@dataclass(frozen=True)
class Fact:
    """A count that may be told.

    Attributes
    ----------
    bundle
        With what it is told or hidden; None: it is always told.
    of
        For each person (or start) how much it counts: 1 or 0 for those in a set; a weight in a sum.
    """

    bundle: Bundle | None
    of: np.ndarray


@dataclass(frozen=True)
class Limit:
    """What is known of a count that is not told: that it is at least, or at most, a number."""

    of: np.ndarray
    least: float = -np.inf
    most: float = np.inf


def hidden_with(
    facts: Sequence[Fact],
    secret: Collection[Bundle],
    fewest: int,
    limits: Sequence[Limit] = (),
    together: Mapping[Bundle, Bundle] | None = None,
) -> set[Bundle]:
    """What is to be hidden, so that nothing of fewer than `fewest` follows: the `secret` bundles, and more.

    Parameters
    ----------
    limits
        What else is known.
    together
        Bundle -> another that is hidden with it.
    """
    search = _Search(facts, set(secret), fewest, limits, together or {})
    search.by_sums()
    search.by_programmes()
    return search.secret


@dataclass
class _Search:
    facts: Sequence[Fact]
    secret: set[Bundle]
    fewest: int
    limits: Sequence[Limit]
    together: Mapping[Bundle, Bundle]
    rows: np.ndarray = field(init=False)  # facts x atoms
    bounds: np.ndarray = field(init=False)  # limits x atoms
    sizes: np.ndarray = field(init=False)  # how many are in each atom

    def __post_init__(self) -> None:
        of = [each.of for each in self.facts] + [each.of for each in self.limits]
        every = np.array(of, dtype=np.float64).reshape(len(self.facts) + len(self.limits), -1)
        every = every[:, (every != 0).any(axis=0)]
        atoms, self.sizes = np.unique(every, axis=1, return_counts=True) if every.size else (every, np.zeros(0))
        self.rows, self.bounds = atoms[: len(self.facts)], atoms[len(self.facts) :]

    @property
    def told(self) -> np.ndarray:
        """The facts that are told, by their places."""
        return np.flatnonzero([each.bundle not in self.secret for each in self.facts])

    def by_sums(self) -> None:
        """Hide until no set of few is a sum of told counts, some of them taken away."""
        sought = self._sets(nested=False)
        while len(sought) and len(self.told):
            basis = _basis(self.rows[self.told])
            rest = sought - (sought @ basis.T) @ basis
            sought = sought[np.abs(rest).max(axis=1) < EXACT]
            if len(sought):
                parts, *_ = np.linalg.lstsq(self.rows[self.told].T, sought.T, rcond=None)
                used = (np.abs(parts) > EXACT) & self._may_be_hidden()[:, None]
                uses = used.sum(axis=1)
                sought = sought[used.any(axis=0)]  # what follows from what is always told cannot be helped
                if len(sought):
                    self._hide(self.told[uses == uses.max()])

    def by_programmes(self) -> None:
        """Hide until each set of few can be one more or less, for all that is told."""
        sought = self._sets(nested=True)
        low = high = sought @ self.sizes
        for place in range(len(sought)):
            while high[place] - low[place] < APART and len(self.told):
                ends = [self._end(sought[place], sign) for sign in (1, -1)]
                for x, _ in ends:
                    low, high = np.minimum(low, sought @ x), np.maximum(high, sought @ x)
                if high[place] - low[place] < APART:
                    may = self._may_be_hidden()
                    used = may & (np.abs(ends[0][1]) + np.abs(ends[1][1]) > EXACT)
                    if not may.any():
                        break
                    self._hide(self.told[used if used.any() else may])

    def _end(self, asked: np.ndarray, sign: int) -> tuple[np.ndarray, np.ndarray]:
        """A solution in which a set is as small (1) or as large (-1) as can be; what each told count weighs in it."""
        from scipy.optimize import linprog  # which who hides nothing need not wait for

        least, most = ([getattr(each, end) for each in self.limits] for end in ("least", "most"))
        rows = [sign * self.bounds[place] for sign, ends in ((-1, least), (1, most)) for place in _finite(ends)]
        ends = [sign * ends[place] for sign, ends in ((-1, least), (1, most)) for place in _finite(ends)]
        told = self.rows[self.told]
        found = linprog(
            sign * asked,
            A_eq=told,
            b_eq=told @ self.sizes,
            A_ub=np.array(rows) if rows else None,
            b_ub=np.array(ends) if rows else None,
            method="highs",
        )
        if found.x is None:  # unbounded: nothing that is told limits the set
            return self.sizes + 2 * (sign < 0) * asked, np.zeros(len(told))
        return found.x, np.asarray(found.eqlin.marginals)

    def _may_be_hidden(self) -> np.ndarray:
        """Of the facts that are told those that need not be."""
        return np.array([self.facts[place].bundle is not None for place in self.told], dtype=bool)

    def _hide(self, among: np.ndarray) -> None:
        """Hide the smallest of some told counts, with what is hidden with it."""
        counts = self.rows[among] @ self.sizes
        bundle = self.facts[among[int(np.argmin(counts))]].bundle
        self.secret |= {bundle, self.together.get(bundle, bundle)}

    def _sets(self, *, nested: bool) -> np.ndarray:
        """The sets of few, as rows over the atoms; `nested`: of pairs of groups those alone that lie in each other."""
        groups = np.unique(self.rows[np.isin(self.rows, (0, 1)).all(axis=1)], axis=0)
        counts, shared = groups @ self.sizes, (groups * self.sizes) @ groups.T
        found = dict.fromkeys(_few(groups, self.sizes, self.fewest))
        for place, group in enumerate(groups):
            inside = shared[place] == counts if nested else np.ones(len(groups), dtype=bool)
            inside &= self._is_few(counts[place] - shared[place])
            found |= dict.fromkeys(_few(group * (1 - groups[inside]), self.sizes, self.fewest))
            if not nested:
                found |= dict.fromkeys(_few(group * groups[self._is_few(shared[place])], self.sizes, self.fewest))
        width = self.rows.shape[1]
        packed = [np.unpackbits(np.frombuffer(each, dtype=np.uint8), count=width) for each in found]
        return np.array(packed, dtype=float).reshape(len(packed), width)

    def _is_few(self, counts: np.ndarray) -> np.ndarray:
        return np.asarray((counts > 0) & (counts < self.fewest))


def _few(sets: np.ndarray, sizes: np.ndarray, fewest: int) -> Iterator[bytes]:
    """Those of some sets in which there are few, packed."""
    counts = sets @ sizes
    for row in sets[(counts > 0) & (counts < fewest)]:
        yield np.packbits(row.astype(bool)).tobytes()


def _basis(rows: np.ndarray) -> np.ndarray:
    """An orthonormal basis of all sums of rows."""
    _, weights, basis = np.linalg.svd(rows, full_matrices=False)
    return np.asarray(basis[weights > EXACT * max(1.0, float(weights.max(initial=0.0)))])


def _finite(ends: Sequence[float]) -> np.ndarray:
    return np.flatnonzero(np.isfinite(ends))
