"""Sentences of the fairness audit."""

WORDS = {
    "attribute_sex": ("sex", "giới tính"),
    "attribute_age": ("age", "tuổi"),
    "attribute_local": ("local", "người địa phương"),
    "attribute_ethnicity": ("ethnicity", "dân tộc"),
    "attribute_ethnic_minority": ("ethnic minority", "dân tộc thiểu số"),
    "value_is_yes": ("yes", "có"),
    "value_is_no": ("no", "không"),
    "fairness_unknown": (
        "The roster has no column for: {attribute}.",
        "Danh sách không có cột: {attribute}.",
    ),
    "fairness_groups": (
        "Who is selected for a programme that a target needs of them, among those who could start it; whom the plan sends "
        "for other reasons alone is not counted here",
        "Người được cử học chương trình mà mục tiêu cần, trong số người cần học và đủ điều kiện; người chỉ được cử vì lý do "
        "khác (chỉ tiêu tối thiểu, học tiếp) không tính ở đây",
    ),
    "fairness_attribute": ("by", "theo"),
    "fairness_group": ("group", "nhóm"),
    "fairness_needing": ("need it", "cần học"),
    "fairness_selected": ("selected", "được cử"),
    "fairness_rate": ("rate", "tỷ lệ"),
    "fairness_interval": ("95 % interval", "khoảng tin cậy 95 %"),
    "fairness_wait": ("mean wait [years]", "chờ trung bình [năm]"),
    "fairness_hidden": (
        "Groups with fewer than {fewest:# person|# people} in a cell are hidden, and others with which they could be computed.",
        "Ẩn các nhóm có ô dưới {fewest:#} người, và những nhóm mà từ đó có thể tính ra.",
    ),
    "fairness_tests": ("Could the differences be chance?", "Chênh lệch có thể do ngẫu nhiên không?"),
    "fairness_difference": ("difference of rates [points]", "chênh lệch tỷ lệ [điểm %]"),
    "fairness_p_selected": ("p, selected", "p, được cử"),
    "fairness_p_wait": ("p, wait", "p, thời gian chờ"),
    "fairness_holm": ("p after Holm", "p hiệu chỉnh Holm"),
    "fairness_caution_sample": (
        "A plan is no random sample: all people are seen, and the solver chose them by rules; p says only how often "
        "drawing as many people blindly would differ as much.",
        "Kế hoạch không phải mẫu ngẫu nhiên: mọi người đều được xét và chọn theo quy định; p chỉ cho biết "
        "nếu bốc ngẫu nhiên cùng số người thì thường lệch đến mức này bao nhiêu.",
    ),
    "fairness_caution_design": (
        "Priority points favour some groups by design: a difference may be what the scheme wants.",
        "Điểm ưu tiên cố ý ưu tiên một số nhóm: chênh lệch có thể chính là ý định của đề án.",
    ),
    "fairness_caution_causes": (
        "Groups differ in what they need and in who may leave their offices: a difference need not come from the "
        "attribute.",
        "Các nhóm khác nhau về nhu cầu và về khả năng vắng mặt của cơ quan: chênh lệch chưa hẳn do đặc điểm này.",
    ),
    "fairness_caution_many": (
        "Many comparisons find some difference by chance: read the column after Holm.",
        "So sánh nhiều lần thì thế nào cũng gặp chênh lệch ngẫu nhiên: hãy đọc cột hiệu chỉnh Holm.",
    ),
    "fairness_caution_small": (
        "In small groups even a large difference proves little: read the interval.",
        "Ở nhóm nhỏ, chênh lệch lớn cũng nói lên rất ít: hãy đọc khoảng tin cậy.",
    ),
    "fairness_priorities": (
        "What each priority rule changed: the best plan without it, solved; ties by lot",
        "Mỗi quy định ưu tiên làm thay đổi gì: lập lại kế hoạch khi bỏ quy định đó; ngang nhau thì bốc thăm",
    ),
    "fairness_rule": ("rule", "quy định"),
    "fairness_starts_with": ("starts of the favoured, with it", "lượt cử của nhóm, khi có quy định"),
    "fairness_starts_without": ("without it", "khi bỏ"),
    "fairness_people_with": ("people, with it", "số người, khi có quy định"),
    "fairness_people_without": ("without it", "khi bỏ"),
    "fairness_came_in": ("all cadres who came in", "cán bộ được cử thêm"),
    "fairness_went_out": ("who went out", "cán bộ không còn được cử"),
    "fairness_price": (
        "The price of fairness: the goals as the priority is raised",
        "Nâng mức ưu tiên thì các mục tiêu thay đổi thế nào",
    ),
    "fairness_place": ("priority ranked", "ưu tiên xếp thứ"),
    "fairness_times": ("points times", "điểm nhân"),
    "fairness_chart": (
        "Selected, of those who need a programme and could start it (95 % interval)",
        "Tỷ lệ được cử trong số người cần học và đủ điều kiện (khoảng tin cậy 95 %)",
    ),
    "fairness_ages": (
        "--ages {ages}: expected years of age in rising order, such as 35,45",
        "--ages {ages}: cần các tuổi tăng dần, ví dụ 35,45",
    ),
    "first_fairness_chance": (
        "No difference in who is selected is more than chance would make (least likely by {attribute}; p after Holm: {p})",
        "Không có chênh lệch nào trong việc cử vượt quá mức ngẫu nhiên (đáng chú ý nhất là theo {attribute}; p hiệu chỉnh Holm: {p})",
    ),
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
    "help_fairness_full": (
        "print every table: all groups with their intervals, the tests, the priority rules, the price of fairness",
        "in mọi bảng: mọi nhóm kèm khoảng tin cậy, kiểm định, quy định ưu tiên, các mức ưu tiên",
    ),
}
