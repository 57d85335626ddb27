"""Make the maps of the sample lists again: the drafts, edited as a person would.

Run it in this folder: ``python make.py``.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from bulkload.converting import convert

Edits = dict[tuple[str, str], dict[str, str]]
"""The new values by heading, for each line: its sheet, and its first cell (of Values also its second)."""

DEPARTMENT: Edits = {
    ("Columns", "DNC list"): {"If empty": "DNC global"},
    ("Columns", "Experience flow"): {"If empty": ""},
    ("Columns", "Max skips"): {"If empty": ""},
    ("Columns", "Caller ID"): {"Rule": "phone with country code 44"},
    ("Columns", "Retry period (minutes)"): {"Rule": "as it is"},
    ("Columns", "Max ring time (seconds)"): {"If empty": "30"},
    ("Values", "Retry period (minutes)|1 hour"): {"Our value": "60"},
    ("Values", "Retry period (minutes)|2 hours"): {"Our value": "120"},
    ("Values", "Retry period (minutes)|30 minutes"): {"Our value": "30"},
    ("Values", "Dialing mode|Robot"): {"Our value": "Agentless"},
    ("Hours", "Time zone"): {"If empty": "Europe/London"},
}
DIALER: Edits = {
    ("Columns", "Send"): {"Their column": "active"},
    ("Columns", "Description"): {"Their column": "campaign_name; list_names", "Rule": "join"},
    ("Columns", "Dialing mode"): {"Their column": "dial_method"},
    ("Columns", "Contact lists"): {"Their column": "list_names"},
    ("Columns", "DNC list"): {"If empty": "DNC global"},
    ("Columns", "Queue"): {"Their column": "closer_group"},
    ("Columns", "Caller ID"): {"Their column": "campaign_cid", "Rule": "phone with country code 1"},
    ("Columns", "Max ring time (seconds)"): {"Their column": "dial_timeout"},
    ("Columns", "Dialing order"): {"Their column": "lead_order"},
    ("Columns", "Max attempts"): {"If empty": "3"},
    ("Columns", "Retry period (minutes)"): {"If empty": "60"},
    ("Values", "Dialing mode|ADAPT_TAPERED"): {"Our value": "Progressive"},
    ("Values", "Dialing mode|RATIO"): {"Our value": "Progressive"},
    ("Values", "Dialing mode|MANUAL"): {"Our value": ""},
    ("Values", "Dialing order|UP"): {"Our value": "FIFO"},
    ("Values", "Dialing order|DOWN"): {"Our value": "LIFO"},
    ("Values", "Time zone|PST8PDT"): {"Our value": "America/Vancouver"},
    ("Hours", "Time zone"): {"Their column": "time_zone_setting"},
}
EDITS: dict[str, Edits] = {"department.csv": DEPARTMENT, "dialer.csv": DIALER, "postman.json": {}}


def edit_map(path: Path, edits: Edits) -> None:
    """Type the new values into a map; a line that it lacks is added below."""
    workbook = load_workbook(path)
    for (name, key), values in edits.items():
        sheet = workbook[name]
        headings = [cell.value for cell in sheet[1]]
        first, _, second = key.partition("|")
        for row in range(2, sheet.max_row + 2):
            if sheet.cell(row, 1).value in {None, first} and sheet.cell(row, 2).value in {
                None,
                second or sheet.cell(row, 2).value,
            }:
                break
        sheet.cell(row, 1, first)
        if second:
            sheet.cell(row, 2, second)
        for heading, value in values.items():
            sheet.cell(row, headings.index(heading) + 1).value = value or None
    workbook.save(path)


def main() -> None:
    """Draft the map of each list and edit it; the workbooks made on the way are deleted."""
    for name, edits in EDITS.items():
        source = Path(name)
        source.with_suffix(".map.xlsx").unlink(missing_ok=True)
        made = convert(source)
        assert made.map_file is not None
        made.workbook.unlink()
        edit_map(made.map_file, edits)


if __name__ == "__main__":
    main()
