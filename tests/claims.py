"""What the answering commands say of a scenario, taken apart into claims, each beside what an independent road says.

`claims(path, judge)` solves a scenario, asks the library every question that it answers, and yields a `Claim` for each
statement in an answer: a price by goal, a verdict, how many best plans have a start, that a remedy suffices and that no
smaller one does, what a limit is worth, what blocks a target, that a repair suffices, a point of a frontier, the effect
of a priority, a conflict and its ways out. What is right is told by a judge (`judges.py`) that knows nothing of
planner's model. A command that dies of anything but a fault that it names is a wrong claim, too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from brute_force import World, called
from judges import AS_IS, Census, Chosen, Judge, Pin, Question, SecondEngine, Values, key_of

import planner
from planner.analysis.price import Price
from planner.analysis.seats.values import Difference
from planner.analysis.what_if import starts_of
from planner.analysis.why.cadre import Explanation
from planner.analysis.why.ways_out import WayOut
from planner.common.errors import InputError
from planner.common.workers import Parallel
from planner.plans.plan import Plan

HERE = Parallel(executor=ThreadPoolExecutor(1))  # questions asked in this process
MOST_MORE, MOST_POINTS = 2, 20
"""How far `explain` says that it looks for remedies: of one limit, and of priority points."""
RULES = {
    "one_at_a_time",
    "ladder_order",
    "seats",
    "requires",
    "per_agency",
    "study_load",
    "absence",
    "leaders",
    "classes",
    "budget",
    "pins",
    "must",
}
"""The contract's rules, section 5; whatever else a conflict names is why a start is not admissible."""
LADDER_ORDER = ("ladder_order", ())
STEPS = {"ladder_order", "requires"}
"""The rules that the admissibility of a start foretells: what it asks for can be reached."""
FORETOLD = {"frontier": {"frontier_no_pool"}}
"""The faults that a question may end in: no limited pool leads to the target."""


@dataclass(frozen=True)
class Claim:
    """A statement of an answer: the command, what it is about, what was told, and what is right."""

    command: str
    kind: str
    about: str
    told: Any
    right: Any

    @property
    def wrong(self) -> bool:
        """Whether what was told is not right."""
        return bool(self.told != self.right)

    def __str__(self) -> str:
        return f"{self.command}: {self.kind} of {self.about}: told {self.told}, right is {self.right}"


def claims(path: Path, judge: Judge, questions: int = 4, commands: Collection[str] = ()) -> Iterator[Claim]:
    """Every claim of every answer about a scenario, or of some commands' answers.

    Of what can be asked of each cadre, `questions` are drawn.
    """
    plan = planner.solve(planner.load(path))
    best = judge.values()
    asking = _Asking(path, judge, plan, random.Random(questions))
    yield Claim("solve", "a plan exists", path.name, plan.found, best is not None)
    if plan.found:
        yield Claim("solve", "values", path.name, asking.told_values(), best)
    roads: dict[str, Callable[[], Iterator[Claim]]] = {
        "backbone": asking.backbone,
        "explain": lambda: asking.explain(questions),
        "explain --all": asking.explain_all,
        "value": asking.value,
        "missed": asking.missed,
        "frontier": asking.frontier,
        "fairness": asking.fairness,
        "conflict": asking.conflict,
    }
    for command, ask in roads.items():
        if command in (commands or roads) and (plan.found or command == "conflict"):
            yield from ask()


class _Asking:
    """One plan, its judge, and the questions."""

    def __init__(self, path: Path, judge: Judge, plan: Plan, dice: random.Random) -> None:
        self.path, self.judge, self.plan, self.dice = path, judge, plan, dice
        self.second = judge if isinstance(judge, SecondEngine) else SecondEngine(path)
        self.world = World(path)
        self.case: Any = planner.what_if(plan) if plan.found else None
        self.starts = frozenset(starts_of(plan)) if plan.found else frozenset()
        self.goals = [goal for goal in self.world.goals if goal[0] != "lot" or goal != self.world.goals[-1]]
        self.names = [called(goal) for goal in self.goals]

    def told_values(self) -> Values:
        """What the plan's table of goals says, but of a last lot."""
        told = zip(self.plan.goals["goal"], self.plan.goals["value"], strict=True)
        return {str(goal): Fraction(str(value)) for goal, value in told if str(goal) in self.names}

    def answered(self, command: str, about: str, ask: Callable[[], Any]) -> tuple[Any, list[Claim]]:
        """An answer and no claim; or no answer, and a claim where there should have been one."""
        try:
            return ask(), []
        except InputError as error:
            if {fault.key for fault in error.faults} <= FORETOLD.get(command, set()):
                return None, []
            return None, [Claim(command, "an answer", about, f"{type(error).__name__}: {error}", "an answer")]
        except Exception as error:  # noqa: BLE001 - whatever a command dies of is what is looked for
            return None, [Claim(command, "an answer", about, f"{type(error).__name__}: {error}", "an answer")]

    # Prices.

    def differs(self, question: Question) -> dict[str, Fraction] | None:
        """What a question changes of the best values; None where no plan exists then."""
        before, after = self.judge.values(), self.judge.values(question)
        assert before is not None
        return None if after is None else {goal: after[goal] - before[goal] for goal in before}

    def price(self, command: str, about: str, price: Price, question: Question, *, exchange: bool) -> Iterator[Claim]:
        """What having or not having a start costs, and who comes and goes."""
        right = self.differs(question)
        yield Claim(command, "price", about, dict(price.change) if price.possible else None, right)
        decided = next((goal for goal, by in (right or {}).items() if by), "")
        yield Claim(command, "the goal that decides", about, price.decided_by, decided)
        if not (exchange and price.possible and right is not None):
            return
        then = (self.starts - set(price.loses)) | set(price.gains)
        best = self.judge.values(question)
        yield Claim(command, "the exchange is a best plan", about, self.judge.worth(then, question), best)
        if isinstance(self.judge, Census):
            fewest = self.judge.nearest(self.starts, question)
            yield Claim(command, "starts exchanged", about, len(price.gains) + len(price.loses), fewest)

    # explain.

    def explain(self, number: int) -> Iterator[Claim]:
        """What some cadres get and miss; what would get them in."""
        cadres = self.dice.sample(list(self.world.roster), min(number, len(self.world.roster)))
        programmes, years = list(self.world.programmes), list(self.world.years)
        for cadre in cadres:
            found, died = self.answered("explain", cadre, lambda cadre=cadre: planner.explain(self.case, cadre).found)
            yield from died
            yield from self.explanation(found, cadre, None) if found is not None else ()
        for cadre in cadres:
            programme = self.dice.choice(programmes)
            year = self.dice.choice([None, None, *years])
            about = f"{cadre} {programme} {year or ''}"
            ask = lambda c=cadre, p=programme, y=year: planner.explain(self.case, c, p, y).found  # noqa: E731
            found, died = self.answered("explain", about, ask)
            yield from died
            yield from self.explanation(found, cadre, year) if found is not None else ()

    def explanation(self, found: Explanation, cadre: str, year: int | None) -> Iterator[Claim]:
        """One explanation."""
        for got in found.got:
            pin = {"cadre": cadre, "programme": got.programme, "start": got.start}
            about = _text(pin)
            yield Claim("explain", "held", about, got.held, "every" if self.judge.every(pin) else "some")
            yield from self.price("explain", f"without {about}", got.without, Question(forbid=(pin,)), exchange=True)
        admissible = {start.key for start in self.second.reading().starts}
        for missed in found.missed:
            pin = {"cadre": cadre, "programme": missed.programme} | ({"start": year} if year is not None else {})
            about = _text(pin)
            told = {when: not against for when, against in missed.reasons.items()}
            right = {when: (cadre, missed.programme, when) in admissible for when in told}
            yield Claim("explain", "admissible years", about, told, right)
            if missed.price is None:
                yield Claim("explain", "verdict", about, missed.verdict, self.verdict(pin, any(right.values())))
                continue
            question = Question(require=(pin,))
            yield Claim("explain", "verdict", about, missed.verdict, self.verdict(pin, any(right.values())))
            yield from self.price("explain", about, missed.price, question, exchange=True)
            yield from self.remedies(about, pin, missed.remedies) if missed.remedies is not None else ()
            if missed.way_out is not None:
                yield from self.way_out("explain", about, missed.way_out, question)

    def verdict(self, pin: Pin, admissible: bool) -> str:
        """What having a start is."""
        if not admissible:
            return "inadmissible"
        changed = self.differs(Question(require=(pin,)))
        return "impossible" if changed is None else "costs" if any(changed.values()) else "free"

    def remedies(self, about: str, pin: Pin, remedies: Any) -> Iterator[Claim]:
        """Each remedy gets the start in, as surely as it says; less does not, nor does what was tried in vain."""
        raised = [remedy for remedy in remedies.found if remedy.more]
        for remedy in remedies.found:
            question = self.remedied(remedy.more, remedy.points, pin)
            what = f"{about} with {dict(remedy.more) or f'{remedy.points} points'}"
            yield Claim("explain", "remedy suffices", what, True, self.judge.some(pin, question))
            yield Claim("explain", "remedy is certain", what, remedy.certain, self.judge.every(pin, question))
            most = max(remedy.more.values(), default=0)
            for less in range(1, most):
                question = self.remedied(dict.fromkeys(remedy.more, less), 0, pin)
                yield Claim("explain", f"{less} of the remedy suffices", what, False, self.judge.some(pin, question))
            for points in {1, remedy.points - 1} - {0, -1, remedy.points} if remedy.points else ():
                question = self.remedied({}, points, pin)
                yield Claim("explain", f"{points} points suffice", what, False, self.judge.some(pin, question))
        far = max((by for remedy in raised for by in remedy.more.values()), default=MOST_MORE)
        named = [set(remedy.more) for remedy in raised]
        for limit in remedies.limits_tried:
            for by in range(1, far + 1) if {limit} not in named else ():
                question = self.remedied({limit: by}, 0, pin)
                yield Claim("explain", f"{by} more of {limit} suffices", about, False, self.judge.some(pin, question))
        if not any(remedy.points for remedy in remedies.found):
            for points in (1, MOST_POINTS):
                question = self.remedied({}, points, pin)
                yield Claim("explain", f"{points} points suffice", about, False, self.judge.some(pin, question))

    def remedied(self, more: Mapping[Any, int], points: int, pin: Pin) -> Question:
        """The scenario with a remedy."""
        over = {"priority": {"zz_more": {"who": {"cadre": pin["cadre"]}, "points": points}}} if points else {}
        return Question(more=dict(more), over=over)

    def way_out(self, command: str, about: str, way: WayOut, question: Question) -> Iterator[Claim]:
        """A way out, or a repair, leaves a plan."""
        more = {(each.rule, tuple(each.key)): by for each, by in way.relaxed}
        exempt = [(each.cadre, each.programme, each.start) for each in way.exemptions]
        told = f"{[(each.id, by) for each, by in way.relaxed]} {exempt}"
        widened = Question(question.require, question.forbid, {**question.more, **more}, question.over)
        right = self.second.possible(None, widened, exempt)
        yield Claim(command, "the way out suffices", f"{about}: {told}", True, right)
        yield Claim(command, "the way out is possible", f"{about}: {told}", way.possible, right)

    # Everybody.

    def backbone(self) -> Iterator[Claim]:
        """How many best plans have each admissible start."""
        found, died = self.answered("backbone", "all", lambda: planner.backbone(self.case))
        yield from died
        if found is None:
            return
        admissible = {start.key for start in self.second.reading().starts}
        told = {(str(c), str(p), int(s)): held for c, p, s, held in found.itertuples(index=False)}
        yield Claim("backbone", "admissible starts", "all", set(told), admissible)
        for start in self.dice.sample(sorted(told), min(12, len(told))):
            pin = dict(zip(("cadre", "programme", "start"), start, strict=True))
            right = "every" if self.judge.every(pin) else "some" if self.judge.some(pin) else "none"
            yield Claim("backbone", "held", _text(pin), told[start], right)

    def explain_all(self) -> Iterator[Claim]:
        """How surely each start is in the plan, and what one that somebody waits for would cost."""
        found, died = self.answered("explain --all", "all", lambda: planner.explain_all(self.case, parallel=HERE).found)
        yield from died
        if found is None:
            return
        for row in found.starts.to_dict("records"):
            pin = {"cadre": row["cadre"], "programme": row["programme"], "start": int(row["start"])}
            right = "every" if self.judge.every(pin) else "some"
            yield Claim("explain --all", "held", _text(pin), row["held"], right)
        rows = list(zip(found.waiting.to_dict("records"), found.prices, strict=True))
        for row, price in self.dice.sample(rows, min(8, len(rows))):
            pin = {"cadre": row["cadre"], "programme": row["programme"]}
            right = self.verdict(pin, admissible=True)
            told = "free" if price is None or price.free else "costs" if price.possible else "impossible"
            yield Claim("explain --all", "verdict", _text(pin), told, right)
            if price is not None:
                question = Question(require=(pin,))
                yield from self.price("explain --all", _text(pin), price, question, exchange=False)

    # The worth of limits.

    def value(self) -> Iterator[Claim]:
        """What one more and one fewer of each limit change."""
        found, died = self.answered("value", "all", lambda: planner.value(self.case, parallel=HERE).found)
        yield from died
        for each in found or ():
            limit = each.rule, tuple(each.key)
            key = key_of(*limit)
            own = sum(self.tally(key))
            used = own + self.world.gone.get(key, 0) + self.world.before.get(key, 0)
            told = each.limit, each.used
            yield Claim("value", "limit and use", str(limit), told, (self.world.written.get(key), used))
            for by, difference in ((1, each.one_more), (-1, each.one_fewer)):
                yield from self.difference(f"{by:+} of {limit}", difference, Question(more={limit: by}), each.limit)

    def tally(self, key: tuple[Any, ...]) -> Iterator[Any]:
        """What the plan's starts add to what is counted."""
        for cadre in self.world.roster:
            own = tuple(self.world.start(*start) for start in sorted(self.starts) if start[0] == cadre)
            yield self.world.tally(cadre, own).get(key, 0)

    def difference(self, about: str, told: Difference, question: Question, limit: int) -> Iterator[Claim]:
        """What a changed limit makes of the goals."""
        if told.how == "nothing left":
            yield Claim("value", "nothing left", about, limit, 0)
            return
        right = self.differs(question)
        nothing = dict.fromkeys(self.names, Fraction(0))
        change = None if told.how == "impossible" else nothing if told.how == "implied" else dict(told.change)
        yield Claim("value", "change", about, change, right)
        first = next((goal for goal, by in (right or {}).items() if by), "")
        better = bool(first) and ((right or {})[first] > 0) == first.startswith("priority")
        yield Claim("value", "what decides", about, (told.decided_by, told.better), (first, better))

    # Targets.

    def missed(self) -> Iterator[Claim]:
        """Why targets are missed."""
        found, died = self.answered("missed", "all", lambda: planner.missed(self.case, parallel=HERE).found)
        yield from died
        for each in found or ():
            alone = {"goals": [{"attainment": [each.target]}], "targets": {each.target: {"weight": 1}}}
            least = self.judge.values(Question(over=alone))
            assert least is not None
            (best,) = least.values()
            yield Claim("missed", "the least shortfall", each.target, each.best, int(best))
            if each.verdict == "unknown":
                continue
            yield Claim("missed", "verdict", each.target, each.verdict, "blocked" if best else "competes")
            bound = self.bound(each.target, held=each.verdict == "competes")
            labels = [(rule.rule, tuple(rule.key)) for rule in each.blocking]
            if labels and each.verdict == "blocked":  # they stand against the target, which is not named among them
                labels.append(("must", ("targets", each.target)))
            if labels:
                yield from self.contradiction("missed", each.target, labels, bound)
            if each.repair is not None:
                yield from self.way_out("missed", each.target, each.repair, bound)
            if each.verdict == "competes" and isinstance(self.judge, Census):
                yield from self.costs(each.target, each.costs)

    def bound(self, target: str, *, held: bool) -> Question:
        """The scenario in which a target must be reached, and, `held`, no other falls shorter than in the plan."""
        targets: dict[str, Any] = {target: {"must": True}}
        for row in self.plan.attainment.to_dict("records") if held else ():
            if row["target"] != target:
                least = min(int(row["attained"]), int(row["required"]))
                own = {"share": None} if "share" in self.world.targets[row["target"]] else {}
                targets[row["target"]] = {"must": True, "at_least": least, **own}
        return Question(over={"targets": targets})

    def contradiction(self, command: str, about: str, labels: Sequence[Any], question: Question) -> Iterator[Claim]:
        """Rules together are impossible; any one of them set aside, they are possible."""
        about = f"{about} by {labels}"
        bars = not {rule for rule, _ in labels} <= RULES  # more would have to give way than the rules named
        held = [*labels, LADDER_ORDER] if bars else labels  # a start that goes on from a level is no way to it
        yield Claim(command, "together impossible", about, True, not self.second.possible(held, question))
        if bars:
            return
        for label in labels:
            less = [other for other in labels if other != label]
            # Whoever sets the order of a ladder aside, or what programmes require, lets start who never gets there.
            aside = STEPS - {rule for rule, _ in less} if label[0] in STEPS else ()
            possible = self.second.possible(less, question, aside=aside)
            yield Claim(command, f"possible without {label}", about, True, possible)

    def costs(self, target: str, told: Mapping[str, int]) -> Iterator[Claim]:
        """Some best plan, and some best plan with the target binding, differ as it says."""
        assert isinstance(self.judge, Census)
        before, after = (
            {tuple(int(count.shortfall(name)[place]) for name in self.world.targets) for place in count.best_plans()}
            for count in (self.judge.counted(), self.judge.counted(self.bound(target, held=False)))
        )
        all_ = [
            {name: then - now for name, now, then in zip(self.world.targets, one, two, strict=True) if then > now}
            for one in before
            for two in after
        ]
        yield Claim("missed", "costs", target, dict(told), dict(told) if dict(told) in all_ else all_[:3])

    def frontier(self) -> Iterator[Claim]:
        """What a target attains with fewer and more seats."""
        if not self.world.targets:
            return
        target = self.dice.choice(list(self.world.targets))
        ask = lambda: planner.frontier(self.case, target, steps=2, parallel=HERE).found  # noqa: E731
        found, died = self.answered("frontier", target, ask)
        yield from died
        for point in found.points if found is not None else ():
            about = f"{target} with {point.more:+} in {found.pools}"
            seats = {pool: self.seats(pool, point.more) for pool in found.pools}
            yield Claim("frontier", "goals", about, point.goals, self.judge.values(Question(over={"seats": seats})))
            asked = {**self.world.targets[target], "share": 1.0, "weight": 1, "must": False, "rounding": "up"}
            asked.pop("at_least", None)
            only = {"seats": seats, "targets": {"zz_asked": asked}, "goals": [{"attainment": ["zz_asked"]}]}
            lacking = self.judge.values(Question(over=only))
            most = None if lacking is None else len(self.world.members[target]) - sum(lacking.values())
            yield Claim("frontier", "attainable", about, point.attainable, most)
            shortfall = max(0, self.world.required[target] - point.attained)
            yield Claim("frontier", "shortfall", about, point.shortfall, shortfall)

    def seats(self, pool: str, more: int) -> dict[str, Any]:
        """A pool with so many seats more a year, and over the horizon as many more in all; a year without stays so."""
        entry = self.world.seats[pool]
        written = entry.get("per_year", {})
        years: dict[Any, Any] = {}
        if isinstance(written, dict):
            years = {key: None for key in ("min", "max") if key in written}
        for year in self.world.years:
            least, most = self.world.per_year(pool, year)
            most = most and max(0, most + more)
            years[year] = {"min": least if most is None else min(least, most), "max": most}
        total = entry.get("total", {})
        total = dict(total) if isinstance(total, dict) else {"max": total}
        if total.get("max") is not None:
            total["max"] = max(0, total["max"] + more * len(self.world.years))
            total["min"] = min(total.get("min", 0), total["max"])
        return {"per_year": years, **({"total": total} if total else {})}

    # Fairness.

    def fairness(self) -> Iterator[Claim]:
        """What each priority rule changed, and what raising the priority would cost."""
        found, died = self.answered("fairness", "all", lambda: planner.fairness(self.case, parallel=HERE).found)
        yield from died
        if found is None:
            return
        for rule in found.priorities:
            yield from self.without(rule)
        for step in found.price:
            yield from self.step(step)

    def without(self, rule: Any) -> Iterator[Claim]:
        """The best plan without the points of a rule."""
        question = Question(over={"priority": {rule.rule: {"points": 0}}})
        right = self.judge.values(question)
        assert right is not None
        told = {goal: value for goal, value in rule.goals_without.items() if not goal.startswith("priority")}
        named = {goal: value for goal, value in right.items() if not goal.startswith("priority")}
        yield Claim("fairness", "goals without", rule.rule, told, named)
        other = self.judge.plan(question)
        if other is None:
            return
        favoured = {
            cadre
            for cadre, row in self.world.roster.items()
            if self.world.covers(self.world.scenario["priority"][rule.rule]["who"], row, self.world.as_of)
        }
        own, theirs = ([start for start in plan if start[0] in favoured] for plan in (self.starts, other))
        told_figures = rule.starts_with, rule.starts_without, rule.people_with, rule.people_without
        figures = len(own), len(theirs), len({start[0] for start in own}), len({start[0] for start in theirs})
        yield Claim("fairness", "starts and people", rule.rule, told_figures, figures)
        now, then = ({start[0] for start in plan} for plan in (self.starts, other))
        came_and_went = tuple(sorted(now - then)), tuple(sorted(then - now))
        yield Claim("fairness", "who came in and went out", rule.rule, (rule.came_in, rule.went_out), came_and_went)
        points = {goal: value for goal, value in rule.goals_without.items() if goal.startswith("priority")}
        in_points = {called(goal): self.points(goal, other) for goal in self.goals if goal[0] == "priority"}
        yield Claim("fairness", "priority without, in the scenario's points", rule.rule, points, in_points)

    def points(self, goal: tuple[str, tuple[str, ...]], plan: frozenset[Chosen]) -> Fraction:
        """The points of a plan, as the scenario has them."""
        return sum((self.world.each(*goal, self.world.start(*start)) for start in plan), Fraction(0))

    def step(self, step: Any) -> Iterator[Claim]:
        """The best values with `priority` at a place and its points so many times."""
        others = [goal for goal in self.goals if goal != ("priority", ())]
        others.insert(step.place - 1, ("priority", ()))
        ranked = [kind if not entries else {kind: list(entries)} for kind, entries in others]
        ranks = self.world.scenario.get("priority", {})
        points = {name: {"points": round(rank["points"] * step.times, 9)} for name, rank in ranks.items()}
        right = self.judge.values(Question(over={"goals": ranked, "priority": points}))
        assert right is not None
        about = f"priority at {step.place}, {step.times} times"
        for goal, value in step.goals.items():
            if goal not in right:  # a lot that stands last now: it chooses among equals
                continue
            if not goal.startswith("priority"):
                yield Claim("fairness", f"price curve, {goal}", about, value, right[goal])
            elif step.times:
                yield Claim("fairness", f"price curve, {goal}", about, value, right[goal] / step.times)

    # Conflicts.

    def conflict(self) -> Iterator[Claim]:
        """Which rules contradict each other, and the ways out."""
        found, died = self.answered("conflict", "all", lambda: planner.conflict(self.path).found)
        yield from died
        if found is None:
            return
        feasible = self.judge.values() is not None
        yield Claim("conflict", "a plan exists", "all", not found.conflicts, feasible)
        for each in found.conflicts:
            labels = [(rule.rule, tuple(rule.key)) for rule in each.rules]
            yield from self.contradiction("conflict", "all", labels, AS_IS)
            told = each.together_impossible, each.less_one_possible
            yield Claim("conflict", "confirmed", str(labels), told, (True, True))
        for way in found.ways_out:
            yield from self.way_out("conflict", "all", way, AS_IS)


def _text(pin: Pin) -> str:
    return " ".join(str(value) for value in pin.values())
