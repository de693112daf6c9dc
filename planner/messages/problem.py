"""Sentences about what a scenario and its tables say of each other."""

WORDS = {
    "unknown_agency": (
        "the agency '{name}' is not in {table}{nearest}",
        "cơ quan '{name}' không có trong {table}{nearest}",
    ),
    "unknown_cadre": ("{at}: unknown cadre '{name}'{nearest}", "{at}: không có cán bộ nào mã '{name}'{nearest}"),
}
