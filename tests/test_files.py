"""The kinds of files that rosters come in: every one gives the same people, none does harm."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts import HEADER, LADDERS, book, column, person, plainly, read, remarks

from planner.common.errors import InputError
from planner.inputs.roster.gathering import gathered

pytestmark = pytest.mark.usefixtures("english")

EXCEL_2003 = Path(__file__).parent / "cases" / "rosters" / "excel-2003.xls"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
MANY_ROWS = 'table:number-rows-repeated="9999999"'
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, **attributes: str) -> str:
    told = " ".join(f'{name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return (
        f"<table:table-cell {told}><text:p>{escape(text)}</text:p></table:table-cell>"
        if text
        else f"<table:table-cell {told}/>"
    )


def open_document(folder: Path, tables: str, *, before: str = "", name: str = "t.ods") -> Path:
    """An OpenDocument spreadsheet, written as LibreOffice writes it."""
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    text = (
        f'<?xml version="1.0"?>{before}<office:document-content {SPACES}><office:automatic-styles>{style}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", MIMETYPE)
        parts.writestr("content.xml", text)
    return folder / name


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_a_workbook_of_excel_2003() -> None:
    """Dates, marks, codes, merged, hidden cells and sheets of an .xls file, as of an .xlsx file."""
    found = plainly(read(EXCEL_2003))
    assert column(found, "cadre") == ["CB01", "007", "CB03"]
    assert column(found, "birth_date") == ["1981-10-20", "1972-01-05", "1983"]
    assert column(found, "education") == ["Thạc sĩ", "Đại học", "Đại học"]
    assert column(found, "agency") == ["Phòng Nội vụ", "Phòng Nội vụ", "Phòng Tư pháp"]
    assert remarks(found) == {
        "layout_sheet_hidden": (), "layout_merged_down": (6,), "layout_marks": (), "layout_hidden_columns": (),
        "layout_total": (8,), "layout_hidden_rows": (7,),
    }  # fmt: skip


def test_its_content_tells_the_kind_of_a_workbook(tmp_path: Path) -> None:
    """An .xls file that is called .xlsx, and the reverse."""
    (tmp_path / "a.xlsx").write_bytes(EXCEL_2003.read_bytes())
    (tmp_path / "b.xls").write_bytes(book(tmp_path, [HEADER, person(1)]).read_bytes())
    assert len(plainly(read(tmp_path / "a.xlsx")).people) == 3
    assert column(plainly(read(tmp_path / "b.xls")), "cadre") == ["CB01"]


def test_macros_are_neither_run_nor_kept(tmp_path: Path) -> None:
    """An .xlsm file is read like any workbook."""
    plain_book = book(tmp_path, [HEADER, person(1)])
    with zipfile.ZipFile(plain_book) as old, zipfile.ZipFile(tmp_path / "m.xlsm", "w") as new:
        for name in old.namelist():
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(kind.encode(), macros.encode()))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no macro at all")
    assert column(plainly(read(tmp_path / "m.xlsm")), "cadre") == ["CB01"]


def test_an_open_document(tmp_path: Path) -> None:
    """Numbers, dates, truth, repeated, merged and hidden cells, comments, hidden sheets of LibreOffice."""
    header = row(*(cell(text) for text in ("Mã", "Họ tên", "Ngày sinh", "Đơn vị", "ThS", "ĐH")))
    note = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
    first = row(
        cell("CB01"),
        f"<table:table-cell>{note}<text:p>Cán<text:s/>bộ 01</text:p></table:table-cell>",
        cell("20/10/81", office_value_type="date", office_date_value="1981-10-20"),
        cell("Phòng Nội vụ", table_number_rows_spanned="2"),
        cell("x"),
        cell("", table_number_columns_repeated="16380"),
    )
    second = row(
        cell("7", office_value_type="float", office_value="7"), cell("Cán bộ 02"),
        cell("1972", office_value_type="float", office_value="1972.0"), "<table:covered-table-cell/>", cell(""),
        cell("TRUE", office_value_type="boolean", office_boolean_value="true"),
        attributes='table:visibility="filter"',
    )  # fmt: skip
    blank = row(cell("", table_number_columns_repeated="16384"), attributes='table:number-rows-repeated="1048570"')
    columns = '<table:table-column table:number-columns-repeated="4"/><table:table-column table:visibility="collapse"/>'
    shown = f'<table:table table:name="A">{columns}{header}{first}{second}{blank}</table:table>'
    hidden = f'<table:table table:name="B" table:style-name="ta2">{header}{first}</table:table>'
    found = plainly(read(open_document(tmp_path, shown + hidden)))
    assert column(found, "cadre") == ["CB01", "7"]
    assert column(found, "name") == ["Cán bộ 01", "Cán bộ 02"]
    assert column(found, "birth_date") == ["1981-10-20", "1972"]
    assert (column(found, "agency"), column(found, "education")) == (["Phòng Nội vụ"] * 2, ["Thạc sĩ", "Đại học"])
    assert remarks(found) == {
        "layout_sheet_hidden": (), "layout_merged_down": (3,), "layout_marks": (), "layout_hidden_columns": (),
        "layout_filtered": (3,),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "before", "said"),
    [
        ("<table:table>", "", "damaged"),
        ("", '<!DOCTYPE z [<!ENTITY a "b">]>', "damaged"),
        ("<table:table>" + row(cell("x", table_number_columns_repeated="9999999")) + "</table:table>", "", "00"),
        ("<table:table>" + row(cell("x"), attributes=MANY_ROWS) + "</table:table>", "", "0"),
        ("<table:table/>", "", "empty"),
        ("<table:table>" + row(cell("x", table_number_columns_repeated="many")) + "</table:table>", "", "damaged"),
    ],
)  # fmt: skip
def test_open_documents_that_are_none(tmp_path: Path, tables: str, before: str, said: str) -> None:
    """Damage, entities and cells repeated beyond any sheet end in a sentence."""
    with pytest.raises(InputError, match=said):
        read(open_document(tmp_path, tables, before=before))


@pytest.mark.parametrize(("suffix", "separator"), [(".tsv", "\t"), (".txt", "|"), (".csv", "|"), (".csv", ";")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_texts(tmp_path: Path, suffix: str, separator: str, encoding: str) -> None:
    """Any usual separator and encoding, below a letterhead."""
    lines = [["DANH SÁCH CÁN BỘ"], [], HEADER, person(1), ["", "Tổng cộng", "", "", "", "1 người"]]
    text = "\n".join(separator.join(map(str, line)) for line in lines)
    (tmp_path / f"t{suffix}").write_bytes(text.encode(encoding))
    found = plainly(read(tmp_path / f"t{suffix}"))
    assert (column(found, "cadre"), remarks(found)) == (["CB01"], {"layout_total": (5,)})


def test_formulas_without_a_result_are_faults_where_people_stand(tmp_path: Path) -> None:
    """A cell, or a whole row, that no spreadsheet has worked out; a total that nobody needs is none."""
    rows = [HEADER, person(1), person(2, name="=A1"), ["", "Tổng cộng", "", "", "", "=COUNTA(B2:B3)"]]
    (fault,) = read(book(tmp_path, rows)).faults
    assert (fault.key, fault.row) == ("table_formula", 3)
    whole = [HEADER, person(1), ["=B1", "=B2", "=B3", "=B4"], person(3)]
    assert [fault.row for fault in read(book(tmp_path, whole)).faults] == [3]
    plainly(read(book(tmp_path, [HEADER, person(1), rows[3]])))


def test_errors_of_a_spreadsheet_are_faults_where_people_stand(tmp_path: Path) -> None:
    """#REF! in a person's row; not in a row of totals."""
    rows = [HEADER, person(1, agency="#REF!"), ["", "Tổng cộng", "", "", "", "#REF!"]]
    found = read(book(tmp_path, rows))
    assert [(fault.key, fault.row) for fault in found.faults] == [("table_error_cell", 2)]
    assert remarks(found) == {"layout_total": (3,)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12), st.integers(0, 6000))
def test_any_damage_to_an_old_workbook_gives_people_or_a_refusal(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    """Never a traceback, whichever bytes of an .xls file have changed or are missing."""
    content = bytearray(EXCEL_2003.read_bytes())
    for place, value in changes:
        content[place % len(content)] = value
    (tmp_path / "d.xls").write_bytes(bytes(content if cut % 2 else content[:cut]))
    try:
        gathered([tmp_path / "d.xls"], LADDERS)
    except InputError as error:
        assert str(error)


@pytest.mark.parametrize("cells", ["A1:XFD1048576", "A2:XFD1048576", "B1:B1048576", "ZZZ1:ZZZ9", "A3:A1"])
def test_absurd_merged_cells_do_no_harm(tmp_path: Path, cells: str) -> None:
    """Cells merged over the whole sheet, or over none, end in people or in questions."""
    path = book(tmp_path, [HEADER, person(1), person(2)])
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                merged = f'<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
                text = re.sub(rb"</sheetData>", b"</sheetData>" + merged.encode(), text)
            new.writestr(name, text)
    path.write_bytes(content.getvalue())
    try:
        found = read(path)
    except InputError as error:
        assert "damaged" in str(error)
    else:
        assert len(found.people) == 2 or found.faults


def test_a_workbook_without_sheets_of_cells(tmp_path: Path) -> None:
    """Nothing but empty sheets is an empty file."""
    made = openpyxl.Workbook()
    made.create_sheet("B")
    made.save(tmp_path / "e.xlsx")
    with pytest.raises(InputError, match="empty"):
        read(tmp_path / "e.xlsx")
