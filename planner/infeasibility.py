"""Why no plan can exist: a set of rules that cannot all be obeyed, though without any one of them they could.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.model.matrix import feasibility
from planner.model.rows import Limit, ModelTables
from planner.model.rules import RULES, statement_of
from planner.optimiser.decomposition import parts
from planner.optimiser.integer_program import SolveLimits
from planner.optimiser.quickxplain import Search

CONFLICT = ["rule", "where", "key"]


def conflict(tables: ModelTables, effort: SolveLimits) -> pd.DataFrame:
    """The rules of an infeasible problem that contradict each other; each is needed for the conflict.

    Columns rule, where (the key as text), key (of the statement: a tuple of ids and numbers).
    """
    found = next(contradictions(tables, effort), [])
    rows = [(rule, RULES[rule].where(key), key) for rule, key in found]
    return pd.DataFrame(rows, columns=CONFLICT, dtype=object)


def contradictions(tables: ModelTables, effort: SolveLimits) -> Iterator[list[Limit]]:
    """Conflicts of an infeasible problem that share no rule: each is found with the rules of those before set aside.

    Each set is shown to be contradictory by a solve of its own. If the time runs out, it may not be smallest.
    """
    statements = statements_of(tables)
    for part in parts(feasibility(tables)):
        search = Search(part.matrix, [statements[row] for row in part.rows], effort)
        left = [statement for statement in search.rows if statement is not None]
        while search.impossible(left):
            found = search.explain([], False, search.core(left))
            if not found:  # the definitions alone are contradictory: nothing to set aside
                return
            yield found
            left = [statement for statement in left if statement not in found]


def statements_of(tables: ModelTables) -> list[Limit | None]:
    """The statement of the scenario that each row belongs to; None where the row only defines a column."""
    return [statement_of(limit) for limit in tables.row_keys()]
