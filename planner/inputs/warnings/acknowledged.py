"""What of the warnings somebody has acknowledged: the open ones are told, the others counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.common.errors import nearest
from planner.inputs.problem import Problem
from planner.inputs.warnings.warning import ScenarioWarning, warning_at


@dataclass(frozen=True)
class SortedWarnings:
    """All warnings: those still open, and those that the scenario's `acknowledged` names."""

    open: tuple[ScenarioWarning, ...]
    acknowledged: tuple[ScenarioWarning, ...]


def sorted_by_acknowledgement(problem: Problem, found: Iterable[ScenarioWarning]) -> SortedWarnings:
    """The warnings apart; an acknowledged id that no warning has is an open warning itself.

    Not where the scenario has it from the one that it extends: what is so there need not be so here.
    """
    warnings: Sequence[ScenarioWarning] = list(found)
    named = problem.scenario.acknowledged
    ids = {warning.id for warning in warnings}
    stale = [
        warning_at(problem, ("acknowledged", index), "warning_idle_acknowledgement", name, **told)
        for index, name in enumerate(named)
        if name not in ids and not problem.source.inherited(("acknowledged", index))
        for told in [{"name": name, "nearest": nearest(name, ids - {*named})}]
    ]
    return SortedWarnings(
        (*(warning for warning in warnings if warning.id not in named), *stale),
        tuple(warning for warning in warnings if warning.id in named),
    )
