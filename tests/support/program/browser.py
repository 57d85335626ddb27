"""The page in a real browser: the program in a process of its own, Debian's Chromium, and what it complained about."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FOUND = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM = _FOUND if find_spec("playwright") else None
"""The browser, where there is one and playwright to drive it."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without the network flags Chromium asks hosts that no test machine reaches."""
WATCH_VIOLATIONS = (
    "window.violations = [];"
    "document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective));"
)


@dataclass
class OpenPage:
    """``bulkload open --no-browser`` at work."""

    process: subprocess.Popen[str]
    address: str
    """With its ticket: usable once, within a minute."""
    folder: Path

    @property
    def base(self) -> str:
        """Where every address begins."""
        return self.address.partition("/enter")[0]

    def interrupt(self) -> str:
        """Press Ctrl-C; what was printed afterwards."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout is not None
        said = self.process.stdout.read()
        self.process.wait(timeout=60)
        return said

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()


@contextmanager
def page_opened(
    folder: Path, *arguments: object, program: tuple[str, ...] = (), **settings: str
) -> Iterator[OpenPage]:
    """The program, with this state folder; killed at the end if it still runs."""
    command = program or (sys.executable, "-c", "from bulkload.cli import main; main()")
    environment = {
        **os.environ,
        "BULKLOAD_STATE_DIR": str(folder / "state"),
        "BULKLOAD_CONFIG_DIR": str(folder / "config"),
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    process = subprocess.Popen(
        [*command, "open", "--no-browser", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=folder,
    )
    try:
        yield OpenPage(process, _address(process), folder)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError(f"no address was printed: {seen}")


@dataclass
class Watched:
    """A tab, and everything that the browser complained about."""

    tab: Any
    """A page of playwright."""
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """The directives of our policy that this page broke."""
        return self.tab.evaluate("window.violations")


@contextmanager
def browser_tab(**context: Any) -> Iterator[Watched]:
    """A tab of a new browser; ``context`` are playwright's options: a viewport, a colour scheme."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        made = browser.new_context(
            viewport=context.pop("viewport", {"width": 1280, "height": 800}), **context
        )
        made.add_init_script(WATCH_VIOLATIONS)
        made.set_default_timeout(60_000)  # a machine that runs many tests at once is slow
        watched = watch(made.new_page())
        yield watched
        browser.close()


def watch(tab: Any) -> Watched:
    """Note what the browser complains about in this tab."""
    watched = Watched(tab)
    tab.on(
        "console", lambda message: watched.errors.append(message.text) if message.type == "error" else None
    )
    tab.on("pageerror", lambda error: watched.errors.append(str(error)))
    return watched


AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
"""Deque's accessibility checks; developers and CI install them with npm."""


def accessibility_violations(tab: Any) -> list[str]:
    """What axe finds wrong with the page as it is now. The script goes in past our policy, by the debugger."""
    tab.evaluate(AXE.read_text("utf-8") + "; undefined")
    found = tab.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
