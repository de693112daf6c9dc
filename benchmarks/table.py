"""The tables of a case as Markdown, everything as ratios within one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.bounds import Bound, bounds, budget, on_paper, solve_megabytes, work
from benchmarks.contestants import PLANNER, RELAXATIONS
from benchmarks.measuring import Measured
from benchmarks.outcomes import Instance, Outcome
from benchmarks.stages import BUDGET, NEAR, NEARLY

NONE = "–"
VERDICTS = {True: "kept", False: "NOT kept", None: "open"}


def shown(outcome: Outcome, machine: dict[str, Any], notes: Iterable[str]) -> str:
    """A case: where it ran, what every contestant told of every instance, the curve of the sizes, the bounds."""
    parts = [f"## {outcome.case}", "\n".join(_head(outcome, machine, notes))]
    for one in outcome.instances:
        parts += _instance(one)
    if len(outcome.instances) > 1:
        parts += [_curve(outcome), _paper(outcome)]
    parts.append("\n".join([_heading(outcome), "", *map(_line, bounds(outcome))]))
    return "\n\n".join(parts) + "\n"


def _head(outcome: Outcome, machine: dict[str, Any], notes: Iterable[str]) -> Iterator[str]:
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    yield f"- {machine['date']}, {machine['processor']}, {machine['cores']} cores, load {machine['load']} at the start"
    yield f"- Python {machine['python']}, {versions}"
    limits = f"at most {outcome.limit:g} s a goal, {outcome.workers} threads where there is a choice"
    yield f"- seed {outcome.seed}; {limits}"
    yield from (f"- {note}" for note in notes)


def _instance(one: Instance) -> Iterator[str]:
    facts = one.planner.facts
    sizes = ("cadres", "admissible starts", "columns", "rows", "parts")
    counts = ", ".join(f"{facts.get(name.split()[-1], 0):,} {name}" for name in sizes)
    yield f"### {one.size}: {counts}"
    yield _goals(one)
    yield _totals(one)
    yield _stages(one)
    yield _near(one)


def _goals(one: Instance) -> str:
    rows = [
        [name, *_goal(goal, relaxed=name in RELAXATIONS, best=one.planner.values())]
        for name, run in one.runs.items()
        for goal in run.goals
    ]
    note = (
        "\\* not proven; what follows such a goal is solved under a value that need not be the best. The gap of a "
        "relaxation is its distance from planner's value. planner's seconds of a goal are summed over its parts, "
        "which run side by side."
    )
    return markdown(["contestant", "goal", "value", "bound", "gap", "seconds"], rows, text=2) + f"\n\n{note}"


def _goal(goal: dict[str, Any], best: dict[str, float], *, relaxed: bool) -> list[str]:
    value, bound = goal["value"], goal["bound"]
    mark = "" if goal["status"] == "optimal" else "\\*"
    ends = (best.get(goal["goal"]), value) if relaxed else (value, bound)
    gap = NONE if None in ends else f"{abs(ends[0] - ends[1]) / max(1, abs(ends[0])):.3%}"
    return [goal["goal"], _number(value) + mark, NONE if relaxed else _number(bound), gap, f"{goal['seconds']:.2f}"]


def _totals(one: Instance) -> str:
    rows = [[name, *_total(one, name, run)] for name, run in one.runs.items()]
    headings = ["contestant", "proven", "seconds", "times planner's", "planner's / its", "building", "peak MB"]
    lines = [markdown(headings, rows, text=2)]
    lines.append(
        "planner's seconds are those of the whole solve, options and model included; the others' are solving alone, "
        "`building` apart. Peak MB is of the whole process; planner's writes the report, too."
    )
    for what, fastest in (("other engine", one.fastest_engine()), ("exact relaxation (LP)", one.fastest_relaxation())):
        if fastest:
            least = "" if fastest.exact else "more than "
            lines.append(f"Fastest {what}: {fastest.name}, {least}{fastest.seconds:.2f} s.")
    return "\n\n".join(lines)


def _total(one: Instance, name: str, run: Measured) -> list[str]:
    proven = run.proven(one.goals)
    least = "" if proven else "> "
    state = f"died ({run.exit_status})" if run.exit_status else f"{_count(run)} of {len(one.goals)}"
    building = run.facts.get("building")
    if name == PLANNER or not run.goals or not one.planner.goals:
        ratios = [NONE, NONE]
    else:
        ratios = [
            f"{least}{run.total / one.planner.total:.2f}",
            f"{'' if proven else '< '}{one.planner.total / run.total:.2f}",
        ]
    seconds = f"{least}{run.total:.2f}" if run.goals else NONE
    return [state, seconds, *ratios, NONE if building is None else f"{building:.2f}", f"{run.megabytes:,.0f}"]


def _count(run: Measured) -> int:
    return sum(goal["status"] == "optimal" for goal in run.goals)


def _stages(one: Instance) -> str:
    stages, solve, cadres = one.planner.facts.get("stages", {}), one.planner.total, one.planner.facts.get("cadres", 1)
    used = one.planner.facts.get("processor", {})
    timed = {stage: (stages[stage], used.get(stage)) for stage in BUDGET if stage in stages}
    if timed:
        own = [seconds for _, seconds in timed.values() if seconds is not None]
        timed["together"] = sum(seconds for seconds, _ in timed.values()), sum(own) if own else None
    timed["solve"] = solve, used.get("solve")
    rows = [
        [
            stage,
            f"{seconds:.3f}",
            f"{seconds / solve:.1%}",
            f"{seconds / cadres * 1e6:.0f}",
            NONE if processor is None else f"{processor:.2f}",
        ]
        for stage, (seconds, processor) in timed.items()
    ]
    return markdown(["stage of planner", "seconds", "of the solve", "microseconds a cadre", "processor seconds"], rows)


def _near(one: Instance) -> str:
    near, other = one.planner.facts.get("near", {}), one.fastest_relaxation()
    rows = []
    for goal, seconds in near.items():
        ratio = f"{seconds / other.seconds:.2f}" if other and seconds is not None else NONE
        rows.append([goal, f"{NEAR.get(goal, NEARLY):.2%}", NONE if seconds is None else f"{seconds:.2f}", ratio])
    return markdown(["planner's gap of", "at most", "after seconds", "times LP"], rows)


def _curve(outcome: Outcome) -> str:
    first, rows = outcome.instances[0], []
    for one in outcome.instances:
        each, cadres = one.planner.total / one.districts, one.planner.facts["cadres"]
        ratio = each / (first.planner.total / first.districts)
        memory = solve_megabytes(one)
        figures = [f"{one.planner.total:.1f}", f"{each:.2f}", f"{ratio:.2f}", f"{work(one):.1f}", f"{budget(one):.1f}"]
        rows.append([f"{one.districts}", f"{cadres:,}", *figures, f"{memory:,.0f}", f"{memory / one.districts:.1f}"])
    headings = ["districts", "cadres", "solve [s]", "a district [s]", "times", "parts [core s]", "all else [s]"]
    return markdown([*headings, "solve peak MB", "MB a district"], rows, text=0)


def _paper(outcome: Outcome) -> str:
    paper = on_paper(outcome)
    return (
        f"On paper, from this curve: {paper.districts} districts on {paper.cores} cores take about "
        f"{paper.seconds:.0f} s ({paper.alone:.0f} s before and after the parts, {paper.side_by_side:.0f} s of parts "
        f"side by side) and {paper.megabytes / 1024:.1f} GB in the process that holds the whole."
    )


def _heading(outcome: Outcome) -> str:
    """What the lines about bounds are headed by."""
    if outcome.case == "smallest":
        return "Bounds of issue 4, which sets none for this case: the lines are here so that they never rot:"
    return "Bounds of issue 4:"


def _line(bound: Bound) -> str:
    return f"- {VERDICTS[bound.kept]}: {bound.says}: {bound.figure}"


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]], text: int = 1) -> str:
    """A table whose columns line up; the first `text` to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(headings, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if place < text else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = [f":{'-' * (width - 1)}" if place < text else f"{'-' * (width - 1)}:" for place, width in enumerate(widths)]
    return "\n".join([line(headings), line(rule), *map(line, rows)])


def _number(value: float | None) -> str:
    """A number with its thousands apart; whole where it is whole, else to ten digits."""
    return NONE if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
