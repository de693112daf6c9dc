"""A plan: the chosen starts and what they amount to; writing a run folder and reading it again."""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.attainment import attaining, unknown_level
from planner.documents import Node
from planner.errors import Fault, InputError
from planner.folders import fresh_folder, sha256
from planner.options import Options
from planner.problem import Problem, allowance, build, required
from planner.scenario import Source, source_of

TEXT = {"cadre", "agency", "programme", "mode", "target", "pool", "goal", "sense", "status"}
COLUMNS = {  # the tables of a run folder
    "assignments": ["cadre", "agency", "programme", "mode", "start", "finish", "points"],
    "attainment": ["target", "members", "unknown", "required", "already", "attained", "shortfall", "share"],
    "seats": ["pool", "year", "min", "max", "starts", "below_min"],
    "absence": ["agency", "year", "headcount", "limit", "away"],
    "goals": ["goal", "sense", "value", "bound", "status", "seconds"],
}
MANIFEST = "run.json"
BESIDE = (*(f"{name}.csv" for name in COLUMNS), "inputs", "pictures", "report*.html", "nominees-*.xlsx")
PACKAGES = ("planner", "ortools", "pandas", "numpy", "scipy", "pydantic")


@dataclass(frozen=True)
class Plan:
    """What a solve has to say; the tables have the columns of the contract, section 7.

    Attributes
    ----------
    status
        optimal; feasible (some goal was cut short); infeasible (no plan exists); or time_limit (none found in time).
    assignments
        cadre, agency, programme, mode, start, finish [year], points; sorted by cadre, start, programme.
    attainment
        target, members, unknown, required, already, attained, shortfall [people], share.
    seats
        pool, year, min, max, starts, below_min.
    absence
        agency, year, headcount, limit, away [people].
    goals
        goal, sense, value, bound, status, seconds.
    conflict
        rule, where: rules of which no plan can obey all; empty unless infeasible.
    """

    problem: Problem
    status: str
    assignments: pd.DataFrame
    attainment: pd.DataFrame
    seats: pd.DataFrame
    absence: pd.DataFrame
    goals: pd.DataFrame
    conflict: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["rule", "where"]))

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.status in ("optimal", "feasible")

    @property
    def starts(self) -> pd.DataFrame:
        """The assignments by the rows of the problem's tables: cadre, programme, start, finish [year]."""
        chosen = self.assignments.reindex(columns=COLUMNS["assignments"])
        return pd.DataFrame(
            {
                "cadre": pd.Index(self.problem.cadres["cadre"]).get_indexer(chosen["cadre"]),
                "programme": pd.Index(self.problem.programmes["programme"]).get_indexer(chosen["programme"]),
                "start": chosen["start"].to_numpy(dtype=int),
                "finish": chosen["finish"].to_numpy(dtype=int),
            }
        )

    @property
    def repeatable(self) -> bool:
        """Whether another run must give the same starts: every goal proven, and the lot last to break ties."""
        return self.status == "optimal" and self.problem.scenario.goals[-1] == "lot"


def plan_of(options: Options, chosen: np.ndarray, status: str, goals: pd.DataFrame) -> Plan:
    """The plan of the chosen options, its tables computed from the options."""
    starts = options.frame.iloc[np.sort(chosen)]
    problem = options.problem
    return Plan(
        problem,
        status,
        _assignments(problem, starts),
        pd.DataFrame(_attainment(problem, starts), columns=COLUMNS["attainment"]),
        pd.DataFrame(_seats(problem, starts), columns=COLUMNS["seats"]),
        _absence(problem, starts),
        goals,
    )


def no_plan(problem: Problem, status: str, goals: pd.DataFrame, conflict: pd.DataFrame | None = None) -> Plan:
    """A solve that found no plan."""
    empty = pd.DataFrame()
    plan = Plan(problem, status, empty, empty, empty, empty, goals)
    return plan if conflict is None else replace(plan, conflict=conflict)


def number(value: Fraction | float) -> int | float:
    """A number as an integer where it is whole."""
    return int(value) if value == int(value) else float(value)


# --- the tables -----------------------------------------------------------------------------------------------------


def _assignments(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    cadres, programmes = problem.cadres, problem.programmes
    return pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[starts["cadre"]],
            "agency": cadres["agency"].to_numpy()[starts["cadre"]],
            "programme": programmes["programme"].to_numpy()[starts["programme"]],
            "mode": programmes["mode"].to_numpy()[starts["programme"]],
            "start": starts["start"].to_numpy(),
            "finish": starts["finish"].to_numpy(),
            "points": pd.Series([number(value) for value in starts["points"]], dtype=object),
        }
    )


def _attainment(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, target in problem.scenario.targets.items():
        counted, by = problem.counted(name), problem.by(target)
        members, unknown = int(counted.sum()), int((counted & unknown_level(problem, target)).sum())
        already = int((counted & (attaining(problem, target) <= by)).sum())
        attained = int((counted & (attaining(problem, target, starts) <= by)).sum())
        wanted = required(target, members)
        share = round(attained / members, 6) if members else None
        yield name, members, unknown, wanted, already, attained, max(0, wanted - attained), share


def _seats(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, pool in problem.scenario.seats.items():
        counted = (
            starts["programme"].isin(problem.programme_ids(pool.programmes)) & problem.pools[name][starts["cadre"]]
        )
        for year in map(int, problem.years):
            number_of_starts = int((counted & (starts["start"] == year)).sum())
            low, high = pool.per_year.min, pool.per_year.max
            yield name, year, low, high, number_of_starts, max(0, low - number_of_starts)


def _absence(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    modes = problem.scenario.absence.modes if problem.scenario.absence else []
    of_mode = np.append(problem.programmes["mode"].isin(modes).to_numpy(), False)  # the last: no study (-1)
    agency = problem.cadres["agency_id"].to_numpy()
    away = np.zeros((len(problem.agencies), len(problem.years)), dtype=int)
    for place, year in enumerate(problem.years):
        gone = of_mode[problem.cadres["study"]] & (problem.cadres["study_until"] >= year).to_numpy()
        running = starts[(starts["start"] <= year) & (year <= starts["finish"])]
        gone[running.loc[of_mode[running["programme"]], "cadre"]] = True
        np.add.at(away[:, place], agency[gone], 1)
    limits = [None if np.isnan(limit) else int(limit) for limit in allowance(problem)]
    return pd.DataFrame(
        {
            "agency": np.repeat(problem.agencies["agency"].to_numpy(), len(problem.years)),
            "year": np.tile(problem.years, len(problem.agencies)),
            "headcount": np.repeat(problem.agencies["headcount"].to_numpy(), len(problem.years)),
            "limit": pd.Series(limits, dtype="Int64").repeat(len(problem.years)).reset_index(drop=True),
            "away": away.ravel(),
        }
    )


# --- the run folder -------------------------------------------------------------------------------------------------


def write_run(plan: Plan, folder: str | Path, *, force: bool = False) -> None:
    """Write the run folder of a plan: the tables, the manifest and, in `inputs/`, the tables the scenario names.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    with fresh_folder(folder, force=force, mark=MANIFEST, others=BESIDE) as draft:
        for name in COLUMNS:
            write_table(getattr(plan, name), draft / f"{name}.csv")
        manifest = _manifest(plan, draft)
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV: UTF-8, a header, commas, whole numbers as such, empty for none."""
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _manifest(plan: Plan, draft: Path) -> dict[str, Any]:
    problem = plan.problem
    scenario = problem.source.merged()
    inputs = [{"path": str(file), "sha256": problem.digests[file]} for file in problem.source.files]
    (draft / "inputs").mkdir()
    for key in ("roster", "agencies"):
        if key in scenario:
            path = Path(scenario[key])
            copy = Path("inputs") / f"{key}{path.suffix.lower()}"
            shutil.copyfile(path, draft / copy)
            if sha256(draft / copy) != problem.digests[path]:
                raise InputError(Fault("changed_since_read", {}, path))
            scenario[key] = str(copy)
            inputs.append({"path": str(path), "sha256": problem.digests[path], "copy": str(copy)})
    return {
        "status": plan.status,
        "repeatable": plan.repeatable,
        "seed": plan.problem.scenario.solver.seed,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "inputs": inputs,
        "scenario": scenario,
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True)
class Run:
    """A run folder as it was read: the problem from the inputs kept in it, its tables as text, its manifest."""

    folder: Path
    problem: Problem
    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]

    def plan(self) -> Plan:
        """The plan that the folder holds.

        Raises
        ------
        InputError
            A table lacks a column, or a cell that should be a number is none.
        """
        typed = {name: _typed(self.folder / f"{name}.csv", table, name) for name, table in self.tables.items()}
        return Plan(self.problem, str(self.manifest.get("status", "")), **typed)


def _typed(file: Path, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table of text with its numbers as numbers; whole ones as integers, also where cells are empty."""
    if missing := [column for column in COLUMNS[name] if column not in table]:
        raise InputError(Fault("missing_column", {"name": missing[0]}, file))
    typed = table[COLUMNS[name]].copy()
    for column in typed.columns.difference(list(TEXT)):
        numbers = pd.to_numeric(typed[column].replace("", None), errors="coerce").replace([np.inf, -np.inf], np.nan)
        if bad := list(typed.index[numbers.isna() & (typed[column] != "")]):
            raise InputError(
                Fault("cell_not_number", {"column": column, "found": typed[column][bad[0]]}, file, row=bad[0] + 2)
            )
        whole = numbers.dropna() == numbers.dropna().round()
        typed[column] = numbers.astype("Int64" if numbers.isna().any() else "int64") if whole.all() else numbers
    return typed


def read_run(folder: str | Path) -> Run:
    """Read a run folder.

    Raises
    ------
    InputError
        It is no run folder, a file is missing or damaged, or an input is no longer what the run was made from.
    """
    path = Path(folder)
    manifest = _read_manifest(path)
    tables = {name: _read_csv(path / f"{name}.csv") for name in COLUMNS}
    return Run(path, build(_source(path, manifest)), tables, manifest)


def _read_csv(file: Path) -> pd.DataFrame:
    """A table as it was written, every cell as text."""
    try:
        return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise InputError(Fault("file_missing", {}, file)) from None
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        raise InputError(Fault("file_unreadable", {"reason": str(error).strip()}, file)) from None


def _read_manifest(folder: Path) -> dict[str, Any]:
    file = folder / MANIFEST
    if not file.is_file():
        raise InputError(Fault("not_a_run", {"folder": folder}))
    try:
        manifest = json.loads(file.read_bytes(), parse_constant=_no_constant)
        json.dumps(manifest, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise InputError(Fault("damaged_run", {}, file)) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("scenario"), dict):
        raise InputError(Fault("damaged_run", {}, file))
    return manifest


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _source(folder: Path, manifest: dict[str, Any]) -> Source:
    """The scenario of a manifest, once every table it names is as it was."""
    file, inputs = folder / MANIFEST, manifest.get("inputs")
    entries = [entry for entry in inputs if isinstance(entry, dict)] if isinstance(inputs, list) else []
    digests = {entry.get("copy"): entry.get("sha256") for entry in entries if isinstance(entry.get("copy"), str)}
    for key in ("roster", "agencies"):
        name = manifest["scenario"].get(key)
        if name is None and key == "agencies":
            continue
        if not isinstance(name, str) or name not in digests or Path(name).parent != Path("inputs"):
            raise InputError(Fault("damaged_run", {}, file))
        try:
            changed = sha256(folder / name) != digests[name]
        except OSError:
            raise InputError(Fault("file_missing", {}, folder / name)) from None
        if changed:
            raise InputError(Fault("changed_input", {}, folder / name))
    return source_of(Node.of(manifest["scenario"], file))
