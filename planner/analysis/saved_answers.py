"""Answers kept in a run folder, `answers/NAME.json`, where the report finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planner.analysis.fairness.audit import AGES, audit_fairness
from planner.analysis.kept_answers import kept
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import notebook, unproven
from planner.analysis.seats.values import worth_of_seats
from planner.analysis.serialisation import as_data, as_json
from planner.analysis.what_if import WhatIf, read_what_if
from planner.analysis.why.all_cadres import explain_all
from planner.analysis.why.missed_targets import missed_targets
from planner.common.files import write_bytes
from planner.common.workers import THIS_MACHINE, Parallel
from planner.plans.run_folder import ANSWERS, fingerprint, json_digest, package_version

ASK: dict[str, Callable[..., Any]] = {
    "missed": lambda what_if, news, parallel: missed_targets(what_if, (), news, parallel),
    "value": worth_of_seats,
    "fairness": lambda what_if, news, parallel: audit_fairness(what_if, AGES, news, parallel),
    "explain": explain_all,
}
"""What asks each of `planner.analysis.kept_answers.ASKED`."""


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
    path = Path(run) / ANSWERS / f"{quote(name, safe='')}.json"
    entry = {"plan": plan, "planner": package_version("planner"), "answer": as_data(answer)}
    write_bytes(path, (as_json({**entry, "sha256": json_digest(entry)}) + "\n").encode(), parents=True)
    parts.close()
    return path


def complete(
    run: str | Path,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> None:
    """Ask and keep what a run folder does not hold yet of `ASK`, or holds unproven. Raises as `read_what_if` does."""
    known = kept(run)
    what_if: WhatIf | None = None
    for name, ask in ASK.items():
        answer = getattr(known, name)
        if answer is None or unproven(answer):
            what_if = what_if or read_what_if(run)
            found = ask(what_if, on_progress, replace(parallel, keep_in=Path(run)))
            keep(found, run, name, fingerprint(what_if.plan))
