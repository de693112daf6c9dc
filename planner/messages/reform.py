"""Sentences about a reform, and about the reserves of lists."""

WORDS = {
    "reform_headcount_source": (
        "{at}: a headcount that is given needs the `source` of its office, or the word assumed",
        "{at}: biên chế ghi trực tiếp phải có `source` của đơn vị, hoặc ghi `assumed` (giả định)",
    ),
    "reform_move_nothing": (
        "{at}: the move says neither where to (`to`) nor what changes (`set`)",
        "{at}: mục này không nêu nơi chuyển đến (`to`), cũng không nêu nội dung thay đổi (`set`)",
    ),
    "reform_year": (
        "{at}: the reform begins on {day}, so the plan is made again from {year}, not {first}; from then on its run knows the new offices",
        "{at}: việc sắp xếp có hiệu lực từ {day} nên phải lập lại kế hoạch từ năm {year}, không phải {first}; kết quả lập lại sẽ dùng các đơn vị mới",
    ),
    "reform_office": (
        "{at}: there is no office '{name}'{nearest}",
        "{at}: không có cơ quan, đơn vị '{name}'{nearest}",
    ),
    "reform_merged_twice": (
        "{at}: the office {name} is merged into {other} already",
        "{at}: cơ quan, đơn vị {name} đã được sáp nhập vào {other}",
    ),
    "reform_stays": (
        "{at}: the office {name} is one of those that are there afterwards; it cannot end or be merged as well",
        "{at}: cơ quan, đơn vị {name} vẫn tồn tại sau sắp xếp nên không thể đồng thời kết thúc hoặc bị sáp nhập",
    ),
    "reform_to_merged": (
        "{at}: the office {name} is merged into {other}; nobody can move to it",
        "{at}: cơ quan, đơn vị {name} đã sáp nhập vào {other}; không thể chuyển người đến",
    ),
    "reform_to_ended": (
        "{at}: the office {name} ends; nobody can move to it",
        "{at}: cơ quan, đơn vị {name} kết thúc hoạt động; không thể chuyển người đến",
    ),
    "reform_cadre": ("{at}: there is no cadre '{name}'{nearest}", "{at}: không có cán bộ '{name}'{nearest}"),
    "reform_two_ways": (
        "{at}: {who} would move to {to}, and to {there} by the move {other}",
        "{at}: {who} vừa chuyển đến {to}, vừa chuyển đến {there} theo mục {other}",
    ),
    "reform_two_values": (
        "{at}: {who} would have '{value}' in the column {column}, and another value by the move {other}",
        "{at}: {who} có giá trị '{value}' ở cột {column}, nhưng mục {other} ghi giá trị khác",
    ),
    "reform_left_behind": (
        "{at}: the office {name} ends, and nothing says where these go: {who}",
        "{at}: cơ quan, đơn vị {name} kết thúc hoạt động nhưng chưa nêu nơi chuyển đến của: {who}",
    ),
    "reform_column_fixed": (
        "{at}: the column {column} is not set here: offices follow from `merges` and `to`, studies from the ledger",
        "{at}: không ghi cột {column} ở đây: đơn vị lấy theo `merges` và `to`, việc học lấy theo sổ theo dõi",
    ),
    "reform_column": (
        "{at}: the roster has no column '{name}', and no condition uses it{nearest}",
        "{at}: danh sách không có cột '{name}' và không điều kiện nào dùng cột này{nearest}",
    ),
    "reform_value": (
        "{at}: '{found}' cannot stand in the column {column}: {reason}",
        "{at}: '{found}' không ghi được ở cột {column}: {reason}",
    ),
    "reform_overlay_agencies": (
        "agencies: under a reform no overlay may name this table: it follows from the run and the reform",
        "agencies: khi có phương án sắp xếp thì phương án bổ sung không được nêu bảng này: bảng được lập từ kết quả và phương án sắp xếp",
    ),
    # what its reader should know
    "reform_whole_year": (
        "The reform of {day} counts for the whole of {year}: a plan has no half years.",
        "Việc sắp xếp từ {day} được tính cho cả năm {year}: kế hoạch không chia nửa năm.",
    ),
    "reform_nobody": ("{at} concerns nobody.", "{at} không áp dụng cho ai."),
    "reform_posts_lost": (
        "With the office {name} {number:# post ends that nobody on the roster holds|# posts end that nobody on the roster holds}.",
        "Cơ quan, đơn vị {name} kết thúc cùng {number:#} biên chế không có người trong danh sách.",
    ),
    "reform_too_small": (
        "The office {name} has a headcount of {headcount:#}, but {rows:# cadre|# cadres} on the roster.",
        "Cơ quan, đơn vị {name} có biên chế {headcount:#}, ít hơn {rows:#} cán bộ trong danh sách.",
    ),
    "reform_empty": ("Nobody works in the office {name}.", "Cơ quan, đơn vị {name} không có ai."),
    # the table
    "reform_title": (
        "The offices from {day} on ({file})",
        "Cơ quan, đơn vị từ {day} ({file})",
    ),
    "reform_column_office": ("office", "cơ quan, đơn vị"),
    "reform_column_merges": ("made of", "hợp thành từ"),
    "reform_column_was": ("posts before", "biên chế trước"),
    "reform_column_moved_in": ("moved in", "chuyển đến"),
    "reform_column_moved_out": ("moved out", "chuyển đi"),
    "reform_column_headcount": ("headcount", "biên chế"),
    "reform_column_how": ("from", "cách tính"),
    "reform_column_cadres": ("cadres", "cán bộ"),
    "reform_how_sum": ("sum", "cộng"),
    "reform_how_given": ("given", "ghi trực tiếp"),
    "reform_how_ended": ("ended", "kết thúc"),
    "reform_same": (
        "{number:# further office stays|# further offices stay} as {number:it is|they are}.",
        "{number:#} cơ quan, đơn vị khác giữ nguyên.",
    ),
    "help_reform": (
        "a reform: merged and ended offices, who moves where, what the scheme says from then on (.yaml)",
        "phương án sắp xếp: cơ quan, đơn vị sáp nhập hoặc kết thúc, ai chuyển đi đâu, nội dung đề án từ đó (.yaml)",
    ),
    "reform_told": (
        "{moved:# cadre works|# cadres work} in another office from then on, and {changed:# further cell of the roster is|# further cells of the roster are} another; each stands in news.csv with the line of the reform that says so.",
        "Từ đó {moved:#} cán bộ làm việc ở cơ quan, đơn vị khác và {changed:#} thông tin khác thay đổi; từng trường hợp ghi trong news.csv kèm dòng tương ứng của phương án sắp xếp.",
    ),
    # reserves
    "help_reserves": (
        "For every list of a year who steps in when somebody declines, in order, each proven by solving; as a workbook.",
        "Danh sách dự bị của từng lớp trong năm theo thứ tự, mỗi người đều được tính lại để chứng minh; xuất tệp Excel.",
    ),
    "help_reserves_number": ("reserves of each list, at most", "số người dự bị tối đa của mỗi danh sách"),
    "help_reserves_out": (
        "the workbook (.xlsx), or the table (.csv); RUN/reserves-YEAR.xlsx by default",
        "tệp Excel (.xlsx) hoặc bảng (.csv); mặc định là KẾT_QUẢ/reserves-NĂM.xlsx",
    ),
    "reserves_number": ("--number is 1 or more, not {found}", "--number phải từ 1 trở lên, không phải {found}"),
    "reserves_suffix": (
        "reserves are written to .xlsx or .csv, not to {name}",
        "danh sách dự bị được ghi ra .xlsx hoặc .csv, không phải {name}",
    ),
    "reserves_sheet": ("Reserves", "Danh sách dự bị"),
    "reserves_title": ("LIST OF RESERVES", "DANH SÁCH DỰ BỊ"),
    "reserves_subject": (
        "for the training lists of {year}",
        "cho các danh sách cử cán bộ đi đào tạo, bồi dưỡng năm {year}",
    ),
    "reserves_order": (
        "(In the order in which they are called; when a place falls free all other places stay as announced)",
        "(Xếp theo thứ tự được gọi; khi có người không đi, các trường hợp khác giữ nguyên như đã công bố)",
    ),
    "reserves_part": (
        "{number}. {title} ({places:# place|# places})",
        "{number}. {title} ({places:#} người)",
    ),
    "reserves_part_pools": (
        "{number}. {title}: {pools} ({places:# place|# places})",
        "{number}. {title}: {pools} ({places:#} người)",
    ),
    "reserves_none": ("nobody else may start it in that year", "không còn ai đủ điều kiện trong năm"),
    "reserves_remark": ("What it means", "Ghi chú"),
    "reserves_proven": (
        "Proven for the case that the first of the list declines ({cadre}).",
        "Chứng minh cho trường hợp người đầu danh sách không đi ({cadre}).",
    ),
    "reserves_costs_nothing": ("nothing is given away", "kết quả không giảm"),
    "reserves_gives_away": ("{goal}: {by} against the announced plan", "{goal}: {by} so với kế hoạch đã công bố"),
    "reserves_further_changes": (
        "{number:# further change|# further changes} in later years",
        "kéo theo {number:#} thay đổi ở các năm sau",
    ),
    "reserves_to_empty": ("{goal}: {by} against an empty place", "{goal}: {by} so với để trống"),
    "reserves_better_empty": (
        "the ranked goals would rather leave the place empty",
        "theo thứ tự mục tiêu thì để trống tốt hơn",
    ),
    "reserves_not_for": ("cannot step in for {names}", "không thay được cho {names}"),
    "reserves_free": (
        "{number:# announced place is free already|# announced places are free already} (see `planner replan`): {names}",
        "{number:#} trường hợp đã công bố hiện không còn thực hiện được (xem `planner replan`): {names}",
    ),
    "reserves_no_standing": (
        "The announced places of {year} cannot all stand any more: make the plan again first (`planner replan`).",
        "Các trường hợp đã công bố năm {year} không còn cùng thực hiện được: hãy lập lại kế hoạch trước (`planner replan`).",
    ),
    "reserves_nobody_goes": (
        "Nobody starts in {year}: there are no lists.",
        "Năm {year} không có ai đi học: không có danh sách.",
    ),
    "reserves_nothing_else": ("nothing else is given away", "ngoài ra kết quả không giảm"),
    "reserves_same_order": (
        "Whoever else of the list declines, the order is the same: proven for each.",
        "Người khác trong danh sách không đi thì thứ tự vẫn như vậy: đã chứng minh cho từng người.",
    ),
    "reserves_other_order": (
        "Another order for the place of {names}: {order}.",
        "Thứ tự khác nếu người không đi là {names}: {order}.",
    ),
    "reserves_nobody": ("nobody can step in", "không ai thay được"),
    "reserves_same_in_turn": (
        "If several decline, one after another from the first of the list on ({names}), they are called in this order, too: proven.",
        "Nếu nhiều người lần lượt không đi, tính từ đầu danh sách ({names}), cũng gọi theo thứ tự này: đã chứng minh.",
    ),
    "reserves_in_turn": (
        "If several decline, one after another from the first of the list on ({names}), those called are: {order}.",
        "Nếu nhiều người lần lượt không đi, tính từ đầu danh sách ({names}), thì gọi lần lượt: {order}.",
    ),
    "reserves_in_turn_ends": (
        "After {order} nobody can step in any more.",
        "Sau khi gọi {order} thì không còn ai thay được.",
    ),
    "reserves_shared": (
        "Each list is proven with all other lists as announced. Reserves in several lists, who can be called from one of them alone: {names}. Record who was called (`admitted`) and name the reserves again.",
        "Mỗi danh sách được chứng minh khi các danh sách khác giữ nguyên như đã công bố. Người có tên trong nhiều danh sách dự bị, đã gọi ở danh sách này thì thôi ở danh sách khác: {names}. Hãy ghi sự kiện `đã nhập học` của người được gọi rồi lập lại danh sách dự bị.",
    ),
    "reserves_begun": (
        "{cadre} is recorded as admitted to {programme} in {start}, but the scheme does not admit it: reserves beside that start cannot be proven",
        "{cadre} được ghi nhận đã nhập học {programme} năm {start} nhưng phương án không cho phép: không chứng minh được danh sách dự bị bên cạnh lượt cử này",
    ),
}
