"""Who is in what: sets of cadres by name, kept as the rows of those who are in, so that a country has room for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np


class Membership(Mapping[str, np.ndarray]):
    """Sets of cadres by name, each a Boolean column over all cadres that is made when it is asked for.

    A country has as many sets as cadres, nearly, and each set has few of them: what is kept grows with the members
    alone. Whoever asks for all sets one after another asks for their `rows`.

    Parameters
    ----------
    cadres
        How many cadres there are.
    rows
        Name -> the rows of the cadres in the set, each once, in ascending order.
    """

    def __init__(self, cadres: int, rows: Mapping[str, np.ndarray] | None = None) -> None:
        self._cadres = cadres
        self._rows = {name: _frozen(own) for name, own in (rows or {}).items()}

    def __getitem__(self, name: str) -> np.ndarray:
        """Who is in a set: Boolean, over the cadres; a change of it changes no set."""
        return column_of(self._rows[name], self._cadres)

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many sets there are."""
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        """Whether there is a set of that name."""
        return name in self._rows

    def rows(self, name: str) -> np.ndarray:
        """The rows of the cadres in a set, in ascending order."""
        return self._rows[name]

    def size(self, name: str) -> int:
        """How many cadres are in a set."""
        return len(self._rows[name])

    def has(self, name: str, row: int) -> bool:
        """Whether the cadre of a row is in a set."""
        own = self._rows[name]
        place = int(np.searchsorted(own, row))
        return place < len(own) and int(own[place]) == row

    def also(self, masks: Mapping[str, np.ndarray]) -> Membership:
        """These sets and others, given as Boolean columns; of one name the other."""
        return Membership(self._cadres, {**self._rows, **{name: np.flatnonzero(own) for name, own in masks.items()}})

    def divided(self, part: np.ndarray, place: np.ndarray, parts: int) -> list[Membership]:
        """The sets of the cadres of each part alone, the work of all parts together as large as the sets.

        Parameters
        ----------
        part, place
            For each cadre the part that it is in, and its row there; rows keep their order.
        """
        sizes = np.bincount(part, minlength=parts)
        found: list[dict[str, np.ndarray]] = [{} for _ in range(parts)]
        for name, own in self._rows.items():
            order = np.argsort(part[own], kind="stable")
            rows = own[order]
            ends = np.cumsum(np.bincount(part[rows], minlength=parts))[:-1]
            for each, some in zip(found, np.split(place[rows], ends), strict=True):
                each[name] = some
        return [Membership(int(size), rows) for size, rows in zip(sizes, found, strict=True)]


def _frozen(rows: np.ndarray) -> np.ndarray:
    """Rows that nobody can write to."""
    own = np.asarray(rows, dtype=np.int32).view()
    own.flags.writeable = False
    return own


def column_of(rows: np.ndarray, cadres: int) -> np.ndarray:
    """Some rows as a Boolean column over all cadres."""
    column = np.zeros(cadres, dtype=bool)
    column[rows] = True
    return column
