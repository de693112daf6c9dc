"""Answers kept as they are found: a kill loses nothing, nothing foreign is believed, one late answer stops no other.

The clock is not waited for: a question is late because it says so, or because the clock is told to jump.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from commands import planner
from small import small
from test_keeping import PEOPLE, SCHEME

from planner.analysis import parallel as asking
from planner.analysis import partial_answers
from planner.analysis.fairness import audit
from planner.analysis.kept_answers import kept
from planner.analysis.partial_answers import Notebook, Unproven, notebook
from planner.analysis.saved_answers import complete
from planner.analysis.seats import frontier, values
from planner.analysis.serialisation import as_data
from planner.analysis.what_if import WhatIf, read_what_if, unproven
from planner.analysis.why import all_cadres, missed_targets
from planner.common.errors import InputError
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.library import questions
from planner.library.plans import verify
from planner.messages import speaking
from planner.optimiser.integer_program import SolveLimits, no_later_than
from planner.plans.run_folder import fingerprint, fingerprint_of, read_run, write_run

MEN = {"who": {"sex": "M"}, "level": {"theory": "advanced"}, "share": 1.0}
OFFICE = {"who": {"agency": "office"}, "level": {"theory": "advanced"}, "share": 0.5}
POINTS = {str(year): {"who": {"birth_year": {"min": year}}, "points": 1} for year in (1986, 1987, 1988)}
OF_MANY = SCHEME | {
    "targets": SCHEME["targets"] | {"men": MEN, "office": OFFICE},
    "priority": SCHEME["priority"] | POINTS,
}
"""Three questions of a kind at least."""
MANY = PEOPLE | {name: {"sex": "M", "birth_year": year} for name, year in zip("EFG", (1986, 1987, 1988), strict=True)}


@dataclass(frozen=True)
class Batch:
    """A command that asks many questions, and where the function stands that answers one of them."""

    module: Any
    function: str
    arguments: tuple[str, ...] = ()
    command: str = ""


BATCHES = {
    "value": Batch(values, "difference"),
    "missed": Batch(missed_targets, "why_missed"),
    "explain": Batch(all_cadres, "price_of_programme", ("--all",)),
    "fairness": Batch(audit, "_answer"),
    "frontier-advanced": Batch(frontier, "_point", ("--target", "advanced", "--steps", "1"), "frontier"),
}


class Asked:
    """Stands before the function that answers a question: it counts, and does to some what a test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, batch: Batch) -> None:
        self.questions: list[Any] = []
        self.limits: list[float] = []
        self.stop_at: int | None = None
        self.late: Callable[[int], bool] = lambda number: False
        answer = getattr(batch.module, batch.function)

        @wraps(answer)
        def asked(what_if: WhatIf, question: Any) -> Any:
            if len(self.questions) == self.stop_at:
                raise KeyboardInterrupt
            self.questions.append(question)
            self.limits.append(what_if.problem.scenario.solver.time_limit_s)
            if self.late(len(self.questions) - 1):
                raise unproven(what_if.problem)
            return answer(what_if, question)

        monkeypatch.setattr(batch.module, batch.function, asked)
        monkeypatch.setattr(asking, "AT_A_TIME", 1)
        monkeypatch.setattr(asking, "ROUNDS", 1_000)

    def begin(self) -> None:
        """Forget what was asked, and do nothing to anybody."""
        self.questions, self.limits = [], []
        self.stop_at, self.late = None, lambda number: False


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder without answers; to be copied."""
    folder = tmp_path_factory.mktemp("partial")
    write_run(WhatIf(load(small(folder / "scenario", MANY, **OF_MANY))).plan, folder / "run")
    return folder / "run"


@pytest.fixture
def run(solved: Path, tmp_path: Path) -> Path:
    """A run folder of a test's own."""
    return Path(shutil.copytree(solved, tmp_path / "run"))


def ask(name: str, run: Path, on_progress: Callable[[int, int], None] = asking.silent, **how: Any) -> Any:
    """The library's answer, kept as it is found."""
    case = read_what_if(run)
    with ThreadPoolExecutor(1) as here:  # in this process, one after another
        parallel = Parallel(executor=here, keep_in=run, **how)
        if name.startswith("frontier"):
            return questions.frontier(case, "advanced", steps=1, on_progress=on_progress, parallel=parallel)
        function = {"explain": questions.explain_all}.get(name) or getattr(questions, name)
        return function(case, on_progress=on_progress, parallel=parallel)


def lines(run: Path, name: str) -> list[dict[str, Any]]:
    """What is kept so far."""
    return [json.loads(line) for line in (run / "answers" / f"{name}.part.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", BATCHES)
def test_what_was_found_before_a_stop_is_not_asked_again(
    name: str, run: Path, solved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after one answer, and again after another, the third time the rest is asked: the answer is the same."""
    whole = ask(name, Path(shutil.copytree(solved, tmp_path / "whole")))
    asked = Asked(monkeypatch, BATCHES[name])
    seen: list[Any] = []
    for known in (0, 1):
        asked.begin()
        asked.stop_at = 1
        with pytest.raises(KeyboardInterrupt):
            ask(name, run)
        seen += asked.questions
        assert len(lines(run, name)) == known + 1
        assert verify(run).empty
    asked.begin()
    news: list[tuple[int, int]] = []
    found = ask(name, run, lambda *each: news.append(each))
    assert news[0][0] == 2
    assert news[-1][0] == news[-1][1] == 2 + len(asked.questions)
    assert not [question for question in asked.questions if question in seen]
    assert as_data(found.found) == as_data(whole.found)
    assert found.unproven == 0


def test_nothing_is_asked_of_what_is_known(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every line there, no question is asked; once the answer is kept whole the lines are gone, and it holds."""
    asked = Asked(monkeypatch, BATCHES["value"])
    ask("value", run)
    asked.begin()
    found = ask("value", run)
    assert asked.questions == []
    assert found.keep(run) == run / "answers" / "value.json"
    assert [path.name for path in (run / "answers").iterdir()] == ["value.json"]
    assert verify(run).empty
    assert as_data(kept(run).value) == as_data(found.found)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-20],  # a kill in the middle of a line
        lambda text: text.replace('"plan": "', '"plan": "0', 1),
        lambda text: text.replace('"planner": "', '"planner": "0', 1),
        lambda text: text.replace('"how": "solved"', '"how": "implied"', 1),
        lambda text: "[]\n" + text.split("\n", 1)[1],
        lambda text: "{\n" + text.split("\n", 1)[1],
    ],
)
def test_what_is_not_whole_is_asked_again(
    damage: Callable[[str], str], run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line cut off, of another plan or version, changed or no line: that question alone is asked again."""
    whole = ask("value", run)
    file = run / "answers" / "value.part.jsonl"
    text = file.read_text("utf-8")
    assert damage(text) != text
    file.write_text(damage(text), "utf-8")
    asked = Asked(monkeypatch, BATCHES["value"])
    assert as_data(ask("value", run).found) == as_data(whole.found)
    assert len(asked.questions) == 1
    assert verify(run).empty


@pytest.mark.parametrize("name", BATCHES)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_one_late_answer_stops_no_other(
    name: str, lang: str, run: Path, in_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says it beside the answer, keeps the others, and ends with 4; asked again it has twice the time."""
    batch = BATCHES[name]
    asked = Asked(monkeypatch, batch)
    asked.late = lambda number: number == 0
    arguments = (batch.command or name, run, *batch.arguments)
    first = planner(*arguments, lang=lang)
    told = {"en": "not proven within 300 s", "vi": "chưa chứng minh được trong 300 giây"}[lang]
    summary = {"en": "1 answer could not be proven in time", "vi": "Còn 1 câu trả lời chưa chứng minh được"}[lang]
    assert first.returncode == 4
    assert summary in first.stderr
    shown = {"explain": {"en": "What 1 start would cost could not be proven", "vi": "Còn 1 lượt chưa chứng minh được"}}
    spoken = " ".join(first.stdout.replace("│", " ").split())
    if name == "missed":
        told = told.replace("not proven", "could not be proven")
    assert shown.get(name, {}).get(lang, told) in spoken, first.stdout
    assert len(asked.questions) > 1
    total = len(asked.questions)

    late = asked.questions[0]
    asked.begin()
    second = planner(*arguments, lang=lang)
    assert (second.returncode, asked.questions, asked.limits) == (0, [late], [600])
    known = {"en": f"{total} questions asked, {total - 1} known", "vi": f"{total} câu hỏi, trong đó {total - 1} câu"}
    assert known[lang] in second.stderr
    assert not list((run / "answers").glob("*.part.jsonl"))
    assert verify(run).empty


def test_a_limit_that_is_asked_for_is_the_limit(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `limit_s` every question has that, the first and the second time; every solve of it may take as long."""
    asked = Asked(monkeypatch, BATCHES["value"])
    asked.late = lambda number: True
    for _ in range(2):
        asked.limits.clear()
        found = ask("value", run, limit_s=7)
        assert set(asked.limits) == {7}
        assert found.unproven == len(asked.limits)


@pytest.mark.parametrize(("takes", "late"), [(5.8, 0), (5.9, 1)])
def test_an_answer_at_the_deadline_is_not_believed(
    takes: float, late: int, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of six seconds 5.88 may be taken: what comes later may rest on a search that was cut short, and says nothing."""
    seconds = iter([0.0, takes])

    def clock() -> float:
        return next(seconds, takes)

    monkeypatch.setattr(partial_answers.time, "monotonic", clock)  # type: ignore[attr-defined]
    monkeypatch.setattr(values, "difference", _nothing)
    monkeypatch.setattr(partial_answers, "answers", _one_by_one)
    case = read_what_if_quick(run)
    found = partial_answers.kept_answers("value", _nothing, case, ["only"], parallel=Parallel(limit_s=6))
    assert sum(isinstance(each, Unproven) for each in found) == late


def _nothing(what_if: WhatIf, question: str) -> values.Difference:
    return values.Difference("solved", {})


def _one_by_one(answer: Any, case: Any, asked: Any, tell: Any, parallel: Any, came: Any, *_: Any) -> None:
    for place, question in enumerate(asked):
        came([place], [answer(case, question)])


def read_what_if_quick(run: Path) -> WhatIf:
    """The case of a run, its plan taken as it is."""
    plan = read_run(run).plan()
    return WhatIf(plan.problem, _plan=plan)


def test_every_solve_of_a_question_ends_with_it() -> None:
    """A deadline around others is the latest: theirs may be sooner, never later; after the block it is gone."""
    now = time.monotonic()
    with no_later_than(now + 5):
        assert SolveLimits(now + 100).deadline == now + 5
        assert SolveLimits(now + 3).deadline == now + 3
        with no_later_than(now + 50):
            assert SolveLimits(now + 100).within(60).deadline == now + 5
    assert SolveLimits(now + 100).deadline == now + 100


def test_all_answers_of_a_report_are_asked_though_some_are_late(
    run: Path, in_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of answer is kept, with what is unproven said in it; the next time that alone is asked."""
    asked = [Asked(monkeypatch, BATCHES[name]) for name in ("missed", "value", "fairness", "explain")]
    for each in asked:
        each.late = lambda number: number == 0
    complete(run)
    assert kept(run).complete
    assert partial_answers.unproven(kept(run)) == len(asked)
    assert verify(run).empty
    for each in asked:
        each.begin()
    complete(run)
    assert [len(each.questions) for each in asked] == [1, 1, 1, 1]
    assert partial_answers.unproven(kept(run)) == 0
    assert not list((run / "answers").glob("*.part.jsonl"))


def test_a_gap_is_no_matter_of_time(tmp_path: Path) -> None:
    """Where the scenario lets goals rest within a gap, whoever asks is told that, not to wait longer."""
    late = unproven(load(small(tmp_path, solver={"gap": 0.5})))
    assert partial_answers.is_out_of_time(late)
    with speaking("en"):
        assert "within 50.0 % (solver.gap)" in str(late).replace("\xa0", " ")


def test_the_page_says_what_is_unproven(run: Path, in_threads: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the report each unproven answer stands beside its row, in the language of the page."""
    for name in ("missed", "value", "fairness", "explain"):
        Asked(monkeypatch, BATCHES[name]).late = lambda number: number == 0
    done = planner("report", run, "--answers", lang="vi")
    assert done.returncode == 4
    assert "Còn 4 câu trả lời chưa chứng minh được" in done.stderr
    page = (run / "report.html").read_text("utf-8")
    assert page.count("chưa chứng minh được trong 300") == 5  # that of `explain` with the person, too


def test_what_is_settled_among_best_plans_may_be_late(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the backbone takes too long the prices are found all the same, and it is said that it did."""

    def late(what_if: WhatIf, **_: Any) -> Any:
        raise unproven(what_if.problem)

    monkeypatch.setattr(all_cadres, "backbone", late)
    found = ask("explain", run)
    assert found.unproven == 1
    assert set(found.found.starts["held"]) == {"unproven"}
    assert None not in found.found.prices
    with speaking("en"):
        assert "could not be proven within 300 s" in " ".join(all_told(found))


def all_told(answer: Any) -> list[str]:
    """The sentences of `explain --all`."""
    from planner.report.text.explanations import all_explained

    return [all_explained(answer.found)]


# --- whose answers they are -----------------------------------------------------------------------------------------


def test_a_plan_has_one_fingerprint_wherever_it_lies(run: Path, tmp_path: Path) -> None:
    """At hand, read back, from the folder alone, in a copy: the same; of another plan or scenario: another."""
    plan = read_run(run).plan()
    other = shutil.copytree(run, tmp_path / "elsewhere")
    assert fingerprint(plan) == fingerprint_of(run) == fingerprint_of(other) == fingerprint(read_what_if(run).plan)
    assert fingerprint(replace(plan, assignments=plan.assignments.iloc[1:])) != fingerprint(plan)
    write_run(WhatIf(load(small(tmp_path / "s", MANY, **OF_MANY | {"lot": 2}))).plan, tmp_path / "another")
    assert fingerprint_of(tmp_path / "another") != fingerprint(plan)


def test_an_answer_is_kept_with_its_plan_alone(run: Path, tmp_path: Path) -> None:
    """It is refused by the folder of another plan; carried there by hand it is refused by the report and by verify."""
    write_run(WhatIf(load(small(tmp_path / "s", MANY, **OF_MANY | {"lot": 2}))).plan, tmp_path / "another")
    found = ask("value", run)
    path = found.keep(run)
    with pytest.raises(InputError, match="another plan"):
        found.keep(tmp_path / "another")
    with pytest.raises(InputError, match="another plan"):
        notebook(tmp_path / "another", "value", found.plan)
    shutil.copytree(path.parent, tmp_path / "another" / "answers")
    with pytest.raises(InputError, match="another plan"):
        kept(tmp_path / "another")
    with speaking("en"):
        assert verify(tmp_path / "another")["found"].tolist() == ["an answer about another plan"]


def test_a_notebook_says_when_it_cannot_be_written(tmp_path: Path) -> None:
    """A file where the folder should be is told with its name."""
    (tmp_path / "answers").touch()
    with pytest.raises(InputError, match=r"value\.part\.jsonl|answers"):
        Notebook(tmp_path / "answers" / "value.part.jsonl", "x").note("question", Unproven(1))
