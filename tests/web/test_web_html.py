"""The whole HTML of each state, compared: what a browser gets before any script has run.

After a wanted change: BULKLOAD_RENEW_PAGES=1 python -m pytest tests/web/test_web_html.py, and look at the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program.web_client import WebClient
from support.workbooks.big_workbook import write_campaigns

EXPECTED = Path(__file__).with_name("html")
RENEWS = "BULKLOAD_RENEW_PAGES" in os.environ


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))
    return WebClient(tmp_path)


def pages(client: WebClient, folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the HTML of each state, on the way from the first visit to the results."""
    yield "start", client.get_page("/").text
    yield "page-ended", client.ask("GET", "/", cookie=None, accept="text/html").text
    yield "no-such-page", client.get_page("/nowhere").text
    yield "runs-none", client.get_page("/runs").text
    yield "accounts", client.get_page("/accounts").text
    mistakes = client.add(write_campaigns(folder / "mistakes.xlsx", 3, {1: {"Priority": "9"}})).json()["url"]
    yield "check-problems", client.get_page(f"/{mistakes}").text
    book = client.add(write_campaigns(folder / "december.xlsx", 3)).json()["url"]
    yield "check-ready", client.get_page(f"/{book}").text
    client.ask("POST", f"/{book}/plan", {})
    plan = client.ask("GET", f"/{book}/plan/data").json()
    yield "plan", client.get_page(f"/{book}/plan").text
    run = client.ask("POST", f"/{book}/start", {"plan": plan["now"]["plan"]}).json()["url"]
    client.ask("GET", f"/{run}/events")
    yield "results", client.get_page(f"/{run}").text
    yield "runs", client.get_page("/runs").text
    yield "start-with-runs", client.get_page("/").text
    yield "verify", client.get_page(f"/{book}/verify").text


def without_chance(html: str, client: WebClient) -> str:
    """The page with fixed words in place of ids, names of runs, moments and the token."""
    html = html.replace(client.access.prefix, "/PREFIX").replace(client.token, "TOKEN")
    html = re.sub(r"workbooks/[a-z]{16}", "workbooks/BOOK", html)
    html = re.sub(r'data-book="[a-z]{16}"', 'data-book="BOOK"', html)
    html = re.sub(r"\d{8}-\d{6}-[0-9a-f]+", "RUN", html)
    return re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d", "MOMENT", html)


def test_every_page_is_as_it_was_written(client: WebClient, tmp_path: Path) -> None:
    found = {name: without_chance(html, client) for name, html in pages(client, tmp_path)}
    if RENEWS:
        EXPECTED.mkdir(exist_ok=True)
        for name, html in found.items():
            (EXPECTED / f"{name}.html").write_text(html, "utf-8")
    written = {path.stem: path.read_text("utf-8") for path in EXPECTED.glob("*.html")}
    assert found.keys() == written.keys()
    for name, html in found.items():
        assert html == written[name], name
