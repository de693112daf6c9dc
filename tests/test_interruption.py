"""Signals are heard in every phase: a word, a status of their own, no traceback, no child, nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import command, environment, planner
from small import small
from years import a_run, in_order, ledger

from planner.common import workers
from planner.common.certificates import PROOF
from planner.common.drafts import is_draft
from planner.common.errors import PlannerError
from planner.common.workers import ProcessPerTask, TaskCrashedError, stop_workers
from planner.library import years
from planner.proof import making
from planner.studies.sweep import MARK, TABLE

pytestmark = [
    pytest.mark.usefixtures("english"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc"),
]
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scheme of `planner init`."""
    folder = tmp_path_factory.mktemp("scheme") / "scheme"
    assert planner("init", folder).returncode == 0
    return folder / "scenario.yaml"


def begun(*words: object) -> subprocess.Popen[str]:
    """A command in a group of its own, as a terminal starts it."""
    return subprocess.Popen(
        command(*words),
        env=environment(PLANNER_LANG="en"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def alone(script: str) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, to its end."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment(PLANNER_LANG="en"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def of_the_group(group: int) -> Iterator[int]:
    """The processes of a group that have not ended."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            yield int(stat.parent.name)


def until(process: subprocess.Popen[str], library: str) -> None:
    """Wait until a command has loaded a library, or has ended."""
    while process.poll() is None and library not in Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8"):
        time.sleep(0.002)


@pytest.mark.parametrize("number", STATUS)
def test_a_signal_among_the_imports_is_heard(scheme: Path, tmp_path: Path, number: signal.Signals) -> None:
    """In the first half second, while libraries are loaded."""
    process = begun("solve", scheme, "--out", tmp_path / "run")
    until(process, "_ctypes")
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (STATUS[number], "Interrupted; nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize("number", STATUS)
def test_a_sweep_that_is_signalled_at_any_moment_goes_on(scheme: Path, tmp_path: Path, number: signal.Signals) -> None:
    """The whole group, children that are just starting among them; nothing is left, and the sweep goes on."""
    draw = random.Random(2)
    call = ["sweep", scheme, "--vary", "lot=1..6", "--out", tmp_path / "sweep", "--workers", 2]
    for _ in range(15):
        process = begun(*call)
        until(process, "_ctypes")
        time.sleep(draw.uniform(0, 6))
        over = process.poll() is not None
        if not over:
            os.killpg(process.pid, number)
        _, told = process.communicate(timeout=60)
        assert process.returncode in (STATUS[number], 0)
        assert "Traceback" not in told, told
        assert process.returncode == 0 or "Interrupted" in told
        assert not [path for path in tmp_path.rglob("*") if is_draft(path)]
    assert planner(*call).returncode == 0
    assert len((tmp_path / "sweep" / TABLE).read_text(encoding="utf-8").splitlines()) == 7


@pytest.mark.long
def test_a_sweep_that_is_killed_at_any_moment_goes_on(scheme: Path, tmp_path: Path) -> None:
    """SIGKILL, most often in its first instants: the same command goes on, and nothing is left in the end."""
    draw = random.Random(3)
    call = ["sweep", scheme, "--vary", "lot=1,2", "--out", tmp_path / "sweep", "--workers", 1]
    for _ in range(25):
        process = begun(*call)
        until(process, "pandas")
        time.sleep(draw.uniform(0, 0.6))
        process.kill()
        process.communicate()
        while list(of_the_group(process.pid)):  # the children end with their parent
            time.sleep(0.01)
    done = planner(*call)
    assert done.returncode == 0, done.stderr
    assert not [path for path in tmp_path.rglob("*") if is_draft(path)]


def test_a_sweep_killed_in_its_first_instant_goes_on(scheme: Path, tmp_path: Path) -> None:
    """Before its mark stands there is a draft of it alone: the folder is not taken for somebody else's."""
    folder = tmp_path / "sweep"
    folder.mkdir()
    left = folder / f".{MARK}.planner-abcdefgh.part"
    left.write_text("{")
    done = planner("sweep", scheme, "--vary", "lot=1", "--out", folder, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert f"{left}: left behind" in done.stderr
    assert not left.exists()


def sleepy(seconds: float) -> float:
    """A task that takes its time."""
    time.sleep(seconds)
    return seconds


def test_children_end_before_their_parent_even_while_they_start(capfd: pytest.CaptureFixture[str]) -> None:
    """What is stopped at any moment says nothing: no traceback of a child that reads what nobody sends any more."""
    for wait_s in (0.0, 0.05):
        place = ProcessPerTask(2)
        given = [place.submit(sleepy, 60.0), place.submit(len, b"x" * 50_000_000)]
        time.sleep(wait_s)
        while not place.running:
            time.sleep(0.001)
        stop_workers()
        for future in given:
            with pytest.raises(TaskCrashedError):
                future.result(timeout=30)
        place.shutdown()
    assert workers.START > 0
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_what_was_written_is_said(tmp_path: Path) -> None:
    """A signal that comes when the result stands in its place: the word is true."""
    script = (
        "import os, signal\n"
        "from planner.cli.interruption import listen\n"
        "listen()\n"
        "from planner.common.files import fresh_folder\n"
        f"with fresh_folder({str(tmp_path / 'run')!r}, force=False, mark='run.json') as draft:\n"
        "    (draft / 'run.json').write_text('{}')\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "while True: pass\n"
    )
    done = alone(script)
    assert (done.returncode, done.stderr) == (143, f"Interrupted; written by then: {tmp_path / 'run'}\n")


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_a_signal_while_the_certificate_is_made_leaves_the_plan(tmp_path: Path, number: signal.Signals) -> None:
    """The plan stands whole by then, without a certificate, and that is said; `verify` holds it."""
    run = tmp_path / "run"
    path = small(tmp_path / "scheme", targets={"t": {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}})
    script = (
        "import os, time\n"
        "from planner.proof import making\n"
        f"making.make_certificate = lambda *_: (os.kill(os.getpid(), {int(number)}), time.sleep(60))\n"
        "from planner.cli.app import main\n"
        f"main(['solve', {str(path)!r}, '--out', {str(run)!r}, '--quiet', '--proof'])\n"
    )
    done = alone(script)
    assert (done.returncode, done.stderr) == (STATUS[number], f"Interrupted; written by then: {run}\n")
    assert not (run / PROOF).exists()
    assert [path.name for path in tmp_path.iterdir() if is_draft(path)] == []
    assert planner("verify", run).returncode == 0
    assert "no proof.npz" in planner("verify", run, "--proof").stderr.replace("\n", " ")


def test_a_certificate_that_cannot_be_made_leaves_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever went wrong: what was found before is written. With a certificate the folder is written anew, once."""
    path = small(tmp_path / "scheme", targets={"t": {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}})

    def failing(*_: object) -> None:
        raise PlannerError("no memory is left")

    with monkeypatch.context() as patch:
        patch.setattr(making, "make_certificate", failing)
        done = planner("solve", path, "--out", tmp_path / "run", "--quiet", "--proof")
    assert (done.returncode, "no memory is left" in done.stderr) == (2, True)
    assert planner("verify", tmp_path / "run").returncode == 0
    again = ("solve", path, "--out", tmp_path / "run", "--quiet", "--proof")
    assert planner(*again).returncode == 2
    assert planner(*again, "--force").returncode == 0
    assert planner("verify", tmp_path / "run", "--proof").returncode == 0


def cut_short(script: str, *words: object) -> subprocess.CompletedProcess[str]:
    """A command that gets a SIGTERM in the middle of what a script puts into its way."""
    call = f"\nfrom planner.cli.app import main\nmain({[*map(str, words)]!r})\n"
    return alone(script + call)


CUT = "(os.kill(os.getpid(), signal.SIGTERM), time.sleep(60))"


def test_a_signal_while_changes_are_priced_leaves_the_plan(tmp_path: Path) -> None:
    """The plan made again stands by then, whole, its changes without prices; the same command completes it."""
    run, out = a_run(tmp_path / "first"), tmp_path / "again"
    script = (
        "import os, signal, time\n"
        "from planner.library import years\n"
        "own = years.changes\n"
        f"years.changes = lambda *a, priced, **k: {CUT} if priced else own(*a, priced=priced, **k)\n"
    )
    events = ledger(tmp_path, f"2021-09-01,declined,{in_order(run)[0]},school,2021")
    asked = ("replan", run, "--from", 2022, "--ledger", events, "--out", out, "--quiet")
    done = cut_short(script, *asked)
    assert (done.returncode, done.stderr) == (143, f"Interrupted; written by then: {out}\n")
    assert [path.name for path in tmp_path.iterdir() if is_draft(path)] == []
    assert planner("verify", out).returncode == 0
    left = pd.read_csv(out / "changes.csv")
    assert planner(*asked, "--force").returncode == 0
    assert planner("verify", out).returncode == 0
    whole = pd.read_csv(out / "changes.csv")
    keys = ["change", "cadre", "programme", "start"]
    pd.testing.assert_frame_equal(left[keys], whole[keys])
    assert whole["by"].notna().sum() > left["by"].notna().sum()


def test_a_replan_that_cannot_be_priced_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong with the prices: the plan stands; without --force nothing there is replaced."""
    run, out = a_run(tmp_path / "first"), tmp_path / "again"
    own = years.changes

    def failing(*given: Any, priced: bool, **more: Any) -> Any:
        if priced:
            raise PlannerError("no memory is left")
        return own(*given, priced=priced, **more)

    asked = ("replan", run, "--from", 2022, "--out", out, "--quiet")
    with monkeypatch.context() as patch:
        patch.setattr(years, "changes", failing)
        done = planner(*asked)
    assert (done.returncode, "no memory is left" in done.stderr) == (2, True)
    assert planner("verify", out).returncode == 0
    assert planner(*asked).returncode == 2


def test_a_signal_while_a_plan_is_judged_leaves_it(tmp_path: Path) -> None:
    """The plan for the futures stands by then, whole."""
    out = tmp_path / "run"
    path = small(
        tmp_path / "scheme",
        targets={"t": {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}},
        risk={"no": {"event": "declined", "rate": 0.3, "source": "assumed"}},
    )
    script = f"import os, signal, time\nfrom planner.library import resilient\nresilient.risk = lambda *_: {CUT}\n"
    done = cut_short(
        script,
        *("solve", path, "--out", out, "--quiet", "--resilient", "expected", "--futures", 10, "--samples", 1),
    )
    assert (done.returncode, done.stderr) == (143, f"Interrupted; written by then: {out}\n")
    assert [path.name for path in tmp_path.iterdir() if is_draft(path)] == []
    assert planner("verify", out).returncode == 0
    assert "expected" in (out / "goals.csv").read_text("utf-8")
