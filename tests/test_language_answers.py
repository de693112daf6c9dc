"""What is said of the language cases: warnings before solving, the reasons of a conflict, what would give way."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import planner

CASES = Path(__file__).parent / "cases" / "language"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("class-too-small", ["line 9: classes.inter: a class needs 5 people, but in no year more than 4 people"]),
        (
            "unreachable-target",
            [
                "no programme leads to 'b1'",
                "no cadre has agency 'moon'",
                "the target has no members",
                "the pool covers nobody",
                "programmes.master: nobody has a seat",
            ],
        ),
        ("impossible-people", ["A1 (7)", "A2 (1980; 1990)", "A3 (2020)", "A4 (2040)"]),
        ("announced-then-leaves", ["pins.require.0: the required start is not admissible: would retire before"]),
    ],
)
def test_check_warns_before_solving(case: str, said: list[str]) -> None:
    """What is allowed but hardly meant is said by `check`, with file and line, and does not stop it."""
    done = planner("check", CASES / case / "scenario.yaml")
    assert done.returncode == 0
    for sentence in said:
        assert sentence in done.stdout, done.stdout


def test_a_pin_that_cannot_be_met_is_named_with_what_forbids_it() -> None:
    """The conflict names the pin and the service owed; ways out are to drop the pin or to waive the service."""
    path = CASES / "announced-then-leaves" / "scenario.yaml"
    solved = planner("solve", path)
    assert solved.returncode == 3
    told = planner("conflict", path).stdout
    for text in (" ".join(said.split()) for said in (solved.stderr, told)):
        assert "required: A1, master, 2027" in text
        assert "retires in 2028, would owe service until 2029" in text
    assert "drop the requirement: A1, master, 2027" in told
    assert "1 exemption for master" in told


def test_a_class_that_cannot_fill_is_named_by_missed_and_explain(tmp_path: Path) -> None:
    """`missed` and `explain` name the class size with its line, and a smaller class as the remedy."""
    assert planner("solve", CASES / "class-too-small" / "scenario.yaml", "--out", tmp_path / "run").returncode == 0
    missed = planner("missed", tmp_path / "run").stdout
    explained = planner("explain", tmp_path / "run", "--cadre", "A1", "--programme", "inter").stdout
    for text in (" ".join(said.split()) for said in (missed, explained)):
        assert "inter: classes of 5 to 30 – " in text
        assert "scenario.yaml, line 9" in text
        assert "classes smaller by 1, or as many more candidates" in text
    assert "pins[" not in explained


def test_explain_names_the_leave_for_the_years_before(tmp_path: Path) -> None:
    """Who starts in 2028 because of leave in 2027 is told so for 2026 and 2027: the course would run into it."""
    assert planner("solve", CASES / "on-leave" / "scenario.yaml", "--out", tmp_path / "run").returncode == 0
    told = planner("explain", tmp_path / "run", "--cadre", "A1").stdout
    assert "gets master, 2028–2029" in told
    assert "2026, 2027: on leave" in told
