"""A programme starts in whole classes."""

from __future__ import annotations

import math

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said


def classes(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """The starts of the programme in a year number n with k x min <= n <= k x max for some whole k >= 0.

    Classes of at least one leave nothing out. Where two of the smallest are no larger than one of the largest and one
    cadre more, every number from `min` on makes whole classes: one class without an end says the same.
    """
    frame = options.frame
    for name, size in problem.scenario.classes.items():
        if size.min <= 1:
            continue
        programme = problem.programme_ids([name])[0]
        for year in map(int, problem.years):
            starts = np.flatnonzero((frame["programme"] == programme) & (frame["start"] == year))
            if len(starts) == 0:
                continue
            endless = size.max is None or size.max + 1 >= 2 * size.min
            largest = len(starts) if endless or size.max is None else size.max
            number = builder.column("classes", name, year, upper=math.ceil(len(starts) / largest))
            terms, ones = [*starts, number], [1.0] * len(starts)
            builder.row("classes", name, "min", year, columns=terms, coefficients=[*ones, -size.min], lower=0)
            builder.row("classes", name, "max", year, columns=terms, coefficients=[*ones, -largest], upper=0)


def _statement(key: Key) -> Key:
    """The size of a programme's classes is one statement, whatever the year."""
    return key[:1]


def _entry(problem: Problem, key: Key) -> Location:
    return "classes", key[0]


def _said(problem: Problem, key: Key) -> Said:
    size = problem.scenario.classes[str(key[0])]
    return "", {"programme": key[0], "least": size.min, "most": "∞" if size.max is None else size.max}


def _gives_way(key: Key) -> bool:
    """A class may be smaller; then as many more candidates would do as well."""
    return key[1] == "min"


CLASSES = Rule("classes", classes, _statement, _entry, said=_said, gives_way=_gives_way)
