"""Every sentence of the doctor is short, filled by its example, and about one thing."""

from __future__ import annotations

import re

import pytest

from bulkload.doctor.messages import CATALOGUE


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_message_is_filled_by_its_example(code: str) -> None:
    template = CATALOGUE[code]
    assert "{" not in template(**template.example).join()


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_message_has_two_sentences_of_twenty_words_at_most(code: str) -> None:
    template = CATALOGUE[code]
    sentences = re.split(r"(?<=[.?:]) (?=[A-Z])", template(**template.example).join())
    assert len(sentences) <= 2
    assert max(len(sentence.split()) for sentence in sentences) <= 20
