"""Generated scenarios: of the size asked for, true to the published tables, the same bytes for the same seed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import planner
from planner.common.errors import InputError
from planner.common.files import RECORD
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.yaml_reader import read_document
from planner.messages import speaking
from planner.published.generator import (
    SHARED,
    Generated,
    default_published,
    generate,
    scenario_text,
    write_generated,
)
from planner.published.loading import Published, load_published
from planner.published.reconstruction import reconstruct
from planner.verification import broken_rules

VILLAGE = Path(__file__).parent / "cases" / "published"
SEATS = """
seats:
  masters: {programmes: [master], who: chiefs, per_year: {min: 1, max: 2}, total: 3}
  bachelors: {programmes: [bachelor], who: clerks, per_year: {max: 5}}
budget: {per_year: {2021: 30, 2022: 12.5}}
pins: {require: [{programme: bachelor, start: 2021}], forbid: [{cadre: P0001}, {start: 2022, programme: master}]}
priority: {hall: {who: {any: [{agency: [A1]}, {sex: F}]}, points: 0.00001}}
"""


@pytest.fixture(scope="module")
def scheme() -> Published:
    """The published tables that scenarios are cut from."""
    return default_published()


@pytest.fixture(scope="module")
def three(scheme: Published) -> Generated:
    """Three districts in two provinces: H001 and H002 in P01, H003 in P02."""
    return generate(scheme, 3, 5, province=2, rebuilt=1)


@pytest.fixture(scope="module")
def loaded(three: Generated, tmp_path_factory: pytest.TempPathFactory) -> Problem:
    """The same, written and read again."""
    folder = tmp_path_factory.mktemp("generated") / "three"
    write_generated(three, folder)
    return planner.load(folder / "scenario.yaml")


@pytest.fixture
def village(tmp_path: Path) -> Published:
    """A village with seats, a budget, pins and a condition on agencies, quick to draw."""
    shutil.copytree(VILLAGE, tmp_path / "village")
    base, tables = tmp_path / "village" / "base.yaml", tmp_path / "village" / "tables.yaml"
    base.write_text(base.read_text(encoding="utf-8") + SEATS, encoding="utf-8")
    halls = "agencies: {halls: {tables: [chiefs, council, clerks], codes: A, width: 1, number: 3}}\n"
    tables.write_text(tables.read_text(encoding="utf-8") + halls, encoding="utf-8")
    return load_published(tables)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def numbers(pool: dict) -> tuple[int, int, int]:
    total = pool["total"]
    return pool["per_year"]["min"], pool["per_year"]["max"], total["max"] if isinstance(total, dict) else total


def whos(value: object) -> Iterator[str]:
    """Every key of mappings, at any depth."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from whos(child)
    if isinstance(value, list):
        for child in value:
            yield from whos(child)


# --- size -----------------------------------------------------------------------------------------------------------


def test_a_scenario_has_the_size_asked_for(scheme: Published, three: Generated) -> None:
    """Every district has the cadres of the tables, its agencies, targets and pools; codes name the district."""
    sizes = three.roster.groupby("district").size()
    assert list(sizes.index) == ["H001", "H002", "H003"]
    assert (sizes == sizes.iloc[0]).all()
    assert three.roster["cadre"].is_unique
    for column in ("cadre", "agency"):
        assert (three.roster[column].str.split("-").str[0] == three.roster["district"]).all()
    assert set(three.roster["agency"]) == set(three.agencies["agency"])
    known = {
        name for name, target in scheme.scenario.targets.items() if not {"informatics", "language"} & {*target.level}
    }
    assert set(three.scenario["targets"]) == {f"{name}_H00{n}" for name in known for n in (1, 2, 3)}
    own = {f"{name}_H00{n}" for name in scheme.scenario.seats if name not in SHARED for n in (1, 2, 3)}
    assert set(three.scenario["seats"]) == own | {f"{name}_P0{n}" for name in SHARED for n in (1, 2)}


@pytest.mark.parametrize(("districts", "most", "sizes"), [(12, 11, [6, 6]), (100, 11, [10] * 10), (7, 3, [2, 2, 3])])
def test_provinces_are_of_equal_size(village: Published, districts: int, most: int, sizes: list[int]) -> None:
    """There are as few provinces as can be, none above the most districts, and they differ by one at most."""
    places = generate(village, districts, province=most, rebuilt=1).roster[["district", "province"]].drop_duplicates()
    assert sorted(places.groupby("province").size()) == sizes


# --- the same again -------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(village: Published, tmp_path: Path) -> None:
    """Twice the same arguments, whatever the language spoken: every file byte for byte; another seed: other people."""
    with speaking("en"):
        write_generated(generate(village, 4, 7, shared=["masters"]), tmp_path / "one")
    with speaking("vi"):
        write_generated(generate(village, 4, 7, shared=["masters"]), tmp_path / "two")
    write_generated(generate(village, 4, 8, shared=["masters"]), tmp_path / "other")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert files(tmp_path / "one")["roster.csv"] != files(tmp_path / "other")["roster.csv"]


def test_a_district_is_the_same_in_every_size(village: Published) -> None:
    """The first districts of a large scenario are those of a small one, so that costs by size can be compared."""
    small, large = generate(village, 2, 7, rebuilt=3), generate(village, 5, 7, rebuilt=3)
    first = large.roster[large.roster["district"] <= "H002"].reset_index(drop=True)
    pd.testing.assert_frame_equal(small.roster, first)
    targets = large.scenario["targets"]
    assert {name: targets[name] for name in small.scenario["targets"]} == small.scenario["targets"]


def test_districts_differ(three: Generated) -> None:
    """Districts with the same counts have people of their own."""
    years = {tuple(part["birth_year"]) for _, part in three.roster.groupby("district")}
    assert len(years) == 3


# --- true to the tables ---------------------------------------------------------------------------------------------


@pytest.mark.long
def test_one_district_is_the_base(scheme: Published, tmp_path: Path) -> None:
    """One district without scarcity has the roster that is rebuilt of its seed and the base's targets and pools."""
    one = generate(scheme, 1, 2021, scarcity=1)
    rebuilt = reconstruct(scheme, 2021).roster
    own = one.roster[rebuilt.columns].apply(lambda column: column.str.removeprefix("H001-"))
    pd.testing.assert_frame_equal(own, rebuilt)
    write_generated(one, tmp_path / "one")
    problem, base = planner.load(tmp_path / "one" / "scenario.yaml"), scheme.scenario
    for name, pool in problem.scenario.seats.items():
        origin = base.seats[re.sub("_[HP][0-9]+$", "", name)]
        assert (pool.per_year, pool.total, pool.programmes) == (origin.per_year, origin.total, origin.programmes)
    assert len(problem.scenario.seats) == len(base.seats)
    assert (problem.scenario.goals, problem.scenario.lot, problem.scenario.absence) == (
        base.goals,
        base.lot,
        base.absence,
    )


def test_shares_are_those_of_the_tables(scheme: Published, three: Generated) -> None:
    """In every district each post has the people of the rebuilt roster, and their levels and sex in its shares."""
    base = pd.read_csv(scheme.file.parent / "roster.csv", dtype=str, keep_default_na=False)
    for _, district in three.roster.groupby("district"):
        pd.testing.assert_series_equal(
            district["post"].value_counts().sort_index(), base["post"].value_counts().sort_index()
        )
        for column in ("education", "theory", "administration", "sex", "ethnic_minority"):
            wanted, found = (pd.crosstab(each["post"], each[column], normalize="all") for each in (base, district))
            assert np.abs(found.sub(wanted, fill_value=0).fillna(0)).to_numpy().max() < 0.04, column


# --- the scenario ---------------------------------------------------------------------------------------------------


def test_a_scenario_reads_without_faults(three: Generated, loaded: Problem) -> None:
    """What is written is read as it was meant, and every target and pool stays in its district or province."""
    file = Path(loaded.source.files[0])
    assert read_document(file).plain() == three.scenario
    assert len(loaded.cadres) == len(three.roster)
    for name, members in {**loaded.members, **loaded.pools}.items():
        place = name.rpartition("_")[2]
        column = "district" if place.startswith("H") else "province"
        assert members.any()
        assert set(loaded.cadres.loc[members, column]) == {place}, name


def test_targets_ask_for_as_many_as_in_the_base(scheme: Published, loaded: Problem) -> None:
    """Each district's target asks for the number that the base's does of the same people."""
    for name, target in loaded.scenario.targets.items():
        base = scheme.scenario.targets[name.rpartition("_")[0]]
        assert target.level == base.level
        assert required(target, int(loaded.counted(name).sum())) == required(base, int(loaded.members[name].sum()))
    committee = [int(loaded.members[f"committee_master_H00{n}"].sum()) for n in (1, 2, 3)]
    assert committee == [scheme.content.tables["committee"].total] * 3


@pytest.mark.parametrize("block", ["district", "commune"])
@pytest.mark.parametrize("what", ["postgraduate", "advanced"])
def test_provincial_pools_cover_their_province(loaded: Problem, block: str, what: str) -> None:
    """A province's pool covers the block's cadres in all its districts and nobody else, and no district has its own."""
    for province, districts in {"P01": ["H001", "H002"], "P02": ["H003"]}.items():
        wanted = loaded.cadres["district"].isin(districts) & (loaded.cadres["block"] == block)
        assert (loaded.pools[f"{block}_{what}_{province}"] == wanted.to_numpy()).all()
    assert f"{block}_{what}_H001" not in loaded.pools


def test_provincial_seats_are_scarce(scheme: Published, three: Generated) -> None:
    """A province has the seats of its districts times the scarcity: least down, most up, total to the nearest."""
    assert numbers(three.scenario["seats"]["district_postgraduate_P01"]) == (11, 13, 56)  # 0.8 x 2 x (7, 8, 35)
    assert numbers(three.scenario["seats"]["commune_advanced_P02"]) == (1, 3, 9)  # 0.8 x (2, 3, 11)
    for name in SHARED:
        printed, total = scheme.scenario.seats[name].total, three.scenario["seats"][f"{name}_P01"]["total"]
        assert total["min"] == total["max"]
        assert abs(Fraction(8, 5) * printed.min - total["max"]) <= Fraction(1, 2)


def test_conditions_are_comparisons_of_columns(three: Generated) -> None:
    """No target and no pool names a group, and no condition compares an agency of one district."""
    for section in ("targets", "seats"):
        assert all(isinstance(entry["who"], dict) for entry in three.scenario[section].values())
    assert "agency" not in set(whos({key: three.scenario[key] for key in ("groups", "programmes", "approval")}))
    assert "agency_in_district" in set(whos(three.scenario["groups"]))


def test_budget_pins_and_agencies_fit_many_districts(village: Published, tmp_path: Path) -> None:
    """A budget grows with the districts, pins on cadres go, and a condition on agencies holds in every district."""
    made = generate(village, 3, 7, shared=["masters"])
    assert made.scenario["budget"]["per_year"] == {"2021": 90, "2022": 37.5}
    assert made.scenario["pins"] == {
        "require": [{"programme": "bachelor", "start": 2021}],
        "forbid": [{"start": 2022, "programme": "master"}],
    }
    assert made.scenario["seats"]["bachelors_H002"]["per_year"] == {"max": 5}
    write_generated(made, tmp_path / "made")
    problem = planner.load(tmp_path / "made" / "scenario.yaml")
    favoured = problem.cadres[problem.favoured["hall"] & (problem.cadres["sex"] == "M").to_numpy()]
    assert set(favoured["agency"]) == {"H001-A1", "H002-A1", "H003-A1"}


def test_a_generated_scenario_is_solved(village: Published, tmp_path: Path) -> None:
    """Districts that share seats have a plan that is proven in every goal and holds when it is derived again."""
    write_generated(generate(village, 4, 7, province=2, shared=["masters"]), tmp_path / "made")
    problem = planner.load(tmp_path / "made" / "scenario.yaml")
    plan = planner.solve(problem)
    assert plan.status == "optimal"
    assert broken_rules(problem, plan.assignments).empty


def test_text_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Small numbers, codes that look like numbers and letters of all kinds come back as they were."""
    scenario = {
        "title": {"vi": "Hoàng Su Phì: 100 %"},
        "few": [0.00001, 1.0, 12, "012", "yes", True, "1.5", "a, b", "#no"],
        "targets": {"1": {"who": {"post": ["x: y", "{"]}, "share": 0.15}},
        "seats": {},
    }
    (tmp_path / "made.yaml").write_text(scenario_text(scenario), encoding="utf-8")
    assert read_document(tmp_path / "made.yaml").plain() == scenario | {"seats": None}


# --- refusals -------------------------------------------------------------------------------------------------------


def test_wrong_arguments_are_told_together(village: Published) -> None:
    """No districts, a negative seed, no scarcity, an unknown pool: one message names them all."""
    with speaking("en"), pytest.raises(InputError) as told:
        generate(village, 0, -1, scarcity=float("nan"), province=0, rebuilt=0, shared=["master"])
    keys = ["districts: ", "seed: ", "scarcity: ", "province: ", "rebuilt: ", "did you mean 'masters'"]
    assert all(key in str(told.value) for key in keys)
    assert len(told.value.faults) == len(keys)


def test_more_cadres_than_a_roster_may_have_are_refused(village: Published) -> None:
    """What could not be read afterwards is not made."""
    with speaking("en"), pytest.raises(InputError, match="more than the 500\xa0000 rows"):
        generate(village, 100_000)
    with pytest.raises(InputError):
        generate(village, 10**12)


def test_columns_of_its_own_are_refused(village: Published) -> None:
    """Tables that have a district or a province already are not overwritten."""
    text = village.file.read_text(encoding="utf-8").replace("who: {post: clerk}", "who: {post: clerk, district: x}")
    village.file.write_text(text, encoding="utf-8")
    with speaking("en"), pytest.raises(InputError, match="'district'"):
        generate(load_published(village.file), 2)


def test_force_replaces_what_was_generated_and_nothing_else(village: Published, tmp_path: Path) -> None:
    """An existing folder needs --force, and somebody's own scenario with its tables is never replaced."""
    made = generate(village, 1)
    write_generated(made, tmp_path / "made")
    with pytest.raises(InputError):
        write_generated(made, tmp_path / "made")
    write_generated(made, tmp_path / "made", force=True)
    (tmp_path / "made" / "generated.json").unlink()
    with pytest.raises(InputError):
        write_generated(made, tmp_path / "made", force=True)
    assert set(files(tmp_path / "made")) - {RECORD} == {"scenario.yaml", "roster.csv", "agencies.csv"}
