"""What a case came to: everything measured on its instances, and who was fastest."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.contestants import INEXACT, INTEGERS, PLANNER, RELAXATIONS
from benchmarks.measuring import Measured
from planner.plans.run_folder import package_version

PACKAGES = ("planner", "ortools", "numpy", "scipy", "pandas")


@dataclass(frozen=True)
class Fastest:
    """Who was fastest, and in how many seconds; `exact` unless it stopped at its limits and would have needed more."""

    name: str
    seconds: float
    exact: bool = True


@dataclass(frozen=True)
class Instance:
    """A scenario of so many districts, and what each contestant told of it, planner first."""

    districts: int
    runs: dict[str, Measured]

    @property
    def planner(self) -> Measured:
        """The run of planner itself."""
        return self.runs[PLANNER]

    @property
    def size(self) -> str:
        """How many districts, in words."""
        return f"{self.districts} district{'s' if self.districts > 1 else ''}"

    @property
    def goals(self) -> list[str]:
        """The goals in their order."""
        return list(self.planner.facts.get("goals", []))

    def fastest_engine(self) -> Fastest | None:
        """The fastest of the other engines; one that stopped at its limits counts with the time it had."""
        alive = {name: run for name, run in self.runs.items() if name in INTEGERS and run.exit_status == 0}
        seconds = {name: run.total for name, run in alive.items() if run.goals}
        name = min(seconds, key=seconds.__getitem__, default=None)
        return Fastest(name, seconds[name], alive[name].proven(self.goals)) if name else None

    def fastest_relaxation(self) -> Fastest | None:
        """The fastest of the linear relaxations that are exact and reached their end: the yardstick `LP`.

        Where none did, the one that had stopped at its limits first counts with the time it had.
        """
        exact = {name: run for name, run in self.runs.items() if name in RELAXATIONS and name not in INEXACT}
        ended = {name for name, run in exact.items() if run.proven(self.goals)}
        seconds = {name: run.total for name, run in exact.items() if name in ended or (not ended and run.goals)}
        name = min(seconds, key=seconds.__getitem__, default=None)
        return Fastest(name, seconds[name], bool(ended)) if name else None

    def disagreements(self) -> list[str]:
        """Proven values that are not planner's: an engine's goal counts while all before it are proven too."""
        ours = self.planner.values()
        found = []
        for name in INTEGERS.keys() & self.runs.keys():
            for goal in self.runs[name].goals:
                if goal["status"] != "optimal":
                    break
                if goal["value"] != ours.get(goal["goal"]):
                    found.append(f"{name}, {goal['goal']}: {goal['value']} is not {ours.get(goal['goal'])}")
        return sorted(found)


@dataclass(frozen=True)
class Outcome:
    """A case measured: its name, the seed of its instances, each engine's limit for a goal [seconds], threads.

    `missing` names the sizes on which planner itself died, and of what.
    """

    case: str
    seed: int
    limit: float
    workers: int
    instances: list[Instance]
    missing: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """All of it as plain data."""
        return asdict(self)


def machine() -> dict[str, Any]:
    """Where and when: date, processor, cores, load of the last minute, versions."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "versions": {name: package_version(name) for name in PACKAGES},
    }


def _processor() -> str:
    """The processor's model name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
