"""The catalogue of sentences: both languages, the same blanks, nothing missing and nothing left over."""

from __future__ import annotations

import ast
import asyncio
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from string import Formatter
from threading import Barrier
from typing import get_args, get_type_hints

import numpy as np
import pandas as pd
import pytest
from typer.main import get_command

import planner
from planner import messages
from planner.analysis.fairness.selection_rates import ATTRIBUTES
from planner.analysis.replanning.changes import KINDS as CHANGED
from planner.analysis.seats.values import IMPLIED, IMPOSSIBLE, NOTHING_LEFT
from planner.analysis.why.missed_targets import BLOCKED, COMPETES
from planner.cli.app import application
from planner.cli.frames import TYPES
from planner.cli.manners import exit_statuses
from planner.common.errors import Fault, InputError, nearest
from planner.inputs.roster.mapping_file import SECTIONS as SECTIONS_OF_ANSWERS
from planner.inputs.roster.told import IGNORE, UNKNOWN, Remark, Role
from planner.inputs.scenario.ranked_goals import SECTIONS
from planner.inputs.scenario.schema import Target
from planner.inputs.scenario.workbook.sheets import READINGS, SHEETS, fields_of
from planner.inputs.scenario.workbook.words import COMPUTED, OWN_SHEETS
from planner.inputs.vocabulary.answers import STUDYING
from planner.inputs.vocabulary.words import STANDARD
from planner.messages import (
    LANGUAGES,
    Sentence,
    catalogue,
    entered,
    figure,
    known,
    localised,
    percentage,
    preferred_language,
    say,
    signed,
    speaking,
)
from planner.model.admissibility import REASONS
from planner.model.goals import GOALS
from planner.model.rules import RULES, STATED
from planner.model.rules.rule import never
from planner.plans.columns import TABLES
from planner.plans.exchange import CHANGES, EXCHANGE
from planner.plans.obstacles import TOO_LATE
from planner.plans.run_folder import INPUTS, STATUSES
from planner.plans.summary import NO_SEAT
from planner.plans.tabulation import MODES
from planner.plans.verdicts import VERDICTS as TARGET_VERDICTS
from planner.published.audit import COLUMNS as AUDIT
from planner.published.overlaps import ROUNDED, TRUNCATED
from planner.report.html.annex import PARTS
from planner.report.html.plan_tables import verdict_of
from planner.report.letters.review_template import COUNTS
from planner.report.terminal.progress import progress_shown
from planner.report.terminal.years import LEDGER
from planner.report.text.conditions import NAMED, RANGES
from planner.report.text.fairness import GROUP_COLUMNS, RULE_COLUMNS, TEST_COLUMNS
from planner.report.text.nominees import LEVEL
from planner.report.text.progress import FORMS, WITH_SENSE
from planner.report.text.review import BY, FINAL, SHORT, TARGETS
from planner.report.text.review import ENDS as ENDED
from planner.report.text.review import YEAR as COUNTED
from planner.report.workbook.sheets import LIST
from planner.report.workbook.year import WIDTHS
from planner.solver import Progress
from planner.studies.figures import SENSES as MEASURES
from planner.verification.admissibility import CONDITIONS
from planner.verification.findings import COLUMNS as FINDINGS
from planner.years.attained import VERDICTS
from planner.years.events import COLUMNS
from planner.years.events import KINDS as EVENTS
from planner.years.progress import OUTCOME, STATUS
from planner.years.reform.offices import OFFICES
from planner.years.state import TOLD
from planner.years.successor import LOST

PACKAGE = Path(planner.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "messages" not in path.relative_to(PACKAGE).parts)
KEYS = tuple(catalogue())
SUFFIXES = {name: rule.suffixes for name, rule in RULES.items()}
SENTENCES = {f"{name}{suffix}" for name, rule in STATED.items() for suffix in rule.suffixes}
GIVING_WAY = {
    f"{name}{suffix}"
    for name, rule in RULES.items()
    if rule.gives_way is not never
    for suffix in SUFFIXES[name]
    if suffix != "_nobody" and (name == "must" or suffix != "_total")
}
"""What a way out may relax: the sentence of a year serves for all years, but for what a pool must have."""
PRICED = [name for name, rule in RULES.items() if rule.priced]
COLUMNS_OF_SCHEMES = [field for sheet in SHEETS for field in fields_of(sheet)]
SPEAKERS = {"say": 0, "in_each_language": 0, "Sentence": 0, "Fault": 0, "refusal": 0, "fault": 1, "complain": 1}
"""Functions that take a key, and at which place."""
COMPOSED: dict[str, Iterable[str]] = {
    "kept_": INPUTS,
    "end_": [str(status) for status in exit_statuses()],
    "annex_": {*PARTS, *get_args(Target.model_fields["counts"].annotation)},
    "annex_goal_": ("min", "max"),
    "annex_rounding_": get_args(Target.model_fields["rounding"].annotation),
    "attribute_": ATTRIBUTES,
    "audit_kind_": ("sum", "percent", "range", "demand", "people", "rounding", "increase", "overlap"),
    "audit_verdict_": {
        *("sums", "does_not_sum", "exact", "rounded", "rounded_heads", "truncated", "wrong", "contains"),
        *("cannot_contain", "agrees", "within", "differs", "not_derivable", "consistent", "consistent_if_truncated"),
        *("consistent_if_mixed", "inconsistent", "depends_on_rounding", "more_than_people"),
    },
    "audit_word_": ("parts", "in", "both", "up", "down", "nearest", "below", "at_least", "share", "x", "yes", "no"),
    "change_": CHANGES,
    "chart_mode_": MODES,
    "column_": {*AUDIT, *FINDINGS, *EXCHANGE, *(name for form in TABLES.values() for name in form.names)},
    "compare_": ("goals", *MEASURES),
    "condition_": {
        *("age", "sex", "service_years", "headcount"),
        *(f"{column}_{form}" for column in (*RANGES, "any") for form in ("from", "to", "between")),
        *(f"of_{column}" for column in NAMED),
    },
    "event_": EVENTS,
    "explain_more_": {f"{name}{end}" for name in PRICED for end in SUFFIXES[name] if end != "_nobody"},
    "fairness_": {*GROUP_COLUMNS, *TEST_COLUMNS, *RULE_COLUMNS},
    "frame_argument_": {
        parameter.name
        for command in get_command(application()).commands.values()  # type: ignore[attr-defined]
        for parameter in command.params
        if parameter.param_type_name == "argument"
    },
    "frame_type_": set(TYPES.values()),
    "goal_": GOALS,
    "held_": [key.removeprefix("level_") for key in KEYS if key.startswith("level_")],
    "import_answered_": SECTIONS_OF_ANSWERS,
    "import_colour_": ("doubt", "assumed", "taken"),
    "import_done_": get_args(get_type_hints(Remark)["done"]),
    "import_role_": set(get_args(Role)) - {"person"},
    "import_": (IGNORE, UNKNOWN, STUDYING, "people", "written", "meant"),
    "mapping_": SECTIONS_OF_ANSWERS,
    "how_": (ROUNDED, TRUNCATED, "mixed"),
    "check_": {"cadres", "agencies", "programmes", "admissible", "refused"},
    "ledger_heading_": {*COLUMNS, *WIDTHS, *LEDGER},
    "ledger_means_": EVENTS,
    "ledger_why_": ("declined", "elsewhere", "gone", "on_leave"),
    "measure_": {"value"}.union(*MEASURES.values()),
    "missed_rules_": (BLOCKED, COMPETES, "unproven"),
    "nominees_": set(LIST) - {LEVEL, "birth"},
    "member_kind_": ("group", "target", "pool", "share", "priority", "approval", "leaders"),
    "news_": {*TOLD, *LOST},
    "page_sense_": {goal.sense for goal in GOALS.values()},
    "page_verdict_": {verdict_of(short, unknown) for short in (0, 1, 2) for unknown in (0, 1)},
    "progress_": {*FORMS, *(f"{form}_most" for form in WITH_SENSE)},
    "progress_targets_": FORMS,
    "reason_": (*REASONS, NO_SEAT, TOO_LATE),
    "reform_column_": set(OFFICES) - {"source"},
    "reform_how_": ("sum", "given", "ended"),
    "relax_": GIVING_WAY,
    "replan_column_": ("from", "to", "why"),
    "replan_frontier_": ("at_most", "changes", "attainment"),
    "replan_kind_": CHANGED,
    "report_count_": set(COUNTS) - {"title"},
    "report_table_": {"programmes", "groups", "lagging", "targets", "agencies", "deviations"},
    "report_": {"starts", "targets", "ahead", "judgement", "strengths", "limits", "causes"},
    "chart_resilience_": ("planned", "expected", "worst_tenth"),
    "resilient_column_": ("today", "resilient", "difference"),
    "resilient_figure_": ("planned", "expected", "worst_tenth", "starts"),
    "review_by_": BY,
    "review_card_": ("reached", "missed", "behind", "open", "began", "unconfirmed"),
    "review_column_": ("start", "status", "outcome", "entries", "what", "detail"),
    "review_count_": {*COUNTED, *ENDED},
    "review_none_": ("infeasible", "time_limit"),
    "review_outcome_": OUTCOME,
    "review_part_": ("summary", "targets", "starts", "proposal", "people", "notes"),
    "review_proposal_": ("planned", "planned_required", "proposed", "required"),
    "review_short_": {*BY, "summary", "targets", "years", "proposal", "changes", "deviations", "unconfirmed", "news"},
    "review_status_": set(STATUS) - {"otherwise"},
    "review_target_": {*TARGETS, *FINAL, *SHORT},
    "review_verdict_": VERDICTS,
    "review_": {f"{name}_caption" for name in (*BY, "deviations", "unconfirmed")},
    "rule_": SENTENCES,
    "scheme_level_": {level for levels in STANDARD.values() for level in levels},
    "scheme_sex_": ("F", "M"),
    "scheme_choice_": {value for field in COLUMNS_OF_SCHEMES for value in field.choices} | {"people", "ignore"},
    "scheme_column_": (*COMPUTED, "group"),
    "scheme_head_": {"label", "entry", "explained", *(field.name for field in COLUMNS_OF_SCHEMES)},
    "scheme_intro_": {sheet.name for sheet in SHEETS},
    "scheme_note_": {field.name for field in COLUMNS_OF_SCHEMES if known(f"scheme_note_{field.name}")},
    "scheme_reading_": READINGS,
    "scheme_sheet_": OWN_SHEETS,
    "sequel_note_": ("unconfirmed", "taken_as_finished", "overdue"),
    "serves_": ("target", "floor", "share", "step", "pin", "class", "kept"),
    "status_": (*STATUSES, "infeasible", "time_limit"),
    "studied_": MODES,
    "unknown_entry_of_": SECTIONS,
    "value_": (*PRICED, IMPLIED, IMPOSSIBLE, NOTHING_LEFT.replace(" ", "_")),
    "screen_next_": ("missed", "report"),
    "verdict_": TARGET_VERDICTS,
    "stands_": set(RULES),
    "verify_rule_": {*RULES, *CONDITIONS, "assignments", "figures", "manifest", "proof"},
    "yardstick_": set(GOALS) - {"lot"},
}
"""Beginnings of keys, and every name that the code may put behind one."""
SCHEME = ("level_", "post_", "ladder_")
LOOKED_UP = (*SCHEME, "is_", "chart_key_")
"""Beginnings of keys that are asked for by names or keys of a scheme, shown as they are where there is no sentence."""


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def literals(path: Path) -> set[str]:
    return {node.value for node in ast.walk(ast.parse(path.read_text())) if is_text(node)}


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def spoken_keys(path: Path) -> list[tuple[str, int]]:
    """The keys that are written out where a module speaks, and their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = SPEAKERS.get(name)
            if place is not None and len(node.args) > place and is_text(node.args[place]):
                found.append((node.args[place].value, node.lineno))  # type: ignore[attr-defined]
    return found


def prefixes(path: Path) -> set[str]:
    """The beginnings of the keys that a module puts together: f"status_{...}", "column_" + ..."""
    starts = set()
    for node in ast.walk(ast.parse(path.read_text())):
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else getattr(node, "left", None)
        if first is not None and is_text(first) and isinstance(node, ast.JoinedStr | ast.BinOp):
            starts.add(first.value)  # type: ignore[attr-defined]
    own = {start for start in starts if re.fullmatch("[a-z_]+_", start)}
    return own | {first + second for first in own for second in own}


def template_keys() -> set[str]:
    """The keys that the page's templates speak: word("skip"), word("part_" + part)."""
    texts = " ".join(path.read_text() for path in (PACKAGE / "report/html/templates").glob("*.html"))
    names = set(re.findall(r'"([a-z_]+)"', texts))
    return {f"page_{name}" for name in names} | {f"page_part_{name}" for name in names}


def test_every_sentence_is_there_in_both_languages() -> None:
    """Every sentence has English and Vietnamese text; only the heading of a column of plain words may be empty."""
    for key, sentences in catalogue().items():
        assert len(sentences) == len(LANGUAGES), key
        assert all(sentences) or not any(sentences), key
        assert not any(text.endswith((" ", "\n")) for text in sentences), key


BOOKISH = re.compile(
    "kịch bản|quy tắc|thước đo|suất vắng|sổ tính|lượt có thể cử|trả giá|chưa hỏi hết|ở hàng|hàng {row}|không mất gì|"
    "hạt giống|bộ giải|cận đã|cái giá|Thư {name}|cùng được tuân thủ|một bậc của|kế hoạch nào chứa được|{first}–{first}",
    re.IGNORECASE,
)
"""The left column of the glossary, and words of mathematicians and translators."""
ENGLISH = re.compile(
    r"\b(the|of|and|or|not|is|are|has|have|with|without|from|by|file|files|row|line|cell|sheet|seat|start|starts|"
    r"target|targets|goal|group|groups|value|error|usage|options?|arguments?|commands?|required|default|missing|"
    r"unknown|total|attainment|seat_floors|name|people|person|cadres|agency|programme|programmes|show|message|exit|"
    r"try|such|true|false|proven|bound|gap|lot|level|levels|folder|number|invalid|expected|found|allowed|"
    r"reached|missed|plan|plans|rule|rules|path|text|int|str|bool|assumed|none|stated|written|draft|warning)\b",
    re.IGNORECASE,
)
"""Words that give away an English sentence, or an id where a title should stand."""
QUOTED = re.compile(
    r"`[^`]*`|'[^']*'|\{\{.*?\}\}|\{[^{}]*\}|--[\w-]+|\[[^\]]*\]|solver\.\w+|run\.json|planner [^.;]*/run|\w+=\S+"
)
"""What is not a word of a sentence: blanks, keys and values, options, commands."""


def test_vietnamese_is_what_an_office_writes() -> None:
    """One word for one thing, and none that an office would not write."""
    assert [texts[1] for texts in catalogue().values() if BOOKISH.search(texts[1])] == []


def test_no_english_word_is_in_a_vietnamese_sentence() -> None:
    """A Vietnamese sentence has no word of English outside keys, options and file names."""
    found = {
        key: ENGLISH.findall(QUOTED.sub(" ", texts[1])) for key, texts in catalogue().items() if key != "office_yaml"
    }  # a settings file: its keys are words of the file
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize("sentence", ["Error: thiếu tệp", "hàng {row}: kịch bản", "goal attainment"])
def test_the_lists_find_what_they_are_for(sentence: str) -> None:
    """The two lists above catch the slips that they were written for."""
    assert ENGLISH.search(QUOTED.sub(" ", sentence)) or BOOKISH.search(sentence)


def test_both_languages_have_the_same_blanks() -> None:
    """A value that the English sentence shows is shown by the Vietnamese one, too."""
    wrong = {key: texts for key, texts in catalogue().items() if blanks(texts[0]) != blanks(texts[1])}
    assert wrong == {}


def test_no_key_stands_in_two_catalogues() -> None:
    """Each key belongs to one room; a second one of the same name would silently win."""
    rooms = [
        importlib.import_module(f"planner.messages.{module.name}") for module in pkgutil.iter_modules(messages.__path__)
    ]
    keys = Counter(key for room in rooms for key in getattr(room, "WORDS", ()))
    assert set(keys) == set(KEYS)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_key_spoken_exists(path: Path) -> None:
    """A key written out where a module speaks is in the catalogue."""
    assert [(key, line) for key, line in spoken_keys(path) if key not in catalogue()] == []


def composed() -> set[str]:
    return {start + name for start, names in COMPOSED.items() for name in names}


def test_every_composed_key_exists() -> None:
    """Every rule, goal, verdict, status, reason, mode, measure and yardstick there is has its sentence."""
    assert composed() - set(KEYS) == set()


def test_every_level_and_post_of_the_scheme_has_a_name() -> None:
    """What the shipped scenario calls by an id is told to its readers in words."""
    problem = planner.load(PACKAGE.parent / "scenarios" / "hoang-su-phi" / "base.yaml")
    levels = {f"level_{ladder}_{level}" for ladder, levels in problem.scenario.ladders.items() for level in levels}
    posts = {f"post_{post}" for post in problem.cadres["post"] if post}
    ladders = {f"ladder_{ladder}" for ladder in problem.scenario.ladders}
    assert levels | posts | ladders == {key for key in KEYS if key.startswith(SCHEME)}


def test_no_sentence_is_left_over() -> None:
    """Every sentence is reached: by its key, by a name put behind its beginning, or by a name out of data."""
    reached = composed() | template_keys()
    for path in MODULES:
        names = literals(path)
        reached |= names | {start + name for start in prefixes(path) for name in names}
    assert {key for key in KEYS if not key.startswith(LOOKED_UP)} - reached == set()


def test_say_speaks_the_language_of_the_block() -> None:
    """`speaking` changes the language inside its block only."""
    with speaking("vi"):
        assert say("file_missing") == "tệp không tồn tại"
    with speaking("en"):
        assert say("file_missing") == "the file does not exist"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "PLANNER_LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "PLANNER_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for(environment: dict[str, str], expected: str) -> None:
    """PLANNER_LANG decides, then the locale, then English."""
    assert preferred_language(environment) == expected


def test_a_text_without_the_language_is_shown_in_the_other() -> None:
    """A scenario's text that stands in one language only is better than none."""
    with speaking("en"):
        assert localised({"vi": "Đề án"}) == "Đề án"
        assert localised({"en": "Scheme", "vi": "Đề án"}) == "Scheme"
        assert localised("Scheme") == "Scheme"
        assert localised(None, "horizon") == "horizon"


# --- two people at once ---------------------------------------------------------------------------------------------


def test_two_threads_speak_two_languages_at_once() -> None:
    """What one thread speaks is nothing to another that speaks at the same moment."""
    both = Barrier(2)

    def told(name: str) -> str:
        with speaking(name):
            both.wait(10)
            sentence = say("file_missing")
            both.wait(10)
        return sentence

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(told, LANGUAGES)) == ["the file does not exist", "tệp không tồn tại"]


def test_two_tasks_speak_two_languages_at_once() -> None:
    """Asynchronous tasks that take turns in one thread keep their languages, too."""

    async def told(name: str) -> str:
        with speaking(name):
            await asyncio.sleep(0)
            return say("file_missing")

    async def both() -> list[str]:
        return await asyncio.gather(*map(told, LANGUAGES))

    assert asyncio.run(both()) == ["the file does not exist", "tệp không tồn tại"]


def test_news_of_a_search_are_told_in_the_language_of_who_listens(capsys: pytest.CaptureFixture[str]) -> None:
    """A search tells its news from threads of its own; they are shown in the language of whoever asked for them."""
    news = Progress("attainment", 1234.5, 1000, 1.0, 1, 1)
    with speaking("vi"), progress_shown(quiet=False) as listen, ThreadPoolExecutor(1) as pool:
        assert listen is not None
        pool.submit(listen, news).result()
    assert "nhiều nhất 1.234,5, ít nhất 1.000" in " ".join(capsys.readouterr().err.split())


def test_a_fault_is_told_in_the_language_of_who_reads_it() -> None:
    """A fault keeps what it is about; the sentence, the nearest name included, is made where it is shown."""
    with speaking("en"):
        error = InputError(
            Fault("unknown_group", {"at": "who", "name": "lead", "nearest": nearest("lead", ["leaders"])})
        )
    with speaking("vi"):
        assert str(error) == "who: không có nhóm nào tên 'lead'; có phải ý là 'leaders'?"
    with speaking("en"):
        assert str(error) == "who: unknown group 'lead'; did you mean 'leaders'?"
        assert str(nearest("x", ["a1", "b1"])) == "; known: a1, b1"
        assert str(nearest("x", [f"a{number}" for number in range(13)])) == ""


def test_a_sentence_within_a_sentence_is_told_late() -> None:
    """The blanks of a sentence may be sentences: both speak the language of the moment."""
    note = Sentence("not_comparable", {"goal": Sentence("goal_cost"), "reason": Sentence("yardstick_cost")})
    with speaking("en"):
        assert str(note).startswith("cost is not measured alike in all plans (other costs)")
    with speaking("vi"):
        assert str(note).startswith("chi phí không được tính như nhau")


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (0, "0", "0"), (999, "999", "999"), (1833, "1\xa0833", "1.833"), (1234567, "1\xa0234\xa0567", "1.234.567"),
        (1234.5, "1\xa0234.5", "1.234,5"), (2.0, "2", "2"), (-3, "−3", "−3"), (-1234.5, "−1\xa0234.5", "−1.234,5"),
        (0.5517241379310345, "0.5517", "0,5517"), (53.99999999999999, "54", "54"), (-1e-9, "0", "0"),
        (Fraction(5, 2), "2.5", "2,5"), (np.int64(1833), "1\xa0833", "1.833"), (np.float64(0.1) + 0.2, "0.3", "0,3"),
        (2**60, "1\xa0152\xa0921\xa0504\xa0606\xa0846\xa0976", "1.152.921.504.606.846.976"),
        (None, "–", "–"), (float("nan"), "–", "–"), (pd.NA, "–", "–"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_language_writes_it(value: object, english: str, vietnamese: str) -> None:
    """Thousands apart, the language's decimal mark, no floating noise; a dash where there is none."""
    with speaking("en"):
        assert figure(value) == english
    with speaking("vi"):
        assert figure(value) == vietnamese


def test_shares_and_changes_are_written_as_the_language_writes_them() -> None:
    """A share is told in per cent with one decimal, a change with its sign, a varied value as it was entered."""
    with speaking("vi"):
        assert [percentage(16 / 29), percentage(1, 0), percentage(None)] == ["55,2\xa0%", "100\xa0%", "–"]
        assert [signed(value) for value in (3, -3, 0, Fraction(123, 10), None)] == ["+3", "−3", "0", "+12,3", "–"]
        assert [signed(-0.04, 1), signed(12.345, 1), signed(1000)] == ["0,0", "+12,3", "+1.000"]
        assert [entered(value) for value in (2026, 2026.0, 0.15, 0.00001, "theory")] == [
            "2026", "2026", "0,15", "0,00001", "theory",
        ]  # fmt: skip
    with speaking("en"):
        assert [percentage(16 / 29), signed(Fraction(123, 10)), entered(0.15)] == ["55.2\xa0%", "+12.3", "0.15"]


def test_numbers_are_written_in_one_place() -> None:
    """No module sets thousands or decimals apart by itself."""
    by_hand = re.compile(r"\{[^{}]*:[+,]*\.?[0-9]*[,%]\}|:[+,]?\.[1-9]f\}|:\+d?\}")
    own = [path for path in MODULES if by_hand.search(path.read_text())]
    assert own == []


# --- one and several ------------------------------------------------------------------------------------------------

COUNTED = {key: texts[0] for key, texts in catalogue().items() if "|" in texts[0]}


def changing(sentence: str) -> set[str]:
    """The words of a sentence that only several of something have: starts, are."""
    found = set()
    for _, _, spec, _ in Formatter().parse(sentence):
        one, bar, several = (spec or "").partition("|")
        found |= set(re.findall(r"[a-z]+", several)) - set(re.findall(r"[a-z]+", one)) if bar else set()
    return found


SEVERAL = set().union(*map(changing, COUNTED.values()))
"""What only several of something are called, or do."""


def rendered(key: str, number: int) -> str:
    blank = {name for texts in catalogue()[key] for name in blanks(texts)}
    return say(key, **dict.fromkeys(blank, number))


@pytest.mark.parametrize("key", COUNTED)
def test_one_of_a_thing_is_told_as_one(key: str) -> None:
    """English says "1 start" and "2 starts"; Vietnamese has one form, with the number in it."""
    with speaking("en"):
        one, two = rendered(key, 1), rendered(key, 2)
    nouns = "|".join(SEVERAL)
    assert not re.search(rf"\b1 (more |other )?({nouns})\b", one)
    assert re.search(rf"\b({nouns})", two)
    assert two.replace("2", "1") != one
    with speaking("vi"):
        assert rendered(key, 2).replace("2", "1") == rendered(key, 1)


def test_no_counted_noun_is_in_the_plural_only() -> None:
    """No English sentence puts a noun that has a form for one behind a number without it."""
    behind = re.compile(rf"\{{\w+(?::#)?\}} (?:more |other )?(?:{'|'.join(SEVERAL)})\b")
    bare = {key: texts[0] for key, texts in catalogue().items() if behind.search(texts[0])}
    names = {"roster_same_column", "table_sheets", "tag"}
    assert bare.keys() == {"note_overlap", "reading_blank"} | names  # several numbers; names, not numbers
