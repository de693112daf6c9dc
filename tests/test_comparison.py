"""Plans side by side: figures, the best, what is not proven; who gains and who loses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from commands import planner
from small import small

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.messages import speaking
from planner.plans.exchange import gains_and_losses
from planner.plans.plan import Plan
from planner.plans.run_folder import write_run
from planner.plans.summary import targets
from planner.plans.tabulation import yearly
from planner.report.terminal.studies import print_comparison
from planner.report.text.studies import differences
from planner.solver import solve_problem
from planner.studies.comparison import collect, compare

ADVANCED = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0, "by": 2022}
ONE_SEAT = {
    "targets": {"all": ADVANCED},
    "seats": {"theory": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 0, "max": 1}}},
    "programmes": {"school": {"open": False, "cost": 7}, "evening": {"open": False}},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "seat_floors", "priority", "early", "lot"],
}


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def solved(folder: Path, **overrides: object) -> Plan:
    return solve_problem(load(small(folder, **(ONE_SEAT | overrides))))


def with_seats(most: int, least: int = 0) -> dict[str, object]:
    return {"seats": {"theory": {**ONE_SEAT["seats"]["theory"], "per_year": {"min": least, "max": most}}}}


@pytest.fixture
def one(tmp_path: Path) -> Plan:
    return solved(tmp_path / "one")


@pytest.fixture
def two(tmp_path: Path) -> Plan:
    return solved(tmp_path / "two", **with_seats(2))


def figure(table: pd.DataFrame, item: str, measure: str) -> pd.Series:
    return table[(table["item"] == item) & (table["measure"] == measure)].iloc[0]


def test_figures_are_those_of_each_plan(one: Plan, two: Plan) -> None:
    """Targets, seats and years side by side are the figures that the tables of each plan alone give."""
    comparison = compare({"one": one, "two": two})
    for name, plan in comparison.plans.items():
        assert figure(comparison.goals, "attainment", "value")[name] == plan.goals["value"][0]
        assert figure(comparison.targets, "all", "shortfall")[name] == targets(plan)["shortfall"][0]
        assert figure(comparison.seats, "theory", "starts")[name] == plan.seats["starts"].sum()
        assert figure(comparison.yearly, "2021", "starts")[name] == yearly(plan)["starts"][0]
        assert figure(comparison.yearly, "total", "cost")[name] == 7 * (plan.assignments["programme"] == "school").sum()
        assert figure(comparison.yearly, "total", "cadres")[name] == plan.assignments["cadre"].nunique()
        assert figure(comparison.priority, "women", "sent_share")[name] == 1.0


def test_the_best_is_marked(one: Plan, two: Plan) -> None:
    """The best of each row is named by the row's sense; where all are equal, or neither is better, none is."""
    comparison = compare({"one": one, "two": two})
    assert figure(comparison.goals, "attainment", "value")["best"] == "two"
    assert figure(comparison.targets, "all", "attained")["best"] == "two"
    assert figure(comparison.targets, "all", "required")["best"] == ""
    assert figure(comparison.goals, "lot", "value")["best"] == ""
    assert figure(comparison.priority, "women", "sent_share")["best"] == ""
    several = compare({"one": one, "two": two, "again": two})
    assert figure(several.targets, "all", "shortfall")["best"] == "two; again"


def test_only_what_differs_can_be_shown(one: Plan, two: Plan) -> None:
    """`differing` leaves out the rows in which all plans agree, also where all are empty."""
    assert compare({"one": one, "same": one}).differing("targets").empty
    measures = compare({"one": one, "two": two}).differing("targets")["measure"]
    assert list(measures) == ["attained", "shortfall", "share"]


def cut_short(plan: Plan, value: float, bound: float | None) -> Plan:
    """The plan as if its first goal had been cut short."""
    goals = plan.goals.copy()
    goals.loc[0, ["value", "bound", "status"]] = [value, bound, "feasible" if bound is not None else "time_limit"]
    return replace(plan, status="feasible", goals=goals)


def test_an_unproven_value_is_said_to_be_so(one: Plan, two: Plan) -> None:
    """A value that is not proven has a note and no `proven`, nor has any goal that rests on it."""
    comparison = compare({"one": cut_short(one, 1, 0), "two": two})
    assert not comparison.goals["proven"].any()
    assert not comparison.targets["proven"].any()
    assert "one: places short of the targets, weighted is 1, and only 0 is proven" in str(comparison.notes[0])
    nothing = compare({"one": cut_short(one, 1, None), "two": two})
    assert "with no bound proven" in str(nothing.notes[0])
    assert compare({"one": one, "two": two}).goals["proven"].all()
    assert compare({"one": one, "two": two}).notes == ()


def test_the_best_is_marked_only_where_the_bounds_settle_it(one: Plan, two: Plan) -> None:
    """A proven 0 beats whatever is not proven; a proven 1 beats a value of 2 only if its bound is 1 or more."""
    sure = figure(compare({"one": cut_short(one, 1, 0), "two": two}).goals, "attainment", "value")
    assert sure["best"] == "two"
    for bound, best in ((0, ""), (1, "one"), (2, "one"), (None, "")):
        open_ = compare({"one": one, "other": cut_short(one, 2, bound)})
        assert figure(open_.goals, "attainment", "value")["best"] == best


def test_goals_measured_otherwise_are_not_ranked(one: Plan, tmp_path: Path) -> None:
    """Other points, targets or floors make a goal's values incomparable: a note says so, and none is the best."""
    points = solved(tmp_path / "points", priority={"women": {"who": {"sex": "F"}, "points": 4}})
    comparison = compare({"one": one, "points": points})
    row = figure(comparison.goals, "priority", "value")
    assert row["best"] == ""
    assert row["one"] < row["points"]
    assert [note for note in comparison.notes if "other points" in str(note)]
    easier = solved(tmp_path / "easier", targets={"all": ADVANCED | {"share": 0.5}})
    comparison = compare({"one": one, "easier": easier})
    assert figure(comparison.goals, "attainment", "value")["best"] == ""
    assert figure(comparison.targets, "all", "shortfall")["best"] == ""
    floors = solved(tmp_path / "floors", **with_seats(1, least=1))
    assert figure(compare({"one": one, "floors": floors}).goals, "seat_floors", "value")["best"] == ""


def test_totals_and_shares_are_compared(tmp_path: Path) -> None:
    """The minimum over the period and the share of a group stand side by side, the better marked where asked alike."""
    shares = {"men": {"who": {"sex": "M"}, "min": 0.5, "title": "Men"}, "yearly": {"who": {"sex": "F"}, "min": 1.0}}
    shares["yearly"]["per"] = "year"
    goals = ["attainment", "seat_floors", "shares", "early", "lot"]
    pool = ONE_SEAT["seats"]["theory"] | {"total": {"min": 3}}
    few = solved(tmp_path / "few", seats={"theory": pool | {"per_year": 0}}, shares=shares, goals=goals)
    many = solved(tmp_path / "many", seats={"theory": pool}, shares=shares, goals=goals)
    comparison = compare({"few": few, "many": many})
    for name, plan in comparison.plans.items():
        assert figure(comparison.totals, "theory", "starts")[name] == plan.totals["starts"][0]
        assert figure(comparison.shares, "men", "shortfall")[name] == plan.shares["shortfall"][0]
        assert figure(comparison.shares, "yearly/2021", "starts")[name] == plan.shares["starts"][1]
    assert figure(comparison.totals, "theory", "below_min")["best"] == "many"
    assert figure(comparison.shares, "men", "least")["few"] == 0.5
    assert figure(comparison.shares, "men", "shortfall")["title"] == "Men"
    assert figure(comparison.shares, "yearly/2021", "starts")["title"] == "yearly (2021)"
    assert figure(comparison.shares, "men", "shortfall")["best"] == "few"


def test_shares_that_ask_for_something_else_are_not_ranked(tmp_path: Path) -> None:
    """Another least share: the shortfalls stand side by side, and none is the best."""
    goals = ["attainment", "shares", "early", "lot"]
    plans = {
        name: solved(tmp_path / name, shares={"men": {"who": {"sex": "M"}, "min": least}}, goals=goals)
        for name, least in (("half", 0.5), ("all", 1.0))
    }
    row = figure(compare(plans).shares, "men", "shortfall")
    assert row["half"] != row["all"]
    assert row["best"] == ""


def test_a_target_without_members_is_noted(one: Plan, tmp_path: Path) -> None:
    """It has no best, and a note says that it is neither reached nor missed."""
    nobody = solved(tmp_path / "none", targets={"all": ADVANCED | {"who": {"agency": "moon"}, "title": "Everybody"}})
    comparison = compare({"one": one, "none": nobody})
    assert figure(comparison.targets, "all", "members")["none"] == 0
    assert figure(comparison.targets, "all", "shortfall")["best"] == ""
    assert [str(note) for note in comparison.notes if "Everybody" in str(note)] == [
        "none: these targets have no members and are neither reached nor missed: Everybody"
    ]


def test_goals_of_entries_are_called_by_their_titles(tmp_path: Path) -> None:
    """In the tables and in the picture's panels, whichever plan ranks the goal."""
    plain = solved(tmp_path / "plain")
    titled = {"all": ADVANCED | {"title": "Everybody"}}
    named = solved(tmp_path / "named", targets=titled, goals=[{"attainment": ["all"]}, "early", "lot"])
    comparison = compare({"plain": plain, "named": named})
    wanted = "places short of the targets, weighted: Everybody"
    assert figure(comparison.goals, "attainment[all]", "value")["title"] == wanted
    assert wanted in set(comparison.overview()["measure"])


def test_absent_entries_are_empty(one: Plan, tmp_path: Path) -> None:
    """A target, pool, year or goal that a scenario lacks is empty there, and does not hinder the others."""
    other = solved(
        tmp_path / "other",
        targets={"degree": {"who": {"sex": "F"}, "level": {"education": "master"}, "share": 0.3}},
        priority={},
        horizon={"last": 2022},
        goals=["attainment", "cost", "lot"],
    )
    comparison = compare({"one": one, "other": other})
    assert figure(comparison.targets, "all", "attained")["other"] is None
    assert figure(comparison.targets, "degree", "attained")["one"] is None
    assert figure(comparison.targets, "degree", "attained")["best"] == ""
    assert figure(comparison.priority, "women", "sent")["other"] is None
    assert figure(comparison.yearly, "2024", "starts")["other"] is None
    assert figure(comparison.yearly, "total", "cost")["best"] == ""  # not over the same years
    assert figure(comparison.goals, "cost", "value")["one"] is None
    assert figure(comparison.goals, "early", "value")["other"] is None


def test_a_scenario_without_a_plan_is_told(one: Plan, tmp_path: Path) -> None:
    """An infeasible scenario stands beside the others with empty figures and a note."""
    impossible = solved(tmp_path / "impossible", targets={"all": ADVANCED | {"must": True}})
    assert not impossible.found
    comparison = compare({"one": one, "impossible": impossible})
    assert figure(comparison.targets, "all", "attained")["impossible"] is None
    assert figure(comparison.goals, "attainment", "value")["one"] == 1
    assert str(comparison.notes[0]).startswith("impossible: no plan was found")
    assert set(comparison.gains_and_losses("one", "impossible")["change"]) == {"loses"}


def test_the_overview_is_what_the_picture_draws(one: Plan, two: Plan) -> None:
    """`overview` has a row per plan and measure: goals without the lot, cost, priority shares."""
    overview = compare({"one": one, "two": two}).overview()
    assert list(overview.columns) == ["scenario", "measure", "value", "best", "proven", "share"]
    assert list(overview["scenario"].unique()) == ["one", "two"]
    assert "lot" not in set(overview["measure"])
    assert pd.api.types.is_numeric_dtype(overview["value"])
    assert overview.loc[overview["best"] & (overview["measure"] == "attainment"), "scenario"].tolist() == ["two"]


def test_the_same_plan_twice_moves_nobody(one: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, and no empty table of people."""
    print_comparison(compare({"one": one, "again": one}), people=True)
    told = capsys.readouterr().out
    assert "From one to again nobody gains or loses a place" in told
    assert "┃ cadre" not in told


def test_two_plans_at_least_with_names_of_their_own(one: Plan) -> None:
    """One plan is no comparison; a plan cannot be called like a column; unknown names are told with the nearest."""
    with pytest.raises(InputError, match="two plans"):
        compare({"one": one})
    with pytest.raises(InputError, match="called 'best'"):
        compare({"best": one, "one": one})
    with pytest.raises(InputError, match="did you mean 'one'"):
        compare({"one": one, "two": one}).gains_and_losses("on", "two")


# --- people ---------------------------------------------------------------------------------------------------------


def with_starts(plan: Plan, *starts: tuple[str, str, int]) -> Plan:
    """The plan with other assignments."""
    rows = [(cadre, "office", programme, "full_time", year, year, 0, "") for cadre, programme, year in starts]
    return replace(plan, assignments=pd.DataFrame(rows, columns=plan.assignments.columns))


def test_changes_are_told_person_by_person(one: Plan) -> None:
    """A place only in one plan is gained or lost; another year or programme to the same level is neither."""
    a = with_starts(one, ("A", "school", 2021), ("B", "school", 2022), ("C", "school", 2021), ("C", "course", 2021))
    b = with_starts(one, ("A", "degree", 2021), ("B", "school", 2021), ("C", "evening", 2022), ("C", "course", 2021))
    table = gains_and_losses(a, b)
    assert table.astype(object).where(table.notna(), None).to_numpy().tolist() == [
        ["A", "office", "degree", None, 2021, "gains", ""],
        ["A", "office", "school", 2021, None, "loses", ""],
        ["C", "office", "evening", 2021, 2022, "other_programme", "school"],
        ["B", "office", "school", 2022, 2021, "earlier", ""],
    ]
    assert set(gains_and_losses(b, a)["change"]) == {"gains", "loses", "other_programme", "later"}
    assert gains_and_losses(a, a).empty


def test_years_that_one_plan_lacks_are_nobodys_loss(one: Plan, tmp_path: Path) -> None:
    """Of plans of other years starts are compared where both have the year; sums over years have no best."""
    short = solved(tmp_path / "short", horizon={"last": 2022})
    last = one.problem.scenario.horizon.last
    a = with_starts(one, ("A", "school", 2022), ("B", "school", 2023), ("C", "course", 2023))
    b = with_starts(short, ("C", "course", 2022))
    table = gains_and_losses(a, b)
    assert table[["cadre", "change"]].to_numpy().tolist() == [["A", "loses"], ["C", "earlier"]]  # B: beyond the years
    assert gains_and_losses(b, a)["change"].tolist() == ["gains", "later"]
    comparison = compare({"a": a, "b": b})
    first, years, *_ = differences(comparison)
    assert "starts 1 → 1; 1 cadre comes in, 1 goes out" in first
    assert years.startswith(f"  a covers 2021-{last}, b 2021-2022: ")
    assert figure(compare({"one": one, "short": short}).goals, "priority", "value")["best"] == ""
    assert [note for note in comparison.notes if "(other years)" in str(note)]
    alike = compare({"a": a, "b": with_starts(one, ("C", "course", 2022))})
    assert not [told for told in differences(alike) if "covers" in told]
    assert alike.gains_and_losses("a", "b")["change"].tolist() == ["loses", "loses", "earlier"]


# --- run folders and scenarios --------------------------------------------------------------------------------------


def test_run_folders_and_scenarios_compare_alike(one: Plan, tmp_path: Path) -> None:
    """A scenario that is solved and the run folder of the same give the same figures, and nobody gains or loses."""
    write_run(one, tmp_path / "run")
    plans = collect([tmp_path / "run", tmp_path / "one" / "scenario.yaml"])
    assert list(plans) == ["run", "scenario"]
    comparison = compare(plans)
    for kind in ("goals", "targets", "seats", "priority", "yearly"):
        assert comparison.differing(kind).empty
    assert comparison.gains_and_losses("run", "scenario").empty
    assert comparison.notes == ()


def test_names_tell_plans_apart(one: Plan, tmp_path: Path) -> None:
    """Plans of the same short name, or of one that a column has, go by their whole path."""
    for folder in ("a/run", "b/run", "best"):
        write_run(one, tmp_path / folder)
    paths = [tmp_path / "a" / "run", tmp_path / "b" / "run", tmp_path / "best"]
    assert list(collect(paths)) == [str(path) for path in paths]
    compare(collect(paths))


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    """A folder that is no run, or a file that is not there, is a clear message."""
    for path in (tmp_path, tmp_path / "missing.yaml"):
        with pytest.raises(InputError):
            collect([path])


def test_the_number_before_names_is_that_of_the_names(tmp_path: Path) -> None:
    """Of a cadre of whom two starts move, one name stands, and how many they are."""

    def pinned(folder: str, year: int) -> Plan:
        pins = [{"cadre": "A", "programme": name, "start": year} for name in ("course", "degree")]
        return solve_problem(load(small(tmp_path / folder, pins={"require": pins})))

    told = list(differences(compare({"before": pinned("late", 2022), "after": pinned("soon", 2021)})))
    assert "  earlier (1): A ×2" in told


def test_progress_says_of_which_scenario_it_is(tmp_path: Path) -> None:
    """Each scenario is named before what is known of it; the same figures are told of each, and of a run nothing."""
    small(tmp_path)
    for name in ("b.yaml", "c.yaml"):
        (tmp_path / name).write_text("{extends: scenario.yaml}\n")
    write_run(solve_problem(load(tmp_path / "scenario.yaml")), tmp_path / "run")
    done = planner("compare", "b.yaml", "run", "c.yaml", cwd=tmp_path, lang="vi")
    lines = done.stderr.splitlines()
    at = [lines.index(f"{name}: đang lập kế hoạch") for name in ("b", "c")]
    assert (done.returncode, at[0]) == (0, 0)
    told = [[line.partition(" s ")[2] for line in part] for part in (lines[1 : at[1]], lines[at[1] + 1 :])]
    assert told[0]
    assert told[0][-1] == told[1][-1]
    assert planner("compare", "b.yaml", "c.yaml", "--quiet", cwd=tmp_path).stderr == ""
