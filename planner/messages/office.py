"""What goes out to offices: lists by class and agency, letters and annexes, persons by name, tables for Excel."""

WORDS = {
    # persons
    "person_named": ("{name} ({cadre})", "{name} ({cadre})"),
    "person_no_names": (
        "Names were asked for, but the roster has none: codes are shown.",
        "Có yêu cầu ghi họ tên nhưng danh sách cán bộ không có họ tên: chỉ ghi mã số.",
    ),
    "person_some_no_names": (
        "{count:# cadre has|# cadres have} no name on the roster: {count:the code stands|their codes stand} alone.",
        "Có {count:#} người chưa có họ tên trong danh sách cán bộ: chỉ ghi mã số của họ.",
    ),
    # lists
    "list_level_unknown": ("not known", "chưa rõ"),
    "list_left_out": (
        "Neither the roster nor the scenario says, so there is no column of it: {columns}.",
        "Danh sách cán bộ và phương án không ghi nên không có cột: {columns}.",
    ),
    "list_cost_unit": (
        "Costs are of one start, in the scenario's unit of money.",
        "Kinh phí tính cho một lượt cử, theo đơn vị tiền của phương án.",
    ),
    "list_remark_studying": ("studies {programme} until {until}", "đang học {programme} đến năm {until}"),
    "list_remark_other": ("sent to {programme}, too", "đồng thời được cử đi học {programme}"),
    "class_numbered": ("{title}, class {number}", "{title}, lớp {number}"),
    "class_subject": ("{title}: those who begin in {year}", "Học viên {title}, năm {year}"),
    "class_divided": (
        "(One of {of} classes: divided evenly in the order of the list; to be settled with the institution)",
        "(Một trong {of} lớp: chia đều theo thứ tự danh sách; cần thống nhất với cơ sở đào tạo)",
    ),
    "by_agency": ("By agency", "Theo cơ quan, đơn vị"),
    "by_agency_subject": (
        "Cadres proposed for training in {year}, by agency",
        "Cán bộ đề nghị cử đi đào tạo, bồi dưỡng năm {year}, theo cơ quan, đơn vị",
    ),
    "by_agency_part": ("{number}. {name} ({starts:# start|# starts})", "{number}. {name} ({starts:#} lượt)"),
    "nominees_by_unknown": ("there are no lists by '{name}'{nearest}", "không lập danh sách theo '{name}'{nearest}"),
    # levels, in the column of their ladder
    "held_education_none": ("none", "Chưa qua đào tạo"),
    "held_education_elementary": ("elementary", "Sơ cấp"),
    "held_education_intermediate": ("intermediate", "Trung cấp"),
    "held_education_college": ("college", "Cao đẳng"),
    "held_education_bachelor": ("bachelor", "Đại học"),
    "held_education_master": ("master", "Thạc sĩ"),
    "held_education_doctorate": ("doctorate", "Tiến sĩ"),
    "held_theory_none": ("none", "Chưa qua bồi dưỡng"),
    "held_theory_elementary": ("elementary", "Sơ cấp"),
    "held_theory_intermediate": ("intermediate", "Trung cấp"),
    "held_theory_advanced": ("advanced", "Cao cấp"),
    "held_administration_none": ("none", "Chưa qua bồi dưỡng"),
    "held_administration_officer": ("officer", "Cán sự"),
    "held_administration_specialist": ("specialist", "Chuyên viên"),
    "held_administration_senior_specialist": ("senior specialist", "Chuyên viên chính"),
    "held_informatics_none": ("none", "Chưa có"),
    "held_informatics_certified": ("certified", "Có chứng chỉ"),
    "held_language_none": ("none", "Chưa có"),
    "held_language_certified": ("certified", "Có chứng chỉ"),
}
