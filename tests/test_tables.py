"""Tables as people have them: encodings, separators, workbooks, headers, and everything that is no table."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from planner.common.errors import InputError
from planner.inputs.roster import sheets
from planner.inputs.roster.table_reader import clean, letter, read_table
from planner.messages import speaking

SAMPLE = Path(__file__).parent / "cases" / "roster-sample.xlsx"
ROSTER = "Mã,Họ tên,Đơn vị\n007,Lù Thị Mẩy,Phòng Nội vụ\nH2,Nguyễn Văn Sỹ,Phòng Tài chính\n"
PEOPLE = [["007", "Lù Thị Mẩy", "Phòng Nội vụ"], ["H2", "Nguyễn Văn Sỹ", "Phòng Tài chính"]]
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: str | bytes, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def workbook(folder: Path, *tables: list[list[Any]], name: str = "t.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(tables):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def cells(path: Path) -> list[list[str]]:
    return read_table(path).frame.to_numpy().tolist()


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught, speaking("en"):
        read_table(path)
    with speaking("en"):
        return str(caught.value)


def windows_1258(text: str) -> bytes:
    """Vietnamese as Windows-1258 writes it: some accents as signs of their own behind the letter."""
    written = b""
    for whole in text:
        try:
            written += whole.encode("cp1258")
        except UnicodeEncodeError:
            *base, accent = list(unicodedata.normalize("NFD", whole))
            if accent not in "\u0300\u0301\u0303\u0309\u0323":  # "ậ": NFD has the tone below before the circumflex
                base, accent = [base[0], accent], base[1]
            written += unicodedata.normalize("NFC", "".join(base)).encode("cp1258") + accent.encode("cp1258")
    return written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    """UTF-8 and UTF-16 read alike, with and without their mark."""
    assert cells(write(tmp_path, ROSTER, encoding=encoding)) == PEOPLE


def test_windows_1258_is_found_out(tmp_path: Path) -> None:
    """Windows-1258 reads as the same letters as UTF-8."""
    assert cells(write(tmp_path, windows_1258(ROSTER))) == PEOPLE


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(tmp_path: Path, separator: str, ending: str) -> None:
    """Comma, semicolon and tab separate; a name with a comma in quotes stays whole."""
    text = ROSTER.replace(",", separator).replace("Lù Thị Mẩy", '"Lù, Thị; Mẩy"').replace("\n", ending)
    assert cells(write(tmp_path, text))[0] == ["007", "Lù, Thị; Mẩy", "Phòng Nội vụ"]


def test_excels_separator_line_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    """`sep=;` on top names the separator; rows are numbered as a spreadsheet then shows them."""
    table = read_table(write(tmp_path, "sep=;\r\nMã;Đơn vị\r\n1;A\r\n"))
    assert table.frame.index.tolist() == [2]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    """Empty rows are skipped but counted, and a record is one row even if a quoted cell spans lines."""
    table = read_table(write(tmp_path, 'Mã,Đơn vị\n\n1,"A\nB"\n , \n2,C\n'))
    assert table.frame.index.tolist() == [3, 5]
    assert table.frame["Đơn vị"].tolist() == ["A B", "C"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("  a \u00a0 b ", "a b"), ("\ufeffa\u200bb\u00ad", "ab"), ("Hoa\u0300ng Thi\u0323", "Hoàng Thị"),
        ("'007", "007"), ("'=1+1", "=1+1"), ("O'Brien", "O'Brien"), ("a\r\nb", "a b"), ("\u200b'007", "007"), ("", ""),
    ],
)  # fmt: skip
def test_text_is_normalised(found: str, expected: str) -> None:
    """NFC, no invisible characters, single spaces, no leading apostrophe."""
    assert clean(found) == expected


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    """What is read has no blank ends and no double blanks, whatever stood there."""
    assert " ".join(clean(text).split()) == clean(text)


def test_title_lines_numbering_rows_and_a_header_of_two_lines(tmp_path: Path) -> None:
    """The header is found below titles; its second line names what the first groups; (1) (2) (3) is no person."""
    rows = [
        ["DANH SÁCH CÁN BỘ"], ["(kèm theo Đề án)"], [],
        ["TT", "Mã", "Năm sinh", "", "Trình độ", "", "Đơn vị"],
        ["", "", "Nam", "Nữ", "Chuyên môn", "Khác", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1", "a", "1970", "", "ĐH", "y", "A"],
    ]  # fmt: skip
    text = "\n".join(",".join(row) for row in rows)
    for path in (write(tmp_path, text), workbook(tmp_path, rows)):
        table = read_table(path)
        names = ["TT", "Mã", "Năm sinh > Nam", "Năm sinh > Nữ", "Trình độ > Chuyên môn", "Trình độ > Khác", "Đơn vị"]
        assert table.frame.columns.tolist() == names
        assert (table.header_row, table.frame.index.tolist()) == (6, [7])


def test_upper_line_fills_what_the_lower_line_of_a_header_leaves_blank(tmp_path: Path) -> None:
    """Where only the second line has two known headers, cells merged over both keep their names."""
    table = read_table(write(tmp_path, "Mã,Thông tin,,\n,Họ tên,Năm sinh,Giới tính\nC1,A,1970,Nam\n"))
    assert table.frame.columns.tolist() == [
        "Mã",
        *(f"Thông tin > {name}" for name in ("Họ tên", "Năm sinh", "Giới tính")),
    ]


def test_first_row_is_the_header_where_none_is_known(tmp_path: Path) -> None:
    """Without two known headers the first row that is not empty names the columns."""
    table = read_table(write(tmp_path, "\nalpha,beta\n1,2\n"))
    assert table.frame.columns.tolist() == ["alpha", "beta"]
    assert read_table(write(tmp_path, "alpha,beta\n")).frame.empty


def test_cells_of_a_workbook_read_as_they_look(tmp_path: Path) -> None:
    """1985.0 is 1985, dates are ISO, truth values yes and no, text keeps its zeros and its NA."""
    row = [1985.0, 0.5, dt.date(1985, 3, 12), dt.datetime(2020, 1, 2, 3, 4), True, False, "007", "NA", None, "end"]
    path = workbook(tmp_path, [[f"h{i}" for i in range(10)], row])
    expected = ["1985", "0.5", "1985-03-12", "2020-01-02T03:04:00", "yes", "no", "007", "NA", "", "end"]
    assert cells(path) == [expected]


def test_the_sheet_with_the_known_headers_is_read(tmp_path: Path) -> None:
    """Notes on other sheets do not matter; two sheets with such a table are refused, for one would be lost."""
    table = [["Mã", "Đơn vị"], ["1", "A"]]
    assert cells(workbook(tmp_path, [["some notes", "b", "c"]], [], table)) == [["1", "A"]]
    assert "'S1', 'S2'" in refusal(workbook(tmp_path, [["notes"]], table, table))


def test_hidden_sheets_are_not_read() -> None:
    """The sample's hidden roster of last year adds nobody."""
    assert "HSP-09" not in read_table(SAMPLE).frame["Mã cán bộ"].tolist()


def test_rows_beyond_the_declared_size_are_read(tmp_path: Path) -> None:
    """A workbook that declares itself as A1:B2 loses none of its rows."""
    path = rewritten(SAMPLE, tmp_path, lambda xml: xml.replace('ref="A1:XFD1048576"', 'ref="A1:B2"'))
    assert "A1:B2" in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert cells(path) == cells(SAMPLE)


def rewritten(source: Path, folder: Path, change: Any, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """A copy of a workbook with one of its parts changed."""
    target = folder / "changed.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return target


def test_formulas_give_their_stored_result_or_are_refused(tmp_path: Path) -> None:
    """A formula that no spreadsheet has worked out is not taken for an empty cell."""
    assert "formula" in refusal(workbook(tmp_path, [["Mã", "Đơn vị"], ["1", "=1+1"]]))
    assert ", row 2:" in refusal(tmp_path / "t.xlsx")
    assert read_table(SAMPLE).frame.loc[9, "Năm vào ngành"] == "2012"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "empty"), ("a.xlsx", b"", "empty"), ("a.csv", b" \n,,\n", "empty"),
        ("a.csv", b"\x00\x01\x02\xff\x80abc", "not text"), ("a.csv", b"a,b\n\x01,2\n", "not text"),
        ("a.csv", b"\xff\xfea", "UTF-16"), ("a.csv", "Mã,Đơn vị\n1,Phòng".encode()[:-2] + b"\xc3\n", "UTF-8"),
        ("a.csv", b"PK\x03\x04rest", ".xlsx"), ("a.xlsx", b"PK\x03\x04rest", "damaged"),
        ("a.xlsx", b"Ma,Don vi\n", "not an .xlsx"), ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1", "locked by a password"),
        ("a.xls", b"<html>", "no workbook, though"), ("a.xls", b"", "empty"), ("a.ods", b"x", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "locked by a password"), ("a.pdf", b"x", "save it as .xlsx"),
        ("noname", b"x", "'noname'"),
        ("a.csv", b'Ma,Don vi\n"1,A\n2,B\n', "quotation mark"), ("a.csv", b'a,b\n"1"2,A\n', "quotation mark"),
        ("a.csv", b"a," * 1500 + b"\n", "1\xa0000 columns"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """Every kind of wrong file gets its own sentence."""
    message = refusal(write(tmp_path, content, name))
    assert said in message
    assert str(tmp_path / name) in message


def test_places_without_a_file_are_refused(tmp_path: Path) -> None:
    """Nothing there, a folder, a pipe that would never end, a name too long."""
    assert "does not exist" in refusal(tmp_path / "missing.csv")
    assert "folder" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no ordinary file" in refusal(tmp_path / "pipe.csv")
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000 + ".csv"))
    assert refusal(Path("a\0.csv"))


def test_old_vietnamese_fonts_are_named(tmp_path: Path) -> None:
    """TCVN3 and VNI are told from words, in every encoding they arrive in; correct text is not."""
    tcvn3 = "M· sè,Hä vµ tªn,N¨m sinh,®¬n vÞ\n1,NguyÔn V¨n An,1970,Phßng Néi vô\n"
    vni = "Maõ soá,Hoï vaø teân,Naêm sinh,Ñôn vò\n1,Nguyeãn Vaên An,1970,Phoøng Noäi vuï\n"
    for text in (tcvn3, vni):
        for encoding in ("utf-8", "cp1252", "utf-16"):
            message = refusal(write(tmp_path, text, encoding=encoding))
            assert "UniKey" in message
            assert ", row 1:" in message
    innocent = "Mã,Đơn vị\n1,«Hoa Ban»\n2,Noël · Citroën®\n3,Hoà Thuỷ Quý Xuân\n4,Nguyễn©\n"
    assert len(cells(write(tmp_path, innocent))) == 4


def test_every_fault_of_the_shape_comes_in_one_message(tmp_path: Path) -> None:
    """Twin headers, nameless columns, rows too long and a spreadsheet's errors, each with its rows."""
    message = refusal(write(tmp_path, "Mã,Đơn vị,,Mã\n1,A,,2\n3,B,z,4\n5,C,,6,7\n8,#REF!,,9,,10\n"))
    lines = message.splitlines()
    assert len(lines) == 4
    assert any(", row 1:" in line and "(A, D)" in line for line in lines)
    assert any(", row 3:" in line and "column C" in line for line in lines)
    assert any(", row 4:" in line and "(also in rows 5)" in line for line in lines)
    assert any(", row 5:" in line and "#REF!" in line for line in lines)


def test_rows_may_be_shorter_than_the_header_or_end_in_blanks(tmp_path: Path) -> None:
    """Missing cells are empty, and blank cells beyond the header are nothing."""
    assert cells(write(tmp_path, "Mã,Đơn vị,Họ tên\n1,A\n2,B,C,, \n")) == [["1", "A", ""], ["2", "B", "C"]]


def test_a_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    """A formatted blank cell at XFD1048576 is nothing; a value there is refused."""
    assert len(cells(SAMPLE)) == 8  # four people and four numbers without people
    far = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    path = rewritten(SAMPLE, tmp_path, lambda xml: re.sub('<c r="XFD1048576"[^>]*/>', far, xml))
    assert "1\xa0000 columns" in refusal(path)


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="600000"><c r="A600000"><v>1</v></c></row>',
        "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(9, 3000)),
    ],
    ids=["endless", "below", "low", "wide"],
)
def test_sheets_that_only_claim_to_be_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, xml: str
) -> None:
    """Row numbers beyond any sheet, and rows padded to 16,384 columns, end in a sentence and not in gigabytes."""
    monkeypatch.setattr(sheets, "MAX_CELLS", 10_000_000)
    path = workbook(tmp_path, [["Mã", "Đơn vị"], ["1", "A"]])
    assert "beyond" in refusal(rewritten(path, tmp_path, lambda old: old.replace("</sheetData>", f"{xml}</sheetData>")))


def test_zip_and_entity_bombs_are_refused(tmp_path: Path) -> None:
    """Neither a part that unpacks to gigabytes nor entities that multiply are followed."""
    path = workbook(tmp_path, [["Mã", "Đơn vị"], ["1", "A"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/bomb.xml", "w") as part:
        for _ in range(160):
            part.write(b" " * 1024**2)
    assert "150 MB" in refusal(path)
    names = "".join(f'<!ENTITY x{i + 1} "{f"&x{i};" * 10}">' for i in range(9))
    bomb = f'<!DOCTYPE z [<!ENTITY x0 "lol">{names}]>'
    path = workbook(tmp_path, [["Mã", "Đơn vị"], ["1", "A"]])
    laughs = '<row r="3"><c r="A3" t="inlineStr"><is><t>&x9;</t></is></c></row></sheetData>'
    assert refusal(rewritten(path, tmp_path, lambda xml: bomb + xml.replace("</sheetData>", laughs)))


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_called_as_in_a_spreadsheet(place: int, name: str) -> None:
    """A to Z, then AA, up to XFD."""
    assert letter(place) == name


def read_or_refused(path: Path) -> None:
    try:
        read_table(path)
    except InputError as error:
        assert str(error)


@FUZZ
@given(st.binary())
@example("Mã,Đơn vị\n".encode("utf-16")[:-1])
@example(b"\xef\xbb\xbf\xff")
@example(b'"')
def test_any_bytes_give_a_table_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    """Never a traceback, whatever bytes stand in a .csv or .xlsx file."""
    for name in ("f.csv", "f.xlsx"):
        read_or_refused(write(tmp_path, content, name))


@FUZZ
@given(st.text(st.sampled_from("Mã,Đơn vị;\t\n\r\"'x1\u200b\x85\u2028 "), max_size=80))
def test_any_scraps_of_csv_give_a_table_or_a_refusal(tmp_path: Path, content: str) -> None:
    """Never a traceback, however quotes, separators and line ends are mixed."""
    read_or_refused(write(tmp_path, content))


@FUZZ
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 10**6))
def test_any_damage_to_a_workbook_gives_a_table_or_a_refusal(
    tmp_path: Path, changes: list[tuple[int, int]], part: int
) -> None:
    """Never a traceback, whichever bytes of a workbook's parts, or of the whole, have changed."""
    sample = rewritten(SAMPLE, tmp_path, lambda xml: re.sub('<row r="1048576".*?</row>', "", xml))  # to be quick
    whole = bytearray(sample.read_bytes())
    for place, value in changes:
        whole[place % len(whole)] = value
    read_or_refused(write(tmp_path, bytes(whole), "w.xlsx"))
    cache = io.BytesIO()
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(cache, "w") as new:
        for number, name in enumerate(old.namelist()):
            content = bytearray(old.read(name))
            if number == part % len(old.namelist()):
                for place, value in changes:
                    content[place % len(content)] = value
            new.writestr(name, bytes(content))
    read_or_refused(write(tmp_path, cache.getvalue(), "p.xlsx"))
