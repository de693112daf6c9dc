"""Sentences about YAML files: what cannot be read, and what is not of the form it should have."""

WORDS = {
    "not_yaml": ("this is not YAML: {reason}", "không phải YAML: {reason}"),
    "not_utf8": ("the file is not UTF-8 text", "tệp không phải văn bản UTF-8"),
    "empty_file": ("the file is empty", "tệp rỗng"),
    "is_folder": ("this is a folder, not a file", "đây là thư mục, không phải tệp"),
    "one_document": (
        "a file holds one document; a second begins here",
        "mỗi tệp chỉ có một tài liệu YAML; tài liệu thứ hai bắt đầu ở đây",
    ),
    "too_deep": ("nested deeper than {limit} levels", "lồng nhau quá {limit} cấp"),
    "too_large": ("the file is too large", "tệp quá lớn"),
    "tag": ("YAML tags such as {tag} are not allowed", "không cho phép thẻ YAML như {tag}"),
    "key_not_text": ("a key must be plain text", "khóa phải là văn bản thường"),
    "no_anchor": ("nothing is anchored as '{name}'", "không có mỏ neo nào tên '{name}'"),
    "duplicate_key": (
        "the key '{name}' stands twice (first on line {line})",
        "khóa '{name}' xuất hiện hai lần (lần đầu ở dòng {line})",
    ),
    "unknown_key": ("{at}: unknown key '{name}'{nearest}", "{at}: khóa không có trong mẫu '{name}'{nearest}"),
    "missing_key": ("{at}: the key '{name}' is missing", "{at}: thiếu khóa '{name}'"),
    "want_text": ("{at}: expected text, found {found}", "{at}: cần văn bản, gặp {found}"),
    "want_integer": ("{at}: expected a whole number, found {found}", "{at}: cần số nguyên, gặp {found}"),
    "want_number": ("{at}: expected a number, found {found}", "{at}: cần một số, gặp {found}"),
    "want_truth": ("{at}: expected yes or no, found {found}", "{at}: cần yes hoặc no, gặp {found}"),
    "want_list": ("{at}: expected a list, found {found}", "{at}: cần một danh sách, gặp {found}"),
    "want_mapping": (
        "{at}: expected a mapping of keys to values, found {found}",
        "{at}: cần các cặp khóa: giá trị, gặp {found}",
    ),
    "want_one_of": ("{at}: expected {expected}, found {found}", "{at}: cần {expected}, gặp {found}"),
    "want_greater": ("{at}: expected more than {gt}, found {found}", "{at}: cần lớn hơn {gt}, gặp {found}"),
    "want_at_least": ("{at}: expected at least {ge}, found {found}", "{at}: cần ít nhất {ge}, gặp {found}"),
    "want_less": ("{at}: expected less than {lt}, found {found}", "{at}: cần nhỏ hơn {lt}, gặp {found}"),
    "want_at_most": ("{at}: expected at most {le}, found {found}", "{at}: cần nhiều nhất {le}, gặp {found}"),
    "want_not_empty": ("{at}: must not be empty", "{at}: không được để trống"),
    "invalid": ("{at}: {reason}", "{at}: {reason}"),
}
