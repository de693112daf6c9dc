"""Sentences about published tables: faults of their file, findings of the audit, what a rebuilt roster assumes."""

WORDS = {
    "cell_one_column": (
        "{at}: a cell compares one column with a value, a list or a range, found {found}",
        "{at}: mỗi ô so sánh một cột với một giá trị, danh sách hoặc khoảng, gặp {found}",
    ),
    "cells_one_column": (
        "{at}: the cells of a breakdown speak of one column; '{name}' is not '{other}'",
        "{at}: các ô của một phân tổ phải cùng một cột; '{name}' khác '{other}'",
    ),
    "ages_in_order": (
        "{at}: expected youngest, most frequent and oldest age, in this order",
        "{at}: cần tuổi trẻ nhất, phổ biến nhất và cao nhất, theo thứ tự",
    ),
    "scenario_missing": (
        "{at}: the scenario '{name}' does not exist",
        "{at}: không có tệp phương án '{name}'",
    ),
    "unknown_table": ("{at}: unknown table '{name}'{nearest}", "{at}: không có bảng nào tên '{name}'{nearest}"),
    "unknown_target": ("{at}: unknown target '{name}'{nearest}", "{at}: không có mục tiêu nào tên '{name}'{nearest}"),
    "table_circle": (
        "{at}: the table '{name}' is a part of itself, in a circle",
        "{at}: bảng '{name}' là một phần của chính nó (vòng lặp)",
    ),
    "note_sum": (
        "{table}, {part}: the cells sum to {sum}, not to {total}",
        "{table}, {part}: các ô cộng lại được {sum}, không phải {total}",
    ),
    "note_sum_base": (
        "{table}, {part}: {fitting:# of the printed percentages is|# of the printed percentages are} of {sum}",
        "{table}, {part}: {fitting:#} tỷ lệ in ra được tính trên {sum}",
    ),
    "note_overlap": (
        "{tables}: {numbers} members in both are consistent with the printed increases; {chosen} is taken ({how})",
        "{tables}: số người chung {numbers} phù hợp với các mức tăng đã in; chọn {chosen} ({how})",
    ),
    "note_no_overlap": (
        "{tables}: no number of members in both is consistent with the printed increases",
        "{tables}: không có số người chung nào phù hợp với các mức tăng đã in",
    ),
    "how_rounded": ("every increase rounded", "mọi mức tăng đều làm tròn"),
    "how_truncated": ("every increase cut off instead of rounded", "mọi mức tăng đều bị cắt bớt thay vì làm tròn"),
    "how_mixed": ("some increases rounded, others cut off", "có mức tăng làm tròn, có mức bị cắt bớt"),
    "note_beyond": (
        "{demand}: {total} cannot be derived; the tables give {computed}. It counts {beyond}",
        "{demand}: không suy ra được {total}; các bảng cho {computed}. Dòng này tính cả {beyond}",
    ),
    "note_within": (
        "{demand}: the tables leave {low:#} to {high:#}, not saying what the members of two tables hold; {total:#} is within",
        "{demand}: các bảng cho từ {low:#} đến {high:#}, không nói rõ người thuộc hai bảng; {total:#} nằm trong khoảng",
    ),
    "note_drawn": (
        "Drawn from seed {seed}, as no table says it: {columns}, and which value goes with which in one cadre",
        "Sinh ngẫu nhiên theo số khởi tạo {seed} vì không biểu nào cho biết: {columns}, và giá trị nào đi với nhau ở một cán bộ",
    ),
    "note_deviation": (
        "{table}, {item}: {published} is published, {rebuilt} rebuilt, as the tables contradict each other",
        "{table}, {item}: công bố {published}, dựng lại {rebuilt}, vì các bảng mâu thuẫn nhau",
    ),
    "note_beside": (
        "{number:# member|# members} of {table} {number:is|are} in none of the tables that it overlaps: the fewest that its counts allow",
        "{number:#} người của {table} không thuộc bảng nào giao với nó: ít nhất mà các số liệu cho phép",
    ),
    "note_common": (
        "{tables}: {number:# member is|# members are} in both (the tables and increases allow {low:#} to {high:#})",
        "{tables}: {number:#} người thuộc cả hai (các bảng và mức tăng cho phép từ {low:#} đến {high:#})",
    ),
    "note_studying": (
        "{number:# cadre is|# cadres are} studying for the level that their table counts; their number is assumed",
        "{number:#} cán bộ đang học trình độ mà bảng đã tính; số lượng này là giả định",
    ),
    "choice_inconsistent": (
        "{at}: {found:# member|# members} in both {found:does|do} not fit the printed increases; these do: {numbers}",
        "{at}: {found:#} người chung không phù hợp với các mức tăng đã in; phù hợp là: {numbers}",
    ),
    "shares_zero": ("{at}: some share must be above 0", "{at}: phải có ít nhất một tỷ lệ lớn hơn 0"),
    "ages_as_range": (
        "{at}: several ages are given as a range, {{min: ..., max: ...}}",
        "{at}: nhiều độ tuổi phải viết thành khoảng, {{min: ..., max: ...}}",
    ),
    "no_order": (
        "{at}: '{name}' has values without an order; give a value or a list of values",
        "{at}: '{name}' có giá trị không xếp thứ tự; hãy ghi một giá trị hoặc danh sách giá trị",
    ),
    "too_many_strata": (
        "the tables overlap in more than {limit:# way|# ways}",
        "các bảng giao nhau theo hơn {limit:#} cách",
    ),
    "no_rebuilding": (
        "no roster has the sizes that these tables state: {reason}",
        "không có danh sách nào có quy mô như các bảng này: {reason}",
    ),
    "cell_no_number": (
        "{at}: a cell needs 'count', 'percent' or both",
        "{at}: mỗi ô cần 'count', 'percent' hoặc cả hai",
    ),
    "parts_share": (
        "{at}: '{name}' and '{other}' divide '{table}', so nobody is in both; yet the file puts people in both",
        "{at}: '{name}' và '{other}' chia '{table}' nên không ai thuộc cả hai, nhưng tệp lại xếp người vào cả hai",
    ),
    "note_parts": (
        "{table}, {part}: the tables that divide it sum to {sum}, not to {total}",
        "{table}, {part}: các bảng thành phần cộng lại được {sum}, không phải {total}",
    ),
    "note_people": (
        "{name} ({item}) asks for {asked}, but there are only {people} such people",
        "{name} ({item}) cần {asked} người, nhưng chỉ có {people} người như vậy",
    ),
    "note_demand_deviation": (
        "The demand line {item} says {published}; the rebuilt roster and the targets give {rebuilt}",
        "Nhu cầu {item} công bố {published}; danh sách dựng lại và các mục tiêu cho {rebuilt}",
    ),
    "note_empty": (
        "Empty, as neither the tables nor the draw give them: {columns}",
        "Để trống vì cả các bảng lẫn phần rút ngẫu nhiên đều không cho: {columns}",
    ),
    "note_idle": (
        "Rules of draw.shares that nobody is left for, as the tables give these columns: {columns}",
        "Quy định draw.shares không còn áp dụng cho ai vì các bảng đã cho các cột này: {columns}",
    ),
    "note_percent_alone": (
        "{number} percentages are printed without a count; each rebuilt count rounds or cuts to its percentage",
        "{number} tỷ lệ được in không kèm số lượng; số lượng dựng lại được làm tròn hoặc cắt bớt đúng tỷ lệ đó",
    ),
    "draw_made": (
        "{at}: '{name}' follows from other entries and is not drawn by shares",
        "{at}: '{name}' suy ra từ các mục khác, không rút theo tỷ lệ",
    ),
    "draw_given": (
        "{at}: the tables or 'shares' give '{name}' already; 'after' would overwrite it",
        "{at}: các bảng hoặc 'shares' đã cho '{name}'; 'after' sẽ ghi đè lên",
    ),
    "draw_column": (
        "{at}: nobody has a column '{name}' yet when this is drawn{nearest}",
        "{at}: lúc rút mục này chưa ai có cột '{name}'{nearest}",
    ),
    "draw_value": (
        "{at}: '{column}' has no value '{name}'{nearest}",
        "{at}: cột '{column}' không có giá trị '{name}'{nearest}",
    ),
    "draw_nobody": (
        "{at}: this rule speaks of nobody: no table has such people, or earlier rules take them all",
        "{at}: quy định này không áp dụng cho ai: không bảng nào có người như vậy, hoặc các quy định trước đã lấy hết",
    ),
    "draw_against": (
        "{at}: this rule contradicts what the tables or other rules say of all those of whom it speaks",
        "{at}: quy định này mâu thuẫn với các bảng hoặc quy định khác về mọi người mà nó áp dụng",
    ),
    "draw_left_out": (
        "{at}: 'columns' leaves '{name}' out of the roster, so it would be drawn in vain",
        "{at}: 'columns' không có '{name}' nên rút cột này là vô ích",
    ),
    "draw_no_sex": (
        "{at}: a pension age goes by the sex, which neither the tables nor 'draw.shares' give",
        "{at}: tuổi nghỉ hưu tính theo giới tính, mà cả các bảng lẫn 'draw.shares' đều không cho",
    ),
    "shares_sum": (
        "{at}: the shares must sum to 1, not {found}",
        "{at}: các tỷ lệ phải có tổng bằng 1, không phải {found}",
    ),
    "shares_above": (
        "{at}: the shares of ages sum to {found}, above 1",
        "{at}: các tỷ lệ theo tuổi có tổng {found}, lớn hơn 1",
    ),
    "service_late": (
        "{at}: service starts at {found:# year|# years} at the earliest, but nobody is older than {oldest}",
        "{at}: sớm nhất {found:#} tuổi mới bắt đầu công tác, nhưng không ai quá {oldest} tuổi",
    ),
    "agencies_nobody": (
        "{at}: needs 'block' or 'tables'; without them nobody works here",
        "{at}: cần 'block' hoặc 'tables'; nếu không thì không ai làm việc ở đây",
    ),
    "uneven_elsewhere": (
        "{at}: the table '{name}' is not among the 'tables' of these agencies",
        "{at}: bảng '{name}' không nằm trong 'tables' của các cơ quan này",
    ),
    "column_not_given": (
        "{at}: neither the tables nor 'draw' give a column '{name}'{nearest}",
        "{at}: cả các bảng lẫn 'draw' đều không cho cột '{name}'{nearest}",
    ),
    # the audit's table
    "audit_kind_sum": ("sum", "tổng"),
    "audit_kind_percent": ("percentage", "tỷ lệ"),
    "audit_kind_range": ("yearly range", "khoảng hằng năm"),
    "audit_kind_demand": ("demand", "nhu cầu"),
    "audit_kind_people": ("people", "số người"),
    "audit_kind_rounding": ("rounding", "làm tròn"),
    "audit_kind_increase": ("increase", "mức tăng"),
    "audit_kind_overlap": ("overlap", "người thuộc hai biểu"),
    "audit_verdict_sums": ("right", "đúng"),
    "audit_verdict_does_not_sum": ("does not sum", "không khớp tổng"),
    "audit_verdict_exact": ("exact", "đúng"),
    "audit_verdict_rounded": ("rounded", "đúng, đã làm tròn"),
    "audit_verdict_rounded_heads": ("share of those to train", "là tỷ lệ người cần đào tạo"),
    "audit_verdict_truncated": ("cut off instead of rounded", "bị cắt bớt thay vì làm tròn"),
    "audit_verdict_wrong": ("wrong", "sai"),
    "audit_verdict_contains": ("can hold the total", "chứa được tổng"),
    "audit_verdict_cannot_contain": ("cannot hold the total", "không chứa được tổng"),
    "audit_verdict_agrees": ("agrees", "khớp"),
    "audit_verdict_within": ("within the bounds", "trong khoảng"),
    "audit_verdict_differs": ("differs", "không khớp"),
    "audit_verdict_not_derivable": ("cannot be derived", "không suy ra được"),
    "audit_verdict_consistent": ("consistent", "phù hợp"),
    "audit_verdict_consistent_if_truncated": ("consistent if cut off", "phù hợp nếu cắt bớt"),
    "audit_verdict_consistent_if_mixed": ("consistent if mixed", "phù hợp nếu làm tròn lẫn cắt bớt"),
    "audit_verdict_inconsistent": ("inconsistent", "không phù hợp"),
    "audit_verdict_depends_on_rounding": ("depends on the rounding", "tùy cách làm tròn"),
    "audit_verdict_more_than_people": ("more than there are", "nhiều hơn số người có"),
    "audit_word_parts": ("parts", "các biểu thành phần"),
    "audit_word_in": ("in", "thuộc"),
    "audit_word_both": ("both", "cả hai"),
    "audit_word_up": ("up", "làm tròn lên"),
    "audit_word_down": ("down", "làm tròn xuống"),
    "audit_word_nearest": ("nearest", "gần nhất"),
    "audit_word_below": ("below", "dưới"),
    "audit_word_at_least": ("at least", "ít nhất"),
    "audit_word_share": ("share", "tỷ lệ"),
    "audit_word_x": ("×", "×"),
    "audit_word_yes": ("yes", "có"),
    "audit_word_no": ("no", "không"),
    "audit_decimal_mark": (".", ","),
    "audit_all_right": (
        "{checked:# check|# checks}: every figure stands.",
        "Đã đối chiếu {checked:#} mục: số liệu đều khớp.",
    ),
    "audit_first": (
        "{checked:# check|# checks}, {wrong:#} of {checked:it|them} {wrong:fails|fail}: {verdicts}.",
        "Đã đối chiếu {checked:#} mục, {wrong:#} mục không đúng: {verdicts}.",
    ),
}
