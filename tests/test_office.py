"""What goes out to offices: lists by class and agency, Word documents from templates, csv for Excel, names."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from commands import planner
from small import small

from planner import PlannerError
from planner.common.errors import InputError
from planner.common.excel_csv import excel_csv
from planner.inputs.loading import load
from planner.inputs.scenario.schema import Pin
from planner.messages import LANGUAGES, speaking
from planner.model.options import admissible_starts
from planner.plans.finding import find_cadre, find_programme
from planner.plans.persons import person, with_names
from planner.plans.plan import Plan, plan_of
from planner.plans.run_folder import write_run
from planner.report.letters.document import LIST, copy_templates, letters
from planner.report.letters.make_templates import FOLDER, make
from planner.report.letters.settings import Settings, day_in_words, read_settings
from planner.report.letters.templates import KINDS
from planner.report.text.nominees import nominees, study_classes
from planner.report.workbook.nominees import write_nominees
from planner.report.workbook.sheets import roman
from planner.solver import solve_problem

pytestmark = pytest.mark.usefixtures("english")

CANARY = "Vàng Thị Chimyen"
PEOPLE: dict[str, dict[str, Any]] = {
    "K1": {"name": CANARY, "birth_date": "1985-03-09", "ethnicity": "Nùng", "planned_post": "Trưởng phòng"},
    "K2": {"name": "Lù <b>&Páo", "agency": "Phòng Nội vụ", "sex": "M", "note": "=cmd|' /C calc'!A0"},
    "K3": {"name": "=cmd()", "agency": "Phòng Nội vụ", "education": "", "studying": "degree", "studying_until": 2021},
}
SCHEME: dict[str, Any] = {
    "title": {"en": "Scheme <1> & {{ year }}", "vi": "Đề án <1> & {{ year }}"},
    "agencies": None,
    "programmes": {"school": {"title": {"en": "Advanced theory", "vi": "Cao cấp lý luận chính trị"}, "cost": 12.5,
                              "place": {"en": "Academy, Region I", "vi": "Học viện khu vực I"}}},
    "targets": {"all": {"who": {"sex": ["F", "M"]}, "level": {"theory": "advanced"}, "share": 1.0}},
    "approval": {"b": {"authority": {"en": "People's committee", "vi": "Ủy ban nhân dân huyện"}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan of three people of two offices, all of whom go to one school in 2021 but who studies until then."""
    return planned(tmp_path_factory.mktemp("office"))


def planned(folder: Path, people: Any = PEOPLE, **scheme: Any) -> Plan:
    return solve_problem(load(small(folder, people, **{**SCHEME, **scheme})))


def chosen(path: Path, *starts: tuple[str | None, str]) -> Plan:
    """The plan of the starts in 2021 of cadres (None: all) and programmes, without a solver."""
    options = admissible_starts(load(path))
    pins = [Pin(cadre=cadre, programme=programme, start=2021) for cadre, programme in starts]
    wanted = np.any([options.matching(pin) for pin in pins], axis=0)
    return plan_of(options, np.flatnonzero(wanted), "feasible", pd.DataFrame())


def text_of(path: Path) -> str:
    """Every text of a document, tables included, a line each."""
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(path: Path) -> list[list[str]]:
    """The rows of the table of people."""
    table = next(table for table in docx.Document(str(path)).tables if len(table.columns) > 2)
    return [[cell.text for cell in row.cells] for row in table.rows]


def everything(paths: Iterable[Path]) -> str:
    """All that stands in files of Office, seen or not."""
    found = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "".join(found)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a file of Office."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet(path: Path, place: int = 0) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[place].iter_rows(values_only=True)]


def head_and_rows(path: Path, place: int = 0) -> list[dict[str, Any]]:
    rows = sheet(path, place)
    top = next(number for number, row in enumerate(rows) if row[0] in ("No.", "STT"))
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if isinstance(row[0], int)]


def changed(template: Path, old: str, new: str) -> None:
    """Change a text of a Word document as somebody would in Word."""
    document = docx.Document(str(template))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if old in run.text]
    assert runs, old
    for run in runs:
        run.text = run.text.replace(old, new)
    document.save(str(template))


# --- lists ----------------------------------------------------------------------------------------------------------


def test_a_list_says_all_that_roster_and_scenario_say(tmp_path: Path, plan: Plan) -> None:
    """Date of birth, ethnic group, levels in words, planning, place, cost and remarks stand in their columns."""
    with speaking("vi"):
        write_nominees(plan, 2021, tmp_path / "list.xlsx", with_names=True)
    row = next(row for row in head_and_rows(tmp_path / "list.xlsx") if row["Mã số"] == "K1")
    expected = {
        "Họ và tên": CANARY, "Ngày sinh": dt.datetime(1985, 3, 9),
         "Giới tính": "Nữ", "Dân tộc": "Nùng",
        "Trình độ chuyên môn": "Đại học", "Lý luận chính trị": "Trung cấp", "Quy hoạch": "Trưởng phòng",
        "Chương trình đào tạo, bồi dưỡng": "Cao cấp lý luận chính trị", "Hình thức": "Tập trung",
        "Cơ sở, nơi học": "Học viện khu vực I", "Thời gian học": 2021, "Kinh phí": 12.5, "Ghi chú": None,
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected


def test_what_nobody_says_has_no_column_and_that_is_said(tmp_path: Path) -> None:
    """Without dates, ethnic groups, planning, place and cost their columns are gone and a line names them."""
    people = {name: {"education": ""} for name in "AB"}
    plan = planned(tmp_path, people, programmes={})
    write_nominees(plan, 2021, tmp_path / "list.xlsx")
    row = head_and_rows(tmp_path / "list.xlsx")[0]
    assert {"Ethnic group", "Planned for the post", "Institution, place", "Cost", "Professional education"} & set(
        row
    ) == set()
    assert row["Born"] == 1985
    cells = [str(cell) for line in sheet(tmp_path / "list.xlsx") for cell in line]
    told = [cell for cell in cells if "so there is no column" in cell]
    assert told == [
        "Neither the roster nor the scenario says, so there is no column of it: "
        "Ethnic group; Joined the party; Subject and institution of the degree; "
        "Planned for the post; Professional education; Institution, place; Cost."
    ]


def test_a_minority_alone_is_not_an_ethnic_group(tmp_path: Path) -> None:
    """Where the roster says only who is of a minority, the column says so and answers yes or no."""
    plan = planned(tmp_path, {"A": {"ethnic_minority": "yes"}, "B": {"ethnic_minority": "no"}})
    write_nominees(plan, 2021, tmp_path / "list.xlsx")
    rows = head_and_rows(tmp_path / "list.xlsx")
    assert {row["Code"]: row["Ethnic minority"] for row in rows} == {"A": "yes", "B": "no"}


def test_remarks_tell_study_under_way_other_starts_and_the_roster_s_note(tmp_path: Path) -> None:
    """Each remark is true of its row alone."""
    people = {"A": {"studying": "degree", "studying_until": 2022, "note": "n"}, "B": {"note": ""}}
    path = small(tmp_path, people, programmes={"school": {"title": "School"}})
    table = nominees(chosen(path, ("A", "course"), ("B", "course"), ("B", "school")), 2021, by_name=True)
    assert dict(zip(table["cadre"] + table["programme"], table["remark"], strict=True)) == {
        "Acourse": "Studies degree until 2022; n",
        "Bcourse": "Sent to School, too",
        "Bschool": "Sent to course, too",
    }


@pytest.mark.parametrize(("number", "sizes"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_classes_are_as_few_as_hold_everybody(tmp_path: Path, number: int, sizes: list[int]) -> None:
    """At most `max` in a class: one more person than that makes a second class; sizes differ by one at most."""
    people = {f"P{place}": {} for place in range(number)}
    plan = planned(tmp_path, people, classes={"school": {"max": 2}})
    found = list(study_classes(plan, nominees(plan, 2021)))
    assert [len(one.people) for one in found] == sizes
    assert [(one.number, one.of) for one in found] == [(place + 1, len(sizes)) for place in range(len(sizes))]
    assert [code for one in found for code in one.people["cadre"]] == sorted(people)


def test_lists_by_class_stand_on_a_sheet_each(tmp_path: Path) -> None:
    """A sheet per class, numbered where the scenario's sizes make several, and it says how they were divided."""
    plan = planned(tmp_path, {name: {} for name in "ABC"}, classes={"school": {"min": 1, "max": 2}})
    with speaking("vi"):
        write_nominees(plan, 2021, tmp_path / "list.xlsx", by=["class"])
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert book.sheetnames == ["Lớp 1 – Cao cấp lý luận chính…", "Lớp 2 – Cao cấp lý luận chính…", "Tổng hợp"]
    assert [row["Mã số"] for row in head_and_rows(tmp_path / "list.xlsx", 1)] == ["C"]
    assert any("Một trong 2 lớp" in str(cell) for line in sheet(tmp_path / "list.xlsx", 1) for cell in line)


def test_the_list_by_agency_has_a_part_for_each(tmp_path: Path, plan: Plan) -> None:
    """Agencies are headed I, II; rows are numbered through; the agency is no column."""
    write_nominees(plan, 2021, tmp_path / "list.xlsx", by=["agency"])
    lines = [line[0] for line in sheet(tmp_path / "list.xlsx") if line[0] is not None]
    top = lines.index("No.")
    own = nominees(plan, 2021).groupby("agency")["cadre"].size()
    assert lines[top + 1] == f"I. office ({own['office']} start)"
    assert [line for line in lines[top:] if isinstance(line, int)] == list(range(1, int(own.sum()) + 1))
    assert "Agency" not in head_and_rows(tmp_path / "list.xlsx")[0]


def test_parts_are_numbered_as_an_office_numbers_them() -> None:
    """I to XLIX and beyond."""
    assert [roman(number) for number in (1, 4, 9, 14, 40, 49, 90, 400)] == [
        "I", "IV", "IX", "XIV", "XL", "XLIX", "XC", "CD",
    ]  # fmt: skip


def test_lists_by_anything_else_are_refused(tmp_path: Path, plan: Plan) -> None:
    """A slip in --by is told with the nearest name."""
    with pytest.raises(InputError, match="no lists by 'clas'; did you mean 'class'"):
        write_nominees(plan, 2021, tmp_path / "list.xlsx", by=["clas"])


def test_every_level_known_in_full_is_known_in_short() -> None:
    """A list calls a level by a short word in either language; none falls back to an id."""
    from planner.messages import catalogue

    full = {key.removeprefix("level_") for key in catalogue() if key.startswith("level_")}
    assert full == {key.removeprefix("held_") for key in catalogue() if key.startswith("held_")}


# --- Word documents -------------------------------------------------------------------------------------------------


def test_the_shipped_templates_are_what_the_script_makes() -> None:
    """Made again every part of them is the same, in every language; packed they may differ by the machine's zlib."""
    for language in LANGUAGES:
        with speaking(language):
            for kind in KINDS:
                shipped = (FOLDER / language / f"{kind}.docx").read_bytes()
                assert parts_of(shipped) == parts_of(make(kind)), (language, kind)
                assert make(kind) == make(kind)


def test_a_letter_says_what_the_plan_says(tmp_path: Path, plan: Plan) -> None:
    """Its heading, addressee, numbers, people and signatory; settings fill what they name."""
    said = Settings.model_validate(
        {
            "superior": "ỦY BAN NHÂN DÂN TỈNH", "sender": "SỞ NỘI VỤ", "place": "Hà Giang", "date": "05/02/2026",
            "letter": {"symbol": "SNV-ĐT", "first_number": 7, "answer_by": "31/03/2026"}, "recipients": ["Thanh tra"],
            "signatory": {"behalf": "TM. SỞ", "deputising": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC",
                          "name": "Ng. V. A"},
            "filed": "VT", "language": "vi",
        }
    )  # fmt: skip
    found = letters(plan, 2021, tmp_path / "out", settings=said, with_names=True)
    assert [path.name for path in found.paths] == [
        "Phụ lục Ủy ban nhân dân huyện.docx", "CV gửi office.docx", "CV gửi Phòng Nội vụ.docx",
    ]  # fmt: skip
    told = text_of(found.paths[1])
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN TỈNH\nSỞ NỘI VỤ",
        "Số: 7/SNV-ĐT", "V/v cử cán bộ đi đào tạo, bồi dưỡng năm 2021", "Hà Giang, ngày 05 tháng 02 năm 2026",
        "Kính gửi: office", "Thực hiện: Đề án <1> & {{ year }}. Năm 2021, cơ quan, đơn vị có 1 lượt cử",
        "trước ngày 31 tháng 3 năm 2026", "- Thanh tra;", "- Lưu: VT.", "TM. SỞ\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        "Ng. V. A",
    ):  # fmt: skip
        assert part in told, part
    assert "……" not in told
    assert "……" not in text_of(found.paths[2])
    assert "Số: 8/SNV-ĐT" in text_of(found.paths[2])
    assert rows_of(found.paths[1])[1:] == [
        ["1", f"{CANARY} (K1)", "staff", "Cao cấp lý luận chính trị, tập trung, Học viện khu vực I", "2021",
         "Ủy ban nhân dân huyện"],
    ]  # fmt: skip
    assert found.open == ("annex.document", "annex.number", "annex.symbol", "annex.date")


def test_an_annex_lists_those_of_an_authority(tmp_path: Path, plan: Plan) -> None:
    """Everybody whom the authority approves stands in it, as in the workbook, with what is held now and why."""
    with speaking("vi"):
        found = letters(plan, 2021, tmp_path / "out", with_names=True)
        table = nominees(plan, 2021, by_name=True)
    assert "(Kèm theo …… số ……/…… ngày …… tháng …… năm …… của ……)" in text_of(found.paths[0])
    rows = rows_of(found.paths[0])[1:]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(table) + 1)]
    row = next(row for row in rows if "K1" in row[1])
    assert row[2:] == [
        "09/03/1985", "Nữ, Nùng", "staff; quy hoạch: Trưởng phòng", "office",
        "Trình độ chuyên môn: Đại học; Lý luận chính trị: Trung cấp; Quản lý nhà nước: Chưa qua bồi dưỡng",
        "Cao cấp lý luận chính trị, tập trung, Học viện khu vực I", "2021",
        table.loc[table["cadre"] == "K1", "reason"].item(),
    ]  # fmt: skip


def test_a_body_of_the_party_writes_in_the_party_s_form(tmp_path: Path, plan: Plan) -> None:
    """The sender's name decides, the setting `form` before it; the state's heading is nowhere then."""
    party = {"sender": "HUYỆN ỦY", "language": "vi"}
    cases = [(party, True), (party | {"form": "state"}, False), ({"form": "party"}, True)]
    for number, (said, expected) in enumerate(cases):
        found = letters(plan, 2021, tmp_path / str(number), settings=Settings.model_validate({"language": "vi"} | said))
        told = text_of(found.paths[1])
        assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in told) == expected
        assert ("CỘNG HÒA XÃ HỘI" in told) != expected


def test_data_stay_text(tmp_path: Path, plan: Plan) -> None:
    """Signs of XML, of formulas and of templates in names, notes and titles are shown as they are."""
    found = letters(plan, 2021, tmp_path / "out", with_names=True)
    told = text_of(found.paths[0])
    for text in ("Lù <b>&Páo (K2)", "=cmd|' /C calc'!A0", "Scheme <1> & {{ year }}"):
        assert text in told


def test_no_name_leaks_where_none_is_asked_for(tmp_path: Path, plan: Plan) -> None:
    """Without names the canary is in no file, seen or not: workbook, documents, terminal, page."""
    write_run(plan, tmp_path / "run")
    done = planner("nominees", tmp_path / "run", "--year", 2021, "--out", tmp_path / "list.xlsx", "--letters",
                   "--by", "authority", "--by", "class", "--by", "agency", "--docx", tmp_path / "out")  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [planner("explain", tmp_path / "run", "--cadre", "K1"), planner("missed", tmp_path / "run"), done]
    assert planner("report", tmp_path / "run").returncode == 0
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    files = everything([tmp_path / "list.xlsx", *(tmp_path / "out").glob("*.docx")])
    for text in (files, page, *(one.stdout + one.stderr for one in told)):
        assert "Chimyen" not in text
    assert "K1" in files


def test_what_is_not_set_is_told(tmp_path: Path, plan: Plan) -> None:
    """The command names the settings in whose place dots stand, and the folder's list keeps them."""
    write_run(plan, tmp_path / "run")
    done = planner("nominees", tmp_path / "run", "--year", 2021, "--docx", tmp_path / "out")
    line = next(line for line in done.stdout.splitlines() if line.startswith("Not set"))
    assert line.endswith(
        ": superior, sender, place, date, letter.first_number, letter.symbol, letter.answer_by, annex.document, "
        "annex.number, annex.symbol, annex.date, annex.issuer, signatory.title, signatory.name, filed."
    )
    assert line in (tmp_path / "out" / LIST).read_text(encoding="utf-8")
    assert not (tmp_path / "run" / "nominees-2021.xlsx").exists()


def test_what_else_is_to_know_is_told_to_who_writes_the_documents(tmp_path: Path) -> None:
    """Starts that nobody approves are told, in the language spoken; the documents have the language of the settings."""
    plan = planned(tmp_path, approval={"b": {"programmes": ["course"], "authority": "Board"}})
    found = letters(plan, 2021, tmp_path / "out", settings=Settings.model_validate({"language": "vi"}))
    [note] = [note for note in found.notes if "authority" in note]
    count = len(nominees(plan, 2021))
    assert note.startswith(f"The scenario names no authority for {count} start")
    assert note in (tmp_path / "out" / LIST).read_text(encoding="utf-8")
    assert "Chưa rõ thẩm quyền" in text_of(found.paths[0])


def test_documents_filled_in_by_hand_are_never_replaced(tmp_path: Path, plan: Plan) -> None:
    """With force what planner wrote is replaced, what somebody changed since is not, and is named."""
    [_, letter, _] = letters(plan, 2021, tmp_path / "out").paths
    with pytest.raises(InputError, match="exists"):
        letters(plan, 2021, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    letters(plan, 2021, tmp_path / "out", force=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    changed(letter, "……", "12")
    with pytest.raises(InputError, match=r"Letter office\.docx: changed by hand"):
        letters(plan, 2021, tmp_path / "out", force=True)


# --- templates ------------------------------------------------------------------------------------------------------


def test_an_office_s_own_text_stands_in_its_documents(tmp_path: Path, plan: Plan) -> None:
    """A template changed in Word is filled like the shipped one; a placeholder taken out is not asked for."""
    folder = copy_templates(tmp_path / "templates")
    changed(
        folder / "letter-state.docx", "We ask for your cooperation.", "Ask for {{ women }} of {{ starts }}, please."
    )
    changed(folder / "letter-state.docx", "{{ superior }}", "PROVINCE")
    (folder / "letter-party.docx").unlink()
    found = letters(plan, 2021, tmp_path / "out", templates=folder)
    told = text_of(found.paths[1])
    assert "Ask for 1 of 1, please." in told
    assert "PROVINCE" in told
    assert "superior" not in found.open
    assert [note for note in found.notes if "shipped" in note] == []  # the party's template is not needed
    (folder / "letter-state.docx").unlink()
    again = letters(plan, 2021, tmp_path / "again", templates=folder)
    assert "The folder of templates has no letter-state.docx: the shipped one was taken." in again.notes


def test_an_unknown_placeholder_is_a_fault_that_names_the_known(tmp_path: Path, plan: Plan) -> None:
    """Whether alone, of a person, or in a part that is not shown: every one is told, and nothing is written."""
    folder = copy_templates(tmp_path / "templates")
    changed(folder / "letter-state.docx", "{{ sender }}", "{{ sendr }}")
    changed(folder / "letter-state.docx", "{{ person.who }}", "{{ person.nmae }}")
    changed(folder / "letter-state.docx", "{{ signatory_behalf }}", "{{ signatory_bhalf }}")
    changed(folder / "annex.docx", "{{ year }}", "{{ yaer }}")
    with pytest.raises(InputError) as caught:
        letters(plan, 2021, tmp_path / "out", templates=folder)
    told = str(caught.value).splitlines()
    assert [re.sub(r"^.*/|; known.*", "", line) for line in told] == [
        "annex.docx: unknown placeholder 'yaer'; did you mean 'year'?",
        "letter-state.docx: unknown placeholder 'sendr'; did you mean 'sender'?",
        "letter-state.docx: unknown placeholder 'signatory_bhalf'; did you mean 'signatory_behalf'?",
        "letter-state.docx: unknown placeholder 'person.nmae'; did you mean 'person.name'?",
    ]
    assert "known: agency, answer_by, away" in told[1]
    assert "known: person.agency, person.authority" in told[3]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ year.__class__.__mro__ }}", "unsafe|undefined|no attribute"),
        ("{{ people.__len__.__globals__ }}", "unsafe|undefined|no attribute"),
        ("{{ people.append(1) }}", "'call' is not for"),
        ("{% for n in range(10000000) %}x{% endfor %}", "'for' is not for"),
        ("{% for a in people %}" * 3 + "{% endfor %}" * 3, "'for, for, for' is not for"),
        ("{% for a in people recursive %}{% endfor %}", "'for' is not for"),
        ("{% if year %}", "end"),
        ("{% include 'x' %}", "'include' is not for"),
        ("{% set a = 'x' %}", "'assign' is not for"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", "'macro' is not for"),
        ("{{ year * 9 ** 9 }}", "'mul' is not for"),
        ("{{ 1 / 0 }}", "'div' is not for"),
        ("{{ year|center(10000000000) }}", r"'\|center' is not for"),
        ("{{ year|upper|join('xxxxxxxxxx') }}", r"'\|join' is not for"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "recursion"),
        ("{{ year ~ " + "year ~ " * 20_000 + "year }}", r"'\.\.\.' is not for"),
    ],
)
def test_a_template_does_nothing_but_fill(tmp_path: Path, plan: Plan, text: str, reason: str) -> None:
    """What reaches for Python, for other files or without end is refused with the template's name."""
    folder = copy_templates(tmp_path / "templates")
    changed(folder / "letter-state.docx", "We ask for your cooperation.", text)
    with pytest.raises(InputError, match=rf"letter-state\.docx: .*({reason})"):
        letters(plan, 2021, tmp_path / "out", templates=folder)


def test_what_is_no_template_is_refused(tmp_path: Path, plan: Plan) -> None:
    """A file that is no Word document, one that is called like none, a folder that is none."""
    folder = copy_templates(tmp_path / "templates")
    (folder / "annex.docx").write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"annex\.docx: this is no Word document"):
        letters(plan, 2021, tmp_path / "out", templates=folder)
    (folder / "leter-state.docx").write_bytes(b"")
    with pytest.raises(InputError, match=r"no template is called 'leter-state\.docx'; did you mean 'letter-state"):
        letters(plan, 2021, tmp_path / "out", templates=folder)
    with pytest.raises(InputError, match="no folder of templates"):
        letters(plan, 2021, tmp_path / "out", templates=tmp_path / "nowhere")


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_settings_can_be_read(tmp_path: Path, language: str) -> None:
    """As shipped nothing is set but the language; with every # taken away everything is understood."""
    with speaking(language):
        path = copy_templates(tmp_path / "templates") / "office.yaml"
    assert read_settings(path) == Settings.model_validate({"language": language})
    text = re.sub(r"(?m)^# ?(?=[a-z_ ]+:( |$))", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    found = read_settings(path)
    assert found.letter.first_number == 1
    assert found.annex.date is not None
    assert found.signatory.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sendr: x\n", "line 1: sendr: unknown key 'sendr'; did you mean 'sender'?"),
        ("place: x\ndate: 31/02/2026\n", "line 2: date: expected a day such as 15/01/2026, found '31/02/2026'"),
        ("date: 2026\n", "line 1: date: expected a day such as 15/01/2026, found 2026"),
        ("letter: {first_number: 0}\n", "line 1: letter.first_number: expected at least 1, found 0"),
        ("sendr:\nplace: x\n", "line 1: sendr: unknown key 'sendr'; did you mean 'sender'?"),
        ("- a\n", "line 1: office.yaml: expected a mapping of keys to values, found ..."),
    ],
)
def test_settings_with_slips_are_refused(tmp_path: Path, text: str, expected: str) -> None:
    """Each with its line."""
    (tmp_path / "office.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(tmp_path / "office.yaml")
    assert str(caught.value).endswith(expected)


def test_a_key_without_a_value_is_not_set(tmp_path: Path) -> None:
    """`place:` alone leaves dots, as if the line were not there."""
    (tmp_path / "office.yaml").write_text("place:\nfiled: VT\n", encoding="utf-8")
    assert read_settings(tmp_path / "office.yaml").place is None


def test_days_are_written_as_documents_have_them() -> None:
    """A zero stands before days up to 9 and the months 1 and 2, and before no other."""
    said = Settings.model_validate({"date": "2026-02-09", "letter": {"answer_by": "10/3/2026"}})
    with speaking("vi"):
        assert day_in_words(said.date) == "ngày 09 tháng 02 năm 2026"
        assert day_in_words(said.letter.answer_by) == "ngày 10 tháng 3 năm 2026"


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_lacks(tmp_path: Path) -> None:
    """Without run and year there is nothing to list; templates and settings alone fill nothing."""
    done = planner("nominees")
    assert (done.returncode, done.stderr) == (
        2, "say the run folder and --year, or --templates-to for the templates alone\n",
    )  # fmt: skip
    done = planner("nominees", tmp_path, "--year", 2021, "--settings", tmp_path / "office.yaml")
    assert (done.returncode, done.stderr) == (2, "--templates, --settings: only with --docx\n")
    done = planner("nominees", "--templates-to", tmp_path / "mine", lang="vi")
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "annex.docx", "letter-party.docx", "letter-state.docx", "office.yaml", "review-party.docx",
            "review-state.docx",
    ]  # fmt: skip
    assert "Kính gửi: {{ agency }}" in text_of(tmp_path / "mine" / "letter-state.docx")


# --- csv for Excel --------------------------------------------------------------------------------------------------


def test_csv_for_excel_has_mark_semicolons_and_decimal_commas() -> None:
    """Numbers keep their decimals, text stays text, what Excel would compute stands behind an apostrophe."""
    table = pd.DataFrame(
        {
            "tên": ["Đỗ; A", "=1+1", "-5", "+x", "@y", '"'],
            "share": [0.5, 1.0, None, 1e-7, -2.25, 3],
            "n": [1, 2, 3, 4, 5, 6],
        }
    )
    content = excel_csv(table)
    assert content.startswith("\ufeff".encode())
    assert b"\r\n" in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [
        ["tên", "share", "n"], ["Đỗ; A", "0,5", "1"], ["'=1+1", "1,0", "2"], ["'-5", "", "3"],
        ["'+x", "1e-07", "4"], ["'@y", "-2,25", "5"], ['"', "3,0", "6"],
    ]  # fmt: skip


def test_figures_written_as_text_are_no_dates_for_excel() -> None:
    """8.1 in a column of figures has a decimal comma; codes, ranges and columns of words stay as they are."""
    table = pd.DataFrame(
        {
            "published": ["8.1", "265..275", ""],
            "cadre": ["1.10", "1.2", "3"],
            "item": ["8.1", "a", "b"],
            "n": ["-1", "2.0", "-3.5"],
        }
    )
    text = excel_csv(table).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:] == [
        ["8,1", "1.10", "8.1", "-1"], ["265..275", "1.2", "a", "2,0"], ["", "3", "b", "-3,5"],
    ]  # fmt: skip


def test_the_option_writes_it_and_asks_for_a_file(tmp_path: Path) -> None:
    """The same table as without the option, in Excel's form; alone the option is refused."""
    published = Path(__file__).parents[1] / "scenarios" / "hoang-su-phi" / "published.yaml"
    planner("audit", published, "--out", tmp_path / "plain.csv")
    planner("audit", published, "--out", tmp_path / "excel.csv", "--excel-csv")
    plain = list(csv.reader(io.StringIO((tmp_path / "plain.csv").read_text(encoding="utf-8"), newline="")))
    text = (tmp_path / "excel.csv").read_bytes().decode("utf-8-sig")
    assert [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")] == [len(row) for row in plain]
    done = planner("audit", published, "--excel-csv")
    assert (done.returncode, "say --out" in done.stderr) == (2, True)


# --- persons --------------------------------------------------------------------------------------------------------

NAMED = {
    "C1": {"name": "Nguyễn Văn Hùng", "birth_year": 1980},
    "C2": {"name": "Nguyễn Văn Hưng", "agency": "Phòng Nội vụ", "birth_year": 1990},
    "C3": {"name": "Lù Thị An"},
    "c4": {"name": ""},
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("C1", "C1"), ("c1", "C1"), ("C4", "c4"), ("Nguyễn Văn Hùng", "C1"), ("nguyễn  văn hưng", "C2"),
        ("Nguye\u0302\u0303n Va\u0306n Hu\u0300ng", "C1"), ("lu thi an", "C3"), ("LÙ THỊ AN", "C3"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_code_or_name(tmp_path: Path, asked: str, found: str) -> None:
    """The code first, then the name, whatever its case, composition and blanks, at last without accents."""
    assert find_cadre(load(small(tmp_path, NAMED, agencies=None)), asked) == found


def test_several_of_one_name_are_listed_to_choose_from(tmp_path: Path) -> None:
    """With office and birth year, without names; a name that nobody has is refused, and no name is suggested."""
    problem = load(small(tmp_path, NAMED, agencies=None))
    with pytest.raises(InputError) as caught:
        find_cadre(problem, "nguyen van hung")
    assert str(caught.value) == (
        "--cadre: several cadres are called 'nguyen van hung'; say the code of one: "
        "C1 (office, 1980); C2 (Phòng Nội vụ, 1990)"
    )
    for nobody in ("Nguyễn Văn Hùn", "", " "):
        with pytest.raises(InputError, match="unknown cadre") as caught:
            find_cadre(problem, nobody)
        assert "Hùng" not in str(caught.value)


def test_a_course_is_found_by_id_or_title(tmp_path: Path) -> None:
    """By its id, by either title, at last without accents; two of one title are told."""
    titles = {
        "school": {"title": SCHEME["programmes"]["school"]["title"]}, "course": {"title": "Bồi dưỡng"},
        "further": {"title": "bồi dưỡng"},
    }  # fmt: skip
    problem = load(small(tmp_path, programmes=titles))
    for asked in ("school", "Advanced theory", "cao cấp lý luận chính trị", "cao cap ly luan chinh tri"):
        assert find_programme(problem, asked) == "school"
    assert find_programme(problem, "bồi dưỡng") == "further"
    with pytest.raises(InputError, match=r"several programmes are called 'boi duong'.*: course; further"):
        find_programme(problem, "boi duong")
    with pytest.raises(InputError, match="unknown programme 'advanced theery'; did you mean 'Advanced theory'"):
        find_programme(problem, "advanced theery")


def test_names_stand_beside_codes_only_where_asked_for(tmp_path: Path) -> None:
    """Inside the block a person is name and code, outside and without a name the code alone."""
    problem = load(small(tmp_path, NAMED, agencies=None))
    with with_names():
        assert [person(problem, code) for code in ("C3", "c4", "gone")] == ["Lù Thị An (C3)", "c4", "gone"]
    assert person(problem, "C3") == "C3"


@pytest.mark.usefixtures("in_threads")
def test_commands_name_persons_where_asked_for(tmp_path: Path, plan: Plan) -> None:
    """The command explain finds by name; it, the page and the calendar name; data refuse; a lack of names is said."""
    run = tmp_path / "run"
    write_run(plan, run)
    done = planner("explain", run, "--cadre", CANARY.upper(), "--programme", "advanced theory", "--with-names")
    assert done.stdout.startswith(
        f"{CANARY} (K1), office: goes to Advanced theory (2021).\n  gets Advanced theory, 2021\n"
    )
    assert planner("explain", run, "--cadre", CANARY).stdout.startswith("K1, office: ")
    assert planner("report", run, "--with-names").returncode == 0
    page = (run / "report.html").read_text(encoding="utf-8")
    assert f"{CANARY} (K1)" in page
    assert "Lù &lt;b&gt;&amp;Páo (K2)" in page
    assert planner("plot", run, "--out", tmp_path / "pictures", "--with-names").returncode == 0
    done = planner("explain", run, "--cadre", "K1", "--with-names", "--json")
    assert (done.returncode, "codes alone" in done.stderr) == (2, True)
    nameless = planned(tmp_path / "nameless", {"A": {}})
    write_run(nameless, tmp_path / "other")
    done = planner("missed", tmp_path / "other", "--with-names")
    assert "Names were asked for, but the roster has none" in done.stdout


# --- size -----------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_thousand_nominees_all_stand_in_every_list(tmp_path: Path) -> None:
    """Workbook, annex and letters of 1,200 people, every one of whom stands in them."""
    people = {f"P{place:04d}": {"agency": f"A{place % 30:02d}", "name": f"N {place}"} for place in range(1200)}
    plan = chosen(small(tmp_path, people, **SCHEME), (None, "school"))
    lists = ["authority", "class", "agency"]
    write_nominees(plan, 2021, tmp_path / "list.xlsx", with_names=True, by=lists, letters=True)
    found = letters(plan, 2021, tmp_path / "out", with_names=True)
    assert sorted(row[1].split("(")[1][:-1] for row in rows_of_large(found.paths[0])) == sorted(people)
    assert len(head_and_rows(tmp_path / "list.xlsx")) == 1200
    assert len(found.paths) == 31


def rows_of_large(path: Path) -> list[list[str]]:
    """As `rows_of`, without its heading; by the XML, since python-docx takes a minute for thousands of rows."""
    body = docx.Document(str(path)).element.body
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    rows = [
        ["".join(text.text or "" for text in cell.iter(f"{name}t")) for cell in row.iter(f"{name}tc")]
        for row in body.iter(f"{name}tr")
    ]
    return rows[1:]


def test_the_library_refuses_what_the_command_refuses(tmp_path: Path, plan: Plan) -> None:
    """A year outside the plan, a folder that is somebody's."""
    with pytest.raises(PlannerError):
        letters(plan, 2050, tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_bytes(b"")
    with pytest.raises(PlannerError):
        letters(plan, 2021, tmp_path / "mine", force=True)
    assert (tmp_path / "mine" / "thesis.docx").exists()
