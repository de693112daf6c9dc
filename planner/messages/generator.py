"""Sentences about generated scenarios: what cannot be generated, and what a generated scenario says of itself."""

WORDS = {
    "too_many_districts": (
        "{districts:# district|# districts} of {people:# cadre|# cadres} {districts:is|are} more than the {limit:# row|# rows} that a roster may have",
        "{districts:#} huyện, mỗi huyện {people:#} cán bộ, vượt quá {limit:#} dòng của một danh sách",
    ),
    "column_taken": (
        "the published tables have a column '{name}' of their own, which a generated roster needs for itself",
        "các biểu đã công bố có sẵn cột '{name}' mà danh sách sinh ra cần dùng",
    ),
    "unknown_seats": (
        "{at}: the scenario has no seat pool '{name}'{nearest}",
        "{at}: phương án không có chỉ tiêu nào tên '{name}'{nearest}",
    ),
    "no_published": (
        "there are no published tables at {path}; name a file with --published",
        "không có biểu đã công bố tại {path}; hãy nêu tệp bằng --published",
    ),
    "generated_title": (
        "Districts: {districts}, provinces: {provinces}; drawn from {file}, seed {seed}",
        "Số huyện: {districts}, số tỉnh: {provinces}; rút ngẫu nhiên từ {file}, số khởi tạo {seed}",
    ),
    "generated_roster": (
        "assumed: drawn from published tables, no real persons",
        "giả định: sinh ngẫu nhiên từ các biểu đã công bố, không phải người thật",
    ),
    "generated_source": (
        "drawn, not real: planner generate --districts {districts} --seed {seed}; sources are in {file}",
        "dữ liệu rút ngẫu nhiên: planner generate --districts {districts} --seed {seed}; nguồn số liệu ở {file}",
    ),
    "generated_entry": ("{place} – {title}", "{place} – {title}"),
    "generated_agency": ("{title}, district {district}", "{title}, huyện {district}"),
}
