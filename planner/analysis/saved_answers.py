"""Answers kept in a run folder, `answers/NAME.json`, where the report finds them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planner.analysis.fairness.audit import AGES, Fairness, audit_fairness
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.seats.frontier import Frontier
from planner.analysis.seats.values import Worth, worth_of_seats
from planner.analysis.serialisation import as_json, from_data
from planner.analysis.what_if import WhatIf, read_what_if
from planner.analysis.why.all_cadres import Everybody, explain_all
from planner.analysis.why.missed_targets import Missed, missed_targets
from planner.common.errors import Fault, InputError
from planner.common.files import write_file
from planner.common.workers import THIS_MACHINE, Parallel

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


ASKED: dict[str, tuple[Any, Callable[..., Any]]] = {
    "missed": (tuple[Missed, ...], lambda what_if, news, parallel: missed_targets(what_if, (), news, parallel)),
    "value": (tuple[Worth, ...], worth_of_seats),
    "fairness": (Fairness, lambda what_if, news, parallel: audit_fairness(what_if, AGES, news, parallel)),
    "explain": (Everybody, explain_all),
}


def keep(answer: Any, run: str | Path, name: str) -> Path:
    """Write an answer into a run folder; its path."""
    path = Path(run) / FOLDER / f"{quote(name, safe='')}.json"
    path.parent.mkdir(exist_ok=True)
    write_file(path, as_json(answer) + "\n")
    return path


def kept(run: str | Path) -> Kept:
    """The answers that a run folder holds.

    Raises
    ------
    InputError
        One of them cannot be read, or is of another version.
    """
    folder = Path(run) / FOLDER
    known = {name: _read(folder / f"{name}.json", kind) for name, (kind, _) in ASKED.items()}
    frontiers = [_read(path, Frontier) for path in sorted(folder.glob(f"{FRONTIER}*.json"))]
    return Kept(**known, frontiers=tuple(frontiers))


def complete(
    run: str | Path,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> None:
    """Ask and keep whatever a run folder does not hold yet of `ASKED`. Raises as `read_what_if` does."""
    known = kept(run)
    what_if: WhatIf | None = None
    for name, (_, ask) in ASKED.items():
        if getattr(known, name) is None:
            what_if = what_if or read_what_if(run)
            keep(ask(what_if, on_progress, parallel), run, name)


def _read(path: Path, kind: Any) -> Any:
    if not path.is_file():
        return None
    try:
        return from_data(kind, json.loads(path.read_bytes()))
    except (ValueError, TypeError, KeyError, AttributeError, OSError):
        raise InputError(Fault("damaged_answer", {}, path)) from None
