"""Cells changed in the person's own file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from bulkload.errors import WorkbookError
from bulkload.workbook.patch import cells_with_shared_formulas, patch_cells, patch_sheet

SAMPLE = (Path(__file__).parents[2] / "samples" / "campaigns.xlsx").read_bytes()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def value(content: bytes, cell: str, sheet: str = "Campaigns") -> object:
    return openpyxl.load_workbook(io.BytesIO(content))[sheet][cell].value


def sheet_xml(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def test_only_the_sheet_with_the_cells_changes() -> None:
    patched = patch_cells("x.xlsx", SAMPLE, {"Campaigns": {"E7": "Agentless", "D8": "Zwölf <b>&"}})
    before, after = parts(SAMPLE), parts(patched)
    assert [name for name in before if after[name] != before[name]] == ["xl/worksheets/sheet2.xml"]
    assert list(before) == list(after)
    assert (value(patched, "E7"), value(patched, "D8")) == ("Agentless", "Zwölf <b>&")


def test_a_cell_keeps_its_style() -> None:
    patched = patch_cells("x.xlsx", SAMPLE, {"Campaigns": {"E7": "Agentless"}})
    before, after = (
        openpyxl.load_workbook(io.BytesIO(content))["Campaigns"]["E7"] for content in (SAMPLE, patched)
    )
    assert after.style_id == before.style_id != 0


def test_an_empty_text_empties_the_cell() -> None:
    assert value(patch_cells("x.xlsx", SAMPLE, {"Campaigns": {"E7": ""}}), "E7") is None


def test_both_sheets_change_together() -> None:
    patched = patch_cells(
        "x.xlsx", SAMPLE, {"Campaigns": {"E7": "Agentless"}, "Calling hours": {"D6": "Asia/Kolkata"}}
    )
    assert (value(patched, "E7"), value(patched, "D6", "Calling hours")) == ("Agentless", "Asia/Kolkata")


def test_a_text_that_looks_like_an_escape_is_escaped() -> None:
    patched, _ = patch_sheet(sheet_xml('<row r="2"><c r="B2"/></row>'), {"B2": "_x0041_ \n <tab>"})
    text = b'<is><t xml:space="preserve">_x005F_x0041_ \n &lt;tab&gt;</t></is>'
    assert patched == sheet_xml(f'<row r="2"><c r="B2" t="inlineStr">{text.decode()}</c></row>')


@pytest.mark.parametrize(
    ("rows", "cell", "expected"),
    [
        (
            '<row r="2"><c r="A2"><v>1</v></c></row>',
            "A2",
            '<c r="A2" t="inlineStr"><is><t xml:space="preserve">n</t></is></c>',
        ),
        (
            '<row r="2"><c r="A2" s="4" t="s"><v>1</v></c></row>',
            "A2",
            '<c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">n</t></is></c>',
        ),
        (
            '<row r="2"><c r="A2" s="4"/></row>',
            "A2",
            '<c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">n</t></is></c>',
        ),
    ],
)
def test_a_cell_is_replaced_where_it_is(rows: str, cell: str, expected: str) -> None:
    assert patch_sheet(sheet_xml(rows), {cell: "n"})[0] == sheet_xml(f'<row r="2">{expected}</row>')


NEW = '<c r="B2" t="inlineStr"><is><t xml:space="preserve">n</t></is></c>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<c r="A2"/><c r="C2"/>', f'<c r="A2"/>{NEW}<c r="C2"/>'),
        ('<c r="A2"/>', f'<c r="A2"/>{NEW}'),
        ('<c r="C2"/>', f'{NEW}<c r="C2"/>'),
        ("<c/><c/><c/>", f"<c/>{NEW}<c/>"),
        ('<c r="A2" vm="a>b"/><c r="D2"/>', f'<c r="A2" vm="a>b"/>{NEW}<c r="D2"/>'),
    ],
)
def test_a_missing_cell_is_put_in_its_order(before: str, after: str) -> None:
    patched = patch_sheet(sheet_xml(f'<row r="2">{before}</row>'), {"B2": "n"})[0]
    assert patched == sheet_xml(f'<row r="2">{after}</row>')


def test_prefixes_are_kept() -> None:
    sheet = b'<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2"/></x:row></x:sheetData></x:worksheet>'
    expected = b'<x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">n</x:t></x:is></x:c>'
    assert patch_sheet(sheet, {"B2": "n"})[0] == sheet.replace(b'<x:c r="B2"/>', expected)


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_xml('<row r="3"><c r="A3"/></row>'),
        sheet_xml('<row r="2"/>'),
        '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16"),
    ],
)
def test_what_can_t_be_changed_says_so(sheet: bytes) -> None:
    with pytest.raises(WorkbookError, match="B2 can't be changed in this file"):
        patch_sheet(sheet, {"B2": "n"})


def test_a_formula_that_others_share_is_left_alone() -> None:
    rows = '<row r="2"><c r="B2"><f t="shared" ref="B2:B9" si="0">A2</f></c><c r="C2"><f>A2</f></c></row>'
    with pytest.raises(WorkbookError, match="B2 contains a formula that other cells share"):
        patch_sheet(sheet_xml(rows), {"B2": "n"})
    assert patch_sheet(sheet_xml(rows), {"C2": "n"})[1]


def _with_formula(*, with_chain: bool) -> bytes:
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content)
    sheet = workbook.add_worksheet("Campaigns")
    sheet.write_formula("B2", "=A2")
    sheet.write_array_formula("C2:C3", "{=A2:A3}")
    workbook.close()
    if not with_chain:
        return content.getvalue()
    made = parts(content.getvalue())
    made["xl/calcChain.xml"] = b'<calcChain><c r="B2" i="1"/></calcChain>'
    for name, old, new in (
        (
            "[Content_Types].xml",
            b"</Types>",
            b'<Override PartName="/xl/calcChain.xml" ContentType="c"/></Types>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="t/calcChain" Target="calcChain.xml"/></Relationships>',
        ),
    ):
        made[name] = made[name].replace(old, new)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for name, part in made.items():
            written.writestr(name, part)
    return archive.getvalue()


def test_a_formula_gives_way_to_a_value() -> None:
    assert (
        value(patch_cells("x.xlsx", _with_formula(with_chain=False), {"Campaigns": {"B2": "5"}}), "B2") == "5"
    )


def test_formula_list_is_removed_with_its_formula_and_all_references() -> None:
    with_chain, without = _with_formula(with_chain=True), _with_formula(with_chain=False)
    patched = parts(patch_cells("x.xlsx", with_chain, {"Campaigns": {"B2": "5"}}))
    assert "xl/calcChain.xml" not in patched
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert patched[name] == parts(without)[name]


def test_the_list_of_formulas_stays_where_no_formula_goes() -> None:
    with_chain = _with_formula(with_chain=True)
    patched = parts(patch_cells("x.xlsx", with_chain, {"Campaigns": {"D2": "5"}}))
    assert patched["xl/calcChain.xml"] == parts(with_chain)["xl/calcChain.xml"]


def test_cells_whose_formula_is_shared_are_known() -> None:
    assert cells_with_shared_formulas("x.xlsx", _with_formula(with_chain=False), "Campaigns") == {"C2"}
