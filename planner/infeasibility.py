"""Why no plan can exist: a set of rules that cannot all be obeyed, though without any one of them they could.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.model.matrix import feasibility
from planner.model.rows import ModelTables
from planner.optimiser.decomposition import parts
from planner.optimiser.integer_program import SolveLimits
from planner.optimiser.quickxplain import Label, Search

DEFINITIONS = ("shortfall", "below_min", "attained", "away")  # rows that define a column; no rules
ONCE = ("cadre", "ladder", "level")  # the key of the rows by which a level reached twice would not count twice
WHOLE = ("one_at_a_time", "ladder_order")  # rules that are one statement about everybody


def conflict(tables: ModelTables, effort: SolveLimits) -> pd.DataFrame:
    """The rules of an infeasible problem that contradict each other: rule, where; each is needed for the conflict."""
    found = next(contradictions(tables, effort), [])
    return pd.DataFrame(found, columns=["rule", "where"])


def contradictions(tables: ModelTables, effort: SolveLimits) -> Iterator[list[Label]]:
    """Conflicts of an infeasible problem that share no rule: each is found with the rules of those before set aside.

    Every claim is a solve of its own: no engine's core is trusted. If the time runs out, a set is still contradictory
    but may not be smallest.
    """
    labels = labels_of(tables)
    for part in parts(feasibility(tables)):
        search = Search(part.matrix, [labels[row] for row in part.rows], effort)
        left = [label for label in search.rows if label is not None]
        while search.impossible(left):
            found = search.explain([], False, search.core(left))
            if not found:  # the definitions alone are contradictory: nothing to set aside
                return
            yield found
            left = [label for label in left if label not in found]


def labels_of(tables: ModelTables) -> list[Label | None]:
    """The rule of each row and what it speaks of, as people name it; None where the row only defines a column."""
    return [_label(rule, key) for rule, key in tables.row_keys()]


def _label(rule: str, key: tuple[str | int, ...]) -> Label | None:
    if rule in DEFINITIONS or (rule == "ladder_order" and len(key) == len(ONCE)):
        return None
    if rule in WHOLE:
        return rule, ""
    parts = key if rule in ("absence", "leaders") else key[:1] if rule in ("classes", "pins") else key
    return rule, ", ".join(map(str, parts))
