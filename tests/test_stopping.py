"""A question that is stopped leaves all as it was: the case, its other questions, and the answers that are kept.

No clock is waited for: the event counts how often it is looked at, and is set from some look on.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_scenarios import random_scenario
from scipy import sparse
from small import small
from test_keeping import PEOPLE, SCHEME

import planner
from planner import fairness
from planner.analysis import partial_answers, what_if
from planner.analysis.serialisation import as_data
from planner.analysis.what_if import WhatIf
from planner.common.errors import Fault
from planner.inputs.loading import load
from planner.optimiser import single_search
from planner.optimiser.integer_program import UNKNOWN, IntegerProgram, SolveLimits, ended_by
from planner.plans.run_folder import write_run

LOOKS = (*range(1, 30), *range(30, 200, 9))
SHORT, LONG = (2,), range(3, 11)


class Looked(threading.Event):
    """An event that is set from its so-manieth look on."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        """Whether it was looked at often enough."""
        self.looks -= 1
        return self.looks < 0


def case_of(path: Path) -> WhatIf:
    """The case of a scenario that is solved."""
    return planner.what_if(planner.solve(planner.load(path)))


@pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_whenever_it_is_stopped_later_answers_are_those_of_a_case_never_stopped(seed: int, tmp_path: Path) -> None:
    """Each question is stopped at every moment; asked again, it has the answer of an untouched case."""
    path = random_scenario(seed, tmp_path, "tiny" if seed in SHORT else "small")
    if planner.solve(planner.load(path)).status != "optimal":
        pytest.skip("no plan to ask about")
    case, untouched = case_of(path), case_of(path)
    cadres, programmes = list(case.problem.cadres["cadre"][:3]), list(case.problem.scenario.programmes)
    stopped = 0
    for place, cadre in enumerate(cadres):
        programme = programmes[place % len(programmes)]
        for looks in LOOKS:
            try:
                with planner.stoppable(Looked(looks)):
                    planner.explain(case, cadre, programme)
            except planner.StoppedError:
                stopped += 1
                continue
            break
        assert as_data(planner.explain(case, cadre, programme).found) == as_data(
            planner.explain(untouched, cadre, programme).found
        )
    assert stopped
    pickle.loads(pickle.dumps(case))  # no event is kept in it


def test_threads_ask_one_case_and_one_of_them_stops(tmp_path: Path) -> None:
    """What others ask meanwhile is answered as if nobody had stopped."""
    case = case_of(small(tmp_path, PEOPLE, **SCHEME))
    alone = {cadre: as_data(planner.explain(case, cadre, "school").found) for cadre in PEOPLE}
    shared = case_of(small(tmp_path / "again", PEOPLE, **SCHEME))

    def ask(number: int, cadre: str) -> Any:
        if number % 2:
            return as_data(planner.explain(shared, cadre, "school").found)
        with pytest.raises(planner.StoppedError), planner.stoppable(Looked(1 + number)):
            planner.explain(shared, cadre, "school")
            raise planner.StoppedError  # it was answered before it was looked at
        return None

    with ThreadPoolExecutor(4) as pool:
        asked = [(cadre, pool.submit(ask, number, cadre)) for number, cadre in enumerate([*PEOPLE] * 4)]
        for cadre, future in asked:
            assert future.result() in (None, alone[cadre])


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder."""
    folder = tmp_path_factory.mktemp("stopping")
    write_run(WhatIf(load(small(folder / "scenario", PEOPLE, **SCHEME))).plan, folder / "run")
    return folder / "run"


long = pytest.mark.long


@pytest.mark.parametrize(
    "question",
    [planner.value, *(pytest.param(each, marks=long) for each in (planner.missed, planner.explain_all, fairness))],
)
def test_a_batch_that_is_stopped_notes_nothing_that_was_cut_short(
    question: Callable[..., Any], solved: Path, tmp_path: Path
) -> None:
    """No answer is noted as unproven since it was stopped; asked again, it is that of a batch never stopped."""
    write_run(planner.read_run(solved).plan(), tmp_path / "run")
    case = planner.what_if(tmp_path / "run")
    with ThreadPoolExecutor(1) as here:
        parallel = planner.Parallel(executor=here, keep_in=tmp_path / "run")
        for looks in (1, 2, 3, 5, 9, 17):
            try:
                with planner.stoppable(Looked(looks)):
                    question(case, parallel=parallel)
            except planner.StoppedError:
                noted = "".join(path.read_text() for path in (tmp_path / "run").glob("answers/*.jsonl"))
                assert '"unproven"' not in noted
        whole = question(case, parallel=parallel)
        alone = question(planner.what_if(solved), parallel=planner.Parallel(executor=here))
    assert whole.unproven == 0
    assert as_data(whole.found) == as_data(alone.found)


def test_nothing_is_begun_where_it_is_stopped_before(solved: Path) -> None:
    """An event that is set already."""
    event = threading.Event()
    event.set()
    with pytest.raises(planner.StoppedError, match="stopped"), planner.stoppable(event):
        raise AssertionError(solved)


@pytest.mark.parametrize("stopped", [True, False], ids=["stopped", "out of time"])
def test_a_proof_that_was_stopped_is_not_kept(stopped: bool, solved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks next has a case as warm as one never stopped; where the time ran out, nobody tries again."""
    case, event, proof = WhatIf(planner.read_run(solved).problem), threading.Event(), what_if.ProvenProblem

    def cut_short(*of_case: Any) -> what_if.ProvenProblem:
        if stopped:
            event.set()
        made = proof(*of_case)
        made.x = None
        return made

    with monkeypatch.context() as patch, ended_by(event):
        patch.setattr(what_if, "ProvenProblem", cut_short)
        assert case.proven.x is None
    assert (case.proven.x is None) is not stopped


def test_what_else_is_wrong_is_said_as_itself(solved: Path) -> None:
    """A cadre that nobody knows is told, stopped or not; so is what is no fault of the input."""
    case = planner.what_if(solved)
    with pytest.raises(planner.InputError, match="nobody"), planner.stoppable(Looked(1)):
        planner.explain(case, "nobody")
    with pytest.raises(ZeroDivisionError), planner.stoppable(Looked(1)):
        _ = 1 / 0


def test_an_answer_that_came_with_the_event_is_not_handed_on(solved: Path) -> None:
    """It may have been cut short, and nobody can tell."""
    event = threading.Event()
    case = planner.what_if(solved)
    with pytest.raises(planner.StoppedError), planner.stoppable(event):
        planner.explain(case, "A")
        event.set()


def test_an_engine_that_is_deaf_is_left_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS does not hear that it is to stop: whoever waits for it goes on, and takes it for unproven."""
    heard, ended = threading.Event(), threading.Event()

    class Deaf:
        """An engine that is told to stop and goes on."""

        def __init__(self, name: str) -> None: ...

        def set_solver_specific_parameters(self, text: str) -> None: ...

        def set_time_limit_in_seconds(self, seconds: float) -> None: ...

        def solve(self, model: object) -> None:
            ended.wait(60)

        def stop_search(self) -> None:
            heard.set()

    monkeypatch.setattr(single_search.model_builder, "Solver", Deaf)
    one = np.ones(1)
    matrix = IntegerProgram(one, sparse.csr_matrix(one.reshape(1, 1)), one, one, 0 * one, one)
    event = threading.Event()
    event.set()
    with ended_by(event):
        found = single_search.search(matrix, SolveLimits(float("inf")), "highs", None)
    ended.set()
    assert heard.is_set()
    assert (found.status, found.x) == (UNKNOWN, None)


def test_the_error_reaches_other_processes() -> None:
    """It can be sent, with its sentence."""
    error = planner.StoppedError()
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is planner.StoppedError
    assert str(again) == str(error) == str(Fault("stopped"))


def test_a_limit_keeps_its_event_when_it_is_made_shorter() -> None:
    """Wherever an effort is handed on to, it can be ended: it holds the event itself."""
    event = threading.Event()
    with ended_by(event):
        effort = SolveLimits(float("inf"))
    assert effort.within(5).cancelled is event
    assert replace(effort, workers=1).cancelled is event
    assert SolveLimits(float("inf")).cancelled is None
    assert partial_answers.not_wanted() is None
