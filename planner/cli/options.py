"""Options of the command line, their help in the language spoken now."""

import typer

from planner.messages import say


def option(name: str, key: str) -> typer.models.OptionInfo:
    """An option whose help is the sentence `key`, without its default."""
    return typer.Option(name, help=say(key), show_default=False)
