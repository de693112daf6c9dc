"""Run folders: a plan written down with what it was made from, and read back."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.common.certificates import PROOF
from planner.common.csv_cells import csv_table, csv_text
from planner.common.drafts import restore
from planner.common.errors import Fault, InputError, nearest
from planner.common.files import MOST_JSON, content_of, fresh_folder, sha256
from planner.common.os_errors import os_reason
from planner.inputs.kept_tables import KeptTable, kept_digest, kept_table
from planner.inputs.loading import build
from planner.inputs.problem import Problem
from planner.inputs.roster.texts import MASK
from planner.inputs.roster.told import Remark
from planner.inputs.scenario.loading import Source, source_of
from planner.inputs.scenario.yaml_tree import Node
from planner.messages import LANGUAGES, speaking
from planner.model.check import Check, check_problem
from planner.model.shortfalls import TOTAL, share_years
from planner.plans.columns import NUMBER, TABLES, Column
from planner.plans.notice import NOTICE, notice
from planner.plans.plan import Plan
from planner.plans.stated import states

MANIFEST = "run.json"
"""The certificate that no plan is better; a run may be written without one."""
ANSWERS = "answers"
"""The folder in a run's in which answers about its plan are kept."""
FORMAT = 2
"""Of run folders, told in run.json: another number, or none, is another version's. 2: every file has a checksum."""
INPUTS = ("roster", "agencies", "retirement", "history", "earlier")  # the tables that a scenario may name
# what may stand in a run folder besides the manifest: the tables, the inputs, what is written from the run
BESIDE = (
    *(f"{name}.csv" for name in TABLES),
    *(f"inputs/{name}.*" for name in INPUTS),
    "pictures/*.png",
    "pictures/*.svg",
    "report.html",
    "report/*.html",
    NOTICE,
    PROOF,
    "nominees-????.xlsx",
    "reserves-????.xlsx",
    "answers/*.json",
    "answers/*.part.jsonl",
    "answers/.*.part",
    # of a replanned run
    *(f"{name}.csv" for name in ("changes", "news", "events", "frontier", "substitutes", "reform")),
    *(f"before_{name}.csv" for name in ("starts", "people", "line", "agencies")),
    "inputs/scenario.yaml",
)
LEDGER = ("ledger.csv", "joiners.csv", ".ledger.csv.*.part", ".joiners.csv.*.part")
"""What is recorded of a run. It is no part of `BESIDE`: `--force` never replaces a folder with a ledger."""
PACKAGES = ("planner", "ortools", "pandas", "numpy", "scipy", "pydantic")
STATUSES = ("optimal", "feasible")


def write_run(
    plan: Plan,
    folder: str | Path,
    *,
    force: bool = False,
    found: Check | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> None:
    """Write the run folder of a plan: the tables, the manifest and, in `inputs/`, the tables the scenario names.

    Parameters
    ----------
    plan
        The plan; tables that were given to `planner.load` as frames are written like any other.
    folder
        Where to write; it appears whole or not at all.
    force
        Replace an existing folder, if it is that of a run.
    found
        The check of the plan's problem, for its warnings; made anew where it is not at hand.
    more
        Further files: name, of those that may stand beside (`BESIDE`) -> text, or content as it is.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    named = [key for key in INPUTS if plan.problem.source.table(key) is not None]
    kept = {key: kept_table(plan.problem, key) for key in named}
    with fresh_folder(folder, force=force, mark=MANIFEST, others=BESIDE, record=recorded) as draft:
        written = [f"{name}.csv" for name in TABLES]
        for name in TABLES:
            write_table(getattr(plan, name), draft / f"{name}.csv")
        for name, content in {NOTICE: notice(plan.problem, kept), **(more or {})}.items():
            (draft / name).parent.mkdir(exist_ok=True)
            (draft / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            written.append(name)
        manifest = _manifest(plan, draft, written, kept) | _told(found or check_problem(plan.problem))
        manifest["manifest_sha256"] = json_digest(manifest)
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def recorded(folder: Path) -> dict[str, str]:
    """What run.json tells of the files of a run: name -> SHA-256 as it was written; of itself none that it has by now,
    where it was changed. Of a run of another version nothing is known.
    """
    try:
        manifest = _read_manifest(folder)
    except InputError as error:
        other = any(fault.key in ("run_of_another_version", "not_a_run") for fault in error.faults)
        return {} if other else {MANIFEST: ""}
    rest = {key: value for key, value in manifest.items() if key != "manifest_sha256"}
    whole = manifest.get("manifest_sha256") == json_digest(rest)
    files = manifest.get("files")
    told = {**(files if isinstance(files, dict) else {}), **_digests_of_copies(manifest)}
    told |= {MANIFEST: sha256(folder / MANIFEST) if whole else ""}
    return {name: str(digest) for name, digest in told.items()}


def write_table(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV: UTF-8, a header, commas, whole numbers as such, empty for none; see `csv_cells`."""
    path.write_bytes(csv_text(table).encode())


def _lay(path: Path) -> str:
    """Where a file lay: from the working folder if it was below it, else its name alone, for a run is handed on."""
    found, here = path.resolve(), Path.cwd().resolve()
    below = found.is_relative_to(here) and here != Path(here.anchor)
    return found.relative_to(here).as_posix() if below else path.name


def _called(files: Iterable[Path]) -> dict[Path, str]:
    """What each file is called in the manifest: where it lay, with a number where another is called so, too."""
    called: dict[Path, str] = {}
    for file in files:
        names = chain([_lay(file)], (f"{_lay(file)} ({number})" for number in count(2)))
        called.setdefault(file, next(name for name in names if name not in called.values()))
    return called


def _manifest(plan: Plan, draft: Path, written: Iterable[str], kept: Mapping[str, KeptTable]) -> dict[str, Any]:
    problem = plan.problem
    scenario = problem.source.merged()
    called = _called([*problem.source.files, *(Path(scenario[key]) for key in kept)])
    inputs: list[dict[str, Any]] = [
        {"path": called[file], "sha256": problem.digests[file]} for file in problem.source.files
    ]
    (draft / "inputs").mkdir(exist_ok=True)
    for key, table in kept.items():
        path, copy = Path(scenario[key]), Path("inputs") / f"{key}{table.suffix}"
        (draft / copy).write_bytes(table.content)
        scenario[key] = str(copy)
        own, whole = sha256(draft / copy), problem.digests[path]
        of_whole = {} if own == whole else {"whole_sha256": whole, "left_out": list(table.left_out)}
        inputs.append({"path": called[path], "sha256": own, **of_whole, "copy": str(copy)})
    return {
        "format": FORMAT,
        "status": plan.status,
        "repeatable": plan.repeatable,
        "seed": plan.problem.scenario.solver.seed,
        "versions": {"python": platform.python_version(), **{name: package_version(name) for name in PACKAGES}},
        "inputs": inputs,
        "files": {name: sha256(draft / name) for name in written},
        "scenario": scenario,
        "scenario_sha256": json_digest(scenario),
        "lines": problem.source.root.lines(cache(lambda file: called.get(file) or _lay(file))),
    }


def _told(found: Check) -> dict[str, Any]:
    """The warnings with their ids, those acknowledged among them, and the remarks on how the roster was read."""
    acknowledged = {warning.id for warning in found.acknowledged}
    warnings = [*found.warnings, *found.acknowledged]
    return {
        "warnings": [{"id": each.id, "acknowledged": each.id in acknowledged, **_in_words(each)} for each in warnings],
        "remarks": [{"done": remark.done, **_in_words(_without_text(remark))} for remark in found.remarks],
    }


def _without_text(remark: Remark) -> Remark:
    """A remark without what stands in rows that are left out: signatures and titles name people, too."""
    return replace(remark, values={**remark.values, "text": MASK}) if "text" in remark.values else remark


def _in_words(told: Fault) -> dict[str, str]:
    """A sentence in every language."""
    texts = {}
    own = told if told.file is None else replace(told, file=_lay(Path(told.file)))
    for name in LANGUAGES:
        with speaking(name):
            texts[name] = str(own)
    return texts


def json_digest(data: Any) -> str:
    """The SHA-256 of data as JSON, written without blanks and with sorted keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint(plan: Plan) -> str:
    """What tells a plan from every other: the SHA-256 of its scenario, of the tables that this names, of its starts.

    It is the same for the plan at hand and for that of its run folder, wherever that lies.
    """
    scenario = plan.problem.source.merged()
    named = {key: kept_digest(plan.problem, key) for key in INPUTS if scenario.get(key) is not None}
    return _fingerprint(scenario, named, plan.assignments)


def fingerprint_of(folder: str | Path) -> str:
    """The fingerprint of the plan in a run folder, by what stands in run.json and assignments.csv.

    Raises
    ------
    InputError
        It is no run folder, or one of these files is damaged.
    """
    path = Path(folder)
    manifest, assignments = _read_manifest(path), csv_table(path / "assignments.csv")
    if not {"cadre", "programme", "start"} <= set(assignments):
        raise InputError(Fault("missing_column", {"name": "cadre, programme, start"}, path / "assignments.csv"))
    return _fingerprint(*_told_of_inputs(manifest), assignments)


def _told_of_inputs(manifest: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The scenario in run.json, and the digests there of the tables that it names."""
    digests, scenario = _digests_of_copies(manifest), manifest["scenario"]
    return scenario, {key: digests.get(scenario[key]) for key in INPUTS if scenario.get(key) is not None}


def _fingerprint(scenario: Mapping[str, Any], inputs: Mapping[str, Any], starts: pd.DataFrame) -> str:
    columns = [starts[name].astype(str) for name in ("cadre", "programme", "start")]
    return json_digest(
        {
            "scenario": {key: value for key, value in scenario.items() if key not in INPUTS},
            "inputs": inputs,
            "starts": sorted(map(list, zip(*columns, strict=True))),
        }
    )


def package_version(package: str) -> str:
    """The version that is installed, or `unknown`."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True)
class Run:
    """A run folder as it was read.

    Attributes
    ----------
    folder
        Where it is.
    problem
        The problem, from the inputs kept in it.
    tables
        assignments, attainment, seats, totals, shares, absence, goals, as text; `plan()` has them with numbers.
    manifest
        `run.json`: status, versions, seed, inputs with their SHA-256, the scenario as merged.
    """

    folder: Path
    problem: Problem
    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]

    def plan(self) -> Plan:
        """The plan that the folder holds.

        Raises
        ------
        InputError
            A table lacks a column, a cell that should be a number is none, or the run's certificate is another plan's.
        """
        typed = {name: _typed(self.folder / f"{name}.csv", table, name) for name, table in self.tables.items()}
        status = self.manifest.get("status")
        if status not in STATUSES:
            raise InputError(Fault("damaged_run", {}, self.folder / MANIFEST))
        plan = Plan(self.problem, str(status), **typed)
        if faults := [*_name_faults(plan, self.folder), *_row_faults(plan, self.folder)]:
            raise InputError(faults)
        if os.path.lexists(proof := self.folder / PROOF) and not states(proof, self.fingerprint, plan.goals):
            raise InputError(Fault("proof_disagrees", {"folder": self.folder}, proof))
        return plan

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the plan, by what stands in run.json and assignments.csv."""
        return _fingerprint(*_told_of_inputs(self.manifest), self.tables["assignments"])


def _name_faults(plan: Plan, folder: Path) -> Iterable[Fault]:
    """Names in the tables that the scenario does not know, and years that it does not have."""
    problem = plan.problem
    expected: dict[tuple[str, str], list[Any]] = {
        ("assignments", "cadre"): list(problem.cadres["cadre"]),
        ("assignments", "programme"): list(problem.programmes["programme"]),
        ("assignments", "start"): problem.years.tolist(),
        ("goals", "status"): ["optimal", "feasible", "time_limit"],
    }
    for (name, column), names in expected.items():
        table, known = getattr(plan, name), [str(each) for each in names]
        for row in table.index[~table[column].isin(names)]:
            found = str(table[column][row])
            values = {"column": column, "found": found, "nearest": nearest(found, known)}
            yield Fault("unknown_in_run", values, folder / f"{name}.csv", row=int(row) + 2)


def _row_faults(plan: Plan, folder: Path) -> Iterable[Fault]:
    """Tables that lack a row of theirs, or have one too many."""
    problem, scenario = plan.problem, plan.problem.scenario
    years = problem.years.tolist()
    keys: dict[str, list[tuple[Any, ...]]] = {
        "attainment": [(name,) for name in scenario.targets],
        "seats": [(name, year) for name in scenario.seats for year in years],
        "totals": [(name,) for name in scenario.seats],
        "shares": [
            (name, year if year != TOTAL else "") for name in scenario.shares for year in share_years(problem, name)
        ],
        "absence": [(agency, year) for agency in problem.agencies["agency"] for year in years],
        "goals": [(goal,) for goal in scenario.goals],
    }
    for name, expected in keys.items():
        table = getattr(plan, name)
        own = table[list(TABLES[name].key)].astype(object)
        found = list(own.where(own.notna(), "").itertuples(index=False, name=None))
        if sorted(map(str, found)) != sorted(map(str, expected)):
            yield Fault("other_rows", {}, folder / f"{name}.csv")


def _typed(file: Path, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table of text with its numbers as numbers; whole ones as integers, also where cells are empty."""
    form = TABLES[name]
    if missing := [column for column in form.names if column not in table]:
        raise InputError(Fault("missing_column", {"name": missing[0]}, file))
    typed = table[form.names].copy()
    for column in form.columns:
        if column.kind == NUMBER:
            typed[column.name] = _numbers(file, typed[column.name], column)
    return typed


def _numbers(file: Path, cells: pd.Series, column: Column) -> pd.Series:
    """A column of text as numbers; whole ones as integers, also where cells are empty."""
    numbers = pd.to_numeric(cells.replace("", None), errors="coerce").replace([np.inf, -np.inf], np.nan)
    bad = numbers.isna() & ((cells != "") | (not column.may_be_empty))
    if bad.any():
        row = int(cells.index[bad][0])
        raise InputError(Fault("cell_not_number", {"column": column.name, "found": cells[row]}, file, row=row + 2))
    whole = (numbers.dropna() == numbers.dropna().round()) & (numbers.dropna().abs() < 2**53)
    return numbers.astype("Int64" if numbers.isna().any() else "int64") if whole.all() else numbers


def read_run(folder: str | Path) -> Run:
    """Read a run folder.

    Parameters
    ----------
    folder
        Where it is.

    Returns
    -------
    Run
        `problem`; `plan()`; `tables`, as text; `manifest`.

    Raises
    ------
    InputError
        It is no run folder, a file is missing or damaged, or an input is no longer what the run was made from.
    """
    path = Path(folder)
    manifest = _read_manifest(path)
    if (on := purged_on(manifest, "aggregates")) is not None:
        raise InputError(Fault("run_purged", {"on": on}, path))
    tables = {name: csv_table(path / f"{name}.csv") for name in TABLES}
    return Run(path, build(_source(path, manifest)), tables, manifest)


def manifest_of(folder: str | Path) -> dict[str, Any]:
    """What run.json says; of a run of which only aggregates are left, too. Raises as `read_run` does."""
    return _read_manifest(Path(folder))


def purged_on(manifest: Mapping[str, Any], step: str) -> str | None:
    """When a run was purged in a step (names, aggregates), year-month-day; None: it was not."""
    told = manifest.get("purged")
    found = told.get("on") if isinstance(told, dict) and told.get("step") == step else None
    return found if isinstance(found, str) else None


def _read_manifest(folder: Path) -> dict[str, Any]:
    file = folder / MANIFEST
    if not os.path.lexists(file):
        restore(folder.absolute())
    try:
        content = content_of(file, MOST_JSON)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(Fault("not_a_run", {"folder": folder})) from None
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, file)) from None
    try:
        manifest = json.loads(content, parse_constant=_no_constant, object_pairs_hook=_each_once)
        json.dumps(manifest, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise InputError(Fault("damaged_run", {}, file)) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("scenario"), dict):
        raise InputError(Fault("damaged_run", {}, file))
    if manifest.get("format") != FORMAT or isinstance(manifest["format"], bool):
        raise InputError(Fault("run_of_another_version", {}, file))
    return manifest


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a key that stands in it twice says two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(pairs)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _digests_of_copies(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The digest of each table that was copied into the folder, by the copy's name."""
    inputs = manifest.get("inputs")
    entries = [entry for entry in inputs if isinstance(entry, dict)] if isinstance(inputs, list) else []
    return {entry["copy"]: entry.get("sha256") for entry in entries if isinstance(entry.get("copy"), str)}


def _source(folder: Path, manifest: dict[str, Any]) -> Source:
    """The scenario of a manifest, once every table it names is as it was."""
    file, digests = folder / MANIFEST, _digests_of_copies(manifest)
    for key in INPUTS:
        name = manifest["scenario"].get(key)
        if name is None and key != "roster":
            continue
        if not isinstance(name, str) or name not in digests or Path(name).parent != Path("inputs"):
            raise InputError(Fault("damaged_run", {}, file))
        try:
            changed = sha256(folder / name) != digests[name]
        except FileNotFoundError:
            raise InputError(Fault("file_missing", {}, folder / name)) from None
        except OSError as error:
            raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, folder / name)) from None
        if changed:
            raise InputError(Fault("changed_input", {}, folder / name))
    source = source_of(Node.of(manifest["scenario"], file))
    return replace(source, written=source.root.with_lines(manifest.get("lines")))
