"""A seeded fuzzer of whole scenarios: draw one, change it, and see that what must hold between the two holds.

    python -m tests.fuzz --seeds 0:10000 [--relation NAME] [--size tiny|small|crowded] [--changes 1] [--minutes 60]

A failure is shrunk to the smallest scenario that still fails and written as a case, into `--out` (by default
`tests/cases/fuzz`, whose cases `test_fuzz.py` asks again for ever); the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

HERE = Path(__file__).parent
sys.path[:0] = [folder for folder in (str(HERE), str(HERE.parent)) if folder not in sys.path]

from random_scenarios import Size, random_scenario  # noqa: E402
from relations import RELATIONS, found_wrong  # noqa: E402
from shrinking import shrunk  # noqa: E402
from whole_case import Case, Outcome, outcome  # noqa: E402

CASES = HERE / "cases" / "fuzz"
ASKED = "asked.json"
"""Beside a case: which relation and which change of it once failed."""


@dataclass(frozen=True)
class Failure:
    """A relation that does not hold: of which case, by which change, and how."""

    relation: str
    change: str
    case: Case
    wrong: str


@dataclass(frozen=True)
class Asked:
    """One change of one drawn case: whether there was a plan before, and the failure, if any."""

    relation: str
    planned: bool
    failure: Failure | None


def drawn(seed: int, size: Size) -> Case:
    """The case of a seed."""
    with tempfile.TemporaryDirectory() as folder:
        return Case.read(random_scenario(seed, Path(folder), size))


def asked_of(case: Case, names: Collection[str], changes: int, seed: int) -> Iterator[Asked]:
    """Each relation, by some of its changes, that the seed draws."""
    before = outcome(case)
    for name in names:
        dice = random.Random(f"{name}/{seed}")
        ways = list(RELATIONS[name].changes(case, before))
        for change, changed in dice.sample(ways, min(changes, len(ways))):
            wrong = found_wrong(RELATIONS[name], before, outcome(changed))
            yield Asked(name, bool(before.starts), Failure(name, change, case, wrong) if wrong else None)


def wrong_by(case: Case, relation: str, change: str) -> str:
    """What is wrong with a case by one change; empty where nothing is, or the change cannot be made."""
    before: Outcome = outcome(case)
    if before.status == "refused":
        return ""
    for name, changed in RELATIONS[relation].changes(case, before):
        if name == change:
            return found_wrong(RELATIONS[relation], before, outcome(changed))
    return ""


def smallest(failure: Failure) -> Failure:
    """The failure by the smallest case."""
    case = shrunk(failure.case, lambda less: bool(_tried(less, failure)))
    return Failure(failure.relation, failure.change, case, _tried(case, failure))


def _tried(case: Case, failure: Failure) -> str:
    """What is wrong with a smaller case; a case so broken that the change cannot be made is no failure."""
    try:
        return wrong_by(case, failure.relation, failure.change)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return ""


def write(failure: Failure, folder: Path) -> None:
    """Write a failure as a case: the scenario's files, and what was asked."""
    failure.case.write(folder)
    said = {"relation": failure.relation, "change": failure.change, "wrong": failure.wrong}
    (folder / ASKED).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def again(folder: Path) -> str:
    """What is wrong with a written case; empty where it was mended.

    Raises
    ------
    LookupError
        The change that it names can no longer be made.
    """
    said = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    case = Case.read(folder / "scenario.yaml")
    before = outcome(case)
    changes = dict(RELATIONS[said["relation"]].changes(case, before))
    if said["change"] not in changes:
        raise LookupError(said["change"])
    return found_wrong(RELATIONS[said["relation"]], before, outcome(changes[said["change"]]))


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> int:
    """Fuzz as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0:100", help="first:after the last")
    parser.add_argument("--relation", choices=[*RELATIONS], action="append", help="by default all; may be repeated")
    parser.add_argument("--size", choices=get_args(Size), default="tiny")
    parser.add_argument("--changes", type=int, default=1, help="of each relation, drawn from all of them")
    parser.add_argument("--one-each", action="store_true", help="of each seed one relation, in turn")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after")
    parser.add_argument("--failures", type=int, default=20, help="stop after so many")
    parser.add_argument("--out", type=Path, default=CASES, help="where failures are written")
    told = parser.parse_args()
    first, end = map(int, told.seeds.split(":"))
    names, until = told.relation or [*RELATIONS], time.monotonic() + told.minutes * 60
    counts, failures, planned, seeds = Counter[str](), 0, 0, 0
    for seed in range(first, end):
        if time.monotonic() > until or failures >= told.failures:
            break
        seeds += 1
        own = [names[seed % len(names)]] if told.one_each else names
        for one in asked_of(drawn(seed, told.size), own, told.changes, seed):
            counts[one.relation] += 1
            planned += one.planned
            if one.failure is not None:
                failures += 1
                _say(f"{told.size} {seed}: {one.relation}, {one.failure.change}: {one.failure.wrong}")
                write(smallest(one.failure), told.out / f"{one.relation}-{told.size}-{seed}")
    _say(f"{seeds} scenarios, {counts.total()} changes of which {planned} of a plan with starts, {failures} failed")
    _say(dict(counts))
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
