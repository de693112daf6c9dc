"""A certificate checked: goal by goal, what it proves of the scenario's plans, in whole numbers and without an engine.

The statement about a goal is: of all plans that obey every rule and are no worse in each goal that ranks before, none
is better in this one. Goals are checked in their order, each with the rows "no worse than the plan" of those before;
whether the goals before are proven themselves is told with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from planner.inputs.problem import Problem
from planner.verification.goals import GOALS
from planner.verification.numbers import Number
from planner.verification.proof.bounds import Bounder
from planner.verification.proof.certificate import Branch, Certificate, GoalCertificate, Leaf, Node
from planner.verification.proof.choices import MisfitError
from planner.verification.proof.joint_rules import rows_of
from planner.verification.proof.objectives import Objective, objectives
from planner.verification.proof.rows import Key, Row, Rows
from planner.verification.proof.study_plans import StudyPlans

GOAL = "goal"  # the first part of the key of the row that keeps an earlier goal


@dataclass(frozen=True)
class ProvenGoal:
    """What a certificate proves of one goal.

    Attributes
    ----------
    value
        The plan's, recomputed.
    bound
        What no plan surpasses, as far as the certificate proves it; None: it proves nothing.
    leaves
        Into how many sets the plans were divided.
    certified
        Whether value and bound meet.
    claimed
        Whether the certificate says so.
    fault
        What is wrong with the certificate: "" nothing, `row` or `column`: it names one that there is not, `numbers`:
        they are negative or too large, `surpassed`: it proves more than the plan, which then breaks a rule.
    """

    goal: str
    sense: str
    value: Number
    bound: Number | None
    leaves: int
    certified: bool
    claimed: bool
    fault: str = ""


class Checker:
    """The rows of a problem, against which certificates are held."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows: Rows = rows_of(StudyPlans(problem))
        self._bounder = Bounder(self.rows)
        starts = self.rows.study_plans.starts
        keys = zip(starts["cadre"], starts["programme"], starts["start"], strict=True)
        self.columns: dict[Key, int] = {
            **{
                ("start", str(cadre), str(programme), int(year)): at for at, (cadre, programme, year) in enumerate(keys)
            },
            **self.rows.columns,
        }

    def leaf(
        self,
        goal: Objective,
        leaf: Leaf,
        earlier: Mapping[Key, Row],
        limits: Mapping[Key, tuple[int, int]],
    ) -> Fraction | None:
        """The smallest value of the objective that the leaf's multipliers leave possible; None: there is no plan.

        Raises
        ------
        MisfitError
            The leaf names a row or column that there is not, or has impossible numbers.
        """
        confined = {self._column(key): ends for key, ends in limits.items()}
        total = self._bounder.bound(goal, leaf.multipliers, leaf.denominator, earlier, confined)
        return None if total is None else Fraction(total, leaf.denominator)

    def check(self, values: Mapping[str, Number], certificate: Certificate) -> list[ProvenGoal]:
        """What a certificate proves of every goal that the scenario ranks.

        Parameters
        ----------
        values
            The plan's value of each goal, recomputed.
        """
        kept = {each.goal: each for each in certificate}
        written = objectives(self.rows, self.problem.scenario.goals)
        earlier: dict[Key, Row] = {}
        proven = []
        for goal in self.problem.scenario.goals:
            own, entry, value = written.get(goal), kept.get(str(goal)), values[str(goal)]
            if own is None or entry is None:
                sense, claimed = GOALS[goal.kind].sense, entry is not None and entry.complete
                proven.append(ProvenGoal(str(goal), sense, value, None, 0, certified=False, claimed=claimed))
            else:
                proven.append(self._held_against(own, entry, value, earlier))
            if own is not None:
                earlier[GOAL, str(goal)] = own.no_worse(value)
        return proven

    def _held_against(
        self, own: Objective, entry: GoalCertificate, value: Number, earlier: Mapping[Key, Row]
    ) -> ProvenGoal:
        bound, leaves, fault = self._proven(own, entry.proof, earlier)
        certified = not fault and bound == own.written(value)
        if not fault and (bound is None or bound > own.written(value)):
            fault = "surpassed"
        shown = None if fault or bound is None else _plain(own.read(bound))
        sense = "min" if own.sign == 1 else "max"
        return ProvenGoal(entry.goal, sense, value, shown, leaves, certified, entry.complete, fault)

    def _proven(self, goal: Objective, proof: Node, earlier: Mapping[Key, Row]) -> tuple[int | None, int, str]:
        """The weakest bound of a proof's leaves, rounded up to a value that the goal can have; leaves; the fault."""
        weakest: Fraction | None = None
        leaves = 0
        waiting: list[tuple[Node, dict[Key, tuple[int, int]]]] = [(proof, {})]
        try:
            while waiting:
                node, limits = waiting.pop()
                if isinstance(node, Branch):
                    low, high = limits.get(node.column, (0, self._most(node.column)))
                    waiting.append((node.high, {**limits, node.column: (max(low, node.most + 1), high)}))
                    waiting.append((node.low, {**limits, node.column: (low, min(high, node.most))}))
                    continue
                leaves += 1
                bound = self.leaf(goal, node, earlier, limits)
                if bound is not None and (weakest is None or bound < weakest):
                    weakest = bound
        except MisfitError as error:
            return None, leaves, error.what
        return None if weakest is None else -(-weakest // goal.step) * goal.step, leaves, ""

    def _column(self, key: Key) -> int:
        if key not in self.columns:
            raise MisfitError("column")
        return self.columns[key]

    def _most(self, key: Key) -> int:
        """The largest value of a column."""
        return self.rows.upper.get(self._column(key), 1)


def _plain(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else number
