"""The bundle for people without Python: its page, in a real browser."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from support.program.browser import CHROMIUM, browser_tab, page_opened
from support.workbooks.big_workbook import write_campaigns

BUNDLE = Path(__file__).parents[2] / "dist" / "bulkload" / "bulkload"

pytestmark = [
    pytest.mark.skipif(not BUNDLE.exists(), reason="no bundle here: packaging/build.sh"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]


def test_the_bundle_does_the_whole_job(tmp_path: Path, record_property) -> None:
    began = time.monotonic()
    with page_opened(tmp_path, program=(str(BUNDLE),)) as opened, browser_tab() as watched:
        record_property("the bundle's address, seconds", round(time.monotonic() - began, 1))
        tab = watched.tab
        tab.goto(opened.address)
        tab.set_input_files("#file", str(write_campaigns(tmp_path / "december.xlsx", 5)))
        tab.click("#go-on:not([hidden])")
        tab.click("#start:not([hidden])")
        tab.wait_for_selector("#download:not([hidden])", timeout=60_000)
        assert tab.inner_text("#headline") == "5 campaigns were created. Nothing is left to do."
        with tab.expect_download() as download:
            tab.click("#download")
        assert download.value.path().stat().st_size > 5_000
        tab.click("nav a:has-text('New')")
        tab.wait_for_url("**/")
        with tab.expect_download() as template:
            tab.click("#template")
        assert template.value.suggested_filename == "campaigns.xlsx"
        assert (watched.errors, watched.violations()) == ([], [])


def test_the_bundle_is_the_command_line_too(tmp_path: Path) -> None:
    done = subprocess.run([BUNDLE, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("bulkload ")
