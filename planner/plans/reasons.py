"""Why a start is in a plan and who signs for it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.messages import localised, say
from planner.plans.serves import Purpose, read


def authorities(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    """Who signs for each start: the authority of the first approval entry that matches, empty without one."""
    signs = np.full(len(starts), "", dtype=object)
    for name, entry in reversed(problem.scenario.approval.items()):
        listed = np.ones(len(starts), dtype=bool)
        if entry.programmes is not None:
            listed = starts["programme"].isin(problem.programme_ids(entry.programmes)).to_numpy()
        if entry.years is not None:
            listed = listed & starts["start"].between(entry.years.from_, entry.years.to).to_numpy()
        signs[listed & problem.approvers[name][starts["cadre"]]] = localised(entry.authority)
    return signs


def reasons(problem: Problem, serves: Iterable[str]) -> list[str]:
    """Why each start is in the plan, by its cell `serves` in assignments.csv and by nothing else."""
    return [reason(problem, read(cell)) for cell in serves]


def reason(problem: Problem, purposes: Sequence[Purpose]) -> str:
    """The purposes of one start in words, those of a kind together."""
    if not purposes:
        return say("reason_beyond")
    kinds = dict.fromkeys(kind for kind, _ in purposes)
    return ". ".join(say(f"serves_{kind}", what="; ".join(_titles(problem, kind, purposes))) for kind in kinds)


def _titles(problem: Problem, kind: str, purposes: Sequence[Purpose]) -> list[str]:
    scenario = problem.scenario
    sections: dict[str, Mapping[str, Any]] = {
        "target": scenario.targets,
        "floor": scenario.seats,
        "share": scenario.shares,
        "step": scenario.programmes,
        "class": scenario.programmes,
    }
    entries = sections.get(kind, {})
    names = [what.partition("/") for each, what in purposes if each == kind]
    titles = [(localised(entries[name].title, name) if name in entries else name, year) for name, _, year in names]
    whole = say("whole_period") if kind == "floor" else ""  # a minimum is one of a year or one of all years
    return [f"{title} ({year or whole})" if year or whole else title for title, year in titles]
