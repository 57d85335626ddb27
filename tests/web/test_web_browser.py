"""The page in a real browser: the whole job, as people do it."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from support.fakes.service_log import read_campaigns
from support.program.browser import OpenPage, Watched, browser_tab, page_opened, watch
from support.workbooks.big_workbook import write_campaigns

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.sandbox.settings import SandboxSettings

SAMPLES = Path(__file__).parents[2] / "samples"
ENDED = "#download:not([hidden])"


def drop(tab: Any, path: Path) -> None:
    """Choose a file on the start page, and wait for its check page."""
    tab.set_input_files("#file", str(path))
    tab.wait_for_url("**/workbooks/*")
    tab.wait_for_selector(".grid td.name")


def see_plan(tab: Any) -> None:
    tab.click("#go-on")
    tab.wait_for_selector("#start:not([hidden])")


def finish(tab: Any) -> str:
    """Wait for the end of a run; its headline."""
    tab.wait_for_selector(ENDED, timeout=120_000)
    return tab.inner_text("#headline")


def state_of(tab: Any, row: int) -> str:
    return tab.inner_text(f".grid tr:has(th:text-is('{row}')) .state")


# --- the whole job -------------------------------------------------------------------------------------


def test_a_practice_run_takes_four_clicks_from_nothing(watched: Watched) -> None:
    tab = watched.tab
    assert tab.inner_text("h1") == "Turn a workbook into campaigns"
    tab.click("#example")
    tab.wait_for_selector("#go-on:not([hidden])")
    assert tab.inner_text("#headline") == "All 3 campaigns are ready."
    see_plan(tab)
    assert tab.inner_text("#headline") == "This will create 3 campaigns."
    tab.click("#start")
    assert finish(tab) == "3 campaigns were created. Nothing is left to do."
    with tab.expect_download() as download:
        tab.click("#download")
    assert re.fullmatch(r"example\.results-\d{8}-\d{6}\.xlsx", download.value.suggested_filename)


def test_problems_are_fixed_by_clicks_and_the_file_is_saved(watched: Watched, tmp_path: Path) -> None:
    changes = {number: {"Dialing mode": "Progresive"} for number in (0, 3, 6)} | {4: {"Priority": "9"}}
    tab = watched.tab
    drop(tab, write_campaigns(tmp_path / "december.xlsx", 9, changes))
    assert tab.inner_text("#headline") == "4 rows need you, 5 of 9 are ready."
    assert "also in 2 other rows" in tab.inner_text("#panel [data-open]")
    tab.click("#panel [data-open] button:has-text('Use “Progressive”')")
    tab.wait_for_selector("h1:has-text('1 row needs you')")
    tab.fill("#panel [data-open] input[type=text]", "3")
    tab.click("#panel [data-open] button:has-text('Save')")
    tab.wait_for_selector("h1:has-text('All 9 campaigns are ready.')")
    assert "Fixed. Every row is ready." in tab.inner_text("#toast")
    with tab.expect_download() as download:
        tab.click("#save")
    assert download.value.suggested_filename == "december.fixed.xlsx"
    see_plan(tab)
    assert tab.inner_text("#headline") == "This will create 9 campaigns."


def test_the_whole_job_needs_no_mouse(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    path = write_campaigns(tmp_path / "december.xlsx", 4, {1: {"Queue": ""}, 2: {"Priority": "7"}})
    drop(tab, path)
    tab.wait_for_selector("h1:has-text('2 rows need you')")
    tab.focus("table.grid")
    tab.keyboard.press("Control+Home")
    tab.keyboard.press("F8")
    tab.keyboard.press("F8")
    assert tab.get_attribute("#active-cell", "aria-invalid") == "true"
    assert tab.get_attribute("table.grid", "aria-activedescendant") == "active-cell"
    column = tab.get_attribute("#active-cell", "aria-colindex")
    heading = tab.inner_text(f".grid thead th[aria-colindex='{column}']")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Collections EN" if heading == "Queue" else "4")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('1 row needs you')")
    tab.keyboard.press("F8")
    other = "4" if heading == "Queue" else "Collections EN"
    tab.keyboard.type(other)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('All 4 campaigns are ready.')")
    tab.keyboard.press("Control+z")
    tab.wait_for_selector("h1:has-text('1 row needs you')")
    tab.keyboard.type(other)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('All 4 campaigns are ready.')")
    tab.focus("#go-on")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#start:not([hidden])")
    tab.focus("#start")
    tab.keyboard.press("Enter")
    assert finish(tab) == "4 campaigns were created. Nothing is left to do."


def test_the_grid_is_walked_with_every_key(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    drop(tab, write_campaigns(tmp_path / "december.xlsx", 60))
    tab.focus("table.grid")

    def after(key: str) -> tuple[int, int]:
        tab.keyboard.press(key)
        cell = tab.locator("#active-cell")
        row = int(cell.locator("xpath=..").get_attribute("aria-rowindex"))
        return row, int(cell.get_attribute("aria-colindex"))

    columns = int(tab.get_attribute("table.grid", "aria-colcount"))
    assert after("Control+Home") == (2, 3)
    assert after("ArrowDown") == (3, 3)
    assert after("ArrowRight") == (3, 4)
    assert after("ArrowUp") == (2, 4)
    assert after("ArrowLeft") == (2, 3)
    assert after("End") == (2, columns)
    assert after("Home") == (2, 3)
    assert after("Control+End") == (61, columns)
    assert after("PageUp")[0] < 61
    tab.keyboard.press("Control+Home")
    tab.keyboard.press("ArrowRight")
    before = tab.inner_text("#active-cell")
    tab.keyboard.type("x")
    tab.keyboard.press("Escape")
    assert tab.inner_text("#active-cell") == before
    tab.keyboard.press("Delete")
    tab.wait_for_selector("h1:has-text('1 row needs you')")


# --- stop, continue, kill ------------------------------------------------------------------------------


def test_a_run_is_stopped_and_continued(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    drop(tab, write_campaigns(tmp_path / "long.xlsx", 150))
    see_plan(tab)
    tab.click("#start")
    tab.wait_for_url("**/runs/*")
    tab.click("#stop")
    assert finish(tab).startswith("Stopped. ")
    tab.click("nav a:has-text('New')")
    assert tab.inner_text("#unfinished-title") == "! A run is not finished"
    tab.click("text=Continue the run")
    tab.wait_for_url("**/runs/*")
    tab.wait_for_selector("h1:has-text('150 campaigns were created.')", timeout=120_000)


def test_server_killed_during_a_run_continues_and_creates_nothing_twice(
    opened: OpenPage, tmp_path: Path
) -> None:
    path = write_campaigns(tmp_path / "long.xlsx", 120)
    with browser_tab() as watched:
        tab = watched.tab
        tab.goto(opened.address)
        drop(tab, path)
        see_plan(tab)
        tab.click("#start")
        tab.wait_for_selector("h1:has-text('Creating 120 campaigns')")
        opened.kill()
    with page_opened(tmp_path) as again, browser_tab() as watched:
        tab = watched.tab
        tab.goto(again.address)
        tab.click("text=Continue the run")
        tab.wait_for_selector("h1:has-text('Nothing is left to do.')", timeout=120_000)
        assert (watched.errors, watched.violations()) == ([], [])
    names = practice_names(tmp_path)
    assert len(names) == len(set(names)) == 120


def practice_names(folder: Path) -> list[str]:
    """The names of the campaigns in the practice account."""
    found = read_campaigns(folder / "state" / "sandbox" / "embedded.sqlite3")
    return [campaign.body["name"] for campaign in found]


def test_a_page_says_when_the_server_is_gone(opened: OpenPage) -> None:
    with browser_tab() as watched:
        watched.tab.goto(opened.address)
        watched.tab.wait_for_url("**/")
        watched.tab.wait_for_load_state("networkidle")
        opened.kill()
        watched.tab.click("#quit")
        watched.tab.wait_for_selector(".gone")
        assert watched.tab.inner_text(".gone") == (
            "bulkload is not open any more. What was sent is written down. Start bulkload again and continue."
        )


def test_quit_ends_the_program(watched: Watched, opened: OpenPage) -> None:
    watched.tab.click("#quit")
    watched.tab.wait_for_selector("h1:has-text('bulkload is closed.')")
    assert opened.process.wait(timeout=15) == 0
    assert not (opened.folder / "state" / "web" / "page.json").exists()


def test_ctrl_c_ends_the_program(opened: OpenPage) -> None:
    assert opened.interrupt().strip().endswith("bulkload is closed. Your runs are kept.")
    assert opened.process.returncode == 0


# --- two tabs, two programs ----------------------------------------------------------------------------


def test_two_tabs_show_one_run_and_one_workbook(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    drop(tab, write_campaigns(tmp_path / "december.xlsx", 5, {0: {"Priority": "9"}}))
    second = watch(tab.context.new_page())
    second.tab.goto(tab.url)
    second.tab.wait_for_selector("h1:has-text('1 row needs you')")
    tab.fill("#panel [data-open] input[type=text]", "3")
    tab.click("#panel [data-open] button:has-text('Save')")
    tab.wait_for_selector("h1:has-text('All 5 campaigns are ready.')")
    second.tab.reload()
    second.tab.wait_for_selector("h1:has-text('All 5 campaigns are ready.')")
    see_plan(tab)
    tab.click("#start")
    tab.wait_for_url("**/runs/*")
    second.tab.goto(tab.url)
    assert finish(tab) == finish(second.tab) == "5 campaigns were created. Nothing is left to do."
    assert second.errors == []


def test_a_second_program_joins_the_first(opened: OpenPage, tmp_path: Path) -> None:
    path = write_campaigns(tmp_path / "december.xlsx", 5)
    with page_opened(tmp_path, path) as second:
        assert second.base == opened.base
        assert second.process.wait(timeout=15) == 0
        with browser_tab() as watched:
            watched.tab.goto(second.address)
            watched.tab.wait_for_selector("h1:has-text('All 5 campaigns are ready.')")


def test_a_plan_that_went_stale_is_not_sent(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    drop(tab, write_campaigns(tmp_path / "december.xlsx", 5))
    book = tab.url
    see_plan(tab)
    second = watch(tab.context.new_page())
    second.tab.goto(book)
    second.tab.wait_for_selector(".grid td.name")
    second.tab.dblclick(".grid tr:has(th:text-is('2')) td.name")
    second.tab.keyboard.press("Control+a")
    second.tab.keyboard.type("Another name")
    second.tab.keyboard.press("Enter")
    second.tab.wait_for_selector("#take-back:not([hidden])")
    tab.click("#start")
    tab.wait_for_selector("#toast.bad")
    assert "has changed since you saw it. Nothing was sent." in tab.inner_text("#toast")
    watched.errors.clear()  # Chromium itself reports the answer 409


# --- a real account ------------------------------------------------------------------------------------


def add_account(tab: Any, sandbox: EmbeddedSandbox, title: str = "Acme Bank, test") -> None:
    """Add the account on its page, and use it."""
    tab.click("nav a:has-text('Accounts')")
    for name, text in (
        ("title", title),
        ("host", sandbox.url),
        ("app_id", APP_ID),
        ("account_id", ACCOUNT_ID),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ):
        tab.fill(f"#{name}", text)
    tab.click("text=Test and save")
    tab.wait_for_selector(f".account-card:has-text('{title}')")
    tab.click(".account-card.real button:has-text('Use it')")
    tab.wait_for_selector(".chip.real")


def test_a_real_account_is_added_and_asks_before_it_sends(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    with EmbeddedSandbox(tmp_path / "account.sqlite3", settings=SandboxSettings(rate=1000)) as sandbox:
        add_account(tab, sandbox)
        assert tab.inner_text(".chip b") == "Acme Bank, test"
        assert CLIENT_SECRET not in tab.content()
        tab.click("nav a:has-text('New')")
        drop(tab, write_campaigns(tmp_path / "december.xlsx", 3))
        see_plan(tab)
        assert tab.inner_text("#place") == "In Acme Bank, test."
        tab.click("#start")
        assert tab.inner_text("dialog h2") == "Create 3 campaigns in Acme Bank, test?"
        tab.keyboard.press("Enter")
        tab.wait_for_selector("dialog", state="detached")
        assert read_campaigns(sandbox.path) == ()
        tab.click("#start")
        tab.click("dialog .main")
        assert finish(tab) == "3 campaigns were created. Nothing is left to do."
        assert len(read_campaigns(sandbox.path)) == 3


def test_a_wrong_secret_is_said_and_nothing_is_stored(watched: Watched, tmp_path: Path) -> None:
    tab = watched.tab
    with EmbeddedSandbox(tmp_path / "account.sqlite3") as sandbox:
        tab.click("nav a:has-text('Accounts')")
        tab.fill("#title", "Acme")
        tab.fill("#host", sandbox.url)
        tab.fill("#app_id", APP_ID)
        tab.fill("#account_id", ACCOUNT_ID)
        tab.fill("#client_id", CLIENT_ID)
        tab.fill("#client_secret", "canary-secret")
        tab.click("text=Test and save")
        tab.wait_for_selector("#toast.bad")
        assert "canary-secret" not in tab.inner_text("body")
        assert tab.locator(".account-card").count() == 1
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"canary-secret" not in path.read_bytes()
    watched.errors.clear()  # Chromium itself reports the answer 409


# --- hostile and large ---------------------------------------------------------------------------------


def test_nothing_that_people_wrote_runs(watched: Watched, tmp_path: Path) -> None:
    canary = "<img src=x onerror=window.hacked=1>"
    headings = ("Campaign name", "Description", "Contact lists", "Queue", "Notes")
    changes = {number: dict.fromkeys(headings, f"{canary}{number}") for number in range(3)}
    path = write_campaigns(
        tmp_path / "x<img src=x onerror=window.hacked=1>.xlsx".replace("/", ""), 3, changes
    )
    tab = watched.tab
    drop(tab, path)
    tab.click(".grid td.name")
    if tab.is_visible("#go-on"):
        see_plan(tab)
        tab.click("#start")
        finish(tab)
    tab.click("nav a:has-text('Runs')")
    tab.click("nav a:has-text('New')")
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("img[src=x]").count() == 0


def test_ten_thousand_rows_stay_quick_and_small(watched: Watched, tmp_path: Path) -> None:
    path = write_campaigns(tmp_path / "large.xlsx", 10_000, {9_999: {"Priority": "9"}})
    tab = watched.tab
    drop(tab, path)
    assert tab.inner_text("#headline") == "1 row needs you, 9,999 of 10,000 are ready."
    assert tab.evaluate("document.querySelectorAll('*').length") < 1_000
    tab.focus("table.grid")
    tab.keyboard.press("Control+End")
    assert tab.inner_text(".grid tr:has(#active-cell) th") == "10001"
    tab.keyboard.press("F8")
    tab.fill("#panel [data-open] input[type=text]", "3")
    began = time.monotonic()
    tab.click("#panel [data-open] button:has-text('Save')")
    tab.wait_for_selector("h1:has-text('All 10,000 campaigns are ready.')")
    assert time.monotonic() - began < 10  # the goal is 1 s; the benchmark measures it, on a machine at rest
