"""Measuring: a process of its own for every contestant on every instance, one after the other.

So neither memory nor threads of one touch another; the peak memory is that of the one child (`os.wait4`), and one that
aborts costs only itself. The child writes its records to a file, line by line: what it told before it died is known.

Linux lets a child begin with the peak of its parent. So the parent does nothing that needs memory: instances, too, are
drawn in a process of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cases import CASES
from benchmarks.contestants import CONTESTANTS, Task
from benchmarks.solvers import Way
from benchmarks.stages import peak_megabytes
from planner.model.goals import GOALS

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 2, 900  # so many times its limits for all goals there are, and so many seconds more, then it is stopped
DRAW = "draw"  # in the place of a contestant


@dataclass(frozen=True)
class Measured:
    """What a contestant told, and what it took.

    Attributes
    ----------
    goals
        Records of goals: goal, value, bound, status, seconds.
    facts
        All else it told, by name.
    seconds, megabytes
        The whole process by the clock, and its peak memory [MB].
    exit_status
        0, or what it died of; negative: a signal.
    """

    goals: list[dict[str, Any]]
    facts: dict[str, Any]
    seconds: float
    megabytes: float
    exit_status: int

    @property
    def total(self) -> float:
        """Seconds for all goals: planner's whole solve, options and model included; the others' solving alone."""
        return self.facts["seconds"] if "seconds" in self.facts else sum(goal["seconds"] for goal in self.goals)

    def proven(self, goals: list[str]) -> bool:
        """Whether each of the goals is settled as optimal."""
        return [goal["goal"] for goal in self.goals if goal["status"] == "optimal"] == goals

    def values(self) -> dict[str, float]:
        """The value of each goal that has one."""
        return {goal["goal"]: goal["value"] for goal in self.goals if goal["value"] is not None}


def drawn(case: str, districts: int, seed: int, folder: Path) -> Path:
    """The scenario file of an instance, whatever is generated written into `folder`."""
    told = folder / "told.txt"
    status, _ = _child([DRAW, case, str(districts), str(seed), str(folder / "scenario"), str(told)], PATIENCE[1])
    if status:
        raise SystemExit(f"{case}, {districts}: no instance, exit status {status}")
    return Path(told.read_text(encoding="utf-8"))


def measured(name: str, task: Task) -> Measured:
    """Run a contestant in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "task.json", Path(folder) / "told.jsonl"
        way = task.way
        asked.write_text(
            json.dumps([str(task.scenario), way.limit, way.workers, way.seed, dict(task.values)]), encoding="utf-8"
        )
        told.touch()
        began = time.perf_counter()
        patience = PATIENCE[0] * len(GOALS) * way.limit + PATIENCE[1]
        exit_status, megabytes = _child([name, str(asked), str(told)], patience)
        seconds = time.perf_counter() - began
        records = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    facts = {key: fact for record in records if "goal" not in record for key, fact in record.items()}
    return Measured([r for r in records if "goal" in r], facts, seconds, megabytes, exit_status)


def _child(arguments: list[str], patience: float) -> tuple[int, float]:
    """Run this module with the arguments: its exit status and peak memory [MB]. What it says goes to standard error."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "benchmarks.measuring", *arguments]
    process = subprocess.Popen(command, stdout=sys.stderr, env=environment)
    watchdog = threading.Timer(patience, process.kill)
    watchdog.start()
    try:
        _, ended, usage = os.wait4(process.pid, 0)  # of this child alone: `resource` knows the largest of all
    except BaseException:
        process.kill()
        raise
    finally:
        watchdog.cancel()
    process.returncode = os.waitstatus_to_exitcode(ended)
    return process.returncode, peak_megabytes(usage.ru_maxrss)


def _draw(case: str, districts: str, seed: str, folder: str, told: str) -> None:
    """The child that draws an instance, and tells where it is."""
    scenario = CASES[case].scenario(int(districts), int(seed), Path(folder))
    Path(told).write_text(str(scenario), encoding="utf-8")


def _contest(name: str, asked: str, told: str) -> None:
    """The child that is a contestant: do what is asked, tell every record at once."""
    scenario, limit, workers, seed, values = json.loads(Path(asked).read_text(encoding="utf-8"))
    with Path(told).open("a", encoding="utf-8") as file:
        for record in CONTESTANTS[name](Task(Path(scenario), Way(limit, workers, seed), values)):
            file.write(json.dumps(record) + "\n")
            file.flush()


if __name__ == "__main__":
    _draw(*sys.argv[2:]) if sys.argv[1] == DRAW else _contest(*sys.argv[1:])
