"""Sentences about what binds, as the page names it: budget, classes, offices; and about large pages; entries of districts."""

WORDS = {
    "page_large": (
        "The page has {size} MB, which is much to send and to print. With --by COLUMN it is written in parts, one for each value of a column of the roster: {columns}.",
        "Trang báo cáo nặng {size} MB, khó gửi và khó in. Dùng --by CỘT để tách thành nhiều trang, mỗi giá trị của một cột trong danh sách một trang: {columns}.",
    ),
    "totals_seats_used_up": ("In the whole plan: {what}.", "Toàn bộ kế hoạch: {what}."),
    "headline_no_targets": ("There is no target with members", "Không có mục tiêu nào có đối tượng"),
    "headline_every_silent": (
        "No target can be told, {number:#} in all (the roster says nothing of {ladders})",
        "Chưa xác định được mục tiêu nào trong {number:#} mục tiêu (danh sách không ghi: {ladders})",
    ),
    "headline_every_untold": (
        "No target can be told, {number:#} in all (the roster does not say of everybody: {ladders})",
        "Chưa xác định được mục tiêu nào trong {number:#} mục tiêu (danh sách chưa ghi đủ: {ladders})",
    ),
    "chart_year_in": (
        "{starts:# start|# starts}\n{cadres:# cadre|# cadres}\n{cost:#} {currency}",
        "{starts:#} lượt\n{cadres:#} cán bộ\n{cost:#} {currency}",
    ),
    "stands_one_at_a_time": ("another study in these years", "trùng thời gian với chương trình khác"),
    "stands_ladder_order": ("the order of levels", "thứ tự trình độ"),
    "stands_seats": ("no seat is left", "hết chỉ tiêu"),
    "stands_requires": ("a level that it requires", "chưa có trình độ phải có trước"),
    "stands_per_agency": ("the seats of the office", "hết số lượt của cơ quan"),
    "stands_study_load": ("the study load", "khối lượng học"),
    "stands_absence": ("those away from the office", "giới hạn số người vắng mặt"),
    "stands_leaders": ("the leaders who must stay", "lãnh đạo phải ở lại"),
    "stands_classes": ("the size of the class", "sĩ số lớp"),
    "stands_budget": ("the budget", "kinh phí"),
    "stands_pins": ("a pin", "quyết định có trước"),
    "stands_must": ("what must be reached", "mục tiêu bắt buộc"),
    "first_risk_untold": (
        "{number:# target that cannot be told is|# targets that cannot be told are} left out",
        "không tính {number:#} mục tiêu chưa xác định được",
    ),
    "first_risk_none": ("No target can be told", "Chưa xác định được mục tiêu nào"),
    "audit_all_right": (
        "{checked:# check|# checks}: every figure stands.",
        "Đã đối chiếu {checked:#} mục: số liệu đều khớp.",
    ),
    "audit_first": (
        "{checked:# check|# checks}, {wrong:#} of {checked:it|them} {wrong:fails|fail}: {verdicts}.",
        "Đã đối chiếu {checked:#} mục, {wrong:#} mục không đúng: {verdicts}.",
    ),
    "chart_others_at_limit": (
        "{number:# other agency|# other agencies}, {full:#} at the limit",
        "{number:#} cơ quan khác, {full:#} đã tới giới hạn",
    ),
    "page_binds_classes": ("Classes: {title}", "Sĩ số lớp: {title}"),
    "page_binds_absence": ("Absence from {agency}", "Vắng mặt tại {agency}"),
    "page_binds_absence_many": (
        "Absence from {offices:# office|# offices}, listed under Absence",
        "Vắng mặt tại {offices:#} cơ quan, đơn vị (xem mục Vắng mặt)",
    ),
    "page_binds_leaders": ("Leaders away from {agency}", "Lãnh đạo vắng mặt tại {agency}"),
    "page_binds_leaders_many": (
        "Leaders away from {offices:# office|# offices}",
        "Lãnh đạo vắng mặt tại {offices:#} cơ quan, đơn vị",
    ),
    "page_binds_per_agency": ("{title}: seats of {agency}", "{title}: số lượt của {agency}"),
    "page_binds_per_agency_many": (
        "{title}: the seats of one office, in {offices:# office|# offices}",
        "{title}: số lượt của mỗi cơ quan, tại {offices:#} cơ quan, đơn vị",
    ),
    "page_binds_per_agency_total": (
        "{title}: seats of {agency} over the whole period",
        "{title}: số lượt cả kỳ của {agency}",
    ),
    "page_binds_per_agency_total_many": (
        "{title}: the seats of one office over the whole period, in {offices:# office|# offices}",
        "{title}: số lượt cả kỳ của mỗi cơ quan, tại {offices:#} cơ quan, đơn vị",
    ),
    "first_fairness_chance": (
        "No difference in who is selected is more than chance would make (least likely by {attribute}; p after Holm: {p})",
        "Không có chênh lệch nào trong việc cử vượt quá mức ngẫu nhiên (đáng chú ý nhất là theo {attribute}; p hiệu chỉnh Holm: {p})",
    ),
    "generated_entry": ("{place} – {title}", "{place} – {title}"),
}
