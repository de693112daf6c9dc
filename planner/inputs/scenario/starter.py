"""The template: a small commented scenario to start one's own from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from planner.common.files import fresh_folder
from planner.inputs.scenario.schema_reference import SCHEMA, json_schema

FILES = ("scenario.yaml", "roster.csv", "agencies.csv", "retirement-135-2020.csv", "what-if.yaml")


def write_template(folder: str | Path, *, force: bool = False) -> None:
    """Write the template into `folder`: a scenario, its tables, a what-if, and the schema for editors.

    `force` replaces an existing folder, but only one that holds nothing else, and all of it as it was written: whoever
    starts a scenario works in these files, and soon keeps other things beside them.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    with fresh_folder(folder, force=force, mark=FILES[0], others=(*FILES, SCHEMA), to_be_edited=True) as draft:
        for name in FILES:
            (draft / name).write_bytes((resources.files("planner.inputs.scenario") / "template" / name).read_bytes())
        (draft / SCHEMA).write_text(json_schema(), encoding="utf-8")
