"""Sentences about what is allowed in a scenario and its tables, but hardly meant."""

WORDS = {
    "warning_too_young": (
        "younger than {limit} in {year} [age]: {people}",
        "chưa đủ {limit} tuổi vào năm {year} [tuổi]: {people}",
    ),
    "warning_too_old": (
        "older than {limit} in {year} [age]: {people}",
        "trên {limit} tuổi vào năm {year} [tuổi]: {people}",
    ),
    "warning_service_before_birth": (
        "in service before birth [service_start; birth_year]: {people}",
        "vào ngành trước khi sinh [năm vào ngành; năm sinh]: {people}",
    ),
    "warning_service_too_young": (
        "in service before the age of {limit} [age then]: {people}",
        "vào ngành khi chưa đủ {limit} tuổi [tuổi lúc đó]: {people}",
    ),
    "warning_retired": (
        "no longer in service in {year}, when the horizon begins [retires]: {people}",
        "đã nghỉ hưu trước kỳ kế hoạch bắt đầu năm {year} [năm nghỉ hưu]: {people}",
    ),
    "warning_study_too_long": (
        "studying until after {year}, when the horizon ends, and longer than the programme lasts [until]: {people}",
        "học đến sau năm {year} là năm cuối kỳ kế hoạch, và lâu hơn thời gian của chương trình [đến năm]: {people}",
    ),
    "warning_empty_group": (
        "{at}: the group is empty in {year}",
        "{at}: nhóm không có ai vào năm {year}",
    ),
    "warning_value_unknown": (
        "{at}: no cadre has {column} '{value}'",
        "{at}: không cán bộ nào có {column} là '{value}'",
    ),
    "warning_value_nearest": (
        "{at}: no cadre has {column} '{value}'; nearest on the roster: {nearest}",
        "{at}: không cán bộ nào có {column} là '{value}'; gần nhất trong danh sách: {nearest}",
    ),
    "warning_value_known": (
        "{at}: no cadre has {column} '{value}'; the roster has {known}",
        "{at}: không cán bộ nào có {column} là '{value}'; danh sách có {known}",
    ),
    "warning_empty_target": (
        "{at}: the target has no members, so there is nothing to reach",
        "{at}: mục tiêu không có đối tượng nào, nên không có gì để đạt",
    ),
    "warning_target_too_large": (
        "{at}: {required:# is|# are} required, but the target has {members:# member|# members}",
        "{at}: yêu cầu {required:#} người, nhưng đối tượng của mục tiêu chỉ có {members:#} người",
    ),
    "warning_no_programme": (
        "{at}: no programme leads to '{level}' on the ladder '{ladder}'; {held:# holds|# hold} it, {required:# is|# are} required",
        "{at}: không chương trình nào dẫn đến '{level}' của thang '{ladder}'; đã có {held:#} người, yêu cầu {required:#} người",
    ),
    "warning_empty_pool": (
        "{at}: the pool covers nobody",
        "{at}: chỉ tiêu không dành cho ai",
    ),
    "warning_empty_share": (
        "{at}: nobody is in the group that is to have the share",
        "{at}: không ai thuộc nhóm cần đạt tỷ lệ",
    ),
    "warning_no_seats": (
        "{at}: nobody has a seat: no pool that covers anybody lists the programme, and it is not open",
        "{at}: không ai có chỉ tiêu: chương trình không thuộc chỉ tiêu nào có đối tượng, và không mở tự do",
    ),
    "warning_no_start": (
        "{at}: nobody can start this programme in any year; most often because: {reason} ({starts:# start|# starts})",
        "{at}: không ai có thể học chương trình này trong kỳ kế hoạch; thường gặp nhất: {reason} ({starts:#} lượt)",
    ),
    "warning_class_cannot_fill": (
        "{at}: a class needs {least:# person|# people}, but in no year more than {candidates:# person|# people} could start",
        "{at}: mỗi lớp cần ít nhất {least:#} người, nhưng không năm nào có quá {candidates:#} người đủ điều kiện học",
    ),
    "warning_total_out_of_reach": (
        "{at}: at least {least:# start is|# starts are} asked for, but there can be {most:#} at most",
        "{at}: yêu cầu ít nhất {least:#} lượt, nhưng nhiều nhất chỉ có thể có {most:#} lượt",
    ),
    "warning_total_exceeded": (
        "{at}: {begun:# start|# starts} of the years before already exceed the limit of {limit:#}; nobody further may start",
        "{at}: {begun:#} lượt của các năm trước đã vượt giới hạn {limit:#}; không được cử thêm",
    ),
    "warning_agency_total_exceeded": (
        "{at}: {number:# office has|# offices have} more starts in the years before than the limit of {limit:#}; nobody "
        "further of them may start: {names}",
        "{at}: {number:#} cơ quan có số lượt cử các năm trước đã vượt giới hạn {limit:#}; không được cử thêm: {names}",
    ),
    "warning_cadre_starts_exceeded": (
        "{at}: {number:# cadre has|# cadres have} more starts in the years before than the limit of {limit:#} and may "
        "start no further: {names}",
        "{at}: {number:#} cán bộ có số lượt cử các năm trước đã vượt giới hạn {limit:#}; không được cử thêm: {names}",
    ),
    "warning_no_seats_in_any_year": (
        "{at}: there are no seats in any year of the horizon",
        "{at}: không năm nào trong kỳ kế hoạch có chỉ tiêu",
    ),
    "warning_never_retires": (
        "neither the roster nor the table of retirement says when they retire, so they are taken never to [born]: {people}",
        "danh sách và bảng tuổi nghỉ hưu đều không cho biết năm nghỉ hưu, nên coi như không nghỉ [năm sinh]: {people}",
    ),
    "warning_history_twice": (
        "{at}: the same start stands twice and counts twice: {people}",
        "{at}: cùng một lượt được ghi hai lần và tính hai lần: {people}",
    ),
    "warning_history_in_no_pool": (
        "{at}: {rows:# start counts|# starts count} in no pool: the column `pools` is missing or empty",
        "{at}: {rows:#} lượt không tính vào nhóm chỉ tiêu nào: thiếu cột `pools` hoặc để trống",
    ),
    "warning_pin_inadmissible": (
        "{at}: the required start is not admissible: {reasons}",
        "{at}: lượt bắt buộc không đủ điều kiện: {reasons}",
    ),
    "warning_no_retirement": (
        "nobody says when they retire, so they are planned as if they never did; by the general ages of Decree 135/2020 they do by {last} [born; last year in service]: {people}. Fill the column `retires`, or name a table: `retirement: {table}` (`planner init` writes it)",
        "không nơi nào ghi năm nghỉ hưu nên kế hoạch coi như không nghỉ; theo tuổi nghỉ hưu chung của Nghị định 135/2020/NĐ-CP, đến năm {last} những người sau nghỉ hưu [năm sinh; năm công tác cuối]: {people}. Hãy ghi cột Năm nghỉ hưu, hoặc khai bảng tuổi nghỉ hưu: `retirement: {table}` (tệp Excel: trang Đề án, ô Bảng tuổi nghỉ hưu, ghi {table}; lệnh `planner init` ghi sẵn bảng này)",
    ),
    "warning_one_person": (
        "one person under several codes? The same name and year of birth ({born}): {people}",
        "một người có nhiều mã? Trùng họ tên và năm sinh ({born}): {people}",
    ),
    "warning_near_agency": (
        "one office under two spellings? '{name}' ({rows:# person|# people}) and '{other}' ({others:# person|# people}): each has limits of its own. If they are one, write `synonyms: {{agency: {{\"{other}\": \"{name}\"}}}}`",
        "một cơ quan viết hai cách? '{name}' ({rows:#} người) và '{other}' ({others:#} người): mỗi tên đang tính giới hạn riêng. Nếu là một, hãy khai `synonyms: {{agency: {{\"{other}\": \"{name}\"}}}}`",
    ),
    "warning_near_post": (
        "one post under two spellings? '{name}' ({rows:# person|# people}) and '{other}' ({others:# person|# people}). If they are one, write `synonyms: {{post: {{\"{other}\": \"{name}\"}}}}`",
        "một chức vụ viết hai cách? '{name}' ({rows:#} người) và '{other}' ({others:#} người). Nếu là một, hãy khai `synonyms: {{post: {{\"{other}\": \"{name}\"}}}}`",
    ),
    "warning_ignored_columns": (
        "columns that nothing uses and whose headers are not known, so what stands in them counts for nothing: {columns}. If one means something, say it: `headers: {{HEADER: column}}`, or `ignore`",
        "các cột không mục nào dùng và không nhận ra tiêu đề, nên nội dung không được tính: {columns}. Nếu cột nào có ý nghĩa, hãy khai `headers: {{TIÊU ĐỀ: cột}}`, hoặc `ignore` nếu bỏ qua",
    ),
    "warning_unknown_levels": (
        "{at}: the level on '{ladder}' is not known of {number:#} among {members:# member|# members} of targets; they never count as reaching it",
        "{at}: {number:#} trong {members:#} người thuộc các mục tiêu chưa rõ trình độ '{ladder}'; những người này không được tính là đạt",
    ),
    "warning_no_ladder_column": (
        "{at}: targets ask for '{ladder}', but the roster does not say the level of anybody (not known: {number:#} of {members:#})",
        "{at}: có mục tiêu về '{ladder}' nhưng danh sách không ghi trình độ này cho ai (chưa rõ {number:#}/{members:#} người)",
    ),
    "warning_exact_years": (
        "{at}: this asks for exactly {years}; did you mean {{max: {years}}} or {{min: {years}}}?",
        "{at}: điều kiện này chỉ đúng với {years} năm; có phải {{max: {years}}} hoặc {{min: {years}}}?",
    ),
    "warning_years_outside": (
        "{at}: {years} outside the horizon {first}-{last}: these entries count for nothing",
        "{at}: {years} nằm ngoài kỳ kế hoạch {first}-{last}: các mục này không có tác dụng",
    ),
    "warning_by_outside": (
        "{at}: the target is reckoned in {by}, but the horizon is {first}-{last}",
        "{at}: mục tiêu tính đến năm {by}, nhưng kỳ kế hoạch là {first}-{last}",
    ),
    "warning_empty_priority": (
        "{at}: the priority concerns nobody",
        "{at}: đối tượng ưu tiên không có ai",
    ),
    "warning_empty_approval": (
        "{at}: the entry concerns nobody, so it is never the one who signs",
        "{at}: mục thẩm quyền này không áp dụng cho ai",
    ),
    "warning_empty_leaders": (
        "{at}: nobody is a leader, so no leader has to stay",
        "{at}: không ai là lãnh đạo, nên không giữ lại lãnh đạo nào",
    ),
    "warning_floors_above_total": (
        "{at}: the minimums of the years ask for {least:# start|# starts}, but the total allows {most:#} at most",
        "{at}: cộng mức tối thiểu các năm là {least:#} lượt, nhưng cả kỳ chỉ cho tối đa {most:#} lượt",
    ),
    "warning_floor_out_of_reach": (
        "{at}: in {year} at least {least:# start is|# starts are} asked for, but only {candidates:# person|# people} could start",
        "{at}: năm {year} yêu cầu ít nhất {least:#} lượt, nhưng chỉ có {candidates:#} người đủ điều kiện",
    ),
    "warning_target_out_of_reach": (
        "{at}: {required:# is|# are} required, but at most {most:#} can reach it, whatever is planned ({unknown:#} more of unknown level)",
        "{at}: cần đạt {required:#} người, nhưng dù xếp thế nào cũng chỉ tối đa {most:#} người đạt được (và {unknown:#} người chưa rõ trình độ)",
    ),
    "warning_reading_outside": (
        "{at}: groups are read in {year}, but the horizon is {first}-{last}",
        "{at}: các nhóm được xét tại năm {year}, nhưng kỳ kế hoạch là {first}-{last}",
    ),
    "warning_years_left_out": (
        "{at}: {years} left out between years that are named, so there are no seats then",
        "{at}: bỏ trống {years} ở giữa các năm có ghi, nên các năm đó không có chỉ tiêu",
    ),
    "warning_long_horizon": (
        "{at}: from {first} to {last} it spans {years:# year|# years}",
        "{at}: kỳ kế hoạch {first}-{last} dài {years:#} năm",
    ),
    "warning_nothing_required": (
        "{at}: nobody of its {members:# member|# members} is required, so it is reached whatever is planned",
        "{at}: không yêu cầu ai trong {members:#} đối tượng, nên lúc nào cũng đạt",
    ),
    "warning_no_points": (
        "{at}: 0 points put nobody first",
        "{at}: 0 điểm thì không ưu tiên ai",
    ),
    "warning_band_never_fits": (
        "{at}: band {number} is never used, since one before it fits every headcount that it could; the smallest `up_to` stands first",
        "{at}: bậc thứ {number} không bao giờ dùng đến vì bậc trước đã bao trùm; hãy xếp `up_to` từ nhỏ đến lớn",
    ),
    "warning_class_beyond_seats": (
        "{at}: a class needs {least:# person|# people}, but a year has at most {seats:# seat|# seats} for it",
        "{at}: mỗi lớp cần ít nhất {least:#} người, nhưng mỗi năm chỉ có tối đa {seats:#} chỉ tiêu",
    ),
    "warning_beyond_budget": (
        "{at}: one start costs {cost:#}, more than any year's budget ({most:#})",
        "{at}: một lượt tốn {cost:#}, lớn hơn kinh phí của mọi năm ({most:#})",
    ),
    "warning_approval_never_reached": (
        "{at}: the entry is never the one that signs, since '{before}' above it covers all that it does; put the narrower entry first",
        "{at}: mục này không bao giờ được áp dụng vì mục '{before}' ở trên đã bao trùm; hãy đặt mục hẹp hơn lên trước",
    ),
    "warning_unranked": (
        "{at}: no goal counts {names}, so nothing is done for them; rank `{kind}` in `goals`",
        "{at}: không mục tiêu tối ưu nào tính đến {names} nên kế hoạch không xét; hãy xếp `{kind}` vào `goals`",
    ),
    "warning_headcount": (
        "more people on the roster than headcount [headcount; on the roster]: {agencies}",
        "biên chế ít hơn số cán bộ trong danh sách [biên chế; trong danh sách]: {agencies}",
    ),
    "warning_limit_of_none": (
        "{at}: a limit of 0 lets nobody start; a line left out limits nothing",
        "{at}: giới hạn 0 thì không cử được ai; nếu không giới hạn thì bỏ dòng này",
    ),
    "warning_unlimited_pool": (
        "{at}: neither `per_year` nor `total` says the most, so everybody whom it covers may start",
        "{at}: không ghi tối đa ở `per_year` hay `total`, nên ai thuộc đối tượng cũng được học",
    ),
    "warning_nobody_signs": (
        "{at}: of {starts:# start|# starts} nobody is said to sign; an entry without `who` at the end signs all others",
        "{at}: {starts:#} lượt chưa rõ ai quyết định; hãy thêm một mục không có `who` ở cuối cho các lượt còn lại",
    ),
    "warning_years_between": (
        "{at}: with {years:# year|# years} between two long programmes nobody can start a second one",
        "{at}: hai khóa dài cách nhau {years:#} năm thì không ai học được khóa thứ hai trong kỳ kế hoạch",
    ),
    "warning_absence_of_no_programme": (
        "{at}: no programme is studied in this way ({modes}), so the absence limits nothing",
        "{at}: không chương trình nào học theo hình thức này ({modes}), nên quy định vắng mặt không có tác dụng",
    ),
    "warning_band_of_all": (
        "{at}: band {number} lets everybody of an agency be away, so it limits nothing",
        "{at}: bậc thứ {number} cho phép cả cơ quan cùng vắng mặt, nên không giới hạn gì",
    ),
    "warning_band_of_fewer": (
        "{at}: an agency of {headcount} may spare {below:#}, one larger by one only {above:#}",
        "{at}: cơ quan {headcount} người được vắng {below:#} người, nhưng thêm một người thì chỉ còn được {above:#}",
    ),
    "warning_beyond_bands": (
        "{at}: no band fits {number:# agency|# agencies}, so nothing limits who of them is away [headcount]: {agencies}. A last band without `up_to` fits all",
        "{at}: không bậc nào áp dụng cho {number:#} cơ quan, nên các cơ quan này không bị giới hạn số người vắng mặt [biên chế]: {agencies}. Hãy thêm bậc cuối không có `up_to`",
    ),
    "warning_nobody_away": (
        "{at}: nobody of any agency may be away; a band's `away` is a number of people, its `share` is rounded down",
        "{at}: không cơ quan nào được có người vắng mặt; `away` là số người, `share` là tỷ lệ được làm tròn xuống",
    ),
    "warning_no_leader_stays": (
        "{at}: 0 asks no leader to stay",
        "{at}: 0 thì không cần lãnh đạo nào ở lại",
    ),
    "warning_all_leaders_stay": (
        "{at}: {present:# leader|# leaders} must stay, but no agency has more than {most:#}, so none of them can go where there are two",
        "{at}: phải có {present:#} lãnh đạo ở lại, nhưng không cơ quan nào có quá {most:#} lãnh đạo, nên nơi có từ hai lãnh đạo không ai đi học được",
    ),
    "warning_budget_left_out": (
        "{at}: {years} left out, so these years have no limit",
        "{at}: không ghi {years}, nên các năm này không bị giới hạn kinh phí",
    ),
    "warning_require_any": (
        "{at}: no cadre, no programme, no year: any start at all meets this",
        "{at}: không ghi cán bộ, chương trình hay năm: lượt nào cũng đáp ứng",
    ),
    "warning_forbid_any": (
        "{at}: no cadre, no programme, no year: this forbids every start",
        "{at}: không ghi cán bộ, chương trình hay năm: mục này cấm mọi lượt cử",
    ),
    "warning_odd_years": (
        "{at}: {figures}? Expected {least} to {most}",
        "{at}: {figures}? Giá trị hợp lý là từ {least} đến {most}",
    ),
    "warning_two_years": (
        "{at}: this asks for {low} or {high} and nothing between; did you mean {{min: {low}, max: {high}}}?",
        "{at}: điều kiện này chỉ đúng với {low} hoặc {high}, không tính khoảng giữa; có phải {{min: {low}, max: {high}}}?",
    ),
    "warning_long_programme": (
        "{at}: {months:# month|# months} is longer than programmes are",
        "{at}: {months:#} tháng dài hơn thời gian đào tạo thông thường",
    ),
    "warning_long_service": (
        "{at}: {years:# year|# years} of service owed bar whoever retires sooner",
        "{at}: phải phục vụ {years:#} năm sau khi học thì người nghỉ hưu trước đó đều không được cử",
    ),
    "warning_lowest_level": (
        "{at}: '{level}' is the lowest level of '{ladder}': whoever's level is known holds it",
        "{at}: '{level}' là mức thấp nhất của '{ladder}': ai đã rõ trình độ thì coi như đạt",
    ),
    "warning_negative_points": (
        "{at}: {points:# point puts|# points put} these people last",
        "{at}: {points:#} điểm làm cho những người này bị xếp sau",
    ),
    "warning_goal_sparing_above": (
        "{at}: '{goal}' is best if nobody is sent, and stands above {below}: nobody is sent for the sake of these unless a rule asks for it",
        "{at}: '{goal}' tốt nhất khi không cử ai, lại đứng trước {below}: sẽ không cử ai vì các mục tiêu này, trừ khi là bắt buộc",
    ),
    "warning_goal_lot_above": (
        "{at}: the lot settles everything, so nothing is left for what stands below it: {below}; rank it last",
        "{at}: bốc thăm quyết định tất cả nên các mục tiêu đứng sau không còn tác dụng: {below}; hãy xếp `lot` cuối cùng",
    ),
    "warning_priority_of_all": (
        "{at}: everybody has these points, so they put nobody before another",
        "{at}: ai cũng được điểm này, nên không ưu tiên ai hơn ai",
    ),
    "warning_share_of_all": (
        "{at}: all of those it speaks of are in the group, so the share is reached whatever is planned",
        "{at}: mọi đối tượng đều thuộc nhóm này, nên lúc nào cũng đạt tỷ lệ",
    ),
    "warning_share_out_of_reach": (
        "{at}: nobody of the group can start any of the {starts:# start|# starts} it speaks of, so the share is reached only if nobody starts",
        "{at}: không ai trong nhóm đủ điều kiện ({starts:#} lượt đủ điều kiện đều của người khác), nên chỉ đạt tỷ lệ khi không cử ai",
    ),
    "warning_idle_acknowledgement": (
        "{at}: no warning has the id '{name}'{nearest}",
        "{at}: không có cảnh báo nào mã '{name}'{nearest}",
    ),
    "reasons_joined": ("{one}; {other}", "{one}; {other}"),
    "check_warnings": (
        "Warnings ({number:#}): allowed, but is it meant?",
        "Cảnh báo ({number:#}): hợp lệ, nhưng có đúng ý không?",
    ),
    "check_no_warnings": ("No warnings.", "Không có cảnh báo."),
    "check_acknowledged": (
        "{number:#} acknowledged in the scenario (`acknowledged`).",
        "{number:#} cảnh báo đã được xác nhận trong phương án (`acknowledged`).",
    ),
    "check_how_to_acknowledge": (
        "Whoever has looked at a warning writes its id, in the brackets, under `acknowledged` in the scenario.",
        "Cảnh báo nào đã xem xét thì ghi mã trong ngoặc vuông vào `acknowledged` của phương án (tệp Excel: trang Cách đọc danh sách, nội dung cảnh báo đã xem) để không nhắc lại.",
    ),
    "check_title_warned": (
        "The scenario can be planned, but there {number:is # warning|are # warnings}",
        "Phương án hợp lệ, nhưng có {number:#} cảnh báo",
    ),
    "check_warnings_above": (
        "{number:# warning stands|# warnings stand} at the head of this page.",
        "Có {number:#} cảnh báo ở đầu trang.",
    ),
    "check_remarks": ("What was read and how ({number:#})", "Đã đọc danh sách như thế nào ({number:#})"),
    "remarks_in_short": (
        "{number:# remark|# remarks} on how the input was read: planner check tells them.",
        "{number:#} ghi chú về cách đọc dữ liệu đầu vào: xem bằng lệnh planner check.",
    ),
    "strict_stopped": (
        "{number:# warning|# warnings} not acknowledged, and --strict asks for none: mend them, or write their ids under `acknowledged`",
        "còn {number:#} cảnh báo chưa xác nhận mà --strict yêu cầu không còn: hãy sửa, hoặc ghi mã vào `acknowledged`",
    ),
    "help_strict": (
        "end with 2 if a warning is left that the scenario does not acknowledge",
        "thoát với mã 2 nếu còn cảnh báo chưa được xác nhận trong phương án",
    ),
    "members_of_targets": ("Whom the targets are about", "Đối tượng của các mục tiêu"),
    "members_title": ("Whom the entries are about", "Các mục áp dụng cho ai"),
    "members_what": ("what", "loại"),
    "members_entry": ("entry", "mục"),
    "members_blank": ("blank cells", "ô trống"),
    "members_held": ("held already", "đã đạt"),
    "member_kind_group": ("group", "nhóm"),
    "member_kind_target": ("target", "mục tiêu"),
    "member_kind_pool": ("seats", "chỉ tiêu"),
    "member_kind_share": ("share", "tỷ lệ"),
    "member_kind_priority": ("priority", "ưu tiên"),
    "member_kind_approval": ("approval", "thẩm quyền"),
    "member_kind_leaders": ("leaders", "lãnh đạo"),
    "page_part_warnings": ("Warnings, and how the roster was read", "Cảnh báo và cách đọc danh sách"),
    "page_warnings_none": ("No warnings.", "Không có cảnh báo."),
    "page_warnings_open": (
        "Allowed, but perhaps not meant ({number:#}); the id stands before each:",
        "Hợp lệ nhưng có thể không đúng ý ({number:#}); mã đứng trước mỗi cảnh báo:",
    ),
    "page_warnings_acknowledged": (
        "Looked at and acknowledged in the scenario ({number:#}):",
        "Đã xem xét và xác nhận trong phương án ({number:#}):",
    ),
    "page_remarks": ("How the roster was read ({number:#}):", "Cách đọc danh sách ({number:#}):"),
    "warning_assumed_in_one_language": (
        "{at}: only one language says that this is assumed, so it counts as assumed. Write the mark in both texts, or take it from both (in a Vietnamese workbook the column of English sources is folded away)",
        "{at}: chỉ một ngôn ngữ ghi là giả định nên mục này vẫn tính là giả định. Hãy ghi `giả định` (`assumed`) ở cả hai, hoặc bỏ ở cả hai (trong tệp Excel, cột nguồn bằng tiếng Anh đang được thu gọn)",
    ),
}
