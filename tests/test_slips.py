"""Slips of the hand in a scenario: each is refused with its line and what was meant, or read right, never let pass."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from small import small, told

from planner import load
from planner.common.errors import InputError
from planner.inputs.scenario.slips import meant_number
from planner.inputs.scenario.yaml_reader import read_document
from planner.messages import catalogue, speaking

pytestmark = pytest.mark.usefixtures("english")

BASE = """\
horizon: {first: 2021, last: 2024}
roster: roster.csv
ladders:
  theory: [none, intermediate, advanced]
programmes:
  school: {ladder: theory, from: intermediate, to: advanced, mode: full_time, months: 8, open: yes}
"""
TARGET = BASE + "targets:\n  t: {who: {sex: F}, level: {theory: advanced}, share: %s}\n"
BLOCK = BASE + "targets:\n  t:\n    who: {sex: F}\n    level: {theory: advanced}\n    %s\n"
GROUP = BASE + "groups:\n  g: %s\n"
POOL = BASE + "seats:\n  s: {programmes: [school], who: {sex: F}, per_year: %s}\n"


def refused(folder: Path, text: str) -> list[str]:
    """The faults of a scenario written as `text`, each as `line: sentence`; none where it is read."""
    small(folder)
    path = folder / "slip.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load(path)
    except InputError as error:
        return [re.sub(r"^.*slip\.yaml, line ", "", row) for row in str(error).splitlines()]
    return []


SLIPS: list[tuple[str, str, int, str]] = [
    # decimal commas, per cent, numbers as text
    ("comma in braces", TARGET % "0,9", 8, "did you mean share: 0.9?"),
    ("comma and blank", TARGET % "0, 9", 8, "did you mean share: 0.9?"),
    ("comma and per cent", TARGET % "0,90%", 8, "did you mean share: 0.90?"),
    ("comma in a block", BLOCK % "share: 0,9", 11, "found '0,9'; did you mean 0.9?"),
    ("comma in quotes", TARGET % '"0,9"', 8, "found '0,9'; did you mean 0.9?"),
    ("number in quotes", TARGET % "'0.9'", 8, "found '0.9'; did you mean 0.9?"),
    ("per cent", TARGET % "90%", 8, "found '90%'; did you mean 0.9?"),
    ("per cent with a blank", TARGET % "90 %", 8, "found '90 %'; did you mean 0.9?"),
    ("hundredfold", TARGET % "90", 8, "found 90; did you mean 0.9?"),
    ("list for a number", TARGET % "[0,9]", 8, "found [0, 9]; did you mean 0.9?"),
    ("comma in months", BASE.replace("months: 8", "months: 1,5"), 6, "did you mean months: 1.5?"),
    ("comma in points", BASE + "priority: {w: {who: {sex: F}, points: 2,5}}\n", 7, "did you mean points: 2.5?"),
    ("comma in a band", BASE + "absence: {modes: [short], bands: [{away: 1}, {share: 0,25}]}\n", 7, "share: 0.25?"),
    ("comma in a weight", BLOCK % "share: 1\n    weight: 2,5", 12, "found '2,5'; did you mean 2.5?"),
    ("comma in a condition", GROUP % "{age: {max: 44,5}}", 8, "did you mean max: 44.5?"),
    ("comma for thousands", BASE + "budget: {per_year: 1,500}\n", 7, "did you mean per_year: 1500?"),
    ("point for thousands", BASE + "budget: {per_year: 1.500}\n", 7, "write 1500 for thousands, or 1.5"),
    ("points for millions", BASE + "budget: {per_year: 1.500.000}\n", 7, "did you mean 1500000?"),
    ("blank for thousands", BASE + "budget: {per_year: 1 500}\n", 7, "did you mean 1500?"),
    ("unit behind", BASE.replace("months: 8", "months: 8 tháng"), 6, "found '8 tháng'; did you mean 8?"),
    ("word before", BLOCK % "share: 1\n    by: năm 2024", 12, "found 'năm 2024'; did you mean 2024?"),
    ("letters for digits", BASE.replace("2021", "2O21"), 1, "found '2O21'; did you mean 2021?"),
    ("leading zero", BASE.replace("months: 8", "months: 08"), 6, "did you mean 8?"),
    ("comment without a blank", BLOCK % "share: 0.9#x", 11, "found '0.9#x'; did you mean 0.9?"),
    # nothing where something was meant
    ("empty share", BLOCK % "share:", 11, "nothing stands behind 'share:'"),
    ("empty max in braces", POOL % "{max: }", 8, "seats.s.per_year.max: nothing stands behind 'max:'"),
    ("empty range", POOL % "", 8, "nothing stands behind 'per_year:'"),
    ("empty condition", GROUP % "{age: }", 8, "nothing stands behind 'age:'"),
    ("condition without a value", GROUP % "{age}", 8, "nothing stands behind 'age:'"),
    ("empty entry", BASE + "targets:\n  t:\n", 8, "targets.t: nothing stands behind 't:'"),
    ("empty section of one value", BASE + "budget:\n", 7, "budget: nothing stands behind 'budget:'"),
    ("empty item", BASE + "goals:\n  - early\n  -\n", 9, "goals.1: an item of the list is empty"),
    ("empty extends", "extends:\n" + BASE, 1, "nothing stands behind 'extends:'"),
    ("null for an entry", BASE + "targets: {t: null}\n", 7, "`null` takes an entry away, but there is none called 't'"),
    ("null in a condition", GROUP % "{sex: null}", 8, "but there is none called 'sex'"),
    # colons, commas, quotes, brackets
    ("no blank, alone", BASE.replace("{first: 2021, last: 2024}", "first:2021"), 1, "did you mean {first: 2021}?"),
    ("no blank in braces", BASE.replace("first: 2021, last: 2024", "first:2021, last:2024"), 1, "mean 'first: 2021'?"),
    ("no blank, first", "horizon:\n  first:2021\n  last: 2024\n", 2, "did you mean 'first: 2021'?"),
    ("no blank, last", "horizon:\n  first: 2021\n  last:2024\nroster: r.csv\n", 3, "did you mean 'last: 2024'?"),
    ("no blank before braces", BLOCK % "level:{theory: advanced}", 11, "did you mean 'level: {theory'?"),
    ("no blank in braces, inside", "t: {who: g, level:{theory: a}}\n", 1, "did you mean 'level: {theory: a}'?"),
    ("line in a text", BLOCK % "title: Mục tiêu\n      share 0.9", 12, "'share 0.9' reads as the end of the text"),
    ("entry in a text", BLOCK % "title: Mục tiêu\n      share:0.9", 12, "'share:0.9' reads as the end of the text"),
    ("comma in a title", "t: {title: Đề án, kỳ 2, share: 1}\n", 1, 'write title: "Đề án, kỳ 2"'),
    ("two values", GROUP % "{sex: Nữ, Nam}", 8, "for several values sex: [Nữ, Nam]"),
    (
        "levels in braces",
        BASE.replace("[none, intermediate, advanced]", "{none, advanced}"),
        4,
        "mean [none, advanced]?",
    ),
    ("goals in braces", BASE + "goals: {early, lot}\n", 7, "did you mean [early, lot]?"),
    ("goals in a line", BASE + "goals: early, lot\n", 7, "found 'early, lot'; did you mean [early, lot]?"),
    ("dashes without blanks", BASE + "goals:\n  -early\n  -lot\n", 7, "did you mean [early, lot]?"),
    ("years in a line", BASE.replace("{first: 2021, last: 2024}", "2021-2024"), 1, "mean {first: 2021, last: 2024}?"),
    ("range in a line", POOL % "4-5", 8, "found '4-5'; did you mean {min: 4, max: 5}?"),
    ("entry behind an entry", "a:\n  level: theory: advanced\n", 2, "did you mean level: {theory: advanced}?"),
    ("yes in Vietnamese", BASE.replace("open: yes", "open: có"), 6, "found 'có'; did you mean yes?"),
    ("curly quotes", "title: “Đề án”\n" + BASE, 1, 'did you mean "Đề án"?'),
    ("curly quotes and a colon", "title: “Đề án: kỳ 2”\n" + BASE, 1, "curly quotes"),
    ("curly quotes of a key", BASE + "“lot”: 1\n", 7, "curly quotes"),
    ("hash in a title", "title: Đề án #5\n" + BASE, 1, 'did you mean "Đề án #5"?'),
    (
        "blank from Word",
        BLOCK.replace("    %s", "\u00a0\u00a0\u00a0\u00a0share: 1"),
        11,
        "a no-break or invisible blank",
    ),
    ("key twice", BLOCK % "share: 1\n    share: 0.5", 12, "the key 'share' stands twice (first on line 11)"),
    # what is no YAML
    ("tab", "horizon:\n\tfirst: 2021\n", 2, "a tab indents the line"),
    ("tab among blanks", "horizon:\n  first: 2021\n\tlast: 2024\n", 3, "a tab indents the line"),
    ("colon in a text", "title: Đề án: giai đoạn 2\n", 1, 'did you mean title: "Đề án: giai đoạn 2"?'),
    ("too far right", "t:\n  who: g\n    share: 0.9\n", 3, "does not stand under its neighbours: share: 0.9"),
    ("too far left", "t:\n    who: g\n  share: 0.9\n", 3, "does not stand under its neighbours: share: 0.9"),
    ("quote left open", 'title: "abc\nroster: r.csv\n', 1, "the quote that opens here is never closed"),
    ("brace left open", "t: {a: 1\nseats: 1\n", 1, "the bracket { that opens here is not closed with }"),
    ("bracket left open", "t: [a, b\nseats: 1\n", 1, "the bracket [ that opens here is not closed with ]"),
    ("brace open to the end", "t: {a: 1", 1, "the bracket { that opens here is not closed with }"),
    ("wrong bracket", "t: {a: [x, y}\n", 1, "the bracket [ that opens here is not closed with ]"),
    ("one bracket too many", "t: {a: 1}}\n", 1, "the bracket } closes nothing"),
    ("no comma", "t: {who: g share: 0.9}\n", 1, "a comma is missing between two entries"),
    ("two commas", "t: [a, , b]\n", 1, "a comma with nothing before it"),
    ("text behind a quote", 'title: "abc" def\n', 1, "something stands behind the closing quote"),
    ("backslashes", 'roster: "C:\\data\\r.csv"\n', 1, "inside double quotes \\ begins a special sign"),
    ("at sign", "title: @x\n", 1, "a value cannot begin with @"),
    ("per cent sign", "title: %x\n", 1, "a value cannot begin with %"),
    ("star", "who: *\n", 1, "a value cannot begin with *"),
    ("no colon", "horizon:\n  first 2021\n  last: 2025\n", 2, "this line has no colon: first 2021"),
    ("no colon, later", "a: 1\nroster\nladders: {}\n", 2, "this line has no colon: roster"),
    ("dash in a value", "goals: - a\n", 1, "does not stand under its neighbours"),
    ("control character", "a: 1\nb: \x01\n", 2, "a control character"),
]


@pytest.mark.parametrize(("text", "line", "part"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_refused_with_what_was_meant(tmp_path: Path, text: str, line: int, part: str) -> None:
    """Each slip is told once or more, with its line and what was probably meant."""
    found = refused(tmp_path, text)
    assert any(row.startswith(f"{line}: ") and part in row for row in found), found


RIGHT: list[tuple[str, str]] = [
    ("as it is", BASE),
    ("a section without entries yet", BASE + "seats:\ngroups:\n"),
    ("a decimal", TARGET % "0.9"),
    ("three decimals below one", TARGET % "0.125"),
    ("tab behind a colon", TARGET % "\t1"),
    ("wrapped text", "title: Đề án đào tạo,\n  bồi dưỡng cán bộ\n" + BASE),
    ("curly quotes inside", "title: Đề án “05”\n" + BASE),
    ("comment", "title: Đề án # 5 năm\n" + BASE),
    ("link", "source: xem\n  https://example.org/a\n" + BASE),
    ("colon in an item", BASE + "acknowledged: [empty_group:g]\n"),
    ("null under a known key", BASE + "budget: null\n"),
    ("yes and no", BASE.replace("open: yes", "open: true")),
]


@pytest.mark.parametrize("text", [text for _, text in RIGHT], ids=[name for name, _ in RIGHT])
def test_what_is_no_slip_is_read(tmp_path: Path, text: str) -> None:
    """What looks like a slip and is none is let pass."""
    assert refused(tmp_path, text) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[slip[0] for slip in SLIPS])
def test_no_english_is_left_in_vietnamese(tmp_path: Path, slip: tuple[str, str, int, str]) -> None:
    """Every slip is told in Vietnamese, none of the parser's own sentences among it."""
    english = refused(tmp_path / "en", slip[1])
    with speaking("vi"):
        small(tmp_path)
        path = tmp_path / "slip.yaml"
        path.write_text(slip[1], encoding="utf-8")
        vietnamese = told(path)
    assert len(vietnamese) == len(english)
    for row in vietnamese:
        assert not re.search(r"\b(expected|found|while|did not|mapping|scanning|parsing|token|the|is)\b", row), row


PROBLEMS = [
    "a: *x y",
    "a: &",
    "a: !x!y z",
    ": a",
    "a: >x",
    "a: ",
    "x",
    "%x",
    "a: ]",
    "a: ?",
    "? [a]: b",
    'a: "\\q"',
    "a: 'b",
    "- a: b\n c",
    "{",
    "[",
    '"',
    "a: b: c",
    "a:\n- b\n c: d",
    "--- a",
    "a: 1\n...\nb: 2",
    "%YAML 3.0",
    "&a",
    "*a",
    "!!python/x y",
    "a: !<",
    "a: \x07",
    "a: {b: [c}",
    "}",
    ",",
    "a: {,}",
    'a: "b"c',
    "@",
    "`",
    "a: - - b",
    "- - a: b\n  - c",
]


@pytest.mark.parametrize("text", PROBLEMS, ids=repr)
def test_no_sentence_of_the_parser_reaches_the_reader(tmp_path: Path, text: str) -> None:
    """Whatever breaks a file, its reader is told it in a sentence of the catalogue, with a line."""
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read_document(path)
    except InputError as error:
        for fault in error.faults:
            assert fault.key in catalogue()
            assert fault.key != "not_yaml" or fault.values["reason"].key.startswith("yaml_")
            assert fault.line or fault.key == "empty_file"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0,9", "0.9"), ("90%", "0.9"), ("1.500", "1500"), ("1.500,5", "1500.5"), ("1 000 000", "1000000")),
        *(("8 tháng", "8"), ("năm 2025", "2025"), ("2O25", "2025"), ("l2", "12"), ("'3'", "3"), ("-2,5", "-2.5")),
        *(("hai", ""), ("2021-2025", ""), ("<= 45", ""), ("", ""), ("1/2", ""), ("3 hoặc 4", "")),
    ],
)
def test_the_number_that_was_meant(text: str, number: str) -> None:
    """A number is proposed where only one can be meant."""
    assert meant_number(text) == number


def test_nulls_of_an_overlay_that_remove_nothing_are_refused(tmp_path: Path) -> None:
    """An id that the base does not have cannot be taken away; one that it has can, and known keys can always."""
    small(tmp_path, targets={"theory": {"who": {}, "level": {"theory": "advanced"}, "share": 1}})
    over: dict[str, Any] = {"extends": "scenario.yaml", "targets": {"theori": None}, "budget": None}
    path = tmp_path / "over.yaml"
    path.write_text(yaml.safe_dump(over, sort_keys=False), encoding="utf-8")
    (fault,) = told(path)
    assert "over.yaml, line 3: targets.theori: `null` takes an entry away, but there is none called 'theori'" in fault
    assert fault.endswith("did you mean 'theory'?")
    path.write_text(yaml.safe_dump(over | {"targets": {"theory": None}}), encoding="utf-8")
    assert load(path).scenario.targets == {}
    with pytest.raises(InputError, match="none called 'x'"):
        load(tmp_path / "scenario.yaml", overlay={"targets": {"x": None}})
