"""The values of the cells, read by calamine into pandas from what ``inspect`` let through.

calamine is taken because it is twelve times as fast as openpyxl and exact on texts, numbers, dates, times and
durations (the tests of this room hold it to that). It is the engine of ``pandas.read_excel`` too, which then looks
at each cell again in Python: 0.16 s of the 1.6 s that a check of 10,000 campaigns took, and its goal is a third of
what pandas takes with openpyxl. So it is asked directly, and pandas guesses nothing: every cell is an object.
calamine loses errors, makes times of day of negative dates, panics over dates in a far future, and takes the
whole process down at a far cell. So it is never given the person's file, only a workbook written here: one
sheet in plain form, every position near, and the cells it would lose are put back afterwards.
"""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np
import pandas as pd
from python_calamine import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    import numpy.typing as npt

    from bulkload.workbook.reader.package import Styles
    from bulkload.workbook.reader.scan import Scan


class Unequal(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The library did not find what the bytes hold; the argument is the sheet's number."""


def read_cells(
    scans: Sequence[Scan], strings: bytes, styles: Styles, *, starts_1904: bool
) -> list[npt.NDArray[Any]]:
    """The cells of each sheet as a two-dimensional array of objects, which begins at A1; empty cells are None.

    Raises Unequal where the library fails or finds other cells than the bytes hold, such as a cell that
    stands there twice. The scans' rows are used up.
    """
    one = partial(_read_one, strings=strings, styles=styles, starts_1904=starts_1904)
    # calamine parses without Python's lock, so two processors share the sheets between them.
    with ThreadPoolExecutor(len(scans)) as threads:
        return list(threads.map(one, scans))


def _read_one(scan: Scan, *, strings: bytes, styles: Styles, starts_1904: bool) -> npt.NDArray[Any]:
    content = _workbook(scan, strings, styles, starts_1904=starts_1904)
    try:
        table = load_workbook(content).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except BaseException as error:  # calamine's panics are no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise Unequal from error
    return _cells(scan, pd.DataFrame(table, dtype=object))


def _cells(scan: Scan, frame: pd.DataFrame) -> npt.NDArray[Any]:
    values = frame.to_numpy(dtype=object)
    is_filled = values != ""
    if np.count_nonzero(is_filled) != scan.filled:
        raise Unequal
    height = max((values.shape[0], *(row for row, _ in scan.known)))
    width = max((values.shape[1], *(column + 1 for _, column in scan.known)))
    cells = np.full((height, width), None, dtype=object)
    np.copyto(cells[: values.shape[0], : values.shape[1]], values, where=is_filled)
    for values in cells.T:
        if not _UNFINISHED.isdisjoint(map(type, values)):
            values[:] = [_finished(cell) for cell in values]
    for (row, column), cell in scan.known.items():
        cells[row - 1, column] = cell
    for (row, column), number in scan.negative.items():
        if isinstance(cells[row - 1, column], (datetime, time)):
            cells[row - 1, column] = _finished(number)
    return cells


_UNFINISHED = frozenset({float, date})


def _finished(cell: Any) -> Any:
    """A whole number as one, for calamine gives 5 as 5.0; a day as its midnight, as a date with a time is given."""
    if type(cell) is float and cell.is_integer():
        return int(cell)
    if type(cell) is date:
        return datetime.combine(cell, time())
    return cell


# --- the workbook that the library is given ------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _workbook(scan: Scan, strings: bytes, styles: Styles, *, starts_1904: bool) -> io.BytesIO:
    """A workbook with this sheet alone."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _listing(starts_1904=starts_1904))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations((kind, f"{kind}.xml") for kind in _KINDS))
        archive.writestr("xl/styles.xml", _style_sheet(styles))
        archive.writestr(
            "xl/sharedStrings.xml", b"".join((f'<sst xmlns="{_MAIN}">'.encode(), strings, b"</sst>"))
        )
        with archive.open("xl/worksheet.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            while scan.rows:
                part.write(scan.rows.popleft())
            part.write(b"</sheetData></worksheet>")
    content.seek(0)
    return content


_KINDS = ("worksheet", "styles", "sharedStrings")
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
    + "".join(f'<Override PartName="/xl/{kind}.xml" ContentType="{_CONTENT}.{kind}+xml"/>' for kind in _KINDS)
    + "</Types>"
)


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    """Named by the kind of what they lead to."""
    elements = (
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(elements)}</Relationships>'


def _listing(*, starts_1904: bool) -> str:
    epoch = '<workbookPr date1904="1"/>' if starts_1904 else ""
    sheet = '<sheet name="0" sheetId="1" r:id="worksheet"/>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{sheet}</sheets></workbook>'


def _style_sheet(styles: Styles) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in styles.codes.items()
    )
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in styles.formats)
    return f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>'
