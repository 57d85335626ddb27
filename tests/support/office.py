"""LibreOffice, headless: works a workbook out anew, or prints it; skips the test where it is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess

import openpyxl
import pytest

TIMEOUT = 600
"""Seconds; a first start of LibreOffice on a slow machine takes half a minute, on a busy one some more."""


def need(*programs):
    """Skip the test, with the reason, where one of these programs is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (Debian: apt-get install libreoffice-calc poppler-utils)")


def convert(path, folder, kind):
    """The file, converted by LibreOffice; a profile of its own lets several of them run at once."""
    need("soffice")
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    converted = folder / f"{path.stem}.{kind.partition(':')[0]}"
    assert converted.exists(), f"LibreOffice made no {converted.name}"
    return converted


def worked_out(path, folder):
    """The workbook with every formula worked out by LibreOffice, read by openpyxl."""
    folder.mkdir(exist_ok=True)
    return openpyxl.load_workbook(convert(path, folder, "xlsx:Calc MS Excel 2007 XML"), data_only=True)


def pages(path, folder, resolution=70):
    """A PNG for each printed page, in their order."""
    need("soffice", "pdftoppm")
    folder.mkdir(exist_ok=True)
    pdf = convert(path, folder, "pdf")
    subprocess.run(
        ["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(folder / "page")],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
    return sorted(folder.glob("page*.png"))
