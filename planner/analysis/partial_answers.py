"""Answers kept as they are found: a batch of questions that is cut off goes on later where it stood.

Every answer becomes a line of `answers/NAME.part.jsonl` in the run folder as soon as it is known, written by whoever
found it. A line says of which plan it speaks, by its fingerprint, and holds a digest of itself; what is of another plan
or of another version of planner, or was changed, counts for nothing and is asked again.

A question has a time limit of its own. One that could not be proven in it is `Unproven`, which is said beside it and
stops no other; the next time it gets twice as long. All that a question solves ends by its deadline, and an answer that
comes at the deadline is not believed: something in it may have been cut short.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints
from urllib.parse import quote

from planner.analysis.parallel import EngineResult, OnProgress, answers, silent
from planner.analysis.serialisation import as_data, from_data
from planner.analysis.what_if import WhatIf, reworded
from planner.common.drafts import FILE
from planner.common.errors import Fault, InputError, PlannerError, StoppedError
from planner.common.files import MOST_JSON, content_of, make_folder, write_bytes
from planner.common.os_errors import os_reason
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.optimiser.integer_program import no_later_than, not_wanted
from planner.plans.run_folder import ANSWERS, fingerprint, fingerprint_of, json_digest, package_version

Q = TypeVar("Q")
A = TypeVar("A")

ENDING = ".part.jsonl"
UNPROVEN = "unproven"  # the verdict on what could not be proven in time
LONGER = 2  # times the last limit that a question gets which was not proven in it
AT_THE_DEADLINE = 0.98  # of the limit: who takes as long may have been cut short


@dataclass(frozen=True)
class Unproven:
    """What a question is answered that was not proven in its time [seconds]."""

    seconds: float


def unproven(answer: Any) -> int:
    """How many parts of an answer were not proven in their time."""
    if isinstance(answer, Unproven):
        return 1
    if is_dataclass(answer) and not isinstance(answer, type):
        return sum(unproven(getattr(answer, each.name)) for each in fields(answer))
    if isinstance(answer, Mapping):
        return sum(map(unproven, answer.values()))
    return sum(map(unproven, answer)) if isinstance(answer, list | tuple) else 0


def is_out_of_time(error: InputError) -> bool:
    """Whether nothing is wrong but that a proof took too long."""
    return all(fault.key in ("not_proven", "not_proven_gap") for fault in error.faults)


@dataclass(frozen=True)
class Notebook:
    """The answers to a batch of questions as they are found: one file for each kind of questions about a plan."""

    path: Path
    plan: str
    machine: str = field(default_factory=platform.node)

    def known(self, kind: Any) -> dict[str, Any]:
        """What is known of the plan by question: an answer of the kind, or `Unproven`, whatever was noted last.

        Lines that count for nothing are taken out of the file.
        """
        try:
            there = os.path.lexists(self.path)
            lines = content_of(self.path, MOST_JSON).splitlines(keepends=True) if there else []
        except OSError as error:
            raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, self.path)) from None
        found, good = {}, []
        for line in lines:
            try:
                entry = json.loads(line)
                if entry == self._entry(entry["question"], entry["answer"]) and line.endswith(b"\n"):
                    found[_key(entry["question"])] = _answer_of(kind, entry["answer"])
                    good.append(line)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue  # cut off by a kill, or by another hand: asked again
        if len(good) < len(lines):
            write_bytes(self.path, b"".join(good))
        return found

    def note(self, question: Any, answer: Any) -> None:
        """Add an answer; several processes may, side by side: a line is written at once.

        Raises
        ------
        InputError
            The file cannot be written.
        """
        said = {"unproven": answer.seconds} if isinstance(answer, Unproven) else {"found": as_data(answer)}
        line = json.dumps(self._entry(as_data(question), said), ensure_ascii=False) + "\n"
        try:
            make_folder(self.path.parent)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), FILE)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
        except OSError as error:
            raise InputError(Fault("cannot_write", {"path": self.path, "reason": os_reason(error)})) from None

    def close(self) -> None:
        """Take the file away once the whole answer is kept; it stays while a question in it is unproven."""
        if not any(isinstance(each, Unproven) for each in self.known(Any).values()):
            self.path.unlink(missing_ok=True)

    def _entry(self, question: Any, answer: Any) -> dict[str, Any]:
        entry = {"plan": self.plan, "planner": package_version("planner"), "question": question, "answer": answer}
        return {**entry, "sha256": json_digest(entry)}


def notebook(run: str | Path, name: str, plan: str) -> Notebook:
    """Where the answers called `name` about a run's plan are kept as they are found.

    Raises
    ------
    InputError
        The run folder holds another plan.
    """
    if fingerprint_of(run) != plan:
        raise InputError(Fault("answer_for_another_plan", {"folder": run}))
    return Notebook(Path(run).absolute() / ANSWERS / f"{quote(name, safe='')}{ENDING}", plan)


def _answer_of(kind: Any, said: dict[str, Any]) -> Any:
    if "unproven" in said:
        return Unproven(float(said["unproven"]))
    return said["found"] if kind is Any else from_data(kind, said["found"])


def _key(question: Any) -> str:
    return json.dumps(as_data(question), ensure_ascii=False, sort_keys=True)


def kept_answers(
    name: str,
    answer: EngineResult[Q, A],
    what_if: WhatIf,
    questions: Sequence[Q],
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> list[A | Unproven]:
    """The answers to all questions, in their order: those known from before, the others asked, and kept as they come.

    Parameters
    ----------
    name
        What the questions are called in the run folder in which `parallel` keeps their answers, if in any.
    answer
        A function at the top of a module that says what kind of answer it gives.
    on_progress
        Told first how many of all are known.
    parallel
        Where they are answered, and how long each may take.

    Raises
    ------
    TaskCrashedError
        A question takes down its process by itself; what was found until then is kept.
    """
    folder = parallel.keep_in
    book = None if folder is None else notebook(folder, name, fingerprint(what_if.plan))
    before = {} if book is None else book.known(get_type_hints(answer)["return"])
    found = {key: each for key, each in before.items() if not isinstance(each, Unproven)}
    open_ = [question for question in questions if _key(question) not in found]
    limits = [_limit(what_if, before.get(_key(question)), parallel) for question in open_]
    attempt: _Attempt[Q, A] = _Attempt(answer, book)
    known = len(questions) - len(open_)

    def tell(done: int, _: int) -> None:
        on_progress(known + done, len(questions))

    def came(places: Sequence[int], tried: Sequence[_Tried[A]]) -> None:
        for place, each in zip(places, tried, strict=True):
            if parallel.elsewhere:
                _check_kind(answer, each)
            found[_key(open_[place])] = each.answer
            if book is not None and not each.noted:
                book.note(open_[place], each.answer)

    asked = list(zip(open_, limits, strict=True))
    if asked:
        answers(attempt, what_if, asked, tell, parallel, came, limits)
    else:
        on_progress(known, len(questions))
    return [found[_key(question)] for question in questions]


def _check_kind(answer: EngineResult[Q, A], tried: object) -> None:
    """Refuse what a cluster answered where it is not of the kind of answer that the question has.

    Raises
    ------
    PlannerError
        It is not.
    """
    try:
        if not isinstance(tried, _Tried):
            raise TypeError(tried)
        if not isinstance(tried.answer, Unproven):
            from_data(get_type_hints(answer)["return"], as_data(tried.answer))
    except (TypeError, ValueError, KeyError, AttributeError):
        raise PlannerError(Fault("cluster_untrue", {"what": type(tried).__name__})) from None


def _limit(what_if: WhatIf, before: Unproven | None, parallel: Parallel) -> float:
    """What a question may take: what is asked for; else the scenario's limit, and more than the last time."""
    if parallel.limit_s is not None:
        return parallel.limit_s
    usual = what_if.problem.scenario.solver.time_limit_s
    return usual if before is None else max(usual, LONGER * before.seconds)


@dataclass(frozen=True)
class _Tried(Generic[A]):
    """An answer, and whether it is noted already."""

    answer: A | Unproven
    noted: bool


@dataclass(frozen=True)
class _Attempt(Generic[Q, A]):
    """Answers a question within its limit, and notes it if the notebook is on this machine."""

    answer: EngineResult[Q, A]
    book: Notebook | None

    def __call__(self, what_if: WhatIf, asked: tuple[Q, float]) -> _Tried[A]:
        question, limit = asked
        found = self._within(what_if, question, limit)
        here = self.book is not None and self.book.machine == platform.node() and self.book.path.parent.parent.is_dir()
        if self.book is not None and here:
            self.book.note(question, found)
        return _Tried(found, here)

    def _within(self, what_if: WhatIf, question: Q, limit: float) -> A | Unproven:
        try:
            what_if.plan  # noqa: B018 -- solved once for all questions, at the cost of none
            began = time.monotonic()
            with no_later_than(began + limit):
                found = self.answer(what_if.told_by(limited(what_if.problem, limit)), question)
        except InputError as error:
            if not is_out_of_time(error):
                raise
            _check_wanted()
            return Unproven(limit)
        _check_wanted()
        return found if time.monotonic() - began < AT_THE_DEADLINE * limit else Unproven(limit)


def _check_wanted() -> None:
    """Note nothing that came when the answer was not wanted any more: it may have been cut short."""
    event = not_wanted()
    if event is not None and event.is_set():
        raise StoppedError


def limited(problem: Problem, limit: float) -> Problem:
    """The same problem, every solve of which may take so long [seconds]."""
    solver = problem.scenario.solver.model_copy(update={"time_limit_s": limit})
    return reworded(problem, lambda scenario: scenario.model_copy(update={"solver": solver}))
