"""Loading a scenario: what it extends, the merge, the names it uses; every fault in one message."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from functools import cache
from pathlib import Path
from typing import Any, get_origin

from planner.common.departure import leaving
from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, sha256
from planner.common.os_errors import os_reason
from planner.inputs.scenario.conditions import Condition, group_names
from planner.inputs.scenario.confinement import check_inside, folder_of, inside, outside
from planner.inputs.scenario.mappings import OVERLAY, SCENARIO, tree_of
from planner.inputs.scenario.readable_values import with_plain_names
from planner.inputs.scenario.references import WHO_KEYS, in_order, name_faults
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.tree_slips import (
    idle_nulls,
    new_entries,
    replaced_limits,
    tree_slips,
    with_slips_of_names,
)
from planner.inputs.scenario.validation import unknown_nulls, validated
from planner.inputs.scenario.workbook.opening import SUFFIXES
from planner.inputs.scenario.workbook.reading import read_workbook
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Location, Node, merged, without_nulls
from planner.messages import Sentence

PATHS = ("roster", "agencies", "retirement", "history", "earlier")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".xlt", ".xltx")
MOST_EXTENDS = 50  # files, one extending the other


@dataclass(frozen=True)
class Source:
    """A scenario as it was read: the model, the tree it came from and the files that tree was read from.

    `written` is that tree with the lines of the files that somebody wrote, where it was read from a run's manifest.
    `told` is what its reading did that whoever wrote it should know: codes made of names, limits taken away.
    """

    scenario: Scenario
    root: Node
    files: tuple[Path, ...]
    written: Node | None = None
    told: tuple[Fault, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "told": ()} if leaving() else dict(vars(self))

    def fault(self, location: Location, key: str, **values: object) -> Fault:
        """A fault at a location in the scenario, with its file and line."""
        return self.root.fault(location, key, **values)

    def file_and_line(self, location: Location) -> tuple[str, int | None]:
        """File and line where somebody wrote an entry; the line is None where nobody knows.

        Of a workbook the sheet and the cell stand behind the file's name.
        """
        node = (self.written or self.root).find(location)
        return str(node.file) + (f", {node.place}" if node.place else ""), node.line or None

    def inherited(self, location: Location) -> bool:
        """Whether an entry stands in a file that this scenario extends, not in its own."""
        root = self.written or self.root
        return root.find(location).file != root.file

    def merged(self) -> Any:
        """The scenario after every `extends`, as plain mappings; the paths of its tables are absolute."""
        return self.root.plain()

    def table(self, key: str) -> Path | GivenFile | None:
        """Where the table under a key is, or what was given as one; None where the scenario names none."""
        name = getattr(self.scenario, key)
        given = self.root.find((key,)).value
        return None if name is None else given if isinstance(given, GivenFile) else Path(name)


Given = str | Path | Mapping[str, Any] | Scenario | Source  # a file's path, mappings like its content, what was read


def load_scenario(given: Given) -> Source:
    """The scenario of a file, with everything it extends merged; or of a mapping that says what a file would say.

    Raises
    ------
    InputError
        All faults of the scenario, with file, line and the nearest known name.
    """
    source, faults = read_scenario(given)
    if faults or source is None:
        raise InputError(faults)
    return source


def read_scenario(
    given: Given, overlay: Mapping[str, Any] | None = None, tables: Mapping[str, Path | GivenFile] | None = None
) -> tuple[Source | None, list[Fault]]:
    """As `load_scenario`, but returns the faults, and beside them whatever of the scenario is fit to check further.

    Parameters
    ----------
    overlay
        What is laid on the scenario as a file is on the one that it extends.
    tables
        Key (roster, agencies) -> the table to take instead of the one that the scenario names.
    """
    files: list[Path] = []
    found = OnTheWay()
    try:
        over = _overlay(overlay or {}, tables or {})
        base = _tree(given, files, found)
        found.idle |= dict(idle_nulls(base, over, schema_keys()))
        found.new |= dict(new_entries(base, over, _MAY_BE_EMPTY))
        found.told += replaced_limits(base, over)
        whole = _laid_on(base, over)
        if not isinstance(given, Source):
            _check_tables(whole, found.folder, files)
        told = given.written if isinstance(given, Source) else None
        source, faults = _checked(without_nulls(whole), tuple(files))
    except InputError as error:
        return None, [*found.cells, *error.faults]
    unknown = {location: (name, near) for location, name, near in unknown_nulls(Scenario, whole)}
    slips = [whole.fault(at, "unknown_key", name=name, nearest=near) for at, (name, near) in unknown.items()]
    slips += [fault for location, fault in found.idle.items() if location not in unknown]
    slips += tree_slips(whole, _MAY_BE_EMPTY)
    written = None if told is None else without_nulls(_laid_on(told, over))
    faults = _with_cells(found.cells, slips + with_slips_of_names(faults, found.new))
    return (None if source is None else with_changes(source, written=written, told=tuple(found.told))), faults


def _with_cells(cells: list[Fault], faults: list[Fault]) -> list[Fault]:
    """All faults; of a cell that could not be read it is not said again that it is missing."""
    told = {(fault.file, fault.sheet, fault.cell) for fault in cells if fault.cell is not None}
    return cells + [
        fault for fault in faults if fault.cell is None or (fault.file, fault.sheet, fault.cell) not in told
    ]


@dataclass
class OnTheWay:
    """What is wrong with the files that a scenario is read from, found while they are merged.

    `cells` are faults of a workbook's cells; `told` what was made of names in it, and what limits are taken away
    unsaid; `idle` nulls that take nothing away, by their location; `new` entries that the file below does not have,
    though one of nearly their name. `folder` is that of the file which the user named, in which all others lie; None
    before there is one.
    """

    folder: Path | None = None

    cells: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    idle: dict[Location, Fault] = field(default_factory=dict)
    new: dict[Location, Fault] = field(default_factory=dict)


_MAY_BE_EMPTY = {key for key, info in Scenario.model_fields.items() if get_origin(info.annotation) is dict}
"""Sections that may stand without content: as yet there is no entry."""


@cache
def schema_keys() -> frozenset[str]:
    """Every key that a scenario may have anywhere, ids and columns left out."""
    schema = Scenario.model_json_schema()
    return frozenset(key for model in (schema, *schema["$defs"].values()) for key in model.get("properties", ()))


def _tree(given: Given, files: list[Path], found: OnTheWay) -> Node:
    """The tree of what is given, everything it extends merged; `files` are those it was read from."""
    match given:
        case Source():
            files += given.files
            found.told += given.told
            return given.root
        case Scenario():
            return _with_absolute_paths(tree_of(given.written()))
        case Mapping():
            return _on_base(tree_of(given), Path(SCENARIO), (), files, found)
    found.folder = folder_of(Path(given))
    return _with_bases(Path(given), (), files, found)


def _check_tables(root: Node, folder: Path | None, files: Collection[Path]) -> None:
    """Refuse the tables that files name outside the folder; what was given in Python is the user's own word."""
    tables = ((key, root.value[key]) for key in PATHS if key in root.value)
    named = [(key, node) for key, node in tables if isinstance(node.value, str) and node.file in files]
    faults = [
        outside(node, at=key, name=node.text or str(node.value))
        for key, node in named
        if not isinstance(node.value, GivenFile) and not inside(Path(node.value), folder)
    ]
    if faults:
        raise InputError(faults)


def _laid_on(base: Node, over: Node) -> Node:
    """The tree with an overlay; as a whole it still stands where the base does."""
    return with_changes(merged(base, over), file=base.file, line=base.line, place=base.place)


def _overlay(overlay: Mapping[str, Any], tables: Mapping[str, Path | GivenFile]) -> Node:
    tree = _with_absolute_paths(tree_of(overlay, OVERLAY))
    named = {key: table if isinstance(table, GivenFile) else str(table.absolute()) for key, table in tables.items()}
    return with_changes(tree, value=tree.value | {key: Node(name, Path(name), 0) for key, name in named.items()})


def overlaid(source: Source, path: str | Path, known: Collection[str]) -> Source:
    """What was read, with a what-if file laid on it as `extends` does.

    What the file extends itself is laid on first; a file whose SHA-256 is `known` is one that `source` was read from,
    and is left out with everything below it. The result is read again by `read_scenario`.

    Raises
    ------
    InputError
        The file, or one that it extends, cannot be read.
    """
    node, files = _until_known(Path(path), (), {*known}, folder_of(Path(path)))
    _check_tables(node, folder_of(Path(path)), files)
    return with_changes(source, root=_laid_on(source.root, node), files=(*source.files, *files), written=None)


def laid_on(source: Source, over: Node, file: Path) -> Source:
    """What was read, with a mapping of another file laid on it; paths in it are relative to that file.

    The result is read again by `read_scenario`.
    """
    laid = _with_absolute_paths(over)
    _check_tables(laid, folder_of(file), [file])
    root = _laid_on(source.root, laid)
    return with_changes(source, root=root, files=(*source.files, file), written=None)


def _until_known(path: Path, chain: tuple[Path, ...], known: Collection[str], folder: Path) -> tuple[Node, list[Path]]:
    """The tree of a file laid on what it extends, down to a known file, which may lie outside of the folder."""
    found = OnTheWay()
    node = _with_absolute_paths(_document(path, found, foreign=bool(chain)))
    if found.cells:
        raise InputError(found.cells)
    extends = node.value.pop("extends", None)
    if extends is None or not isinstance(extends.value, str):
        return node, [path]
    base = path.parent / extends.value
    here = (*chain, path.resolve())
    if "\0" in extends.value or base.resolve() in here:
        raise InputError(Fault("extends_missing", {"name": extends.value[:200]}, path, extends.line))
    _check_there(extends, base)
    if sha256(base) in known:
        return node, [path]
    check_inside(extends, base, folder, at="extends")
    below, files = _until_known(base, here, known, folder)
    return merged(below, node), [path, *files]


def source_of(root: Node) -> Source:
    """The scenario of a tree that needs no merging, such as a run's manifest holds. Raises as `load_scenario` does."""
    source, faults = _checked(_with_absolute_paths(root), ())
    if faults or source is None:
        raise InputError(faults)
    return source


def _checked(root: Node, files: tuple[Path, ...]) -> tuple[Source | None, list[Fault]]:
    scenario, faults = validated(Scenario, root)
    faults += name_faults(root)
    return None if scenario is None else Source(with_plain_names(scenario), root, files), faults


def _with_bases(path: Path, chain: tuple[Path, ...], files: list[Path], found: OnTheWay) -> Node:
    """The tree of a file, YAML or a workbook, laid on the file it extends; `chain` are the files that led here."""
    node = _document(path, found, foreign=bool(files))
    files.append(path)
    return _on_base(node, path, chain, files, found)


def _document(path: Path, found: OnTheWay, *, foreign: bool = False) -> Node:
    """The tree of one file, YAML or a workbook; a `foreign` one was named by another file."""
    if path.suffix.lower() in OTHER_WORKBOOKS and _is_file(path):
        raise InputError(Fault("scheme_save_as_xlsx", {}, path))
    if path.suffix.lower() in SUFFIXES:
        node = read_workbook(path, found.cells, found.told)
    else:
        node = read_document(path, schema_keys(), foreign=foreign)
    if not isinstance(node.value, dict):
        raise InputError(Fault("want_mapping", {"at": path.name, "found": node.text or "..."}, path, node.line))
    return node


def _on_base(node: Node, path: Path, chain: tuple[Path, ...], files: list[Path], found: OnTheWay) -> Node:
    """The tree that was read from `path`, laid on the file that it extends."""
    node = _with_absolute_paths(node)
    extends = node.value.pop("extends", None)
    if extends is not None and extends.value is None and extends.line and not extends.text:
        raise InputError(Fault("empty_value", {"at": "extends", "name": "extends"}, path, extends.line))
    if extends is None or extends.value is None:
        found.idle |= dict(idle_nulls(None, node, schema_keys()))
        return node
    if not isinstance(extends.value, str):
        raise InputError(extends.fault((), "want_text", at="extends", found=extends.text))
    if len(chain) >= MOST_EXTENDS or "\0" in extends.value:
        raise InputError(extends.fault((), "extends_missing", name=extends.value.replace("\0", "?")))
    base = path.parent / extends.value
    here = (*chain, path.resolve())
    check_inside(extends, base, found.folder, at="extends")
    found.folder = found.folder or folder_of(base)
    _check_there(extends, base)
    if base.resolve() in here:
        names = " -> ".join(file.name for file in (*here, base))
        raise InputError(extends.fault((), "extends_cycle", names=names))
    under = _with_bases(base, here, files, found)
    found.idle |= dict(idle_nulls(under, node, schema_keys()))
    found.new |= dict(new_entries(under, node, _MAY_BE_EMPTY))
    found.told += replaced_limits(under, node)
    return merged(under, node)


def _check_there(extends: Node, base: Path) -> None:
    """Refuse to extend what is not there, and for another reason what is there and cannot be read."""
    name = extends.value[:200]
    try:
        state = base.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(extends.fault((), "extends_missing", name=name)) from None
    except OSError as error:
        raise InputError(extends.fault((), "extends_unreadable", name=name, reason=os_reason(error))) from None
    if not stat.S_ISREG(state.st_mode):
        reason = Sentence("is_folder" if stat.S_ISDIR(state.st_mode) else "not_a_file")
        raise InputError(extends.fault((), "extends_unreadable", name=name, reason=reason))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long
        return False


def _with_absolute_paths(node: Node) -> Node:
    entries = dict(node.value)
    for key in PATHS:
        if key in entries and isinstance(entries[key].value, str) and not isinstance(entries[key].value, GivenFile):
            entries[key] = with_changes(entries[key], value=str((node.file.parent / entries[key].value).absolute()))
    return with_changes(node, value=entries)


# --- groups ---------------------------------------------------------------------------------------------------------


def conditions(scenario: Scenario) -> Iterator[tuple[Location, Condition]]:
    """Every condition of the scenario and its location."""
    for name, condition in scenario.groups.items():
        yield ("groups", name), condition
    for section, keys in WHO_KEYS.items():
        for name, entry in getattr(scenario, section).items():
            for key in keys:
                if getattr(entry, key) is not None:
                    yield (section, name, key), getattr(entry, key)
    if scenario.absence is not None and scenario.absence.leaders is not None:
        yield ("absence", "leaders", "who"), scenario.absence.leaders.who


def groups_in_order(scenario: Scenario) -> list[str]:
    """The groups, each after those it names; members of a cycle are left out."""
    return in_order({name: _needed(scenario, name) for name in scenario.groups})


def _needed(scenario: Scenario, name: str) -> set[str]:
    return {group.name for group in group_names(scenario.groups[name]) if group.name in scenario.groups}
