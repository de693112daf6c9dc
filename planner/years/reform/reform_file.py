"""The reform file: its keys, and how it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from planner.common.errors import InputError
from planner.inputs.scenario.conditions import Who, written
from planner.inputs.scenario.loading import schema_keys
from planner.inputs.scenario.tree_slips import tree_slips
from planner.inputs.scenario.validation import Entry, refusal, validated
from planner.inputs.scenario.value_types import Code, Count, Name, Said, Sourced, Text
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Node

OVERLAY = "scenario"
"""The key under which a reform file holds what is laid on the scenario."""


def _read_day(data: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(data)
    except (TypeError, ValueError):
        raise refusal("want_date", found=data) from None


def _read_cells(data: Any) -> dict[str, str]:
    if not isinstance(data, Mapping):
        raise refusal("want_mapping", found=data)
    for column, value in data.items():
        if not isinstance(value, str | int | float):
            raise refusal("want_value", (column,), found=value)
    return {str(column): written(value) for column, value in data.items()}


Day = Annotated[dt.date, PlainValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
Cells = Annotated[dict[str, str], PlainValidator(_read_cells), WithJsonSchema({"type": "object"})]


class Office(Sourced):
    """An office from the reform on, called by its `title`: a new one, or one that stays and takes in others."""

    merges: list[Name] = Field(default=[], description="the offices that become this one")
    headcount: Count | None = Field(
        None,
        description="with its `source`; else that of the offices merged, and moves in and out [people]",
    )
    set_: Cells = Field(default={}, alias="set", description="roster column: what everybody who works there has in it")

    @model_validator(mode="after")
    def _with_a_source(self) -> Office:
        if self.headcount is not None and not self.source:
            raise refusal("reform_headcount_source", ("headcount",))
        return self


class Move(Sourced):
    """Some cadres who go to an office, whatever becomes of theirs, or who get other values in the roster's columns."""

    who: Who | None = Field(None, description="a group or a condition, read in the year of the reform")
    cadres: list[Code] = Field(default=[], description="their codes, instead of `who`")
    to: Name | None = Field(None, description="the office; without it they go where their office goes")
    set_: Cells = Field(default={}, alias="set", description="roster column: what they have in it from then on")

    @model_validator(mode="after")
    def _somebody_somewhere(self) -> Move:
        if (self.who is None) == (not self.cadres):
            raise refusal("one_of_two", one="who", other="cadres")
        if self.to is None and not self.set_:
            raise refusal("reform_move_nothing")
        return self


class ReformEntry(Entry):
    """What a reform file says."""

    title: Text | None = Field(None, description="the name for people")
    source: Said = Field(description="the resolution or law, or the word `assumed`; one text or {en, vi}")
    from_: Day = Field(alias="from", description="the day from which it holds")
    offices: dict[Name, Office] = Field(default={}, description="offices that are new, or take in others")
    ends: list[Name] = Field(default=[], description="offices that end and merge into none; their cadres all move")
    moves: dict[Name, Move] = Field(default={}, description="who goes elsewhere than the own office")


@dataclass(frozen=True)
class Reform:
    """A reform file as it was read: what it says, the tree that knows its lines, what is laid on the scenario."""

    entry: ReformEntry
    root: Node
    overlay: Node | None
    file: Path


def read_reform(path: str | Path) -> Reform:
    """The reform in a YAML file.

    Raises
    ------
    InputError
        Every fault of its form, with file and line.
    """
    file = Path(path)
    root = read_document(file, schema_keys())
    faults = [*tree_slips(root, ())]
    own, overlay = root, None
    if isinstance(root.value, dict):
        overlay = root.value.get(OVERLAY)
        own = replace(root, value={key: node for key, node in root.value.items() if key != OVERLAY})
    if overlay is not None and not isinstance(overlay.value, dict):
        faults.append(root.fault((OVERLAY,), "want_mapping", found=overlay.text or "..."))
    entry, wrong = validated(ReformEntry, own)
    if faults := [*faults, *wrong]:
        raise InputError(faults)
    assert entry is not None
    return Reform(entry, own, overlay, file)
