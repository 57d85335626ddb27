"""Sentences for what pydantic finds wrong, shared by bodies, settings and faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


def sentences(error: ValidationError) -> list[str]:
    """Say each problem with its key: ``contactLists[0]: Input should be a valid string``."""
    return [f"{_path(found['loc'])}{found['msg'].removeprefix('Value error, ')}" for found in error.errors()]


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return f"{path.removeprefix('.')}: " if path else ""
