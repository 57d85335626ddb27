"""What a command loads before it does anything. import-linter checks who imports whom (pyproject.toml)."""

from __future__ import annotations

import subprocess
import sys


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
