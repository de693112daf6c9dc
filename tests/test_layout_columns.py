"""What the columns of a roster are: headers of several lines, marks of levels, twins, degrees and their subjects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from layouts import HEADER, LADDERS, book, column, person, plainly, questions, read, remarks

from planner.inputs.roster.gathering import gathered

pytestmark = pytest.mark.usefixtures("english")

BASE = ["STT", "Mã cán bộ", "Năm sinh", "Cơ quan"]


def wide(*headers: str, cells: list[list[Any]]) -> list[list[Any]]:
    """A table of people with further columns."""
    people = [[number, f"CB{number:02}", 1970 + number, "Phòng Nội vụ"] for number in range(1, len(cells) + 1)]
    return [[*BASE, *headers], *([*own, *more] for own, more in zip(people, cells, strict=True))]


# --- headers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letterhead", [
    [], [["HUYỆN ỦY SƠN HÀ", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]],
    [["UBND HUYỆN", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["PHÒNG NỘI VỤ", "", "", "Độc lập - Tự do"]],
    [["DANH SÁCH"], ["(Kèm theo Quyết định số 1)"], [], ["Đơn vị tính: người"], []] * 7,
])  # fmt: skip
def test_letterheads(tmp_path: Path, letterhead: list[list[Any]]) -> None:
    """The header stands below them, right under them or far down; they are no part of it."""
    found = plainly(read(book(tmp_path, [*letterhead, HEADER, person(1)])))
    assert found.columns["header"].tolist() == HEADER
    assert (column(found, "cadre"), found.remarks) == (["CB01"], ())


def test_letterheads_merged_over_the_table(tmp_path: Path) -> None:
    """Two merged titles side by side, right above the header, group nothing."""
    rows = [["HUYỆN ỦY SƠN HÀ", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"], HEADER, person(1)]
    assert plainly(read(book(tmp_path, rows, merged=["A1:C1", "D1:H1"]))).columns["header"].tolist() == HEADER


TWO_LINES = [
    [
        "STT",
        "Họ và tên",
        "Ngày, tháng, năm sinh",
        "",
        "Đơn vị công tác",
        "Ngày vào Đảng",
        "",
        "Trình độ",
        "",
        "Ghi chú",
    ],
    ["", "", "Nam", "Nữ", "", "Dự bị", "Chính thức", "Chuyên môn", "LLCT", ""],
    [1, "Cán bộ 01", "1/2/1970", "", "Phòng Nội vụ", "1/1/2000", "1/1/2001", "ĐH", "CC", "x"],
]
MERGES = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:G1", "H1:I1", "J1:J2"]


@pytest.mark.parametrize("merged", [[], MERGES])
def test_two_lines_merged_or_not(tmp_path: Path, merged: list[str]) -> None:
    """A header of two lines reads the same whether its cells are merged or left blank."""
    found = plainly(read(book(tmp_path, TWO_LINES, merged=merged)))
    wanted = {
        "name": "Cán bộ 01", "agency": "Phòng Nội vụ", "party_joined": "1/1/2000", "party_official": "1/1/2001",
        "education": "ĐH", "theory": "CC", "note": "x", "sex": "M", "birth_year": "1/2/1970",
    }  # fmt: skip
    assert found.people.iloc[0].to_dict() == wanted
    assert found.columns.set_index("letter").loc["F", "header"] == "Ngày vào Đảng > Dự bị"


def test_two_lines_from_a_csv_file(tmp_path: Path) -> None:
    """A CSV file has no merged cells at all."""
    path = tmp_path / "t.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in TWO_LINES), encoding="utf-8")
    assert plainly(read(path)).people["party_official"].tolist() == ["1/1/2001"]


@pytest.mark.parametrize("header", [
    "Họ và tên:", "HỌ VÀ TÊN", "Họ\nvà tên", "Họ và tên (chữ in hoa)", "Họ và tên (*)", "Họ và tên *", " Họ  và tên ",
    "Họ và tên khai sinh", "Ho va ten",
])  # fmt: skip
def test_headers_as_they_are_typed(tmp_path: Path, header: str) -> None:
    """Case, line breaks, colons, brackets and footnote marks do not matter."""
    rows = [["STT", header, "Năm sinh", "Cơ quan"], [1, "Cán bộ 01", 1971, "Phòng Nội vụ"]]
    assert column(plainly(read(book(tmp_path, rows))), "name") == ["Cán bộ 01"]


def test_names_in_two_columns(tmp_path: Path) -> None:
    """One header merged over both, or one for each: the name is both."""
    rows = [["STT", "Họ và tên", "", "Năm sinh", "Cơ quan"], [1, "Nguyễn Văn", "Sỹ", 1971, "Phòng Nội vụ"]]
    assert column(plainly(read(book(tmp_path, rows, merged=["B1:C1"]))), "name") == ["Nguyễn Văn Sỹ"]
    rows[0][1:3] = ["Họ đệm", "Tên"]
    assert column(plainly(read(book(tmp_path, rows))), "name") == ["Nguyễn Văn Sỹ"]


def test_births_in_three_columns(tmp_path: Path) -> None:
    """Day, month and year under one header are the date."""
    rows = [["STT", "Họ và tên", "Ngày sinh", "", "", "Cơ quan"], ["", "", "Ngày", "Tháng", "Năm", ""],
            [1, "Cán bộ 01", 3, 12, 1971, "Phòng Nội vụ"]]  # fmt: skip
    for merged in ([], ["C1:E1"]):
        assert column(plainly(read(book(tmp_path, rows, merged=merged))), "birth_date") == ["3/12/1971"]


def test_an_upper_line_may_change_what_the_lower_means(tmp_path: Path) -> None:
    """Foreign: another column; neutral: the same; unknown: asked, and answered."""
    header = [["STT", "Họ và tên", "Năm sinh", "Cơ quan", "Vợ hoặc chồng", "", "Thông tin khác", "", "Diện ABC", ""],
              ["", "", "", "", "Họ và tên", "Năm sinh", "Dân tộc", "Giới tính", "Chức vụ", "Mức"]]  # fmt: skip
    rows = [*header, [1, "Cán bộ 01", 1971, "Phòng Nội vụ", "Vợ 01", 1975, "Kinh", "Nam", "Trưởng phòng", 5]]
    path = book(tmp_path, rows, merged=["E1:F1", "G1:H1", "I1:J1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"])
    found = read(path)
    assert questions(found) == {"layout_upper_unclear": ("headers", "Diện ABC > Chức vụ")}
    assert found.people.iloc[0][["name", "birth_year", "ethnicity", "sex"]].tolist() == [
        "Cán bộ 01",
        "1971",
        "Kinh",
        "Nam",
    ]
    assert found.people.iloc[0]["Vợ hoặc chồng > Họ và tên"] == "Vợ 01"
    assert column(plainly(read(path, headers={"Diện ABC > Chức vụ": "post"})), "post") == ["Trưởng phòng"]
    assert "post" not in plainly(read(path, headers={"diện abc > chức vụ": "ignore"})).people


def test_twins_are_asked_and_answered(tmp_path: Path) -> None:
    """Two columns of one meaning: one question; an answer, or the exact name, settles it."""
    path = book(tmp_path, wide("Đơn vị", cells=[["Phòng Y tế"]]))
    assert questions(read(path)) == {"roster_same_column": ("headers", "Đơn vị")}
    assert column(plainly(read(path, headers={"Đơn vị": "agency"})), "agency") == ["Phòng Y tế"]
    ignored = plainly(read(path, headers={"Đơn vị": "ignore"}))
    assert (column(ignored, "agency"), "Đơn vị" in ignored.people) == (["Phòng Nội vụ"], False)
    same = book(tmp_path, wide("Cơ quan", cells=[["Phòng Y tế"]]))
    assert questions(read(same)) == {"roster_same_column": ("headers", "Cơ quan (2)")}


def test_twins_that_nothing_needs_are_no_fault(tmp_path: Path) -> None:
    """A second note, or the same unknown header twice, keeps a name of its own."""
    found = plainly(read(book(tmp_path, wide("Ghi chú", "Ghi chú", "Số đo", "Số đo", cells=[["a", "b", "c", "d"]]))))
    assert found.people.iloc[0][["note", "Ghi chú (2)", "Số đo", "Số đo (2)"]].tolist() == ["a", "b", "c", "d"]


def test_further_columns_keep_their_names(tmp_path: Path) -> None:
    """What is not known is kept and listed; what the scenario speaks of is asked for by its name."""
    rows = wide(
        "Đơn vị cũ", "Hệ số lương", "Quy hoạch", "Trình độ văn hóa", cells=[["Phòng cũ", 2.34, "Trưởng phòng", "12/12"]]
    )
    found = plainly(read(book(tmp_path, rows)))
    assert found.people.iloc[0][["agency", "Đơn vị cũ", "Hệ số lương", "planned_post", "schooling"]].tolist() == [
        "Phòng Nội vụ", "Phòng cũ", "2.34", "Trưởng phòng", "12/12",
    ]  # fmt: skip
    assert found.columns.set_index("header").loc["Đơn vị cũ", "column"] == "Đơn vị cũ"
    assert "note" not in gathered([book(tmp_path, wide("Ghi chú", cells=[["x"]]))], LADDERS, ["Ghi chú"]).people


def test_columns_without_a_header(tmp_path: Path) -> None:
    """Running numbers number the rows; anything else is a fault that names the column."""
    rows = [["", *HEADER[1:]], person(1), person(2)]
    assert len(plainly(read(book(tmp_path, rows))).people) == 2
    found = read(book(tmp_path, wide("", "Dân tộc", cells=[["a", "Kinh"], ["", "Tày"]])))
    assert "column E holds values but has no header" in str(found.faults[0])


def test_names_do_without_codes(tmp_path: Path) -> None:
    """No column of codes is no fault where there are names; without both it is one."""
    rows = [["Họ và tên", "Năm sinh", "Cơ quan"], ["Cán bộ 01", 1971, "Phòng Nội vụ"]]
    assert "cadre" not in plainly(read(book(tmp_path, rows))).people
    found = read(book(tmp_path, [["Năm sinh", "Cơ quan", "Giới tính"], [1971, "Phòng Nội vụ", "Nam"]]))
    assert "'cadre' is missing" in str(found.faults[0])


# --- degrees --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "cells", "wanted"),
    [
        (["Trình độ", "Chuyên môn"], [["ĐH", "Luật"], ["Thạc sĩ", "Kinh tế"]], {"education": "ĐH", "subject": "Luật"}),
        (["Chuyên môn", "Trình độ"], [["Luật", "ĐH"], ["", "TC"]], {"education": "ĐH", "subject": "Luật"}),
        (["Trình độ chuyên môn", "Chuyên ngành"], [["ĐH", "Luật"]], {"education": "ĐH", "subject": "Luật"}),
        (["Trình độ chuyên môn", "Chuyên môn"], [["ĐH", "Luật"]], {"education": "ĐH", "subject": "Luật"}),
        (["Trình độ"], [["Đại học Luật"], ["Kỹ sư Nông nghiệp"]], {"education": "Đại học Luật"}),
        (["Trình độ học vấn", "Trình độ chuyên môn"], [["12/12", "ĐH"]], {"schooling": "12/12", "education": "ĐH"}),
        (["Chuyên môn"], [["Luật"]], {"education": "Luật"}),
    ],
)  # fmt: skip
def test_degrees_and_subjects(
    tmp_path: Path, headers: list[str], cells: list[list[str]], wanted: dict[str, str]
) -> None:
    """The cells tell the level from the subject; a lone column keeps what its header says."""
    found = plainly(read(book(tmp_path, wide(*headers, cells=cells))))
    assert {name: found.people.iloc[0][name] for name in wanted} == wanted


def test_a_degree_that_its_cells_do_not_tell_is_asked(tmp_path: Path) -> None:
    """The header "Trình độ" over anything else may be any ladder."""
    found = read(book(tmp_path, wide("Trình độ", cells=[["Tốt"], ["Khá"]])))
    assert questions(found) == {"layout_degree_unclear": ("headers", "Trình độ")}


# --- marks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["x", "X", "✓", 1, "có", "+", "v"])
def test_every_usual_mark(tmp_path: Path, mark: Any) -> None:
    """x, ticks, 1 and có."""
    found = plainly(read(book(tmp_path, wide("TS", "ThS", "ĐH", cells=[["", mark, ""], ["", "", mark], ["", "", ""]]))))
    assert column(found, "education") == ["Thạc sĩ", "Đại học", ""]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2015", "Đại học (2015)"), (2027, "Đại học (2027)"), ("Luật", "Đại học Luật"), ("ĐH Luật", "ĐH Luật"),
        ("đang học", "Đại học (đang học)"), ("năm thứ 3", "Đại học (năm thứ 3)"), ("không", ""), ("-", ""), (0, ""),
        ("30/06/2010", "Đại học (2010)"), ("Quản lý công", "Đại học Quản lý công"),
    ],
)  # fmt: skip
def test_what_else_stands_for_a_mark(tmp_path: Path, cell: Any, text: str) -> None:
    """A year, a subject, a study under way: all of it is kept; "không" and a dash say nothing."""
    found = plainly(read(book(tmp_path, wide("ThS", "ĐH", "CĐ", cells=[["", cell, ""], ["x", "", ""], ["", "", "x"]]))))
    assert column(found, "education") == [text, "Thạc sĩ", "Cao đẳng"]


def test_two_marks_give_the_highest(tmp_path: Path) -> None:
    """Said with the row; a study under way beside a mark is kept beside it."""
    cells = [["x", "x", ""], ["", "x", "x"], ["đang học", "x", ""]]
    found = plainly(read(book(tmp_path, wide("ThS", "ĐH", "CĐ", cells=cells))))
    assert column(found, "education") == ["Thạc sĩ", "Đại học", "Thạc sĩ (đang học); Đại học"]
    assert remarks(found)["layout_two_marks"] == (2, 3)


@pytest.mark.parametrize("cell", ["?", "3", "x?", "12345"])
def test_what_is_no_mark_is_asked(tmp_path: Path, cell: str) -> None:
    """Nothing is guessed of it."""
    found = read(book(tmp_path, wide("ThS", "ĐH", "CĐ", cells=[["", cell, ""], ["x", "", ""], ["", "x", ""]])))
    assert questions(found) == {"layout_mark_unread": ()}
    assert column(found, "education") == ["", "Thạc sĩ", "Đại học"]


def test_flat_runs_of_several_ladders(tmp_path: Path) -> None:
    """Where the words begin anew, another ladder begins."""
    headers = ["TS", "ThS", "ĐH", "CĐ", "TC", "SC", "CN", "CC", "TC", "SC", "CVC", "CV", "CS"]
    cells = [
        ["", "", "x", "", "", "", "", "x", "", "", "", "x", ""],
        [""] * 4 + ["x", ""] + [""] * 2 + ["x", "", "", "", "x"],
    ]
    found = plainly(read(book(tmp_path, wide(*headers, cells=cells))))
    assert column(found, "education") == ["Đại học", "Trung cấp"]
    assert column(found, "theory") == ["Cao cấp", "Trung cấp"]
    assert column(found, "administration") == ["Chuyên viên", "Cán sự"]


def test_a_word_of_two_ladders_is_asked(tmp_path: Path) -> None:
    """TC alone may be either; the answer tells, and then it is read."""
    path = book(tmp_path, wide("TC", cells=[["x"], [""]]))
    found = read(path)
    assert questions(found) == {"layout_mark_ladder": ("headers", "TC")}
    assert "education" not in found.people
    assert column(plainly(read(path, headers={"TC": "theory"})), "theory") == ["Trung cấp", ""]


def test_marks_of_the_rest(tmp_path: Path) -> None:
    """Whoever is in "Còn lại" has none of the others, which is said to be assumed."""
    rows = [[*BASE, "Trình độ LLCT", "", ""], ["", "", "", "", "Cao cấp", "Trung cấp", "Còn lại"],
            [1, "CB01", 1971, "Phòng Nội vụ", "", "", "x"], [2, "CB02", 1972, "Phòng Nội vụ", "", "x", ""]]  # fmt: skip
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "theory") == ["Chưa qua đào tạo", "Trung cấp"]
    assert [(remark.done, remark.rows) for remark in found.remarks if remark.key == "layout_rest"] == [
        ("assumed", (3,))
    ]


def test_certificates_under_their_ladder(tmp_path: Path) -> None:
    """Languages and informatics: any header is a certificate, its cell a mark or its grade."""
    rows = [[*BASE, "Trình độ ngoại ngữ", "", "Tin học", ""], ["", "", "", "", "Tiếng Anh", "Tiếng dân tộc", "A", "B"],
            [1, "CB01", 1971, "Phòng Nội vụ", "B1", "x", "", "x"],
            [2, "CB02", 1972, "Phòng Nội vụ", "", "", "x", ""]]  # fmt: skip
    found = plainly(read(book(tmp_path, rows)))
    assert column(found, "language") == ["Tiếng Anh B1; Tiếng dân tộc", ""]
    assert column(found, "informatics") == ["B", "A"]


def test_language_and_its_grade_in_two_columns(tmp_path: Path) -> None:
    """The name of the language and its grade are one certificate."""
    rows = [[*BASE, "Ngoại ngữ", ""], ["", "", "", "", "Tên ngoại ngữ", "Trình độ"],
            [1, "CB01", 1971, "Phòng Nội vụ", "Anh", "B1"]]  # fmt: skip
    assert column(plainly(read(book(tmp_path, rows))), "language") == ["Anh B1"]


def test_marks_beside_a_column_of_text(tmp_path: Path) -> None:
    """The text is the subject if it names no levels; else it is asked which counts."""
    headers, cells = ["Chuyên môn", "ThS", "ĐH"], [["Luật", "x", ""], ["Kinh tế", "", "x"]]
    found = plainly(read(book(tmp_path, wide(*headers, cells=cells))))
    assert (column(found, "education"), column(found, "subject")) == (["Thạc sĩ", "Đại học"], ["Luật", "Kinh tế"])
    cells = [["Thạc sĩ", "x", ""], ["Đại học", "", "x"]]
    found = read(book(tmp_path, wide(*headers, cells=cells)))
    assert questions(found) == {"layout_marks_and_text": ("headers", "Chuyên môn")}


def test_ladders_of_any_name_have_marks(tmp_path: Path) -> None:
    """Under a header that is the scenario's ladder, its own levels are marks."""
    rows = [[*BASE, "Bằng lái", ""], ["", "", "", "", "Hạng B", "Hạng A"],
            [1, "CB01", 1971, "Phòng Nội vụ", "", "x"]]  # fmt: skip
    found = plainly(gathered([book(tmp_path, rows)], {"bằng lái": ["Không", "Hạng A", "Hạng B"]}))
    assert column(found, "bằng lái") == ["Hạng A"]


def test_a_column_called_like_a_level_may_be_text(tmp_path: Path) -> None:
    """A lone "Chuyên viên" over other text is a column like any other."""
    found = plainly(read(book(tmp_path, wide("Chuyên viên", cells=[["do ông A quản lý 12"], ["tổ 5"]]))))
    assert column(found, "Chuyên viên") == ["do ông A quản lý 12", "tổ 5"]
