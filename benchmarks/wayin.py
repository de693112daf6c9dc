"""What commands cost beside the solve itself, in processes of their own: `python benchmarks/wayin.py [--out FOLDER]`.

The `solve` command is to spend at least half of its time in the optimiser; a question is to begin, and a report without
answers to end, within the time of one solve, options and model included (issue 15, point 3). Processes start with the
files in the cache and compiled, as on a machine that planner is installed on; of several rounds the shortest counts.
Ratios are of processor seconds, which other work on the machine disturbs least; seconds on the clock stand beside.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

Words = TypeVar("Words")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cases import CASES  # noqa: E402 -- the checkout is not installed
from benchmarks.outcomes import machine  # noqa: E402
from benchmarks.table import VERDICTS, markdown  # noqa: E402

SHARE = 0.5
"""The least share of the `solve` command that is the optimiser's."""
MOST = {"question": 1, "question checked": 1, "report": 1}
"""Times the seconds of one solve. Both bounds are those of the district."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "solve": ("solve", "{scenario}", "--out", "{run}", "--force", "--quiet"),
    "check": ("check", "{scenario}"),
    "verify": ("verify", "{run}"),
    "report": ("report", "{run}", "--out", "{folder}/report.html", "--force"),
    "plot": ("plot", "{run}", "--out", "{folder}/pictures", "--force"),
    "nominees": ("nominees", "{run}", "--year", "{year}", "--out", "{folder}/nominees.xlsx", "--force"),
}
RARELY = "import gc; gc.set_threshold(100_000, 50, 50); "  # as every command does, `planner.cli.app.RARELY`
QUESTIONS = {
    "question": RARELY + "import planner.library.questions as q; from planner.plans.run_folder import read_run; "
    "read_run({run!r}).plan()",
    "question checked": RARELY + "from planner.library.questions import what_if; what_if({run!r})",
}
TOLD = {
    "solve": "`solve`, the whole command",
    "question": "a question until it can begin: import, read the run",
    "question checked": "the same, the run proven to be the best",
}


def probe(told: str, arguments: list[str]) -> None:
    """The child that runs a command and writes down how long its solve and its optimiser took."""
    from planner import solver
    from planner.cli.app import main as command

    seconds: dict[str, tuple[float, float]] = {}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **kwargs: Any) -> Any:
            wall, own = time.perf_counter(), time.process_time()
            answer = work(*args, **kwargs)
            seconds[name] = time.perf_counter() - wall, time.process_time() - own
            Path(told).write_text(json.dumps(seconds), encoding="utf-8")  # the command ends the process
            return answer

        return done

    solver.optimise_parts = timed("optimiser", solver.optimise_parts)
    solver.solve_problem = timed("one solve", solver.solve_problem)
    command(arguments)


def child(arguments: list[str], cache: Path) -> tuple[float, float]:
    """Run Python with the arguments: seconds on the clock and of the processor. Fails as the child does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(ROOT), *filter(None, [environment.get("PYTHONPATH")])]
    environment |= {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": os.pathsep.join(paths)}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
    _, ended, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def measure(name: str, rounds: int, seed: int, asked: Sequence[str] = ()) -> dict[str, Any]:
    """Seconds (clock, processor) of every command on a case, or of the solve and those asked, after a first round."""
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        scenario, run, cache = CASES[name].scenario(1, seed, folder / "drawn"), folder / "run", folder / "cache"
        told = folder / "told.json"
        blanks = {"scenario": scenario, "run": run, "folder": folder, "year": _first_year(scenario)}
        for number in range(rounds + 1):
            for command, words in _of(COMMANDS, asked).items():
                arguments = [word.format(**blanks) for word in words]
                solving = command == "solve"
                start = ["-c", f"from benchmarks.wayin import probe; probe({str(told)!r}, {arguments!r})"]
                seconds = {command: child(start if solving else ["-m", "planner", *arguments], cache)}
                if solving:
                    seconds |= {key: tuple(value) for key, value in json.loads(told.read_bytes()).items()}
                _keep(best, seconds, first=number == 0)
            for question, words in _of(QUESTIONS, asked).items():
                _keep(best, {question: child(["-c", words.format(run=str(run))], cache)}, first=number == 0)
    one = best["one solve"]
    times = {key: [round(own / whole, 2) for own, whole in zip(found, one, strict=True)] for key, found in best.items()}
    share = [round(own / whole, 2) for own, whole in zip(best["optimiser"], best["solve"], strict=True)]
    seconds = {key: [round(own, 2) for own in found] for key, found in best.items()}
    return {"case": name, "machine": machine(), "rounds": rounds, "seconds": seconds, "times": times, "share": share}


def _of(every: dict[str, Words], asked: Sequence[str]) -> dict[str, Words]:
    """Those asked, all by default; without a solve there is nothing to measure by."""
    return {name: words for name, words in every.items() if not asked or name in asked or name == "solve"}


def _first_year(scenario: Path) -> int:
    from planner.inputs.loading import load

    return int(load(scenario).scenario.horizon.first)


def _keep(best: dict[str, tuple[float, float]], found: dict[str, tuple[float, float]], *, first: bool) -> None:
    """Keep the shortest of every round but the first."""
    for name, seconds in found.items() if not first else ():
        old = best.get(name, seconds)
        best[name] = min(old[0], seconds[0]), min(old[1], seconds[1])


def told(data: dict[str, Any]) -> str:
    """The measurement as a page."""
    here, clock = data["machine"], data["seconds"]
    judged = MOST if data["case"] == "district" else {}
    share = f", at least {SHARE:.0%}: {VERDICTS[data['share'][1] >= SHARE]}" if judged else ""
    rows = [
        [
            TOLD.get(name, f"`{name}`" if name in COMMANDS else name),
            *(f"{seconds:.2f}" for seconds in clock[name]),
            *(f"{ratio:.2f}" for ratio in reversed(data["times"][name])),
            str(judged.get(name, "")),
            VERDICTS[data["times"][name][1] <= judged[name]] if name in judged else "",
        ]
        for name in clock
    ]
    headings = ["", "s on the clock", "s of the processor", "solves", "on the clock", "at most", ""]
    return "\n".join(
        [
            f"## The way in: {data['case']}",
            "",
            f"- {here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the end",
            f"- the shortest of {data['rounds']} rounds, each command in a process of its own",
            f"- of the `solve` command {data['share'][1]:.0%} of the processor's seconds are the optimiser's "
            f"({data['share'][0]:.0%} on the clock){share}",
            "",
            markdown(headings, rows),
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", choices=[name for name in CASES if not CASES[name].drawn], default="district")
    parser.add_argument("--commands", nargs="+", choices=[*COMMANDS, *QUESTIONS], default=[], help="these alone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for wayin.md and wayin.json")
    asked = parser.parse_args()
    data = measure(asked.case, asked.rounds, asked.seed, asked.commands)
    print(told(data))
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / "wayin.md").write_text(told(data), encoding="utf-8")
        (asked.out / "wayin.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
