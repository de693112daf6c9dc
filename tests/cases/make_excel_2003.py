"""Makes rosters/excel-2003.xls, a roster as Excel 2003 keeps it; needs xlwt, which planner does not.

    python tests/cases/make_excel_2003.py

A title, a header of two lines with merged cells, marks, dates, a merged office, a hidden row, a hidden column, totals,
a hidden sheet. All people are invented.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlwt

ROWS: list[list[Any]] = [
    ["DANH SÁCH CÁN BỘ"],
    [],
    ["STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Cơ quan", "Trình độ", "", ""],
    ["", "", "", "", "", "", "ThS", "ĐH", "Hệ số"],
    [1, "CB01", "Cán bộ 01", dt.date(1981, 10, 20), "Nữ", "Phòng Nội vụ", "x", "", 2.34],
    [2, "007", "Cán bộ 02", dt.date(1972, 1, 5), "Nam", "", "", "x", 3.0],
    [3, "CB03", "Cán bộ 03", 1983, "Nữ", "Phòng Tư pháp", "", True, 4.98],
    ["", "Tổng cộng", "", "", "", "3 người"],
]

if __name__ == "__main__":
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Khối Đảng")
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            if cell != "":
                sheet.write(number, place, cell, *([date] if isinstance(cell, dt.date) else []))
    for place in range(6):
        sheet.merge(2, 3, place, place)
    sheet.merge(2, 2, 6, 8)
    sheet.merge(4, 5, 5, 5)
    sheet.row(6).hidden = True
    sheet.col(8).hidden = True
    hidden = book.add_sheet("Năm 2020")
    hidden.visibility = 1
    for place, cell in enumerate(["Mã cán bộ", "Họ và tên"]):
        hidden.write(0, place, cell)
    book.save(str(Path(__file__).parent / "rosters" / "excel-2003.xls"))
