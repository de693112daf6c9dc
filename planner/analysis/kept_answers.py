"""The answers that a run folder holds, read without an engine: whoever reads none needs no analysis either."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.common.errors import Fault, InputError
from planner.common.files import MOST_JSON, content_of
from planner.plans.run_folder import ANSWERS, fingerprint_of, json_digest

if TYPE_CHECKING:
    from planner.analysis.fairness.audit import Fairness
    from planner.analysis.seats.frontier import Frontier
    from planner.analysis.seats.values import Worth
    from planner.analysis.why.all_cadres import Everybody
    from planner.analysis.why.missed_targets import Missed

FRONTIER = "frontier-"
ASKED = ("missed", "value", "fairness", "explain")
"""What a report with answers asks."""


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
        """Whether everything was asked of `ASKED`."""
        return all(getattr(self, name) is not None for name in ASKED)

    @property
    def any(self) -> bool:
        """Whether anything was asked."""
        return bool(self.frontiers) or any(getattr(self, name) is not None for name in ASKED)


def kept(run: str | Path) -> Kept:
    """The answers that a run folder holds.

    Raises
    ------
    InputError
        One of them cannot be read, was changed, is of another version, or about another plan than the run's.
    """
    folder = Path(run) / ANSWERS
    if not folder.is_dir():
        return Kept()
    plan, (kinds, frontier) = fingerprint_of(run), _kinds()
    known = {name: _read(folder / f"{name}.json", kind, plan) for name, kind in kinds.items()}
    frontiers = [_read(path, frontier, plan) for path in sorted(folder.glob(f"{FRONTIER}*.json"))]
    return Kept(**known, frontiers=tuple(frontiers))


def _kinds() -> tuple[dict[str, Any], Any]:
    """What kind of answer each of `ASKED` has; that of a frontier."""
    from planner.analysis.fairness.audit import Fairness
    from planner.analysis.seats.frontier import Frontier
    from planner.analysis.seats.values import Worth
    from planner.analysis.why.all_cadres import Everybody
    from planner.analysis.why.missed_targets import Missed

    kinds = (tuple[Missed, ...], tuple[Worth, ...], Fairness, Everybody)
    return dict(zip(ASKED, kinds, strict=True)), Frontier


def _read(path: Path, kind: Any, plan: str) -> Any:
    from planner.analysis.serialisation import from_data

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
