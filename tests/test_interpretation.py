"""The cells of a roster made clean: studies, blanks, sexes, births, offices; what is not plain is said or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planner
from planner.common.errors import InputError
from planner.inputs.roster.interpretation import interpreted
from planner.inputs.roster.told import Answers, GatheredRows, Question, Remark, RosterReading
from planner.inputs.vocabulary.spelling import one_spelling, spelling_key
from planner.inputs.vocabulary.words import BLANK_MARKS, STANDARD
from planner.messages import speaking

pytestmark = pytest.mark.usefixtures("english")

LADDERS = {name: STANDARD[name] for name in ("education", "theory", "administration")}
YEAR = 2026


@dataclass(frozen=True)
class Course:
    """A programme as the scenario has it."""

    title: str | Mapping[str, str] | None
    ladder: str
    to: str
    mode: str = "in_service"
    months: float = 12


PROGRAMMES = {
    "dai_hoc": Course("Đại học", "education", "bachelor", months=36),
    "thac_si": Course({"vi": "Thạc sĩ", "en": "Master"}, "education", "master", months=18),
    "cc_tt": Course("Cao cấp LLCT hệ tập trung", "theory", "advanced", "full_time", 8),
    "cc_ktt": Course("Cao cấp LLCT hệ không tập trung", "theory", "advanced", "in_service", 18),
    "tc": Course("Trung cấp LLCT", "theory", "intermediate"),
    "cvc": Course("Bồi dưỡng CVC", "administration", "senior_specialist", "short", 2),
}


def gathered(people: pd.DataFrame, headers: Mapping[str, str] | None = None) -> GatheredRows:
    """Rows of a file with one sheet, the first of them in row 2."""
    frame = people.set_axis(pd.RangeIndex(2, len(people) + 2), axis=0).astype("str")
    places = pd.DataFrame({"file": Path("roster.csv"), "sheet": "", "row": frame.index}, index=frame.index)
    return GatheredRows(frame, places, pd.DataFrame(), pd.DataFrame(), dict(headers or {}))


def read(
    columns: Mapping[str, Sequence[str]], answers: Answers | None = None, year: int | None = YEAR, **options: Any
) -> RosterReading:
    """The reading of people who differ in the columns given alone; a column of no cells is not there."""
    size = len(next(iter(columns.values())))
    gone = [name for name, cells in columns.items() if not cells]
    usual = {"cadre": [f"C{number}" for number in range(size)], "agency": ["A"] * size, "birth_year": ["1980"] * size}
    frame = pd.DataFrame(usual | {"sex": ["F"] * size} | {name: [*cells] for name, cells in columns.items() if cells})
    return interpreted(
        gathered(frame.drop(columns=gone)), LADDERS, options.pop("programmes", PROGRAMMES), answers, year, **options
    )


def keys(read_: RosterReading) -> list[str]:
    return [fault.key for fault in read_.faults]


def question(read_: RosterReading) -> Question:
    """The only question."""
    (found,) = read_.faults
    assert isinstance(found, Question)
    return found


def remark(read_: RosterReading) -> Remark:
    """The only remark."""
    (found,) = read_.remarks
    return found


# --- study under way ------------------------------------------------------------------------------------------------


def test_study_in_a_level_cell_goes_where_studies_stand() -> None:
    """The level held is unknown unless the cell says it, too; programme and end are read, and said."""
    found = read({"education": ["ĐH (hoàn thành 2027)", "Đại học; đang học Thạc sĩ đến 2027", "Đại học"]})
    assert found.faults == ()
    assert found.people["education"].tolist() == ["unknown", "bachelor", "bachelor"]
    assert found.people["studying"].tolist() == ["dai_hoc", "thac_si", ""]
    assert found.people["studying_until"].tolist() == ["2027", "2027", ""]
    assert [str(one).partition(": ")[2] for one in found.remarks] == [
        "'ĐH (hoàn thành 2027)' in column 'education' was taken for study under way: Đại học (dai_hoc), until 2027; "
        "which level is held already it does not tell",
        "'Đại học; đang học Thạc sĩ đến 2027' in column 'education' was taken for bachelor, and study under way: "
        "Thạc sĩ (thac_si), until 2027",
    ]


def test_an_end_that_is_not_told_is_asked_for() -> None:
    """The third of three years ends this year: proposed, never taken; where nothing tells it, nothing is proposed."""
    asked = question(read({"education": ["Đại học năm thứ 3"]}))
    assert (asked.key, asked.at, asked.proposal) == (
        "reading_study_end", ("synonyms", "studying", "Đại học năm thứ 3"), "dai_hoc 2026",
    )  # fmt: skip
    assert asked.choices[:2] == ("dai_hoc 2026", "dai_hoc 2027")
    assert question(read({"education": ["Đại học năm thứ 1"]})).proposal == "dai_hoc 2028"
    assert question(read({"education": ["đang học đại học"]})).proposal == ""
    assert question(read({"education": ["Đại học năm thứ 5"]})).proposal == ""
    clean = read(
        {"education": ["Đại học năm thứ 3"]}, Answers(synonyms={"studying": {"đại học NĂM thứ 3": "dai_hoc 2028"}})
    )
    assert clean.people[["education", "studying", "studying_until"]].iloc[0].tolist() == ["unknown", "dai_hoc", "2028"]
    assert clean.faults == ()


def test_an_end_in_its_own_column_serves_a_level_cell() -> None:
    """`studying_until` beside "ĐH năm 3" is its end; one that the cell contradicts is asked about."""
    found = read({"education": ["ĐH năm 3"], "studying_until": ["2027"]})
    assert found.people[["studying", "studying_until"]].iloc[0].tolist() == ["dai_hoc", "2027"]
    assert found.faults == ()
    assert keys(read({"education": ["ĐH (2028)"], "studying_until": ["2027"]})) == ["reading_study_ends"]


def test_which_programme_is_asked_where_several_fit() -> None:
    """The mode in the text chooses; the answer is a programme's id."""
    asked = question(read({"theory": ["Cao cấp 2024-2026", "Cao cấp 2024-2026"]}))
    assert (asked.key, asked.at, asked.choices) == (
        "reading_study_several", ("synonyms", "studying", "Cao cấp 2024-2026"), ("cc_tt", "cc_ktt", "ignore"),
    )  # fmt: skip
    assert asked.rows == (2, 3)
    told = read({"theory": ["Cao cấp không tập trung 2024-2026"]})
    assert told.people["studying"].tolist() == ["cc_ktt"]
    answers = Answers(synonyms={"studying": {"Cao cấp 2024-2026": "cc_tt"}})
    clean = read({"theory": ["Cao cấp 2024-2026"]}, answers)
    assert clean.people[["theory", "studying", "studying_until"]].iloc[0].tolist() == ["unknown", "cc_tt", "2026"]


def test_a_class_number_is_asked_and_answered_as_level_study_or_unknown() -> None:
    """Held or under way: only its owner knows; every answer is taken."""
    asked = question(read({"theory": ["CC (K74)"]}))
    assert (asked.key, asked.at) == ("reading_level_class", ("synonyms", "theory", "CC (K74)"))
    assert asked.choices == ("advanced", "none", "elementary", "intermediate", "unknown", "studying")

    def answered(text: str) -> RosterReading:
        return read({"theory": ["CC (K74)"]}, Answers(synonyms={"theory": {"CC (K74)": text}}))

    assert answered("advanced").people["theory"].tolist() == ["advanced"]
    assert answered("cao cấp").people["theory"].tolist() == ["advanced"]
    assert answered("unknown").people["theory"].tolist() == ["unknown"]
    assert answered("cc_tt 2027").people[["theory", "studying", "studying_until"]].iloc[0].tolist() == [
        "unknown", "cc_tt", "2027",
    ]  # fmt: skip
    assert keys(answered("studying")) == ["reading_study_several"]
    assert keys(answered("nonsense")) == ["reading_level_class"]


@pytest.mark.parametrize(
    ("text", "until", "programme", "end"),
    [
        ("thac_si", "2027", "thac_si", "2027"), ("Thạc sĩ", "2027", "thac_si", "2027"),
        ("master", "2027", "thac_si", "2027"), ("THAC SI", "2027", "thac_si", "2027"),
        ("Cao học QLKT", "2027", "thac_si", "2027"), ("Thạc sĩ Luật đến 2027", "", "thac_si", "2027"),
        ("Đang học ĐH, tốt nghiệp 2026", "", "dai_hoc", "2026"), ("Đại học Luật (2025-2029)", "", "dai_hoc", "2029"),
        ("Cao cấp LLCT hệ tập trung", "2026", "cc_tt", "2026"), ("Đang học Trung cấp LLCT", "2026", "tc", "2026"),
        ("thac_si cvc", "2027 2026", "thac_si cvc", "2027 2026"),
        ("Cao học; CVC", "2027; 2026", "thac_si cvc", "2027 2026"),
        ("thac_si cvc", "2027, 2026", "thac_si cvc", "2027 2026"), ("lớp CVC", "31/12/2026", "cvc", "2026"),
        ("-", "", "", ""), ("Không", "", "", ""), ("", "", "", ""), ("Không học", "", "", ""),
        ("Lý luận chính trị: Trung cấp", "2027", "tc", "2027"), ("theory: Trung cấp 2025-2027", "", "tc", "2027"),
        ("Thạc sĩ 2027, CC không tập trung 2026", "", "thac_si cc_ktt", "2027 2026"),
        ("Cao học và CVC", "2027 2026", "thac_si cvc", "2027 2026"),
        ("Thạc sĩ QLKT, Học viện Hành chính, 2025-2027", "", "thac_si", "2027"),
        ("thạc sĩ đến tháng 6 năm 2027", "", "thac_si", "2027"), ("Thạc sĩ T9/2025-T9/2027", "", "thac_si", "2027"),
        ("Không tham gia lớp nào", "", "", ""),
    ],
)  # fmt: skip
def test_the_column_of_studies(text: str, until: str, programme: str, end: str) -> None:
    """Ids, titles in either language, and what a study leads to; the end in its own column or in the text."""
    found = read({"studying": [text], "studying_until": [until]})
    assert found.faults == ()
    assert found.people[["studying", "studying_until"]].iloc[0].tolist() == [programme, end]


@pytest.mark.parametrize(
    ("text", "until", "key"),
    [
        ("Cao học", "", "reading_study_end"), ("Cao cấp LLCT", "2027", "reading_study_several"),
        ("Tiếng Anh B1", "2027", "reading_study_which"), ("x", "2027", "reading_study_which"),
        ("thac_si", "", "reading_study_end"), ("", "2027", "roster_studying"), ("thac_si", "soon", "roster_year"),
        ("thac_si cvc", "2027", "roster_study_pairs"),
        ("Cao học từ 2025", "", "reading_study_end"),
        ("Thạc sĩ (khai giảng 9/2027)", "", "reading_study_end"), ("Cao học QLKT từ 2027", "", "reading_study_begins"),

        ("thac_si dai_hocc", "2027 2028", "reading_study_which"), ("Thạc sĩ (2019)", "", "reading_study_end"),
        ("Trung cấp", "2027", "reading_study_several"),
        ("Nghiên cứu sinh", "2027", "reading_study_which"),
    ],
)  # fmt: skip
def test_studies_that_are_asked_about(text: str, until: str, key: str) -> None:
    """No programme, several, no end, an end without a study: nothing is taken."""
    found = read({"studying": [text], "studying_until": [until]})
    assert keys(found) == [key]
    assert found.people[["studying", "studying_until"]].iloc[0].tolist() == ["", ""]


def test_a_study_that_is_none_of_the_schemes_is_left_out_where_somebody_says_so() -> None:
    """`ignore` answers for a study that no programme is, in either place."""
    columns = {"studying": ["Nghiên cứu sinh", ""], "studying_until": ["2027", ""], "education": ["ThS", "NCS"]}
    assert keys(read(columns)) == ["reading_study_which", "reading_study_which"]
    told = Answers(synonyms={"studying": {"Nghiên cứu sinh": "ignore", "NCS": "ignore"}})
    found = read(columns, told)
    assert found.faults == ()
    assert found.people[["education", "studying", "studying_until"]].to_numpy().tolist() == [
        ["master", "", ""], ["unknown", "", ""],
    ]  # fmt: skip


def test_both_places_tell_one_study() -> None:
    """What a level cell and the column of studies both tell is one study, the better told one."""
    found = read(
        {"theory": ["Cao cấp (đang học)"], "studying": ["Cao cấp LLCT hệ tập trung"], "studying_until": ["2026"]}
    )
    assert found.faults == ()
    assert found.people[["theory", "studying", "studying_until"]].iloc[0].tolist() == ["unknown", "cc_tt", "2026"]


def test_without_programmes_a_study_stays_text_until_there_is_a_scenario() -> None:
    """What `import` writes without a scenario is read by the next reading that has one."""
    first = read({"theory": ["Trung cấp (khai giảng 9/2025)"], "education": ["ThS (2027)"]}, programmes=())
    assert first.faults == ()
    assert first.people["theory"].tolist() == ["unknown"]
    assert first.people["studying"].tolist() == ["education: ThS (2027); theory: Trung cấp (khai giảng 9/2025)"]
    whole = first.people.assign(studying_until="2027 2026")
    second = interpreted(gathered(whole), LADDERS, PROGRAMMES, None, YEAR)
    assert second.faults == ()
    assert second.people[["studying", "studying_until"]].iloc[0].tolist() == ["thac_si tc", "2027 2026"]


# --- blanks ---------------------------------------------------------------------------------------------------------


def test_a_blank_is_not_known_until_somebody_says_what_it_means() -> None:
    """One remark for each ladder, with figures; none where it is said or nothing is blank."""
    cells = ["-", "Trung cấp", "0", "Ko", "", "…", "không"]
    found = read({"theory": cells, "education": ["Đại học"] * 7})
    assert found.people["theory"].tolist() == ["", "intermediate", "", "", "", "", "none"]
    assert remark(found).rows == (2, 4, 5, 6, 7)
    assert str(remark(found)).endswith(
        "5 of 7 have a blank in theory; taken as not known; write `blank: {theory: none}` (or unknown) in the scenario"
    )
    with speaking("vi"):
        assert "5 trên 7 người để trống hoặc gạch ngang ở cột Lý luận chính trị" in str(remark(found))
    for meaning, level in (("none", "none"), ("không", "none"), ("unknown", "unknown"), ("elementary", "elementary")):
        said = read({"theory": cells}, Answers(blank={"theory": meaning}))
        assert said.people["theory"].tolist() == [level, "intermediate", level, level, level, level, "none"]
        assert said.remarks == ()


@pytest.mark.parametrize("mark", sorted(BLANK_MARKS))
def test_marks_that_stand_for_nothing(mark: str) -> None:
    """Dashes and the like are blanks on a ladder, in lower case or not, and never a level."""
    for text in (mark, mark.upper()):
        assert read({"theory": [text]}).people["theory"].tolist() == [""]


def test_naught_beside_one_is_no() -> None:
    """In a column of ones and naughts a naught says no; elsewhere it is a blank."""
    ladders = {"informatics": STANDARD["informatics"]}
    frame = pd.DataFrame({"cadre": ["A", "B"], "sex": ["F", "F"], "informatics": ["1", "0"]})
    assert interpreted(gathered(frame), ladders).people["informatics"].tolist() == ["certified", "none"]
    alone = frame.assign(informatics=["x", "0"])
    assert interpreted(gathered(alone), ladders).people["informatics"].tolist() == ["certified", ""]


def test_a_study_stays_unknown_where_blanks_mean_none() -> None:
    """Who is in the course of a degree is not therefore without any: the clean roster says `unknown`, not a blank."""
    first = read({"education": ["ĐH (2027)", "-"]})
    second = interpreted(gathered(first.people), LADDERS, PROGRAMMES, Answers(blank={"education": "none"}), YEAR)
    assert second.people["education"].tolist() == ["unknown", "none"]


# --- sexes ----------------------------------------------------------------------------------------------------------


def test_forms_of_address_tell_the_sex_where_nothing_else_does() -> None:
    """Ông and Bà are read and left out of the name; where a column tells it, names stay as they are."""
    names = ["Ông Lù A", "BÀ Lý B", "bà: Vàng C", "Bàn Thị D", "Ông"]
    found = read({"name": names, "sex": []})
    assert found.people["sex"].tolist() == ["M", "F", "F", "", ""]
    assert found.people["name"].tolist() == ["Lù A", "Lý B", "Vàng C", "Bàn Thị D", "Ông"]
    assert (remark(found).key, remark(found).rows) == ("reading_sex_title", (2, 3, 4))
    assert (question(found).key, question(found).rows, question(found).proposal) == ("reading_sex_missing", (5, 6), "")
    told = read({"name": names[:2], "sex": ["Nữ", "x"]})
    assert told.people["name"].tolist() == names[:2]
    assert keys(told) == ["roster_sex"]


def test_middle_names_are_proposed_never_taken() -> None:
    """Thị is what most women are called, and no proof."""
    asked = read({"name": ["Bàn Thị D", "Lý Thị E"], "sex": []})
    assert asked.people["sex"].tolist() == ["", ""]
    assert (question(asked).proposal, question(asked).choices) == ("F", ("F", "M"))


def test_a_blank_among_told_sexes_is_remarked_upon() -> None:
    """A missing value satisfies no comparison, as the contract says; the reading says so."""
    found = read({"sex": ["Nữ", "", "nam"]})
    assert found.people["sex"].tolist() == ["F", "", "M"]
    assert (remark(found).key, remark(found).rows) == ("reading_sex_blank", (3,))
    nobody = read({"sex": ["", ""]})
    assert (remark(nobody).key, remark(nobody).rows) == ("reading_sex_blank", (2, 3))


def test_a_column_of_sexes_may_say_it_as_people_are_addressed() -> None:
    """Ông and Bà in the column itself are as plain as Nam and Nữ."""
    found = read({"sex": ["Ông", "BÀ", "phụ nữ", "Nữ."]})
    assert found.faults == ()
    assert found.people["sex"].tolist() == ["M", "F", "F", "F"]


@pytest.mark.parametrize("text", ["2031", "T6/2031", "tháng 6/2031", "Tháng 6 năm 2031", "1/6/2031", "6.2031"])
def test_a_year_may_stand_in_a_date_in_words(text: str) -> None:
    """The year is what counts, whatever month stands before it."""
    found = read({"retires": [text], "service_start": [text.replace("2031", "2010")]})
    assert found.faults == ()
    assert found.people[["retires", "service_start"]].iloc[0].tolist() == ["2031", "2010"]


# --- births ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean", "said"),
    [
        ("12/5/1985", "1985-05-12", ""), ("1985", "1985", ""), ("1985.", "1985", ""), ("1985.0", "1985", ""),
        ("05/1985", "1985", "reading_birth_month"), ("00/00/1975", "1975", "reading_birth_month"),
        ("0/5/1975", "1975", "reading_birth_month"), ("  12 / 05 / 1985", "1985-05-12", ""),
        ("12-5-1985", "1985-05-12", ""), ("1985-05-12", "1985-05-12", ""), ("12.05.1985", "1985-05-12", ""),
        ("12/5/85", "1985-05-12", "reading_birth_two_digits"), ("12.5.85", "1985-05-12", "reading_birth_two_digits"),
        ("85", "1985", "reading_birth_two_digits"), ("1/1/05", "2005-01-01", "reading_birth_two_digits"),
        ("31199", "1985-06-01", "reading_birth_serial"), ("31199.0", "1985-06-01", "reading_birth_serial"),
        ("12051985", "1985-05-12", "reading_birth_digits"), ("19850523", "1985-05-23", "reading_birth_digits"),
        ("ngày 12 tháng 5 năm 1985", "1985-05-12", ""), ("Năm 1985", "1985", ""), ("SN 1985", "1985", ""),
        ("1985-05-12 00:00:00", "1985-05-12", ""), ("1985-05", "1985", "reading_birth_month"),
        ("T5/1985", "1985", "reading_birth_month"),
        ("…/…/1985", "1985", ""), ("12-thg 5-1985", "1985-05-12", ""), ("12 5 1985", "1985-05-12", ""),
        ("-", "", ""), ("", "", ""), ("29/2/1984", "1984-02-29", ""),
    ],
)  # fmt: skip
def test_births_typed_by_hand(text: str, clean: str, said: str) -> None:
    """Days in any usual way of typing them; what was not told by itself is remarked upon."""
    found = read({"birth_year": [text]})
    assert found.faults == ()
    assert found.people["birth_year"].tolist() == [clean]
    assert [one.key for one in found.remarks] == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "key", "proposal"),
    [
        ("5/13/1985", "reading_birth_month_first", "1985-05-13"), ("31/04/1970", "reading_birth_no_day", ""),
        ("29/2/1985", "reading_birth_no_day", ""), ("1/1/12", "reading_birth_century", ""), ("1890", "roster_year", ""),
        ("khoảng 1985", "roster_year", ""), ("1985?", "roster_year", ""), ("1905-06-07", "roster_year", ""),
        ("13/13/1985", "reading_birth_no_day", ""), ("13/1985", "roster_year", ""), ("12/0/1985", "roster_year", ""),
        ("1985-1986", "roster_year", ""), ("60000", "roster_year", ""), ("1", "roster_year", ""),
        ("12/5/198", "roster_year", ""),
    ],
)  # fmt: skip
def test_births_that_are_asked_about(text: str, key: str, proposal: str) -> None:
    """What is no day, or one of several, is asked about and left empty until then."""
    found = read({"birth_date": [text]})
    assert (question(found).key, question(found).proposal) == (key, proposal)
    assert found.people["birth_date"].tolist() == [""]
    mended = read({"birth_date": [text]}, Answers(synonyms={"birth_date": {text: "1985-05-13"}}))
    assert mended.people["birth_date"].tolist() == ["1985-05-13"]


def test_year_and_date_of_birth_agree() -> None:
    """A date of another year than the one beside it is asked about; the year of a date alone agrees with any day."""
    agreeing = {"birth_year": ["1985", "85", ""], "birth_date": ["1/2/1985", "1985", "3/3/1990"]}
    assert read(agreeing).faults == ()
    apart = read({"birth_year": ["1985"], "birth_date": ["1/2/1986"]})
    assert str(question(apart)).endswith("row 2: 'birth_date' says 1986-02-01, but 'birth_year' says 1985")


@pytest.mark.parametrize(("born", "said"), [("2011", 0), ("2012", 1), ("1/6/2031", 1), ("1936", 0), ("1935", 1)])
def test_a_birth_that_hardly_anybody_has_is_told(born: str, said: int) -> None:
    """Read as it stands, and said: in 2026 somebody would be younger than 15, or older than 90."""
    found = read({"birth_year": [born]})
    assert found.faults == ()
    assert [one.key for one in found.remarks] == ["reading_birth_unlikely"] * said
    assert read({"birth_year": [born]}, year=None).remarks == ()


def test_a_century_is_taken_at_its_bounds() -> None:
    """Between the ages of 15 and 90 somebody may be on a roster; where both centuries or none fit, it is asked."""
    assert read({"birth_year": ["1/1/11"]}).people["birth_year"].tolist() == ["2011-01-01"]
    assert keys(read({"birth_year": ["1/1/12"]})) == ["reading_birth_century"]
    assert read({"birth_year": ["1/1/36"]}).people["birth_year"].tolist() == ["1936-01-01"]
    assert keys(read({"birth_year": ["1/1/35"]})) == ["reading_birth_century"]
    assert keys(read({"birth_year": ["1/1/85"]}, year=None)) == ["reading_birth_century"]


def test_a_column_that_is_month_first_in_one_cell_is_doubtful_in_others() -> None:
    """Who writes 5/13/1985 may have meant 6 May by 5/6/1985: said beside the question."""
    found = read({"birth_date": ["5/13/1980", "5/6/1980", "20/6/1980", "6/6/1980"]})
    assert keys(found) == ["reading_birth_month_first"]
    assert (remark(found).key, remark(found).rows) == ("reading_birth_day_first", (3,))


# --- offices --------------------------------------------------------------------------------------------------------


def test_one_office_in_five_spellings() -> None:
    """Blanks, letter case and missing accents make no second office; another word does."""
    offices = ["Phòng Nội vụ", "Phòng nội vụ", "P. Nội vụ", "Phòng Nội Vụ", "Phòng Nội  vụ", "PHÒNG NỘI VỤ",
               "Phong Noi vu", "Phòng Nội vụ"]  # fmt: skip
    found = read({"agency": offices})
    assert found.people["agency"].unique().tolist() == ["Phòng Nội vụ", "P. Nội vụ"]
    assert found.faults == ()
    assert remark(found).rows == (3, 5, 6, 7, 8)
    assert "'Phong Noi vu'" in str(remark(found))


def test_the_agencies_table_says_how_an_office_is_spelt() -> None:
    """Its spelling is taken even in capitals; two that it lists stay two."""
    table = ["PHÒNG NỘI VỤ", "Nà Chì", "Na Chì"]
    found = read({"agency": ["Phòng Nội vụ", "Nà Chì", "Na Chì", "NÀ CHÌ"]}, agencies=table)
    assert found.people["agency"].tolist() == ["PHÒNG NỘI VỤ", "Nà Chì", "Na Chì", "Nà Chì"]


def test_other_accents_are_asked_about() -> None:
    """Bản Máy is not plainly Bản Mây; an answer settles it either way."""
    offices = {"agency": ["Bản Máy", "Bản Máy", "Bản Mây"]}
    asked = question(read(offices))
    assert (asked.key, asked.at, asked.choices) == (
        "reading_office", ("synonyms", "agency", "Bản Mây"), ("Bản Máy", "Bản Mây"),
    )  # fmt: skip
    for answer, count in (("Bản Máy", 1), ("Bản Mây", 2)):
        settled = read(offices, Answers(synonyms={"agency": {"Bản Mây": answer}}))
        assert settled.faults == ()
        assert settled.people["agency"].nunique() == count


def test_spellings_of_one_name_have_one_key() -> None:
    """The key that near names are looked up by: letters and digits without accents."""
    assert spelling_key(" Phòng  NỘI-vụ ") == spelling_key("phong noi vu") == "phongnoivu"
    assert one_spelling({"Hoà Bình": 1, "Hòa Bình": 2}).chosen == {"Hoà Bình": "Hòa Bình"}
    assert one_spelling({"A": 1, "B": 1}).chosen == {}


# --- answers and places ---------------------------------------------------------------------------------------------


def test_synonyms_speak_of_any_column() -> None:
    """A text and what it means, in any letter case; a column that the roster lacks is said to be one."""
    told = Answers(synonyms={"post": {"tp": "Trưởng phòng"}, "theory": {"Đảng viên": "elementary"}, "rank": {"a": "b"}})
    found = read({"post": ["TP", "Tổ trưởng"], "theory": ["đảng viên", "CC"]}, told)
    assert found.people["post"].tolist() == ["Trưởng phòng", "Tổ trưởng"]
    assert found.people["theory"].tolist() == ["elementary", "advanced"]
    assert str(remark(found)).endswith("the synonyms speak of a column 'rank', which the roster does not have")


def test_a_question_names_its_place_and_its_choices_in_the_words_of_an_office() -> None:
    """File, row and further rows; levels by their Vietnamese names; the header of the file."""
    frame = pd.DataFrame({"cadre": ["A", "B", "C"], "sex": ["F"] * 3, "theory": ["cao siêu", "CC", "cao siêu"]})
    rows = gathered(frame, {"theory": "LLCT"})
    asked = question(interpreted(rows, LADDERS))
    assert (asked.rows, asked.row, asked.at) == ((2, 4), 2, ("synonyms", "theory", "cao siêu"))
    assert asked.choices == (*STANDARD["theory"], "unknown", "studying")
    with speaking("vi"):
        assert str(asked) == (
            "roster.csv, dòng 2: không nhận ra trình độ 'cao siêu' (cột LLCT); nhận: Chưa qua lý luận chính trị, Sơ "
            "cấp lý luận chính trị, Trung cấp lý luận chính trị, Cao cấp lý luận chính trị (cả ở các dòng 4)"
        )


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("Đại hoọc", "bachelor"),
        ("Cao đẵg", "college"),
        ("Thạx sĩ", "master"),
        ("bachelr", "bachelor"),
        ("Trưởng ban", ""),
    ],
)
def test_a_slip_of_the_hand_is_proposed_never_taken(text: str, proposal: str) -> None:
    """The likeliest level stands in the question; the cell stays empty."""
    found = read({"education": [text]})
    assert (question(found).key, question(found).proposal) == ("reading_level", proposal)
    assert found.people["education"].tolist() == [""]


def test_the_place_of_a_cell_of_several_sheets() -> None:
    """The sheet is named where a file has several; rows of another sheet carry its name."""
    frame = pd.DataFrame({"cadre": ["A", "B"], "sex": ["F", "F"], "theory": ["?", "?"]})
    rows = gathered(frame)
    places = rows.places.assign(sheet=["Xã", "Huyện"], row=[9, 5])
    asked = question(interpreted(GatheredRows(rows.people, places, rows.rows, rows.columns, {}), LADDERS))
    assert (asked.sheet, asked.row) == ("Xã", 9)
    assert "Huyện!5" in str(asked)


SCENARIO: dict[str, Any] = {
    "horizon": {"first": 2026, "last": 2027},
    "ladders": {"theory": ["none", "elementary", "intermediate", "advanced"]},
    "programmes": {
        "cao_cap": {"ladder": "theory", "from": "intermediate", "to": "advanced", "mode": "full_time", "months": 8}
    },
}


def loaded(folder: Path, rows: str, **more: Any) -> planner.Problem:
    roster = folder / "roster.csv"
    roster.write_text(rows, encoding="utf-8")
    return planner.load(SCENARIO | {"roster": str(roster)} | more)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"blank": {"theorie": "none"}}, "blank.theorie: unknown ladder 'theorie'; did you mean 'theory'?"),
        ({"blank": {"theory": "advancd"}}, "blank.theory: unknown level 'advancd'; did you mean 'advanced'?"),
        ({"synonyms": {"theory": {"CC (K74)": "advancd"}}}, "unknown level 'advancd'; did you mean 'advanced'?"),
        ({"synonyms": {"studying": {"CC (K74)": "caocap"}}}, "unknown programme 'caocap'; did you mean 'cao_cap'?"),
        ({"synonyms": {"sex": {"nũ": "W"}}}, "synonyms.sex.nũ"),
    ],
)  # fmt: skip
def test_answers_that_mean_nothing_are_faults_of_the_scenario(
    tmp_path: Path, answers: dict[str, Any], found: str
) -> None:
    """A ladder, a level or a programme that nobody defined, with the nearest name, where it is written."""
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, "cadre,agency,birth_year,sex,theory\nA,P,1980,F,CC\n", **answers)
    assert found in str(caught.value)


def test_a_scenario_answers_for_its_roster(tmp_path: Path) -> None:
    """`blank` and `synonyms` are read with the roster; the year is that of reading; remarks come with it."""
    rows = "cadre,agency,birth_year,sex,theory\nA,P,1980,Nữ,CC (K74)\nB,P,1980,Nam,-\nC,P,1980,F,Cao cấp (2025)\n"
    answers = {"blank": {"theory": "none"}, "synonyms": {"theory": {"CC (K74)": "cao_cap 2027"}}}
    problem = loaded(tmp_path, rows, **answers, priority={"women": {"who": {"sex": "Nữ"}, "points": 1}})
    assert problem.cadres["theory"].tolist() == [-1, 0, 3]
    assert problem.studies[["cadre", "until"]].to_numpy().tolist() == [[0, 2027]]
    assert problem.favoured["women"].tolist() == [True, False, True]


# --- rosters that failed ---------------------------------------------------------------------------------------------

SCHEME: dict[str, Any] = {
    "horizon": {"first": 2026, "last": 2030},
    "ladders": {name: [*levels] for name, levels in LADDERS.items()},
    "groups": {"lead": {"post": ["Trưởng phòng", "Phó Trưởng phòng"]}},
    "programmes": {
        "dai_hoc": {"title": "Đại học", "ladder": "education", "from": "intermediate", "to": "bachelor",
                    "mode": "in_service", "months": 36},
        "thac_si": {"title": "Thạc sĩ", "ladder": "education", "from": "bachelor", "to": "master",
                    "mode": "full_time", "months": 18},
        "cao_cap": {"title": "Cao cấp LLCT", "ladder": "theory", "from": "intermediate", "to": "advanced",
                    "mode": "full_time", "months": 8},
        "trung_cap": {"title": "Trung cấp LLCT", "ladder": "theory", "from": "none", "to": "intermediate",
                      "mode": "in_service", "months": 12},
        "cv": {"title": "Bồi dưỡng chuyên viên", "ladder": "administration", "from": "none", "to": "specialist",
               "mode": "short", "months": 2},
    },
}  # fmt: skip
HEADER = "Mã cán bộ,Họ và tên,Năm sinh,Giới tính,Cơ quan,Chức vụ,Trình độ chuyên môn,Lý luận chính trị,QLNN"


def case(folder: Path, cells: Sequence[str], header: str = HEADER, **more: Any) -> planner.Problem:
    """A roster whose rows differ in the last cells alone: level columns, and what follows them."""
    rows = [
        f"CB{number},Cán bộ {number},{1980 + number},{('Nữ', 'Nam')[number % 2]},Phòng Nội vụ,Chuyên viên,{row}"
        for number, row in enumerate(cells)
    ]
    roster = folder / "roster.csv"
    roster.write_text("\n".join([header, *rows]), encoding="utf-8")
    return planner.load(SCHEME | {"roster": str(roster)} | more)


def test_case_02_general_schooling_is_no_professional_level(tmp_path: Path) -> None:
    """Upper and lower secondary school are no secondary vocational education."""
    cells = ["Trung học phổ thông", "Trung học cơ sở", "Trung học PT", "Đại học"]
    problem = case(tmp_path, [f"{cell},Trung cấp,Chuyên viên" for cell in cells])
    assert problem.cadres["education"].tolist() == [0, 0, 0, 4]


def test_case_03_study_under_way_is_not_held(tmp_path: Path) -> None:
    """What tells its end is read as study; what does not is asked about, cell by cell, in one message."""
    cells = ["Đại học năm thứ 3,Cao cấp năm 1", "ĐH (hoàn thành 2027),Cao cấp 2024-2026", "Cao học năm 2,CC (K74)",
             "Thạc sĩ (2027),Trung cấp (khai giảng 9/2026)", "ĐH năm 3,Trung cấp",
             "Cao học khóa 27,Trung cấp"]  # fmt: skip
    with pytest.raises(InputError) as caught:
        case(tmp_path, [f"{cell},Chuyên viên" for cell in cells])
    questions = [one for one in caught.value.faults if isinstance(one, Question)]
    asked = {question.values["found"]: (question.key, question.row) for question in questions}
    assert asked == {
        "Đại học năm thứ 3": ("reading_study_end", 2),
        "Cao cấp năm 1": ("reading_study_end", 2),
        "Cao học năm 2": ("reading_study_end", 4),
        "CC (K74)": ("reading_level_class", 4),
        "Trung cấp (khai giảng 9/2026)": ("reading_study_begins", 5),
        "ĐH năm 3": ("reading_study_end", 6),
        "Cao học khóa 27": ("reading_level_class", 7),
    }
    answers = {
        "studying": {"Đại học năm thứ 3": "dai_hoc 2026", "Cao cấp năm 1": "cao_cap 2026",
                     "Cao học năm 2": "thac_si 2026", "ĐH năm 3": "dai_hoc 2026"},
        "theory": {"CC (K74)": "advanced", "Trung cấp (khai giảng 9/2026)": "none"},
        "education": {"Cao học khóa 27": "thac_si 2027"},
    }  # fmt: skip
    problem = case(tmp_path, [f"{cell},Chuyên viên" for cell in cells], synonyms=answers)
    assert problem.cadres["education"].tolist() == [-1] * 6
    assert problem.cadres["theory"].tolist() == [-1, -1, 3, 0, 2, 2]
    names = problem.programmes["programme"].tolist()
    studies = [(cadre, names[row], until) for cadre, row, until in problem.studies.itertuples(index=False)]
    assert studies == [
        (0, "dai_hoc", 2026), (0, "cao_cap", 2026), (1, "cao_cap", 2026), (1, "dai_hoc", 2027), (2, "thac_si", 2026),
        (3, "thac_si", 2027), (4, "dai_hoc", 2026), (5, "thac_si", 2027),
    ]  # fmt: skip


def test_case_14_a_column_of_studies_in_words(tmp_path: Path) -> None:
    """A course by what it leads to, and by its title."""
    cells = ["Đại học,Trung cấp,Chuyên viên,Cao học QLKT,2027", "Đại học,Trung cấp,Chuyên viên,Cao cấp LLCT,2027"]
    problem = case(tmp_path, cells, f"{HEADER},Đang học,Học đến năm")
    assert problem.programmes["programme"].iloc[problem.studies["programme"]].tolist() == ["thac_si", "cao_cap"]
    assert problem.studies["until"].tolist() == [2027, 2027]


def test_case_19_dashes_are_what_the_scenario_says(tmp_path: Path) -> None:
    """Unknown where it says nothing, else the level that it names."""
    cells = ["Đại học,-,Chuyên viên", "Đại học,Trung cấp,Ko", "Đại học,0,Chuyên viên"]
    silent = case(tmp_path, cells)
    assert silent.cadres[["theory", "administration"]].to_numpy().tolist() == [[-1, 2], [2, -1], [-1, 2]]
    told = case(tmp_path, cells, blank={"theory": "none", "administration": "none"})
    assert told.cadres[["theory", "administration"]].to_numpy().tolist() == [[0, 2], [2, 0], [0, 2]]


def test_values_of_conditions_are_read_as_cells_are(tmp_path: Path) -> None:
    """Nữ is F, kinh is Kinh, whatever case they are written in (mini_nu, y27_kinh)."""
    cells = ["Đại học,CC,CV,Kinh", "Đại học,CC,CV,Tày", "ĐH,CC,CV,KINH"]
    groups = {"nu": {"sex": "Nữ"}, "dtts": {"not": {"ethnicity": "kinh"}}, "dh": {"education": {"min": "đại học"}}}
    problem = case(tmp_path, cells, f"{HEADER},Dân tộc", groups=groups)
    assert {name: members.tolist() for name, members in problem.groups.items()} == {
        "nu": [True, False, True], "dtts": [False, True, False], "dh": [True, True, True],
    }  # fmt: skip


# --- once read, always read -----------------------------------------------------------------------------------------

CELLS = {
    "education": ["Đại học Luật", "ThS", "", "-", "12/12", "ĐH (2027)", "TC; đang học ĐH đến 2028", "chưa rõ", "none"],
    "theory": ["CC", "Trung cấp LLCT", "Ko", "không", "Trung cấp 2025-2027", "unknown", "0"],
    "administration": ["CV", "CVCC", "", "Chưa BD"],
    "sex": ["Nữ", "nam", "F", ""],
    "birth_year": ["1985", "12/5/1985", "85", "31199", "05/1980", "-"],
    "agency": ["Phòng Nội vụ", "PHÒNG NỘI VỤ", "phong noi vu", "Xã Nàn Ma"],
    "local": ["x", "", "có", "không"],
    "retires": ["2030", "01/6/2031", ""],
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), min_size=1, max_size=7
    )
)
def test_a_clean_roster_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, str]]
) -> None:
    """Written to CSV and read again, a clean roster gives the same people, and no remark but on blanks."""
    frame = pd.DataFrame(
        [{"cadre": f"C{number}", "name": f"Người {number}", **row} for number, row in enumerate(people)]
    )
    first = interpreted(gathered(frame), LADDERS, PROGRAMMES, None, YEAR)
    if first.faults:
        assert set(keys(first)) == {"reading_sex_missing"}
        return
    file = tmp_path_factory.mktemp("clean") / "roster.csv"
    first.people.to_csv(file, index=False)
    again = pd.read_csv(file, dtype="str", na_filter=False)
    second = interpreted(gathered(again), LADDERS, PROGRAMMES, None, YEAR)
    pd.testing.assert_frame_equal(second.people, first.people)
    assert {one.key for one in second.remarks} <= {"reading_blank", "reading_sex_blank"}
    assert second.faults == ()
