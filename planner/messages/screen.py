"""Sentences of the first screen, of progress, and the sentences with which answers begin."""

WORDS = {
    # what may be said of a target
    "verdict_reached": ("reached", "đạt"),
    "verdict_missed": ("missed", "không đạt"),
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
    # the first screen
    "screen_roster": ("The roster: {source}", "Danh sách: {source}"),
    "screen_missed": (
        "{number:# target is|# targets are} missed:",
        "{number:#} mục tiêu không đạt:",
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
        "{number:#} of {of:# seat limit|# seat limits} used up: {some:#} in some year, {whole:#} over the whole period",
        "{number:#}/{of:#} chỉ tiêu cử đi học đã dùng hết: {some:#} hết trong ít nhất một năm, {whole:#} hết cả kỳ",
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
    "screen_next_missed": ("why targets are missed, and what would reach them", "vì sao không đạt và cần gì để đạt"),
    "screen_next_report": ("the whole plan with its lists", "toàn bộ kế hoạch và các danh sách"),
    "screen_full": ("All tables: the same command with --full.", "Xem mọi bảng: thêm --full vào lệnh trên."),
    # what is known while a plan is sought
    "progress_of": ("{name}: being solved", "{name}: đang lập kế hoạch"),
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
        "Each of {scenarios:# scenario that has|# scenarios that have} a plan reaches {least:# target|# targets}",
        "{scenarios:#} phương án có kế hoạch đều đạt {least:#} mục tiêu",
    ),
    "sweep_reached_range": (
        "The plans of {scenarios:# scenario|# scenarios} reach {least:#} to {most:# target|# targets}",
        "Kế hoạch của {scenarios:#} phương án đạt từ {least:#} đến {most:#} mục tiêu",
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
    # the sentences with which answers begin
    "first_missed": (
        "{number:# target is|# targets are} missed, {short:# place|# places} short",
        "{number:#} mục tiêu không đạt, thiếu {short:#} lượt",
    ),
    "first_missed_competes": (
        "{number:#} only at the cost of what counts as much or more",
        "{number:#} mục tiêu chỉ đạt khi mục tiêu khác phải chịu thiếu",
    ),
    "first_missed_blocked": (
        "{number:#} not by anything that the scheme may change",
        "{number:#} mục tiêu không thể đạt bằng những gì phương án được quyền thay đổi",
    ),
    "first_missed_silent": (
        "{number:#} cannot be told: write onto the roster what {places:# member holds|# members hold}, counted by target",
        "{number:#} mục tiêu chưa xác định được: cần ghi vào danh sách trình độ của {places:#} lượt người",
    ),
    "first_got": ("{programme} ({period})", "{programme} ({period})"),
    "first_gets": ("{cadre}: goes to {got}", "{cadre}: được cử học {got}"),
    "first_gets_nothing": (
        "{cadre}: gets nothing of what was asked",
        "{cadre}: không được cử học trong phạm vi câu hỏi",
    ),
    "first_others": (
        "of {number:# other programme|# other programmes} {free:#} would cost nothing, {costs:#} would cost something, "
        "{never:#} cannot be",
        "trong {number:#} chương trình khác: {free:#} chương trình cử thì kế hoạch không kém đi, {costs:#} chương "
        "trình làm kế hoạch kém đi, {never:#} chương trình không thể cử",
    ),
    "first_inadmissible": ("cannot start {programme}: {reasons}", "không đủ điều kiện học {programme}: {reasons}"),
    "first_impossible": ("no plan can hold {programme}", "không kế hoạch nào cử học {programme} được"),
    "first_impossible_but": (
        "no plan can hold {programme} unless: {changes}",
        "không kế hoạch nào cử học {programme} được, trừ khi: {changes}",
    ),
    "first_free": (
        "could as well have gone to {programme}: the lot decided",
        "cử học {programme} cũng tốt ngang bằng: do bốc thăm quyết định",
    ),
    "first_remedy": ("would go to {programme} with {change}", "sẽ được cử học {programme} nếu {change}"),
    "first_costs": ("not to {programme}, which would cost {change}", "không cử học {programme} vì {change}"),
    "first_fairness": (
        "The difference that chance explains least is by {attribute}: selected are {low} at {low_rate}, {high} at {high_rate} (p after Holm: {p})",
        "Chênh lệch khó giải thích bằng ngẫu nhiên nhất là theo {attribute}: {low} {low_rate}, {high} {high_rate} được cử (p hiệu chỉnh Holm: {p})",
    ),
    "first_fairness_difference": (
        "The difference that chance explains least is by {attribute}: {difference} (p after Holm {p})",
        "Chênh lệch khó giải thích bằng ngẫu nhiên nhất là theo {attribute}: {difference} (p hiệu chỉnh Holm {p})",
    ),
    "first_fairness_nothing": (
        "There are no two groups whose selection could be compared",
        "Không có hai nhóm nào để so sánh việc cử",
    ),
    "first_rule": (
        "the priority that moves most people is {rule}: {came:# comes|# come} in, {went:# goes|# go} out",
        "ưu tiên thay đổi nhiều người nhất là {rule}: thêm {came:#} người, bớt {went:#} người",
    ),
    "first_value": (
        "One more helps most at {where}, {year}: {change}; in all one more would help at {number:# limit|# limits}.",
        "Thêm một có lợi nhất ở {where}, {year}: {change}; tổng cộng thêm một có lợi ở {number:#} giới hạn.",
    ),
    "first_value_nothing": (
        "No limit is worth one more: none alone would make the plan better.",
        "Không giới hạn nào đáng tăng thêm một: tăng riêng từng giới hạn không làm kế hoạch tốt hơn.",
    ),
    "first_value_unproven": (
        "Of the limits proven so far none is worth one more; {number:# is|# are} not proven.",
        "Trong các giới hạn đã chứng minh, không giới hạn nào đáng tăng thêm một; {number:#} giới hạn chưa chứng minh được.",
    ),
    "first_missed_unproven": (
        "What would reach {number:# target|# targets} was not proven in time",
        "{number:#} mục tiêu chưa chứng minh được trong thời hạn cần gì để đạt",
    ),
    "first_frontier_unknown": (
        "{target}: what today's seats attain could not be proven in time.",
        "{target}: chưa chứng minh được trong thời hạn kết quả với số chỉ tiêu hiện nay.",
    ),
    "first_frontier_more": (
        "{target}: {short:#} short today, {least:#} with {more} a year ({seats:# seat|# seats} more in all).",
        "{target}: nay thiếu {short:#} lượt, còn thiếu {least:#} lượt nếu chỉ tiêu mỗi năm {more} (tổng cộng thêm {seats:#}).",
    ),
    "first_frontier_unproven": (
        "{target}: {short:# place|# places} short today; of what could be proven in time the best is {least:#}, with {more} a year.",
        "{target}: nay thiếu {short:#} lượt; trong các mức đã chứng minh kịp, tốt nhất là {least:#} lượt, khi chỉ tiêu mỗi năm {more}.",
    ),
    "first_frontier_same": (
        "{target}: {short:# place|# places} short; more seats than today would not help.",
        "{target}: thiếu {short:#} lượt; thêm chỉ tiêu so với hiện nay không có lợi.",
    ),
    "first_frontier_fewer": (
        "{target}: {short:# place|# places} short; with {more} a year it would be as many.",
        "{target}: thiếu {short:#} lượt; chỉ tiêu mỗi năm {more} thì vẫn thiếu như vậy.",
    ),
    "first_conflict": (
        "No plan can exist: {number:# conflict|# conflicts} of rules.",
        "Không thể có kế hoạch nào: {number:#} mâu thuẫn giữa các quy định.",
    ),
    "first_conflict_way": (
        "No plan can exist: {number:# conflict|# conflicts} of rules; the cheapest way out: {changes}.",
        "Không thể có kế hoạch nào: {number:#} mâu thuẫn giữa các quy định; cách tháo gỡ ít tốn nhất: {changes}.",
    ),
    "first_replan": (
        "From {year} on {kept:# start stays|# starts stay} as planned; {moved:#} moved, {dropped:#} dropped, {new:#} new; "
        "targets reached {before:#} → {after:#}, places short {was:#} → {short:#}.",
        "Từ năm {year} giữ nguyên {kept:#} lượt cử; đổi {moved:#}, bỏ {dropped:#}, thêm {new:#}; mục tiêu đạt {before:#} → "
        "{after:#}, còn thiếu {was:#} → {short:#} lượt.",
    ),
    "first_risk": (
        "Every target is reached in {chance} of the futures; on average {expected} short, and {planned} where nothing happens",
        "Đạt mọi mục tiêu trong {chance} số lần mô phỏng; bình quân thiếu {expected} lượt, nếu không có biến động thì thiếu {planned} lượt",
    ),
    "first_risk_hinge": (
        "most hangs on {what} ({gain} fewer short if it goes well)",
        "phụ thuộc nhiều nhất vào {what} (bớt thiếu {gain} nếu thuận lợi)",
    ),
    "help_full": (
        "print every table: goals, targets, seats, shares, who waits; all warnings",
        "in mọi bảng: mục tiêu tối ưu, mục tiêu, chỉ tiêu, tỷ lệ, ai phải chờ; mọi cảnh báo",
    ),
    "headline_no_targets": ("There is no target with members", "Không có mục tiêu nào có đối tượng"),
    "headline_every_silent": (
        "No target can be told, {number:#} in all (the roster says nothing of {ladders})",
        "Chưa xác định được mục tiêu nào trong {number:#} mục tiêu (danh sách không ghi: {ladders})",
    ),
    "headline_every_untold": (
        "No target can be told, {number:#} in all (the roster does not say of everybody: {ladders})",
        "Chưa xác định được mục tiêu nào trong {number:#} mục tiêu (danh sách chưa ghi đủ: {ladders})",
    ),
}
