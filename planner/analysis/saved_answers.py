"""Answers kept in a run folder, `answers/NAME.json`, where the report finds them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planner.analysis.fairness.audit import AGES, Fairness, audit_fairness
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import notebook, unproven
from planner.analysis.seats.frontier import Frontier
from planner.analysis.seats.values import Worth, worth_of_seats
from planner.analysis.serialisation import as_data, as_json, from_data
from planner.analysis.what_if import WhatIf, read_what_if
from planner.analysis.why.all_cadres import Everybody, explain_all
from planner.analysis.why.missed_targets import Missed, missed_targets
from planner.common.errors import Fault, InputError
from planner.common.files import MOST_JSON, content_of, write_bytes
from planner.common.workers import THIS_MACHINE, Parallel
from planner.plans.run_folder import fingerprint, fingerprint_of, json_digest, package_version

FOLDER, FRONTIER = "answers", "frontier-"


@dataclass(frozen=True)
class Kept:
    """The answers that a run folder holds; None for what was not asked."""

    missed: tuple[Missed, ...] | None = None
    value: tuple[Worth, ...] | None = None
    fairness: Fairness | None = None
    explain: Everybody | None = None
    frontiers: tuple[Frontier, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything was asked that `complete` asks."""
        return all(getattr(self, name) is not None for name in ASKED)

    @property
    def unproven(self) -> int:
        """How many parts of them could not be proven in their time."""
        return unproven(self)


ASKED: dict[str, tuple[Any, Callable[..., Any]]] = {
    "missed": (tuple[Missed, ...], lambda what_if, news, parallel: missed_targets(what_if, (), news, parallel)),
    "value": (tuple[Worth, ...], worth_of_seats),
    "fairness": (Fairness, lambda what_if, news, parallel: audit_fairness(what_if, AGES, news, parallel)),
    "explain": (Everybody, explain_all),
}


def keep(answer: Any, run: str | Path, name: str, plan: str) -> Path:
    """Write an answer about a plan into its run folder, and take away what was kept of it as it was found; its path.

    Parameters
    ----------
    plan
        The plan's fingerprint.

    Raises
    ------
    InputError
        The run folder holds another plan, or cannot be written.
    """
    parts = notebook(run, name, plan)
    path = Path(run) / FOLDER / f"{quote(name, safe='')}.json"
    entry = {"plan": plan, "planner": package_version("planner"), "answer": as_data(answer)}
    write_bytes(path, (as_json({**entry, "sha256": json_digest(entry)}) + "\n").encode(), parents=True)
    parts.close()
    return path


def kept(run: str | Path) -> Kept:
    """The answers that a run folder holds.

    Raises
    ------
    InputError
        One of them cannot be read, was changed, is of another version, or about another plan than the run's.
    """
    folder = Path(run) / FOLDER
    if not folder.is_dir():
        return Kept()
    plan = fingerprint_of(run)
    known = {name: _read(folder / f"{name}.json", kind, plan) for name, (kind, _) in ASKED.items()}
    frontiers = [_read(path, Frontier, plan) for path in sorted(folder.glob(f"{FRONTIER}*.json"))]
    return Kept(**known, frontiers=tuple(frontiers))


def complete(
    run: str | Path,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> None:
    """Ask and keep what a run folder does not hold yet of `ASKED`, or holds unproven. Raises as `read_what_if` does."""
    known = kept(run)
    what_if: WhatIf | None = None
    for name, (_, ask) in ASKED.items():
        answer = getattr(known, name)
        if answer is None or unproven(answer):
            what_if = what_if or read_what_if(run)
            found = ask(what_if, on_progress, replace(parallel, keep_in=Path(run)))
            keep(found, run, name, fingerprint(what_if.plan))


def _read(path: Path, kind: Any, plan: str) -> Any:
    if not os.path.lexists(path):
        return None
    try:
        entry = json.loads(content_of(path, MOST_JSON))
        whole = entry["sha256"] == json_digest({key: entry[key] for key in ("plan", "planner", "answer")})
        answer = from_data(kind, entry["answer"]) if whole else None
    except (ValueError, TypeError, KeyError, AttributeError, OSError, RecursionError):
        raise InputError(Fault("damaged_answer", {}, path)) from None
    if not whole:
        raise InputError(Fault("damaged_answer", {}, path))
    if entry["plan"] != plan:
        raise InputError(Fault("answer_of_another_plan", {}, path))
    return answer
