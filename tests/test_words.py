"""The catalogue of sentences: both languages, the same blanks, nothing missing and nothing left over."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

import planner
from planner import messages
from planner.messages import LANGUAGES, catalogue, localised, preferred_language, say, speaking

PACKAGE = Path(planner.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "words" not in path.relative_to(PACKAGE).parts)
SPEAKERS = {"say": 0, "Fault": 0, "refusal": 0, "fault": 1, "complain": 1}
"""Functions that take a key, and at which place."""


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


def patterns(path: Path) -> set[str]:
    """The keys that a module puts together (f"status_{...}"), as regular expressions."""
    return {
        "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }


def test_every_sentence_is_there_in_both_languages() -> None:
    """Every sentence has English and Vietnamese text; only the heading of a column of plain words may be empty."""
    for key, sentences in catalogue().items():
        assert len(sentences) == len(LANGUAGES), key
        assert all(sentences) or not any(sentences), key
        assert not any(text.endswith((" ", "\n")) for text in sentences), key


def test_both_languages_have_the_same_blanks() -> None:
    """A value that the English sentence shows is shown by the Vietnamese one, too."""
    wrong = {key: texts for key, texts in catalogue().items() if blanks(texts[0]) != blanks(texts[1])}
    assert wrong == {}


def test_no_key_stands_in_two_catalogues() -> None:
    """Each key belongs to one room; a second one of the same name would silently win."""
    rooms = [
        importlib.import_module(f"planner.messages.{module.name}") for module in pkgutil.iter_modules(messages.__path__)
    ]
    keys = Counter(key for room in rooms for key in room.WORDS)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_key_spoken_exists(path: Path) -> None:
    """A key written out where a module speaks is in the catalogue."""
    assert [(key, line) for key, line in spoken_keys(path) if key not in catalogue()] == []


def test_no_sentence_is_left_over() -> None:
    """Every sentence is spoken by some module: its key is written there, or put together there."""
    written = set().union(*(literals(path) for path in MODULES))
    put_together = [re.compile(pattern) for path in MODULES for pattern in patterns(path)]
    unused = {
        key for key in catalogue() if key not in written and not any(pattern.fullmatch(key) for pattern in put_together)
    }
    assert unused == set()


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
