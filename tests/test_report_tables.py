"""The figures of a plan: they agree with its own tables, with each other and with the contract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from random_scenarios import random_scenario
from small import small

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.inputs.problem import required
from planner.messages import speaking
from planner.model.attainment import attaining
from planner.model.options import admissible_starts
from planner.plans import tabulation
from planner.plans.plan import Plan, no_plan, plan_of
from planner.plans.run_folder import read_run, write_run
from planner.solver import solve_problem

EXAMPLE = Path(__file__).parent / "cases" / "example" / "scenario.yaml"
GOALS = pd.DataFrame(columns=["goal", "sense", "value", "bound", "status", "seconds"])
TABLES = [
    tabulation.utilisation,
    tabulation.totals,
    tabulation.group_shares,
    tabulation.attainment_by_year,
    tabulation.absence_by_year,
    tabulation.priority_shares,
    tabulation.yearly,
    tabulation.nominations,
]


@pytest.fixture(scope="module")
def example() -> Plan:
    return solve_problem(load(EXAMPLE))


@pytest.fixture(scope="module", params=[4, 5, 7, 8, 11, 12, 14])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = random_scenario(request.param, tmp_path_factory.mktemp("drawn"), "small")
    plan = solve_problem(load(path))
    assert len(plan.assignments) > 0
    return plan


def planned(path: Path, *starts: tuple[str, str, int]) -> Plan:
    """The plan of these starts: cadre, programme, year."""
    problem = load(path)
    options = admissible_starts(problem)
    frame = options.frame
    names = zip(
        problem.cadres["cadre"].to_numpy()[frame["cadre"]],
        problem.programmes["programme"].to_numpy()[frame["programme"]],
        frame["start"],
        strict=True,
    )
    chosen = [place for place, name in enumerate(names) if name in starts]
    assert len(chosen) == len(starts), "a start is not admissible"
    return plan_of(options, np.array(chosen, dtype=int), "optimal", GOALS)


# --- agreement with the plan's tables -------------------------------------------------------------------------------


def test_attainment_at_the_year_of_reckoning_is_that_of_the_run(drawn: Plan) -> None:
    """At `by` the year's attained, required, members and unknown are those of attainment.csv."""
    table = tabulation.attainment_by_year(drawn)
    own = table[table["year"] == table["by"]].set_index("target")
    expected = drawn.attainment.set_index("target")
    columns = ["members", "unknown", "required", "attained"]
    pd.testing.assert_frame_equal(own[columns], expected[columns], check_dtype=False)


def test_attainment_only_grows(drawn: Plan) -> None:
    """Who holds a level keeps it: from year to year attained never falls, and starts no lower than `already`."""
    table = tabulation.attainment_by_year(drawn)
    assert (table.groupby("target")["attained"].diff().fillna(0) >= 0).all()
    assert set(table["year"]) >= set(drawn.problem.years)


def test_seats_and_absence_are_those_of_the_run(drawn: Plan) -> None:
    """Utilisation and absence hold the numbers of seats.csv and absence.csv, row by row."""
    seats = ["pool", "year", "min", "max", "starts", "below_min"]
    pd.testing.assert_frame_equal(tabulation.utilisation(drawn)[seats], drawn.seats, check_dtype=False)
    pd.testing.assert_frame_equal(tabulation.absence_by_year(drawn), drawn.absence, check_dtype=False)


def test_totals_and_shares_are_those_of_the_run(drawn: Plan) -> None:
    """Totals and shares hold the numbers of totals.csv and shares.csv, row by row; a share is of_group / starts."""
    columns = ["pool", "min", "max", "starts", "below_min"]
    totals = tabulation.totals(drawn)
    pd.testing.assert_frame_equal(totals[columns], drawn.totals, check_dtype=False)
    starts = drawn.seats.groupby("pool")["starts"].sum()
    assert (totals["starts"] - totals["begun"]).tolist() == totals["pool"].map(starts).tolist()
    shares = tabulation.group_shares(drawn)
    columns = ["share", "starts", "of_group", "required", "shortfall"]
    pd.testing.assert_frame_equal(shares[columns], drawn.shares[columns], check_dtype=False)
    assert (shares["group_share"] * shares["starts"]).fillna(0).tolist() == pytest.approx(shares["of_group"].tolist())


def test_years_and_lists_add_up_to_the_assignments(drawn: Plan) -> None:
    """The starts of the years, their modes and the yearly lists each sum to the assignments; costs to the goal's."""
    table = tabulation.yearly(drawn)
    assert table["starts"].sum() == len(drawn.assignments)
    assert (table[list(tabulation.MODES)].sum(axis=1) == table["starts"]).all()
    years = [tabulation.nominations(drawn, year) for year in drawn.problem.years]
    keys = ["cadre", "start", "programme"]
    together = pd.concat(years, ignore_index=True).sort_values(keys, ignore_index=True)
    whole = tabulation.nominations(drawn)
    own = ["cadre", "agency", "programme", "mode", "start", "finish", "points"]
    pd.testing.assert_frame_equal(whole[own], drawn.assignments[own], check_dtype=False)
    pd.testing.assert_frame_equal(together[own], whole.sort_values(keys, ignore_index=True)[own], check_dtype=False)
    cost = drawn.problem.programmes.set_index("programme")["cost"]
    assert table["cost"].sum() == pytest.approx(drawn.assignments["programme"].map(cost).sum())


def test_gantts_hold_every_assignment_once(drawn: Plan) -> None:
    """The planned studies of all agencies' Gantts are the assignments; the current ones are those on the roster."""
    problem = drawn.problem
    every = pd.concat([tabulation.gantt(drawn, agency) for agency in problem.agencies["agency"]], ignore_index=True)
    keys = ["cadre", "programme", "start", "finish"]
    planned_ones = every[~every["current"].astype(bool) & (every["mode"] != tabulation.LEAVE)][keys].sort_values(
        keys, ignore_index=True
    )
    expected = drawn.assignments[keys].sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(planned_ones, expected, check_dtype=False)
    assert every["current"].sum() == (problem.studies["until"] >= problem.years[0]).sum()
    horizon = problem.leave[(problem.leave["last"] >= problem.years[0]) & (problem.leave["first"] <= problem.years[-1])]
    assert (every["mode"] == tabulation.LEAVE).sum() == len(horizon)


def test_priority_members_sum_to_the_points(drawn: Plan) -> None:
    """A cadre's points for a programme are the sum of the entries that cover the cadre and list the programme."""
    problem = drawn.problem
    points = np.zeros((len(problem.cadres), len(problem.programmes)))
    for name, covered in problem.favoured.items():
        entry = problem.scenario.priority[name]
        listed = np.ones(len(problem.programmes), dtype=bool)
        if entry.programmes is not None:
            listed = problem.programmes["programme"].isin(entry.programmes).to_numpy()
        points += entry.points * np.outer(covered, listed)
    assert points == pytest.approx(problem.points)


def test_a_run_read_back_has_the_same_figures(example: Plan, tmp_path: Path) -> None:
    """Every table of a plan is that of its run folder."""
    write_run(example, tmp_path / "run")
    again = read_run(tmp_path / "run").plan()
    for table in TABLES:
        pd.testing.assert_frame_equal(table(again), table(example), check_dtype=False)


def test_a_plan_that_was_not_found_has_empty_tables(example: Plan) -> None:
    """Without a plan the tables have their columns and no rows; the years have no starts."""
    none = no_plan(example.problem, "infeasible", GOALS)
    for table in TABLES:
        empty = table(none)
        assert list(empty.columns) == list(table(example).columns)
        assert len(empty) == 0 or (table is tabulation.yearly and empty["starts"].sum() == 0)


# --- single tables --------------------------------------------------------------------------------------------------

SCHOOL = ("A", "school", 2022)
POOLS: dict[str, Any] = {
    "advanced": {
        "programmes": ["school", "evening"],
        "who": {"sex": "F"},
        "per_year": {"min": 1, "max": 2},
        "total": 3,
    },
    "open": {"programmes": ["course"], "who": {"sex": "F"}, "title": {"en": "Courses", "vi": "Bồi dưỡng"}},
}


def test_utilisation_says_which_share_of_the_seats_is_used(tmp_path: Path) -> None:
    """The share is starts / max, and empty where the pool has no max; titles are those of the language spoken."""
    plan = planned(small(tmp_path, seats=POOLS), SCHOOL, ("A", "course", 2021))
    with speaking("vi"):
        table = tabulation.utilisation(plan).set_index(["pool", "year"])
    assert table.loc[("advanced", 2022), "share"] == 0.5
    assert table.loc[("advanced", 2021), "below_min"] == 1
    assert table.loc["open"]["share"].isna().all()
    assert set(table.loc["open"]["title"]) == {"Bồi dưỡng"}


def test_pool_totals_count_up_to_the_year(tmp_path: Path) -> None:
    """`used_so_far` counts the starts of the year and of those before; `starts` those of the year."""
    plan = planned(small(tmp_path, seats=POOLS), SCHOOL, ("B", "evening", 2021), ("C", "school", 2024))
    table = tabulation.pool_totals(plan, 2022).set_index("pool")
    assert dict(table.loc["advanced", ["starts", "used_so_far", "total"]]) == {
        "starts": 1,
        "used_so_far": 2,
        "total": 3,
    }
    assert pd.isna(table.loc["open", "total"])


def test_starts_before_the_horizon_count_in_totals(tmp_path: Path) -> None:
    """History counts in a pool's total, in what is used so far, and is told apart as `begun`."""
    pools = {"advanced": {"programmes": ["school"], "who": {"sex": "F"}, "total": {"min": 3, "max": 4}}}
    (tmp_path / "history.csv").write_text(
        "cadre,agency,programme,start,finish,pools,shares,of_group\nA,office,school,2019,2019,advanced,,\n"
    )
    plan = planned(small(tmp_path, seats=pools, history="history.csv"), ("B", "school", 2022))
    (row,) = tabulation.totals(plan).to_dict("records")
    assert [row[name] for name in ("min", "max", "begun", "starts", "below_min")] == [3, 4, 1, 2, 1]
    (row,) = tabulation.pool_totals(plan, 2022).to_dict("records")
    assert [row[name] for name in ("starts", "total", "total_min", "used_so_far")] == [1, 4, 3, 2]


@pytest.mark.parametrize("per", ["year", "horizon"])
def test_shares_are_of_a_year_or_of_all(tmp_path: Path, per: str) -> None:
    """A share has a row for each year, or one for all; nobody sent is no share."""
    shares = {"women": {"who": {"sex": "F"}, "min": 0.6, "per": per, "title": "Women"}}
    path = small(tmp_path, {"A": {}, "B": {"sex": "M"}}, shares=shares)
    table = tabulation.group_shares(planned(path, ("A", "course", 2022), ("B", "course", 2022))).set_index("year")
    assert list(table.index) == ([2021, 2022, 2023, 2024] if per == "year" else [tabulation.WHOLE])
    own = table.loc[2022 if per == "year" else tabulation.WHOLE]
    assert own[["title", "least", "group_share", "required", "shortfall"]].tolist() == ["Women", 0.6, 0.5, 2, 1]
    assert per == "horizon" or pd.isna(table.loc[2021, "group_share"])


@pytest.mark.parametrize(("counts", "expected"), [("completed", [0, 0, 1, 1]), ("enrolled", [0, 1, 1, 1])])
def test_attainment_counts_as_the_target_says(tmp_path: Path, counts: str, expected: list[int]) -> None:
    """A two-year programme of 2022 attains in 2023, or in 2022 where being enrolled is enough."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 0.5, "counts": counts, "by": 2023}
    plan = planned(small(tmp_path, targets={"t": target}), ("A", "evening", 2022))
    table = tabulation.attainment_by_year(plan)
    assert list(table["attained"]) == expected
    assert set(table["required"]) == {2}
    assert set(table["members"]) == {3}


def test_attainment_has_a_row_for_a_year_of_reckoning_outside(tmp_path: Path) -> None:
    """A target that is reckoned after the horizon has a row for that year."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 1, "by": 2025}
    plan = planned(small(tmp_path, targets={"t": target}), ("A", "evening", 2024))
    table = tabulation.attainment_by_year(plan).set_index("year")["attained"]
    assert dict(table) == {2021: 0, 2022: 0, 2023: 0, 2024: 0, 2025: 1}


def test_unknown_levels_never_attain(tmp_path: Path) -> None:
    """A member whose level is empty is unknown in every year and never attains."""
    target = {"who": {"sex": "F"}, "level": {"theory": "intermediate"}, "share": 1.0}
    plan = planned(small(tmp_path, {"A": {"theory": ""}, "B": {}}, targets={"t": target}))
    table = tabulation.attainment_by_year(plan)
    assert set(table["unknown"]) == {1}
    assert set(table["attained"]) == {1}
    never = attaining(plan.problem, plan.problem.scenario.targets["t"], plan.starts)
    assert never[0] > 2200
    assert required(plan.problem.scenario.targets["t"], 2) == 2


def test_priority_shares_count_people_not_starts(tmp_path: Path) -> None:
    """A cadre sent twice counts once; the share of the eligible is among cadres with an admissible start that year."""
    cadres = {
        "A": {},
        "B": {"sex": "M"},
        "C": {"sex": "M"},
        "D": {"sex": "M", "theory": "advanced", "education": "master"},
    }
    cadres["D"] |= {"administration": "senior"}
    path = small(tmp_path, cadres, priority={"women": {"who": {"sex": "F"}, "points": 1}})
    plan = planned(path, ("A", "school", 2022), ("A", "course", 2021), ("B", "course", 2021))
    table = tabulation.priority_shares(plan).set_index("year")
    assert list(table.index) == [tabulation.WHOLE, 2021, 2022, 2023, 2024]
    assert dict(table.loc[tabulation.WHOLE, ["sent", "sent_share", "eligible"]]) == {
        "sent": 1,
        "sent_share": 0.5,
        "eligible": 1,
    }
    assert table.loc[tabulation.WHOLE, "eligible_share"] == pytest.approx(1 / 3)
    assert table.loc[2022, "sent_share"] == 1.0
    assert np.isnan(table.loc[2023, "sent_share"])


def test_gantt_shows_current_study_from_the_first_year(tmp_path: Path) -> None:
    """Study under way is there, marked, from the first year to its end; study that ended before is not."""
    cadres = {"A": {"studying": "degree", "studying_until": 2022}, "B": {"studying": "degree", "studying_until": 2020}}
    plan = planned(small(tmp_path, cadres), ("A", "school", 2023))
    table = tabulation.gantt(plan, "office")
    assert table[["cadre", "programme", "start", "finish", "current"]].values.tolist() == [
        ["A", "degree", 2021, 2022, True],
        ["A", "school", 2023, 2023, False],
    ]


def test_gantt_shows_leave_in_the_years_of_the_plan(tmp_path: Path) -> None:
    """Leave has no programme and the mode "leave"; what lies outside the horizon is cut off or left out."""
    leave = {"long": {"cadre": "A", "from": 2019, "to": 2021}, "old": {"cadre": "B", "from": 2018, "to": 2020}}
    plan = planned(small(tmp_path, {"A": {}, "B": {}}, leave=leave), ("A", "school", 2023))
    table = tabulation.gantt(plan, "office")
    assert table[["cadre", "programme", "mode", "start", "finish"]].values.tolist() == [
        ["A", "", "leave", 2021, 2021],
        ["A", "school", "full_time", 2023, 2023],
    ]


def test_the_first_matching_entry_signs(tmp_path: Path) -> None:
    """The authority is that of the first approval entry that matches cadre and programme, in the language spoken."""
    approval = {
        "leaders": {
            "who": {"post": "leader"},
            "programmes": ["degree"],
            "authority": {"en": "Party", "vi": "Huyện ủy"},
        },
        "degrees": {"programmes": ["degree", "school"], "authority": "Committee"},
    }
    path = small(tmp_path, {"A": {"post": "leader"}, "B": {}}, approval=approval)
    plan = planned(path, ("A", "degree", 2021), ("A", "course", 2023), ("B", "degree", 2021))
    with speaking("vi"):
        signs = tabulation.nominations(plan).set_index(["cadre", "programme"])["authority"]
    assert dict(signs) == {("A", "degree"): "Huyện ủy", ("A", "course"): "", ("B", "degree"): "Committee"}


def test_the_reason_names_what_the_start_is_for(tmp_path: Path) -> None:
    """The target it leads to; the step that rests on it; the pool whose minimum it keeps; else that it is none's."""
    targets = {"senior": {"who": {"sex": "F"}, "level": {"administration": "senior"}, "at_least": 1, "title": "Senior"}}
    seats = {"evenings": {"programmes": ["evening"], "who": {"sex": "M"}, "per_year": {"min": 1}, "title": "Evenings"}}
    programmes = {"further": {"title": "Further"}}
    priority = {"young": {"who": {"age": {"max": 40}}, "points": 1, "title": "Young"}}
    cadres = {"A": {}, "B": {"sex": "M", "birth_year": 1970}}
    path = small(tmp_path, cadres, targets=targets, seats=seats, priority=priority, programmes=programmes)
    chosen = [("A", "course", 2021), ("A", "further", 2022), ("A", "school", 2023), ("B", "evening", 2021)]
    with speaking("en"):
        table = tabulation.nominations(planned(path, *chosen)).set_index("programme")["reason"]
    assert dict(table) == {
        "course": "As a step to: Further",
        "further": "For the targets: Senior",
        "school": "Beyond need: no target, minimum or later step would lack it",
        "evening": "For the least number of starts: Evenings (2021)",
    }


def test_a_start_that_attains_too_late_serves_no_target(tmp_path: Path) -> None:
    """A start serves a target only if the cadre attains it by its year; a step to such a start is still a step."""
    targets = {"senior": {"who": {"sex": "F"}, "level": {"administration": "senior"}, "at_least": 1, "by": 2022}}
    path = small(tmp_path, targets=targets)
    with speaking("en"):
        table = tabulation.nominations(planned(path, ("A", "course", 2022), ("A", "further", 2023)))
    assert list(table["reason"]) == [
        "As a step to: further",
        "Beyond need: no target, minimum or later step would lack it",
    ]


@pytest.mark.parametrize("table", [tabulation.nominations, tabulation.pool_totals])
def test_a_year_outside_the_horizon_is_refused(example: Plan, table: Any) -> None:
    """The message names the years there are."""
    with pytest.raises(InputError, match=r"2021.*2024"):
        table(example, 2030)


def test_an_unknown_agency_is_refused(example: Plan) -> None:
    """The message names the agency and what it may have meant."""
    known = example.problem.agencies["agency"][0]
    with pytest.raises(InputError, match=known):
        tabulation.gantt(example, known + "x")


def test_a_roster_without_posts_still_makes_lists(tmp_path: Path) -> None:
    """`post` is optional: its column is empty then."""
    plan = planned(small(tmp_path), SCHOOL)
    problem = replace(plan.problem, cadres=plan.problem.cadres.drop(columns="post"))
    assert list(tabulation.nominations(replace(plan, problem=problem))["post"]) == [""]
