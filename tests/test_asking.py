"""The commands that answer questions, run as their users run them: statuses, sentences in both languages, data."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from commands import planner
from small import small

from planner.analysis.fairness.selection_rates import Group
from planner.analysis.serialisation import as_data
from planner.analysis.what_if import read_what_if
from planner.analysis.why.cadre import explain
from planner.inputs.loading import load
from planner.plans.run_folder import write_run
from planner.report.text.fairness import _groups_told
from planner.solver import solve_problem

SCHEME: dict[str, Any] = {
    "title": {"en": "Asking", "vi": "Hỏi"},
    "horizon": {"first": 2021, "last": 2022},
    "targets": {
        "advanced": {
            "title": {"en": "Advanced theory, 100 %", "vi": "Cao cấp lý luận, 100 %"},
            "who": {"post": "staff"},
            "level": {"theory": "advanced"},
            "share": 1.0,
        }
    },
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}},
    "programmes": {
        "school": {"open": False, "title": {"en": "The school", "vi": "Trường"}, "eligible": {"age": {"max": 50}}},
        "evening": None,
        "degree": None,
    },
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "priority", "early", "lot"],
}
PEOPLE: dict[str, dict[str, Any]] = {"A": {}, "B": {}, "C": {"sex": "M"}, "D": {"birth_year": 1960}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenario and its run."""
    folder = tmp_path_factory.mktemp("asking")
    write_run(solve_problem(load(small(folder / "scenario", PEOPLE, **SCHEME))), folder / "run")
    return folder


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "en",
            ["The school", "would cost", "what would get", "not eligible in that year (asked: at most 50 years old)"],
        ),
        ("vi", ["Trường", "nếu cử thì", "để ", "không đủ điều kiện trong năm đó (yêu cầu: từ 50 tuổi trở xuống)"]),
    ],
)
def test_why_not_in_both_languages(made: Path, lang: str, sentences: list[str]) -> None:
    """C, the man, has no seat and hears the price and the remedy; D is too old and hears the rule."""
    told = ""
    for cadre in ("C", "D"):
        done = planner("explain", made / "run", "--cadre", cadre, "--programme", "school", "--lang", lang)
        assert (done.returncode, done.stderr) == (0, "")
        told += done.stdout
    for sentence in sentences:
        assert sentence in told


def test_json_is_the_same_as_data(made: Path) -> None:
    """--json prints what the library answers."""
    done = planner("explain", made / "run", "--cadre", "C", "--programme", "school", "--json")
    assert json.loads(done.stdout)["answer"] == as_data(explain(read_what_if(made / "run"), "C", "school"))


def test_everybody_with_progress(made: Path) -> None:
    """--all keeps the answers in the run folder, says how many questions are answered, and sums up."""
    done = planner("explain", made / "run", "--all", "--workers", "2")
    assert done.returncode == 0
    answers = json.loads((made / "run" / "answers" / "explain.json").read_text())["answer"]
    assert len(answers["prices"]) == len(answers["waiting"])
    assert f"{len(answers['starts'])} starts" in done.stdout
    assert "question answered" in done.stderr
    assert max(map(len, done.stdout.splitlines()[:-2])) <= 100
    assert done.stdout.splitlines()[-1].endswith("--answers")


@pytest.mark.usefixtures("in_threads")
def test_value_and_frontier_as_tables_and_picture(made: Path, tmp_path: Path) -> None:
    """Both write what they print as csv, the frontier a picture, and refuse to write over either."""
    done = planner("value", made / "run", "--out", tmp_path / "value.csv")
    assert done.returncode == 0
    assert "one more, one fewer: the plan is" in " ".join(done.stdout.split())
    steps = [line for line in done.stdout.splitlines() if line.startswith("│") and "2021" in line]
    assert [("+1: better" in line, "−1: worse" in line) for line in steps][:2] == [(True, False), (False, True)]
    assert "−1" in steps[0].split("better")[1]
    rows = list(csv.DictReader((tmp_path / "value.csv").open(encoding="utf-8")))
    assert [row["one_more_attainment"] for row in rows if row["year"] == "2021"] == ["-1"]
    again = planner("value", made / "run", "--out", tmp_path / "value.csv")
    assert again.returncode == 2
    out = ("--out", tmp_path / "frontier.csv", "--plot", tmp_path / "frontier.png")
    done = planner("frontier", made / "run", "--target", "advanced", "--steps", "1", *out, "--lang", "vi")
    assert done.returncode == 0
    assert "Chỉ tiêu và kết quả" in done.stdout
    assert (tmp_path / "frontier.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.DictReader((tmp_path / "frontier.csv").open(encoding="utf-8")))
    assert [(row["more"], row["attained"]) for row in rows] == [("-1", "0"), ("0", "2"), ("1", "3")]


@pytest.mark.usefixtures("in_threads")
def test_missed_and_fairness_in_words(made: Path, tmp_path: Path) -> None:
    """Why the target is missed with file and line; the audit for others without small groups."""
    done = planner("missed", made / "run")
    assert done.returncode == 0
    assert "Advanced theory, 100 %: 2 places short" in done.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "scenario.yaml, line " in done.stdout
    assert "cheapest repair" in done.stdout
    plot = tmp_path / "rates.svg"
    done = planner("fairness", made / "run", "--for-others", "--plot", plot, "--out", tmp_path / "groups.csv")
    assert done.returncode == 0
    assert "hidden" in done.stdout
    assert plot.is_file()


@pytest.mark.usefixtures("in_threads")
def test_fairness_fits_a_screen_and_shows_all_when_asked(made: Path) -> None:
    """Five groups of one attribute are named, a sixth is counted; the tables come with --full."""
    brief, full = (planner("fairness", made / "run", *more) for more in ((), ("--full",)))
    assert (brief.returncode, full.returncode) == (0, 0)
    assert "┃" not in brief.stdout
    assert "┃" in full.stdout
    assert brief.stdout.splitlines()[0] == full.stdout.splitlines()[0]
    assert "--full" in brief.stdout.splitlines()[-1]
    groups = [Group("ethnicity", name, 1, 1, 1.0, 0.2, 1.0, None, None) for name in "ABCDEF"]
    assert len([*_groups_told(groups[:5])]) == 5
    assert [*_groups_told(groups)][5:] == ["1 smaller group"]


def test_conflict_is_one_and_names_lines(tmp_path: Path) -> None:
    """A scenario without a plan: exit 1, the rules with file and line, a way out; one with a plan: exit 0."""
    pins = {"require": [{"cadre": name, "programme": "school", "start": 2021} for name in "AB"]}
    path = small(tmp_path, PEOPLE, **SCHEME, pins=pins)
    done = planner("conflict", path, "--lang", "vi")
    assert done.returncode == 1
    assert f"{path}, dòng " in done.stdout
    assert "Cách tháo gỡ 1" in done.stdout
    data = json.loads(planner("conflict", path, "--json", "--ways-out", "0").stdout)
    assert {rule["rule"] for rule in data["answer"]["conflicts"][0]["rules"]} == {"seats", "pins"}
    assert planner("conflict", small(tmp_path / "possible", PEOPLE, **SCHEME)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("explain", "--cadre", "Z"), "'Z'"),
        (("explain",), "--all"),
        (("frontier",), "known: advanced"),
        (("explain", "--cadre", "A", "--year", "2030"), "2030"),
        (("frontier", "--target", "advnced"), "advanced"),
        (("missed", "--target", "advnced"), "advanced"),
        (("fairness", "--ages", "45,35"), "45,35"),
    ],
)
def test_bad_questions_are_two(made: Path, arguments: tuple[str, ...], named: str) -> None:
    """What is asked wrongly is told with what is known."""
    done = planner(arguments[0], made / "run", *arguments[1:])
    assert done.returncode == 2
    assert named in done.stderr
