"""The README's pictures show what the program writes today."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_pictures_show_what_the_sheets_say_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLES))
    pictures = runpy.run_path(str(SAMPLES / "pictures.py"))
    for name in ("make", "mistakes"):
        sys.modules.pop(name, None)
    said = pictures["texts"](*pictures["workbooks"](tmp_path))
    shown = (SAMPLES / "pictures" / "texts.txt").read_text("utf-8")
    assert shown == said, "python samples/pictures.py takes the pictures anew"
