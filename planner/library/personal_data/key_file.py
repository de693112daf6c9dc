"""The key file of pseudonyms: whose pseudonym is whose; drawn by chance, so that nobody makes them again without it."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.common.csv_cells import csv_table, csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import write_bytes
from planner.inputs.roster.codes import SIGNS

COLUMNS = ("pseudonym", "cadre", "name")
"""The columns of a key file."""
PREFIX, LENGTH = "PS-", 10
"""What a pseudonym begins with, and how many signs follow: 26 to the tenth, so that two people never draw the same."""
PSEUDONYM = re.compile(rf"(?<![0-9A-Za-z-]){PREFIX}[{SIGNS}]{{{LENGTH}}}(?![0-9A-Za-z])")


@dataclass
class Key:
    """Whose pseudonym is whose.

    Attributes
    ----------
    pseudonyms
        Code of a cadre -> pseudonym.
    names
        Code of a cadre -> name, where one is known.
    """

    pseudonyms: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> dict[str, str]:
        """Pseudonym -> code of the cadre."""
        return {pseudonym: cadre for cadre, pseudonym in self.pseudonyms.items()}

    def learn(self, cadres: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        """Draw a pseudonym for everybody who has none yet, and remember names."""
        taken = {*self.pseudonyms.values()}
        for cadre in cadres:
            if cadre and cadre not in self.pseudonyms:
                self.pseudonyms[cadre] = _drawn(taken)
        self.names |= {cadre: unicodedata.normalize("NFC", name) for cadre, name in (names or {}).items() if name}


def _drawn(taken: set[str]) -> str:
    while True:
        found = PREFIX + "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if found not in taken:
            taken.add(found)
            return found


def read_pseudonyms(path: str | Path) -> Key:
    """A key file: pseudonym, cadre, name; text.

    Raises
    ------
    InputError
        It is not there, is no such table, or names a pseudonym or a cadre twice.
    """
    table = csv_table(path)
    if missing := [name for name in COLUMNS if name not in table]:
        raise InputError(Fault("pseudonym_key_column", {"column": missing[0], "columns": ", ".join(COLUMNS)}, path))
    faults = [
        Fault("pseudonym_key_row", {"found": table["pseudonym"][row]}, path, row=int(row) + 2)
        for row in table.index
        if not PSEUDONYM.fullmatch(table["pseudonym"][row])
        or not table["cadre"][row]
        or table["pseudonym"].duplicated()[row]
        or table["cadre"].duplicated()[row]
    ]
    if faults:
        raise InputError(faults)
    key = Key(dict(zip(table["cadre"], table["pseudonym"], strict=True)))
    key.names = {cadre: name for cadre, name in zip(table["cadre"], table["name"], strict=True) if name}
    return key


def write_pseudonyms(key: Key, path: str | Path) -> None:
    """Write a key file, whole or not at all; its owner alone may read it.

    Raises
    ------
    InputError
        It cannot be written.
    """
    rows = [(pseudonym, cadre, key.names.get(cadre, "")) for cadre, pseudonym in key.pseudonyms.items()]
    table = pd.DataFrame(sorted(rows), columns=list(COLUMNS), dtype="str")
    write_bytes(path, csv_text(table).encode(), parents=True)
