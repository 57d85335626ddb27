"""What the page says: complete sentences, short ones, and no word of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bulkload.cli.main import COMMANDS
from bulkload.messages import MARK_KINDS
from bulkload.web.messages import accounts, labels, looks, plans, runs
from bulkload.web.messages.catalogue import CATALOGUE
from bulkload.web.messages.wording import page_marks

WORDS: Mapping[str, Mapping[str, str]] = {
    "labels": labels.LABELS,
    "common": labels.COMMON_WORDS,
    "start": labels.START_WORDS,
    "check": labels.CHECK_WORDS,
    "plan": plans.PLAN_WORDS,
    "run": runs.RUN_WORDS,
    "accounts": accounts.ACCOUNT_WORDS,
    "verify": looks.VERIFY_WORDS,
}
OF_A_TERMINAL = re.compile(
    rf"\bbulkload (?:{'|'.join(COMMANDS)})\b|(?:^|\s)--[a-z]|BULKLOAD_[A-Z]|terminal|Ctrl-C|command"
)
TEMPLATES = Path(labels.__file__).parents[1] / "templates"
SCRIPTS = Path(labels.__file__).parents[1] / "static"


def texts() -> Iterator[tuple[str, str]]:
    for code, template in CATALOGUE.items():
        for part in template(**template.example).render(page_marks):
            yield code, part
    for name, words in WORDS.items():
        for key, text in words.items():
            yield f"{name}.{key}", text


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_every_text_is_short_and_names_no_command(name: str, text: str) -> None:
    assert not OF_A_TERMINAL.search(text)
    for sentence in re.split(r"(?<=[.?!])\s", text):
        assert len(sentence.split()) <= 24, sentence


ARGUMENTS = ("valid_rows", "include_hidden", "update", "as_new", "host", "runs", "template", "20261128-1")


@pytest.mark.parametrize("kind", sorted(MARK_KINDS))
@pytest.mark.parametrize("argument", ARGUMENTS)
def test_every_mark_becomes_words_of_the_page(kind: str, argument: str) -> None:
    said = page_marks(kind, argument)
    assert said
    assert not OF_A_TERMINAL.search(said)
    assert "_" not in said


def test_templates_contain_no_words_of_their_own() -> None:
    for path in TEMPLATES.glob("*.html"):
        page = path.read_text("utf-8")
        page = re.sub(r"{% block kind %}.*?{% endblock %}", "", page)
        text = re.sub(r"{%.*?%}|{{.*?}}|<!doctype[^>]*>|<[^>]*>", " ", page, flags=re.DOTALL)
        words = set(re.findall(r"[A-Za-z]{3,}", text)) - {"bulkload", "Enter", "Esc", "Ctrl"}
        assert words == set(), path.name


def test_scripts_use_only_words_that_the_server_sends() -> None:
    known = {key for words in WORDS.values() for key in words}
    for path in SCRIPTS.glob("*.js"):
        used = set(re.findall(r"\bwords\.(\w+)", path.read_text("utf-8")))
        assert used <= known, path.name
