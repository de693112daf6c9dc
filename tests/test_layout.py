"""Rosters laid out as offices lay them out: every person is read once, nobody else is, and what is done is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from layouts import HEADER, LADDERS, book, column, person, plainly, questions, read, remarks

from planner.inputs.roster.gathering import gathered
from planner.inputs.roster.roster import read_roster
from planner.inputs.roster.told import GatheredRows

CASES = Path(__file__).parent / "cases" / "rosters"
pytestmark = pytest.mark.usefixtures("english")

SIX = [f"CB0{number}" for number in range(1, 7)]
OFFICES = ["Phòng Nội vụ"] * 3 + ["Phòng Tư pháp"] * 3


def case(name: str) -> GatheredRows:
    (path,) = CASES.glob(f"{name}*")
    return plainly(read(path))


def test_totals_and_signatures_are_no_people() -> None:
    """Six people are read, and the rows left out are named with the reason."""
    rows = case("01_")
    assert (column(rows, "cadre"), column(rows, "agency")) == (SIX, OFFICES)
    assert remarks(rows) == {"layout_total": (8,), "layout_signature": (10,)}
    assert rows.rows.set_index("row")["role"].to_dict() | {1: "header"} == {
        1: "header", **dict.fromkeys(range(2, 8), "person"), 8: "total", 10: "signature",
    }  # fmt: skip


def test_levels_as_marks_in_columns_of_their_own() -> None:
    """ThS, ĐH, CĐ and TC side by side are one column of professional education."""
    rows = case("05_")
    assert column(rows, "education") == ["Thạc sĩ", "Đại học", "Đại học", "Đại học", "Cao đẳng", "Trung cấp"]
    assert remarks(rows) == {"layout_marks": ()}
    assert rows.columns.set_index("header").loc["TC", "column"] == "education"


def test_marks_under_ladders() -> None:
    """The form of lý lịch trích ngang: 142 people, marks of three ladders, sex and birth in two columns, no codes."""
    rows = case("A_")
    assert len(rows.people) == 142
    first = rows.people.loc[8]
    wanted = {
        "name": "Cán bộ 001", "sex": "F", "birth_year": "20/10/1981", "post": "Trưởng phòng", "ethnicity": "Nùng",
        "agency": "Văn phòng Huyện ủy", "service_start": "01/10/2003", "schooling": "12/12", "education": "Thạc sĩ",
        "subject": "Nông nghiệp", "theory": "Trung cấp", "administration": "Chuyên viên chính", "language": "B",
        "informatics": "UDCNTT cơ bản", "note": "", "party_joined": "", "party_official": "",
    }  # fmt: skip
    assert first.to_dict() == wanted
    assert rows.people.loc[149, ["education", "theory", "administration"]].tolist() == ["Cao đẳng", "Sơ cấp", ""]
    assert (rows.people["sex"] == "F").sum() + (rows.people["sex"] == "M").sum() == 142
    found = remarks(rows)
    assert (found["layout_total"], found["layout_signature"]) == ((150,), (152, 153, 154))


def test_sections_name_the_offices() -> None:
    """The row above gives the office of the people below it."""
    rows = case("08_")
    assert column(rows, "cadre") == SIX
    assert column(rows, "agency") == ["PHÒNG NỘI VỤ"] * 3 + ["PHÒNG TƯ PHÁP"] * 3
    assert remarks(rows) == {"layout_sections": (3, 4, 5, 7, 8, 9)}


def test_every_sheet_of_people_counts() -> None:
    """Three sheets of blocks are one roster of 142; the hidden one of another year and the hidden column are said."""
    rows = case("D_")
    assert column(rows, "cadre") == [f"CB{number:03}" for number in range(1, 143)]
    assert rows.people.index.tolist() == [*range(142)]
    assert "agency" in rows.people
    assert set(column(rows, "Đơn vị cũ")) == {"cũ"}
    assert rows.where(45) == (CASES / "D_nhieu_trang.xlsx", "Khối chính quyền", 4)
    assert remarks(rows)["layout_total"] == (49, 59, 46)
    said = [str(remark) for remark in rows.remarks]
    assert any("'DS năm 2020' is hidden" in text for text in said)
    assert sum("hidden columns" in text and "G ('Đơn vị cũ')" in text for text in said) == 3


def test_a_merged_office_holds_for_every_row_beside_it() -> None:
    """The cell merged downwards gives the office of all rows."""
    rows = case("09_")
    assert column(rows, "agency") == OFFICES
    assert remarks(rows) == {"layout_merged_down": (3, 4, 6, 7)}


def test_a_header_of_three_lines() -> None:
    """Merged over columns and lines, down to Nam and Nữ."""
    rows = case("11_")
    assert column(rows, "sex") == ["F", "M", "F", "M", "F", "M"]
    assert column(rows, "birth_year") == ["1981", "1982", "1983", "1984", "1985", "1986"]
    assert column(rows, "theory") == ["Trung cấp"] * 6
    assert "Thông tin cá nhân > Năm sinh > Nam" in set(rows.columns["header"])


def test_the_degree_beside_its_subject() -> None:
    """The level stands under "Trình độ", the subject under "Chuyên môn"."""
    rows = case("12_")
    assert (set(column(rows, "education")), set(column(rows, "subject"))) == ({"Đại học"}, {"Luật"})


def test_a_table_of_totals_beneath() -> None:
    """Its title, its header and its rows are left out, and said."""
    rows = case("16_")
    assert column(rows, "cadre") == SIX
    assert remarks(rows) == {"layout_total": (9, 10, 11, 12)}


def test_the_code_of_a_pay_grade_is_not_the_cadres() -> None:
    """What stands under "Lương hiện hưởng" keeps its name."""
    rows = case("23_")
    assert column(rows, "cadre") == SIX
    assert set(column(rows, "Lương hiện hưởng > Mã số")) == {"01.003"}


def test_legacy_files_read_as_before() -> None:
    """Windows-1258 with semicolons; decomposed letters and hard blanks."""
    assert case("F2_").people.loc[4, ["cadre", "agency", "education"]].tolist() == [
        "CB001",
        "Văn phòng Huyện ủy",
        "ThS",
    ]
    assert len(case("F2_").people) == len(case("r").people) == 142
    assert case("r").people.loc[2, ["agency", "local"]].tolist() == ["Văn phòng Huyện ủy", "x"]


# --- rows that are no people ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (["", "Tổng cộng", "", "", "", "2 người"], "layout_total"),
        (["Tổng số: 2 người"], "layout_total"),
        (["", "", "Cộng", 1, 1], "layout_total"),
        (["Cộng:", "", 2], "layout_total"),
        (["", "Tổng số", "", "45,5%"], "layout_total"),
        (["", "", "", "", "", "Sơn Hà, ngày 12 tháng 01 năm 2026"], "layout_signature"),
        (["", "", "", "", "", "Sơn Hà, ngày … tháng … năm 2026"], "layout_signature"),
        (["", "", "NGƯỜI LẬP BIỂU", "", "", "TRƯỞNG BAN"], "layout_signature"),
        (["", "(Ký, ghi rõ họ tên)", "", "", "", "(Ký tên, đóng dấu)"], "layout_signature"),
        (["", "", "", "", "", "TM. BAN THƯỜNG VỤ"], "layout_signature"),
        (["", "", "", "", "", "HIỆU TRƯỞNG"], "layout_signature"),
        (["", "Tổng cộng", "", "", "", "#REF!"], "layout_total"),
        (["-", "-", "-", "-"], "layout_empty"),
        (["Trang 1/2"], "layout_note"),
        (["", "", "", "", "", "KT. CHỦ TỊCH"], "layout_signature"),
        (["Ghi chú: x là đã học"], "layout_note"),
        (["", "Ghi chú: CC là cao cấp"], "layout_note"),
        (["(*) Số liệu đến 31/12/2025"], "layout_note"),
        (["Nguồn: Phòng Nội vụ"], "layout_note"),
        ([1, 2, 3, 4, 5, 6, 7, 8], "layout_numbers"),
        (["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], "layout_numbers"),
        (["A", "B", 1, 2, 3, 4, 5, 6], "layout_numbers"),
        (HEADER, "layout_header"),
        ([3], "layout_empty"),
    ],
)  # fmt: skip
def test_what_is_no_person_is_left_out_and_said(tmp_path: Path, row: list[Any], key: str) -> None:
    """Below the people or between them: two people stay, and one remark names the row."""
    for rows in ([HEADER, person(1), person(2), row], [HEADER, person(1), row, person(2)]):
        found = plainly(read(book(tmp_path, rows)))
        assert column(found, "cadre") == ["CB01", "CB02"]
        assert remarks(found) == {key: (rows.index(row, 1) + 1,)}


@pytest.mark.parametrize(
    "row",
    [
        ["", "CB03", "Cán bộ 03", "", "", "Phòng Nội vụ"],
        ["", "CB03", "", "", "", "Phòng Nội vụ"],
        [3, "", "Cán bộ 03", "", "", "Phòng Nội vụ"],
        [3, "CB03", "Tống Văn Cộng", "", "Nam", "Phòng Nội vụ", "Chuyên viên Tổng hợp"],
        ["", "CB03", "Đoàn Thị Ban", 1975],
        ["", "CB03", "Lý Ký", "", "", "Phòng Nội vụ"],
        ["", "A", "", "", "", "Phòng Nội vụ"],
        ["", "C", "Cán bộ C", "", "", "Phòng Nội vụ"],
        [3, "CB03", "Trương Văn Ký", "", "Nam", "Phòng Nội vụ", "Kế toán"],
        [3, "CB03", "Nguyễn Văn Tổng", 1975, "Nam", "Phòng Nội vụ", "Trưởng phòng", "ngày 1 tháng 2 năm 2020"],
        ["I", "CB03", "Cán bộ 03", 1975, "Nam", "Phòng Nội vụ"],
        ["", "CB03", "Cán bộ 03", "01/1975"],
        ["", "CB03", "Cán bộ 03", "12-05-1975"],
    ],
)  # fmt: skip
def test_a_person_is_never_dropped(tmp_path: Path, row: list[Any]) -> None:
    """Who has a code or name, and something else that is known, stays a person."""
    for rows in ([HEADER, person(1), row], [HEADER, row, person(1)]):
        found = plainly(read(book(tmp_path, rows)))
        assert len(found.people) == 2
        assert rows.index(row) + 1 in found.people.index


@pytest.mark.parametrize(
    "row",
    [
        [3, "", "Cán bộ 03"],
        ["", "", "TƯ PHÁP"],
        ["", "", "abc"],
        ["", "", "", "", "", "Phòng Nội vụ", "Chuyên viên"],
        ["", "", "", 1975],
        ["", "CB03"],
        ["", "Tổng cộng", "", "", "", "Phòng Nội vụ"],
        ["", "Trình độ", "Đại học", 45, "30%"],
        ["", "Chỉ tiêu", "Nội dung", 2026, 2027],
        ["", "", "Phòng Nội vụ", "", "", "3 người", "cao"],
    ],
)  # fmt: skip
def test_what_is_not_plain_is_asked(tmp_path: Path, row: list[Any]) -> None:
    """A row that is neither plainly a person nor plainly anything else is neither dropped nor taken."""
    found = read(book(tmp_path, [HEADER, person(1), row, person(2)]))
    assert questions(found) == {"layout_row_unclear": ()}
    assert column(found, "cadre") == ["CB01", "CB02"]
    assert "row 3" in str(found.faults[0])


def test_signers_are_no_people(tmp_path: Path) -> None:
    """Names under the titles of signatures belong to them; who has a number after them is a person."""
    rows = [HEADER, person(1), [], ["", "", "NGƯỜI LẬP", "", "", "TRƯỞNG PHÒNG"], ["", "", "(đã ký)"], [],
            ["", "", "Nguyễn Văn Sỹ", "", "", "Trần Thị Bích"]]  # fmt: skip
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "cadre") == ["CB01"]
    assert remarks(found) == {"layout_signature": (4, 5, 7)}
    found = plainly(read(book(tmp_path, [*rows, person(2)])))
    assert column(found, "cadre") == ["CB01", "CB02"]


def test_people_under_another_header_are_asked(tmp_path: Path) -> None:
    """A row like a person's in a table of totals is not taken in silence."""
    rows = [HEADER, person(1), ["", "Cơ quan", "Số lượng", "Nữ"], ["", "Phòng Nội vụ", 1, 1], person(2)]
    found = read(book(tmp_path, rows))
    assert questions(found) == {"layout_row_unclear": ()}
    assert remarks(found) == {"layout_total": (3, 4)}


def test_people_in_two_forms_on_one_sheet(tmp_path: Path) -> None:
    """A second header of people, with other columns, begins a table of its own."""
    second = [
        ["STT", "Họ và tên", "Mã cán bộ", "Ngày sinh", "Cơ quan"],
        [1, "Cán bộ 02", "CB02", "01/02/1972", "Phòng Y tế"],
    ]
    found = plainly(read(book(tmp_path, [HEADER, person(1), ["II. DANH SÁCH PHÒNG Y TẾ"], *second])))
    assert column(found, "cadre") == ["CB01", "CB02"]
    assert column(found, "birth_date") == ["", "01/02/1972"]
    assert found.people.index.tolist() == [2, 5]


def test_page_by_page(tmp_path: Path) -> None:
    """Header, numbers and section repeated on every page."""
    page = [HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)"]]
    rows = [*page, ["I", "PHÒNG NỘI VỤ"], person(1, None), *page, ["", "PHÒNG NỘI VỤ (tiếp theo)"], person(2, None),
            ["II", "Phòng Tư pháp (1 người)"], person(3, None)]  # fmt: skip
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "agency") == ["PHÒNG NỘI VỤ", "PHÒNG NỘI VỤ", "Phòng Tư pháp"]
    assert remarks(found)["layout_header"] == (5,)


# --- offices --------------------------------------------------------------------------------------------------------


def test_nested_sections_give_office_and_block(tmp_path: Path) -> None:
    """The lowest section is the office, the one above the block; a letter such as C is told from a Roman number."""
    rows = [HEADER]
    wanted = []
    for number, (block, letter) in enumerate(
        zip(("KHỐI ĐẢNG", "KHỐI CHÍNH QUYỀN", "KHỐI XÃ", "KHỐI KHÁC"), "ABCD", strict=True)
    ):
        rows.append([f"{letter}. {block}"])
        for roman in ("I", "II"):
            rows += [[roman, f"Phòng {letter}{roman}"], person(2 * number + len(roman), None)]
            wanted.append((f"Phòng {letter}{roman}", block))
    found = plainly(read(book(tmp_path, rows)))
    assert [*zip(column(found, "agency"), column(found, "block"), strict=True)] == wanted


def test_unmarked_sections(tmp_path: Path) -> None:
    """Merged over the table, or beginning like an office; in the column of numbers or of names."""
    rows = [HEADER, ["KHỐI ĐẢNG"], ["VĂN PHÒNG HUYỆN ỦY"], person(1, None), ["", "", "Ban Dân vận"], person(2, None),
            ["HUYỆN ĐOÀN"], person(3, None), ["DÂN CHÍNH"], person(4, None)]  # fmt: skip
    found = plainly(read(book(tmp_path, rows, merged=["A2:H2", "A9:H9"])))
    assert column(found, "agency") == ["VĂN PHÒNG HUYỆN ỦY", "Ban Dân vận", "HUYỆN ĐOÀN", "DÂN CHÍNH"]
    assert column(found, "block") == ["KHỐI ĐẢNG"] * 4


def test_offices_without_people_are_said(tmp_path: Path) -> None:
    """Rows of counts beneath the people, without any title, name offices that have nobody: left out, and said."""
    rows = [
        HEADER,
        ["I", "Phòng Y tế"],
        ["II", "Phòng Nội vụ"],
        person(1, None),
        ["", "Phòng Nội vụ", 3, 3],
        ["", "Ban Dân vận", 1, 1],
    ]
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "agency") == ["Phòng Nội vụ"]
    assert remarks(found)["layout_idle_section"] == (2, 5, 6)


def test_own_cells_win_over_sections(tmp_path: Path) -> None:
    """Where the column of offices is filled, a section is a block."""
    rows = [HEADER, ["A", "KHỐI ĐẢNG"], person(1), person(2, "Văn phòng")]
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "agency") == ["Phòng Nội vụ", "Văn phòng"]
    assert column(found, "block") == ["KHỐI ĐẢNG"] * 2


def test_a_kind_of_people_is_no_office(tmp_path: Path) -> None:
    """A section such as "Trưởng phòng" or "Công chức" is a block; the office is asked."""
    for text in ("Trưởng phòng", "Công chức", "Lãnh đạo", "Cán bộ nữ"):
        found = read(book(tmp_path, [WITHOUT, ["I", text], bare(1)]))
        assert questions(found) == {"layout_no_office": ("synonyms", "agency", "Sheet1")}
        assert column(found, "block") == [text]


def test_a_title_above_each_table_is_its_office(tmp_path: Path) -> None:
    """The header is repeated under the name of each office, the first above all."""
    rows = [["PHÒNG NỘI VỤ"], WITHOUT, bare(1), ["PHÒNG Y TẾ"], WITHOUT, bare(2)]
    assert column(plainly(read(book(tmp_path, rows))), "agency") == ["PHÒNG NỘI VỤ", "PHÒNG Y TẾ"]
    other = [["Mã cán bộ", "Họ và tên", "Ngày sinh"], ["CB02", "Cán bộ 02", "1/2/1972"]]
    found = plainly(read(book(tmp_path, [["PHÒNG NỘI VỤ"], WITHOUT, bare(1), ["PHÒNG Y TẾ"], *other])))
    assert column(found, "agency")[1] == "PHÒNG Y TẾ"


def test_a_block_is_no_office(tmp_path: Path) -> None:
    """A section of several offices gives nobody an office: the empty cell is a fault later."""
    found = read(book(tmp_path, [HEADER, ["A", "KHỐI ĐẢNG"], person(1, None)]))
    assert column(found, "agency") == [""]
    assert column(found, "block") == ["KHỐI ĐẢNG"]


WITHOUT = [name for name in HEADER if name != "Cơ quan"]


def bare(number: int) -> list[Any]:
    return [cell for cell in person(number, "gone") if cell != "gone"]


def test_sheets_named_after_offices(tmp_path: Path) -> None:
    """No column, no section: the sheet's name is the office, and that is said to be assumed."""
    found = plainly(read(book(tmp_path, {"Phòng Nội vụ": [WITHOUT, bare(1)], "Ban Dân vận": [WITHOUT, bare(2)]})))
    assert "layout_no_office" in questions(read(book(tmp_path, {"Khối Đảng": [WITHOUT, bare(1)]})))
    assert column(found, "agency") == ["Phòng Nội vụ", "Ban Dân vận"]
    assert [(remark.done, remark.rows) for remark in found.remarks] == [("assumed", (0,)), ("assumed", (1,))]


def test_a_sheet_that_says_nothing_is_asked(tmp_path: Path) -> None:
    """The name "Sheet1" is no office; an answer names one."""
    path = book(tmp_path, [WITHOUT, bare(1)])
    assert questions(read(path)) == {"layout_no_office": ("synonyms", "agency", "Sheet1")}
    answered = plainly(read(path, synonyms={"agency": {"Sheet1": "Phòng Nội vụ"}}))
    assert column(answered, "agency") == ["Phòng Nội vụ"]


def test_the_office_above_the_table(tmp_path: Path) -> None:
    """What follows "Đơn vị:" in the letterhead is the office of a table without a column for it."""
    found = plainly(read(book(tmp_path, [["Đơn vị: UBND xã Bản Díu"], [], WITHOUT, bare(1)])))
    assert column(found, "agency") == ["UBND xã Bản Díu"]
    assert "layout_letterhead_office" in remarks(found)


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_sheets_of_different_forms(tmp_path: Path) -> None:
    """Columns that a sheet lacks are empty there; every sheet not read is named."""
    other = [["Họ tên", "Ngày sinh", "Đơn vị", "Dân tộc"], ["Cán bộ 02", "01/02/1972", "Phòng Y tế", "Tày"]]
    found = plainly(
        read(book(tmp_path, {"A": [HEADER, person(1)], "B": other, "Hướng dẫn": [["x là có"]], "Trống": []}))
    )
    assert column(found, "name") == ["Cán bộ 01", "Cán bộ 02"]
    assert column(found, "ethnicity") == ["", "Tày"]
    assert {"layout_sheet_without_people", "layout_sheet_empty"} == remarks(found).keys()
    assert "sheet 'B', row 2" in str(replace_place(found, 1))


def replace_place(rows: GatheredRows, label: int) -> str:
    file, sheet, row = rows.where(label)
    return f"{file}, sheet '{sheet}', row {row}"


def test_people_who_stand_on_two_sheets_are_asked(tmp_path: Path) -> None:
    """A copy of last year is one question, and its answer leaves it out."""
    path = book(tmp_path, {"2026": [HEADER, person(1), person(2)], "2025": [HEADER, person(1), person(3)]})
    found = read(path)
    assert questions(found) == {"layout_same_people": ("sheets", "2025")}
    assert "1 person of sheet '2025' also on sheet '2026'" in str(found.faults[0])
    ignored = plainly(read(path, sheets={"2025": "ignore"}))
    assert column(ignored, "cadre") == ["CB01", "CB02"]
    assert "layout_sheet_ignored" in remarks(ignored)
    both = read(path, sheets={"2025": "people"})
    assert column(both, "cadre") == ["CB01", "CB02", "CB01", "CB03"]


def test_people_without_codes_on_two_sheets(tmp_path: Path) -> None:
    """The same name and birth are the same person; the same name alone is not."""
    header = ["Họ và tên", "Năm sinh", "Cơ quan"]
    one = [header, ["Cán bộ A", 1970, "Phòng Nội vụ"], ["Cán bộ B", 1980, "Phòng Nội vụ"]]
    other = [header, ["cán bộ a", 1970, "Phòng Y tế"], ["Cán bộ B", 1981, "Phòng Nội vụ"]]
    assert questions(read(book(tmp_path, {"S1": one, "S2": other}))) == {"layout_same_people": ("sheets", "S2")}
    plainly(read(book(tmp_path, {"S1": one, "S2": [header, other[2]]})))
    dated = [["Họ và tên", "Ngày sinh", "Cơ quan"], ["Cán bộ A", "2/3/1970", "Phòng Y tế"]]
    assert "layout_same_people" in questions(read(book(tmp_path, {"S1": one, "S2": dated})))
    apart = [dated[0], ["Cán bộ A", "12/3/1970", "Phòng Y tế"]]
    plainly(read(book(tmp_path, {"S1": dated, "S2": apart})))


def test_hidden_sheets_can_be_asked_for(tmp_path: Path) -> None:
    """Hidden: left out and said; answered `people`: read."""
    path = book(tmp_path, {"A": [HEADER, person(1)], "B": [HEADER, person(2)]})
    made = openpyxl.load_workbook(path)
    made["B"].sheet_state = "veryHidden"
    made.save(path)
    found = plainly(read(path))
    assert (column(found, "cadre"), [*remarks(found)]) == (["CB01"], ["layout_sheet_hidden"])
    assert column(plainly(read(path, sheets={"B": "people"})), "cadre") == ["CB01", "CB02"]


def test_a_sheet_with_births_and_no_header_is_asked(tmp_path: Path) -> None:
    """It may hold people: it is not dropped with a remark."""
    rows = [["1", "Cán bộ 02", "01/02/1970", "Kinh"], ["2", "Cán bộ 03", "01/02/1971", "Tày"]]
    found = read(book(tmp_path, {"A": [HEADER, person(1)], "B": rows}))
    assert questions(found) == {"layout_sheet_unclear": ("sheets", "B")}


def test_several_files_are_one_roster(tmp_path: Path) -> None:
    """A workbook and a CSV file together; the same people in both are asked about."""
    one = book(tmp_path, [HEADER, person(1)])
    two = tmp_path / "b.csv"
    two.write_text("Mã;Họ tên;Năm sinh;Đơn vị\nCB02;Cán bộ 02;1972;Phòng Y tế\n", encoding="utf-8")
    found = plainly(read(one, two))
    assert column(found, "cadre") == ["CB01", "CB02"]
    assert [found.where(label)[::2] for label in (0, 1)] == [(one, 2), (two, 2)]
    again = book(tmp_path, [HEADER, person(1)], name="c.xlsx")
    assert questions(read(one, again)) == {"layout_same_people": ("sheets", "c.xlsx")}
    assert column(plainly(read(one, again, sheets={"c.xlsx": "ignore"})), "cadre") == ["CB01"]


def test_answers_that_no_file_has_are_said(tmp_path: Path) -> None:
    """A slip in an answer is not passed over, with the nearest name."""
    path = book(tmp_path, {"A 2026": [HEADER, person(1)], "B": [["x"]]})
    found = plainly(
        read(path, sheets={"A 2025": "ignore", "B": "ignore"}, headers={"Chức vu hiện": "post", "STT": "ignore"})
    )
    said = {remark.key: str(remark) for remark in found.remarks}
    assert said.keys() == {"layout_sheet_ignored", "layout_unused_sheet", "layout_unused_header"}
    assert "did you mean 'A 2026'?" in said["layout_unused_sheet"]
    assert "did you mean 'Chức vụ'?" in said["layout_unused_header"]


def test_no_sheet_of_people_is_a_fault(tmp_path: Path) -> None:
    """All sheets answered away, or none with a header of people."""
    path = book(tmp_path, {"A": [HEADER, person(1)], "B": [["x"]]})
    assert [fault.key for fault in read(path, sheets={"A": "ignore", "B": "ignore"}).faults] == ["layout_no_sheet"]
    none = read(book(tmp_path, {"A": [["Biên chế", "Số lượng"], [1, 2]], "B": [["x"]]}))
    assert "roster_no_header" in {fault.key for fault in none.faults}


def test_hidden_and_filtered_rows_are_read(tmp_path: Path) -> None:
    """Rows and columns that are not shown hold people like the others; that is said."""
    path = book(tmp_path, [HEADER, person(1), person(2), person(3)])
    made = openpyxl.load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["G"].hidden = True
    made.save(path)
    found = plainly(read(path))
    assert column(found, "cadre") == ["CB01", "CB02", "CB03"]
    assert remarks(found) == {"layout_hidden_rows": (3,), "layout_hidden_columns": ()}
    made.active.auto_filter.ref = "A1:H4"
    made.active.auto_filter.add_filter_column(6, ["x"])
    made.save(path)
    assert remarks(read(path))["layout_filtered"] == (3,)


def test_faults_of_cells_name_sheet_and_row(tmp_path: Path) -> None:
    """Of a roster of several sheets a typed fault says where to look."""
    rows = {
        "A": [HEADER, person(1)],
        "B": [["DANH SÁCH"], HEADER, person(2, birth_year=1890), person(3, birth_year=1890)],
    }
    path = book(tmp_path, rows)
    with pytest.raises(Exception, match="1890") as caught:
        read_roster(path, LADDERS, [])
    assert f"{path}, sheet 'B', row 3: '1890' in column 'birth_year (Năm sinh)'" in str(caught.value)
    assert "(also in rows 4)" in str(caught.value)


def test_a_roster_of_several_sheets_is_typed(tmp_path: Path) -> None:
    """The cadres of all sheets, sorted; each remembers its place."""
    path = book(tmp_path, {"A": [HEADER, person(2)], "B": [HEADER, person(1)]})
    roster = read_roster(path, LADDERS, [])
    assert roster.frame["cadre"].tolist() == ["CB01", "CB02"]
    assert [roster.at(int(row))["sheet"] for row in roster.frame.index] == ["B", "A"]


def test_a_clean_table_brings_no_remark(tmp_path: Path) -> None:
    """A clean CSV file is read without a word, labelled by its rows."""
    path = tmp_path / "r.csv"
    path.write_text("cadre,agency,birth_year,sex,education\nC1,A,1970,F,bachelor\nC2,A,,M,\n", encoding="utf-8")
    found = plainly(gathered([path], LADDERS))
    assert (found.remarks, found.people.index.tolist()) == ((), [2, 3])
    assert found.headers == {name: name for name in found.people.columns}
