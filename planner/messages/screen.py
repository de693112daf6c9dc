"""Sentences of the first screen, of progress, and the sentences with which answers begin."""

WORDS = {
    # what may be said of a target
    "verdict_reached": ("reached", "đạt"),
    "verdict_missed": ("missed", "chưa đạt"),
    "verdict_unknown": ("cannot be told", "chưa xác định được"),
    "verdict_memberless": ("without members", "không có đối tượng"),
    # the headline
    "headline_sentence": ("{parts}.", "{parts}."),
    "headline_reached": (
        "{reached:#} of {told:# target|# targets} that can be told {reached:is|are} reached",
        "Đạt {reached:#}/{told:#} mục tiêu xác định được",
    ),
    "headline_reached_of_all": (
        "{reached:#} of {told:# target|# targets} {reached:is|are} reached",
        "Đạt {reached:#}/{told:#} mục tiêu",
    ),
    "headline_short": ("{short:# place is|# places are} short", "còn thiếu {short:#} lượt"),
    "headline_none_short": ("no place is short", "không thiếu lượt nào"),
    "headline_silent": (
        "{number:#} cannot be told (the roster says nothing of {ladders})",
        "{number:#} mục tiêu chưa xác định được (danh sách không ghi: {ladders})",
    ),
    "headline_untold": (
        "{number:#} cannot be told (the roster does not say of everybody: {ladders})",
        "{number:#} mục tiêu chưa xác định được (danh sách chưa ghi đủ: {ladders})",
    ),
    "headline_open": (
        "If nobody of unknown level held it, {short:# place|# places} would be short.",
        "Nếu không ai trong số chưa rõ trình độ đạt chuẩn thì thiếu {short:#} lượt.",
    ),
    "headline_starts": (
        "{starts:# start|# starts} for {cadres:# cadre|# cadres}.",
        "{starts:#} lượt cử đi học cho {cadres:#} cán bộ.",
    ),
    "column_short": ("short", "còn thiếu"),
    "value_with_unknown": ("{value}, {unknown} of them unknown", "{value}, trong đó {unknown} chưa rõ"),
    # the first screen
    "screen_roster": ("The roster: {source}", "Danh sách: {source}"),
    "screen_missed": (
        "{number:# target is|# targets are} missed:",
        "{number:#} mục tiêu chưa đạt:",
    ),
    "screen_missed_one": ("{target}: {short:#} short; {reason}", "{target}: thiếu {short:#} lượt; {reason}"),
    "screen_missed_more": ("and {number:# other|# others}", "và {number:#} mục tiêu khác"),
    "screen_reason": ("{reason} ({number:#})", "{reason} ({number:#} người)"),
    "screen_no_room": ("no seat or place left", "không còn chỉ tiêu hoặc chỗ học"),
    "screen_nobody_known": ("nobody whose level is known could", "không còn ai rõ trình độ mà học được"),
    "screen_binds": ("What binds: {what}.", "Giới hạn đã dùng hết: {what}."),
    "screen_binds_nothing": (
        "What binds: no seats are used up and no office has as many away as it may.",
        "Chưa có chỉ tiêu nào dùng hết và chưa cơ quan nào vắng đến mức tối đa.",
    ),
    "screen_seats_used_up": (
        "{number:#} of {of:# seat limit|# seat limits} used up",
        "{number:#}/{of:#} chỉ tiêu cử đi học",
    ),
    "screen_offices_full": (
        "{number:#} of {of:# office has|# offices have} as many away in some year as {number:it|they} may",
        "{number:#}/{of:#} cơ quan có năm vắng đến mức tối đa",
    ),
    "screen_budget": ("{used} of {amount} of the budget spent in {year}", "kinh phí năm {year} dùng {used}/{amount}"),
    "screen_floors": (
        "Below the minimum of the seats: {number:# start|# starts}.",
        "Thấp hơn chỉ tiêu tối thiểu: {number:#} lượt.",
    ),
    "screen_beyond": (
        "{number:# start serves|# starts serve} nothing and could each be struck alone (--full names them).",
        "{number:#} lượt cử ngoài nhu cầu, có thể bỏ riêng từng lượt (--full nêu cụ thể).",
    ),
    "screen_warnings": (
        "{number:# warning|# warnings} about the scenario; the first: {first}",
        "{number:#} cảnh báo về phương án; cảnh báo đầu tiên: {first}",
    ),
    "screen_acknowledged": (
        "{number:# warning is|# warnings are} acknowledged in the scenario.",
        "{number:#} cảnh báo đã được xác nhận trong phương án.",
    ),
    "screen_run": ("The plan is in {folder}.", "Kế hoạch nằm trong {folder}."),
    "screen_no_run": (
        "Nothing was written; --out DIR keeps the plan.",
        "Chưa ghi kết quả; thêm --out THƯ_MỤC để lưu kế hoạch.",
    ),
    "screen_next": ("Next: {command}  ({what})", "Tiếp theo: {command}  ({what})"),
    "screen_next_missed": ("why targets are missed, and what would reach them", "vì sao chưa đạt và cần gì để đạt"),
    "screen_next_report": ("the whole plan with its lists", "toàn bộ kế hoạch và các danh sách"),
    "screen_full": ("All tables: the same command with --full.", "Xem mọi bảng: thêm --full vào lệnh trên."),
    # what is known while a plan is sought
    "progress_part": (
        "{goal}: {parts:#} of {of_parts:# part|# parts} at work",
        "{goal}: đang tính {parts:#}/{of_parts:#} phần",
    ),
    "progress_ties": ("ties between equally good plans: being broken", "đang phân định các kế hoạch ngang nhau"),
    "progress_ties_proven": (
        "ties between equally good plans: broken, proven",
        "đã phân định các kế hoạch ngang nhau, đã chứng minh",
    ),
    "progress_targets_bound": (
        "targets: at least {bound:# place|# places} short, whatever the plan",
        "mục tiêu: kế hoạch nào cũng thiếu ít nhất {bound:#} lượt",
    ),
    "progress_targets_value": (
        "targets: at most {value:# place|# places} short",
        "mục tiêu: thiếu nhiều nhất {value:#} lượt",
    ),
    "progress_targets_both": (
        "targets: at most {value:# place|# places} short, at least {bound:#}",
        "mục tiêu: thiếu nhiều nhất {value:#} lượt, ít nhất {bound:#} lượt",
    ),
    "progress_targets_proven": (
        "targets: {value:# place|# places} short; proven, no plan has fewer",
        "mục tiêu: thiếu {value:#} lượt; đã chứng minh, không thể ít hơn",
    ),
    "progress_targets_nothing": ("targets: nothing known yet", "mục tiêu: chưa biết gì"),
    "progress_besides": (
        "{line} (and {unknown:#} that no plan can tell)",
        "{line} (ngoài ra {unknown:#} lượt chưa xác định được)",
    ),
    "progress_nothing": ("nothing known yet", "chưa biết gì"),
    "progress_bound": ("at least {bound}, whatever the plan", "kế hoạch nào cũng ít nhất {bound}"),
    "progress_bound_most": (
        "at most {bound}, whatever the plan",
        "kế hoạch nào cũng nhiều nhất {bound}",
    ),
    "progress_value": ("at most {value}", "nhiều nhất {value}"),
    "progress_value_most": ("at least {value}", "ít nhất {value}"),
    "progress_both": ("at most {value}, at least {bound}", "nhiều nhất {value}, ít nhất {bound}"),
    "progress_both_most": ("at least {value}, at most {bound}", "ít nhất {value}, nhiều nhất {bound}"),
    "progress_proven": ("{value}; proven", "{value}; đã chứng minh"),
    "progress_column": ("what is known so far", "đã biết đến lúc này"),
    # studies
    "compare_first": ("From {a} to {b}: {targets}; {people}.", "Từ {a} sang {b}: {targets}; {people}."),
    "compare_standing": (
        "targets reached {before:#} → {after:#}, places short {short_before:#} → {short_after:#}, starts "
        "{starts_before:#} → {starts_after:#}",
        "mục tiêu đạt {before:#} → {after:#}, còn thiếu {short_before:#} → {short_after:#} lượt, lượt cử "
        "{starts_before:#} → {starts_after:#}",
    ),
    "compare_in_out": (
        "{came:# cadre comes|# cadres come} in, {went:# goes|# go} out",
        "thêm {came:#} cán bộ được cử, bớt {went:#} cán bộ",
    ),
    "compare_newly": ("reached now: {targets}", "nay đạt: {targets}"),
    "compare_no_longer": ("no longer reached: {targets}", "không còn đạt: {targets}"),
    "compare_moves": ("attained by more or fewer: {targets}", "số người đạt thay đổi: {targets}"),
    "compare_moves_one": ("{target} {before:#} → {after:#}", "{target} {before:#} → {after:#}"),
    "compare_who": ("{change} ({number:#}): {names}", "{change} ({number:#}): {names}"),
    "compare_more": ("{names}; and {number:#} more", "{names}; và {number:#} mục khác"),
    "sweep_reached_alike": (
        "each of {scenarios:# scenario that has|# scenarios that have} a plan reaches {least:# target|# targets}",
        "{scenarios:#} phương án có kế hoạch đều đạt {least:#} mục tiêu",
    ),
    "sweep_reached_range": (
        "the plans of {scenarios:# scenario|# scenarios} reach {least:#} to {most:# target|# targets}",
        "kế hoạch của {scenarios:#} phương án đạt từ {least:#} đến {most:#} mục tiêu",
    ),
    "sweep_short_alike": ("{short:# place is|# places are} short in each", "phương án nào cũng thiếu {short:#} lượt"),
    "sweep_short_fewest": (
        "fewest places are short, {short:#}, at {where}",
        "thiếu ít nhất, {short:#} lượt, khi {where}",
    ),
    "sweep_nothing": (
        "None of {scenarios:# scenario|# scenarios} has a plan.",
        "Không phương án nào trong {scenarios:#} phương án có kế hoạch.",
    ),
    "sweep_targets": ("targets reached", "mục tiêu đạt"),
    "sweep_short": ("places short", "lượt còn thiếu"),
    "sweep_starts": ("starts", "lượt cử"),
    "sweep_cadres": ("cadres", "cán bộ"),
    "sweep_cost": ("cost", "chi phí"),
    "help_full": (
        "print every table: goals, targets, seats, shares, who waits; all warnings",
        "in mọi bảng: mục tiêu tối ưu, mục tiêu, chỉ tiêu, tỷ lệ, ai phải chờ; mọi cảnh báo",
    ),
}
