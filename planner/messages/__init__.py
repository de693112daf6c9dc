"""Every sentence planner says, in English and Vietnamese; a module of this folder per room that speaks.

A module's `WORDS` map a key to (English, Vietnamese). Their `{blanks}` are those of `str.format`, and three more:
`{number:#}` is a number as the language writes it, `{share:%}` a share in per cent, `{starts:# start|# starts}` a
number with its noun, the form for one before the bar. A year, a code or a name is a plain `{blank}`. `tests/test_words.py` holds that both languages are
there with the same blanks.
"""

from planner.messages.control_characters import visible, visible_json, visible_line
from planner.messages.languages import LANGUAGES, language, preferred_language, speak, speaking
from planner.messages.numbers import DASH, entered, figure, is_missing, percentage, signed
from planner.messages.sentences import Sentence, Titles, catalogue, in_each_language, known, localised, say

__all__ = [
    "DASH",
    "LANGUAGES",
    "Sentence",
    "Titles",
    "catalogue",
    "entered",
    "figure",
    "in_each_language",
    "is_missing",
    "known",
    "language",
    "localised",
    "percentage",
    "preferred_language",
    "say",
    "signed",
    "speak",
    "speaking",
    "visible",
    "visible_json",
    "visible_line",
]
