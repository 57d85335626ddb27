"""The three sample lists: drafted, edited, converted, checked."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.program.program import bulkload

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "convert"
_spec = importlib.util.spec_from_file_location("make_maps", SAMPLES / "make.py")
assert _spec
assert _spec.loader
make_maps = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_maps)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def cells(sheet_name: str, path: str, width: int) -> list[tuple[object, ...]]:
    sheet = load_workbook(path)[sheet_name]
    return [row[:width] for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]


DRAFT = """\
Wrote department.campaigns.xlsx: 3 campaigns from department.csv. Nothing was sent.

Empty, to be filled in: 20 cells
  K5: "020 7946 0958" has no country code. Type it with +, or use the rule phone with country code.
  P5, P6, P7: The map does not say how Retry period (minutes) is read. Choose a rule in the map.
  F5, F6, F7: The map has no column and no value for DNC list.
  K6: "020 7946 0959" has no country code. Type it with +, or use the rule phone with country code.
  I6: The map has no column and no value for Max skips.
  D7: Dialing mode can't be "Robot". Add the value to the sheet Values of the map.
  K7: "020 7946 0960" has no country code. Type it with +, or use the rule phone with country code.
  Q7: Max ring time (seconds) is empty in the list.
  Calling hours C5, C6: Time zone is empty in the list.
  Calling hours D5, E5, F5, D6, E6 and 1 more: The list has only the name of these hours.

Columns not used: Owner (L)
"""


def test_first_convert_drafts_a_map_and_converts_what_it_covers() -> None:
    shutil.copy(SAMPLES / "department.csv", "department.csv")
    done = bulkload("convert", "department.csv")
    assert (done.status, done.err) == (1, "")
    assert done.out.partition("\nRow 2 before")[0] == DRAFT
    assert done.out.endswith(
        "\nThis map is a draft: department.map.xlsx. Look at each line, edit it, then:\n"
        "  bulkload convert department.csv --map department.map.xlsx\n"
    )
    assert cells("Columns", "department.map.xlsx", 4)[:4] == [
        ("Send", None, None, "as it is"),
        ("Campaign name", "Campaign", None, "as it is"),
        ("Description", "Description", None, "as it is"),
        ("Dialing mode", "Dialling mode", None, "as it is"),
    ]
    assert cells("Values", "department.map.xlsx", 3) == [("Dialing mode", "Robot", None)]


@pytest.mark.parametrize("name", make_maps.EDITS)
def test_a_sample_map_is_its_draft_edited(name: str) -> None:
    shutil.copy(SAMPLES / name, name)
    bulkload("convert", name)
    drafted = Path(name).with_suffix(".map.xlsx")
    make_maps.edit_map(drafted, make_maps.EDITS[name])
    kept = SAMPLES / drafted.name
    for sheet in ("Columns", "Values", "Hours"):
        assert cells(sheet, str(drafted), 4) == cells(sheet, str(kept), 4)


@pytest.mark.parametrize(("name", "status"), [("department.csv", 1), ("dialer.csv", 1), ("postman.json", 0)])
def test_after_the_second_call_check_finds_only_marked_cells(name: str, status: int) -> None:
    stem = Path(name).stem
    for file in (name, f"{stem}.map.xlsx"):
        shutil.copy(SAMPLES / file, file)
    converted = bulkload("convert", name, "--map", f"{stem}.map.xlsx", "--out", "new.xlsx", "--json")
    assert converted.status == status
    checked = bulkload("check", "new.xlsx", "--json").document
    problems = [*checked["problems"], *(one for row in checked["rows"] for one in row["problems"])]
    wrong = {
        f"{one['sheet']} {cell}"
        for one in problems
        if one["level"] == "error" and "in-error" not in one["code"] and one["heading"] != "Calling hours"
        for cell in [one["cell"]]
    }
    marked = {
        f"{one['sheet']} {cell}"
        for one in converted.document["marked"]
        if one["is_empty"]
        for cell in one["cells"]
    }
    assert wrong == marked


def test_every_value_of_the_dialer_is_right_or_empty_and_marked() -> None:
    for file in ("dialer.csv", "dialer.map.xlsx"):
        shutil.copy(SAMPLES / file, file)
    bulkload("convert", "dialer.csv")
    sheet = load_workbook("dialer.campaigns.xlsx")["Campaigns"]
    rows = [[cell.value for cell in row][:18] for row in sheet.iter_rows(min_row=5, max_row=8)]
    assert rows == [
        ["Yes", "Ontario renewals", "Ontario renewals Renewals Ontario", "Progressive", "Renewals Ontario",
         "DNC global", "Renewals EN", None, None, None, "+14165550123", "weekdays 9am-5pm",
         None, "LIFO", 3, 60, 26, None],
        ["Yes", "Win back", "Win back Lapsed customers", None, "Lapsed customers", "DNC global",
         "Renewals EN", None, None, None, "+14165550124", "12pm-9pm", None, "FIFO", 3, 60, 30, None],
        ["No", "Reminder night shift", "Reminder night shift Appointments", "Progressive", "Appointments",
         "DNC global", "Front desk", None, None, None, "+14165550125", "24hours", None, "LIFO", 3, 60, 30, None],
        ["Yes", "Vancouver renewals", "Vancouver renewals Renewals BC", "Progressive", "Renewals BC",
         "DNC global", "Renewals EN", None, None, None, "+16045550100", "west", None, "LIFO", 3, 60, 30, None],
    ]  # fmt: skip
    hours = load_workbook("dialer.campaigns.xlsx")["Calling hours"]
    assert [[str(cell.value or "") for cell in row] for row in hours.iter_rows(min_row=5)] == [
        ["weekdays 9am-5pm", "", "America/Toronto", "Mon-Fri", "09:00:00", "17:00:00"],
        ["12pm-9pm", "", "America/Toronto", "", "", ""],
        ["24hours", "", "America/Toronto", "Mon-Sun", "", ""],
        ["west", "", "America/Vancouver", "Mon-Thu", "10:00:00", "18:00:00"],
        ["west", "", "", "Fri", "10:00:00", "14:00:00"],
    ]
    assert hours["E6"].fill.start_color.rgb == "FFF8A99A"
    assert sheet["S6"].value.startswith("From dialer.csv: Send C3; Campaign name B3; Description B3, H3; ")
    assert sheet["S6"].value.endswith('\nDialing mode can\'t be "MANUAL".')


def test_what_the_map_fills_in_is_marked_in_another_colour() -> None:
    for file in ("dialer.csv", "dialer.map.xlsx"):
        shutil.copy(SAMPLES / file, file)
    document = bulkload("convert", "dialer.csv", "--json").document
    assert document["summary"] == {"rows": 4, "empty_cells": 6, "filled_in_cells": 12, "left_out": 0}
    sheet = load_workbook("dialer.campaigns.xlsx")["Campaigns"]
    assert sheet["F5"].fill.start_color.rgb == "FFFFF0A8"
    assert document["unused"] == ["campaign_id (A)"]
    assert len(document["rows"]) == 4
    report = list(load_workbook("dialer.campaigns.xlsx")["Conversion"].iter_rows(values_only=True))
    assert report[2][:2] == ("Columns not used", "campaign_id (A)")


def test_the_api_keys_of_a_postman_file_need_no_editing() -> None:
    shutil.copy(SAMPLES / "postman.json", "postman.json")
    done = bulkload("convert", "postman.json")
    assert (done.status, done.err) == (0, "")
    assert "Columns not used: schedule.isSchedulingEnabled, campaignType" in done.out
    payloads = bulkload("submit", "postman.campaigns.xlsx", "--sandbox", "--dry-run", "--json").document[
        "rows"
    ]
    sent = json.loads((SAMPLES / "postman.json").read_text())
    for row, wanted in zip(payloads, sent, strict=True):
        del wanted["campaignType"]
        wanted.pop("schedule", None)
        wanted.setdefault("priority", "5")
        got = {key: value for key, value in row["payload"].items() if key in wanted}
        assert got == wanted


def test_a_second_call_without_names_takes_the_next_free_name() -> None:
    shutil.copy(SAMPLES / "postman.json", "postman.json")
    bulkload("convert", "postman.json")
    again = bulkload("convert", "postman.json")
    assert again.out.startswith(
        "Wrote postman.campaigns-2.xlsx: 2 campaigns from postman.json. Nothing was sent.\n"
    )
    assert again.out.endswith("\nThen:  bulkload check postman.campaigns-2.xlsx\n")
    taken = bulkload("convert", "postman.json", "--out", "postman.campaigns.xlsx")
    assert (taken.status, taken.err) == (
        2,
        "postman.campaigns.xlsx exists already. Give another name, or --force to replace it.\n",
    )
    replaced = bulkload("convert", "postman.json", "--out", "postman.campaigns.xlsx", "--force")
    assert replaced.out.startswith("Wrote postman.campaigns.xlsx: ")
