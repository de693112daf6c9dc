"""The rules, each one object; names and order are those of the contract, section 5."""

from planner.model.rows import Limit
from planner.model.rules.absence import ABSENCE, LEADERS
from planner.model.rules.bars import BARS
from planner.model.rules.budget import BUDGET
from planner.model.rules.classes import CLASSES
from planner.model.rules.ladder_order import LADDER_ORDER
from planner.model.rules.must import MUST
from planner.model.rules.one_at_a_time import ONE_AT_A_TIME
from planner.model.rules.pins import PINS
from planner.model.rules.requires import REQUIRES
from planner.model.rules.rule import Rule
from planner.model.rules.seats import PER_AGENCY, SEATS
from planner.model.rules.study_load import STUDY_LOAD

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        *(ONE_AT_A_TIME, LADDER_ORDER, SEATS, REQUIRES, PER_AGENCY, STUDY_LOAD),
        *(ABSENCE, LEADERS, CLASSES, BUDGET, PINS, MUST),
    )
}

STATED = {**RULES, **BARS}
"""Everything that a conflict may name: the rules, and what keeps cadres from starting (the contract, section 4)."""

__all__ = ["BARS", "RULES", "STATED", "Rule", "statement_of"]


def statement_of(limit: Limit) -> Limit | None:
    """The statement that a row belongs to, by the row's rule and readable key; None: it only defines a column."""
    name, key = limit
    rule = STATED.get(name)
    statement = rule.statement(key) if rule is not None else None
    return None if statement is None else (name, statement)
