"""Every dependency says from where to where it is known to fit."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(one for group in PROJECT["project"]["optional-dependencies"].values() for one in group),
]


@pytest.mark.parametrize("named", NAMED)
def test_dependency_has_a_lowest_version_and_an_excluded_upper_version(named: str) -> None:
    assert re.fullmatch(r"[\w-]+>=[\d.]+,<[\d.]+", named)
