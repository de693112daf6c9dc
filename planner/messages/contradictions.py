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
}
