"""Targets and pools that must be reached."""

from __future__ import annotations

from planner.inputs.problem import Problem, required
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always, joined


def must(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A target or a pool that says `must: true` has no shortfall, and no starts below its `min`."""
    for name, target in problem.scenario.targets.items():
        place = builder.place("shortfall", name)
        if target.must and place is not None:
            builder.row("must", "targets", name, columns=[place], upper=0)
    for name, pool in problem.scenario.seats.items():
        for year in map(int, problem.years) if pool.must else ():
            place = builder.place("below_min", name, year)
            if place is not None:
                builder.row("must", "seats", name, year, columns=[place], upper=0)


def _entry(problem: Problem, key: Key) -> Location:
    section, name = key[:2]
    return ("targets", name) if section == "targets" else ("seats", name, "per_year", "min")


def _limit(problem: Problem, key: Key) -> float | None:
    section, name = key[0], str(key[1])
    if section == "targets":
        return required(problem.scenario.targets[name], int(problem.counted(name).sum()))
    return problem.scenario.seats[name].per_year.min


def _said(problem: Problem, key: Key) -> Said:
    return ("_target", {"target": key[1]}) if key[0] == "targets" else ("_seats", {"pool": key[1]})


MUST = Rule("must", must, entry=_entry, limit=_limit, said=_said, where=lambda key: joined(key[1:]), gives_way=always)
