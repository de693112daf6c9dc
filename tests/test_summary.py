"""Summaries: what a planner is told of a plan, on a terminal and as tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import small

from planner.inputs.loading import load
from planner.messages import LANGUAGES, speaking
from planner.model.check import check_problem
from planner.plans import summary
from planner.plans.plan import Plan
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import print_table
from planner.report.terminal.plans import print_check, print_summary
from planner.solver import solve_problem

EVERYBODY: dict[str, Any] = {"age": {"max": 99}}
ROSTER: dict[str, dict[str, Any]] = {
    "A": {},
    "B": {},
    "C": {"theory": "advanced"},
    "D": {"theory": ""},
    "E": {"retires": 2022},
}


def planned(folder: Path, **changes: Any) -> Plan:
    """Five cadres, two seats for advanced theory in all: one waits for a seat, one is unknown, one retires."""
    school = {"open": False, "serve_after_years": 3}
    given: dict[str, Any] = {
        "title": {"en": "Five of one office", "vi": "Năm người"},
        "programmes": {"school": school, "evening": None},
        "seats": {"school": {"programmes": ["school"], "who": EVERYBODY, "per_year": {"min": 1, "max": 1}, "total": 1}},
        "targets": {
            "zeal": {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1.0, "title": {"en": "Z", "vi": "Đ"}},
            "able": {"who": EVERYBODY, "level": {"administration": "specialist"}, "at_least": 2},
        },
    }
    return solve_problem(load(small(folder, roster=ROSTER, **{**given, **changes})))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan that most tests look at."""
    return planned(tmp_path_factory.mktemp("summary"))


def test_targets_are_told_in_the_scenarios_order(plan: Plan) -> None:
    """Each target with its title in the language spoken, reached or missed."""
    table = summary.targets(plan)
    assert table["target"].tolist() == ["zeal", "able"]
    assert table["title"].tolist() == ["Z", "able"]
    assert table[["required", "attained", "shortfall", "unknown"]].to_numpy().tolist() == [[5, 2, 3, 1], [2, 2, 0, 0]]
    assert table["reached"].tolist() == [False, True]
    with speaking("vi"):
        assert summary.targets(plan)["title"].tolist() == ["Đ", "able"]


def test_seats_are_counted_over_the_horizon(plan: Plan) -> None:
    """A pool's room is the lesser of its total and its yearly most; the floors missed are summed."""
    row = summary.seat_use(plan).iloc[0]
    assert (row["starts"], row["room"], row["total"], row["below_min"]) == (1, 1, 1, 3)


def test_a_pool_without_limits_has_no_room(tmp_path: Path) -> None:
    """Where neither a year nor the horizon has a limit, there is no number of seats to show."""
    pool = {"programmes": ["school"], "who": EVERYBODY, "per_year": {"max": None}, "total": None}
    row = summary.seat_use(planned(tmp_path, seats={"school": pool})).iloc[0]
    assert row["room"] is pd.NA


def test_who_waits_and_why(plan: Plan) -> None:
    """Everyone of a missed target who does not attain it, once, with what stands in the way."""
    waiting = summary.waiting(plan)
    assert waiting["target"].unique().tolist() == ["zeal"]
    reasons = dict(zip(waiting["cadre"], waiting["reason"], strict=True))
    placed = set(plan.assignments.loc[plan.assignments["programme"] == "school", "cadre"])
    (left,) = {"A", "B"} - placed
    assert reasons == {left: "no_seat_left", "D": "level_unknown", "E": "retires_too_soon"}


def test_nobody_waits_where_every_target_is_reached(tmp_path: Path) -> None:
    """Without a missed target the table of those who wait is empty, with its columns."""
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "at_least": 2}
    waiting = summary.waiting(planned(tmp_path, targets={"few": target}))
    assert list(waiting.columns) == ["target", "cadre", "agency", "reason"]
    assert waiting.empty


def test_the_headline_says_what_is_proven(plan: Plan) -> None:
    """How many targets of how many, how many places short, and that it is proven."""
    told = summary.headline(plan)
    assert "1 of 2 targets" in told
    assert "Proven" in told
    assert "2 places are short" in told
    assert "If nobody of unknown level held it, 3 places would be short." in told
    with speaking("vi"):
        assert "Đã chứng minh" in summary.headline(plan)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_shows_everything(plan: Plan, capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Goals, targets, seats and those who wait stand in the summary, in either language."""
    with speaking(language):
        print_summary(plan)
        goal = goal_in_words("attainment")
    shown = capsys.readouterr().out
    for name in (goal, "school", "able", "Z" if language == "en" else "Đ"):
        assert name in shown
    if language == "vi":
        assert not re.search(r"\b(value|proven|required|short|reached|missed|seats|cadres)\b", shown)


@pytest.mark.parametrize("width", [80, 160])
def test_tables_keep_to_the_width(
    plan: Plan, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """No line is wider than the terminal, and long titles lose no letter."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    long = "Cán bộ lãnh đạo các phòng ban ngoài Ban Chấp hành: cao cấp lý luận chính trị " * 3
    print_table(pd.DataFrame({"rule": [long], "where": ["x" * 100]}), "title")
    shown = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("x") == 100


def test_markup_in_names_is_shown_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets in titles, names and tables are letters, not colours; braces are no blanks."""
    odd = "[bold]{x}[/bold] [/nope]"
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1.0, "title": odd}
    plan = planned(tmp_path, title=odd, targets={"odd": target})
    print_summary(plan)
    print_table(pd.DataFrame({odd: [odd]}), odd)
    shown = capsys.readouterr().out
    assert shown.count(odd) >= 5


def test_numbers_are_formatted_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number has its thousands apart wherever it stands: 1 234, in the headline as in the tables."""
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "at_least": 12345}
    print_summary(planned(tmp_path, targets={"all": target}))
    shown = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert shown.count("12 34") >= 3
    assert not re.search(r"\b1234\d\b", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_counts_starts_not_cadres(plan: Plan, capsys: pytest.CaptureFixture[str], language: str) -> None:
    """The table of reasons counts starts, so its heading must not call them cadres."""
    with speaking(language):
        print_check(check_problem(plan.problem))
    reasons = capsys.readouterr().out.split("Why" if language == "en" else "Vì sao")[1]
    assert not re.search(r"┃ (cadres|số cán bộ) ┃", reasons)


# --- starts that serve nothing --------------------------------------------------------------------------------------


def wasteful(folder: Path) -> Plan:
    """One of two has to be schooled and both are, for points; the third is sent to a course that nobody asked for."""
    school = {"programmes": ["school"], "who": EVERYBODY, "title": {"en": "Schools", "vi": "Trường"}}
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "at_least": 2}
    everything = {
        "programmes": dict.fromkeys(("degree", "basics", "evening", "further")) | {"school": {"open": False}},
        "horizon": {"last": 2021},
        "seats": {"school": school},
        "targets": {"two": target},
        "priority": {
            "all": {"who": EVERYBODY, "points": 1},
            "school": {"who": EVERYBODY, "points": 1, "programmes": ["school"]},
        },
        "goals": ["attainment", "priority", "lot"],
    }
    return solve_problem(load(small(folder, {"A": {}, "B": {}, "C": {"theory": "advanced"}}, **everything)))


def test_starts_beyond_need_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What serves nothing stands by seats, programme and year; the headline counts it and names what it fills."""
    plan = wasteful(tmp_path)
    serving = plan.assignments["serves"] != ""
    assert serving.sum() == 0  # each of two schools alone could be struck, and a course serves nothing
    table = summary.beyond_need(plan)
    assert table[["seats", "programme", "year", "starts"]].to_numpy().tolist() == [
        ["Schools", "school", 2021, 2],
        ["", "course", 2021, 1],
    ]
    with speaking("en"):
        assert "3 starts are beyond need: they fill Schools (2021: 2); course (2021: 1)." in summary.headline(plan)
    with speaking("vi"):
        assert "Có 3 lượt cử ngoài nhu cầu, thuộc: Trường (2021: 2); course (2021: 1)." in summary.headline(plan)
        print_summary(plan)
    assert "Ngoài nhu cầu: các lượt cử" in capsys.readouterr().out


def test_where_nothing_is_beyond_need_the_headline_says_so(tmp_path: Path) -> None:
    """Every start serves something: that is said, of a plan that sends anybody."""
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "at_least": 2}
    given = {"targets": {"few": target}, "programmes": {"school": {}}}
    with speaking("en"):
        assert "No start is beyond need" in summary.headline(planned(tmp_path / "few", **given))
        nobody = planned(tmp_path / "none", targets={})
        assert nobody.assignments.empty
        assert "beyond need" not in summary.headline(nobody)


# --- targets without members, totals, shares ------------------------------------------------------------------------


def test_a_target_without_members_is_not_reached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is "without members": neither reached nor among those that could be."""
    targets = {
        "nobody": {"who": {"agency": "moon"}, "level": {"theory": "advanced"}, "share": 1.0},
        "able": {"who": EVERYBODY, "level": {"administration": "specialist"}, "at_least": 2},
    }
    plan = planned(tmp_path, targets=targets)
    table = summary.targets(plan).set_index("target")
    assert table[["members", "reached"]].to_numpy().tolist() == [[0, False], [5, True]]
    with speaking("en"):
        assert "1 of 1 target is reached;" in summary.headline(plan)
        assert "One more target has no members." in summary.headline(plan)
        print_summary(plan)
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "nobody" in line]
    assert "without members" in line


def test_seats_of_the_whole_period_count_what_was_begun_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The room left is the total less the history; the minimum of the period and what lacks to it are told."""
    (tmp_path / "history.csv").write_text(
        "cadre,agency,programme,start,finish,pools,shares,of_group\nC,office,school,2019,2019,school,,\n"
    )
    pool = {"programmes": ["school"], "who": EVERYBODY, "total": {"min": 5, "max": 6}, "per_year": {2021: 9, 2022: 9}}
    plan = planned(tmp_path, history="history.csv", seats={"school": pool})
    row = summary.seat_use(plan).iloc[0]
    assert (row["room"], row["total"], row["total_min"], row["begun"]) == (5, 6, 5, 1)
    assert row["below_total"] == 5 - 1 - row["starts"]
    with speaking("en"):
        print_summary(plan)
    shown = capsys.readouterr().out
    assert "minimum of the period" in shown
    assert "begun before" in shown


def test_a_pool_may_be_unlimited_in_some_years(tmp_path: Path) -> None:
    """A year without a maximum among years with one: no number of seats to show, and nothing breaks."""
    pool = {"programmes": ["school"], "who": EVERYBODY, "per_year": {2021: 1, 2022: {"min": 1}}}
    plan = planned(tmp_path, seats={"school": pool})
    assert plan.seats["max"].isna().tolist() == [False, True, False, False]
    assert summary.seat_use(plan).iloc[0]["room"] is pd.NA


def test_shares_stand_in_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A share is told by its title with its minimum, the starts of the group and what is lacking."""
    shares = {"men": {"who": {"sex": "M"}, "min": 0.5, "title": {"en": "Men sent", "vi": "Nam"}}}
    with speaking("en"):
        print_summary(planned(tmp_path, shares=shares, goals=["attainment", "shares", "early", "lot"]))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "Men sent" in line]
    assert "50.0" in line
    assert "all years" in line


def test_goals_of_entries_are_told_by_titles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A goal that counts some entries alone is called by their titles."""
    with speaking("en"):
        print_summary(planned(tmp_path, goals=[{"attainment": ["zeal"]}, "attainment", "early", "lot"]))
        wanted = f"{goal_in_words('attainment')}: Z"
    assert wanted in capsys.readouterr().out
