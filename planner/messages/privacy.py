"""Personal data: pseudonyms and the way back, what is taken out of runs, what is told to others, until when."""

WORDS = {
    # what a pseudonymised file is
    "pseudonym_notice": (
        "The people in these files have pseudonyms; names and free text are left out. Whoever knows the office may still\n"
        "tell who somebody is by age, post and agency: treat the files as personal data. The key file leads back to the\n"
        "people: keep it in another place, and never hand it on with these files. The lot is drawn over codes: where only\n"
        "the lot decides, a plan made with pseudonyms may name others than one made with the codes themselves.",
        "Cán bộ trong các tệp này được ghi bằng mã thay thế; họ tên và ghi chú đã được bỏ. Người biết rõ cơ quan vẫn có thể\n"
        "nhận ra từng người qua tuổi, chức vụ, đơn vị: phải bảo vệ các tệp này như dữ liệu cá nhân. Tệp khóa cho biết mã nào\n"
        "là của ai: lưu ở nơi khác, không gửi kèm các tệp này. Việc bốc thăm tính theo mã: khi chỉ còn bốc thăm quyết định,\n"
        "kế hoạch lập theo mã thay thế có thể cử người khác so với kế hoạch lập theo mã gốc.",
    ),
    "pseudonym_undone_notice": (
        "Pseudonyms in these files were replaced by codes and names with a key file. They hold personal data.",
        "Mã thay thế trong các tệp này đã được đổi lại thành mã và họ tên theo tệp khóa. Các tệp có dữ liệu cá nhân.",
    ),
    "pseudonym_done": (
        "{people:# person has|# people have} a pseudonym in {path}. Keep that file apart from what is handed on.",
        "Có {people:#} người có mã thay thế trong {path}. Lưu tệp này riêng, không để cùng nơi với tệp gửi đi.",
    ),
    "pseudonym_left_out": (
        "{file}: left out {columns}",
        "{file}: đã bỏ cột {columns}",
    ),
    "pseudonym_undone": (
        "{count:# pseudonym|# pseudonyms} replaced by codes.",
        "Đã đổi {count:#} mã thay thế về mã gốc.",
    ),
    "pseudonym_unknown": (
        "{count:# pseudonym is|# pseudonyms are} not in the key file and {count:stays|stay}: {names}",
        "Có {count:#} mã thay thế không có trong tệp khóa, giữ nguyên: {names}",
    ),
    "pseudonym_passed_over": (
        "Not read back, make them again from what was: {names}",
        "Không đổi lại, hãy lập lại từ các tệp đã đổi: {names}",
    ),
    # faults
    "pseudonym_key_column": (
        "a key file of pseudonyms has the columns {columns}; the column '{column}' is missing",
        "tệp khóa phải có các cột {columns}; thiếu cột '{column}'",
    ),
    "pseudonym_key_row": (
        "'{found}' is no pseudonym, stands twice, or its cadre is missing or stands twice",
        "'{found}' không phải mã thay thế, bị trùng, hoặc mã cán bộ của dòng này thiếu hay bị trùng",
    ),
    "pseudonym_key_inside": (
        "the key file {path} would lie in {folder}, among what it is to be kept apart from; name another place",
        "tệp khóa {path} nằm trong {folder}, cùng nơi với các tệp cần tách riêng; hãy chọn nơi khác",
    ),
    "pseudonym_name_condition": (
        "a condition compares the column name, which pseudonymised data do not have; name the people by a column of their own",
        "có điều kiện xét theo cột họ tên, trong khi dữ liệu dùng mã thay thế không có họ tên; hãy dùng một cột riêng",
    ),
    "pseudonym_left": (
        "a name or the code of a cadre would still stand in {files}: in a title, a source, or the name of an agency or a"
        " column; nothing is written",
        "họ tên hoặc mã cán bộ vẫn còn trong {files} (tên gọi, nguồn, tên cơ quan hoặc tên cột); chưa ghi tệp nào",
    ),
    "pseudonym_no_cadres": (
        "no column of this table holds the codes of cadres; read an office's own list with `planner import` first",
        "bảng này không có cột mã cán bộ; hãy đọc danh sách của cơ quan bằng `planner import` trước",
    ),
    "pseudonym_other_problem": (
        "with pseudonyms the scheme would not be the same problem; nothing is written",
        "khi dùng mã thay thế, phương án không còn là cùng một bài toán; chưa ghi tệp nào",
    ),
    "pseudonym_twice": (
        "two of the files would be called {name} in the folder; write them one after the other",
        "có hai tệp cùng tên {name} trong thư mục; hãy ghi từng tệp một",
    ),
    "pseudonym_nothing": (
        "there is nothing to read back; files of these kinds are: {kinds}",
        "không có tệp nào để đổi lại; các loại tệp đổi được: {kinds}",
    ),
    "pseudonym_undo_one": (
        "--undo takes one file or folder",
        "--undo nhận một tệp hoặc một thư mục",
    ),
    # purging
    "purged_names": (
        "Names and free text are taken out of {folder}: {columns}. Codes, ages and offices stay: these are personal data.",
        "Đã xóa họ tên và ghi chú trong {folder}: {columns}. Mã, tuổi, đơn vị vẫn còn: đó là dữ liệu cá nhân.",
    ),
    "purged_aggregates": (
        "Only aggregates stay in {folder}; {cells:# cell|# cells} of fewer than {fewest:# person|# people} or that would"
        " tell them {cells:is|are} hidden.",
        "Trong {folder} chỉ còn số liệu tổng hợp; đã ẩn {cells:#} ô dưới {fewest:#} người hoặc từ đó suy ra được.",
    ),
    "purged_gone": (
        "Removed: {names}",
        "Đã xóa: {names}",
    ),
    "purged_copies": (
        "Copies elsewhere (reports handed on, backups, the original roster) are not touched, and what a disk has"
        " erased may be recovered until it is overwritten.",
        "Các bản ở nơi khác (báo cáo đã gửi, bản sao lưu, danh sách gốc) không bị xóa; dữ liệu đã xóa trên đĩa vẫn có thể"
        " khôi phục cho đến khi bị ghi đè.",
    ),
    "purged_not_verified": (
        "{folder} does not hold what run.json says; `planner verify` tells what. Nothing was purged",
        "{folder} không khớp với run.json; `planner verify` cho biết chi tiết. Chưa xóa gì",
    ),
    "run_purged": (
        "everything but aggregates was taken out of this run on {on}: there are no people in it to read; `planner verify`"
        " checks what is left",
        "thư mục kết quả này đã xóa dữ liệu cá nhân ngày {on}, chỉ còn số liệu tổng hợp; `planner verify` kiểm tra phần còn lại",
    ),
    "verified_names_purged": (
        "Names and free text were taken out on {on}; the plan and every figure are still derived from the people's codes.",
        "Họ tên và ghi chú đã được xóa ngày {on}; kế hoạch và mọi số liệu vẫn được tính lại từ mã cán bộ.",
    ),
    "verified_aggregates": (
        "{folder} holds: its files are as they were left on {on}, and its figures agree with each other and with the"
        " scenario. That they follow from a plan, and that no plan is better, can no longer be checked:"
        " the people are gone.",
        "{folder} hợp lệ: các tệp đúng như khi xóa dữ liệu ngày {on}, số liệu khớp với nhau và với phương án. Không còn kiểm"
        " tra được số liệu có đúng từ kế hoạch hay không và kế hoạch có tốt nhất hay không, vì dữ liệu cán bộ đã xóa.",
    ),
    "purge_sure": (
        "There is no way back. Say --yes if {folder} is to lose {what}.",
        "Không thể hoàn lại. Thêm --yes nếu muốn xóa {what} trong {folder}.",
    ),
    "purge_what_names": ("names and free text", "họ tên và ghi chú"),
    "purge_what_aggregates": ("everything but aggregates", "mọi dữ liệu trừ số liệu tổng hợp"),
    # the notice of a run folder
    "run_notice": (
        "This folder holds personal data of {people:# person|# people}: code, agency and what the scenario asks of them{names}.\n"
        "{until}\nTake names and free text out: planner purge FOLDER; keep aggregates alone: planner purge FOLDER"
        " --all-but-aggregates.",
        "Thư mục này có dữ liệu cá nhân của {people:#} người: mã, đơn vị và các thông tin mà phương án cần{names}.\n{until}\n"
        "Xóa họ tên và ghi chú: planner purge THƯ_MỤC; chỉ giữ số liệu tổng hợp: planner purge THƯ_MỤC --all-but-aggregates.",
    ),
    "run_notice_names": (", and their names", ", kể cả họ tên"),
    "run_notice_until": ("To be kept until {day} (privacy.keep_until).", "Lưu đến ngày {day} (privacy.keep_until)."),
    "run_notice_no_day": (
        "Until when it is kept the scenario does not say (privacy.keep_until).",
        "Phương án chưa ghi thời hạn lưu (privacy.keep_until).",
    ),
    "run_notice_aggregates": (
        "Everything but aggregates was taken out of this folder on {day}. It holds no personal data: counts of fewer than"
        " {fewest:# person|# people} are hidden.",
        "Thư mục này đã xóa dữ liệu cá nhân ngày {day}, chỉ còn số liệu tổng hợp; các ô dưới {fewest:#} người đã được ẩn.",
    ),
    "keep_until_past": (
        "What {folder} holds of people was to be kept until {day}: see `planner purge`.",
        "Dữ liệu cá nhân trong {folder} chỉ được lưu đến ngày {day}: xem `planner purge`.",
    ),
    # what is made for others
    "help_for_others_report": (
        "for readers outside: no persons, no offices, and no count of few people (privacy.fewest)",
        "cho người đọc bên ngoài: không có cá nhân, cơ quan, không có ô ít người (privacy.fewest)",
    ),
    "for_others_with_names": (
        "what is made for others has no names: leave --with-names, --people, --answers, --by, --letters and --docx out",
        "bản cho nơi khác không có họ tên: hãy bỏ --with-names, --people, --answers, --by, --letters và --docx",
    ),
    "for_others_note": (
        "For others: counts of fewer than {fewest:# person|# people} are hidden ({hidden}), and those from which they could"
        " be computed: {cells:# cell|# cells}. Persons, offices, the lot and what is known of single cases are left out.",
        "Bản cho nơi khác: ẩn các ô dưới {fewest:#} người ({hidden}) và những ô mà từ đó có thể tính ra: {cells:#} ô. Không có"
        " cá nhân, cơ quan, kết quả bốc thăm và các trường hợp riêng.",
    ),
    "for_others_limit": (
        "Of a group nothing is told from which fewer would follow for a group in it, and two reports of this plan hide"
        " the same. Not protected: what follows from this report together with one of another plan of the same people,"
        " with a fairness audit, or with what a reader knows besides; and that nobody or everybody of a group attains a level.",
        "Không nêu số liệu mà từ đó suy ra được một nhóm ít người nằm trong nhóm khác; hai báo cáo của cùng một kế hoạch ẩn"
        " cùng các ô. Không bảo vệ được: những gì suy ra khi ghép báo cáo này với báo cáo của kế hoạch khác về cùng những"
        " người đó, với bản kiểm tra tính công bằng, hoặc với hiểu biết riêng của người đọc; và việc cả nhóm đều đạt hoặc không ai đạt.",
    ),
    # the workbook of schemes
    "scheme_head_privacy_keep_until": ("Personal data kept until", "Lưu dữ liệu cá nhân đến ngày"),
    "scheme_head_privacy_fewest": ("Fewest people told to others", "Số người ít nhất được nêu cho nơi khác"),
    "frame_argument_files": ("FILE...", "CÁC_TỆP..."),
    # help
    "help_pseudonymise": (
        "Write schemes and tables with pseudonyms for codes and without names; with --undo the way back.",
        "Ghi phương án, danh sách với mã thay thế, không có họ tên; --undo để đổi lại.",
    ),
    "help_pseudonymise_files": (
        "a scenario (.yaml) with its tables, or tables with a column of cadres (.csv, .xlsx); with --undo one file or folder",
        "phương án (.yaml) cùng các bảng, hoặc bảng có cột mã cán bộ (.csv, .xlsx); với --undo là một tệp hoặc thư mục",
    ),
    "help_pseudonym_key": (
        "the key file, kept apart: made, or read and added to",
        "tệp khóa, lưu riêng: được tạo mới, hoặc đọc rồi bổ sung",
    ),
    "help_pseudonym_scenario": (
        "the scenario whose conditions tell which columns of a table stay",
        "phương án mà điều kiện của nó cho biết giữ cột nào của bảng",
    ),
    "help_pseudonym_undo": (
        "put codes and names back in the place of pseudonyms",
        "đổi mã thay thế về mã gốc và họ tên",
    ),
    "help_purge": (
        "Take names and free text out of a run folder, or everything but aggregates.",
        "Xóa họ tên và ghi chú trong thư mục kết quả, hoặc xóa hết trừ số liệu tổng hợp.",
    ),
    "help_purge_aggregates": (
        "keep only counts, those of few people hidden",
        "chỉ giữ số liệu tổng hợp, ẩn các ô ít người",
    ),
    "help_purge_yes": ("do it: there is no way back", "thực hiện: không thể hoàn lại"),
    "purged_no_names": (
        "No column of names or free text was found in {folder}. Codes, ages and offices stay: these are personal data.",
        "Trong {folder} không có cột họ tên, ghi chú nào để xóa. Mã, tuổi, đơn vị vẫn còn: đó là dữ liệu cá nhân.",
    ),
}
