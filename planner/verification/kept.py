"""What was added to a run folder after the run was written: answers about its plan, and the ledger of what happened."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.common.csv_cells import csv_table
from planner.common.errors import InputError
from planner.common.files import MOST_JSON, content_of, sha256
from planner.verification.findings import Finding, phrase
from planner.verification.manifest import INPUTS, Fault, RunFolder, json_digest

if TYPE_CHECKING:
    import pandas as pd

SEALED = ("recorded", "by", "number", "event", "date", "cadre", "programme", "start", "to", "note")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SEAL = 16  # hexadecimal digits of a seal


def kept_findings(run: RunFolder) -> list[Finding]:
    """What is kept beside the run and does not hold, under the rule `manifest`: where, found, allowed."""
    return [Finding("manifest", fault[:1], *fault[1:]) for fault in (*answers(run), *ledger(run))]


def answers(run: RunFolder) -> Iterator[Fault]:
    """Every answer that is kept in the folder is about this plan, and as it was when it was kept."""
    own = fingerprint(run)
    for file in sorted((run.folder / "answers").glob("*.json*")):
        name = f"answers/{file.name}"
        for number, entry in enumerate(_entries(file), 1):
            where = name if file.suffix == ".json" else phrase("verify_in_file", file=name, place=(number,))
            if not isinstance(entry, dict) or not {"plan", "answer", "sha256"} <= set(entry):
                yield where, phrase("verify_no_answer"), phrase("verify_answer")
            elif entry["sha256"] != json_digest({key: value for key, value in entry.items() if key != "sha256"}):
                yield where, phrase("verify_changed"), phrase("verify_answer")
            elif entry["plan"] != own:
                yield where, phrase("verify_of_another_plan"), phrase("verify_of_this_plan")


def _entries(file: Path) -> Iterator[Any]:
    """What is kept in a file: one answer; or one in every line, the last of which a kill may have left unfinished."""
    text = content_of(file, MOST_JSON) if file.is_file() else b""
    for line in [text] if file.suffix == ".json" else text.split(b"\n")[:-1]:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            yield None


def fingerprint(run: RunFolder) -> str:
    """What tells a plan from every other: the digest of its scenario, of the tables that this names, of its starts."""
    merged = dict(run.manifest.get("scenario") or {})
    copies = {key: run.folder / str(merged[key]) for key in INPUTS if merged.get(key) is not None}
    plan = run.tables["assignments"]
    columns = [plan[name].astype(str) for name in ("cadre", "programme", "start") if name in plan]
    return json_digest(
        {
            "scenario": {key: value for key, value in merged.items() if key not in INPUTS},
            "inputs": {key: sha256(copy) for key, copy in copies.items() if copy.is_file()},
            "starts": sorted(map(list, zip(*columns, strict=True))),
        }
    )


def ledger(run: RunFolder) -> Iterator[Fault]:
    """Every entry of the ledger is as it was recorded: its seal holds it, who joined by it, and all before it."""
    file = run.folder / "ledger.csv"
    if not file.is_file():
        return
    people = run.folder / "joiners.csv"
    tables = []
    for path in (file, people) if people.is_file() else (file,):
        try:
            tables.append(csv_table(path))
        except InputError:
            yield path.name, phrase("verify_no_answer"), phrase("verify_table")
            return
    table, *further = tables
    joined = _who_joined(further)
    if missing := [name for name in (*SEALED, "seal") if name not in table]:
        yield _in_ledger(missing[0]), phrase("verify_missing"), phrase("verify_column")
        return
    seal = ""
    for number, row in enumerate(table.to_dict("records"), 1):
        parts = [seal, *(_sealed(name, str(row[name])) for name in SEALED), joined.get(str(row["number"]), "")]
        said = "\x1f".join(parts if parts[-1] else parts[:-1])
        seal = hashlib.sha256(said.encode("utf-8")).hexdigest()[:SEAL]
        if row["number"] != str(number) or row["seal"] != seal:
            yield _in_ledger(row["number"]), phrase("verify_changed"), phrase("verify_sealed", number=number)
            return


def _who_joined(tables: Iterable[pd.DataFrame]) -> dict[str, str]:
    """The rows of those who joined as the seals hold them, by the entry: what is not empty, in the columns' order."""
    joined: dict[str, str] = {}
    for table in tables:
        for row in table.to_dict("records"):
            cells = sorted((name, cell) for name, cell in row.items() if name != "entry" and cell)
            entry = row.get("entry", "")
            joined[entry] = joined.get(entry, "") + "\x1e".join(f"{name}={cell}" for name, cell in cells)
    return joined


def _sealed(column: str, cell: str) -> str:
    """A cell as its seal holds it: a spreadsheet may write a date, 2022-10-01, as 1/10/2022."""
    day = DAY.fullmatch(cell) if column == "date" else None
    return cell if day is None else f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"


def _in_ledger(place: str) -> object:
    return phrase("verify_in_file", file="ledger.csv", place=(place,))
