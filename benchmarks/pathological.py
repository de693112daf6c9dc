"""Small scenarios that are hard to solve: `python benchmarks/pathological.py [--number N] [--out benchmarks/results]`.

Draws scenarios of 15 to 40 cadres in which classes, a budget and pins meet (`tests/random_scenarios.py`, the size
`crowded`), solves each, and tells how much longer the worst take than the median, in seconds of the processor: issue 15
asks for at most 20 times. `--size packed` draws 30 to 80 cadres with more classes, pins and goals, and tighter budgets.
`--plain` beside it solves them as before: HiGHS alone, on the rules' own rows.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from random_scenarios import Size, random_scenario  # noqa: E402 -- the checkout is not installed

from benchmarks.outcomes import machine  # noqa: E402
from planner.inputs.loading import load  # noqa: E402
from planner.optimiser import engines  # noqa: E402
from planner.solver import solve_problem  # noqa: E402

BOUND = 20
"""Times the median."""
WORST = 10
"""Scenarios that are named."""


def measure(first: int, number: int, size: Size) -> list[dict[str, Any]]:
    """Solve the scenarios of some seeds: status, cadres, seconds of the processor in all and of each goal."""
    return [_solved(seed, size) for seed in range(first, first + number)]


def _solved(seed: int, size: Size) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        problem = load(random_scenario(seed, Path(folder) / "drawn", size))
    began = time.process_time()
    plan = solve_problem(problem)
    seconds = time.process_time() - began
    slowest = plan.goals.loc[plan.goals["seconds"].idxmax(), "goal"] if len(plan.goals) else ""
    return {
        "seed": seed,
        "status": plan.status,
        "cadres": len(problem.cadres),
        "seconds": round(seconds, 3),
        "slowest": slowest,
    }


def summary(solved: list[dict[str, Any]]) -> dict[str, Any]:
    """Median, 99 %, worst, how many times the median that is, and the worst scenarios."""
    seconds = np.array([one["seconds"] for one in solved])
    median, most = float(np.median(seconds)), float(seconds.max())
    statuses = [one["status"] for one in solved]
    return {
        "number": len(solved),
        "statuses": {status: statuses.count(status) for status in sorted(set(statuses))},
        "median": round(median, 3),
        "hundredth": round(float(np.quantile(seconds, 0.99)), 3),
        "worst": most,
        "ratio": round(most / max(median, 1e-3), 1),
        "slowest": sorted(solved, key=lambda one: -one["seconds"])[:WORST],
    }


def told(data: dict[str, Any]) -> str:
    """The measurement as a page."""
    here, kept = data["machine"], "kept" if data["ratio"] <= BOUND else "NOT kept"
    states = ", ".join(f"{number} {status}" for status, number in data["statuses"].items())
    how = "HiGHS alone, on the rules' own rows" if data["plain"] else "as planner solves them"
    lines = [
        f"## pathological, {data['size']}",
        "",
        f"- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the end",
        f"- {data['number']:,} scenarios from seed {data['first']}, {how}: {states}",
        "",
        "| median [CPU s] | 99 % | worst | worst / median | at most |  |",
        "| -------------: | ---: | ----: | -------------: | ------: | :-- |",
        f"| {data['median']:.3f} | {data['hundredth']:.2f} | {data['worst']:.2f} "
        f"| {data['ratio']:.0f} | {BOUND} | {kept} |",
        "",
        "| seed | status | cadres | CPU s | slowest goal |",
        "| ---: | :----- | -----: | ----: | :----------- |",
        *(
            f"| {one['seed']} | {one['status']} | {one['cadres']} | {one['seconds']:.2f} | {one['slowest']} |"
            for one in data["slowest"]
        ),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0, help="seed")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--size", choices=["crowded", "packed"], default="crowded")
    parser.add_argument("--plain", action="store_true", help="HiGHS alone, as before")
    parser.add_argument("--out", type=Path, help="a folder for NAME.md and NAME.json")
    parser.add_argument("--name", default="pathological", help="of these files")
    asked = parser.parse_args()
    if asked.plain:
        engines.SMALL = 0
    found = summary(measure(asked.first, asked.number, asked.size))
    data = {"machine": machine(), "size": asked.size, "first": asked.first, "plain": asked.plain, **found}
    print(told(data))
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / f"{asked.name}.md").write_text(told(data), encoding="utf-8")
        (asked.out / f"{asked.name}.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
