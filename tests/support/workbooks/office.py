"""LibreOffice, headless: works a workbook out anew, or prints it; skips the test where it is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from xml.sax.saxutils import escape

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


def edited(path, folder, cells):
    """The workbook as LibreOffice saves it after somebody has typed into cells, with everything worked out anew.

    ``cells``: what is typed, by sheet and cell; a text, a number, or None to clear the cell.
    """
    need("soffice")
    folder.mkdir(exist_ok=True)
    saved = folder / f"{path.stem}-edited.xlsx"
    start = command(folder)
    # A new profile runs no macro the first time.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=TIMEOUT)
    macros = folder / "profile" / "user" / "basic" / "Standard"
    macros.mkdir(parents=True, exist_ok=True)
    typing = "\n".join(_typed(sheet, cell, value) for (sheet, cell), value in cells.items())
    code = MACRO.format(given=path.resolve().as_uri(), typing=typing, saved=saved.resolve().as_uri())
    (macros / "Module1.xba").write_text(MODULE.format(code=escape(code)), encoding="utf-8")
    (macros / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (macros / "dialog.xlb").write_text(DIALOGS, encoding="utf-8")
    for kind in ("script", "dialog"):
        (macros.parent / f"{kind}.xlc").write_text(LIBRARIES.format(kind=kind), encoding="utf-8")
    subprocess.run(
        [*start, "--norestore", "macro:///Standard.Module1.Main"],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
    assert saved.exists(), "LibreOffice saved nothing"
    return saved


def _typed(sheet, cell, value):
    place = f'doc.Sheets.getByName("{sheet}").getCellRangeByName("{cell}")'
    if value is None:
        return f"{place}.clearContents(1023)"
    if isinstance(value, str):
        text = '" & Chr(10) & "'.join(value.replace('"', '""').split("\n"))
        return f'{place}.setString("{text}")'
    return f"{place}.setValue({value})"


MACRO = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("{given}", "_blank", 0, hidden())
  {typing}
  doc.calculateAll()
  Dim excel(0) As New com.sun.star.beans.PropertyValue
  excel(0).Name = "FilterName"
  excel(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL("{saved}", excel())
  doc.close(True)
  StarDesktop.terminate()
End Sub
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{code}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
DIALOGS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"/>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{kind}.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>
"""
"""A library of macros, as LibreOffice keeps the person's own in the profile."""
