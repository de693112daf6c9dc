"""Reserves: the best who steps in for a place, in order, against every candidate tried and every plan counted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import yaml
from brute_force import best_plan
from commands import planner as command
from random_scenarios import random_scenario
from years import a_run, again, ledger, starts

import planner
from planner import load
from planner.analysis.parallel import Parallel
from planner.analysis.replanning.places import Places, Start, admissible
from planner.analysis.replanning.reserves import reserves as of_lists
from planner.analysis.what_if import reworded, starts_of, with_goals, with_pin, worth
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.library.years import YearsReserves, reserves
from planner.messages import say, speaking
from planner.model.goals import kind_of, telling
from planner.plans.run_folder import read_run
from planner.solver import solve_problem

pytestmark = pytest.mark.usefixtures("english", "in_threads")

OLD = {"birth_year": 1960}
PEOPLE: dict[str, dict[str, Any]] = {"A": {}, "B": {}, "C": {}, "D": OLD, "E": {"sex": "M"}}
SCHEME: dict[str, Any] = {
    "horizon": {"last": 2023},
    "priority": {
        "old": {"who": {"age": {"min": 50}}, "points": 2, "programmes": ["school"]},
        "men": {"who": {"sex": "M"}, "points": 1, "programmes": ["school"]},
    },
    "goals": ["attainment", "priority", "early", "lot"],
}


def asked(run: Path, year: int, number: int = 3) -> YearsReserves:
    """The reserves of a year."""
    return reserves(run, year, number, parallel=Parallel(1))


Ranked = list[tuple[tuple[Fraction, ...], str]]


def tried(
    run: Path, year: int, place: tuple[str, str, int], folder: Path, before: dict[str, str] | None = None
) -> Ranked:
    """Every cadre in a place, the others of the year as announced: goals and cadre, the best first, by every plan.

    `""` is the place left empty; `before` says of other places of the list who was called for whom.
    """
    again(run, year).write(folder)
    announced = {start for start in starts(read_run(run).plan()) if start[2] == year}
    for declined, called in (before or {}).items():
        announced = announced - {(declined, *place[1:])} | {(called, *place[1:])}
    people = pd.read_csv(folder / "inputs" / "roster.csv")["cadre"].astype(str)
    programmes = yaml.safe_load((folder / "inputs" / "scenario.yaml").read_text())["programmes"]
    senses = {"priority": -1}
    found = []
    for cadre in [*people, ""]:
        wanted = (announced - {place}) | ({(cadre, *place[1:])} if cadre else set())
        if cadre in {place[0], *(before or {})} or (cadre and (cadre, *place[1:]) in announced):
            continue
        others = [(code, name, year) for code in people for name in programmes if (code, name, year) not in wanted]
        pins = {
            kind: [dict(zip(("cadre", "programme", "start"), start, strict=True)) for start in sorted(rows)]
            for kind, rows in (("require", wanted), ("forbid", others))
        }
        path = folder / "inputs" / "tried.yaml"
        path.write_text(yaml.safe_dump({"extends": "scenario.yaml", "pins": pins}), encoding="utf-8")
        best = best_plan(path)
        if best.goals is not None:
            found.append((tuple(senses.get(goal, 1) * value for goal, value in best.goals.items()), cadre))
    return sorted(found)


def checked(run: Path, year: int, folder: Path) -> int:
    """Every list of a year against all that was tried; how many reserves there were."""
    found = asked(run, year, 2)
    number = 0
    for place, each in enumerate(found.found.lists):
        own = each.places
        ranked = tried(run, year, (each.declined, own.programme, year), folder / f"list{place}")
        pooled = {row.cadre for row in each.reserves}
        best = [cadre for _, cadre in ranked if cadre]
        assert [row.cadre for row in each.reserves] == best[:2], (own, ranked)
        assert len(pooled) == len(each.reserves)
        values = {cadre: goals for goals, cadre in ranked}
        for row in each.reserves:
            told = [value * (-1 if goal == "priority" else 1) for goal, value in row.goals.items()]
            assert tuple(told) == values[row.cadre][: len(told)]
            assert row.worse_than_nobody == ("" in values and values[""][: len(told)] < values[row.cadre][: len(told)])
        for other, order in each.others.items():
            ranked = tried(run, year, (other, own.programme, year), folder / f"list{place}{other}")
            assert list(order) == [cadre for _, cadre in ranked if cadre][:2], (own, other, ranked)
        for turn in range(1, len(each.in_turn)):
            before = dict(zip(own.cadres[:turn], each.in_turn[:turn], strict=True))
            seat = (own.cadres[turn], own.programme, year)
            ranked = tried(run, year, seat, folder / f"list{place}turn{turn}", before)
            assert each.in_turn[turn] == next(cadre for _, cadre in ranked if cadre)
        number += len(each.reserves)
    return number


@pytest.mark.parametrize(("year", "last"), [(2021, 2022), (2022, 2023), (2023, 2023)])
def test_the_best_steps_in_and_the_next_best_follows(tmp_path: Path, year: int, last: int) -> None:
    """As trying every cadre and every plan of later years finds it, to the lot between equals; so with the costs."""
    run = a_run(tmp_path, PEOPLE, **{**SCHEME, "horizon": {"last": last}})
    assert checked(run, year, tmp_path / "tried") == 2


@pytest.mark.long
def test_with_several_lists_and_limits(tmp_path: Path) -> None:
    """Two programmes, two pools, one away from an office at a time: each list has its own, of its own pool."""
    people = {
        "A": {"agency": "one"}, "B": {"agency": "one"}, "C": {"agency": "two", "sex": "M"},
        "D": {"agency": "two", "sex": "M"}, "E": {"agency": "three", "sex": "M", "theory": "none"},
        "F": {"agency": "three", "theory": "none"},
    }  # fmt: skip
    seats = {
        "school": {"who": {"sex": "F"}, "per_year": {"max": 1}},
        "men": {"programmes": ["school"], "who": {"sex": "M"}, "per_year": {"max": 1}},
        "basics": {"programmes": ["basics"], "who": {"sex": ["F", "M"]}, "per_year": {"max": 1}},
    }
    absence = {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 1}]}
    targets = {"begun": {"who": {"sex": ["F", "M"]}, "level": {"theory": "intermediate"}, "share": 1.0}}
    run = a_run(
        tmp_path, people, {"one": 3, "two": 3, "three": 3},
        seats=seats, absence=absence, targets=targets, horizon={"last": 2022},
    )  # fmt: skip
    assert checked(run, 2021, tmp_path / "tried") == 3
    lists = asked(run, 2021).found.lists
    assert {(each.places.programme, each.places.pools) for each in lists} == {
        ("basics", ("basics",)), ("school", ("school",)), ("school", ("men",)),
    }  # fmt: skip


TWO_PLACES: dict[str, Any] = {
    "absence": {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 1}]},
    "seats": {"school": {"per_year": {"max": 2}}},
    "horizon": {"last": 2021},
    "pins": {"require": [{"cadre": code, "programme": "school", "start": 2021} for code in "AC"]},
    "goals": ["attainment", "priority", "early", "lot"],
}
OFFICES = {"A": "one", "B": "one", "C": "two", "D": "three", "E": "three"}


def two_places(folder: Path, first: str, second: str) -> Path:
    """A and C go, of offices that spare one; who steps in is the one with more points."""
    people = {code: {"agency": office, "post": code} for code, office in OFFICES.items()}
    points = {
        code: {"who": {"post": code}, "points": by, "programmes": ["school"]} for code, by in ((first, 3), (second, 2))
    }
    return a_run(folder, people, dict.fromkeys(OFFICES.values(), 3), priority=points, **TWO_PLACES)


def test_the_order_hangs_on_who_declines_and_on_who_was_called(tmp_path: Path) -> None:
    """B has most points, but his office spares one: he steps in for A alone, and then D, not he, for C."""
    run = two_places(tmp_path, "B", "D")
    found = asked(run, 2021)
    (only,) = found.found.lists
    assert only.order == ("B", "D", "E")
    assert only.others == {"C": ("D", "E")}
    assert only.other_orders == {("D", "E"): ["C"]}
    assert only.in_turn == ("B", "D")
    row = found.table.iloc[0]
    assert (row["same_order_for"], row["other_orders"], row["in_turn"]) == ("", "C: D E", "B D")


def test_who_was_called_first_may_bar_the_next(tmp_path: Path) -> None:
    """D has most points and steps in for either, E next; but of their office one is away: B goes for the second."""
    run = two_places(tmp_path, "D", "E")
    (only,) = asked(run, 2021).found.lists
    assert only.order == ("D", "E", "B")
    assert only.others == {"C": ("D", "E")}
    assert only.in_turn == ("D", "B")
    told = command("reserves", run, "--year", 2021, "--quiet").stdout
    with speaking("en"):
        assert say("reserves_in_turn", names="A, C", order="D, B") in told
        assert say("reserves_other_order", names="C", order="D, E") in told
    words = [cell.value for row in openpyxl.load_workbook(run / "reserves-2021.xlsx").worksheets[0] for cell in row]
    assert any(str(word).endswith(say("reserves_in_turn", names="A, C", order="D, B")) for word in words)


@pytest.mark.long
@pytest.mark.parametrize("favoured", ["BD", "DE", "EB"])
def test_each_order_is_the_one_that_trying_everybody_finds(tmp_path: Path, favoured: str) -> None:
    """Whoever declines, and for two who decline one after the other."""
    assert checked(two_places(tmp_path, *favoured), 2021, tmp_path / "tried") == 2


def again_by(problem: Problem, declined: list[Start], going: set[Start]) -> tuple[Fraction, ...] | None:
    """The goals of the best plan of an edited scenario in whose first year some starts happen and no other."""
    year, pins = problem.scenario.horizon.first, problem.scenario.pins
    met = [pin for pin in pins.require if any(matches(pin, start) for start in declined)]
    kept = pins.model_copy(update={"require": [pin for pin in pins.require if pin not in met]})
    edited = reworded(problem, lambda scenario: scenario.model_copy(update={"pins": kept}))
    others = {start for start in admissible(problem) if start[2] == year} - going
    for kind, starts_ in (("require", going), ("forbid", others)):
        edited = with_pin(edited, kind, *(Pin(cadre=c, programme=p, start=y) for c, p, y in sorted(starts_)))
    plan = solve_problem(with_goals(edited, [*telling(problem.scenario.goals), "lot"]))
    if not plan.found:
        return None
    return tuple(value * (1 if kind_of(goal).sense == "min" else -1) for goal, value in worth(plan).items())


def matches(pin: Pin, start: Start) -> bool:
    return pin.cadre == start[0] and pin.programme in (None, start[1]) and pin.start in (None, start[2])


def order_by(
    problem: Problem, announced: list[Start], places: Places, declined: Sequence[str], called: Sequence[str] = ()
) -> list[str]:
    """Who may take a place, the best first, each by the best plan of a scenario edited for him."""
    gone = [places.start(cadre) for cadre in declined]
    rest = (set(announced) - {*gone}) | {places.start(cadre) for cadre in called}
    able = [cadre for cadre in places.able if cadre not in called]
    found = [(again_by(problem, gone, rest | {places.start(cadre)}), cadre) for cadre in able]
    return [cadre for _, cadre in sorted((value, cadre) for value, cadre in found if value is not None)]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(24))
def test_the_orders_of_random_schemes_are_those_of_edited_scenarios(seed: int, tmp_path: Path) -> None:
    """Whoever declines, the first two are those whose edited scenarios are solved best; so in turn, and left empty."""
    problem = load(random_scenario(seed, tmp_path, "small"))
    plan = planner.solve(problem)
    announced = [start for start in starts_of(plan) if start[2] == problem.scenario.horizon.first] if plan.found else []
    for each in of_lists(problem, announced, 2, parallel=Parallel(1)).lists if announced else ():
        places = each.places
        for cadre, told in {each.declined: each.order, **each.others}.items():
            assert order_by(problem, announced, places, [cadre])[:2] == [*told], cadre
        for turn in range(1, len(each.in_turn)):
            ranked = order_by(problem, announced, places, places.may_decline[: turn + 1], each.in_turn[:turn])
            assert ranked[0] == each.in_turn[turn]
        gone = places.start(each.declined)
        empty = again_by(problem, [gone], set(announced) - {gone})
        assert (empty is None) == (each.empty is None)
        if empty is not None and each.empty is not None:
            signed = [value * (1 if kind_of(goal).sense == "min" else -1) for goal, value in each.empty.items()]
            assert list(empty[: len(signed)]) == signed


def test_who_was_called_is_recorded_and_the_reserves_are_named_again(tmp_path: Path) -> None:
    """A declined and D was admitted: his place is not free, he cannot decline, and E of his office steps in no more."""
    run = two_places(tmp_path, "D", "E")
    planner.record(run, ledger(tmp_path, "2021-02-01,declined,A,school,2021", "2021-02-05,admitted,D,school,2021"))
    found = asked(run, 2021)
    assert found.free == ()
    (only,) = found.found.lists
    assert (only.places.cadres, only.places.begun, only.declined) == (("C", "D"), ("D",), "C")
    assert only.order == ("B",)
    planner.record(run, ledger(tmp_path, "2021-02-06,admitted,C,school,2021", name="more.csv"))
    assert asked(run, 2021).found.lists == ()


def test_what_began_against_the_scheme_is_told(tmp_path: Path) -> None:
    """Somebody too high to start it was admitted: no plan has that, and no reserve is proven beside it."""
    run = a_run(tmp_path, {"A": {}, "B": {}, "C": {"theory": "none"}}, horizon={"last": 2022})
    planner.record(run, ledger(tmp_path, "2021-02-05,admitted,C,school,2021"))
    with pytest.raises(planner.InputError, match="C is recorded as admitted to school in 2021"):
        asked(run, 2021)


def test_for_whom_a_reserve_cannot_step_in(tmp_path: Path) -> None:
    """Of an office that spares one: for whoever of it declines alone; of another office for everybody."""
    people = {"A": {"agency": "one"}, "B": {"agency": "one"}, "C": {"agency": "two"}, "D": {"agency": "three"}}
    absence = {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 1}]}
    run = a_run(
        tmp_path, people, {"one": 3, "two": 3, "three": 3}, absence=absence,
        seats={"school": {"per_year": {"max": 2}}}, horizon={"last": 2022},
        pins={"require": [{"cadre": "A", "start": 2021}, {"cadre": "C", "start": 2021}]},
    )  # fmt: skip
    (only,) = asked(run, 2021).found.lists
    assert only.places.cadres == ("A", "C")
    assert {row.cadre: row.not_for for row in only.reserves} == {"B": ("C",), "D": ()}


def test_the_ledger_counts(tmp_path: Path) -> None:
    """Who left is no reserve, and a place whose cadre declined is told as free; the lists are of those who go."""
    run = a_run(tmp_path, PEOPLE, **{**SCHEME, "seats": {"school": {"per_year": {"max": 2}}}})
    going = sorted(start[0] for start in starts(read_run(run).plan()) if start[2] == 2022)
    waiting = [row.cadre for row in asked(run, 2022).found.lists[0].reserves]
    rows = [f"2022-01-05,declined,{going[0]},school,2022", f"2021-05-01,left,{waiting[0]}"]
    planner.record(run, ledger(tmp_path, *rows))
    found = asked(run, 2022)
    assert found.free == ((going[0], "school", 2022),)
    (only,) = found.found.lists
    assert only.places.cadres == (going[1],)
    assert waiting[0] not in [row.cadre for row in only.reserves]
    assert going[0] not in [row.cadre for row in only.reserves]


def test_nobody_is_left(tmp_path: Path) -> None:
    """A list without reserves has a row that says so; a year in which nobody starts has no list."""
    run = a_run(tmp_path, {"A": {}}, horizon={"last": 2022})
    found = asked(run, 2021)
    assert found.table["cadre"].tolist() == [""]
    assert found.table["places"].tolist() == [1]
    assert asked(run, 2022).table.empty


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_command(tmp_path: Path, lang: str) -> None:
    """It tells each list, writes the workbook into the run folder, which still verifies, or the table."""
    people = {code: {**own, "name": f"Người {code}"} for code, own in PEOPLE.items()}
    run = a_run(tmp_path, people, **SCHEME)
    done = command("reserves", run, "--year", 2022, "--number", 2, "--quiet", "--with-names", lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    best = asked(run, 2022, 2).found.lists[0].reserves
    sheet = openpyxl.load_workbook(run / "reserves-2022.xlsx").worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    with speaking(lang):
        assert sheet.title == say("reserves_sheet")
        assert say("reserves_title") in cells
        assert say("nominees_reason") in cells
    order = [cell for cell in cells if cell in people]
    assert order == [row.cadre for row in best]
    assert [f"Người {code}" in cells for code in order] == [True, True]
    assert command("verify", run, lang=lang).returncode == 0
    assert command("reserves", run, "--year", 2022, "--quiet").returncode == 2  # it is there already
    table = tmp_path / "reserves.csv"
    assert command("reserves", run, "--year", 2022, "--number", 2, "--out", table, "--quiet").returncode == 0
    assert pd.read_csv(table)["cadre"].tolist() == order


@pytest.mark.parametrize("options", [("--number", 0), ("--out", "lists.txt"), ("--year", 2030)])
def test_what_is_refused(tmp_path: Path, options: tuple[object, ...]) -> None:
    """No reserves, another kind of file, a year that the plan has not."""
    run = a_run(tmp_path, {"A": {}, "B": {}}, horizon={"last": 2022})
    given = {"--year": 2021, "--out": tmp_path / "lists.xlsx", **dict([options])}
    done = command("reserves", run, *(part for pair in given.items() for part in pair), "--quiet")
    assert done.returncode == 2
    assert done.stderr
