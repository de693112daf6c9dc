"""Time by size: what an input costs grows as it does, whatever it holds, and a message of any length can be read.

The short suite counts the calls of functions, which are the same on every machine: from 2n to 4n at most two and a half
times as many are added as from n to 2n (in proportion: twice; pairs: four times). What no call shows, such as a pattern
that backtracks, is measured in CPU time, as a ratio, in the long suite.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pandas as pd
import pytest
from small import small, starts

from planner import InputError, load
from planner.common.errors import Fault, closest, nearest
from planner.inputs.roster import layout_words
from planner.inputs.roster.sheets import MAX_ROWS
from planner.inputs.roster.spreadsheets import sheets_in
from planner.inputs.scenario.validation import MOST_ROUNDS
from planner.inputs.scenario.yaml_reader import MAX_REPEATED, read_document
from planner.inputs.synonyms import known_header
from planner.inputs.warnings.near_names import near_pairs
from planner.published.loading import load_published
from planner.years.checking import check_events
from planner.years.events import read_events

pytestmark = pytest.mark.usefixtures("english")
Read = Callable[[], object]
NUMBER = 20
VILLAGE = Path(__file__).parent / "cases" / "published"
TARGET = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 0.5}


def attempt(read: Read) -> None:
    """Read to the end or to the refusal, and say that."""
    try:
        read()
    except InputError as refusal:
        str(refusal)


def calls(read: Read) -> int:
    """How many functions are called, Python's own included."""
    number = 0

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        attempt(read)
    finally:
        sys.setprofile(before)
    return number


def of(folder: Path, **overrides: Any) -> Read:
    """The reading of a small scenario."""
    path = small(folder, **overrides)
    return lambda: load(path)


def extending(folder: Path, n: int, over: str) -> Read:
    """The reading of a what-if on a scenario with many targets."""
    small(folder, targets={f"target_{i}": TARGET for i in range(n)})
    path = folder / "over.yaml"
    path.write_text("extends: scenario.yaml\ntargets:\n" + "".join(over.format(i) for i in range(n)), encoding="utf-8")
    return lambda: load(path)


def offices(folder: Path, n: int) -> Read:
    """The reading of a roster whose offices are all misspelt."""
    roster = {f"c{i}": {"agency": f"Phong Noi vu so {i}x"} for i in range(n)}
    return of(folder, roster=roster, agencies={f"Phòng Nội vụ số {i}": 5 for i in range(n)})


GROWING: dict[str, Callable[[Path, int], Read]] = {
    "groups in a reverse chain": lambda at, n: of(
        at, groups={f"g{i}": f"g{i + 1}" for i in range(n)} | {f"g{n}": {"sex": "F"}}
    ),
    "groups in a circle": lambda at, n: of(at, groups={f"g{i}": f"g{(i + 1) % n}" for i in range(n)}),
    "groups that nobody defined": lambda at, n: of(
        at, groups={f"g{i}": {"all": [f"h{i}", f"h{i}x"]} for i in range(n)}
    ),
    "unknown keys of one entry": lambda at, n: of(at, **{f"key{i}": 1 for i in range(n)}),
    "unknown keys of many entries": lambda at, n: of(at, targets={f"t{i}": {"levl": 1} for i in range(n)}),
    "misspelt offices": offices,
    "pins of unknown cadres": lambda at, n: of(
        at, pins={"require": [{"cadre": f"Z{i}", "programme": "school"} for i in range(n)]}
    ),
    "entries that remove nothing": lambda at, n: extending(at, n, "  targt_{}: null\n"),
    "new entries that are not whole": lambda at, n: extending(at, n + 60, "  targt_{}: {{weight: 1}}\n"),
    "goals that name one entry each": lambda at, n: of(
        at, targets={f"t{i}": TARGET for i in range(n)}, goals=[{"attainment": [f"t{i}"]} for i in range(n)]
    ),
    "cells that cannot be read": lambda at, n: of(
        at, roster={f"c{i}": {"birth_year": f"x{i}", "sex": f"q{i}"} for i in range(n)}
    ),
}


def changes_recorded(folder: Path, n: int) -> Read:
    """The checking of as many changes in a ledger, two of each cadre."""
    problem = load(small(folder, roster={f"c{i}": {} for i in range(n)}))
    days = [f"2021-01-{1 + i % 28:02}" for i in range(n)]
    values = ("post=x", "theory=advanced", "post=y", "retires=2030")
    told = [f"{day},changed,c{i // 2},,,{values[i % 4]}," for i, day in enumerate(days)]
    (folder / "events.csv").write_text("\n".join(["date,event,cadre,programme,start,to,note", *told]), "utf-8")
    events = read_events(folder / "events.csv", problem).events
    nobody = pd.DataFrame({"cadre": []}, dtype="str")
    return lambda: check_events(problem, starts(), events, nobody)


def test_changes_of_a_ledger_are_read_at_once(tmp_path: Path) -> None:
    """A further change costs a few calls, not the reading of a roster of its own."""
    attempt(changes_recorded(tmp_path / "first", 40))
    one, two, four = (calls(changes_recorded(tmp_path / str(n), n)) for n in (NUMBER, 2 * NUMBER, 4 * NUMBER))
    assert four - two <= 2.5 * (two - one), (one, two, four)
    assert (four - one) / (3 * NUMBER) < calls(changes_recorded(tmp_path / "alone", 1)) / 5


@pytest.mark.parametrize("name", GROWING)
def test_calls_grow_as_the_input_does(name: str, tmp_path: Path) -> None:
    """Nothing is looked up again for every other thing."""
    make = GROWING[name]
    attempt(make(tmp_path / "first", 5))  # what is made once, and kept
    one, two, four = (calls(make(tmp_path / str(n), n)) for n in (NUMBER, 2 * NUMBER, 4 * NUMBER))
    assert four - two <= 2.5 * (two - one), (one, two, four)


def test_a_long_chain_of_groups_is_read(tmp_path: Path) -> None:
    """Each group names the next, over more links than functions can call each other."""
    links = sys.getrecursionlimit() + 200
    chain = {f"g{place}": f"g{place + 1}" for place in range(links)}
    problem = load(small(tmp_path, groups={**chain, f"g{links}": {"sex": "F"}}))
    assert problem.groups["g0"].all()


def test_near_names_of_many_offices_grow_as_they_do() -> None:
    """Thousands of names with the same initials are not compared each with each."""

    def names(n: int) -> list[str]:
        letters = [[chr(97 + place * number % 26) for number in (7, 11, 17, 23, 5)] for place in range(n)]
        return sorted({f"Phòng a{''.join(word)}{place // 26 * 'o'}" for place, word in enumerate(letters)})

    few, many = (calls(lambda n=n: near_pairs(names(n), {})) for n in (200, 400))  # type: ignore[misc]
    assert many <= 3 * few
    slips = [
        "Phòng Tư pháp",
        "Phòng Tư phápp",
        *(f"Phòng T{chr(97 + i % 26)} p{chr(97 + i // 26)}q" for i in range(99)),
    ]
    assert {"Phòng Tư pháp", "Phòng Tư phápp"} in map(set, near_pairs(sorted(slips), {}))


def test_an_abbreviation_of_many_equal_words_has_one_reading() -> None:
    """Each word may stand for itself or for two: thirty of them are no 2^30 ways."""
    one, other = " ".join(["AA"] * 30), " ".join(["aa"] * 60)
    assert near_pairs([one, other], {}) != []
    assert near_pairs([one, f"{other} aa"], {}) == []


def test_tables_of_the_same_people_are_compared_once_with_each_other(tmp_path: Path) -> None:
    """Published tables that all lie within each other: pairs of them at most, not pairs for every target."""

    def tables(n: int) -> Read:
        folder = tmp_path / str(n)
        shutil.copytree(VILLAGE, folder)
        more = "".join(f"  t{place}: {{who: {{post: clerk}}, total: 1}}\n" for place in range(n))
        path = folder / "tables.yaml"
        path.write_text(path.read_text("utf-8").replace("tables:\n", f"tables:\n{more}", 1), encoding="utf-8")
        return lambda: load_published(path)

    one, two, four = (calls(tables(n)) for n in (40, 80, 160))
    assert four - two <= 4.5 * (two - one)


# --- messages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "more"), [(10, None), (11, "1 more fault of"), (2_000, "1\xa0990 more faults of")])
def test_a_message_tells_ten_of_a_kind_and_a_count(number: int, more: str | None, tmp_path: Path) -> None:
    """However many faults there are, each kind of them is there; none is lost from what a program reads."""
    others = [Fault("file_missing", {}, tmp_path / "other.yaml")]
    refusal = InputError([*(Fault("empty_file", {}, f"{place}.yaml") for place in range(number)), *others])
    lines = str(refusal).splitlines()
    assert len(refusal.faults) == number + 1
    assert len(lines) == min(number, 10) + 1 + (more is not None)
    assert "other.yaml" in lines[-1]
    assert more is None or more in lines[10]


def test_names_of_any_length_can_be_told(tmp_path: Path) -> None:
    """Ids of ten thousand letters are cut, compared by their beginning, and the hint stands."""
    groups = {"g" * 10_000 + str(place): {"sex": "F"} for place in range(30)}
    path = small(tmp_path, groups=groups, targets={"t": {**TARGET, "who": "g" * 9_990 + "h"}})
    with pytest.raises(InputError) as refusal:
        load(path)
    told = str(refusal.value)
    assert "unknown group" in told
    assert "did you mean" in told
    assert len(told) < 2_000


def test_the_nearest_of_many_names_is_the_nearest_of_few() -> None:
    """Names are sifted before they are compared; a name in other case or accents is found at once."""
    many = [f"Phòng {chr(97 + i % 26)}{chr(97 + i // 26 % 26)} số {i}" for i in range(3_000)]
    assert closest("Phòng Nội vụq", [*many, "Phòng Nội vụ"]) == "Phòng Nội vụ"
    assert closest("phong noi vu", [*many, "Phòng Nội vụ"]) == "Phòng Nội vụ"
    assert closest("zzz", many) is None


def test_no_far_name_is_offered_for_a_slip() -> None:
    """The likest by letters, of whole names or of their words; at a likeness of 0.65 and below it."""
    assert closest("teory", ["master", "theory"]) == "theory"
    assert closest("teory", ["master", "intermediate_theory"]) == "intermediate_theory"
    assert closest("teory", ["master", "expert"]) is None
    assert closest("theory", ["communes_theory", "theory_of_all", "theories"]) == "theory_of_all"
    for more, found in ((14, "a" * 13 + "b" * 14), (15, None)):
        assert closest("a" * 13, ["a" * 13 + "b" * more]) == found


def test_names_are_looked_through_only_for_what_is_told() -> None:
    """Of a thousand faults ten are told: the others cost no search."""
    looked: list[int] = []

    class Names(list[str]):
        def __iter__(self) -> Any:
            looked.append(1)
            return super().__iter__()

    known = Names(f"name{place}" for place in range(50))
    faults = [
        Fault("unknown_group", {"at": f"{n}", "name": f"nme{n}", "nearest": nearest(f"nme{n}", known)})
        for n in range(1_000)
    ]
    refusal = InputError(faults)
    assert looked == []
    assert str(refusal).count("did you mean") == 10
    assert 0 < len(looked) <= 10


def test_faults_without_end_are_not_all_looked_for(tmp_path: Path) -> None:
    """A validator that stops at its first fault is not asked a thousand times; that there may be more is said."""
    few, many = ({"per_year": {f"y{place}": 1 for place in range(n)}} for n in (MOST_ROUNDS - 1, 500))
    with pytest.raises(InputError) as refusal:
        load(small(tmp_path / "few", budget=few))
    assert len(refusal.value.faults) == MOST_ROUNDS - 1
    with pytest.raises(InputError) as refusal:
        load(small(tmp_path / "many", budget=many))
    assert {fault.key for fault in refusal.value.faults} == {"want_year", "faults_not_all"}


# --- bombs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "refused"), [(MAX_REPEATED // 100, False), (MAX_REPEATED // 100 + 1, True)])
def test_aliases_may_not_multiply_a_file(size: int, refused: bool, tmp_path: Path) -> None:
    """A hundred aliases of a list of so many nodes are read; with one node more in it they are a bomb."""
    path = tmp_path / "bomb.yaml"
    listed = ", ".join(["x"] * (size - 1))
    path.write_text(f"a: &a [{listed}]\n" + "".join(f"b{place}: *a\n" for place in range(100)), encoding="utf-8")
    if refused:
        with pytest.raises(InputError, match="too large"):
            read_document(path)
    else:
        assert len(read_document(path).value["b99"].value) == size - 1


def test_rows_that_hold_nothing_end_with_the_sheet(tmp_path: Path) -> None:
    """Empty records are passed over down to the last row that a spreadsheet has, and no further."""
    path = tmp_path / "roster.csv"
    path.write_text("cadre,agency\nA,x\n" + "\n" * 1_048_574, encoding="utf-8")
    assert len(sheets_in(path, known_header)[1][0].rows) == 2
    path.write_text("cadre,agency\nA,x\n" + "\n" * 1_048_575, encoding="utf-8")
    with pytest.raises(InputError, match="beyond"):
        sheets_in(path, known_header)
    assert MAX_ROWS < 1_048_576


def workbook(folder: Path, inside: str = "", behind: str = "", sheets: int = 1) -> Path:
    """A workbook with XML inside of and behind its rows; of several sheets all are the same part."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    for row in (["Mã", "Họ và tên", "Cơ quan"], ["1", "x", "y"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "plain.xlsx")
    path = folder / "roster.xlsx"
    with (
        zipfile.ZipFile(folder / "plain.xlsx") as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            text = old.read(part).decode()
            text = text.replace("</sheetData>", f"{inside}</sheetData>{behind}")
            if sheet := re.search(r"<sheet [^>]*/>", text):
                one = sheet[0].replace('name="Sheet"', 'name="S{0}"').replace('sheetId="1"', 'sheetId="{0}"')
                text = text.replace(sheet[0], "".join(one.format(place + 1) for place in range(sheets)))
            new.writestr(part, text)
    return path


def test_sheets_that_are_one_part_count_each_time(tmp_path: Path) -> None:
    """A hundred sheets may be one part of the file: what is unpacked a hundred times counts a hundred times."""
    path = workbook(tmp_path, behind=f"<!--{' ' * 1024**2}-->", sheets=149)
    assert len(sheets_in(workbook(tmp_path / "few", sheets=3), known_header)[1]) == 3
    path = workbook(tmp_path, behind=f"<!--{' ' * 1024**2 * 5}-->", sheets=31)
    with pytest.raises(InputError, match="150 MB"):
        sheets_in(path, known_header)


@pytest.mark.parametrize(("second", "refused"), [("A6:A9", False), ("A5:A9", True), ("A2:C2", True)])
def test_merged_cells_lie_beside_each_other(second: str, refused: bool, tmp_path: Path) -> None:
    """Of two that lie over each other nobody knows what stands there, and thousands cost millions of cells."""
    path = workbook(tmp_path, behind=f'<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="{second}"/></mergeCells>')
    if refused:
        with pytest.raises(InputError, match=r"A2:.*over each other"):
            sheets_in(path, known_header)
    else:
        assert len(sheets_in(path, known_header)[1][0].merges) == 2


def spread(folder: Path, times: int, text: str = "x", pieces: int = 0) -> Path:
    """An .ods file with one row that stands many times, and one cell of many pieces."""
    spaces = "office", "table", "text"
    named = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in spaces)
    pieced = f"<table:table-cell><text:p>{'x<text:s/>' * pieces}</text:p></table:table-cell>"
    repeated = f'<table:table-cell table:number-columns-repeated="1000"><text:p>{text}</text:p></table:table-cell>'
    content = (
        f'<office:document-content {named}><office:body><office:spreadsheet><table:table table:name="T">'
        f'<table:table-row table:number-rows-repeated="{times}">{pieced}{repeated}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    folder.mkdir(exist_ok=True)
    path = folder / "roster.ods"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
    return path


def test_cells_written_once_do_not_stand_a_million_times(tmp_path: Path) -> None:
    """A hundred equal rows are read; a line of text that says thirty million cells is refused."""
    with pytest.raises(InputError, match="beyond"):  # a row of 1001 cells is too wide by one
        sheets_in(spread(tmp_path, 1), known_header)
    with pytest.raises(InputError, match=r"row 1:.*beyond"):
        sheets_in(spread(tmp_path, 30_000), known_header)


# --- patterns, in CPU time ------------------------------------------------------------------------------------------

PIECES = (" ", "(", ",", ", ", ".", "1", "1/", "1.", "-", "a ", "AA ", "0", "2000 - ", "k1", "nt ", '"', "1+", "I.")
CELLS = ("cadre", "name", "birth_year", "sex", "post", "education", "theory", "studying", "note", "retires")


def test_figures_of_totals_have_one_reading() -> None:
    """A cell of commas could be cut into figures in countless ways: forty of them were not read in a minute."""
    for text in ("6", "45,5 %", "6 người", "6, 12", "6; 12 %", "tổng số: 12", "6/12", "1.234,5"):
        assert layout_words.COUNT.fullmatch(text), text
    for text in (", " * 40 + "x", "1," * 40 + "x", "6 người và 3", "x6"):
        assert not layout_words.COUNT.fullmatch(text), text


def cpu(read: Read) -> float:
    """The CPU time of the quicker of two readings [s]."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        attempt(read)
        taken.append(time.process_time() - began)
    return min(taken)


def long_cells(folder: Path, n: int) -> Iterable[Read]:
    for place, piece in enumerate(PIECES):
        cells = {"A": {}, "B": dict.fromkeys(CELLS[2:], piece * (n // len(piece)) + "!")}
        yield of(folder / str(place), roster=cells)


def books(folder: Path, n: int) -> Iterable[Read]:
    blank = " " * n
    for place, inside in enumerate(
        (
            f'<row r="9"><c r="A9"><f></f>{blank}<v>1</v></c></row>',
            f'<row r="9"><c r="A9"><f>1</f><v{blank}></v></c></row>',
            "<!--" + '<c r="A1" ' * (n // 9) + "-->",
            "<!--" + '<c r="A1"><f ' * (n // 9) + "-->",
            f"<!-- hidden= {'<row ' * (n // 9)}-->",
            f"<!--{'<mergeCell ref= ' * (n // 9)}-->",
        )
    ):
        path = workbook(folder / str(place), inside)
        yield lambda path=path: sheets_in(path, known_header)  # type: ignore[misc]
    path = spread(folder / "ods", 1, "", n)
    yield lambda: sheets_in(path, known_header)


def documents(folder: Path, n: int) -> Iterable[Read]:
    folder.mkdir()
    plain = small(folder / "plain").read_text(encoding="utf-8")
    texts = (
        f"source: a\n  b{' ' * n}x\n",
        f"groups: {{g: {{post: [{', '.join(['x'] * (n // 9))}]}}}}\n",
        f"source: {'{' * n}\n",
        f'source: "{"x “" * n}\n',
        f"note: '{' ' * n}'\n",
        "\n" * n,
    )
    for place, text in enumerate(texts):
        path = folder / f"{place}.yaml"
        path.write_text(plain + text, encoding="utf-8")
        yield lambda path=path: load(path)  # type: ignore[misc]


@pytest.mark.long
@pytest.mark.parametrize(("make", "size"), [(long_cells, 700), (books, 100_000), (documents, 10_000)])
def test_cpu_time_grows_as_the_input_does(
    make: Callable[[Path, int], Iterable[Read]], size: int, tmp_path: Path
) -> None:
    """From one size to four times it, at most eight times the CPU time: pairs would take sixteen times as much."""
    ones, fours = list(make(tmp_path / "one", size)), list(make(tmp_path / "four", 4 * size))
    for place, (one, four) in enumerate(zip(ones, fours, strict=True)):
        attempt(one)
        assert cpu(four) <= 8 * cpu(one) + 0.1, place
