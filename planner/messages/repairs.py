"""How far the repairs of missed targets go, in one sentence."""

WORDS = {
    "first_missed_repair": (
        "{number:#} could be reached, each taken alone, by what the scheme may change, and no other target would fall "
        "shorter, most easily {target}: {changes}",
        "{number:#} mục tiêu, xét riêng từng mục tiêu, có thể đạt nếu thay đổi những gì được quyền mà không mục tiêu nào "
        "khác thiếu thêm; dễ nhất là {target}: {changes}",
    ),
    "first_missed_alone": (
        "for {number:#} a repair is known that may take more: it leaves out other targets, or goals ranked above; "
        "the smallest is of {target}: {changes}",
        "{number:#} mục tiêu đã có cách khắc phục nhưng có thể phải thêm, vì chưa tính mục tiêu khác hoặc những mục tiêu "
        "xếp trên; ít nhất là {target}: {changes}",
    ),
    "first_missed_alone_too": (
        "for {number:#} a repair is known that may take more: it leaves out other targets, or goals ranked above",
        "{number:#} mục tiêu đã có cách khắc phục nhưng có thể phải thêm, vì chưa tính mục tiêu khác hoặc những mục tiêu "
        "xếp trên",
    ),
}
