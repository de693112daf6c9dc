"""Options: every condition of the contract's section 4, at its bound and one past it, and all reasons kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from random_scenarios import random_scenario
from small import small

from planner.inputs.loading import load
from planner.inputs.problem import UNKNOWN, Problem
from planner.model.admissibility import REASONS
from planner.model.options import Options, admissible_starts
from planner.verification.activities import choose
from planner.verification.admissibility import CONDITIONS

Cadres = dict[str, dict[str, Any]]
YEARS = [2021, 2022, 2023, 2024]
LEVEL_OF_ALL = {"education": "master", "theory": "advanced", "administration": "senior"}


def options(folder: Path, **overrides: Any) -> Options:
    """The options of a small scenario."""
    return admissible_starts(load(small(folder, **overrides)))


def years(found: Options, cadre: str, programme: str) -> list[int]:
    """The years in which the start is admissible."""
    return [year for year in map(int, found.problem.years) if not why_not(found, cadre, programme, year)]


def why_not(found: Options, cadre: str, programme: str, year: int) -> set[str]:
    """The reasons against one start."""
    problem = found.problem
    row = list(problem.cadres["cadre"]).index(cadre)
    course = list(problem.programmes["programme"]).index(programme)
    bits = int(found.reasons[row, course, year - int(problem.years[0])])
    return {reason for bit, reason in enumerate(REASONS) if bits & (1 << bit)}


def triples(found: Options) -> list[tuple[str, str, int]]:
    """cadre, programme and year of the options, in their order."""
    cadres, programmes = found.problem.cadres["cadre"], found.problem.programmes["programme"]
    frame = found.frame
    names = (cadres.to_numpy()[frame["cadre"]], programmes.to_numpy()[frame["programme"]])
    return list(zip(*names, frame["start"].tolist(), strict=True))


# --- 1. levels ------------------------------------------------------------------------------------------------------


def test_the_level_is_known_and_below_the_one_the_programme_leads_to(tmp_path: Path) -> None:
    """Who holds `from` may start; who holds `to` or more, or whose level is unknown, may not; each with its reason."""
    cadres: Cadres = {"A": {"theory": "intermediate"}, "B": {"theory": "advanced"}, "C": {"theory": ""}}
    found = options(tmp_path, roster=cadres)
    assert years(found, "A", "school") == YEARS
    assert [why_not(found, "A", "basics", year) for year in YEARS] == [{"level_reached"}] * 4
    assert [why_not(found, "B", "school", year) for year in YEARS] == [{"level_reached"}] * 4
    assert [why_not(found, "B", "basics", year) for year in YEARS] == [{"level_reached"}] * 4
    assert [why_not(found, "C", "school", year) for year in YEARS] == [{"level_unknown"}] * 4
    assert [why_not(found, "C", "basics", year) for year in YEARS] == [{"level_unknown"}] * 4


def test_a_ladder_without_a_column_is_unknown(tmp_path: Path) -> None:
    """Where the roster has no column for a ladder nobody may start on it."""
    talk = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
    found = options(tmp_path, ladders={"language": ["none", "b1"]}, programmes={"talk": talk})
    assert years(found, "A", "talk") == []
    assert why_not(found, "A", "talk", 2021) == {"level_unknown"}


@pytest.mark.parametrize(("months", "first"), [(12, 2022), (13, 2023), (24, 2023), (25, 2024), (36, 2024), (37, None)])
def test_from_is_reached_before_the_start(tmp_path: Path, months: float, first: int | None) -> None:
    """School may start in the year after the earliest basics has ended, not in the year it ends."""
    found = options(tmp_path, roster={"A": {"theory": "none"}}, programmes={"basics": {"months": months}})
    assert years(found, "A", "basics") == YEARS
    assert years(found, "A", "school") == [year for year in YEARS if first is not None and year >= first]
    assert why_not(found, "A", "school", 2021) == {"from_out_of_reach"}


@pytest.mark.parametrize(("months", "occupied"), [(0.5, 1), (12, 1), (12.5, 2), (24, 2), (25, 3), (48, 4), (49, 5)])
def test_a_programme_occupies_its_months_rounded_up_to_years(tmp_path: Path, months: float, occupied: int) -> None:
    """Section 3: m months from year t occupy the ceil(m/12) years t, t+1, ...; it may end after the horizon."""
    found = options(tmp_path, roster={"A": {}}, programmes={"school": {"months": months}})
    frame = found.frame[found.frame["mode"] == "full_time"]
    assert (frame["finish"] - frame["start"] + 1).tolist() == [occupied] * 4
    running = found.running[found.running["mode"] == "full_time"]
    expected = [year for start in YEARS for year in range(start, start + occupied) if year <= 2024]
    assert running["year"].tolist() == expected
    assert (found.frame["start"].to_numpy()[running["option"]] <= running["year"].to_numpy()).all()


LONG_LADDER = ["l0", "l1", "l2", "l3"]


def step(low: int, high: int, months: int = 12, **more: Any) -> dict[str, Any]:
    """A programme from one level of the ladder `steps` to another."""
    ends = {"from": f"l{low}", "to": f"l{high}"}
    return {"ladder": "steps", **ends, "mode": "in_service", "months": months, "open": True, **more}


def climbing(folder: Path, held: str, **programmes: Any) -> Options:
    """The options of one cadre on the ladder `steps`, with the given programmes."""
    cadres: Cadres = {"A": {**LEVEL_OF_ALL, "steps": held}}
    return options(folder, roster=cadres, ladders={"steps": LONG_LADDER}, programmes=programmes)


def test_chains_lead_through_several_programmes(tmp_path: Path) -> None:
    """Each step of a chain is possible one year after the one before; a start above what is held waits for all."""
    found = climbing(tmp_path, "l0", third=step(2, 3), second=step(1, 2), first=step(0, 1))
    assert years(found, "A", "first") == YEARS
    assert years(found, "A", "second") == [2022, 2023, 2024]
    assert years(found, "A", "third") == [2023, 2024]


def test_a_programme_that_skips_levels_shortens_a_chain(tmp_path: Path) -> None:
    """A level above `from` holds `from`, too; and a start may ask for less than is held."""
    found = climbing(tmp_path / "0", "l0", third=step(1, 3), leap=step(0, 2, 24), first=step(0, 1, 36))
    assert years(found, "A", "third") == [2023, 2024]  # by the leap, before `first` has ended
    found = climbing(tmp_path / "2", "l2", third=step(1, 3), leap=step(0, 2), first=step(0, 1))
    assert years(found, "A", "third") == YEARS
    assert why_not(found, "A", "leap", 2021) == why_not(found, "A", "first", 2021) == {"level_reached"}


def test_a_chain_does_not_lead_over_the_level_it_is_to_reach(tmp_path: Path) -> None:
    """A programme as high as the one asked about is no way to its `from`: who has done it needs the other no more."""
    found = climbing(tmp_path, "l0", slow=step(0, 3), third=step(2, 3))
    assert years(found, "A", "slow") == YEARS
    assert [why_not(found, "A", "third", year) for year in YEARS] == [{"from_out_of_reach"}] * 4


def test_a_chain_needs_admissible_steps(tmp_path: Path) -> None:
    """A step that is admissible only later, or never, holds up what builds on it."""
    late = step(0, 1, eligible={"age": {"min": 37}})  # born in 1985: from 2022
    found = climbing(tmp_path / "late", "l0", first=late, second=step(1, 2), third=step(2, 3))
    assert [years(found, "A", name)[:1] for name in ("first", "second", "third")] == [[2022], [2023], [2024]]
    shut = step(0, 1, open=False)
    found = climbing(tmp_path / "shut", "l0", first=shut, second=step(1, 2), third=step(2, 3))
    assert [years(found, "A", name) for name in ("first", "second", "third")] == [[], [], []]
    assert why_not(found, "A", "first", 2021) == {"no_seat_pool"}
    assert why_not(found, "A", "third", 2024) == {"from_out_of_reach"}


# --- 2. to 5. -------------------------------------------------------------------------------------------------------


def test_eligible_is_judged_in_the_year_of_the_start(tmp_path: Path) -> None:
    """Born in 1985: at most 38 until 2023, at least 38 from 2023."""
    young = options(tmp_path / "young", programmes={"school": {"eligible": {"age": {"max": 38}}}})
    assert years(young, "A", "school") == [2021, 2022, 2023]
    assert why_not(young, "A", "school", 2024) == {"not_eligible"}
    old = options(tmp_path / "old", programmes={"school": {"eligible": {"age": {"min": 38}}}})
    assert years(old, "A", "school") == [2023, 2024]


@pytest.mark.parametrize(("retires", "last"), [("", 2024), (2028, 2024), (2027, 2023), (2025, 2021), (2024, None)])
def test_service_owed_ends_before_retirement(tmp_path: Path, retires: int | str, last: int | None) -> None:
    """A degree of two years with two years owed: start + 1 + 2 lies before the year of retirement."""
    cadres: Cadres = {"A": {"retires": retires}}
    found = options(tmp_path, roster=cadres, programmes={"degree": {"serve_after_years": 2}})
    assert years(found, "A", "degree") == [year for year in YEARS if last is not None and year <= last]
    for year in set(YEARS) - set(years(found, "A", "degree")):
        assert why_not(found, "A", "degree", year) == {"retires_too_soon"}


def test_service_owed_may_be_part_of_a_year(tmp_path: Path) -> None:
    """Completed in 2021 with 1.5 years owed: 2022.5 is before 2023, not before 2022."""
    found = options(
        tmp_path,
        roster={"A": {"retires": 2023}, "B": {"retires": 2022}},
        programmes={"school": {"serve_after_years": 1.5}},
    )
    assert years(found, "A", "school") == [2021]
    assert years(found, "B", "school") == []


def test_some_pool_lists_the_programme_and_covers_the_cadre(tmp_path: Path) -> None:
    """Two pools that each do half of it do not do; an open programme needs none."""
    seats = {
        "women": {"programmes": ["school"], "who": {"sex": "F"}},
        "others": {"programmes": ["evening"], "who": {"sex": "M"}},
    }
    closed = {"school": {"open": False}, "evening": {"open": False}}
    found = options(tmp_path, roster={"A": {}, "B": {"sex": "M"}}, seats=seats, programmes=closed)
    assert years(found, "A", "school") == years(found, "B", "evening") == YEARS
    assert why_not(found, "A", "evening", 2021) == why_not(found, "B", "school", 2021) == {"no_seat_pool"}
    assert years(found, "B", "course") == YEARS


@pytest.mark.parametrize(
    ("pin", "forbidden"),
    [
        ({"cadre": "A", "programme": "school", "start": 2022}, {("A", "school", 2022)}),
        ({"cadre": "A", "programme": "school"}, {("A", "school", year) for year in YEARS}),
        ({"programme": "school", "start": 2022}, {(name, "school", 2022) for name in "AB"}),
        ({"cadre": "A", "start": 2022}, {("A", name, 2022) for name in ("school", "evening")}),
        ({"start": 2025}, set()),
        ({}, {(name, each, year) for name in "AB" for each in ("school", "evening") for year in YEARS}),
    ],
)
def test_a_forbid_pin_matches_what_it_names(tmp_path: Path, pin: dict[str, Any], forbidden: set[Any]) -> None:
    """A pin forbids the starts with all the keys it has; a key left out means any."""
    found = options(tmp_path, roster={"A": {}, "B": {}}, pins={"forbid": [pin]})
    every = [(name, each, year) for name in "AB" for each in ("school", "evening") for year in YEARS]
    assert {start for start in every if "forbidden" in why_not(found, *start)} == forbidden
    assert {start for start in triples(found) if start[1] in ("school", "evening")} == set(every) - forbidden


# --- 6. current study -----------------------------------------------------------------------------------------------


def test_study_as_high_on_the_same_ladder_leaves_no_start(tmp_path: Path) -> None:
    """Neither the level studied for nor a lower one is started, not even after the study has ended."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "evening", "studying_until": 2021}}
    found = options(tmp_path, roster=cadres)
    assert why_not(found, "A", "school", 2021) == {"studying_as_high", "study_in_the_way", "from_out_of_reach"}
    assert [why_not(found, "A", "school", year) for year in YEARS[1:]] == [{"studying_as_high"}] * 3
    assert years(found, "A", "basics") == []
    assert years(found, "A", "degree") == YEARS[1:]


@pytest.mark.parametrize(("until", "first"), [(2019, 2021), (2020, 2021), (2021, 2022), (2023, 2024), (2024, None)])
def test_study_below_opens_the_next_step_once_it_has_ended(tmp_path: Path, until: int, first: int | None) -> None:
    """Who studies for `from` starts in the year after the study's last, however long ago that was."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "basics", "studying_until": until}}
    found = options(tmp_path, roster=cadres)
    assert years(found, "A", "school") == [year for year in YEARS if first is not None and year >= first]
    assert years(found, "A", "basics") == []
    assert (found.held.loc[0, "theory"], found.problem.cadres.loc[0, "theory"]) == (1, 0)


def test_study_on_a_ladder_of_which_the_level_is_unknown(tmp_path: Path) -> None:
    """Study does not make an unknown level known."""
    found = options(tmp_path, roster={"A": {"theory": "", "studying": "basics", "studying_until": 2020}})
    assert why_not(found, "A", "school", 2022) == {"level_unknown"}
    assert found.held.loc[0, "theory"] == UNKNOWN


BESIDE = {  # study -> the programmes on other ladders that may start while it lasts, one short one a year
    "degree": ["course"],  # in service
    "school": [],  # full time
    "talk": ["degree", "basics"],  # short
}


@pytest.mark.parametrize(("study", "beside"), BESIDE.items())
def test_what_may_start_beside_current_study(tmp_path: Path, study: str, beside: list[str]) -> None:
    """Long beside long, anything beside full time and short beside short wait until the study has ended."""
    talk = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
    camp = {"ladder": "sport", "from": "none", "to": "swims", "mode": "full_time", "months": 1, "open": True}
    own = {"theory": "none", "language": "none", "sport": "none", "studying": study, "studying_until": 2022}
    found = options(
        tmp_path,
        roster={"A": own},
        ladders={"language": ["none", "b1"], "sport": ["none", "swims"]},
        programmes={"talk": talk, "camp": camp},
    )
    ladder = {"degree": "education", "school": "theory", "talk": "language"}[study]
    others = {"degree": "education", "basics": "theory", "course": "administration", "camp": "sport"}
    for name, own_ladder in others.items():
        if own_ladder != ladder:
            assert years(found, "A", name) == (YEARS if name in beside else [2023, 2024]), name
            assert name in beside or why_not(found, "A", name, 2022) == {"study_in_the_way"}


@pytest.mark.parametrize(("shorts", "beside"), [(0, False), (1, False), (2, True), (3, True)])
def test_short_beside_short_study(tmp_path: Path, shorts: int, beside: bool) -> None:
    """Current short study takes one of the year's short programmes; the rest may start."""
    talk = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
    found = options(
        tmp_path,
        roster={"A": {"language": "none", "studying": "course", "studying_until": 2022}},
        ladders={"language": ["none", "b1"]},
        programmes={"talk": talk},
        study_load={"short_per_year": shorts},
    )
    assert years(found, "A", "talk") == (YEARS if beside else [2023, 2024])
    assert years(found, "A", "further") == [2023, 2024]  # on the same ladder after it in any case


# --- reasons and tables ---------------------------------------------------------------------------------------------


def test_all_reasons_are_kept(tmp_path: Path) -> None:
    """A start with everything against it says everything."""
    own = {"theory": "none", "retires": 2022, "studying": "degree", "studying_until": 2021, "sex": "M"}
    programmes = {"school": {"open": False, "eligible": {"sex": "F"}}}
    pins = {"forbid": [{"programme": "school", "start": 2022}]}
    found = options(tmp_path, roster={"A": own}, programmes=programmes, pins=pins)
    always = {"from_out_of_reach", "not_eligible", "no_seat_pool"}
    assert why_not(found, "A", "school", 2021) == {*always, "study_in_the_way"}
    assert why_not(found, "A", "school", 2022) == {*always, "retires_too_soon", "forbidden"}
    studying: Cadres = {"A": {"theory": "", "studying": "evening", "studying_until": 2022, "retires": 2021}}
    found = options(tmp_path / "studying", roster=studying)
    assert why_not(found, "A", "school", 2022) == {
        *("level_unknown", "retires_too_soon", "studying_as_high", "study_in_the_way")
    }


def test_refusals_are_counted(tmp_path: Path) -> None:
    """Each reason is counted once for every start that it stands against."""
    cadres: Cadres = {"A": LEVEL_OF_ALL, "B": {**LEVEL_OF_ALL, "theory": "", "retires": 2024}}
    found = options(tmp_path, roster=cadres)
    counts = dict(found.refused().itertuples(index=False, name=None))
    assert list(counts) == list(REASONS)
    # A: 6 programmes x 4 years. B: without the 3 of theory; of degree 2 years would be too long from 2023 on.
    assert counts["level_reached"] == 24 + 12
    assert counts["level_unknown"] == 12
    assert counts["retires_too_soon"] == 4 * 1 + 2 * 2  # in one year: those of one year in 2024, of two also in 2023
    assert len(found) == 0


def test_options_are_sorted_by_cadre_start_and_programme(tmp_path: Path) -> None:
    """One row per admissible start, in that order, whatever the order of the files."""
    found = options(tmp_path, roster={"B": {"theory": "none"}, "A": {}})
    assert triples(found) == sorted(triples(found), key=lambda start: (start[0], start[2], start[1]))
    assert len(set(triples(found))) == len(found) == int((found.reasons == 0).sum())
    assert ("B", "school", 2021) not in triples(found)
    assert ("B", "school", 2022) in triples(found)


def test_a_scenario_without_programmes_has_no_options(tmp_path: Path) -> None:
    """No programmes, no starts, no error."""
    nothing = dict.fromkeys(["degree", "basics", "school", "evening", "course", "further"])
    found = options(tmp_path, programmes=nothing)
    assert len(found) == 0
    assert found.refused()["starts"].sum() == 0


CONDITION = {  # verification's condition -> the reasons that mean the same
    "level": {"level_unknown", "level_reached"},
    "eligible": {"not_eligible"},
    "retires": {"retires_too_soon"},
    "seat_pool": {"no_seat_pool"},
    "forbid": {"forbidden"},
    "study": {"studying_as_high", "study_in_the_way"},
    "years": {"not_in_these_years"},
    "service_start": {"not_in_service"},
    "leave": {"on_leave"},
}


@pytest.mark.parametrize("seed", range(4))
def test_verification_agrees_on_every_start_of_random_scenarios(seed: int, tmp_path: Path) -> None:
    """Each start is refused for the reasons that verification, sharing no code, has against it."""
    problem = load(random_scenario(seed, tmp_path, "small"))
    found = admissible_starts(problem)
    table = every_start(problem)
    chosen, _ = choose(problem, table)
    told = {name: {finding.where for finding in check(problem, chosen)} for name, check in CONDITIONS.items()}
    if problem.scenario.study_load.short_per_year == 0:  # nobody starts a short one anyhow, study or no study
        del told["study"]
    for name, starts in told.items():
        bits = sum(1 << REASONS.index(reason) for reason in CONDITION[name])
        refused = table[(found.reasons.ravel() & bits) != 0]
        assert set(refused.itertuples(index=False, name=None)) == starts, name


def every_start(problem: Problem) -> pd.DataFrame:
    """cadre, programme and start of all there are, in the order of `reasons`."""
    names = [problem.cadres["cadre"], problem.programmes["programme"], problem.years]
    index = pd.MultiIndex.from_product(names, names=["cadre", "programme", "start"])
    return index.to_frame(index=False).astype({"cadre": object, "programme": object})


@pytest.mark.parametrize("seed", [4, 5, 7, 8])
def test_from_is_held_or_led_to_by_another_option(seed: int, tmp_path: Path) -> None:
    """What has no other reason is an option exactly where `from` is held or another option leads there before."""
    problem = load(random_scenario(seed, tmp_path, "small"))
    found = admissible_starts(problem)
    frame, courses = found.frame, problem.programmes
    out_of_reach = 1 << REASONS.index("from_out_of_reach")
    judged = np.argwhere((found.reasons & ~np.uint16(out_of_reach)) == 0)
    assert len(judged) > 0
    for cadre, course, place in judged:
        ladder, low, high = courses.loc[course, ["ladder", "low", "high"]]
        held = found.held[ladder].to_numpy()[cadre] >= low
        leading = frame[(frame["cadre"] == cadre) & (frame["ladder"] == ladder) & (frame["high"] >= low)]
        led = ((leading["high"] < high) & (leading["finish"] < problem.years[place])).any()
        assert bool(held or led) == (found.reasons[cadre, course, place] == 0)
