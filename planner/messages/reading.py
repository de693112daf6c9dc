"""Sentences about what the cells of a roster were taken for, and what is asked of its owner."""

WORDS = {
    "reading_proposal": ("; perhaps '{proposal}'", "; có thể là '{proposal}'"),
    # --- levels
    "reading_level": (
        "'{found}' is not recognised as a level of '{column}'{hint}; known: {levels}{more}",
        "không nhận ra trình độ '{found}' (cột {column}){hint}; nhận: {levels}{more}",
    ),
    "reading_level_several": (
        "'{found}' in column '{column}' may mean several levels: {options}; say under synonyms which one{proposed}{more}",
        "'{found}' (cột {column}) có thể hiểu là nhiều trình độ: {options}; hãy ghi rõ là trình độ nào ở mục synonyms{proposed}{more}",
    ),
    "reading_level_words": (
        "'{found}' in column '{column}' names a level, and beside it something that is not understood; "
        "say under synonyms what it means, one of: {levels}{proposed}{more}",
        "'{found}' (cột {column}) có nêu trình độ nhưng kèm chữ chưa hiểu được; "
        "hãy ghi rõ ở mục synonyms, một trong: {levels}{proposed}{more}",
    ),
    "reading_level_elsewhere": (
        "'{found}' in column '{column}' speaks of political theory, not of professional education; "
        "say under synonyms which level is held: {levels}{more}",
        "'{found}' (cột {column}) là trình độ lý luận chính trị, không phải trình độ chuyên môn; "
        "hãy ghi rõ trình độ ở mục synonyms: {levels}{more}",
    ),
    "reading_level_which": (
        "'{found}' in column '{column}' does not tell which level; say under synonyms which one: {options}{more}",
        "'{found}' (cột {column}) chưa cho biết trình độ nào; hãy ghi rõ ở mục synonyms: {options}{more}",
    ),
    "reading_level_doubt": (
        "'{found}' in column '{column}' does not tell whether the level is held; say under synonyms which level is "
        "held, or `studying`, or `unknown`{proposed}{more}",
        "'{found}' (cột {column}) chưa rõ đã có trình độ này hay chưa; hãy ghi ở mục synonyms trình độ đã có, "
        "hoặc `studying` (đang học), hoặc `unknown` (chưa rõ){proposed}{more}",
    ),
    "reading_level_class": (
        "'{found}' in column '{column}' names a class: is the study under way, or over? Say under synonyms which level "
        "is held, or `studying`, or `unknown`{proposed}{more}",
        "'{found}' (cột {column}) ghi khóa học: đang học hay đã học xong? Hãy ghi ở mục synonyms trình độ đã có, "
        "hoặc `studying` (đang học), hoặc `unknown` (chưa rõ){proposed}{more}",
    ),
    "reading_level_course": (
        "'{found}' in column '{column}' names a course: is it under way, or over? Say under synonyms which level is "
        "held, or `studying`, or `unknown`{proposed}{more}",
        "'{found}' (cột {column}) là tên khóa đào tạo: đang học hay đã tốt nghiệp? Hãy ghi ở mục synonyms trình độ đã "
        "có, hoặc `studying` (đang học), hoặc `unknown` (chưa rõ){proposed}{more}",
    ),
    "reading_study_begins": (
        "'{found}' in column '{column}' tells of a study that begins this year or later: has it begun? Say under "
        "synonyms which level is held, or `studying`, or `unknown`{proposed}{more}",
        "'{found}' (cột {column}) là khóa học khai giảng năm nay hoặc về sau: đã vào học chưa? Hãy ghi ở mục synonyms "
        "trình độ đã có, hoặc `studying` (đang học), hoặc `unknown` (chưa rõ){proposed}{more}",
    ),
    "reading_highest": (
        "'{found}' in column '{column}' names several levels; the highest was taken, {level}{more}",
        "'{found}' (cột {column}) ghi nhiều trình độ; lấy trình độ cao nhất: {level}{more}",
    ),
    "reading_schooling": (
        "'{found}' in column '{column}' is general schooling; taken for {level}{more}",
        "'{found}' (cột {column}) là trình độ giáo dục phổ thông; tính là: {level}{more}",
    ),
    "reading_between": (
        "'{found}' in column '{column}' is no level of this ladder; the highest one below it was taken, {level}{more}",
        "'{found}' (cột {column}) không có trong thang trình độ này; lấy bậc cao nhất không vượt quá: {level}{more}",
    ),
    "circular_01_2014": (
        "Circular 01/2014/TT-BGDĐT (six-level framework of foreign languages)",
        "Thông tư 01/2014/TT-BGDĐT (khung năng lực ngoại ngữ 6 bậc)",
    ),
    "circular_15_2014": ("Circular 15/2014/TT-BGDĐT, annex II", "Thông tư 15/2014/TT-BGDĐT, Phụ lục II"),
    "circular_23_2021": ("Circular 23/2021/TT-BGDĐT, annex", "Thông tư 23/2021/TT-BGDĐT, Phụ lục"),
    "circular_03_2014": ("Circular 03/2014/TT-BTTTT", "Thông tư 03/2014/TT-BTTTT"),
    "circular_17_2016": (
        "Circular 17/2016/TTLT-BGDĐT-BTTTT, article 23",
        "Thông tư liên tịch 17/2016/TTLT-BGDĐT-BTTTT, Điều 23",
    ),
    "reading_equivalent": (
        "'{found}' in column '{column}' was taken for {level} by {source}{more}",
        "'{found}' (cột {column}) được quy đổi thành {level} theo {source}{more}",
    ),
    "reading_assumed": (
        "'{found}' in column '{column}' was taken for {level}; that is assumed, no circular says so{more}",
        "'{found}' (cột {column}) được tính là {level}; đây là giả định, chưa có văn bản quy định{more}",
    ),
    "reading_since": (
        "'{found}' in column '{column}' was taken for {level}, held since {year}{more}",
        "'{found}' (cột {column}) được hiểu là {level}, có từ năm {year}{more}",
    ),
    "reading_unknown": (
        "'{found}' in column '{column}': the level is not known{more}",
        "'{found}' (cột {column}): chưa rõ trình độ{more}",
    ),
    "reading_blank": (
        "{count:#} of {of:#} have a blank in {column}; taken as not known; write `blank: {{{ladder}: {level}}}` "
        "(or unknown) in the scenario",
        "{count:#} trên {of:#} người để trống hoặc gạch ngang ở cột {column}; tính là chưa rõ; nếu nghĩa là chưa có, "
        "hãy trả lời ở trang Câu hỏi của tệp read-back.xlsx khi nhập danh sách, hoặc ghi `blank: {{{ladder}: {level}}}` "
        "(hoặc `unknown` nếu chưa rõ) trong phương án",
    ),
    # --- study under way
    "reading_studying": (
        "'{found}' in column '{column}' was taken for study under way: {programme}, until {until}; which level is held "
        "already it does not tell{more}",
        "'{found}' (cột {column}) được hiểu là đang học {programme} đến năm {until}; chưa rõ trình độ đã có{more}",
    ),
    "reading_studying_open": (
        "'{found}' in column '{column}' was taken for study under way; which level is held already it does not "
        "tell{more}",
        "'{found}' (cột {column}) được hiểu là đang học; chưa rõ trình độ đã có{more}",
    ),
    "reading_studying_beside": (
        "'{found}' in column '{column}' was taken for {level}, and study under way: {programme}, until {until}{more}",
        "'{found}' (cột {column}) được hiểu là đã có {level}, đang học {programme} đến năm {until}{more}",
    ),
    "reading_studying_beside_open": (
        "'{found}' in column '{column}' was taken for {level}, and study under way{more}",
        "'{found}' (cột {column}) được hiểu là đã có {level} và đang học thêm{more}",
    ),
    "reading_study_taken": (
        "'{found}' in column '{column}' was taken for {programme}, until {until}{more}",
        "'{found}' (cột {column}) được hiểu là đang học {programme} đến năm {until}{more}",
    ),
    "reading_study_several": (
        "'{found}' in column '{column}': which programme is that? Say under synonyms, studying; it may be: "
        "{programmes}{more}",
        "'{found}' (cột {column}): đang học chương trình nào? Hãy ghi ở mục synonyms, studying; có thể là: "
        "{programmes}{more}",
    ),
    "reading_study_which": (
        "'{found}' in column '{column}' is no programme of the scenario{hint}; say under synonyms, studying, which one "
        "it is, or `ignore` if none: {programmes}{more}",
        "'{found}' (cột {column}) không phải chương trình nào của phương án{hint}; hãy ghi ở mục synonyms, studying là "
        "chương trình nào, hoặc `ignore` nếu ngoài phương án: {programmes}{more}",
    ),
    "reading_study_end": (
        "'{found}' in column '{column}': until when is {programme} studied? Fill in 'studying_until', or say under "
        "synonyms, studying, such as '{example}'{proposed}{more}",
        "'{found}' (cột {column}): học {programme} đến năm nào? Hãy điền cột 'Học đến năm', hoặc ghi ở mục synonyms, "
        "studying, ví dụ '{example}'{proposed}{more}",
    ),
    "reading_study_ends": (
        "'{found}' in column '{column}' ends in {other}, but 'studying_until' says {until}; make them agree{more}",
        "'{found}' (cột {column}) kết thúc năm {other}, nhưng cột 'Học đến năm' ghi {until}; hãy sửa cho khớp{more}",
    ),
    # --- sex
    "reading_sex_F": ("F", "Nữ"),
    "reading_sex_M": ("M", "Nam"),
    "reading_sex_title": (
        "the sex of {count:# person was|# people were} read from Ông or Bà before the name, which was left out there{more}",
        "giới tính của {count:#} người được xác định theo chữ Ông, Bà trước họ tên; đã bỏ chữ này khỏi họ tên{more}",
    ),
    "reading_sex_blank": (
        "the sex of {count:# person is|# people are} not told; no condition on sex counts them{more}",
        "{count:#} người chưa ghi giới tính; không tính vào điều kiện nào về giới tính{more}",
    ),
    "reading_sex_missing": (
        "nothing tells the sex of {count:# person|# people} ({names}); fill in a column 'sex' with F or M{proposed}{more}",
        "chưa có thông tin giới tính của {count:#} người ({names}); hãy thêm cột 'Giới tính' ghi Nam hoặc Nữ{proposed}{more}",
    ),
    # --- births
    "reading_birth_two_digits": (
        "years of two digits in column '{column}' were read in the only century that is possible: {examples}{more}",
        "năm ghi hai chữ số ở cột {column} được đọc theo thế kỷ duy nhất phù hợp: {examples}{more}",
    ),
    "reading_birth_unlikely": (
        "births in column '{column}' were read as they stand, though they mean an age below {youngest} or above "
        "{oldest} in {year}: {examples}{more}",
        "ngày, năm sinh ở cột {column} được đọc đúng như ghi, dù đến năm {year} những người này dưới {youngest} tuổi "
        "hoặc trên {oldest} tuổi: {examples}; đề nghị kiểm tra{more}",
    ),
    "reading_birth_serial": (
        "numbers in column '{column}' were read as the days that spreadsheets number so: {examples}{more}",
        "số ở cột {column} được đọc theo cách Excel đánh số ngày: {examples}{more}",
    ),
    "reading_birth_digits": (
        "days without strokes in column '{column}' were read in the only order that is possible: {examples}{more}",
        "ngày ghi liền ở cột {column} được đọc theo thứ tự duy nhất phù hợp: {examples}{more}",
    ),
    "reading_birth_month": (
        "column '{column}' does not tell the day; the year was taken: {examples}{more}",
        "cột {column} không ghi ngày; chỉ lấy năm: {examples}{more}",
    ),
    "reading_comrade": (
        "Đồng chí before the names of {count:# person|# people} was left out there{more}",
        "đã bỏ chữ Đồng chí trước họ tên của {count:#} người{more}",
    ),
    "reading_note_left": (
        "the remarks of {count:# person say|# people say} that they have left ('{found}'): they are counted all the "
        "same{more}",
        "ghi chú của {count:#} người cho biết đã nghỉ hoặc chuyển đi ('{found}'): vẫn được tính, nếu không còn công tác "
        "hãy xóa dòng{more}",
    ),
    "reading_note_studying": (
        "the remarks of {count:# person tell|# people tell} of a study ('{found}') that is not read; write it in a "
        "column of its own, Đang học{more}",
        "ghi chú của {count:#} người nói về việc học ('{found}') nhưng không được tính; hãy ghi ở cột riêng "
        "'Đang học'{more}",
    ),
    "reading_birth_changed_over": (
        "in column '{column}' only dates until the 12th of a month are real dates ('{found}'), the others are text: a "
        "spreadsheet may have changed day and month over; read as they stand{more}",
        "ở cột {column} chỉ ngày từ 1 đến 12 là ô kiểu ngày ('{found}'), còn lại là chữ: có thể Excel đã đổi chỗ ngày "
        "và tháng; đọc đúng như trong ô, hãy kiểm tra lại{more}",
    ),
    "reading_birth_day_first": (
        "days in column '{column}' were read day first, although others stand there month first: {examples}{more}",
        "ngày ở cột {column} được đọc theo thứ tự ngày/tháng, dù trong cột có ô ghi tháng/ngày: {examples}{more}",
    ),
    "reading_birth_month_first": (
        "'{found}' in column '{column}' is no day with the day first; write it as year-month-day{proposed}{more}",
        "'{found}' (cột {column}) không đúng thứ tự ngày/tháng/năm; hãy ghi lại ngày, tháng, năm{proposed}{more}",
    ),
    "reading_birth_no_day": (
        "'{found}' in column '{column}' is no day of the calendar{more}",
        "'{found}' (cột {column}) là ngày không có thật{more}",
    ),
    "reading_birth_century": (
        "'{found}' in column '{column}': the year has two digits and may be of either century, or of none{more}",
        "'{found}' (cột {column}): năm chỉ ghi hai chữ số, chưa rõ thế kỷ; hãy ghi đủ bốn chữ số{more}",
    ),
    # --- names
    "reading_spellings": (
        "{found} in column '{column}' {count:# row was|# rows were} taken for '{chosen}', which differs in blanks, letter case "
        "or accents alone{more}",
        "{found} (cột {column}, {count:#} dòng) được coi là '{chosen}' vì chỉ khác khoảng trắng, chữ hoa hoặc dấu{more}",
    ),
    "reading_office": (
        "'{found}' in column '{column}' has the letters of {others} with other accents: one name or two? Say under "
        "synonyms, agency{more}",
        "'{found}' (cột {column}) chỉ khác dấu với {others}: một đơn vị hay hai? Hãy ghi ở mục `synonyms`, `agency`{more}",
    ),
    "reading_synonym_column": (
        "the synonyms speak of a column '{column}', which the roster does not have",
        "mục synonyms nêu cột {column}, nhưng danh sách không có cột này",
    ),
}
