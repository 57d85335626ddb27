"""A person's own folder, with a state folder of its own, for every command."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    return tmp_path
