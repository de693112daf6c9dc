"""Names stand only where they were asked for: every command is run once on people whose names are canaries.

Whatever a command writes or says is looked through, members of workbooks and documents and compressed texts among it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from commands import Ended
from commands import planner as command
from small import small
from test_every_command import ASKING, CHEAP, ELSEWHERE, Asked, Scheme, solved

CANARY = b"CANARY"
TEXTS = re.compile(rb"zTXt[^\0]*\0\0").finditer
PEOPLE: dict[str, dict[str, Any]] = {
    f"NS-{number:02}": {
        "name": f"CANARY-Nguyễn Thị Chim {number}",
        "sex": "FM"[number % 2],
        "post": "chief" if number < 2 else "staff",
        "phone": f"CANARY-0912-{number}",
        "note": f"CANARY-hay ốm {number}",
    }
    for number in range(6)
}
SCHEME: dict[str, Any] = {
    "programmes": {"school": {"open": False}, "evening": None, "degree": None},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {
        "school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"min": 1, "max": 1}, "total": 3}
    },
    "absence": {"modes": ["full_time"], "bands": [{"share": 0.5}]},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "approval": {"everybody": {"authority": {"en": "the office", "vi": "Văn phòng"}}},
    "goals": ["attainment", "seat_floors", "starts", "priority", "early", "lot"],
}
MEANT = {
    "import": r".*import/.*",
    "export": r".*scheme\.xlsx.*",
    "pseudonymise": r".*key\.csv",
    "pseudonymise --undo": r".*(key|back/.*)\.csv",
}
"""Where names are what a command is for: the clean roster, a scheme with its roster, a key file, what is undone."""
COPIES = re.compile(r"(?:^|.*/)inputs/roster\.csv|.*sequel/.*roster\.csv|roster\.csv")
"""A run's own copy of the roster, and the roster of a later scheme: as the source's, for its owner alone."""


def _undone(s: Scheme, out: Path) -> Ended:
    assert command("pseudonymise", s.scenario, "--key", out / "key.csv", "--out", out / "p").returncode == 0
    return command("pseudonymise", "--undo", out / "p", "--key", out / "key.csv", "--out", out / "back")


def _purged(s: Scheme, out: Path, *options: str) -> Ended:
    assert command("solve", s.scenario, "--out", out / "run", "-q").returncode == 0
    return command("purge", out / "run", "--yes", *options)


NEW: dict[str, Asked] = {
    "solve": lambda s, out: command("solve", s.scenario, "--out", out / "run", "--full"),
    "report --for-others": lambda s, out: command("report", s.run, "--for-others", "--out", out / "others.html"),
    "compare --for-others": lambda s, out: command(
        "compare", s.run, s.run.parent / "second", "--for-others", "--out", out / "c.csv", "--plot", out / "c.svg"
    ),
    "nominees --for-others": lambda s, out: command(
        "nominees", s.run, "--year", s.year, "--for-others", "--out", out / "n.xlsx"
    ),
    "pseudonymise --undo": _undone,
    "purge": _purged,
    "pseudonymise": lambda s, out: command("pseudonymise", s.scenario, "--key", out / "key.csv", "--out", out / "p"),
    "purge --all-but-aggregates": lambda s, out: _purged(s, out, "--all-but-aggregates"),
    "check --json": lambda s, out: command("check", s.scenario, "--json"),
}
NAMED: dict[str, Asked] = {
    "report": lambda s, out: command("report", s.run, "--with-names", "--out", out / "r.html"),
    "nominees": lambda s, out: command(
        "nominees", s.run, "--year", s.year, "--with-names", "--docx", out / "d", "--out", out / "n.xlsx"
    ),
    "record --template": lambda s, out: command(
        "record", s.run, "--template", out / "t.xlsx", "--year", s.year, "--with-names"
    ),
}
"""What asks for names."""


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """People whose names, notes and telephones are canaries, and two plans for them."""
    folder = tmp_path_factory.mktemp("canaries")
    path = small(folder / "scheme", PEOPLE, **SCHEME)
    assert command("solve", path, "--set", "lot=2", "--out", folder / "second", "-q").returncode == 0
    return solved(path, folder / "run")


def found_in(content: bytes) -> bool:
    """Whether a canary sings anywhere in a file: in it, in the members of an archive, in a compressed stream."""
    if CANARY in content or CANARY.decode().encode("utf-16-le") in content:
        return True
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return any(CANARY.decode() in name or found_in(parts.read(name)) for name in parts.namelist())
    return content.startswith(b"\x89PNG") and any(CANARY in _inflated(content[at.end() :]) for at in TEXTS(content))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def leaks(done: Ended, out: Path, meant: str = "(?!)") -> list[str]:
    """Where a canary is, though it should not be: files, standard output, standard error."""
    told = {"standard output": done.stdout, "standard error": done.stderr}
    said = [name for name, text in told.items() if CANARY.decode() in text]
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and found_in(path.read_bytes())]
    names = [path.relative_to(out).as_posix() for path in files]
    return said + [name for name in names if not COPIES.fullmatch(name) and not re.fullmatch(meant, name)]


EVERY = {**CHEAP, **ASKING, **NEW}
OFTEN = {"check --json", "compare", "nominees", "solve", "pseudonymise", "purge", "report --for-others"}
"""What is looked through whenever tests are run; everything with `-m long`."""


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in OFTEN else pytest.mark.long) for name in EVERY]
)
def test_no_name_is_told_that_was_not_asked_for(scheme: Scheme, tmp_path: Path, name: str) -> None:
    """In no file that a command writes, and in nothing that it says."""
    done = EVERY[name](scheme, tmp_path)
    assert done.returncode == 0, done.stderr
    assert leaks(done, tmp_path, MEANT.get(name, "(?!)")) == []


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == "nominees" else pytest.mark.long) for name in NAMED]
)
def test_names_are_told_where_they_are_asked_for(scheme: Scheme, tmp_path: Path, name: str) -> None:
    """So that the search above finds what it looks for; notes and telephones are told nowhere."""
    done = NAMED[name](scheme, tmp_path)
    assert done.returncode == 0, done.stderr
    assert leaks(done, tmp_path) != []


def test_a_run_keeps_no_column_that_counts_for_nothing(scheme: Scheme) -> None:
    """The telephone is not in its copy of the roster."""
    assert b"CANARY-0912" not in (scheme.run / "inputs" / "roster.csv").read_bytes()


def test_every_command_is_looked_through() -> None:
    """Those left out make people of their own."""
    assert {name.split()[0] for name in NEW} >= {"solve", "pseudonymise", "purge"}
    assert ELSEWHERE - {"solve"} == {"init", "generate", "audit", "reconstruct", "example"}
