"""Published tables: what an audit must find by computation alone, and what a rebuilt roster must meet."""

from __future__ import annotations

import random
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
import yaml

from planner.common.errors import InputError
from planner.messages import speaking
from planner.published.audit import COLUMNS, Audit, audit
from planner.published.loading import Published, load_published
from planner.published.overlaps import judged, shared_members
from planner.published.people import retirement
from planner.published.reconstruction import Reconstruction, reconstruct
from planner.published.schema import Retirement

ROOT = Path(__file__).parent.parent
SCHEME = ROOT / "scenarios" / "hoang-su-phi" / "published.yaml"
VILLAGE = Path(__file__).parent / "cases" / "published"


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
