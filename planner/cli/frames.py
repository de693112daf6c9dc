"""What the library of the command line says by itself, in the language spoken now: headings of help, usage, mistakes.

The library speaks English only. Here its commands get their words from `planner.messages`, once for all of them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer
from typer._click.core import Context
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter
from typer.main import get_command

from planner.cli.completion import speak_completion
from planner.common.errors import nearest
from planner.messages import known, say

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPES = {int: "number", float: "number", str: "text", Path: "path"}
"""What stands for the value of an option of a type."""
HELP = ["--help", "-h"]
_EXTRA = re.compile(r"unexpected extra argument\(?s?\)? \((?P<name>.*)\)", re.DOTALL)
_NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'", re.DOTALL)


class _Formatter(HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is written."""
        super().write_usage(prog, args, prefix or say("frame_usage") + " ")


class _Context(Context):
    formatter_class = _Formatter

    def get_help(self) -> str:
        """The help of a command, its headings in the language spoken now."""
        _speak_headings()
        return super().get_help()


def spoken_command(app: typer.Typer) -> Any:
    """The command of an application, with all its commands, framed in the language spoken now."""
    found: Any = get_command(app)
    found.subcommand_metavar = say("frame_subcommand")
    speak_completion(found)
    for command in (found, *found.commands.values()):
        command.context_class = _Context
        command.context_settings["help_option_names"] = HELP
        command.options_metavar = say("frame_some_options")
        for parameter in command.params:
            parameter.metavar = parameter.metavar or _stands_for(parameter)
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = _no_type
        helping = command.get_help_option(_Context(command, help_option_names=HELP))
        helping.help, helping.metavar = say("frame_help"), ""
    return found


def _no_type(ctx: Context) -> None:
    """An argument's name says what it is; the library, which asks in a context, would add a type in English."""


def mistake_told(mistake: ClickException) -> str:
    """What is wrong with a command line: how the command is written, where its help is, what was found.

    Nothing where nothing was written behind `planner`: the library has shown the help then.
    """
    if isinstance(mistake, NoArgsIsHelpError):
        return ""
    lines = []
    context = getattr(mistake, "ctx", None)
    if context is not None:
        lines += [context.get_usage(), say("frame_see_help", command=context.command_path)]
    return "\n".join([*lines, _told(mistake)])


def _told(mistake: ClickException) -> str:
    match mistake:
        case MissingParameter():
            return say("frame_missing", name=_name(mistake.param))
        case NoSuchOption():
            return say("frame_no_option", name=mistake.option_name, nearest=_near(mistake, mistake.option_name))
        case BadOptionUsage():
            wants = "requires" in mistake.message
            return say("frame_wants_value" if wants else "frame_takes_no_value", name=mistake.option_name)
        case BadParameter():
            return _bad_value(mistake.param)
        case UsageError():
            return _misused(mistake)
    return say("frame_unreadable")


def _misused(mistake: UsageError) -> str:
    if found := _NO_COMMAND.search(mistake.message):
        commands = getattr(mistake.cmd, "commands", {})
        return say("frame_no_command", name=found["name"], nearest=nearest(found["name"], commands))
    if found := _EXTRA.search(mistake.message):
        return say("frame_extra", name=found["name"])
    return say("frame_unreadable")


def _bad_value(parameter: Any) -> str:
    """A value that is not of its option's type, or out of its range."""
    kind = TYPES.get(_type(parameter), "")
    least = getattr(parameter, "min", None)
    if kind != "number":
        return say("frame_bad_value", name=_name(parameter))
    if least is None:
        return say("frame_want_number", name=_name(parameter))
    return say("frame_want_number_from", name=_name(parameter), least=least)


def _near(mistake: NoSuchOption, name: str) -> object:
    """The option most like an unknown one; all options would be too many for a sentence."""
    own = mistake.ctx.command.params if mistake.ctx is not None else ()
    return nearest(name, [*_options(own), *HELP, "--lang"])


def _options(parameters: Iterable[Any]) -> list[str]:
    return [name for parameter in parameters if parameter.param_type_name == "option" for name in parameter.opts]


def _name(parameter: Any) -> str:
    """An argument by what stands for it, an option by its name."""
    if parameter is None:
        return ""
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar)


def _type(parameter: Any) -> Any:
    """What a value is read as; of a list its members, of a value that may be missing the value."""
    annotation = parameter.type_descriptor.annotation if parameter is not None else str
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return parts[0] if parts else annotation


def _stands_for(parameter: Any) -> str:
    """What stands for the value of an argument or option in help and usage; nothing for a switch."""
    if parameter.param_type_name == "argument":
        key = f"frame_argument_{parameter.name}"
        return say(key) if known(key) else str(parameter.name)
    if parameter.is_flag:
        return ""
    return say(f"frame_type_{TYPES.get(_type(parameter), 'text')}")


def _speak_headings() -> None:
    """The headings of help pages, which are fixed texts of the library."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = say("frame_arguments")
    rich_utils.OPTIONS_PANEL_TITLE = say("frame_options")
    rich_utils.COMMANDS_PANEL_TITLE = say("frame_commands")
    rich_utils.REQUIRED_LONG_STRING = say("frame_required")
    rich_utils.DEFAULT_STRING = say("frame_default", value="{}")
