"""The pictures of a plan as SVG inside a page: small, searchable, with ids of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from planner.plans import tabulation
from planner.plans.plan import Plan

TILE = 6  # matplotlib's hatches of four strokes (////) repeat in it; its own tile has 72 [points]
NUMBER = r"(-?[\d.]+)"
BOX = re.compile(rf"M {NUMBER} {NUMBER} ?L {NUMBER} \2 ?L \3 {NUMBER} ?L \1 \4 ?(?:L \1 \2 ?)?z")
DOT = re.compile(rf"M {NUMBER} {NUMBER} ?(?:C(?: {NUMBER}){{6}} ?){{8}}z")


def pictures(plan: Plan) -> dict[str, str]:
    """Every picture of a plan as SVG that can stand in a page with the others; its texts are texts, to be searched."""
    from planner.report import charts  # matplotlib: half a second
    from planner.report.charts.gallery import absence_titled, yearly_in_currency

    drawn = {
        "utilisation": charts.utilisation(tabulation.utilisation(plan)),
        "attainment": charts.attainment(tabulation.attainment_by_year(plan)),
        "absence": charts.absence(absence_titled(plan)),
        "priority_shares": charts.priority_shares(tabulation.priority_shares(plan)),
        "yearly": charts.yearly(yearly_in_currency(plan)),
    }
    if plan.problem.scenario.shares:
        drawn["shares"] = charts.shares(tabulation.group_shares(plan))
    return {name: inline_svg(name, axes.get_figure(root=True)) for name, axes in drawn.items()}


def inline_svg(name: str, figure: Any) -> str:
    """A figure as SVG without prolog, comments, metadata, style and size of its own.

    Only ids that are referred to are kept; they begin with `name`.
    """
    from matplotlib import rc_context

    from planner.report.charts.canvas import styled

    stream = io.StringIO()
    with styled(), rc_context({"svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = shorter(re.sub(r"\s*\n\s*", " ", svg), name)
    label = partial(re.sub, r'<svg ([^>]*?)width="[^"]*" height="[^"]*"', count=1)
    return label(rf'<svg \1role="img" aria-labelledby="{name}-caption" class="picture"', svg)


def shorter(svg: str, name: str) -> str:
    """The same picture in fewer letters: places to a hundredth of a point, boxes and dots as such, no spare ids.

    The texts keep what they say and their places; their font is that of the page's style. Each hatched area names its
    ground, `--flat`, for print: browsers print each hatched area as an image, half a megabyte a picture.
    """
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    ids = {old: f"{name}-{place}" for place, old in enumerate(used, 1)}
    tags = re.split(r"(<[^>]*>)", re.sub(r"<pattern.*?</pattern>", _small_tile, svg))
    tags[1::2] = [_shorter_tag(tag, ids) for tag in tags[1::2]]
    svg = re.sub(r"> +<", "><", "".join(tags))
    grounds = dict(re.findall(r'<pattern id="([^"]+)"[^>]*><rect[^>]* fill="([^"]+)"', svg))
    return re.sub(r"fill: url\(#([^)]+)\)", lambda found: f"--flat: {grounds[found[1]]}; {found[0]}", svg)


def _small_tile(found: re.Match[str]) -> str:
    """A hatch in a tile of `TILE` points, in which it repeats."""
    pattern = found[0].replace('width="72" height="72"', f'width="{TILE}" height="{TILE}"')
    pattern = pattern.replace('width="73" height="73"', f'width="{TILE + 1}" height="{TILE + 1}"')
    inside = rf"M {NUMBER} {NUMBER} C[^z]*z ?"
    return re.sub(inside, lambda dot: dot[0] if max(float(dot[1]), float(dot[2])) <= TILE + 1 else "", pattern)


def _shorter_tag(tag: str, ids: Mapping[str, str]) -> str:
    """A tag without what changes nothing; what stands between tags is never touched."""
    tag = re.sub(r' id="([^"]*)"', lambda found: f' id="{ids[found[1]]}"' if found[1] in ids else "", tag)
    tag = re.sub(r'(href="#|url\(#)([^")]+)', lambda found: found[1] + ids[found[2]], tag)
    tag = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{round(float(found[0]), 2):g}", tag)
    if tag.startswith("<text"):
        tag = tag.replace("font-family: 'DejaVu Sans'; ", "").replace("; font-family: 'DejaVu Sans'", "")
        return re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", tag)
    if tag.startswith("<path"):
        return DOT.sub(_dot, BOX.sub(r"M\1 \2H\3V\4H\1z", tag))
    return tag


def _dot(found: re.Match[str]) -> str:
    """A circle of eight curves, which begin at its lowest point, as two arcs."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", found[0])]
    across = numbers[::2]
    radius = round((max(across) - min(across)) / 2, 2)
    half = f"a{radius:g} {radius:g} 0 1 1 0"
    return f"M{found[1]} {numbers[1]:g}{half} {-2 * radius:g}{half} {2 * radius:g}z"
