"""Makes roster-sample.xlsx: a roster as an office keeps it, with everything that makes such workbooks hard to read.

    python tests/cases/make_roster_sample.py

Two title lines, a header of two lines with merged cells, numbered columns, people numbered beyond the last name, codes
(ThS, ĐH, CVC), x marks, dates, numbers kept as decimals, no-break spaces, decomposed letters, a formula, a second
sheet with notes, a hidden one with last year's roster. All people are invented.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

UPPER = ["TT", "Mã cán bộ", "Họ và tên", "Năm sinh", "", "Dân tộc", "Chức vụ", "Đơn vị\ncông tác", "Trình độ", "", "",
         "", "", "Người địa phương", "Năm vào ngành", "Nghỉ hưu", "Đang học", "Học đến năm", "Ghi chú"]  # fmt: skip
LOWER = {3: "Nam", 4: "Nữ", 8: "Chuyên môn", 9: "LLCT", 10: "QLNN", 11: "Tin học", 12: "Ngoại ngữ"}
BORN = dt.date(1985, 3, 12)
PEOPLE = [
    ["'007", "Lù Thị Mẩy", "", BORN, "Nùng", "Trưởng phòng", "Phòng Nội vụ", "ThS", "CC", "CVC", "x", "B", "x", 2008.0,
     2040, "", "", ""],
    ["HSP-02", unicodedata.normalize("NFD", "Hoàng Văn Tý"), 1970, "", "Tày", "Phó Trưởng phòng",
     unicodedata.normalize("NFD", "Phòng Nội vụ"), "ĐH Luật", "Trung cấp", "CV", "có", "không", "",
     dt.date(1994, 9, 1), 2032, "", "", "nghỉ thai sản 2020"],
    ["HSP-01", "Nguyễn\u00a0Văn  An", "15/08/1990", "", "Kinh", "Chuyên viên", "Phòng\u00a0Tài chính\u200b", "đại học",
     "chưa qua đào tạo", "", "Chứng chỉ B", "", "X", "=2010+2", "", "advanced_in_service", 2022, ""],
    ["HSP-03", "Xin Thị Hoa", "", "1993", "Dao", "Cán bộ", "Phòng Tài chính", "TC", "SC", "cán sự", "x", "A2", "",
     2016, "", "", "", ""],
]  # fmt: skip


def make(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": dt.datetime(2021, 2, 3)})
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        middle = book.add_format({"align": "center", "text_wrap": True})
        sheet = book.add_worksheet("Danh sách")
        sheet.merge_range("A1:S1", "DANH SÁCH CÁN BỘ, CÔNG CHỨC HUYỆN HOÀNG SU PHÌ", middle)
        sheet.merge_range("A2:S2", "(Đến ngày 31/12/2020)", middle)
        for column, text in enumerate(UPPER):
            if column in LOWER:
                sheet.write(4, column, LOWER[column], middle)
            else:
                sheet.merge_range(3, column, 4, column, text, middle)
        sheet.merge_range("D4:E4", "Năm sinh", middle)
        sheet.merge_range("I4:M4", "Trình độ", middle)
        for column in range(len(UPPER)):
            sheet.write(5, column, f"({column + 1})", middle)
        for row, person in enumerate(PEOPLE, 6):
            sheet.write(row, 0, row - 5)
            for column, value in enumerate(person, 1):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), date)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row, column, value, value=2012)
                else:
                    sheet.write(row, column, value)
        for row in range(10, 14):  # numbered in advance for people to come
            sheet.write(row, 0, row - 5)
        sheet.write_blank(1048575, 16383, None, date)
        book.add_worksheet("Ghi chú").write("A1", "ĐH: đại học; CC: cao cấp")
        old = book.add_worksheet("Năm 2019")
        old.write_row("A1", ["Mã cán bộ", "Họ và tên", "Năm sinh", "Giới tính", "Đơn vị", "LLCT"])
        old.write_row("A2", ["HSP-09", "Vàng Seo Pao", 1960, "Nam", "Phòng Nội vụ", "CC"])
        old.hide()


if __name__ == "__main__":
    make(Path(__file__).parent / "roster-sample.xlsx")
