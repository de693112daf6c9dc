"""How soon a signal ends a command, in every phase: `python -m benchmarks.interruptions [ROUNDS]`.

Each round starts a command as a process of its own, in a group of its own as a terminal does, and signals the group
(Ctrl-C) or the process (SIGTERM) after a random time. It prints, per command and signal, how often it ended as it
should (status, a word, no traceback, no left-over, no child), and the seconds from signal to end: middle, worst.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}


def commands(folder: Path) -> dict[str, tuple[list[str], float]]:
    """The commands by name, each with the longest time after which it is signalled [seconds]."""
    scheme = folder / "scheme" / "scenario.yaml"
    real = ROOT / "scenarios" / "hoang-su-phi" / "base.yaml"
    return {
        "start-up": (["check", str(scheme)], 0.5),
        "solve": (["solve", str(real), "--out", str(folder / "new")], 12.0),
        "sweep": (["sweep", str(scheme), "--vary", "lot=1..8", "--out", str(folder / "sweep"), "--workers", "2"], 12.0),
        "answers": (["report", str(folder / "run"), "--answers", "--force", "--workers", "2"], 12.0),
    }


def planner(*words: str) -> list[str]:
    """What starts a command."""
    return [sys.executable, "-m", "planner", *words]


def left(group: int) -> int:
    """How many processes of a group are there that have not ended."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += int(fields[2]) == group and fields[0] != "Z"
    return found


def one(words: list[str], after: float, number: signal.Signals, folder: Path) -> tuple[str, float] | None:
    """Signal a command; what is wrong with its end, and how long that took; None if it had ended before."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANNER_LANG": "en"}
    process = subprocess.Popen(
        planner(*words),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(after)
    if process.poll() is not None:
        process.communicate()
        return None
    began = time.monotonic()
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, told = process.communicate()
    took = time.monotonic() - began
    time.sleep(0.3)
    wrong = []
    if process.returncode not in (STATUS[number], 0):
        wrong.append(f"status {process.returncode}")
    if "Traceback" in told or "Error" in told:
        wrong.append(f"traceback after {after:.3f} s: {told[-300:]!r}")
    if "Interrupted" not in told and process.returncode:
        wrong.append(f"no word after {after:.3f} s")
    if children := left(process.pid):
        wrong.append(f"{children} children")
    if drafts := [path.name for path in folder.rglob(".*.planner-*")]:
        wrong.append(f"left {drafts}")
    return "; ".join(wrong), took


def main() -> None:
    """Signal every command `ROUNDS` times with each signal."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    only = sys.argv[2:]
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(planner("init", str(folder / "scheme")), check=True, capture_output=True, cwd=ROOT)
        scheme = str(folder / "scheme" / "scenario.yaml")
        subprocess.run(
            planner("solve", scheme, "--out", str(folder / "run")), check=True, capture_output=True, cwd=ROOT
        )
        for title, (words, longest) in commands(folder).items():
            if only and title not in only:
                continue
            for number in STATUS:
                found = [one(words, draw.uniform(0.02, longest), number, folder) for _ in range(rounds)]
                ended = [each for each in found if each is not None]
                took = sorted(seconds for _, seconds in ended) or [0.0]
                good = sum(not wrong for wrong, _ in ended)
                seconds = f"{statistics.median(took):.2f} s, {took[-1]:.2f} s"
                print(f"{title:10} {number.name:8} {good} of {len(ended)}; {seconds}")
                for wrong, late in ended:
                    if wrong:
                        print(f"    {wrong} ({late:.2f} s)")


if __name__ == "__main__":
    main()
