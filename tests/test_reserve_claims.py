"""What `reserves` says of random scenarios of every key, against every candidate tried and every plan counted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from brute_force import Optimum, TooManyPlansError, World, best_plan
from random_scenarios import random_scenario
from years import again, starts

import planner
from planner.library.years import YearsReserves
from planner.model.goals import telling
from planner.plans.plan import Plan

SHORT, LONG = (890_011,), range(890_012, 890_060)
Start = tuple[str, str, int]
HERE = planner.Parallel(executor=ThreadPoolExecutor(1))


class Year:
    """A year of a plan made again, in which some start and nobody else: the best that can follow, by every plan."""

    def __init__(self, run: Path, folder: Path, year: int) -> None:
        again(run, year).write(folder)
        self.path, self.year = folder / "inputs" / "scenario.yaml", year
        self.path.write_text(yaml.safe_dump(_years_as_numbers(yaml.safe_load(self.path.read_text("utf-8")))), "utf-8")
        self.world = World(self.path)

    def best(self, going: set[Start], vacant: Start | None = None) -> Optimum:
        """The best plan in which these go in the year; the place that falls free is required by no pin."""
        people, programmes = self.world.roster, self.world.programmes
        others = [(cadre, name, self.year) for cadre in people for name in programmes]
        pins = self.world.pins
        kept = [pin for pin in pins.get("require", []) if vacant is None or not _names(pin, vacant)]
        over: dict[str, Any] = {
            "extends": self.path.name,
            "pins": {
                "require": [*kept, *map(_pin, sorted(going))],
                "forbid": [*pins.get("forbid", []), *(_pin(start) for start in others if start not in going)],
            },
        }
        if "goals" in self.world.scenario and "lot" not in (goals := self.world.scenario["goals"]):
            over["goals"] = [*goals, "lot"]  # it tells who comes first of equals
        file = self.path.with_name("tried.yaml")
        file.write_text(yaml.safe_dump(over, allow_unicode=True), encoding="utf-8")
        return best_plan(file)


def _years_as_numbers(said: Any) -> Any:
    """A scenario as a run keeps it, its years as numbers again."""
    if isinstance(said, dict):
        return {int(key) if str(key).isdigit() else key: _years_as_numbers(value) for key, value in said.items()}
    return [_years_as_numbers(value) for value in said] if isinstance(said, list) else said


def _names(pin: dict[str, Any], start: Start) -> bool:
    whole = dict(zip(("cadre", "programme", "start"), map(str, start), strict=True))
    return "cadre" in pin and all(str(value) == whole[key] for key, value in pin.items())


def _pin(start: Start) -> dict[str, Any]:
    return dict(zip(("cadre", "programme", "start"), start, strict=True))


def told(optimum: Optimum) -> dict[str, Fraction] | None:
    """The values but for a lot that only breaks ties."""
    goals = optimum.goals
    return None if goals is None else {name: goals[name] for name in telling(list(goals))}


def of_plan(plan: Plan) -> dict[str, Fraction]:
    """The same of a plan that planner found."""
    values = {str(row.goal): Fraction(str(row.value)) for row in plan.goals.itertuples()}
    return {name: values[name] for name in telling(list(values))}


def wrong(found: YearsReserves, year: Year, announced: set[Start]) -> Iterator[str]:
    """What is not so of the reserves of a year."""
    standing = year.best(announced)
    if found.found.standing.found != (standing.goals is not None):
        yield f"standing: {found.found.standing.status}, {standing.goals}"
    elif standing.goals is not None and of_plan(found.found.standing) != told(standing):
        yield f"standing: {of_plan(found.found.standing)}, {told(standing)}"
    pools = found.problem.scenario.seats.items()
    rows = {str(cadre): row for row, cadre in enumerate(found.problem.cadres["cadre"])}
    for each in found.found.lists:
        seat = each.declined, each.places.programme, year.year
        others = announced - {seat}
        if each.empty != told(year.best(others, seat)):
            yield f"{seat} left empty: {each.empty}"
        tried = []
        for cadre, row in rows.items():
            own = tuple(
                name for name, pool in pools if seat[1] in pool.programmes and found.problem.pools.has(name, row)
            )
            if own == each.places.pools and (cadre, *seat[1:]) not in announced:
                best = year.best(others | {(cadre, *seat[1:])}, seat)
                if best.goals is not None:
                    score = [-value if name.startswith("priority") else value for name, value in best.goals.items()]
                    tried.append((score, cadre, told(best)))
        right = [(cadre, goals) for _, cadre, goals in sorted(tried, key=lambda row: row[:2])]
        if [(row.cadre, row.goals) for row in each.reserves] != right[:2]:
            yield f"{seat}: {each.reserves}, {right[:2]}"


@pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_reserves_of_random_scenarios(seed: int, tmp_path: Path) -> None:
    """Who steps in, in which order, at what price, and what an empty place costs; with every key of the contract."""
    plan = planner.solve(planner.load(random_scenario(seed, tmp_path / "drawn", "tiny")))
    if not plan.found or plan.assignments.empty:
        pytest.skip("nobody goes")
    planner.write_run(plan, tmp_path / "run")
    for number in sorted({int(year) for year in plan.assignments["start"]})[:2]:
        found = planner.reserves(tmp_path / "run", number, 2, parallel=HERE)
        year = Year(tmp_path / "run", tmp_path / str(number), number)
        announced = {start for start in starts(plan) if start[2] == number} - set(found.free)
        try:
            assert [*wrong(found, year, announced)] == []
        except TooManyPlansError:
            pytest.skip("too many plans to be counted")
