"""Sentences about rules in conflict, the ways out, and missed targets."""

WORDS = {
    "conflict_none": ("No conflict: a plan exists.", "Không có mâu thuẫn: có kế hoạch thỏa mãn."),
    "conflict_title": (
        "Conflict {number:#} of {of:#}: {rules:this rule cannot be obeyed|these # rules cannot all be obeyed}",
        "Mâu thuẫn {number:#}/{of:#}: không thể thực hiện đầy đủ {rules:#} quy định sau",
    ),
    "conflict_confirmed": (
        "checked with a second engine: together impossible; without any one of them possible",
        "đã kiểm tra bằng công cụ tính thứ hai: không thể cùng thực hiện; bỏ một quy định là thực hiện được",
    ),
    "conflict_not_confirmed": (
        "the second engine did not confirm it in time",
        "công cụ tính thứ hai chưa xác nhận kịp thời gian",
    ),
    "way_out": (
        "Way out {number:#}: {units:# unit|# units}, {changes:# change|# changes}",
        "Cách tháo gỡ {number:#}: {units:#} đơn vị, {changes:#} thay đổi",
    ),
    "way_out_possible": ("checked: a plan exists then", "đã kiểm tra: khi đó có kế hoạch"),
    "way_out_not_confirmed": (
        "the engine's plan does not stand the check: do not rely on it",
        "kế hoạch tìm được không qua bước kiểm tra: không nên sử dụng",
    ),
    "relax_in_year": ("{where} in {year}", "{where}, năm {year}"),
    "relax_seats": ("seats +{by:#}: {where}", "thêm {by:#} chỉ tiêu: {where}"),
    "relax_absence": ("may be away +{by:#}: {where}", "thêm {by:#} người được vắng mặt: {where}"),
    "relax_leaders": ("leaders who may be away +{by:#}: {where}", "thêm {by:#} lãnh đạo được vắng mặt: {where}"),
    "relax_pins": ("drop the requirement: {pin}", "bỏ yêu cầu bắt buộc: {pin}"),
    "relax_classes": (
        "classes smaller by {by:#}, or as many more candidates: {where}",
        "lớp ít hơn {by:#} người, hoặc thêm {by:#} người đủ điều kiện: {where}",
    ),
    "relax_budget": ("budget +{by:#}: {where}", "thêm kinh phí {by:#}: năm {where}"),
    "relax_must_seats": ("minimum of starts −{by:#}: {where}", "ít hơn mức tối thiểu {by:#} lượt: {where}"),
    "relax_must_targets": ("people asked for −{by:#}: {where}", "yêu cầu ít hơn {by:#} người: {where}"),
    "relax_must_seats_total": (
        "minimum of starts over all years −{by:#}: {where}",
        "ít hơn mức tối thiểu cả kỳ {by:#} lượt: {where}",
    ),
    "relax_must_shares": ("starts asked for −{by:#}: {where}", "yêu cầu ít hơn {by:#} lượt: {where}"),
    "relax_per_agency": ("starts of one agency +{by:#}: {where}", "thêm {by:#} lượt của một cơ quan: {where}"),
    "relax_study_load_starts_per_cadre": (
        "starts of one cadre +{by:#}: {where}",
        "thêm {by:#} lượt cho một người: {where}",
    ),
    "relax_study_load_years_between": (
        "a long programme sooner after another: {where}",
        "cho học chương trình dài hạn tiếp theo sớm hơn: {where}",
    ),
    "missed_none": ("Every target asked about is reached.", "Mọi mục tiêu được hỏi đều đạt."),
    "missed_title": ("{target}: {number:# place|# places} short", "{target}: còn thiếu {number:#} lượt"),
    "missed_untold": (
        "{target}: cannot be told, {unknown:# place hangs|# places hang} on those of unknown level",
        "{target}: chưa xác định được, {unknown:#} lượt tùy thuộc người chưa rõ trình độ",
    ),
    "missed_unknown": (
        "{number:# member|# members} of whom the roster does not say what they hold",
        "{number:#} người trong danh sách chưa rõ trình độ hiện có",
    ),
    "missed_unable": (
        "{number:# member|# members} who can start nothing that leads to the level in time; what stands against their nearest start:",
        "{number:#} người không thể bắt đầu chương trình nào để kịp đạt trình độ; lý do ở lượt gần nhất có thể:",
    ),
    "missed_hindrance": ("{number:#}: {programme}: {reasons}", "{number:#} người: {programme}: {reasons}"),
    "missed_no_programme": (
        "{number:#}: no programme leads to the level",
        "{number:#} người: không có chương trình nào đạt trình độ này",
    ),
    "missed_too_late": (
        "{number:#}: no start would count in time",
        "{number:#} người: bắt đầu năm nào cũng không kịp thời hạn",
    ),
    "missed_takes": (
        "{programme} takes {years:# year|# years}; the last start in time is {last}",
        "thời gian học {programme} nằm trong {years:#} năm dương lịch; năm bắt đầu muộn nhất để kịp là {last}",
    ),
    "missed_takes_too_long": (
        "{programme} takes {years:# year|# years}; no start is in time",
        "thời gian học {programme} nằm trong {years:#} năm dương lịch; không năm nào kịp",
    ),
    "missed_best": (
        "short even if no other target counted: {number:#}",
        "dù chỉ tính riêng mục tiêu này, vẫn thiếu {number:#} người",
    ),
    "missed_even_if": (
        "even if all the others attained, it would be missed: find out what these hold",
        "dù mọi người còn lại đều đạt thì vẫn thiếu: cần làm rõ trình độ của những người này",
    ),
    "missed_silent": (
        "Cannot be told, only because the roster does not say what members hold; no rule stands against these, "
        "only finding out helps:",
        "Chưa xác định được chỉ vì danh sách không ghi trình độ; không quy định nào cản trở, chỉ cần làm rõ trình độ:",
    ),
    "missed_silent_one": (
        "{target}: {unknown:#} of unknown level; short by {number:#} if none of them held it",
        "{target}: {unknown:#} người chưa rõ trình độ; nếu không ai đạt thì thiếu {number:#} người",
    ),
    "missed_rules_blocked": (
        "what blocks it, each rule needed for that:",
        "các quy định cản trở (bỏ một quy định là thực hiện được):",
    ),
    "missed_rules_competes": (
        "what cannot all hold, each needed for that:",
        "các yêu cầu không thể cùng thực hiện (bỏ một yêu cầu là thực hiện được):",
    ),
    "missed_competes": (
        "it could be reached; then others would fall short: {costs}",
        "có thể đạt được; khi đó mục tiêu khác bị thiếu: {costs}",
    ),
    "missed_cost": ("{target} +{number:#}", "{target} +{number:#}"),
    "missed_no_target": ("no other target", "không mục tiêu nào khác"),
    "missed_repair": ("cheapest repair: {changes}", "cách khắc phục ít tốn nhất: {changes}"),
    "missed_no_repair": (
        "no more seats, no more absence and no exemptions would be enough",
        "thêm chỉ tiêu, nâng giới hạn số người vắng mặt hay cho ngoại lệ cũng không đủ",
    ),
    "relax_exempt_unsaid": (
        "{number:# exemption|# exemptions} for {programme}, although: {reasons} (the scheme does not say whether it "
        "may grant them)",
        "{number:#} trường hợp ngoại lệ về {programme}, mặc dù: {reasons} (phương án không ghi có được quyền cho phép "
        "hay không)",
    ),
    "missed_fixed": (
        "nothing that the scheme may change would be enough; it could only be reached if this changed:",
        "những gì phương án được quyền thay đổi không đủ để đạt; chỉ đạt được nếu thay đổi quy định sau:",
    ),
    "missed_worsens": (
        "it could be reached, and no other target would fall shorter; but a goal that counts more would be worse: {goal}",
        "có thể đạt được mà không mục tiêu nào khác bị thiếu thêm; nhưng tiêu chí được ưu tiên hơn sẽ kém đi: {goal}",
    ),
    # what the time did not suffice for
    "missed_rules_unproven": (
        "what stands against it; time ran out before each was shown to be needed, so some may not belong:",
        "các yêu cầu không thể cùng thực hiện; hết thời gian nên chưa rõ yêu cầu nào thực sự cần nêu:",
    ),
    "missed_rules_unknown": (
        "time ran out before it was found what stands against it",
        "hết thời gian, chưa xác định được quy định cản trở",
    ),
    "missed_repair_unknown": (
        "time ran out before a repair was found or ruled out",
        "hết thời gian, chưa xác định được có cách khắc phục hay không",
    ),
    "conflict_not_minimal": (
        "time ran out before each was shown to be needed: some of these may not belong",
        "hết thời gian, chưa chứng minh được từng quy định là cần thiết: có thể có quy định không liên quan",
    ),
    "conflict_unknown": (
        "Time ran out before it was known whether a plan exists.",
        "Hết thời gian, chưa xác định được có kế hoạch thỏa mãn hay không.",
    ),
    "conflict_unfinished": (
        "Time ran out: there may be further conflicts.",
        "Hết thời gian: có thể còn mâu thuẫn khác.",
    ),
    "ways_unknown": (
        "Time ran out before all ways out asked for were found: there may be others.",
        "Hết thời gian, chưa tìm đủ các cách tháo gỡ: có thể còn cách khác.",
    ),
    "no_plan_unnamed": (
        "No plan can exist; time ran out before it was found which rules contradict each other.",
        "Không thể có kế hoạch nào; hết thời gian, chưa xác định được các quy định mâu thuẫn nhau.",
    ),
    "no_plan_hint_unproven": (
        "Time ran out before each was shown to be needed: some of these may not belong. `planner conflict` finds all "
        "conflicts and the cheapest ways out.",
        "Hết thời gian, chưa chứng minh được từng quy định là cần thiết: có thể có quy định không liên quan. Lệnh "
        "`planner conflict` nêu mọi mâu thuẫn và cách tháo gỡ.",
    ),
    "missed_goals_above": (
        "the repair does not count what is ranked above this target, which may keep it short: {goals}",
        "cách khắc phục chưa tính những mục tiêu xếp trên, nên vẫn có thể không đạt: {goals}",
    ),
    "missed_others_left_out": (
        "the repair is for this target alone; where others compete for the same places, it may take more",
        "cách khắc phục tính riêng cho mục tiêu này; nếu mục tiêu khác cùng cần chỗ đó thì có thể phải thêm",
    ),
    "first_missed_repair": (
        "{number:#} could be reached, each taken alone, by what the scheme may change, and no other target would fall "
        "shorter, most easily {target}: {changes}",
        "{number:#} mục tiêu, xét riêng từng mục tiêu, có thể đạt nếu thay đổi những gì được quyền mà không mục tiêu nào "
        "khác thiếu thêm; dễ nhất là {target}: {changes}",
    ),
    "first_missed_alone": (
        "For {number:#} a repair is known that may take more: it leaves out other targets, or goals ranked above; "
        "the smallest is of {target}: {changes}",
        "{number:#} mục tiêu đã có cách khắc phục nhưng có thể phải thêm, vì chưa tính mục tiêu khác hoặc những mục tiêu "
        "xếp trên; ít nhất là {target}: {changes}",
    ),
    "first_missed_alone_too": (
        "For {number:#} a repair is known that may take more: it leaves out other targets, or goals ranked above",
        "{number:#} mục tiêu đã có cách khắc phục nhưng có thể phải thêm, vì chưa tính mục tiêu khác hoặc những mục tiêu "
        "xếp trên",
    ),
}
