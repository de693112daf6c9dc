"""Completion in the shell: typer's own scripts, what is said about them in the language spoken now."""

from __future__ import annotations

from typing import Any

import typer
from typer._completion_shared import _get_shell_name, get_completion_script, install

from planner.cli.exit_codes import BAD_INPUT, OK
from planner.messages import say

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
NAME, VARIABLE = "planner", "_PLANNER_COMPLETE"


def speak_completion(command: Any) -> None:
    """Give the two options of completion their help and their answers in the language spoken now."""
    answers = {"install_completion": _install, "show_completion": _show}
    for parameter in command.params:
        if parameter.name in answers:
            parameter.help = say(f"help_{parameter.name}")
            parameter.callback = answers[parameter.name]


def _install(context: Any, _: Any, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    shell, path = install(_shell(), NAME, VARIABLE)
    typer.echo(say("completion_installed", shell=shell, path=path))
    raise typer.Exit(OK)


def _show(context: Any, _: Any, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    typer.echo(get_completion_script(prog_name=NAME, complete_var=VARIABLE, shell=_shell()))
    raise typer.Exit(OK)


def _shell() -> str:
    """The shell that planner was called from."""
    name = _get_shell_name()
    if name not in SHELLS:
        typer.echo(say("completion_unknown"), err=True)
        raise typer.Exit(BAD_INPUT)
    return name
