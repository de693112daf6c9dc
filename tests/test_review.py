"""A year looked back on: plan against what happened, targets against the line; the whole scheme; the next one."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import yaml
from commands import planner as command
from years import a_run, in_order, joiners, ledger

import planner
from planner import InputError, Review
from planner.common.files import RECORD
from planner.messages import LANGUAGES, speaking
from planner.report.html.review import review_page
from planner.report.text import review as told
from planner.years.progress import COUNTS
from planner.years.sequel import resting

pytestmark = pytest.mark.usefixtures("english")
NAMED = {"A": {"name": "Vàng Thị Chimyen"}, "B": {"name": "Lù <b>&Páo"}, "C": {"name": "=cmd()"}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which one cadre goes to school in each of three years; to be read."""
    return a_run(tmp_path_factory.mktemp("made"), NAMED)


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A run of its own."""
    shutil.copytree(made.parent, tmp_path / "own")
    return tmp_path / "own" / "run"


def after(run: Path, year: int, *rows: str, **options: Any) -> Review:
    """The review of a year, after some events were recorded."""
    if rows:
        planner.record(run, ledger(run.parent, *rows), by="test")
    return planner.review(run, year, **options)


def counts(table: pd.DataFrame, year: int | str, key: str | None = None) -> dict[str, int]:
    """The counts of a year that are not 0."""
    rows = table[(table["year"] == year) & ((table["key"] == key) if key is not None else True)]
    (row,) = rows.to_dict("records")
    return {name: row[name] for name in COUNTS if row[name]}


def target(found: Review, *names: str, name: str = "theory") -> tuple[Any, ...]:
    """Some figures of a target."""
    (row,) = found.targets[found.targets["target"] == name].to_dict("records")
    return tuple(row[column] for column in names)


# --- starts ---------------------------------------------------------------------------------------------------------


def test_what_nobody_confirmed_is_said_to_be_unconfirmed(run: Path) -> None:
    """Without a ledger every start is planned, begun and over, and none of it is confirmed."""
    found = after(run, 2022)
    one = {"planned": 1, "unconfirmed": 1, "began": 1, "cadres": 1, "presumed": 1}
    assert counts(found.progress.by_year, 2021) == one
    assert counts(found.progress.by_year, 2022) == one
    assert counts(found.progress.by_year, "") == dict.fromkeys(one, 2)
    assert [note.key for note in found.notes] == ["review_note_silent"]
    assert not (run / "ledger.csv").exists()


def test_each_start_is_what_the_ledger_says(run: Path) -> None:
    """Confirmed, declined, begun outside the plan, finished, failed: each is counted where it belongs."""
    first, second, third = in_order(run)
    found = after(
        run,
        2022,
        f"2021-09-01,admitted,{first},school,2021",
        f"2021-12-20,finished,{first},school",
        f"2022-09-01,declined,{second},school,2022",
        f"2022-09-01,admitted,{third},course,2022",
        f"2022-11-01,failed,{third},course",
    )
    progress = found.progress
    assert counts(progress.by_year, 2021) == {"planned": 1, "happened": 1, "began": 1, "cadres": 1, "finished": 1}
    assert counts(progress.by_year, 2022) == {
        "planned": 1, "declined": 1, "unplanned": 1, "began": 1, "cadres": 1, "failed": 1,
    }  # fmt: skip
    assert counts(progress.by_programme, 2022, "course") == {"unplanned": 1, "began": 1, "cadres": 1, "failed": 1}
    assert counts(progress.by_programme, "", "school") == {
        "planned": 2, "happened": 1, "declined": 1, "began": 1, "cadres": 1, "finished": 1,
    }  # fmt: skip
    assert counts(progress.by_target, "", "theory") == counts(progress.by_programme, "", "school")
    starts = progress.starts.set_index(["cadre", "programme"])
    assert tuple(starts.loc[(third, "course"), ["status", "outcome", "ended", "entries"]]) == (
        "unplanned", "failed", 2022, "4; 5",
    )  # fmt: skip
    assert tuple(starts.loc[(second, "school"), ["status", "outcome"]]) == ("declined", "")


def test_other_reasons_not_to_begin(run: Path) -> None:
    """Somebody gone or on leave did not decline, and did not begin; a study ends with the service."""
    first, second, _ = in_order(run)
    found = after(run, 2022, f"2021-11-01,left,{first}", f"2022-01-10,leave,{second},,2022,2022")
    assert counts(found.progress.by_year, 2021) == {
        "planned": 1, "unconfirmed": 1, "began": 1, "cadres": 1, "left": 1,
    }  # fmt: skip
    assert counts(found.progress.by_year, 2022) == {"planned": 1, "otherwise": 1}
    assert list(found.progress.starts["why"]) == ["", "on_leave"]


def test_a_study_under_way_counts_until_it_ends(tmp_path: Path) -> None:
    """A study from before the plan is no start; under way at the end of its last year but one, over in its last."""
    roster = {**NAMED, "D": {"studying": "degree", "studying_until": 2022}}
    run = a_run(tmp_path, roster)
    first, second = planner.review(run, 2021), planner.review(run, 2022)
    assert counts(first.progress.by_programme, "", "degree") == {"under_way": 1}
    assert counts(second.progress.by_programme, 2022, "degree") == {"presumed": 1}
    assert counts(second.progress.by_year, 2021)["under_way"] == 1


def test_places_are_not_people(run: Path) -> None:
    """Two starts of one cadre are two places and one person; the planned are the sum of what became of them."""
    first = in_order(run)[0]
    found = after(run, 2021, f"2021-03-01,admitted,{first},course,2021")
    row = counts(found.progress.by_year, 2021)
    assert (row["began"], row["cadres"]) == (2, 1)
    for table in (found.progress.by_year, found.progress.by_programme, found.progress.by_agency):
        parts = table[["happened", "unconfirmed", "declined", "otherwise"]].sum(axis=1)
        assert (table["planned"] == parts).all()


def test_the_agency_is_that_of_the_start(tmp_path: Path) -> None:
    """A start counts in the office in which the cadre worked on its first day."""
    run = a_run(tmp_path, NAMED, {"office": 10, "other": 10})
    first, second, _ = in_order(run)
    rows = [f"2021-05-01,transferred,{first},,,other", f"2021-06-01,transferred,{second},,,other"]
    found = after(run, 2022, *rows)
    assert counts(found.progress.by_agency, "", "office")["planned"] == 1
    assert counts(found.progress.by_agency, "", "other")["planned"] == 1
    assert set(found.known.state.news["what"]) == {"unconfirmed", "transferred"}


def test_priority_groups_and_those_in_none(tmp_path: Path) -> None:
    """An entry counts the starts of its cadres in its programmes; joiners are read as they stand."""
    roster = {"A": {"sex": "M"}, "B": {"sex": "M"}, "C": {"sex": "M"}}
    run = a_run(tmp_path, roster, priority={"women": {"who": {"sex": "F"}, "points": 1, "programmes": ["course"]}})
    table = ledger(tmp_path, "2021-01-15,joined,D", "2021-03-01,admitted,D,course,2021")
    planner.record(run, table, joiners(tmp_path, D={"sex": "F"}), by="test")
    found = planner.review(run, 2021)
    assert counts(found.progress.by_priority, 2021, "women")["unplanned"] == 1
    assert counts(found.progress.by_priority, 2021, "")["planned"] == 1
    assert target(found, "members", "required") == (4, 4)


def test_what_is_dated_later_does_not_count(run: Path) -> None:
    """Events after the year are left out and told; that somebody began in the year may be recorded in the next."""
    first, second, _ = in_order(run)
    found = after(
        run,
        2021,
        f"2022-01-20,admitted,{first},school,2021",
        f"2022-02-01,failed,{first},school",
        f"2022-03-01,left,{second}",
    )
    assert counts(found.progress.by_year, 2021) == {
        "planned": 1, "happened": 1, "began": 1, "cadres": 1, "presumed": 1,
    }  # fmt: skip
    assert target(found, "members", "attained", "confirmed") == (3, 1, 0)
    (note,) = found.notes
    assert (note.key, note.values["number"], note.values["entries"]) == ("review_note_later", 2, "2, 3")


# --- targets --------------------------------------------------------------------------------------------------------

LINE = ("members", "required", "attained", "unconfirmed", "line", "against_line", "missing", "verdict")


def test_targets_against_the_line(run: Path) -> None:
    """On the line if what nobody confirmed is so; on it once all is confirmed, and not with one end less."""
    first, second, _ = in_order(run)
    assert target(after(run, 2022), *LINE) == (3, 3, 2, 2, 2, 0, 1, "on_line_unconfirmed")
    rows = [f"2021-12-20,finished,{first},school", f"2022-09-01,admitted,{second},school,2022"]
    assert target(after(run, 2022, *rows), *LINE) == (3, 3, 2, 1, 2, 0, 1, "on_line_unconfirmed")
    assert target(after(run, 2022, f"2022-12-20,finished,{second},school"), *LINE) == (3, 3, 2, 0, 2, 0, 1, "on_line")


def test_a_decline_leaves_the_target_behind(run: Path) -> None:
    """One less than the plan foresaw; the plan made again sends him in the year that was free."""
    second = in_order(run)[1]
    found = after(run, 2022, f"2022-09-01,declined,{second},school,2022")
    assert target(found, *LINE) == (3, 3, 1, 1, 2, -1, 2, "behind")
    assert found.again is not None
    assert found.again.found
    assert list(found.again.assignments["start"]) == [2023, 2024]
    assert found.proposal.to_dict("records") == [
        {"target": "theory", "planned": 3, "planned_required": 3, "proposed": 3, "required": 3}
    ]
    assert {change.kind for change in found.changes} == {"kept", "new"} or any(
        change.kind == "moved" for change in found.changes
    )


def test_a_failed_study_does_not_attain(run: Path) -> None:
    """Without its level the cadre is missing again, and confirmed as such."""
    first = in_order(run)[0]
    found = after(run, 2021, f"2021-12-20,failed,{first},school")
    assert target(found, *LINE) == (3, 3, 0, 0, 1, -1, 3, "behind")


def test_who_leaves_is_no_longer_missing(run: Path) -> None:
    """A member who left is neither required nor missing: fewer are missing than the plan foresaw."""
    first, _, third = in_order(run)
    found = after(run, 2021, f"2021-12-20,finished,{first},school", f"2021-06-01,left,{third}")
    assert target(found, *LINE) == (2, 2, 1, 0, 1, 1, 1, "on_line")
    assert target(found, "planned_members", "planned_required", "planned") == (3, 3, 3)


def test_who_is_under_way_is_not_missing(tmp_path: Path) -> None:
    """Studies that end in time need no new start; extended past the year of reckoning they do."""
    schools = {"degree": {"months": 24}}
    run = a_run(
        tmp_path,
        {"A": {}},
        programmes=schools,
        targets={"theory": None, "masters": {"who": {"sex": "F"}, "level": {"education": "master"}, "share": 1.0}},
    )
    found = planner.review(run, 2021)
    assert target(found, "attained", "under_way", "missing", name="masters") == (0, 1, 0)
    with speaking("en"):
        table = told.targets(found, told.SHORT)  # where nobody is left to send beside a number not reached, it says why
    cells = dict(zip(table.headings, table.rows[0], strict=True))
    assert [cells[name] for name in ("required", "attained", "under way", "still to send")] == [1, 0, 1, 0]
    found = after(run, 2021, "2021-12-01,extended,A,degree,,2025")
    assert target(found, "attained", "under_way", "missing", name="masters") == (0, 0, 1)


def test_to_be_in_a_programme_is_enough_where_it_counts(tmp_path: Path) -> None:
    """With `counts: enrolled` a beginning attains: confirmed once the ledger tells it, and undone by a failure."""
    aim = {"who": {"sex": "F"}, "level": {"education": "master"}, "share": 1.0, "counts": "enrolled"}
    run = a_run(tmp_path, {"A": {}}, targets={"theory": None, "masters": aim})
    names = "attained", "confirmed", "verdict"
    assert target(planner.review(run, 2021), *names, name="masters") == (1, 0, "on_line_unconfirmed")
    found = after(run, 2021, "2021-09-01,admitted,A,degree,2021")
    assert target(found, *names, name="masters") == (1, 1, "reached")
    found = after(run, 2021, "2021-12-01,failed,A,degree")
    assert target(found, *names, name="masters") == (0, 0, "behind")


def test_the_unknown_is_never_a_shortfall(tmp_path: Path) -> None:
    """Members of unknown level are told apart from those missing, as many as they may make up for."""
    run = a_run(tmp_path, {"A": {}, "B": {"theory": ""}, "C": {"theory": "advanced"}})
    names = "required", "attained", "unknown", "missing", "open", "verdict"
    assert target(planner.review(run, 2021), *names) == (3, 2, 1, 0, 1, "unknown")
    found = after(run, 2021, "2021-09-01,declined,A,school,2021")
    assert target(found, *names)[:5] == (3, 1, 1, 1, 1)
    final = planner.review(run, final=True)
    assert target(final, "missing", "open", "verdict") == (1, 1, "missed")


def test_a_target_is_judged_in_its_own_year(tmp_path: Path) -> None:
    """One whose year of reckoning is over is told as it stood then, whatever came after."""
    aims = {"theory": {"by": 2021, "share": None, "at_least": 2}}
    run = a_run(tmp_path, targets=aims)
    first = in_order(run)[0]
    rows = [f"2021-09-01,admitted,{first},school,2021", f"2021-12-20,finished,{first},school"]
    found = after(run, 2023, *rows)
    assert target(found, "by", "attained", "line", "missing", "verdict") == (2021, 1, 1, 1, "missed")


def test_the_whole_scheme_at_its_end(run: Path) -> None:
    """Reached, not to be told, missed: by what is confirmed; there is no plan after the last year."""
    first, second, third = in_order(run)
    assert target(planner.review(run, final=True), "verdict", "line") == ("reached_unconfirmed", 3)
    ends = [f"{2021 + place}-12-20,finished,{code},school" for place, code in enumerate((first, second))]
    assert target(after(run, 2024, *ends, final=True), "verdict", "unconfirmed") == ("reached_unconfirmed", 1)
    found = after(run, 2024, f"2023-12-20,failed,{third},school", final=True)
    assert target(found, "verdict", "missing") == ("missed", 1)
    assert (found.again, found.year) == (None, 2024)
    planner.record(run, withdraw=3, by="test")
    found = after(run, 2024, f"2023-12-21,finished,{third},school", final=True)
    assert target(found, "verdict") == ("reached",)


@pytest.mark.parametrize(("year", "final"), [(2020, False), (2025, False), (None, False), (2023, True)])
def test_a_year_that_cannot_be_looked_back_on(made: Path, year: int | None, final: bool) -> None:
    """Only years of the plan; as a whole only at the end; the bounds themselves are sound."""
    with pytest.raises(InputError):
        planner.review(made, year, final=final)
    assert planner.review(made, 2021).year == 2021
    assert planner.review(made, 2024).again is None


def test_a_run_made_again_says_what_came_before(run: Path, tmp_path: Path) -> None:
    """Made again, the plan still counts the years before, and what nobody confirmed of them stays unconfirmed."""
    planner.replan(run, 2022, priced=False).write(tmp_path / "again")
    found = planner.review(tmp_path / "again", 2022)
    assert counts(found.progress.by_year, "")["planned"] == 2
    assert target(found, "attained", "unconfirmed") == (2, 2)
    assert [note.key for note in found.notes] == ["review_note_made_again", "review_note_silent"]


# --- what is read ---------------------------------------------------------------------------------------------------


def everything(folder: Path) -> str:
    """All text in the files of a folder, packed or not."""
    found = ""
    for path in folder.iterdir():
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as packed:
                found += "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
        else:
            found += path.read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_writes_what_offices_read(run: Path, tmp_path: Path, lang: str) -> None:
    """A page, a workbook, tables and the report; no name leaks unless it is asked for."""
    second = in_order(run)[1]
    planner.record(run, ledger(tmp_path, f"2022-09-01,declined,{second},school,2022"), by="test")
    options = "--year", 2022, "--docx", "--quiet", "--out"
    done = command("review", run, *options, tmp_path / "plain", lang=lang)
    assert done.returncode == 0, done.stderr
    report = {"en": "Report 2022.docx", "vi": "Báo cáo năm 2022.docx"}[lang]
    names = {"review.html", "review.xlsx", "starts.csv", "targets.csv", "documents.txt", report}
    assert {path.name for path in (tmp_path / "plain").iterdir()} - {RECORD} == names
    text = everything(tmp_path / "plain") + done.stdout
    assert not [own["name"] for own in NAMED.values() if own["name"] in text]
    assert "http://" not in (tmp_path / "plain" / "review.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(tmp_path / "plain" / "review.xlsx")
    sheet = book[{"en": "Targets", "vi": "Mục tiêu"}[lang]]
    last = [cell.value for cell in list(sheet.rows)[-1]]
    assert last[1:10] == [3, 3, 1, 1, 2, -1, 0, 2, 0]
    done = command("review", run, *options, tmp_path / "named", "--with-names", lang=lang)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "named" / "review.html").read_text(encoding="utf-8")
    called = {"A": "Vàng Thị Chimyen", "B": "Lù &lt;b&gt;&amp;Páo", "C": "=cmd()"}[second]
    assert called in page


def test_a_report_that_somebody_filled_in_stays(run: Path, tmp_path: Path) -> None:
    """`--force` replaces a review, and refuses one whose report was changed since."""
    options = "review", run, "--year", 2021, "--docx", "--quiet", "--out", tmp_path / "out"
    assert command(*options).returncode == 0
    assert command(*options).returncode == 2
    assert command(*options, "--force").returncode == 0
    report = tmp_path / "out" / "Report 2021.docx"
    report.write_bytes(report.read_bytes() + b" ")
    refused = command(*options, "--force")
    assert refused.returncode == 2
    assert "Report 2021.docx" in refused.stderr


@pytest.mark.parametrize(
    "options", [(), ("--year", 2021, "--docx"), ("--year", 2021, "--settings", "x.yaml"), ("--year", 2031)]
)
def test_a_wrong_call_of_review(made: Path, options: tuple[Any, ...]) -> None:
    """What is missing or cannot be is told, with status 2 and nothing written."""
    done = command("review", made, *options)
    assert done.returncode == 2
    assert done.stderr


def test_settings_fill_the_report(run: Path, tmp_path: Path) -> None:
    """Sender, number and symbol stand in the head; the form of the party for a committee of it."""
    said = "language: vi\nsender: HUYỆN ỦY\nreport: {number: 7, symbol: BC/HU}\n"
    (tmp_path / "office.yaml").write_text(said, encoding="utf-8")
    options = "--docx", "--settings", tmp_path / "office.yaml", "--quiet", "--out", tmp_path / "out"
    done = command("review", run, "--final", *options)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "out" / "Báo cáo tổng kết 2021-2024.docx"
    with zipfile.ZipFile(report) as packed:
        text = packed.read("word/document.xml").decode()
    for part in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 7-BC/HU", "Tổng kết kết quả thực hiện giai đoạn 2021-2024"):
        assert part in text
    assert "CỘNG HÒA" not in text
    assert "report.number" not in done.stdout


def test_every_language_says_it_whole(made: Path) -> None:
    """One review is told in both languages, whenever it was made; all sums are shown."""
    found = planner.review(made, 2022)
    for language in LANGUAGES:
        with speaking(language):
            page = review_page(found)
            sums = told.counted(found, "programme", "").rows[-1]
        assert f'lang="{language}"' in page
        assert sums[1:] == [2, 0, 2, 0, 0, 0, 2, 0, 2, 0, 0, 0]


# --- the next scheme ------------------------------------------------------------------------------------------------

OLD: dict[str, Any] = {
    "targets": {"theory": {"by": 2023, "source": "part III"}},
    "seats": {
        "school": None,
        "yearly": {
            "programmes": ["school"],
            "who": {"sex": ["F", "M"]},
            "per_year": {2021: 1, 2022: {"min": 1, "max": 2}, 2023: 1, 2024: 0},
            "total": 5,
        },
    },
    "budget": {"per_year": {2021: 10, 2024: 20}},
    "leave": {
        "past": {"cadre": "A", "from": 2024, "to": 2024},
        "long": {"cadre": "C", "from": 2024, "to": 2026, "away": True},
    },
    "pins": {"forbid": [{"cadre": "A", "programme": "degree"}]},
    "approval": {"old": {"authority": "District", "years": {"to": 2024}}, "new": {"authority": "Commune"}},
    "goals": ["attainment", "changes", "lot"],
    "acknowledged": ["no_such_warning"],
}


@pytest.fixture
def ended(tmp_path: Path) -> Path:
    """A run whose scheme has much that speaks of its years."""
    (tmp_path / "scenario").mkdir(parents=True)
    (tmp_path / "scenario" / "earlier.csv").write_text("cadre,programme,start\n", encoding="utf-8")
    roster = {**NAMED, "D": {"theory": "advanced", "studying": "degree", "studying_until": 2026}}
    return a_run(tmp_path, roster, earlier="earlier.csv", **OLD)


def test_the_next_scheme_stands_for_itself(ended: Path, tmp_path: Path) -> None:
    """Levels, studies and leave as they stand; years moved on, each figure marked; it is checked and solved."""
    done = command("sequel", ended, "--last", 2028, "--out", tmp_path / "next")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "next").iterdir()} == {
        "scenario.yaml", "roster.csv", "agencies.csv", "history.csv", "news.csv",
    }  # fmt: skip
    scenario = yaml.safe_load((tmp_path / "next" / "scenario.yaml").read_text(encoding="utf-8"))
    assert scenario["horizon"] == {"first": 2025, "last": 2028}
    assert scenario["targets"]["theory"]["by"] == 2027
    carried = "assumed: carried over from 2021-2024 unchanged", "giả định: giữ nguyên số của kỳ 2021-2024"
    for language, begins in zip(("en", "vi"), carried, strict=True):
        assert scenario["targets"]["theory"]["source"][language].startswith(begins)
        assert scenario["targets"]["theory"]["source"][language].endswith("; part III")
    seats = {2025: 1, 2026: {"min": 1, "max": 2}, 2027: 1, 2028: 0}
    assert scenario["seats"]["yearly"]["per_year"] == seats
    assert scenario["budget"]["per_year"] == {2025: 10, 2028: 20}
    for key in ("seats", "budget"):
        entry = scenario[key].get("yearly", scenario[key])
        assert ("assumed" in entry["source"]["en"], "giả định" in entry["source"]["vi"]) == (True, True)
    assert set(scenario["leave"]) == {"long"}
    assert scenario["goals"] == ["attainment", "lot"]
    assert not {"pins", "earlier", "acknowledged", "as_of"} & set(scenario)
    roster = pd.read_csv(tmp_path / "next" / "roster.csv", dtype=str, keep_default_na=False).set_index("cadre")
    assert list(roster.loc[["A", "B", "C"], "theory"]) == ["advanced"] * 3
    assert tuple(roster.loc["D", ["studying", "studying_until"]]) == ("degree", "2026")
    assert command("check", tmp_path / "next" / "scenario.yaml").returncode == 0
    plan = planner.solve(tmp_path / "next" / "scenario.yaml")
    assert (plan.status, len(plan.assignments)) == ("optimal", 0)
    planner.write_run(plan, tmp_path / "solved")
    assert planner.verify(tmp_path / "solved").empty


def test_the_next_scheme_says_what_is_open(ended: Path) -> None:
    """What nobody confirmed, what was left behind and what must be decided is told, and nothing else."""
    found = planner.sequel(ended, 2028)
    assert [note.key.removeprefix("sequel_note_") for note in found.notes] == [
        "figures", "unconfirmed", "pins", "acknowledged", "approval", "lot",
    ]  # fmt: skip
    longer = planner.sequel(ended, 2029)
    assert "sequel_note_length" in [note.key for note in longer.notes]


def test_old_studies_count_between_two_long_ones_alone(run: Path) -> None:
    """In the new scheme they are no starts of a cadre or of a pool; those of who is gone are left out."""
    first = in_order(run)[0]
    planner.record(run, ledger(run.parent, f"2024-03-01,retired,{first}"), by="test")
    found = planner.sequel(run, 2028)
    assert len(found.problem.history) == 2
    assert found.problem.history["start"].isna().all()
    assert not any(found.problem.history["pools"])
    rows = resting(found.known.state, 2025)
    assert first not in set(rows["cadre"])
    assert len(resting(found.known.state, 2023)) == 1


def test_the_next_scheme_is_never_written_over(ended: Path, tmp_path: Path) -> None:
    """A year that does not lie after the old scheme is refused, and a folder that is there."""
    assert command("sequel", ended, "--last", 2024).returncode == 2
    assert command("sequel", ended, "--last", 2025, "--out", tmp_path / "next").returncode == 0
    refused = command("sequel", ended, "--last", 2025, "--out", tmp_path / "next")
    assert refused.returncode == 2
    assert "next" in refused.stderr
