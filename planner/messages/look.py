"""Sentences about what binds, as the page names it: budget, classes, offices; and about large pages; entries of districts."""

WORDS = {
    "page_large": (
        "The page has {size} MB, which is much to send and to print. With --by COLUMN it is written in parts, one for each value of a column of the roster: {columns}.",
        "Trang báo cáo nặng {size} MB, khó gửi và khó in. Dùng --by CỘT để tách thành nhiều trang, mỗi giá trị của một cột trong danh sách một trang: {columns}.",
    ),
    "page_binds_budget": ("budget", "kinh phí"),
    "page_binds_classes": ("classes: {title}", "sĩ số lớp: {title}"),
    "page_binds_absence": ("absence from {agency}", "vắng mặt tại {agency}"),
    "page_binds_absence_many": (
        "absence from {offices:# office|# offices}, listed under Absence",
        "vắng mặt tại {offices:#} cơ quan, đơn vị (xem mục Vắng mặt)",
    ),
    "page_binds_leaders": ("leaders away from {agency}", "lãnh đạo vắng mặt tại {agency}"),
    "page_binds_leaders_many": (
        "leaders away from {offices:# office|# offices}",
        "lãnh đạo vắng mặt tại {offices:#} cơ quan, đơn vị",
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
