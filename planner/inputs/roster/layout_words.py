"""The words by which the forms of offices are read: what begins a total, a signature, a section, a column of marks.

Everything here is data, assumed from published forms (lý lịch trích ngang, lists of cadres and of quy hoạch, Decree
30/2020/NĐ-CP for signatures). Words are compared in lower case; the headers of `MARKS` in the
plain form of `synonyms`.
"""

from __future__ import annotations

import re

MARKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "education": (
        ("Tiến sĩ", "Tiến sỹ", "TS", "TSKH", "Tiến sĩ khoa học"),
        ("Thạc sĩ", "Thạc sỹ", "ThS"),
        ("Sau đại học", "SĐH", "Trên đại học", "Trên ĐH"),
        ("Đại học", "ĐH", "Cử nhân", "CN", "Kỹ sư", "Cử nhân, kỹ sư", "Đại học, cử nhân"),
        ("Cao đẳng", "CĐ"),
        ("Trung cấp", "TC", "TCCN", "THCN", "Trung học chuyên nghiệp", "Trung cấp chuyên nghiệp"),
        ("Sơ cấp", "SC"),
        ("Chưa qua đào tạo", "Chưa đào tạo", "Chưa qua ĐT", "Không", "Còn lại", "Khác", "Dưới TC", "Dưới trung cấp"),
    ),
    "theory": (
        ("Cử nhân", "CN", "Cử nhân chính trị", "CNCT"),
        ("Cao cấp", "CC", "CCLLCT", "Cao cấp LLCT", "Cử nhân, cao cấp", "Cao cấp, cử nhân", "CN, CC", "CC, CN"),
        ("Trung cấp", "TC", "TCLLCT", "Trung cấp LLCT"),
        ("Sơ cấp", "SC", "SCLLCT", "Sơ cấp LLCT"),
        ("Chưa qua đào tạo", "Chưa đào tạo", "Chưa học", "Chưa qua bồi dưỡng", "Không", "Còn lại", "Khác"),
    ),
    "administration": (
        ("Chuyên viên cao cấp", "CVCC", "CV cao cấp", "CVCC và tương đương", "Chuyên viên cao cấp và tương đương"),
        ("Chuyên viên chính", "CVC", "CV chính", "CVC và tương đương", "Chuyên viên chính và tương đương"),
        ("Chuyên viên", "CV", "CV và tương đương", "Chuyên viên và tương đương"),
        ("Cán sự", "CS", "CS và tương đương", "Cán sự và tương đương"),
        ("Chưa qua đào tạo", "Chưa đào tạo", "Chưa qua bồi dưỡng", "Chưa bồi dưỡng", "Không", "Còn lại", "Khác"),
    ),
}  # fmt: skip
"""Ladder -> the headers of columns that are marked, highest level first; the first word of each is put into cells."""
AND_MORE = re.compile(r" (va td|va tuong duong|va td tro len|tro len)$")
"""What stands behind a level in a header, in plain form, and leaves it as it is: "CVC và TĐ"."""
THE_REST = frozenset({"con lai", "khac", "duoi tc", "duoi trung cap"})
"""Headers that name no level: whoever is marked there holds none of the others."""
FREE_MARKS = ("informatics", "language")
"""Ladders whose certificates have any name: under their header every column is one of marks or of certificates."""
MARKED = frozenset({"x", "v", "1", "có", "yes", "+", "*", "đã có", "đạt", "✓", "✔", "√", "☑", "×", "●", "•",
                    "ü", "þ", "\N{CYRILLIC SMALL LETTER HA}"})  # fmt: skip
NOT_MARKED = frozenset({"", "0", "-", "–", "—", "/", ".", "không", "no", "ko", "k", "chưa", "chưa có", "không có"})
UNDER_WAY = ("đang", "năm thứ", "năm 1", "năm 2", "năm 3", "năm 4", "khóa", "chưa", "sắp", "hoàn thành", "tốt nghiệp")
"""Words in a cell of marks that say more than that a level is held."""

NEUTRAL = ("thông tin", "lý lịch", "cá nhân", "trình độ", "cán bộ", "công chức", "hiện nay", "hiện tại", "bản thân",
           "nhân thân", "đào tạo", "sơ yếu", "nội dung", "họ và tên", "họ tên", "công tác", "nghiệp vụ")  # fmt: skip
"""Upper headers that do not change what the lower one means."""
FOREIGN = ("lương", "phụ cấp", "vợ", "chồng", "con ", "cha", "mẹ", "bố", "gia đình", "cũ", "trước", "quy hoạch",
           "dự kiến", "bổ nhiệm", "đảng", "khen", "kỷ luật", "hợp đồng", "ngạch", "bậc", "quê", "giấy tờ",
           "nguyên quán", "thường trú", "hộ khẩu", "nơi sinh", "luân chuyển", "điều động", "thay thế", "sẽ",
           "đề nghị", "giới thiệu", "bảo hiểm", "tài khoản", "nhu cầu", "đăng ký", "nguyện vọng", "kế hoạch", "cử đi",
           "chỉ tiêu", "tuyển dụng")  # fmt: skip
"""Upper headers under which the lower one means something else: the code of a pay grade is not a cadre's."""
PLANNED = ("nhu cầu", "đăng ký", "nguyện vọng", "kế hoạch", "cử đi", "chỉ tiêu", "đề nghị", "dự kiến", "sẽ", "vợ",
           "chồng", "khi tuyển dụng", "quy hoạch", "ngạch", "bậc", "hạng")  # fmt: skip
"""Of these, those under which not even the word of a level is one that is held."""
NO_LEVELS = ("năm", "ngày", "nơi", "trường", "hệ ", "hình thức", "cơ sở", "chuyên ngành", "xếp loại", "chức", "số ")
"""Words in a header that names something beside a level: when, where and how it was reached."""
LADDER_WORDS: dict[str, tuple[str, ...]] = {
    "education": ("chuyen mon",),
    "theory": ("ly luan", "li luan", "llct", "chinh tri"),
    "administration": ("qlnn", "quan ly nha nuoc", "quan li nha nuoc", "quan ly hanh chinh"),
    "informatics": ("tin hoc", "cntt"),
    "language": ("ngoai ngu",),
}
"""Ladder -> the words, in plain form, by which a header speaks of it."""
SPLIT_NAMES = (("họ đệm", "họ và tên đệm", "họ và đệm", "họ, tên đệm", "họ lót", "họ và chữ đệm", "họ", "họ, đệm",
                "họ và tên họ", "họ và tên họ đệm", "họ tên họ đệm"),
               ("tên đệm", "đệm", "chữ đệm", "tên lót", "họ và tên tên đệm", "họ và tên đệm đệm"),
               ("tên", "tên riêng", "họ và tên tên", "họ tên tên"))  # fmt: skip
"""Headers of a name in several columns: family name, with or without the middle ones; middle names; given name."""
DEGREES = frozenset({
    "trinh do", "hoc vi", "bang cap", "van bang", "trinh do hoc van", "hoc van", "trinh do bang cap",
    "trinh do dao tao", "trinh do hien nay", "trinh do cao nhat",
})  # fmt: skip
"""Headers of a degree, of general schooling, or of anything else: their cells tell."""

OFFICES = ("phòng", "ban ", "văn phòng", "ủy ban", "uỷ ban", "ubnd", "hđnd", "hội đồng", "ubmttq", "ubmt", "mttq", "sở",
           "chi cục", "cục", "trung tâm", "hội ", "huyện", "xã", "thị trấn", "thị xã", "phường", "thành phố", "tỉnh",
           "khối", "đảng ủy", "đảng uỷ", "công an", "bộ chỉ huy", "bch", "mặt trận", "liên đoàn", "đoàn thanh niên",
           "đoàn tn", "đoàn thể", "đoàn xã", "đoàn khối", "trường", "tòa án", "toà án", "viện", "thanh tra", "kho bạc",
           "chi bộ", "đảng bộ", "cơ quan", "đơn vị", "tổ ", "đội", "hạt ", "trạm", "bhxh", "bảo hiểm", "ngân hàng",
           "thuế", "lãnh đạo", "thường trực", "nhà ", "bệnh viện", "quỹ", "vp ", "p.", "bảo tàng", "thư viện",
           "các ", "thành ủy", "thị ủy", "phong ", "van phong", "uy ban")  # fmt: skip
"""How the name of an office, of a block of offices or of a section begins."""
BLOCKS = ("khối", "các ", "cấp huyện", "cấp xã", "cấp tỉnh", "khoi ")
"""How the name of a section begins that is no office but several."""
NO_OFFICE = re.compile(
    r"(phó |cấp )?(trưởng|chủ tịch|bí thư|giám đốc|hiệu trưởng|chánh)|(chuyên viên|cán sự|công chức|viên chức|cán bộ|"
    r"nhân viên|lãnh đạo|hợp đồng|diện|đối tượng|nữ|nam|nhóm|ngạch|người|đảng viên|đồng chí|chức danh|danh sách)\b"
)
"""How the name of a section begins that is a kind of people."""
UNTITLED_SHEET = re.compile(r"(sheet|trang tính|trang|bảng|table|ds|danh sách|cán bộ|roster|data|dữ liệu)?[\s_]*\d*")
"""The name of a sheet that says nothing of its people."""

POST_AND_OFFICE = frozenset(
    f"{post}{joint}{office}{today}"
    for post in ("chuc vu", "chuc danh", "chuc vu chuc danh", "chuc danh chuc vu", "chuc vu cong tac")
    for joint in (" ", " va ")
    for office in ("don vi cong tac", "don vi", "co quan", "co quan cong tac", "noi cong tac", "co quan don vi",
                   "co quan don vi cong tac", "don vi cong tac cu the")
    for today in ("", " hien nay", " hien tai")
)  # fmt: skip
"""Headers, in plain form, of a column that tells both the post and the office."""
HEADS = ("phòng", "ban", "văn phòng", "thanh tra")
"""Offices after whose first word their head is called: "Trưởng phòng Nội vụ"."""
VACANT = re.compile(
    r"\W*(còn |đang )?(khuyết|trống|bỏ trống|thiếu|chưa có( người)?|chưa (bố trí|tuyển|kiện toàn)|vacant)\W*"
)
"""What stands in place of a name where a post has nobody."""
DITTO = re.compile(r"[\"″”“„〃]+|\W*(nt|n\.t|như trên|ditto)\W*|-?\s*//\s*-?")
"""A cell that repeats the one above it."""
LATEST_BIRTH = 2012
"""Assumed: nobody on a roster is born later [year]; a table beneath it may be headed by later years."""
TOTAL = re.compile(r"(tổng|cộng|tong cong|tong so|total)\b")
TOTALS_TITLE = re.compile(r"(bảng |biểu )?(tổng hợp|thống kê|tong hop|thong ke)\b")
COUNT = re.compile(
    r"(tổng số:?\s*)?[\d.,]++\s*+(%|người|đồng chí|đ/c|cán bộ|cb|cbcc|công chức|nam|nữ)?+"
    # A comma ends the figure before it, or stands apart; if it could do either, `,,,,,` had countless readings.
    r"(?:(?:\s*+[;/]\s*+|(?<=[\d.,],\s)|\s*+,\s*+)[\d.,]++\s*+%?+)*+"
)
"""A cell of a row of totals: 6, 45,5 %, 6 người."""
SIGNATURE = re.compile(
    r"người lập|lập biểu|lập bảng|\(\s*(đã )?ký\b|ký tên|^ký[,:]|đóng dấu|"
    r"ghi rõ họ|thủ trưởng|xác nhận|nơi nhận|^(kt|tm|tl|tuq|q)\.\s|"
    r"ngày\s*(\d{1,2}|[….]+|)\s*tháng\s*(\d{1,2}|[….]+|)\s*năm"
)
SIGNATORY = re.compile(
    r"(phó |q\. ?|quyền )?(trưởng|chủ tịch|bí thư|giám đốc|hiệu trưởng|chánh|cục trưởng|chi cục trưởng|người duyệt|"
    r"phê duyệt|kế toán)\b"
)
NOTE = re.compile(
    r"ghi chú|chú thích|lưu ý|chú ý|note|nguồn|trong đó|kèm theo|\(\s*kèm|\(?\*+\)?\s*\S|danh sách|biểu (số|mẫu)|"
    r"cộng hòa xã hội|độc lập|đảng cộng sản|đơn vị tính|trang \d"
)
CONTINUED = re.compile(r"\s*[(\[]\s*(tiếp( theo)?|tt|cont(inued)?\.?)\s*[)\]]\s*$", re.IGNORECASE)
"""What is written behind a section that goes on on another page."""
COUNTED = re.compile(
    r"\s*[:;,(\[–-]+\s*\d+\s*(người|đồng chí|đ/c|cán bộ|cb|cbcc|công chức|biên chế)?\s*[)\]]?\s*\.?$", re.IGNORECASE
)
"""The number of people behind a section's name."""
LETTERHEAD = re.compile(
    r"(đơn vị|cơ quan|cơ quan, đơn vị|tên đơn vị|tên cơ quan|đơn vị công tác)\s*:\s*(\S.*)", re.IGNORECASE
)
"""An office named above the table."""

TOTALS_HEADERS: dict[str, tuple[str, ...]] = {
    "agency": ("Cơ quan", "Đơn vị", "Tên đơn vị", "Cơ quan, đơn vị", "Tên cơ quan", "Khối"),
    "count": ("Số lượng", "Số người", "Tổng số", "Tổng", "Cộng", "Biên chế", "Số cán bộ", "Tổng cộng", "Có mặt"),
    "share": ("Tỷ lệ", "Tỉ lệ", "Tỷ lệ %", "%", "Tỷ lệ (%)"),
    "what": ("Nội dung", "Trình độ", "Tiêu chí", "Đối tượng", "Loại", "Chỉ tiêu", "Độ tuổi", "Cơ cấu"),
    "male": ("Nam",),
    "female": ("Nữ",),
}
"""Headers of a table of totals."""
