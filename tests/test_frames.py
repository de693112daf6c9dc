"""The frames of the command line and the system's refusals: in Vietnamese nothing English is left."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from commands import planner
from typer.main import get_command

from planner.cli.app import application
from planner.common.os_errors import KNOWN, os_reason
from planner.messages import speaking

COMMANDS = sorted(get_command(application()).commands)  # type: ignore[attr-defined]
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|missing|required|default|try|help for|no such|invalid|show this|"
    r"message|exit|got|unexpected|extra|did you mean|value|should|integer|valid|input|text|path|int|str|bool|float|"
    r"file|folder|the|is|are|see|takes|needs|expected)\b",
    re.IGNORECASE,
)
"""Words of the library's frames and of our own English ones."""
NAMES = re.compile(r"│ [a-z]+\b|--[\w-]+|'[^']*'|\.\w+|\bplanner [a-z]+\b|`[^`]*`|\S+=\S+|[x0-9<>=]+|https?://\S+")
"""Names of commands in a list, options, quoted names, endings of files: no words of a sentence."""


def english_in(text: str) -> list[str]:
    """The English words of a text, without the names in it."""
    return [found[0] for found in ENGLISH.finditer(NAMES.sub(" ", text))]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_english_word(command: str) -> None:
    """Headings, usage, marks and types of every command's help are Vietnamese, and its options are still named."""
    done = planner(*filter(None, [command]), "--help", lang="vi")
    assert (done.returncode, done.stderr) == (0, "")
    assert english_in(done.stdout) == []
    assert "Cách dùng: planner" in done.stdout
    assert "Tùy chọn" in done.stdout
    assert "--help" in done.stdout


MISTAKES = {
    "no command": ((), "LỆNH"),
    "unknown command": (("solv",), "không có lệnh 'solv'; có phải ý là 'solve'?"),
    "no argument": (("solve",), "thiếu TỆP"),
    "unknown option": (("solve", "a.yaml", "--quite"), "không có tùy chọn --quite; có phải ý là '--quiet'?"),
    "option of another command": (("sweep", "a.yaml", "--set", "lot=2"), "không có tùy chọn --set\n"),
    "unknown short option": (("solve", "a.yaml", "-z"), "không có tùy chọn -z"),
    "option without its value": (("nominees", "run", "--year"), "sau --year phải có giá trị"),
    "option that is a switch": (("solve", "a.yaml", "--quiet=3"), "--quiet không nhận giá trị"),
    "option that must be there": (("import", "a.xlsx"), "thiếu --out"),
    "no number": (("nominees", "run", "--year", "abc"), "--year: cần một số nguyên"),
    "number too small": (
        ("frontier", "run", "--target", "a", "--steps", "0"),
        "--steps: cần một số nguyên từ 1 trở lên",
    ),
    "one argument too many": (("check", "a.yaml", "b.yaml"), "thừa: b.yaml"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_without_an_english_word(name: str) -> None:
    """The usual mistakes end with 2 and a sentence that says what to write, in Vietnamese."""
    arguments, sentence = MISTAKES[name]
    done = planner(*arguments, lang="vi")
    assert done.returncode == 2
    told = done.stdout + done.stderr
    assert sentence in told
    assert english_in(told) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_english_without_a_vietnamese_word(name: str) -> None:
    """The same mistakes in English, after Vietnamese was spoken in this process."""
    arguments, _ = MISTAKES[name]
    planner(*arguments, lang="vi")
    done = planner(*arguments, lang="en")
    assert done.returncode == 2
    assert english_in(done.stdout + done.stderr) != []
    assert not re.search("[ạảấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợđăâêôơư]", done.stdout + done.stderr)


# --- what the system refuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", sorted(KNOWN))
def test_a_refusal_of_the_system_is_told_in_vietnamese(number: int) -> None:
    """Every usual refusal has a sentence without an English word, and one in English."""
    error = OSError(number, "Some English text")
    with speaking("vi"):
        assert "English" not in str(os_reason(error))
        assert english_in(str(os_reason(error))) == []
    with speaking("en"):
        assert re.fullmatch("[ -~]+", str(os_reason(error)))


def test_an_unusual_refusal_keeps_its_number_and_words() -> None:
    """What is not among the usual ones is told with its number and the system's own words, never as another."""
    unusual = next(number for number in errno.errorcode if number not in KNOWN)
    with speaking("vi"):
        assert str(os_reason(OSError(unusual, "odd"))) == f"lỗi hệ thống số {unusual}: odd"


def test_a_file_that_excel_holds_is_told_so() -> None:
    """On Windows a file open in Excel is refused by a number of Windows' own."""
    error = OSError(errno.EACCES, "denied")
    error.winerror = 32  # type: ignore[attr-defined]
    with speaking("vi"):
        assert "Excel" in str(os_reason(error))


def test_a_folder_in_place_of_a_file_is_told_in_vietnamese(tmp_path: Path) -> None:
    """A run that cannot be written says why, in the reader's language."""
    (tmp_path / "x").write_text("x")
    done = planner("init", tmp_path / "x" / "y", lang="vi")
    assert done.returncode == 2
    assert english_in(done.stderr.replace(str(tmp_path), "")) == []
