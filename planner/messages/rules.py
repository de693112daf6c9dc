"""Rules, conditions and reasons in words."""

WORDS = {
    "rule_years": (" in {years}", " năm {years}"),
    "rule_seats": ("{pool}: at most {limit:# start|# starts}{when}", "{pool}: tối đa {limit:#} lượt{when}"),
    "rule_seats_total": (
        "{pool}: at most {limit:# start|# starts} over all years",
        "{pool}: tối đa {limit:#} lượt cả giai đoạn",
    ),
    "rule_absence": (
        "{agency}, {headcount:# person|# people}, may spare {limit:#} at once{when}",
        "{agency}, {headcount:#} người, được vắng mặt cùng lúc {limit:#} người{when}",
    ),
    "rule_absence_nobody": (
        "{agency}, {headcount:# person|# people}, may spare nobody{when}",
        "{agency}, {headcount:#} người, không được vắng mặt người nào{when}",
    ),
    "rule_leaders": (
        "of the leaders of {agency} {limit:#} may be away at once{when}",
        "lãnh đạo {agency} được vắng mặt cùng lúc {limit:#} người{when}",
    ),
    "rule_leaders_nobody": (
        "of the leaders of {agency} nobody may be away{when}",
        "lãnh đạo {agency} không được vắng mặt người nào{when}",
    ),
    "rule_must_targets": ("{target}: at least {limit:# person|# people}", "{target}: ít nhất {limit:#} người"),
    "rule_must_seats": ("{pool}: at least {limit:# start|# starts}{when}", "{pool}: ít nhất {limit:#} lượt{when}"),
    "rule_must_seats_total": (
        "{pool}: at least {limit:# start|# starts} over all years",
        "{pool}: ít nhất {limit:#} lượt cả giai đoạn",
    ),
    "rule_must_shares": ("{share}: at least {limit:%}{when}", "{share}: ít nhất {limit:%}{when}"),
    "rule_per_agency": (
        "{pool}: at most {limit:# start|# starts} of {agency}{when}",
        "{pool}: {agency} tối đa {limit:#} lượt{when}",
    ),
    "rule_per_agency_total": (
        "{pool}: at most {limit:# start|# starts} of {agency} over all years",
        "{pool}: {agency} tối đa {limit:#} lượt cả giai đoạn",
    ),
    "rule_requires": (
        "every level that a programme requires is held before it starts",
        "phải đạt các trình độ mà chương trình yêu cầu trước khi bắt đầu học",
    ),
    "rule_study_load_starts_per_cadre": (
        "{cadre}: at most {limit:# start|# starts} in all",
        "{cadre}: được cử tối đa {limit:#} lượt",
    ),
    "rule_study_load_years_between": (
        "{cadre}: at least {limit:# year|# years} between two long programmes",
        "{cadre}: giữa hai chương trình dài hạn phải cách ít nhất {limit:#} năm",
    ),
    "rule_pins": ("required: {pin}", "bắt buộc: {pin}"),
    "rule_classes": (
        "{programme}: classes of {least:#} to {most:#}",
        "{programme}: mỗi lớp từ {least:#} đến {most:#} người",
    ),
    "rule_budget": ("the starts may cost at most {limit:#}{when}", "các lượt được chi tối đa {limit:#}{when}"),
    "rule_one_at_a_time": (
        "one long programme at a time, a full-time one alone, at most {limit:# short one|# short ones} a year",
        "mỗi lúc một chương trình dài hạn, học tập trung thì không học gì khác, mỗi năm tối đa {limit:#} lớp bồi dưỡng",
    ),
    "rule_ladder_order": (
        "programmes of one ladder follow one another, each higher than the last",
        "các chương trình cùng một bậc thang phải học lần lượt, chương trình sau cao hơn chương trình trước",
    ),
    "relax_exempt": (
        "an exemption for one person, such as {cadre}: {programme}, {start}, although: {reasons}",
        "một ngoại lệ cho một người, ví dụ {cadre}: {programme}, {start}, mặc dù: {reasons}",
    ),
    "reason_with": ("{reason} (asked: {asked})", "{reason} (yêu cầu: {asked})"),
    "reason_service_owed": ("{years:# year|# years} of service after it", "{years:#} năm phục vụ sau khi học"),
    "reason_service_years": (
        "{reason}; retires in {retires}, would owe service until {until}",
        "{reason}; nghỉ hưu năm {retires}, còn phải phục vụ đến năm {until}",
    ),
    "reason_too_late": ("no start would count in time", "bắt đầu năm nào cũng không kịp thời hạn"),
    "condition_all": ("and", "và"),
    "condition_any": ("or", "hoặc"),
    "condition_not": ("not {part}", "không phải {part}"),
    "condition_age": ("age", "tuổi"),
    "condition_sex": ("sex", "giới tính"),
    "condition_service_years": ("years of service", "số năm công tác"),
    "condition_headcount": ("people in the agency", "số người của cơ quan"),
    "level_education_none": ("no professional education", "chưa qua đào tạo"),
    "level_education_elementary": ("elementary professional education", "sơ cấp"),
    "level_education_intermediate": ("intermediate professional education", "trung cấp"),
    "level_education_college": ("college degree", "cao đẳng"),
    "level_education_bachelor": ("bachelor's degree", "đại học"),
    "level_education_master": ("master's degree", "thạc sĩ"),
    "level_education_doctorate": ("doctorate", "tiến sĩ"),
    "level_theory_none": ("no political theory", "chưa qua lý luận chính trị"),
    "level_theory_elementary": ("elementary political theory", "sơ cấp lý luận chính trị"),
    "level_theory_intermediate": ("intermediate political theory", "trung cấp lý luận chính trị"),
    "level_theory_advanced": ("advanced political theory", "cao cấp lý luận chính trị"),
    "level_informatics_none": ("no certificate of informatics", "chưa có chứng chỉ tin học"),
    "level_informatics_certified": ("certificate of informatics", "có chứng chỉ tin học"),
    "level_language_none": ("no certificate of a foreign language", "chưa có chứng chỉ ngoại ngữ"),
    "level_language_certified": ("certificate of a foreign language", "có chứng chỉ ngoại ngữ"),
    "level_administration_none": ("no administration course", "chưa bồi dưỡng quản lý nhà nước"),
    "level_administration_officer": ("officer's course", "bồi dưỡng ngạch cán sự"),
    "level_administration_specialist": ("specialist's course", "bồi dưỡng ngạch chuyên viên"),
    "level_administration_senior_specialist": (
        "senior specialist's course",
        "bồi dưỡng ngạch chuyên viên chính",
    ),
}
