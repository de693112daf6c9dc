"""Sentences about one cadre: what he gets, what not and why, and what would change it."""

WORDS = {
    "explain_title": ("{cadre}, {agency}", "{cadre}, {agency}"),
    "explain_gets_nothing": ("gets nothing of what was asked", "không được cử đi học trong phạm vi câu hỏi"),
    "explain_gets": ("gets {programme}, {period}", "được cử đi học {programme}, {period}"),
    "explain_every": (
        "every best plan has this start; without it: {change}",
        "mọi kế hoạch tốt nhất đều có lượt này; nếu bỏ: {change}",
    ),
    "explain_every_must": ("no plan is possible without this start", "không có kế hoạch nào nếu thiếu lượt này"),
    "explain_some": (
        "some best plans have this start and some have not: a tie, decided by the lot",
        "trong các kế hoạch tốt nhất, có kế hoạch có lượt này, có kế hoạch không: ngang nhau, do bốc thăm quyết định",
    ),
    "explain_inadmissible": ("{programme}: not admissible", "{programme}: không đủ điều kiện"),
    "explain_reason": ("{years}: {reasons}", "{years}: {reasons}"),
    "explain_impossible": (
        "{programme}, {when}: no plan can hold it; it contradicts:",
        "{programme}, {when}: không kế hoạch nào cử được; mâu thuẫn với:",
    ),
    "explain_way_out": ("what would get {cadre} in: {changes}", "để cử được {cadre}: {changes}"),
    "explain_free": (
        "{programme}, {when}: would cost nothing; a plan with it is as good: a tie, decided by the lot",
        "{programme}, {when}: cử thì không ảnh hưởng mục tiêu nào; có kế hoạch tốt ngang bằng, do bốc thăm quyết định",
    ),
    "explain_costs": (
        "{programme}, {when}: would cost {change}; so it is not in any best plan",
        "{programme}, {when}: nếu cử thì {change}; nên không có trong kế hoạch tốt nhất nào",
    ),
    "explain_any_year": ("in any year", "bất kỳ năm nào"),
    "explain_year": ("in {year}", "năm {year}"),
    "explain_loses": (
        "in the best plan with it these starts fall away: {starts}",
        "trong kế hoạch tốt nhất có lượt này, các lượt sau không còn: {starts}",
    ),
    "explain_gains": ("and these are new: {starts}", "và các lượt sau được thêm: {starts}"),
    "explain_more": ("{starts} and {number:#} more", "{starts} và {number:#} lượt khác"),
    "explain_remedy": ("what would get {cadre} in: {change}; {certainty}", "để cử được {cadre}: {change}; {certainty}"),
    "explain_certain": ("then every best plan has it", "khi đó mọi kế hoạch tốt nhất đều có lượt này"),
    "explain_tied": (
        "then some best plans have it and the lot decides",
        "khi đó một số kế hoạch tốt nhất có lượt này, do bốc thăm quyết định",
    ),
    "explain_more_seats": (
        "{number:# more seat|# more seats} of {pool} in {year}",
        "thêm {number:#} chỉ tiêu {pool} năm {year}",
    ),
    "explain_more_seats_total": (
        "{number:# more seat|# more seats} of {pool} over all years",
        "thêm {number:#} chỉ tiêu {pool} cả kỳ",
    ),
    "explain_more_absence": (
        "{number:#} more who may be away from {agency} in {year}",
        "thêm {number:#} người được vắng mặt tại {agency} năm {year}",
    ),
    "explain_more_leaders": (
        "{number:# more leader|# more leaders} who may be away from {agency} in {year}",
        "thêm {number:#} lãnh đạo được vắng mặt tại {agency} năm {year}",
    ),
    "explain_more_per_agency": (
        "{number:# more start|# more starts} of {agency} in {pool} in {year}",
        "thêm {number:#} lượt cho {agency} trong chỉ tiêu {pool} năm {year}",
    ),
    "explain_more_per_agency_total": (
        "{number:# more start|# more starts} of {agency} in {pool} over all years",
        "thêm {number:#} lượt cho {agency} trong chỉ tiêu {pool} cả kỳ",
    ),
    "explain_more_points": ("{number:# more priority point|# more priority points}", "thêm {number:#} điểm ưu tiên"),
    "explain_no_remedy": (
        "no seats and no office limit raised by up to {number:#} get {cadre} in",
        "tăng chỉ tiêu hay giới hạn số người vắng mặt thêm đến {number:#} cũng không cử được {cadre}",
    ),
    "explain_points_hopeless": (
        "no number of priority points would: {goal} is ranked before them",
        "bao nhiêu điểm ưu tiên cũng không đủ: {goal} được xếp trước",
    ),
    "explain_points_no": (
        "nor would up to {number:# more priority point|# more priority points}",
        "thêm đến {number:#} điểm ưu tiên cũng không đủ",
    ),
    "explain_all": (
        "{starts:# start|# starts}: every best plan has {every:#}, the lot decides {some:#}. {waiting:# cadre waits|# cadres wait} for {pairs:# programme|# programmes}: {free:#} would cost nothing, {costs:#} would cost, {impossible:# is|# are} impossible.",
        "{starts:#} lượt cử: mọi kế hoạch tốt nhất đều có {every:#} lượt, bốc thăm quyết định {some:#} lượt. {waiting:#} cán bộ còn chờ, {pairs:#} trường hợp: {free:#} trường hợp cử thì kế hoạch không kém đi, {costs:#} trường hợp làm kế hoạch kém đi, {impossible:#} trường hợp không thể cử.",
    ),
    "explain_all_or_cadre": ("say --cadre C, or --all for everybody", "hãy nêu --cadre C, hoặc --all cho tất cả"),
    "year_outside": (
        "--year {year}: the years of the plan are {first} to {last}",
        "--year {year}: kế hoạch gồm các năm từ {first} đến {last}",
    ),
    "change_more": ("{goal} +{by:#}", "{goal} tăng {by:#}"),
    "change_less": ("{goal} −{by:#}", "{goal} giảm {by:#}"),
    "change_none": ("nothing", "không thay đổi gì"),
    "explain_all_next": (
        "Of each of them, read: planner report {folder} --out page.html --answers",
        "Xem từng người: planner report {folder} --out page.html --answers",
    ),
}
