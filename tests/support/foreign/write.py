"""Write the same two campaigns with every program at hand: python tests/support/foreign/write.py

The files stay in ``tests/workbook/foreign``, because not every machine has Gnumeric, LibreOffice or node. For the two
packages of npm, set NODE_PATH to the node_modules in which ``npm install xlsx exceljs`` has put them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from support.workbooks.workbook_files import (  # noqa: E402  (after the path)
    CAMPAIGN_HEADINGS,
    CAMPAIGNS,
    HOURS,
    HOURS_HEADINGS,
    in_order,
    libreoffice_file,
    openpyxl_book,
    saved,
    xlsxwriter_file,
)

FOLDER = TESTS / "workbook" / "foreign"
TIMES = {"Start": "9:30 AM", "End": "12:00 PM"}
ROWS = {
    "Campaigns": [CAMPAIGN_HEADINGS, *in_order(CAMPAIGN_HEADINGS, CAMPAIGNS)],
    "Calling hours": [HOURS_HEADINGS, *in_order(HOURS_HEADINGS, [HOURS[0], HOURS[1] | TIMES])],
}
"""The cells; times are texts, because each program has its own idea of a time."""


def write_all() -> None:
    FOLDER.mkdir(exist_ok=True)
    hours = [HOURS[0], HOURS[1] | TIMES]
    source = saved(openpyxl_book(hours=hours), FOLDER / "openpyxl.xlsx")
    xlsxwriter_file(FOLDER / "xlsxwriter.xlsx", hours=hours)
    with pd.ExcelWriter(FOLDER / "pandas.xlsx", engine="openpyxl") as writer:
        for name, rows in ROWS.items():
            pd.DataFrame(rows[1:], columns=rows[0]).to_excel(writer, sheet_name=name, index=False)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        libreoffice_file(FOLDER / "libreoffice.xlsx", source)
        ods = libreoffice_file(work / "source.ods", source, kind="ods")
        libreoffice_file(FOLDER / "libreoffice-ods.xlsx", ods)
        shutil.rmtree(FOLDER / "libreoffice")
        subprocess.run(["ssconvert", source, FOLDER / "gnumeric.xlsx"], check=True, capture_output=True)
        (work / "rows.json").write_text(json.dumps(ROWS))
        script = Path(__file__).with_name("write.mjs")
        subprocess.run(["node", script, work / "rows.json", FOLDER], check=True, env=dict(os.environ))


if __name__ == "__main__":
    write_all()
