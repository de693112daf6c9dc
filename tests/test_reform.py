"""A reform as events: offices merge and end, cadres move, groups are re-keyed; what cannot be is refused by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from commands import planner as command
from years import a_run, again, named, roster, starts

import planner
from planner import InputError
from planner.library.years import Replan, replan
from planner.messages import say, speaking

pytestmark = pytest.mark.usefixtures("english")
SCHEME = Path(__file__).parents[1] / "scenarios" / "hoang-su-phi"

PEOPLE: dict[str, dict[str, Any]] = {
    "A": {"agency": "d1", "post": "head", "block": "district"},
    "B": {"agency": "d1", "block": "district"},
    "C": {"agency": "c1", "block": "commune"},
    "D": {"agency": "c2", "post": "head", "block": "commune"},
}
SIZES = {"d1": 3, "c1": 4, "c2": 5, "s1": 6}
REFORM: dict[str, Any] = {
    "source": "assumed",
    "from": "2022-07-01",
    "offices": {"x1": {"merges": ["c1", "c2"]}, "p1": {"set": {"block": "province"}}},
    "ends": ["d1"],
    "moves": {"up": {"who": {"post": "head", "agency": "d1"}, "to": "p1"}, "down": {"cadres": ["B"], "to": "x1"}},
}


def district(folder: Path, **overrides: Any) -> Path:
    """A run of two communes, a district office and a school; everybody goes to school, two seats a year."""
    told = {"seats": {"school": {"per_year": {"max": 2}}}, **overrides}
    return a_run(folder, PEOPLE, SIZES, **told)


def file(folder: Path, **changes: Any) -> Path:
    """A reform file that differs in some keys; None removes one."""
    said = {key: value for key, value in {**REFORM, **changes}.items() if value is not None}
    path = folder / "reform.yaml"
    path.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    return path


def reformed(run: Path, year: int = 2022, **changes: Any) -> Replan:
    """The plan made again under the reform."""
    return replan(run, year, reform=file(run.parent, **changes), priced=False)


def refused(run: Path, **changes: Any) -> list[str]:
    """The faults of a reform that cannot be, each with its line."""
    with pytest.raises(InputError) as caught:
        reformed(run, **changes)
    told = str(caught.value).splitlines()
    assert all("reform.yaml, line" in line for line in told), told
    return [line.partition(": ")[2] for line in told]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the district; to be read."""
    return district(tmp_path_factory.mktemp("district"))


# --- who goes where -------------------------------------------------------------------------------------------------


def test_offices_merge_and_end_and_everybody_is_told(made: Path, tmp_path: Path) -> None:
    """The people, the offices and their posts; each event with the line that says so; the new run stands for itself."""
    found = reformed(made)
    assert dict(roster(found)["agency"]) == {"A": "p1", "B": "x1", "C": "x1", "D": "x1"}
    assert dict(roster(found)["block"]) == {"A": "province", "B": "district", "C": "commune", "D": "commune"}
    sizes = found.plan.problem.agencies.set_index("agency")["headcount"]
    assert dict(sizes) == {"s1": 6, "x1": 4 + 5 + 1, "p1": 1}
    moved = found.news[found.news["what"] == "transferred"]
    assert named(moved, "cadre", "detail") == [("A", "p1"), ("B", "x1"), ("C", "x1"), ("D", "x1")]
    lines = (made.parent / "reform.yaml").read_text().splitlines()
    own = dict(
        zip(moved["cadre"], (lines[int(entry.split(":")[1]) - 1].strip() for entry in moved["entry"]), strict=True)
    )
    assert own == {"A": "up:", "B": "down:", "C": "- c1", "D": "- c2"}
    assert list(found.events["event"]) == ["transferred"] * 4 + ["changed"]
    table = found.reform.offices.set_index("office") if found.reform else pd.DataFrame()
    assert dict(table["how"]) == {"s1": "same", "x1": "sum", "p1": "sum", "d1": "ended"}
    assert table.loc["d1", ["was", "moved_out"]].tolist() == [3, 2]
    assert any("1 post ends" in str(note) for note in found.notes)
    found.write(tmp_path / "new")
    assert planner.verify(tmp_path / "new").empty
    assert (tmp_path / "new" / "reform.csv").exists()
    later = again(tmp_path / "new", 2023)
    assert starts(later.plan) == {start for start in starts(found.plan) if start[2] >= 2023}


def test_an_office_that_stays_takes_in_others(made: Path) -> None:
    """Under its own name, with the posts of both; whoever moves away takes his post along."""
    offices = {"c1": {"merges": ["c2"]}, "p1": {}}
    moves = {"up": {"who": {"agency": "d1"}, "to": "p1"}, "out": {"cadres": ["D"], "to": "p1"}}
    found = reformed(made, offices=offices, moves=moves)
    assert dict(roster(found)["agency"]) == {"A": "p1", "B": "p1", "C": "c1", "D": "p1"}
    assert dict(found.plan.problem.agencies.set_index("agency")["headcount"]) == {"c1": 8, "s1": 6, "p1": 3}


def test_a_headcount_that_is_given_has_a_source(made: Path) -> None:
    """With it the number counts, however many moved; without it the line is refused; one too small is told."""
    offices = {**REFORM["offices"], "x1": {"merges": ["c1", "c2"], "headcount": 3, "source": "assumed"}}
    found = reformed(made, offices=offices)
    assert found.plan.problem.agencies.set_index("agency")["headcount"]["x1"] == 3
    assert not any("headcount of 3" in str(note) for note in found.notes)
    offices["x1"] = {**offices["x1"], "headcount": 2}
    assert any("has a headcount of 2, but 3 cadres" in str(note) for note in reformed(made, offices=offices).notes)
    offices["x1"] = {"merges": ["c1", "c2"], "headcount": 3}
    assert refused(made, offices=offices)[0].startswith("offices.x1.headcount: a headcount that is given needs")


def test_a_move_goes_before_a_merger_and_its_value_before_the_offices(made: Path) -> None:
    """C's office becomes x1, but C moves; what the move sets outranks what the new office sets."""
    moves = {**REFORM["moves"], "c": {"cadres": ["C"], "to": "p1", "set": {"block": "special"}}}
    found = reformed(made, moves=moves)
    assert dict(roster(found)["agency"])["C"] == "p1"
    assert dict(roster(found)["block"])["C"] == "special"
    assert dict(roster(found)["block"])["A"] == "province"


def test_groups_are_rekeyed_from_then_on(tmp_path: Path) -> None:
    """Seats of the district's people go on for them by a column that the reform adds; the target speaks of the new."""
    groups = {"district": {"block": "district"}}
    run = district(tmp_path, groups=groups, seats={"school": {"who": "district", "per_year": {"max": 1}}})
    assert {start[0] for start in starts(planner.read_run(run).plan())} == {"A", "B"}
    moves = {**REFORM["moves"], "mark": {"who": "district", "set": {"from_district": "yes", "block": "commune"}}}
    rekeyed = {"district": {"block": None, "from_district": "yes"}}
    scenario = {"groups": rekeyed, "targets": {"theory": {"who": {"block": "commune"}}}}
    found = reformed(run, offices={"x1": {"merges": ["c1", "c2"]}, "p1": {}}, moves=moves, scenario=scenario)
    assert dict(roster(found)["from_district"]) == {"A": "yes", "B": "yes", "C": "", "D": ""}
    assert {start[0] for start in starts(found.plan)} <= {"A", "B"}
    assert found.plan.attainment["members"].tolist() == [4]


def test_the_limits_are_those_of_the_merged_office(tmp_path: Path) -> None:
    """At the bound of a band two may be away together and nothing changes; one post past it, one place is moved."""
    absence = {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 2}, {"up_to": 20, "away": 1}]}
    people = {name: {"agency": office} for name, office in {"A": "d1", "B": "c1", "C": "c2", "D": "s1"}.items()}
    run = a_run(
        tmp_path, people, SIZES, absence=absence, horizon={"first": 2021, "last": 2023},
        seats={"school": {"per_year": {"max": 2}}},
    )  # fmt: skip
    before = starts(planner.read_run(run).plan())
    pair = sorted(start[0] for start in before if start[2] == 2022)
    offices = dict(zip(people, ("d1", "c1", "c2", "s1"), strict=True))
    one, two = offices[pair[0]], offices[pair[1]]
    stays = {"pins": {"require": [{"cadre": pair[1], "programme": "school", "start": 2022}]}}
    others = {"ends": [], "moves": {}, "scenario": stays}
    at = {"x1": {"merges": [one, two], "headcount": 9, "source": "assumed"}}
    assert starts(reformed(run, offices=at, **others).plan) == {start for start in before if start[2] >= 2022}
    past = {"x1": {"merges": [one, two], "headcount": 10, "source": "assumed"}}
    found = replan(run, 2022, reform=file(run.parent, offices=past, **others))
    assert len([start for start in starts(found.plan) if start[2] == 2022 and start[0] in pair]) == 1
    changed = [change for change in found.changes if change.kind != "kept"]
    forced = next(change for change in changed if change.cadre == pair[0])
    assert forced.cause == "forced"
    assert "absence[x1, 2022]" in forced.rules
    assert forced.entries
    assert all(entry.startswith("reform.yaml:") for entry in forced.entries)


# --- what cannot be -------------------------------------------------------------------------------------------------

OFFICES, MOVES = REFORM["offices"], REFORM["moves"]
IMPOSSIBLE = {
    "an office nobody knows": ({"offices": {**OFFICES, "y": {"merges": ["c9"]}}}, "there is no office 'c9'"),
    "an end nobody knows": ({"ends": ["d1", "d2"]}, "ends.1: there is no office 'd2'"),
    "merged twice": ({"offices": {**OFFICES, "y": {"merges": ["c2"]}}}, "c2 is merged into x1 already"),
    "merged and ended": ({"ends": ["d1", "c1"]}, "c1 is merged into x1 already"),
    "ended and there": ({"offices": {**OFFICES, "s1": {}}, "ends": ["d1", "s1"]}, "s1 is one of those that are there"),
    "merged and there": ({"offices": {"c1": {}, "x1": {"merges": ["c1", "c2"]}, "p1": {}}}, "c1 is one of those that"),
    "left behind": ({"moves": {"up": MOVES["up"]}}, "d1 ends, and nothing says where these go: B"),
    "two ways": (
        {"moves": {**MOVES, "b": {"cadres": ["B"], "to": "p1"}}},
        "B would move to p1, and to x1 by the move down",
    ),
    "two values": (
        {
            "moves": {
                **MOVES,
                "b": {"cadres": ["B"], "set": {"post": "x"}},
                "c": {"cadres": ["B"], "set": {"post": "y"}},
            }
        },
        "B would have 'y' in the column post, and another value by the move b",
    ),
    "a cadre nobody knows": ({"moves": {**MOVES, "b": {"cadres": ["Z"], "to": "p1"}}}, "there is no cadre 'Z'"),
    "to an office that ends": (
        {"moves": {**MOVES, "c": {"cadres": ["C"], "to": "d1"}}},
        "d1 ends; nobody can move to it",
    ),
    "to one that is merged": ({"moves": {**MOVES, "c": {"cadres": ["C"], "to": "c1"}}}, "c1 is merged into x1; nobody"),
    "to one nobody knows": ({"moves": {**MOVES, "c": {"cadres": ["C"], "to": "p2"}}}, "there is no office 'p2'"),
    "a column nobody knows": ({"moves": {**MOVES, "c": {"cadres": ["C"], "set": {"pots": "x"}}}}, "no column 'pots'"),
    "a column of events": (
        {"moves": {**MOVES, "c": {"cadres": ["C"], "set": {"agency": "p1"}}}},
        "agency is not set here",
    ),
    "a value that cannot be": (
        {"moves": {**MOVES, "c": {"cadres": ["C"], "set": {"theory": "high"}}}},
        "'high' cannot stand",
    ),
    "a condition on nothing": ({"moves": {**MOVES, "c": {"who": {"pots": "x"}, "to": "p1"}}}, "'pots'"),
    "a group nobody knows": ({"moves": {**MOVES, "c": {"who": "distrct", "to": "p1"}}}, "'distrct'"),
    "a move of nobody": ({"moves": {**MOVES, "c": {"to": "p1"}}}, "needs either 'who' or 'cadres'"),
    "a move to nowhere": ({"moves": {**MOVES, "c": {"cadres": ["C"]}}}, "neither where to"),
    "another year": ({"from": "2023-07-01"}, "begins on 2023-07-01, so the plan is made again from 2023, not 2022"),
    "no day": ({"from": "July"}, "expected a date"),
    "no source": ({"source": None}, "the key 'source' is missing"),
    "an unknown key": ({"merge": {}}, "merge"),
    "its own table of agencies": ({"scenario": {"agencies": "a.csv"}}, "under a reform no overlay may name this table"),
    "an unknown key of the scenario": ({"scenario": {"groups": {"g": "nobody"}}}, "nobody"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_its_line(made: Path, name: str) -> None:
    """One fault, in words, and no plan."""
    changes, told = IMPOSSIBLE[name]
    faults = refused(made, **changes)
    assert len(faults) == 1, faults
    assert told in faults[0]


def test_all_faults_come_together(made: Path) -> None:
    """Whoever mends one sees the others at once."""
    moves = {**MOVES, "b": {"cadres": ["B"], "to": "p1"}, "c": {"cadres": ["Z"], "to": "p9"}}
    assert len(refused(made, moves=moves, ends=["d1", "d9"])) == 4


def test_a_move_that_concerns_nobody_is_told(made: Path) -> None:
    """It is no fault: somebody may have left; but it is said."""
    found = reformed(made, moves={**MOVES, "idle": {"who": {"post": "cook"}, "to": "p1"}})
    assert any("moves.idle concerns nobody" in str(note) for note in found.notes)
    assert not any("concerns nobody" in str(note) for note in reformed(made).notes)


# --- the command, the real scheme -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_command(made: Path, tmp_path: Path, lang: str) -> None:
    """It tells the offices, how many move, and the changes; a seat alone goes with no reform."""
    reform = file(tmp_path)
    done = command("replan", made, "--from", 2022, "--reform", reform, "--out", tmp_path / "new", "--quiet", lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    with speaking(lang):
        assert say("reform_told", moved=4, changed=1).split("news.csv")[0] in done.stdout
        assert say("reform_how_ended") in done.stdout
        assert say("news_transferred") not in done.stdout
    assert command("verify", tmp_path / "new", lang=lang).returncode == 0
    seat = ",".join(map(str, next(iter(starts(planner.read_run(made).plan())))))
    alone = command("replan", made, "--from", 2022, "--reform", reform, "--substitutes", seat)
    assert alone.returncode == 2
    assert "--reform" in alone.stderr


@pytest.mark.long
def test_the_real_scheme_without_its_district(base_run: Path, tmp_path: Path) -> None:
    """2025 is made again without a district: it verifies, and the two places that change are told with their reason."""
    found = replan(base_run, 2025, reform=SCHEME / "reform-2025.yaml")
    assert found.plan.status == "optimal"
    assert {name[0] for name in found.plan.problem.agencies["agency"]} == {"S", "V", "X", "T"}
    sizes = planner.read_run(base_run).problem.agencies.set_index("agency")["headcount"]
    assert found.plan.problem.agencies["headcount"].sum() == sizes.sum()
    changed = {(change.kind, change.cadre, change.cause) for change in found.changes if change.kind != "kept"}
    assert changed == {("dropped", "D0076", "worth"), ("new", "D0159", "free")}
    found.write(tmp_path / "new")
    assert planner.verify(tmp_path / "new").empty
