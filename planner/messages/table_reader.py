"""Sentences about tables: files that are none, and cells of rosters and of agencies that cannot be read."""

WORDS = {
    "table_rows": (" (also in rows {rows})", " (cả ở các dòng {rows})"),
    "table_more_rows": (" (also in rows {rows} and {count:#} more)", " (cả ở các dòng {rows} và {count:#} dòng nữa)"),
    "table_folder": (
        "this is a folder; expected a file such as .xlsx or .csv",
        "đây là một thư mục; cần một tệp như .xlsx hoặc .csv",
    ),
    "table_not_a_file": (
        "this is no ordinary file; expected a file such as .xlsx or .csv",
        "đây không phải tệp thường; cần một tệp như .xlsx hoặc .csv",
    ),
    "table_extension": (
        "tables are read from .xlsx, .xlsm, .xls, .ods, .csv, .tsv and .txt, not from '{extension}'; save it as .xlsx in your spreadsheet",
        "đọc được các tệp .xlsx, .xlsm, .xls, .ods, .csv, .tsv, .txt, không đọc được '{extension}'; hãy mở bằng Excel rồi lưu thành .xlsx",
    ),
    "table_bytes": ("the file is larger than {limit:#} MB", "tệp lớn hơn {limit:#} MB"),
    "table_unpacked": (
        "unpacked, the workbook is larger than {limit:#} MB; save the sheet as .csv",
        "sau khi giải nén, tệp Excel lớn hơn {limit:#} MB; hãy lưu trang tính thành .csv",
    ),
    "table_size": (
        "the sheet reaches beyond {rows:# row|# rows} or {columns:# column|# columns}; delete what stands far outside the table",
        "trang tính vượt quá {rows:#} dòng hoặc {columns:#} cột; hãy xóa những ô nằm xa ngoài bảng",
    ),
    "table_empty": ("the file is empty; expected a table with a header", "tệp rỗng; cần một bảng có dòng tiêu đề"),
    "table_binary": ("the file is not text; expected a CSV table", "tệp không phải văn bản; cần một bảng CSV"),
    "table_is_workbook": (
        "this is an Excel workbook or another zip file; if a workbook, let its name end in .xlsx",
        "đây là tệp Excel hoặc một tệp zip khác; nếu là tệp Excel, hãy đặt đuôi tên là .xlsx",
    ),
    "table_old_excel": (
        "this workbook is locked by a password, damaged, or older than Excel 97; save it as .xlsx without a password",
        "tệp Excel này có mật khẩu, bị hỏng hoặc quá cũ (trước Excel 97); hãy lưu thành .xlsx không có mật khẩu",
    ),
    "table_not_xls": (
        "this is no workbook, though its name ends in .xls; open it in a spreadsheet and save it as .xlsx",
        "tệp có đuôi .xls nhưng không phải tệp Excel; hãy mở bằng Excel rồi lưu thành .xlsx",
    ),
    "table_not_workbook": (
        "this is not an .xlsx workbook, or it is damaged; open it in a spreadsheet and save it anew",
        "đây không phải tệp .xlsx hoặc tệp bị hỏng; hãy mở bằng Excel rồi lưu lại",
    ),
    "table_encoding": (
        "the text cannot be decoded as {encoding}; save it as 'CSV UTF-8'",
        "không giải mã được văn bản theo {encoding}; hãy lưu thành 'CSV UTF-8'",
    ),
    "table_old_font": (
        "'{found}' is typed in a Vietnamese font from before Unicode (TCVN3 or VNI); "
        "convert the file to Unicode first, for example with UniKey",
        "'{found}' được gõ bằng bảng mã cũ (TCVN3 hoặc VNI); hãy chuyển tệp sang Unicode trước, ví dụ bằng UniKey",
    ),
    "table_quotes": (
        "a cell's quotation mark is not closed or stands in the wrong place, or the cell is longer than 131\N{NO-BREAK SPACE}072 letters",
        "dấu ngoặc kép của một ô không được đóng hoặc đặt sai chỗ, hoặc ô dài hơn 131.072 chữ",
    ),
    "table_sheets": (
        "the sheets {sheets} hold such a table; put all rows into one, or hide the others",
        "các trang tính {sheets} đều chứa bảng như vậy; hãy gộp vào một trang hoặc ẩn các trang khác",
    ),
    "table_formula": (
        "sheet '{sheet}' has a formula without a stored result; open the file in a spreadsheet and save it{more}",
        "trang tính '{sheet}' có công thức chưa được tính; hãy mở tệp bằng Excel rồi lưu lại{more}",
    ),
    "table_header_twice": (
        "the header '{name}' stands over several columns ({columns}); every column needs a name of its own",
        "tiêu đề '{name}' đứng trên nhiều cột ({columns}); mỗi cột cần một tên riêng",
    ),
    "table_no_header": (
        "column {column} holds values but has no header{more}",
        "cột {column} có giá trị nhưng không có tiêu đề{more}",
    ),
    "table_row_longer": (
        "the row has more cells than the header's {columns:# column|# columns}{more}",
        "dòng có nhiều ô hơn {columns:#} cột của tiêu đề{more}",
    ),
    "table_error_cell": (
        "column '{column}' holds the spreadsheet's error {found}{more}",
        "cột '{column}' chứa lỗi {found} của bảng tính{more}",
    ),
    "roster_no_header": (
        "no row names the columns; expected a header with {columns}",
        "không có dòng tiêu đề nêu tên các cột; cần có {columns}",
    ),
    "roster_no_rows": ("the table has a header but no rows", "bảng có tiêu đề nhưng không có dòng nào"),
    "roster_column_missing": (
        "the column '{column}' is missing (it may also be called {names}); found: {found}",
        "thiếu cột '{column}' (cũng có thể đặt tên là {names}); các cột có trong tệp: {found}",
    ),
    "roster_cadre_missing": (
        "the column 'cadre' is missing: names may repeat, so everyone needs a code of their own in a column "
        "called cadre, Mã or Mã cán bộ",
        "thiếu cột 'cadre': họ tên có thể trùng nhau, nên mỗi người cần một mã riêng ở cột tên là "
        "cadre, Mã hoặc Mã cán bộ",
    ),
    "roster_same_column": (
        "the headers {headers} all mean '{column}'; call the one that counts '{column}' or rename the others",
        "các tiêu đề {headers} đều có nghĩa là '{column}'; "
        "hãy đặt tên cột được dùng là '{column}' hoặc đổi tên các cột khác",
    ),
    "roster_empty_cell": ("the cell '{column}' is empty{more}", "ô '{column}' để trống{more}"),
    "roster_twice": (
        "'{found}' is listed more than once in column '{column}', in rows {rows}",
        "'{found}' có nhiều lần trong cột '{column}', ở các dòng {rows}",
    ),
    "roster_sex": (
        "'{found}' in column '{column}' is no sex; expected F or M (Nữ or Nam){more}",
        "không nhận ra giới tính '{found}' ở cột '{column}'; nhận: Nữ, Nam (F, M){more}",
    ),
    "roster_both_sexes": (
        "the columns '{male}' and '{female}' are both filled; expected one of them{more}",
        "cả hai cột '{male}' và '{female}' đều được điền; chỉ được điền một{more}",
    ),
    "roster_year": (
        "'{found}' in column '{column}' is no year from {first} to {last}, nor a date such as 31/12/1985 "
        "or 1985-12-31{more}",
        "'{found}' ở cột '{column}' không phải năm từ {first} đến {last}, cũng không phải ngày như 31/12/1985 "
        "hay 1985-12-31{more}",
    ),
    "roster_truth": (
        "'{found}' in column '{column}' says neither yes nor no; expected yes or no (x, có, không){more}",
        "'{found}' ở cột '{column}' không cho biết có hay không; cần có hoặc không (x, yes, no){more}",
    ),
    "roster_studying": (
        "'studying_until' says {until}, but 'studying' is empty; expected a programme's id{more}",
        "cột 'studying_until' ghi {until}, nhưng 'studying' để trống; cần mã chương trình{more}",
    ),
    "agencies_headcount": (
        "'{found}' in column '{column}' is no number of people; expected a whole number from 0{more}",
        "'{found}' ở cột '{column}' không phải số người; cần một số nguyên từ 0 trở lên{more}",
    ),
    "roster_birth": (
        "'{column}' says {date}, but '{other}' says {year}{more}",
        "cột '{column}' ghi {date}, nhưng cột '{other}' ghi {year}{more}",
    ),
    "roster_study_pairs": (
        "'studying' lists {programmes:# programme|# programmes}, but 'studying_until' {years:# year|# years}; expected one year for each",
        "cột 'studying' ghi {programmes:#} chương trình, nhưng 'studying_until' ghi {years:#} năm; cần mỗi chương trình một năm",
    ),
    "retirement_twice": (
        "sex {sex}, birth year {year} is listed more than once",
        "giới tính {sex}, năm sinh {year} được ghi nhiều lần",
    ),
    "history_in_horizon": (
        "the start {start} is not before the horizon, which begins in {first}",
        "năm bắt đầu {start} không trước kỳ kế hoạch (bắt đầu từ {first})",
    ),
    "history_backwards": (
        "the finish {finish} is before the start {start}",
        "năm kết thúc {finish} trước năm bắt đầu {start}",
    ),
    "table_merges_overlap": (
        "the merged cells {one} and {other} lie over each other; unmerge them and save the file again",
        "các ô gộp {one} và {other} chồng lên nhau; hãy bỏ gộp ô rồi lưu lại tệp",
    ),
}
