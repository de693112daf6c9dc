"""What a certificate costs beside its solve, in one run: `python benchmarks/proof.py [--case district] [--out DIR]`.

Making it and checking it are told as ratios to the solve, in processor time of the same process.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cases import CASES  # noqa: E402 -- the checkout is not installed
from benchmarks.outcomes import machine  # noqa: E402
from planner.library.plans import solve  # noqa: E402
from planner.proof.making import make_certificate  # noqa: E402
from planner.verification import ranked_values  # noqa: E402
from planner.verification.proof.certificate import decoded, encoded  # noqa: E402
from planner.verification.proof.checking import Checker  # noqa: E402


def measure(name: str, districts: int, seed: int) -> dict[str, Any]:
    """Solve a case, make its certificate, check it; seconds of the processor, and what is proven."""
    with tempfile.TemporaryDirectory() as folder:
        clock = [time.process_time()]
        plan = solve(CASES[name].scenario(districts, seed, Path(folder) / "drawn"))
        clock.append(time.process_time())
        values = ranked_values(plan.problem, plan.assignments)
        content = encoded(make_certificate(plan.problem, values, plan.problem.scenario.solver.time_limit_s))
        clock.append(time.process_time())
        proven = Checker(plan.problem).check(values, decoded(content))
        clock.append(time.process_time())
    seconds = [round(after - before, 2) for before, after in itertools.pairwise(clock)]
    return {
        "case": name,
        "machine": machine(),
        "districts": districts,
        "cadres": len(plan.problem.cadres),
        "starts": len(plan.assignments),
        "bytes": len(content),
        "seconds": dict(zip(("solve", "make", "check"), seconds, strict=True)),
        "goals": [{"goal": goal.goal, "certified": goal.certified, "leaves": goal.leaves} for goal in proven],
    }


def told(data: dict[str, Any]) -> str:
    """The measurement as a page."""
    here, seconds = data["machine"], data["seconds"]
    made, checked = (seconds[name] / max(seconds["solve"], 0.01) for name in ("make", "check"))
    goals = ", ".join(
        f"{goal['goal']} {'certified' if goal['certified'] else 'OPEN'} ({goal['leaves']})" for goal in data["goals"]
    )
    return "\n".join(
        [
            f"## proof: {data['case']}",
            "",
            f"- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the end",
            f"- {data['cadres']:,} cadres, {data['starts']:,} starts; proof.npz {data['bytes']:,} bytes",
            f"- goals, with the number of cases: {goals}",
            "",
            "| processor time | seconds | times the solve |",
            "| :------------- | ------: | --------------: |",
            f"| solve | {seconds['solve']:.2f} | 1 |",
            f"| make the certificate | {seconds['make']:.2f} | {made:.2f} |",
            f"| check it | {seconds['check']:.2f} | {checked:.2f} |",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", choices=list(CASES), default="district")
    parser.add_argument("--districts", type=int, default=1, help="of a case that is drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for proof.md and proof.json")
    asked = parser.parse_args()
    data = measure(asked.case, asked.districts, asked.seed)
    print(told(data))
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / "proof.md").write_text(told(data), encoding="utf-8")
        (asked.out / "proof.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
