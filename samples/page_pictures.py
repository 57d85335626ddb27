"""Pictures of every state of the page, light and dark, wide and narrow: python samples/page_pictures.py FOLDER."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.program.browser import browser_tab, page_opened
from support.program.page_states import states

VARIANTS = {
    "wide-light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "narrow-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "narrow-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def main(folder: Path) -> None:
    """Write one picture for each state and variant."""
    folder.mkdir(parents=True, exist_ok=True)
    for variant, options in VARIANTS.items():
        with (
            tempfile.TemporaryDirectory() as place,
            page_opened(Path(place)) as opened,
            browser_tab(**options) as watched,
        ):
            for number, state in enumerate(states(watched.tab, opened, Path(place)), 1):
                watched.tab.wait_for_timeout(350)  # let transitions end
                watched.tab.screenshot(path=folder / f"{variant}-{number:02}-{state}.png")
                print(f"{variant} {state}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
