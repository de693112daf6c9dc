"""The plan made again from a later year on: contract, section 10, line by line; each change with reason and price."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from commands import planner as command
from random_scenarios import random_scenario
from years import a_run, again, history, in_order, joiners, ledger, named, roster, starts

import planner
from planner import InputError
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.warnings import warnings
from planner.library.years import Replan, replan
from planner.messages import speaking
from planner.report.text.changes import why
from planner.years.successor import ranked

pytestmark = pytest.mark.usefixtures("english")
SCHEME = Path(__file__).parents[1] / "scenarios" / "hoang-su-phi"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which one cadre goes to school in each of three years; to be read."""
    return a_run(tmp_path_factory.mktemp("made"))


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A run of its own."""
    shutil.copytree(made.parent, tmp_path / "own")
    return tmp_path / "own" / "run"


def held(found: Replan, folder: Path) -> None:
    """The new run verifies by itself, and its own scenario solved again gives the same plan."""
    found.write(folder)
    assert planner.verify(folder).empty
    copy = folder.parent / "elsewhere"
    shutil.copytree(folder / "inputs", copy)
    assert starts(planner.solve(copy / "scenario.yaml")) == starts(found.plan)
    shutil.rmtree(copy)


def values(found: Replan) -> dict[str, float]:
    """The goals' values."""
    return dict(zip(found.plan.goals["goal"], found.plan.goals["value"], strict=True))


# --- no news, no change ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2021, 2022, 2024])
def test_no_news_no_change(made: Path, tmp_path: Path, year: int) -> None:
    """Without events the starts from the year on are those of before, from the first year to the last."""
    found = again(made, year)
    assert starts(found.plan) == {start for start in starts(found.old) if start[2] >= year}
    assert values(found)["changes"] == 0
    assert {change.kind for change in found.changes} <= {"kept"}
    held(found, tmp_path / "new")


def asks_for_levels(problem: planner.Problem) -> bool:
    """Whether a group moves with the levels reached."""
    used = {
        name
        for at, condition in conditions(problem.scenario)
        for name in columns_used(condition)
        if at[-1] != "eligible"
    }
    return bool(used & {*problem.scenario.ladders})


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 12))])
def test_no_news_no_change_at_random(tmp_path: Path, seed: int) -> None:
    """So it is for scenarios of every key, whose groups ask for no level; and each new run stands for itself."""
    plan = planner.solve(random_scenario(seed, tmp_path / "scenario", "tiny"))
    if not plan.found or asks_for_levels(plan.problem):
        return
    planner.write_run(plan, tmp_path / "run")
    for year in plan.problem.scenario.horizon.years:
        found = replan(tmp_path / "run", year, priced=False)
        assert starts(found.plan) == {start for start in starts(plan) if start[2] >= year}, year
        held(found, tmp_path / f"new{year}")


@pytest.mark.long
def test_no_news_no_change_in_the_real_scheme(base_run: Path, tmp_path: Path) -> None:
    """The district's plan of 943 starts, made again from 2022 on."""
    found = again(base_run, 2022)
    assert starts(found.plan) == {start for start in starts(found.old) if start[2] >= 2022}
    found.write(tmp_path / "new")
    assert planner.verify(tmp_path / "new").empty
    later = again(tmp_path / "new", 2023)
    assert starts(later.plan) == {start for start in starts(found.plan) if start[2] >= 2023}


def test_before_the_year_nothing_moves(made: Path) -> None:
    """No start of the new plan lies before it."""
    first = in_order(made)[0]
    for year in (2022, 2023):
        found = again(made, year, f"2021-06-01,declined,{first},school,2021")
        assert all(start[2] >= year for start in starts(found.plan))


def test_twice_is_once(made: Path, tmp_path: Path) -> None:
    """Made again in 2022 and then in 2023 it is as made again in 2023 at once; so is the history."""
    first = in_order(made)[0]
    row = f"2021-06-01,declined,{first},school,2021"
    step = again(made, 2022, row)
    step.write(tmp_path / "step")
    twice = replan(tmp_path / "step", 2023, priced=False)
    assert planner.verify(tmp_path / "step").empty
    once = again(made, 2022, row)
    assert starts(twice.plan) == {start for start in starts(once.plan) if start[2] >= 2023}
    quiet = again(made, 2023)
    middle = again(made, 2022)
    middle.write(tmp_path / "middle")
    both = replan(tmp_path / "middle", 2023, priced=False)
    pd.testing.assert_frame_equal(history(both), history(quiet))
    pd.testing.assert_frame_equal(roster(both), roster(quiet))


def test_an_event_and_its_withdrawal_are_no_event(run: Path) -> None:
    """What was withdrawn counts for nothing."""
    first, second, _ = in_order(run)
    rows = [f"2021-06-01,declined,{first},school,2021", f"2021-06-01,left,{second}"]
    planner.record(run, ledger(run.parent, *rows))
    changed = again(run, 2022)
    assert values(changed)["changes"] > 0
    for number in (1, 2):
        planner.record(run, withdraw=number)
    found = again(run, 2022)
    assert starts(found.plan) == {start for start in starts(found.old) if start[2] >= 2022}
    assert named(found.news, "what", "cadre") == [("unconfirmed", first)]


# --- what happened --------------------------------------------------------------------------------------------------


def test_starts_before_the_year_happened(made: Path) -> None:
    """Unconfirmed ones are told; their level is reached, and they stand in the history."""
    first, second, third = in_order(made)
    found = again(made, 2023)
    told = [("unconfirmed", first, 2021), ("unconfirmed", second, 2022)]
    assert named(found.news, "what", "cadre", "start") == sorted(told)
    table = roster(found)
    assert table["theory"].to_dict() == {first: "advanced", second: "advanced", third: "intermediate"}
    assert sorted(history(found)["start"]) == ["2021", "2022"]
    assert set(history(found)["pools"]) == {"school"}


@pytest.mark.parametrize(("row", "doubtful"), [
    ("2021-12-01,failed,A,basics", True),
    ("2021-02-01,declined,A,basics,2021", True),
    ("2021-12-01,extended,A,basics,,2022", True),
    ("2021-12-01,extended,A,basics,,2021", False),
    ("2021-12-01,finished,A,basics", False),
    ("2021-12-01,changed,A,,,post=leader", False),
])  # fmt: skip
def test_a_start_that_the_ledger_speaks_against_is_told(tmp_path: Path, row: str, doubtful: bool) -> None:
    """Without the step before, or while it lasts, a planned start is taken as begun, and said to be in doubt."""
    run = a_run(tmp_path, {"A": {"theory": "none"}}, programmes={"basics": {"open": True}})
    assert starts(planner.read_run(run).plan()) == {("A", "basics", 2021), ("A", "school", 2022)}
    found = again(run, 2023, row)
    told = [("in_doubt", "A", "school", 2022, "basics 2021", "events.csv:2")] if doubtful else []
    columns = ("what", "cadre", "programme", "start", "detail", "entry")
    assert named(found.news[found.news["what"] == "in_doubt"], *columns) == told
    assert ("unconfirmed", "A") in named(found.news, "what", "cadre")
    if doubtful:
        done = command("replan", run, "--from", 2023, "--ledger", tmp_path / "events.csv", "--quiet", "--no-prices")
        assert "A school 2022 (basics 2021)" in done.stdout
    confirmed = again(run, 2023, "2022-03-01,admitted,A,school,2022", row)
    assert "in_doubt" not in set(confirmed.news["what"])


def test_another_study_at_the_same_time_is_in_doubt(tmp_path: Path) -> None:
    """Who really began a long study elsewhere is hardly at school full time; a short course goes beside the evening."""
    run = a_run(tmp_path, {"A": {}}, programmes={"degree": {"open": True}})
    assert starts(planner.read_run(run).plan()) == {("A", "school", 2021)}
    for programme, doubtful in (("degree", True), ("course", True)):
        found = again(run, 2022, f"2021-02-01,admitted,A,{programme},2021")
        assert ("in_doubt" in set(found.news["what"])) is doubtful
    found = again(run, 2023, "2022-02-01,admitted,A,degree,2022")
    assert "in_doubt" not in set(found.news["what"])


def test_the_scenario_of_a_new_run_has_years_that_are_numbers(tmp_path: Path) -> None:
    """Any reader of the contract reads `per_year: {2022: ...}` there, of seats and of the budget."""
    years = {year: {"max": 1} for year in range(2021, 2025)}
    cost = {"programmes": {"school": {"cost": 1}}, "budget": {"per_year": {2022: 5, 2023: 7.5}}}
    run = a_run(tmp_path, seats={"school": {"per_year": {"max": None, **years}}}, **cost)
    found = again(run, 2022)
    held(found, tmp_path / "new")
    text = yaml.safe_load((tmp_path / "new" / "inputs" / "scenario.yaml").read_text("utf-8"))
    assert text["seats"]["school"]["per_year"] == years
    assert text["budget"]["per_year"] == {2022: 5, 2023: 7.5}


def test_a_declined_start_did_not_happen(made: Path) -> None:
    """Before the year it is no history and leaves the level; from the year on it is forbidden."""
    first, second, _ = in_order(made)
    before = again(made, 2022, f"2021-06-01,declined,{first},school,2021")
    assert history(before).empty
    assert roster(before)["theory"][first] == "intermediate"
    assert (first, "school", 2024) in starts(before.plan)
    ahead = again(made, 2022, f"2021-06-01,declined,{second},school,2022")
    assert (second, "school", 2022) not in starts(ahead.plan)
    assert ahead.plan.problem.scenario.pins.forbid[0].start == 2022
    late = again(made, 2022, f"2022-03-01,declined,{second},school,2022")
    assert starts(late.plan) == starts(ahead.plan)


def test_what_is_ahead_cannot_be_known(made: Path) -> None:
    """Events of the year or later are refused, but for declined and leave."""
    first, _, third = in_order(made)
    for row in (
        f"2022-01-01,left,{third}",
        f"2022-01-01,finished,{first},school",
        f"2022-01-01,changed,{third},,,post=x",
    ):
        with pytest.raises(InputError, match="cannot be known yet"):
            again(made, 2022, row)
        assert again(made, 2022, row.replace("2022-01-01", "2021-12-31")).plan.found
    assert again(made, 2022, f"2022-01-01,leave,{third},,2023,2023").plan.found


def test_an_admission_outside_the_plan_counts(made: Path) -> None:
    """It stands in the history with the pools it counted in; what the cadre was to do instead did not happen."""
    _, second, third = in_order(made)
    found = again(made, 2022, f"2021-09-01,admitted,{third},school,2021")
    assert ("2021", "school") in set(zip(history(found)["start"], history(found)["pools"], strict=True))
    assert third not in {cadre for cadre, _, _ in starts(found.plan)}
    assert ("unplanned", third) in named(found.news, "what", "cadre")
    instead = again(made, 2023, f"2021-09-01,admitted,{second},school,2021")
    assert ("elsewhere", second) in named(instead.news, "what", "cadre")
    assert sorted(history(instead)["start"]) == ["2021", "2021"]


@pytest.mark.parametrize(("row", "theory", "studying", "finish"), [
    ("", "intermediate", "evening", "2022"),
    ("2021-12-31,finished,{0},evening", "advanced", "", "2021"),
    ("2021-12-31,failed,{0},evening", "intermediate", "", "2021"),
    ("2021-12-31,extended,{0},evening,,2022", "intermediate", "evening", "2022"),
    ("2021-12-31,extended,{0},evening,,2024", "intermediate", "evening", "2024"),
])  # fmt: skip
def test_a_study_under_way(tmp_path: Path, row: str, theory: str, studying: str, finish: str) -> None:
    """It goes on, or ended with its level or without it, or goes on longer."""
    run = _evening(tmp_path)
    (code,) = in_order(run)
    found = again(run, 2022, *([row.format(code)] if row else ()))
    own = roster(found).loc[code]
    assert (own["theory"], own["studying"], own["studying_until"]) == (theory, studying, finish if studying else "")
    assert history(found)["finish"].tolist() == [finish]
    held(found, tmp_path / "new")


def _evening(tmp_path: Path) -> Path:
    """A run of one cadre who studies in the evening, from 2021 to 2022."""
    seats = {"school": {"programmes": ["evening"]}}
    programmes = {"school": {"open": False}, "evening": {"months": 18}}
    return a_run(tmp_path, {"A": {}}, seats=seats, programmes=programmes)


def test_a_failed_study_may_begin_again(tmp_path: Path) -> None:
    """The start stays in the history; the level is still to be reached."""
    run = _evening(tmp_path)
    found = again(run, 2022, "2021-12-31,failed,A,evening")
    assert starts(found.plan) == {("A", "evening", 2022)}
    assert starts(again(run, 2022).plan) == set()


def test_a_study_extended_twice_over_two_plans(tmp_path: Path) -> None:
    """The second plan knows the study by its history, and corrects its end there."""
    run = _evening(tmp_path)
    step = again(run, 2022, "2021-12-31,extended,A,evening,,2023")
    step.write(tmp_path / "step")
    found = again(tmp_path / "step", 2023, "2022-12-31,extended,A,evening,,2024")
    assert history(found)[["start", "finish"]].to_numpy().tolist() == [["2021", "2024"]]
    assert roster(found).loc["A", "studying_until"] == "2024"
    ended = again(tmp_path / "step", 2023, "2022-12-31,failed,A,evening")
    assert history(ended)[["start", "finish"]].to_numpy().tolist() == [["2021", "2022"]]
    assert roster(ended).loc["A", "studying"] == ""


@pytest.mark.parametrize(("day", "begun"), [("2022-09-01", False), ("2022-09-02", True)])
@pytest.mark.parametrize("event", ["left", "retired"])
def test_those_who_left_are_gone(tmp_path: Path, event: str, day: str, begun: bool) -> None:
    """They are on no roster; a start of before their last day happened, one from that day on did not."""
    run = a_run(tmp_path, programmes={"school": {"begins": 9, "months": 4}})
    second = in_order(run)[1]
    found = again(run, 2023, f"{day},{event},{second}")
    assert second not in roster(found).index
    assert (second in set(history(found)["cadre"])) == begun
    assert (event, second) in named(found.news, "what", "cadre")
    assert ("unconfirmed" if begun else "gone", second) in named(found.news, "what", "cadre")
    assert second not in {cadre for cadre, _, _ in starts(found.plan)}
    held(found, tmp_path / "new")


def test_those_who_joined_are_there(made: Path, tmp_path: Path) -> None:
    """Their row is the second table's; they are planned for, and what they study goes on."""
    table = joiners(tmp_path, N={"studying": "degree", "studying_until": 2022, "birth_year": 1990})
    found = again(made, 2022, "2021-03-01,joined,N", joiners=table)
    own = roster(found).loc["N"]
    assert (own["studying"], own["studying_until"], own["birth_year"]) == ("degree", "2022", "1990")
    assert ("N", "school", 2024) in starts(found.plan)
    held(found, tmp_path / "new")


def test_a_transfer_is_read_as_now_and_history_keeps_what_was(tmp_path: Path) -> None:
    """A start before the transfer counts in the old agency and pool, one after it in the new ones."""
    who = {"office": {"agency": "office"}, "archive": {"agency": "archive"}}
    seats = {
        name: {"programmes": ["school"], "who": condition, "per_year": {"max": 2}, "total": 2}
        for name, condition in who.items()
    }
    people = {"A": {}, "B": {"agency": "archive"}, "C": {}}
    run = a_run(tmp_path, people, {"office": 9, "archive": 9}, seats={"school": None, **seats})
    first = next(cadre for cadre, _, start in starts(planner.read_run(run).plan()) if start == 2021 and cadre != "B")
    found = again(run, 2022, f"2021-02-01,transferred,{first},,,archive")
    row = history(found).set_index("cadre").loc[first]
    assert (row["agency"], row["pools"]) == ("office", "office")
    assert roster(found).loc[first, "agency"] == "archive"
    moved = again(run, 2022, f"2021-01-01,transferred,{first},,,archive")
    row = history(moved).set_index("cadre").loc[first]
    assert (row["agency"], row["pools"]) == ("archive", "archive")
    held(moved, tmp_path / "new")


def test_a_changed_column_has_its_value(made: Path) -> None:
    """The last value before the year; a level in an office's words; a column that the roster had not."""
    third = in_order(made)[2]
    rows = [f"2021-02-01,changed,{third},,,post=x", f"2021-03-01,changed,{third},,,post=y"]
    own = roster(again(made, 2022, *rows, f"2021-03-01,changed,{third},,,education=Thạc sĩ")).loc[third]
    assert (own["post"], own["education"]) == ("y", "master")
    reached = again(made, 2022, f"2021-03-01,changed,{third},,,theory=advanced")
    assert third not in {cadre for cadre, _, _ in starts(reached.plan)}
    local = roster(again(made, 2022, f"2021-03-01,changed,{third},,,local=có"))["local"]
    assert local.to_dict() == {**dict.fromkeys(local.index, ""), third: "yes"}


@pytest.mark.parametrize(("years", "barred"), [("2022,2022", True), ("2023,2023", False)])
def test_leave_bars_its_years(made: Path, tmp_path: Path, years: str, barred: bool) -> None:
    """A start in a year of leave moves; one beside it stays."""
    second = in_order(made)[1]
    found = again(made, 2022, f"2021-06-01,leave,{second},,{years}")
    assert ((second, "school", 2022) not in starts(found.plan)) == barred
    held(found, tmp_path / "new")


def test_leave_of_a_year_that_is_over_says_that_the_start_did_not_happen(made: Path) -> None:
    """Whoever was on leave did not begin; one who was on leave the year before did."""
    second = in_order(made)[1]
    away = again(made, 2023, f"2021-06-01,leave,{second},,2022,2022")
    assert ("on_leave", second) in named(away.news, "what", "cadre")
    assert second not in set(history(away)["cadre"])
    there = again(made, 2023, f"2021-06-01,leave,{second},,2021,2021")
    assert second in set(history(there)["cadre"])


def test_those_past_their_retirement_are_told(tmp_path: Path) -> None:
    """Nobody says that they left: they stay, and it is said; not so in the year itself."""
    run = a_run(tmp_path, {"A": {"retires": 2022}, "B": {}})
    assert "overdue" not in set(again(run, 2022).news["what"])
    assert ("overdue", "A") in named(again(run, 2023).news, "what", "cadre")


# --- what counts over the horizon -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "more"), [(3, 1), (2, 0), (1, 0)])
def test_history_counts_in_the_total(tmp_path: Path, total: int, more: int) -> None:
    """Totals stay as written; at the limit nobody further starts, beyond it neither, and it is reported."""
    run = a_run(tmp_path, seats={"school": {"total": 3}})
    overlay = tmp_path / "fewer.yaml"
    overlay.write_text(yaml.safe_dump({"seats": {"school": {"total": total}}}))
    found = again(run, 2023, overlay=overlay)
    assert len(starts(found.plan)) == more
    assert found.plan.totals["starts"].tolist() == [2 + more]
    held(found, tmp_path / "new")


@pytest.mark.parametrize(("total", "more"), [(3, 1), (2, 0)])
def test_history_counts_in_the_agency(tmp_path: Path, total: int, more: int) -> None:
    """So it does in `per_agency.total`."""
    run = a_run(tmp_path, seats={"school": {"per_agency": {"total": total}}})
    assert len(starts(again(run, 2023).plan)) == more


@pytest.mark.parametrize(("most", "more"), [(2, 1), (1, 0)])
def test_history_counts_for_the_cadre(tmp_path: Path, most: int, more: int) -> None:
    """So it does in `starts_per_cadre`: whoever failed may try again, if that leaves a start."""
    seats = {"school": {"programmes": ["evening"]}}
    run = a_run(tmp_path, {"A": {}}, seats=seats, study_load={"starts_per_cadre": most})
    assert len(starts(again(run, 2022, "2021-12-31,failed,A,evening").plan)) == more


@pytest.mark.parametrize(("between", "year"), [(0, 2022), (1, 2023), (2, 2024)])
def test_a_study_that_ended_counts_in_the_years_between(tmp_path: Path, between: int, year: int) -> None:
    """One from before all planning stands in the history without a start, and counts there alone."""
    cadre = {"theory": "none", "studying": "basics", "studying_until": 2021}
    load = {"years_between": between, "starts_per_cadre": 1}
    run = a_run(tmp_path, {"A": cadre}, study_load=load)
    found = again(run, 2022)
    assert history(found)[["programme", "start", "finish", "pools"]].to_numpy().tolist() == [["basics", "", "2021", ""]]
    assert starts(found.plan) == {("A", "school", year)}
    assert roster(found).loc["A", "theory"] == "intermediate"
    held(found, tmp_path / "new")


def test_history_counts_in_shares(tmp_path: Path) -> None:
    """A share over the horizon counts the starts of before, and those of its group."""
    share = {"who": {"sex": "F"}, "min": 0.5, "programmes": ["school"]}
    run = a_run(tmp_path, {"A": {"sex": "M"}, "B": {}, "C": {}}, shares={"women": share})
    found = again(run, 2023)
    rows = history(found)
    assert set(rows["shares"]) == {"women"}
    assert [text == "women" for text in rows["of_group"]] == [cadre != "A" for cadre in rows["cadre"]]
    assert found.plan.shares["starts"].tolist() == [3]


def test_rows_of_names_no_longer_defined_stay(tmp_path: Path) -> None:
    """They count nowhere, and are handed on."""
    run = a_run(tmp_path, seats={"school": {"total": 3}})
    overlay = tmp_path / "renamed.yaml"
    overlay.write_text("seats: {school: null, other: {programmes: [school], who: {sex: [F, M]}, total: 1}}\n")
    found = again(run, 2023, overlay=overlay)
    assert set(history(found)["pools"]) == {"school"}
    assert len(starts(found.plan)) == 1
    found.write(tmp_path / "new")
    assert set(history(again(tmp_path / "new", 2024))["pools"]) == {"school", "other"}


# --- the scenario ---------------------------------------------------------------------------------------------------


def test_groups_are_read_as_before(tmp_path: Path) -> None:
    """`as_of` is that of the run, though the plan begins later; a target's `by` may lie before."""
    who = {"age": {"max": 36}}
    run = a_run(
        tmp_path,
        targets={
            "theory": {"who": who, "by": 2021},
            "later": {"who": who, "level": {"theory": "advanced"}, "share": 1.0},
        },
    )
    found = again(run, 2022)
    scenario = found.plan.problem.scenario
    assert (scenario.horizon.first, scenario.as_of) == (2022, 2021)
    assert found.plan.attainment["members"].tolist() == [3, 3]
    held(found, tmp_path / "new")


@pytest.mark.parametrize(("goals", "keep", "found"), [
    (["attainment", "seat_floors", "shares", "starts", "lot"], None, 3),
    (["attainment", "early", "lot"], None, 1),
    (["starts", "attainment", "early"], None, 2),
    (["early", {"attainment": ["a"]}, "lot"], None, 2),
    (["early", "lot"], None, 0),
    (["attainment", "early", "changes", "lot"], None, 2),
    (["attainment", "early", "lot"], "all", 0),
    (["attainment", "early", "lot"], "none", 2),
    (["attainment", "early"], "none", 2),
    (["changes", "attainment"], "none", 1),
    (["attainment", "lot", "changes"], "all", 0),
])  # fmt: skip
def test_where_changes_is_ranked(goals: list[Any], keep: Any, found: int) -> None:
    """After the last of attainment, seat_floors and shares, unless the scenario ranks it; `keep` moves it."""
    result = ranked(goals, keep)
    assert result.index("changes") == found
    assert result.count("changes") == 1
    assert [goal for goal in result if goal != "changes"] == [goal for goal in goals if goal != "changes"]


def test_pins(tmp_path: Path) -> None:
    """A pin met before is dropped and told, so is one of somebody gone, or of a year that is over; others stay."""
    pins = [
        {"cadre": cadre, "programme": "school", "start": year}
        for cadre, year in (("A", 2021), ("B", 2022), ("C", 2023))
    ]
    forbid = [{"cadre": "C", "programme": "evening"}]
    run = a_run(tmp_path, pins={"require": pins, "forbid": forbid})
    found = again(run, 2022)
    assert [pin.cadre for pin in found.plan.problem.scenario.pins.require] == ["B", "C"]
    assert ("pin_met", "A") in named(found.news, "what", "cadre")
    declined = again(run, 2022, "2021-05-01,declined,A,school,2021", "2021-05-01,declined,B,school,2022")
    assert ("pin_past", "A") in named(declined.news, "what", "cadre")
    assert ("pin_declined", "B") in named(declined.news, "what", "cadre")
    assert [pin.cadre for pin in declined.plan.problem.scenario.pins.require] == ["C"]
    gone = again(run, 2022, "2021-05-01,left,C")
    assert named(gone.news[gone.news["what"] == "pin_gone"], "cadre", "detail") == [("C", "require"), ("C", "forbid")]
    held(gone, tmp_path / "new")


def test_leave_of_the_scenario(tmp_path: Path) -> None:
    """Leave of those who are gone is dropped and told; the ledger's gets a name of its own."""
    leave = {"leave_1": {"cadre": "A", "from": 2024, "to": 2024}, "b": {"cadre": "B", "from": 2024, "to": 2024}}
    run = a_run(tmp_path, leave=leave)
    found = again(run, 2022, "2021-05-01,left,B", "2021-05-01,leave,C,,2023,2024")
    assert set(found.plan.problem.scenario.leave) == {"leave_1", "leave_2"}
    assert ("leave_gone", "B") in named(found.news, "what", "cadre")
    held(found, tmp_path / "new")


def test_the_earlier_plan(made: Path) -> None:
    """The starts from the year on, of those who are still there."""
    _, second, third = in_order(made)
    found = again(made, 2022, f"2021-05-01,left,{third}")
    assert found.plan.problem.earlier["cadre"].tolist() == [second]


@pytest.mark.parametrize(("text", "told"), [
    ("roster: roster.csv", "roster: the overlay may not name"),
    ("history: history.csv", "history: the overlay may not name"),
    ("earlier: earlier.csv", "earlier: the overlay may not name"),
    ("horizon: {first: 2022}", "may not say when the plan begins"),
    ("seets: {}", "seets"),
    ("[]", "mapping"),
])  # fmt: skip
def test_faults_of_an_overlay(made: Path, tmp_path: Path, text: str, told: str) -> None:
    """What follows from the run is not the overlay's to say; its own faults come with file and line."""
    overlay = tmp_path / "over.yaml"
    overlay.write_text(text)
    with pytest.raises(InputError, match=told) as caught:
        again(made, 2022, overlay=overlay)
    assert "over.yaml, line 1" in str(caught.value)


def test_an_overlay_that_extends_the_run_s_own_scenario(made: Path, tmp_path: Path) -> None:
    """A what-if as it lies beside the base: what it says is laid on, what it extends is the run's own."""
    base = made.parent / "scenario" / "scenario.yaml"
    over = base.parent / "over.yaml"
    over.write_text("extends: scenario.yaml\nhorizon: {last: 2025}\n")
    further = base.parent / "further.yaml"
    further.write_text(f"extends: {over}\nseats: {{school: {{per_year: {{max: 3}}}}}}\n")
    found = again(made, 2022, overlay=further)
    scenario = found.plan.problem.scenario
    assert (scenario.horizon.last, scenario.seats["school"].of_year(2022).max) == (2025, 3)
    assert "over.yaml" in str(found.notes[0])
    held(found, tmp_path / "new")
    chained = again(tmp_path / "new", 2023, overlay=further)
    assert chained.plan.found


@pytest.mark.parametrize("year", [2020, 2025])
def test_a_year_outside_the_plan(made: Path, year: int) -> None:
    """One before the first year, one after the last: refused."""
    with pytest.raises(InputError, match=f"from {year}: its years are 2021 to 2024"):
        again(made, year)


# --- changes, reasons, prices ---------------------------------------------------------------------------------------


def test_each_change_has_its_reason_and_price(made: Path) -> None:
    """Who left is dropped by that entry; who moves up does so because it is worth it; `kept` keeps."""
    first, second, third = in_order(made)
    found = again(made, 2022, f"2021-05-01,left,{second}", priced=True)
    assert starts(found.plan) == {(third, "school", 2023)}
    table = found.table.set_index("cadre")
    assert (table.loc[second, "change"], table.loc[second, "cause"], table.loc[second, "entries"]) == (
        "dropped",
        "forced",
        "events.csv:2",
    )
    assert table.loc[third, "change"] == "kept"
    better = again(made, 2022, f"2021-05-01,left,{second}", priced=True, keep="none")
    row = better.table.set_index("cadre").loc[third]
    assert (row["change"], row["was_start"], row["start"]) == ("moved", 2023, 2022)
    assert (row["cause"], row["goal"], row["by"]) == ("worth", "early", 1)
    assert first not in set(found.table["cadre"])


def test_a_change_that_a_rule_forces(tmp_path: Path) -> None:
    """The old start is admissible, but the seat is taken: the rules are named."""
    run = a_run(tmp_path, {"A": {}, "B": {}}, seats={"school": {"total": 2}})
    second = in_order(run)[1]
    other = joiners(tmp_path, N={})
    rows = ["2021-01-02,joined,N", "2021-05-01,admitted,N,school,2021"]
    found = again(run, 2022, *rows, joiners=other, priced=True)
    row = found.table.set_index("cadre").loc[second]
    assert (row["change"], row["cause"]) == ("dropped", "forced")
    assert "seats" in row["rules"]
    change = next(change for change in found.changes if change.cadre == second)
    for lang, told in (("en", "school: at most 2 starts over all years"), ("vi", "school: tối đa 2 lượt cả kỳ")):
        with speaking(lang):
            assert told in why(found.plan.problem, change)


def test_a_change_that_admissibility_forces(made: Path) -> None:
    """On leave: the reason is that of `explain`."""
    second = in_order(made)[1]
    found = again(made, 2022, f"2021-05-01,leave,{second},,2022,2022", priced=True)
    row = found.table.set_index("cadre").loc[second]
    assert (row["change"], row["cause"], row["reasons"], row["entries"]) == (
        "moved",
        "forced",
        "on_leave",
        "events.csv:2",
    )


def test_keep_all_ranks_changes_first(made: Path, tmp_path: Path) -> None:
    """Nothing moves for the sake of attainment: the seat of whoever left stays empty."""
    second = in_order(made)[1]
    third = in_order(made)[2]
    overlay = tmp_path / "sooner.yaml"
    overlay.write_text("targets: {theory: {by: 2022}}\n")
    stays = again(made, 2022, f"2021-05-01,left,{second}", overlay=overlay, keep="all")
    assert starts(stays.plan) == {(third, "school", 2023)}
    assert (values(stays)["changes"], values(stays)["attainment"]) == (0, 1)
    moves = again(made, 2022, f"2021-05-01,left,{second}", overlay=overlay)
    assert starts(moves.plan) == {(third, "school", 2022)}
    assert (values(moves)["changes"], values(moves)["attainment"]) == (2, 0)


def test_keep_announced_pins_the_year(made: Path, tmp_path: Path) -> None:
    """The starts of the first year are required, later ones free; those that cannot stand are told."""
    _, second, third = in_order(made)
    overlay = tmp_path / "over.yaml"
    overlay.write_text("goals: [{attainment: [theory]}, early, changes, lot]\nlot: other\n")
    found = again(made, 2022, overlay=overlay, keep="announced")
    assert found.kept == ((second, "school", 2022),)
    assert (second, "school", 2022) in starts(found.plan)
    held(found, tmp_path / "new")
    lost = again(made, 2022, f"2021-05-01,leave,{second},,2022,2022", keep="announced")
    assert (lost.kept, lost.lost) == ((), ((second, "school", 2022),))
    assert third


def test_an_announced_start_that_can_stand_no_more_is_let_go(made: Path, tmp_path: Path) -> None:
    """What --keep announced pinned and leave then bars is dropped and told; a pin of the scenario's own contradicts."""
    second = in_order(made)[1]
    again(made, 2022, keep="announced").write(tmp_path / "announced")
    row = f"2022-01-05,leave,{second},,2022,2022"
    found = again(tmp_path / "announced", 2022, row)
    assert ("pin_lost", second, "school", 2022) in named(found.news, "what", "cadre", "programme", "start")
    assert (second, "school", 2022) not in starts(found.plan)
    held(found, tmp_path / "new")
    kept = again(tmp_path / "announced", 2022)
    assert "pin_lost" not in set(kept.news["what"])
    assert [(pin.cadre, pin.start) for pin in kept.plan.problem.scenario.pins.require] == [(second, 2022)]
    own = tmp_path / "own.yaml"
    own.write_text(f"pins: {{require: [{{cadre: {second}, programme: school, start: 2022, source: law}}]}}\n")
    assert again(made, 2022, row, overlay=own).plan.status == "infeasible"


@pytest.mark.parametrize(("keep", "place"), [("all", 1), ("none", 3), (None, None), ("announced", None)])
def test_where_an_earlier_replan_ranked_the_changes_is_said(
    made: Path, tmp_path: Path, keep: Any, place: int | None
) -> None:
    """--keep all or none stays in the scenario of the new run; the next replan without --keep says where they stand."""
    again(made, 2022, keep=keep).write(tmp_path / "first")
    told = [note for note in replan(tmp_path / "first", 2022, priced=False).notes if note.key == "replan_ranked"]
    assert [note.values["place"] for note in told] == ([] if place is None else [place])
    assert not [note for note in again(tmp_path / "first", 2022, keep="all").notes if note.key == "replan_ranked"]


def test_announced_starts_that_cannot_stand_together(tmp_path: Path) -> None:
    """Two are announced, an overlay leaves one seat: one is kept, one is told as lost."""
    run = a_run(tmp_path, seats={"school": {"per_year": {"max": 2}}})
    overlay = tmp_path / "over.yaml"
    overlay.write_text("seats: {school: {per_year: {max: 1}}}\n")
    found = again(run, 2021, overlay=overlay, keep="announced")
    assert (len(found.kept), len(found.lost)) == (1, 1)
    assert set(found.kept) < starts(found.plan)


def test_the_frontier(made: Path) -> None:
    """From the fewest changes to the best attainment, each point the best within so many changes."""
    second = in_order(made)[1]
    overlay = made.parent / "short.yaml"
    overlay.write_text("targets: {theory: {by: 2022}}\nhorizon: {last: 2023}\nseats: {school: {per_year: {max: 2}}}\n")
    found = again(made, 2022, f"2021-05-01,left,{second}", overlay=overlay, frontier=True)
    table = found.frontier_table
    assert table["attainment"].tolist() == [1, 1, 0]
    assert table["changes"].tolist() == [0, 0, 2]
    assert table["at_most"].is_monotonic_increasing


def test_where_nobody_is_left_there_is_nothing_to_plan(tmp_path: Path) -> None:
    """Of three who leave the last one matters: with one left a plan is made, with nobody it is refused in words."""
    run = a_run(tmp_path, {"A": {}, "B": {}, "C": {}})
    gone = [f"2021-05-01,left,{cadre},," for cadre in "ABC"]
    assert replan(run, 2022, ledger(tmp_path, *gone[:2]), priced=False).plan.found
    with pytest.raises(InputError, match="nobody is left when 2022 begins"):
        replan(run, 2022, ledger(tmp_path, *gone), priced=False)


# --- one seat -------------------------------------------------------------------------------------------------------


def test_a_substitute_takes_the_seat_and_nothing_else_moves(tmp_path: Path) -> None:
    """The candidates in their order; the best is seated, the rest of the plan stays; the free plan is no worse."""
    people = {"A": {}, "B": {}, "C": {}, "D": {"birth_year": 1960}, "E": {}}
    run = a_run(
        tmp_path,
        people,
        horizon={"last": 2023},
        priority={"old": {"who": {"age": {"min": 50}}, "points": 2, "programmes": ["school"]}},
        goals=["attainment", "priority", "early", "lot"],
    )
    plan = starts(planner.read_run(run).plan())
    cadre, programme, year = seat = next(start for start in plan if start[2] == 2022)
    found = planner.substitutes(run, 2022, seat)
    waiting = set(people) - {code for code, _, _ in plan}
    able = [each.cadre for each in found.found.candidates if each.cadre and not each.rules]
    assert set(able) == waiting
    assert found.asked
    assert found.plan is not None
    kept = {start for start in plan if start[2] >= 2022 and start != seat}
    assert starts(found.plan.plan) == kept | {(able[0], programme, year)}
    held(found.plan, tmp_path / "new")
    nobody = found.table[found.table["cadre"] == ""].iloc[0]
    assert nobody["attainment_given_away"] == 1
    assert found.table.iloc[0]["attainment_given_away"] == 0
    recorded = planner.substitutes(run, 2022, seat, ledger(tmp_path, f"2022-01-05,declined,{cadre},school,2022"))
    assert not recorded.asked
    assert recorded.table.equals(found.table)


def test_a_rest_that_cannot_stand_is_told_before_anybody_is_tried(tmp_path: Path) -> None:
    """Somebody else's start is barred by leave: whoever takes the seat, the plan is to be made again."""
    run = a_run(tmp_path, {"A": {}, "B": {}, "C": {}, "D": {}}, horizon={"last": 2023})
    _, second, third = in_order(run)
    tried: list[int] = []
    table = ledger(tmp_path, f"2021-05-01,leave,{third},,2023,2023")
    with pytest.raises(InputError, match=rf"leave \({third}, school, 2023\).*make the whole plan again"):
        planner.substitutes(
            run, 2022, (second, "school", 2022), table, on_questions=lambda done, of: tried.append(done)
        )
    assert tried == []


def test_a_seat_that_the_plan_has_not(made: Path) -> None:
    """The seat of a year that is over, of a programme nobody starts, or badly written: refused in words."""
    first = in_order(made)[0]
    for seat in ((first, "school", 2021), (first, "evening", 2022)):
        with pytest.raises(InputError, match="has no start"):
            planner.substitutes(made, 2022, seat)
    for text in ("A,school", "A,school,x", ",school,2022"):
        assert command("replan", made, "--from", 2022, "--substitutes", text).returncode == 2


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_command(made: Path, tmp_path: Path, lang: str) -> None:
    """It tells what happened, what changes and why, writes a run with its tables and the picture of the frontier."""
    first, second, _ = in_order(made)
    table = ledger(tmp_path, f"2021-05-01,left,{second}", f"2021-06-01,declined,{first},school,2021")
    out = tmp_path / "new"
    done = command("replan", made, "--from", 2022, "--ledger", table, "--out", out, "--frontier", "--quiet", lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    with speaking(lang):
        from planner.messages import say

        assert say("news_left") in done.stdout
        assert say("replan_kind_dropped") in done.stdout
        assert say("run_written", folder=out) in done.stdout
    assert command("verify", out, lang=lang).returncode == 0
    names = {"changes.csv", "news.csv", "events.csv", "frontier.csv", "pictures/frontier.svg", "inputs/scenario.yaml"}
    assert all((out / name).exists() for name in names)
    again_ = command(
        "replan", made, "--from", 2022, "--ledger", table, "--out", out, "--force", "--quiet", "--no-prices"
    )
    assert again_.returncode == 0
    assert command("replan", out, "--from", 2023, "--quiet").returncode == 0


def test_the_command_for_one_seat(made: Path, tmp_path: Path) -> None:
    """It lists the candidates and writes the plan with the best; it goes with neither --keep nor --frontier."""
    second = in_order(made)[1]
    table = joiners(tmp_path, N={})
    events = ledger(tmp_path, "2021-03-01,joined,N")
    seat = f"{second},school,2022"
    options = ("--ledger", events, "--joiners", table, "--substitutes", seat, "--out", tmp_path / "new", "--quiet")
    done = command("replan", made, "--from", 2022, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "N" in done.stdout
    assert "does not say that this start was declined" in done.stdout
    assert command("verify", tmp_path / "new").returncode == 0
    assert pd.read_csv(tmp_path / "new" / "substitutes.csv")["cadre"].fillna("").tolist()[0] == "N"
    assert command("replan", made, "--from", 2022, "--substitutes", seat, "--keep", "all").returncode == 2


def test_a_replan_that_cannot_be(made: Path, tmp_path: Path) -> None:
    """A pool that must hold and cannot: exit 3, the rules named, nothing written."""
    overlay = tmp_path / "must.yaml"
    overlay.write_text("seats: {school: {per_year: {min: 1}, must: true}}\n")
    rows = [f"2021-05-01,left,{cadre}" for cadre in in_order(made)[1:]]
    done = command(
        "replan",
        made,
        "--from",
        2022,
        "--ledger",
        ledger(tmp_path, *rows),
        "--with",
        overlay,
        "--out",
        tmp_path / "new",
    )
    assert done.returncode == 3
    assert "must" in done.stderr
    assert not (tmp_path / "new").exists()
    assert command("replan", made, "--from", 2022, "--keep", "some").returncode == 2


def test_announced_then_leaves(tmp_path: Path) -> None:
    """The pin of somebody who leaves goes with him, and it is said; where he stays, it contradicts his retirement."""
    case = Path(__file__).parent / "cases" / "language" / "announced-then-leaves"
    scenario = yaml.safe_load((case / "scenario.yaml").read_text())
    shutil.copy(case / "roster.csv", tmp_path)
    text = (case / "roster.csv").read_text().replace("2028", "2031")
    (tmp_path / "roster.csv").write_text(text)
    (tmp_path / "scenario.yaml").write_text(yaml.safe_dump(scenario))
    planner.write_run(planner.solve(tmp_path / "scenario.yaml"), tmp_path / "run")
    gone = again(tmp_path / "run", 2027, "2026-06-01,left,A1")
    assert ("pin_gone", "A1") in named(gone.news, "what", "cadre")
    assert starts(gone.plan).isdisjoint({("A1", "master", 2027)})
    sooner = again(tmp_path / "run", 2027, "2026-06-01,changed,A1,,,retires=2028")
    assert sooner.plan.status == "infeasible"
    assert "pins" in set(sooner.plan.conflict["rule"])


# --- the real scheme ------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_year_of_the_real_scheme(base_run: Path, tmp_path: Path) -> None:
    """Declines, transfers, a newcomer, extensions, failures, retirement, leave, a promotion: the new plan holds."""
    plan = planner.read_run(base_run).plan()
    problem, rows = plan.problem, plan.assignments
    long = rows[(rows["start"] == 2021) & (rows["finish"] > 2021)]
    short = rows[(rows["start"] == 2021) & (rows["mode"] == "short")]
    ahead = rows[rows["start"] == 2022]
    cells = problem.cadres[problem.cadres["cadre"] == ahead["cadre"].iloc[5]].iloc[0]
    others = [code for code in problem.cadres["cadre"] if code not in set(rows["cadre"])]
    newcomer = pd.read_csv(SCHEME / "roster.csv", dtype=str, keep_default_na=False).iloc[[3]].assign(cadre="N0001")
    newcomer.to_csv(tmp_path / "joiners.csv", index=False)
    table = ledger(
        tmp_path,
        f"2022-02-01,declined,{ahead['cadre'].iloc[0]},{ahead['programme'].iloc[0]},2022",
        f"2021-10-01,declined,{short['cadre'].iloc[0]},{short['programme'].iloc[0]},2021",
        f"2021-10-01,admitted,{short['cadre'].iloc[1]},{short['programme'].iloc[1]},2021",
        f"2021-12-01,extended,{long['cadre'].iloc[0]},{long['programme'].iloc[0]},,2024",
        f"2021-12-01,failed,{long['cadre'].iloc[1]},{long['programme'].iloc[1]}",
        f"2021-12-01,finished,{long['cadre'].iloc[2]},{long['programme'].iloc[2]}",
        f"2021-07-01,transferred,{cells['cadre']},,,C05",
        f"2021-07-01,changed,{others[0]},,,post=agency_leader",
        f"2021-07-01,retired,{others[1]}",
        f"2021-11-01,left,{ahead['cadre'].iloc[9]}",
        f"2022-01-10,leave,{ahead['cadre'].iloc[12]},,2022,2023",
        "2021-06-01,joined,N0001",
    )  # fmt: skip
    found = replan(base_run, 2022, table, tmp_path / "joiners.csv", priced=False)
    assert found.plan.status == "optimal"
    kinds = set(found.news["what"])
    assert {
        "declined",
        "confirmed",
        "extended",
        "failed",
        "finished",
        "transferred",
        "changed",
        "retired",
        "left",
    } <= kinds
    assert {"leave", "joined", "unconfirmed"} <= kinds
    held(found, tmp_path / "new")
    gone = {others[1], ahead["cadre"].iloc[9]}
    assert gone.isdisjoint(roster(found).index)
    assert len(roster(found)) == len(problem.cadres) - 2 + 1


# --- anything at all ------------------------------------------------------------------------------------------------


def drawn(dice: random.Random, plan: planner.Plan, year: int) -> list[str]:
    """A few events of before a year that may be or may not."""
    problem, horizon = plan.problem, plan.problem.scenario.horizon
    chosen, people, agencies = sorted(starts(plan)), list(problem.cadres["cadre"]), list(problem.agencies["agency"])
    rows = []
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(horizon.first, max(horizon.first, year - 1))
        day, cadre = f"{at}-{dice.randint(1, 12):02d}-11", dice.choice(people)
        start = dice.choice(chosen) if chosen else (cadre, next(iter(problem.scenario.programmes)), at)
        rows.append(
            dice.choice(
                [
                    f"{day},admitted,{cadre},{dice.choice(list(problem.scenario.programmes))},{at}",
                    f"{day},declined,{start[0]},{start[1]},{start[2]}",
                    f"{day},finished,{start[0]},{start[1]}",
                    f"{day},failed,{start[0]},{start[1]}",
                    f"{day},extended,{start[0]},{start[1]},,{at + 2}",
                    f"{day},left,{cadre}",
                    f"{day},transferred,{cadre},,,{dice.choice(agencies)}",
                    f"{day},changed,{cadre},,,retires={year + dice.randint(0, 6)}",
                    f"{day},leave,{cadre},,{at},{at + 1}",
                ]
            )
        )
    return rows


@pytest.mark.parametrize(
    "seed", [*range(100, 106), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(106, 116))]
)
def test_whatever_happens_the_new_run_stands_for_itself(tmp_path: Path, seed: int) -> None:
    """Random events on random plans are refused in words, or lead to a run that holds and can be made again."""
    dice = random.Random(seed)
    plan = planner.solve(random_scenario(seed, tmp_path / "scenario", "tiny"))
    if not plan.found:
        return
    planner.write_run(plan, tmp_path / "run")
    year = dice.choice(plan.problem.scenario.horizon.years)
    keep = dice.choice([None, "all", "announced", "none"])
    try:
        found = again(tmp_path / "run", year, *drawn(dice, plan, year), keep=keep, priced=dice.random() < 0.3)
    except InputError as error:
        assert "events.csv, row" in str(error)
        return
    if found.plan.found:
        assert all(why(found.plan.problem, change) for change in found.changes if change.kind != "kept")
        found.write(tmp_path / "new")
        assert planner.verify(tmp_path / "new").empty
        solved = planner.solve(tmp_path / "new" / "inputs" / "scenario.yaml")
        assert not found.plan.repeatable or starts(solved) == starts(found.plan)
        last = found.plan.problem.scenario.horizon.last
        assert again(tmp_path / "new", min(year + 1, last)).news is not None


def test_a_start_forbidden_in_a_year_gone_by_is_no_warning(run: Path, tmp_path: Path) -> None:
    """What replanning forbade because it was declined is no warning when the plan is made again after that year."""
    second = in_order(run)[1]
    first = again(run, 2022, f"2021-05-01,declined,{second},school,2022")
    assert [pin.start for pin in first.plan.problem.scenario.pins.forbid] == [2022]
    first.write(tmp_path / "first")
    for year, left in ((2022, [2022]), (2023, [])):
        problem = replan(tmp_path / "first", year, priced=False).plan.problem
        assert [pin.start for pin in problem.scenario.pins.forbid] == left
        assert not [each for each in warnings(problem) if "pins" in str(each)]
