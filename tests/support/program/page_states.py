"""Every state of the page, one after another, as a person comes to them: for pictures and for checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.program.browser import OpenPage
from support.workbooks.big_workbook import write_campaigns

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.sandbox.settings import SandboxSettings

NAMES = (
    "Loan reminder December",
    "Card renewals UK",
    "CSAT survey Q4",
    "Payment reminder, first",
    "Payment reminder, last",
    "Willkommensanruf München",
    "Encuesta de satisfacción",
    "Service renewal outreach",
    "Billing reminder India",
    "Store opening Saturday",
    "VIP call back",
    "Winter tyres",
)
ENDED = "#download:not([hidden])"


def december(folder: Path, count: int = 36, *, is_good: bool = False, name: str = "december.xlsx") -> Path:
    """A workbook as a campaign manager has it, with a few mistakes."""
    changes: dict[int, dict[str, str]] = {
        number: {"Campaign name": f"{NAMES[number % 12]}{'' if number < 12 else f' {number // 12 + 1}'}"}
        for number in range(count)
    }
    if not is_good:
        for number, cells in (
            (1, {"Dialing mode": "Progresive"}),
            (9, {"Dialing mode": "Progresive"}),
            (3, {"Queue": ""}),
            (4, {"Queue": ""}),
            (6, {"Priority": "7"}),
            (8, {"Calling hours": "Weekdays UK"}),
            (10, {"Contact lists": "Loan holders - Nov, Loan holders - Oct"}),
        ):
            changes[number] |= cells
    return write_campaigns(folder / name, count, changes)


def states(tab: Any, opened: OpenPage, folder: Path) -> Iterator[str]:
    """The name of each state, when the tab shows it."""
    yield from _first_steps(tab, opened, folder)
    yield from _to_results(tab)
    yield from _stopped(tab, folder)
    yield from _real_account(tab, folder)
    tab.click("#quit")
    tab.wait_for_selector("h1:has-text('bulkload is closed.')")
    yield "closed"


def _first_steps(tab: Any, opened: OpenPage, folder: Path) -> Iterator[str]:
    tab.goto(opened.address)
    tab.wait_for_url("**/")
    tab.wait_for_load_state("networkidle")
    yield "start"
    bad = folder / "bad.xlsx"
    bad.write_text("Campaign name;Queue\n")
    tab.set_input_files("#file", str(bad))
    tab.wait_for_selector("#refusal h2")
    yield "bad-file"
    tab.set_input_files("#file", str(december(folder)))
    tab.wait_for_selector(".grid td.name")
    yield "check-problems"
    tab.click("#panel [data-open] button.main")
    tab.wait_for_selector("#take-back:not([hidden])")
    yield "check-one-fixed"
    tab.click("#tab-calling_hours")
    tab.wait_for_selector("#week:not([hidden])")
    yield "calling-hours"
    tab.click("nav a:has-text('New')")
    tab.wait_for_selector("#kept-title")
    yield "start-with-edits"
    tab.set_input_files("#file", str(december(folder, is_good=True, name="january.xlsx")))
    tab.wait_for_selector("#go-on:not([hidden])")
    yield "check-ready"


def _to_results(tab: Any) -> Iterator[str]:
    tab.click("#verify")
    tab.wait_for_selector(".verify-rows .rows-row")
    yield "verify"
    tab.click("text=Back")
    tab.wait_for_selector("#go-on:not([hidden])")
    tab.click("#go-on")
    tab.wait_for_selector("#trial:not([hidden])")
    yield "plan"
    tab.click("#trial")
    tab.wait_for_selector("h1:has-text('This will create 1 campaign.')")
    tab.wait_for_selector("#start:not([hidden])")
    yield "trial"
    tab.click("#start")
    tab.wait_for_selector(ENDED)
    yield "trial-result"
    tab.click("#others")
    tab.wait_for_selector("#start:not([hidden])")
    yield "plan-of-the-others"
    tab.click("#start")
    tab.wait_for_selector(ENDED)
    yield "results"
    tab.click("nav a:has-text('Runs')")
    tab.wait_for_selector(".runs li")
    yield "runs"


def _stopped(tab: Any, folder: Path) -> Iterator[str]:
    tab.click("nav a:has-text('New')")
    tab.set_input_files("#file", str(december(folder, 150, is_good=True, name="spring.xlsx")))
    tab.wait_for_selector("#go-on:not([hidden])")
    tab.click("#go-on")
    tab.wait_for_selector("#start:not([hidden])")
    tab.click("#start")
    tab.wait_for_selector("h1:has-text(' campaigns: ')")
    yield "running"
    tab.click("#stop")
    tab.wait_for_selector(ENDED)
    yield "stopped"
    tab.click("nav a:has-text('New')")
    tab.wait_for_selector("#unfinished-title")
    yield "start-unfinished"


def _real_account(tab: Any, folder: Path) -> Iterator[str]:
    settings = SandboxSettings(rate=1000)
    with EmbeddedSandbox(folder / "account.sqlite3", settings=settings) as sandbox:
        tab.click("nav a:has-text('Health')")
        tab.wait_for_selector(".finding")
        yield "health"
        tab.click("nav a:has-text('Accounts')")
        yield "accounts"
        for name, text in (
            ("title", "Acme Bank, production"),
            ("host", sandbox.url),
            ("app_id", APP_ID),
            ("account_id", ACCOUNT_ID),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
        ):
            tab.fill(f"#{name}", text)
        tab.click("text=Test and save")
        tab.wait_for_selector(".account-card.real")
        tab.click(".account-card.real button:has-text('Use it')")
        tab.wait_for_selector(".chip.real")
        yield "accounts-real"
        tab.click("nav a:has-text('New')")
        tab.set_input_files("#file", str(december(folder, 12, is_good=True, name="acme.xlsx")))
        tab.wait_for_selector("#go-on:not([hidden])")
        tab.click("#go-on")
        tab.wait_for_selector("#start:not([hidden])")
        tab.click("#start")
        tab.wait_for_selector("dialog[open]")
        yield "real-account-asks"
        tab.keyboard.press("Escape")
