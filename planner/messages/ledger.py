"""Sentences about what happened: events, the ledger, the workbook of a year."""

WORDS = {
    "event_admitted": ("admitted", "đã nhập học"),
    "event_declined": ("declined", "không đi học"),
    "event_finished": ("finished", "hoàn thành"),
    "event_failed": ("failed", "không hoàn thành"),
    "event_extended": ("extended", "gia hạn"),
    "event_left": ("left", "thôi việc"),
    "event_retired": ("retired", "nghỉ hưu"),
    "event_transferred": ("transferred", "chuyển công tác"),
    "event_changed": ("changed", "thay đổi"),
    "event_joined": ("joined", "tiếp nhận"),
    "event_leave": ("leave", "nghỉ dài hạn"),
    "event_withdrawn": ("withdrawn", "thu hồi"),
    # cells
    "ledger_date": (
        "{column}: '{found}' is no day between {first} and {last}; wanted: day/month/year or year-month-day{more}{hint}",
        "{column}: '{found}' không phải một ngày từ năm {first} đến năm {last}; cần ghi ngày/tháng/năm{more}{hint}",
    ),
    "ledger_event": ("unknown event '{name}'{nearest}{more}", "không có sự kiện '{name}'{nearest}{more}"),
    "ledger_programme": (
        "the scenario has no programme '{name}'{nearest}{more}",
        "phương án không có chương trình '{name}'{nearest}{more}",
    ),
    "ledger_needs": ("{event}: the column {column} is needed", "{event}: còn thiếu cột {column}"),
    "ledger_no_use": (
        "{event}: this event has no use for the column {column}; leave the cell empty, or write it into the note",
        "{event}: sự kiện này không dùng cột {column}; hãy để trống hoặc ghi vào cột ghi chú",
    ),
    "ledger_to_year": (
        "{event}: 'to' must be a year, not '{found}'",
        "{event}: cột 'đến' phải là năm, không phải '{found}'",
    ),
    "ledger_to_number": (
        "{event}: 'to' must be the number of an entry in the ledger, not '{found}'",
        "{event}: cột 'đến' phải là số thứ tự của mục trong sổ, không phải '{found}'",
    ),
    "ledger_to_value": (
        "{event}: 'to' must be column=value, such as post=agency_leader, not '{found}'",
        "{event}: cột 'đến' phải ghi cột=giá trị, ví dụ post=agency_leader, không phải '{found}'",
    ),
    # what does not exist
    "ledger_cadre": (
        "{event}: nobody on the roster has the code '{name}'{nearest}",
        "{event}: danh sách không có cán bộ nào mã '{name}'{nearest}",
    ),
    "ledger_agency": ("there is no agency '{name}'{nearest}", "không có cơ quan '{name}'{nearest}"),
    "ledger_column": (
        "{event}: the roster has no column '{name}'{nearest}",
        "{event}: danh sách không có cột '{name}'{nearest}",
    ),
    "ledger_column_fixed": (
        "{event}: other events are there for the column {column}: transferred, admitted, extended, finished",
        "{event}: cột {column} chỉ thay đổi bằng sự kiện khác: chuyển công tác, đã nhập học, gia hạn, hoàn thành",
    ),
    "ledger_value": (
        "{event}: {column} cannot be '{found}': {reason}",
        "{event}: {column} không thể là '{found}': {reason}",
    ),
    "ledger_no_study": (
        "{event}: the cadre had not begun this programme by then",
        "{event}: đến ngày đó cán bộ chưa học chương trình này",
    ),
    "ledger_not_planned": (
        "{event}: the plan has no such start; of this cadre it has: {planned}",
        "{event}: kế hoạch không có lượt cử này; cán bộ này có: {planned}",
    ),
    "ledger_in_it_already": (
        "{event}: the cadre is in this programme already, until {until}; record failed first if that came to nothing",
        "{event}: cán bộ đang học chương trình này đến năm {until}; nếu không hoàn thành thì ghi việc đó trước",
    ),
    "ledger_too_early": (
        "{event}: it lies before the plan, which begins in {first}; record it in the run whose plan stood then, and make "
        "the later years again from there",
        "{event}: sự việc xảy ra trước kỳ kế hoạch, bắt đầu từ năm {first}; hãy ghi vào sổ của kế hoạch có hiệu lực lúc "
        "đó rồi lập lại kế hoạch từ đó",
    ),
    "ledger_start_early": (
        "{event}: the year lies before the plan, which begins in {first}",
        "{event}: năm này trước kỳ kế hoạch, bắt đầu từ năm {first}",
    ),
    "ledger_not_yet": (
        "{event}: a study cannot have begun before its year",
        "{event}: chưa đến năm bắt đầu học thì chưa thể nhập học",
    ),
    "ledger_leave_backwards": (
        "{event}: the leave ends before it begins",
        "{event}: năm kết thúc nghỉ trước năm bắt đầu nghỉ",
    ),
    "ledger_shorter": (
        "{event}: the study lasts until {until} already; a study that ends sooner is finished or failed",
        "{event}: khóa học vốn kéo dài đến năm {until}; kết thúc sớm hơn thì ghi hoàn thành hoặc không hoàn thành",
    ),
    # joiners
    "ledger_joiner_known": (
        "the code {cadre} is on the roster already; whoever joins needs a code of his own",
        "mã {cadre} đã có trong danh sách; người mới về cần mã riêng",
    ),
    "ledger_joiner_row": (
        "{event}: the row of {cadre} is missing in the table of those who joined (--joiners)",
        "{event}: thiếu dòng của {cadre} trong bảng người mới về (--joiners)",
    ),
    "ledger_joiner_event": (
        "the row of {cadre} is of no use without an event 'joined'",
        "có dòng của {cadre} nhưng không có sự kiện 'tiếp nhận'",
    ),
    "ledger_joiner_column": (
        "the column {column} is missing: the scheme asks for it, and the roster has it",
        "thiếu cột {column}: phương án cần cột này và danh sách có cột này",
    ),
    # contradictions
    "ledger_twice": ("{event}: this was said already: {where}", "{event}: việc này đã ghi rồi: {where}"),
    "ledger_contradicts": (
        "{event}: contradicts '{other}' ({where}): {why}",
        "{event}: mâu thuẫn với '{other}' ({where}): {why}",
    ),
    "ledger_why_once": ("this happens to a cadre only once", "việc này chỉ xảy ra một lần với mỗi cán bộ"),
    "ledger_why_same_day": ("two values on one day", "cùng một ngày có hai giá trị khác nhau"),
    "ledger_why_gone": ("the cadre was no longer in service", "cán bộ khi đó không còn công tác"),
    "ledger_why_not_there_yet": ("the cadre had not joined yet", "cán bộ khi đó chưa về công tác"),
    "ledger_why_declined": ("that start did not happen", "lượt cử đó đã không thực hiện"),
    "ledger_why_elsewhere": (
        "the cadre began another study to the same level instead",
        "cán bộ đã học lớp khác để đạt cùng trình độ",
    ),
    "ledger_why_on_leave": ("the cadre was on leave", "cán bộ khi đó đang nghỉ dài hạn"),
    "ledger_why_began_twice": (
        "nobody begins a programme twice, unless it failed in between",
        "không ai bắt đầu một chương trình hai lần, trừ khi lần trước không hoàn thành",
    ),
    "ledger_why_ended": ("that study had ended", "khóa học đó đã kết thúc"),
    # the run's own ledger
    "ledger_no_entry": (
        "{event}: the ledger has no entry {number} that could be withdrawn",
        "{event}: sổ không có mục số {number} để thu hồi",
    ),
    "ledger_withdrawn_already": (
        "{event}: entry {number} is withdrawn already",
        "{event}: mục số {number} đã thu hồi rồi",
    ),
    "ledger_other_cadre": (
        "{event}: entry {number} is about {cadre}",
        "{event}: mục số {number} là của {cadre}",
    ),
    "ledger_broken": (
        "entry {number} is not as it was recorded; entries are never changed, a wrong one is withdrawn (record --withdraw)",
        "mục số {number} không còn như lúc ghi; không được sửa các mục đã ghi, mục sai thì thu hồi (record --withdraw)",
    ),
    "ledger_recorded": (
        "{number:# event was|# events were} recorded in {file}.",
        "Đã ghi {number:#} sự kiện vào {file}.",
    ),
    "ledger_nothing_new": (
        "Nothing was recorded: no row tells a new event.",
        "Chưa ghi sự kiện nào: không có dòng nào ghi sự kiện mới.",
    ),
    "ledger_known": (
        "{number:# event was|# events were} recorded before and not again: {events}",
        "{number:#} sự kiện đã ghi từ trước, không ghi lại: {events}",
    ),
    "ledger_blank": (
        "{number:# row names|# rows name} no event and {number:was|were} left out: {rows}",
        "{number:#} dòng chưa ghi sự kiện nên bỏ qua: {rows}",
    ),
    "ledger_unread": ("Columns that were not read: {columns}", "Các cột không đọc: {columns}"),
    "ledger_title": ("The ledger of {folder}", "Sổ theo dõi của {folder}"),
    "ledger_empty": ("Nothing is recorded of {folder} yet.", "Chưa ghi gì cho {folder}."),
    "ledger_nothing": (
        "say what to record: --ledger FILE, --withdraw NUMBER, or --template FILE --year YEAR",
        "hãy nêu việc cần ghi: --ledger TỆP, --withdraw SỐ, hoặc --template TỆP --year NĂM",
    ),
    "ledger_template_alone": (
        "--template needs --year, and stands alone",
        "--template cần có --year và không dùng cùng lựa chọn khác",
    ),
    "ledger_heading_number": ("number", "số"),
    "ledger_heading_recorded": ("recorded", "ghi lúc"),
    "ledger_heading_by": ("by", "người ghi"),
    "ledger_heading_withdrawn_by": ("withdrawn by", "thu hồi bởi mục"),
    # the workbook of a year
    "ledger_heading_date": ("date", "Ngày"),
    "ledger_heading_event": ("event", "Sự kiện"),
    "ledger_heading_cadre": ("cadre", "Mã cán bộ"),
    "ledger_heading_name": ("full name", "Họ và tên"),
    "ledger_heading_agency": ("agency", "Đơn vị"),
    "ledger_heading_programme": ("programme", "Chương trình"),
    "ledger_heading_title": ("title of the programme", "Tên chương trình"),
    "ledger_heading_start": ("start", "Năm bắt đầu"),
    "ledger_heading_until": ("expected end", "Dự kiến xong"),
    "ledger_heading_to": ("to", "Đến"),
    "ledger_heading_note": ("note", "Ghi chú"),
    "ledger_sheet": ("What happened {year}", "Thực hiện {year}"),
    "ledger_guide_sheet": ("How to fill in", "Hướng dẫn"),
    "ledger_book_title": ("What happened in {year}", "Theo dõi thực hiện năm {year}"),
    "ledger_guide": (
        "Choose the event of each row on the first sheet and write its day; leave a row empty while nothing happened. Further rows may be added below. Then: planner record RUN --ledger THIS FILE",
        "Ở trang đầu, chọn sự kiện của từng dòng và ghi ngày; chưa có việc gì thì để trống. Có thể thêm dòng ở dưới. Sau đó chạy: planner record KẾT_QUẢ --ledger TỆP_NÀY",
    ),
    "ledger_guide_event": ("event", "Sự kiện"),
    "ledger_guide_needs": ("also needed", "Cần ghi thêm"),
    "ledger_guide_means": ("means", "Ý nghĩa"),
    "ledger_means_admitted": (
        "the cadre really began the programme in that year",
        "cán bộ thực sự bắt đầu học chương trình trong năm đó",
    ),
    "ledger_means_declined": ("the planned start did not happen", "lượt cử theo kế hoạch không thực hiện"),
    "ledger_means_finished": (
        "the level is reached in the year of the date",
        "đạt trình độ trong năm ghi ở cột ngày",
    ),
    "ledger_means_failed": (
        "the study ended in the year of the date without its level",
        "kết thúc học trong năm ghi ở cột ngày mà không đạt trình độ",
    ),
    "ledger_means_extended": ("the study lasts until the year in 'to'", "học kéo dài đến hết năm ghi ở cột 'đến'"),
    "ledger_means_left": ("no longer in service from the date", "không còn công tác từ ngày đó"),
    "ledger_means_retired": ("retired from the date", "nghỉ hưu từ ngày đó"),
    "ledger_means_transferred": (
        "works in the agency in 'to' from the date",
        "công tác tại cơ quan ghi ở cột 'đến' từ ngày đó",
    ),
    "ledger_means_changed": (
        "'to' holds column=value, such as post=agency_leader: so from the date",
        "cột 'đến' ghi cột=giá trị, ví dụ post=agency_leader: áp dụng từ ngày đó",
    ),
    "ledger_means_joined": (
        "a new cadre; his row stands in a table of its own (--joiners)",
        "cán bộ mới; thông tin ghi ở bảng riêng (--joiners)",
    ),
    "ledger_means_leave": (
        "on leave from the year in 'start' to the year in 'to'",
        "nghỉ từ năm bắt đầu đến năm ghi ở cột 'đến'",
    ),
    "ledger_means_withdrawn": (
        "the entry of the ledger whose number stands in 'to' was wrong",
        "mục trong sổ có số ghi ở cột 'đến' là ghi nhầm",
    ),
    "ledger_template_year": (
        "the plan has the years {first} to {last}, not {year}",
        "kế hoạch gồm các năm {first} đến {last}, không có năm {year}",
    ),
    "ledger_not_xlsx": ("the name must end in .xlsx", "tên tệp phải có đuôi .xlsx"),
    # commands
    "help_record": (
        "Record what happened: checked whole against plan and roster, added to the run's own ledger; or write the workbook of a year to fill in.",
        "Ghi việc đã xảy ra: đối chiếu toàn bộ với kế hoạch và danh sách rồi thêm vào sổ của kết quả; hoặc xuất biểu của một năm để điền.",
    ),
    "help_events": ("the table of events (.csv or .xlsx)", "bảng các sự kiện (.csv hoặc .xlsx)"),
    "help_joiners": (
        "the rows of those who joined, with the roster's columns (.csv or .xlsx)",
        "bảng người mới về, có các cột như danh sách (.csv hoặc .xlsx)",
    ),
    "help_withdraw": ("the number of an entry to withdraw", "số của mục cần thu hồi"),
    "help_withdraw_note": ("why it is withdrawn", "lý do thu hồi"),
    "help_by": ("who records; by default the machine's account", "người ghi; mặc định là tài khoản trên máy"),
    "help_template": ("the workbook of a year to write (.xlsx)", "tệp Excel của một năm sẽ xuất (.xlsx)"),
    "help_template_year": ("the year of the workbook", "năm của biểu"),
    "help_template_names": ("with names beside the codes", "ghi thêm họ tên cạnh mã"),
    "help_ledger": (
        "Show what is recorded of a run; what was withdrawn is struck out.",
        "Hiện sổ theo dõi của kết quả; mục đã thu hồi được gạch bỏ.",
    ),
    "ledger_why_not_begun_yet": ("that study began later", "khóa học đó bắt đầu sau ngày này"),
    "ledger_again": (
        "{number:# event was withdrawn before and counts|# events were withdrawn before and count} again: {events}",
        "{number:#} sự kiện đã thu hồi trước đây, nay lại được tính: {events}",
    ),
    "ledger_other_numbers": (
        "{event}: of this ledger it cannot be told which entry is withdrawn: it was changed, or is no ledger.csv as planner "
        "writes it; leave out both this row and the entry",
        "{event}: không rõ mục nào trong sổ này được thu hồi, vì sổ đã bị sửa hoặc không phải tệp ledger.csv do planner ghi; "
        "hãy bỏ cả dòng này và mục đó",
    ),
}
