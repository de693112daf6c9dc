"""`planner import`: the office's own files become a clean roster, with a workbook that tells how and can be changed."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import ROOT, Ended
from commands import planner as command
from small import small

import planner
from planner.common.errors import InputError
from planner.common.files import RECORD
from planner.inputs.roster import reading as readings
from planner.inputs.roster.interpretation import interpreted
from planner.inputs.roster.mapping_file import mapping_text, read_mapping
from planner.inputs.roster.roster import read_roster
from planner.inputs.roster.told import Answers, Question
from planner.inputs.roster.wording import Wording
from planner.inputs.vocabulary.levels import level_index
from planner.inputs.vocabulary.words import STANDARD
from planner.library.importing import import_roster
from planner.messages import speaking

HEAD = ("TT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Trình độ chuyên môn", "Lý luận chính trị")
PEOPLE = (
    (1, "C1", "Cán bộ Một", "12/05/1985", "Nữ", "Phòng Nội vụ", "ĐH", "CC"),
    (2, "C2", "Cán bộ Hai", "1/6/1990", "Nam", "Phòng Nội vụ", "ThS", "TC"),
    (3, "C3", "Cán bộ Ba", "30/12/1979", "Nữ", "Phòng Tư pháp", "Cao đẳng", "Sơ cấp"),
)


def workbook(path: Path, *rows: Sequence[Any], sheet: str = "DS") -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet  # type: ignore[union-attr]
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(path)
    return path


def roster(folder: Path, *people: Sequence[Any], head: Sequence[str] = HEAD) -> Path:
    return workbook(folder / "ds.xlsx", head, *(people or PEOPLE))


def without_codes(folder: Path, name: str = "ds.xlsx", people: Iterable[Sequence[Any]] = PEOPLE) -> Path:
    return workbook(folder / name, (HEAD[0], *HEAD[2:]), *((row[0], *row[2:]) for row in people))


def imported(*arguments: object, lang: str = "en") -> Ended:
    return command("import", *arguments, lang=lang)


def changed(path: Path, change: Callable[[Any], object]) -> Path:
    """The read-back workbook after somebody changed it and saved it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def cell(book: Any, sheet: str, row: int, heading: str) -> Any:
    """The cell of a sheet under a heading; `row` counts from 1 below the headings."""
    place = [one.value for one in book[sheet][1]].index(heading)
    return book[sheet][row + 1][place]


def people(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "roster.csv", dtype=str, keep_default_na=False)


# --- what is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_roster_is_imported_whole(tmp_path: Path, lang: str) -> None:
    """The clean roster under the contract's names, the same in a workbook, the read-back, the mapping and the key."""
    done = imported(roster(tmp_path), "--out", tmp_path / "out", lang=lang)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} - {RECORD} == {
        "roster.xlsx", "roster.csv", "read-back.xlsx", "mapping.yaml", "key.csv",
    }  # fmt: skip
    found = people(tmp_path / "out")
    assert found["cadre"].tolist() == ["C1", "C2", "C3"]
    assert found["education"].tolist() == ["bachelor", "master", "college"]
    assert found["theory"].tolist() == ["advanced", "intermediate", "elementary"]
    assert found["sex"].tolist() == ["F", "M", "F"]
    assert stat.S_IMODE((tmp_path / "out" / "key.csv").stat().st_mode) == 0o600
    assert pd.read_csv(tmp_path / "out" / "key.csv").columns.tolist() == ["code", "name", "birth", "agency"]


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv"])
def test_the_clean_roster_is_read_without_a_remark(tmp_path: Path, lang: str, name: str) -> None:
    """In either language, and gives the same people."""
    assert imported(roster(tmp_path), "--out", tmp_path / "out", lang=lang).returncode == 0
    again = import_roster(tmp_path / "out" / name)
    assert again.ready
    assert [remark.key for remark in again.reading.remarks] == ["import_usual"]
    pd.testing.assert_frame_equal(again.people, people(tmp_path / "out").reindex(columns=again.people.columns))


def test_the_vietnamese_workbook_speaks_vietnamese(tmp_path: Path) -> None:
    """An office opens it: headings and levels in its own words."""
    imported(roster(tmp_path), "--out", tmp_path / "out", lang="vi")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "roster.xlsx").active
    assert sheet is not None
    rows = [[one.value for one in row] for row in sheet.iter_rows()]
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Trình độ chuyên môn"] == "Đại học"
    assert told["Giới tính"] == "Nữ"
    assert not any("education" in str(text) or "bachelor" in str(text) for row in rows for text in row)


def test_text_stays_text(tmp_path: Path) -> None:
    """A cell that begins like a formula is text in every file, and comes back as it was."""
    bad = "=HYPERLINK(1)"
    path = workbook(tmp_path / "ds.xlsx", HEAD, (1, "C1", "x", "1985", "Nữ", "A", "ĐH", "CC"))
    book = openpyxl.load_workbook(path)
    book["DS"]["C2"] = bad
    book["DS"]["C2"].data_type = "s"
    book["DS"]["F2"] = "+A"
    book["DS"]["F2"].data_type = "s"
    book.save(path)
    assert imported(path, "--out", tmp_path / "out").returncode == 0
    assert f"'{bad}" in (tmp_path / "out" / "roster.csv").read_text(encoding="utf-8-sig")
    for name in ("roster.xlsx", "read-back.xlsx"):
        book = openpyxl.load_workbook(tmp_path / "out" / name)
        kinds = {one.data_type for sheet in book for row in sheet.iter_rows() for one in row if str(one.value) == bad}
        assert kinds == {"s"}
    again = import_roster(tmp_path / "out" / "roster.csv").people
    assert again.loc[0, ["name", "agency"]].tolist() == [bad, "+A"]


def test_the_same_import_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the clock is in the files."""
    path = roster(tmp_path)
    for name in ("a", "b"):
        assert imported(path, "--out", tmp_path / name).returncode == 0
    for one in (tmp_path / "a").iterdir():
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes(), one.name


def test_a_folder_is_replaced_with_force_alone(tmp_path: Path) -> None:
    """An existing folder is refused; with --force one of an import is replaced, any other is not."""
    path = roster(tmp_path)
    assert imported(path, "--out", tmp_path / "out").returncode == 0
    assert imported(path, "--out", tmp_path / "out").returncode == 2
    assert imported(path, "--out", tmp_path / "out", "--force").returncode == 0
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.docx").write_text("mine")
    assert imported(path, "--out", tmp_path / "other", "--force").returncode == 2
    assert (tmp_path / "other" / "letter.docx").read_text() == "mine"


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    """A file that cannot be read leaves no folder behind."""
    done = imported(tmp_path / "none.xlsx", "--out", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "does not exist" in done.stderr


# --- codes ----------------------------------------------------------------------------------------------------------


def test_codes_are_made_and_kept(tmp_path: Path) -> None:
    """Without a column of codes they are made; the key file gives them again when somebody has moved."""
    assert imported(without_codes(tmp_path), "--out", tmp_path / "one").returncode == 0
    codes = people(tmp_path / "one")["cadre"].tolist()
    moved = [(*PEOPLE[0][:5], "Ban Dân vận", *PEOPLE[0][6:]), *PEOPLE[1:]]
    next_year = without_codes(tmp_path, "next.xlsx", moved)
    done = imported(next_year, "--out", tmp_path / "two", "--key", tmp_path / "one" / "key.csv")
    assert done.returncode == 0
    assert people(tmp_path / "two")["cadre"].tolist() == codes
    assert "not 'Ban Dân vận'" in done.stdout


def test_solve_and_check_work_without_codes(tmp_path: Path) -> None:
    """The roster's own file without codes is planned with made ones, the same that the import makes; it is said."""
    text = "name,agency,birth_year,sex,education,theory,administration\n"
    rows = [f"Cán bộ {n},office,198{n},F,bachelor,intermediate,none" for n in range(3)]
    path = small(tmp_path / "in", roster=text + "\n".join(rows) + "\n")
    problem = planner.load(path)
    remarks = read_roster(path.parent / "roster.csv", problem.scenario.ladders, problem.scenario.programmes).remarks
    assert [(remark.key, remark.done) for remark in remarks] == [("codes_made", "assumed")]
    assert imported(path.parent / "roster.csv", "--out", tmp_path / "out", "--scenario", path).returncode == 0
    assert sorted(problem.cadres["cadre"]) == sorted(people(tmp_path / "out")["cadre"])
    assert command("solve", path, "--quiet", "--out", tmp_path / "run").returncode == 0
    assert command("verify", tmp_path / "run").returncode == 0


def test_one_person_under_two_codes_is_remarked_upon(tmp_path: Path) -> None:
    """The same name and birth with another code is said, and nothing is changed."""
    path = roster(tmp_path, *PEOPLE, (4, "C4", "CÁN BỘ MỘT", "12/05/1985", "Nữ", "Phòng Tư pháp", "ĐH", "CC"))
    done = imported(path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "(C1, C4), in rows 2, 5" in done.stdout
    assert len(people(tmp_path / "out")) == 4


def test_twins_are_asked_about_and_told_apart_in_the_read_back(tmp_path: Path) -> None:
    """Two of one name, birth and office: no clean roster until each has a code, which the read-back takes."""
    twins = [*PEOPLE, (4, "", *PEOPLE[0][2:])]
    path = without_codes(tmp_path, people=twins)
    done = imported(path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert not (tmp_path / "out" / "roster.csv").exists()
    assert "[2 rows]" in done.stderr
    assert "fill in the orange cells" not in done.stderr  # there is nothing to answer in the mapping file
    assert "Mend it in the orange cells" in done.stderr

    def fill(book: Any) -> None:
        for row, code in ((1, "T1"), (4, "T2")):
            assert cell(book, "People", row, "cadre: taken for").value == "?"
            cell(book, "People", row, "cadre: taken for").value = code

    changed(tmp_path / "out" / "read-back.xlsx", fill)
    assert imported(tmp_path / "out" / "read-back.xlsx", "--out", tmp_path / "again").returncode == 0
    found = people(tmp_path / "again")["cadre"].tolist()
    assert [found[0], found[3]] == ["T1", "T2"]
    assert found[1].startswith("NS-")


# --- the read-back workbook -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_unchanged_read_back_gives_the_same_people(tmp_path: Path, lang: str) -> None:
    """It stands for the files that were read, which may be gone; it comes back in the other language, too."""
    path = roster(tmp_path)
    assert imported(path, "--out", tmp_path / "one", lang=lang).returncode == 0
    path.unlink()
    other = {"en": "vi", "vi": "en"}[lang]
    assert imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two", lang=other).returncode == 0
    for name in ("roster.csv", "mapping.yaml", "key.csv"):
        if name != "mapping.yaml":
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_changed_cells_are_taken(tmp_path: Path) -> None:
    """A level chosen, a name mended, an office changed: these change, nothing else does, and it is said."""
    assert imported(roster(tmp_path), "--out", tmp_path / "one", lang="vi").returncode == 0

    def change(book: Any) -> None:
        cell(book, "Cán bộ", 1, "Trình độ chuyên môn: hiểu là").value = "Thạc sĩ"
        cell(book, "Cán bộ", 2, "Họ tên: hiểu là").value = "Cán bộ Khác"
        cell(book, "Cán bộ", 3, "Lý luận chính trị: hiểu là").value = None

    path = changed(tmp_path / "one" / "read-back.xlsx", change)
    done = imported(path, "--out", tmp_path / "two")
    assert done.returncode == 0
    before, after = people(tmp_path / "one"), people(tmp_path / "two")
    before.loc[0, "education"], before.loc[1, "name"], before.loc[2, "theory"] = "master", "Cán bộ Khác", ""
    pd.testing.assert_frame_equal(after, before)
    assert "changed by hand, in rows 2, 3, 4" in done.stdout
    again = imported(tmp_path / "two" / "read-back.xlsx", "--out", tmp_path / "three")
    assert again.returncode == 0
    pd.testing.assert_frame_equal(people(tmp_path / "three"), before)


def test_rows_are_left_out_added_and_sorted(tmp_path: Path) -> None:
    """A person marked as left out or deleted is gone, one written below is there; the order of rows does not matter."""
    assert imported(roster(tmp_path), "--out", tmp_path / "one").returncode == 0

    def change(book: Any) -> None:
        cell(book, "People", 1, "Person?").value = "left out"
        for heading, text in {"cadre": "C9", "name": "Cán bộ Mới", "agency": "Ban Dân vận", "sex": "Nam"}.items():
            cell(book, "People", 4, f"{heading}: taken for").value = text
        cell(book, "People", 4, "birth_date: written").value = "1/2/1980"
        sheet = book["People"]
        second, third = ([one.value for one in sheet[row]] for row in (3, 4))
        for row, values in ((3, third), (4, second)):
            for place, value in enumerate(values, 1):
                sheet.cell(row, place).value = value

    path = changed(tmp_path / "one" / "read-back.xlsx", change)
    done = imported(path, "--out", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    found = people(tmp_path / "two").set_index("cadre")
    assert set(found.index) == {"C2", "C3", "C9"}
    assert found.loc["C9", ["name", "sex", "agency"]].tolist() == ["Cán bộ Mới", "M", "Ban Dân vận"]
    assert "1 row was left out by hand" in done.stdout

    def restore(book: Any) -> None:
        row = [one.value for one in book["Rows left out"]["E"]].index("left out by hand")
        cell(book, "Rows left out", row, "Person?").value = "person"
        book["People"].delete_rows(2)

    changed(tmp_path / "two" / "read-back.xlsx", restore)
    assert imported(tmp_path / "two" / "read-back.xlsx", "--out", tmp_path / "three").returncode == 0
    assert len({*people(tmp_path / "three")["cadre"]} & {"C1", "C9"}) == 2
    assert len(people(tmp_path / "three")) == 3


def test_a_column_is_taken_as_something_else(tmp_path: Path) -> None:
    """A header that was taken wrongly is given its meaning, and is kept in the mapping file for next year."""
    path = workbook(tmp_path / "ds.xlsx", (*HEAD[:5], "Chỗ làm", *HEAD[6:]), *PEOPLE)
    done = imported(path, "--out", tmp_path / "one")
    assert done.returncode == 2

    def change(book: Any) -> None:
        row = [one.value for one in book["Columns"]["E"]].index("Chỗ làm")
        cell(book, "Columns", row, "Taken as").value = "agency"

    changed(tmp_path / "one" / "read-back.xlsx", change)
    done = imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert people(tmp_path / "two")["agency"].tolist() == ["Phòng Nội vụ", "Phòng Nội vụ", "Phòng Tư pháp"]
    assert read_mapping(tmp_path / "two" / "mapping.yaml").answers.headers == {"Chỗ làm": "agency"}
    again = imported(path, "--out", tmp_path / "three", "--mapping", tmp_path / "two" / "mapping.yaml")
    assert again.returncode == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: setattr(book["People"]["H2"], "value", "=1+1"), "formulas that were not calculated|formula"),
        (lambda book: book.remove(book["Columns"]), "the sheet 'Columns' is gone"),
        (lambda book: setattr(book["People"]["A2"], "value", "77"), "the number '77'"),
        (lambda book: setattr(book["People"]["A3"], "value", "1"), "the number '1' stands twice"),
        (lambda book: setattr(book["_planner"]["A1"], "value", "x"), "is damaged"),
    ],
)
def test_a_damaged_read_back_is_refused(tmp_path: Path, change: Callable[[Any], object], said: str) -> None:
    """Never read as if it were a roster, nor in part."""
    imported(roster(tmp_path), "--out", tmp_path / "one")
    path = changed(tmp_path / "one" / "read-back.xlsx", change)
    with pytest.raises(InputError, match=said), speaking("en"):
        import_roster(path)


def test_the_read_back_marks_what_it_tells(tmp_path: Path) -> None:
    """Where the reading differs from the writing, the cell has a colour; a column of levels has its drop-down."""
    imported(roster(tmp_path), "--out", tmp_path / "one")
    book = openpyxl.load_workbook(tmp_path / "one" / "read-back.xlsx")
    taken, same = (cell(book, "People", 1, f"{name}: taken for") for name in ("education", "name"))
    assert taken.value == "bachelor"
    assert taken.fill.fgColor.rgb == "FFDDEBF7"
    assert same.fill.fgColor.rgb != taken.fill.fgColor.rgb
    ranges = {str(one.sqref) for one in book["People"].data_validations.dataValidation}
    assert f"{taken.column_letter}2:{taken.column_letter}4" in ranges
    assert book["_planner"].sheet_state == "veryHidden"


def test_a_read_back_may_be_the_roster_of_a_scenario(tmp_path: Path) -> None:
    """`solve` reads it as the files that it stands for, with what was changed."""
    text = "cadre,name,agency,birth_year,sex,education,theory,administration\n"
    rows = [f"C{n},Cán bộ {n},office,198{n},F,bachelor,intermediate,none" for n in range(3)]
    path = small(tmp_path / "in", roster=text + "\n".join(rows) + "\n")
    imported(path.parent / "roster.csv", "--out", tmp_path / "out", "--scenario", path)
    changed(
        tmp_path / "out" / "read-back.xlsx",
        lambda book: cell(book, "People", 1, "Person?").__setattr__("value", "left out"),
    )
    problem = planner.load(path, roster=tmp_path / "out" / "read-back.xlsx")
    assert problem.cadres["cadre"].tolist() == ["C1", "C2"]


def test_whoever_is_called_otherwise_keeps_the_code(tmp_path: Path) -> None:
    """A name that is mended in the read-back changes no code that was made."""
    assert imported(without_codes(tmp_path), "--out", tmp_path / "one").returncode == 0
    path = tmp_path / "one" / "read-back.xlsx"
    changed(path, lambda book: setattr(cell(book, "People", 1, "name: taken for"), "value", "Cán bộ Mốt"))
    assert imported(path, "--out", tmp_path / "two").returncode == 0
    assert people(tmp_path / "two")["cadre"].tolist() == people(tmp_path / "one")["cadre"].tolist()
    assert people(tmp_path / "two")["name"].tolist()[0] == "Cán bộ Mốt"


UNCLEAR = ("", "", "Tổng cộng", "", "", "3 người", "x", "", "TC")
"""A row that is neither plainly a person nor plainly a total."""


def with_an_unclear_row(folder: Path) -> Path:
    head = (*HEAD[:6], "ThS", "ĐH", HEAD[7])
    return workbook(folder / "ds.xlsx", head, *((*row[:6], "x", "", row[7]) for row in PEOPLE), UNCLEAR)


def judged(path: Path, answer: str) -> Path:
    def take(book: Any) -> None:
        row = next(n for n, one in enumerate(book["Rows left out"]["F"]) if "Tổng cộng" in str(one.value))
        assert cell(book, "Rows left out", row, "Person?").value == "?"
        cell(book, "Rows left out", row, "Person?").value = answer

    return changed(path, take)


def test_a_row_that_was_left_out_may_be_a_person(tmp_path: Path) -> None:
    """It comes with the cells that stand in it, marks and columns as they are read; what it lacks is told."""
    assert imported(with_an_unclear_row(tmp_path), "--out", tmp_path / "one").returncode == 2
    done = imported(judged(tmp_path / "one" / "read-back.xlsx", "person"), "--out", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    found = people(tmp_path / "two").set_index("name").loc["Tổng cộng"]
    assert found[["agency", "education", "theory"]].tolist() == ["3 người", "master", "intermediate"]
    assert "1 row was taken for people by hand" in done.stdout


def test_a_row_that_was_asked_about_may_be_left_out(tmp_path: Path) -> None:
    """Then it is no person, which is said; any other answer is refused."""
    assert imported(with_an_unclear_row(tmp_path), "--out", tmp_path / "one").returncode == 2
    done = imported(judged(tmp_path / "one" / "read-back.xlsx", "Bỏ qua"), "--out", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert len(people(tmp_path / "two")) == 3
    assert "1 row was left out by hand: 5" in done.stdout
    assert imported(with_an_unclear_row(tmp_path), "--out", tmp_path / "three").returncode == 2
    done = imported(judged(tmp_path / "three" / "read-back.xlsx", "perhaps"), "--out", tmp_path / "four")
    assert done.returncode == 2
    assert "'perhaps' does not say whether the row is a person" in done.stderr


@pytest.mark.parametrize(
    ("sheet", "answer", "said"),
    [
        ("Questions", "advancedd", "unknown level 'advancedd'"),
        ("Sheets", "perhaps", "expected one of 'people', 'ignore'"),
    ],
)
def test_an_answer_that_means_nothing_is_refused(tmp_path: Path, sheet: str, answer: str, said: str) -> None:
    """It is not passed over."""
    path = tmp_path / "ds.xlsx"
    book = openpyxl.Workbook()
    for name, row in (("Một", (*PEOPLE[0][:7], "CC (K74)")), ("Hai", PEOPLE[1])):
        book.create_sheet(name).append(list(HEAD))
        book[name].append(list(row))
    book.remove(book["Sheet"])
    book.save(path)
    assert imported(path, "--out", tmp_path / "one").returncode == 2
    column = {"Questions": "F2", "Sheets": "E2"}[sheet]
    changed(tmp_path / "one" / "read-back.xlsx", lambda book: setattr(book[sheet][column], "value", answer))
    done = imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two")
    assert (done.returncode, (tmp_path / "two").exists()) == (2, False)
    assert said in done.stderr


def test_edits_of_people_who_are_not_read_any_more_are_told(tmp_path: Path) -> None:
    """A cell that was changed in a sheet that is then ignored is no edit; it is said."""
    book = openpyxl.Workbook()
    for name, row in (("Một", PEOPLE[0]), ("Hai", PEOPLE[1])):
        sheet = book.create_sheet(name)
        sheet.append(list(HEAD))
        sheet.append(list(row))
    book.remove(book["Sheet"])
    book.save(tmp_path / "ds.xlsx")
    assert imported(tmp_path / "ds.xlsx", "--out", tmp_path / "one").returncode == 0

    def change(book: Any) -> None:
        cell(book, "People", 2, "name: taken for").value = "Cán bộ Khác"
        cell(book, "Sheets", [one.value for one in book["Sheets"]["C"]].index("Hai"), "Taken as").value = "ignore"

    done = imported(changed(tmp_path / "one" / "read-back.xlsx", change), "--out", tmp_path / "two")
    assert done.returncode == 0
    assert "changes by hand in 1 row count no more" in done.stdout
    assert people(tmp_path / "two")["cadre"].tolist() == ["C1"]


def test_a_sheet_is_taken_or_ignored(tmp_path: Path) -> None:
    """A hidden sheet may be read after all, one that was read may be ignored; the answer is kept."""
    book = openpyxl.Workbook()
    for name, row in (("Một", PEOPLE[0]), ("Hai", PEOPLE[1]), ("Ba", PEOPLE[2])):
        sheet = book.create_sheet(name)
        sheet.append(list(HEAD))
        sheet.append(list(row))
        sheet.sheet_state = "hidden" if name == "Ba" else "visible"
    book.remove(book["Sheet"])
    book.save(tmp_path / "ds.xlsx")
    assert imported(tmp_path / "ds.xlsx", "--out", tmp_path / "one").returncode == 0
    assert people(tmp_path / "one")["cadre"].tolist() == ["C1", "C2"]

    def change(book: Any) -> None:
        names = [one.value for one in book["Sheets"]["C"]]
        cell(book, "Sheets", names.index("Ba"), "Taken as").value = "people"
        cell(book, "Sheets", names.index("Hai"), "Taken as").value = "ignore"

    changed(tmp_path / "one" / "read-back.xlsx", change)
    assert imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two").returncode == 0
    assert people(tmp_path / "two")["cadre"].tolist() == ["C1", "C3"]
    mapping = tmp_path / "two" / "mapping.yaml"
    assert read_mapping(mapping).answers.sheets == {"Ba": "people", "Hai": "ignore"}
    assert imported(tmp_path / "ds.xlsx", "--out", tmp_path / "three", "--mapping", mapping).returncode == 0
    assert people(tmp_path / "three")["cadre"].tolist() == ["C1", "C3"]


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "cases" / "rosters").iterdir()), ids=lambda path: path.name)
def test_a_roster_of_an_office_comes_back_as_it_was_read(tmp_path: Path, path: Path) -> None:
    """Of whatever form: the read-back, unchanged, gives the same people, and so does the clean roster."""
    assert imported(path, "--out", tmp_path / "one", lang="vi").returncode == 0
    assert imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two").returncode == 0
    assert (tmp_path / "one" / "roster.csv").read_bytes() == (tmp_path / "two" / "roster.csv").read_bytes()
    clean = import_roster(tmp_path / "one" / "roster.xlsx").people
    pd.testing.assert_frame_equal(clean, people(tmp_path / "one"), check_like=True)


def test_the_words_of_a_clean_roster_lead_back(tmp_path: Path) -> None:
    """Every level, sex and programme is shown in words that are read as the same again, in either language."""
    titles = {"school": {"en": "School", "vi": "Trường"}, "other": "Trường"}
    for language in ("en", "vi"):
        with speaking(language):
            wording = Wording({name: [*levels] for name, levels in STANDARD.items()}, titles)
            for ladder, levels in STANDARD.items():
                for level in levels:
                    shown = wording.shown(ladder, level)
                    assert wording.meant(ladder, shown) == level
                    assert level_index(ladder, levels)(shown) == levels.index(level)
            assert wording.answer_meant(("synonyms", "studying", "x"), "Trường 2027") in ("Trường 2027", "school 2027")
            for at, value in {
                ("blank", "theory"): "unknown",
                ("sheets", "A"): "people",
                ("headers", "A"): "agency",
                ("synonyms", "theory", "A"): "studying",
                ("synonyms", "studying", "A"): "school 2027",
                ("synonyms", "education", "A"): "other",
                ("synonyms", "agency", "A"): "Phòng Nội vụ 2",
            }.items():
                assert wording.answer_meant(at, wording.answer(at, value)) == value


# --- the mapping file -----------------------------------------------------------------------------------------------


def test_the_mapping_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Whatever text is asked about; what is open is a comment beside its choices."""
    nasty = "a: \"b\" # c\\d 'e' – Đ"
    answers = Answers(
        {"Trang 1": "ignore"}, {nasty: "post"}, {"theory": "none"}, {"theory": {nasty: "advanced", "-": "none"}}
    )
    asked = Question("codes_two", {"name": "n", "codes": "c", "rows": "1"}, at=("synonyms", "theory", "CC (K74)"),
                     choices=("none", "advanced"), proposal="advanced")  # fmt: skip
    with speaking("en"):
        text = mapping_text(answers, [asked])
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml").answers == answers
    (tmp_path / "m.yaml").write_text(text.replace('# "CC (K74)"', '"CC (K74)"'), encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml").answers.synonyms["theory"]["CC (K74)"] == "advanced"
    assert "# one of: none, advanced" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("header: {a: b}", r"line 1: header: unknown key 'header'; did you mean 'headers'"),
        ("blank:\n  theory: nil", r"line 2: blank.theory: unknown level 'nil'"),
        ("blank:\n  theorie: none", r"line 2: blank.theorie: unknown ladder 'theorie'; did you mean 'theory'"),
        ("synonyms:\n  theory:\n    CC: higher", r"line 3: synonyms.theory.CC: unknown level 'higher'"),
        ("synonyms:\n  theory:\n    CC:", r"line 3: .*CC"),
        ("sheets: {A: maybe}", r"sheets.A: expected one of 'people', 'ignore'"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_faulty_mapping_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Strict: file, line and what was probably meant."""
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        import_roster(roster(tmp_path), mapping=tmp_path / "m.yaml")


def test_a_mapping_file_of_comments_is_empty(tmp_path: Path) -> None:
    """Nothing answered yet is no fault."""
    (tmp_path / "m.yaml").write_text("# nothing\n", encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml").answers == Answers()
    with speaking("vi"):
        (tmp_path / "m.yaml").write_text(mapping_text(Answers()), encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml").answers == Answers()


# --- questions ------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def doubts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpretation asks what "CC (K74)" means for theory, until that is answered."""

    def asking(rows: Any, ladders: Any, programmes: Any = (), answers: Any = None, *more: Any, **named: Any) -> Any:
        found = interpreted(rows, ladders, programmes, answers, *more, **named)
        cells = found.people["theory"]
        told = answers.synonyms.get("theory", {}).get("CC K74")
        labels = tuple(int(label) for label in cells.index[rows.people["theory"] == "CC K74"])
        if told is not None:
            return replace(found, people=found.people.assign(theory=cells.where(~cells.index.isin(labels), told)))
        question = Question(
            "codes_two",
            {"name": "CC K74", "codes": "-", "rows": "-"},
            rows.places["file"].iloc[0],
            at=("synonyms", "theory", "CC K74"),
            choices=("none", "intermediate", "advanced"),
            proposal="advanced",
            rows=labels,
            column="theory",
        )
        faults = [fault for fault in found.faults if "CC K74" not in str(fault)]
        people = found.people.assign(theory=cells.where(~cells.index.isin(labels), ""))
        return replace(found, people=people, faults=(*faults, *([question] if labels else [])))

    monkeypatch.setattr(readings, "interpreted", asking)


DOUBTFUL = (*((*row[:7], "CC K74") for row in PEOPLE[:2]), PEOPLE[2])


@pytest.mark.usefixtures("doubts")
def test_a_question_is_asked_once_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its proposal first, a wrong number again; the answer is kept, and next year's file is read without a question."""
    monkeypatch.setattr(sys, "stdin", Terminal("7\n1\n"))
    path = roster(tmp_path, *DOUBTFUL)
    done = imported(path, "--out", tmp_path / "one")
    assert done.returncode == 0, done.stderr
    assert "1. advanced (proposed)" in done.stdout
    assert "from 1 to 3" in done.stdout
    assert done.stdout.count("[2 rows]") == 1
    assert people(tmp_path / "one")["theory"].tolist() == ["advanced", "advanced", "elementary"]
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    mapping = tmp_path / "one" / "mapping.yaml"
    assert read_mapping(mapping).answers.synonyms == {"theory": {"CC K74": "advanced"}}
    next_year = roster(tmp_path, *DOUBTFUL, (4, "C4", "Cán bộ Tư", "1/1/1991", "Nam", "A", "Đại học", "CC K74"))
    assert imported(next_year, "--out", tmp_path / "two").returncode == 2
    done = imported(next_year, "--out", tmp_path / "three", "--mapping", mapping)
    assert done.returncode == 0
    assert people(tmp_path / "three")["theory"].tolist()[3] == "advanced"


@pytest.mark.usefixtures("doubts")
@pytest.mark.parametrize("typed", ["\n", ""])
def test_a_question_may_be_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """An empty line, and the end of what is typed, leave it open; then there is no clean roster."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    done = imported(roster(tmp_path, *DOUBTFUL), "--out", tmp_path / "one")
    assert done.returncode == 2
    assert {path.name for path in (tmp_path / "one").iterdir()} - {RECORD} == {
        "read-back.xlsx",
        "mapping.yaml",
        "key.csv",
    }


@pytest.mark.usefixtures("doubts")
def test_without_a_terminal_questions_are_listed(tmp_path: Path) -> None:
    """One line for each with its rows, and both ways on; each way then leads to the clean roster."""
    path = roster(tmp_path, *DOUBTFUL)
    done = imported(path, "--out", tmp_path / "one")
    assert done.returncode == 2
    assert done.stderr.count("[2 rows]") == 1
    assert "read-back.xlsx" in done.stderr
    assert "--mapping" in done.stderr
    mapping = tmp_path / "one" / "mapping.yaml"
    text = mapping.read_text(encoding="utf-8")
    assert read_mapping(mapping).answers == Answers()
    mapping.write_text(text.replace('# "CC K74": "advanced"', '"CC K74": "advanced"'), encoding="utf-8")
    assert imported(path, "--out", tmp_path / "two", "--mapping", mapping).returncode == 0
    changed(tmp_path / "one" / "read-back.xlsx", lambda book: setattr(book["Questions"]["F2"], "value", "advanced"))
    assert imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "three").returncode == 0
    expected = ["advanced", "advanced", "elementary"]
    assert people(tmp_path / "two")["theory"].tolist() == people(tmp_path / "three")["theory"].tolist() == expected
    assert read_mapping(tmp_path / "three" / "mapping.yaml").answers.synonyms == {"theory": {"CC K74": "advanced"}}


@pytest.mark.usefixtures("doubts")
def test_doubtful_cells_may_be_filled_in_one_by_one(tmp_path: Path) -> None:
    """A doubtful cell is marked, offers its choices, and is asked about as long as it is not filled in."""
    assert imported(roster(tmp_path, *DOUBTFUL), "--out", tmp_path / "one").returncode == 2
    path = tmp_path / "one" / "read-back.xlsx"
    one = cell(openpyxl.load_workbook(path), "People", 1, "theory: taken for")
    assert (one.value, one.fill.fgColor.rgb) == ("?", "FFF8CBAD")

    def fill(row: int, value: str) -> Callable[[Any], object]:
        return lambda book: setattr(cell(book, "People", row, "theory: taken for"), "value", value)

    changed(path, fill(1, "intermediate"))
    assert imported(path, "--out", tmp_path / "two").returncode == 2
    changed(path, fill(2, "none"))
    assert imported(path, "--out", tmp_path / "three").returncode == 0
    assert people(tmp_path / "three")["theory"].tolist() == ["intermediate", "none", "elementary"]


@pytest.mark.usefixtures("doubts", "english")
def test_the_library_tells_the_same_as_tables(tmp_path: Path) -> None:
    """People, rows, columns, remarks, and questions with where they are answered."""
    found = planner.import_roster(roster(tmp_path, *DOUBTFUL))
    assert isinstance(found, planner.ImportedRoster)
    assert not found.ready
    assert len(found.people) == 3
    assert (found.rows["role"] == "person").sum() == 3
    assert {"cadre", "agency", "theory"} <= {*found.columns["column"]}
    assert found.remarks["done"].tolist()[0] == "assumed"
    (asked,) = found.questions.to_dict("records")
    assert (asked["at"], asked["rows"], asked["proposal"]) == ("synonyms.theory.CC K74", 2, "advanced")
    answered = planner.import_roster(roster(tmp_path, *DOUBTFUL), ask=lambda question, _: question.proposal)
    assert answered.ready


def test_a_question_without_a_row_cannot_be_answered_on_the_questions_sheet(tmp_path: Path) -> None:
    """Where only the cell itself can be mended, an answer written elsewhere is refused, not passed over."""
    path = without_codes(tmp_path, people=[*PEOPLE, (4, "", *PEOPLE[0][2:])])
    assert imported(path, "--out", tmp_path / "one").returncode == 2
    changed(tmp_path / "one" / "read-back.xlsx", lambda book: setattr(book["Questions"]["F2"], "value", "T1"))
    done = imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two")
    assert done.returncode == 2
    assert "'T1' cannot be answered in this row" in done.stderr


def test_a_blank_is_asked_about_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it means is asked with figures, kept, and can be answered in the read-back, too."""
    path = roster(tmp_path, (*PEOPLE[0][:7], "-"), *PEOPLE[1:])
    monkeypatch.setattr(sys, "stdin", Terminal("1\n"))
    done = imported(path, "--out", tmp_path / "one")
    assert "theory: 1 cell is blank or a dash, of 3" in done.stdout
    assert people(tmp_path / "one")["theory"].tolist() == ["none", "intermediate", "elementary"]
    assert read_mapping(tmp_path / "one" / "mapping.yaml").answers.blank == {"theory": "none"}
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert imported(path, "--out", tmp_path / "two", lang="vi").returncode == 0
    assert people(tmp_path / "two")["theory"].tolist()[0] == ""
    changed(
        tmp_path / "two" / "read-back.xlsx", lambda book: setattr(book["Câu hỏi"]["F2"], "value", "Chưa qua đào tạo")
    )
    assert imported(tmp_path / "two" / "read-back.xlsx", "--out", tmp_path / "three").returncode == 0
    assert people(tmp_path / "three")["theory"].tolist()[0] == "none"


def test_study_under_way_is_asked_with_the_programmes_of_the_scenario(tmp_path: Path) -> None:
    """A class that may be under way: what is answered in the workbook, in words, is what `solve` reads."""
    text = "cadre,name,agency,birth_year,sex,education,theory,administration\n"
    rows = ["C1,Cán bộ 1,office,1981,F,bachelor,CC (K74),none", "C2,Cán bộ 2,office,1982,M,bachelor,TC,none"]
    path = small(tmp_path / "in", roster=text + "\n".join(rows) + "\n")
    done = imported(path.parent / "roster.csv", "--out", tmp_path / "one", "--scenario", path, lang="vi")
    assert done.returncode == 2
    changed(tmp_path / "one" / "read-back.xlsx", lambda book: setattr(book["Câu hỏi"]["F2"], "value", "đang học"))
    done = imported(tmp_path / "one" / "read-back.xlsx", "--out", tmp_path / "two", "--scenario", path)
    assert done.returncode == 2  # which programme, until when

    def fill(book: Any) -> None:
        cell(book, "People", 1, "studying: taken for").value = "school"
        cell(book, "People", 1, "studying_until: taken for").value = 2022

    changed(tmp_path / "two" / "read-back.xlsx", fill)
    done = imported(tmp_path / "two" / "read-back.xlsx", "--out", tmp_path / "three", "--scenario", path)
    assert done.returncode == 0, done.stderr
    found = people(tmp_path / "three").iloc[0]
    assert found[["studying", "studying_until"]].tolist() == ["school", "2022"]
    problem = planner.load(path, roster=tmp_path / "three" / "roster.csv")
    assert problem.studies["until"].tolist() == [2022]
