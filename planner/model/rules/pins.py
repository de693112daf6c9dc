"""Starts that are required."""

from __future__ import annotations

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always


def pins(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """Every `require` pin is met by at least one start."""
    for number, pin in enumerate(problem.scenario.pins.require):
        builder.row("pins", number, columns=np.flatnonzero(options.matching(pin)), lower=1)


def _entry(problem: Problem, key: Key) -> Location:
    return "pins", "require", key[0]


def _said(problem: Problem, key: Key) -> Said:
    return "", {"pin": problem.scenario.pins.require[int(key[0])]}


PINS = Rule("pins", pins, entry=_entry, said=_said, year=lambda key: None, gives_way=always)
