"""Certificates of informatics and language, and the national levels that they are worth: data, with its source.

`assumed` says that no circular fixes the equivalence; whoever reads such a certificate for a level remarks upon it.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.inputs.vocabulary.words import words_of


@dataclass(frozen=True)
class Equivalence:
    """What a certificate is worth.

    Attributes
    ----------
    names
        What it is called.
    kind
        language or informatics.
    worth
        (the least score or grade, the level of the kind's scale), the lowest first; a grade that is a word stands for
        itself.
    source
        The key of the circular's name in the catalogue, or `assumed`.
    """

    names: tuple[str, ...]
    kind: str
    worth: tuple[tuple[str, str], ...]
    source: str


SIX_LEVELS = "circular_01_2014"
ANNEX_2015 = "circular_15_2014"
ANNEX_2021 = "circular_23_2021"
SKILLS = "circular_03_2014"
OLD_INFORMATICS = "circular_17_2016"

FRAMEWORK = Equivalence(
    ("",), "language", (("a1", "1"), ("a2", "2"), ("b1", "3"), ("b2", "4"), ("c1", "5"), ("c2", "6")), SIX_LEVELS
)
"""The six levels and those of the European framework that they answer to."""
OLD_LETTERS = Equivalence(("",), "language", (("a", "1"), ("b", "2"), ("c", "3")), "assumed")
"""The certificates A, B, C of foreign languages of before 2014."""
INFORMATICS = Equivalence(
    ("",),
    "informatics",
    (
        ("cơ bản", "basic"),
        ("nâng cao", "advanced"),
        ("CB", "basic"),
        ("NC", "advanced"),
        ("CNTTCB", "basic"),
        ("UDCNTTCB", "basic"),
        ("ƯDCNTTCB", "basic"),
    ),
    SKILLS,
)
INFORMATICS_LETTERS = Equivalence(
    ("",), "informatics", (("a", "basic"), ("b", "basic"), ("c", "basic")), OLD_INFORMATICS
)
"""The certificates A, B, C of informatics count as the basic certificate."""

SCORES = (
    Equivalence(("TOEIC",), "language", (("450", "3"),), ANNEX_2015),
    Equivalence(("IELTS",), "language", (("4.0", "3"), ("5.5", "4"), ("7.0", "5")), ANNEX_2021),
    Equivalence(("TOEFL iBT",), "language", (("30", "3"), ("46", "4"), ("94", "5")), ANNEX_2021),
    Equivalence(("TOEFL ITP", "TOEFL PBT"), "language", (("450", "3"),), ANNEX_2015),
    Equivalence(("HSK",), "language", (("3", "3"), ("4", "4"), ("5", "5"), ("6", "6")), "assumed"),
    Equivalence(("PET",), "language", (("", "3"),), ANNEX_2015),
    Equivalence(("FCE",), "language", (("", "4"),), "assumed"),
    Equivalence(("TOEFL", "JLPT", "TOPIK", "DELF", "TCF", "Aptis", "Linguaskill"), "language", (), "assumed"),
    Equivalence(("IC3", "MOS", "ICDL"), "informatics", (("", "basic"),), "assumed"),
)
"""Certificates with scores; below the least score the level is not told, so it is asked for."""
LARGEST = {"TOEIC": 990, "IELTS": 9, "TOEFL iBT": 120, "TOEFL ITP": 677, "TOEFL PBT": 677, "HSK": 9}
"""The largest score of a certificate; one above it is a slip of the hand (source: the tests' makers)."""

LANGUAGES = ("anh", "anh văn", "tiếng anh", "trung", "trung quốc", "trung văn", "tiếng trung", "tiếng trung quốc",
             "pháp", "pháp văn", "tiếng pháp", "nga", "nga văn", "tiếng nga", "đức", "tiếng đức", "nhật", "tiếng nhật",
             "hàn", "hàn quốc", "tiếng hàn", "tiếng hàn quốc", "lào", "tiếng lào", "tiếng hoa", "hoa",
             "ngoại ngữ")  # fmt: skip
"""Foreign languages, as cells name them beside a certificate."""
MINORITY_LANGUAGES = ("dân tộc", "dân tộc thiểu số", "DTTS", "dao", "mông", "hmông", "h mông", "mèo", "tày", "nùng",
                      "tày nùng", "thái", "mường", "la chí", "pà thẻn", "giáy", "cờ lao", "lô lô", "pu péo", "phù lá",
                      "bố y", "sán chay", "sán dìu", "cao lan", "khơ mú", "hà nhì", "la hủ", "khmer", "chăm", "ê đê",
                      "êđê", "gia rai", "jrai", "ba na", "bana", "xơ đăng", "cơ ho", "m nông", "bru", "pa cô",
                      "raglai", "xtiêng", "h rê", "cơ tu")  # fmt: skip
"""Languages of ethnic minorities, behind the word `tiếng`."""
MINORITY_SOURCE = "assumed"
"""That a certificate of such a language counts where one of a foreign language is asked for."""

BESIDE = {
    "language": words_of(
        "chứng chỉ cc trình độ loại bằng khung năng lực tương đương cefr châu âu vstep bậc level văn tiếng ngoại "
        "ngữ điểm đạt có việt nam vn nlnn av ta câ nn nlnnvn ngôn theo"
    )
    | {"6 bậc"},
    "informatics": words_of(
        "chứng chỉ cc trình độ loại bằng tin học cntt udcntt ứng dụng công nghệ thông chuẩn kỹ năng sử tư tt03 tt "
        "03 2014 btttt đạt có thcb thvp văn phòng th vp kn ud ưd ưdcntt sd gs3 gs4 gs5 gs6 word excel "
        "powerpoint ppt theo số"
    ),
}
"""Words beside a certificate that change nothing."""
CIRCULARS = tuple(
    f"{name} {number}"
    for name in ("TT", "thông tư", "thông tư số", "TT số", "QĐ", "quyết định")
    for number in ("03/2014", "01/2014", "17/2016")
)
"""Circulars by which a certificate was given; their years are not its own."""
CERTIFICATE = ("chứng chỉ", "cc", "có chứng chỉ", "đã có chứng chỉ", "có cc", "đã có cc")
"""Words of `HELD` that beside a subject say that its certificate is held: "CC tin học"."""
DEGREE_IN = {
    "language": ("đại học", "ĐH", "cử nhân", "CN", "cao đẳng", "CĐ", "thạc sĩ", "thạc sỹ", "ThS", "tiến sĩ", "TS",
                 "ĐHSP", "CĐSP"),
    "informatics": ("trung cấp", "TC", "cao đẳng", "CĐ", "đại học", "ĐH", "cử nhân", "CN", "kỹ sư", "KS", "thạc sĩ",
                    "thạc sỹ", "ThS", "tiến sĩ", "TS"),
}  # fmt: skip
"""A degree in the subject is a certificate of it; which level it is worth nobody fixed."""
HELD = (
    "certified",
    "có",
    "đã có",
    "x",
    "yes",
    "true",
    "1",
    "đạt",
    "có chứng chỉ",
    "đã có chứng chỉ",
    "chứng chỉ",
    "CC",
    "có CC",
    "đã có CC",
    "co",
)
"""Words that say that a certificate is held, and not which."""
