"""Sentences about plans made for uncertain futures: goals over sampled futures, what a resilient plan costs and gains."""

WORDS = {
    # the goals
    "goal_expected": ("places short on average over the futures", "số lượt còn thiếu bình quân qua các lần mô phỏng"),
    "goal_worst_tenth": (
        "places short in the worst tenth of the futures",
        "số lượt còn thiếu ở một phần mười trường hợp xấu nhất",
    ),
    "yardstick_expected": (
        "other targets, members, weights, rates or futures",
        "khác mục tiêu, đối tượng, trọng số, tỷ lệ biến động hoặc lần mô phỏng",
    ),
    "yardstick_worst_tenth": (
        "other targets, members, weights, rates or futures",
        "khác mục tiêu, đối tượng, trọng số, tỷ lệ biến động hoặc lần mô phỏng",
    ),
    "goal_without_risk": (
        "{at}: the goal '{goal}' looks at what may happen, but there are no rates: write them under `risk`",
        "{at}: mục tiêu tối ưu '{goal}' xét những biến động có thể xảy ra nhưng chưa có tỷ lệ: hãy ghi ở khóa `risk`",
    ),
    "want_exact_mean": (
        "{at}: {found} is not a multiple of 10 that divides 10000 (10, 20, 40, 50, 80, 100, 200, ...), so a mean over so many futures is no exact decimal",
        "{at}: {found} không phải bội số của 10 mà 10000 chia hết (10, 20, 40, 50, 80, 100, 200, ...), nên số bình quân không viết được chính xác",
    ),
    # the command
    "resilient_no_proof": (
        "--proof certifies the goals of a scenario; those of --resilient over sampled futures have no certificate yet",
        "--proof chỉ lập chứng nhận cho các mục tiêu tối ưu của phương án; mục tiêu của --resilient trên các lần mô phỏng chưa có chứng nhận",
    ),
    "help_resilient": (
        "the plan for uncertain futures: `expected` (fewest short on average) or `worst_tenth` (in the worst tenth)",
        "kế hoạch chịu được biến động: `expected` (bình quân thiếu ít nhất) hoặc `worst_tenth` (thiếu ít nhất ở một phần mười trường hợp xấu nhất)",
    ),
    "help_resilient_futures": (
        "with --resilient: futures of its sample (10, 20, 40, 50, 100, ...); by default the scenario's",
        "cùng --resilient: số lần mô phỏng làm mẫu (10, 20, 40, 50, 100, ...); mặc định theo phương án",
    ),
    "help_resilient_seed": (
        "with --resilient: the seed of its sample",
        "cùng --resilient: số khởi tạo của mẫu",
    ),
    "help_keep_today": (
        "with --resilient: what is attained if nothing happens stays the best there is",
        "cùng --resilient: giữ nguyên mức đạt tốt nhất khi không có biến động",
    ),
    "help_samples": (
        "with --resilient: samples that the bound rests on, its own included (3); each of the others takes a solve",
        "cùng --resilient: số mẫu để tính mức tốt nhất có thể, kể cả mẫu của kế hoạch (3); mỗi mẫu thêm phải tính một lần",
    ),
    "help_resilient_plot": (
        "with --resilient: a picture (.svg, .png) of both plans over the futures",
        "cùng --resilient: biểu đồ (.svg, .png) hai kế hoạch qua các lần mô phỏng",
    ),
    "resilient_alone": (
        "--futures, --seed, --rates, --keep-today, --samples and --plot say how --resilient is meant: give it, too",
        "--futures, --seed, --rates, --keep-today, --samples và --plot chỉ dùng cùng --resilient: hãy nêu thêm tùy chọn này",
    ),
    "resilient_measure": ("'{found}' is not one of {names}", "'{found}' không thuộc {names}"),
    "resilient_samples": (
        "samples: {found} is not between 1 and {most}",
        "số mẫu: {found} không nằm trong khoảng 1 đến {most}",
    ),
    "resilient_no_plan": ("there is no plan to draw", "không có kế hoạch để vẽ biểu đồ"),
    "resilient_progress": (
        "sample {done} of {total} for the bound",
        "mẫu thứ {done} trong {total} mẫu để tính mức tốt nhất",
    ),
    "resilient_drawn": ("The picture is in {folder}.", "Biểu đồ ở {folder}."),
    # what it says
    "resilient_title": (
        "{starts:# start|# starts}, made for {futures:# future|# futures} (seed {seed}); both plans judged in {judged:#} fresh ones (seed {fresh})",
        "{starts:#} lượt cử, lập theo {futures:#} lần mô phỏng (số khởi tạo {seed}); hai kế hoạch cùng được đánh giá qua {judged:#} lần mô phỏng mới (số khởi tạo {fresh})",
    ),
    "resilient_proven": (
        "Proven: over {futures:# sampled future|# sampled futures} {no_plan} does better than {value} ({measure}).",
        "Đã chứng minh: với {futures:#} lần mô phỏng này, {no_plan} tốt hơn {value} ({measure}).",
    ),
    "resilient_open": (
        "Not proven in the time: over {futures:# sampled future|# sampled futures} it has {value}, and {no_plan} less than {bound} ({measure}). More time or fewer futures would settle it.",
        "Chưa chứng minh được trong thời gian cho phép: với {futures:#} lần mô phỏng này, kế hoạch đạt {value}, {no_plan} dưới {bound} ({measure}). Cần thêm thời gian hoặc giảm số lần mô phỏng.",
    ),
    "resilient_reserved": (
        "Made with reserves: {number:# target was|# targets were} added to send more, and sooner. Over {futures:#} sampled futures it has {value}, and proven is that {no_plan} has less than {bound} ({measure}).",
        "Lập có dự phòng: thêm {number:#} chỉ tiêu để cử nhiều hơn và sớm hơn. Với {futures:#} lần mô phỏng, kế hoạch đạt {value}; đã chứng minh {no_plan} dưới {bound} ({measure}).",
    ),
    "resilient_settled": (
        "Every goal of its scenario is proven, those of the added targets included.",
        "Mọi mục tiêu tối ưu của phương án này đã được chứng minh, kể cả các chỉ tiêu thêm.",
    ),
    "resilient_unsettled_reserved": (
        "Goals of its scenario that the time did not settle: {number}.",
        "Số mục tiêu tối ưu của phương án này chưa giải xong trong thời gian cho phép: {number}.",
    ),
    "resilient_unsettled": (
        "Goals after it that the time did not settle: {number}.",
        "Số mục tiêu tối ưu phía sau chưa giải xong trong thời gian cho phép: {number}.",
    ),
    "resilient_table": ("places short of the targets, weighted", "số lượt còn thiếu so với mục tiêu (có trọng số)"),
    "resilient_column_today": ("today's best plan", "kế hoạch tốt nhất hiện nay"),
    "resilient_column_resilient": ("resilient plan", "kế hoạch chịu biến động"),
    "resilient_column_difference": ("difference", "chênh lệch"),
    "resilient_figure_planned": ("if nothing happens", "khi không có biến động"),
    "resilient_figure_expected": ("on average", "bình quân"),
    "resilient_figure_worst_tenth": ("in the worst tenth", "ở một phần mười trường hợp xấu nhất"),
    "resilient_figure_starts": ("starts", "số lượt cử"),
    "resilient_gains": (
        "It costs {cost} if nothing happens, and gains {gain} ± {error} ({measure}).",
        "Khi không có biến động, thiếu thêm {cost}; đổi lại giảm được {gain} ± {error} ({measure}).",
    ),
    "resilient_no_gain": (
        "In fresh futures it is no better than today's plan by more than chance ({gain} ± {error}; {measure}): a larger sample, or today's plan.",
        "Qua các lần mô phỏng mới, kế hoạch này không tốt hơn kế hoạch hiện nay ngoài sai số ({gain} ± {error}; {measure}): hãy tăng số lần mô phỏng hoặc giữ kế hoạch hiện nay.",
    ),
    "resilient_bound": (
        "By {samples:# sample|# samples} {no_plan} can have less than {bound} ± {error} on average over all futures ({measure}): this one is at most {high} above the best (95 %).",
        "Theo {samples:#} mẫu, {no_plan} xuống dưới {bound} ± {error} ({measure}) nếu xét mọi biến động: kế hoạch này cao hơn mức tốt nhất nhiều nhất {high} (độ tin cậy 95 %).",
    ),
    "resilient_no_plan_at_all": ("no plan", "không kế hoạch nào"),
    "resilient_no_plan_kept": (
        "no plan that attains as much as today's where nothing happens",
        "không kế hoạch nào giữ nguyên mức đạt hiện nay khi không có biến động",
    ),
    "resilient_no_bound": (
        "How far it is from the best is not bounded: that takes two samples at least, each with a proven bound.",
        "Chưa xác định được khoảng cách đến mức tốt nhất: cần ít nhất hai mẫu, mỗi mẫu có mức tốt nhất đã chứng minh.",
    ),
    # the picture
    "chart_resilience": ("What the resilient plan costs and gains", "Kế hoạch chịu biến động: mất gì, được gì"),
    "chart_resilience_across": (
        "places short of the targets, weighted",
        "số lượt còn thiếu so với mục tiêu (có trọng số)",
    ),
    "chart_resilience_up": ("share of the futures with at most so many", "tỷ lệ lần mô phỏng không vượt quá mức đó"),
    "chart_resilience_planned": ("if nothing happens: {value}", "khi không có biến động: {value}"),
    "chart_resilience_expected": ("on average: {value}", "bình quân: {value}"),
    "chart_resilience_worst_tenth": ("worst tenth: {value}", "một phần mười xấu nhất: {value}"),
    # the scheme in Excel
    "scheme_choice_expected": ("short on average over futures", "số thiếu bình quân qua mô phỏng"),
    "scheme_choice_worst_tenth": ("short in the worst tenth of futures", "số thiếu ở một phần mười xấu nhất"),
    "scheme_head_resilient_futures": ("Futures of the sample", "Số lần mô phỏng của mẫu"),
    "scheme_head_resilient_seed": ("Seed of the futures", "Số khởi tạo mô phỏng"),
}
