"""Cuts: what every study plan of one cadre obeys, and a mixture of halves does not.

How it works. The rules that speak of one cadre alone leave him a few thousand *study plans*: sets of starts that go
together. A plan for everybody chooses one of them for each, so the part of the relaxation's solution that belongs to a
cadre should lie in the convex hull of his study plans. Where it does not, there is an inequality

    a x <= b    for every study plan x of the cadre,    but a x* > b

and adding it to the rows takes the mixture away. Typical is a cycle of five starts each of which excludes the next:
the rows let the relaxation choose half of each, two and a half in all; the cut says two. These cuts bring the bound of
the relaxation nearly always to the value of the best plan (0.12 % of distance to none on the province's communes).

1. Cadres whose starts are joined by the same rows are of one *kind*: some 200 kinds in a district, 500 in a province.
   The study plans of a kind are enumerated once, when first needed: at most some 13,000.
2. Of the study plans that use only starts of the mixture, a small LP finds the inequality that x* breaks most (the
   reverse polar, with b = 1); the LPs of all cadres are solved as one.
3. Its coefficients are made whole numbers, and every other start of the cadre gets the largest coefficient that keeps
   the inequality true (sequential lifting, exact because the plans are listed). What is not true of every study plan
   listed is thrown away, so that no engine's tolerance enters: a cut is proven by enumeration.
4. It is added for every cadre of the kind whose mixture breaks it.

References
----------
Boyd, "Fenchel cutting planes for integer programs", Operations Research 42 (1994).
Padberg, "On the facial structure of set packing polyhedra", Mathematical Programming 5 (1973): odd cycles, lifting.
Balas, "Facets of the knapsack polytope", Mathematical Programming 8 (1975): lifting one variable after another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import relax

MOST_PLANS = 50_000  # study plans of one kind; a kind with more gets no cuts
LARGEST_COEFFICIENT = 60  # of a cut in whole numbers
VIOLATION = 1e-3  # a cut is worth a row if it is broken by so much, relative to its right-hand side
NONZERO = 1e-7  # smaller values of the relaxation count as 0


@dataclass(frozen=True)
class Kind:
    """What the rules say of one cadre: rows over his columns, each at most `upper`."""

    terms: np.ndarray
    upper: np.ndarray

    def plans(self) -> np.ndarray | None:
        """Every set of columns that obeys the rows: Boolean, plans x columns; None if there are too many."""
        rows, columns = self.terms.shape
        relief = np.append(np.cumsum(np.minimum(self.terms, 0)[:, ::-1], axis=1)[:, ::-1], np.zeros((rows, 1)), axis=1)
        plans, activity = np.zeros((1, columns), dtype=bool), np.zeros((1, rows))
        for column in range(columns):
            most = self.upper - relief[:, column + 1] + NONZERO  # what later columns may still take back
            with_it = activity + self.terms[:, column]
            able, unable = (with_it <= most).all(axis=1), (activity <= most).all(axis=1)
            chosen = plans[able]
            chosen[:, column] = True
            plans, activity = np.vstack([plans[unable], chosen]), np.vstack([activity[unable], with_it[able]])
            if len(plans) > MOST_PLANS:
                return None
        return plans


class CutGenerator:
    """The hulls of all cadres' study plans in a matrix.

    Parameters
    ----------
    matrix
        Its rows that speak of one cadre alone are the rules of his study plans.
    owner
        For each column the cadre it belongs to, -1 for none. The columns of a cadre are 0 or 1.
    firm
        Which rows the cuts may rest on; by default all.

    Attributes
    ----------
    owners, number
        How many cadres have columns; for each column the number of its cadre among them, -1 for none.
    kind
        The kind of each cadre.
    own_rows
        The rows that the study plans rest on (Boolean).
    """

    def __init__(self, matrix: IntegerProgram, owner: np.ndarray, firm: np.ndarray | None = None) -> None:
        self.owner = owner
        self._firm = np.ones(len(matrix.row_upper), dtype=bool) if firm is None else firm
        owned = np.argsort(owner, kind="stable")
        self._columns = owned[np.searchsorted(owner[owned], 0) :]  # cadre by cadre
        belongs = owner[self._columns]
        self._first = np.flatnonzero(np.diff(belongs, prepend=-1))
        self._last = np.append(self._first, len(belongs))[1:]
        self.owners, self.number = len(self._first), np.full(len(owner), -1)
        self.number[self._columns] = np.repeat(np.arange(len(self._first)), self._last - self._first)
        self._kinds: list[Kind] = []
        self.own_rows = np.zeros(len(matrix.row_upper), dtype=bool)
        self.kind = self._find_kinds(matrix)
        self._plans: dict[int, np.ndarray | None] = {}
        self._lifted: dict[tuple[int, bytes, bytes], np.ndarray | None] = {}
        self._inside: dict[tuple[int, bytes], np.ndarray] = {}  # plans made of some columns alone
        self._known: dict[tuple[int, bytes, bytes], np.ndarray] = {}  # inequalities found for mixtures met before

    def cuts(self, x: np.ndarray, effort: SolveLimits) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Rows that every plan obeys and a solution of the relaxation does not, and the most that each may be."""
        mixed = (x > NONZERO) & (x < 1 - NONZERO) & (self.number >= 0)
        mixtures = [found for cadre in np.unique(self.number[mixed]) if (found := self._mixture(int(cadre), x))]
        broken: dict[tuple[int, bytes], np.ndarray] = {}
        new = {mixture.key: mixture for mixture in mixtures if mixture.key not in self._known}
        self._known |= zip(new, _inequalities([*new.values()], effort), strict=False)
        for mixture in mixtures:
            coefficients = self._known.get(mixture.key)
            cut = None if coefficients is None else self._cut(mixture, coefficients)
            if cut is not None:
                broken[mixture.kind, cut.tobytes()] = cut
        return self._rows([(kind, cut) for (kind, _), cut in broken.items()], x)

    def own_plans(self, number: int) -> tuple[np.ndarray, np.ndarray | None]:
        """The columns of an owner, and his study plans (Boolean, plans x columns); None if there are too many."""
        return self._columns[self._first[number] : self._last[number]], self._plans_of(int(self.kind[number]))

    def _find_kinds(self, matrix: IntegerProgram) -> np.ndarray:
        """The kind of each cadre; fills the list of kinds."""
        terms = matrix.terms
        filled = np.flatnonzero(np.diff(terms.indptr) > 0)
        cadre = self.number[terms.indices]
        least, most = (extreme.reduceat(cadre, terms.indptr[filled]) for extreme in (np.minimum, np.maximum))
        own = (least == most) & (least >= 0) & np.isfinite(matrix.row_upper[filled]) & self._firm[filled]
        rows, cadres = filled[own], least[own]
        self.own_rows[rows] = True
        order = np.argsort(cadres, kind="stable")
        rows, cadres = rows[order], cadres[order]
        position = np.zeros(terms.shape[1], dtype=int)
        position[self._columns] = np.arange(len(self._columns))
        of_rows = terms[rows]
        start, end = np.searchsorted(cadres, [np.arange(len(self._first)), np.arange(1, len(self._first) + 1)])
        kind, known = np.zeros(len(self._first), dtype=int), dict[tuple[object, ...], int]()
        for number, (first, last, begin, stop) in enumerate(zip(self._first, self._last, start, end, strict=True)):
            pointers = of_rows.indptr[begin : stop + 1]
            inside = slice(pointers[0], pointers[-1])
            columns, data = position[of_rows.indices[inside]] - first, of_rows.data[inside]
            upper = matrix.row_upper[rows[begin:stop]]
            pattern = pointers - pointers[0]
            key = (last - first, pattern.tobytes(), columns.tobytes(), data.tobytes(), upper.tobytes())
            if key not in known:
                known[key] = len(self._kinds)
                shape = (int(stop - begin), int(last - first))
                self._kinds.append(Kind(sparse.csr_matrix((data, columns, pattern), shape).toarray(), upper))
            kind[number] = known[key]
        return kind

    def _plans_of(self, kind: int) -> np.ndarray | None:
        if kind not in self._plans:
            self._plans[kind] = self._kinds[kind].plans()
        return self._plans[kind]

    def _mixture(self, cadre: int, x: np.ndarray) -> _Mixture | None:
        kind = int(self.kind[cadre])
        plans = self._plans_of(kind)
        if plans is None:
            return None
        share = x[self._columns[self._first[cadre] : self._last[cadre]]]
        support = np.flatnonzero(share > NONZERO)
        key = kind, support.tobytes()
        if key not in self._inside:
            outside = np.ones(len(share), dtype=bool)
            outside[support] = False
            inside = plans[~plans[:, outside].any(axis=1)][:, support]
            self._inside[key] = inside[inside.any(axis=1)]
        return _Mixture(kind, support, self._inside[key], share[support])

    def _cut(self, mixture: _Mixture, coefficients: np.ndarray) -> np.ndarray | None:
        """The inequality in whole numbers, its right-hand side first, over all columns of the kind; None if none."""
        whole = _whole(coefficients)
        if whole is None or whole[1:] @ mixture.share <= whole[0] * (1 + VIOLATION):
            return None
        key = (mixture.kind, mixture.support.tobytes(), whole.tobytes())
        if key not in self._lifted:
            plans = self._plans_of(mixture.kind)
            self._lifted[key] = None if plans is None else _lifted(plans, mixture.support, whole)
        return self._lifted[key]

    def _rows(self, cuts: list[tuple[int, np.ndarray]], x: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Each cut for all cadres of its kind whose mixture breaks it."""
        nothing = np.zeros(0, dtype=int)
        found = [(nothing, nothing, nothing.astype(float))]  # row, column, coefficient
        upper: list[float] = []
        for kind, cut in cuts:
            same = np.flatnonzero(self.kind == kind)
            columns = self._columns[self._first[same][:, None] + np.arange(len(cut) - 1)]
            columns = columns[x[columns] @ cut[1:] > cut[0] * (1 + VIOLATION / 2)][:, cut[1:] != 0]
            rows = np.repeat(np.arange(len(columns)) + len(upper), columns.shape[1])
            found.append((rows, columns.ravel(), np.tile(cut[1:][cut[1:] != 0], len(columns))))
            upper += [float(cut[0])] * len(columns)
        row, column, coefficient = (np.concatenate(pieces) for pieces in zip(*found, strict=True))
        return sparse.csr_matrix((coefficient, (row, column)), (len(upper), len(x))), np.array(upper)


@dataclass(frozen=True)
class _Mixture:
    """The relaxation's solution for one cadre: the starts it uses, their shares, the study plans made of them."""

    kind: int
    support: np.ndarray
    plans: np.ndarray
    share: np.ndarray

    @property
    def key(self) -> tuple[int, bytes, bytes]:
        """What tells it from others, but for errors of rounding."""
        return self.kind, self.support.tobytes(), np.round(self.share, 9).tobytes()


def _inequalities(mixtures: list[_Mixture], effort: SolveLimits) -> list[np.ndarray]:
    """For each mixture the coefficients a, a x <= 1 for its plans, whose value for its shares is largest; none at all
    where the time does not suffice.

    a = p - n with p, n >= 0; a little is charged for n, so that rows the relaxation obeys anyway are not mixed in.
    """
    if not mixtures:
        return []
    plans = sparse.block_diag([mixture.plans for mixture in mixtures], format="csr").astype(float)
    share = np.concatenate([mixture.share for mixture in mixtures])
    size = len(share)
    matrix = IntegerProgram(
        np.concatenate([-share, share + VIOLATION / 100]),
        sparse.hstack([plans, -plans], format="csr"),
        np.full(plans.shape[0], -np.inf),
        np.ones(plans.shape[0]),
        np.zeros(2 * size),
        np.full(2 * size, 10.0),
    )
    solved = relax(matrix, effort)
    if solved.status != OPTIMAL:
        return []
    ends = np.cumsum([len(mixture.share) for mixture in mixtures])[:-1]
    return np.split(solved.x[:size] - solved.x[size:], ends)


def _whole(coefficients: np.ndarray) -> np.ndarray | None:
    """1 and the coefficients, times the smallest number that makes them whole; None if none does."""
    for factor in range(1, LARGEST_COEFFICIENT + 1):
        times = np.round(coefficients * factor)
        if np.abs(times - coefficients * factor).max() < 1e-5 * factor:
            return np.append(factor, times) if np.abs(times).max() <= LARGEST_COEFFICIENT else None
    return None


def _lifted(plans: np.ndarray, support: np.ndarray, whole: np.ndarray) -> np.ndarray | None:
    """The inequality with the largest coefficients for the other columns; None if a plan breaks it after all."""
    coefficients = np.zeros(plans.shape[1])
    coefficients[support] = whole[1:]
    waiting = np.ones(plans.shape[1], dtype=bool)
    waiting[support] = False
    values = plans @ coefficients
    to_come = plans[:, waiting].sum(axis=1)  # columns of each plan that have no coefficient yet
    for column in np.flatnonzero(waiting):
        holding = plans[:, column]
        last = holding & (to_come == 1)
        if last.any():
            coefficients[column] = whole[0] - values[last].max()
        to_come[holding] -= 1
        values[holding] += coefficients[column]
    return np.append(whole[0], coefficients) if values.max() <= whole[0] else None
