"""The answers beside one solve, in one process: `python benchmarks/run.py --case answers [--out benchmarks/results]`.

Every question of issue 15 with a bound, on the scheme of Hoàng Su Phì and a generated district with scarce seats. A
ratio is the seconds of all its answers, by the clock and of this process, to those of one solve of the same run,
options and model included. Of the longest questions a sample is answered, one after another, and counted for all.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.cases import DISTRICT
from benchmarks.outcomes import machine
from planner.analysis.backbone import backbone
from planner.analysis.fairness.audit import audit_fairness
from planner.analysis.price import price_of
from planner.analysis.seats.values import difference, limits_asked
from planner.analysis.what_if import WhatIf
from planner.analysis.why.all_cadres import asked_options, price_of_programme, prices_asked, who_waits
from planner.analysis.why.cadre import explain
from planner.analysis.why.missed_targets import why_missed
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.published.generator import SCENARIO, default_published, generate, write_generated
from planner.solver import solve_problem

SCARCITY = 0.6
"""Seats of the generated district, as a part of what its published scheme has."""
PRICES, CADRES, LIMITS = 20, 20, 40
"""Answers in a sample."""
AGES = 35, 45
CASE = "answers"
SCENARIOS = ("base", "scarce")
QUESTIONS = {
    "price": ("price of one start, its displaced people", 0.1),
    "remedies": ("what would get somebody in, all remedies", 1),
    "value": ("value", 10),
    "explain": ("explain --all: ties", 20),
    "missed": ("missed", 5),
    "fairness": ("fairness with its price curve", 5),
}
"""What a question is called in the table, and its bound."""


@dataclass(frozen=True)
class Line:
    """A question: how many answers were measured, of how many, their seconds by the clock and of the process."""

    question: str
    at_most: float
    measured: int
    of: int
    seconds: float
    process: float

    def ratio(self, solve: tuple[float, float]) -> tuple[float, float]:
        """To the seconds of one solve: by the clock, of the process."""
        times = self.of / max(self.measured, 1)
        return self.seconds * times / solve[0], self.process * times / solve[1]


def measure(
    seed: int, sections: Sequence[str] = SCENARIOS, questions: Sequence[str] = tuple(QUESTIONS)
) -> dict[str, Any]:
    """Some questions on some of the scenarios."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in sections:
            found[name] = _of(load(DISTRICT if name == "base" else _scarce(Path(folder), seed)), seed, questions)
    return {"machine": machine(), "seed": seed, "scenarios": found}


def _scarce(folder: Path, seed: int) -> Path:
    published = default_published()
    pools = list(published.scenario.seats)
    write_generated(generate(published, 1, seed=seed, scarcity=SCARCITY, shared=pools), folder / "scarce")
    return folder / "scarce" / SCENARIO


def _of(problem: Problem, seed: int, questions: Sequence[str]) -> dict[str, Any]:
    solve_problem(problem)  # engines and imports are warm then, as they are for the questions
    _, *solve = _timed(lambda: solve_problem(problem))
    what_if = WhatIf(problem)
    _, *proof = _timed(lambda: what_if.plan)
    lines = []
    for line in _lines(what_if, np.random.default_rng(seed), questions):
        clock, process = line.ratio((solve[0], solve[1]))
        print(f"{line.question}: {clock:.2f} by the clock, {process:.2f} of the process", file=sys.stderr, flush=True)
        lines.append(line)
    return {
        "cadres": len(problem.cadres),
        "solve": solve,
        "proof": proof,
        "lines": [
            {
                **line.__dict__,
                "ratio": line.ratio((solve[0], solve[1])),
                "kept": line.ratio((solve[0], solve[1]))[0] <= line.at_most,
            }
            for line in lines
        ],
    }


def _lines(what_if: WhatIf, draw: np.random.Generator, questions: Sequence[str]) -> Iterator[Line]:
    frame, problem = what_if.proven.options.frame, what_if.problem
    codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    price_of(what_if, "require", Pin(cadre=codes[frame["cadre"][0]], programme=names[frame["programme"][0]]))
    pins = [
        Pin(cadre=codes[row.cadre], programme=names[row.programme], start=int(row.start))
        for row in frame.iloc[draw.choice(len(frame), PRICES, replace=False)].itertuples()
    ]
    for pin in pins[:3]:  # every simplex stands then
        price_of(what_if, "require", pin)
    waiting = who_waits(what_if)
    some = waiting.iloc[draw.choice(len(waiting), min(CADRES, len(waiting)), replace=False)]
    pairs = list(zip(some["cadre"], some["programme"], strict=True))
    limits = limits_asked(what_if)
    short = what_if.plan.attainment.set_index("target")["shortfall"]
    missed = [str(name) for name in short.index[short > 0]]
    here = Parallel(executor=ThreadPoolExecutor(1), at_once=1)
    asked: dict[str, Callable[[], Line]] = {
        "price": lambda: _line("price", lambda pin: price_of(what_if, "require", pin), pins, 1),
        "remedies": lambda: _line("remedies", lambda pair: explain(what_if, *pair), pairs, 1),
        "value": lambda: _line(
            "value", lambda limit: difference(what_if, limit), _some(draw, limits, LIMITS), len(limits)
        ),
        "explain": lambda: _explained(what_if, waiting),
        "missed": lambda: _line("missed", lambda name: why_missed(what_if, name), missed, len(missed)),
        "fairness": lambda: _line("fairness", lambda _: audit_fairness(what_if, AGES, parallel=here), [None], 1),
    }
    yield from (ask() for name, ask in asked.items() if name in questions)


def _explained(what_if: WhatIf, waiting: pd.DataFrame) -> Line:
    """All prices of `explain --all`, with the ties."""
    title, at_most = QUESTIONS["explain"]
    held, *ties = _timed(lambda: backbone(what_if, asked=asked_options(what_if, waiting)))
    asked = list(prices_asked(what_if, waiting, held))
    _, *prices = _timed(lambda: [price_of_programme(what_if, pair) for pair in asked])
    return Line(f"{title}, {len(asked)} prices", at_most, 1, 1, prices[0] + ties[0], prices[1] + ties[1])


def _some(draw: np.random.Generator, asked: Sequence[Any], number: int) -> list[Any]:
    return [asked[place] for place in draw.choice(len(asked), min(number, len(asked)), replace=False)]


def _line(name: str, answer: Callable[[Any], object], asked: Sequence[Any], of: int) -> Line:
    _, *took = _timed(lambda: [answer(each) for each in asked])
    return Line(*QUESTIONS[name], len(asked), of, *took)


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gave, and its seconds by the clock and of this process."""
    began = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - began[0], time.process_time() - began[1]


def told(data: dict[str, Any]) -> str:
    """The measurement as a page."""
    here = data["machine"]
    text = ["## answers", "", f"- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']}", ""]
    for name, found in data["scenarios"].items():
        text += [
            f"### {name}: {found['cadres']:,} cadres; one solve {found['solve'][0]:.2f} s "
            f"({found['solve'][1]:.2f} s of the process); the warm proof {found['proof'][1]:.2f} s of the process",
            "",
            "| question | measured | of | seconds | ratio | ratio (process) | at most |  |",
            "| :-- | --: | --: | --: | --: | --: | --: | :-- |",
        ]
        for line in found["lines"]:
            clock, process = line["ratio"]
            kept = "kept" if clock <= line["at_most"] else "NOT kept"
            figures = f"{line['measured']} | {line['of']} | {line['seconds']:.2f} | {clock:.2f} | {process:.2f}"
            text.append(f"| {line['question']} | {figures} | {line['at_most']:g} | {kept} |")
        text.append("")
    return "\n".join(text)


def write(data: dict[str, Any], folder: Path) -> None:
    """answers.md and answers.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.md").write_text(told(data), encoding="utf-8")
    (folder / "answers.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
