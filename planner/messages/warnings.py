"""Sentences about what is allowed in a scenario and its tables, but hardly meant."""

WORDS = {
    "warning_too_young": (
        "younger than {limit} in {year} [age]: {people}",
        "chưa đủ {limit} tuổi vào năm {year} [tuổi]: {people}",
    ),
    "warning_too_old": (
        "older than {limit} in {year} [age]: {people}",
        "trên {limit} tuổi vào năm {year} [tuổi]: {people}",
    ),
    "warning_service_before_birth": (
        "in service before birth [service_start; birth_year]: {people}",
        "vào ngành trước khi sinh [năm vào ngành; năm sinh]: {people}",
    ),
    "warning_service_too_young": (
        "in service before the age of {limit} [age then]: {people}",
        "vào ngành khi chưa đủ {limit} tuổi [tuổi lúc đó]: {people}",
    ),
    "warning_retired": (
        "no longer in service in {year}, when the horizon begins [retires]: {people}",
        "đã nghỉ hưu trước kỳ kế hoạch bắt đầu năm {year} [năm nghỉ hưu]: {people}",
    ),
    "warning_study_too_long": (
        "studying until after {year}, when the horizon ends, and longer than the programme lasts [until]: {people}",
        "học đến sau năm {year} là năm cuối kỳ kế hoạch, và lâu hơn thời gian của chương trình [đến năm]: {people}",
    ),
    "warning_empty_group": (
        "{at}: the group is empty in {year}",
        "{at}: nhóm không có ai vào năm {year}",
    ),
    "warning_value_unknown": (
        "{at}: no cadre has {column} '{value}'",
        "{at}: không cán bộ nào có {column} là '{value}'",
    ),
    "warning_value_nearest": (
        "{at}: no cadre has {column} '{value}'; did you mean '{nearest}'?",
        "{at}: không cán bộ nào có {column} là '{value}'; có phải '{nearest}'?",
    ),
    "warning_value_known": (
        "{at}: no cadre has {column} '{value}'; the roster has {known}",
        "{at}: không cán bộ nào có {column} là '{value}'; danh sách có {known}",
    ),
    "warning_empty_target": (
        "{at}: the target has no members, so there is nothing to reach",
        "{at}: mục tiêu không có đối tượng nào, nên không có gì để đạt",
    ),
    "warning_target_too_large": (
        "{at}: {required:# is|# are} required, but the target has {members:# member|# members}",
        "{at}: yêu cầu {required:#} người, nhưng đối tượng của mục tiêu chỉ có {members:#} người",
    ),
    "warning_no_programme": (
        "{at}: no programme leads to '{level}' on the ladder '{ladder}'; {held:# holds|# hold} it, {required:# is|# are} required",
        "{at}: không chương trình nào dẫn đến '{level}' của thang '{ladder}'; đã có {held:#} người, yêu cầu {required:#} người",
    ),
    "warning_empty_pool": (
        "{at}: the pool covers nobody",
        "{at}: chỉ tiêu không dành cho ai",
    ),
    "warning_empty_share": (
        "{at}: nobody is in the group that is to have the share",
        "{at}: không ai thuộc nhóm cần đạt tỷ lệ",
    ),
    "warning_no_seats": (
        "{at}: nobody has a seat: no pool that covers anybody lists the programme, and it is not open",
        "{at}: không ai có chỉ tiêu: chương trình không thuộc chỉ tiêu nào có đối tượng, và không mở tự do",
    ),
    "warning_no_start": (
        "{at}: nobody can start this programme in any year; most often because: {reason} ({starts:# start|# starts})",
        "{at}: không ai có thể học chương trình này trong kỳ kế hoạch; thường gặp nhất: {reason} ({starts:#} lượt)",
    ),
    "warning_class_cannot_fill": (
        "{at}: a class needs {least:# person|# people}, but in no year more than {candidates:# person|# people} could start",
        "{at}: mỗi lớp cần ít nhất {least:#} người, nhưng không năm nào có quá {candidates:#} người đủ điều kiện học",
    ),
    "warning_total_out_of_reach": (
        "{at}: at least {least:# start|# starts} are asked for, but there can be {most:#} at most",
        "{at}: yêu cầu ít nhất {least:#} lượt, nhưng nhiều nhất chỉ có thể có {most:#} lượt",
    ),
    "warning_total_exceeded": (
        "{at}: {begun:# start|# starts} of the years before already exceed the limit of {limit:#}; nobody further may start",
        "{at}: {begun:#} lượt của các năm trước đã vượt giới hạn {limit:#}; không được cử thêm",
    ),
    "warning_no_seats_in_any_year": (
        "{at}: there are no seats in any year of the horizon",
        "{at}: không năm nào trong kỳ kế hoạch có chỉ tiêu",
    ),
    "warning_never_retires": (
        "neither the roster nor the table of retirement says when they retire, so they are taken never to [born]: {people}",
        "danh sách và bảng tuổi nghỉ hưu đều không cho biết năm nghỉ hưu, nên coi như không nghỉ [năm sinh]: {people}",
    ),
    "warning_history_twice": (
        "{at}: the same start stands twice and counts twice: {people}",
        "{at}: cùng một lượt được ghi hai lần và tính hai lần: {people}",
    ),
    "warning_history_in_no_pool": (
        "{at}: {rows:# start counts|# starts count} in no pool: the column `pools` is missing or empty",
        "{at}: {rows:#} lượt không tính vào nhóm chỉ tiêu nào: thiếu cột `pools` hoặc để trống",
    ),
    "warning_pin_inadmissible": (
        "{at}: the required start is not admissible: {reasons}",
        "{at}: lượt bắt buộc không đủ điều kiện: {reasons}",
    ),
    "reasons_joined": ("{one}; {other}", "{one}; {other}"),
    "check_warnings": (
        "Warnings ({number:#}): allowed, but is it meant?",
        "Cảnh báo ({number:#}): hợp lệ, nhưng có đúng ý không?",
    ),
    "check_no_warnings": ("No warnings.", "Không có cảnh báo."),
}
