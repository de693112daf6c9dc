"""The benchmark: planner beside other engines and beside the linear relaxations, from some tens of cadres to a country.

    python benchmarks/run.py --case smallest|district|province|country|all|answers

prints, for each case, who found and proved what in how many seconds and with how much memory, as ratios within this one
run, and which bounds of issue 4 are kept. `benchmarks/README.md` says what the contestants are and what came out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the repository is not

from benchmarks import answers  # noqa: E402
from benchmarks.cases import CASES, WhatIf  # noqa: E402
from benchmarks.contestants import CONTESTANTS, PLANNER, SOLVERS, Task  # noqa: E402
from benchmarks.measuring import Measured, drawn, measured  # noqa: E402
from benchmarks.outcomes import Instance, Outcome, machine  # noqa: E402
from benchmarks.solvers import HOW_TO_INSTALL, OLD_DOOR, OWN_PROCESS, Way, available, highspy_version  # noqa: E402
from benchmarks.table import shown  # noqa: E402


def main() -> None:
    """Parse, measure case by case, print, write."""
    asked = _parsed()
    if asked.case == answers.CASE:
        data = answers.measure(asked.seed, asked.scenarios, asked.questions)
        print(answers.told(data), flush=True)
        for out in asked.out:
            answers.write(data, out)
        return
    found = []
    for name in CASES if asked.case == "all" else [asked.case]:
        here = machine()
        outcome = _measured(CASES[name], asked)
        text = shown(outcome, here, _notes())
        print(text, flush=True)
        found.append((outcome, here, text))
    for out in asked.out:
        _write(out, found)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=[*CASES, "all", answers.CASE], default="smallest")
    parser.add_argument("--engines", type=_engines, help=f"beside planner, some of: {', '.join(CONTESTANTS)}")
    parser.add_argument("--limit", type=float, help="of an engine for each goal [seconds]; by default the case's own")
    parser.add_argument("--seed", type=int, default=1, help="of the instances and of the engines")
    parser.add_argument(
        "--scenarios", nargs="+", choices=answers.SCENARIOS, default=answers.SCENARIOS, help="of answers"
    )
    parser.add_argument(
        "--questions", nargs="+", choices=[*answers.QUESTIONS], default=[*answers.QUESTIONS], help="as above"
    )
    parser.add_argument("--districts", type=int, nargs="+", help="other sizes of a generated case [districts]")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="threads, where there is a choice")
    parser.add_argument(
        "--out", type=Path, action="append", default=[], help="a .md or .json file; a folder takes both, for each case"
    )
    return parser.parse_args()


def _engines(text: str) -> list[str]:
    """The contestants named, in the order of the table."""
    named = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := sorted(set(named) - set(CONTESTANTS)):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(CONTESTANTS)}")
    return [name for name in CONTESTANTS if name in named]


def _measured(case: WhatIf, asked: argparse.Namespace) -> Outcome:
    """Every instance of a case, measured with every contestant."""
    named = asked.engines if asked.engines is not None else [name for name in CONTESTANTS if case.compared]
    engines = [name for name in named if name != PLANNER and (name not in SOLVERS or available(SOLVERS[name]))]
    way = Way(asked.limit or case.limit, asked.workers, asked.seed)
    sizes = asked.districts if asked.districts and case.drawn else case.sizes
    instances, missing = [], []
    for districts in sizes:
        with tempfile.TemporaryDirectory() as folder:
            scenario = drawn(case.name, districts, asked.seed, Path(folder))
            one = Instance(districts, _runs(scenario, way, engines, f"{case.name}, {districts}"))
        if one.planner.exit_status:
            missing.append(f"{one.size}: died of {one.planner.exit_status}")
        else:
            instances.append(one)
    return Outcome(case.name, asked.seed, way.limit, way.workers, instances, tuple(missing))


def _runs(scenario: Path, way: Way, engines: list[str], place: str) -> dict[str, Measured]:
    """All runs; planner's first: the relaxations fix its values, and the ratios are to it."""
    runs = {PLANNER: _told(place, PLANNER, Task(scenario, way, {}))}
    if runs[PLANNER].exit_status:
        return runs
    for name in engines:
        runs[name] = _told(place, name, Task(scenario, way, runs[PLANNER].values()))
    return runs


def _told(place: str, name: str, task: Task) -> Measured:
    run = measured(name, task)
    state = f"died of {run.exit_status}" if run.exit_status else f"{run.total:.2f} s"
    print(f"{place}: {name} {state}", file=sys.stderr, flush=True)
    return run


def _notes() -> list[str]:
    """Which solvers this wheel has, and by which door."""
    solvers = {name: available(name) for name in SOLVERS.values() if name != OWN_PROCESS}
    has = [f"{name}{' (by pywraplp alone)' if name in OLD_DOOR else ''}" for name, there in solvers.items() if there]
    lacks = [name for name, there in solvers.items() if not there]
    within = f"in this OR-Tools: {', '.join(has)}" + (f"; not in it, and left out: {', '.join(lacks)}" if lacks else "")
    version = highspy_version()
    beside = (
        f"highspy: HiGHS {version}, in a process of its own" if version else "no highspy, left out: " + HOW_TO_INSTALL
    )
    return [within, beside]


def _write(out: Path, found: list[tuple[Outcome, dict[str, Any], str]]) -> None:
    """Write tables and data to a folder, a file for each case; or one of them, for all cases, to one file."""
    if out.suffix not in (".md", ".json"):
        out.mkdir(parents=True, exist_ok=True)
        for outcome, here, text in found:
            for ending in (".md", ".json"):
                _write(out / f"{outcome.case}{ending}", [(outcome, here, text)])
    elif out.suffix == ".md":
        out.write_text("\n".join(text for _, _, text in found), encoding="utf-8")
    else:
        data = [{"machine": here, **outcome.data()} for outcome, here, _ in found]
        out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
