"""Sentences about plans made again: what changes, why, at what price."""

WORDS = {
    "replan_year": (
        "the plan cannot be made again from {year}: its years are {first} to {last}",
        "không thể lập lại kế hoạch từ năm {year}: kỳ kế hoạch là {first} đến {last}",
    ),
    "replan_late_event": (
        "{event}: planning from {year} on, this cannot be known yet; only declined and leave may lie ahead",
        "{event}: lập lại từ năm {year} thì chưa thể biết việc này; chỉ không đi học và nghỉ dài hạn được ghi trước",
    ),
    "replan_overlay_table": (
        "{table}: the overlay may not name this table: it follows from the run and its ledger",
        "{table}: phương án bổ sung không được nêu bảng này: bảng được lập từ kết quả và sổ theo dõi",
    ),
    "replan_overlay_first": (
        "horizon.first: the overlay may not say when the plan begins; --from does",
        "horizon.first: phương án bổ sung không được đặt năm bắt đầu; năm bắt đầu do --from đặt",
    ),
    "replan_ranked": (
        "The goal `changes` is ranked {place} of {of}, as the run's scenario says (an earlier --keep writes it there). "
        "To have it elsewhere: another --keep, or `goals` in an overlay.",
        "Mục tiêu giữ kế hoạch trước (`changes`) đứng thứ {place} trong {of} mục tiêu, theo phương án của kết quả (do "
        "--keep lần trước ghi). Muốn đổi thứ tự: dùng --keep khác, hoặc ghi `goals` trong phương án bổ sung.",
    ),
    "replan_overlay": (
        "Laid on the run's scenario: {files}.",
        "Áp lên phương án của kết quả: {files}.",
    ),
    "substitutes_no_seat": (
        "the plan has no start {seat} from that year on",
        "từ năm đó kế hoạch không có lượt cử {seat}",
    ),
    "substitutes_rest": (
        "the rest of the plan cannot stand as it is, whoever takes the seat: {rules}; make the whole plan again first (replan without --substitutes)",
        "phần còn lại của kế hoạch không giữ nguyên được, dù cử ai thay: {rules}; trước hết hãy lập lại toàn bộ kế hoạch (replan không có --substitutes)",
    ),
    "substitutes_form": (
        "--substitutes needs CADRE,PROGRAMME,YEAR, not '{text}'",
        "--substitutes cần MÃ_CÁN_BỘ,CHƯƠNG_TRÌNH,NĂM, không phải '{text}'",
    ),
    "substitutes_alone": (
        "--substitutes changes one seat alone; it goes with neither {option}",
        "--substitutes chỉ thay một suất; không dùng cùng {option}",
    ),
    # what happened
    "news_title": ("What happened before {year}, as far as it is known", "Tình hình thực hiện trước năm {year}"),
    "news_unconfirmed": ("taken as begun, not confirmed", "coi như đã đi học, chưa xác nhận"),
    "news_in_doubt": (
        "taken as begun, although the ledger speaks against it",
        "coi như đã đi học nhưng sổ theo dõi cho thấy khó thực hiện được",
    ),
    "news_confirmed": ("began as planned", "đi học theo kế hoạch"),
    "news_unplanned": ("began outside the plan", "đi học ngoài kế hoạch"),
    "news_declined": ("declined", "không đi học"),
    "news_elsewhere": ("began another study instead", "học lớp khác thay thế"),
    "news_gone": ("not begun: no longer in service", "không đi học: không còn công tác"),
    "news_on_leave": ("not begun: on leave", "không đi học: đang nghỉ dài hạn"),
    "news_finished": ("finished", "hoàn thành"),
    "news_failed": ("failed", "không hoàn thành"),
    "news_extended": ("extended", "gia hạn"),
    "news_taken_as_finished": ("earlier study taken as finished", "khóa học trước kỳ coi như đã hoàn thành"),
    "news_left": ("left service", "thôi việc"),
    "news_retired": ("retired", "nghỉ hưu"),
    "news_joined": ("joined", "tiếp nhận"),
    "news_transferred": ("transferred", "chuyển công tác"),
    "news_changed": ("changed", "thay đổi thông tin"),
    "news_leave": ("on leave", "nghỉ dài hạn"),
    "news_overdue": ("still there after the year of retirement", "quá năm nghỉ hưu mà chưa ghi nghỉ hưu"),
    "news_pin_met": ("pin met, dropped", "yêu cầu cố định đã thực hiện, bỏ ra"),
    "news_pin_gone": ("pin of somebody who is gone, dropped", "yêu cầu cố định của người không còn công tác, bỏ ra"),
    "news_pin_past": (
        "pin of a year that is over, not met, dropped",
        "yêu cầu cố định của năm đã qua, không thực hiện, bỏ ra",
    ),
    "news_pin_declined": ("pin of a start that was declined, dropped", "yêu cầu cố định đã bị từ chối, bỏ ra"),
    "news_pin_lost": (
        "pin that replanning made and that can no longer be met, dropped",
        "yêu cầu cố định do lần lập lại trước đặt ra, nay không thực hiện được, bỏ ra",
    ),
    "news_leave_gone": ("leave of somebody who is gone, dropped", "kỳ nghỉ của người không còn công tác, bỏ ra"),
    "news_number": ("number", "số"),
    "news_who": ("who (as far as there is room)", "ai (liệt kê một phần)"),
    "news_more": ("{names}, and {count:# other|# others}", "{names} và {count:#} trường hợp khác"),
    # changes
    "replan_changes": ("Changes from {year} on", "Các thay đổi từ năm {year}"),
    "replan_none": (
        "Nothing changes: all {kept:# start stays|# starts stay} as they were.",
        "Không thay đổi: giữ nguyên cả {kept:#} lượt cử.",
    ),
    "replan_counts": (
        "{kept:#} kept, {moved:#} moved, {dropped:#} dropped, {new:#} new",
        "giữ nguyên {kept:#}, chuyển {moved:#}, bỏ {dropped:#}, mới {new:#}",
    ),
    "replan_kind_kept": ("kept", "giữ nguyên"),
    "replan_kind_moved": ("moved", "chuyển"),
    "replan_kind_dropped": ("dropped", "bỏ"),
    "replan_kind_new": ("new", "mới"),
    "replan_column_change": ("change", "thay đổi"),
    "replan_column_from": ("from", "từ"),
    "replan_column_to": ("to", "thành"),
    "replan_column_why": ("why", "vì sao"),
    "replan_forced_entries": ("forced by entry {entries}", "bắt buộc do mục {entries} trong sổ"),
    "replan_forced_reasons": ("forced: {reasons}", "bắt buộc: {reasons}"),
    "replan_forced_rules": ("forced by: {rules}", "bắt buộc do: {rules}"),
    "replan_forced": ("forced by what the overlay changes", "bắt buộc do phương án bổ sung"),
    "replan_worth": ("worth it: kept, {goal} would change by {by}", "nên đổi: nếu giữ thì {goal} thay đổi {by}"),
    "replan_worth_new": (
        "worth it: without it, {goal} would change by {by}",
        "nên cử: nếu không cử thì {goal} thay đổi {by}",
    ),
    "replan_free": ("equal: only the lot decides", "ngang nhau: chỉ bốc thăm quyết định"),
    "replan_unpriced": ("not priced", "chưa tính"),
    "replan_serves": ("for: {serves}", "để: {serves}"),
    "replan_attainment": (
        "Weighted shortfall of the targets: {before} before, {after} now.",
        "Tổng thiếu hụt có trọng số của các mục tiêu: trước {before}, nay {after}.",
    ),
    "pin_announced": ("announced", "đã công bố"),
    "pin_substitute": ("substitute", "người thay thế"),
    "replan_announced": (
        "{kept:# announced start is|# announced starts are} kept as {kept:a pin|pins}.",
        "{kept:#} lượt cử đã công bố được giữ cố định.",
    ),
    "replan_lost": (
        "Announced starts that cannot stand: {names}",
        "Lượt cử đã công bố không giữ được: {names}",
    ),
    "replan_seconds_short": (
        "The time limit cut a goal short, so no change was priced.",
        "Hết giờ trước khi chứng minh xong nên chưa tính giá của các thay đổi.",
    ),
    "replan_frontier": ("Changes against attainment", "Số thay đổi và kết quả đạt được"),
    "replan_frontier_at_most": ("at most so many changes", "tối đa số thay đổi"),
    "replan_frontier_changes": ("changes", "số thay đổi"),
    "replan_frontier_attainment": ("weighted shortfall of the targets", "thiếu hụt có trọng số"),
    # one seat
    "substitutes_title": (
        "For {cadre}, {programme}, {year}: who can take the place, all else as it is",
        "Thay {cadre}, {programme}, {year}: ai có thể thay, mọi việc khác giữ nguyên",
    ),
    "substitutes_place": ("place", "thứ tự"),
    "substitutes_given_away": ("{goal}: given away", "{goal}: phần bị giảm"),
    "substitutes_nobody": ("(the seat stays empty)", "(để trống suất)"),
    "substitutes_unable": (
        "{number:# other is|# others are} admissible, but a rule stands against {number:it|them}: {rules}",
        "{number:#} người khác đủ điều kiện nhưng vướng quy định: {rules}",
    ),
    "substitutes_more": (
        "{number:# further candidate is|# further candidates are} listed in substitutes.csv (with --out).",
        "Còn {number:#} người khác, liệt kê trong substitutes.csv (khi dùng --out).",
    ),
    "substitutes_none": ("Nobody can take the place.", "Không ai có thể thay."),
    "substitutes_asked": (
        "The ledger does not say that this start was declined; it is asked what if.",
        "Sổ chưa ghi lượt cử này bị từ chối; đây là giả định.",
    ),
    "substitutes_best": (
        "{cadre} in the place gives away {by} in the weighted shortfall, against a plan made again as a whole.",
        "Chọn {cadre} thì thiếu hụt có trọng số chênh {by} so với lập lại toàn bộ kế hoạch.",
    ),
    # the command
    "help_replan": (
        "Make the plan again from a year on, after what happened; each change with its reason and price.",
        "Lập lại kế hoạch từ một năm, theo việc đã xảy ra; mỗi thay đổi có lý do và mức ảnh hưởng.",
    ),
    "help_from": ("the year from which it is planned again", "năm bắt đầu lập lại kế hoạch"),
    "help_replan_events": (
        "events that are not recorded yet (.csv or .xlsx); the run's own ledger counts anyway",
        "sự kiện chưa ghi vào sổ (.csv hoặc .xlsx); sổ của kết quả luôn được dùng",
    ),
    "help_with": (
        "a what-if to lay on the run's scenario (.yaml)",
        "phương án bổ sung áp lên phương án của kết quả (.yaml)",
    ),
    "help_keep": (
        "how much the old plan binds: all (first of all goals), announced (the year's starts are required), none (last of all); by default after attainment, floors and shares",
        "mức giữ kế hoạch cũ: `all` (trên mọi mục tiêu), `announced` (giữ lượt cử của năm đó), `none` (sau cùng); mặc định sau kết quả, mức sàn và tỷ lệ",
    ),
    "help_substitutes": (
        "CADRE,PROGRAMME,YEAR of a start that is declined: change that seat alone, with the ordered candidates",
        "MÃ_CÁN_BỘ,CHƯƠNG_TRÌNH,NĂM của lượt bị từ chối: chỉ thay suất đó, kèm danh sách người thay theo thứ tự",
    ),
    "help_replan_frontier": (
        "set changes against attainment, as a table and a picture in the run folder",
        "so số thay đổi với kết quả đạt được, thành bảng và hình trong thư mục kết quả",
    ),
    "help_no_prices": ("do not price the changes, which takes time", "không tính giá các thay đổi cho nhanh"),
    "replan_keep_unknown": (
        "--keep is all, announced or none, not '{found}'",
        "--keep là `all`, `announced` hoặc `none`, không phải '{found}'",
    ),
    "replan_nobody": (
        "nobody is left when {year} begins: all have left, retired or moved, and nobody has joined",
        "đầu năm {year} không còn cán bộ nào: tất cả đã thôi việc, nghỉ hưu hoặc chuyển đi, chưa có người mới",
    ),
}
