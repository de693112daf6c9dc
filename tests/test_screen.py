"""What is looked at first: the verdict on a target, the first screen, progress, tables on a narrow terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import planner
from rich.console import Console
from small import small

from planner.inputs.loading import load
from planner.messages import LANGUAGES, say, speaking
from planner.plans import summary
from planner.plans.plan import Plan
from planner.plans.verdicts import (
    MEMBERLESS,
    MISSED,
    REACHED,
    UNTOLD,
    Outcome,
    outcome,
    outcome_of,
    surely_open,
    verdict,
)
from planner.report.terminal.console import grid
from planner.report.terminal.plans import print_first_screen
from planner.report.text import first_screen as screen_module
from planner.report.text.first_screen import LINES, FirstScreen, first_screen
from planner.report.text.progress import known_so_far
from planner.report.text.wrapping import folded
from planner.solver import Progress, solve_problem

EVERYBODY: dict[str, Any] = {"age": {"max": 99}}
ROSTER: dict[str, dict[str, Any]] = {"A": {}, "B": {}, "C": {"theory": "advanced"}, "D": {"theory": ""}}


def problem(folder: Path, **changes: Any) -> Any:
    """Four cadres without any way to advanced theory: one has it, one is of unknown level."""
    given: dict[str, Any] = {"programmes": {"school": None, "evening": None, "basics": None}}
    return load(small(folder, roster=ROSTER, **given, **changes))


def asks(number: int, **more: Any) -> dict[str, Any]:
    return {"who": EVERYBODY, "level": {"theory": "advanced"}, "at_least": number, **more}


def planned(folder: Path, **changes: Any) -> Plan:
    """The plan, which sends nobody."""
    return solve_problem(problem(folder, **changes))


# --- the verdict ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "shortfall", "unknown", "told"),
    [
        (5, 0, 0, REACHED),
        (5, 0, 2, REACHED),
        (5, 2, 2, UNTOLD),  # those of unknown level could just make up for it
        (5, 3, 2, MISSED),  # and here not
        (5, 1, 0, MISSED),
        (0, 0, 0, MEMBERLESS),
        (0, 3, 0, MEMBERLESS),
    ],
)
def test_the_verdict_at_its_bounds(members: int, shortfall: int, unknown: int, told: str) -> None:
    """What nobody can tell is not missed; what is missed whatever the unknown hold is."""
    assert verdict(members, shortfall, unknown) == told


def test_places_that_nobody_can_tell_are_apart() -> None:
    """Of each shortfall what the unknown could make up for is open, the rest short."""
    rows = [(5, 0, 1), (5, 2, 2), (5, 3, 2), (0, 0, 0)]
    assert outcome_of(rows) == Outcome(reached=1, missed=1, unknown=1, memberless=1, short=1, open=4)


def test_what_no_plan_can_tell(tmp_path: Path) -> None:
    """Of four with one unknown, three can be told: a target for three has nothing open, one for four a place."""
    targets = {"three": asks(3), "four": asks(4), "five": asks(5)}
    found = problem(tmp_path, targets=targets)
    assert [surely_open(found, [name]) for name in targets] == [0, 1, 1]
    assert surely_open(found) == 2


def test_a_plan_is_told_by_the_verdicts(tmp_path: Path) -> None:
    """One of four attains and one is unknown: a target for one is reached, for two not to be told, for three missed."""
    plan = planned(tmp_path, targets={"one": asks(1), "two": asks(2), "three": asks(3)})
    table = summary.targets(plan)
    assert table["verdict"].tolist() == [REACHED, UNTOLD, MISSED]
    assert table[["short", "open"]].to_numpy().tolist() == [[0, 0], [0, 1], [1, 1]]
    assert outcome(plan) == Outcome(1, 1, 1, 0, short=1, open=2)
    with speaking("en"):
        assert summary.headline(plan).startswith(
            "1 of 2 targets that can be told is reached; 1 place is short; 1 cannot be told (the roster does not say "
            "of everybody: political theory). If nobody of unknown level held it, 3 places would be short."
        )


def test_a_roster_that_says_nothing_is_said_to(tmp_path: Path) -> None:
    """Where nobody's level is known, the roster says nothing of it."""
    roster: dict[str, dict[str, Any]] = {name: {"theory": ""} for name in "AB"}
    target = {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1.0}
    plan = solve_problem(load(small(tmp_path, roster=roster, targets={"all": target})))
    with speaking("en"):
        told = summary.headline(plan)
    assert told.startswith("No target can be told, 1 in all (the roster says nothing of political theory).")
    assert "0 of 0" not in told


# --- the first screen -----------------------------------------------------------------------------------------------


def long_plan(folder: Path) -> Plan:
    """Thirty targets that are missed, their titles as long as titles are."""
    title = "Leaders of district agencies outside the committee: advanced political theory, number {}, 100 %"
    targets = {f"t{number}": asks(3, title=title.format(number)) for number in range(30)}
    return planned(folder, targets=targets, roster_source="assumed: invented for the tests; no real persons")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_the_first_screen_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, width: int
) -> None:
    """At most 23 lines of a terminal of 24, and as many of the missed targets as fit; what it leaves out it counts."""
    monkeypatch.setenv("COLUMNS", str(width))
    plan = long_plan(tmp_path)
    more = FirstScreen(tmp_path, ["something is odd"], 2)
    with speaking(lang):
        print_first_screen(plan, more)
        shown = capsys.readouterr().out.splitlines()
        named = sum("number" in line for line in first_screen(plan, more, width))
        assert say("screen_missed_more", number=30 - named) in " ".join(shown)
    assert 0 < named < 30
    assert len(shown) <= LINES < len(shown) + 3  # no room is left for another target of two lines
    assert max(len(line) for line in shown if str(tmp_path) not in line) <= min(width, 100)


def test_the_first_screen_is_made_once_however_much_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thirty missed targets no more are worded than may fit, and what stands around them is looked up once.

    Beside those that are shown: one that has room only where no others have to be told of, and one that has none.
    """
    asked: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        own: Callable[..., Any] = getattr(screen_module, name)
        return lambda *given: (asked.append(name), own(*given))[1]

    for name in ("binding", "_most"):
        monkeypatch.setattr(screen_module, name, counted(name))
    plan = long_plan(tmp_path)
    named = sum("number" in line for line in first_screen(plan, FirstScreen(tmp_path, ["something is odd"], 2), 80))
    assert asked.count("binding") == 1
    assert named <= asked.count("_most") <= named + 2 < 30


def test_the_first_screen_says_where_the_roster_comes_from(tmp_path: Path) -> None:
    """A rebuilt or invented roster is called so before any figure; without a source nothing is said of it."""
    with speaking("en"):
        assert first_screen(long_plan(tmp_path / "said"), FirstScreen(), 80)[1].startswith("The roster: assumed")
        assert first_screen(planned(tmp_path / "not"), FirstScreen(), 80)[1] == ""


def test_solve_prints_the_first_screen_and_the_tables_on_demand(tmp_path: Path) -> None:
    """Without --full no table, but which command comes next; with it the tables."""
    path = small(tmp_path, roster=ROSTER, targets={"three": asks(3)})
    done = planner("solve", path, "--out", tmp_path / "run", "--quiet")
    assert done.returncode == 0
    assert "┃" not in done.stdout
    assert "planner report" in done.stdout
    assert len(done.stdout.splitlines()) <= LINES
    full = planner("solve", path, "--quiet", "--full")
    assert "┃" in full.stdout
    assert say("column_goal").capitalize() in full.stdout


# --- progress -------------------------------------------------------------------------------------------------------


def test_progress_is_told_as_a_person_would(tmp_path: Path) -> None:
    """At most and at least, proven where they meet; what no plan can tell is left out of the places and said."""
    found = problem(tmp_path, targets={"four": asks(4)})
    told = {
        (None, 3): "targets: at least 2 places short, whatever the plan (and 1 that no plan can tell)",
        (4, 3): "targets: at most 3 places short, at least 2 (and 1 that no plan can tell)",
        (3, 3): "targets: 2 places short; proven, no plan has fewer (and 1 that no plan can tell)",
    }
    with speaking("en"):
        for (value, bound), line in told.items():
            assert known_so_far(Progress("attainment", value, bound, 1.0), found) == line
        assert known_so_far(Progress("priority", 3, 5, 1.0), found) == "priority points: at least 3, at most 5"
        assert known_so_far(Progress("early", 5, 3, 1.0), found).endswith(": at most 5, at least 3")
        assert known_so_far(Progress("lot", 5, 5, 1.0), found) == say("progress_ties_proven")
        assert known_so_far(Progress("early", 5, 5, 1.0, 1, 2), found).endswith("1 of 2 parts at work")


def test_weighted_places_are_no_places(tmp_path: Path) -> None:
    """Where targets weigh differently the goal's own value is told."""
    found = problem(tmp_path, targets={"four": asks(4, weight=2)})
    with speaking("en"):
        line = known_so_far(Progress("attainment", 6, 6, 1.0), found)
    assert line == "places short of the targets, weighted: 6; proven"


# --- narrow terminals -----------------------------------------------------------------------------------------------

WORDS = ("extraordinarily", "unconstitutional", "counterproductive")


def shown_at(width: int, rows: int, columns: int) -> list[str]:
    """A table of long words at a width."""
    table = grid("Title", *(f"{WORDS[place % 3]} {place}" for place in range(columns)))
    for row in range(rows):
        table.add_row(*(f"{WORDS[(row + place) % 3]} {WORDS[place % 3]} {row}" for place in range(columns)))
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(table)
    return console.export_text().splitlines()


@pytest.mark.parametrize(("width", "rows", "columns"), [(160, 2, 3), (80, 2, 3), (80, 2, 9), (80, 9, 9), (40, 5, 5)])
def test_no_table_cuts_a_word(width: int, rows: int, columns: int) -> None:
    """A table wraps between words, turns, or becomes lines; every word of every cell stays whole, none is lost."""
    lines = shown_at(width, rows, columns)
    assert max(map(len, lines)) <= width
    words = re.findall(r"[a-z]{4,}", "\n".join(lines))
    assert set(words) <= {*WORDS, "itle"}
    assert len(words) >= 2 * rows * columns


@pytest.mark.parametrize("width", [80, 120])
def test_sentences_keep_to_a_hundred(width: int) -> None:
    """However wide the terminal, a line has at most 100 letters; a path stays whole, a number keeps its per cent."""
    path = "/a" * 60
    lines = folded("  " + "word " * 50 + path + " 100 %", width)
    assert max(len(line) for line in lines if path not in line) <= min(width, 100)
    assert lines[0].startswith("  word")
    assert all(line.startswith("    ") for line in lines[1:])
    assert any(path in line for line in lines)
    assert "100\N{NO-BREAK SPACE}%" in lines[-1]
