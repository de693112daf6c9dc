"""A whole scenario in memory, files and all, and what planner makes of it: what the fuzzer changes and asks again."""

from __future__ import annotations

import csv
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from plain_reading import TABLES, Register
from random_tables import Rows, write_table

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.plans.plan import Plan
from planner.solver import solve_problem
from planner.verification import broken_rules, figures

Start = tuple[str, str, int]


@dataclass(frozen=True)
class Case:
    """A scenario as merged, without the keys that name tables, and the tables' rows by those keys."""

    scenario: dict[str, Any]
    tables: dict[str, Rows]

    @classmethod
    def read(cls, path: Path) -> Case:
        """The case of a scenario's file."""
        register = Register(path)
        tables = {key: register._table(key) for key in TABLES if key in register.scenario}
        return cls({key: value for key, value in register.scenario.items() if key not in TABLES}, tables)

    def copy(self) -> Case:
        """A case of one's own to change."""
        return Case(deepcopy(self.scenario), deepcopy(self.tables))

    def write(self, folder: Path) -> Path:
        """Write the scenario and its tables; return the scenario's file."""
        folder.mkdir(parents=True, exist_ok=True)
        for key, rows in self.tables.items():
            write_table(folder / f"{key}.csv", rows)
        path = folder / "scenario.yaml"
        dumper = yaml.CSafeDumper
        dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
        named = {**self.scenario, **{key: f"{key}.csv" for key in self.tables}}
        path.write_text(yaml.dump(named, Dumper=dumper, sort_keys=False, allow_unicode=True), encoding="utf-8")
        return path

    def entries(self, section: str) -> dict[str, Any]:
        """The entries of a section; empty where there is none."""
        return self.scenario.get(section, {})  # type: ignore[no-any-return]

    @property
    def years(self) -> range:
        """The years of the horizon."""
        return range(self.scenario["horizon"]["first"], self.scenario["horizon"]["last"] + 1)

    @property
    def size(self) -> int:
        """How much there is to read: the leaves of the scenario and the cells of the tables."""
        cells = sum(len(row) for rows in self.tables.values() for row in rows)
        return cells + sum(1 for _ in leaves(self.scenario))


def leaves(data: Any) -> Any:
    """The values of a tree that hold no others."""
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    if inside is None:
        yield data
        return
    for value in inside:
        yield from leaves(value)


@dataclass(frozen=True)
class Outcome:
    """What planner makes of a case.

    Attributes
    ----------
    status
        `optimal`, `infeasible`, `refused` (the input has faults), or what else a plan's status may be.
    goals
        The goals in their order: name and value.
    starts
        The plan: cadre, programme, year.
    wrong
        What verification says against the plan, or what the programme died of; nothing may stand here.
    """

    status: str
    goals: tuple[tuple[str, Fraction], ...] = ()
    starts: frozenset[Start] = field(default_factory=frozenset)
    wrong: str = ""

    @property
    def values(self) -> list[Fraction]:
        """The goals' values, the smaller the better."""
        return [-value if name.startswith("priority") else value for name, value in self.goals]

    def before_the_lot(self) -> list[Fraction]:
        """The values of the goals that stand before `lot`, the smaller the better."""
        names = [name for name, _ in self.goals]
        return self.values[: names.index("lot")] if "lot" in names else self.values

    @property
    def told(self) -> str:
        """In one line."""
        return self.wrong or f"{self.status} {', '.join(f'{name} {float(value):g}' for name, value in self.goals)}"


def outcome(case: Case) -> Outcome:
    """Load and solve a case from its files, and verify the plan."""
    folder = Path(tempfile.mkdtemp())
    try:
        return _outcome(case.write(folder))
    finally:
        shutil.rmtree(folder)


def _outcome(path: Path) -> Outcome:
    try:
        problem = load(path)
    except InputError as error:
        return Outcome("refused", wrong="" if str(error) else "refused without a word")
    except Exception as error:  # noqa: BLE001 -- whatever it dies of is a find
        return Outcome("died", wrong=f"loading died of {error!r}")
    try:
        plan = solve_problem(problem)
        if plan.status == "infeasible":
            return Outcome(plan.status)
        return _of_plan(plan, verified(problem, plan))
    except Exception as error:  # noqa: BLE001
        return Outcome("died", wrong=f"solving died of {error!r}")


def verified(problem: Any, plan: Plan) -> str:
    """What verification says against a plan: a rule that is broken, a value or a bound that is another; or nothing."""
    broken = broken_rules(problem, plan.assignments)
    if len(broken):
        return f"a rule is broken: {broken.to_dict('records')[0]}"
    recomputed = figures(problem, plan.assignments).goals
    for row in plan.goals.to_dict("records"):
        told = float(row["value"]), float(row["bound"])
        if told != (float(recomputed[row["goal"]]),) * 2:
            return f"{row['goal']}: value and bound {told}, recomputed {recomputed[row['goal']]}"
    return ""


def _of_plan(plan: Plan, wrong: str) -> Outcome:
    table = plan.assignments
    chosen = zip(table["cadre"], table["programme"], table["start"], strict=True)
    goals = zip(plan.goals["goal"], plan.goals["value"], strict=True)
    return Outcome(
        plan.status,
        tuple((str(goal), Fraction(str(round(float(value), 6)))) for goal, value in goals),
        frozenset((str(cadre), str(programme), int(start)) for cadre, programme, start in chosen),
        wrong,
    )


def rows_of(path: Path) -> Rows:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
