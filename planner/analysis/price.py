"""What it costs to force a start into the plan, or to take one out: the best plan with it and without it, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from planner.analysis.asked import Asked
from planner.analysis.statements import Statement, stated
from planner.analysis.what_if import Outcome, Values, WhatIf, change, starts_of, with_pin, without_lot, worth
from planner.inputs.scenario.schema import Pin
from planner.model.goals import telling
from planner.plans.plan import Plan

Start = tuple[str, str, int]  # cadre, programme, year


@dataclass(frozen=True)
class Price:
    """The difference that a pin makes to the best plan.

    Attributes
    ----------
    possible
        Whether any plan obeys the pin.
    change
        By goal, `lot` left out: value with the pin less value without, in the goal's own sense.
    decided_by
        The first goal that changes, so the one that is worse; empty where none is: it is free, the lot decides.
    gains, loses
        The starts that the best plan with the pin has and the plan at hand has not, and the other way round: the
        fewest there can be. Other exchanges may do as well.
    conflict
        Where impossible: rules that contradict the pin.
    minimal
        Whether the time sufficed to show that each of these is needed.
    """

    possible: bool
    change: dict[str, Fraction]
    decided_by: str
    gains: tuple[Start, ...]
    loses: tuple[Start, ...]
    conflict: tuple[Statement, ...] = ()
    minimal: bool = True

    @property
    def free(self) -> bool:
        """Whether the plan with the pin is as good as the best."""
        return self.possible and not self.decided_by


def price_of(what_if: WhatIf, kind: str, pin: Pin, *, exchange: bool = True) -> Price:
    """The price of a pin: of having a start (`require`), or of not having it (`forbid`).

    Without `exchange` it is not asked which starts come and go; that takes less time.
    """
    proven = what_if.proven
    asked = Asked(require=(pin,)) if kind == "require" else Asked(forbid=(pin,))
    if proven.x is not None and proven.obeys(asked, proven.at_hand(what_if.plan)):
        return _priced(change(what_if.plan, what_if.plan))
    after = what_if.after(asked, near=exchange)
    if after is None:
        return _impossible(what_if, kind, pin)
    differs = change(what_if.plan, after)
    return _exchanged(differs, starts_of(what_if.plan), after.starts) if exchange else _priced(differs)


def _impossible(what_if: WhatIf, kind: str, pin: Pin) -> Price:
    """No plan obeys the pin: which rules contradict it."""
    forced = what_if.best(with_pin(without_lot(what_if.problem), kind, pin))
    rules = zip(forced.conflict["rule"], forced.conflict["key"], strict=True)
    own = ("pins", (len(what_if.problem.scenario.pins.require),))
    minimal = bool(forced.conflict["minimal"].all()) and not forced.conflict.empty
    conflict = tuple(stated(forced.problem, rule) for rule in rules if rule != own)
    return Price(False, {}, "", (), (), conflict, minimal)


def _priced(differs: dict[str, Fraction]) -> Price:
    return Price(True, differs, next((goal for goal, by in differs.items() if by), ""), (), ())


def _exchanged(differs: dict[str, Fraction], before: Sequence[Start], after: Sequence[Start]) -> Price:
    """The price with the starts that come and go."""
    had, has = frozenset(before), frozenset(after)
    gains = tuple(start for start in after if start not in had)
    loses = tuple(start for start in before if start not in has)
    return replace(_priced(differs), gains=gains, loses=loses)


def better(what_if: WhatIf, one: Plan | Outcome | Values, two: Plan | Outcome | Values) -> bool:
    """Whether the first plan, or its values, is better than the second: in the first goal of both that differs."""
    senses = dict(zip(what_if.plan.goals["goal"], what_if.plan.goals["sense"], strict=True))
    ours, theirs = worth(one), worth(two)
    for goal in telling(list(ours)):
        if goal in theirs and ours[goal] != theirs[goal]:
            return (ours[goal] < theirs[goal]) == (senses[goal] == "min")
    return False
