"""The words of the trade: how Vietnamese and English rosters call columns, levels, sexes and yes.

Everything here is data, plus the few functions that look it up. Words are compared in their *plain* form (lower
case, without accents or punctuation), so that "Họ và tên", "HO VA TEN" and "Họ và tên:" are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

Recogniser = Callable[[str], str | None]
"""From a header as it stands in the file to the column's name, or None."""

NUMBERING = "numbering"
MALE, FEMALE = "male", "female"

HEADERS: dict[str, tuple[str, ...]] = {
    "cadre": ("Mã", "Mã số", "Mã cán bộ", "Mã số cán bộ", "Mã CB", "Mã CBCC", "Mã CBCCVC", "Mã công chức",
              "Mã viên chức", "Mã nhân viên", "Mã NV", "Mã định danh", "Số hiệu", "Số hiệu cán bộ",
              "Số hiệu công chức", "Số hiệu CBCC", "id", "code", "staff id", "employee id", "cadre id"),
    "name": ("Họ tên", "Họ và tên", "Họ và tên cán bộ", "Họ tên cán bộ", "Họ, chữ đệm và tên", "Họ và tên khai sinh",
             "Họ tên khai sinh", "Họ, tên", "Tên cán bộ", "full name"),
    "birth_year": ("Năm sinh", "Sinh năm", "year of birth", "born"),
    "birth_date": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "date of birth",
                   "birthday", "dob"),
    "sex": ("Giới tính", "Giới", "Phái", "Nam/Nữ", "Nam, nữ", "Nam hay nữ", "Nam hoặc nữ",
            "Giới tính nam/nữ", "gender"),
    MALE: ("Nam", "Năm sinh nam", "Nam năm sinh", "Nam sinh năm", "Ngày sinh nam", "Giới tính nam",
           "Ngày tháng năm sinh nam", "male", "men"),
    FEMALE: ("Nữ", "Năm sinh nữ", "Nữ năm sinh", "Nữ sinh năm", "Ngày sinh nữ", "Giới tính nữ",
             "Ngày tháng năm sinh nữ", "female", "women"),
    "ethnicity": ("Dân tộc", "ethnic group"),
    "ethnic_minority": ("Dân tộc thiểu số", "Người dân tộc thiểu số", "DTTS", "Người DTTS"),
    "post": ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức danh, chức vụ", "Chức vụ/chức danh",
             "Chức vụ hiện nay", "Chức vụ hiện tại", "Chức vụ công tác", "position"),
    "agency": ("Đơn vị", "Cơ quan", "Đơn vị công tác", "Cơ quan công tác", "Nơi công tác", "Cơ quan, đơn vị",
               "Cơ quan/đơn vị", "Cơ quan, đơn vị công tác", "Đơn vị, cơ quan", "Tên cơ quan", "Tên đơn vị",
               "Tên cơ quan, đơn vị", "office", "organisation", "organization", "department"),
    "block": ("Khối",),
    "education": ("Trình độ chuyên môn", "Chuyên môn", "Trình độ CM", "Trình độ chuyên môn nghiệp vụ",
                  "Chuyên môn nghiệp vụ", "Chuyên môn, nghiệp vụ", "Trình độ đào tạo", "Trình độ CMNV", "CMNV",
                  "Bằng cấp chuyên môn", "professional education"),
    "theory": ("Lý luận chính trị", "Lí luận chính trị", "LLCT", "Trình độ lý luận chính trị", "Trình độ LLCT",
               "Lý luận CT", "Trình độ lý luận", "Trình độ chính trị", "Chính trị", "political theory"),
    "administration": ("Quản lý nhà nước", "Quản lí nhà nước", "QLNN", "Trình độ quản lý nhà nước", "Trình độ QLNN",
                       "Quản lý hành chính nhà nước", "Bồi dưỡng quản lý nhà nước", "Bồi dưỡng QLNN",
                       "Kiến thức quản lý nhà nước", "Kiến thức QLNN", "state administration"),
    "informatics": ("Tin học", "Trình độ tin học", "Chứng chỉ tin học", "CNTT", "computer skills"),
    "language": ("Ngoại ngữ", "Trình độ ngoại ngữ", "Chứng chỉ ngoại ngữ", "foreign language"),
    "local": ("Người địa phương", "Cán bộ địa phương", "Cán bộ người địa phương", "Người tại chỗ"),
    "service_start": ("Năm vào ngành", "Ngày vào ngành", "Năm tuyển dụng", "Ngày tuyển dụng", "Năm công tác",
                      "Năm bắt đầu công tác", "Năm vào làm", "Thời điểm tuyển dụng", "Thời gian tuyển dụng",
                      "Ngày tháng năm tuyển dụng", "Ngày tháng năm được tuyển dụng", "Ngày được tuyển dụng",
                      "start of service", "year of recruitment"),
    "retires": ("Năm nghỉ hưu", "Nghỉ hưu", "Ngày nghỉ hưu", "Nghỉ hưu năm", "Thời điểm nghỉ hưu", "Năm về hưu",
                "retirement year", "year of retirement"),
    "studying": ("Đang học", "Đang theo học", "Đang học lớp", "Đang đào tạo", "Chương trình đang học"),
    "studying_until": ("Học đến năm", "Đang học đến năm", "Học đến", "Năm học xong", "Năm kết thúc khóa học"),
    "in_district_committee": ("Huyện ủy viên", "Cấp ủy huyện", "Ban chấp hành Đảng bộ huyện", "BCH Đảng bộ huyện"),
    "in_standing_committee": ("Ban thường vụ", "Ban thường vụ Huyện ủy", "Ủy viên Ban thường vụ", "UVBTV"),
    "in_commune_committee": ("Đảng ủy viên xã", "Cấp ủy xã", "Ban chấp hành Đảng bộ xã", "BCH Đảng bộ xã"),
    "exempt": ("Được miễn", "Miễn đào tạo", "Thuộc diện miễn"),
    "schooling": ("Trình độ văn hóa", "Văn hóa", "Trình độ học vấn phổ thông", "Học vấn phổ thông", "Trình độ GDPT",
                  "Trình độ giáo dục phổ thông", "Giáo dục phổ thông", "Trình độ phổ thông", "GDPT"),
    "subject": ("Chuyên ngành", "Chuyên ngành đào tạo", "Ngành đào tạo", "Ngành học", "Chuyên ngành học",
                "Ngành, chuyên ngành", "Ngành/chuyên ngành", "Trình độ chuyên môn chuyên ngành",
                "Trình độ chuyên môn ngành đào tạo", "Trình độ chuyên môn chuyên ngành đào tạo"),
    "institution": ("Cơ sở đào tạo", "Trường đào tạo", "Nơi đào tạo", "Tên trường", "Tên cơ sở đào tạo"),
    "party_joined": ("Ngày vào Đảng", "Năm vào Đảng", "Ngày kết nạp Đảng", "Ngày kết nạp", "Ngày vào Đảng dự bị",
                     "Ngày vào Đảng kết nạp", "Ngày tháng năm vào Đảng", "Ngày tháng năm vào Đảng dự bị"),
    "party_official": ("Ngày vào Đảng chính thức", "Ngày chính thức vào Đảng", "Ngày tháng năm vào Đảng chính thức",
                       "Ngày công nhận đảng viên chính thức"),
    "planned_post": ("Quy hoạch", "Chức danh quy hoạch", "Quy hoạch chức danh", "Chức vụ quy hoạch",
                     "Quy hoạch chức vụ", "Chức danh được quy hoạch", "Được quy hoạch chức danh"),
    "note": ("Ghi chú", "remarks"),
    NUMBERING: ("TT", "STT", "Số TT", "Số thứ tự", "Thứ tự", "no", "nr", "row no"),
}  # fmt: skip
AGENCY_HEADERS: dict[str, tuple[str, ...]] = {
    "agency": HEADERS["agency"],
    "headcount": ("Biên chế", "Số biên chế", "Tổng biên chế", "Biên chế được giao", "Biên chế giao", "Định biên",
                  "Biên chế có mặt", "Tổng số biên chế", "Số người", "Số cán bộ", "Tổng số cán bộ", "Số lượng",
                  "Số lượng cán bộ", "Tổng số", "staff", "staff number", "people", "size"),
    NUMBERING: HEADERS[NUMBERING],
}  # fmt: skip

SEX = {"f": "F", "female": "F", "woman": "F", "nu": "F", "gai": "F", "m": "M", "male": "M", "man": "M", "nam": "M"}
TRUTH = {"yes": True, "true": True, "1": True, "x": True, "co": True, "dung": True, "y": True, "v": True,
         "no": False, "false": False, "0": False, "khong": False, "sai": False, "n": False}  # fmt: skip
TICKS = frozenset("✓✔√☑\N{MULTIPLICATION SIGN}")
"""Marks that mean the same as x: whoever ticks a cell says yes."""

_NONE = ("none", "không", "chưa", "chưa có", "không có", "chưa qua đào tạo", "chưa qua bồi dưỡng", "chưa đào tạo",
         "chưa bồi dưỡng", "chưa được đào tạo", "chưa được bồi dưỡng", "chưa qua đào tạo, bồi dưỡng", "chưa học",
         "chưa qua đào tạo bồi dưỡng", "chưa qua ĐT", "chưa qua BD", "chưa qua", "không qua đào tạo")  # fmt: skip
_GRADES = ("a", "b", "c", "a1", "a2", "b1", "b2", "c1", "c2", "cơ bản", "nâng cao")
_CERTIFICATES = ("", "chứng chỉ", "trình độ", "loại", "chứng chỉ loại", "tin học", "CNTT", "ứng dụng CNTT", "UDCNTT",
                 "chứng chỉ tin học", "anh", "anh văn", "tiếng anh", "chứng chỉ tiếng anh", "chứng chỉ anh",
                 "tiếng trung", "tiếng pháp", "tiếng nga", "tiếng dân tộc")  # fmt: skip
_CERTIFIED = ("certified", "có", "đã có", "x", "yes", "true", "1", "đạt", "chứng chỉ", "có chứng chỉ", "CC",
              "trung cấp", "cao đẳng", "đại học", "ĐH", "cử nhân", "ic3", "mos", "toeic", "ielts", "toefl",
              *(f"{kind} {grade}" for kind in _CERTIFICATES for grade in _GRADES))  # fmt: skip
_NOT_CERTIFIED = (*_NONE, "no", "false", "0", "chưa có chứng chỉ", "không có chứng chỉ")
_LEVELS: dict[str, dict[str, tuple[str, ...]]] = {
    "education": {
        "none": _NONE,
        "elementary": ("SC", "sơ cấp"),
        "intermediate": ("TC", "trung cấp", "trung học chuyên nghiệp", "THCN", "trung học"),
        "college": ("CĐ", "cao đẳng"),
        "bachelor": ("ĐH", "đại học", "cử nhân", "CN", "kỹ sư", "KS"),
        "master": ("ThS", "thạc sĩ", "thạc sỹ", "cao học"),
        "doctorate": ("TS", "tiến sĩ", "tiến sỹ", "phó tiến sĩ", "PTS", "phd"),
    },
    "theory": {
        "none": _NONE,
        "elementary": ("SC", "sơ cấp"),
        "intermediate": ("TC", "trung cấp"),
        "advanced": ("CC", "cao cấp", "cử nhân", "CN", "CCCT"),
    },
    "administration": {
        "none": _NONE,
        "officer": ("CS", "cán sự", "ngạch cán sự", "chương trình cán sự"),
        "specialist": ("CV", "chuyên viên", "ngạch chuyên viên", "chương trình chuyên viên"),
        # A senior principal specialist (CVCC) stands above the standard ladder's last level, so holds that one.
        "senior_specialist": ("CVC", "chuyên viên chính", "CV chính", "ngạch chuyên viên chính", "CVCC",
                              "chương trình chuyên viên chính", "chuyên viên cao cấp"),
    },
    "informatics": {"none": _NOT_CERTIFIED, "certified": _CERTIFIED},
    "language": {"none": _NOT_CERTIFIED, "certified": _CERTIFIED},
}  # fmt: skip
_SUBJECTS_FOLLOW = ("education", "theory")
"""Ladders whose cells also name the subject: "ĐH Luật", "Cao cấp lý luận chính trị"."""
_UNFINISHED = frozenset({"dang", "chua", "sap", "se", "du", "khong"})
"""A cell with one of these words ("đang học cao cấp") does not say what its owner holds."""


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """`text` in lower case without accents and punctuation: "Họ, và tên" -> "ho va ten"."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _index(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Every word in its plain form -> what it means; a meaning is a word for itself."""
    return {plain(word): meaning for meaning, variants in words.items() for word in (meaning, *variants)}


LEVELS = {ladder: _index(words) for ladder, words in _LEVELS.items()}
"""Ladder -> {plain word -> standard level name}."""


def recogniser(words: dict[str, tuple[str, ...]], names: Collection[str] = ()) -> Recogniser:
    """What tells the column that a header stands for.

    Parameters
    ----------
    words
        Column -> its headers, such as `HEADERS`.
    names
        Names that the scenario uses. They always win: first letter by letter, then in their plain form.
    """
    index = _index(words)
    own = {plain(name): name for name in sorted(names)}

    @lru_cache(maxsize=10_000)
    def recognise(header: str) -> str | None:
        if header in names or header in words:
            return header
        for text in (header, re.sub(r"\(.*?\)", " ", header)):
            key = plain(text)
            if key in own:
                return own[key]
            # "Năm" (year) and "Nam" (man) differ in the accent alone.
            if key in index and not (key == "nam" and "ă" in unicodedata.normalize("NFC", text.casefold())):
                return index[key]
        return None

    return recognise


known_header = recogniser({**HEADERS, **AGENCY_HEADERS})
"""The recogniser of every header that this page knows."""


def sex(text: str) -> str | None:
    """F or M, or None if `text` says neither."""
    return SEX.get(plain(text))


def truth(text: str) -> bool | None:
    """What `text` says of yes and no, or None if nothing."""
    return True if text in TICKS else TRUTH.get(plain(text))


def level_index(ladder: str, levels: Sequence[str]) -> Callable[[str], int | None]:
    """What tells the index in `levels` [0 = lowest] that a cell of the column `ladder` means.

    A level's own name wins, then its name in another case or accent, then the words of the trade. These are compared
    by meaning, so that "ThS" finds a level called `master` as well as one called `Thạc sĩ`.
    """
    exact = {level: index for index, level in enumerate(levels)}
    by_meaning = _unique((_meaning(ladder, level), index) for index, level in enumerate(levels))
    by_word = _unique((plain(level), index) for index, level in enumerate(levels))

    def index(text: str) -> int | None:
        if text in exact:
            return exact[text]
        found = by_word.get(plain(text))
        return by_meaning.get(_meaning(ladder, text)) if found is None else found

    return index


def _unique(pairs: Iterable[tuple[str | None, int]]) -> dict[str | None, int]:
    """The pairs whose key stands for something and occurs once."""
    found: dict[str | None, list[int]] = {}
    for key, index in pairs:
        found.setdefault(key, []).append(index)
    return {key: indices[0] for key, indices in found.items() if key and len(indices) == 1}


def _meaning(ladder: str, text: str) -> str | None:
    """The standard level that `text` means on `ladder`; on a ladder that is not standard, if all of them agree."""
    if ladder not in LEVELS:
        meanings = {words[plain(text)] for words in LEVELS.values() if plain(text) in words}
        return meanings.pop() if len(meanings) == 1 else None
    words = LEVELS[ladder]
    key = plain(text)
    if key in words or ladder not in _SUBJECTS_FOLLOW or _UNFINISHED & set(key.split()):
        return words.get(key)
    told = {meaning for word, meaning in words.items() if f" {word} " in f" {key} "}
    begins = {meaning for word, meaning in words.items() if key.startswith(f"{word} ")}
    # "Cử nhân Luật, thạc sĩ Kinh tế" names two levels: its owner must say which one counts.
    return begins.pop() if len(begins) == 1 and told == begins else None
