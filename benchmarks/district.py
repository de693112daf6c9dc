"""planner beside the textbook CP-SAT model on the same scenario: `python benchmarks/district.py [SCENARIO]`.

Each runs in a process of its own, one after the other, so that neither's memory nor threads touch the other's. The
textbook model is solved at CP-SAT's defaults, goals in order, each with the same limit; a goal it cannot prove in time
is fixed at the best value found, so what follows it is answered for a different problem and its seconds are a lower
bound.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "hoang-su-phi" / "base.yaml"
COMMAND = "from planner.cli import main; main()"


@dataclass(frozen=True)
class Run:
    """A process that has ended: seconds by the clock, peak memory [MB], exit status, what it wrote."""

    seconds: float
    megabytes: float
    status: int
    output: str

    def result(self) -> Any:
        """What a part wrote: JSON in its last line."""
        if self.status:
            raise SystemExit(f"a part of the benchmark ended with status {self.status}\n{self.output}")
        return json.loads(self.output.splitlines()[-1])


def main() -> None:
    """Parse, run the parts, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", type=Path, default=SCENARIO)
    parser.add_argument("--limit", type=float, default=60, help="for each goal of the textbook model [seconds]")
    parser.add_argument("--workers", type=int, default=2, help="CP-SAT's threads in the textbook model")
    parser.add_argument("--part", choices=PARTS, help="run one part in this process and print its JSON")
    options = parser.parse_args()
    if options.part:
        sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the repository is not
        print(json.dumps(PARTS[options.part](options)))
        return
    arguments = [str(options.scenario), "--limit", str(options.limit), "--workers", str(options.workers)]
    runs = {part: _run([str(Path(__file__)), *arguments, "--part", part]) for part in PARTS}
    _report(options, runs, _whole_command(options.scenario))


# --- the parts, each in its own process -----------------------------------------------------------------------------


def _planner(options: argparse.Namespace) -> dict[str, Any]:
    """Planner's own solver, and how long its tables take."""
    from planner.model import build_model
    from planner.options import admissible_starts
    from planner.problem import load
    from planner.solver import solve_problem

    problem = load(options.scenario)
    began = time.perf_counter()
    starts = admissible_starts(problem)
    build_model(starts)
    built = time.perf_counter()
    plan = solve_problem(problem)
    seconds = time.perf_counter() - built
    goals = plan.goals[["goal", "value", "bound", "status", "seconds"]].to_dict("records")
    size = {"cadres": len(problem.cadres), "starts": len(starts)}
    return {"status": plan.status, "goals": goals, "seconds": seconds, "built": built - began, **size}


def _textbook(options: argparse.Namespace) -> dict[str, Any]:
    """The textbook model at CP-SAT's defaults."""
    from benchmarks.textbook import solve_textbook
    from planner.problem import load

    problem = load(options.scenario)
    began = time.perf_counter()
    result = solve_textbook(problem, time_limit_s=options.limit, workers=options.workers)
    seconds = time.perf_counter() - began
    goals = [
        {
            "goal": goal,
            "value": float(value),
            "bound": None if (bound := result.bounds[goal]) is None else float(bound),
            "status": result.statuses[goal],
            "seconds": result.seconds[goal],
        }
        for goal, value in result.goals.items()
    ]
    built = seconds - sum(result.seconds.values())
    return {"status": result.status, "goals": goals, "seconds": seconds, "built": built}


PARTS = {"planner": _planner, "textbook": _textbook}


# --- running and printing -------------------------------------------------------------------------------------------


def _run(arguments: list[str], *, quiet: bool = False) -> Run:
    """Run this Python with `arguments` to its end; `quiet` keeps what it says of its progress to itself."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        told = subprocess.DEVNULL if quiet else None
        process = subprocess.Popen([sys.executable, *arguments], stdout=output, stderr=told, env=_environment())
        # Of this child alone: `resource` only knows the largest of all children.
        _, ended, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
        output.seek(0)
        text = output.read().decode("utf-8", errors="replace")
    megabytes = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return Run(time.perf_counter() - began, megabytes, process.returncode, text)


def _environment() -> dict[str, str]:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _whole_command(scenario: Path) -> Run:
    """`planner solve SCENARIO --out DIR`, imports and run folder included."""
    with tempfile.TemporaryDirectory() as folder:
        return _run(["-c", COMMAND, "solve", str(scenario), "--out", str(Path(folder) / "run")], quiet=True)


def _report(options: argparse.Namespace, runs: dict[str, Run], command: Run) -> None:
    ours, theirs = runs["planner"].result(), runs["textbook"].result()
    print(f"{options.scenario}: {ours['cadres']:,} cadres, {ours['starts']:,} admissible starts")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; textbook: {options.limit:g} s a goal at most\n")
    print(f"{'':12} {'planner':>48}   {'textbook CP-SAT':>48}")
    print(f"{'goal':12} {_columns()}   {_columns()}   ratio")
    other = {goal["goal"]: goal for goal in theirs["goals"]}
    for goal in ours["goals"]:
        beside = other.get(goal["goal"])
        ratio = _ratio(beside["seconds"], goal["seconds"], beside["status"] == "optimal") if beside else ""
        print(f"{goal['goal']:12} {_figures(goal)}   {_figures(beside)}   {ratio}")
    print("* not proven; what follows such a goal is solved under a value that need not be the best")
    print(f"\n{'':28}{'planner':>10}{'textbook':>10}   ratio")
    proven = theirs["status"] == "optimal"
    for label, key in (("building the model [s]", "built"), ("all goals proven [s]", "seconds")):
        ratio = _ratio(theirs[key], ours[key], proven or key == "built")
        print(f"{label:28}{ours[key]:10.2f}{theirs[key]:10.2f}   {ratio}")
    print(f"{'peak memory [MB]':28}{runs['planner'].megabytes:10.0f}{runs['textbook'].megabytes:10.0f}")
    print(f"{'status':28}{ours['status']:>10}{theirs['status']:>10}")
    whole = f"{command.seconds:.1f} s, {command.megabytes:.0f} MB, exit {command.status}"
    print(f"\nplanner solve, the whole command: {whole}")


def _columns() -> str:
    return f"{'value':>12} {'bound':>12} {'gap':>8} {'seconds':>8}    "


def _figures(goal: dict[str, Any] | None) -> str:
    """Value, bound, gap and seconds of a goal; `*` where it is not proven."""
    if goal is None or goal["value"] is None:
        return f"{'-':>12} {'-':>12} {'-':>8} {'-':>8}    "
    value, bound = goal["value"], goal["bound"] if math.isfinite(goal["bound"] or 0) else None
    gap = "-" if bound is None else f"{abs(value - bound) / max(1, abs(value)):.2%}"
    shown = "-" if bound is None else f"{bound:,.10g}"
    mark = " " if goal["status"] == "optimal" else "*"
    return f"{value:>12,.10g} {shown:>12} {gap:>8} {goal['seconds']:>8.2f} {mark}  "


def _ratio(textbook: float, planner: float, proven: bool) -> str:
    """How many times as long the textbook model takes; at least, where it did not finish."""
    return f"{'' if proven else '> '}{textbook / max(planner, 0.001):.1f}"


if __name__ == "__main__":
    main()
