"""Sets of cadres as rows: whom any condition covers, by the contract's words alone; and what a country's sets cost."""

from __future__ import annotations

import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small import small

from planner import Problem, load
from planner.inputs import matching
from planner.inputs.membership import Membership

LEVELS = ["none", "intermediate", "advanced"]
POSTS = ["Leader", "deputy", "Cán bộ", ""]
GROUPS: dict[str, Any] = {
    "women": {"sex": "F"},
    "offices": {"agency": ["north", "south"]},
    "old_women": {"all": ["women", {"age": {"min": 40}}]},
    "others": {"not": "old_women"},
}
YEAR = 2021
DRAWN = 150  # conditions
SIZES = 20, 80  # offices


def roster(draw: random.Random) -> dict[str, dict[str, Any]]:
    """Thirty cadres with every kind of column, cells empty here and there."""
    return {
        f"c{number:02}": {
            "agency": draw.choice(["north", "south", "east"]),
            "sex": draw.choice(["F", "M", ""]),
            "birth_year": draw.choice([1970, 1981, 1990, ""]),
            "theory": draw.choice([*LEVELS, ""]),
            "post": draw.choice(POSTS),
            "party": draw.choice(["yes", "no", "1", ""]),
            "rank": draw.choice(["7", "7.0", "10", ""]),
        }
        for number in range(30)
    }


def condition(draw: random.Random, depth: int = 3) -> Any:
    """A condition of any form."""
    kind = draw.choice(["all", "any", "not", "both", "group", "compare", "compare"]) if depth else "compare"
    if kind in ("all", "any"):
        return {kind: [condition(draw, depth - 1) for _ in range(draw.randint(0, 3))]}
    if kind == "not":
        return {"not": condition(draw, depth - 1)}
    if kind == "both":
        return {**compared(draw), "not": condition(draw, depth - 1)}
    return draw.choice(list(GROUPS)) if kind == "group" else compared(draw)


def compared(draw: random.Random) -> dict[str, Any]:
    """One to three columns and what they are compared with."""
    choices: dict[str, list[Any]] = {
        "agency": ["north", ["south", "east"], "NORTH "],
        "sex": ["F", ["F", "M"]],
        "birth_year": [1981, {"min": 1980}, {"max": 1980}],
        "age": [{"min": 35}, {"max": 40}, 51],
        "theory": ["none", {"min": "intermediate"}, ["none", "advanced"]],
        "post": ["leader", ["Leader", "DEPUTY"], "cán bộ", []],
        "party": [True, False, ["yes"], 1],
        "rank": [7, "7", {"min": 8}, ["10", 7]],
    }
    return {name: draw.choice(choices[name]) for name in draw.sample(list(choices), draw.randint(1, 3))}


def holds(asked: Any, cadre: dict[str, Any]) -> bool:
    """Whether a condition holds of a cadre, by the contract."""
    if isinstance(asked, str):
        return holds(GROUPS[asked], cadre)
    found = []
    for key, value in asked.items():
        if key == "not":
            found.append(not holds(value, cadre))
        elif key in ("all", "any"):
            found.append((all if key == "all" else any)(holds(each, cadre) for each in value))
        else:
            found.append(compares(key, value, cadre))
    return all(found)


def compares(column: str, value: Any, cadre: dict[str, Any]) -> bool:
    """Whether a cell is a value, one of several, or within a range; an empty cell satisfies nothing."""
    cell = YEAR - cadre["birth_year"] if column == "age" and cadre["birth_year"] != "" else cadre.get(column, "")
    if cell == "":
        return False
    place = LEVELS.index if column == "theory" else float
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        return (low is None or place(cell) >= place(low)) and (high is None or place(cell) <= place(high))
    values = value if isinstance(value, list) else [value]
    return any(meant(cell) == meant(each) for each in values)


def meant(value: Any) -> Any:
    """What cells and values are compared by."""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).strip().casefold()
    text = {"yes": "1", "no": "0"}.get(text, text)
    return float(text) if text.replace(".", "", 1).isdigit() else text


def test_whom_a_condition_covers(tmp_path: Path) -> None:
    """Drawn conditions of every form, nested, beside what the contract says of each cadre by itself."""
    draw = random.Random(15)
    people = roster(draw)
    asked = {f"s{number}": condition(draw) for number in range(DRAWN)}
    seats = {name: {"programmes": ["school"], "who": who} for name, who in asked.items()}
    offices = dict.fromkeys(["north", "south", "east"], 40)
    problem = load(small(tmp_path, people, offices, groups=GROUPS, seats=seats))
    sizes = set()
    for name, who in asked.items():
        expected = [code for code, cadre in people.items() if holds(who, cadre)]
        assert problem.cadres["cadre"][problem.pools[name]].tolist() == expected, who
        assert problem.cadres["cadre"].iloc[problem.pools.rows(name)].tolist() == expected, who
        sizes.add(len(expected))
    assert {0, len(people)} < sizes
    assert len(sizes) > 10


def test_a_set_by_its_rows() -> None:
    """A column, its rows, its size, single cadres; others laid beside and over; nobody changes it from outside."""
    sets = Membership(5, {"a": np.array([1, 3]), "none": np.array([], dtype=int)})
    assert sets["a"].tolist() == [False, True, False, True, False]
    sets["a"][:] = True
    assert (sets.rows("a").tolist(), sets.size("a"), sets.size("none")) == ([1, 3], 2, 0)
    assert [row for row in range(5) if sets.has("a", row)] == [1, 3]
    assert not any(sets.has("none", row) for row in range(5))
    more = sets.also({"a": np.arange(5) > 2, "b": np.arange(5) == 0})
    assert {name: more.rows(name).tolist() for name in more} == {"a": [3, 4], "none": [], "b": [0]}
    assert sets.size("a") == 2
    with pytest.raises(KeyError):
        sets["c"]
    with pytest.raises(ValueError, match="read-only"):
        sets.rows("a")[0] = 2


def test_sets_divided() -> None:
    """Each part has its own of every set, in the places that the part gives them."""
    part, place = np.array([1, 0, 1, 0, 1]), np.array([0, 0, 1, 1, 2])
    sets = Membership(5, {"a": np.array([0, 1, 4]), "b": np.array([2])})
    first, second = sets.divided(part, place, 2)
    assert [first[name].tolist() for name in first] == [[True, False], [False, False]]
    assert [second[name].tolist() for name in second] == [[True, False, True], [False, True, False]]


def country(folder: Path, offices: int) -> Problem:
    """Offices of two cadres each, with sets of their own in every way that an office may be named."""
    names = [f"office {number}" for number in range(offices)]
    people = {
        f"{name} {sex}": {"agency": name, "sex": sex, "unit": f"u{number}", "party": "yes"}
        for number, name in enumerate(names)
        for sex in "FM"
    }
    forms = [
        lambda place: {"agency": names[place]},
        lambda place: {"sex": "F", "unit": f"u{place}"},
        lambda place: {"all": ["women", {"age": {"min": 30}}, {"agency": names[place]}]},
        lambda place: {"any": [{"unit": f"u{place}", "party": True}, {"agency": names[place], "not": "women"}]},
        lambda place: f"of_{place}",
    ]
    groups = {"women": {"sex": "F"}} | {f"of_{place}": {"agency": names[place]} for place in range(offices)}
    seats = {
        f"s{form}_{place}": {"programmes": ["school"], "who": forms[form](place)}
        for form in range(len(forms))
        for place in range(offices)
    }
    aim = {"level": {"theory": "advanced"}, "share": 1}
    targets = {f"t{place}": {"who": f"of_{place}", **aim} for place in range(offices)}
    path = small(folder, people, dict.fromkeys(names, 2), groups=groups, seats=seats, targets=targets)
    return load(path)


def test_what_a_country_costs_grows_with_its_cadres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the offices and their sets: not much more than four times the cells looked at, and the rows kept."""
    looked: list[int] = []
    where = matching._where

    def counting(test: Any, values: np.ndarray, among: np.ndarray | None) -> np.ndarray:
        looked[-1] += len(values if among is None else among)
        return where(test, values, among)

    monkeypatch.setattr(matching, "_where", counting)
    kept = []
    for offices in SIZES:
        looked.append(0)
        problem = country(tmp_path / str(offices), offices)
        assert all(problem.pools.size(name) in (1, 2) for name in problem.pools)
        assert sum(problem.counted_rows(name).nbytes for name in problem.scenario.targets) == 4 * len(problem.cadres)
        kept.append(len(pickle.dumps((problem.pools, problem.members, problem.groups))))
    times = SIZES[1] / SIZES[0]
    assert 0 < looked[1] <= 1.1 * times * looked[0]
    assert kept[1] <= 1.1 * times * kept[0]
