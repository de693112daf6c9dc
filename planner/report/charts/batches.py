"""Boxes and strokes, all of one look as one artist: an artist for each would take most of a picture's time."""

from __future__ import annotations

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.path import Path

ABOVE = 2  # where matplotlib draws lines: above boxes, below texts
_ONE_BOX = np.array([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], dtype=Path.code_type)
_ONE_STROKE = np.array([Path.MOVETO, Path.LINETO], dtype=Path.code_type)
Place = tuple[float, float, float, float]


class Batch(Patch):
    """Boxes or strokes of one look, each on whole pixels where pixels are drawn.

    Attributes
    ----------
    places
        x, y, width, height of each; of a stroke, its beginning and how far its end is from there. Under its number
        among all of the axes.
    """

    def __init__(self, *, strokes: bool, **look: Any) -> None:
        super().__init__(snap=True, **look)
        self.strokes = strokes
        self.places: dict[int, Place] = {}

    def get_path(self) -> Path:
        """All of them in one path."""
        places = np.array(list(self.places.values()), dtype=float).reshape(-1, 4)
        x, y, right, under = places[:, 0], places[:, 1], places[:, 0] + places[:, 2], places[:, 1] + places[:, 3]
        corners = [x, y, right, under] if self.strokes else [x, y, right, y, right, under, x, under, x, y]
        codes = np.tile(_ONE_STROKE if self.strokes else _ONE_BOX, len(places))
        return Path(np.stack(corners, axis=-1).reshape(-1, 2), codes)


class _Batches:
    """The batches of one pair of axes by their look; the axes alone keep them alive."""

    def __init__(self) -> None:
        self.numbers = count()
        self.by_look: WeakValueDictionary[Any, Batch] = WeakValueDictionary()


_of_axes: WeakKeyDictionary[Axes, _Batches] = WeakKeyDictionary()


def box(ax: Axes, x: float, y: float, width: float, height: float, **look: Any) -> None:
    """A rectangle, whose `x` and `y` are its upper left corner; it leaves the limits of the axes alone.

    It is drawn together with the others of its look, where the first of them is: what may cover another is to have a
    look of its own.
    """
    _add(ax, (x, y, width, height), strokes=False, **{"linewidth": 0, **look})


def stroke(ax: Axes, x: float, y: float, along: float, down: float, **look: Any) -> None:
    """A straight line from `x` and `y`, above all boxes; it leaves the limits of the axes alone."""
    _add(ax, (x, y, along, down), strokes=True, **{"fill": False, "zorder": ABOVE, "capstyle": "butt", **look})


def _add(ax: Axes, place: Place, **look: Any) -> None:
    batches = _of_axes.setdefault(ax, _Batches())
    key = tuple(sorted(look.items()))
    batch = batches.by_look.get(key)
    if batch is None:
        batch = batches.by_look[key] = Batch(**look)
        ax.add_artist(batch)
    batch.places[next(batches.numbers)] = place
