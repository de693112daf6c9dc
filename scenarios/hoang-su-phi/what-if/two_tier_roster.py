"""Writes two-tier-roster.csv: the roster at the end of 2025, if the base's plan was carried out.

python two_tier_roster.py RUN-OF-BASE

Levels reached by 2025 are held, study that goes on is current study, and whoever is no longer in service in 2026 has
left. Nobody was hired or promoted meanwhile: a published table that says more does not exist. The column `retires` is
dropped: the what-if takes it from the table of Decree 135/2020.
"""

import csv
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LAST = 2025


def aged(run: Path) -> list[dict[str, str]]:
    """The roster's rows after the plan of a run folder."""
    scenario = yaml.safe_load((HERE.parent / "base.yaml").read_text(encoding="utf-8"))
    rows = {row["cadre"]: row for row in _rows(HERE.parent / "roster.csv") if int(row["retires"] or 9999) > LAST + 1}
    current = [(row["cadre"], row["studying"], int(row["studying_until"])) for row in rows.values() if row["studying"]]
    for row in rows.values():
        row["studying"] = row["studying_until"] = ""
    chosen = [(row["cadre"], row["programme"], int(row["finish"])) for row in _rows(run / "assignments.csv")]
    for cadre, programme, finish in sorted(current + chosen, key=lambda study: study[2]):
        entry = scenario["programmes"][programme]
        if cadre in rows and finish <= LAST:
            rows[cadre][entry["ladder"]] = entry["to"]
        elif cadre in rows:
            rows[cadre] |= {"studying": programme, "studying_until": str(finish)}
    return [{name: value for name, value in row.items() if name != "retires"} for row in rows.values()]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    people = aged(Path(sys.argv[1]))
    with (HERE / "two-tier-roster.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, people[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(people)
