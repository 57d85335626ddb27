"""A real browser for the tests that need one; skipped with a reason where there is none, required in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program.browser import CHROMIUM, OpenPage, Watched, browser_tab, page_opened


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenPage]:
    """The program, showing its page."""
    _require_browser()
    with page_opened(tmp_path) as page:
        yield page


@pytest.fixture
def watched(opened: OpenPage) -> Iterator[Watched]:
    """A tab that has entered; afterwards the browser must have had nothing to complain about."""
    with browser_tab() as watched:
        watched.tab.goto(opened.address)
        watched.tab.wait_for_selector("#choose")
        yield watched
        assert watched.violations() == []
        assert watched.errors == []


def _require_browser() -> None:
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: apt-get install chromium")
