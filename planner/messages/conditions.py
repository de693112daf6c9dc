"""Sentences about conditions (`who`) and the cells they compare."""

WORDS = {
    "want_condition": (
        "{at}: expected a group's name or a condition, found {found}",
        "{at}: cần tên một nhóm hoặc một điều kiện, gặp {found}",
    ),
    "want_value": (
        "{at}: expected a value or a list of values, found {found}",
        "{at}: cần một giá trị hoặc danh sách giá trị, gặp {found}",
    ),
    "empty_range": ("{at}: a range needs min, max or both", "{at}: khoảng cần có min, max hoặc cả hai"),
    "min_above_max": ("{at}: min {min} is above max {max}", "{at}: min {min} lớn hơn max {max}"),
    "unknown_group": ("{at}: unknown group '{name}'{nearest}", "{at}: không có nhóm nào tên '{name}'{nearest}"),
    "unknown_column": (
        "{at}: the roster has no column '{name}'{nearest}",
        "{at}: danh sách cán bộ không có cột '{name}'{nearest}",
    ),
    "unknown_level": ("{at}: unknown level '{name}'{nearest}", "{at}: không có trình độ nào tên '{name}'{nearest}"),
    "cell_not_truth": (
        "{column}: expected yes or no, found '{found}'",
        "{column}: cần có/không, gặp '{found}'",
    ),
    "cell_not_number": ("{column}: expected a number, found '{found}'", "{column}: cần một số, gặp '{found}'"),
    "want_sex": (
        "{at}: '{found}' is no sex; expected F or M (Nữ or Nam)",
        "{at}: '{found}' không phải giới tính; cần F hoặc M (Nữ hoặc Nam)",
    ),
    "want_date": (
        "{at}: expected a date such as 1985-12-31, found {found}",
        "{at}: cần một ngày như 1985-12-31, gặp {found}",
    ),
}
