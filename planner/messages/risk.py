"""Sentences about risk: what may come between a plan and its targets, how surely they are reached, on whom it hangs."""

WORDS = {
    # the command
    "help_risk": (
        "Say how surely a plan reaches its targets when people leave, decline and fail.",
        "Ước lượng khả năng kế hoạch đạt mục tiêu khi có người thôi việc, không đi học, không hoàn thành.",
    ),
    "help_futures": ("futures to draw", "số lần mô phỏng"),
    "help_rates": (
        "a what-if with the key risk alone, laid on the run's scenario",
        "tệp chỉ có khóa risk, áp lên phương án của kết quả",
    ),
    "help_against": (
        "another run, compared in the same futures",
        "kết quả khác để so sánh trên cùng các lần mô phỏng",
    ),
    "help_risk_out": (
        "a folder for the tables and pictures",
        "thư mục ghi các bảng và biểu đồ",
    ),
    "help_recourse": (
        "also so many futures in which the plan is made again every year; each takes a solve a year",
        "mô phỏng thêm số lần này với kế hoạch được lập lại hằng năm; mỗi lần phải lập lại kế hoạch từng năm",
    ),
    # what is wrong
    "risk_recourse_futures": (
        "--recourse: {found} is not between {least} and {most}",
        "--recourse: {found} không nằm trong khoảng {least} đến {most}",
    ),
    "risk_recorded": (
        "{folder}: {number:# event is|# events are} recorded in the ledger. What has happened is not to be drawn: replan from the next year on, and ask of the new run",
        "{folder}: sổ theo dõi đã ghi {number:#} việc. Việc đã xảy ra thì không mô phỏng nữa: hãy lập lại kế hoạch từ năm sau rồi mô phỏng kết quả mới",
    ),
    "risk_ledger": (
        "The ledger is not looked at ({number:# event|# events}): these futures begin with the plan. Replan from the next year on, and ask of the new run, for futures that begin today.",
        "Chưa tính {number:#} việc đã ghi trong sổ theo dõi: mô phỏng bắt đầu từ đầu kỳ kế hoạch. Muốn mô phỏng từ hiện tại, hãy lập lại kế hoạch từ năm sau rồi chạy lệnh với kết quả mới.",
    ),
    "risk_recourse_title": (
        "The plan made again every year: places short of the targets, weighted",
        "Lập lại kế hoạch hằng năm: số lượt còn thiếu so với mục tiêu (có trọng số)",
    ),
    "risk_column_future": ("future", "lần mô phỏng"),
    "risk_column_as_it_was": ("plan as it was", "giữ nguyên kế hoạch"),
    "risk_column_remade": ("made again", "lập lại hằng năm"),
    "risk_column_starts": ("starts", "số lượt cử"),
    "risk_column_stopped": ("no plan from", "không lập được từ năm"),
    "risk_recourse_gained": (
        "Made again, {gained} fewer places are short on average (± {error}; {number:# future|# futures}).",
        "Nếu lập lại hằng năm, bình quân giảm thiếu {gained} lượt (± {error}; {number:#} lần mô phỏng).",
    ),
    "rate_of_people": (
        "{at}: '{event}' is of people, not of studies; a rate for some programmes is one of declined or failed",
        "{at}: '{event}' là biến động về người, không theo chương trình; chỉ declined và failed có tỷ lệ theo chương trình",
    ),
    "risk_no_rates": (
        "there are no rates: nothing could happen. Write them under `risk` in the scenario, or give a file with --rates; each with its source or the word assumed",
        "chưa có tỷ lệ biến động nên không có gì để mô phỏng. Hãy ghi ở khóa `risk` của phương án hoặc nêu tệp bằng --rates; mỗi tỷ lệ kèm nguồn hoặc ghi `assumed` (giả định)",
    ),
    "risk_no_targets": (
        "the scenario has no targets: there is nothing to be reached",
        "phương án chưa có mục tiêu nên không có gì để đánh giá",
    ),
    "risk_rates_only": (
        "'{name}' does not belong into a file of rates: it would change what the plan is judged by. Such a file holds `risk` alone",
        "'{name}' không thuộc tệp tỷ lệ biến động vì làm thay đổi căn cứ đánh giá kế hoạch. Tệp này chỉ có khóa `risk`",
    ),
    "risk_futures": (
        "--futures: {found} is not between {least} and {most}",
        "--futures: {found} không nằm trong khoảng {least} đến {most}",
    ),
    "risk_other_futures": (
        "two plans can only be compared in the same futures: the same number, drawn with the same seed",
        "chỉ so sánh được hai kế hoạch trên cùng các lần mô phỏng: cùng số lần và cùng số khởi tạo",
    ),
    "risk_other_targets": (
        "the two plans are not judged alike: these targets are others, or count others: {names}",
        "hai kế hoạch không cùng căn cứ đánh giá: các mục tiêu sau khác nhau hoặc tính trên đối tượng khác: {names}",
    ),
    "warning_empty_rate": (
        "{at}: the rate concerns nobody in any year",
        "{at}: tỷ lệ này không áp dụng cho ai trong năm nào",
    ),
    # on the terminal
    "risk_title": (
        "{futures:# future|# futures}, drawn with seed {seed}; {cadres:# cadre|# cadres} may be concerned",
        "Số lần mô phỏng: {futures:#} (số khởi tạo {seed}); số cán bộ có thể biến động: {cadres:#}",
    ),
    "risk_method": (
        "What happens to one cadre says nothing of another. The plan is not made again; ranges hold with 95 % confidence.",
        "Biến động của mỗi cán bộ độc lập với nhau. Kế hoạch không được lập lại; khoảng ước lượng có độ tin cậy 95 %.",
    ),
    "risk_assumed": (
        "{assumed:# rate is|# rates are} assumed: the figures are as good as that.",
        "Có {assumed:#} tỷ lệ là giả định; kết quả chỉ đáng tin cậy như các giả định đó.",
    ),
    "risk_idle": (
        "{number:# rate counts|# rates count} for nobody, because nobody matches in these years, or because rates that stand before match first: {entries}. Those that are narrow stand first; rates of a file stand behind those of the scenario that have other names.",
        "{number:#} tỷ lệ không áp dụng cho ai, vì không có đối tượng trong các năm đó hoặc đã có tỷ lệ đứng trước áp dụng: {entries}. Tỷ lệ cho đối tượng hẹp phải đứng trước; tỷ lệ trong tệp đứng sau các tỷ lệ khác tên của phương án.",
    ),
    "risk_progress": ("{done:#} of {total:# future|# futures}", "{done:#}/{total:#} lần mô phỏng"),
    "risk_rates_title": ("rates", "Tỷ lệ biến động"),
    "risk_column_event": ("what happens", "biến động"),
    "risk_column_who": ("cadres", "số cán bộ"),
    "risk_column_programmes": ("programmes", "chương trình"),
    "risk_column_years": ("years", "năm áp dụng"),
    "risk_column_rate": ("in a year", "tỷ lệ mỗi năm"),
    "risk_column_source": ("source", "nguồn"),
    "risk_any_programme": ("any", "mọi chương trình"),
    "risk_every_year": ("every", "mọi năm"),
    "risk_targets_title": ("targets", "Khả năng đạt mục tiêu"),
    "risk_column_planned": ("short as planned", "thiếu theo kế hoạch"),
    "risk_column_chance": ("chance to reach", "xác suất đạt"),
    "risk_column_expected": ("short on average", "thiếu bình quân"),
    "risk_column_band": ("in 8 of 10 futures", "8/10 trường hợp"),
    "risk_column_tail": ("worst tenth", "10 % xấu nhất"),
    "risk_all": ("all, weighted", "tất cả, theo trọng số"),
    "risk_range": ("{low}–{high}", "{low}–{high}"),
    "risk_within": ("{value} ({low}–{high})", "{value} ({low}–{high})"),
    "risk_give": ("{value} ± {error}", "{value} ± {error}"),
    "risk_sure": (
        "Reached in every future: {number:# target|# targets}.",
        "Đạt trong mọi lần mô phỏng: {number:#} mục tiêu.",
    ),
    "risk_fixed": (
        "As many places short as planned, whatever happens: {number:# target|# targets}.",
        "Dù có biến động vẫn thiếu đúng như kế hoạch: {number:#} mục tiêu.",
    ),
    "risk_worst": (
        "In the worst tenth of the futures the places short are {tail} on average; as planned: {planned}.",
        "Trong 10 % trường hợp xấu nhất, bình quân thiếu {tail} lượt; theo kế hoạch là {planned}.",
    ),
    "risk_hinges_start": (
        "Starts: were this one neither declined nor failed, so many fewer places would be short on average",
        "Lượt cử quyết định nhất: nếu chắc chắn đi học và hoàn thành thì bình quân giảm thiếu",
    ),
    "risk_hinges_cadre": (
        "Cadres: were nothing to happen to this one, so many fewer places would be short on average",
        "Cán bộ quyết định nhất: nếu không có biến động thì bình quân giảm thiếu",
    ),
    "risk_hinges_agency": (
        "Agencies: were nothing to happen in this one, so many fewer places would be short on average",
        "Cơ quan quyết định nhất: nếu không có biến động thì bình quân giảm thiếu",
    ),
    "risk_hinges_year": (
        "Years: were nothing to happen in this one, so many fewer places would be short on average",
        "Năm quyết định nhất: nếu không có biến động thì bình quân giảm thiếu",
    ),
    "risk_column_gain": ("fewer short", "giảm thiếu (lượt)"),
    "risk_column_succeeds": ("reaches its level", "khả năng hoàn thành"),
    "risk_more": (
        "{number:#} more in hinges.csv of --out.",
        "Còn {number:#} dòng trong tệp hinges.csv của --out.",
    ),
    "risk_against_title": (
        "Against {folder}, in the same futures",
        "So với {folder}, trên cùng các lần mô phỏng",
    ),
    "risk_column_other": ("there", "ở kết quả kia"),
    "risk_column_difference": ("difference", "chênh lệch"),
    "risk_column_chance_difference": ("chance", "chênh lệch xác suất"),
    "risk_apart": (
        "In futures of their own the difference of all would have an error of {apart} instead of {error}.",
        "Nếu mô phỏng riêng từng kết quả thì sai số của chênh lệch chung là {apart} thay vì {error}.",
    ),
    "risk_written": ("The tables and pictures are in {folder}.", "Các bảng và biểu đồ ở {folder}."),
    # pictures
    "chart_risk_chances": ("How surely the targets are reached", "Xác suất đạt từng mục tiêu"),
    "chart_risk_chances_note": (
        "line: 95 % confidence; to the right: places short on average",
        "đoạn ngang: khoảng tin cậy 95 %; bên phải: số lượt còn thiếu bình quân",
    ),
    "chart_risk_more": (
        "{number:#} further targets are not drawn: reached in every future, or in none",
        "Không vẽ {number:#} mục tiêu đạt trong mọi trường hợp hoặc không trường hợp nào",
    ),
    "chart_risk_shortfall": (
        "Places short of the targets, weighted, in each future",
        "Số lượt còn thiếu so với mục tiêu (có trọng số)",
    ),
    "chart_risk_across": ("places short, weighted", "số lượt còn thiếu (có trọng số)"),
    "chart_risk_futures": ("futures", "số lần mô phỏng"),
    "chart_risk_planned": ("planned: {value}", "theo kế hoạch: {value}"),
    "chart_risk_mean": ("on average: {value}", "bình quân: {value}"),
    "chart_risk_tail": ("worst tenth: {value}", "10 % xấu nhất: {value}"),
    # the page's table of assumptions
    "page_section_risk": ("risk", "tỷ lệ biến động"),
    # the scheme in Excel
    "scheme_sheet_risk": ("Risk", "Rủi ro"),
    "scheme_intro_risk": (
        "What may come between a plan and its targets, for `planner risk` alone: for each event the first row that matches. Each rate has its source, or the word assumed.",
        "Các biến động có thể làm kế hoạch không đạt, chỉ dùng cho lệnh risk: với mỗi loại biến động lấy dòng đầu tiên phù hợp. Mỗi tỷ lệ phải có nguồn hoặc ghi giả định.",
    ),
    "scheme_head_event": ("What happens", "Biến động"),
    "scheme_note_event": (
        "Of people: left, early retirement, transferred out. Of studies: start declined, year failed.",
        "Về người: thôi việc, nghỉ hưu sớm, chuyển đi nơi khác. Về học tập: không đi học, không hoàn thành năm học.",
    ),
    "scheme_head_rate": ("Rate in a year", "Tỷ lệ mỗi năm"),
    "scheme_note_rate": (
        "Example: 2 %. Of a start declined: per start; of a year failed: per year of study.",
        "Ví dụ: 2 %. Không đi học: tính trên mỗi lượt cử; không hoàn thành: tính trên mỗi năm học.",
    ),
    "scheme_choice_left": ("left", "thôi việc"),
    "scheme_choice_retired": ("early retirement", "nghỉ hưu sớm"),
    "scheme_choice_transferred": ("transferred out", "chuyển đi nơi khác"),
    "scheme_choice_declined": ("start declined", "không đi học"),
    "scheme_choice_failed": ("year failed", "không hoàn thành"),
    "first_risk_untold": (
        "{number:# target that cannot be told is|# targets that cannot be told are} left out",
        "không tính {number:#} mục tiêu chưa xác định được",
    ),
    "first_risk_none": ("No target can be told", "Chưa xác định được mục tiêu nào"),
    # two plans
    "risk_other_rates": (
        "two plans can only be compared in the same futures: the rates differ for cadres whom both plans have ({events}); give both the same with --rates",
        "chỉ so sánh được hai kế hoạch trên cùng các lần mô phỏng: tỷ lệ biến động của những cán bộ có trong cả hai kế hoạch khác nhau ({events}); hãy dùng --rates để áp dụng cùng tỷ lệ cho cả hai",
    ),
}
