"""Every state of the page, in both themes and two widths: accessible, within its window, without complaints."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program.browser import AXE, CHROMIUM, accessibility_violations, browser_tab, page_opened
from support.program.page_states import states

WINDOWS = {"wide": (1280, 800), "narrow": (390, 844)}


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: npm install")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS)
def test_every_state_is_accessible_and_fits(window: str, scheme: str, tmp_path: Path) -> None:
    width, height = WINDOWS[window]
    found: list[str] = []
    options = {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    with page_opened(tmp_path) as opened, browser_tab(**options) as watched:
        tab = watched.tab
        for state in states(tab, opened, tmp_path):
            found += [f"{state}: {one}" for one in accessibility_violations(tab)]
            wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{state}: {wide} pixels too wide"] if wide > 0 else []
            found += [f"{state}: policy {one}" for one in watched.violations()]
        refused = [
            error for error in watched.errors if "422" not in error
        ]  # Chromium reports the bad file's answer
    assert "\n".join([*found, *refused]) == ""
