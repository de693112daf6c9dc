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
    "scenario_not_written": (
        "this scenario was not built by planner.Scenario(...), or was changed since; change it by an overlay",
        "phương án này không được tạo bằng planner.Scenario(...) hoặc đã bị thay đổi sau đó; hãy dùng overlay để thay đổi",
    ),
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
    "id_with_sign": (
        "{at}: the id '{name}' holds '{sign}'; ids have no blank, comma, slash or bracket",
        "{at}: mã '{name}' có '{sign}'; mã không được có dấu cách, dấu phẩy, gạch chéo hay ngoặc vuông",
    ),
    "want_goal": (
        "{at}: expected a goal, or one goal with a list of entries such as {{attainment: [...]}}, found {found}",
        "{at}: cần một mục tiêu tối ưu, hoặc một mục tiêu kèm danh sách mục như {{attainment: [...]}}, gặp {found}",
    ),
    "unknown_entry_of_attainment": (
        "{at}: unknown target '{name}'{nearest}",
        "{at}: không có mục tiêu nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_seat_floors": (
        "{at}: unknown seat pool '{name}'{nearest}",
        "{at}: không có nhóm chỉ tiêu nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_shares": (
        "{at}: unknown share '{name}'{nearest}",
        "{at}: không có tỷ lệ nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_priority": (
        "{at}: unknown priority '{name}'{nearest}",
        "{at}: không có mục ưu tiên nào tên '{name}'{nearest}",
    ),
    "changes_without_earlier": (
        "{at}: the goal 'changes' needs the table 'earlier', the plan it speaks of",
        "{at}: mục tiêu 'changes' cần bảng 'earlier' là kế hoạch trước đó",
    ),
    "pin_before_horizon": (
        "{at}: {start} lies before the horizon {first}-{last}; what began earlier is told by the table 'history', "
        "or by 'studying' and 'studying_until' on the roster",
        "{at}: năm {start} trước kỳ kế hoạch {first}-{last}; việc đã bắt đầu từ trước được ghi ở bảng 'history', "
        "hoặc ở cột 'studying' và 'studying_until' của danh sách cán bộ",
    ),
    "pin_after_horizon": (
        "{at}: {start} lies after the horizon {first}-{last}; no start can meet it",
        "{at}: năm {start} sau kỳ kế hoạch {first}-{last}; không lượt cử nào đáp ứng được",
    ),
}
