"""What goes out to offices: lists by class and agency, letters and annexes, persons by name, tables for Excel."""

WORDS = {
    # persons
    "person_named": ("{name} ({cadre})", "{name} ({cadre})"),
    "person_heading": ("Name, code", "Họ và tên, mã số"),
    "find_several_cadres": (
        "{at}: several cadres are called '{name}'; say the code of one: {found}",
        "{at}: có nhiều cán bộ tên '{name}'; hãy ghi mã của một người: {found}",
    ),
    "find_several_programmes": (
        "{at}: several programmes are called '{name}'; say the id of one: {found}",
        "{at}: có nhiều chương trình tên '{name}'; hãy ghi mã của một chương trình: {found}",
    ),
    "names_not_in_data": (
        "--json gives data, in which persons have their codes alone: leave --with-names out",
        "--json cho dữ liệu, trong đó chỉ có mã số: hãy bỏ --with-names",
    ),
    "excel_csv_needs_out": (
        "--excel-csv says how the table is written: say --out, too",
        "--excel-csv là cách ghi bảng: hãy nêu cả --out",
    ),
    "help_excel_csv": (
        "write the csv so that Excel opens it: a mark, semicolons, decimal commas",
        "ghi csv để mở được ngay bằng Excel: có BOM, dấu chấm phẩy, dấu phẩy thập phân",
    ),
    "help_names_shown": (
        "names beside the codes, where the roster has them",
        "ghi họ tên kèm mã số, nếu danh sách cán bộ có họ tên",
    ),
    "help_nominees_by": (
        "lists by authority (the default), class or agency; may be repeated",
        "lập danh sách theo `authority` (cấp thẩm quyền, mặc định), `class` (lớp) hoặc `agency` (cơ quan); có thể lặp lại",
    ),
    "help_docx": (
        "write Word documents into this folder: an annex for each authority, a letter to each agency",
        "ghi văn bản Word vào thư mục này: phụ lục cho từng cấp thẩm quyền, công văn gửi từng cơ quan",
    ),
    "help_templates": (
        "for --docx: a folder of templates to take instead of the shipped ones",
        "dùng với --docx: thư mục mẫu thay các mẫu có sẵn",
    ),
    "help_settings": (
        "for --docx: who sends, where, who signs (office.yaml); the workbook leaves dots to fill in",
        "dùng với --docx: cơ quan ban hành, địa danh, người ký (office.yaml); tệp Excel để dấu chấm để điền",
    ),
    "help_templates_to": (
        "write the shipped templates and an office.yaml into this folder, and nothing else",
        "chỉ ghi các mẫu có sẵn và tệp office.yaml vào thư mục này",
    ),
    "person_no_names": (
        "Names were asked for, but the roster has none: codes are shown.",
        "Có yêu cầu ghi họ tên nhưng danh sách cán bộ không có họ tên: chỉ ghi mã số.",
    ),
    "person_some_no_names": (
        "{count:# cadre has|# cadres have} no name on the roster: {count:the code stands|their codes stand} alone.",
        "Có {count:#} người chưa có họ tên trong danh sách cán bộ: chỉ ghi mã số của họ.",
    ),
    # lists
    "list_level_unknown": ("not known", "chưa rõ"),
    "list_left_out": (
        "Neither the roster nor the scenario says, so there is no column of it: {columns}.",
        "Danh sách cán bộ và phương án không ghi nên không có cột: {columns}.",
    ),
    "list_cost_unit": (
        "Costs are of one start, in the scenario's unit of money.",
        "Kinh phí tính cho một lượt cử, theo đơn vị tiền của phương án.",
    ),
    "list_remark_studying": ("studies {programme} until {until}", "đang học {programme} đến năm {until}"),
    "list_remark_other": ("sent to {programme}, too", "đồng thời được cử đi học {programme}"),
    "class_numbered": ("{title}, class {number}", "{title}, lớp {number}"),
    "class_sheet": ("Class {number} – {title}", "Lớp {number} – {title}"),
    "class_subject": ("{title}: those who begin in {year}", "Học viên {title}, năm {year}"),
    "class_divided": (
        "(One of {of} classes: divided evenly in the order of the list; to be settled with the institution)",
        "(Một trong {of} lớp: chia đều theo thứ tự danh sách; cần thống nhất với cơ sở đào tạo)",
    ),
    "by_agency": ("By agency", "Theo cơ quan, đơn vị"),
    "by_agency_subject": (
        "Cadres proposed for training in {year}, by agency",
        "Cán bộ đề nghị cử đi đào tạo, bồi dưỡng năm {year}, theo cơ quan, đơn vị",
    ),
    "by_agency_part": ("{number}. {name} ({starts:# start|# starts})", "{number}. {name} ({starts:#} lượt)"),
    "nominees_by_unknown": ("there are no lists by '{name}'{nearest}", "không lập danh sách theo '{name}'{nearest}"),
    # levels, in the column of their ladder
    "held_education_none": ("none", "Chưa qua đào tạo"),
    "held_education_elementary": ("elementary", "Sơ cấp"),
    "held_education_intermediate": ("intermediate", "Trung cấp"),
    "held_education_college": ("college", "Cao đẳng"),
    "held_education_bachelor": ("bachelor", "Đại học"),
    "held_education_master": ("master", "Thạc sĩ"),
    "held_education_doctorate": ("doctorate", "Tiến sĩ"),
    "held_theory_none": ("none", "Chưa qua bồi dưỡng"),
    "held_theory_elementary": ("elementary", "Sơ cấp"),
    "held_theory_intermediate": ("intermediate", "Trung cấp"),
    "held_theory_advanced": ("advanced", "Cao cấp"),
    "held_administration_none": ("none", "Chưa qua bồi dưỡng"),
    "held_administration_officer": ("officer", "Cán sự"),
    "held_administration_specialist": ("specialist", "Chuyên viên"),
    "held_administration_senior_specialist": ("senior specialist", "Chuyên viên chính"),
    "held_informatics_none": ("none", "Chưa có"),
    "held_informatics_certified": ("certified", "Có chứng chỉ"),
    "held_language_none": ("none", "Chưa có"),
    "held_language_certified": ("certified", "Có chứng chỉ"),
    # Word documents
    "office_date": ("{day}/{month}/{year}", "ngày {day} tháng {month} năm {year}"),
    "docx_number_state": ("No. {number}/{symbol}", "Số: {number}/{symbol}"),
    "docx_number_party": ("No. {number}-{symbol}", "Số {number}-{symbol}"),
    "docx_about_party": (
        "Re: cadres sent for training in {year}",
        "Về việc cử cán bộ đi đào tạo, bồi dưỡng năm {year}",
    ),
    "docx_place_and_date": ("{place}, {date}", "{place}, {date}"),
    "docx_letter_body": (
        "Under: {scheme}. In {year}, {starts} start(s) of {cadres} of your cadres are proposed, as listed below.",
        "Thực hiện: {scheme}. Năm {year}, cơ quan, đơn vị có {starts} lượt cử đi đào tạo, bồi dưỡng của {cadres} cán bộ được đề nghị theo danh sách dưới đây.",
    ),
    "docx_letter_absence": (
        "With them {away} of your cadres are absent for study in {year} (current study included); the limit for a headcount of {headcount} is {limit}.",
        "Tính cả người đang học, năm {year} cơ quan, đơn vị có {away} người vắng mặt để đi học; giới hạn với biên chế {headcount} người là {limit} người.",
    ),
    "docx_letter_request": (
        "Please check the list, inform those concerned, arrange their work, and answer in writing before {answer_by}.",
        "Đề nghị cơ quan, đơn vị rà soát danh sách, thông báo cho cán bộ trong danh sách, bố trí công việc và trả lời bằng văn bản trước {answer_by} để tổng hợp, trình cấp có thẩm quyền.",
    ),
    "docx_letter_close": (
        "We ask for your cooperation.",
        "Đề nghị cơ quan, đơn vị quan tâm, phối hợp thực hiện./.",
    ),
    "docx_copy_same": ("- as above;", "- Như trên;"),
    "docx_copy_file": ("- file: {filed}.", "- Lưu: {filed}."),
    "docx_annex": ("Annex", "Phụ lục"),
    "docx_annex_title": (
        "LIST OF CADRES SENT FOR TRAINING IN {year}",
        "DANH SÁCH CÁN BỘ CỬ ĐI ĐÀO TẠO, BỒI DƯỠNG NĂM {year}",
    ),
    "docx_annex_to": (
        "(Attached to {document} No. {document_number}/{document_symbol} of {document_date} of {issuer})",
        "(Kèm theo {document} số {document_number}/{document_symbol} {document_date} của {issuer})",
    ),
    "docx_annex_under": ("Under: {scheme}", "Thực hiện: {scheme}"),
    "docx_annex_for": ("Approved by: {authority}", "Cấp có thẩm quyền quyết định: {authority}"),
    "docx_annex_sum": (
        "In all: {starts} start(s) of {cadres} cadre(s), {women} of them women.",
        "Tổng số: {starts} lượt cử đi của {cadres} cán bộ, trong đó {women} nữ.",
    ),
    "docx_annex_name": ("Annex {name}", "Phụ lục {name}"),
    "docx_planned": ("; planned for: {{{{ person.planned_post }}}}", "; quy hoạch: {{{{ person.planned_post }}}}"),
    "docx_column_row": ("No.", "STT"),
    "docx_column_who": ("Name, code", "Họ và tên, mã số"),
    "docx_column_birth": ("Born", "Ngày, năm sinh"),
    "docx_column_sex": ("Sex, ethnic group", "Giới tính, dân tộc"),
    "docx_column_post": ("Post", "Chức vụ, chức danh"),
    "docx_column_agency": ("Agency", "Cơ quan, đơn vị"),
    "docx_column_levels": ("Held now", "Trình độ hiện có"),
    "docx_column_course": ("Programme", "Chương trình đào tạo, bồi dưỡng"),
    "docx_column_period": ("Years", "Thời gian học"),
    "docx_column_authority": ("Approved by", "Cấp có thẩm quyền"),
    "docx_column_reason": ("Reason for the choice", "Lý do chọn cử"),
    "docx_open": (
        "Not set, so dots stand there, to be filled in by hand or in the settings file: {keys}.",
        "Chưa khai báo nên để dấu chấm, cần điền tay hoặc khai trong tệp cấu hình: {keys}.",
    ),
    "docx_setting_superior": ("superior", "cơ quan chủ quản (`superior`)"),
    "docx_setting_sender": ("sender", "cơ quan ban hành (`sender`)"),
    "docx_setting_place": ("place", "địa danh (`place`)"),
    "docx_setting_date": ("date", "ngày ký công văn (`date`)"),
    "docx_setting_number": ("letter.first_number", "số công văn (`letter.first_number`)"),
    "docx_setting_symbol": ("letter.symbol", "ký hiệu công văn (`letter.symbol`)"),
    "docx_setting_answer_by": ("letter.answer_by", "hạn trả lời (`letter.answer_by`)"),
    "docx_setting_document": ("annex.document", "văn bản có phụ lục (`annex.document`)"),
    "docx_setting_document_number": ("annex.number", "số văn bản (`annex.number`)"),
    "docx_setting_document_symbol": ("annex.symbol", "ký hiệu văn bản (`annex.symbol`)"),
    "docx_setting_document_date": ("annex.date", "ngày văn bản (`annex.date`)"),
    "docx_setting_issuer": ("annex.issuer", "cơ quan ban hành văn bản (`annex.issuer`)"),
    "docx_setting_signatory_title": ("signatory.title", "chức vụ người ký (`signatory.title`)"),
    "docx_setting_signatory_name": ("signatory.name", "họ tên người ký (`signatory.name`)"),
    "docx_setting_filed": ("filed", "nơi lưu (`filed`)"),
    "docx_left_out": (
        "Neither the roster nor the scenario says, so no document has it: {columns}.",
        "Danh sách cán bộ và phương án không ghi nên các văn bản không có: {columns}.",
    ),
    "docx_unsigned": (
        "The scenario names no authority for {count:# start|# starts}: who approves them must be settled first.",
        "Phương án chưa nêu cơ quan có thẩm quyền đối với {count:#} lượt cử: cần xác định trước khi trình.",
    ),
    "docx_written": (
        "{count:# document|# documents} written to {folder}",
        "Đã ghi {count:#} văn bản vào {folder}",
    ),
    "docx_changed": (
        "{folder}: {names}: changed by hand since they were written, or not written by planner; take another folder, or move them away",
        "{folder}: {names}: đã sửa tay sau khi ghi, hoặc không do planner ghi; hãy chọn thư mục khác hoặc chuyển các tệp này đi",
    ),
    "want_day": (
        "{at}: expected a day such as 15/01/2026, found {found}",
        "{at}: cần một ngày, ví dụ 15/01/2026, gặp {found}",
    ),
    "template_no_folder": ("there is no folder of templates {folder}", "không có thư mục mẫu {folder}"),
    "template_strange": (
        "no template is called '{name}'{nearest}",
        "không có mẫu nào tên '{name}'{nearest}",
    ),
    "template_instead": (
        "The folder of templates has no {name}: the shipped one was taken.",
        "Thư mục mẫu không có {name}: dùng mẫu có sẵn.",
    ),
    "template_no_document": (
        "this is no Word document (.docx): {reason}",
        "không phải văn bản Word (.docx): {reason}",
    ),
    "template_wrong": (
        "the template cannot be filled: {reason}",
        "không điền được mẫu: {reason}",
    ),
    "template_unknown": (
        "unknown placeholder '{name}'{nearest}; known: {known}",
        "không có chỗ điền '{name}'{nearest}; các chỗ điền: {known}",
    ),
    "templates_written": (
        "The templates and office.yaml are in {folder}. Change them in Word, then: planner nominees RUN --year YEAR --docx FOLDER --templates {folder} --settings {folder}/office.yaml",
        "Các mẫu và office.yaml nằm trong {folder}. Sửa bằng Word, rồi: planner nominees THƯ_MỤC_KẾT_QUẢ --year NĂM --docx THƯ_MỤC --templates {folder} --settings {folder}/office.yaml",
    ),
    "nominees_run_and_year": (
        "say the run folder and --year, or --templates-to for the templates alone",
        "hãy nêu thư mục kết quả và --year, hoặc chỉ --templates-to để lấy các mẫu",
    ),
    "nominees_docx_only": (
        "{options}: only with --docx",
        "{options}: chỉ dùng cùng --docx",
    ),
    "office_yaml": (
        """\
# The settings of an office's documents. What is not set stands as dots, to be filled in by hand.
# Take the # away to set something.
language: {language}                # of the documents: vi or en
# form: state                 # state (Decree 30/2020) or party (Guideline 36-HD/VPTW); by default by the sender's name
# superior: ...               # the body above the sender
# sender: ...                 # who sends
# place: ...                  # where it is signed
# date: 15/01/2026            # the day of the letters
# signatory:
#   behalf: ...               # for whom he signs
#   deputising: ...           # in whose place
#   title: ...                # his post
#   name: ...
# letter:
#   symbol: ...               # behind the letter's number
#   first_number: 1           # the number of the first letter; the others follow
#   answer_by: 31/01/2026     # by when the offices are to answer
# annex:                      # the document that the annexes belong to
#   document: Decision
#   number: 1
#   symbol: ...
#   date: 15/01/2026
#   issuer: ...               # by default the sender
# report:                     # the report of a year (planner review --docx)
#   number: 1
#   symbol: ...
# recipients: [...]           # who gets copies besides
# filed: ...                  # where a copy is filed""",
        """\
# Cấu hình văn bản của cơ quan. Mục nào không khai báo thì để dấu chấm, điền tay sau.
# Bỏ dấu # để khai báo.
language: {language}                # ngôn ngữ văn bản: vi hoặc en
# form: state                 # state (Nghị định 30/2020/NĐ-CP) hoặc party (Hướng dẫn 36-HD/VPTW); mặc định theo tên cơ quan ban hành
# superior: ỦY BAN NHÂN DÂN TỈNH …      # cơ quan chủ quản
# sender: ỦY BAN NHÂN DÂN XÃ …          # cơ quan ban hành
# place: …                    # địa danh
# date: 15/01/2026            # ngày ký công văn
# signatory:                  # người ký
#   behalf: TM. ỦY BAN NHÂN DÂN
#   deputising: KT. CHỦ TỊCH
#   title: PHÓ CHỦ TỊCH
#   name: …
# letter:                     # công văn
#   symbol: UBND-NV           # ký hiệu
#   first_number: 1           # số của công văn đầu tiên, các công văn sau lấy số kế tiếp
#   answer_by: 31/01/2026     # hạn trả lời
# annex:                      # văn bản mà phụ lục kèm theo
#   document: Quyết định
#   number: 1
#   symbol: QĐ-UBND
#   date: 15/01/2026
#   issuer: …                 # cơ quan ban hành văn bản, mặc định là cơ quan gửi
# report:                     # báo cáo năm, báo cáo tổng kết (planner review --docx)
#   number: 1
#   symbol: BC/ĐU
# recipients: [Thường trực Đảng ủy, Phòng Nội vụ]   # nơi nhận khác
# filed: VT, NV               # nơi lưu""",
    ),
    "template_says_too_much": (
        "'{what}' is not for templates: blanks, conditions and loops over the known lists are",
        "mẫu không dùng được '{what}': chỉ dùng chỗ điền, điều kiện và vòng lặp theo các danh sách đã nêu",
    ),
}
