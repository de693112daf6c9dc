"""The mark in a file that planner wrote: what it holds beside the mark, as a digest, so that a change of it is seen.

A page and a picture of lines carry it as a comment behind their end, a scenario as its last line, a picture of points
as a piece of text, a workbook as its identifier; none of them shows it. A table of text has no room for one: it is
known by its columns, and by the way in which planner writes rows. A spreadsheet writes them otherwise; a cell that was
changed in a text editor is not noticed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LABEL = "planner sha256:"
SCENARIOS = (".yaml", ".yml")
DIGEST = r"[0-9a-f]{64}"
CORE = "docProps/core.xml"
IDENTIFIER = re.compile(rb"<dc:identifier\b[^>]*?(?:/>|>(.*?)</dc:identifier>)", re.DOTALL)
NAMESPACE = "http://purl.org/dc/elements/1.1/"
LARGEST = 1 << 30
"""Of a workbook whose mark is looked at, unpacked [bytes]."""
END_OF_CORE = b"</cp:coreProperties>"
LAST_PIECE = b"\x00\x00\x00\x00IEND\xaeB`\x82"
BEFORE_MARK = "\ufeff"
LONGEST_LINE = 65_536
"""Of a table's columns [bytes]."""


@dataclass(frozen=True)
class _Kind:
    """How a kind of file carries its mark."""

    put: Callable[[bytes], bytes]
    take: Callable[[bytes], tuple[bytes, str] | None]  # what it holds beside the mark, and the mark


def marked(content: bytes, name: str | Path) -> bytes:
    """A file's content with its mark, by the ending of its name; as it is where its kind has none."""
    kind = _KINDS.get(Path(name).suffix.lower())
    return content if kind is None else kind.put(content)


def is_marked(content: bytes, name: str | Path) -> bool:
    """Whether planner wrote a content of this kind, and nobody has changed it since."""
    kind = _KINDS.get(Path(name).suffix.lower())
    try:
        found = None if kind is None else kind.take(content)
    except (ValueError, struct.error, zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        return False  # damaged, or another kind under this name
    return found is not None and found[1] == _digest(found[0])


def carries_mark(name: str | Path) -> bool:
    """Whether every file of this kind that planner hands to people carries a mark; a scenario may be one's own."""
    suffix = Path(name).suffix.lower()
    return suffix in _KINDS and suffix not in SCENARIOS


def has_columns(content: bytes, columns: Sequence[str]) -> bool:
    """Whether a table of text begins with these columns, separated as planner writes them."""
    line = content[:LONGEST_LINE].partition(b"\n")[0].decode("utf-8", "replace").removeprefix(BEFORE_MARK).rstrip("\r")
    return bool(columns) and any(line.split(mark)[: len(columns)] == [*columns] for mark in ",;")


def is_as_written(content: bytes) -> bool:
    """Whether planner writes the rows of a table of text so, for people or for Excel: byte for byte, none longer."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    excels = text.startswith(BEFORE_MARK)
    separator, end = (";", "\r\n") if excels else (",", "\n")
    own, again = text.removeprefix(BEFORE_MARK), io.StringIO(newline="")
    try:
        rows = [*csv.reader(io.StringIO(own, newline=""), delimiter=separator, strict=True)]
        csv.writer(again, delimiter=separator, lineterminator=end).writerows(rows)
    except csv.Error:
        return False
    return again.getvalue() == own and len({len(row) for row in rows}) == 1


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- files of text ----------------------------------------------------------------------------------------------------


def _of_text(before: str, after: str) -> _Kind:
    """A line of comment behind the end."""
    line = re.compile(f"{re.escape(before + LABEL)}({DIGEST}){re.escape(after)}\n".encode())
    length = len(before) + len(LABEL) + 64 + len(after) + 1

    def take(content: bytes) -> tuple[bytes, str] | None:
        found = line.fullmatch(content[-length:])
        return None if found is None else (content[:-length], found[1].decode())

    return _Kind(lambda content: content + f"{before}{LABEL}{_digest(content)}{after}\n".encode(), take)


# --- pictures of points -----------------------------------------------------------------------------------------------


def _put_into_png(content: bytes) -> bytes:
    if not content.endswith(LAST_PIECE):
        return content
    return content[: -len(LAST_PIECE)] + _piece(_digest(content)) + LAST_PIECE


def _take_from_png(content: bytes) -> tuple[bytes, str] | None:
    length = len(_piece("0" * 64))
    piece = content[-length - len(LAST_PIECE) : -len(LAST_PIECE)]
    mark = piece[-64 - 4 : -4].decode("ascii")
    rest = content[: -length - len(LAST_PIECE)] + LAST_PIECE
    return (rest, mark) if content.endswith(LAST_PIECE) and piece == _piece(mark) else None


def _piece(digest: str) -> bytes:
    """The mark as a tEXt chunk: its length, its kind, a keyword and a text, a checksum."""
    data = b"tEXt" + LABEL.rstrip(":").encode() + b"\x00" + digest.encode("ascii")
    return struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


# --- workbooks --------------------------------------------------------------------------------------------------------


def _put_into_workbook(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [(info, book.read(info)) for info in book.infolist()]
    core = next((data for info, data in parts if info.filename == CORE), b"")
    bare = IDENTIFIER.sub(b"", core)
    if END_OF_CORE not in bare:
        return content
    digest = _digest(_parts([(info.filename, bare if info.filename == CORE else data) for info, data in parts]))
    told = f'<dc:identifier xmlns:dc="{NAMESPACE}">{LABEL}{digest}</dc:identifier>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for info, data in parts:
            own = bare.replace(END_OF_CORE, told + END_OF_CORE) if info.filename == CORE else data
            book.writestr(info, own, info.compress_type)
    return stream.getvalue()


def _take_from_workbook(content: bytes) -> tuple[bytes, str] | None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        small = sum(info.file_size for info in book.infolist()) <= LARGEST
        core = book.read(CORE) if small and CORE in book.namelist() else b""
        found = IDENTIFIER.search(core)
        mark = None if found is None else re.fullmatch(f"{LABEL}({DIGEST})".encode(), found[1] or b"")
        if mark is None:  # nothing is unpacked of what does not say that it is planner's
            return None
        parts = [(name, IDENTIFIER.sub(b"", core) if name == CORE else book.read(name)) for name in book.namelist()]
    return _parts(parts), mark[1].decode()


def _parts(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """What the parts of a workbook are, as their digests tell."""
    return "\n".join(f"{_digest(data)}  {name}" for name, data in sorted(parts)).encode()


_COMMENT, _LINE = _of_text("<!-- ", " -->"), _of_text("# ", "")
_KINDS = {
    **dict.fromkeys((".html", ".htm", ".svg"), _COMMENT),
    **dict.fromkeys(SCENARIOS, _LINE),
    ".png": _Kind(_put_into_png, _take_from_png),
    ".xlsx": _Kind(_put_into_workbook, _take_from_workbook),
}
