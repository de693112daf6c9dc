"""What binds, as terminal and page name it: seats, budget, classes, offices, leaders."""

WORDS = {
    "totals_seats_used_up": ("In the whole plan: {what}.", "Toàn bộ kế hoạch: {what}."),
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
    "screen_other_limits": (
        "could start, but another limit or a better goal leaves no room",
        "đủ điều kiện, nhưng vướng giới hạn khác hoặc mục tiêu xếp trên",
    ),
}
