"""The first screen of `planner fairness`, what follows `explain --all`, the targets that `frontier` may be asked of."""

WORDS = {
    "fairness_first_groups": (
        "Selected, of those who need a programme and could start it:",
        "Số người được cử trên số người cần học và đủ điều kiện:",
    ),
    "fairness_first_attribute": ("  {attribute}: {groups}", "  {attribute}: {groups}"),
    "fairness_first_group": ("{group} {selected} of {needing} ({rate})", "{group} {selected}/{needing} ({rate})"),
    "fairness_first_smaller": ("{number:# smaller group|# smaller groups}", "{number:#} nhóm nhỏ hơn"),
    "fairness_first_rules": (
        "People and starts of those whom a priority favours, with it and without it:",
        "Số người, số lượt cử của nhóm được ưu tiên, khi có và khi bỏ quy định:",
    ),
    "fairness_first_rule": (
        "  {rule}: {people:# cadre|# cadres}, {starts:# start|# starts}; without it {people_without}, {starts_without}",
        "  {rule}: {people:#} người, {starts:#} lượt; khi bỏ: {people_without} người, {starts_without} lượt",
    ),
    "fairness_first_same": ("  as many without it: {rules}", "  bỏ cũng không đổi: {rules}"),
    "fairness_first_unproven": ("  {rule}: {late}", "  {rule}: {late}"),
    "fairness_first_full": (
        "All tables ({groups:# group|# groups}, {tests:# test|# tests}, the price of fairness): the same command with --full.",
        "Xem mọi bảng ({groups:#} nhóm, {tests:#} kiểm định, các mức ưu tiên): thêm --full vào lệnh trên.",
    ),
    "explain_all_next": (
        "Of each of them, read: planner report {folder} --out page.html --answers",
        "Xem từng người: planner report {folder} --out page.html --answers",
    ),
    "frontier_which": (
        "--target is missing: the target asked about{nearest}",
        "thiếu --target: mục tiêu cần hỏi{nearest}",
    ),
    "compare_nobody": (
        "From {first} to {other} nobody gains or loses a place, and nobody's place moves.",
        "Từ {first} sang {other}: không ai được thêm, mất hoặc đổi lượt cử.",
    ),
    "purged_no_names": (
        "No column of names or free text was found in {folder}. Codes, ages and offices stay: these are personal data.",
        "Trong {folder} không có cột họ tên, ghi chú nào để xóa. Mã, tuổi, đơn vị vẫn còn: đó là dữ liệu cá nhân.",
    ),
    "help_fairness_full": (
        "print every table: all groups with their intervals, the tests, the priority rules, the price of fairness",
        "in mọi bảng: mọi nhóm kèm khoảng tin cậy, kiểm định, quy định ưu tiên, các mức ưu tiên",
    ),
}
