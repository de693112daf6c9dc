"""The command line: parses, calls, prints. Every command's work is a function of the library."""

import gc
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer
from typer._click.exceptions import ClickException

from planner.cli import interruption
from planner.cli.analysis import add_answers
from planner.cli.documents import add_documents
from planner.cli.exit_codes import BAD_INPUT, CLOSED, INTERRUPTED, OK, WRONG
from planner.cli.frames import mistake_told, spoken_command
from planner.cli.importing import add_importing
from planner.cli.manners import epilogue, show_version, with_manners
from planner.cli.options import option
from planner.cli.plans import add_plans
from planner.cli.privacy import add_privacy
from planner.cli.published import add_published
from planner.cli.review import add_review
from planner.cli.risk import add_risk
from planner.cli.schemes import add_schemes
from planner.cli.studies import add_studies
from planner.cli.years import add_years
from planner.common.errors import Fault, PlannerError
from planner.common.os_errors import os_reason
from planner.messages import LANGUAGES, language, say, speak, visible

RARELY = (100_000, 50, 50)
"""When Python looks for objects that hold each other (`gc.set_threshold`). At its defaults it does so hundreds of times
while libraries are imported and pictures drawn, a tenth of a report's time, and finds next to nothing."""


def main(arguments: list[str] | None = None) -> None:
    """The command line as a process of its own: its console, its Ctrl-C, its end."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console in cp1252 would die on Vietnamese text
            stream.reconfigure(encoding="utf-8", errors="replace")
    interruption.listen()
    gc.set_threshold(*RARELY)
    _leave(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command in this process and return its exit status."""
    try:
        rest = _with_language(arguments)  # before the commands are made: their help speaks that language
        interruption.spoken[:] = [language()]
        status = spoken_command(application()).main(rest, prog_name="planner", standalone_mode=False)
    except (PlannerError, ClickException) as error:
        if told := mistake_told(error) if isinstance(error, ClickException) else str(error):
            typer.echo(visible(told), err=True)
        return BAD_INPUT
    except typer.Abort:  # the end of input where something was asked
        typer.echo(say("interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return CLOSED
    except OSError as error:
        of_file = isinstance(error.filename, str | bytes | os.PathLike)  # else it is of the stream that is printed on
        key = Fault("file_unreadable", {"reason": os_reason(error)}, os.fsdecode(error.filename)) if of_file else None
        with suppress(OSError):
            typer.echo(str(key or say("cannot_print", reason=os_reason(error))), err=True)
        return BAD_INPUT
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK if end.code is None else WRONG
    return status if isinstance(status, int) else OK


def _leave(status: int) -> None:
    """End at once: an engine may still be at work in a thread that nothing can stop."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        status = status or CLOSED
    except (OSError, ValueError):
        status = status or BAD_INPUT
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(status)


def _with_language(given: list[str]) -> list[str]:
    """Take `--lang vi` out of the arguments, wherever it stands, so that even the help speaks that language."""
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if word == "--lang" or word.startswith("--lang="):
            name = word.partition("=")[2] or next(words, "")
            if name not in LANGUAGES:
                typer.echo(say("unknown_language", name=name), err=True)
                raise SystemExit(BAD_INPUT)
            speak(name)
        else:
            rest.append(word)
    return rest


def application() -> typer.Typer:
    """The commands, their help in the language spoken now."""
    app = typer.Typer(help=say("help"), epilog=epilogue(), no_args_is_help=True, pretty_exceptions_enable=False)

    @app.callback()
    def _common(
        lang: Annotated[str, option("--lang", "help_lang")] = "",
        version: Annotated[bool, _version_option()] = False,
    ) -> None:
        """Stands for the help only: the language was taken from the arguments before, the version is told at once."""

    rooms = (
        *(add_plans, add_importing, add_schemes, add_published, add_studies),
        *(add_documents, add_answers, add_years, add_review, add_risk, add_privacy),
    )
    for add in rooms:
        add(app)
    with_manners(app)
    return app


def _version_option() -> typer.models.OptionInfo:
    return typer.Option("--version", is_eager=True, callback=show_version, help=say("help_version"))
