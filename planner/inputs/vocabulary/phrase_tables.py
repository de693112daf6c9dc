"""The phrases of each kind of ladder, and the texts that deny or do not know: the vocabulary made ready to look up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from planner.inputs.vocabulary import frameworks, words
from planner.inputs.vocabulary.phrases import PhraseTable, lowered, tokens

CERTIFICATES = ("informatics", "language")
_BESIDE_A_LEVEL = {
    "under_way": words.UNDER_WAY,
    "done": words.DONE,
    "ends": words.ENDS,
    "begins": words.BEGINS,
    "nth": words.NTH,
    "class": words.CLASS,
    "doubt": words.DOUBTS,
    "degrees": words.DEGREES_COUNTED,
    "apart": ("và",),
}


@dataclass(frozen=True)
class Meaning:
    """A standard level that a word stands for.

    Attributes
    ----------
    level
        On the kind's scale, or `certified` where the grade is not told.
    source
        By which equivalence; empty where the word names the level itself.
    """

    level: str
    source: str = ""


def is_denial(text: str, kind: str = "") -> bool:
    """Whether a text says that nothing is held: "Chưa qua đào tạo"; on a ladder of certificates "chưa có CC", too."""
    found = lowered(text)
    if found in words.NONE_WORDS:
        return True
    table = _denials(certificates=kind in (*CERTIFICATES, "administration"))
    pieces = [piece for piece in tokens(text) if piece.text not in (",", "/")]
    first, place = table.at(pieces, 0), 0
    while place < len(pieces):
        hit = table.at(pieces, place)
        if hit is None or hit.role != "denied":
            return False
        place += hit.length
    return first is not None and first.value is True


@cache
def _denials(*, certificates: bool) -> PhraseTable:
    table = PhraseTable()
    if certificates:
        table.add("denied", ["CC"], value=False)
    for word in words.DENIED:
        table.add("denied", [word], word in words.DENIAL)
    table.add("other", ["đang", "đẳng"])  # words with accents that a denial does not hold
    return table


def is_unknown(text: str) -> bool:
    """Whether a text says that nobody knows the level."""
    return " ".join(lowered(text).split()).strip(" .") in {lowered(word) for word in words.UNKNOWN_WORDS}


@cache
def table_of(kind: str) -> PhraseTable:
    """All phrases of a kind of ladder."""
    table = PhraseTable()
    for level, phrases in words.DEGREES.get(kind, {}).items():
        table.add("level", phrases, Meaning(level))
    for phrase, options in words.ASKED.get(kind, {}).items():
        table.add("open", [phrase], options)
    if kind == "education":
        for phrase, level in words.COURSES.items():
            table.add("course", [phrase], Meaning(level))
        table.add("schooling", words.SCHOOLING)
        table.add("nothing", words.BESIDE_SCHOOLS)
        table.add("schooling", [f"lớp {number}" for number in range(1, 13)])
    if kind in CERTIFICATES:
        _add_certificates(table, kind)
    table.add("elsewhere", words.OTHER_LADDERS.get(kind, ()))
    table.add("nothing", words.NO_DOUBTS, bare="alone")
    for mode, phrases in words.MODES.items():
        table.add("mode", phrases, mode, bare="alone")
    for role, phrases in _BESIDE_A_LEVEL.items():
        table.add(role, phrases, bare="alone")
    table.add("doubt", words.DOUBTS_WITH_ACCENTS, bare="never")
    beside = words.TAIL.get(kind, frameworks.BESIDE.get(kind, words.SCHOOLING_BESIDE))
    table.add("beside", sorted(beside))
    return table


def _letter(letters: frameworks.Equivalence, letter: str) -> tuple[str, str]:
    return dict(letters.worth)[letter], letters.source


def _add_certificates(table: PhraseTable, kind: str) -> None:
    own = (
        (frameworks.FRAMEWORK, frameworks.OLD_LETTERS)
        if kind == "language"
        else (frameworks.INFORMATICS, frameworks.INFORMATICS_LETTERS)
    )
    for scale in own:
        plain_names = scale in (frameworks.FRAMEWORK, frameworks.INFORMATICS)
        for grade, level in scale.worth:
            table.add("level", [grade], Meaning(level, "" if plain_names else scale.source))
    for certificate in frameworks.SCORES:
        if certificate.kind == kind:
            for name in certificate.names:
                table.add("score", [name], (name, certificate))
    table.add("level", frameworks.DEGREE_IN[kind], Meaning(words.CERTIFIED))
    table.add("held", frameworks.HELD)
    for letter in "abc":
        table.add("level", [f"CC{letter}"], Meaning(*_letter(own[1], letter)))
    table.add("beside", frameworks.CIRCULARS)
    if kind == "language":
        table.add("band", ["bậc", "level"])
        table.add("beside", frameworks.LANGUAGES)
        minority = Meaning(words.CERTIFIED, frameworks.MINORITY_SOURCE)
        peoples = [*frameworks.MINORITY_LANGUAGES, *(f"dân tộc {name}" for name in frameworks.MINORITY_LANGUAGES)]
        table.add("level", [f"tiếng {name}" for name in peoples], minority)
        # "tiếng DTTS (Mông)": beside the certificate the people's name alone.
        table.add("beside", ["tiếng", *frameworks.MINORITY_LANGUAGES])
