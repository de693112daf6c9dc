"""Answers kept in a run folder come back as they were, and stand on the report page where a reader looks for them."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import small

from planner.analysis import kept_answers, what_if
from planner.analysis.kept_answers import ASKED, FRONTIER, Kept, kept
from planner.analysis.partial_answers import limited
from planner.analysis.saved_answers import ASK, complete, keep
from planner.analysis.seats import frontier as seats_frontier
from planner.analysis.seats.frontier import Frontier, frontier
from planner.analysis.serialisation import as_data, from_data
from planner.analysis.what_if import WhatIf, read_what_if
from planner.common.errors import InputError
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.plans.plan import Plan
from planner.plans.run_folder import fingerprint_of, read_run, write_run
from planner.report.html.page import report_page
from planner.report.text.missed_targets import why

HERE = Parallel(executor=ThreadPoolExecutor(2))  # questions asked in this process
PEOPLE: dict[str, dict[str, Any]] = {"A": {}, "B": {"sex": "M"}, "C": {"theory": "none"}, "D": {"theory": ""}}
SCHEME: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {
        "advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 0.75},
        "women": {"who": {"sex": "F"}, "level": {"theory": "intermediate"}, "share": 0.5},
    },
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}},
    "programmes": {"school": {"open": False, "months": 18}, "evening": None, "degree": None},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2.5}},
    "goals": ["attainment", "priority", "early", "lot"],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder that holds all answers."""
    folder = tmp_path_factory.mktemp("kept")
    write_run(WhatIf(load(small(folder / "scenario", PEOPLE, **SCHEME))).plan, folder / "run")
    complete(folder / "run", parallel=HERE)
    keep(
        frontier(read_what_if(folder / "run"), "advanced", steps=1, parallel=HERE),
        folder / "run",
        f"{FRONTIER}advanced",
        fingerprint_of(folder / "run"),
    )
    return folder / "run"


def test_answers_come_back_as_they_were(run: Path) -> None:
    """What was kept equals what is asked again, field by field, numbers exact."""
    what_if, found = read_what_if(run), kept(run)
    assert found.complete
    assert tuple(ASK) == ASKED
    kinds, _ = kept_answers._kinds()
    for name, ask in ASK.items():
        again = ask(what_if, lambda done, total: None, parallel=HERE)
        assert as_data(again) == as_data(getattr(found, name)), name
        assert as_data(from_data(kinds[name], as_data(again))) == as_data(again)
    assert found.missed is not None
    assert found.missed == tuple(ASK["missed"](what_if, lambda done, total: None, parallel=HERE))
    assert found.explain is not None
    assert isinstance(found.explain.starts, pd.DataFrame)
    assert [each.target for each in found.frontiers] == ["advanced"]
    assert isinstance(found.frontiers[0], Frontier)


def test_nothing_is_asked_twice(run: Path) -> None:
    """A folder that holds everything is complete at once: no file changes."""
    before = {path: path.stat().st_mtime_ns for path in (run / "answers").iterdir()}
    complete(run)
    assert {path: path.stat().st_mtime_ns for path in (run / "answers").iterdir()} == before


@pytest.mark.parametrize("text", ["{", "[1]", '{"starts": []}', "null"])
def test_a_damaged_answer_is_named(run: Path, tmp_path: Path, text: str) -> None:
    """What cannot be read is refused with its file."""
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "answers" / "explain.json").write_text(text)
    with pytest.raises(InputError, match=r"explain\.json"):
        kept(tmp_path / "run")


def test_data_of_another_kind_is_refused() -> None:
    """A text is no number, and a number no text."""
    with pytest.raises(TypeError):
        from_data(int, "1")
    with pytest.raises(TypeError):
        from_data(str, 1)
    assert from_data(tuple[str, int], ["a", 1]) == ("a", 1)
    assert from_data(dict[int, tuple[str, ...]], {"1": ["a"]}) == {1: ("a",)}


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_page_shows_them_in_their_places(run: Path, lang: str) -> None:
    """Why targets are missed, the worth of seats, the audit, prices, what is certain: once each, in both languages."""
    read, answers = read_run(run), kept(run)
    with speaking(lang):
        page = report_page(read.plan(), read.manifest, answers)
        bare = report_page(read.plan(), read.manifest)
    for table in ("value", "frontier-advanced", "fairness", "fairness-tests", "fairness-rules", "prices"):
        assert page.count(f'id="table-{table}"') == 1, table
        assert f'id="table-{table}"' not in bare
    assert answers.explain is not None
    prices = re.search(r'<table id="table-prices"[^>]*>.*?</table>', page, re.DOTALL)
    assert prices is not None
    assert prices[0].count("<tr>") == len(answers.explain.prices) + 1
    hint = "--answers"
    assert hint in bare
    assert hint not in page
    assert answers.missed
    with speaking(lang):
        told = [line.strip() for answer in answers.missed for line in why(read.plan().problem, answer)]
    assert len(told) > 5
    for line in told:
        assert f">{escape(line)}</li>" in page, line
    assert not re.search(r"<li[^>]*>[^<]*targets\.advanced", page)


def test_the_page_shows_others_no_small_cells(run: Path) -> None:
    """All groups of the small scheme are below five: none is on the page, though the folder has them."""
    read, answers = read_run(run), kept(run)
    assert answers.fairness is not None
    assert answers.fairness.groups
    page = report_page(read.plan(), read.manifest, answers)
    table = re.search(r'<table id="table-fairness"[^>]*>.*?</table>', page, re.DOTALL)
    assert table is not None
    assert "<td" not in table[0]


def test_a_page_without_answers_needs_none(run: Path) -> None:
    """An empty Kept is the same as none."""
    read = read_run(run)
    assert report_page(read.plan(), read.manifest, Kept()) == report_page(read.plan(), read.manifest)


def test_names_of_targets_are_safe_as_file_names(run: Path, tmp_path: Path) -> None:
    """A slash in a name makes no folder."""
    own = shutil.copytree(run, tmp_path / "run")
    path = keep({"a": 1}, own, "frontier-../a/b", fingerprint_of(own))
    assert path.parent == own / "answers"
    assert json.loads(path.read_text())["answer"] == {"a": 1}


def test_a_point_of_a_frontier_has_the_time_of_its_own_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made of the case for one question, in little time, leaves the next ones theirs, and is made once."""
    case = WhatIf(load(small(tmp_path, PEOPLE, **SCHEME)))
    hurried = limited(case.problem, 0.25)
    alone = case.told_by(hurried).once(seats_frontier._Alone("advanced"))
    proof = alone.proven
    proof.x = None  # as where the time did not suffice for it
    solving, seconds = what_if.solve_problem, []

    def noted(problem: Problem, **given: Any) -> Plan:
        seconds.append(problem.scenario.solver.time_limit_s)
        return solving(problem, **given)

    monkeypatch.setattr(what_if, "solve_problem", noted)
    seats_frontier._point(case, ("advanced", ("school",), 1))
    assert seconds == [case.problem.scenario.solver.time_limit_s]
    assert case.once(seats_frontier._Alone("advanced")).proven is proof
