"""What run.json says of the run, and what stands in the folder, beside what follows from the inputs and the tables."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.drafts import is_draft
from planner.common.files import sha256
from planner.inputs.problem import Problem
from planner.verification.findings import Finding, phrase
from planner.verification.recomputed import TABLES

MANIFEST = "run.json"
INPUTS = ("roster", "agencies", "retirement", "history", "earlier")  # the scenario's keys that name a table
# what may stand in a run folder beside run.json, the tables and the inputs: what is written from the run later
WRITTEN_FROM_IT = (
    "pictures/*.png",
    "pictures/*.svg",
    "report.html",
    "report/*.html",
    "nominees-????.xlsx",
    "reserves-????.xlsx",
    "answers/*.json",
    "answers/*.part.jsonl",
    "answers/.*.part",
    "substitutes.csv",
)
# what is recorded of a run later
RECORDED = ("ledger.csv", "joiners.csv", ".ledger.csv.*.part", ".joiners.csv.*.part")
# what a replanned run is written with: its digests stand in run.json like those of the tables
OF_THE_YEARS = (
    *("changes.csv", "news.csv", "events.csv", "frontier.csv", "reform.csv", "inputs/scenario.yaml"),
    *("before_starts.csv", "before_people.csv", "before_line.csv", "before_agencies.csv"),
)
# what a run may be written with, its own certificate among it
WRITTEN_WITH_IT = ("NOTICE.txt", "proof.npz", *OF_THE_YEARS)
PATTERNS = (*WRITTEN_FROM_IT, *RECORDED, *WRITTEN_WITH_IT)
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class RunFolder:
    """A run folder as it was read: its manifest, the problem that its inputs make, and its tables as text."""

    folder: Path
    problem: Problem
    manifest: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    @property
    def proven(self) -> bool:
        """Whether goals.csv calls every goal optimal."""
        goals = self.tables.get("goals", pd.DataFrame())
        return "status" in goals and bool((goals["status"] == "optimal").all())


Fault = tuple[object, object, object]  # a key of run.json or a file, what is found there, what would hold


def manifest_findings(run: RunFolder) -> list[Finding]:
    """What run.json or the folder says that does not hold, under the rule `manifest`: where, found, allowed.

    That something in run.json was changed is told where nothing tells what it was.
    """
    faults = [fault for check in CHECKS.values() for fault in check(run)]
    return [Finding("manifest", (where,), found, allowed) for where, found, allowed in faults or whole(run)]


def status(run: RunFolder) -> Iterator[Fault]:
    """`status` is `optimal` where every goal is, else `feasible`."""
    yield from _told(run, "status", "optimal" if run.proven else "feasible")


def repeatable(run: RunFolder) -> Iterator[Fault]:
    """`repeatable` is said of a proven plan whose last goal is the lot, and of no other."""
    goals = run.problem.scenario.goals
    yield from _told(run, "repeatable", run.proven and bool(goals) and goals[-1] == "lot")


def seed(run: RunFolder) -> Iterator[Fault]:
    """`seed` is the scenario's."""
    yield from _told(run, "seed", run.problem.scenario.solver.seed)


def scenario(run: RunFolder) -> Iterator[Fault]:
    """`scenario_sha256` is the digest of the scenario that stands in run.json."""
    yield from _told(run, "scenario_sha256", json_digest(run.manifest.get("scenario")))


def whole(run: RunFolder) -> Iterator[Fault]:
    """`manifest_sha256` is the digest of all that stands in run.json beside it."""
    rest = {key: value for key, value in run.manifest.items() if key != "manifest_sha256"}
    if run.manifest.get("manifest_sha256") != json_digest(rest):
        yield MANIFEST, phrase("verify_changed"), phrase("verify_unchanged")


def json_digest(data: Any) -> str:
    """The SHA-256 of data as JSON in UTF-8, keys sorted, without blanks."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _told(run: RunFolder, key: str, right: object) -> Iterator[Fault]:
    """A value of run.json that is missing, or is not the right one; yes and 1 are two values."""
    if key not in run.manifest:
        yield _at(key), phrase("verify_missing"), _json(right)
    elif type(run.manifest[key]) is not type(right) or run.manifest[key] != right:
        yield _at(key), _json(run.manifest[key]), _json(right)


def _at(*keys: object) -> object:
    return phrase("verify_in_file", file=MANIFEST, place=keys)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def files(run: RunFolder) -> Iterator[Fault]:
    """`files` gives the digest of every table, of what else the run is written with, and of nothing else."""
    stated = run.manifest.get("files")
    digests = stated if isinstance(stated, dict) else {}
    own = [f"{name}.csv" for name in (*TABLES, "goals")]
    further = [name for name in WRITTEN_WITH_IT if name in digests or (run.folder / name).exists()]
    for name in (*own, *further):
        yield from _digest_faults(run, name, digests.get(name), _at("files", name))
    for name in digests:
        if name not in (*own, *further):
            yield _at("files", name), phrase("verify_row"), phrase("verify_no_row")


def inputs(run: RunFolder) -> Iterator[Fault]:
    """`inputs` gives the digest of every file the run was made from, and of the copy of every table it reads."""
    stated = run.manifest.get("inputs")
    entries = [entry for entry in stated if isinstance(entry, dict)] if isinstance(stated, list) else []
    for entry in entries:
        if not DIGEST.fullmatch(str(entry.get("sha256"))):
            yield _at("inputs", entry.get("path")), _json(entry.get("sha256")), phrase("verify_digest")
    paths = {str(entry.get("path")) for entry in entries}
    for path in sorted(_files_of(run.manifest.get("lines")) - paths):
        yield _at("inputs", path), phrase("verify_missing"), phrase("verify_digest")
    copies = {entry["copy"]: entry.get("sha256") for entry in entries if isinstance(entry.get("copy"), str)}
    for name in _tables_named(run):
        yield from _digest_faults(run, name, copies.get(name), _at("inputs", name))
    for name in copies:
        if name not in _tables_named(run):
            yield _at("inputs", name), phrase("verify_row"), phrase("verify_no_row")


def _tables_named(run: RunFolder) -> list[str]:
    """The input tables that the scenario in run.json names."""
    merged = run.manifest.get("scenario")
    named = [merged.get(key) for key in INPUTS] if isinstance(merged, dict) else []
    return [name for name in named if isinstance(name, str)]


def _files_of(lines: Any) -> set[str]:
    """The files in which the scenario's lines stand; `lines` gives file:line under the keys of the scenario.

    Line 0 is no line of a file: such keys were written in Python.
    """
    if isinstance(lines, dict):
        return {file for inside in lines.values() for file in _files_of(inside)}
    file, _, line = str(lines).rpartition(":")
    return {file} if file and line.isdecimal() and line.strip("0") else set()


def _digest_faults(run: RunFolder, name: str, stated: Any, where: object) -> Iterator[Fault]:
    """A file of the folder that is not there, or has another digest than is stated."""
    file = run.folder / name
    if not file.is_file():
        yield name, phrase("verify_missing"), phrase("verify_file")
    elif stated is None:
        yield where, phrase("verify_missing"), sha256(file)
    elif sha256(file) != stated:
        yield where, _json(stated), sha256(file)


def stray(run: RunFolder) -> Iterator[Fault]:
    """Nothing stands in the folder that no run writes; what a command drafts, or a killed one did, is no part of it."""
    known = {MANIFEST, *(f"{name}.csv" for name in (*TABLES, "goals")), *_tables_named(run)}
    folder = run.folder.resolve()
    for file in sorted(run.folder.rglob("*")):
        name = file.relative_to(run.folder).as_posix()
        if is_draft(name):
            continue
        inside = name in known or any(fnmatchcase(name, pattern) for pattern in PATTERNS)
        if inside and not (file.is_file() and file.resolve().is_relative_to(folder)):
            yield name, phrase("verify_no_ordinary_file"), phrase("verify_file")
        elif not inside and not (file.is_dir() and _holds_known(name, known)):
            yield name, phrase("verify_file"), phrase("verify_no_file")


def _holds_known(folder: str, known: set[str]) -> bool:
    """Whether a folder is one in which something of a run may stand."""
    return any(each.startswith(f"{folder}/") for each in (*known, *PATTERNS))


CHECKS: dict[str, Callable[[RunFolder], Iterator[Fault]]] = {
    "status": status,
    "repeatable": repeatable,
    "seed": seed,
    "scenario": scenario,
    "inputs": inputs,
    "files": files,
    "stray": stray,
}
