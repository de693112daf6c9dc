"""People by pseudonyms, and the way back; what is taken out of a run whose time is past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.common.files import fresh_folder
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given
from planner.library.personal_data import pseudonyms
from planner.library.personal_data.key_file import Key, read_pseudonyms, write_pseudonyms
from planner.library.personal_data.purging import Purged, purged
from planner.library.personal_data.undoing import SUFFIXES, ReadBack, read_back
from planner.messages import say

NOTICE = "NOTICE.txt"
"""What a folder of pseudonymised or read back files is, in words; by it a folder of planner's is known."""
SCHEMES = (".yaml", ".yml")
KINDS = tuple(f"*{suffix}" for suffix in SUFFIXES)
"""What else such a folder may hold, for `force` to replace it."""


@dataclass(frozen=True)
class Pseudonyms:
    """What was written with pseudonyms.

    Attributes
    ----------
    paths
        The files.
    known
        How many people have pseudonyms in the key file by now.
    left_out
        The columns that were left out, by file.
    """

    paths: tuple[Path, ...]
    known: int
    left_out: dict[str, tuple[str, ...]]


def pseudonymise(
    files: str | Path | Sequence[str | Path],
    key: str | Path,
    folder: str | Path,
    scenario: Given | Problem | None = None,
    *,
    force: bool = False,
) -> Pseudonyms:
    """Write schemes and tables with pseudonyms in the place of codes, and without names: `planner pseudonymise`.

    Parameters
    ----------
    files
        One or several: a scenario (.yaml), written whole with its tables, or tables with a column of cadres (.csv,
        .xlsx).
    key
        The key file: whose pseudonym is whose. It is made, or read and added to, and may not lie in the folder: whoever
        has both has the names.
    folder
        Where to write.
    scenario
        Whose conditions tell which further columns of a table stay.
    force
        Replace a folder of planner's.

    Returns
    -------
    Pseudonyms
        `paths` of the files, how many are `known` to the key file, the columns `left_out`.

    Raises
    ------
    InputError
        A file is faulty, the key file lies in the folder or cannot be read, or something cannot be written. Then
        nothing is written.
    """
    given = [files] if isinstance(files, str | Path) else [*files]
    known = _known(key, folder)
    written: dict[str, bytes] = {}
    left: dict[str, tuple[str, ...]] = {}
    for file in given:
        is_scheme = Path(file).suffix.lower() in SCHEMES
        found = pseudonyms.scheme(file, known) if is_scheme else pseudonyms.table(file, known, scenario)
        if twice := sorted({*found.files} & {*written}):
            raise InputError(Fault("pseudonym_twice", {"name": twice[0]}))
        written |= found.files
        left |= {name: columns for name, columns in found.left_out.items() if columns}
    with fresh_folder(folder, force=force, mark=NOTICE, others=KINDS, not_recorded=()) as draft:
        paths = _written(written, draft, Path(folder), say("pseudonym_notice"))
        write_pseudonyms(known, key)  # before the folder appears: no pseudonym stands anywhere without it
    return Pseudonyms(paths, len(known.pseudonyms), left)


def undo_pseudonyms(
    path: str | Path, key: str | Path, folder: str | Path, *, force: bool = False
) -> tuple[ReadBack, tuple[Path, ...]]:
    """Write tables, workbooks and scenarios with codes and names again: `planner pseudonymise --undo`.

    Parameters
    ----------
    path
        A file, or a folder whose files are read back; of a run folder its tables and lists.
    key
        The key file.
    folder
        Where to write.
    force
        Replace a folder of planner's.

    Returns
    -------
    tuple of ReadBack and paths
        How many were `replaced`, which are `unknown`, which files `passed_over`; and the paths of the files.

    Raises
    ------
    InputError
        As `pseudonymise`; there is no key file.
    """
    _apart(key, folder)
    found = read_back(path, read_pseudonyms(key))
    with fresh_folder(folder, force=force, mark=NOTICE, others=KINDS, not_recorded=()) as draft:
        return found, _written(found.files, draft, Path(folder), say("pseudonym_undone_notice"))


def purge(run: str | Path, *, all_but_aggregates: bool = False) -> Purged:
    """Take names and free text out of a run folder, or everything but aggregates: `planner purge`.

    Parameters
    ----------
    run
        The folder of a run; it is replaced whole, and there is no way back.
    all_but_aggregates
        Keep only counts, those of few people hidden.

    Returns
    -------
    Purged
        `step`, `columns` that are gone, files that are `removed`, `cells` that are hidden.

    Raises
    ------
    InputError
        It is no run folder, does not hold what run.json says, or cannot be written.
    """
    return purged(Path(run), all_but_aggregates=all_but_aggregates)


def _known(key: str | Path, folder: str | Path) -> Key:
    _apart(key, folder)
    return read_pseudonyms(key) if Path(key).exists() else Key()


def _apart(key: str | Path, folder: str | Path) -> None:
    if Path(key).resolve().is_relative_to(Path(folder).resolve()):
        raise InputError(Fault("pseudonym_key_inside", {"path": key, "folder": folder}))


def _written(files: Mapping[str, bytes], draft: Path, folder: Path, notice: str) -> tuple[Path, ...]:
    for name, content in {**files, NOTICE: notice.encode() + b"\n"}.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).write_bytes(content)
    return tuple(folder / name for name in files)
