# ruff: noqa: INP001
"""The reference of the commands, generated from the command line itself: `python docs/commands.py` writes the page.

A test holds that it is current.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from typer.main import get_command

from planner.cli.app import application
from planner.cli.manners import exit_statuses
from planner.common.files import write_file
from planner.messages import speaking

PAGE = Path(__file__).parent / "reference" / "commands.md"

ENDS = {
    "check": {2: "an input is wrong; or, with `--strict`, a warning is left that the scenario does not acknowledge"},
    "solve": {
        2: "an input is wrong; or, with `--strict`, a warning is left",
        3: "no plan can exist",
        4: "no plan was found within `solver.time_limit_s`",
    },
    "verify": {1: "a rule is broken, or a figure is not what follows from the assignments"},
    "import": {2: "something is open, so the clean roster is not written; or an input is wrong"},
    "audit": {1: "a sum, a percentage, a yearly range or a demand is wrong"},
    "sweep": {1: "one of the scenarios has the status `error`"},
    "replan": {3: "no plan can exist", 4: "no plan was found within `solver.time_limit_s`"},
    "conflict": {1: "there is a conflict"},
}
"""What a command's own exit statuses mean, beside 0 and 2."""

HEADS = ("argument or option", "default", "meaning")

_HEAD = """\
# Commands

Generated from the command line by `python docs/commands.py`; do not edit.

`planner COMMAND --help` (or `-h`) tells the same. `--lang en` and `--lang vi`, anywhere in the line, choose the
language; without it the variable `PLANNER_LANG` does, then the machine's language.

A name in capitals stands for what you write. Options may stand before or behind the arguments. What exists is only
replaced with `--force`, and a folder only if planner itself wrote it and nothing else is in it.

## Every command

`--quiet` (`-q`) shows no progress. `--verbose` (`-v`) tells on standard error the versions of planner and of what it
rests on, and at the end the exit status, the time and the memory that this process took.

`--json` prints one JSON object on standard output and nothing else; what is wrong with an input is still told on
standard error. It has one form, whatever the command; its keys are

| key | value |
|---|---|
| `command` | the command's name |
| `exit_status` | its exit status, as below |
| `tables` | the answer's tables by name, each a list of rows; a number that is missing is `null` |
| `written` | the files and folders written |

The tables are those of the function of the same name; [the library](library.md) lists them with their columns.
`explain`, `value`, `frontier`, `fairness`, `conflict` and `missed` also have `answer`, the same as objects inside one
another (their classes stand in `planner.analysis`), and `unproven`, how many parts of it could not be proven in their
time; `planner.Answer.as_json` gives these two and the tables. Where there is more to say, further keys are `status` (of
the plan), `notes`, `seed`, `futures`, `recipe`, `ready`, `known`, `blank`, `asked`. Persons have their codes alone:
`--with-names` is refused beside it.

`planner --version` tells the version. `planner --install-completion` lets bash, zsh, fish or PowerShell complete
commands and options; `planner --show-completion` prints the script for it.
"""


def page() -> str:
    """The page: exit statuses, then every command with its arguments, options and exit statuses."""
    with speaking("en"):
        found = get_command(application()).commands  # type: ignore[attr-defined]
        sections = [_section(name, found[name]) for name in sorted(found)]
    return "\n".join([_HEAD, "## Exit statuses\n", _table(("status", "meaning"), exit_statuses().items()), *sections])


def _section(name: str, command: Any) -> str:
    own = [parameter for parameter in command.params if parameter.name != "help"]
    rows = [(_written(parameter), _default(parameter), _plain(parameter.help)) for parameter in own]
    needed = [_usage(parameter) for parameter in own if parameter.required]
    usage = " ".join(["planner", name, *needed, *["[OPTIONS]"][: len(own) - len(needed)]])
    ends = [f"- exit status {status}: {meaning}" for status, meaning in ENDS.get(name, {}).items()]
    text = [f"## {name}\n", _plain(command.help), f"\n```text\n{usage}\n```\n", _table(HEADS, rows), *ends]
    return "\n".join([*text, ""] if ends else text)


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _name(parameter: Any) -> str:
    """What stands for the value: the argument's or the option's own name in capitals."""
    return str(parameter.opts[0]).lstrip("-").upper()


def _usage(parameter: Any) -> str:
    several = "..." if parameter.nargs == -1 or getattr(parameter, "multiple", False) else ""
    return (f"{parameter.opts[0]} " if _is_option(parameter) else "") + _name(parameter) + several


def _written(parameter: Any) -> str:
    if not _is_option(parameter):
        return f"`{_usage(parameter)}`"
    return f"`{parameter.opts[0]}`" if parameter.is_flag else f"`{_usage(parameter)}`"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "**needed**"
    given = parameter.default
    return "-" if given in (None, "", False) or callable(given) or given == [] else f"`{given}`"


def _plain(text: str | None) -> str:
    """A help text on one line of a table."""
    return re.sub(r"\s+", " ", text or "").replace("|", "\\|")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    write_file(PAGE, page())
