"""YAML files in: what is refused, always with file and line, and what stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.common.errors import InputError
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Node, merged, without_nulls

pytestmark = pytest.mark.usefixtures("english")


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "file.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def read(folder: Path, text: str | bytes) -> object:
    return read_document(written(folder, text)).plain()


def refused(folder: Path, text: str | bytes) -> str:
    """The message of the refusal; every fault of it names the file."""
    with pytest.raises(InputError) as caught:
        read(folder, text)
    assert all(str(fault.file).endswith("file.yaml") for fault in caught.value.faults)
    return str(caught.value)


# --- what values are ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", 40),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("0.25", 0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("yes", True),
        ("Yes", True),
        ("true", True),
        ("no", False),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("8:30", "8:30"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("2021-02-03", "2021-02-03"),
        ("99999999999999999999", "99999999999999999999"),
        ("=", "="),
        ("'yes'", "yes"),
        ('"40"', "40"),
        ("Đề án 02", "Đề án 02"),
    ],
)
def test_only_plain_numbers_and_truth_words_are_not_text(tmp_path: Path, text: str, value: object) -> None:
    """Integers, decimals, yes/no/true/false and null are values; whatever else YAML 1.1 would convert stays text."""
    found = read(tmp_path, f"key: {text}\n")
    assert found == {"key": value}
    assert type(found["key"]) is type(value)  # type: ignore[index]


def test_keys_stay_text(tmp_path: Path) -> None:
    """A key such as `no` or `2021` is the text that was written."""
    assert read(tmp_path, "{no: 1, 2021: 2, 08: 3}") == {"no": 1, "2021": 2, "08": 3}


def test_a_mark_at_the_beginning_is_no_letter(tmp_path: Path) -> None:
    """A byte order mark, as Windows editors write it, belongs to no key."""
    assert read(tmp_path, b"\xef\xbb\xbfkey: 1\n") == {"key": 1}


def test_windows_line_ends_count_as_lines(tmp_path: Path) -> None:
    """With CR LF the line numbers are those of the editor."""
    assert "line 3" in refused(tmp_path, "a: 1\r\nb: 2\r\na: 3\r\n")


def test_anchors_stand_for_their_values(tmp_path: Path) -> None:
    """An anchor's value may be used again."""
    assert read(tmp_path, "a: &who {sex: F}\nb: *who\n") == {"a": {"sex": "F"}, "b": {"sex": "F"}}


def test_every_entry_knows_its_line(tmp_path: Path) -> None:
    """A mapping's entry has the line of its key, a list's item its own."""
    node = read_document(written(tmp_path, "a:\n  b:\n    - 1\n    - 2\n"))
    assert [node.find(at).line for at in (("a",), ("a", "b"), ("a", "b", 1))] == [1, 2, 4]


# --- what is refused ------------------------------------------------------------------------------------------------


def test_duplicate_keys_are_refused_all_together(tmp_path: Path) -> None:
    """Every key that stands twice is named, with its line and that of the first one, at any depth."""
    message = refused(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 2\n")
    assert "line 2: the key 'c' stands twice (first on line 2)" in message
    assert "line 3: the key 'a' stands twice (first on line 1)" in message


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!int", "!mine", "!!binary", "!!set"])
def test_tags_are_refused(tmp_path: Path, tag: str) -> None:
    """No tag is allowed, harmless or not, on scalars, lists or mappings; the line is named."""
    for value in ("'1'", "[1]", "{a: 1}"):
        assert "line 2: YAML tags" in refused(tmp_path, f"a: 1\nb: {tag} {value}\n")


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    """Nine levels of nine aliases would be 400 million values: refused before they are."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    message = refused(tmp_path, "\n".join(lines))
    assert "too large" in message
    assert "line " in message


def test_aliases_by_the_thousand_are_refused(tmp_path: Path) -> None:
    """More than a thousand aliases are refused even where each is small; a thousand are not."""
    assert len(read(tmp_path, "a: &a 1\nb: [" + "*a, " * 1000 + "]\n")["b"]) == 1000  # type: ignore[index]
    assert "line 2: the file is too large" in refused(tmp_path, "a: &a 1\nb: [" + "*a, " * 1001 + "]\n")


def test_an_alias_inside_its_own_anchor_is_refused(tmp_path: Path) -> None:
    """A list that would hold itself is no tree."""
    assert "line 1: nothing is anchored as 'a'" in refused(tmp_path, "a: &a [*a]\n")


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """Up to 32 levels are read, 33 are not, and 100,000 do no harm."""
    assert read(tmp_path, "[" * 31 + "1" + "]" * 31) is not None
    assert "line 1: nested deeper than 32" in refused(tmp_path, "a: " + "[" * 32 + "1" + "]" * 32)
    assert "line 2: nested deeper" in refused(tmp_path, "a: 1\nb: " + "[" * 100_000)
    assert "line 1: nested deeper" in refused(tmp_path, "a: " + "{a: " * 10_000)
    assert "nested deeper" in refused(tmp_path, "a:\n" + "- " * 5_000)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~", "null"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file that says nothing is named as empty."""
    assert "the file is empty" in refused(tmp_path, text)


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    """Where a second document begins, its line is named."""
    assert "line 2: a file holds one document" in refused(tmp_path, "a: 1\n---\nb: 2\n")


@pytest.mark.parametrize("data", [b"a: \xff\xfe\n", "a: ế".encode("utf-16"), "tên: Nguyễn".encode("utf-16-le")])
def test_another_encoding_is_refused(tmp_path: Path, data: bytes) -> None:
    """What is not UTF-8 is refused as such, or as no YAML, never read as other letters."""
    message = refused(tmp_path, data)
    assert "not UTF-8" in message or "not YAML" in message


def test_the_line_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    """A file of an old encoding says on which line its first wrong byte stands."""
    assert "line 3: the file is not UTF-8 text" in refused(tmp_path, b"a: 1\nb: 2\nc: h\xf4\n")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00\x00\x00", bytes(range(256)), b"\x00" * 100, b"a: \x07\n"])
def test_binary_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """A workbook, a picture or control characters are no YAML; where no key stands nothing more is said of them."""
    message = refused(tmp_path, data)
    assert "not UTF-8" in message or "not YAML" in message or "not such a file" in message


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "a: 'b", "a: b: c", "\ta: 1", "a: 1\n b: 2", "a: 1\n%YAML x", "a: @a", "a: *"]
)
def test_what_is_no_yaml_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    """Broken YAML names the line where reading it stopped."""
    message = refused(tmp_path, text)
    assert "this is not YAML" in message
    assert "line " in message


def test_a_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Lists and mappings cannot be keys."""
    assert "line 2: a key must be plain text" in refused(tmp_path, "a: 1\n? [a, b]\n: 1\n")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What is not there, or is a folder, is told as that."""
    with pytest.raises(InputError, match="the file does not exist"):
        read_document(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="this is a folder"):
        read_document(tmp_path)
    with pytest.raises(InputError):
        read_document("a\0b.yaml")
    with pytest.raises(InputError):
        read_document("x" * 10_000)
    with pytest.raises(InputError):
        read_document(tmp_path / "file.yaml" / "below.yaml")


# --- whatever the bytes ---------------------------------------------------------------------------------------------

YAML_PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        "&x ",
        "*x ",
        "!t ",
        "!!int ",
        "'",
        '"',
        "|\n",
        ">\n",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "#",
        "<<: ",
        "no",
        "1",
        "0.5",
        "~",
        "\t",
        "ế",
        "\u2028",
        "\x85",
    ]
)
ANY_SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY_SETTINGS
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_a_refusal(tmp_path: Path, data: bytes) -> None:
    """Random bytes never end in anything but a tree or an InputError."""
    tree_or_refusal(tmp_path, data)


@ANY_SETTINGS
@given(pieces=st.lists(YAML_PIECES, max_size=40))
def test_any_mixture_of_yaml_gives_a_tree_or_a_refusal(tmp_path: Path, pieces: list[str]) -> None:
    """Nor do random pieces of YAML's own signs."""
    tree_or_refusal(tmp_path, "".join(pieces).encode())


def tree_or_refusal(folder: Path, data: bytes) -> None:
    try:
        node = read_document(written(folder, data))
    except InputError as error:
        assert str(error)
    else:
        assert isinstance(node, Node)


# --- merging --------------------------------------------------------------------------------------------------------

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(base=TREES, over=TREES)
def test_a_merge_is_what_the_contract_says(base: object, over: object) -> None:
    """Mappings merge key by key, anything else is replaced, null removes: as a plain recursive function does it."""
    file = Path("file.yaml")
    found = without_nulls(merged(Node.of(base, file), Node.of(over, file))).plain()
    assert found == clean(plainly_merged(base, over))


def plainly_merged(base: object, over: object) -> object:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return {key: plainly_merged(base.get(key), over[key]) if key in over else base[key] for key in {**base, **over}}


def clean(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: clean(value) for key, value in tree.items() if value is not None}
    return [clean(item) for item in tree] if isinstance(tree, list) else tree
