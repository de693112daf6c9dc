"""The command that reads an office's own files: parse, ask, call, print."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.data import hand_on
from planner.cli.exit_codes import BAD_INPUT, OK
from planner.cli.options import option
from planner.cli.outputs import check_folder, deliver_folder
from planner.messages import say

if TYPE_CHECKING:
    from planner.inputs.roster.imported import ImportedRoster
    from planner.inputs.roster.told import Question
    from planner.inputs.roster.wording import Wording


def add_importing(app: typer.Typer) -> None:
    """Add the command, its help in the language spoken now."""
    files = Annotated[list[Path], typer.Argument(help=say("help_import_files"), show_default=False)]
    force = Annotated[bool, typer.Option("--force", help=say("help_force"))]

    @app.command(name="import", help=say("help_import"))
    def import_roster(
        roster: files,
        out: Annotated[Path, option("--out", "help_folder_out")],
        scenario: Annotated[Path | None, option("--scenario", "help_import_scenario")] = None,
        mapping: Annotated[Path | None, option("--mapping", "help_import_mapping")] = None,
        key: Annotated[Path | None, option("--key", "help_import_key")] = None,
        force: force = False,
    ) -> None:
        raise typer.Exit(_import(roster, out, scenario, mapping, key, force=force))


def _import(
    files: list[Path], out: Path, scenario: Path | None, mapping: Path | None, key: Path | None, *, force: bool
) -> int:
    from planner.library import importing
    from planner.report.workbook.import_folder import BESIDE, READ_BACK, ROSTER, ROSTER_CSV, write_import

    check_folder(out, force=force, mark=READ_BACK, others=BESIDE)
    ask = _ask if sys.stdin is not None and sys.stdin.isatty() else None
    found = importing.import_roster(files, scenario, mapping, key, ask)
    deliver_folder(out, lambda place: write_import(found, place, force=force))
    written = [out / name for name in (ROSTER, ROSTER_CSV, READ_BACK)] if found.ready else [out / READ_BACK]
    hand_on({"people": found.people, "columns": found.columns}, written=written, ready=found.ready)
    _print(found, out)
    return OK if found.ready else BAD_INPUT


def _ask(question: "Question", wording: "Wording") -> str | None:
    """Ask on the terminal: a number, or any text where there are no choices; an empty line leaves it open."""
    proposed = [one for one in question.choices if one == question.proposal]
    choices = [*proposed, *(one for one in question.choices if one != question.proposal)]
    typer.echo("")
    typer.echo(say("import_fault", fault=question.brief(), rows=max(1, len(question.rows))))
    for number, choice in enumerate(choices, 1):
        shown = wording.offered(question, choice)
        typer.echo(say("ask_proposed" if proposed and number == 1 else "ask_choice", number=number, choice=shown))
    while True:
        typer.echo(say("ask_number" if choices else "ask_text") + " ", nl=False)
        line = sys.stdin.readline()
        typer.echo("")
        text = line.strip()
        if not text:
            return None
        if not choices:
            return text
        if text.isdecimal() and 1 <= int(text) <= len(choices):
            return choices[int(text) - 1]
        typer.echo(say("ask_again", last=len(choices)))


def _print(found: "ImportedRoster", out: Path) -> None:
    from planner.report.workbook.import_folder import MAPPING, READ_BACK, ROSTER, ROSTER_CSV

    rows = found.rows
    left_out = int((~rows["role"].isin(["person", "empty", "header", "section"])).sum())
    people = found.people
    offices = int((people["agency"].unique() != "").sum()) if "agency" in people else 0
    counts = {"files": len(found.source.files), "people": len(people), "offices": offices, "rows": left_out}
    typer.echo(say("import_summary", **counts))
    for done in ("assumed", "left_out", "read"):
        if remarks := [remark for remark in found.reading.remarks if remark.done == done]:
            typer.echo(say("import_told", what=say(f"import_done_{done}")))
            for remark in remarks:
                typer.echo(say("import_item", text=remark.brief()))
    if found.ready:
        typer.echo(say("import_written_all", roster=out / ROSTER, csv=out / ROSTER_CSV, read_back=out / READ_BACK))
        return
    typer.echo(say("import_not_ready", count=len(found.faults)), err=True)
    for fault in found.faults:
        rows_told = len(getattr(fault, "rows", ()))  # a question's
        told = say("import_fault", fault=fault.brief(), rows=rows_told) if rows_told > 1 else fault.brief()
        typer.echo(say("import_item", text=told), err=True)
    ways = {"read_back": out / READ_BACK, "mapping": out / MAPPING, "folder": out}
    typer.echo(
        say("import_ways" if any(question.at for question in found.open_questions) else "import_way", **ways), err=True
    )
