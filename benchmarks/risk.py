"""The district's risk beside its solve, in one run: `python benchmarks/risk.py [--out benchmarks/results]`.

Ten thousand futures are to take at most five times as long as the solve (issue 14, point 4). The rates are those of
`scenarios/hoang-su-phi/rates.yaml`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cases import CASES, DISTRICT  # noqa: E402 -- the checkout is not installed
from benchmarks.outcomes import machine  # noqa: E402
from planner.library.plans import solve  # noqa: E402
from planner.library.risk import risk  # noqa: E402

RATES = DISTRICT.parent / "rates.yaml"
BOUND = 5
"""Times the seconds of the solve."""


def measure(name: str, futures: int, seed: int) -> dict[str, Any]:
    """Solve a case, then draw its futures; seconds of both, and how they compare."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = CASES[name].scenario(1, seed, Path(folder) / "drawn")
        began = time.perf_counter()
        plan = solve(scenario)
        solved = time.perf_counter()
        found = risk(plan, futures, seed, RATES)
        ended = time.perf_counter()
    whole = found.targets.iloc[0]
    seconds = {"solve": round(solved - began, 2), "risk": round(ended - solved, 2)}
    ratio = round(seconds["risk"] / max(seconds["solve"], 0.01), 2)
    figures = {key: float(whole[key]) for key in ("planned", "expected", "expected_error", "worst_tenth")}
    sizes = {"cadres": len(plan.problem.cadres), "starts": len(plan.assignments), "futures": futures}
    return {"case": name, "machine": machine(), **sizes, "seconds": seconds, "ratio": ratio, **figures}


def told(data: dict[str, Any]) -> str:
    """The measurement as a page."""
    here = data["machine"]
    kept = "kept" if data["ratio"] <= BOUND else "NOT kept"
    return "\n".join(
        [
            f"## risk: {data['case']}",
            "",
            f"- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the end",
            f"- {data['cadres']:,} cadres, {data['starts']:,} starts, {data['futures']:,} futures",
            f"- people short, weighted: {data['planned']:,.0f} as planned, {data['expected']:,.2f} "
            f"(± {data['expected_error']:.2f}) on average, {data['worst_tenth']:,.1f} in the worst tenth",
            "",
            "| solve | risk | ratio | at most |  |",
            "| ----: | ---: | ----: | ------: | :-- |",
            f"| {data['seconds']['solve']:.2f} s | {data['seconds']['risk']:.2f} s | {data['ratio']:.2f} "
            f"| {BOUND} | {kept} |",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", choices=[name for name in CASES if not CASES[name].drawn], default="district")
    parser.add_argument("--futures", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for risk.md and risk.json")
    asked = parser.parse_args()
    data = measure(asked.case, asked.futures, asked.seed)
    print(told(data))
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / "risk.md").write_text(told(data), encoding="utf-8")
        (asked.out / "risk.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
