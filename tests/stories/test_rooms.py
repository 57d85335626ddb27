"""Who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "bulkload"

NOUNS = {"model", "errors", "ports", "memory", "names", "wording"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": {"model"},
    "ports": set(),
    "memory": set(),
    "names": set(),
    "wording": {"model", "errors"},
    "host": {"errors"},
    "settings": {"model", "errors", "host"},
    "report": {"model", "errors"},
    "workbook": NOUNS | {"report"},
    "rules": NOUNS | {"workbook"},
    "api": NOUNS | {"settings", "host"},
    "run": NOUNS | {"api"},
    "sandbox": set(),
    "checking": NOUNS | {"workbook", "rules", "api", "report"},
    "telling": NOUNS | {"workbook", "run", "report", "settings", "checking"},
    "pipeline": NOUNS | {"api", "run", "report", "settings", "checking", "telling"},
    "cli": NOUNS
    | {"pipeline", "checking", "telling", "report", "settings", "run", "sandbox", "workbook", "cli"},
}
ROOM_OF_LIBRARY: dict[str, set[str]] = {
    "openpyxl": {"workbook"},
    "xlsxwriter": {"workbook"},
    "python_calamine": {"workbook"},
    "defusedxml": {"workbook"},
    "pandera": {"rules"},
    "pandas": {"workbook", "rules", "model"},  # the nouns name its DataFrame
    "httpx": {"api"},
    "httpcore": {"api"},
    "jwt": {"api"},
    "sqlite3": {"run", "sandbox"},
    "starlette": {"sandbox"},
    "uvicorn": {"sandbox"},
    "tqdm": {"cli"},
    "click": {"cli"},
    "pydantic": {"settings"},
    "pydantic_settings": {"settings"},
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in PACKAGE.rglob("*.py")}


def imports(path: Path) -> set[str]:
    """Every module that a file names in an import, the deferred and the typing ones too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module
            found |= {
                name if (name := f"{node.module}.{alias.name}") in MODULES else node.module
                for alias in node.names
            }
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"bulkload"}))
def test_a_room_imports_only_the_rooms_below_it(module: str) -> None:
    ours = {room(name) for name in imports(MODULES[module]) if name.startswith("bulkload.")}
    assert ours <= MAY_IMPORT[room(module)] | {room(module)}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_library_is_used_in_its_room_alone(module: str) -> None:
    libraries = {name.split(".")[0] for name in imports(MODULES[module])}
    strays = {
        library for library in libraries if room(module) not in ROOM_OF_LIBRARY.get(library, {room(module)})
    }
    assert strays == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        module: {name for name in imports(path) if name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, naming the circle


def test_help_imports_none_of_the_heavy_libraries() -> None:
    script = (
        "import sys, contextlib, io\n"
        "from bulkload.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['--help'])\n"
        "heavy = {'pandas', 'pandera', 'openpyxl', 'httpx', 'numpy', 'pydantic', 'tqdm', 'uvicorn', 'xlsxwriter'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
