"""Sentences of the import: codes, the mapping file, what was changed by hand, the read-back workbook, the questions."""

WORDS = {
    # codes
    "codes_made": (
        "{count:# code was|# codes were} made from name and birth for {count:# person|# people} of {people} without "
        "one; whoever knows name and birth can make them again, so they hide nobody",
        "đã lập {count:#} mã từ họ tên và ngày sinh cho {count:#} trong {people} người chưa có mã; ai biết họ tên và "
        "ngày sinh đều lập lại được mã này, nên mã không giấu được danh tính",
    ),
    "codes_known": (
        "{count:# code is|# codes are} those of an earlier import (its key file)",
        "{count:#} mã lấy theo lần nhập trước (tệp khóa mã)",
    ),
    "codes_moved": (
        "{code} keeps the code of the key file, where the office is '{before}', not '{now}'",
        "{code} giữ mã trong tệp khóa mã; ở đó đơn vị là '{before}', nay là '{now}'",
    ),
    "codes_two": (
        "'{name}' stands with the same birth under several codes ({codes}), in rows {rows}: one person, or two?",
        "'{name}' cùng ngày sinh nhưng có nhiều mã ({codes}), ở các dòng {rows}: một người hay hai người?",
    ),
    "codes_twins": (
        "several people are called '{name}', born {birth}, in one office, so that no code can be made; give each a code"
        "{more}",
        "nhiều người cùng tên '{name}', cùng ngày sinh {birth}, cùng đơn vị nên không lập được mã; "
        "hãy ghi cho mỗi người một mã{more}",
    ),
    "codes_doubtful": (
        "'{name}', born {birth}: the key file has somebody of this name ({known}); is it one of them, or somebody new "
        "({new})?",
        "'{name}', sinh {birth}: tệp khóa mã có người trùng tên ({known}); là người đó hay là người mới ({new})?",
    ),
    "codes_alike": (
        "'{name}', born {birth}: the key file has somebody born then whose name is almost this ({known}), who is not on "
        "the roster any more; is it the same person, or somebody new ({new})?",
        "'{name}', sinh {birth}: tệp khóa mã có người cùng ngày hoặc năm sinh, tên gần giống ({known}), nay không còn "
        "trong danh sách; là người đó hay là người mới ({new})?",
    ),
    "key_column": ("the key file has no column '{column}'", "tệp khóa mã thiếu cột '{column}'"),
    "key_twice": ("the code '{code}' stands twice in the key file", "mã '{code}' có hai lần trong tệp khóa mã"),
    "key_empty": ("a code is empty", "có dòng để trống mã"),
    # the mapping file
    "mapping_head": (
        "What the roster's form means, as it was answered: planner import ROSTER --mapping THIS-FILE asks none of it again.\n"
        "An open question is a comment: take the # away before its answer.",
        "Cách hiểu danh sách, theo những gì đã trả lời: planner import DANH-SÁCH --mapping TỆP-NÀY sẽ không hỏi lại.\n"
        "Câu chưa trả lời là dòng chú thích: bỏ dấu # trước câu trả lời.",
    ),
    "mapping_sheets": (
        "sheet: people, or ignore",
        "trang tính: `people` (là danh sách người) hoặc `ignore` (bỏ qua)",
    ),
    "mapping_headers": (
        'header ("upper > lower" where there are two lines): the column that it is, or ignore',
        'tiêu đề cột ("dòng trên > dòng dưới" nếu có hai dòng): là cột nào, hoặc `ignore` (bỏ qua)',
    ),
    "mapping_blank": (
        "ladder: the level that a blank or a dash means, or unknown",
        "thang trình độ: ô trống hoặc gạch ngang nghĩa là trình độ nào, hoặc `unknown` (chưa rõ)",
    ),
    "mapping_synonyms": (
        "column: text of a cell: what it means",
        "cột: nội dung ô: nghĩa là gì",
    ),
    "mapping_open": ("Open: {question}", "Chưa trả lời: {question}"),
    "mapping_choices": ("one of: {choices}", "chọn một: {choices}"),
    # changes by hand
    "edit_cells": (
        "{count:# cell was|# cells were} changed by hand, in rows {rows}",
        "đã sửa tay {count:#} ô, ở các dòng {rows}",
    ),
    "edit_left_out": (
        "{count:# row was|# rows were} left out by hand: {rows}",
        "đã bỏ qua {count:#} dòng theo sửa tay: {rows}",
    ),
    "edit_lost": (
        "changes by hand in {count:# row|# rows} count no more, for no person is read there now: {rows}",
        "sửa tay ở {count:#} dòng không còn dùng vì nay không đọc người nào ở đó: {rows}",
    ),
    "edit_people": (
        "{count:# row was|# rows were} taken for people by hand, in rows {rows}",
        "đã lấy thêm {count:#} dòng là người theo sửa tay, ở các dòng {rows}",
    ),
    # the read-back workbook as it comes back
    "read_back_version": (
        "this read-back workbook was written by another version of planner; import the roster itself again",
        "tệp đọc lại này do phiên bản planner khác ghi; hãy nhập lại chính danh sách gốc",
    ),
    "read_back_damaged": (
        "the read-back workbook is damaged (its hidden sheet cannot be read); import the roster itself again",
        "tệp đọc lại bị hỏng (không đọc được trang ẩn); hãy nhập lại chính danh sách gốc",
    ),
    "read_back_sheet": (
        "the sheet '{sheet}' is gone or was renamed; give it back its name",
        "không còn trang '{sheet}' hoặc đã bị đổi tên; hãy đặt lại đúng tên",
    ),
    "read_back_number": (
        "the number '{number}' in the first column is none that was written there; leave the first column as it is",
        "số '{number}' ở cột đầu không phải số đã ghi ở đó; hãy để nguyên cột đầu",
    ),
    "read_back_elsewhere": (
        "'{cell}' cannot be answered in this row; on sheet People the cell itself can be changed",
        "không thể trả lời '{cell}' ở dòng này; hãy sửa chính ô đó ở trang Cán bộ",
    ),
    "read_back_person": (
        "'{found}' does not say whether the row is a person; choose 'person' or 'left out'",
        "'{found}' không cho biết dòng này có phải là người không; hãy chọn 'là người' hoặc 'bỏ qua'",
    ),
    "read_back_twice": (
        "the number '{number}' stands twice in the first column; leave it empty in a row that you add",
        "số '{number}' có hai lần ở cột đầu; dòng thêm mới thì để trống cột đầu",
    ),
    # words
    "import_ignore": ("ignore", "bỏ qua"),
    "import_unknown": ("unknown", "chưa rõ"),
    "import_studying": ("studying", "đang học"),
    "import_people": ("people", "danh sách người"),
    "import_none": ("none", "chưa qua đào tạo"),
    "import_person": ("person", "là người"),
    "import_left_out": ("left out", "bỏ qua"),
    "import_by_hand": ("left out by hand", "bỏ qua theo sửa tay"),
    "import_role_header": ("heading of a table", "tiêu đề bảng"),
    "import_role_numbers": ("numbers of the columns", "dòng đánh số cột"),
    "import_role_section": ("section", "dòng mục"),
    "import_role_total": ("total", "dòng cộng"),
    "import_role_signature": ("place, date, signatures", "địa danh, ngày tháng, chữ ký"),
    "import_role_note": ("other text", "dòng chữ khác"),
    "import_role_vacant": ("post without anybody", "vị trí còn khuyết"),
    "import_role_empty": ("empty row", "dòng trống"),
    "import_role_asked": ("a person or not?", "có phải là người không?"),
    "import_usual": (
        "no scenario is given: the usual ladders are assumed ({ladders}) and the roster is read as of {year}; "
        "a study under way stays as it is written",
        "không có tệp phương án: giả định các thang trình độ thường dùng ({ladders}), thời điểm của danh sách là năm {year}; "
        "nội dung đang học giữ nguyên văn",
    ),
    # the read-back workbook
    "import_roster": ("Roster", "Danh sách cán bộ"),
    "import_read_back": ("The roster as it was read", "Danh sách cán bộ như đã đọc được"),
    "import_how": (
        "Fill in the orange cells (sheets Questions and People), change whatever was taken wrongly, save, and import "
        "this workbook again: planner import read-back.xlsx --out NEW-FOLDER. The number in each first column must stay.",
        "Điền các ô màu cam (trang Câu hỏi và trang Cán bộ), sửa chỗ nào hiểu sai, lưu lại rồi nhập lại chính tệp này: "
        "planner import read-back.xlsx --out THƯ-MỤC-MỚI. Giữ nguyên số ở cột đầu của mỗi trang.",
    ),
    "import_carries": (
        "This workbook carries the files that were read, whole, on a hidden sheet, so that it can be read again by itself: "
        "whoever gets it gets them, too.",
        "Tệp này mang theo toàn bộ các tệp đã đọc (ở trang ẩn) để có thể đọc lại mà không cần tệp gốc: "
        "ai nhận tệp này cũng nhận cả các tệp đó.",
    ),
    "import_colour_doubt": ("asked: to be filled in", "cần hỏi: phải điền"),
    "import_colour_assumed": ("assumed: please look", "giả định: cần xem lại"),
    "import_colour_taken": ("taken for something else than written", "hiểu khác với chữ đã ghi"),
    "import_sheet_summary": ("Summary", "Tóm tắt"),
    "import_sheet_questions": ("Questions", "Câu hỏi"),
    "import_sheet_people": ("People", "Cán bộ"),
    "import_sheet_columns": ("Columns", "Cột"),
    "import_sheet_sheets": ("Sheets", "Trang tính"),
    "import_sheet_left_out": ("Rows left out", "Dòng bỏ qua"),
    "import_head_what": ("What", "Nội dung"),
    "import_head_count": ("Number", "Số lượng"),
    "import_head_note": ("Remark", "Ghi chú"),
    "import_head_number": ("No.", "Số"),
    "import_head_question": ("Question", "Câu hỏi"),
    "import_head_about": ("About", "Về"),
    "import_head_rows": ("Rows", "Số dòng"),
    "import_head_choices": ("Choices", "Các lựa chọn"),
    "import_head_answer": ("Answer", "Trả lời"),
    "import_head_file": ("File", "Tệp"),
    "import_head_sheet": ("Sheet", "Trang"),
    "import_head_row": ("Row", "Dòng"),
    "import_head_person": ("Person?", "Là người?"),
    "import_head_look": ("To look at", "Cần xem"),
    "import_head_letter": ("Column", "Cột"),
    "import_head_header": ("Header", "Tiêu đề"),
    "import_head_why": ("Why", "Lý do"),
    "import_head_taken_as": ("Taken as", "Hiểu là"),
    "import_head_text": ("Text", "Nội dung"),
    "import_written": ("{column}: written", "{column}: đã ghi"),
    "import_meant": ("{column}: taken for", "{column}: hiểu là"),
    "import_in_people": ("in the cell on sheet {sheet}", "điền ở ô tại trang {sheet}"),
    "import_answered_sheets": ("answered: a sheet", "đã trả lời: trang tính"),
    "import_answered_headers": ("answered: a header", "đã trả lời: tiêu đề cột"),
    "import_answered_blank": ("answered: what a blank means", "đã trả lời: ô trống nghĩa là gì"),
    "import_answered_synonyms": ("answered: what a text means", "đã trả lời: nội dung ô nghĩa là gì"),
    "import_blank": (
        "{column}: {count:# cell is|# cells are} blank or a dash, of {people}; what does that mean?",
        "{column}: {count:#} trên {people} người để trống hoặc gạch ngang; nghĩa là gì?",
    ),
    "import_blank_assumed": (
        "what does a blank or a dash mean? taken as not known",
        "ô trống hoặc gạch ngang nghĩa là gì? đang coi là chưa rõ",
    ),
    "import_count_files": ("files", "số tệp"),
    "import_count_sheets": ("sheets", "số trang tính"),
    "import_count_people": ("people", "số người"),
    "import_count_agencies": ("offices", "số đơn vị"),
    "import_rows": ("rows {rows}", "các dòng {rows}"),
    "import_taken": ("taken as {column}", "hiểu là {column}"),
    "import_open": (
        "Open: the clean roster is written when nothing stands here",
        "Còn phải trả lời: hết mục này mới ghi danh sách sạch",
    ),
    "import_done_assumed": ("Assumed", "Giả định"),
    "import_done_left_out": ("Left out", "Bỏ qua"),
    "import_done_read": ("Read as", "Cách đọc"),
    # the command
    "help_import": (
        "Read an office's own files (any headings, sections, totals, signatures) into a clean roster, with a workbook that "
        "shows row by row what was read and what it was taken for.",
        "Đọc danh sách cán bộ của cơ quan (tiêu đề, mục, dòng cộng, chữ ký thế nào cũng được) thành danh sách sạch, kèm tệp "
        "Excel cho thấy từng dòng đã đọc gì và hiểu là gì.",
    ),
    "help_import_files": (
        "the files of the roster, or a read-back workbook that was filled in",
        "các tệp danh sách, hoặc tệp đọc lại đã điền",
    ),
    "help_import_scenario": (
        "the scenario whose ladders and programmes count; by default the usual ladders",
        "tệp phương án có các thang trình độ và chương trình; mặc định là các thang thường dùng",
    ),
    "help_import_mapping": (
        "answers of an earlier import (mapping.yaml), which are not asked again",
        "các câu đã trả lời ở lần nhập trước (mapping.yaml), không hỏi lại",
    ),
    "help_import_key": (
        "codes of an earlier import (key.csv): whose code is whose",
        "tệp khóa mã của lần nhập trước (key.csv): mã nào của ai",
    ),
    "import_summary": (
        "{files:# file|# files}: {people:# person|# people} of {offices:# office|# offices}; {rows:# other row|# other rows} "
        "left out",
        "{files:#} tệp: {people:#} người thuộc {offices:#} đơn vị; bỏ qua {rows:#} dòng khác",
    ),
    "import_told": ("{what}:", "{what}:"),
    "import_item": ("- {text}", "- {text}"),
    "import_written_all": (
        "Written: {roster} and {csv} (the clean roster), {read_back} (what was read, row by row).",
        "Đã ghi {roster} và {csv} (danh sách sạch), {read_back} (từng dòng đã đọc thế nào).",
    ),
    "import_not_ready": (
        "{count:# question or fault is|# questions or faults are} open, so the clean roster is not written:",
        "còn {count:#} câu hỏi hoặc lỗi nên chưa ghi danh sách sạch:",
    ),
    "import_fault": ("{fault} [{rows:# row|# rows}]", "{fault} [{rows:#} dòng]"),
    "import_ways": (
        "Two ways on: fill in the orange cells of {read_back} and import it (planner import {read_back} --out NEW-FOLDER); or "
        "answer in {mapping} and import the roster again with --mapping {mapping}.",
        "Có hai cách làm tiếp: điền các ô màu cam trong {read_back} rồi nhập chính tệp đó (planner import {read_back} --out "
        "THƯ-MỤC-MỚI); hoặc trả lời trong {mapping} rồi nhập lại danh sách với --mapping {mapping}.",
    ),
    "import_way": (
        "Mend it in the orange cells of {read_back} and import that (planner import {read_back} --out NEW-FOLDER), or in the "
        "roster's own file.",
        "Hãy sửa ở các ô màu cam trong {read_back} rồi nhập chính tệp đó (planner import {read_back} --out THƯ-MỤC-MỚI), hoặc "
        "sửa ngay trong tệp danh sách.",
    ),
    "ask_choice": ("  {number}. {choice}", "  {number}. {choice}"),
    "ask_proposed": ("  {number}. {choice} (proposed)", "  {number}. {choice} (đề xuất)"),
    "ask_number": ("Number (empty: leave open):", "Chọn số (để trống: chưa trả lời):"),
    "ask_text": ("Answer (empty: leave open):", "Trả lời (để trống: chưa trả lời):"),
    "ask_again": ("Please write a number from 1 to {last}.", "Hãy ghi một số từ 1 đến {last}."),
}
