"""Personal data: pseudonyms and the way back, purging, what a folder holds and until when."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import stat
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import planner as command
from small import small

import planner
from planner import InputError
from planner.common.csv_cells import csv_table
from planner.library.personal_data.key_file import LENGTH, PSEUDONYM, Key, read_pseudonyms, write_pseudonyms
from planner.plans import notice
from planner.plans.small_cells import HIDDEN
from planner.verification import purged

CANARIES = {
    f"NS-{number:04}": f"CANARY-{name}"
    for number, name in enumerate(["Nguyễn Thị Ánh", "Trần Văn Đức", "Lê Thị Ngọc", "Phạm Văn Ứng"])
}
PEOPLE: dict[str, dict[str, Any]] = {
    code: {"name": name, "birth_date": f"1985-0{place + 1}-17", "phone": f"09120000{place}", "sex": "FMFM"[place]}
    for place, (code, name) in enumerate(CANARIES.items())
}
A, B, C, D = PEOPLE
SCHEME: dict[str, Any] = {
    "title": f"Scheme drawn up by {CANARIES[A]}",
    "programmes": {"school": {"open": False}, "evening": None},
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": 1}},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "pins": {"forbid": [{"cadre": B, "programme": "school", "start": 2021, "source": f"{CANARIES[B]} is abroad"}]},
    "leave": {"away": {"cadre": C, "from": 2022, "to": 2022, "source": f"asked by {CANARIES[C]}"}},
    "groups": {"two": {"cadre": [A, B]}, "young": {"age": {"max": 40}}},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "seat_floors", "priority", "early", "lot"],
}


def birth_days(people: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The people of a roster in which the days of birth stand."""
    return {code: {**own, "birth_year": int(own["birth_date"][:4])} for code, own in people.items()}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scheme whose roster, title, pins and leave name people."""
    return small(tmp_path_factory.mktemp("privacy") / "scheme", birth_days(PEOPLE), **SCHEME)


@pytest.fixture(scope="module")
def run(scheme: Path) -> Path:
    """Its run folder, with an answer, a page, a list and an event in it."""
    folder = scheme.parent.parent / "run"
    done = command("solve", scheme, "--out", folder, "-q", "--proof")
    assert (done.returncode, done.stderr) == (0, "")
    events = scheme.parent.parent / "events.csv"
    first = csv_table(folder / "assignments.csv").iloc[0]
    events.write_text(
        "date,event,cadre,programme,start,to,note\n"
        f"2021-03-01,declined,{first['cadre']},{first['programme']},{first['start']},,{CANARIES[A]} is ill\n",
        encoding="utf-8",
    )
    for line in (
        ["record", folder, "--ledger", events, "--by", CANARIES[D]],
        ["missed", folder, "--workers", 1, "-q"],
        ["report", folder, "--for-others"],
    ):
        done = command(*line)
        assert done.returncode == 0, done.stderr
    return folder


def names_in(folder: Path) -> list[str]:
    """The files in which a name stands, composed or not."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = unicodedata.normalize("NFC", file.read_bytes().decode("utf-8", errors="replace"))
        if "CANARY" in text or "Nguyễn" in text:
            found.append(file.relative_to(folder).as_posix())
    return found


# --- pseudonyms -----------------------------------------------------------------------------------------------------


def test_a_scheme_with_pseudonyms_is_the_same_problem(scheme: Path, tmp_path: Path) -> None:
    """No name, code, telephone or day of birth is left; the plan is as good, the lot apart; the key file is closed."""
    key, out = tmp_path / "key.csv", tmp_path / "out"
    done = command("pseudonymise", scheme, "--key", key, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "phone" in done.stdout
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    whole = "".join(file.read_text("utf-8") for file in out.iterdir())
    assert names_in(out) == []
    assert [text for text in (*PEOPLE, "0912", "1985-0", "birth_date") if text in whole] == []
    mine, theirs = planner.solve(scheme), planner.solve(out / "scenario.yaml")
    values = [dict(zip(plan.goals["goal"], plan.goals["value"], strict=True)) for plan in (mine, theirs)]
    assert {goal: value for goal, value in values[0].items() if goal != "lot"} == {
        goal: value for goal, value in values[1].items() if goal != "lot"
    }
    told = read_pseudonyms(key)
    assert (told.names, len(told.pseudonyms)) == (CANARIES, len(PEOPLE))


def test_the_day_of_birth_stays_where_it_counts(tmp_path: Path) -> None:
    """A programme that says when it begins asks for ages to the day."""
    school = {"programmes": {"school": {"begins": 2, "eligible": {"age": {"max": 36}}}}}
    path = small(tmp_path / "scheme", birth_days(PEOPLE), **school)
    planner.pseudonymise(path, tmp_path / "key.csv", tmp_path / "out")
    assert "1985-01-17" in (tmp_path / "out" / "roster.csv").read_text()


def test_pseudonyms_stay_the_same_with_their_key(scheme: Path, tmp_path: Path) -> None:
    """A later table gets the pseudonyms of the first; without the key file they are drawn anew."""
    key = tmp_path / "key.csv"
    for name in ("one", "two"):
        planner.pseudonymise(scheme, key, tmp_path / name)
    planner.pseudonymise(scheme, tmp_path / "other.csv", tmp_path / "three")
    rosters = [(tmp_path / name / "roster.csv").read_bytes() for name in ("one", "two", "three")]
    assert rosters[0] == rosters[1] != rosters[2]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_goes_there_and_back(scheme: Path, suffix: str, tmp_path: Path) -> None:
    """A roster in either form loses names and free text, and has its codes and names again after --undo."""
    roster = csv_table(scheme.parent / "roster.csv")
    file = tmp_path / f"roster{suffix}"
    roster.to_excel(file, index=False) if suffix == ".xlsx" else roster.to_csv(file, index=False)
    key = tmp_path / "key.csv"
    assert command("pseudonymise", file, "--key", key, "--out", tmp_path / "out").returncode == 0
    made = read_table(tmp_path / "out" / file.name)
    assert not {"name", "phone"} & {*made}
    assert made["cadre"].map(lambda code: bool(PSEUDONYM.fullmatch(code))).all()
    done = command("pseudonymise", "--undo", tmp_path / "out" / file.name, "--key", key, "--out", tmp_path / "back")
    assert (done.returncode, done.stderr) == (0, "")
    back = read_table(tmp_path / "back" / file.name).set_index("cadre")
    assert {*back.index} == {*PEOPLE}
    kept = [name for name in made if name != "cadre"]
    pd.testing.assert_frame_equal(
        back.sort_index()[kept], roster.set_index("cadre").sort_index()[kept], check_dtype=False, check_index_type=False
    )
    if suffix == ".csv":
        assert back["name"].to_dict() == CANARIES


def read_table(file: Path) -> pd.DataFrame:
    """A table as text."""
    if file.suffix == ".csv":
        return csv_table(file)
    return pd.read_excel(file, dtype=str, na_filter=False)


def test_a_ledger_has_neither_notes_nor_new_names(tmp_path: Path) -> None:
    """What an event says freely is left out, and a name that it changes."""
    file = tmp_path / "ledger.csv"
    file.write_text(
        "date,event,cadre,programme,start,to,note\n"
        f"2021-03-01,changed,{A},,,name={CANARIES[B]},{CANARIES[A]} has married\n"
        f"2021-04-01,changed,{A},,,post=chief,\n",
        encoding="utf-8",
    )
    planner.pseudonymise(file, tmp_path / "key.csv", tmp_path / "out")
    made = csv_table(tmp_path / "out" / "ledger.csv")
    assert made["to"].tolist() == ["name=", "post=chief"]
    assert "note" not in made
    assert names_in(tmp_path / "out") == []


def test_lists_are_read_back_with_codes(scheme: Path, tmp_path: Path) -> None:
    """What was made of pseudonyms, a run's tables and a list in Excel, speaks of the people again; not run.json."""
    key, out = tmp_path / "key.csv", tmp_path / "out"
    planner.pseudonymise(scheme, key, out)
    plan = planner.solve(out / "scenario.yaml")
    planner.write_run(plan, tmp_path / "run")
    year = int(plan.assignments["start"].iloc[0])
    planner.nominees(tmp_path / "run", year, tmp_path / "run" / f"nominees-{year}.xlsx")
    found, _ = planner.undo_pseudonyms(tmp_path / "run", key, tmp_path / "back")
    assert "run.json" in found.passed_over
    assert found.unknown == ()
    starts = csv_table(tmp_path / "back" / "assignments.csv")
    assert {*starts["cadre"]} <= {*PEOPLE}
    assert starts["name"].tolist() == [CANARIES[code] for code in starts["cadre"]]
    book = openpyxl.load_workbook(tmp_path / "back" / f"nominees-{year}.xlsx")
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {*starts.loc[starts["start"] == str(year), "cadre"]} <= cells
    assert not any(PSEUDONYM.search(cell) for cell in cells if isinstance(cell, str))


def test_a_pseudonym_of_another_key_is_told(tmp_path: Path) -> None:
    """It stays, and its reader knows."""
    write_pseudonyms(Key(), tmp_path / "key.csv")
    (tmp_path / "x.csv").write_text(f"cadre\nPS-{'2' * LENGTH}\n")
    done = command("pseudonymise", "--undo", tmp_path / "x.csv", "--key", tmp_path / "key.csv", "--out", tmp_path / "o")
    assert done.returncode == 0
    assert f"PS-{'2' * LENGTH}" in done.stdout


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"groups": {"her": {"name": CANARIES[A]}}}, "compares the column name"),
        ({"agencies": None, "title": f"Scheme of {A}-bis, {B}bis"}, ""),
        ({"programmes": {"school": {"title": "Lớp của CANARY-Trần-Văn-Đức"}}}, ""),
    ],
)
def test_what_cannot_be_pseudonymised_is_refused(change: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    """A condition on names; what is no whole name or code is no person's."""
    path = small(tmp_path / "scheme", birth_days(PEOPLE), **{**SCHEME, **change})
    done = command("pseudonymise", path, "--key", tmp_path / "key.csv", "--out", tmp_path / "out")
    assert done.returncode == (2 if sentence else 0), done.stderr
    assert sentence in done.stderr
    assert (tmp_path / "key.csv").exists() == (tmp_path / "out").exists() == (not sentence)


def test_a_key_file_lies_apart_and_is_whole(scheme: Path, tmp_path: Path) -> None:
    """Not in the folder that is handed on; a table that is none, or has somebody twice, is refused."""
    with pytest.raises(InputError, match="kept apart"):
        planner.pseudonymise(scheme, tmp_path / "out" / "key.csv", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    one, other = f"PS-{'2' * LENGTH}", f"PS-{'3' * LENGTH}"
    for rows, sentence in (
        ("code,name\n", "'pseudonym' is missing"),
        (f"pseudonym,cadre,name\n{one},A,\n{one},B,\n", "stands twice"),
        (f"pseudonym,cadre,name\n{one},A,\n{other},A,\n", "stands twice"),
        ("pseudonym,cadre,name\nPS-2,A,\n", "no pseudonym"),
    ):
        (tmp_path / "key.csv").write_text(rows)
        with pytest.raises(InputError, match=sentence):
            planner.pseudonymise(scheme, tmp_path / "key.csv", tmp_path / "out")


# --- purging --------------------------------------------------------------------------------------------------------


def test_names_are_purged_and_the_plan_still_holds(run: Path, tmp_path: Path) -> None:
    """No name or free text anywhere; every figure, the proof, answers and ledger are still checked; pages are gone."""
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    assert {"inputs/roster.csv", "ledger.csv", "run.json"} <= {*names_in(folder)}
    assert command("purge", folder).returncode == 2
    assert names_in(folder) == names_in(run)
    done = command("purge", folder, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "report.html" in done.stdout
    assert names_in(folder) == []
    assert not (folder / "report.html").exists()
    before, after = (planner.read_run(path).plan() for path in (run, folder))
    pd.testing.assert_frame_equal(before.assignments, after.assignments)
    checked = command("verify", folder, "--proof")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "taken out on" in checked.stdout
    assert len(planner.ledger(folder)) == 1
    assert (folder / "answers" / "missed.json").exists()
    assert "No column of names or free text was found" in command("purge", folder, "--yes").stdout
    assert command("replan", folder, "--from", 2022, "--out", tmp_path / "new", "--no-prices", "-q").returncode == 0


def test_only_aggregates_are_left(run: Path, tmp_path: Path) -> None:
    """No code is left either; what is left says so, is checked as far as it goes, and is read by no other command."""
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    done = command("purge", folder, "--all-but-aggregates", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["NOTICE.txt", "attainment.csv", "goals.csv", "run.json", "seats.csv", "shares.csv", "totals.csv"]
    whole = "".join((folder / name).read_text("utf-8") for name in left)
    assert names_in(folder) == []
    assert [code for code in PEOPLE if code in whole] == []
    assert HIDDEN in (folder / "attainment.csv").read_text("utf-8")
    checked = command("verify", folder)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "can no longer be checked" in checked.stdout
    for line in (["report", folder], ["purge", folder, "--yes"], ["explain", folder, "--cadre", A]):
        done = command(*line)
        assert done.returncode == 2
        assert "aggregates" in done.stderr


def test_a_run_that_does_not_hold_is_not_purged(run: Path, tmp_path: Path) -> None:
    """Purging would make false figures look whole."""
    folder = Path(shutil.copytree(run, tmp_path / "run"))
    goals = (folder / "goals.csv").read_text()
    (folder / "goals.csv").write_text(goals.replace("optimal", "feasible", 1))
    with pytest.raises(InputError, match="Nothing was purged"):
        planner.purge(folder)
    assert (folder / "report.html").exists()


CHANGES = {
    "seats.csv": ("below_min", "0\n", "7\n"),
    "totals.csv": ("starts", ",40,", ",1,"),
    "attainment.csv": ("shortfall", ",10,40,30,", ",10,40,20,"),
    "goals.csv": ("value", "attainment,min,30,30", "attainment,min,20,20"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_aggregate_is_found(name: str, tmp_path: Path) -> None:
    """Even where run.json is made to agree: the figures contradict each other."""
    folder = aggregates(tmp_path)
    assert purged.purged_findings(folder, manifest_of(folder)) == []
    column, old, new = CHANGES[name]
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    found = purged.purged_findings(folder, manifest_of(folder))
    assert [finding.where for finding in found][:1] == [(name,)]
    manifest = manifest_of(folder)
    manifest["files"][name] = planner.common.files.sha256(folder / name)
    manifest.pop("manifest_sha256")
    manifest["manifest_sha256"] = purged.json_digest(manifest)
    told = purged.purged_findings(folder, manifest)
    assert column in {str(finding.where[-1]) for finding in told}


def manifest_of(folder: Path) -> dict[str, Any]:
    """What run.json says."""
    return dict(json.loads((folder / "run.json").read_text()))


def aggregates(tmp_path: Path) -> Path:
    """A folder of aggregates in which nothing is hidden: 100 people, 40 of whom start."""
    folder = tmp_path / "aggregates"
    folder.mkdir()
    tables = {
        "attainment.csv": "target,members,unknown,required,already,attained,shortfall,share\nt,100,0,70,10,40,30,0.4\n",
        "seats.csv": "pool,year,min,max,starts,below_min\np,2021,0,20,20,0\np,2022,0,20,20,0\n",
        "totals.csv": "pool,min,max,starts,below_min\np,0,50,40,0\n",
        "shares.csv": "share,year,starts,of_group,required,shortfall\n",
        "goals.csv": "goal,sense,value,bound,status,seconds\nattainment,min,30,30,optimal,0.1\n",
        "NOTICE.txt": "aggregates\n",
    }
    for name, text in tables.items():
        (folder / name).write_text(text)
    scenario = {"targets": {"t": {}}, "seats": {"p": {}}}
    manifest = {
        "scenario": scenario,
        "scenario_sha256": purged.json_digest(scenario),
        "files": {name: planner.common.files.sha256(folder / name) for name in tables},
    }
    manifest["manifest_sha256"] = purged.json_digest(manifest)
    (folder / "run.json").write_text(json.dumps(manifest))
    return folder


# --- what a folder holds, and until when ----------------------------------------------------------------------------


def test_a_run_says_what_it_holds_and_until_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notice lies in the folder, in both languages; on the day itself nothing is said, a day later it is."""
    path = small(tmp_path / "scheme", birth_days(PEOPLE), **SCHEME, privacy={"keep_until": "31/12/2031"})
    planner.write_run(planner.solve(path), tmp_path / "run")
    told = (tmp_path / "run" / "NOTICE.txt").read_text("utf-8")
    assert "4 people" in told
    assert "names" in told
    assert "2031-12-31" in told
    assert "dữ liệu cá nhân" in told
    for day, late in ((dt.date(2031, 12, 31), False), (dt.date(2032, 1, 1), True)):
        monkeypatch.setattr(notice, "today", lambda day=day: day)
        done = command("verify", tmp_path / "run")
        assert done.returncode == 0
        assert ("planner purge" in done.stderr) == late
    assert "planner purge" in command("report", tmp_path / "run", "--for-others").stderr
    (tmp_path / "run" / "NOTICE.txt").write_text("nothing")
    assert command("verify", tmp_path / "run").returncode == 1


def test_a_day_is_a_day(tmp_path: Path) -> None:
    """What is no day is refused with its line."""
    path = small(tmp_path / "scheme", privacy={"keep_until": "2031-02-30"})
    done = command("check", path)
    assert done.returncode == 2
    assert "privacy.keep_until: expected a day" in done.stderr
