"""Why no plan can exist: a set of rules that cannot all be obeyed, though without any one of them they could.

What keeps cadres from starting - eligibility, service owed, seats that are meant for others, levels that nobody knows -
is no row of the model, but it forbids like one. So of the rules found it is asked which of it they need: starts that
are not admissible, of those whom these rules ask for, become columns, and every statement against them a row
(`planner.model.barred`). The set is then impossible by itself, whatever stands in the scenario beside it.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.model.barred import barred
from planner.model.matrix import feasibility
from planner.model.rows import Limit, ModelTables
from planner.model.rules import BARS, STATED
from planner.model.rules.rule import everybody
from planner.optimiser.decomposition import parts
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.quickxplain import Search, rows_by_label, search_among

STEPS: tuple[Limit, ...] = (("ladder_order", ()), ("requires", ()))
"""The rules of which an admissible start is known to obey what concerns its first steps."""
CONFLICT = ["rule", "where", "key", "minimal"]


@dataclass(frozen=True)
class Contradiction:
    """Statements that cannot all hold; `minimal`: it was shown, in the time there was, that each is needed.

    Without statements: the time ran out before it was known whether there is a contradiction, or a further one.
    """

    statements: tuple[Limit, ...]
    minimal: bool


def conflict(tables: ModelTables, effort: SolveLimits) -> pd.DataFrame:
    """The statements of an infeasible problem that contradict each other; each is needed for the conflict.

    Columns rule, where (the key as text), key (of the statement: a tuple of ids and numbers), minimal (whether the
    time sufficed to show that each is needed; the same in every row).
    """
    found = next(contradictions(tables, effort), Contradiction((), minimal=True))
    rows = [(rule, STATED[rule].where(key), key, found.minimal) for rule, key in found.statements]
    return pd.DataFrame(rows, columns=CONFLICT, dtype=object)


def contradictions(tables: ModelTables, effort: SolveLimits) -> Iterator[Contradiction]:
    """Conflicts of an infeasible problem that share no rule: each is found with the rules of those before set aside.

    Each set is shown to be contradictory by a solve of its own. If the time runs out, it may not be smallest, and the
    last is empty where there may be more.
    """
    statements = statements_of(tables)
    for part in parts(feasibility(tables)):
        search = Search(part.matrix, [statements[row] for row in part.rows], effort, tables.owner[part.columns])
        left = [statement for statement in search.rows if statement is not None]
        while search.impossible(left):
            found = search.explain([], False, search.core(left))
            if not found:  # the definitions alone are contradictory: nothing to set aside
                return
            whole, proven = _by_itself(tables, found, effort), not search.cut_short
            yield replace(whole, minimal=whole.minimal and proven)
            search.cut_short = False
            left = [statement for statement in left if statement not in found]
        if search.cut_short:
            yield Contradiction((), minimal=False)


def _by_itself(tables: ModelTables, rules: list[Limit], effort: SolveLimits) -> Contradiction:
    """Contradictory rules with as much of what keeps cadres from starting as their contradiction needs."""
    wider = barred(tables, rules)
    return by_itself(rules, feasibility(wider), rows_by_label(statements_of(wider)), wider.owner, effort)


def by_itself(
    rules: list[Limit],
    matrix: IntegerProgram,
    rows: Mapping[Limit | None, np.ndarray],
    owner: np.ndarray,
    effort: SolveLimits,
) -> Contradiction:
    """Contradictory rules with as much of what keeps cadres from starting as their contradiction needs.

    Where it needs the order of a ladder, or the levels that programmes require, fewer of the rules may do.

    Parameters
    ----------
    matrix, rows, owner
        Of the tables that `planner.model.barred` gives for the rules: the rows of each statement.
    """
    alone = search_among(rules, matrix, rows, effort, owner)
    if alone.impossible(rules) and alone.afresh(rules) == INFEASIBLE:
        return Contradiction(tuple(rules), minimal=True)
    bars = [statement for statement in rows if statement is not None and statement[0] in BARS]
    search = search_among([*rules, *STEPS, *bars], matrix, rows, effort, owner)
    beside = [statement for statement in bars if statement in search.rows]
    beside += [statement for statement in STEPS if statement in search.rows and statement not in rules]
    if not search.impossible([*rules, *beside]):  # no time to show it
        return Contradiction(tuple(rules), minimal=False)
    found = [*rules, *search.explain(rules, True, beside)]
    if not set(STEPS).isdisjoint(found):
        found = search.explain([], False, found)
    if search.afresh(found) in (OPTIMAL, FEASIBLE):  # an engine lost its numbers on the way
        return Contradiction((*rules, *beside), minimal=False)
    return Contradiction(tuple(found), minimal=not search.cut_short)


def statements_of(tables: ModelTables) -> list[Limit | None]:
    """The statement of the scenario that each row belongs to; None where the row only defines a column."""
    statements: list[Limit | None] = []
    for block in tables.blocks:
        rule = STATED.get(block.rule)
        if rule is None or rule.statement is everybody:
            statements += [None if rule is None else (block.rule, everybody(()))] * len(block.limit)
        else:
            stated = map(rule.statement, tables.keys_of(block))
            statements += [None if key is None else (block.rule, key) for key in stated]
    return statements
