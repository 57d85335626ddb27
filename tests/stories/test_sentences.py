"""Sentences carry no commands, flags or settings: every front end fills the marks with its own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"\bbulkload [a-z]|(?:^|\s)--[a-z]|BULKLOAD_[A-Z]")
FRONT_ENDS = {"cli", "sandbox", "web"}
MODULES = sorted(
    path for path in (ROOT / "bulkload").rglob("*.py") if path.relative_to(ROOT).parts[1] not in FRONT_ENDS
)


def sentences(path: Path) -> Iterator[ast.Constant]:
    """Every text of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_outside_front_ends_names_a_command_flag_or_setting(path: Path) -> None:
    assert [(node.lineno, node.value) for node in sentences(path) if NAMED.search(node.value)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_error_is_made_from_a_text_that_is_filled_before(path: Path) -> None:
    """What people typed must never be read as a template."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    filled = [
        node.lineno
        for node in calls
        if isinstance(node.func, ast.Name)
        and (node.func.id.endswith("Error") or node.func.id == "MessageTemplate")
        and not node.func.id.startswith(("Assertion", "Attribute", "Value", "Type", "Key", "OS"))
        and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert filled == []
