"""Sentences about scenarios: contradictory numbers, names nobody defined, `extends`."""

WORDS = {
    "want_localised": (
        "{at}: expected text or a mapping of en and vi to texts, found {found}",
        "{at}: cần văn bản hoặc cặp en, vi, gặp {found}",
    ),
    "want_year": ("{at}: expected a year, found {found}", "{at}: cần một năm, gặp {found}"),
    "horizon_backwards": (
        "{at}: the first year {first} is after the last year {last}",
        "{at}: năm đầu {first} sau năm cuối {last}",
    ),
    "horizon_long": ("{at}: a horizon has at most {limit:# year|# years}", "{at}: kỳ kế hoạch tối đa {limit:#} năm"),
    "one_of_two": (
        "{at}: needs either '{one}' or '{other}', and only one of them",
        "{at}: cần '{one}' hoặc '{other}', và chỉ một trong hai",
    ),
    "listed_twice": ("{at}: '{name}' is listed twice", "{at}: '{name}' được liệt kê hai lần"),
    "extends_cycle": ("extends itself in a circle: {names}", "kế thừa vòng tròn: {names}"),
    "extends_missing": ("extends '{name}', which does not exist", "kế thừa '{name}' nhưng tệp này không tồn tại"),
    "unknown_ladder": (
        "{at}: unknown ladder '{name}'{nearest}",
        "{at}: không có thang trình độ nào tên '{name}'{nearest}",
    ),
    "unknown_programme": (
        "{at}: unknown programme '{name}'{nearest}",
        "{at}: không có chương trình nào tên '{name}'{nearest}",
    ),
    "not_upwards": (
        "{at}: leads from '{low}' to '{high}', which is not upwards",
        "{at}: đi từ '{low}' đến '{high}', không phải đi lên",
    ),
    "group_cycle": (
        "{at}: the group '{name}' is defined by itself, in a circle",
        "{at}: nhóm '{name}' được định nghĩa vòng tròn bằng chính nó",
    ),
}
