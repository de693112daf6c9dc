"""Lists to sign: what agencies are called, what a list lacks and says so."""

from __future__ import annotations

WORDS = {
    # columns of lists
    "nominees_party_joined": ("Joined the party", "Ngày vào Đảng"),
    "nominees_training": ("Subject and institution of the degree", "Chuyên ngành, cơ sở đã đào tạo"),
    "nominees_course": ("Programme, mode, place", "Chương trình, hình thức, nơi học"),
    "nominees_cost_in": ("Cost ({currency})", "Kinh phí ({currency})"),
    "list_cost_each": ("Costs are of one start.", "Kinh phí tính cho một lượt cử."),
    "list_untitled": (
        "The agencies table has no title for {agencies}: the list calls {count:it|them} by {count:its code|their codes}.",
        "Có {count:#} cơ quan, đơn vị chưa có tên gọi trong bảng cơ quan, danh sách ghi theo mã: {agencies}.",
    ),
    "person_minority": ("ethnic minority", "DTTS"),
    # totals
    "totals_programmes": ("By programme", "Theo chương trình"),
    "totals_programmes_subject": (
        "Starts in {year} by programme and approving authority",
        "Số lượt cử đi đào tạo, bồi dưỡng năm {year} theo chương trình và cấp có thẩm quyền",
    ),
    # nobody
    "list_nobody_for": (
        "Nobody is proposed in {year} for approval by: {names}.",
        "Năm {year} không có cán bộ đề nghị thuộc thẩm quyền của: {names}.",
    ),
    # agencies
    "agency_title_shared": ("{title} ({agency})", "{title} ({agency})"),
    "page_office_code": ("Code {agency}.", "Mã: {agency}."),
    "generated_agency": ("{title}, district {district}", "{title}, huyện {district}"),
}
