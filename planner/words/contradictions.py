"""Sentences about rules in conflict, the ways out, and missed targets."""

WORDS = {
    "conflict_none": ("No conflict: a plan exists.", "Không có mâu thuẫn: có kế hoạch thỏa mãn."),
    "conflict_title": (
        "Conflict {number} of {of}: these {rules} rules cannot all be obeyed",
        "Mâu thuẫn {number}/{of}: {rules} quy tắc sau không thể cùng được tuân thủ",
    ),
    "conflict_confirmed": (
        "checked with a second engine: together impossible; without any one of them possible",
        "đã kiểm tra bằng bộ giải thứ hai: cùng nhau thì không thể; bỏ bất kỳ một quy tắc nào thì có thể",
    ),
    "conflict_not_confirmed": (
        "the second engine did not confirm it in time",
        "bộ giải thứ hai chưa xác nhận kịp thời gian",
    ),
    "way_out": (
        "Way out {number}: {units} units in {rules} rules",
        "Cách tháo gỡ {number}: {units} đơn vị ở {rules} quy tắc",
    ),
    "way_out_possible": ("checked: a plan exists then", "đã kiểm tra: khi đó có kế hoạch"),
    "way_out_not_confirmed": (
        "a second engine did not confirm it in time",
        "bộ giải thứ hai chưa xác nhận kịp thời gian",
    ),
    "relax_seats": ("{by} more seats: {where}", "thêm {by} chỉ tiêu: {where}"),
    "relax_absence": ("{by} more may be away: {where}", "thêm {by} người được vắng mặt: {where}"),
    "relax_leaders": ("{by} more leaders may be away: {where}", "thêm {by} lãnh đạo được vắng mặt: {where}"),
    "relax_pins": ("drop the required pin {where}", "bỏ yêu cầu bắt buộc {where}"),
    "relax_must_seats": ("{by} starts fewer than the minimum: {where}", "ít hơn mức tối thiểu {by} lượt: {where}"),
    "relax_must_target": ("ask for {by} people fewer: {where}", "yêu cầu ít hơn {by} người: {where}"),
}
