"""The site, the README and the guide for contributors: what they say runs, is current, and opens without a network."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

import planner
from docs import commands, snippets
from planner.cli import app, exit_codes
from planner.cli.manners import exit_statuses
from planner.messages import speaking

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = snippets.pages()
MINUTES = {"privacy", "publish", "published-tables", "scheme-in-excel", "the-years", "why"}
"""The pages whose commands take longest."""
FROM_NOTHING = ("README.md", "tutorial.md", "tieng-viet.md")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader of the tutorial has at its end: the scheme and its plan."""
    folder = tmp_path_factory.mktemp("tutorial")
    with pytest.MonkeyPatch.context() as patch, speaking("en"):
        patch.chdir(folder)
        assert app.run(["init", "my-scheme"]) == 0
        assert app.run(["solve", "my-scheme/scenario.yaml", "--out", "runs/mine", "--quiet"]) == 0
    return folder


@pytest.fixture
def reader(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader sits: beside `scenarios/`, and for all but the first pages with the tutorial's folders."""
    page = request.getfixturevalue("page")
    if page.name not in FROM_NOTHING:
        shutil.copytree(request.getfixturevalue("tutorial"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.long] if page.stem in MINUTES else [])
        for page in PAGES
        if any(one.runs for one in snippets.snippets(page))
    ],
    ids=name,
)
@pytest.mark.usefixtures("reader")
def test_what_a_page_says_runs(page: Path) -> None:
    """Every command and every piece of Python on the page runs, in order, and prints what the page says."""
    assert snippets.run(page, long=False) == sum(one.runs and not one.long for one in snippets.snippets(page))


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if any(one.long for one in snippets.snippets(page))], ids=name)
@pytest.mark.usefixtures("reader")
def test_what_takes_minutes_runs_too(page: Path) -> None:
    """So does what a page marks as long."""
    assert snippets.run(page, long=True) == sum(one.runs for one in snippets.snippets(page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_fence_is_closed_and_has_a_language(page: Path) -> None:
    """No block escapes the tests because its fence is odd or says no language."""
    fences = [line for line in page.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("```")]
    assert [line for line in fences[::2] if line == "```"] == []
    assert [line for line in fences[1::2] if line != "```"] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "contract.md"], ids=name)
def test_every_command_named_on_a_page_exists(page: Path) -> None:
    """A command in the text, such as `planner solve ...`, names a command and options that there are.

    The contract is left out: it also says what is still to come.
    """
    whole = get_command(app.application())
    known = whole.commands  # type: ignore[attr-defined]
    own = {option for parameter in whole.params for option in parameter.opts}
    for text in re.findall(r"`(planner (?:[^`\n]|\n(?!\n))+)`", page.read_text(encoding="utf-8")):
        words = [word for word in shlex.split(text)[1:] if word not in ("--lang", "vi", "en")]
        if not words or not words[0].islower():
            continue
        if words[0].startswith("--"):
            assert words[0] in own, text
            continue
        assert words[0] in known, text
        options = {option for parameter in known[words[0]].params for option in parameter.opts} | {"--help"}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, text


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_named_on_a_page_exists(page: Path) -> None:
    """Links between pages, and paths such as `planner/model/rows.py`, lead to files that there are."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = {target.partition("#")[0] for target in LINK.findall(text) if "://" not in target}
    paths = set(re.findall(r"`((?:planner|tests|docs|benchmarks|scenarios|notebooks)/[\w/.-]+)`", text))
    missing = {link for link in links if link and not (page.parent / link).exists()}
    missing |= {path for path in paths if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()}
    assert missing == set()


def test_every_page_is_in_the_contents() -> None:
    """A reader finds every page in the table of contents."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```{toctree}(.*?)```", index, re.DOTALL)
    listed = {line.rpartition("<")[2].rstrip(">") for block in blocks for line in block.splitlines()}
    pages = {str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md")} - {"index"}
    assert pages <= listed


def test_the_reference_of_the_commands_is_current() -> None:
    """After a change of the command line `python docs/commands.py` must be run."""
    assert commands.PAGE.read_text(encoding="utf-8") == commands.page()


def test_the_reference_names_every_command_and_status() -> None:
    """Every command has a section; what is said of exit statuses is said of commands that there are."""
    known = get_command(app.application()).commands  # type: ignore[attr-defined]
    text = commands.page()
    assert all(f"\n## {command}\n" in text for command in known)
    assert set(commands.ENDS) <= set(known)
    statuses = {value for key, value in vars(exit_codes).items() if key.isupper()}
    assert set(exit_statuses()) == statuses
    assert all(f"| {status} | {meaning} |" in text for status, meaning in exit_statuses().items())


def test_the_contract_is_the_one_agreed_on() -> None:
    """`docs/contract.md` is a copy of the page that binds, wherever that page lies beside the checkout."""
    agreed = next((path for path in _beside("shared/contract.md") if path.is_file()), None)
    if agreed is None:
        pytest.skip("shared/contract.md does not lie beside this checkout")
    assert (DOCS / "contract.md").read_bytes() == agreed.read_bytes()


def _beside(path: str) -> list[Path]:
    return [parent / path for parent in (ROOT.parent, ROOT.parent.parent)]


def test_the_glossary_has_every_word_of_the_contract() -> None:
    """Each term that section 1 of the contract defines has a row, with its Vietnamese."""
    section = (DOCS / "contract.md").read_text(encoding="utf-8").partition("## 1. ")[2].partition("## 2. ")[0]
    terms = [line.split("|")[1].partition("(")[0].strip() for line in section.splitlines() if line.startswith("| ")][1:]
    rows = [line.split("|") for line in (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()]
    translated = {row[1].strip(): row[2].strip() for row in rows if len(row) > 4}
    assert len(terms) > 5
    assert [term for term in terms if not translated.get(term)] == []


# --- worked examples ------------------------------------------------------------------------------------------------

EXAMPLES = snippets.examples(ROOT / "CONTRIBUTING.md")
ONE_OBJECT = ROOT / "planner" / "model" / "rules" / "rule.py"


@pytest.mark.long
@pytest.mark.skipif(not ONE_OBJECT.exists(), reason="rules are no single objects yet")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.heading)
def test_a_worked_example_can_be_followed(example: snippets.Example, tmp_path: Path) -> None:
    """Whoever makes the edits of a worked example, and no others, has what it promises, and its tests pass."""
    for name in ("planner", "tests", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert len(snippets.follow(example, tmp_path)) <= 8
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *example.tests]
    own = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_edit_is_made_where_it_says(tmp_path: Path) -> None:
    """A block is added after or before the first line that begins so, or at the end; a text is swapped once."""
    (tmp_path / "a.py").write_text("one\n  two = 2\nthree\n")
    marks = ("add: a.py, after: two", "add: a.py, before: three", "add: a.py, at the end", "swap: a.py, old: one")
    edits = [snippets.Snippet("python", f"{number}\n", 0, mark) for number, mark in enumerate(marks)]
    example = snippets.Example("", (*edits, snippets.Snippet("python", "new\n", 0, "new: b.py")), ())
    assert snippets.follow(example, tmp_path) == {"a.py", "b.py"}
    assert (tmp_path / "a.py").read_text() == "3\n  two = 2\n0\n1\nthree\n2\n"
    assert (tmp_path / "b.py").read_text() == "new\n"
    with pytest.raises(AssertionError, match="no line begins with four"):
        snippets.follow(snippets.Example("", (snippets.Snippet("", "", 0, "add: a.py, after: four"),), ()), tmp_path)


def test_there_are_worked_examples() -> None:
    """A rule and a goal are added by example."""
    assert [example.heading for example in EXAMPLES][:2] == ["Add a rule", "Add a goal"]


# --- the site as it is built ----------------------------------------------------------------------------------------


class Loads(HTMLParser):
    """Collects what a page loads by itself, as opposed to what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [given[key] or "" for key in ("src", "srcset", "data", "poster", "action") if key in given]
        if tag == "link":
            self.found.append(given.get("href") or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built so that any warning is an error."""
    if importlib.util.find_spec("sphinx") is None:
        pytest.skip("the extra `docs` is not installed")
    from sphinx.cmd.build import main

    folder = tmp_path_factory.mktemp("site")
    trees = str(folder / "trees")
    assert main(["--quiet", "--fail-on-warning", "-d", trees, str(DOCS), str(folder / "html")]) == 0
    return folder / "html"


def test_the_site_loads_nothing_from_a_network(site: Path) -> None:
    """No page loads a script, style, font or picture from anywhere but the site's own folder."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(list(DOCS.rglob("*.md")))
    for page in pages:
        loads = Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        assert [found for found in loads.found if "//" in found.partition("#")[0].partition("?")[0]] == [], page
        assert all((page.parent / re.split("[?#]", found)[0]).exists() for found in loads.found if found), page
    for style in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", style.read_text(encoding="utf-8")) == []


def test_the_site_is_searched_without_a_server(site: Path) -> None:
    """The index is a script, and no page of hits is fetched: a browser refuses both of a file otherwise."""
    assert (site / "searchindex.js").read_text(encoding="utf-8").startswith("Search.setIndex(")
    assert "SHOW_SEARCH_SUMMARY: false" in (site / "_static" / "documentation_options.js").read_text(encoding="utf-8")


def test_the_site_documents_every_public_name(site: Path) -> None:
    """Every name of `planner.__all__` has an entry on the page of the library; a module has a section."""
    page = (site / "reference" / "library.html").read_text(encoding="utf-8")
    public = {found: getattr(planner, found) for found in planner.__all__}
    ids = {
        found: f"module-{value.__name__}" if isinstance(value, ModuleType) else f"planner.{found}"
        for found, value in public.items()
    }
    assert [found for found, own in ids.items() if f'id="{own}"' not in page] == []


def test_the_site_shows_the_reference_of_the_scenario(site: Path) -> None:
    """The generated reference stands on its page, its links led to their places."""
    page = (site / "reference" / "scenario.html").read_text(encoding="utf-8")
    assert 'id="seatpool"' in page
    assert 'href="#who"' in page
