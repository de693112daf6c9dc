"""Sentences about the form of rosters: sheets, headers, rows that are no people, marks; what was done, what is asked."""

WORDS = {
    # Sheets.
    "layout_sheet_ignored": (
        "sheet '{sheet}' is left out, as it was answered",
        "trang '{sheet}' không được đọc, theo câu trả lời đã có",
    ),
    "layout_sheet_empty": ("sheet '{sheet}' is empty", "trang '{sheet}' trống"),
    "layout_sheet_hidden": (
        "sheet '{sheet}' is hidden: left out; `sheets: {{{sheet}: people}}` would read it",
        "trang '{sheet}' đang ẩn nên không được đọc; muốn đọc thì chọn ở trang Trang tính của tệp read-back.xlsx, "
        "hoặc ghi `sheets: {{{sheet}: people}}`",
    ),
    "layout_sheet_without_people": (
        "sheet '{sheet}' holds no list of people: left out",
        "trang '{sheet}' không có danh sách cán bộ nên không được đọc",
    ),
    "layout_sheet_unclear": (
        "sheet '{sheet}' may hold people, but no row names its columns; write a header, or answer "
        "`sheets: {{{sheet}: ignore}}`",
        "trang '{sheet}' có thể là danh sách cán bộ nhưng không có dòng tiêu đề; hãy thêm dòng tiêu đề, "
        "hoặc trả lời `sheets: {{{sheet}: ignore}}` để bỏ qua",
    ),
    "layout_unused_sheet": (
        "no file has the sheet '{sheet}' of which an answer speaks{nearest}",
        "không tệp nào có trang '{sheet}' nêu trong câu trả lời{nearest}",
    ),
    "layout_unused_header": (
        "no sheet has the header '{header}' of which an answer speaks{nearest}",
        "không trang nào có tiêu đề '{header}' nêu trong câu trả lời{nearest}",
    ),
    "layout_no_sheet": (
        "no sheet holds people; expected one with a header such as {columns}",
        "không trang nào có danh sách cán bộ; cần một trang có dòng tiêu đề như {columns}",
    ),
    "layout_same_people": (
        "{count:# person|# people} of sheet '{sheet}' also on sheet '{other}', as in a copy of another year; "
        "answer `sheets: {{{sheet}: ignore}}`, or `people` if they are others",
        "{count:#} người ở trang '{sheet}' trùng với trang '{other}' (có thể là bản cũ); "
        "hãy trả lời `sheets: {{{sheet}: ignore}}` để bỏ trang này, hoặc `people` nếu là người khác",
    ),
    # Rows.
    "layout_header": (
        "the header is repeated (rows {rows}): left out",
        "tiêu đề lặp lại (dòng {rows}): không tính",
    ),
    "layout_numbers": (
        "the columns are numbered (rows {rows}): left out",
        "dòng đánh số cột (dòng {rows}): không tính",
    ),
    "layout_total": (
        "totals are no people (rows {rows}, such as '{text}'): left out",
        "dòng tổng hợp, không phải cán bộ (dòng {rows}, ví dụ '{text}'): không tính",
    ),
    "layout_signature": (
        "places, dates and signatures are no people (rows {rows}, such as '{text}'): left out",
        "phần ngày tháng, ký tên, không phải cán bộ (dòng {rows}, ví dụ '{text}'): không tính",
    ),
    "layout_note": (
        "notes are no people (rows {rows}, such as '{text}'): left out",
        "dòng ghi chú, không phải cán bộ (dòng {rows}, ví dụ '{text}'): không tính",
    ),
    "layout_vacant": (
        "{count:# post has|# posts have} nobody (rows {rows}, such as '{text}'): left out",
        "{count:#} vị trí còn khuyết người (dòng {rows}, ví dụ '{text}'): không tính",
    ),
    "layout_empty": (
        "{count:# row holds|# rows hold} nothing but a number or dashes (rows {rows}): left out",
        "{count:#} dòng chỉ có số thứ tự hoặc dấu gạch (dòng {rows}): không tính",
    ),
    "layout_row_unclear": (
        "'{found}' is neither plainly a person nor plainly anything else. A person: fill in more cells (code or name, "
        "year of birth, office); an office with its people below: write I or A before it; anything else: delete the row",
        "không rõ '{found}' là cán bộ hay là dòng khác. Nếu là cán bộ: điền thêm các ô (mã hoặc họ tên, năm sinh, "
        "cơ quan); nếu là tên cơ quan của những người bên dưới: ghi I hoặc A ở cột STT; nếu không: xóa dòng",
    ),
    "layout_hidden_rows": (
        "{count:# person stands|# people stand} in hidden rows (rows {rows}): read like the others",
        "{count:#} người ở các dòng đang ẩn (dòng {rows}): vẫn được đọc",
    ),
    "layout_filtered": (
        "{count:# person is|# people are} hidden by a filter (rows {rows}): read like the others",
        "{count:#} người đang bị bộ lọc ẩn (dòng {rows}): vẫn được đọc",
    ),
    # Offices.
    "layout_sections": (
        "rows of their own name the offices of the people below: {sections}",
        "tên cơ quan lấy theo dòng đề mục phía trên: {sections}",
    ),
    "layout_blocks": (
        "rows of their own name blocks (column 'block'): {sections}",
        "khối lấy theo dòng đề mục phía trên (cột 'block'): {sections}",
    ),
    "layout_idle_section": (
        "rows that look like the names of offices have nobody below them (rows {rows}): left out",
        "dòng giống tên cơ quan nhưng không có ai bên dưới (dòng {rows}): không tính",
    ),
    "layout_merged_down": (
        "'{header}' stands in cells merged downwards: it holds for every row beside them (rows {rows})",
        "'{header}' nằm trong ô gộp dọc: áp dụng cho mọi dòng bên cạnh (dòng {rows})",
    ),
    "layout_filled_down": (
        "'{header}' stands only at the first person of each office: those below it (rows {rows}) are taken to be of it",
        "cột '{header}' chỉ ghi ở người đầu tiên của mỗi cơ quan: những người bên dưới (dòng {rows}) được coi là cùng cơ quan",
    ),
    "layout_ditto": (
        "'{header}' repeats the cell above by {found} (rows {rows}): read as what stands above",
        "cột '{header}' ghi {found} nghĩa là như dòng trên (dòng {rows}): đọc theo dòng trên",
    ),
    "layout_post_and_office": (
        "'{header}' tells post and office: they are parted, '{found}' as '{post}' and '{office}' (rows {rows})",
        "cột '{header}' ghi cả chức vụ và cơ quan: đã tách, ví dụ '{found}' thành '{post}' và '{office}' (dòng {rows})",
    ),
    "layout_post_or_office": (
        "'{found}' under '{header}' does not plainly tell one office (rows {rows}); add a column with the office, or "
        "answer `synonyms: {{agency: {{'{found}': ...}}}}`",
        "'{found}' ở cột '{header}' chưa rõ là cơ quan nào (dòng {rows}); hãy thêm cột Cơ quan, hoặc trả lời "
        "`synonyms: {{agency: {{'{found}': ...}}}}`",
    ),
    "layout_side_by_side": (
        "two tables stand side by side ({headers}); put the right one below the left, or on a sheet of its own",
        "hai bảng nằm cạnh nhau trên một trang ({headers}); hãy chuyển bảng bên phải xuống dưới bảng bên trái, "
        "hoặc sang một trang khác",
    ),
    "layout_beside": (
        "columns beside the table are no part of it: {headers}",
        "các cột đứng cạnh bảng không thuộc danh sách: {headers}",
    ),
    "layout_letterhead_office": (
        "no column names the office: '{office}', which stands above the table, is that of {count:# person|# people}",
        "không có cột cơ quan: lấy '{office}' ghi phía trên bảng cho {count:#} người",
    ),
    "layout_sheet_office": (
        "no column names the office: '{office}' is taken from the sheet '{sheet}' for {count:# person|# people}",
        "không có cột cơ quan: lấy '{office}' theo trang '{sheet}' cho {count:#} người",
    ),
    "layout_no_office": (
        "nothing names the office of {count:# person|# people} on sheet '{sheet}': add a column ({names}) or answer "
        "`synonyms: {{agency: {{{sheet}: ...}}}}`; found: {found}",
        "không có cơ quan của {count:#} người ở trang '{sheet}': hãy thêm cột ({names}) hoặc trả lời "
        "`synonyms: {{agency: {{{sheet}: ...}}}}`; các cột có: {found}",
    ),
    # Columns.
    "layout_hidden_columns": (
        "hidden columns are read like the others: {columns}",
        "các cột đang ẩn vẫn được đọc: {columns}",
    ),
    "layout_answered": ("as it was answered", "theo câu trả lời đã có"),
    "layout_split_birth": (
        "the date of birth stands in three columns",
        "ngày sinh nằm ở ba cột",
    ),
    "layout_split_name": ("the name stands in two columns", "họ tên nằm ở hai cột"),
    "layout_under_another": (
        "'{lower}' under '{upper}' is not the column of that name",
        "'{lower}' thuộc '{upper}' nên không phải cột cùng tên",
    ),
    "layout_other_taken": ("'{header}' is taken", "đã lấy cột '{header}'"),
    "layout_schooling": ("its cells name school years", "các ô ghi lớp học phổ thông"),
    "layout_degree": ("its cells name levels", "các ô ghi trình độ"),
    "layout_subject": ("its cells name subjects, no levels", "các ô ghi chuyên ngành, không ghi trình độ"),
    "layout_degree_read": (
        "'{header}' is read as professional education: its cells name levels",
        "'{header}' được đọc là trình độ chuyên môn vì các ô ghi trình độ",
    ),
    "layout_subject_read": (
        "'{header}' is read as the subject: its cells name no levels",
        "'{header}' được đọc là chuyên ngành vì các ô không ghi trình độ",
    ),
    "layout_degree_unclear": (
        "the cells under '{header}' do not tell what it is; answer `headers: {{{header}: education}}`, another column, "
        "or ignore",
        "các ô ở cột '{header}' không cho biết đó là cột gì; hãy trả lời `headers: {{{header}: education}}`, "
        "một cột khác, hoặc ignore",
    ),
    "layout_levels_unclear": (
        "'{header}' seems to tell levels ('{found}'), but its header is not known; answer "
        "`headers: {{'{header}': {name}}}`, another ladder, or ignore",
        "cột '{header}' có vẻ ghi trình độ ('{found}') nhưng chưa rõ là trình độ nào; hãy trả lời "
        "`headers: {{'{header}': {name}}}`, một thang trình độ khác, hoặc ignore",
    ),
    "layout_upper_unclear": (
        "is '{header}' the column '{name}'? Answer `headers: {{'{header}': {name}}}`, or ignore",
        "'{header}' có phải là cột '{name}' không? Hãy trả lời `headers: {{'{header}': {name}}}`, hoặc ignore",
    ),
    # Marks.
    "layout_mark_of": ("marks of '{ladder}': {word}", "cột đánh dấu của '{ladder}': {word}"),
    "layout_marks": (
        "marks in the columns {headers}: read as one column '{name}'",
        "các cột {headers} là cột đánh dấu: đọc thành một cột '{name}'",
    ),
    "layout_two_marks": (
        "{count:# row has|# rows have} several marks of '{column}' (rows {rows}): the highest is taken",
        "{count:#} dòng có nhiều dấu ở '{column}' (dòng {rows}): lấy trình độ cao nhất",
    ),
    "layout_rest": (
        "{count:# person is|# people are} marked as the rest of '{column}' (rows {rows}): taken as '{word}'",
        "{count:#} người được đánh dấu ở cột còn lại của '{column}' (dòng {rows}): coi là '{word}'",
    ),
    "layout_mark_unread": (
        "'{found}' under '{header}' is neither a mark (x), nor a year, nor a subject (rows {rows})",
        "'{found}' ở cột '{header}' không phải dấu (x), năm hay chuyên ngành (dòng {rows})",
    ),
    "layout_mark_ladder": (
        "'{header}' may be a level of {ladders}; answer `headers: {{{header}: ...}}` with one of them, or ignore",
        "'{header}' có thể là trình độ của {ladders}; hãy trả lời `headers: {{{header}: ...}}` bằng một trong số đó, "
        "hoặc ignore",
    ),
    "layout_marks_and_text": (
        "{headers} and columns of marks both tell '{column}'; answer `headers: {{'{header}': ignore}}`, or ignore the marks",
        "{headers} và các cột đánh dấu đều ghi '{column}'; hãy trả lời `headers: {{'{header}': ignore}}`, "
        "hoặc bỏ các cột đánh dấu",
    ),
}
