"""Words that no sentence to a person contains: private idioms of an earlier version (see CONTRIBUTING)."""

from __future__ import annotations

import re

BANNED = re.compile(
    r"\b(?:stands?|mend(?:ed|s|ing)?|nobody|somebody|whoever|beside|told|tells|foretold|is no|are no|the person"
    r"|nothing is to be done|just this|just so|what is so|becomes of|became of|holds|phoned|trouble)\b",
    re.IGNORECASE,
)
OF_A_TERMINAL = re.compile(r"bulkload |(?<!\w)--[a-z]|BULKLOAD_")
"""Commands, flags and settings, which only the command line may name."""
LONGEST_SENTENCE = 20
"""Words."""
MOST_SENTENCES = 2


def sentences(text: str) -> list[str]:
    """The sentences of a message, quoted values and all."""
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z\"'{])", text) if sentence.strip()]


def faults(text: str) -> list[str]:
    """What is wrong with a rendered text, as far as a program can see it."""
    found = [f"the words {word!r}" for word in BANNED.findall(text)]
    found += [f"a word of the terminal: {word!r}" for word in OF_A_TERMINAL.findall(text)]
    every = sentences(text)
    if len(every) > MOST_SENTENCES:
        found.append(f"{len(every)} sentences")
    return found + [
        f"{len(sentence.split())} words: {sentence}"
        for sentence in every
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
