"""What killed processes have left in folders."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from planner.common import drafts
from planner.common.errors import Fault, InputError

COLUMNS = ("path", "put_back", "removed")


def tidy(folder: str | Path = ".") -> pd.DataFrame:
    """Remove what killed processes have left in a folder, below it and among the temporary files: `planner tidy`.

    What they were replacing is put back, if it stands under its name no more. What a live process is writing stays.

    Parameters
    ----------
    folder
        Where to look; links are not followed.

    Returns
    -------
    pd.DataFrame
        path (of what was left), put_back (the paths of what stands under its name again, separated by blanks), removed
        (whether it is gone: not so where the system refuses, or cannot tell whether its process lives).

    Raises
    ------
    InputError
        There is no such folder.
    """
    if not Path(folder).is_dir():
        raise InputError(Fault("file_missing", {}, Path(folder)))
    found = [*drafts.tidy(Path(folder).absolute(), below=True), *drafts.tidy(Path(tempfile.gettempdir()))]
    rows = [(str(left.path), " ".join(map(str, left.put_back)), left.removed) for left in found]
    return pd.DataFrame(rows, columns=[*COLUMNS])
