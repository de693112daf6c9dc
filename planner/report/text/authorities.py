"""Who approves starts, and which offices are bodies of the party: their documents have another form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.inputs.synonyms import plain
from planner.messages import localised
from planner.plans.plan import Plan

UNSIGNED = ""
"""The authority of a start that no entry of `approval` matches."""
PARTY = re.compile(r"\b(party|communist|dang (bo|uy)|cap uy|tinh uy|(huyen|thi|thanh|quan|dang|khu) uy(?! ban))\b")
"""Words of a party committee's name, in their plain form: Huyện ủy, but not huyện Ủy ban."""


@dataclass(frozen=True)
class Authority:
    """Who approves: the name in the language spoken, and whether it is a body of the party."""

    name: str
    party: bool


def authorities(plan: Plan) -> list[Authority]:
    """Every authority that the scenario names, once, in its order."""
    found: dict[str, Authority] = {}
    for entry in plan.problem.scenario.approval.values():
        texts = [entry.authority] if isinstance(entry.authority, str) else entry.authority.values()
        name = localised(entry.authority)
        if name != UNSIGNED:
            found.setdefault(name, Authority(name, any(map(is_party, texts))))
    return list(found.values())


def is_party(name: str) -> bool:
    """Whether a name is that of a body of the party."""
    return PARTY.search(plain(name)) is not None
