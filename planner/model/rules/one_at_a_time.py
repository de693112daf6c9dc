"""One cadre is in one long programme at a time."""

from __future__ import annotations

from functools import partial

import numpy as np

from planner.inputs.problem import Problem
from planner.model.admissibility import shorts_under_way
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.absence import of_group
from planner.model.rules.rule import Rule, Said, everybody


def one_at_a_time(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In one year a cadre is in at most one long programme; full time excludes every other; short ones are few."""
    running, shorts = options.running, problem.scenario.study_load.short_per_year
    long = running[running["mode"] != "short"]
    builder.at_most("one_at_a_time", long, ["cadre", "year"], 1)
    # With k short ones allowed: k x full time + short <= k; current short study has taken one of the k.
    together = running[(running["mode"] == "short") | ((running["mode"] == "full_time") & (shorts > 0))]
    weighed = together.assign(coefficient=np.where(together["mode"] == "full_time", shorts, 1))
    studying = shorts_under_way(problem)
    builder.at_most(
        "one_at_a_time", weighed, ["cadre", "year"], shorts, partial(of_group, studying, int(problem.years[0]))
    )


def _said(problem: Problem, key: Key) -> Said:
    return "", {"limit": problem.scenario.study_load.short_per_year}


ONE_AT_A_TIME = Rule("one_at_a_time", one_at_a_time, everybody, said=_said)
