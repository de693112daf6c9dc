"""The model in which what keeps cadres from starting can be set aside, statement by statement, like a rule.

Starts that are not admissible, of the cadres whom some rules ask for, become columns; and for every statement of
`planner.model.rules.bars` there is a row: of the starts against which it stands, none. With all these rows it is the
same problem. Levels already reached and starts that come too late are no columns: they would serve nobody. A `from` or
a required level out of reach needs no row of its own, since `ladder_order` and `requires` speak of it. Members of
unknown level, and those to whose level no programme leads in time, would attain if that were set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse

from planner.inputs.problem import Problem
from planner.model.admissibility import bits, pinned, retired_by_the_end
from planner.model.attainment import attaining, holding, in_time, passing, unknown_level
from planner.model.build import build_tables
from planner.model.options import Options, options_of
from planner.model.rows import INFINITY, AuxiliaryColumn, Block, Key, Limit, ModelTables
from planner.model.rules.bars import BARS

BY_PROGRAMME = {"not_eligible": "eligible", "no_seat_pool": "no_seat_pool", "not_in_these_years": "programme_years"}
OF_EVERYBODY = {
    "studying_as_high": "current_study",
    "study_in_the_way": "current_study",
    "not_in_service": "service_start",
}
REACHES = ("from_out_of_reach", "required_out_of_reach")
SET_ASIDE = (*BY_PROGRAMME, *OF_EVERYBODY, *REACHES, "retires_too_soon", "forbidden", "on_leave")

Bar = tuple[Limit, np.ndarray]  # the statement, and the columns of which there may be none


def barred(tables: ModelTables, rules: Collection[Limit]) -> ModelTables:
    """The tables with starts that are not admissible, of those whom the rules ask for, and a row for each bar.

    `rules` are statements of the scenario, as `statement_of` has them.
    """
    return barred_options(tables.options, rules, tables.more)


def barred_options(options: Options, rules: Collection[Limit], more: Mapping[Limit, int] | None = None) -> ModelTables:
    """The same, where limits are raised by so many."""
    problem, own = options.problem, options.reasons
    asked = asked_for(problem, rules)
    reasons = np.where(asked[:, None, None], own & ~bits(*SET_ASIDE), own)
    wide = options_of(problem, reasons)
    wider = build_tables(wide).allowing(dict(more or {}))
    wider, slack = _with_slack(wider, rules)
    found: dict[Limit, list[np.ndarray]] = {}
    for statement, columns in (*_bars(wide, own), *slack):
        if len(columns):
            found.setdefault(statement, []).append(columns)
    order = list(BARS)
    ranked = sorted(found, key=lambda statement: order.index(statement[0]))
    return _with_bars(wider, [(statement, np.unique(np.concatenate(found[statement]))) for statement in ranked])


def asked_for(problem: Problem, rules: Collection[Limit]) -> np.ndarray:
    """The cadres of whom the rules want starts: Boolean."""
    asked = np.zeros(len(problem.cadres), dtype=bool)
    for rule, key in rules:
        if rule == "must":
            section, name = str(key[0]), str(key[1])
            if section == "targets":
                asked |= _below(problem, name)
            else:
                pools, shares = problem.pools, problem.share_group
                asked |= pools[name] if section == "seats" else shares[name] & problem.share_among[name]
        elif rule == "pins":
            asked |= pinned(problem, [problem.scenario.pins.require[int(key[0])]]).any(axis=(1, 2))
        elif rule == "classes":
            asked[:] = True
    return asked


def _below(problem: Problem, target: str) -> np.ndarray:
    """The members of known level who do not attain without a start: Boolean."""
    entry = problem.scenario.targets[target]
    return problem.counted(target) & ~unknown_level(problem, entry) & (attaining(problem, entry) > problem.by(entry))


def _bars(options: Options, own: np.ndarray) -> Iterator[Bar]:
    """For every statement the options against which it stands; `own` are the reasons as they are."""
    problem, frame = options.problem, options.frame
    cadre, programme = frame["cadre"].to_numpy(), frame["programme"].to_numpy()
    at = cadre, programme, frame["start"].to_numpy() - problem.scenario.horizon.first
    against = own[at]
    names = problem.programmes["programme"].to_numpy()

    def of(reason: str) -> np.ndarray:
        return (against & bits(reason)) != 0

    for reason, rule in BY_PROGRAMME.items():
        for row in np.unique(programme[of(reason)]):
            yield (rule, (str(names[row]),)), np.flatnonzero(of(reason) & (programme == row))
    for reason, rule in OF_EVERYBODY.items():
        yield (rule, ()), np.flatnonzero(of(reason))
    retires, gone = of("retires_too_soon"), retired_by_the_end(problem)[at]
    yield ("retirement", ()), np.flatnonzero(retires & gone)
    for row in np.unique(programme[retires & ~gone]):
        yield ("service_owed", (str(names[row]),)), np.flatnonzero(retires & ~gone & (programme == row))
    for number, pin in enumerate(problem.scenario.pins.forbid if of("forbidden").any() else ()):
        yield ("forbidden", (number,)), np.flatnonzero(options.matching(pin) & of("forbidden"))
    absent = of("on_leave")
    codes = problem.cadres["cadre"].to_numpy()[cadre]
    for name, leave in problem.scenario.leave.items():
        then = (frame["start"] <= leave.to) & (frame["finish"] >= leave.from_) & (codes == leave.cadre)
        yield ("leave", (name,)), np.flatnonzero(absent & then)


# --- members whom no start would help -------------------------------------------------------------------------------


def _with_slack(tables: ModelTables, rules: Collection[Limit]) -> tuple[ModelTables, list[Bar]]:
    """The tables with a column for members of unknown level, and one for those to whose level nothing leads in time.

    Each counts as attained; of each there is none as long as its bar stands.
    """
    problem = tables.options.problem
    rows = tables.rows_of("shortfall")
    columns: list[AuxiliaryColumn] = []
    at: list[int] = []
    found: list[Bar] = []
    for rule, key in dict.fromkeys(rules):
        if rule != "must" or key[0] != "targets":
            continue
        name = str(key[1])
        for kind, number in _beyond_help(problem, name).items():
            if number:
                found.append(((kind, (name,)), np.array([len(tables.upper) + len(columns)])))
                columns.append(AuxiliaryColumn(kind, (name,), number))
                at.append(rows[(name,)])
    wide = sparse.csr_matrix((np.ones(len(at)), (at, np.arange(len(at)))), shape=(tables.terms.shape[0], len(at)))
    terms = sparse.hstack([tables.terms, wide], format="csr")
    return replace(tables, columns=(*tables.columns, *columns), terms=terms), found


def _beyond_help(problem: Problem, target: str) -> dict[str, int]:
    """By the bar, how many members attain by no start of any year."""
    entry, below = problem.scenario.targets[target], _below(problem, target)
    nothing = np.zeros(len(below), dtype=bool)
    for ladder in entry.level:
        if not (passing(problem, entry, ladder)[:, None] & in_time(problem, entry)).any():
            nothing |= below & (holding(problem, entry, ladder) > problem.by(entry))
    unknown = problem.counted(target) & unknown_level(problem, entry)
    return {"level_unknown": int(unknown.sum()), "no_programme_in_time": int(nothing.sum())}


def _with_bars(tables: ModelTables, bars: list[Bar]) -> ModelTables:
    """The tables with a row for each bar: of these columns none."""
    if not bars:
        return tables
    row = np.repeat(np.arange(len(bars)), [len(columns) for _, columns in bars])
    column = np.concatenate([columns for _, columns in bars])
    shape = (len(bars), tables.terms.shape[1])
    terms = sparse.csr_matrix((np.ones(len(column)), (row, column)), shape=shape)
    blocks = [_block(*statement) for statement, _ in bars]
    return replace(tables, blocks=(*tables.blocks, *blocks), terms=sparse.vstack([tables.terms, terms], format="csr"))


def _block(rule: str, key: Key) -> Block:
    """One row that allows nothing."""
    keys = pd.DataFrame([key or ("",)], dtype=object).rename(columns=str)
    return Block(rule, keys, np.array([-INFINITY]), np.zeros(1), np.zeros(1))
