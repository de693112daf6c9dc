"""Options of the command line, their help in the language spoken now, and what several commands do with one."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from planner.messages import say


def option(name: str, key: str) -> typer.models.OptionInfo:
    """An option whose help is the sentence `key`, without its default."""
    return typer.Option(name, help=say(key), show_default=False)


@contextmanager
def naming(*, shown: bool) -> Iterator[None]:
    """Inside the block persons are called by their names if `--with-names` says so."""
    if not shown:
        yield
        return
    from planner.plans.persons import with_names

    with with_names():
        yield
