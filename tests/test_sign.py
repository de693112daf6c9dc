"""Lists to sign: agencies by title, columns that somebody has, sheets that can be printed and read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from small import small

from planner.analysis.replanning.reserves import Reserves
from planner.common.errors import InputError
from planner.inputs.exporting import export_excel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.agency_titles import titled as titles_told
from planner.inputs.roster.roster import read_agencies
from planner.messages import say, speaking
from planner.plans.agency_titles import agency_title, agency_titles
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.report.letters.document import letters
from planner.report.text.titles import untitled_agencies
from planner.report.workbook.forms import PAGE_ACROSS, PAGE_UPRIGHT
from planner.report.workbook.nominees import write_nominees
from planner.report.workbook.reserves import write_reserves
from planner.solver import solve_problem

TITLED = "agency,headcount,title_vi,title_en\nC01,9,Xã Bản A,Commune A\nC02,8,Xã Bản B,\nC03,7,,\n"
PEOPLE = {"A": {"agency": "C01"}, "B": {"agency": "C02"}, "C": {"agency": "C03"}}


def titled(folder: Path, agencies: str = TITLED) -> Problem:
    return load(small(folder, PEOPLE, agencies))


# --- agencies by title ----------------------------------------------------------------------------------------------


def test_an_agency_is_called_by_its_title_in_the_language_asked_for(tmp_path: Path) -> None:
    """The title in the language, else one in another, else the code, which is told; a language asked for wins."""
    problem = titled(tmp_path)
    with speaking("vi"):
        assert list(agency_titles(problem).values()) == ["Xã Bản A", "Xã Bản B", "C03"]
        assert agency_title(problem, "C01", "en") == "Commune A"
        assert untitled_agencies(problem, ["C03", "C01", "C03"]) == ["C03"]
    with speaking("en"):
        assert list(agency_titles(problem).values()) == ["Commune A", "Xã Bản B", "C03"]
    assert agency_title(problem, "elsewhere") == "elsewhere"


def test_agencies_that_share_a_title_are_told_apart(tmp_path: Path) -> None:
    """Two offices of one title have their codes behind it; the spelling's case and accents make no difference."""
    problem = titled(tmp_path, "agency,headcount,title\nC01,9,Văn phòng\nC02,8,VĂN PHÒNG\nC03,7,Ban Tổ chức\n")
    titles = [agency_title(problem, name) for name in ("C01", "C02", "C03")]
    assert titles == ["Văn phòng (C01)", "VĂN PHÒNG (C02)", "Ban Tổ chức"]


def test_a_name_on_the_roster_is_no_code(tmp_path: Path) -> None:
    """Who calls agencies by name on the roster needs no titles and is told nothing."""
    path = small(tmp_path, {"A": {"agency": "Phòng Nội vụ"}, "B": {"agency": "C02"}}, None)
    assert untitled_agencies(load(path), ["Phòng Nội vụ", "C02"]) == ["C02"]


@pytest.mark.parametrize(
    ("heads", "title"),
    [
        ("Mã đơn vị,Tên đơn vị,Biên chế", "title"),
        ("Mã cơ quan,Tên cơ quan,Số biên chế", "title"),
        ("agency,Tên gọi,headcount", "title"),
        ("Cơ quan,Tên tiếng Anh,Biên chế", "title_en"),
        ("Cơ quan,Tên tiếng Việt,Biên chế", "title_vi"),
    ],
)
def test_headers_of_titles(tmp_path: Path, heads: str, title: str) -> None:
    """A table with codes and names has titles in the names; further headers are known in both languages."""
    (tmp_path / "agencies.csv").write_text(f"{heads}\nC01,Xã Bản A,9\n", encoding="utf-8")
    row = read_agencies(tmp_path / "agencies.csv").frame.iloc[0].to_dict()
    assert row == {"agency": "C01", "headcount": 9, title: "Xã Bản A"}


def test_two_columns_of_titles_are_a_fault(tmp_path: Path) -> None:
    """Which of two columns is the title is nobody's guess."""
    (tmp_path / "agencies.csv").write_text("Mã đơn vị,Tên đơn vị,Tên gọi,Biên chế\nC01,A,B,9\n", encoding="utf-8")
    with pytest.raises(InputError, match="title"):
        read_agencies(tmp_path / "agencies.csv")


def test_a_run_folder_alone_knows_the_titles(tmp_path: Path) -> None:
    """A run read back, a frame given and a workbook with the tables inside keep every title."""
    problem = titled(tmp_path / "scheme")
    write_run(solve_problem(problem), tmp_path / "run")
    kept = read_run(tmp_path / "run").problem
    again = load(problem, agencies=problem.agencies)
    with speaking("vi"):
        book = load(export_excel(tmp_path / "scheme" / "scenario.yaml", tmp_path / "book.xlsx", with_roster=True))
    for language in ("en", "vi"):
        with speaking(language):
            for other in (kept, again, book):
                assert agency_titles(other) == agency_titles(problem)


def test_titles_that_nobody_has_in_one_column_meet_a_code(tmp_path: Path) -> None:
    """An office whose title is another's code is not taken for it."""
    problem = titled(tmp_path, "agency,headcount,title\nC01,9,C02\nC02,8,\nC03,7,\n")
    assert [agency_title(problem, name) for name in ("C01", "C02", "C03")] == ["C02 (C01)", "C02", "C03"]


def test_a_title_told_takes_the_place_of_all_that_were_known() -> None:
    """A reform's title in one text leaves no old one in a language behind; an office without one has none."""
    before = pd.DataFrame({"agency": ["A", "B"], "headcount": [1, 2], "title_vi": ["Xã A", "Xã B"]})
    told = titles_told(before, {"A": "Phường A", "C": {"vi": "?"}})
    assert told[["title", "title_vi"]].to_numpy().tolist() == [["Phường A", ""], ["", "Xã B"]]
    french = titles_told(before, {"B": {"fr": "Commune B"}})
    assert french[["title", "title_vi"]].to_numpy().tolist() == [["", "Xã A"], ["Commune B", ""]]
    assert "title" not in titles_told(before, {"A": None})


# --- sheets that can be printed and read ----------------------------------------------------------------------------

LONG = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Hoàng Su Phì, tỉnh Hà Giang (bộ phận một cửa)"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """An office of 60 with a long title, of whom all go; and a small one without a title."""
    people = {
        f"K{number}": {
            "agency": "VP" if number < 60 else "D1",
            "name": f"Nguyễn Hoàng Thị Phương Thảo {number}",
            "theory": "none" if number % 2 else "intermediate",
            "ethnicity": "Dao",
            "party_joined": "03/02/2010",
            "subject": "Quản trị kinh doanh tổng hợp" if number < 5 else "",
            "institution": "Trường Đại học Kinh tế Quốc dân" if number < 9 else "",
        }
        for number in range(62)
    }
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}
    path = small(
        tmp_path_factory.mktemp("crowded"),
        people,
        f'agency,headcount,title\nVP,70,"{LONG}"\nD1,5,\n',
        targets={"all": target},
        goals=["attainment", "early", "lot"],
        approval={"all": {"authority": {"en": "Party committee", "vi": "Ban Thường vụ Huyện ủy"}}},
        currency={"en": "million VND", "vi": "triệu đồng"},
        programmes={"school": {"cost": 12, "place": "Trường Chính trị tỉnh", "title": "Cao cấp lý luận chính trị"}},
    )
    return solve_problem(load(path))


@pytest.fixture(scope="module", params=["en", "vi"])
def book(request: pytest.FixtureRequest, crowded: Plan, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("book") / "list.xlsx"
    with speaking(request.param):
        write_nominees(crowded, 2021, path, with_names=True, letters=True, by=("authority", "class", "agency"))
    return openpyxl.load_workbook(path)


def cells_of(sheet: Any) -> Iterator[tuple[Any, float]]:
    """Every cell with text that is broken over lines, with the width of the columns that it stands over."""
    merged = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                area = merged.get(cell.coordinate)
                columns = range(cell.column, (area.max_col if area else cell.column) + 1)
                yield cell, sum(sheet.column_dimensions[get_column_letter(place)].width for place in columns)


NARROWEST = 4.6
"""Pixels of a letter of 11 points in running text, blanks among them: fewer than any text here takes."""


def test_every_text_has_the_room_it_needs(book: Any) -> None:
    """Rows are as high as the lines of their texts, and no word of a name's length is broken, in list and letter."""
    seen = 0
    for sheet in book:
        for cell, width in cells_of(sheet):
            size = cell.font.size
            pixels = width * 7
            least = math.ceil(len(cell.value) * NARROWEST * size / 11 / pixels)
            high = sheet.row_dimensions[cell.row].height or 15
            assert high >= least * size, (sheet.title, cell.coordinate, cell.value, high)
            assert pixels >= max(len(word) for word in cell.value.split()) * NARROWEST * size / 11
            seen += least > 1
    assert seen > 60


def test_lists_say_what_is_known_and_no_more(book: Any) -> None:
    """Titles of agencies, subject and institution, the party, place, cost with its unit; what is missing is named."""
    words = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert {LONG, "03/02/2010", "Trường Chính trị tỉnh", "Dao"} <= words
    assert "Quản trị kinh doanh tổng hợp; Trường Đại học Kinh tế Quốc dân" in words
    assert "Trường Đại học Kinh tế Quốc dân" in words
    whole = " ".join(words)
    assert "triệu đồng" in whole or "million VND" in whole
    assert "D1" in words
    assert "danh sách ghi theo mã" in whole or "by its code" in whole
    assert not {"VP", "office"} & words


def test_a_long_remark_is_not_cut_off(tmp_path: Path) -> None:
    """A row cannot be higher than 409 points, so the column of a text that would need more is wider."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}
    remark = "đã hoàn thành nhiệm vụ được giao; " * 120
    plan = solve_problem(load(small(tmp_path, {"A": {"name": "N", "note": remark}}, targets={"all": target})))
    with speaking("vi"):
        write_nominees(plan, 2021, tmp_path / "list.xlsx", with_names=True)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    [(cell, width)] = [(cell, width) for cell, width in cells_of(sheet) if "đã hoàn thành" in cell.value.lower()]
    assert math.ceil(len(cell.value) * NARROWEST / (width * 7)) * 13 <= sheet.row_dimensions[cell.row].height < 409.5


def test_no_sheet_is_printed_too_small_to_be_read(book: Any) -> None:
    """A letter is printed nearly as large as it is; a list with every column that there is no smaller than 70 %."""
    for sheet in book:
        upright = sheet.page_setup.orientation == "portrait"
        columns = range(1, sheet.max_column + 1)
        total = sum(sheet.column_dimensions[get_column_letter(place)].width for place in columns) * 7
        assert total <= (PAGE_UPRIGHT * 1.25 if upright else PAGE_ACROSS / 0.7), sheet.title


def test_letters_and_annexes_say_titles_and_minorities_in_words(tmp_path: Path) -> None:
    """A letter's name and addressee are the title; of a minority alone "DTTS" stands behind the sex, not yes or no."""
    people = {"A": {"agency": "VP", "ethnic_minority": "yes"}, "B": {"agency": "D1", "ethnic_minority": "no"}}
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}
    approval = {"all": {"authority": "Ban Thường vụ Huyện ủy"}}
    agencies = "agency,headcount,title\nVP,70,Văn phòng\nD1,5,\n"
    plan = solve_problem(load(small(tmp_path, people, agencies, targets={"all": target}, approval=approval)))
    with speaking("vi"):
        made = letters(plan, 2021, tmp_path / "docx")
    names = [path.stem for path in made.paths]
    assert names[1:] == ["CV gửi D1", "CV gửi Văn phòng"]
    annex, _, letter = (docx.Document(str(path)) for path in made.paths)
    assert "Kính gửi: Văn phòng" in [paragraph.text for paragraph in letter.paragraphs]
    rows = [[cell.text for cell in row.cells] for row in annex.tables[0].rows][1:]
    assert [(row[3], row[5]) for row in rows] == [("Nữ, DTTS", "Văn phòng"), ("Nữ", "D1")]
    assert any("ghi theo mã: D1" in note for note in made.notes)


def test_reserves_of_a_year_without_starts_are_no_empty_list(tmp_path: Path) -> None:
    """Where nobody starts the sheet of reserves says so, and has no table."""
    problem = load(small(tmp_path))
    with speaking("en"):
        write_reserves(problem, Reserves(solve_problem(problem), ()), 2021, tmp_path / "list.xlsx")
    [sheet] = openpyxl.load_workbook(tmp_path / "list.xlsx")
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    with speaking("en"):
        assert say("reserves_nobody_goes", year=2021) in words
    assert "No." not in words
