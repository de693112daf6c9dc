"""Sentences about what a scenario and its tables say of each other."""

WORDS = {
    "unknown_agency": (
        "the agency '{name}' ({count:# person|# people}) is not in the table of agencies of {table}{nearest}",
        "cơ quan '{name}' ({count:#} người) không có trong bảng biên chế của {table}{nearest}",
    ),
    "unknown_cadre": (
        "{at}: unknown cadre '{name}'{nearest}",
        "{at}: không có cán bộ nào mã hoặc họ tên '{name}'{nearest}",
    ),
}
