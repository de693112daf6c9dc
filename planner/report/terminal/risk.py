"""How surely a plan reaches its targets, on the terminal."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.markup import escape
from rich.table import Table

from planner.analysis.risk.figures import KINDS, standard_error
from planner.analysis.risk.result import Risk
from planner.inputs.scenario.sources import is_assumed
from planner.messages import DASH, figure, percentage, say, signed
from planner.plans.agency_titles import agency_title
from planner.plans.persons import heading, person
from planner.report.terminal.console import console_wide, grid, tell
from planner.report.text import first_sentences
from planner.report.text.titles import programme_title, source_told

NAMED = 8
"""Starts, cadres, agencies or years that are shown."""


def print_risk(found: Risk) -> None:
    """The rates, the targets, what it hangs on."""
    console = console_wide()
    concerned = len(found.drawn.careers)
    tell([first_sentences.of_risk(found), ""])
    tell([say("risk_title", futures=found.count, seed=found.seed, cadres=concerned), say("risk_method"), ""])
    console.print(_rates(found))
    if idle := [str(entry) for entry in found.rates.loc[found.rates["cadres"] == 0, "entry"]]:
        tell([say("risk_idle", number=len(idle), entries=", ".join(idle)), ""])
    assumed = sum(is_assumed(rate.source) for rate in found.problem.scenario.risk.values())
    if assumed:
        tell([say("risk_assumed", assumed=assumed), ""])
    shown = found.without(found.untold)
    if shown.drawn.aims:
        _print_targets(shown)
    for kind in KINDS:
        own = found.hinges[(found.hinges["kind"] == kind) & (found.hinges["gain"] != 0)]
        if len(own):
            console.print(escape(say(f"risk_hinges_{kind}")), style="bold", soft_wrap=True)
            console.print(_hinges(found, kind, own))
            if len(own) > NAMED:
                console.print(escape(say("risk_more", number=len(own) - NAMED)))


def _print_targets(found: Risk) -> None:
    """The targets that can be told, those that are the same in every future counted, and the worst tenth."""
    console = console_wide()
    console.print(_targets(found))
    fixed = found.targets.loc[_fixed(found.targets)]
    for key, which in (("risk_sure", fixed["expected"] == 0), ("risk_fixed", fixed["expected"] > 0)):
        if which.any():
            console.print(escape(say(key, number=int(which.sum()))))
    whole = found.targets.iloc[0]
    tail, planned = figure(whole["worst_tenth"], 1), figure(whole["planned"])
    tell([say("risk_worst", tail=tail, planned=planned), ""])


def _fixed(targets: pd.DataFrame) -> pd.Series:
    """The targets that stand in every future as they are planned."""
    return (targets["target"] != "") & (targets["expected_error"] == 0) & (targets["expected"] == targets["planned"])


def _rates(found: Risk) -> Table:
    headings = [say(f"risk_column_{name}") for name in ("event", "programmes", "years", "source", "who", "rate")]
    shown = grid(say("risk_rates_title"), *headings, text=4)
    for row in found.rates.to_dict("records"):
        names = row["programmes"].split()
        titles = "; ".join(programme_title(found.problem, name) for name in names) or say("risk_any_programme")
        told = say(f"event_{row['event']}"), titles, row["years"] or say("risk_every_year")
        cells = *told, source_told(row["source"]), figure(row["cadres"]), percentage(row["rate"])
        shown.add_row(*map(escape, cells))
    return shown


def _targets(found: Risk) -> Table:
    """A row for all targets, then those that are not the same in every future."""
    headings = [say(f"risk_column_{name}") for name in ("planned", "chance", "expected", "band", "tail")]
    shown = grid(say("risk_targets_title"), "", *headings)
    for row in found.targets[~_fixed(found.targets)].to_dict("records"):
        chance = _ranged(percentage, row["chance"], row["chance_low"], row["chance_high"])
        expected = say("risk_give", value=figure(row["expected"], 2), error=figure(row["expected_error"], 2))
        band = say("risk_range", low=figure(row["p10"]), high=figure(row["p90"]))
        title = row["title"] if row["target"] else say("risk_all")
        cells = title, figure(row["planned"]), chance, expected, band, figure(row["worst_tenth"], 1)
        shown.add_row(*map(escape, cells), style=None if row["target"] else "bold")
    return shown


def _ranged(told: Any, value: float, low: float, high: float) -> str:
    return say("risk_within", value=told(value), low=told(low), high=told(high))


def _hinges(found: Risk, kind: str, own: pd.DataFrame) -> Table:
    columns = {
        "start": ["cadre", "agency", "programme", "year", "succeeds"],
        "cadre": ["cadre", "agency"],
        "agency": ["agency"],
        "year": ["year"],
    }[kind]
    names = {
        "cadre": heading("ledger_heading_cadre"),
        "agency": say("ledger_heading_agency"),
        "programme": say("column_programme"),
        "year": say("column_year"),
        "succeeds": say("risk_column_succeeds"),
    }
    text = len([name for name in columns if name != "succeeds"])
    headings = [names[name] for name in columns]
    shown = grid("", *headings, say("risk_column_gain"), text=text)
    for row in own.head(NAMED).to_dict("records"):
        cells = {
            "cadre": person(found.problem, row["cadre"]) if row["cadre"] else "",
            "agency": agency_title(found.problem, row["agency"]) if row["agency"] else "",
            "programme": programme_title(found.problem, row["programme"]) if row["programme"] else "",
            "year": DASH if pd.isna(row["year"]) else str(row["year"]),
            "succeeds": percentage(row["chance"]),
        }
        gain = say("risk_give", value=figure(row["gain"], 3), error=figure(row["gain_error"], 3))
        shown.add_row(*(escape(cells[name]) for name in columns), gain)
    return shown


def print_against(found: Risk, other: Risk, folder: object) -> None:
    """Two plans in the same futures: all targets together, and those that differ."""
    console = console_wide()
    untold = {*found.untold, *other.untold}
    table = found.without(untold).against(other.without(untold))
    headings = [say(f"risk_column_{name}") for name in ("expected", "other", "difference", "chance_difference")]
    shown = grid(say("risk_against_title", folder=folder), "", *headings)
    for row in table.to_dict("records"):
        if row["target"] and not (row["difference"] or row["error"]):
            continue
        told = (
            figure(row["expected"], 2),
            figure(row["other"], 2),
            say("risk_give", value=signed(row["difference"], 2), error=figure(row["error"], 2)),
            percentage(row["chance_difference"]),
        )
        title = row["title"] if row["target"] else say("risk_all")
        shown.add_row(escape(title), *told, style=None if row["target"] else "bold")
    console.print(shown)
    whole = table.iloc[0]
    figures = {"error": figure(whole["error"], 2), "apart": figure(whole["apart_error"], 2)}
    console.print(escape(say("risk_apart", **figures)), soft_wrap=True)


def print_recourse(table: pd.DataFrame) -> None:
    """The futures in which the plan was made again, and what that gains on average."""
    console = console_wide()
    headings = [say(f"risk_column_{name}") for name in ("future", "as_it_was", "remade", "starts", "stopped")]
    shown = grid(say("risk_recourse_title"), *headings, text=0)
    for row in table.to_dict("records"):
        stopped = "" if pd.isna(row["stopped"]) else str(row["stopped"])
        shown.add_row(*(figure(row[name]) for name in ("future", "shortfall", "recourse", "starts")), stopped)
    console.print(shown)
    gained = (table["shortfall"] - table["recourse"]).to_numpy(dtype=float)
    error = figure(standard_error(gained), 2)
    told = say("risk_recourse_gained", gained=figure(gained.mean(), 2), error=error, number=len(table))
    console.print(escape(told), soft_wrap=True)
