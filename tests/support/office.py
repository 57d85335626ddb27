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


def convert(path, folder, kind, locale="en-US"):
    """The file, converted by LibreOffice; a profile of its own lets several of them run at once."""
    need("soffice")
    arguments = ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(
        [*command(folder, locale), *arguments],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    converted = folder / f"{path.stem}.{kind.partition(':')[0]}"
    assert converted.exists(), f"LibreOffice made no {converted.name}"
    return converted


def command(folder, locale="en-US"):
    """How to start LibreOffice without a window, with a profile in this folder and in this language."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS.format(locale=locale), encoding="utf-8")
    return ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]


SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
</oor:items>
"""
"""The locale decides how numbers, dates and times are read and written, as in an office of that country."""


def worked_out(path, folder, locale="en-US"):
    """The workbook with every formula worked out by LibreOffice, read by openpyxl."""
    folder.mkdir(exist_ok=True)
    converted = convert(path, folder, "xlsx:Calc MS Excel 2007 XML", locale)
    return openpyxl.load_workbook(converted, data_only=True)


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
