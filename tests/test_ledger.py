"""What happened: read from an office's table, checked whole, recorded for good, shown, withdrawn."""

from __future__ import annotations

import datetime as dt
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import planner as command
from years import HEAD, a_run, in_order, joiners, ledger, roster

import planner
from planner import InputError
from planner.common import files
from planner.library.years import replan
from planner.messages import speaking
from planner.verification import RunFolder
from planner.verification.kept import kept_findings
from planner.years.events import COLUMNS, KINDS, LEDGER, read_events
from planner.years.ledger import read_ledger
from planner.years.people import faults_of_values, people_of, value_faults

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in which one cadre goes to school in each of three years; to be copied."""
    return a_run(tmp_path_factory.mktemp("made")).parent


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A run of its own."""
    return copied(made, tmp_path / "own")


def copied(made: Path, folder: Path) -> Path:
    """The run of another folder."""
    shutil.copytree(made, folder)
    return folder / "run"


def refused(run: Path, *rows: str, **options: Any) -> list[str]:
    """The faults of events; nothing is recorded."""
    with pytest.raises(InputError) as caught:
        planner.record(run, ledger(run.parent, *rows), **options)
    assert not (run / "ledger.csv").exists()
    return str(caught.value).splitlines()


def one(run: Path, *rows: str, **options: Any) -> str:
    """The only fault of events."""
    found = refused(run, *rows, **options)
    assert len(found) == 1, found
    return found[0]


def names(run: Path) -> dict[str, str]:
    """The cadres by the year in which they go: first, second, third."""
    return dict(zip(("first", "second", "third"), in_order(run), strict=True))


# --- reading --------------------------------------------------------------------------------------------------------


def test_vietnamese_and_english_say_the_same(run: Path) -> None:
    """Headings and events in either language, a programme by its title: the same events."""
    who = names(run)["first"]
    english = ledger(run.parent, f"2021-09-01,admitted,{who},school,2021")
    table = "Ngày,Sự kiện,Mã cán bộ,Chương trình,Năm bắt đầu,Đến,Ghi chú\n"
    vietnamese = run.parent / "so.csv"
    vietnamese.write_text(f"{table}01/09/2021,Đã nhập học,{who},School,2021,,\n", encoding="utf-8")
    problem = planner.read_run(run).problem
    first, second = (read_events(path, problem).events for path in (english, vietnamese))
    assert [event.said for event in first] == [event.said for event in second]
    assert len(first) == 1


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_planner_calls_an_event_it_reads(lang: str) -> None:
    """The words and headings of the workbook of a year are read again, whichever language wrote them."""
    from planner.inputs.synonyms import recogniser
    from planner.messages import say
    from planner.years.events import kind_of

    with speaking(lang):
        assert [kind_of(say(f"event_{kind}")) for kind in KINDS] == list(KINDS)
        recognise = recogniser(dict(LEDGER))
        assert [recognise(say(f"ledger_heading_{name}")) for name in COLUMNS] == list(COLUMNS)


def test_no_word_means_two_events() -> None:
    """A word of an office stands for one event only."""
    from planner.inputs.synonyms import plain

    words = [plain(word) for name, kind in KINDS.items() for word in {name, *kind.words}]
    assert len(words) == len(set(words))


def test_a_workbook_is_read(run: Path) -> None:
    """Dates may be dates of a spreadsheet, years its numbers."""
    who = names(run)["first"]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ngày", "Sự kiện", "Mã cán bộ", "Chương trình", "Năm bắt đầu"])
    sheet.append([dt.date(2021, 9, 1), "không đi học", who, "school", 2021])
    path = run.parent / "events.xlsx"
    book.save(path)
    assert len(planner.record(run, path).entries) == 1
    assert planner.ledger(run)[["date", "event", "start"]].to_numpy().tolist() == [["2021-09-01", "declined", "2021"]]


def test_rows_without_event_and_columns_not_read_are_told(run: Path) -> None:
    """What is left out is said: a row that nobody ticked, a column that no ledger has."""
    who = names(run)
    path = run.parent / "events.csv"
    rows = f"2021-09-01,admitted,{who['first']},school,2021,,,x\n,,{who['second']},school,2022,,,x\n"
    path.write_text(HEAD.replace("\n", ",Lớp phó\n") + rows, encoding="utf-8")
    done = command("record", run, "--ledger", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 event was recorded" in done.stdout
    assert "1 row names no event and was left out: 3" in done.stdout
    assert "Columns that were not read: Lớp phó" in done.stdout


# --- each fault at its bound ----------------------------------------------------------------------------------------

FAULTS = [
    ("2021,left,{first}", "is no day"),
    (",left,{first}", "'date' is empty"),
    ("2021-05-01,,{first},school", "'event' is empty"),
    ("2021-05-01,left,", "'cadre' is empty"),
    ("2021-05-01,eaten,{first}", "unknown event 'eaten'"),
    ("2021-05-01,admitted,{first},scool,2021", "no programme 'scool'; did you mean 'school'"),
    ("2021-05-01,admitted,{first},school", "column start is needed"),
    ("2021-05-01,admitted,{first},,2021", "column programme is needed"),
    ("2021-05-01,extended,{first},school", "column to is needed"),
    ("2021-05-01,transferred,{first}", "column to is needed"),
    ("2021-05-01,leave,{first},,2022", "column to is needed"),
    ("2021-05-01,left,{first},school", "no use for the column programme"),
    ("2021-05-01,finished,{first},school,2021,2022", "no use for the column to"),
    ("2021-05-01,extended,{first},school,2021,later", "'to' must be a year"),
    ("2021-05-01,changed,{first},,,leader", "'to' must be column=value"),
    ("2021-05-01,left,Z", "nobody on the roster has the code 'Z'"),
    ("2021-05-01,transferred,{first},,,archive", "no agency 'archive'"),
    ("2021-05-01,changed,{first},,,shoe=9", "no column 'shoe'"),
    ("2021-05-01,changed,{first},,,agency=office", "other events are there for"),
    ("2021-05-01,changed,{first},,,theory=expert", "theory cannot be 'expert'"),
    ("2021-05-01,changed,{first},,,retires=soon", "retires cannot be 'soon'"),
    ("2020-12-31,left,{first}", "before the plan, which begins in 2021"),
    ("2021-05-01,admitted,{first},evening,2020", "before the plan, which begins in 2021"),
    ("2021-12-31,admitted,{second},school,2022", "cannot have begun before its year"),
    ("2021-05-01,declined,{first},school,2022", "the plan has no such start; of this cadre it has: school 2021"),
    ("2021-12-31,finished,{second},school", "had not begun this programme by then"),
    ("2021-05-01,failed,{first},degree", "had not begun this programme by then"),
    ("2021-05-01,leave,{first},,2023,2022", "ends before it begins"),
    ("2021-05-01,leave,{first},,2019,2020", "before the plan"),
    ("2022-05-01,extended,{second},school,,2021", "lasts until 2022 already"),
    ("2021-05-01,joined,{first}", "on the roster already"),
    ("2021-05-01,joined,N", "the row of N is missing"),
    ("2021-05-01,withdrawn,,,,1", "no entry 1 that could be withdrawn"),
    ("2021-05-01,withdrawn,,,,first", "must be the number of an entry"),
]


@pytest.mark.parametrize(("row", "told"), FAULTS, ids=[told[:40] for _, told in FAULTS])
def test_a_fault_is_told_with_file_and_row(run: Path, row: str, told: str) -> None:
    """What cannot be is refused with its place, in both languages, and nothing is recorded."""
    row = row.format(**names(run))
    fault = one(run, row)
    assert told in fault
    assert f"{run.parent / 'events.csv'}, row 2" in fault
    with speaking("vi"):
        assert "dòng 2" in one(run, row)


BOUNDS = [
    "2021-01-01,left,{first}",
    "2021-01-01,admitted,{first},evening,2021",
    "2022-01-01,admitted,{second},school,2022",
    "2022-01-01,finished,{second},school",
    "2021-05-01,leave,{first},,2021,2021",
    "2022-05-01,extended,{second},school,,2022",
    "2021-05-01,declined,{third},school,2023",
    "2021-05-01,changed,{first},,,theory=Cao cấp",
    "2021-05-01,changed,{first},,,Chức vụ=leader",
]


@pytest.mark.parametrize("row", BOUNDS)
def test_what_can_just_be_is_recorded(run: Path, row: str) -> None:
    """One step before each of these lies a fault."""
    assert len(planner.record(run, ledger(run.parent, row.format(**names(run)))).entries) == 1


def test_all_faults_come_together_and_nothing_is_recorded(run: Path) -> None:
    """Two rows wrong and one right: both are told, none is recorded; the command ends with 2."""
    who = names(run)["first"]
    table = ledger(run.parent, "2021-05-01,left,Z", f"2021-09-01,admitted,{who},school,2021", f"2020-01-01,left,{who}")
    done = command("record", run, "--ledger", table)
    assert done.returncode == 2
    assert [", row 2" in line or ", row 4" in line for line in done.stderr.splitlines()] == [True, True]
    assert not (run / "ledger.csv").exists()


# --- contradictions -------------------------------------------------------------------------------------------------

CLASHES = [
    ("2021-05-01,admitted,{first},school,2021", "2021-06-01,declined,{first},school,2021", "did not happen"),
    ("2021-06-01,declined,{first},school,2021", "2021-12-01,finished,{first},school", "did not happen"),
    ("2021-06-01,left,{first}", "2021-08-01,retired,{first}", "only once"),
    ("2021-06-01,left,{first}", "2021-06-01,changed,{first},,,post=x", "no longer in service"),
    ("2021-06-01,left,{first}", "2021-07-01,admitted,{first},evening,2021", "no longer in service"),
    ("2021-06-01,changed,{first},,,post=x", "2021-06-01,changed,{first},,,post=y", "two values on one day"),
    ("2021-08-01,extended,{first},school,,2022", "2021-08-01,extended,{first},school,,2023", "two values on one day"),
    ("2021-12-01,finished,{first},school", "2021-12-02,failed,{first},school", "had ended"),
    ("2021-11-01,finished,{first},school", "2021-12-01,extended,{first},school,,2022", "had ended"),
    (
        "2021-05-01,admitted,{first},evening,2021",
        "2022-05-01,admitted,{first},evening,2022",
        "begins a programme twice",
    ),
    ("2021-02-01,leave,{first},,2021,2022", "2022-05-01,admitted,{first},evening,2022", "was on leave"),
    ("2021-02-01,leave,{second},,2022,2022", "2022-12-01,finished,{second},school", "was on leave"),
    ("2021-05-01,admitted,{second},evening,2021", "2022-12-01,finished,{second},school", "same level instead"),
    ("2021-09-02,admitted,{first},school,2021", "2021-09-01,finished,{first},school", "began later"),
]


@pytest.mark.parametrize(("one_row", "other", "why"), CLASHES)
def test_events_that_contradict_each_other(made: Path, run: Path, one_row: str, other: str, why: str) -> None:
    """Each alone can be; together they cannot, in either order of the rows."""
    rows = [row.format(**names(run)) for row in (one_row, other)]
    for order in (rows, rows[::-1]):
        faults = refused(run, *order)
        assert any("contradicts" in fault and why in fault for fault in faults), faults
    alone = [row for row in rows if "extended" not in row or "2021-12" not in row]
    for number, row in enumerate(alone):
        copy = copied(made, run.parent / f"alone{number}")
        assert len(planner.record(copy, ledger(run.parent, row)).entries) == 1


AGREE = [
    ("2021-05-31,changed,{first},,,post=x", "2021-06-01,left,{first}"),
    ("2021-06-01,changed,{first},,,post=x", "2021-06-02,changed,{first},,,post=y"),
    ("2021-06-01,left,{second}", "2021-07-01,declined,{second},school,2022"),
    ("2021-12-01,failed,{first},school", "2022-05-01,admitted,{first},school,2022"),
    ("2021-02-01,leave,{first},,2022,2022", "2021-05-01,admitted,{first},evening,2021"),
    ("2021-08-01,extended,{first},school,,2022", "2022-03-01,extended,{first},school,,2023"),
    ("2021-09-01,admitted,{first},school,2021", "2021-09-01,finished,{first},school"),
]


@pytest.mark.parametrize("rows", AGREE)
def test_events_one_step_from_a_contradiction(run: Path, rows: tuple[str, str]) -> None:
    """A day earlier, a year later, after a failure: both are recorded."""
    told = [row.format(**names(run)) for row in rows]
    assert len(planner.record(run, ledger(run.parent, *told)).entries) == 2


def test_what_is_recorded_contradicts_what_comes(run: Path) -> None:
    """A new event is checked against the entries of before, and names the one that it contradicts."""
    who = names(run)["first"]
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who},school,2021"))
    with pytest.raises(InputError, match=r"contradicts .*ledger\.csv, row 2"):
        planner.record(run, ledger(run.parent, f"2021-12-01,finished,{who},school"))
    assert len(planner.ledger(run)) == 1


# --- the run's own ledger -------------------------------------------------------------------------------------------


def test_the_same_is_recorded_once(made: Path, run: Path) -> None:
    """A table that grows through the year is recorded again and again: what is known is told and left out."""
    who = names(run)
    first = f"2021-09-01,admitted,{who['first']},school,2021"
    planner.record(run, ledger(run.parent, first), by="x")
    found = planner.record(run, ledger(run.parent, first, f"2021-12-01,finished,{who['first']},school"), by="y")
    assert (len(found.entries), len(found.known)) == (1, 1)
    table = planner.ledger(run)
    assert table["number"].tolist() == ["1", "2"]
    assert table["by"].tolist() == ["x", "y"]
    assert "this was said already" in refused(copied(made, run.parent / "other"), first, first)[0]


def test_an_entry_is_withdrawn_by_another(run: Path) -> None:
    """The entry stays and is struck out; what it said no longer counts; it cannot be withdrawn twice."""
    who = names(run)["first"]
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who},school,2021"))
    done = command("record", run, "--withdraw", 1, "--note", "wrong person")
    assert done.returncode == 0
    table = planner.ledger(run)
    assert table["event"].tolist() == ["declined", "withdrawn"]
    assert table["withdrawn_by"].tolist() == [2, pd.NA]
    assert len(planner.record(run, ledger(run.parent, f"2021-12-01,finished,{who},school")).entries) == 1
    for number, told in ((1, "withdrawn already"), (2, "no entry 2"), (9, "no entry 9")):
        done = command("record", run, "--withdraw", number)
        assert done.returncode == 2
        assert told in done.stderr
        assert done.stderr.startswith("--withdraw: ")
    assert len(planner.ledger(run)) == 3


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_was_withdrawn_and_is_recorded_again_is_told(run: Path, lang: str) -> None:
    """A table that still has the row that was withdrawn makes it count again, and that is said; so does replanning."""
    who = names(run)["first"]
    table = ledger(run.parent, f"2021-06-01,declined,{who},school,2021")
    assert planner.record(run, table).again == ()
    planner.record(run, withdraw=1)
    with speaking(lang):
        from planner.messages import say

        told = say("ledger_again", number=1, events="|").split("|")[0]
    made_again = command("replan", run, "--from", 2022, "--ledger", table, "--quiet", "--no-prices", lang=lang)
    assert told in made_again.stdout.replace("\n", " ")
    assert told in command("record", run, "--ledger", table, lang=lang).stdout
    assert len(planner.ledger(run)) == 3


def test_an_agency_is_called_by_its_title_too(tmp_path: Path) -> None:
    """A transfer, and the row of who joined, may name the title that only one agency has, in any letters."""
    sizes = "agency,headcount,title_vi\noffice,10,Phòng Nội vụ\nhall,5,Xã số 1\nbarn,5,Xã số 2\n"
    run = a_run(tmp_path, agencies=sizes)
    table = joiners(tmp_path, N={"agency": "Xã số 2"})
    events = ledger(tmp_path, "2021-03-01,joined,N", "2021-04-01,transferred,A,,,xã số 1")
    planner.record(run, events, table)
    found = roster(replan(run, 2022, priced=False))
    assert (found.loc["A", "agency"], found.loc["N", "agency"]) == ("hall", "barn")
    assert "A Xã số 1" in command("replan", run, "--from", 2022, "--quiet", "--no-prices", lang="vi").stdout
    with pytest.raises(InputError, match="no agency 'Xã số 3'"):
        planner.record(run, ledger(tmp_path, "2021-04-02,transferred,B,,,Xã số 3"))


def test_the_workbook_has_the_agency_of_now(run: Path) -> None:
    """Who was transferred stands under the new agency, so that it goes to the office where he works."""
    who = names(run)["second"]
    hall = pd.DataFrame({"agency": ["office", "hall"], "headcount": [10, 5]}).to_csv(index=False)
    run = a_run(run.parent / "two", agencies=hall)
    planner.record(run, ledger(run.parent, f"2021-03-01,transferred,{who},,,hall"))
    rows = planner.year_workbook(run, 2022, run.parent / "year.xlsx")
    assert dict(zip(rows["cadre"], rows["agency"], strict=True)) == {who: "hall"}


def test_a_withdrawal_on_which_others_rest_is_refused(run: Path) -> None:
    """Without the failure the second admission contradicts the first: the withdrawal is refused."""
    who = names(run)["first"]
    rows = [f"2021-06-01,admitted,{who},school,2021", f"2021-12-01,failed,{who},school"]
    planner.record(run, ledger(run.parent, *rows, f"2022-05-01,admitted,{who},school,2022"))
    with pytest.raises(InputError, match="begins a programme twice"):
        planner.record(run, withdraw=2)
    assert len(planner.ledger(run)) == 3


@pytest.mark.parametrize("change", ["cell", "row", "order"])
def test_a_ledger_that_was_changed_is_refused(run: Path, change: str) -> None:
    """A cell changed, an entry taken out, two exchanged: named; a date in another form is the same date."""
    who = names(run)
    planner.record(
        run, ledger(run.parent, *(f"2021-09-0{n},changed,{code},,,post=x" for n, code in enumerate(who.values(), 1)))
    )
    file = run / "ledger.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines).replace("2021-09-01", "01/09/2021"), encoding="utf-8")
    assert len(planner.ledger(run)) == 3
    changed = {
        "cell": [line.replace("post=x", "post=y") if number == 2 else line for number, line in enumerate(lines)],
        "row": [*lines[:2], lines[3]],
        "order": [lines[0], lines[2], lines[1], lines[3]],
    }[change]
    file.write_text("".join(changed), encoding="utf-8")
    with pytest.raises(InputError, match="not as it was recorded"):
        planner.ledger(run)


def test_the_ledger_of_another_run_takes_back_only_its_own_entries(made: Path, run: Path) -> None:
    """A ledger is carried to a run that is made anew: its withdrawals speak of its numbers, not of those here."""
    who = names(run)
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who['first']},school,2021", "2021-07-01,left,A"))
    planner.record(run, withdraw=1)
    other = copied(made, run.parent / "other")
    left = next(name for name in in_order(other) if name not in ("A", who["first"]))
    planner.record(other, ledger(run.parent, f"2021-08-01,retired,{left}"))
    found = planner.record(other, run / "ledger.csv")
    assert (found.entries["event"].tolist(), found.unread) == (["left"], ())
    assert planner.ledger(other)["withdrawn_by"].isna().all()
    assert len(planner.record(other, run / "ledger.csv").entries) == 0
    assert len(planner.record(run, run / "ledger.csv").entries) == 0


def test_a_ledger_whose_numbers_do_not_fit_withdraws_nothing(made: Path, run: Path) -> None:
    """Rows taken out of a ledger: whose entry its withdrawal means cannot be told, and nothing is recorded."""
    planner.record(run, ledger(run.parent, "2021-06-01,left,B", "2021-07-01,left,A"))
    planner.record(run, withdraw=1)
    table = pd.read_csv(run / "ledger.csv", dtype=str, na_filter=False)
    cut = run.parent / "cut.csv"
    table.iloc[1:].to_csv(cut, index=False)
    other = copied(made, run.parent / "other")
    planner.record(other, ledger(run.parent, "2021-08-01,retired,C"))
    with pytest.raises(InputError, match="no entry 1"):
        planner.record(other, cut)
    table.assign(number="x").to_csv(cut, index=False)
    with pytest.raises(InputError, match="cannot be told which entry"):
        planner.record(other, cut)
    table.to_excel(cut.with_suffix(".xlsx"), index=False)
    with pytest.raises(InputError, match="cannot be told which entry"):
        planner.record(other, cut.with_suffix(".xlsx"))
    assert len(planner.ledger(other)) == 1


def test_verify_holds_and_force_spares_the_ledger(run: Path) -> None:
    """A run with a ledger still verifies; `solve --force` does not replace it."""
    who = names(run)["first"]
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who},school,2021"))
    assert planner.verify(run).empty
    done = command("solve", run.parent / "scenario" / "scenario.yaml", "--out", run, "--force", "--quiet")
    assert done.returncode == 2
    assert "ledger.csv" in done.stderr
    assert len(planner.ledger(run)) == 1


def test_killed_while_recording_the_ledger_is_whole(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is killed before the last step leaves the ledger as it was; his draft harms nobody and goes next time."""
    who = names(run)
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who['first']},school,2021"))
    before = (run / "ledger.csv").read_bytes()

    def killed(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(files.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            planner.record(run, ledger(run.parent, f"2021-06-01,left,{who['second']}"))
    assert (run / "ledger.csv").read_bytes() == before
    (run / ".ledger.csv.abc.part").write_text("half")
    assert planner.verify(run).empty
    planner.record(run, ledger(run.parent, f"2021-06-01,left,{who['second']}"))
    assert not (run / ".ledger.csv.abc.part").exists()
    assert len(planner.ledger(run)) == 2


def test_two_who_record_at_once_lose_nothing(run: Path) -> None:
    """Recordings wait for each other."""
    who = names(run)
    tables = [
        ledger(run.parent, f"2021-06-0{number},changed,{code},,,post=x{number}", name=f"{number}{code}.csv")
        for number in range(1, 4)
        for code in who.values()
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda table: planner.record(run, table), tables))
    assert len(planner.ledger(run)) == 9


def test_the_ledger_is_shown_in_both_languages(run: Path) -> None:
    """A table on the terminal and as csv; without entries that is said."""
    assert "Nothing is recorded" in command("ledger", run).stdout
    who = names(run)["first"]
    planner.record(run, ledger(run.parent, f"2021-06-01,declined,{who},school,2021"))
    out = run.parent / "shown.csv"
    done = command("ledger", run, "--out", out, lang="vi")
    assert done.returncode == 0
    assert "không đi học" in done.stdout
    assert pd.read_csv(out)["event"].tolist() == ["declined"]
    assert command("ledger", run, "--out", out).returncode == 2


# --- joiners --------------------------------------------------------------------------------------------------------


def test_whoever_joins_brings_a_row(run: Path) -> None:
    """The row stands in a second table and is kept; events about the newcomer may follow, none before he is there."""
    table = joiners(run.parent, N={"theory": "none"})
    row = "2021-03-01,joined,N"
    assert "had not joined yet" in one(run, row, "2021-02-28,changed,N,,,post=x", joiners=table)
    found = planner.record(run, ledger(run.parent, row, "2021-03-01,changed,N,,,post=x"), table)
    assert len(found.entries) == 2
    assert (run / "joiners.csv").exists()
    assert planner.verify(run).empty
    later = ledger(run.parent, "2021-09-01,admitted,N,basics,2021")
    assert len(planner.record(run, later).entries) == 1


def test_who_joined_is_sealed_with_the_entry(run: Path) -> None:
    """A cell of theirs that is another, empty or new, a row gone or twice: no longer what was recorded."""
    planner.record(
        run, ledger(run.parent, "2021-03-01,joined,N", "2021-04-01,joined,O"), joiners(run.parent, N={}, O={})
    )
    file = run / "joiners.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    changes = [rows.iloc[:1], rows.iloc[[0, 1, 1]], rows.assign(local="yes")]
    for column, value in {"theory": "advanced", "cadre": "M", "sex": "", "retires": "2022"}.items():
        changes.append(rows.copy())
        changes[-1].loc[0, column] = value
    read = planner.read_run(run)
    for changed in changes:
        changed.to_csv(file, index=False)
        assert kept_findings(RunFolder(read.folder, read.problem, read.manifest, read.tables))
        with pytest.raises(InputError, match="as it was recorded"):
            read_ledger(run, read)
    file.unlink()
    assert not planner.verify(run).empty
    rows.iloc[::-1, ::-1].to_csv(file, index=False)  # the order says nothing
    assert planner.verify(run).empty


def test_a_row_of_a_record_that_was_cut_off_says_nothing(run: Path) -> None:
    """Who joined is written before the ledger: killed between the two, nobody joined; the next record writes anew."""
    planner.record(run, ledger(run.parent, "2021-03-01,joined,N"), joiners(run.parent, N={}))
    file = run / "joiners.csv"
    before = file.read_text("utf-8")
    left = before + before.splitlines()[1].replace("1,N", "2,O", 1) + "\n"
    file.write_text(left, "utf-8")
    assert planner.verify(run).empty
    assert list(read_ledger(run, planner.read_run(run)).joiners["cadre"]) == ["N"]
    planner.record(run, ledger(run.parent, "2021-04-01,joined,P"), joiners(run.parent, P={}))
    assert list(read_ledger(run, planner.read_run(run)).joiners["cadre"]) == ["N", "P"]
    assert planner.verify(run).empty


def test_faults_of_joiners(run: Path) -> None:
    """A row nobody joined by, a known code, an unknown agency, a column that the scheme needs."""
    assert "of no use without an event" in one(
        run, "2021-03-01,joined,N", joiners=joiners(run.parent, N={}, O={})
    ).replace("\n", "")
    assert "on the roster already" in "".join(refused(run, "2021-03-01,joined,A", joiners=joiners(run.parent, A={})))
    found = refused(run, "2021-03-01,joined,N", joiners=joiners(run.parent, N={"agency": "moon"}))
    assert "no agency 'moon'" in found[0]
    table = joiners(run.parent, N={})
    pd.read_csv(table).drop(columns="theory").to_csv(table, index=False)
    (lacking,) = refused(run, "2021-03-01,joined,N", joiners=table)
    assert "the column theory is missing" in lacking


# --- the workbook of a year -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_workbook_of_a_year_is_ticked_and_read_again(run: Path, lang: str) -> None:
    """It holds the planned starts and the study under way; ticked rows are recorded, the others told as left out."""
    who = names(run)
    path = run.parent / f"year-{lang}.xlsx"
    assert command("record", run, "--template", path, "--year", 2022, lang=lang).returncode == 0
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    with speaking(lang):
        from planner.messages import say

        at = {name: heads.index(say(f"ledger_heading_{name}")) for name in (*COLUMNS, "agency", "title")}
        words, nothing = say("event_declined"), say("ledger_nothing_new")
    assert [sheet.cell(2, at["cadre"] + 1).value, sheet.cell(3, at["cadre"] + 1).value] == [who["second"], None]
    choices = next(
        each for each in sheet.data_validations.dataValidation if "B2" in str(each.sqref) or "2" in str(each.sqref)
    )
    assert words in str(choices.formula1)
    sheet.cell(2, at["event"] + 1, words)
    sheet.cell(2, at["date"] + 1, dt.date(2022, 9, 5))
    book.save(path)
    found = planner.record(run, path)
    assert found.entries[["event", "cadre", "start"]].to_numpy().tolist() == [["declined", who["second"], "2022"]]
    assert found.unread == ()
    again = command("record", run, "--ledger", path, lang=lang)
    assert (again.returncode, nothing in again.stdout) == (0, True)
    rows = planner.year_workbook(run, 2022, run.parent / "again.xlsx")
    assert rows.empty


def test_the_workbook_names_studies_under_way(tmp_path: Path) -> None:
    """A study from before the plan and one of the year before may be finished, failed or extended."""
    cadre = {"studying": "degree", "studying_until": 2022}
    run = a_run(
        tmp_path, {"A": {}, "B": {**cadre, "theory": "advanced"}, "C": {}}, programmes={"school": {"months": 20}}
    )
    rows = planner.year_workbook(run, 2022, tmp_path / "y.xlsx")
    under_way = rows[rows["events"].map(lambda events: "finished" in events)]
    assert ("B", "degree") in set(zip(under_way["cadre"], under_way["programme"], strict=True))
    assert len(under_way) == 2
    for year in (2020, 2025):
        with pytest.raises(InputError, match=f"not {year}"):
            planner.year_workbook(run, year, tmp_path / "no.xlsx")
    with pytest.raises(InputError, match=r"\.xlsx"):
        planner.year_workbook(run, 2022, tmp_path / "no.csv")


@pytest.mark.parametrize(
    "options",
    [(), ("--year", 2022), ("--template", "x.xlsx"), ("--template", "x.xlsx", "--year", 2022, "--ledger", "y.csv")],
)
def test_record_says_what_it_needs(run: Path, options: tuple[object, ...]) -> None:
    """Nothing to record, or a workbook beside a ledger, is refused in words."""
    done = command("record", run, *options)
    assert done.returncode == 2
    assert "--template" in done.stderr


# --- many changes -----------------------------------------------------------------------------------------------------

VALUES = [
    *(("theory", value) for value in ("expert", "Cao cấp", "", "TC (K74)")),
    *(("retires", value) for value in ("soon", "2030")),
    *(("birth_date", value) for value in ("03/04/1980", "05/1980", "1980-13-01", "03/04/1985")),
    *(("sex", value) for value in ("Nam", "x")),
    *(("post", value) for value in ("TỔNG CỘNG", "…", "")),
    *(("local", value) for value in ("có", "2")),
]


def test_values_read_together_are_read_as_each_alone(run: Path) -> None:
    """Whatever stands beside it, a value is refused or not as it is alone, and in the same words."""
    problem = planner.read_run(run).problem
    rows = people_of(problem)
    changes = [(code, column, value) for code in problem.cadres["cadre"][:2] for column, value in VALUES]
    alone = [value_faults(problem, rows, *change) for change in changes]
    together = faults_of_values(problem, rows, changes)
    told = [[[str(replace(fault, file=None)) for fault in each] for each in found] for found in (alone, together)]
    assert told[0] == told[1]
    assert {bool(each) for each in alone} == {True, False}


def test_many_wrong_values_are_told_each(run: Path) -> None:
    """Each wrong change has its fault, also where a table's reader would tell them together; sound ones have none."""
    who = names(run)["first"]
    wrong = [f"2021-05-{day:02},changed,{who},,,theory=expert" for day in range(1, 29)]
    found = refused(run, *wrong, f"2021-05-29,changed,{who},,,post=x")
    assert sum("cannot be 'expert'" in line for line in found) == 10
    assert "18 more" in found[-1]


def test_a_change_of_somebody_who_joined_without_a_row_is_refused(run: Path) -> None:
    """He is not known: that is told, and his value is not looked for."""
    found = refused(run, "2021-05-01,joined,N", "2021-05-02,changed,N,,,post=x")
    assert any("joiners" in line for line in found)
