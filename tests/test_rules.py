"""Rules: each of the contract's section 5 through the solver, a plan at its bound and none one past it.

`planned` pins the starts down and expects exactly them; `refused` expects that no plan exists and that the conflict
names the rule. A test that calls both is the rule's pair; `tests/test_completeness.py` asks for one of each rule.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from random_scenarios import random_scenario
from small import small

import planner
from planner.inputs.loading import load
from planner.model.build import build_model, build_tables
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.model.rules import RULES
from planner.model.rules.absence import in_service
from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import SolveLimits
from planner.plans.plan import Plan
from planner.verification import broken_rules
from planner.verification.rules import RULES as VERIFIED

Start = tuple[str, str, int]
Cadres = dict[str, dict[str, Any]]
TALK = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
SPEECH = {"ladder": "rhetoric", "from": "none", "to": "speaks", "mode": "short", "months": 1, "open": True}
SPEAKING: dict[str, Any] = {
    "ladders": {"language": ["none", "b1"], "rhetoric": ["none", "speaks"]},
    "programmes": {"talk": TALK, "speech": SPEECH},
}
NOVICE = {"language": "none", "rhetoric": "none"}


def solved(folder: Path, *required: Start, **overrides: Any) -> Plan:
    """The plan with as few starts as can be among those with the required ones."""
    pins = [dict(zip(("cadre", "programme", "start"), each, strict=True)) for each in required]
    settings: dict[str, Any] = {"goals": ["early"], "solver": {"workers": 1}, "pins": {"require": pins}}
    return planner.solve(planner.load(small(folder, **{**settings, **overrides})))


def planned(folder: Path, *required: Start, **overrides: Any) -> Plan:
    """The plan of exactly the required starts, which verification must not fault."""
    plan = solved(folder, *required, **overrides)
    assert plan.status == "optimal"
    table = plan.assignments[["cadre", "programme", "start"]]
    assert sorted(table.itertuples(index=False, name=None)) == sorted(required)
    assert broken_rules(plan.problem, plan.assignments).empty
    return plan


BARRED = {"eligible", "current_study", "requires"}


def refused(folder: Path, rule: str, *required: Start, **overrides: Any) -> pd.DataFrame:
    """The conflict that leaves no plan with the required starts: the rule's, the pins', why a start is barred."""
    plan = solved(folder, *required, **overrides)
    assert plan.status == "infeasible"
    assert {rule} <= set(plan.conflict["rule"]) <= {rule, "pins", *(BARRED if rule == "pins" else ())}
    return plan.conflict


def remember(folder: Path, *rows: str) -> dict[str, str]:
    """Write the starts before the horizon (cadre, agency, programme, start, finish, pools, shares, of_group)."""
    folder.mkdir(parents=True)
    header = "cadre,agency,programme,start,finish,pools,shares,of_group"
    (folder / "history.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    return {"history": "history.csv"}


def test_the_rules_are_those_that_verification_checks() -> None:
    """Both readings of the contract have the same rules, in its order."""
    assert list(RULES) == list(VERIFIED)


# --- one_at_a_time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["basics", "evening", "school"])
def test_one_long_programme_in_a_year(tmp_path: Path, second: str) -> None:
    """A second long programme starts in the year after the first has ended, in its last year it does not."""
    held = "none" if second == "basics" else "intermediate"
    cadres: Cadres = {"A": {"theory": held}, "B": {}}
    planned(tmp_path / "at", ("A", "degree", 2021), ("A", second, 2023), ("B", "degree", 2022), roster=cadres)
    refused(tmp_path / "past", "one_at_a_time", ("A", "degree", 2021), ("A", second, 2022), roster=cadres)


def test_one_long_programme_before_a_longer_one(tmp_path: Path) -> None:
    """It is the year that counts, not which of the two began first."""
    planned(tmp_path / "at", ("A", "school", 2021), ("A", "degree", 2022))
    refused(tmp_path / "past", "one_at_a_time", ("A", "school", 2022), ("A", "degree", 2022))


def test_full_time_excludes_every_other(tmp_path: Path) -> None:
    """One short programme beside an in-service one, none beside a full-time one, whatever `short_per_year` says."""
    planned(tmp_path / "at", ("A", "evening", 2021), ("A", "course", 2021))
    planned(tmp_path / "next", ("A", "school", 2021), ("A", "course", 2022))
    for shorts in (1, 2):
        load = {"short_per_year": shorts}
        both: list[Start] = [("A", "school", 2021), ("A", "course", 2021)]
        refused(tmp_path / str(shorts), "one_at_a_time", *both, study_load=load)


@pytest.mark.parametrize("shorts", [0, 1, 2])
def test_short_programmes_of_a_year(tmp_path: Path, shorts: int) -> None:
    """As many short programmes in a year as `short_per_year` says, and not one more; other years do not count."""
    load = {"short_per_year": shorts}
    three: list[Start] = [("A", "course", 2021), ("A", "talk", 2021), ("A", "speech", 2021)]
    overrides = {**SPEAKING, "roster": {"A": NOVICE, "B": NOVICE}, "study_load": load}
    planned(tmp_path / "at", *three[:shorts], ("A", "evening", 2021), **overrides)
    refused(tmp_path / "past", "one_at_a_time", *three[: shorts + 1], **overrides)
    if shorts:
        planned(tmp_path / "years", *three[:shorts], ("B", "speech", 2021), ("A", "speech", 2022), **overrides)


def test_a_long_short_programme_takes_its_place_in_every_year(tmp_path: Path) -> None:
    """A short programme of 14 months is one of the short ones in both years."""
    overrides = {**SPEAKING, "roster": {"A": NOVICE}}
    overrides["programmes"] = {"talk": {**TALK, "months": 14}, "speech": SPEECH}
    planned(tmp_path / "at", ("A", "talk", 2021), ("A", "speech", 2023), **overrides)
    refused(tmp_path / "past", "one_at_a_time", ("A", "talk", 2021), ("A", "speech", 2022), **overrides)


@pytest.mark.parametrize("shorts", [1, 2, 3])
def test_current_short_study_is_one_of_the_short_programmes(tmp_path: Path, shorts: int) -> None:
    """Who is in a short programme until 2022 may start one fewer in that year, and all of them afterwards."""
    cadres: Cadres = {"A": {**NOVICE, "studying": "course", "studying_until": 2022}}
    overrides = {**SPEAKING, "roster": cadres, "study_load": {"short_per_year": shorts}}
    two: list[Start] = [("A", "talk", 2022), ("A", "speech", 2022)]
    planned(tmp_path / "at", *two[: shorts - 1], **overrides)
    if shorts == 1:  # not admissible at all: the pin alone is what cannot be met
        refused(tmp_path / "past", "pins", two[0], **overrides)
    elif shorts == 2:
        refused(tmp_path / "past", "one_at_a_time", *two, **overrides)
    planned(tmp_path / "later", ("A", "talk", 2023), **overrides)


# --- ladder_order ---------------------------------------------------------------------------------------------------


def test_each_step_of_a_ladder_follows_the_last(tmp_path: Path) -> None:
    """The next starts in the year after the last has ended; in its last year it does not, were there time for both."""
    chain: dict[str, Any] = {"roster": {"A": {}}, "study_load": {"short_per_year": 2}}
    planned(tmp_path / "at", ("A", "course", 2021), ("A", "further", 2022), **chain)
    refused(tmp_path / "past", "ladder_order", ("A", "course", 2022), ("A", "further", 2022), **chain)
    refused(tmp_path / "back", "ladder_order", ("A", "course", 2023), ("A", "further", 2022), **chain)


def test_from_is_held_by_the_start(tmp_path: Path) -> None:
    """A start above what is held brings its first step with it, or there is no plan."""
    plan = solved(tmp_path / "at", ("A", "further", 2022), roster={"A": {}})
    assert plan.assignments["programme"].tolist() == ["course", "further"]
    forbid = [{"cadre": "A", "programme": "course", "start": 2021}]
    pins = {"require": [{"cadre": "A", "programme": "further", "start": 2023}], "forbid": forbid}
    assert solved(tmp_path / "late", roster={"A": {}}, pins=pins).assignments["start"].tolist() == [2022, 2023]
    held: Cadres = {"A": {"administration": "specialist"}}
    planned(tmp_path / "held", ("A", "further", 2021), roster=held)
    seats = {"p": {"programmes": ["course"], "who": {"sex": "F"}, "total": 0}}
    plan = solved(tmp_path / "past", ("A", "further", 2022), roster={"A": {}}, seats=seats)
    assert plan.status == "infeasible"
    assert sorted(plan.conflict["rule"]) == ["ladder_order", "pins", "seats"]


def test_each_level_is_reached_once(tmp_path: Path) -> None:
    """Two ways to the same level are not both gone, years apart though they be; two cadres go one each."""
    planned(tmp_path / "at", ("A", "school", 2021), ("B", "evening", 2023))
    plan = solved(tmp_path / "past", ("A", "school", 2021), ("A", "evening", 2023))
    assert plan.status == "infeasible"
    plan = solved(tmp_path / "same", ("A", "school", 2021), ("A", "school", 2023))
    assert plan.status == "infeasible"


def steps(**ends: str) -> dict[str, Any]:
    """Programmes of one year on the ladder s0 .. s3; `ends` says from and to as in `a="02"`."""
    row = {"ladder": "steps", "mode": "in_service", "months": 12, "open": True}
    programmes = {name: {**row, "from": f"s{low}", "to": f"s{high}"} for name, (low, high) in ends.items()}
    return {"ladders": {"steps": ["s0", "s1", "s2", "s3"]}, "programmes": programmes, "roster": {"A": {"steps": "s0"}}}


def test_programmes_may_skip_levels(tmp_path: Path) -> None:
    """A step to s2 does for one that asks for s1; a step to s1 afterwards would lead down."""
    climb = steps(leap="02", low="01", top="13")
    planned(tmp_path / "leap", ("A", "leap", 2021), ("A", "top", 2022), **climb)
    planned(tmp_path / "low", ("A", "low", 2021), ("A", "top", 2022), **climb)
    planned(tmp_path / "both", ("A", "low", 2021), ("A", "leap", 2022), ("A", "top", 2023), **climb)
    refused(tmp_path / "down", "ladder_order", ("A", "leap", 2021), ("A", "low", 2022), **climb)
    refused(tmp_path / "late", "ladder_order", ("A", "top", 2022), ("A", "leap", 2023), **climb)


def test_short_steps_of_one_ladder_are_not_of_one_year(tmp_path: Path) -> None:
    """Where two short programmes of a year are allowed, a step and a leap over it still take a year each."""
    climb = steps(leap="02", low="01")
    climb["programmes"] = {name: {**entry, "mode": "short"} for name, entry in climb["programmes"].items()}
    load = {"short_per_year": 2}
    planned(tmp_path / "at", ("A", "low", 2022), ("A", "leap", 2023), study_load=load, **climb)
    refused(tmp_path / "past", "ladder_order", ("A", "low", 2022), ("A", "leap", 2022), study_load=load, **climb)


def test_a_step_that_leads_not_high_enough_does_not_do(tmp_path: Path) -> None:
    """From s2 asks for s2: a step to s1 is none to it, a later one to s2 comes too late."""
    climb = steps(low="01", mid="02", top="23")
    planned(tmp_path / "at", ("A", "mid", 2021), ("A", "top", 2022), **climb)
    plan = solved(tmp_path / "low", ("A", "low", 2021), ("A", "top", 2022), **climb)
    assert plan.status == "infeasible"
    plan = solved(tmp_path / "both", ("A", "low", 2021), ("A", "top", 2023), **climb)
    assert plan.assignments["programme"].tolist() == ["low", "mid", "top"]


def test_a_programme_that_ends_after_the_horizon_is_followed_by_none(tmp_path: Path) -> None:
    """What still runs in the last year leaves no year to start the next step in."""
    long = {"basics": {"months": 30}}
    own: Cadres = {"A": {"theory": "none"}}
    planned(tmp_path / "at", ("A", "basics", 2021), ("A", "school", 2024), roster=own, programmes=long)
    plan = solved(tmp_path / "past", ("A", "basics", 2022), ("A", "school", 2024), roster=own, programmes=long)
    assert plan.status == "infeasible"
    planned(tmp_path / "alone", ("A", "basics", 2024), roster=own, programmes=long)


def test_current_study_is_a_step_of_its_ladder(tmp_path: Path) -> None:
    """Its level is held from the year after it ends; until then nothing of the ladder starts."""
    own: Cadres = {"A": {"studying": "course", "studying_until": 2022}}
    load = {"short_per_year": 3}
    planned(tmp_path / "at", ("A", "further", 2023), roster=own, study_load=load)
    refused(tmp_path / "past", "pins", ("A", "further", 2022), roster=own, study_load=load)


# --- seats ----------------------------------------------------------------------------------------------------------


def test_seats_of_a_year(tmp_path: Path) -> None:
    """Two starts of the pool in a year where two may be; other programmes, cadres and years do not count."""
    seats = {"p": {"programmes": ["school", "evening"], "who": {"sex": "F"}, "per_year": {"max": 2}}}
    overrides: dict[str, Any] = {"roster": {**{name: {} for name in "ABC"}, "M": {"sex": "M"}}, "seats": seats}
    two: list[Start] = [("A", "school", 2021), ("B", "evening", 2021)]
    planned(tmp_path / "at", *two, ("M", "school", 2021), ("C", "course", 2021), ("C", "school", 2022), **overrides)
    conflict = refused(tmp_path / "past", "seats", *two, ("C", "school", 2021), **overrides)
    assert "p, 2021" in set(conflict["where"])


def test_seats_of_the_horizon(tmp_path: Path) -> None:
    """Three starts of the pool where three may be, in whatever years; none where there are none."""
    seats: dict[str, Any] = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "total": 3}}
    overrides: dict[str, Any] = {"roster": {name: {} for name in "ABCD"}}
    three: list[Start] = [(name, "school", 2021 + place) for place, name in enumerate("ABC")]
    planned(tmp_path / "at", *three, seats=seats, **overrides)
    conflict = refused(tmp_path / "past", "seats", *three, ("D", "school", 2024), seats=seats, **overrides)
    assert "p, total" in set(conflict["where"])
    seats["p"]["total"] = 0
    refused(tmp_path / "none", "seats", three[0], seats=seats, **overrides)


def test_a_start_counts_in_every_pool(tmp_path: Path) -> None:
    """A start takes a seat of each pool that lists it, not only of one with seats left; overlaps add up."""
    seats = {
        "wide": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 5}},
        "tight": {"programmes": ["school", "course"], "who": {"post": "staff"}, "per_year": {"max": 1}},
    }
    planned(tmp_path / "at", ("A", "school", 2021), ("B", "evening", 2021), seats=seats)
    refused(tmp_path / "past", "seats", ("A", "school", 2021), ("B", "course", 2021), seats=seats)


def test_seats_by_year(tmp_path: Path) -> None:
    """Each year has its own number of seats, a year left out has none; a minimum alone limits nothing."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}}
    seats = {"p": {**pool, "per_year": {"2021": {"min": 1, "max": 2}, "2022": 1, "2024": {"min": 1}}}}
    roster: Cadres = {name: {} for name in "ABCDEF"}
    two: list[Start] = [("A", "school", 2021), ("B", "school", 2021)]
    free: list[Start] = [(name, "school", 2024) for name in "DEF"]
    planned(tmp_path / "at", *two, ("C", "school", 2022), *free, seats=seats, roster=roster)
    conflict = refused(tmp_path / "past", "seats", *two, ("C", "school", 2021), seats=seats, roster=roster)
    assert "p, 2021" in set(conflict["where"])
    refused(tmp_path / "one", "seats", ("A", "school", 2022), ("B", "school", 2022), seats=seats, roster=roster)
    conflict = refused(tmp_path / "none", "seats", ("A", "school", 2023), seats=seats, roster=roster)
    assert "p, 2023" in set(conflict["where"])


def test_past_starts_take_seats_of_the_total(tmp_path: Path) -> None:
    """Of three seats over the horizon one is taken before it; an excess of the past is refused to nobody."""
    past = ["Z,office,school,2020,2020,p,,", "A,office,school,,2020,,,"]
    two: list[Start] = [("A", "school", 2021), ("B", "school", 2022)]
    seats: dict[str, Any] = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "total": {"min": 1, "max": 3}}}
    planned(tmp_path / "at", *two, seats=seats, **remember(tmp_path / "at", *past))
    kept = remember(tmp_path / "past", *past)
    conflict = refused(tmp_path / "past", "seats", *two, ("C", "school", 2023), seats=seats, **kept)
    assert "p, total" in set(conflict["where"])
    seats["p"]["total"] = 0
    planned(tmp_path / "excess", seats=seats, **remember(tmp_path / "excess", *past))


# --- per_agency -----------------------------------------------------------------------------------------------------

OFFICES: dict[str, Any] = {
    "roster": {**{name: {} for name in "ABC"}, "D": {"agency": "archive"}},
    "agencies": {"office": 10, "archive": 10},
}


def test_seats_of_one_agency_in_a_year(tmp_path: Path) -> None:
    """One start of each agency in a year; other years, agencies and programmes do not count."""
    seats = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "per_agency": {"max": 1}}}
    within: list[Start] = [("A", "school", 2021), ("D", "school", 2021), ("B", "school", 2022), ("C", "evening", 2021)]
    planned(tmp_path / "at", *within, seats=seats, **OFFICES)
    two: list[Start] = [("A", "school", 2021), ("B", "school", 2021)]
    conflict = refused(tmp_path / "past", "per_agency", *two, seats=seats, **OFFICES)
    assert "p, office, 2021" in set(conflict["where"])


def test_seats_of_one_agency_over_the_horizon(tmp_path: Path) -> None:
    """Two starts of each agency in all; a past start counts for the agency of that time, its excess for nobody."""
    seats = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "per_agency": {"total": 2}}}
    two: list[Start] = [("A", "school", 2021), ("B", "school", 2022)]
    planned(tmp_path / "at", *two, ("D", "school", 2021), seats=seats, **OFFICES)
    conflict = refused(tmp_path / "past", "per_agency", *two, ("C", "school", 2023), seats=seats, **OFFICES)
    assert "p, office, total" in set(conflict["where"])
    moved = "D,office,school,2020,2020,p,,"
    kept = remember(tmp_path / "one", moved)
    planned(tmp_path / "one", ("A", "school", 2021), ("D", "school", 2021), seats=seats, **OFFICES, **kept)
    kept = remember(tmp_path / "two", moved)
    refused(tmp_path / "two", "per_agency", *two, seats=seats, **OFFICES, **kept)
    kept = remember(tmp_path / "excess", *[f"Z{n},office,school,2020,2020,p,," for n in range(3)])
    planned(tmp_path / "excess", ("D", "school", 2021), seats=seats, **OFFICES, **kept)


# --- requires -------------------------------------------------------------------------------------------------------

QUICK_DEGREE: dict[str, Any] = {
    "degree": {"mode": "short", "months": 2},
    "evening": {"requires": {"education": "master"}},
}


def test_what_a_programme_requires_is_held_in_a_year_before(tmp_path: Path) -> None:
    """Reached in the year before it will do, in the year itself it is too late; held on the roster it always does."""
    quick: dict[str, Any] = {"programmes": QUICK_DEGREE}
    planned(tmp_path / "at", ("A", "degree", 2021), ("A", "evening", 2022), **quick)
    refused(tmp_path / "past", "requires", ("A", "degree", 2022), ("A", "evening", 2022), **quick)
    refused(tmp_path / "first", "pins", ("A", "evening", 2021), **quick)  # not admissible: no year lies before
    planned(tmp_path / "held", ("A", "evening", 2021), roster={"A": {"education": "master"}}, **quick)


def test_current_study_leads_to_what_a_programme_requires(tmp_path: Path) -> None:
    """Study until 2021 counts from 2022 on; nobody else's step does."""
    own: dict[str, Any] = {
        "programmes": QUICK_DEGREE,
        "roster": {"A": {"studying": "degree", "studying_until": 2021}, "B": {}},
    }
    planned(tmp_path / "at", ("A", "evening", 2022), **own)
    refused(tmp_path / "past", "pins", ("A", "evening", 2021), **own)
    pins = {"forbid": [{"cadre": "B", "programme": "degree"}], "require": [{"cadre": "B", "programme": "evening"}]}
    assert solved(tmp_path / "other", **own, pins=pins).status == "infeasible"


# --- study_load -----------------------------------------------------------------------------------------------------


def test_starts_of_one_cadre(tmp_path: Path) -> None:
    """Two starts of each cadre, whatever they are; past starts count, current study is none."""
    two: list[Start] = [("A", "course", 2021), ("A", "school", 2022)]
    load = {"study_load": {"starts_per_cadre": 2}}
    planned(tmp_path / "at", *two, ("B", "course", 2021), **load)
    conflict = refused(tmp_path / "past", "study_load", *two, ("A", "further", 2023), **load)
    assert "A" in set(conflict["where"])
    past = "A,office,basics,2019,2019,,,"
    planned(tmp_path / "one", two[0], **load, **remember(tmp_path / "one", past, "A,office,degree,,2020,,,"))
    refused(tmp_path / "two", "study_load", *two, **load, **remember(tmp_path / "two", past))
    roster: Cadres = {"A": {"theory": "none", "studying": "basics", "studying_until": 2021}}
    planned(tmp_path / "now", ("A", "course", 2022), ("A", "school", 2023), roster=roster, **load)


def test_years_between_two_long_programmes(tmp_path: Path) -> None:
    """Two whole years lie between; a short programme may lie within them."""
    load = {"study_load": {"years_between": 2}}
    planned(tmp_path / "at", ("A", "school", 2021), ("A", "course", 2022), ("A", "degree", 2024), **load)
    refused(tmp_path / "past", "study_load", ("A", "school", 2021), ("A", "degree", 2023), **load)


def test_years_after_past_study(tmp_path: Path) -> None:
    """A long programme that ended before the horizon is followed by the years, too, a short one is not."""
    load = {"study_load": {"years_between": 1}}
    rows = ["A,office,basics,2019,2020,,,", "B,office,course,2020,2020,,,"]
    kept = remember(tmp_path / "at", *rows)
    planned(tmp_path / "at", ("A", "degree", 2022), ("B", "degree", 2021), **load, **kept)
    refused(tmp_path / "past", "study_load", ("A", "degree", 2021), **load, **remember(tmp_path / "past", *rows))


# --- absence and leaders --------------------------------------------------------------------------------------------

BANDS = [{"up_to": 4, "away": 1}, {"up_to": 9, "away": 2}, {"share": 0.25}]


@pytest.mark.parametrize(("headcount", "limit"), [(4, 1), (5, 2), (9, 2), (10, 2), (12, 3), (3, 1)])
def test_absence_up_to_the_allowance(tmp_path: Path, headcount: int, limit: int) -> None:
    """The first band that fits the headcount, a share rounded down; in-service study is no absence here."""
    overrides: dict[str, Any] = {
        "absence": {"modes": ["full_time"], "bands": BANDS},
        "agencies": {"office": headcount, "other": 4},
        "roster": {**{name: {} for name in "ABCDE"}, "O": {"agency": "other"}},
    }
    away: list[Start] = [(name, "school", 2021) for name in "ABCD"[:limit]]
    planned(tmp_path / "at", *away, ("E", "evening", 2021), ("O", "school", 2021), **overrides)
    conflict = refused(tmp_path / "past", "absence", *away, ("E", "school", 2021), **overrides)
    assert conflict.loc[conflict["rule"] == "absence", "where"].tolist() == ["office, 2021"]


def test_absence_without_a_fitting_band_has_no_limit(tmp_path: Path) -> None:
    """A headcount above the last band is not limited; a share of 0.3 of ten is three, however floats are rounded."""
    away: list[Start] = [(name, "school", 2021) for name in "ABCD"]
    overrides: dict[str, Any] = {"roster": {name: {} for name in "ABCD"}}
    planned(tmp_path / "no", *away, absence={"modes": ["full_time"], "bands": BANDS[:1]}, **overrides)
    tenths = {"modes": ["full_time"], "bands": [{"share": 0.3}]}
    planned(tmp_path / "at", *away[:3], absence=tenths, **overrides)
    refused(tmp_path / "past", "absence", *away, absence=tenths, **overrides)


def test_absence_counts_current_study(tmp_path: Path) -> None:
    """Who studies full time until 2022 is away until then."""
    overrides: dict[str, Any] = {
        "absence": {"modes": ["full_time"], "bands": [{"away": 1}]},
        "roster": {"A": {"studying": "school", "studying_until": 2022}, "B": {}},
    }
    plan = planned(tmp_path / "at", ("B", "school", 2023), **overrides)
    assert plan.absence["away"].tolist() == [1, 1, 1, 0]
    refused(tmp_path / "past", "absence", ("B", "school", 2022), **overrides)


def test_an_excess_by_current_study_is_not_refused(tmp_path: Path) -> None:
    """Two are away where one may be: there is a plan, which says so, but nobody else may leave."""
    now = {"studying": "school", "studying_until": 2021}
    overrides: dict[str, Any] = {
        "absence": {"modes": ["full_time"], "bands": [{"away": 1}]},
        "roster": {"A": now, "B": now, "C": {}, "D": {}},
    }
    plan = planned(tmp_path / "at", ("C", "evening", 2021), ("D", "school", 2022), **overrides)
    assert plan.absence[["limit", "away"]].iloc[0].tolist() == [1, 2]
    refused(tmp_path / "past", "absence", ("C", "school", 2021), **overrides)


@pytest.mark.parametrize("modes", [["in_service", "short"], ["full_time", "in_service", "short"]])
def test_a_cadre_is_away_once(tmp_path: Path, modes: list[str]) -> None:
    """One cadre in two programmes of the modes is one absence; two cadres are two."""
    absence = {"modes": modes, "bands": [{"away": 1}]}
    plan = planned(tmp_path / "at", ("A", "evening", 2021), ("A", "course", 2021), absence=absence)
    assert plan.absence["away"].tolist() == [1, 1, 0, 0]
    conflict = refused(tmp_path / "past", "absence", ("A", "evening", 2021), ("B", "course", 2021), absence=absence)
    assert conflict.loc[conflict["rule"] == "absence", "where"].tolist() == ["office, 2021"]


def test_two_short_programmes_of_one_cadre_are_one_absence(tmp_path: Path) -> None:
    """Where two short programmes are allowed and short ones are absences, the cadre still counts once."""
    absence = {"modes": ["short"], "bands": [{"away": 1}]}
    cadres: Cadres = {"A": NOVICE, "B": NOVICE}
    overrides: dict[str, Any] = {**SPEAKING, "absence": absence, "study_load": {"short_per_year": 2}, "roster": cadres}
    planned(tmp_path / "at", ("A", "talk", 2021), ("A", "course", 2021), **overrides)
    refused(tmp_path / "past", "absence", ("A", "talk", 2021), ("B", "course", 2021), **overrides)


def test_absence_of_modes_in_which_nobody_can_go(tmp_path: Path) -> None:
    """Where no start is of the modes the rule limits nothing."""
    shut = {name: {"open": False} for name in ("degree", "basics", "evening", "course", "further")}
    absence = {"modes": ["in_service", "short"], "bands": [{"away": 0}]}
    planned(tmp_path, ("A", "school", 2021), absence=absence, programmes=shut)


def test_who_studies_anyway_is_no_further_absence(tmp_path: Path) -> None:
    """A cadre who is away in current study may take a short programme beside it; another may not."""
    overrides: dict[str, Any] = {
        "absence": {"modes": ["in_service", "short"], "bands": [{"away": 1}]},
        "roster": {"A": {"studying": "degree", "studying_until": 2021, "education": "bachelor"}, "B": {}},
    }
    planned(tmp_path / "at", ("A", "course", 2021), **overrides)
    refused(tmp_path / "past", "absence", ("B", "course", 2021), **overrides)


def test_absence_is_limited_in_the_years_of_the_horizon_alone(tmp_path: Path) -> None:
    """Who is away anyway in the last year may start beside it; the years after the horizon have no limit."""
    now = {"studying": "course", "studying_until": 2024}
    overrides: dict[str, Any] = {
        "absence": {"modes": ["in_service", "short"], "bands": [{"away": 1}]},
        "roster": {"A": now, "B": now},
    }
    planned(tmp_path / "at", ("A", "evening", 2024), ("B", "evening", 2024), **overrides)
    overrides["roster"]["B"] = {}
    refused(tmp_path / "past", "absence", ("A", "evening", 2024), ("B", "evening", 2024), **overrides)


def on_leave(cadre: str, *, away: bool) -> dict[str, Any]:
    """The cadre's leave in 2022."""
    return {"leave": {"l": {"cadre": cadre, "from": 2022, "to": 2022, "away": away}}}


def test_leave_counts_as_absence_if_it_says_so(tmp_path: Path) -> None:
    """In the year of a leave that counts nobody else may leave where one may; a year later, or if it does not, one."""
    limit: dict[str, Any] = {"absence": {"modes": ["full_time"], "bands": [{"away": 1}]}}
    planned(tmp_path / "at", ("B", "school", 2023), **limit, **on_leave("A", away=True))
    refused(tmp_path / "past", "absence", ("B", "school", 2022), **limit, **on_leave("A", away=True))
    planned(tmp_path / "quiet", ("B", "school", 2022), **limit, **on_leave("A", away=False))


def test_a_leader_on_leave_is_away(tmp_path: Path) -> None:
    """Of two leaders one must be present: in the year of the other's leave nobody leads away."""
    planned(tmp_path / "at", ("B", "school", 2023), **led(1, "A", "B"), **on_leave("A", away=True))
    refused(tmp_path / "past", "leaders", ("B", "school", 2022), **led(1, "A", "B"), **on_leave("A", away=True))


def led(present: int, *leaders: str) -> dict[str, Any]:
    """An office of four in which some lead."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": present}}
    roster = {name: {"post": "leader"} if name in leaders else {} for name in "ABCD"}
    return {"absence": absence, "roster": roster}


@pytest.mark.parametrize(("present", "may_leave"), [(1, 2), (2, 1), (3, 0), (0, 3)])
def test_leaders_present(tmp_path: Path, present: int, may_leave: int) -> None:
    """Of three leaders all but `present` may be away, the staff as they like."""
    overrides = led(present, "A", "B", "C")
    away: list[Start] = [(name, "school", 2021) for name in "ABC"[:may_leave]]
    planned(tmp_path / "at", *away, ("D", "school", 2021), **overrides)
    if may_leave < 3:
        conflict = refused(tmp_path / "past", "leaders", *away, ("ABC"[may_leave], "school", 2021), **overrides)
        assert conflict.loc[conflict["rule"] == "leaders", "where"].tolist() == ["office, 2021"]


def test_more_leaders_to_be_present_than_there_are(tmp_path: Path) -> None:
    """Two leaders of whom three are to stay: neither may leave, but there is a plan."""
    planned(tmp_path / "at", ("D", "school", 2021), **led(3, "A", "B"))
    refused(tmp_path / "past", "leaders", ("A", "school", 2021), **led(3, "A", "B"))


def test_one_leader_may_leave(tmp_path: Path) -> None:
    """The rule speaks of agencies with two or more leaders."""
    planned(tmp_path / "one", ("A", "school", 2021), **led(1, "A"))
    planned(tmp_path / "two", ("A", "school", 2021), **led(1, "A", "B"))


def test_leaders_in_current_study(tmp_path: Path) -> None:
    """A leader away in current study counts; an excess is not refused, but nobody else may leave."""
    overrides = led(1, "A", "B")
    overrides["roster"]["A"] |= {"studying": "school", "studying_until": 2022}
    planned(tmp_path / "at", ("B", "school", 2023), **overrides)
    refused(tmp_path / "past", "leaders", ("B", "school", 2022), **overrides)
    overrides["roster"]["B"] |= {"studying": "school", "studying_until": 2021}
    planned(tmp_path / "excess", ("D", "school", 2021), **overrides)


def test_staff_in_current_study_are_no_leaders_away(tmp_path: Path) -> None:
    """Only those who lead and are in service count: neither the staff's study nor that of a leader who has retired."""
    away = {"studying": "school", "studying_until": 2023}
    overrides = led(1, "A", "B")
    overrides["roster"]["C"] = away
    planned(tmp_path / "staff", ("A", "school", 2022), **overrides)
    overrides = led(1, "A", "B", "C")
    overrides["roster"]["C"] |= {**away, "retires": 2022}
    planned(tmp_path / "retired", ("A", "school", 2022), **overrides)
    refused(tmp_path / "past", "leaders", ("A", "school", 2022), ("B", "school", 2022), **overrides)


def test_a_leader_away_twice_is_away_once(tmp_path: Path) -> None:
    """Where in-service and short programmes both take a leader away, doing both is one absence; the rule is named."""
    overrides = led(1, "A", "B")
    overrides["absence"]["modes"] = ["in_service", "short"]
    planned(tmp_path / "at", ("A", "evening", 2021), ("A", "course", 2021), **overrides)
    refused(tmp_path / "past", "leaders", ("A", "evening", 2021), ("B", "course", 2021), **overrides)


# --- classes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "most", "number", "possible"),
    [
        *((3, 4, 2, False), (3, 4, 3, True), (3, 4, 4, True), (3, 4, 5, False), (3, 4, 6, True), (3, 4, 8, True)),
        *((3, 3, 7, False), (3, 3, 6, True)),
        *((5, None, 4, False), (5, None, 8, True)),
        *((0, 3, 1, True), (0, 3, 7, True)),
    ],
)
def test_classes_are_filled(tmp_path: Path, least: int, most: int | None, number: int, possible: bool) -> None:
    """Starts in a year are possible exactly where k classes of min to max hold them, the gaps between included."""
    size = {"min": least, **({} if most is None else {"max": most})}
    roster: Cadres = {name: {} for name in "ABCDEFGH"[:number]}
    required: list[Start] = [(name, "school", 2021) for name in roster]
    if possible:
        planned(tmp_path, *required, roster=roster, classes={"school": size})
    else:
        refused(tmp_path, "classes", *required, roster=roster, classes={"school": size})


def test_classes_are_of_one_year_and_one_programme(tmp_path: Path) -> None:
    """Starts of other years and programmes fill no class."""
    overrides: dict[str, Any] = {"classes": {"school": {"min": 2, "max": 5}}, "roster": {name: {} for name in "AB"}}
    planned(tmp_path / "at", ("A", "school", 2021), ("B", "school", 2021), **overrides)
    conflict = refused(tmp_path / "years", "classes", ("A", "school", 2021), ("B", "school", 2022), **overrides)
    assert set(conflict.loc[conflict["rule"] == "classes", "where"]) <= {"school"}
    refused(tmp_path / "programmes", "classes", ("A", "school", 2021), ("B", "evening", 2021), **overrides)


# --- budget, pins, must ---------------------------------------------------------------------------------------------

COSTS = {"school": {"cost": 0.1}, "evening": {"cost": 0.2}, "course": {"cost": 0}}


def test_the_budget_of_every_year(tmp_path: Path) -> None:
    """0.1 + 0.2 is at most 0.3 in a year, 0.4 is not; costs fall in the year of the start, each year has its own."""
    overrides: dict[str, Any] = {"programmes": COSTS, "budget": {"per_year": 0.3}}
    at: list[Start] = [("A", "school", 2021), ("B", "evening", 2021), ("C", "course", 2021), ("C", "school", 2022)]
    planned(tmp_path / "at", *at, **overrides)
    conflict = refused(tmp_path / "past", "budget", *at[:2], ("C", "school", 2021), **overrides)
    assert conflict.loc[conflict["rule"] == "budget", "where"].tolist() == ["2021"]


def test_the_budget_by_year(tmp_path: Path) -> None:
    """A mapping limits the years that it names and no other; 0 is a limit."""
    overrides: dict[str, Any] = {"programmes": COSTS, "budget": {"per_year": {2021: 0, 2022: 0.2}}}
    planned(
        tmp_path / "at",
        *[("A", "course", 2021), ("A", "school", 2022), ("B", "school", 2022), ("C", "evening", 2023)],
        **overrides,
    )
    refused(tmp_path / "none", "budget", ("A", "school", 2021), **overrides)
    refused(tmp_path / "past", "budget", ("A", "school", 2022), ("B", "evening", 2022), **overrides)


def test_every_require_pin_is_met(tmp_path: Path) -> None:
    """One start may meet several pins; a pin that no admissible start can meet leaves no plan and is named."""
    pins: dict[str, Any] = {"require": [{"cadre": "A"}, {"programme": "school"}, {"start": 2023}]}
    plan = solved(tmp_path / "at", pins=pins)
    assert plan.assignments[["cadre", "programme", "start"]].to_numpy().tolist() == [["A", "school", 2023]]
    assert broken_rules(plan.problem, plan.assignments).empty
    pins["require"].append({"cadre": "B", "start": 2024, "programme": "degree"})
    pins["forbid"] = [{"cadre": "B"}]
    plan = solved(tmp_path / "past", pins=pins)
    assert plan.status == "infeasible"
    assert sorted(plan.conflict[["rule", "where"]].to_numpy().tolist()) == [["forbidden", "0"], ["pins", "3"]]


def test_a_pin_of_nothing_asks_for_any_start(tmp_path: Path) -> None:
    """An empty require pin means that something starts; where nothing can, there is no plan."""
    assert len(solved(tmp_path / "at", pins={"require": [{}]}).assignments) == 1
    done = {"education": "master", "theory": "advanced", "administration": "senior"}
    plan = solved(tmp_path / "past", pins={"require": [{}]}, roster={"A": done})
    assert plan.status == "infeasible"
    assert plan.conflict[["rule", "where"]].to_numpy().tolist() == [["pins", "0"]]


def test_nothing_can_start_and_nothing_must(tmp_path: Path) -> None:
    """Where no start is admissible the plan without starts is the best."""
    done = {"education": "master", "theory": "advanced", "administration": "senior"}
    assert planned(tmp_path, roster={"A": done}, goals=["attainment", "early", "lot"]).assignments.empty
    nothing = dict.fromkeys(["degree", "basics", "school", "evening", "course", "further"])
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1}
    plan = solved(tmp_path / "none", programmes=nothing, targets={"t": target}, goals=["attainment", "lot"])
    assert plan.goals["value"].tolist() == [3, 0]


def test_a_target_that_must_be_met(tmp_path: Path) -> None:
    """With seats for two of three a target of two is a rule that holds, of three one that cannot; else a goal."""
    seats = {"p": {"programmes": ["school", "evening"], "who": {"sex": "F"}, "total": 2}}
    target: dict[str, Any] = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 2, "must": True}
    goals = ["early", "attainment"]  # so that only the rule asks for starts
    plan = solved(tmp_path / "at", seats=seats, targets={"t": target}, goals=goals)
    assert plan.attainment["shortfall"].tolist() == [0]
    plan = solved(tmp_path / "past", seats=seats, targets={"t": {**target, "at_least": 3}}, goals=goals)
    assert plan.status == "infeasible"
    assert sorted(plan.conflict["rule"]) == ["must", "seats"]
    assert plan.conflict.set_index("rule").loc["must", "where"] == "t"
    plan = solved(tmp_path / "goal", seats=seats, targets={"t": {**target, "must": False}}, goals=goals)
    assert plan.attainment["shortfall"].tolist() == [2]


def test_a_target_that_must_be_met_by_members_who_cannot(tmp_path: Path) -> None:
    """More are asked for than there are members: no plan, the target alone is named."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 4, "must": True}
    plan = solved(tmp_path, targets={"t": target})
    assert plan.status == "infeasible"
    assert plan.conflict[["rule", "where"]].to_numpy().tolist() == [["must", "t"]]


def test_a_pool_that_must_be_filled(tmp_path: Path) -> None:
    """`min` starts in every year where there are cadres for all years; one cadre fewer leaves no plan."""
    pool: dict[str, Any] = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1}, "must": True}
    seats = {"p": pool}
    plan = solved(tmp_path / "at", seats=seats, roster={name: {} for name in "ABCD"})
    assert plan.seats[["starts", "below_min"]].to_numpy().tolist() == [[1, 0]] * 4
    plan = solved(tmp_path / "past", seats=seats, roster={name: {} for name in "ABC"})
    assert plan.status == "infeasible"
    assert {"must", "ladder_order"} >= set(plan.conflict["rule"]) >= {"must"}
    plan = solved(tmp_path / "goal", seats={"p": {**pool, "must": False}}, roster={name: {} for name in "ABC"})
    assert plan.assignments.empty
    assert plan.seats["below_min"].tolist() == [1, 1, 1, 1]


def test_a_pool_that_must_reach_its_total(tmp_path: Path) -> None:
    """Two starts over the horizon, past ones included; with one cadre fewer there is no plan."""
    seats = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "total": {"min": 2}, "must": True}}
    year = {"last": 2021}
    both: list[Start] = [("A", "school", 2021), ("B", "school", 2021)]
    planned(tmp_path / "at", *both, seats=seats, horizon=year, roster={"A": {}, "B": {}})
    conflict = refused(tmp_path / "past", "must", seats=seats, horizon=year, roster={"A": {}})
    assert conflict["where"].tolist() == ["p, total"]
    kept = remember(tmp_path / "kept", "Z,office,school,2020,2020,p,,")
    planned(tmp_path / "kept", both[0], seats=seats, horizon=year, roster={"A": {}}, **kept)


MEN: dict[str, Any] = {"roster": {"A": {}, "M": {"sex": "M"}, "N": {"sex": "M"}}, "horizon": {"last": 2022}}


def test_a_share_that_must_be_met(tmp_path: Path) -> None:
    """One woman of two who are sent is half of them, one of three is not; other programmes do not count."""
    shares = {"s": {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5, "must": True}}
    half: list[Start] = [("M", "school", 2021), ("A", "school", 2022), ("N", "course", 2021)]
    planned(tmp_path / "at", *half, shares=shares, **MEN)
    refused(tmp_path / "past", "must", *half[:2], ("N", "school", 2022), shares=shares, **MEN)


def test_past_starts_count_in_a_share_over_the_horizon(tmp_path: Path) -> None:
    """A man sent before the horizon asks for one woman more, a woman for one less; for a share of a year neither."""
    share = {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5, "must": True}
    man, woman = "Z,office,school,2020,2020,,s,", "Z,office,school,2020,2020,,s,s"
    a, m, n = (("A", "school", 2021), ("M", "school", 2021), ("N", "school", 2022))
    planned(tmp_path / "at", a, shares={"s": share}, **MEN, **remember(tmp_path / "at", man))
    refused(tmp_path / "past", "must", a, m, shares={"s": share}, **MEN, **remember(tmp_path / "past", man))
    planned(tmp_path / "less", a, m, n, shares={"s": share}, **MEN, **remember(tmp_path / "less", woman))
    kept = remember(tmp_path / "year", man, man)
    planned(tmp_path / "year", a, m, shares={"s": {**share, "per": "year"}}, **MEN, **kept)


def test_a_share_that_must_be_met_in_every_year(tmp_path: Path) -> None:
    """What is half over the horizon is not half in each of its years."""
    shares = {"s": {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5, "per": "year", "must": True}}
    planned(tmp_path / "at", ("M", "school", 2021), ("A", "school", 2021), shares=shares, **MEN)
    refused(tmp_path / "past", "must", ("M", "school", 2021), ("A", "school", 2022), shares=shares, **MEN)


def test_a_required_start(tmp_path: Path) -> None:
    """It is planned in the last year that it may begin in; where it is not admissible, the pin alone is named."""
    eligible = {"school": {"eligible": {"age": {"max": 39}}}}
    planned(tmp_path / "at", ("A", "school", 2024), programmes=eligible)
    refused(tmp_path / "past", "pins", ("A", "school", 2024), programmes=eligible, roster={"A": {"birth_year": 1984}})


@pytest.mark.parametrize("seed", range(4))
def test_the_rows_allow_what_verification_allows(seed: int, tmp_path: Path) -> None:
    """Near the best plan of a random scenario, plans obey the matrix exactly where verification finds nothing."""
    problem = planner.load(random_scenario(seed, tmp_path, "small"))
    options = admissible_starts(problem)
    matrix = strengthened(build_model(options).tables)
    plan = planner.solve(problem)
    cadres, programmes = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    frame, key = options.frame, ["cadre", "programme", "start"]
    names = zip(cadres[frame["cadre"]], programmes[frame["programme"]], frame["start"], strict=True)
    every = {start: place for place, start in enumerate(names)}
    best = [every[start] for start in plan.assignments[key].itertuples(index=False, name=None)] if plan.found else []
    draw, effort = random.Random(seed), SolveLimits(time.monotonic() + 60)
    for _ in range(15):
        chosen = set(draw.sample(best, max(0, len(best) - draw.randint(0, 2))))
        chosen |= set(draw.sample(range(len(options)), min(len(options), draw.randint(0, 2))))
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        upper[: len(options)] = 0
        lower[list(chosen)] = upper[list(chosen)] = 1
        answer = optimise(replace(matrix, lower=lower, upper=upper), effort)
        table = pd.DataFrame([start for start, place in every.items() if place in chosen], columns=key)
        broken = broken_rules(problem, table)
        assert answer.status == ("optimal" if broken.empty else "infeasible"), broken.to_string()


@pytest.mark.parametrize(("least", "most"), [(a, b) for b in [9, *range(1, 7)] for a in range(min(b, 4) + 1)])
def test_whole_classes_in_rows(least: int, most: int, tmp_path: Path) -> None:
    """The rows allow the numbers of starts that k classes of the size hold, and no other (9: no largest size)."""
    size = {"min": least} | ({"max": most} if most < 9 else {})
    scheme = {"horizon": {"first": 2021, "last": 2021}, "programmes": {"evening": None}, "classes": {"school": size}}
    tables = build_tables(admissible_starts(load(small(tmp_path, {f"C{each}": {} for each in range(9)}, **scheme))))
    own = np.array([rule == "classes" for rule, _ in tables.row_keys()])
    terms, lower, upper = tables.terms[own].toarray(), tables.row_lower[own], tables.row_upper[own]
    classes = [at for at, column in enumerate(tables.columns, tables.starts) if column.kind == "classes"]
    frame = tables.options.frame
    starts = np.flatnonzero(frame["programme"] == tables.options.problem.programme_ids(["school"])[0])
    assert len(starts) == 9
    for number in range(10):
        whole = any(k * least <= number <= k * most for k in range(10))
        allowed = False
        for k in range(int(tables.upper[classes[0]]) + 1 if classes else 1):
            x = np.zeros(len(tables.upper))
            x[starts[:number]], x[classes] = 1, k
            allowed |= bool(np.all(terms @ x >= lower) and np.all(terms @ x <= upper))
        assert allowed is whole


def test_in_service_from_the_year_it_begins_to_the_one_before_retirement(tmp_path: Path) -> None:
    """Each bound and one past it: who counts among an office's leaders of a year."""
    roster = {"A": {"service_start": "2022", "retires": "2024"}, "B": {}}
    problem = load(small(tmp_path, roster=roster))
    years = dict(zip(map(int, problem.years), in_service(problem)[0], strict=True))
    assert [years[year] for year in (2021, 2022, 2023, 2024)] == [False, True, True, False]
    assert in_service(problem)[1].all()
