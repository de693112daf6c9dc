"""Sentences about what keeps cadres from starting, what may be changed, and what the time did not suffice for."""

WORDS = {
    # what keeps cadres from starting
    "rule_level_unknown": (
        "of {number:# member|# members} the roster does not say what they hold",
        "danh sách chưa ghi rõ trình độ hiện có của {number:#} người",
    ),
    "rule_retirement": ("some retire before they would have finished", "có người nghỉ hưu trước khi học xong"),
    "rule_current_study": ("the current study of some is in the way", "có người vướng chương trình đang học"),
    "rule_service_start": ("some are not yet in service", "có người chưa vào công tác"),
    "rule_no_programme_in_time": (
        "no programme leads to the level by the end of {by}",
        "không có chương trình nào kịp đạt trình độ này đến hết năm {by}",
    ),
    "rule_leave": ("{cadre} is on leave, {first} to {last}", "{cadre} nghỉ dài hạn từ năm {first} đến năm {last}"),
    "rule_programme_years": (
        "{programme} can only be started in {first} to {last}",
        "{programme}: chỉ mở từ năm {first} đến năm {last}",
    ),
    "rule_programme_years_never": (
        "{programme} is started in no year of the plan",
        "{programme}: không mở trong năm nào của kỳ kế hoạch",
    ),
    "rule_eligible": ("{programme} is for: {eligible}", "điều kiện học {programme}: {eligible}"),
    "rule_service_owed": (
        "{limit:# year|# years} of service owed after {programme}",
        "học {programme} xong phải còn ít nhất {limit:#} năm công tác",
    ),
    "rule_no_seat_pool": (
        "{programme}: some are covered by no seat pool that lists it",
        "{programme}: có người không thuộc diện được phân bổ chỉ tiêu",
    ),
    "rule_forbidden": ("not allowed: {pin}", "không cho phép: {pin}"),
    "rule_gone": (
        "{number:#} away anyway, by current study or leave",
        "đã có {number:#} người vắng mặt do đang học hoặc nghỉ",
    ),
    # what may be changed
    "rule_fixed": ("fixed by law or by a superior", "do pháp luật hoặc cấp trên quy định"),
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
    "scheme_head_may_change": ("May be changed", "Được quyền thay đổi"),
    "scheme_note_may_change": (
        "No: fixed by law or by a superior, no repair touches it. Blank: not said",
        "Không: do pháp luật hoặc cấp trên quy định, không đề xuất thay đổi. Để trống: chưa ghi rõ",
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
}
