"""The yearly lists: who stands on which sheet, in which order, as text, with figures that are those of the run."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from small import small

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.messages import speaking
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.report.text.authorities import authorities
from planner.report.text.nominees import nominees
from planner.report.text.sort_keys import name_key, natural_key
from planner.report.workbook.nominees import write_nominees
from planner.solver import solve_problem

AUTHORITIES = {
    "committee": {"who": {"party": "yes"}, "authority": {"en": "Party committee", "vi": "Thường trực Huyện ủy"}},
    "board": {"programmes": ["course"], "authority": {"en": "People's committee", "vi": "Ủy ban nhân dân huyện"}},
}
PEOPLE: dict[str, dict[str, Any]] = {
    "K1": {"name": "Nguyễn Văn Đức", "party": "yes"},
    "K2": {"name": "Vàng Thị Dung", "party": "yes", "sex": "M"},
    "K10": {"name": "Trần Văn Ân", "party": "yes"},
    "K3": {"name": "Lù Thị An", "party": "yes", "post": "commune_leader"},
    "N1": {"name": "Sùng A Sáng", "party": "no"},
    "N2": {"name": "=HYPERLINK(1)", "party": "no", "theory": "advanced"},
}
SCHEME: dict[str, Any] = {
    "targets": {
        "theory": {"who": {"agency": "office"}, "level": {"theory": "advanced"}, "share": 1.0},
        "course": {"who": {"cadre": "N2"}, "level": {"administration": "specialist"}, "share": 1.0},
    },
    "seats": {
        "school": {"programmes": ["school"], "who": {"agency": "office"}, "per_year": {"min": 1, "max": 3}, "total": 9}
    },
    "approval": AUTHORITIES,
}
EVERYBODY = {"who": {"sex": ["F", "M"]}, "level": {"theory": "advanced"}, "share": 1.0}


def planned(folder: Path, people: Any = PEOPLE, **scheme: Any) -> Plan:
    """The plan of a small office; keys of `scheme` take the place of those of SCHEME."""
    return solve_problem(load(small(folder, people, **{**SCHEME, **scheme})))


def listed(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of the first table on a sheet: from the row that begins with its number's heading to the first gap."""
    rows = [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(rows) if row[0] in ("STT", "No."))
    body = []
    for row in rows[top + 1 :]:
        if not isinstance(row[0], int):
            break
        body.append(dict(zip(rows[top], row, strict=True)))
    return body


def words_on(path: Path, name: str) -> str:
    sheet = openpyxl.load_workbook(path)[name]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


# --- the Vietnamese order -------------------------------------------------------------------------------------------


def test_names_sort_by_the_given_name_and_the_vietnamese_alphabet() -> None:
    """The last word decides: A Ă Â B C D Đ, then the tones; then the family name; written apart or composed alike."""
    names = ["Vàng Thị An", "Lê Ân", "Hồ Dung", "Nguyễn Văn Đức", "Lù Thị Giàng", "Trần Sang", "An Sáng", "Ya Ý"]
    assert sorted({*names}, key=name_key) == names
    assert name_key("Đức") == name_key("Đức".encode().decode()) == name_key("Đu\u031b\u0301c")
    assert sorted(["Sáng", "Sang", "Sạng", "Sàng", "Sảng", "Sãng"], key=name_key) == [
        "Sang", "Sàng", "Sảng", "Sãng", "Sáng", "Sạng",
    ]  # fmt: skip


def test_codes_sort_by_their_numbers() -> None:
    """C2 stands before C10; odd codes are sorted somewhere and never fail."""
    codes = ["C2", "C10", "C10a", "Đ1", "X", "", "9" * 5000, "²", "٣"]
    assert sorted(["C10", "C2"], key=natural_key) == ["C2", "C10"]
    assert len(sorted(codes, key=natural_key)) == len(codes)


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_each_start_stands_on_the_sheet_of_who_approves_it(tmp_path: Path) -> None:
    """One sheet per authority in the scenario's order, one for starts without one, one of totals; each start once."""
    plan = planned(tmp_path)
    path = tmp_path / "list.xlsx"
    with speaking("vi"):
        write_nominees(plan, 2021, path)
    sheets = ["Thường trực Huyện ủy", "Ủy ban nhân dân huyện", "Chưa rõ thẩm quyền"]
    assert openpyxl.load_workbook(path).sheetnames == [*sheets, "Tổng hợp", "Theo chương trình"]
    own = plan.assignments[plan.assignments["start"] == 2021]
    found = [{row["Mã số"] for row in listed(path, sheet)} for sheet in sheets]
    assert found == [{"K1", "K2", "K3", "K10"} & set(own["cadre"]), {"N2"}, {"N1"} & set(own["cadre"])]
    assert sum(len(listed(path, sheet)) for sheet in sheets) == len(own)


def test_the_lists_agree_with_the_assignments(tmp_path: Path) -> None:
    """Codes, agencies and years on the sheets are those of assignments.csv, read back from the run folder."""
    plan = planned(tmp_path / "scenario")
    write_run(plan, tmp_path / "run")
    read = read_run(tmp_path / "run").plan()
    for year in (2021, 2022):
        path = tmp_path / f"{year}.xlsx"
        with speaking("en"):
            write_nominees(read, year, path)
        workbook = openpyxl.load_workbook(path)
        rows = [
            row for name in workbook.sheetnames if name not in ("Totals", "By programme") for row in listed(path, name)
        ]
        csv = pd.read_csv(tmp_path / "run" / "assignments.csv", dtype={"cadre": str})
        csv = csv[csv["start"] == year]
        keys = ["Code", "Agency", "Years"]
        both = zip(csv["start"], csv["finish"], strict=True)
        years = [first if first == last else f"{first}–{last}" for first, last in both]
        expected = sorted(zip(csv["cadre"], csv["agency"], years, strict=True), key=str)
        assert sorted((tuple(row[key] for key in keys) for row in rows), key=str) == expected


def test_the_totals_agree_with_the_seats(tmp_path: Path) -> None:
    """Starts, minimum, maximum and what is used so far are those of seats.csv; the second table sums to all starts."""
    everybody = SCHEME["targets"] | {"theory": EVERYBODY}
    plan = planned(tmp_path, targets=everybody)
    path = tmp_path / "list.xlsx"
    with speaking("en"):
        write_nominees(plan, 2022, path)
    [row] = listed(path, "Totals")
    seats = plan.seats.set_index(["pool", "year"])["starts"]
    starts, used = int(seats["school", 2022]), int(seats["school", 2021] + seats["school", 2022])
    figures = [row[key] for key in ("At least, a year", "At most, a year", "Starts in 2022", "Left in 2022")]
    assert figures == [1, 3, starts, 3 - starts]
    assert (row["Used up to 2022"], row["Left of the period"]) == (used, 9 - used)
    lines = list(openpyxl.load_workbook(path)["By programme"].iter_rows(values_only=True))
    [total] = [line for line in lines if line[0] == "All"]
    assert 0 < total[-2] == (plan.assignments["start"] == 2022).sum()


def test_a_form_is_headed_as_its_authority_wants_it(tmp_path: Path) -> None:
    """A party committee's list has the party's heading, any other the state's; title, place, signatures are there."""
    path = tmp_path / "list.xlsx"
    with speaking("vi"):
        write_nominees(planned(tmp_path), 2021, path)
    party, state = words_on(path, "Thường trực Huyện ủy"), words_on(path, "Ủy ban nhân dân huyện")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party
    assert "CỘNG HÒA XÃ HỘI" not in party
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố" in state
    assert "Độc lập - Tự do - Hạnh phúc" in state
    for text in (party, state):
        assert "ngày …… tháng …… năm 2021" in text
        assert "Cán bộ đề nghị cử đi đào tạo, bồi dưỡng năm 2021" in text
        assert "NGƯỜI LẬP BIỂU" in text
    assert "Ý KIẾN CỦA THƯỜNG TRỰC HUYỆN ỦY" in party


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Thường trực Huyện uỷ", True),
        ("Đảng ủy xã", True),
        ("District Party committee", True),
        ("Ủy ban nhân dân huyện", False),
        ("huyện Ủy ban", False),
        ("Phòng Nội vụ", False),
        ("People's committee", False),
    ],
)
def test_bodies_of_the_party_are_told_by_their_names(tmp_path: Path, name: str, party: bool) -> None:
    """A committee of the party is known by its name in either language; a people's committee is none."""
    plan = planned(tmp_path, approval={"board": {"authority": name}})
    assert [authority.party for authority in authorities(plan)] == [party]


def test_posts_are_shown_by_their_titles(tmp_path: Path) -> None:
    """A known post's code becomes words, a group's title of exactly that post comes first, others stay as they are."""
    plan = planned(tmp_path, groups={"staff": {"post": "staff", "title": {"en": "Clerks", "vi": "Chuyên viên"}}})
    with speaking("vi"):
        titles = dict(zip(nominees(plan, 2021)["cadre"], nominees(plan, 2021)["post_title"], strict=True))
    assert titles["K3"] == "Lãnh đạo chủ chốt xã, thị trấn"
    assert set(titles.values()) - {titles["K3"]} == {"Chuyên viên"}


# --- names ----------------------------------------------------------------------------------------------------------


def test_names_stand_on_the_lists_only_where_asked_for(tmp_path: Path) -> None:
    """Without `with_names` no name is anywhere in the file, not even unseen."""
    plan = planned(tmp_path)
    write_nominees(plan, 2021, tmp_path / "codes.xlsx", letters=True)
    with zipfile.ZipFile(tmp_path / "codes.xlsx") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert [person["name"] for person in PEOPLE.values() if person["name"] in text] == []


def test_names_are_sorted_the_vietnamese_way(tmp_path: Path) -> None:
    """With names a sheet is in the order of given names, without them in the order of codes."""
    plan = planned(tmp_path, seats={})
    with speaking("vi"):
        notes = write_nominees(plan, 2021, tmp_path / "names.xlsx", with_names=True)
        write_nominees(plan, 2021, tmp_path / "codes.xlsx")
    names = [row["Họ và tên"] for row in listed(tmp_path / "names.xlsx", "Thường trực Huyện ủy")]
    assert names == ["Lù Thị An", "Trần Văn Ân", "Vàng Thị Dung", "Nguyễn Văn Đức"]
    codes = [row["Mã số"] for row in listed(tmp_path / "codes.xlsx", "Thường trực Huyện ủy")]
    assert codes == ["K1", "K2", "K3", "K10"]
    assert notes == ["Có 1 cơ quan, đơn vị chưa có tên gọi trong bảng cơ quan, danh sách ghi theo mã: office."]


def test_a_roster_without_names_is_said_to_have_none(tmp_path: Path) -> None:
    """Asked for names that the roster lacks, the lists give codes and a note says so."""
    people = {name: {key: value for key, value in cells.items() if key != "name"} for name, cells in PEOPLE.items()}
    with speaking("en"):
        notes = write_nominees(planned(tmp_path, people), 2021, tmp_path / "list.xlsx", with_names=True)
    assert len(notes) == 2
    assert "the roster has none" in notes[0]
    assert "Name" not in listed(tmp_path / "list.xlsx", "Party committee")[0]


# --- the file -------------------------------------------------------------------------------------------------------


def test_cells_from_data_are_text(tmp_path: Path) -> None:
    """Nothing in the workbook is a formula or a link, whatever names, agencies and titles look like."""
    evil = ["=1+1", "@SUM(A1)", "+2", "-2", "http://example.org", "{=1}", "\tx", "_x0041_", "a\x0bb"]
    people = {f"E{number}": {"name": text, "post": text, "agency": text} for number, text in enumerate(evil)}
    plan = planned(
        tmp_path,
        people,
        agencies=None,
        title="=cmd|' /C calc'!A0",
        targets={"theory": EVERYBODY},
        seats={},
        approval={"committee": {"authority": "='Sheet'!A1 [*]:/\\?" * 3}},
    )
    path = tmp_path / "list.xlsx"
    write_nominees(plan, 2021, path, with_names=True, letters=True)
    workbook = openpyxl.load_workbook(path)
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "/sheets/" in name or "rels" in name]
    assert not any(re.search(rb"<f[ >]|<hyperlink|Target=\"http", sheet) for sheet in sheets)
    assert "=1+1" in words_on(path, workbook.sheetnames[0])
    assert all(len(name) <= 31 for name in workbook.sheetnames)


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    """Written twice, the workbook is the same file."""
    plan = planned(tmp_path)
    for name in ("one.xlsx", "two.xlsx"):
        write_nominees(plan, 2021, tmp_path / name, with_names=True, letters=True)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_every_sheet_fits_the_paper(tmp_path: Path) -> None:
    """A4, the whole width on a page, page numbers, a print area; the lists repeat their heading and lie across."""
    path = tmp_path / "list.xlsx"
    with speaking("en"):
        write_nominees(planned(tmp_path), 2021, path, letters=True)
    for sheet in openpyxl.load_workbook(path):
        setup = sheet.page_setup
        assert (setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == (9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "Page &P"
        assert sheet.print_area
        assert setup.orientation == ("portrait" if sheet.title.startswith("Letter") else "landscape")
        assert sheet.print_title_rows


def test_a_letter_goes_to_each_agency_concerned(tmp_path: Path) -> None:
    """With `letters` each agency that sends somebody gets a sheet with its people only; without, none."""
    people = {name: {**cells, "agency": f"A{number}"} for number, (name, cells) in enumerate(PEOPLE.items(), 9)}
    plan = planned(tmp_path, people, agencies=None, targets={"theory": EVERYBODY}, seats={}, approval={})
    path = tmp_path / "list.xlsx"
    with speaking("en"):
        write_nominees(plan, 2021, path, letters=True)
    own = plan.assignments[plan.assignments["start"] == 2021]
    letters = [name for name in openpyxl.load_workbook(path).sheetnames if name.startswith("Letter")]
    assert letters == [f"Letter {agency}" for agency in sorted(own["agency"].unique(), key=natural_key)]
    for letter in letters:
        sent = own.loc[own["agency"] == letter.removeprefix("Letter "), "cadre"]
        assert [row["Code"] for row in listed(path, letter)] == sorted(sent)
        assert f"To: {letter.removeprefix('Letter ')}" in words_on(path, letter)


def test_a_year_without_starts_says_so(tmp_path: Path) -> None:
    """In a year in which nobody starts no list is empty: there is the sheet of totals, and it says so, with a note."""
    path = tmp_path / "list.xlsx"
    for scheme in ({}, {"seats": {}}):
        with speaking("en"):
            notes = write_nominees(planned(tmp_path, **scheme), 2024, path, letters=True, by=("authority", "agency"))
        assert openpyxl.load_workbook(path).sheetnames == ["Totals"]
        assert "Nobody is nominated in 2024." in words_on(path, "Totals")
        assert notes == ["Nobody is nominated in 2024."]


def test_an_authority_without_anybody_has_no_empty_list(tmp_path: Path) -> None:
    """Who has nobody to approve is named beside the totals and in the notes, and has no sheet."""
    path = tmp_path / "list.xlsx"
    province = {"who": {"birth_year": {"max": 1900}}, "authority": "Province"}
    plan = planned(tmp_path, approval={**AUTHORITIES, "province": province})
    with speaking("en"):
        notes = write_nominees(plan, 2021, path)
    assert "Province" not in openpyxl.load_workbook(path).sheetnames
    told = "Nobody is proposed in 2021 for approval by: Province."
    assert told in notes
    assert all(told in words_on(path, name) for name in ("Totals", "By programme"))


@pytest.mark.parametrize(("year", "name"), [(2030, "list.xlsx"), (2021, "list.csv"), (2021, "none/list.xlsx")])
def test_what_cannot_be_written_is_refused(tmp_path: Path, year: int, name: str) -> None:
    """A year outside the horizon, a file that is no workbook, a folder that is not there: a message, and no file."""
    plan = planned(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError):
        write_nominees(plan, year, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before
