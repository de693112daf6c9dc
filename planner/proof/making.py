"""How the certificate of a plan is found: the relaxation's duals, after cuts, and where they do not do, division.

For each goal the multipliers are tried as whoever checks them will: what is kept has been checked. A plan's own values
are known, so that the search looks for nothing but a proof.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.inputs.problem import Problem
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import SolveLimits
from planner.proof.relaxation import ProofProgram, Relaxed
from planner.verification.numbers import Number
from planner.verification.proof.certificate import Branch, GoalCertificate, Leaf, Node
from planner.verification.proof.checking import GOAL, Checker
from planner.verification.proof.objectives import Objective, objectives
from planner.verification.proof.rows import Key, Row

MOST_LEAVES = 200  # sets into which the plans of one goal are divided
MOST_ROUNDS = 20  # rounds of cuts for one of them
WHOLE = 1e-6  # how far from a whole number a value of the relaxation counts as one


@dataclass(frozen=True)
class Sought:
    """A goal to prove: as the relaxation has it, as the checker has it, the value that no plan may surpass."""

    goal: Goal
    objective: Objective
    value: int
    earlier: Mapping[Key, Row]


def make_certificate(problem: Problem, values: Mapping[str, Number], seconds: float) -> list[GoalCertificate]:
    """The certificate of a plan.

    Parameters
    ----------
    values
        The plan's value of each goal, recomputed.
    seconds
        How long to look for proofs; what is not found by then is left out or kept incomplete [seconds].

    Returns
    -------
    list of GoalCertificate
        In the order of the goals. Incomplete: the best single bound that was found.
    """
    checker = Checker(problem)
    effort = SolveLimits(time.monotonic() + seconds)
    program = ProofProgram(checker, effort)
    earlier: dict[Key, Row] = {}
    certificate = []
    written = objectives(checker.rows, problem.scenario.goals)
    for goal, name in zip(program.goals, problem.scenario.goals, strict=True):
        if name not in written:  # nobody could check it
            continue
        own = written[name]
        alike = replace(goal, coefficients=goal.coefficients * float(own.scale / goal.scale))
        sought = Sought(alike, own, own.written(values[name]), dict(earlier))
        found = _Search(program, checker, sought).certificate()
        if found is not None:
            certificate.append(found)
        earlier[GOAL, str(name)] = own.no_worse(values[name])
        program.keep(alike, sought.value)
    return certificate


class _Search:
    """The search for the proof of one goal, depth first."""

    def __init__(self, program: ProofProgram, checker: Checker, sought: Sought) -> None:
        self.program, self.checker, self.sought = program, checker, sought
        self.leaves = 0
        self.first: Leaf | None = None  # the best leaf of the plans undivided

    def certificate(self) -> GoalCertificate | None:
        """The proof, or the bound that falls short of it; None where there is nothing."""
        proof = self._proof({})
        name = str(self.sought.goal.name)
        if proof is not None:
            return GoalCertificate(name, proof, complete=True)
        return GoalCertificate(name, self.first, complete=False) if self.first is not None else None

    def _proof(self, limits: dict[int, tuple[int, int]]) -> Node | None:
        """A proof for the plans within limits; None where none is found."""
        if self.leaves >= MOST_LEAVES:
            return None
        relaxed = self.program.relaxed(self.sought.goal, limits)
        for _ in range(MOST_ROUNDS):
            if relaxed is None:
                return None
            if self._reaches(relaxed.leaf, limits):
                self.leaves += 1
                return relaxed.leaf
            if not limits:
                self.first = relaxed.leaf
            if relaxed.x is None or not self.program.cut(relaxed.x):
                break
            relaxed = self.program.relaxed(self.sought.goal, limits)
        return self._divided(relaxed, limits)

    def _divided(self, relaxed: Relaxed | None, limits: dict[int, tuple[int, int]]) -> Node | None:
        column = None if relaxed is None or relaxed.x is None else self._most_mixed(relaxed.x)
        if column is None or relaxed is None or relaxed.x is None:
            return None
        most = int(np.floor(relaxed.x[column]))
        low, high = limits.get(column, (0, 10**9))
        below = self._proof({**limits, column: (low, most)})
        above = None if below is None else self._proof({**limits, column: (most + 1, high)})
        if below is None or above is None:
            return None
        return Branch(self.program.columns[column], most, below, above)

    def _reaches(self, leaf: Leaf, limits: Mapping[int, tuple[int, int]]) -> bool:
        """Whether a leaf proves that no plan within the limits is better than the value."""
        named = {self.program.columns[column]: ends for column, ends in limits.items()}
        bound = self.checker.leaf(self.sought.objective, leaf, self.sought.earlier, named)
        return bound is None or bound > self.sought.value - self.sought.objective.step

    def _most_mixed(self, x: np.ndarray) -> int | None:
        """The column furthest from a whole number: one that counts many cadres if any is mixed, else a start."""
        known = np.array(sorted(self.program.columns), dtype=int)
        mixed = np.abs(x[known] - np.round(x[known]))
        start, joint = known < self.program.starts, self.program.owner[known] < 0
        for some in (joint, start, ~start):
            if len(mixed[some]) and mixed[some].max() > WHOLE:
                return int(known[some][np.argmax(mixed[some])])
        return None
