"""Text that passes between rooms: one sanitizer, one folded key, one list in words, one plural."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REPLACEMENT = "\ufffd"
"""Takes the place of a character that must not be shown; Unicode's own sign for a lost character."""

_UNSAFE = re.compile(
    # the flag of England, Scotland or Wales is one sign made of tags; other tags hide a text
    "(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|"
    # C0 and C1 controls, among them the escape sequences of terminals; the soft hyphen; letters that draw nothing
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
    # marks that turn the direction of writing, word joiners and other invisible operators
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    # byte order mark, annotations, halves of characters, what is no character
    "\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    # invisible marks of shorthand and music; tags
    "\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""What moves a cursor, colours, rings, turns a line around, or shows nothing. The joiners of emoji and of Persian
(U+200C, U+200D) and variation selectors are not among them: they change how their neighbours look."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFE62: 0x2B}
"""The ASCII characters of East Asian input methods, the wide space and the small plus sign."""


def sanitize(text: str, mark: str | Callable[[str], str] = REPLACEMENT, keep: str = "\n") -> str:
    """The text with a mark in place of every unsafe character except those in ``keep``.

    ``mark`` is the text to show, or a function of the character: ``code_point`` shows ``<U+202E>``.
    """
    if (
        text.isascii() and text.isprintable()
    ):  # as nearly all texts are: decided without a look at each character
        return text
    show = mark if callable(mark) else lambda _: mark
    return _UNSAFE.sub(lambda found: found[0] if found[1] or found[0] in keep else show(found[0]), text)


def code_point(character: str) -> str:
    """``<U+202E>``: a character in letters that every font has."""
    return f"<U+{ord(character):04X}>"


def half_width(text: str) -> str:
    """The text with full-width digits, letters and signs as their ordinary forms.

    Unicode's NFKC would also turn a superscript 2 into a 2, which is another number to a person.
    """
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def name_key(name: str) -> str:
    """The same for two names that differ only in case, in spaces or in how their accents are composed.

    The server keeps a lower-cased ``lname`` (seeds, sample answers) and may tidy more. Folding too much makes a
    conflict that a person looks at; folding too little would miss a campaign and create it twice.
    """
    if name.isascii():  # as nearly all are: decided in a tenth of the time, and to the same end
        return " ".join(name.lower().split())
    whole = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(whole.split())


def or_list(words: Iterable[object]) -> str:
    """``A, B or C``; empty for no words."""
    return _listed(words, "or")


def and_list(words: Iterable[object]) -> str:
    """``A, B and C``; empty for no words."""
    return _listed(words, "and")


def _listed(words: Iterable[object], last_word: str) -> str:
    *most, last = map(str, words) if (words := tuple(words)) else ("",)
    return f"{', '.join(most)} {last_word} {last}" if most else last


def count_of(number: int, noun: str) -> str:
    """``1 row``, ``2 rows``, ``12,000 rows``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def did_you_mean(name: str | None) -> str:
    """A question to put after a sentence, with the space between them; empty without a name."""
    return "" if name is None else f' Did you mean "{name}"?'
