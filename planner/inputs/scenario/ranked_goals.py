"""The goals as a scenario ranks them: a kind, and the entries it counts where it does not count all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import PlainValidator, WithJsonSchema

from planner.common.errors import nearest
from planner.inputs.scenario.validation import refusal

GoalName = Literal[
    "attainment",
    "seat_floors",
    "shares",
    "starts",
    "priority",
    "early",
    "cost",
    "lot",
    "changes",
    "expected",
    "worst_tenth",
]
KINDS: tuple[str, ...] = get_args(GoalName)
IN_FUTURES = ("expected", "worst_tenth")
"""Goals that look at sampled futures (`docs/reference/resilient.md`)."""
SECTIONS = {"attainment": "targets", "seat_floors": "seats", "shares": "shares", "priority": "priority"}
"""A goal that may name entries, and the section of the scenario in which they stand."""


class RankedGoal(str):
    """A goal by the name that goals.csv calls it: `attainment`, or `attainment[committee_theory,committee_master]`.

    `RankedGoal("attainment", ["committee_theory"])` names entries; without entries it counts all.
    """

    __slots__ = ()

    def __new__(cls, kind: str, entries: Sequence[str] = ()) -> Self:
        """The goal of a kind, or of a whole name."""
        return super().__new__(cls, f"{kind}[{','.join(entries)}]" if entries else kind)

    @classmethod
    def read(cls, text: str) -> Self:
        """The goal that goals.csv calls `text`."""
        return cls(text)

    @property
    def kind(self) -> str:
        """What is counted, such as "attainment"."""
        return self.partition("[")[0]

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that are counted; empty: all of them."""
        inside = self.partition("[")[2].removesuffix("]")
        return tuple(inside.split(",")) if inside else ()


DEFAULT = tuple(map(RankedGoal, ("attainment", "seat_floors", "shares", "starts", "priority", "early", "lot")))


def read_goal(data: Any) -> RankedGoal:
    """The goal that a scenario's value describes: a kind, or a mapping of one kind to the entries it counts.

    Raises
    ------
    PydanticCustomError
        The value is no goal.
    """
    if isinstance(data, RankedGoal):
        return data
    if isinstance(data, str):
        if data not in KINDS:
            raise refusal("want_one_of", expected=", ".join(f"'{kind}'" for kind in KINDS), found=data)
        return RankedGoal(data)
    if not isinstance(data, Mapping) or len(data) != 1:
        raise refusal("want_goal", found=data)
    kind, entries = next(iter(data.items()))
    if kind not in SECTIONS:
        raise refusal("unknown_key", name=kind, nearest=nearest(kind, SECTIONS))
    return RankedGoal(kind, _read_entries(entries))


def _read_entries(entries: Any) -> list[str]:
    """The names of a list; a fault is one of the whole goal, which means nothing without it."""
    if not isinstance(entries, list | tuple):
        raise refusal("want_list", found=entries)
    if not entries:
        raise refusal("want_not_empty")
    for index, name in enumerate(entries):
        if not isinstance(name, str):
            raise refusal("want_text", found=name)
        if name in entries[:index]:
            raise refusal("listed_twice", name=name)
    return list(entries)


_ENTRIES = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_JSON_SCHEMA = {
    "anyOf": [
        {"type": "string", "enum": list(KINDS)},
        {
            "type": "object",
            "properties": dict.fromkeys(SECTIONS, _ENTRIES),
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ]
}
GoalEntry = Annotated[RankedGoal, PlainValidator(read_goal), WithJsonSchema(_JSON_SCHEMA)]
