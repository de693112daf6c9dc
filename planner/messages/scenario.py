"""Sentences about scenarios: contradictory numbers, names nobody defined, `extends`."""

WORDS = {
    "want_localised": (
        "{at}: expected text or a mapping of en and vi to texts, found {found}",
        "{at}: cần văn bản hoặc cặp en, vi, gặp {found}",
    ),
    "want_year": ("{at}: expected a year, found {found}", "{at}: cần một năm, gặp {found}"),
    "horizon_backwards": (
        "{at}: the first year {first} is after the last year {last}",
        "{at}: năm đầu {first} sau năm cuối {last}",
    ),
    "horizon_long": ("{at}: a horizon has at most {limit:# year|# years}", "{at}: kỳ kế hoạch tối đa {limit:#} năm"),
    "one_of_two": (
        "{at}: needs either '{one}' or '{other}', and only one of them",
        "{at}: cần '{one}' hoặc '{other}', và chỉ một trong hai",
    ),
    "listed_twice": ("{at}: '{name}' is listed twice", "{at}: '{name}' được liệt kê hai lần"),
    "scenario_not_written": (
        "this scenario was not built by planner.Scenario(...), or was changed since; change it by an overlay",
        "phương án này không được tạo bằng planner.Scenario(...) hoặc đã bị thay đổi sau đó; hãy dùng overlay để thay đổi",
    ),
    "extends_cycle": ("extends itself in a circle: {names}", "kế thừa vòng tròn: {names}"),
    "extends_missing": ("extends '{name}', which does not exist", "kế thừa '{name}' nhưng tệp này không tồn tại"),
    "unknown_ladder": (
        "{at}: unknown ladder '{name}'{nearest}",
        "{at}: không có thang trình độ nào tên '{name}'{nearest}",
    ),
    "unknown_programme": (
        "{at}: unknown programme '{name}'{nearest}",
        "{at}: không có chương trình nào tên '{name}'{nearest}",
    ),
    "not_upwards": (
        "{at}: leads from '{low}' to '{high}', which is not upwards",
        "{at}: đi từ '{low}' đến '{high}', không phải đi lên",
    ),
    "group_cycle": (
        "{at}: the group '{name}' is defined by itself, in a circle",
        "{at}: nhóm '{name}' được định nghĩa vòng tròn bằng chính nó",
    ),
    "id_with_sign": (
        "{at}: the id '{name}' holds '{sign}'; ids have no blank, comma, slash or bracket",
        "{at}: mã '{name}' có '{sign}'; mã không được có dấu cách, dấu phẩy, gạch chéo hay ngoặc vuông",
    ),
    "want_goal": (
        "{at}: expected a goal, or one goal with a list of entries such as {{attainment: [...]}}, found {found}",
        "{at}: cần một mục tiêu tối ưu, hoặc một mục tiêu kèm danh sách mục như {{attainment: [...]}}, gặp {found}",
    ),
    "unknown_entry_of_attainment": (
        "{at}: unknown target '{name}'{nearest}",
        "{at}: không có mục tiêu nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_seat_floors": (
        "{at}: unknown seat pool '{name}'{nearest}",
        "{at}: không có nhóm chỉ tiêu nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_shares": (
        "{at}: unknown share '{name}'{nearest}",
        "{at}: không có tỷ lệ nào tên '{name}'{nearest}",
    ),
    "unknown_entry_of_priority": (
        "{at}: unknown priority '{name}'{nearest}",
        "{at}: không có mục ưu tiên nào tên '{name}'{nearest}",
    ),
    "changes_without_earlier": (
        "{at}: the goal 'changes' needs the table 'earlier', the plan it speaks of",
        "{at}: mục tiêu 'changes' cần bảng 'earlier' là kế hoạch trước đó",
    ),
    "pin_before_horizon": (
        "{at}: {start} lies before the horizon {first}-{last}; what began earlier is told by the table 'history', "
        "or by 'studying' and 'studying_until' on the roster",
        "{at}: năm {start} trước kỳ kế hoạch {first}-{last}; việc đã bắt đầu từ trước được ghi ở bảng 'history', "
        "hoặc ở cột 'studying' và 'studying_until' của danh sách cán bộ",
    ),
    "pin_after_horizon": (
        "{at}: {start} lies after the horizon {first}-{last}; no start can meet it",
        "{at}: năm {start} sau kỳ kế hoạch {first}-{last}; không lượt cử nào đáp ứng được",
    ),
    # slips that are valid YAML
    "decimal_comma": (
        "{at}: a comma separates entries inside brackets, so {found} is two entries; did you mean {meant}?",
        "{at}: trong ngoặc, dấu phẩy ngăn cách các mục nên {found} bị hiểu là hai mục; có phải {meant}? (số thập phân dùng dấu chấm)",
    ),
    "text_with_comma": (
        "{at}: a comma separates entries inside brackets, so '{found}' is cut in pieces; write {quoted}, or for several values {listed}",
        "{at}: trong ngoặc, dấu phẩy ngăn cách các mục nên '{found}' bị cắt rời; hãy viết {quoted}, hoặc {listed} nếu là nhiều giá trị",
    ),
    "braces_for_list": (
        "{at}: {found} is no list; did you mean {meant}?",
        "{at}: {found} không phải danh sách; có phải {meant}?",
    ),
    "no_blank_after_colon": (
        "{at}: a blank is missing behind the colon; did you mean '{meant}'?",
        "{at}: thiếu dấu cách sau dấu hai chấm; có phải '{meant}'?",
    ),
    "no_colon": (
        "{at}: a colon is missing in '{found}'; did you mean {meant}?",
        "{at}: thiếu dấu hai chấm trong '{found}'; có phải {meant}?",
    ),
    "empty_value": (
        "{at}: nothing stands behind '{name}:'; write a value, or leave the line out (`null` in an overlay takes an entry away)",
        "{at}: sau '{name}:' chưa ghi giá trị; hãy ghi giá trị hoặc bỏ dòng này (trong tệp kế thừa, `null` để bỏ một mục)",
    ),
    "empty_item": (
        "{at}: an item of the list is empty; write it, or take the dash away",
        "{at}: một mục của danh sách để trống; hãy ghi giá trị hoặc bỏ dấu gạch đầu dòng",
    ),
    "curly_quotes": (
        "{at}: {found} has curly quotes, which YAML takes for letters; did you mean {meant}?",
        "{at}: {found} dùng dấu ngoặc kép cong, YAML coi là chữ; có phải {meant}?",
    ),
    "odd_blank": (
        "{at}: a no-break or invisible blank stands in '{found}' (marked ·), as a word processor leaves it; write an ordinary blank",
        "{at}: trong '{found}' có dấu cách đặc biệt (chỗ có dấu ·) do trình soạn thảo để lại; hãy gõ lại dấu cách thường",
    ),
    "line_of_text": (
        "{at}: '{text}' reads as the end of the text '{before}'; as an entry of its own it needs 'key: value' and the right indentation, as text it needs quotes",
        "{at}: dòng '{text}' bị đọc nối vào '{before}'; nếu là một mục riêng thì viết 'khóa: giá trị' và thụt lề cho đúng, nếu là văn bản thì đặt trong dấu ngoặc kép",
    ),
    "hash_in_text": (
        "{at}: # begins a comment, so the text ends before it; did you mean {meant}?",
        "{at}: dấu # mở đầu chú thích nên văn bản bị cắt tại đó; có phải {meant}?",
    ),
    "thousands_point": (
        "{at}: {found} is read with a decimal point; write {whole} for thousands, or {decimal}",
        "{at}: {found} bị hiểu là số thập phân; hãy viết {whole} nếu là hàng nghìn, hoặc {decimal}",
    ),
    "nothing_removed": (
        "{at}: `null` takes an entry away, but there is none called '{name}'{nearest}",
        "{at}: `null` để bỏ một mục, nhưng không có mục nào tên '{name}'{nearest}",
    ),
    "found_meant": ("{found}; did you mean {meant}?", "{found}; có phải {meant}?"),
    # what is no YAML
    "yaml_tab": (
        "a tab indents the line; YAML takes blanks alone",
        "dòng này thụt lề bằng phím Tab; YAML chỉ nhận dấu cách",
    ),
    "yaml_open_quote": (
        "the quote that opens here is never closed: {text}",
        "dấu ngoặc kép mở ở đây nhưng không đóng: {text}",
    ),
    "yaml_escape": (
        "inside double quotes \\ begins a special sign; write / in paths, or single quotes",
        "trong dấu ngoặc kép, \\ mở đầu ký hiệu đặc biệt; đường dẫn hãy viết bằng / hoặc dùng dấu ngoặc đơn",
    ),
    "yaml_curly_quote": (
        'curly quotes, which YAML takes for letters; write " instead: {text}',
        'dấu ngoặc kép cong, YAML coi là chữ; hãy thay bằng dấu ": {text}',
    ),
    "yaml_tight_colon": (
        "a blank is missing behind the colon; did you mean '{meant}'?",
        "thiếu dấu cách sau dấu hai chấm; có phải '{meant}'?",
    ),
    "yaml_no_colon": (
        "this line has no colon: {text}; entries are written 'key: value'",
        "dòng này thiếu dấu hai chấm: {text}; mỗi mục viết dạng 'khóa: giá trị'",
    ),
    "yaml_close_bracket": (
        "the bracket {sign} closes nothing: one too many, or the opening one is missing",
        "dấu {sign} không đóng dấu nào: thừa dấu đóng hoặc thiếu dấu mở",
    ),
    "yaml_open_bracket": (
        "the bracket {sign} that opens here is not closed with {closing}",
        "dấu {sign} mở ở đây nhưng chưa có dấu {closing} để đóng",
    ),
    "yaml_no_comma": (
        "inside brackets a comma is missing between two entries, or text with special signs needs quotes: {text}",
        "trong ngoặc thiếu dấu phẩy giữa hai mục, hoặc văn bản có ký hiệu đặc biệt chưa đặt trong dấu ngoặc kép: {text}",
    ),
    "yaml_comma": (
        "a comma with nothing before it",
        "dấu phẩy thừa: trước nó không có gì",
    ),
    "yaml_after_quote": (
        "something stands behind the closing quote: {text}; put the whole text in quotes",
        "sau dấu ngoặc kép đóng còn chữ: {text}; hãy đặt cả đoạn trong dấu ngoặc kép",
    ),
    "yaml_sign": (
        "a value cannot begin with {sign}; put it in quotes",
        "giá trị không được bắt đầu bằng {sign}; hãy đặt trong dấu ngoặc kép",
    ),
    "yaml_colon_in_text": (
        "a text with a colon needs quotes; did you mean {meant}?",
        "văn bản có dấu hai chấm phải đặt trong dấu ngoặc kép; có phải {meant}?",
    ),
    "yaml_needs_braces": (
        "two colons on one line: an entry inside an entry needs brackets; did you mean {meant}?",
        "một dòng có hai dấu hai chấm: mục bên trong phải đặt trong ngoặc; có phải {meant}?",
    ),
    "yaml_indentation": (
        "the line does not stand under its neighbours: {text}; entries of one kind begin in the same column, those inside further to the right",
        "dòng thụt lề không đúng: {text}; các mục cùng cấp phải thẳng cột, mục bên trong thụt sâu hơn",
    ),
    "yaml_control": (
        "the line holds a character that no text has (a control character)",
        "dòng này có ký tự điều khiển không được phép",
    ),
    "yaml_unreadable": (
        "the line cannot be understood; look at colons, quotes, brackets and indentation here and in the line above",
        "không hiểu được dòng này; hãy xem lại dấu hai chấm, dấu ngoặc và thụt lề ở đây và dòng phía trên",
    ),
    "too_many_digits": (
        "goal '{goal}': {value} has too many digits beside {largest}, the largest: round it to a multiple of {unit}",
        "mục tiêu '{goal}': {value} có quá nhiều chữ số so với số lớn nhất {largest}: hãy làm tròn đến bội số của {unit}",
    ),
}
