"""What is taken out of a run whose time is past: names and free text, or everything but aggregates.

A purged run is written anew beside the old one and takes its place whole. Of files that are made from a run (pages,
lists, pictures) none stays: they are made again from what is left. What is left says what was taken out, and when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.common.arrays import MOST_BYTES as LARGEST_PROOF
from planner.common.certificates import PROOF, Statement, stated
from planner.common.csv_cells import csv_table, csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import MOST_JSON, content_of, fresh_folder, sha256
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.texts import MASK
from planner.inputs.warnings.roster_columns import ignored_columns
from planner.library.personal_data.key_file import Key
from planner.library.personal_data.pseudonyms import FREE, without_names
from planner.messages import LANGUAGES, say, speaking
from planner.plans.notice import NOTICE, today
from planner.plans.plan import Plan
from planner.plans.run_folder import (
    BESIDE,
    INPUTS,
    LEDGER,
    MANIFEST,
    Run,
    fingerprint,
    json_digest,
    read_run,
    write_run,
)
from planner.plans.small_cells import TOLD, for_others
from planner.verification import RunFolder, run_findings
from planner.verification.proof.certificate import decoded, encoded
from planner.years.before import FILES as OF_YEARS_BEFORE
from planner.years.ledger import FILE, JOINERS, OWN, read_ledger, resealed
from planner.years.people import people_of
from planner.years.state import CLEAN_FORM
from planner.years.successor import with_files

NAMES, AGGREGATES = "names", "aggregates"
"""The steps of purging, as `purged` in run.json tells them."""
OF_THE_YEARS = ("changes.csv", "news.csv", "events.csv", "frontier.csv", "reform.csv", *OF_YEARS_BEFORE.values())
PERSONAL = ("pins", "leave", *INPUTS, "headers", "sheets", "synonyms", "blank", "acknowledged", "extends")
"""Keys of a scenario that speak of persons or of the files in which they stood."""


@dataclass(frozen=True)
class Purged:
    """What was taken out of a run.

    Attributes
    ----------
    step
        names or aggregates.
    columns
        The columns whose cells were taken out.
    removed
        The files that are gone.
    cells
        How many cells of aggregates are hidden.
    fewest
        The fewest people that a count tells.
    """

    step: str
    columns: tuple[str, ...]
    removed: tuple[str, ...]
    cells: int
    fewest: int


def purged(folder: Path, *, all_but_aggregates: bool) -> Purged:
    """Take names and free text out of a run folder, or everything but aggregates.

    Raises
    ------
    InputError
        It is no run folder, was left with aggregates already, does not hold what run.json says, or cannot be written.
    """
    run = read_run(folder)
    if run_findings(RunFolder(run.folder, run.problem, run.manifest, run.tables)):
        raise InputError(Fault("purged_not_verified", {"folder": folder}))
    before = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    with fresh_folder(folder, force=True, mark=MANIFEST, others=(*BESIDE, *LEDGER)) as draft:
        found = _to_aggregates(run, draft) if all_but_aggregates else _to_codes(run, draft)
        left = {path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()}
        gone = tuple(sorted(before - left))
        _told(draft, found, gone)
    return replace(found, removed=gone)


# --- names and free text --------------------------------------------------------------------------------------------


def _to_codes(run: Run, draft: Path) -> Purged:
    """The run without names and free text: every figure is still derived from its inputs."""
    old = run.plan()
    problem, columns = _without_names(run)
    plan = Plan(problem, old.status, **{name: getattr(old, name) for name in run.tables})
    proof = {PROOF: _restated(run.folder / PROOF, plan)} if (run.folder / PROOF).exists() else {}
    tables = {name: _scrubbed(run.folder / name, run) for name in OF_THE_YEARS if (run.folder / name).exists()}
    write_run(plan, draft / "run", more={**proof, **tables})
    for path in sorted((draft / "run").iterdir()):
        path.rename(draft / path.name)
    (draft / "run").rmdir()
    _keep_answers(run, draft, fingerprint(plan))
    _keep_ledger(run, draft)
    return Purged(NAMES, columns, (), 0, problem.scenario.privacy.fewest)


def _restated(file: Path, plan: Plan) -> bytes:
    """The certificate, about the same plan without names."""
    content = content_of(file, LARGEST_PROOF)
    return encoded(decoded(content), Statement(fingerprint(plan), stated(content).values))


def _without_names(run: Run) -> tuple[Problem, tuple[str, ...]]:
    """The problem of a run without names and free text, and the columns that are gone."""
    people = people_of(run.problem)
    free = {*FREE, *ignored_columns(run.problem)} & {*map(str, people)}
    key = names_of(run.problem)
    said = run.problem.source.root.plain()
    changed: dict[str, Any] = {**CLEAN_FORM, **without_names(_without_notes(said), key)}
    changed = {name: value for name, value in changed.items() if name not in INPUTS}
    if said.get("blank"):
        changed["blank"] = dict.fromkeys(said["blank"], "unknown")
    for section in ("pins", "leave"):  # replaced whole: a source that is gone stays gone
        if said.get(section):
            changed[section] = dict.fromkeys(said[section]) | changed[section]
    base = load(run.problem, {section: None for section in ("pins", "leave") if said.get(section)})
    problem = load(base, changed, roster=people.drop(columns=sorted(free)))
    return with_files(problem, run), tuple(sorted(name for name in free if (people[name] != "").any()))


def names_of(problem: Problem) -> Key:
    """A key in which everybody's name leads to his code."""
    people = problem.cadres
    codes = list(people["cadre"])
    key = Key(dict(zip(codes, codes, strict=True)))
    if "name" in people:
        key.learn([], dict(zip(codes, people["name"].astype(str), strict=True)))
    return key


def _without_notes(said: Mapping[str, Any]) -> dict[str, Any]:
    """The scenario without what is noted of pins and leave: it speaks of single persons."""
    changed = dict(said)
    if said.get("leave"):
        changed["leave"] = {name: _unsourced(entry) for name, entry in said["leave"].items()}
    if said.get("pins"):
        pins = {kind: [_unsourced(pin) for pin in said["pins"].get(kind) or ()] for kind in ("require", "forbid")}
        changed["pins"] = pins
    return changed


def _unsourced(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ("source", "title")}


def _scrubbed(file: Path, run: Run) -> str:
    """A table of a replanned run, without notes and names."""
    table, key = csv_table(file), names_of(run.problem)
    for name in table:
        cells = table[name].map(_value_masked) if name in ("detail", "to") else table[name]
        table[name] = "" if name == "note" else cells.map(lambda text: str(without_names(text, key)))
    return csv_text(table)


def _keep_answers(run: Run, draft: Path, plan: str) -> None:
    """The answers, which have codes alone, are still about this plan: it is the same but for names."""
    for file in sorted((run.folder / "answers").glob("*.json")):
        entry = json.loads(content_of(file, MOST_JSON))
        told = {**{name: value for name, value in entry.items() if name != "sha256"}, "plan": plan}
        (draft / "answers").mkdir(exist_ok=True)
        text = json.dumps({**told, "sha256": json_digest(told)}, ensure_ascii=False, indent=1)
        (draft / "answers" / file.name).write_text(text + "\n", encoding="utf-8")


def _keep_ledger(run: Run, draft: Path) -> None:
    """The ledger without notes and without who recorded it, sealed anew; those who joined without names."""
    if not (run.folder / FILE).exists():
        return
    own = read_ledger(run.folder, run)
    events = [replace(event, note="", to=_value_masked(event.to)) for event in own.events]
    kept = own.joiners.drop(columns=sorted({*FREE, *ignored_columns(run.problem)} & {*own.joiners}))
    table = resealed(own.table.assign(by="", note="", to=[event.to for event in events]), events, kept)
    (draft / FILE).write_text(csv_text(table[[*OWN]]), encoding="utf-8")
    if len(kept):
        (draft / JOINERS).write_text(csv_text(kept), encoding="utf-8")


def _value_masked(text: str) -> str:
    column, given, _ = text.partition("=")
    return f"{column}={MASK}" if given and column.strip() in FREE else text


# --- all but aggregates ---------------------------------------------------------------------------------------------


def _to_aggregates(run: Run, draft: Path) -> Purged:
    """Counts alone, those of few people hidden, with the scenario that asked for them."""
    shown = for_others(run.plan())
    for name in TOLD:
        (draft / f"{name}.csv").write_text(csv_text(shown.tables[name]), encoding="utf-8")
    said = {name: value for name, value in run.manifest["scenario"].items() if name not in PERSONAL}
    everybody = names_of(run.problem)
    nobody = Key(dict.fromkeys(everybody.pseudonyms, MASK), everybody.names)
    scenario = _nobody(without_names(said, nobody))
    kept = ("format", "status", "repeatable", "seed", "versions")
    manifest = {name: run.manifest[name] for name in kept if name in run.manifest}
    manifest |= {"scenario": scenario, "scenario_sha256": json_digest(scenario)}
    (draft / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    cells = sum(int((shown.tables[name] == "…").to_numpy().sum()) for name in TOLD)
    return Purged(AGGREGATES, (), (), cells, shown.fewest)


def _nobody(said: Any, under: str = "") -> Any:
    """What a scenario says, without the codes of cadres."""
    if isinstance(said, dict):
        return {name: _nobody(value, name) for name, value in said.items()}
    if under == "cadre":
        return [MASK] if isinstance(said, list) else MASK
    return [_nobody(value) for value in said] if isinstance(said, list) else said


# --- what is told of it ---------------------------------------------------------------------------------------------


def _told(draft: Path, found: Purged, gone: tuple[str, ...]) -> None:
    """Say in run.json what was taken out and when, and in the notice what is left."""
    day = today().isoformat()
    manifest = json.loads((draft / MANIFEST).read_bytes())
    if found.step == AGGREGATES:
        told = []
        for language in LANGUAGES:
            with speaking(language):
                told.append(say("run_notice_aggregates", day=day, fewest=found.fewest))
        (draft / NOTICE).write_text("\n\n".join(told) + "\n", encoding="utf-8")
        manifest["files"] = {name: sha256(draft / name) for name in (NOTICE, *(f"{name}.csv" for name in TOLD))}
    manifest.pop("manifest_sha256", None)
    manifest["purged"] = {"step": found.step, "on": day, "columns": list(found.columns), "removed": list(gone)}
    manifest["manifest_sha256"] = json_digest(manifest)
    (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
