"""Rosters as offices keep them: what first users met that was read wrongly without a word, or asked with no way on."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from layouts import HEADER, book, column, person, plainly, questions, read, remarks

import planner
from planner.inputs.roster.posts_and_offices import parts
from planner.inputs.roster.sheets import shown, shows_more
from planner.inputs.synonyms import known_header
from planner.library.importing import ImportedRoster

pytestmark = pytest.mark.usefixtures("english")

PLAIN = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Đơn vị"]


def member(number: int, *further: Any, office: str | None = "Phòng Nội vụ", sex: str = "Nữ") -> list[Any]:
    """A row under `PLAIN`."""
    return [number, f"Nguyễn Thị {'ABCDEFGHIKLM'[number - 1]}", 1970 + number, sex, office, *further]


def imported(path: Path) -> ImportedRoster:
    """A file read with the usual ladders."""
    return planner.import_roster(path)


def told(found: ImportedRoster) -> set[str]:
    """The keys of everything that was remarked upon."""
    return {remark.key for remark in found.reading.remarks}


def padded(path: Path, number_format: str) -> Path:
    """A workbook whose codes are numbers that a format shows as something else."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["Mã cán bộ", *PLAIN[1:]])
    for number in (1, 2, 12):
        sheet.append([number, *member(min(number, 3))[1:]])
        sheet.cell(sheet.max_row, 1).number_format = number_format
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("number_format", "codes"),
    [("000", ["001", "002", "012"]), ('"CB-"000', ["CB-001", "CB-002", "CB-012"]), ("0", ["1", "2", "12"]),
     ("General", ["1", "2", "12"])],
)  # fmt: skip
def test_codes_are_read_as_they_are_shown(tmp_path: Path, number_format: str, codes: list[str]) -> None:
    """A code 007 that a workbook keeps as the number 7 is 007."""
    assert column(plainly(read(padded(tmp_path / "t.xlsx", number_format))), "cadre") == codes


def test_number_formats_leave_other_values_as_they_are() -> None:
    """Dates, texts, fractions and truth values are no codes."""
    assert [shown(value, "000") for value in ("7", 7.5, True, None, -7)] == ["7", 7.5, True, None, -7]
    assert [shown(7.0, "000"), shown(7, "0"), shown(7, "0.00"), shown(7, "dd/mm/yyyy")] == ["007", 7, 7, 7]
    assert not any(map(shows_more, ("0.00", "#,##0", "dd/mm/yyyy", "0%", "@", "General")))


@pytest.mark.parametrize("mark", ['"', "-nt-", "nt", "″", "Như trên", "-//-"])
def test_a_mark_that_repeats_the_cell_above_is_no_office(tmp_path: Path, mark: str) -> None:
    """Who stands below an office with a ditto is of that office."""
    rows = [PLAIN, member(1), member(2, office=mark), member(3, office="Phòng Tư pháp"), member(4, office=mark)]
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "agency") == ["Phòng Nội vụ"] * 2 + ["Phòng Tư pháp"] * 2
    assert remarks(found)["layout_ditto"] == (3, 5)


def test_an_office_beside_its_first_person_alone(tmp_path: Path) -> None:
    """Blank cells below an office are of it where no office is written twice; a gap in a full column is asked."""
    offices = ["Phòng Nội vụ", None, None, "Phòng Tư pháp", None]
    found = plainly(read(book(tmp_path, [PLAIN, *(member(i, office=office) for i, office in enumerate(offices, 1))])))
    assert column(found, "agency") == ["Phòng Nội vụ"] * 3 + ["Phòng Tư pháp"] * 2
    assert remarks(found) == {"layout_filled_down": (3, 4, 6)}
    gap = ["Phòng Nội vụ", "Phòng Nội vụ", None, "Phòng Tư pháp"]
    left = imported(book(tmp_path, [PLAIN, *(member(i, office=office) for i, office in enumerate(gap, 1))]))
    assert [fault.key for fault in left.faults] == ["roster_empty_cell"]


def test_kinds_of_people_within_an_office(tmp_path: Path) -> None:
    """Rows such as "Lãnh đạo" and "Chuyên viên" below an office part its people, who stay of it."""
    header = PLAIN[:4]
    rows = [header, ["I", "PHÒNG NỘI VỤ"], ["", "Lãnh đạo"], member(1)[:4], ["", "Chuyên viên"], member(2)[:4],
            ["II", "PHÒNG TƯ PHÁP"], ["", "Lãnh đạo"], member(3)[:4], ["", "Chuyên viên"], member(4)[:4]]  # fmt: skip
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "agency") == ["PHÒNG NỘI VỤ"] * 2 + ["PHÒNG TƯ PHÁP"] * 2
    assert column(found, "block") == ["Lãnh đạo", "Chuyên viên"] * 2


def test_a_vacant_post_is_nobody(tmp_path: Path) -> None:
    """(Khuyết) in place of a name is not taken for a name."""
    rows = [HEADER, person(1), [2, "", "(Khuyết)", "", "", "Phòng Nội vụ", "Phó Trưởng phòng"]]
    found = plainly(read(book(tmp_path, rows)))
    assert (column(found, "cadre"), remarks(found)) == (["CB01"], {"layout_vacant": (3,)})


def test_remarks_tell_who_left_and_who_studies(tmp_path: Path) -> None:
    """What only the remarks say is said; Đồng chí before a name is no part of it."""
    rows = [[*PLAIN, "Ghi chú"], member(1, "Đã nghỉ hưu từ 01/2026"), member(2, "Đang học cao học"), member(3, "")]
    rows[3][1] = "Đ/c Nguyễn Thị C"
    found = imported(book(tmp_path, rows))
    assert {"reading_note_left", "reading_note_studying", "reading_comrade"} <= told(found)
    assert found.people["name"].tolist()[2] == "Nguyễn Thị C"


@pytest.mark.parametrize(("first", "second"), [("Năm 2025", "Năm 2026"), ("2026", "2025")])
def test_of_two_years_the_older_sheet_is_asked_about(tmp_path: Path, first: str, second: str) -> None:
    """Whatever their order, the newer list is read, and the older one is proposed to be ignored."""
    old, new = member(1, "Sơ cấp"), member(1, "Cao cấp")
    sheets = {
        name: [[*PLAIN, "LLCT"], new if "2026" in name else old, member(2, "Cao cấp")] for name in (first, second)
    }
    found = imported(book(tmp_path, sheets))
    (question,) = found.open_questions
    assert question.at == ("sheets", "Năm 2025" if "Năm" in first else "2025")
    assert found.people["theory"].tolist() == ["advanced", "advanced"]


def test_levels_under_a_ladder(tmp_path: Path) -> None:
    """The column "Lý luận chính trị > Trình độ" is the level; subject and year beside it are not."""
    upper = [*PLAIN, "Trình độ chuyên môn", "", "", "Lý luận chính trị", ""]
    lower = ["", "", "", "", "", "Trình độ", "Chuyên ngành", "Năm tốt nghiệp", "Trình độ đào tạo", "Năm"]
    rows = [upper, lower, member(1, "Đại học", "Luật", 2005, "Cao cấp", 2012)]
    found = plainly(read(book(tmp_path, rows, merged=["F1:H1", "I1:J1"])))
    first = found.people.iloc[0]
    assert (first["education"], first["subject"], first["theory"]) == ("Đại học", "Luật", "Cao cấp")


def test_marks_of_what_is_planned_are_no_levels_held(tmp_path: Path) -> None:
    """A mark under "Nhu cầu đào tạo" or under the rank is not taken for a level that somebody holds."""
    upper = [*PLAIN, "Trình độ LLCT hiện nay", "", "Nhu cầu đào tạo LLCT", "", "Ngạch công chức", "", "QLNN", ""]
    lower = ["", "", "", "", "", "CC", "TC", "CC", "TC", "CVC", "CV", "CVC và TĐ", "CV và TĐ"]
    rows = [upper, lower, member(1, "", "x", "x", "", "x", "", "", "x")]
    found = plainly(read(book(tmp_path, rows, merged=["F1:G1", "H1:I1", "J1:K1", "L1:M1"])))
    assert (column(found, "theory"), column(found, "administration")) == (["Trung cấp"], ["Chuyên viên"])


@pytest.mark.parametrize("header", ["Văn bằng của cán bộ", "Chuyên môn và lý luận chính trị"])
def test_what_seems_to_tell_levels_is_asked(tmp_path: Path, header: str) -> None:
    """A column of degrees under a header that nobody knows is not passed over."""
    path = book(tmp_path, [[*PLAIN, header], member(1, "Đại học"), member(2, "Thạc sĩ")])
    assert questions(read(path)) == {"layout_levels_unclear": ("headers", header)}
    assert plainly(read(path, headers={header: "ignore"}))
    assert column(plainly(read(path, headers={header: "education"})), "education") == ["Đại học", "Thạc sĩ"]


@pytest.mark.parametrize(
    ("header", "name"),
    [("15.2- Trình độ chuyên môn cao nhất", "education"), ("1) Họ và tên khai sinh", "name"),
     ("Trình độ LLCT hiện nay", "theory"), ("Xã, thị trấn", "agency"), ("4) Sinh ngày", "birth_date"),
     ("Nhu cầu đào tạo", None), ("2026", None)],
)  # fmt: skip
def test_headers_of_forms(header: str, name: str | None) -> None:
    """Item numbers before a header, and "hiện nay" behind it, leave its meaning as it is."""
    assert known_header(header) == name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Phó Trưởng phòng, Phòng Nội vụ", ("Phó Trưởng phòng", "Phòng Nội vụ")),
     ("Chuyên viên Phòng Tài chính - Kế hoạch", ("Chuyên viên", "Phòng Tài chính - Kế hoạch")),
     ("Trưởng phòng Nội vụ", ("Trưởng phòng", "Phòng Nội vụ")),
     ("Trưởng phòng Phòng Nội vụ", ("Trưởng phòng", "Phòng Nội vụ")),
     ("Phó Chánh Văn phòng Huyện ủy", ("Phó Chánh Văn phòng", "Văn phòng Huyện ủy")),
     ("Phó Chủ tịch UBND xã Bản Nhùng", ("Phó Chủ tịch", "UBND xã Bản Nhùng")),
     ("Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy", None), ("Chuyên viên", None), ("Trưởng phòng", None)],
)  # fmt: skip
def test_post_and_office_in_one_text(text: str, wanted: tuple[str, str] | None) -> None:
    """They are parted where one office is plainly meant."""
    found = parts(text)
    assert found == wanted if wanted is None else found is not None
    assert wanted is None or tuple(map(str.casefold, found or ())) == tuple(map(str.casefold, wanted))


def test_post_and_office_in_one_column(tmp_path: Path) -> None:
    """The column of many forms: both are read, and said; what is not plain is asked, and can be answered."""
    header = [*PLAIN[:4], "Chức vụ, đơn vị công tác"]
    unclear = "UVBTV, Trưởng Ban Tổ chức"
    path = book(tmp_path, [header, member(1, office="Chuyên viên, Phòng Nội vụ"), member(2, office=unclear)])
    found = imported(path)
    assert [(one.key, one.at) for one in found.open_questions] == [
        ("layout_post_or_office", ("synonyms", "agency", unclear))
    ]
    answered = plainly(read(path, synonyms={"agency": {unclear: "Ban Tổ chức"}}))
    assert column(answered, "post") == ["Chuyên viên", unclear]
    sections = [header, ["I", "PHÒNG NỘI VỤ"], member(1, office="Chuyên viên")]
    assert column(plainly(read(book(tmp_path, sections))), "agency") == ["PHÒNG NỘI VỤ"]


def test_tables_side_by_side(tmp_path: Path) -> None:
    """Two tables of people are asked about in one sentence; one of offices is left out, and said."""
    rows = [[*PLAIN, "", *PLAIN], [*member(1), "", *member(2)]]
    assert questions(read(book(tmp_path, rows))) == {"layout_side_by_side": ()}
    beside = [[*PLAIN, "", "Đơn vị", "Số lượng"], [*member(1), "", "Phòng Nội vụ", 2], member(2)]
    found = plainly(read(book(tmp_path, beside)))
    assert (column(found, "agency"), remarks(found)) == (["Phòng Nội vụ"] * 2, {"layout_beside": ()})


@pytest.mark.parametrize("header", [["Tên", "Họ đệm"], ["Họ", "Tên đệm", "Tên"], ["Họ đệm", "Tên"]])
def test_names_in_parts(tmp_path: Path, header: list[str]) -> None:
    """The parts of a name come in the order of a name, however many columns there are."""
    told_by = {"Tên": "Hoa", "Họ đệm": "Nguyễn Thị", "Họ": "Nguyễn", "Tên đệm": "Thị"}
    rows = [["STT", *header, *PLAIN[2:]], [1, *(told_by[name] for name in header), 1980, "Nữ", "Phòng Nội vụ"]]
    assert column(plainly(read(book(tmp_path, rows))), "name") == ["Nguyễn Thị Hoa"]


def test_given_names_without_a_header(tmp_path: Path) -> None:
    """A CSV file knows no merged cells: the second half of a name has no header there."""
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["STT", "Họ và tên", "", *PLAIN[2:]], [1, "Nguyễn Thị", "Hoa", 1980, "Nữ", "Phòng Nội vụ"],
             [2, "Lù Văn", "Sài", 1981, "Nam", "Phòng Nội vụ"]]
        )  # fmt: skip
    assert column(plainly(read(path)), "name") == ["Nguyễn Thị Hoa", "Lù Văn Sài"]


def test_dates_that_a_spreadsheet_changed_over_are_remarked_upon(tmp_path: Path) -> None:
    """Real dates until the 12th beside texts from the 13th on: day and month may have changed places."""
    header = ["STT", "Họ và tên", "Ngày sinh", *PLAIN[3:]]
    births: list[Any] = [dt.datetime(1980, 3, day) for day in (1, 2, 3)] + [f"{day}/03/1980" for day in (20, 21, 22)]
    rows = [[*member(i)[:2], born, *member(i)[3:]] for i, born in enumerate(births, 1)]
    assert "reading_birth_changed_over" in told(imported(book(tmp_path, [header, *rows])))
    assert "reading_birth_changed_over" not in told(imported(book(tmp_path, [header, *rows[3:]])))


def test_a_birthday_beside_its_year(tmp_path: Path) -> None:
    """11/09 beside 1991 is no month of the year 2009."""
    rows = [["STT", "Họ và tên", "Ngày sinh", *PLAIN[2:]], [1, "Nguyễn Thị A", "11/09", 1991, "Nữ", "Phòng Nội vụ"]]
    found = imported(book(tmp_path, rows))
    assert (found.ready, found.people["birth_date"].tolist()) == (True, ["1991-09-11"])


def test_lists_of_offices_are_no_people(tmp_path: Path) -> None:
    """A sheet of codes and offices beside the list is left out."""
    sheets = {"DS": [HEADER, person(1)], "Danh mục": [["Mã", "Tên đơn vị"], ["PNV", "Phòng Nội vụ"]]}
    found = plainly(read(book(tmp_path, sheets)))
    assert (column(found, "cadre"), remarks(found)) == (["CB01"], {"layout_sheet_without_people": ()})


@pytest.mark.parametrize("mark", ["ü", "þ", "\N{CYRILLIC SMALL LETTER HA}", "\N{CYRILLIC CAPITAL LETTER HA}"])
def test_marks_of_other_fonts(tmp_path: Path, mark: str) -> None:
    """Ticks of Wingdings, and the Cyrillic letter that looks like x."""
    rows = [[*PLAIN[:3], "Nữ", "Đơn vị", "ThS", "ĐH"], member(1, "", mark, sex=mark), member(2, mark, "", sex="")]
    found = plainly(read(book(tmp_path, rows)))
    assert (column(found, "sex"), column(found, "education")) == (["F", "M"], ["Đại học", "Thạc sĩ"])
