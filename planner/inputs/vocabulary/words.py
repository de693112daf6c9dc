"""The words in which rosters tell levels and study under way: data, with accents, as they are written.

A ladder of the scheme is of a *kind*: education, theory, administration, informatics or language. The words of a kind
lead to its standard levels. Certificates of informatics and language stand in `frameworks`.
"""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words that stand in a text, separated by blanks."""
    return frozenset(text.split())


NONE = "none"
CERTIFIED = "certified"

TITLES = ("BS", "bác sĩ", "bác sỹ", "KS", "kỹ sư", "KTS", "kiến trúc sư", "DS", "dược sĩ", "dược sỹ", "luật sư")
"""Titles of a profession that stand behind the degree of who has one: "ThS.BS"."""

DEGREES: dict[str, dict[str, tuple[str, ...]]] = {
    "education": {
        "elementary": ("SC", "sơ cấp", "SCN"),
        "intermediate": ("TC", "trung cấp", "trung học chuyên nghiệp", "THCN", "TCCN", "TCN", "THSP", "TCSP",
                         "trung học sư phạm", "trung học nghề", "trung học kỹ thuật", "TCYT", "TCKT", "y sĩ", "y sỹ",
                         "dược sĩ trung học", "dược sĩ trung cấp", "dược sỹ trung học", "dược sỹ trung cấp",
                         "dược sĩ TH", "dược sỹ TH", "dược sĩ TC", "dược sỹ TC", "DSTH", "DSTC",
                         "TCQS", "TCNL", "TCPL"),
        "college": ("CĐ", "cao đẳng", "CĐSP", "CĐN", "CĐYT", "cử nhân cao đẳng", "cử nhân thực hành",
                    "kỹ sư thực hành", "dược sĩ cao đẳng", "dược sỹ cao đẳng", "dược sĩ CĐ", "dược sỹ CĐ", "DSCĐ",
                    "cử nhân CĐ", "CN CĐ", "CN cao đẳng"),
        "bachelor": ("ĐH", "đại học", "ĐHSP", "cử nhân", "CN", "kỹ sư", "kĩ sư", "KS", "bác sĩ", "bác sỹ", "BS",
                     "BSĐK", "BSTY", "dược sĩ đại học", "dược sỹ đại học", "DSĐH", "kiến trúc sư", "KTS",
                     "bác sĩ đại học", "cử nhân đại học", "kỹ sư đại học", "dược sĩ ĐH", "dược sỹ ĐH"),
        "master": ("ThS", "thạc sĩ", "thạc sỹ", "thạc sĩ khoa học", "MSc", "MBA", "Th sĩ", "Th sỹ", "Thsĩ", "Thsỹ",
                   *(f"{degree} {title}" for degree in ("ThS", "thạc sĩ", "thạc sỹ") for title in TITLES)),
        "doctorate": ("TS", "tiến sĩ", "tiến sỹ", "phó tiến sĩ", "phó tiến sỹ", "PTS", "TSKH", "phd", "PGS TS",
                      "GS TS", "tiến sĩ khoa học",
                      *(f"{degree} {title}" for degree in ("TS", "tiến sĩ", "tiến sỹ") for title in TITLES)),
    },
    "theory": {
        "elementary": ("SC", "sơ cấp", "SCLLCT", "SCCT"),
        "intermediate": ("TC", "trung cấp", "TCLLCT", "TCCT", "TCLL"),
        "advanced": ("CC", "cao cấp", "CCLLCT", "CCCT", "CCLL", "cử nhân", "CN", "cử nhân chính trị", "CNCT"),
    },
    "administration": {
        "officer": ("CS", "cán sự"),
        "specialist": ("CV", "chuyên viên"),
        "senior_specialist": ("CVC", "chuyên viên chính", "CV chính"),
        "principal": ("CVCC", "CV CC", "chuyên viên cao cấp", "CV cao cấp"),
    },
}  # fmt: skip
"""Kind -> standard level -> its words; `principal` stands above the standard ladder's last level."""

SCALES = {
    "education": (NONE, "elementary", "intermediate", "college", "bachelor", "master", "doctorate"),
    "theory": (NONE, "elementary", "intermediate", "advanced"),
    "administration": (NONE, "officer", "specialist", "senior_specialist", "principal"),
    "informatics": (NONE, "basic", "advanced"),
    "language": (NONE, "1", "2", "3", "4", "5", "6"),
}
"""Kind -> its standard levels, the lowest first; certificates by the levels of their national framework."""

STANDARD = {
    "education": SCALES["education"],
    "theory": SCALES["theory"],
    "administration": SCALES["administration"][:-1],
    "informatics": (NONE, CERTIFIED),
    "language": (NONE, CERTIFIED),
}
"""The ladders that a roster is read with where no scheme says others."""

ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "education": {
        "trung học": (NONE, "intermediate"),
        "TH": (NONE, "intermediate"),
        "sau đại học": ("master", "doctorate"),
        "SĐH": ("master", "doctorate"), "sau ĐH": ("master", "doctorate"), "trên ĐH": ("master", "doctorate"),
        "tiền tiến sĩ": ("master",), "tiền tiến sỹ": ("master",), "dưới đại học": (), "dưới ĐH": (),
        "tương đương": (), "TĐ": (),
        "trên đại học": ("master", "doctorate"),
        "dược sĩ": ("bachelor", "college", "intermediate"),
        "dược sỹ": ("bachelor", "college", "intermediate"),
        "chuyên khoa": ("bachelor", "master", "doctorate"),
        "CKI": ("bachelor", "master"), "CK1": ("bachelor", "master"), "BSCKI": ("bachelor", "master"),
        "BSCK1": ("bachelor", "master"), "CKII": ("master", "doctorate"), "CK2": ("master", "doctorate"),
        "BSCKII": ("master", "doctorate"), "BSCK2": ("master", "doctorate"), "CK": ("bachelor", "master"),
        "nội trú": ("bachelor", "master"),
        "công nhân kỹ thuật": ("elementary", "intermediate"), "CNKT": ("elementary", "intermediate"),
        "CN kỹ thuật": ("bachelor", "elementary", "intermediate"), "lái xe": (), "CĐT": ("college", NONE),
        "cử nhân chính trị": ("bachelor",), "CN chính trị": ("bachelor",), "CN CT": ("bachelor",),
        "CNCT": ("bachelor",),
        "PGS": ("doctorate",), "GS": ("doctorate",), "phó giáo sư": ("doctorate",), "giáo sư": ("doctorate",),
        "điều dưỡng": (), "y tá": (), "hộ sinh": (), "nghiệp vụ": (), "học nghề": (), "chứng chỉ": (),
        **{f"giáo dục {school}": () for school in ("tiểu học", "TH", "THCS", "trung học cơ sở", "THPT")},
    },
    "theory": {"đại học chính trị": ("advanced",), "cao cấp hành chính": ("advanced",), "CC hành chính": ("advanced",),
               "CC HC": ("advanced",), "trung cấp hành chính": ("intermediate",), "TC hành chính": ("intermediate",),
               "TC HC": ("intermediate",), "cử nhân hành chính": (), "tương đương": (), "TĐ": ()},
    "administration": {"tương đương": (), "TĐ": ()},
}  # fmt: skip
"""Kind -> words that leave open which level is meant -> the levels that it may be, the likeliest first."""
BESIDE_A_DEGREE = frozenset({"điều dưỡng", "hộ sinh", "nghiệp vụ", "y tá", "giáo dục tiểu học", "giáo dục th",
                            "giáo dục thcs", "giáo dục trung học cơ sở", "giáo dục thpt"})  # fmt: skip
"""Words of `ASKED` that are a subject where a degree stands beside them: "Cao đẳng Điều dưỡng"."""

COURSES = {"cao học": "master", "CH": "master", "HVCH": "master", "HV cao học": "master", "học viên cao học": "master",
           "học viên CH": "master", "nghiên cứu sinh": "doctorate", "NCS": "doctorate"}  # fmt: skip
"""Names of courses of education: who writes one may be in it, or hold what it leads to."""
UNDER_WAY_COURSES = frozenset({"HVCH", "HV cao học", "học viên cao học", "học viên CH", "nghiên cứu sinh", "NCS"})
"""Of these, those whose name says that the study is under way."""

SCHOOLING = ("trung học phổ thông", "THPT", "trung học PT", "phổ thông trung học", "PTTH", "trung học cơ sở", "THCS",
             "trung học CS", "tiểu học", "cấp III", "cấp II", "cấp I", "cấp 3", "cấp 2", "cấp 1", "bổ túc THPT",
             "bổ túc trung học", "bổ túc văn hóa", "BTVH", "BTTHPT", "BT THPT", "GDTX", "phổ thông", "PT",
             "PTCS", "phổ thông cơ sở", "TNPTTH", "TNTHPT", "TNTHCS", "BTTH", "BT THCS", "LĐPT",
             "lao động phổ thông")  # fmt: skip
"""General schooling: no level of professional education."""
SCHOOLING_BESIDE = words_of(
        "tốt nghiệp tn lớp văn hóa trình độ học hết bổ túc bằng đã hệ xong giáo dục vh tđvh tđ bt"
    )  # fmt: skip
"""Words beside general schooling that change nothing."""

TAIL: dict[str, frozenset[str]] = {
    "theory": words_of(
        "llct lý lí luận chính trị hành hc ct ll llcthc và hệ tập trung không tại chức lớp chương trình độ bằng "
        "tt ktt tc vlvh vhvl vừa làm học quốc gia hồ chí minh hcm khu vực i ii iii trường tỉnh tốt nghiệp viện "
        "huyện đã có qua đào tạo bồi dưỡng đt bd tại hvct hvctqg hvctkv ctqg ctkv ttbdct ttct trung tâm kv kv1 kv2"
    )
    | {"HV CTQG", "HV CTKV", "khu vực 1", "khu vực 2", "khu vực 3"},
    "administration": words_of(
        "ngạch chương trình bồi dưỡng bd bdkt lớp chứng chỉ bdnv qlnn qlhcnn qlhc quản lý lí hành chính nhà nước kiến "
        "thức nghiệp vụ về đã qua có đào tạo và hạng độ khóa"
    )
    | {f"CC {name}" for name in ("bồi dưỡng", "BD", "QLNN", "quản lý nhà nước", "ngạch")},
}
"""Kind -> the words that may stand beside a level; any other word is asked about. Education's subjects are endless."""
OTHER_LADDERS: dict[str, tuple[str, ...]] = {
    "education": ("LLCT", "lý luận chính trị", "lí luận chính trị", "lý luận", "lý luận CT", "LLCT HC",
                  "chính trị hành chính", "trung cấp chính trị", "TC chính trị", "sơ cấp chính trị", "SC chính trị"),
}  # fmt: skip
"""Kind -> words that say that the level is of another ladder: "Trung cấp LLCT" is no professional education."""

DENIAL = frozenset({"chưa", "không"})
DENIED = words_of(
    "chưa không có qua được đào tạo bồi dưỡng đt bd học lớp nào chứng chỉ cm chuyên môn nghiệp vụ lý lí luận "
    "chính trị llct qlnn quản nhà nước tin ngoại ngữ trình độ bất kỳ và cntt trường tham gia"
) | {"bằng cấp", "bằng chuyên môn"}
"""A text of these words alone that begins with one of `DENIAL` says that nothing is held: "Chưa qua đào tạo"."""
NONE_WORDS = ("none", "chưa", "chưa qua", "không", "no")

UNKNOWN_WORDS = ("unknown", "chưa rõ", "không rõ", "chưa xác định", "không xác định", "chưa xác minh", "không biết",
                 "chưa biết", "chưa có thông tin", "không có thông tin", "chưa cập nhật", "chưa kê khai")  # fmt: skip
"""Texts that say that nobody knows the level."""
BLANK_MARKS = words_of(
        "- – — − _ / \\ . .. ... … * 0 o ko k khg n/a nil null"
    ) | {
    "ko có", "k có", "chưa có gì", "không có gì", "- -", "--", "---", "0.0",
}  # fmt: skip
"""Marks that stand where nothing is said; what they mean the scheme says (`blank`)."""

# --- study under way ------------------------------------------------------------------------------------------------

UNDER_WAY = ("đang theo học", "đang học", "đang được đào tạo", "đang đào tạo", "đang bồi dưỡng", "đang tham gia",
             "đang", "hiện đang", "hiện đang học", "hiện đang theo học", "hiện nay đang học", "hiện nay", "nay",
             "đến nay", "tới nay", "hiện học", "sinh viên", "học viên", "đương học")  # fmt: skip
ENDS = ("hoàn thành", "tốt nghiệp", "TN", "kết thúc", "học xong", "xong", "ra trường", "đến", "tới", "hết",
        "cấp bằng", "nhận bằng", "bảo vệ", "đến năm", "tới năm", "bế giảng", "hoàn thành năm", "tốt nghiệp năm",
        "cấp năm")  # fmt: skip
"""Before a year: when a study ends or ended."""
BEGINS = (
    "khai giảng",
    "KG",
    "từ",
    "bắt đầu",
    "bắt đầu từ",
    "nhập học",
    "vào học",
    "học từ",
    "khai khóa",
    "từ năm",
    "từ tháng",
)
"""Before a year: when a study begins or began."""
DONE = ("đã tốt nghiệp", "đã hoàn thành", "đã học xong", "đã có bằng", "đã nhận bằng", "đã được cấp bằng",
        "đã cấp bằng", "đã bảo vệ", "đã có")  # fmt: skip
NTH = ("năm thứ", "năm", "học kỳ", "kỳ", "HK")
"""Before a small number: how far a study has come."""
ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "sáu": 6, "cuối": 0, "i": 1, "ii": 2, "iii": 3,
            "iv": 4, "v": 5, "vi": 6}  # fmt: skip
"""Numbers in words; 0 is the last, whichever that is."""
CLASS = ("khóa", "lớp khóa", "khoá")
DOUBTS = ("chưa", "không", "sắp", "dự kiến", "dự bị", "thi", "thôi học", "bỏ học", "bỏ dở", "dở dang", "bảo lưu",
          "trượt", "đăng ký", "đăng kí", "nguyện vọng", "trúng tuyển", "nhập học", "cử đi", "được cử", "hoặc", "hay",
          "đề nghị", "theo học", "du học", "đã học", "dự thi", "học liên thông", "đại cương", "khoảng", "thu hồi",
          "cấp lại", "đi học", "nghỉ học", "đình chỉ", "tạm hoãn", "chuẩn bị", "chờ bằng", "chờ cấp", "nợ môn",
          "hết hạn", "hồ sơ", "làm HS", "thủ tục", "nhu cầu", "đề xuất", "trở lên", "tạm dừng", "tạm ngừng", "dừng học",
          "kế hoạch học", "kế hoạch đi học", "kế hoạch đào tạo",
          "dự định", "định học", "ý định", "phấn đấu", "yêu cầu", "tiêu chuẩn", "tối thiểu", "ít nhất", "dự nguồn",
          "từng học", "cựu sinh viên", "cựu học viên", "mới học", "mới nhập học", "đối tượng", "đang xét", "tiền ĐH",
          *(f"{plan} {name}" for plan in ("kế hoạch", "quy hoạch", "QH")
            for name in ("đại học", "ĐH", "thạc sĩ", "ThS", "cao học", "cao đẳng", "CĐ", "trung cấp",
                         "TC")))  # fmt: skip
"""Words beside a level that leave open whether it is held."""
DOUBTS_WITH_ACCENTS = (
    "sẽ",
    "chờ",
    "đợi",
    "dở",
    "nợ",
    "xin",
    "gần",
    "hủy",
    "giả",
    "hoãn",
    "ôn",
    "bỏ",
    "cần",
    "phải",
    "nên",
    "thiếu",
    "muốn",
    "rớt",
    "dưới",
    "trên",
    "đỗ",
    "sau",
    "dừng",
    "thôi",
    "hơn",
    "cử",
)
"""Such words that without accents are others: "quốc gia" is not "giả"."""
NO_DOUBTS = ("không chính quy", "hàng không", "thi hành", "thi hành án", "thi đua", "thi công", "đảng",
             "xây dựng đảng", "công tác đảng", "học viện", "trường đảng",
             "lịch sử đảng", "văn phòng đảng",
             "Cần Thơ", "cử tuyển", "thiếu niên", "thiếu nhi", "sau thu hoạch", "dưới nước", "trên không")  # fmt: skip
"""Words that only look like those of `DOUBTS`, or of `UNDER_WAY`."""
BESIDE_SCHOOLS = ("chứng chỉ sư phạm", "chứng chỉ SP", "chứng chỉ nghiệp vụ sư phạm", "chứng chỉ NVSP",
                  *(f"{school} {number}" for number in "123" for school in ("Hà Nội", "HN", "lục quân", "nông nghiệp",
                                                                          "NN", "sư phạm", "SP", "ngoại ngữ")),
                  *(f"HN{number}" for number in "123"))  # fmt: skip
"""Beside a degree of education: schools that have a number, and certificates that change no level."""
NO_SUBJECT = words_of("lớp hệ học khóa trình độ")
"""Words behind "đang học" that do not say what is learnt."""
TRAINED = ("intermediate", "college")
"""What years of school and of training may be where no degree stands beside them: "12+2"."""
DEGREES_COUNTED = ("bằng", "văn bằng", "VB", "VB2", "tấm bằng")
COUNTS = frozenset({"1", "2", "3", "01", "02", "03", "hai", "ba", "một"})
"""Beside `DEGREES_COUNTED`: how many degrees, which says nothing of their level: "2 bằng ĐH"."""

MODES: dict[str, tuple[str, ...]] = {
    "full_time": ("hệ tập trung", "tập trung", "chính quy", "TT"),
    "in_service": ("không tập trung", "hệ không tập trung", "vừa làm vừa học", "vừa học vừa làm", "tại chức", "VLVH",
                   "VHVL", "KTT", "từ xa"),
    "short": ("bồi dưỡng", "BD"),
}  # fmt: skip
"""How a study is followed -> its words."""
