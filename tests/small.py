"""A problem as small as a test wants it: three cadres of one office and a handful of open programmes.

`small(tmp_path, ...)` writes the scenario's files and returns the scenario's path. Nothing limits anything until a
test says so: no targets, no seats, no absence; every programme is `open`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from planner import InputError, Problem, load

SCENARIO: dict[str, Any] = {
    "title": "Three cadres of one office",
    "horizon": {"first": 2021, "last": 2024},
    "roster": "roster.csv",
    "agencies": "agencies.csv",
    "ladders": {
        "education": ["none", "bachelor", "master"],
        "theory": ["none", "intermediate", "advanced"],
        "administration": ["none", "specialist", "senior"],
    },
    "programmes": {
        "degree": {"ladder": "education", "from": "bachelor", "to": "master", "mode": "in_service", "months": 24},
        "basics": {"ladder": "theory", "from": "none", "to": "intermediate", "mode": "in_service", "months": 12},
        "school": {"ladder": "theory", "from": "intermediate", "to": "advanced", "mode": "full_time", "months": 8},
        "evening": {"ladder": "theory", "from": "intermediate", "to": "advanced", "mode": "in_service", "months": 18},
        "course": {"ladder": "administration", "from": "none", "to": "specialist", "mode": "short", "months": 2},
        "further": {"ladder": "administration", "from": "specialist", "to": "senior", "mode": "short", "months": 2},
    },
    "goals": ["attainment", "early", "lot"],
    "lot": 1,
}
for _programme in SCENARIO["programmes"].values():
    _programme["open"] = True

CADRE: dict[str, Any] = {
    "agency": "office",
    "birth_year": 1985,
    "sex": "F",
    "post": "staff",
    "education": "bachelor",
    "theory": "intermediate",
    "administration": "none",
    "retires": "",
    "studying": "",
    "studying_until": "",
}
CADRES: dict[str, dict[str, Any]] = {"A": {}, "B": {}, "C": {}}
AGENCIES = {"office": 10}

Cadres = Mapping[str, Mapping[str, Any]] | str
Headcounts = Mapping[str, int] | str


def small(folder: Path, roster: Cadres = CADRES, agencies: Headcounts | None = AGENCIES, **overrides: Any) -> Path:
    """Write a scenario with its tables into `folder`; return the scenario's path.

    Parameters
    ----------
    roster
        cadre -> the columns that differ from `CADRE`, or the text of roster.csv.
    agencies
        agency -> headcount [people], the text of agencies.csv, or None: the roster's rows count.
    overrides
        Keys of the scenario. As with `extends`, mappings merge key by key into `SCENARIO`, anything else is replaced
        and None removes: `small(tmp_path, programmes={"school": {"months": 18}}, horizon={"last": 2022})`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = (
        roster if isinstance(roster, str) else _csv([{"cadre": name, **CADRE, **own} for name, own in roster.items()])
    )
    (folder / "roster.csv").write_text(rows, encoding="utf-8")
    if agencies is None:
        overrides["agencies"] = None
    else:
        sizes = (
            [{"agency": name, "headcount": size} for name, size in agencies.items()]
            if isinstance(agencies, Mapping)
            else []
        )
        (folder / "agencies.csv").write_text(agencies if isinstance(agencies, str) else _csv(sizes), encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(merged(SCENARIO, overrides), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def starts(*chosen: tuple[str, str, int]) -> pd.DataFrame:
    """An assignments table: cadre, programme, start [year]."""
    return pd.DataFrame(list(chosen), columns=["cadre", "programme", "start"])


def told(path: Path) -> list[str]:
    """The faults of a scenario that is refused."""
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value).splitlines()


def one_fault(path: Path) -> str:
    """The only fault of a scenario that is refused."""
    found = told(path)
    assert len(found) == 1, found
    return found[0]


def codes(problem: Problem, mask: Any) -> str:
    """The codes, one after another, of the cadres in a Boolean mask over the roster."""
    return "".join(problem.cadres["cadre"][mask])


def merged(base: Any, over: Any) -> Any:
    """`over` laid on `base` as `extends` does it."""
    if not (isinstance(base, Mapping) and isinstance(over, Mapping)):
        return over
    both = {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}
    return {key: value for key, value in both.items() if value is not None}


def laid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `base`, both overrides for `small`: None stays, to remove a key there."""
    both = {**base}
    for key, value in over.items():
        inside = base.get(key)
        both[key] = laid(inside, value) if isinstance(inside, Mapping) and isinstance(value, Mapping) else value
    return both


def _csv(rows: list[dict[str, Any]]) -> str:
    # "no" and "yes" are cells like any other: bool prints as the contract's tables write it.
    cells = pd.DataFrame(rows).map(lambda cell: {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else cell)
    return cells.fillna("").to_csv(index=False)
