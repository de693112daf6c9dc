"""Published tables: what an audit must find by computation alone, and what a rebuilt roster must meet."""

from __future__ import annotations

import random
import re
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
import yaml

from planner.common.errors import InputError, nearest
from planner.messages import speaking
from planner.published.audit import COLUMNS, Audit, audit
from planner.published.figures import counts_of, judged
from planner.published.loading import Published, load_published
from planner.published.overlaps import shared_members
from planner.published.people import retirement
from planner.published.reconstruction import Reconstruction, reconstruct
from planner.published.schema import Retirement
from planner.report.text.published import audit_in_words

ROOT = Path(__file__).parent.parent
SCHEME = ROOT / "scenarios" / "hoang-su-phi" / "published.yaml"
CASES = Path(__file__).parent / "cases"
VILLAGE = CASES / "published"


@pytest.fixture(scope="module")
def scheme() -> Published:
    """The tables of the scheme."""
    return load_published(SCHEME)


@pytest.fixture(scope="module")
def found(scheme: Published) -> Audit:
    """Their audit."""
    return audit(scheme)


@pytest.fixture(scope="module")
def rebuilt(scheme: Published) -> Reconstruction:
    """The roster rebuilt from them with the stated seed."""
    with speaking("en"):
        return reconstruct(scheme, seed=2021)


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A copy of the small case, to be changed."""
    shutil.copytree(VILLAGE, tmp_path / "village")
    return tmp_path / "village" / "tables.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of the case of percentages alone and of parts, to be changed."""
    shutil.copytree(CASES / "percent-and-parts", tmp_path / "office")
    return tmp_path / "office" / "tables.yaml"


def changed(file: Path, old: str, new: str) -> Path:
    """The file with one change."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def rows(result: Audit, kind: str, verdict: str | None = None) -> pd.DataFrame:
    """The rows of one kind, and of one verdict if it is given."""
    chosen = result.table[result.table["kind"] == kind]
    return chosen if verdict is None else chosen[chosen["verdict"] == verdict]


# --- the audit of the scheme ----------------------------------------------------------------------------------------


def test_degrees_of_the_heads_sum_to_124_of_120(found: Audit) -> None:
    """The only table whose cells do not sum to its total is I.2.3."""
    (row,) = rows(found, "sum", "does_not_sum").itertuples()
    assert (row.table, row.item, row.published, row.computed) == ("organisation_heads", "education", "120", "124")


def test_wrong_percentages_are_found(found: Audit) -> None:
    """284 of 359 is 79.1 %, not 79.4 %; besides it only the percentages of the table that does not sum are wrong."""
    wrong = rows(found, "percent", "wrong")
    assert list(zip(wrong["item"], wrong["published"], wrong["computed"], strict=True)) == [
        ("education: bachelor (284/359)", "79.4", "79.1"),
        ("education: bachelor (86/120)", "69.4", "71.7"),
        ("education: intermediate (32/120)", "25.8", "26.7"),
    ]


def test_truncated_percentages_are_told_apart(found: Audit) -> None:
    """Eleven percentages were cut instead of rounded."""
    cut = rows(found, "percent", "truncated")
    cut_figures = ["66.6", "46.1", "46.1", "42.8", "12.2", "4.4", "86.3", "81.4", "91.6", "4.1", "96.5"]
    assert list(cut["published"]) == cut_figures
    assert not len(rows(found, "percent").query("verdict not in ['exact', 'rounded', 'truncated', 'wrong']"))


def test_five_yearly_ranges_contradict_their_totals(found: Audit) -> None:
    """Five years of these ranges cannot hold the totals."""
    assert dict(rows(found, "range", "cannot_contain").set_index("table")["computed"]) == {
        "district_senior": "25..30",
        "commune_postgraduate": "15..20",
        "commune_senior": "10",
        "commune_specialist": "265..275",
        "school_postgraduate": "5",
    }


def test_thirteen_demand_lines_are_derived(found: Audit) -> None:
    """Twelve come out exactly and one within what the overlap leaves; two count people of whom no table speaks."""
    verdicts = rows(found, "demand").set_index("table")["verdict"]
    assert (verdicts == "agrees").sum() == 12
    assert list(verdicts[verdicts == "within"].index) == ["district_specialist"]
    assert list(verdicts[verdicts == "not_derivable"].index) == ["school_intermediate", "school_specialist"]


def test_roundings_that_matter_are_shown(found: Audit) -> None:
    """No one rounding gives all demand lines: 22 needs `up`, 131 needs `down`."""
    computed = rows(found, "rounding").set_index("table")["computed"]
    assert computed["district_advanced"] == "down 20, nearest 21, up 22"
    assert computed["commune_bachelor"] == "down 131, nearest 132, up 132"


def test_every_consistent_overlap_is_reported(scheme: Published, found: Audit) -> None:
    """19 agency leaders in the committee fit all three increases rounded, 24 all three cut off; others mix the two."""
    overlaps = {shared.members: shared.how for shared in shared_members(scheme, "leaders_in_committee")}
    assert overlaps == {19: "rounded", 24: "truncated", 25: "mixed", 26: "mixed", 29: "mixed", 36: "mixed"}
    assert len(rows(found, "overlap")) == 6
    assert rows(found, "overlap", "consistent")["item"].item() == "19 in both *"


def test_increases_of_the_scheme(found: Audit) -> None:
    """Every printed increase is rounded, but for one that is the share of those to be trained."""
    other = rows(found, "increase").query("verdict != 'rounded'")
    assert list(zip(other["item"], other["verdict"], strict=True)) == [("committee_senior", "rounded_heads")]


def test_audit_says_that_something_is_wrong(found: Audit) -> None:
    """Its table has the contract's columns, and its notes speak both languages."""
    assert found.wrong
    assert list(found.table.columns) == COLUMNS
    with speaking("vi"):
        assert "cộng lại được 124" in audit(load_published(SCHEME)).notes[0]


# --- the audit's verdicts, one by one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("66.7", "rounded"),
        ("66.6", "truncated"),
        ("66.5", "wrong"),
        ("67", "rounded"),
        ("66", "truncated"),
        ("65", "wrong"),
    ],
)
def test_percentages_are_judged_at_the_digits_printed(printed: str, verdict: str) -> None:
    """6 of 9 at no, or at one decimal."""
    assert judged(Decimal(printed), Fraction(600, 9)) == verdict


def test_a_consistent_file_has_no_faults(village: Path) -> None:
    """Nothing of the small case is wrong: every demand line agrees."""
    result = audit(load_published(village))
    assert not result.wrong, result.faults
    assert set(rows(result, "demand")["verdict"]) == {"agrees"}


@pytest.mark.parametrize(
    ("old", "new", "kind", "verdict"),
    [
        ("{when: {education: none}, count: 7", "{when: {education: none}, count: 8", "sum", "does_not_sum"),
        ("percent: 66.7", "percent: 66.6", "percent", "truncated"),
        ("percent: 66.7", "percent: 60.0", "percent", "wrong"),
        ("per_year: [1, 1]", "per_year: [2, 3]", "range", "cannot_contain"),
        ("total: 7, per_year", "total: 6, per_year", "demand", "differs"),
        ("percent: 30}", "percent: 31}", "overlap", "inconsistent"),
    ],
)
def test_each_fault_is_found(village: Path, old: str, new: str, kind: str, verdict: str) -> None:
    """One change of a consistent file, and the verdict that names it."""
    result = audit(load_published(changed(village, old, new)))
    assert result.wrong
    assert not rows(result, kind, verdict).empty


def test_a_base_is_respected(village: Path) -> None:
    """Percentages are of the base that the breakdown names."""
    text = "young: {base: 28, cells: [{when: {age: {max: 34}}, count: 7, percent: 25}]}"
    result = audit(
        load_published(changed(village, "young: {cells: [{when: {age: {max: 34}}, count: 7, percent: 35}]}", text))
    )
    assert not result.wrong


# --- the rebuilt roster ---------------------------------------------------------------------------------------------


def test_rebuilt_roster_meets_every_count_but_the_contradictory_one(rebuilt: Reconstruction) -> None:
    """Only I.2.3 cannot be met: 4 of its 124 degrees are left out, where the demand lines stay right."""
    (row,) = rebuilt.deviations.itertuples()
    assert (row.table, row.item, row.published, row.rebuilt) == (
        "organisation_heads",
        "education: intermediate",
        32,
        28,
    )


def test_rebuilt_roster_gives_all_demand_lines(rebuilt: Reconstruction) -> None:
    """Counted on the roster itself, the fifteen demand lines come out as printed."""
    demands = rebuilt.fit[rebuilt.fit["table"] == "demands"]
    assert len(demands) == 15
    assert (demands["published"] == demands["rebuilt"]).all()


def test_counts_of_the_roster_by_hand(rebuilt: Reconstruction) -> None:
    """Some counts of part I, taken from the roster without the code that fits it."""
    roster = rebuilt.roster
    leaders = roster[roster["post"] == "agency_leader"]
    assert len(leaders) == 73
    assert (leaders["sex"] == "F").sum() == 13
    assert (2021 - leaders["birth_year"].astype(int) < 35).sum() == 3
    assert (leaders["administration"] == "senior_specialist").sum() == 22
    assert (leaders["in_district_committee"] == "yes").sum() == 19
    masters = (leaders["education"] == "master") | (leaders["studying"] == "master_in_service")
    assert masters.sum() == 15
    committee = roster[roster["in_commune_committee"] == "yes"]
    assert len(committee) == 359
    assert (committee["education"] == "none").sum() == 16


def test_committed_roster_is_the_rebuilt_one(rebuilt: Reconstruction, tmp_path: Path) -> None:
    """`planner reconstruct published.yaml --seed 2021` gives the committed files, byte for byte."""
    rebuilt.write(tmp_path / "out")
    for name in ("roster.csv", "agencies.csv", "fit.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (SCHEME.parent / name).read_bytes(), name


def test_rebuilt_roster_is_a_sound_table(rebuilt: Reconstruction) -> None:
    """Codes are unique, agencies hold their cadres, nobody has retired yet, studies name programmes and years."""
    roster, agencies = rebuilt.roster, rebuilt.agencies.set_index("agency")["headcount"]
    assert roster["cadre"].is_unique
    assert (roster.groupby("agency").size() <= agencies).all()
    assert (roster["retires"].astype(int) > 2021).all()
    studying = roster["studying"] != ""
    assert (roster.loc[studying, "studying_until"].astype(int) >= 2021).all()
    assert (roster.loc[~studying, "studying_until"] == "").all()


def test_cadres_work_where_the_file_says(rebuilt: Reconstruction) -> None:
    """Leaders and staff of the 31 agencies in these, five heads of organisations in every commune."""
    roster = rebuilt.roster
    of_agencies = roster[roster["post"].isin(["agency_leader", "district_staff"])]
    assert set(of_agencies["agency"]) == {f"D{number:02}" for number in range(1, 32)}
    heads = roster[roster["post"] == "organisation_head"].groupby("agency").size()
    assert len(heads) == 24
    assert set(heads) == {5}


def test_notes_name_what_is_drawn(rebuilt: Reconstruction) -> None:
    """The seed, the drawn columns, the overlaps and the contradiction are said."""
    text = "\n".join(rebuilt.notes)
    for part in ("seed 2021", "birth_year", "agency_leaders + committee: 19", "32 is published, 28 rebuilt"):
        assert part in text


def test_same_seed_same_roster_whatever_the_order_of_the_file(village: Path) -> None:
    """The bytes depend on the seed alone."""
    first = reconstruct(load_published(village), seed=7)
    content = yaml.safe_load(village.read_text(encoding="utf-8"))
    for key in ("tables", "members", "demands"):
        names = list(content[key])
        random.Random(1).shuffle(names)
        content[key] = {name: content[key][name] for name in reversed(names)}
    village.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    again, other = (reconstruct(load_published(village), seed=seed) for seed in (7, 8))
    assert first.roster.to_csv() == again.roster.to_csv()
    assert first.agencies.to_csv() == again.agencies.to_csv()
    assert first.roster.to_csv() != other.roster.to_csv()


def test_a_consistent_file_is_met_exactly(village: Path) -> None:
    """Whatever the seed, nothing deviates."""
    published = load_published(village)
    for seed in range(5):
        result = reconstruct(published, seed)
        assert result.deviations.empty, result.deviations
        assert len(result.roster) == 9 + 6 - 4 + 20


def test_the_smallest_total_deviation(village: Path) -> None:
    """One degree too many for the clerks costs one person, no more."""
    result = reconstruct(
        load_published(changed(village, "{when: {education: none}, count: 7", "{when: {education: none}, count: 8"))
    )
    off = (result.deviations["published"] - result.deviations["rebuilt"]).abs()
    assert off[result.deviations["table"] == "clerks"].sum() == 1
    assert set(result.deviations["table"]) <= {"clerks", "demands"}


def test_pension_ages_rise() -> None:
    """Decree 135/2020: a man born in 1961 leaves in 2021, so 2022 is his first year out; one born in 1967 at 62."""
    men = Retirement.model_validate({"first": 723, "step": 3, "limit": 744})
    assert retirement(men, 1961, 2021) == 2022
    assert retirement(men, 1967, 2021) == 2030


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("also: [council]", "also: [counsil]", "unknown table 'counsil'; did you mean 'council'?"),
        ("total: 9", "totl: 9", "unknown key 'totl'"),
        ("total: 9", "total: -1", "at least 0"),
        ("total: 9", "total: many", "whole number"),
        ("{when: {education: master}, count: 3", "{when: {education: mster}, count: 3", "did you mean 'master'"),
        ("{when: {sex: F}, count: 3", "{when: {sex: F, age: 30}, count: 3", "one column"),
        ("{when: {sex: F}, count: 3", "{when: {sex: {min: 1}}, count: 3", "without an order"),
        ("{age: {max: 34}}", "{age: {max: young}}", "whole number"),
        ("programme: bachelor, share", "programme: bachlor, share", "did you mean 'bachelor'"),
        ("from: [clerks_bachelor]", "from: [clerks]", "unknown target 'clerks'"),
        ("per_year: [3, 4]", "per_year: [4, 3]", "min 4 is above max 3"),
        ("scenario: base.yaml", "scenario: none.yaml", "does not exist"),
        ("also: [council]", "inside: [chiefs]", "in a circle"),
        ("F: 0.4, M: 0.6", "F: 0.0, M: 0.0", "above 0"),
        ("ages: [25, 40, 60]", "ages: [60, 40, 25]", "in this order"),
    ],
)
def test_bad_files_are_refused_with_their_line(village: Path, old: str, new: str, said: str) -> None:
    """One fault each: a sentence with the file and the line."""
    with speaking("en"):
        with pytest.raises(InputError) as caught:
            load_published(changed(village, old, new))
        message = str(caught.value)
    assert said in message
    assert "tables.yaml, line" in message


def test_all_faults_come_together(village: Path) -> None:
    """Two faults, one message."""
    changed(village, "also: [council]", "also: [counsil]")
    with pytest.raises(InputError) as caught:
        load_published(changed(village, "from: [clerks_bachelor]", "from: [clerks]"))
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("tables: [chiefs, council]}", "tables: [chiefs, council], choose: 3}", "choice_inconsistent"),
        (
            "who: {in_council: yes}\n    total: 6",
            "who: {in_council: yes}\n    inside: [clerks]\n    total: 60",
            "no_rebuilding",
        ),
    ],
)
def test_what_cannot_be_rebuilt_is_said(village: Path, old: str, new: str, key: str) -> None:
    """A choice that does not fit, a column whose other values nobody names, sizes that contradict each other."""
    with pytest.raises(InputError) as caught:
        reconstruct(load_published(changed(village, old, new)))
    assert [fault.key for fault in caught.value.faults] == [key]


SCENARIO = """
horizon: {first: 2021, last: 2025}
roster: roster.csv
ladders: {education: [none, bachelor, master]}
groups: {leaders: {post: leader}}
programmes: {m: {ladder: education, from: bachelor, to: master, mode: in_service, months: 24}}
targets:
  leaders_master: {who: leaders, level: {education: master}, share: 0.5}
  inline: {who: {post: leader}, level: {education: bachelor}, share: 1.0}
seats: {m: {programmes: [m], who: leaders}}
"""
TABLES = """
scenario: base.yaml
tables:
  leaders_t:
    who: {post: leader}
    total: 30
    breakdowns:
      sex: {cells: [{when: {sex: F}, count: 13}]}
      ethnicity: {cells: [{when: {ethnicity: Dao}, count: 4}]}
      education: {complete: yes, cells: [{when: {education: master}, count: 5}, {when: {education: none}, count: 25}]}
demands:
  masters: {who: leaders, level: {education: master}, total: 10, per_year: [1, 3]}
  bachelors: {who: leaders, level: {education: bachelor}, total: 24, per_year: [4, 6]}
"""


def test_the_contracts_keys_alone_are_enough(tmp_path: Path) -> None:
    """Which targets a demand counts and what the other values are follow from a file that says no more than it must."""
    (tmp_path / "base.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "tables.yaml").write_text(TABLES, encoding="utf-8")
    published = load_published(tmp_path / "tables.yaml")
    table = audit(published).table
    demands = table[table["kind"] == "demand"].set_index("table")
    assert demands.loc["masters", ["computed", "verdict"]].tolist() == ["10", "agrees"]
    assert demands.loc["bachelors", ["computed", "verdict"]].tolist() == ["25", "differs"]
    rebuilt = reconstruct(published)
    counts = rebuilt.fit[rebuilt.fit["table"] != "demands"]
    assert (counts["published"] == counts["rebuilt"]).all()
    assert sorted(rebuilt.roster["sex"].unique()) == ["F", "M"]
    assert sorted(rebuilt.roster["ethnicity"].unique()) == ["", "Dao"]


def test_a_folder_is_not_overwritten(village: Path, tmp_path: Path) -> None:
    """An existing folder stays as it is, and nothing half-written appears."""
    result = reconstruct(load_published(village))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(InputError):
            result.write(tmp_path / "out", force=force)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


# --- targets by number, percentages alone, parts --------------------------------------------------------------------


@pytest.fixture
def department() -> Published:
    """A department whose targets are numbers of people."""
    return load_published(CASES / "at-least-demand" / "published.yaml")


def test_targets_by_number_give_demands(department: Published) -> None:
    """What is needed is the number less those who hold the level: 36 managers less none; 112 technicians, not 190."""
    demands = rows(audit(department), "demand").set_index("table")
    assert demands["computed"].to_dict() == {
        "managers": "36",
        "professionals": "98",
        "technicians": "112",
        "clerks": "18",
    }
    assert demands["verdict"].to_dict() == {
        "managers": "agrees",
        "professionals": "agrees",
        "technicians": "differs",
        "clerks": "agrees",
    }


def test_more_demanded_than_there_are_people(department: Published) -> None:
    """190 needs for 112 people are a finding, in the table and in a sentence of either language."""
    (row,) = rows(audit(department), "people").itertuples()
    found = (row.table, row.item, row.published, row.computed, row.verdict)
    assert found == ("technicians", "below skills: one", "190", "112", "more_than_people")
    assert audit(department).wrong
    with speaking("en"):
        assert "asks for 190, but there are only 112" in "\n".join(audit(department).notes)
    with speaking("vi"):
        assert "cần 190 người, nhưng chỉ có 112" in "\n".join(audit(department).notes)


def test_a_table_of_all_holds_the_others(department: Published) -> None:
    """A table whose values all members of others have is no other people: 870 cadres, not 1740."""
    rebuilt = reconstruct(department)
    assert len(rebuilt.roster) == 870
    assert rebuilt.deviations["item"].tolist() == ["technicians"]


ALL_OF_THEM = "everybody, level: {education: master}, total: 94"
MORE = "more_than_people"
AGAIN = "  again: {who: leaders, level: {education: master}, total:"


@pytest.mark.parametrize(
    ("old", "new", "kind", "expected"),
    [
        ("", "", "demand", [("masters", "7", "agrees")]),
        ("at_least: 12", "at_least: 12, rounding: down", "demand", [("masters", "7", "agrees")]),
        ("at_least: 12", "at_least: 5", "demand", [("masters", "0", "differs")]),
        ("at_least: 12", "at_least: 5", "people", []),
        ("at_least: 12", "at_least: 40", "people", [("leaders_master", "30", MORE)]),
        ("total: 7", "total: 26", "people", [("masters", "25", MORE)]),
        ("total: 7", "total: 26, beyond: others", "people", []),
        ("total: 7}", f"total: 7}}\n{AGAIN} 18}}", "people", []),
        ("total: 7}", f"total: 7}}\n{AGAIN} 19}}", "people", [("masters+again", "25", MORE)]),
        ("count: 25}", "count: 20}", "demand", [("masters", "7", "agrees")]),
        ("{education: none}, count", "{education: master}, count", "people", [("masters", "0", MORE)]),
        ("{education: master}, at_least", "{skills: some}, at_least", "demand", [("masters", "", "not_derivable")]),
        ("leaders, level: {education: master}, total: 7", ALL_OF_THEM, "people", [("masters", "93", MORE)]),
        ("percent: 33}", "percent: 40}", "sum", [("office", "107", "does_not_sum")]),
        ("percent: 33}", "percent: 33.3}", "percent", [("office", "33.0..34.0", "wrong")]),
        ("sex: {complete: yes", "sex: {base: 50, complete: yes", "sum", [("office", "49..51", "does_not_sum")]),
        ("total: 100", "total: 101", "sum", [("office", "100", "does_not_sum")]),
        ("percent: 67}", "percent: 67}, {when: {sex: X}, percent: 0}", "sum", []),
    ],
)  # fmt: skip
def test_numbers_percentages_and_parts_are_audited(
    office: Path, old: str, new: str, kind: str, expected: list[tuple[str, str, str]]
) -> None:
    """One change of a consistent file, and what is computed of it; of sums and percentages, what is wrong."""
    for name in ("base.yaml", "tables.yaml"):
        if old in (office.parent / name).read_text(encoding="utf-8"):
            changed(office.parent / name, old, new)
    found = rows(audit(load_published(office)), kind)
    if kind in ("sum", "percent"):
        found = found[~found["verdict"].isin(["sums", "rounded"])]
    assert list(zip(found["table"], found["computed"], found["verdict"], strict=True)) == expected


def test_a_consistent_file_of_percentages_and_parts(office: Path) -> None:
    """Nothing is wrong; rebuilt counts round or cut to each percentage, and everybody is in one part."""
    published = load_published(office)
    assert not audit(published).wrong
    for seed in range(3):
        rebuilt = reconstruct(published, seed)
        roster = rebuilt.roster
        assert rebuilt.deviations.empty
        assert roster["post"].value_counts().to_dict() == {"staff": 70, "leader": 30}
        assert (roster["sex"] == "F").sum() == 33
        assert ((roster["sex"] == "F") & (roster["post"] == "leader")).sum() == 5
        holders = roster.loc[roster["post"] == "staff", "education"].value_counts()
        assert holders.to_dict() == {"none": 40, "bachelor": 28, "master": 2}


def test_cells_of_parts_sum_to_those_of_the_whole(office: Path) -> None:
    """Where all parts count the same people, their sum is held against the whole's."""
    old = "    total: 70\n    breakdowns:\n"
    changed(office, old, old + "      sex: {cells: [{when: {sex: F}, count: 20}]}\n")
    (row,) = audit(load_published(office)).faults.itertuples()
    assert (row.table, row.item, row.published, row.computed) == ("office", "parts, sex: F", "33", "25")


def test_parts_that_do_not_sum_deviate_least(office: Path) -> None:
    """A whole of 103 in parts of 100 is rebuilt with the smallest deviation, which is named."""
    changed(office, "sex: {complete: yes, cells: [{when: {sex: F}, percent: 33}, {when: {sex: M}, percent: 67}]}", "")
    with speaking("en"):
        rebuilt = reconstruct(load_published(changed(office, "total: 100", "total: 103")))
    assert rebuilt.deviations[["table", "item", "published", "rebuilt"]].to_numpy().tolist() == [
        ["office", "total", 103, 100]
    ]
    assert "office, total: 103 is published, 100 rebuilt" in "\n".join(rebuilt.notes)


def test_parts_may_have_parts_and_be_overlapped(office: Path) -> None:
    """Everybody is in one innermost part; who is in a council that overlaps one of them is there."""
    text = office.read_text(encoding="utf-8") + (
        "  north: {who: {block: o, post: staff, team: north}, total: 20}\n"
        "  south: {who: {block: o, post: staff, team: south}, total: 50}\n"
        "  council: {who: {block: o, council: yes}, total: 10, inside: [office], also: [south]}\n"
    )
    office.write_text(text.replace("total: 70\n", "total: 70\n    parts: [north, south]\n"), encoding="utf-8")
    rebuilt = reconstruct(load_published(office))
    assert rebuilt.deviations.empty
    roster = rebuilt.roster
    assert roster["team"].value_counts().to_dict() == {"south": 50, "": 30, "north": 20}
    assert set(roster.loc[roster["council"] == "yes", "team"]) == {"south"}


@pytest.mark.parametrize("digits", [0, 1])
@pytest.mark.parametrize("base", [0, 1, 7, 30])
def test_counts_of_a_percentage_are_those_that_are_not_wrong(base: int, digits: int) -> None:
    """Every count up to the total that the audit would call exact, rounded or truncated, and no other."""
    for tenths in range(0, 1101, 3 if digits else 10):
        printed = Decimal(tenths) / 10 if digits else Decimal(tenths // 10)
        printed = printed.quantize(Decimal("0.1") if digits else Decimal(1))
        right = [n for n in range(base + 1) if base and judged(printed, Fraction(100 * n, base)) != "wrong"]
        found = counts_of(printed, base, base)
        listed = [] if found is None else list(range(found.low, found.high + 1))
        assert listed == (right if base else [0] if not printed else []), printed


def test_a_number_beyond_everybody_is_no_obstacle(office: Path) -> None:
    """A demand of 3000 people and a cell of 5000 among 100 are deviations, not a refusal."""
    changed(office, "total: 7}", "total: 3000}")
    rebuilt = reconstruct(load_published(changed(office, "count: 5}", "count: 5000}")))
    assert set(rebuilt.deviations["published"]) == {3000, 5000}


# --- draws that cannot be applied -----------------------------------------------------------------------------------


def test_columns_that_only_the_draw_mentions_are_drawn() -> None:
    """Sex and language, which no table counts, have their shares; what is said to be drawn is not empty."""
    with speaking("en"):
        rebuilt = reconstruct(load_published(CASES / "draw-not-applied" / "published.yaml"))
    roster = rebuilt.roster
    assert rebuilt.deviations.empty
    assert (roster["sex"] == "F").mean() == pytest.approx(0.35, abs=0.05)
    assert (roster["language"] == "level3").mean() == pytest.approx(0.05, abs=0.02)
    assert (roster["theory"] == "none").sum() == 1346 - 38 - 401 - 112
    assert (roster != "").all(axis=None)
    assert "agency, sex, birth_year, language, service_start, retires" in rebuilt.notes[0]


def test_empty_columns_are_not_said_to_be_drawn(office: Path) -> None:
    """Without a pension age nobody's retirement is drawn, and the notes say so."""
    with speaking("en"):
        rebuilt = reconstruct(load_published(office))
    assert "retires" not in rebuilt.notes[0]
    assert rebuilt.notes[1] == "Empty, as neither the tables nor the draw give them: retires, studying, studying_until"


def test_shares_of_several_ages(office: Path) -> None:
    """Each bound has its share: a fifth up to 29, half from 30 to 39, the rest above."""
    draw = "draw: {shares: {age: [{shares: {39: 0.5, 29: 0.2}}]}, ages: [{ages: [22, 38, 60]}]}\n"
    office.write_text(office.read_text(encoding="utf-8") + draw, encoding="utf-8")
    ages = pd.concat(
        2021 - reconstruct(load_published(office), seed).roster["birth_year"].astype(int) for seed in range(5)
    )
    assert (ages <= 29).mean() == pytest.approx(0.2, abs=0.08)
    assert ages.between(30, 39).mean() == pytest.approx(0.5, abs=0.08)


def test_shares_spread_those_whom_no_cell_counts(office: Path) -> None:
    """Of the 30 leaders, 5 are counted; the draw says what the others are, not more of the same."""
    changed(office, "education: {complete: yes, cells", "education: {cells")
    changed(office, ", {when: {education: none}, count: 25}", "")
    draw = "draw: {shares: {education: [{shares: {bachelor: 1.0}}]}}\n"
    office.write_text(office.read_text(encoding="utf-8") + draw, encoding="utf-8")
    roster = reconstruct(load_published(office)).roster
    levels = roster.loc[roster["post"] == "leader", "education"].value_counts()
    assert levels.to_dict() == {"bachelor": 25, "master": 5}


UNAPPLIED = [
    ("shares: {birth_year: [{shares: {x: 1.0}}]}", "'birth_year' follows from other entries"),
    ("shares: {skills: []}", "must not be empty"),
    ("shares: {skills: [{shares: {sme: 1.0}}]}", "unknown level 'sme'; did you mean 'some'?"),
    ("shares: {skills: [{when: {pst: leader}, shares: {some: 1.0}}]}", "column 'pst' yet"),
    ("shares: {skills: [{when: {sex: F}, shares: {some: 1.0}}]}", "column 'sex' yet"),
    ("shares: {skills: [{when: {post: leadr}, shares: {some: 1.0}}]}", "did you mean 'leader'?"),
    ("shares: {skills: [{shares: {some: 1.0}}, {when: {post: leader}, shares: {zero: 1.0}}]}", "skills.1: this rule"),
    ("shares: {skills: [{shares: {some: 0.4}}]}", "must sum to 1, not 0.4"),
    ("shares: {age: [{shares: {29: 0.6, 39: 0.6}}]}", "sum to 1.2, above 1"),
    ("shares: {post: [{shares: {driver: 1.0}}]}", "post.0: this rule contradicts"),
    ("shares: {sex: [{shares: {X: 1.0}}]}", "'sex' has no value 'X'"),
    ("after: {education: [{shares: {none: 1.0}}]}", "give 'education' already"),
    ("after: {skills: [{shares: {sme: 1.0}}]}", "unknown level 'sme'"),
    ("after: {origin: [{when: {education: non}, shares: {x: 1.0}}]}", "'education' has no value 'non'"),
    ("after: {origin: [{when: {educatio: none}, shares: {x: 1.0}}]}", "column 'educatio' yet"),
    ("after: {origin: [{shares: {x: 1.0}}, {when: {post: staff}, shares: {y: 1.0}}]}", "origin.1: this rule"),
    ("ages: [{when: {education: none}, ages: [20, 30, 40]}]", "column 'education' yet"),
    ("ages: [{ages: [20, 30, 40]}, {when: {post: staff}, ages: [20, 30, 50]}]", "ages.1: this rule speaks of nobody"),
    ("ages: [{when: {post: leader}, ages: [20, 25, 30]}]", "ages.0: this rule contradicts"),
    ("retirement: {X: {first: 700}}", "'sex' has no value 'X'"),
    ("retirement: {M: {first: 700, limit: 600}}", "min 700 is above max 600"),
    ("after: {origin: [{shares: {x: 1.0}}]}}\ncolumns: [cadre, agency, sex]\ncodes: {o: A", "leaves 'origin' out"),
    ("service_start: {min: 70, max: 72}", "nobody is older than 59"),
]  # fmt: skip


@pytest.mark.parametrize(("draw", "said"), UNAPPLIED)
def test_draws_that_cannot_be_applied_are_refused(office: Path, draw: str, said: str) -> None:
    """Unknown columns and values, rules for nobody, rules against the tables: each a fault with its line."""
    counted = "      elder: {cells: [{when: {age: {min: 50, max: 58}}, count: 30}]}\n"
    text = office.read_text(encoding="utf-8").replace(
        "    total: 30\n    breakdowns:\n", f"    total: 30\n    breakdowns:\n{counted}"
    )
    office.write_text(f"{text}draw: {{{draw}}}\n", encoding="utf-8")
    with speaking("en"):
        with pytest.raises(InputError) as caught:
            reconstruct(load_published(office))
        message = str(caught.value)
    assert said in message
    assert "tables.yaml, line" in message


LOCALS = (
    "      local: {{cells: [{{when: {{local: {yes}}}, count: 4}}]}}\n",
    "draw: {{shares: {{local: [{{shares: {{{yes}: 0.5, {no}: 0.5}}}}]}},"
    " after: {{origin: [{{when: {{local: {no}}}, shares: {{{yes}: 0.5, {no}: 0.5}}}}]}}}}\n",
)


@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("True", "No"), ("1", "0")])
def test_truth_values_are_the_same_however_they_are_written(office: Path, yes: str, no: str) -> None:
    """The words yes, true and 1 are one value (contract, section 2): as a cell, as a share's key, in a `when`."""
    text = office.read_text(encoding="utf-8")

    def rebuilt_with(yes: str, no: str) -> pd.DataFrame:
        cell, draw = (part.format(yes=yes, no=no) for part in LOCALS)
        draw = draw if yes != "1" else draw.replace("{1: 0.5, 0: 0.5}}]}}", "{yes: 0.5, no: 0.5}}]}}")
        counted = text.replace("    total: 30\n    breakdowns:\n", f"    total: 30\n    breakdowns:\n{cell}", 1)
        assert counted != text
        office.write_text(counted + draw, encoding="utf-8")
        return reconstruct(load_published(office), seed=1).roster

    expected = rebuilt_with("yes", "no")
    pd.testing.assert_frame_equal(rebuilt_with(yes, no), expected)
    assert {"yes", "no"} <= {*expected["local"]}


def test_one_truth_value_has_one_share(office: Path) -> None:
    """Yes and true at once are two shares of one value."""
    draw = "draw: {shares: {local: [{shares: {yes: 0.5, true: 0.2, no: 0.3}}]}}\n"
    office.write_text(office.read_text(encoding="utf-8") + draw, encoding="utf-8")
    with speaking("en"), pytest.raises(InputError) as caught:
        load_published(office)
    with speaking("en"):
        assert "'true' is listed twice" in str(caught.value)


def test_known_names_are_told_in_one_order() -> None:
    """Of a set by the alphabet, of anything else as they stand: a set has another order in every process."""
    with speaking("en"):
        assert str(nearest("zzzz", {"yes", "no", "maybe"})).endswith("maybe, no, yes")
        assert str(nearest("zzzz", ("yes", "no"))).endswith("yes, no")
        assert str(nearest("zzzz", {"yes": 1, "no": 2}.keys())).endswith("yes, no")
    assert nearest("abc", frozenset({"abd", "abe"})).like == nearest("abc", ["abd", "abe"]).like


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("demands:", "columns: [cadre, agency, educatio]\ndemands:", "column 'educatio'; did you mean 'education'?"),
        ("demands:", "columns: [cadre, agency, sex, sex]\ndemands:", "'sex' is listed twice"),
        ("demands:", "codes: {p: A}\ndemands:", "'block' has no value 'p'"),
        ("demands:", "agencies: {a: {block: p, codes: A, number: 1}}\ndemands:", "'block' has no value 'p'"),
        ("demands:", "agencies: {a: {codes: A, number: 1}}\ndemands:", "needs 'block' or 'tables'"),
        ("demands:", "agencies: {a: {tables: [leader], codes: A, number: 1}}\ndemands:", "unknown table 'leader'"),
        ("demands:", "agencies: {a: {block: o, uneven: [heads], codes: A, number: 1}}\ndemands:", "not among the 'tab"),
        ("who: leaders, level", "who: leeders, level", "unknown group 'leeders'"),
        ("{when: {sex: F}, percent: 33}", "{when: {sex: F}}", "needs 'count', 'percent' or both"),
        ("parts: [heads, clerks]", "parts: [head, clerks]", "unknown table 'head'; did you mean 'heads'?"),
        ("parts: [heads, clerks]", "parts: [heads, heads]", "'heads' is listed twice"),
        ("parts: [heads, clerks]", "parts: [office, clerks]", "a part of itself, in a circle"),
        ("total: 30\n", "total: 30\n    also: [clerks]\n", "'clerks' and 'heads' divide 'office'"),
        ("total: 30\n", "total: 30\n    inside: [clerks]\n", "'clerks' and 'heads' divide 'office'"),
        ("post: staff", "post: leader", "'clerks' and 'heads' divide 'office'"),
    ],
)  # fmt: skip
def test_more_bad_files_are_refused_with_their_line(office: Path, old: str, new: str, said: str) -> None:
    """Columns, agencies, codes, groups, numbers and parts that cannot be: a sentence with the file and the line."""
    with speaking("en"):
        with pytest.raises(InputError) as caught:
            load_published(changed(office, old, new))
        message = str(caught.value)
    assert said in message
    assert "tables.yaml, line" in message


def test_rules_that_tables_leave_nobody_for_are_said(rebuilt: Reconstruction) -> None:
    """The scheme's tables give theory and administration for everybody, so its shares of these are idle."""
    assert "theory, administration" in next(note for note in rebuilt.notes if "nobody is left" in note)


def test_the_audit_is_told_in_words(scheme: Published) -> None:
    """On the terminal tables, columns, levels and verdicts are words of the language; decimals have its mark."""
    with speaking("vi"):
        told = audit_in_words(audit(scheme).table, scheme)
    cells = [cell for name in ("kind", "verdict") for cell in told[name]]
    assert [cell for cell in cells if re.search(r"[a-z]_[a-z]", cell)] == []
    row = told[(told["kind"] == "tỷ lệ") & told["item"].str.startswith("trình độ chuyên môn: tiến sĩ")].iloc[0]
    assert row.tolist() == [
        "tỷ lệ",
        "Ban chấp hành Đảng bộ huyện",
        "trình độ chuyên môn: tiến sĩ (1/42)",
        "2,4",
        "2,4",
        "đúng, đã làm tròn",
    ]
    with speaking("en"):
        english = audit_in_words(audit(scheme).table, scheme)
    assert len(english) == len(told)
    assert "2.4" in set(english["published"])
