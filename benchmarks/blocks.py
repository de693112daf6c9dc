"""What a country costs the machine that asks, whole and in blocks: processor seconds of each stage, but the search.

    python benchmarks/blocks.py [--districts 11 33] [--seed 1] [--out benchmarks/results]

Whole, everything but the search is done on one core: loading, options, model, cliques, parts, tables. In blocks
(`planner/library/in_blocks.py`) that machine loads, divides, sends, and puts the plan together; the model, cliques and
parts of each block are built where it is solved. The plan of the tables is one in which every tenth cadre starts once:
about as large as usual, not a best one, so its rules are looked at, but not judged.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from benchmarks.measuring import drawn  # noqa: E402
from benchmarks.outcomes import machine  # noqa: E402
from benchmarks.table import markdown  # noqa: E402
from planner import verification  # noqa: E402
from planner.common.departure import pickled_to_leave  # noqa: E402
from planner.inputs.loading import load  # noqa: E402
from planner.library.in_blocks import block_plan  # noqa: E402
from planner.model.blocks import blocks_of  # noqa: E402
from planner.model.build import build_model  # noqa: E402
from planner.model.matrix import strengthened  # noqa: E402
from planner.model.options import Options, admissible_starts  # noqa: E402
from planner.optimiser.decomposition import parts  # noqa: E402
from planner.plans.plan import plan_of  # noqa: E402

COUNTRY = 700  # districts
EVERY = 10  # cadres of whom one starts

T = TypeVar("T")


class Watch:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Do the work of a stage."""
        began = time.process_time()
        done = work()
        self.seconds[stage] = time.process_time() - began
        return done


def measured(scenario: Path) -> dict[str, Any]:
    """The stages of both ways, each from a problem that remembers nothing."""
    whole, split = Watch(), Watch()
    problem = whole.time("loading", lambda: load(scenario))
    options = whole.time("options", lambda: admissible_starts(problem))
    model = whole.time("model", lambda: build_model(options))
    matrix = whole.time("cliques", lambda: strengthened(model.tables))
    whole.time("parts", lambda: parts(matrix))
    again = split.time("loading", lambda: load(scenario))
    blocks = split.time("dividing", lambda: blocks_of(again))
    sent = split.time("sending", lambda: sum(len(pickled_to_leave((block_plan, (each, 0.0)))) for each in blocks))
    whole.time("tables", lambda: plan_of(options, _some(options), "feasible", pd.DataFrame()))
    own = split.time("options", lambda: [admissible_starts(each) for each in blocks])
    plans = split.time("tables", lambda: [plan_of(each, _some(each), "feasible", pd.DataFrame()) for each in own])
    split.time("rules", lambda: [list(verification.plan_findings(each.problem, each.assignments)) for each in plans])
    return {
        "cadres": len(problem.cadres),
        "blocks": len(blocks),
        "megabytes_sent": sent / 1e6,
        "whole": whole.seconds,
        "in_blocks": split.seconds,
    }


def _some(options: Options) -> np.ndarray:
    """The first option of every tenth cadre."""
    return options.frame.drop_duplicates("cadre").index.to_numpy()[::EVERY]


def shown(found: dict[int, dict[str, Any]]) -> str:
    """The stages side by side, and the country on paper."""
    rows = []
    for districts, each in found.items():
        for way in ("whole", "in_blocks"):
            seconds = each[way]
            told = ", ".join(f"{stage} {figure:.2f}" for stage, figure in seconds.items())
            ratio = sum(each["in_blocks"].values()) / sum(each["whole"].values()) if way == "in_blocks" else 1.0
            rows.append(
                [
                    f"{districts}",
                    f"{each['cadres']:,}",
                    way.replace("_", " "),
                    told,
                    f"{sum(seconds.values()):.2f}",
                    f"{ratio:.2f}",
                ]
            )
    table = markdown(["districts", "cadres", "way", "stages [processor s]", "together", "times whole"], rows)
    return f"{table}\n\n{_paper(found)}"


def _paper(found: dict[int, dict[str, Any]]) -> str:
    (before, small), (last, large) = sorted(found.items())[-2:]
    told = []
    for way in ("whole", "in_blocks"):
        seconds, earlier = sum(large[way].values()), sum(small[way].values())
        exponent = max(1.0, math.log(seconds / earlier) / math.log(last / before))
        told.append(f"{way.replace('_', ' ')} {seconds * (COUNTRY / last) ** exponent:.0f} s (exponent {exponent:.2f})")
    return f"On paper, {COUNTRY} districts, one core, without search, run folder and report: {', '.join(told)}."


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--districts", type=int, nargs="+", default=[11, 33], help="two sizes or more [districts]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for blocks.md and blocks.json")
    asked = parser.parse_args()
    found, here = {}, machine()
    for districts in sorted(asked.districts):
        with tempfile.TemporaryDirectory() as folder:
            found[districts] = measured(drawn("country", districts, asked.seed, Path(folder)))
    head = (
        f"## blocks\n\n- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the start"
    )
    text = f"{head}\n- seed {asked.seed}; processor seconds\n\n{shown(found)}\n"
    print(text)
    if asked.out:
        (asked.out / "blocks.md").write_text(text, encoding="utf-8")
        (asked.out / "blocks.json").write_text(
            json.dumps({"machine": here, "found": found}, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
