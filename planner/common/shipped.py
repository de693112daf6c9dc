"""The real scheme, which lies beside the program: in a checkout under `scenarios/`, in an installed one inside it."""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.common.files import fresh_folder

SCHEME = "hoang-su-phi"
SHIPPED = ("*.yaml", "*.csv", "*.json", ".planner-folder")
"""What of `scenarios/` an installed planner carries; `wheel_contents.py` puts it there."""
MARK = f"{SCHEME}/base.yaml"
_PACKAGE = Path(__file__).resolve().parents[1]


def scenarios() -> Path:
    """The folder of the scenarios, whether or not it is there."""
    inside = _PACKAGE / "scenarios"
    return inside if inside.is_dir() else _PACKAGE.parent / "scenarios"


def shipped(folder: Path) -> list[Path]:
    """What of a folder of scenarios is carried along, relative to it."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if any(fnmatch(path.name, kind) for kind in SHIPPED))


def write_example(folder: str | Path, *, force: bool = False) -> Path:
    """Write the real scheme into a folder, as it lies under `scenarios/`; its scenario's path.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written; planner was installed without the scheme.
    """
    source = scenarios()
    if not (source / MARK).is_file():
        raise InputError(Fault("no_example", {"path": source / MARK}))
    files = shipped(source)
    own = [path.as_posix() for path in files]
    with fresh_folder(folder, force=force, mark=MARK, others=own, to_be_edited=True) as draft:
        for path in files:
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, draft / path)
    return Path(folder) / MARK
