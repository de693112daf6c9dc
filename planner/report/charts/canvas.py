"""What all pictures share: the style, the sheet, text that fits its room, and saving."""

from __future__ import annotations

import io
import unicodedata
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from planner.common.errors import Fault, InputError
from planner.common.results import write_result
from planner.messages import say

WIDTH, HEIGHT = 11.0, 7.6  # a sheet of A4 landscape within its margins [inches]
# Okabe and Ito's colours, which the colour-blind tell apart; here from dark to light, so that print does, too.
BLACK, BLUE, RED, GREEN, ORANGE, SKY = "#000000", "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9"
GREY, PALE = "#999999", "#ECECEC"
ABOVE = 0.6  # a title and a line above it [inches]
WEIGHTS = ("normal", "bold")
TITLE = 12  # of the letters of a title [points]
FONT = "DejaVu Sans"  # comes with matplotlib and has every Vietnamese letter
STYLE: dict[str, Any] = {
    "font.family": FONT,
    "font.size": 9,
    "axes.titlesize": TITLE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#D0D0D0",
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "savefig.dpi": 150,
    "svg.hashsalt": "planner",  # the same picture has the same bytes
    "text.hinting": "none",  # letters as wide as `text_width` says
    "text.parse_math": False,  # a $ in a name is a $
}

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def styled() -> Iterator[None]:
    """The style of all pictures, whatever the reader's own settings of matplotlib."""
    with style.context(["default", STYLE]):
        yield


def picture(draw: Callable[P, T]) -> Callable[P, T]:
    """Draw in the style of all pictures."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        with styled():
            return draw(*args, **kwargs)

    return drawn


def sheet(ax: Axes | None, height: float = HEIGHT) -> Axes:
    """The axes to draw on: `ax`, or those of a new figure as wide as the paper and `height` high [inches].

    Their room among ticks and labels is found by drawing twice; `framed` takes a third of the time.
    """
    if ax is not None:
        return ax
    return Figure(figsize=(WIDTH, height), layout="constrained").add_subplot()


def framed(ax: Axes | None, height: float, title: str, room: tuple[float, float, float]) -> Axes:
    """The axes to draw on, with their title: `ax`, or those of a new figure that is `height` high with a short title.

    `room` is what new axes leave for ticks and labels at the left, at the right and below [inches].
    """
    if ax is not None:
        heading(
            ax, title, ax.get_position().width * float(cast("Figure", ax.get_figure(root=True)).get_size_inches()[0])
        )
        return ax
    left, right, below = room
    wide = WIDTH - left - 0.15  # a title may go on above what stands at the right
    full = height + 0.2 * fit(title, wide, TITLE, 2, "bold").count("\n")
    place = (left / WIDTH, below / full, 1 - (left + right) / WIDTH, (height - below - ABOVE) / full)
    ax = Figure(figsize=(WIDTH, full)).add_axes(place)
    heading(ax, title, wide, above_ticks=False)
    return ax


def blank(ax: Axes | None, height: float, title: str) -> tuple[Axes, float, float]:
    """Axes without ticks that measure inches, the origin at the upper left; their width and height."""
    if ax is None:
        lines = fit(title, 0.976 * WIDTH, TITLE, 2, "bold").count("\n")
        full = height + 0.1 + ABOVE + 0.2 * lines
        ax = Figure(figsize=(WIDTH, full)).add_axes((0.012, 0.1 / full, 0.976, height / full))
    room = ax.get_position()
    wide, high = cast("Figure", ax.get_figure(root=True)).get_size_inches()
    width, height = room.width * wide, room.height * high
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    heading(ax, title, width, above_ticks=False)
    return ax, width, height


def heading(ax: Axes, title: str, width: float = WIDTH - 1.6, *, above_ticks: bool = True) -> None:
    """The title of a picture, `width` wide at most [inches]; a long one on two lines.

    Where no ticks stand at the top it need not be looked for where they end.
    """
    ax.set_title(fit(title, width, TITLE, 2, weight="bold"), y=None if above_ticks else 1.0)


def nothing(ax: Axes | None, title: str) -> Axes:
    """The picture of an empty table."""
    ax, width, height = blank(ax, 1.5, title)
    ax.text(width / 2, height / 2, say("chart_nothing"), ha="center", va="center", color="#555555")
    return ax


def records(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples: what `itertuples` gives, which makes a class anew each time it is asked."""
    row = _record(("Index", *map(str, table.columns)))
    return map(row._make, zip(table.index, *(column for _, column in table.items()), strict=True))


@cache
def _record(names: tuple[str, ...]) -> Any:
    return namedtuple("Record", names, rename=True)  # noqa: PYI024 -- its fields are those of whatever table


def caption(figure: Figure, text: str) -> None:
    """Which scenario a figure shows: a line above it, or two, for which it grows."""
    with styled():
        short = fit(text, float(figure.get_size_inches()[0]) - 0.3, 8.5, 2)
        place = {}
        if not figure.get_layout_engine():
            _grow(figure, 0.15 * short.count("\n"))
            place = {"y": 1 - 0.08 / float(figure.get_size_inches()[1])}
        figure.suptitle(short, x=0.012, ha="left", va="top", size=8.5, color="#444444", **place)


def _grow(figure: Figure, more: float) -> None:
    """Make a figure higher, its axes staying as they are [inches]."""
    width, height = map(float, figure.get_size_inches())
    for axes in figure.axes:
        place = axes.get_position()
        up, high = (part * height / (height + more) for part in (place.y0, place.height))
        axes.set_position((place.x0, up, place.width, high))
    figure.set_size_inches(width, height + more)


# --- text that fits -------------------------------------------------------------------------------------------------


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """How wide a line of text is [inches]; its kerning left out."""
    return sum(_advance(letter, weight) for letter in legible(text)) * size / 72


def legible(text: str) -> str:
    """The text as the font can write it: a box for a letter that it lacks, a bullet for one of a private font.

    Control characters are left out, so that no text stops a picture or breaks an SVG.
    """
    return "".join(map(_written, text))


@cache
def _written(letter: str) -> str:
    if letter == "\n" or letter.isspace():
        return letter if letter in "\n \N{NO-BREAK SPACE}" else " "
    category = unicodedata.category(letter)
    if category == "Co":
        return "•"
    if category.startswith("C"):
        return ""
    if all(
        get_font(findfont(FontProperties(family=FONT, weight=weight))).get_char_index(ord(letter)) for weight in WEIGHTS
    ):
        return letter
    return "" if category.startswith("M") else "□"


@cache
def _advance(letter: str, weight: str) -> float:
    """How far a letter moves the pen, at a size of one point [points]."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(100, 72)
    return float(font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance) / 2**16 / 100


def fit(text: str, width: float, size: float, lines: int = 1, weight: str = "normal") -> str:
    """The text broken into at most `lines` that are at most `width` wide [inches]; an ellipsis for what has no room."""
    told: list[str] = []
    for word in legible(text).split():
        longer = f"{told[-1]} {word}" if told else word
        if told and text_width(longer, size, weight) <= width:
            told[-1] = longer
        else:
            told.append(word)
    if len(told) > lines:
        told[lines - 1 :] = [" ".join(told[lines - 1 :])]
    return "\n".join(_cut(line, width, size, weight) for line in told)


def _cut(text: str, width: float, size: float, weight: str) -> str:
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(text + "…", size, weight) > width:
        text = text[:-1]
    return text.rstrip(" ,;:") + "…"


# --- saving ---------------------------------------------------------------------------------------------------------


def picture_kind(path: str | Path) -> str:
    """The kind of picture, svg or png, by the name's ending.

    Raises
    ------
    InputError
        It is another one.
    """
    kind = Path(path).suffix.lower().removeprefix(".")
    if kind not in ("svg", "png"):
        raise InputError(Fault("picture_kind", {"path": path}))
    return kind


def save(picture: Figure | Axes, path: str | Path) -> None:
    """Write a figure, or that of its axes, whole or not at all; the name's ending says how: .svg or .png.

    The same figure has the same bytes.

    Raises
    ------
    InputError
        The ending is another one, or the file cannot be written.
    """
    figure = picture if isinstance(picture, Figure) else cast("Figure", picture.get_figure(root=True))
    target = Path(path).absolute()
    kind = picture_kind(path)
    with styled(), io.BytesIO() as stream:
        metadata = {"Date": None} if kind == "svg" else {"Software": "planner"}
        figure.savefig(stream, format=kind, metadata=metadata)
        write_result(target, stream.getvalue(), parents=True)
