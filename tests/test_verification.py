"""Verification: every condition and rule of the contract alone, allowed at its bound and found one past it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import small, starts

import planner
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.verification import broken_rules, figures
from planner.verification.admissibility import CONDITIONS
from planner.verification.rules import RULES

Start = tuple[str, str, int]
Cadres = dict[str, dict[str, Any]]


def found(problem: Problem, *chosen: Start) -> pd.DataFrame:
    with speaking("en"):
        return broken_rules(problem, starts(*chosen))


def rules(problem: Problem, *chosen: Start) -> list[str]:
    return sorted(set(found(problem, *chosen)["rule"]))


# --- what it may look at --------------------------------------------------------------------------------------------


def _imports(module: str) -> set[str]:
    """The modules that a module of planner names in its import statements."""
    root = Path(planner.__file__).parent
    path = root.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    named: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file.is_file() else ():
        if isinstance(node, ast.Import):
            named |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return named


def test_verification_reads_nothing_of_the_model() -> None:
    """Nothing that verification imports, however far down, belongs to the model or to a solver."""
    reached: set[str] = set()
    waiting = {"planner.verification"}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        waiting |= {each for each in _imports(module) if each.startswith("planner.")} - reached
        reached |= _imports(module) - waiting
    rooms = {each.split(".")[1] for each in reached if each.startswith("planner.")}
    model = {"model", "optimiser", "plans", "analysis", "solver", "infeasibility"}
    assert {"inputs", "verification"} <= rooms
    assert not rooms & model
    assert not {each.split(".")[0] for each in reached} & {"ortools", "scipy", "highspy"}


def test_every_rule_of_the_contract_has_a_check() -> None:
    """The conditions of section 4 and the rules of section 5 stand under the contract's ids."""
    conditions = "level eligible retires seat_pool forbid study years service_start leave"
    rules = "one_at_a_time ladder_order seats requires per_agency study_load absence leaders classes budget pins must"
    assert list(CONDITIONS) == conditions.split()
    assert list(RULES) == rules.split()


# --- rows that are no starts ----------------------------------------------------------------------------------------


def test_an_empty_plan_breaks_nothing(tmp_path: Path) -> None:
    """A plan without starts is a plan."""
    assert found(load(small(tmp_path))).empty


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (("Z", "school", 2021), "Z, school, 2021"),
        (("A", "scool", 2021), "A, scool, 2021"),
        (("A", "school", 2020), "A, school, 2020"),
        (("A", "school", 2025), "A, school, 2025"),
        (("A", "school", 2021.5), "A, school, 2021.5"),
        (("A", "school", "soon"), "A, school, soon"),
        (("A", "school", None), "A, school, "),
    ],
)
def test_a_row_that_names_no_start_is_told(tmp_path: Path, row: Start, where: str) -> None:
    """An unknown cadre or programme, or a start outside the horizon, is a finding, and counts for nothing else."""
    problem = load(small(tmp_path))
    table = found(problem, row)
    assert table[["rule", "where"]].to_numpy().tolist() == [["assignments", where]]
    assert figures(problem, starts(row)).assignments.empty


def test_a_start_listed_twice_is_told_and_counts_once(tmp_path: Path) -> None:
    """The same start in two rows is one start and a finding."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "school", 2021), ("A", "school", 2021)) == ["assignments"]
    assert len(figures(problem, starts(("A", "school", 2021), ("A", "school", 2021))).assignments) == 1


def test_missing_columns_are_told(tmp_path: Path) -> None:
    """A table without cadre, programme or start is no plan."""
    table = broken_rules(load(small(tmp_path)), pd.DataFrame({"cadre": ["A"]}))
    assert table[["rule", "where"]].to_numpy().tolist() == [["assignments", "programme"], ["assignments", "start"]]


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    """The cadre 007 is not the cadre 7, and numbers written as text are numbers."""
    problem = load(small(tmp_path, roster={"007": {}}))
    table = pd.DataFrame({"cadre": ["007"], "programme": ["school"], "start": ["2021"]})
    assert broken_rules(problem, table).empty
    assert list(broken_rules(problem, table.assign(cadre="7"))["rule"]) == ["assignments"]


# --- section 4 ------------------------------------------------------------------------------------------------------


def test_level_is_known_and_below_where_the_programme_leads(tmp_path: Path) -> None:
    """A cadre who holds the level, or whose level nobody knows, does not start for it."""
    cadres: Cadres = {"A": {"theory": "intermediate"}, "B": {"theory": "advanced"}, "C": {"theory": ""}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "school", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["level"]
    assert rules(problem, ("C", "school", 2021)) == ["level"]


def test_eligible_holds_in_the_year_of_the_start(tmp_path: Path) -> None:
    """Born in 1985, one is 38 in 2023 and no longer in 2024."""
    problem = load(small(tmp_path, programmes={"school": {"eligible": {"age": {"max": 38}}}}))
    assert rules(problem, ("A", "school", 2023)) == []
    assert rules(problem, ("A", "school", 2024)) == ["eligible"]


def test_service_owed_ends_before_retirement(tmp_path: Path) -> None:
    """Completed in 2023 with a year owed, 2025 as first year out of service is in time, 2024 is not."""
    cadres: Cadres = {"A": {"retires": 2025}, "B": {"retires": 2024}, "C": {}}
    problem = load(small(tmp_path, roster=cadres, programmes={"evening": {"serve_after_years": 1}}))
    assert rules(problem, ("A", "evening", 2022), ("C", "evening", 2024)) == []
    assert rules(problem, ("B", "evening", 2022)) == ["retires"]


def test_a_start_needs_a_pool_or_an_open_programme(tmp_path: Path) -> None:
    """A pool that lists the programme covers the cadre, else the programme is open."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}}
    cadres: Cadres = {"A": {}, "B": {"sex": "M"}}
    problem = load(small(tmp_path, roster=cadres, seats={"p": pool}, programmes={"school": {"open": False}}))
    assert rules(problem, ("A", "school", 2021), ("B", "evening", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["seat_pool"]


def test_no_forbid_pin_matches(tmp_path: Path) -> None:
    """A pin forbids exactly what it names, and any of what it leaves out."""
    problem = load(small(tmp_path, pins={"forbid": [{"cadre": "A", "start": 2022}]}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2022)) == []
    assert rules(problem, ("A", "school", 2022)) == ["forbid"]


def test_current_study_as_high_leaves_no_start(tmp_path: Path) -> None:
    """Who studies for the level on the same ladder does not start for it; for a higher one, after the study."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "basics", "studying_until": 2021}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "school", 2022)) == []
    assert rules(problem, ("A", "basics", 2022)) == ["ladder_order", "study"]
    assert "study" in rules(problem, ("A", "evening", 2021))


def test_current_study_forbids_what_the_rules_forbid_beside_it(tmp_path: Path) -> None:
    """Beside a long current study one may take a short programme, and a long one only after its last year."""
    cadres: Cadres = {"A": {"studying": "degree", "studying_until": 2022}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "course", 2022), ("A", "evening", 2023)) == []
    assert rules(problem, ("A", "evening", 2022)) == ["one_at_a_time", "study"]


def test_two_current_studies_forbid_what_they_forbid_together(tmp_path: Path) -> None:
    """Where two short programmes of a year are allowed, two current ones leave no third, one leaves a second."""
    ladders = {"language": ["none", "b1"], "computing": ["none", "basic"]}
    short = {"from": "none", "mode": "short", "months": 1, "open": True}
    programmes = {
        "talk": {"ladder": "language", "to": "b1", **short},
        "type": {"ladder": "computing", "to": "basic", **short},
    }
    blank = {"language": "none", "computing": "none"}
    cadres: Cadres = {
        "A": blank | {"studying": "talk type", "studying_until": "2021 2022"},
        "B": blank | {"studying": "talk", "studying_until": "2021"},
    }
    overrides = {"ladders": ladders, "programmes": programmes, "study_load": {"short_per_year": 2}}
    problem = load(small(tmp_path, roster=cadres, **overrides))
    assert rules(problem, ("B", "course", 2021), ("A", "course", 2022)) == []
    table = found(problem, ("A", "course", 2021))
    assert table["rule"].tolist() == ["study", "one_at_a_time"]
    assert table["found"].iloc[0] == "studies talk until 2021, studies type until 2022"
    assert rules(problem, ("A", "type", 2022)) == ["ladder_order", "study"]


def test_a_start_lies_in_the_years_of_its_programme(tmp_path: Path) -> None:
    """Both ends of `years` are years in which it can be started."""
    problem = load(small(tmp_path, programmes={"school": {"years": {"from": 2022, "to": 2023}}}))
    assert rules(problem, ("A", "school", 2022), ("B", "school", 2023)) == []
    assert rules(problem, ("A", "school", 2021)) == ["years"]
    table = found(problem, ("A", "school", 2024))
    assert table.to_numpy().tolist() == [["years", "A, school, 2024", "2024", "a year from 2022 to 2023"]]


def test_a_start_does_not_come_before_service_begins(tmp_path: Path) -> None:
    """Who enters in 2022 may start in 2022 and not in 2021; an empty cell bars nothing."""
    problem = load(small(tmp_path, roster={"A": {"service_start": "2022"}, "B": {}}))
    assert rules(problem, ("A", "school", 2022), ("B", "school", 2021)) == []
    table = found(problem, ("A", "school", 2021))
    assert table.to_numpy().tolist() == [["service_start", "A, school, 2021", "2021", "from 2022 on"]]


def test_no_year_of_a_programme_is_one_of_leave(tmp_path: Path) -> None:
    """A programme may end in the year before the leave and begin in the year after it, `away` or not."""
    leave = {"long": {"cadre": "A", "from": 2023, "to": 2023}, "other": {"cadre": "B", "from": 2021, "to": 2024}}
    problem = load(small(tmp_path, leave=leave))
    assert rules(problem, ("A", "degree", 2021), ("A", "school", 2024)) == []
    table = found(problem, ("A", "degree", 2022))
    assert table.to_numpy().tolist() == [["leave", "A, degree, 2022", "on leave from 2023 to 2023", "no year of leave"]]
    assert rules(problem, ("A", "school", 2023)) == ["leave"]


def test_a_programme_that_begins_late_ends_in_a_later_year(tmp_path: Path) -> None:
    """Eight months from May end in December, from June in the next year, which is then served and occupied."""
    may, june = (load(small(tmp_path / str(month), programmes={"school": {"begins": month}})) for month in (5, 6))
    assert figures(may, starts(("A", "school", 2021))).assignments["finish"].tolist() == [2021]
    assert figures(june, starts(("A", "school", 2021))).assignments["finish"].tolist() == [2022]
    assert rules(may, ("A", "school", 2021), ("A", "degree", 2022)) == []
    assert rules(june, ("A", "school", 2021), ("A", "degree", 2022)) == ["one_at_a_time"]


# --- section 5 ------------------------------------------------------------------------------------------------------


def test_one_long_programme_at_a_time(tmp_path: Path) -> None:
    """A second long programme starts in the year after the first has ended."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "degree", 2021), ("A", "evening", 2023)) == []
    assert rules(problem, ("A", "degree", 2021), ("A", "evening", 2022)) == ["one_at_a_time"]
    assert rules(problem, ("A", "degree", 2024), ("B", "evening", 2024)) == []


def test_full_time_excludes_every_other(tmp_path: Path) -> None:
    """Beside an in-service programme one short course fits, beside a full-time one none."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "evening", 2021), ("A", "course", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("A", "course", 2021)) == ["one_at_a_time"]


def test_short_programmes_of_a_year(tmp_path: Path) -> None:
    """As many short programmes in a year as `short_per_year` says, and no more."""
    ladders = {"language": ["none", "b1"]}
    talk = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
    overrides: dict[str, Any] = {
        "ladders": ladders,
        "programmes": {"talk": talk},
        "roster": {"A": {"language": "none"}},
    }
    both = [("A", "course", 2021), ("A", "talk", 2021)]
    assert rules(load(small(tmp_path / "two", study_load={"short_per_year": 2}, **overrides)), *both) == []
    assert rules(load(small(tmp_path / "one", **overrides)), *both) == ["one_at_a_time"]
    assert rules(load(small(tmp_path / "one", **overrides)), both[0], ("A", "talk", 2022)) == []


def test_ladder_order(tmp_path: Path) -> None:
    """On one ladder the next programme starts after the last has ended, from a level held by then, to a higher one."""
    problem = load(small(tmp_path, roster={"A": {"theory": "none"}, "B": {}}))
    assert rules(problem, ("A", "basics", 2021), ("A", "evening", 2022)) == []
    assert rules(problem, ("A", "course", 2021), ("A", "further", 2022)) == []
    assert rules(problem, ("A", "evening", 2022)) == ["ladder_order"]  # `from` never held
    assert rules(problem, ("A", "evening", 2021), ("A", "basics", 2023)) == ["ladder_order"]  # downwards
    assert rules(problem, ("B", "school", 2021), ("B", "evening", 2022)) == ["ladder_order"]  # the same level twice


LEAP = {"ladder": "administration", "from": "none", "to": "senior", "mode": "short", "months": 1, "open": True}


def test_ladder_order_holds_between_short_programmes_of_one_year(tmp_path: Path) -> None:
    """Two steps of a ladder in one year break the order even where two short programmes are allowed."""
    problem = load(small(tmp_path, study_load={"short_per_year": 2}, programmes={"leap": LEAP}))
    assert rules(problem, ("A", "course", 2021), ("A", "leap", 2022)) == []
    table = found(problem, ("A", "course", 2021), ("A", "leap", 2021))
    assert table.to_numpy().tolist() == [["ladder_order", "A, leap, 2021", "course ends in 2021", "before 2021"]]
    table = found(problem, ("A", "course", 2021), ("A", "further", 2021))
    assert table["found"].tolist() == ["course ends in 2021", "none"]  # what it builds on is not held yet, either


def test_ladder_order_holds_after_current_study(tmp_path: Path) -> None:
    """A higher programme of the ladder one studies on starts in the year after that study has ended."""
    cadres: Cadres = {"A": {"studying": "course", "studying_until": 2022}}
    problem = load(small(tmp_path, roster=cadres, study_load={"short_per_year": 2}, programmes={"leap": LEAP}))
    assert rules(problem, ("A", "leap", 2023)) == []
    assert rules(problem, ("A", "leap", 2022)) == ["ladder_order", "study"]


def test_seats_of_a_year_and_of_the_horizon(tmp_path: Path) -> None:
    """A pool's starts are at most `max` in a year and at most `total` in all; others than it covers do not count."""
    pool = {"programmes": ["school", "evening"], "who": {"sex": "F"}, "per_year": {"max": 2}, "total": 3}
    cadres: Cadres = {name: {} for name in "ABCD"} | {"M": {"sex": "M"}}
    problem = load(small(tmp_path, roster=cadres, seats={"p": pool}))
    a, b, c, d = (name for name in "ABCD")
    within = [(a, "school", 2021), (b, "evening", 2021), ("M", "school", 2021), (c, "school", 2022)]
    assert rules(problem, *within) == []
    past = found(problem, (a, "school", 2021), (b, "evening", 2021), (c, "school", 2021))
    assert past.to_numpy().tolist() == [["seats", "p, 2021", "3", "2"]]
    past = found(problem, *within, (d, "school", 2023))
    assert past.to_numpy().tolist() == [["seats", "p, 2021-2024", "4", "3"]]


def test_a_start_counts_in_every_pool_that_lists_it(tmp_path: Path) -> None:
    """A start takes a seat of each pool, not of one that has seats left."""
    wide = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 5}}
    tight = {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}
    problem = load(small(tmp_path, seats={"wide": wide, "tight": tight}))
    assert rules(problem, ("A", "school", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2021)) == ["seats"]


def test_seats_by_year(tmp_path: Path) -> None:
    """A number is the year's max, a year left out has no seats."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"2021": {"min": 1, "max": 2}, "2022": 1}}
    problem = load(small(tmp_path, seats={"p": pool}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2021), ("C", "school", 2022)) == []
    assert found(problem, ("A", "school", 2022), ("B", "school", 2022)).to_numpy().tolist() == [
        ["seats", "p, 2022", "2", "1"]
    ]
    assert found(problem, ("A", "school", 2023)).to_numpy().tolist() == [["seats", "p, 2023", "1", "0"]]


HISTORY = "cadre,agency,programme,start,finish,pools,shares,of_group\n"


def with_history(folder: Path, *rows: str, **overrides: Any) -> Problem:
    """A small problem with these rows of history.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "history.csv").write_text(HISTORY + "".join(f"{row}\n" for row in rows), "utf-8")
    return load(small(folder, history="history.csv", **overrides))


def test_past_starts_take_seats_of_the_total(tmp_path: Path) -> None:
    """Of three seats one is taken; where the past has taken more than there are, only a further start is a fault."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "total": 3}
    past = ["Z,office,school,2020,2020,p,,", "A,office,school,,2020,,,"]
    problem = with_history(tmp_path / "one", *past, seats={"p": pool})
    within = [("A", "school", 2021), ("B", "school", 2022)]
    assert rules(problem, *within) == []
    assert found(problem, *within, ("C", "school", 2022)).to_numpy().tolist() == [["seats", "p, 2021-2024", "4", "3"]]
    full = with_history(tmp_path / "full", *past, seats={"p": pool | {"total": 0}})
    assert rules(full) == []
    assert rules(full, ("A", "school", 2021)) == ["seats"]
    assert figures(full, starts()).totals.to_numpy().tolist() == [["p", 0, 0, 1, 0]]


def test_per_agency_in_a_year_and_over_the_horizon(tmp_path: Path) -> None:
    """Each agency has its own count, of the pool's starts alone; past starts count where the cadre worked then."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "per_agency": {"max": 1, "total": 2}}
    cadres: Cadres = {name: {} for name in "ABC"} | {"D": {"agency": "archive"}}
    agencies = {"office": 10, "archive": 10}
    problem = load(small(tmp_path, roster=cadres, agencies=agencies, seats={"p": pool}))
    within = [("A", "school", 2021), ("D", "school", 2021), ("B", "school", 2022), ("C", "evening", 2021)]
    assert rules(problem, *within) == []
    past = found(problem, ("A", "school", 2021), ("B", "school", 2021))
    assert past.to_numpy().tolist() == [["per_agency", "p, office, 2021", "2", "1"]]
    past = found(problem, *within[:3], ("C", "school", 2023))
    assert past.to_numpy().tolist() == [["per_agency", "p, office, 2021-2024", "3", "2"]]
    rows = ["D,office,school,2020,2020,p,,"]  # worked in the office then
    problem = with_history(tmp_path / "past", *rows, roster=cadres, agencies=agencies, seats={"p": pool})
    assert rules(problem, ("A", "school", 2021), ("D", "school", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2022)) == ["per_agency"]
    rows = [f"Z{i},office,school,2020,2020,p,," for i in range(3)]
    problem = with_history(tmp_path / "excess", *rows, roster=cadres, agencies=agencies, seats={"p": pool})
    assert rules(problem, ("D", "school", 2021)) == []
    assert rules(problem, ("A", "school", 2021)) == ["per_agency"]


NEEDS_MASTER = {"school": {"requires": {"education": "master"}}}


def test_requires_is_held_in_a_year_before_the_start(tmp_path: Path) -> None:
    """Held on the roster or by a start completed in the year before; in the year itself it is too late."""
    cadres: Cadres = {"A": {"education": "master"}, "B": {}}
    problem = load(small(tmp_path, roster=cadres, programmes=NEEDS_MASTER))
    assert rules(problem, ("A", "school", 2021), ("B", "degree", 2021), ("B", "school", 2023)) == []
    table = found(problem, ("B", "school", 2021))
    assert table.to_numpy().tolist() == [["requires", "B, school, 2021", "bachelor", "at least master"]]
    short = {"degree": {"mode": "short", "months": 2}, "evening": {"requires": {"education": "master"}}}
    problem = load(small(tmp_path / "short", programmes=short))
    assert rules(problem, ("B", "degree", 2021), ("B", "evening", 2022)) == []
    assert rules(problem, ("B", "degree", 2021), ("B", "evening", 2021)) == ["requires"]


def test_requires_is_held_by_current_study_that_has_ended(tmp_path: Path) -> None:
    """Study until 2021 counts from 2022 on, where the roster's level is unknown, too; a start counts there never."""
    studies = {"studying": "degree", "studying_until": 2021}
    cadres: Cadres = {"A": studies, "B": studies | {"education": ""}, "C": {"education": ""}}
    problem = load(small(tmp_path, roster=cadres, programmes=NEEDS_MASTER))
    assert rules(problem, ("A", "school", 2022), ("B", "school", 2022)) == []
    assert "requires" in rules(problem, ("A", "school", 2021))
    assert rules(problem, ("C", "degree", 2021), ("C", "school", 2023)) == ["level", "requires"]
    assert found(problem, ("C", "school", 2023))["found"].tolist() == ["level unknown"]


def test_starts_of_a_cadre(tmp_path: Path) -> None:
    """Current study is no start, a past start is one, study that had begun before the past is none."""
    load_of_two = {"study_load": {"starts_per_cadre": 2}, "roster": {"A": {}, "B": {"theory": "none"}}}
    cadres: Cadres = {"A": {}, "B": {"theory": "none", "studying": "basics", "studying_until": 2021}}
    problem = load(small(tmp_path, **load_of_two | {"roster": cadres}))
    within = [("B", "course", 2022), ("B", "school", 2022 + 1)]
    assert rules(problem, *within) == []
    past = found(problem, *within, ("B", "further", 2024))
    assert past.to_numpy().tolist() == [["study_load", "B", "starts, earlier ones included: 3", "at most 2"]]
    rows = ["A,office,basics,2019,2019,,,", "A,office,degree,,2020,,,"]
    problem = with_history(tmp_path / "past", *rows, **load_of_two)
    assert rules(problem, ("A", "school", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("A", "course", 2022)) == ["study_load"]
    rows = [f"A,office,basics,{year},{year},,," for year in (2017, 2018, 2019)]
    assert rules(with_history(tmp_path / "excess", *rows, **load_of_two)) == []


def test_years_between_long_programmes(tmp_path: Path) -> None:
    """Two whole years between a completion in 2021 and the next start are 2022 and 2023; short ones do not count."""
    problem = load(small(tmp_path, study_load={"years_between": 2}))
    assert rules(problem, ("A", "school", 2021), ("A", "course", 2022), ("A", "degree", 2024)) == []
    table = found(problem, ("A", "school", 2021), ("A", "degree", 2023))
    assert table.to_numpy().tolist() == [["study_load", "A, degree, 2023", "school ends in 2021", "before 2021"]]
    assert rules(load(small(tmp_path / "none")), ("A", "school", 2021), ("A", "degree", 2022)) == []


def test_years_between_count_current_and_past_study(tmp_path: Path) -> None:
    """What one studies now, and what ended before the horizon with or without a start, is followed by the years."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "basics", "studying_until": 2021}, "B": {}, "C": {}}
    rows = ["B,office,basics,2019,2020,,,", "C,office,basics,,2020,,,", "C,office,course,2020,2020,,,"]
    problem = with_history(tmp_path, *rows, roster=cadres, study_load={"years_between": 1})
    assert rules(problem, ("A", "degree", 2023), ("B", "degree", 2022), ("C", "degree", 2022)) == []
    assert rules(problem, ("A", "degree", 2022)) == ["study", "study_load"]
    assert rules(problem, ("B", "degree", 2021)) == ["study_load"]
    assert found(problem, ("C", "degree", 2021)).to_numpy().tolist() == [
        ["study_load", "C, degree, 2021", "basics ends in 2020", "before 2020"]
    ]


def test_current_study_alone_overloads_no_plan(tmp_path: Path) -> None:
    """Two long programmes at once by current study are the past's; a short one beside them is allowed."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "basics degree", "studying_until": "2021 2021"}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "course", 2021)) == []
    assert rules(problem, ("A", "school", 2021)) == ["ladder_order", "one_at_a_time", "study"]


BANDS = [{"up_to": 4, "away": 1}, {"up_to": 9, "away": 2}, {"share": 0.25}]


@pytest.mark.parametrize(("headcount", "limit"), [(4, 1), (5, 2), (9, 2), (10, 2), (12, 3)])
def test_absence_up_to_the_allowance_of_the_headcount(tmp_path: Path, headcount: int, limit: int) -> None:
    """The first band that fits the headcount gives the limit, a share rounds down; in-service study is no absence."""
    absence = {"modes": ["full_time"], "bands": BANDS}
    cadres: Cadres = {name: {} for name in "ABCDE"}
    problem = load(small(tmp_path, roster=cadres, agencies={"office": headcount}, absence=absence))
    away = [(name, "school", 2021) for name in "ABCD"[:limit]]
    assert rules(problem, *away, ("E", "evening", 2021)) == []
    past = found(problem, *away, ("E", "school", 2021))
    assert past[["rule", "where", "allowed"]].to_numpy().tolist() == [["absence", "office, 2021", str(limit)]]


def test_absence_without_a_band_that_fits_has_no_limit(tmp_path: Path) -> None:
    """A headcount above every band is not limited."""
    absence = {"modes": ["full_time"], "bands": BANDS[:1]}
    chosen = [(name, "school", 2021) for name in "ABC"]
    assert rules(load(small(tmp_path / "large", absence=absence)), *chosen) == []
    assert rules(load(small(tmp_path / "little", absence=absence, agencies={"office": 4})), *chosen) == ["absence"]


def test_absence_counts_current_study_and_every_year_of_it(tmp_path: Path) -> None:
    """Who studies full time until 2022 is away in 2021 and 2022; the next may leave in 2023."""
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}
    cadres: Cadres = {"A": {"studying": "school", "studying_until": 2022}, "B": {}}
    problem = load(small(tmp_path, roster=cadres, absence=absence))
    assert rules(problem, ("B", "school", 2023)) == []
    assert rules(problem, ("B", "school", 2022)) == ["absence"]


def test_an_excess_by_current_study_alone_is_not_the_plans(tmp_path: Path) -> None:
    """Two away by current study where one may be: nothing is broken, but nobody else may leave."""
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}
    now = {"studying": "school", "studying_until": 2021}
    problem = load(small(tmp_path, roster={"A": now, "B": now, "C": {}}, absence=absence))
    assert rules(problem, ("C", "evening", 2021)) == []
    assert rules(problem, ("C", "school", 2021)) == ["absence"]
    assert figures(problem, starts()).absence.iloc[0].tolist() == ["office", 2021, 10, 1, 2]


def test_a_cadre_is_away_once_a_year(tmp_path: Path) -> None:
    """Two programmes that take one cadre away in a year are one absence."""
    absence = {"modes": ["in_service", "short"], "bands": [{"away": 1}]}
    problem = load(small(tmp_path, absence=absence))
    assert rules(problem, ("A", "evening", 2021), ("A", "course", 2021)) == []
    assert rules(problem, ("A", "evening", 2021), ("B", "course", 2021)) == ["absence"]
    assert figures(problem, starts(("A", "evening", 2021), ("A", "course", 2021))).absence["away"].tolist() == [
        1,
        1,
        0,
        0,
    ]


def test_absence_is_counted_in_the_years_of_the_horizon(tmp_path: Path) -> None:
    """A year after the horizon has no limit; study that goes on then does not count there."""
    absence = {"modes": ["in_service", "short"], "bands": [{"away": 1}]}
    now = {"studying": "course", "studying_until": 2024}
    problem = load(small(tmp_path, roster={"A": now, "B": now}, absence=absence))
    assert rules(problem, ("A", "evening", 2024), ("B", "evening", 2024)) == []  # away anyway in 2024, alone in 2025
    free = load(small(tmp_path / "free", absence=absence))
    assert rules(free, ("A", "evening", 2024), ("B", "evening", 2024)) == ["absence"]


def test_leave_takes_a_seat_of_the_absence_if_it_says_so(tmp_path: Path) -> None:
    """On leave with `away: yes` one counts as away, else not; an excess by leave alone is not the plan's."""
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}

    def problem(name: str, *cadres: str, away: bool) -> Problem:
        leave = {f"l_{each}": {"cadre": each, "from": 2022, "to": 2022, "away": away} for each in cadres}
        return load(small(tmp_path / name, absence=absence, leave=leave))

    one, quiet = problem("one", "A", away=True), problem("quiet", "A", away=False)
    two = problem("two", "A", "B", away=True)
    assert rules(one, ("C", "school", 2021)) == []
    assert rules(one, ("C", "school", 2022)) == ["absence"]
    assert rules(quiet, ("C", "school", 2022)) == []
    assert rules(two, ("C", "school", 2021)) == []
    assert found(two, ("C", "school", 2022)).to_numpy().tolist() == [["absence", "office, 2022", "3 (A, B, C)", "2"]]
    assert figures(two, starts()).absence["away"].tolist() == [0, 2, 0, 0]


def test_leaders_are_not_all_away(tmp_path: Path) -> None:
    """Of three leaders two may leave; an agency with one leader has no such rule."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": 1}}
    three = {name: {"post": "leader"} for name in "ABC"} | {"D": {}}
    problem = load(small(tmp_path / "three", roster=three, absence=absence))
    two_away = [("A", "school", 2021), ("B", "school", 2021), ("D", "school", 2021)]
    assert rules(problem, *two_away) == []
    past = found(problem, *two_away, ("C", "school", 2021))
    assert past.to_numpy().tolist() == [["leaders", "office, 2021", "3 (A, B, C)", "2"]]
    alone = load(small(tmp_path / "one", roster={"A": {"post": "leader"}, "D": {}}, absence=absence))
    assert rules(alone, ("A", "school", 2021)) == []


def test_leaders_count_in_the_years_in_which_they_serve(tmp_path: Path) -> None:
    """Of three leaders one enters in 2022 and one leaves in 2024: two may leave in 2023, one in the other years."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": 1}}
    cadres: Cadres = {
        "A": {"post": "leader"},
        "B": {"post": "leader", "service_start": "2022"},
        "C": {"post": "leader", "retires": 2024},
    }
    problem = load(small(tmp_path, roster=cadres, absence=absence))
    assert rules(problem, ("A", "school", 2023), ("C", "school", 2023)) == []
    assert found(problem, ("A", "school", 2021), ("C", "school", 2021)).to_numpy().tolist() == [
        ["leaders", "office, 2021", "2 (A, C)", "1"]
    ]
    assert rules(problem, ("A", "school", 2024), ("B", "school", 2024)) == ["leaders"]
    alone: Cadres = {"A": {"post": "leader"}, "B": {"post": "leader", "service_start": "2022"}}
    problem = load(small(tmp_path / "alone", roster=alone, absence=absence))
    assert rules(problem, ("A", "school", 2021)) == []  # the only leader of that year


def test_leaders_current_study_counts_as_in_absence(tmp_path: Path) -> None:
    """Leaders who study away now are counted; if they are too many already, no further leader leaves."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": 2}}
    now = {"post": "leader", "studying": "school", "studying_until": 2021}
    problem = load(small(tmp_path, roster={"A": now, "B": {"post": "leader"}, "C": {}}, absence=absence))
    assert rules(problem, ("C", "school", 2021), ("B", "evening", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["leaders"]


@pytest.mark.parametrize(
    ("number", "held"), [(0, True), (1, False), (2, True), (3, True), (4, True), (5, True), (6, True), (7, True)]
)
def test_classes_are_whole(tmp_path: Path, number: int, held: bool) -> None:
    """With classes of 2 or 3, one cadre alone is no class; any larger number fills classes."""
    cadres: Cadres = {f"C{i}": {} for i in range(7)}
    problem = load(small(tmp_path, roster=cadres, classes={"evening": {"min": 2, "max": 3}}))
    assert rules(problem, *[(f"C{i}", "evening", 2021) for i in range(number)]) == ([] if held else ["classes"])


def test_classes_between_two_sizes(tmp_path: Path) -> None:
    """Classes of exactly 3: 3 and 6 a year, not 4; without `max` any number from `min`."""
    cadres: Cadres = {f"C{i}": {} for i in range(6)}
    exactly = load(small(tmp_path / "exactly", roster=cadres, classes={"evening": {"min": 3, "max": 3}}))
    at_least = load(small(tmp_path / "at_least", roster=cadres, classes={"evening": {"min": 3}}))
    chosen = [(name, "evening", 2021) for name in cadres]
    assert (rules(exactly, *chosen[:3]), rules(exactly, *chosen)) == ([], [])
    assert found(exactly, *chosen[:4]).to_numpy().tolist() == [
        ["classes", "evening, 2021", "4", "whole classes of 3-3"]
    ]
    assert (rules(at_least, *chosen[:4]), rules(at_least, *chosen[:2])) == ([], ["classes"])


def test_budget_of_every_year(tmp_path: Path) -> None:
    """Three starts at 0.1 cost 0.3 exactly; a fourth is too dear."""
    cadres: Cadres = {name: {} for name in "ABCD"}
    problem = load(small(tmp_path, roster=cadres, programmes={"school": {"cost": 0.1}}, budget={"per_year": 0.3}))
    chosen = [(name, "school", 2021) for name in "ABCD"]
    assert rules(problem, *chosen[:3], ("D", "school", 2022)) == []
    assert found(problem, *chosen).to_numpy().tolist() == [["budget", "2021", "0.4", "0.3"]]


def test_budget_by_year_limits_the_years_it_names(tmp_path: Path) -> None:
    """A year left out of the budget has no limit."""
    problem = load(small(tmp_path, programmes={"school": {"cost": 5}}, budget={"per_year": {"2022": 5}}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2021), ("C", "school", 2022)) == []
    assert rules(problem, ("A", "school", 2022), ("B", "school", 2022)) == ["budget"]


def test_every_require_pin_is_met(tmp_path: Path) -> None:
    """A pin asks for one start that has all it names."""
    problem = load(small(tmp_path, pins={"require": [{"cadre": "A", "programme": "school"}]}))
    assert rules(problem, ("A", "school", 2023)) == []
    assert rules(problem, ("A", "evening", 2023), ("B", "school", 2023)) == ["pins"]
    assert found(problem)["where"].tolist() == ["cadre A, programme school"]


def test_a_target_that_must_has_no_shortfall(tmp_path: Path) -> None:
    """Two of three is two thirds; without `must` a shortfall is no broken rule."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 2}
    hard, soft = (load(small(tmp_path / str(must), targets={"t": target | {"must": must}})) for must in (True, False))
    assert rules(hard, ("A", "school", 2021), ("B", "school", 2021)) == []
    assert found(hard, ("A", "school", 2021)).to_numpy().tolist() == [["must", "t", "1", "at least 2"]]
    assert rules(soft, ("A", "school", 2021)) == []


def test_a_pool_that_must_reaches_its_min_in_every_year(tmp_path: Path) -> None:
    """A year without any start is below `min`, too."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1}}
    hard, soft = (
        load(small(tmp_path / str(must), seats={"p": pool | {"must": must}}, horizon={"last": 2022}))
        for must in (True, False)
    )
    assert rules(hard, ("A", "school", 2021), ("B", "school", 2022)) == []
    assert found(hard, ("A", "school", 2021)).to_numpy().tolist() == [["must", "p, 2022", "0", "at least 1"]]
    assert rules(soft, ("A", "school", 2021)) == []


def test_a_pool_that_must_reaches_its_total(tmp_path: Path) -> None:
    """Over the horizon, past starts included, the pool has at least `total.min` starts."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "total": {"min": 2}}
    problem = load(small(tmp_path / "hard", seats={"p": pool | {"must": True}}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2024)) == []
    assert found(problem, ("A", "school", 2021)).to_numpy().tolist() == [["must", "p, 2021-2024", "1", "at least 2"]]
    past = with_history(tmp_path / "past", "Z,office,school,2020,2020,p,,", seats={"p": pool | {"must": True}})
    assert rules(past, ("A", "school", 2021)) == []
    assert rules(load(small(tmp_path / "soft", seats={"p": pool})), ("A", "school", 2021)) == []


SHARE = {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5, "must": True}


def test_a_share_that_must_is_met_over_the_horizon_or_in_every_year(tmp_path: Path) -> None:
    """One woman of two is half, one of three is not; `per: year` asks for it in each year."""
    cadres: Cadres = {"A": {}, "B": {}, "M": {"sex": "M"}, "N": {"sex": "M"}}
    whole, yearly, soft = (
        load(small(tmp_path / name, roster=cadres, shares={"s": SHARE | over}))
        for name, over in (("whole", {}), ("yearly", {"per": "year"}), ("soft", {"must": False}))
    )
    apart = [("M", "school", 2021), ("A", "school", 2022), ("N", "evening", 2021)]
    assert rules(whole, *apart) == []
    past = found(whole, *apart[:2], ("N", "school", 2022))
    assert past.to_numpy().tolist() == [["must", "s, 2021-2024", "1", "at least 2"]]
    assert found(yearly, *apart).to_numpy().tolist() == [["must", "s, 2021", "0", "at least 1"]]
    assert rules(yearly, ("M", "school", 2021), ("A", "school", 2021)) == []
    assert rules(soft, ("M", "school", 2021)) == []


def test_everything_broken_is_told(tmp_path: Path) -> None:
    """One fault hides no other."""
    problem = load(
        small(
            tmp_path,
            roster={"A": {"theory": "advanced", "retires": 2021}, "B": {}},
            programmes={"school": {"cost": 2, "eligible": {"sex": "M"}, "open": False}},
            budget={"per_year": 1},
            absence={"modes": ["full_time"], "bands": [{"away": 0}]},
            pins={"require": [{"cadre": "B"}], "forbid": [{"programme": "school"}]},
        )
    )
    expected = {"level", "eligible", "retires", "seat_pool", "forbid", "budget", "absence", "pins"}
    assert set(rules(problem, ("A", "school", 2021))) == expected
