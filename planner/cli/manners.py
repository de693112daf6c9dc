"""What every command takes beside its own options: `--quiet`, `--verbose`, `--json`; and what planner itself takes."""

from __future__ import annotations

import inspect
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer

from planner.cli import exit_codes
from planner.cli.data import data_alone
from planner.common.errors import PlannerError
from planner.messages import figure, say

OF_SCENARIOS = (
    *("solve", "check", "conflict", "compare", "sweep", "export", "import"),
    *("audit", "reconstruct", "generate", "risk", "replan", "pseudonymise"),
)
"""The commands that read a scenario, or a file that is laid on one: they take `--allow-outside`."""
UNKNOWN = "unknown"
"""What stands for a version that no metadata tell, as in a run's manifest."""


CLUSTER, INSECURE = "cluster", "insecure"


def with_manners(app: typer.Typer) -> None:
    """Give every command of an application the options that it lacks of those that all have."""
    for command in app.registered_commands:
        assert command.callback is not None
        command.callback = _mannered(command.callback, command.name or command.callback.__name__)


def show_version(asked: bool) -> None:
    """Print the version and end; called by the option `--version`."""
    if asked:
        typer.echo(_version("planner"))
        raise typer.Exit(exit_codes.OK)


def exit_statuses() -> dict[int, str]:
    """What every exit status means, in the language spoken now."""
    statuses = sorted(value for key, value in vars(exit_codes).items() if key.isupper())
    return {status: say(f"end_{status}") for status in statuses}


def epilogue() -> str:
    """The exit statuses, a line each, as the help of planner shows them at its end."""
    lines = [say("end", status=status, meaning=meaning) for status, meaning in exit_statuses().items()]
    return "\n\n".join([say("ends"), *lines])


def _mannered(command: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A command with `--quiet`, `--verbose` and `--json`, and beside `--cluster` `--insecure`.

    It still gets those that it has itself.
    """
    signature = inspect.signature(command)
    own = set(signature.parameters)

    @wraps(command)
    def mannered(**given: Any) -> None:
        asked = {key: given[key] if key in own else given.pop(key) for key in ("quiet", "verbose", "json")}
        anywhere = given.pop("allow_outside", False)
        if asked["quiet"] and asked["verbose"]:
            raise PlannerError(say("quiet_and_verbose"))
        insecure = given.pop(INSECURE, False)
        if asked["json"] and given.get("with_names"):
            raise PlannerError(say("names_not_in_data"))
        with (
            _told_verbosely() if asked["verbose"] else nullcontext(),
            _quietly() if asked["quiet"] else nullcontext(),
            data_alone(name) if asked["json"] else nullcontext(),
            _reading_anywhere() if anywhere else nullcontext(),
            _insecurely() if insecure else nullcontext(),
        ):
            command(**given)

    common = {parameter.name: parameter for parameter in _common(scenarios=name in OF_SCENARIOS)}
    kept = [
        parameter.replace(annotation=common[key].annotation) if key == "quiet" else parameter
        for key, parameter in signature.parameters.items()
    ]
    added = [parameter for key, parameter in common.items() if key not in own and (key != INSECURE or CLUSTER in own)]
    vars(mannered)["__signature__"] = signature.replace(parameters=[*kept, *added])
    return mannered


def _common(*, scenarios: bool) -> Iterator[inspect.Parameter]:
    """The options that every command has; `--insecure` of those with a cluster; one of those that read scenarios."""
    options = {
        "json": typer.Option("--json", help=say("help_json_tables")),
        "quiet": typer.Option("--quiet", "-q", help=say("help_quiet")),
        INSECURE: typer.Option("--insecure", help=say("help_insecure")),
        "verbose": typer.Option("--verbose", "-v", help=say("help_verbose")),
    }
    if scenarios:
        options["allow_outside"] = typer.Option("--allow-outside", help=say("help_allow_outside"))
    for name, option in options.items():
        yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, option])


@contextmanager
def _reading_anywhere() -> Iterator[None]:
    """Inside the block scenarios may name files outside their folders."""
    from planner.inputs.scenario.confinement import outside_allowed

    with outside_allowed():
        yield


@contextmanager
def _quietly() -> Iterator[None]:
    """Inside the block no progress is shown."""
    from planner.report.terminal.quiet import quietly

    with quietly():
        yield


@contextmanager
def _insecurely() -> Iterator[None]:
    """Inside the block a cluster on another machine may be used without TLS."""
    from planner.common.cluster import allowing_unencrypted

    with allowing_unencrypted():
        yield


@contextmanager
def _told_verbosely() -> Iterator[None]:
    """Tell the versions before the block; after it, how it ended, and what it took."""
    from planner.plans.run_folder import PACKAGES

    versions = [say("version_of", name="Python", version=platform.python_version()), *map(_version, PACKAGES)]
    typer.echo(", ".join(versions), err=True)
    began, worked = time.monotonic(), time.process_time()
    status: object = exit_codes.OK
    try:
        yield
    except typer.Exit as end:
        status = end.exit_code
        raise
    except PlannerError:
        status = exit_codes.BAD_INPUT
        raise
    finally:
        figures = {
            "seconds": figure(time.monotonic() - began, 1),
            "cpu": figure(time.process_time() - worked, 1),
            "memory": figure(_peak_memory(), 0),
        }
        typer.echo(say("verbose_ended", status=status, **figures), err=True)


def _version(name: str) -> str:
    try:
        found = version(name)
    except PackageNotFoundError:
        found = UNKNOWN
    return say("version_of", name=name, version=found)


def _peak_memory() -> float | None:
    """The most memory that this process has had [MB]; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    import sys

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
