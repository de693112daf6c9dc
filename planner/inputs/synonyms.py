"""The words of the trade: how Vietnamese and English rosters call columns, sexes and yes (levels: `vocabulary`).

Everything here is data, plus the few functions that look it up. Words are compared in their *plain* form (lower
case, without accents or punctuation), so that "Họ và tên", "HO VA TEN" and "Họ và tên:" are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
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
             "Họ tên khai sinh", "Họ, tên", "Tên cán bộ", "Họ và tên CBCC", "Họ tên CBCC", "Họ và tên CBCCVC",
             "Họ và tên cán bộ, công chức", "Họ và tên công chức", "full name"),
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
             "Chức vụ hiện nay", "Chức vụ hiện tại", "Chức vụ công tác", "Chức vụ hoặc chức danh",
             "Chức vụ (chức danh)", "Chức vụ đảng, chính quyền, đoàn thể", "position"),
    "agency": ("Đơn vị", "Cơ quan", "Đơn vị công tác", "Cơ quan công tác", "Nơi công tác", "Cơ quan, đơn vị",
               "Cơ quan/đơn vị", "Cơ quan, đơn vị công tác", "Đơn vị, cơ quan", "Tên cơ quan", "Tên đơn vị",
               "Tên cơ quan, đơn vị", "Cơ quan sử dụng CBCC", "Cơ quan sử dụng CBCCVC", "Đơn vị sử dụng CBCC",
               "Xã, thị trấn", "Xã, phường", "Xã, phường, thị trấn", "Xã/thị trấn", "Xã/phường/thị trấn", "Tên xã",
               "Tên xã, thị trấn", "office", "organisation", "organization", "department"),
    "block": ("Khối",),
    "education": ("Trình độ chuyên môn", "Chuyên môn", "Trình độ CM", "Trình độ chuyên môn nghiệp vụ",
                  "Chuyên môn nghiệp vụ", "Chuyên môn, nghiệp vụ", "Trình độ đào tạo", "Trình độ CMNV", "CMNV",
                  "Bằng cấp chuyên môn", "professional education"),
    "theory": ("Lý luận chính trị", "Lí luận chính trị", "LLCT", "Trình độ lý luận chính trị", "Trình độ LLCT",
               "Lý luận CT", "Trình độ lý luận", "Trình độ chính trị", "Chính trị", "LL chính trị",
               "Trình độ LL chính trị", "political theory"),
    "administration": ("Quản lý nhà nước", "Quản lí nhà nước", "QLNN", "Trình độ quản lý nhà nước", "Trình độ QLNN",
                       "Quản lý hành chính nhà nước", "Bồi dưỡng quản lý nhà nước", "Bồi dưỡng QLNN",
                       "Q.lý NN", "QL nhà nước", "Kiến thức quản lý nhà nước", "Kiến thức QLNN",
                       "state administration"),
    "informatics": ("Tin học", "Trình độ tin học", "Chứng chỉ tin học", "CNTT", "computer skills"),
    "language": ("Ngoại ngữ", "Trình độ ngoại ngữ", "Chứng chỉ ngoại ngữ", "Tiếng Anh", "Anh văn",
                 "foreign language"),
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
    "title": ("Tên gọi", "Tên đầy đủ", "Tên gọi đầy đủ", "Tên đầy đủ của cơ quan", "agency title", "full title"),
    "title_vi": ("Tên tiếng Việt", "Tên gọi tiếng Việt", "Vietnamese title", "title in Vietnamese"),
    "title_en": ("Tên tiếng Anh", "Tên gọi tiếng Anh", "English title", "title in English"),
    NUMBERING: HEADERS[NUMBERING],
}  # fmt: skip
AGENCY_CODES = ("Mã cơ quan", "Mã đơn vị", "Mã cơ quan, đơn vị", "Mã đơn vị, cơ quan", "Mã CQ", "Mã ĐV", "agency code",
                "agency id", "office code")  # fmt: skip
"""Headers of agencies' codes: in a table with one of them, what is otherwise an agency's name is its title."""

SEX = {
    "f": "F",
    "female": "F",
    "woman": "F",
    "nu": "F",
    "gai": "F",
    "ba": "F",
    "phu nu": "F",
    "m": "M",
    "male": "M",
    "man": "M",
    "nam": "M",
    "trai": "M",
    "ong": "M",
}
TRUTH = {"yes": True, "true": True, "1": True, "x": True, "co": True, "dung": True, "y": True, "v": True,
         "no": False, "false": False, "0": False, "khong": False, "sai": False, "n": False}  # fmt: skip
TICKS = frozenset("✓✔√☑\N{MULTIPLICATION SIGN}üþ\N{CYRILLIC SMALL LETTER HA}\N{CYRILLIC CAPITAL LETTER HA}")
"""Marks that mean the same as x: whoever ticks a cell says yes; ü and þ are ticks in the font Wingdings."""


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """`text` in lower case without accents and punctuation: "Họ, và tên" -> "ho va ten"."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


LONGEST_HEADER = 300  # letters; longer texts are no headers


def _index(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Every word in its plain form -> what it means; a meaning is a word for itself."""
    return {plain(word): meaning for meaning, variants in words.items() for word in (meaning, *variants)}


_ITEM = re.compile(r"\s*\(?\d{1,2}(\.\d{1,2})*\s*[).:/-]+\s*(?=[^\W\d])")
"""The number of an item of a form before a header: "15.2- Trình độ chuyên môn", "1) Họ và tên"."""
_TODAY = re.compile(r" (hien nay|hien tai|hien co|cao nhat)$")
"""Words behind a header that leave its meaning as it is, in plain form."""


def _forms(header: str) -> Iterator[str]:
    """A header in its plain form: as it stands, then without remarks in brackets, item numbers and the like."""
    bare = re.sub(r"\(.*?\)", " ", header)
    numbered = _ITEM.sub("", header, count=1)
    for text in (header, bare, numbered, re.sub(r"\(.*?\)", " ", numbered)):
        yield plain(text)
    yield _TODAY.sub("", plain(re.sub(r"\(.*?\)", " ", numbered)))


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

    known = {*names, *words}

    @lru_cache(maxsize=10_000)
    def recognise(header: str) -> str | None:
        if header in known:
            return header
        if len(header) > LONGEST_HEADER:
            return None
        for key in _forms(header):
            if key in own:
                return own[key]
            # "Năm" (year) and "Nam" (man) differ in the accent alone.
            if key in index and not (key == "nam" and "ă" in unicodedata.normalize("NFC", header.casefold())):
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
