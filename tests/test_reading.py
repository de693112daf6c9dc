"""What the cells of a ladder's column say: the level held, study under way, or a question, in some 300 texts."""

from __future__ import annotations

import pytest

from planner.inputs.vocabulary.levels import Ladder, LevelReading, level_index
from planner.inputs.vocabulary.words import STANDARD
from planner.messages import catalogue

YEAR = 2026
GRADES = ("none", "a1", "a2", "b1", "b2")
SKILLS = ("none", "basic", "advanced")


def told(read: LevelReading, levels: tuple[str, ...]) -> str:
    """What was read, in short: the level held; + to what a study leads and until when; ? what is asked."""
    if read.unknown:
        return "unknown"
    if read.question:
        return f"? {read.question.removeprefix('reading_')}"
    held = "" if read.held is None else levels[read.held]
    studies = [f"+{'/'.join(levels[index] for index in one.levels)}-{one.until or ''}" for one in read.studies]
    return " ".join([held, *studies]).strip()


def texts(
    ladder: str, levels: tuple[str, ...], expected: dict[str, str]
) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(ladder, levels, text, meant) for meant, cells in expected.items() for text in cells.split("|")]


EDUCATION = texts(
    "education",
    STANDARD["education"],
    {
        "none": "Chưa qua đào tạo|Không|chưa có|THPT|Trung học phổ thông|Trung học PT|Trung học cơ sở|THCS|12/12|10/10|"
        "lớp 9/12|8/12|lớp 12|Tốt nghiệp THPT|BT THPT|Phổ thông trung học|tiểu học|cấp III|TRUNG HỌC PHỔ THÔNG|"
        "Chưa qua đào tạo chuyên môn",
        "elementary": "SC|Sơ cấp|Sơ cấp nghề",
        "intermediate": "TC|Trung cấp|TCCN|THCN|THSP|Trung cấp Y|Trung cấp nghề|Y sĩ|Trung học chuyên nghiệp|"
        "Trung học sư phạm|Dược sĩ trung học|12/12, TC Kế toán|Trung cấp sư phạm tiểu học|trung cap ke toan",
        "college": "CĐ|CAO ĐẲNG|Cao đẳng Kế toán|cao dang su pham|CĐSP|CĐSP THCS|Cao đẳng nghề|Cao đẳng Điều dưỡng|"
        "Cử nhân cao đẳng|Kỹ sư thực hành|Cao đẳng sư phạm trung học cơ sở|Cao đẳng Xây dựng",
        "bachelor": "ĐH|đh|Dh|dai hoc|Đại học|Đại  học|Đai học|Đại học Du lịch|Đại học Luật|ĐH.Luật|Cử nhân Luật|"
        "Bác sĩ|Bác sĩ đa khoa|Dược sĩ đại học|Kỹ sư Lâm nghiệp|ĐHSP|ĐHSP Toán|ĐHQG|CN.|C.N|Kiến trúc sư|"
        "Cử nhân Luật, Hành chính|2 bằng ĐH|Hai bằng đại học|Đại học văn bằng 2|Đại học Luật 2015|ĐH (TN 2015)|"
        "Đại học (2010-2014)|Kế toán (ĐH)|Luật - ĐH|Đại học Xây dựng Đảng|Dai hoc xay dung dang|Đại học tại chức|"
        "Đại học vừa làm vừa học|ĐH từ xa|Đại học hệ không chính quy|Đại học, Học viện Hành chính quốc gia|"
        "Đã tốt nghiệp ĐH 2020|Đại học, tốt nghiệp năm 2015|Đại học TN|Đại học Bách khoa|Đại học Kinh tế quốc gia|"
        "Cử nhân điều dưỡng|Đại học Nông Lâm Thái Nguyên|Đại học Thi hành án|Đại học Hàng không|Đại học năm 2019|"
        "Đại học Giao thông vận tải|Đại học Sư phạm Hà Nội 2019|Đại học Kinh tế quốc dân và Luật",
        "master": "ThS|Th.S.|thạc sỹ|thac si|Thạc sĩ QLKT|Cử nhân Luật, thạc sĩ Kinh tế|ĐH; ThS|Đại học/Thạc sĩ|"
        "Thạc sĩ (2019)|Thạc sĩ 2018 - 2020|Đã học xong cao học|Cao học đã tốt nghiệp 2020|Thạc sĩ Thi hành án|"
        "Thạc sĩ Xây dựng Đảng và Chính quyền nhà nước",
        "doctorate": "TS|T.S|Tiến sĩ Kinh tế|PGS.TS|Phó tiến sĩ|Tiến sĩ, Bác sĩ",
        "+bachelor-": "Đại học năm thứ 3|ĐH năm 3|đang học ĐH Luật|Đại học (đang học)|Đại học đang học|ĐẠI HỌC NĂM 3|"
        "Sinh viên năm 3, đại học Luật|Dai hoc nam thu 2|Đại học (dang hoc)|ĐH VLVH năm cuối|đang học ĐH từ 9/2024|"
        "Đang theo học đại học Luật, hệ tại chức",
        "+bachelor-2027": "ĐH (hoàn thành 2027)|ĐH (TN 2027)|Đại học hoàn thành tháng 6/2027|Đại học Cần Thơ (2027)|"
        "Đại học dự kiến tốt nghiệp 2027|đang học đại học, tốt nghiệp 2027",
        "+master-": "Cao học năm 2|Học viên cao học|đang học cao học|Đang học cao học năm thứ nhất|Thạc sĩ từ 2024",
        "+master-2027": "Thạc sĩ (2027)|Thạc sĩ Luật đến 2027|Cao học 2025-2027|Thạc sĩ (2025 – 2027)",
        "+master-2026": "Thạc sĩ Luật (2024-2026)|Cao học K27 (2024-2026)|Thạc sĩ 2024-26",
        "+doctorate-": "NCS|Nghiên cứu sinh năm 2",
        "bachelor +master-": "Đại học; đang học Thạc sĩ|ĐH Luật, đang học cao học|Đại học (đang học thạc sĩ)",
        "intermediate +bachelor-": "TC đang học ĐH|TC; ĐH (năm 2)|Trung cấp, đang học đại học",
        "college +bachelor-2029": "CĐ, đang học ĐH (2025-2029)",
        "none +bachelor-": "THPT, đang học ĐH",
        "unknown": "chưa rõ|Không rõ|unknown",
        "? level_which": "đang học|Sinh viên",
        "? level": "Trưởng phòng|?|Cao cấp|CC|Chuyên viên chính|Học viện Hành chính|Chưa tốt nghiệp THPT|Dược tá|Luật",
        "? level_several": "Trung học|Trung học kế toán|Sau đại học|SĐH|Dược sĩ|Bác sĩ CKI|BSCKII|Cao đẳng (Đại học)|"
        "Trung cấp CN thú y|Đại học - Thạc sĩ|CĐ→ĐH|Điều dưỡng|Cử nhân chính trị|CNKT",
        "? level_elsewhere": "Trung cấp LLCT|Trung cấp lý luận chính trị|Trung cấp chính trị - hành chính",
        "? level_class": "Cao học khóa 27|ThS. Quản lý công (K5)|Đại học K15|đại học khoá 12",
        "? level_course": "Cao học|Cao học QLKT|Đại học và cao học",
        "? level_doubt": "Đại học chưa tốt nghiệp|ĐH chua tot nghiep|Đại học (chờ bằng)|học đại học|bỏ học đại học|"
        "Đại học (bảo lưu)|Đại học dở dang|ĐH?|Thạc sĩ (dự kiến 2027)|Đại học (2026)|Tốt nghiệp đại học năm 2026|"
        "ThS (bảo vệ 2026)|sắp học thạc sĩ|trúng tuyển cao học|đang học ĐH (2019)|đang học ĐH Luật, ThS|"
        "dự bị đại học|Đại học hoặc cao đẳng|được cử đi học cao học",
        "? level_words": "Đại học 3|Đại học 4 năm|Đại học chuyên ngành 2",
        "? study_begins": "Đại học (khai giảng 9/2026)|Thạc sĩ từ 2027|Cao học 2027-2029",
    },
)
THEORY = texts(
    "theory",
    STANDARD["theory"],
    {
        "none": "chưa qua bồi dưỡng|Chưa qua LLCT|Chưa học LLCT|không|Chưa có|chua qua dao tao",
        "elementary": "SC|sơ cấp LLCT|Sơ cấp lý luận chính trị",
        "intermediate": "TC|TCLLCT|TC LLCT-HC|Trung cấp lý luận chính trị - hành chính|Trung cấp chính trị|TCCT|"
        "Trung cấp 2018|trung cap llct",
        "advanced": "CC|CCLLCT|Cao cấp|Cao cấp LLCT - HC|Cử nhân chính trị|Cao cấp lí luận|Cao cấp LLCT hệ tập trung|"
        "Cao cấp không tập trung|Cao cấp LLCT tại Học viện Chính trị khu vực I|CC, 2019|TC, CC|Cao cap LLCT",
        "+advanced-": "Cao cấp năm 1|Đang học CC|CC năm cuối|cao cấp (đang học)",
        "+advanced-2026": "Cao cấp 2024-2026|CC (2024 – 2026)|Cao cấp khóa 2024-2026|Cao cấp LLCT K74 (2024-2026)",
        "+advanced-2027": "Cao cấp (2027)",
        "intermediate +advanced-": "TC, đang học CC|TC (đang học CC)|TC, CC đang học",
        "intermediate +advanced-2027": "Trung cấp; đang học cao cấp đến 2027",
        "+intermediate-": "Trung cấp (khai giảng 9/2024)",
        "? study_begins": "Trung cấp (khai giảng 9/2026)|Cao cấp từ 2028",
        "? level_class": "CC (K74)|CC K74",
        "? level_words": "Cử nhân Luật|Cử nhân xây dựng Đảng|CC HCQG",
        "? level_several": "Cao cấp hành chính|Tương đương TC|Đại học chính trị",
        "? level_doubt": "đã học cao cấp|học CC|chưa tốt nghiệp cao cấp",
        "? level": "Đảng viên|Cao đẳng|Đại học|Bồi dưỡng LLCT|12/12",
    },
)
ADMINISTRATION = texts(
    "administration",
    STANDARD["administration"],
    {
        "none": "Chưa BD|chưa qua QLNN|Chưa qua bồi dưỡng",
        "officer": "CS|Cán sự|Ngạch cán sự",
        "specialist": "CV|Bồi dưỡng CV|Ngạch CV|Chương trình chuyên viên|QLNN ngạch chuyên viên|chuyen vien|CV (2015)",
        "senior_specialist": "CVC|BD CVC|CV chính|Ngạch chuyên viên chính|CVCC|Chuyên viên cao cấp|CV, CVC",
        "+senior_specialist-": "đang học CVC|Đang học lớp CVC",
        "+senior_specialist-2027": "chuyên viên chính đến 2027",
        "specialist +senior_specialist-": "CV (đang học CVC)",
        "? level": "QLNN|x|Trung cấp HC|Lãnh đạo cấp phòng|3 tháng",
        "? level_class": "Chuyên viên K12",
    },
)
INFORMATICS = texts(
    "informatics",
    STANDARD["informatics"],
    {
        "none": "không|Chưa có chứng chỉ|no",
        "certified": "UDCNTT cơ bản|IC3|MOS|Tin học B|TT03 cơ bản|B|x|có|1|Chứng chỉ A|CNTT cơ bản|Kỹ sư tin học|ĐH|"
        "Ứng dụng CNTT cơ bản (TT 03/2014)|Tin học cơ bản|B (2015)",
        "? level": "Tin học|Thành thạo|B1|Tin học văn phòng",
    },
) + texts(
    "informatics",
    SKILLS,
    {
        "basic": "UDCNTT cơ bản|IC3|Tin học B|A|TT03 cơ bản",
        "advanced": "UDCNTT nâng cao",
        "? level_which": "x|ĐH CNTT",
    },
)
LANGUAGE = texts(
    "language",
    STANDARD["language"],
    {
        "none": "chưa có|Không",
        "certified": "Bậc 3|Bậc 3/6|B1|TOEIC 500|IELTS 5.5|IELTS 5,5|TOEFL|Anh B|Tiếng Dao|Tiếng Mông|tiếng H'Mông|"
        "Tiếng dân tộc|HSK 3|Tiếng Anh B1|Đại học tiếng Anh|B1, tiếng Dao|Anh B; Tiếng Tày|x|1",
        "+certified-": "đang học B1",
        "+certified-2027": "Đang học B1 đến 2027",
        "? level": "Tiếng Anh|Giao tiếp|Dao",
        "? level_words": "TOEIC 5000",
    },
) + texts(
    "language",
    GRADES,
    {
        "a1": "A1|a",
        "a2": "A2|Bậc 2 (A2)|Anh B|Tiếng Anh trình độ B",
        "b1": "B1|Bậc 3|Bậc 3/6|bac 3|TOEIC 500|HSK 3|Anh C|B1, tiếng Dao|TOEFL ITP 500",
        "b2": "B2|IELTS 5.5|IELTS 5,5|Trung HSK4|C1|TOEFL iBT 60|Bậc 4/6",
        "? level_which": "TOEFL|Tiếng Dao|Đại học tiếng Anh|x|TOEFL 500|TOEIC|TOEIC 300",
        "? level": "Bậc 7|Tiếng Trung",
        "? level_words": "IELTS 9.5",
    },
)
ALL = [*EDUCATION, *THEORY, *ADMINISTRATION, *INFORMATICS, *LANGUAGE]


@pytest.mark.parametrize(("ladder", "levels", "text", "meant"), ALL, ids=lambda value: str(value)[:40])
def test_texts(ladder: str, levels: tuple[str, ...], text: str, meant: str) -> None:
    """Each text gives the level, the study or the question that a reader of such lists would."""
    assert told(Ladder(ladder, levels, YEAR).read(text), levels) == meant


@pytest.mark.parametrize(
    ("text", "year", "meant"),
    [
        ("Thạc sĩ (2026)", 2027, "master"), ("Thạc sĩ (2026)", 2026, "? level_doubt"),
        ("Thạc sĩ (2026)", 2025, "+master-2026"), ("Thạc sĩ (2026)", None, "? level_doubt"),
        ("Thạc sĩ 2024-2026", 2027, "master"), ("Thạc sĩ 2024-2026", 2026, "+master-2026"),
        ("Thạc sĩ 2024-2026", 2025, "+master-2026"), ("Thạc sĩ 2024-2026", 2024, "? study_begins"),
        ("đang học Thạc sĩ 2024-2026", 2024, "+master-2026"), ("Thạc sĩ 2024-2026", 2023, "? study_begins"),
        ("Thạc sĩ (khai giảng 2026)", 2027, "+master-"), ("Thạc sĩ (khai giảng 2026)", 2026, "? study_begins"),
        ("đang học ThS, hoàn thành 2026", 2026, "+master-2026"),
        ("đang học ThS, hoàn thành 2026", 2027, "? level_doubt"),
        ("đang học ThS, hoàn thành 2026", None, "+master-2026"),
        ("đã tốt nghiệp ThS 2026", 2026, "master"), ("đã tốt nghiệp ThS 2026", 2025, "? level_doubt"),
    ],
)  # fmt: skip
def test_years_are_judged_by_the_year_of_the_roster(text: str, year: int | None, meant: str) -> None:
    """What ended before it is held, what ends after it is under way; the year itself is asked about."""
    levels = STANDARD["education"]
    assert told(Ladder("education", levels, year).read(text), levels) == meant


@pytest.mark.parametrize(
    ("ladder", "levels", "text", "remark"),
    [
        ("education", None, "12/12", "reading_schooling"), ("education", None, "ĐH; ThS", "reading_highest"),
        ("education", None, "Thạc sĩ (2019)", "reading_since"), ("education", None, "Đại học Luật", ""),
        ("education", None, "12/12, TC Kế toán", ""), ("administration", None, "CVCC", "reading_between"),
        ("language", None, "Tiếng Dao", "reading_assumed"), ("language", None, "TOEIC 500", ""),
        ("language", GRADES, "TOEIC 500", "reading_equivalent"), ("language", GRADES, "Anh B", "reading_assumed"),
        ("language", GRADES, "Bậc 3", ""), ("language", GRADES, "C1", "reading_between"),
        ("informatics", SKILLS, "B", "reading_equivalent"), ("informatics", SKILLS, "IC3", "reading_assumed"),
        ("education", ("none", "bachelor"), "Cao đẳng", "reading_between"),
    ],
)  # fmt: skip
def test_what_a_text_does_not_say_by_itself_is_remarked_upon(
    ladder: str, levels: tuple[str, ...] | None, text: str, remark: str
) -> None:
    """Equivalences, the highest of several, schooling: read, and said; plain texts are not remarked upon."""
    assert Ladder(ladder, levels or STANDARD[ladder], YEAR).read(text).remark == remark


def test_every_equivalence_names_its_source() -> None:
    """A score read for a grade tells by which circular, or that it is assumed."""
    ladder = Ladder("language", GRADES, YEAR)
    circular = ladder.read("TOEIC 450").source
    assert catalogue()[circular] == ("Circular 15/2014/TT-BGDĐT, annex II", "Thông tư 15/2014/TT-BGDĐT, Phụ lục II")
    assert ladder.read("TOEIC 449").question == "reading_level_which"
    assert ladder.read("IELTS 5.4").held == GRADES.index("b1")
    assert ladder.read("HSK 3").source == "assumed"


@pytest.mark.parametrize(
    "text", ["12/12", "ĐH; ThS", "Thạc sĩ (2019)", "đang học ĐH", "Đại học (đang học)", "Cao học", "chưa rõ", "-"]
)
def test_a_scenario_says_levels_plainly(text: str) -> None:
    """What would be remarked upon or asked about in a roster is no level in a condition, where nobody could say so."""
    assert level_index("education", STANDARD["education"])(text) is None


def test_ladders_of_other_names_are_known_by_their_header_or_levels() -> None:
    """The kind of a ladder is found by its name, else by its levels; a ladder of no kind knows its own levels alone."""
    assert Ladder("Trình độ chuyên môn", ("Không", "ĐH")).kind == "education"
    assert Ladder("bằng cấp", ("Không", "Đại học", "Thạc sĩ")).kind == "education"
    assert Ladder("english", ("none", "a2", "b1")).kind == "language"
    other = Ladder("rank", ("I", "II"))
    assert (other.kind, other.read("ii").held, other.read("x").question) == ("", 1, "reading_level")


def test_words_with_accents_are_no_other_words() -> None:
    """đẳng is not đang, viện is not viên, quốc gia is not giả; without accents it is read or asked."""
    ladder = Ladder("education", STANDARD["education"], YEAR)
    assert not ladder.read("Cao đẳng học").studies
    assert not ladder.read("Đại học Học viện Tài chính").studies
    assert ladder.read("Đại học quốc gia").is_plain
    assert ladder.read("Cao học viên").question
    assert ladder.read("Dai hoc dang hoc").studies
