"""Targets and pools that must be reached."""

from __future__ import annotations

from planner.inputs.problem import Problem, required
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always, joined
from planner.model.rules.seats import year_entry
from planner.model.shortfalls import TOTAL


def must(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A target, share or pool that says `must: true` has no shortfall, and no starts below its minima."""
    for section, kind in SHORTFALLS.items():
        for name, entry in getattr(problem.scenario, section).items():
            for key, index in builder.columns_of(kind, name).items() if entry.must else ():
                builder.row("must", section, *key, columns=[index], upper=0)


SHORTFALLS = {"targets": "shortfall", "seats": "below_min", "shares": "short_share"}


def _entry(problem: Problem, key: Key) -> Location:
    section, name, *year = key
    if section != "seats":
        return section, name
    return ("seats", name, "total", "min") if year == [TOTAL] else (*year_entry(problem, name, *year), "min")


def _limit(problem: Problem, key: Key) -> float | None:
    section, name, *year = key
    scenario = problem.scenario
    if section == "targets":
        return required(scenario.targets[str(name)], int(problem.counted(str(name)).sum()))
    if section == "shares":
        return scenario.shares[str(name)].min
    pool = scenario.seats[str(name)]
    return pool.total.min if year == [TOTAL] else pool.of_year(int(year[0])).min


def _said(problem: Problem, key: Key) -> Said:
    section, name, *year = key
    suffix = "_total" if section == "seats" and year == [TOTAL] else ""
    return f"_{section}{suffix}", {BLANKS[str(section)]: name}


BLANKS = {"targets": "target", "seats": "pool", "shares": "share"}
MUST = Rule(
    "must",
    must,
    entry=_entry,
    limit=_limit,
    said=_said,
    suffixes=("_targets", "_seats", "_seats_total", "_shares"),
    where=lambda key: joined(key[1:]),
    gives_way=always,
)
