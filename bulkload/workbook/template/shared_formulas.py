"""A sheet on which one formula serves many rows, as Excel itself writes a formula that was filled down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.format import Format


class SharedFormulaSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A sheet that takes our formulas as they stand, and writes a shared one once.

    XlsxWriter looks into each formula for thirty functions of newer versions of Excel, none of which the
    template may use. It knows no shared formulas: written out in 500 rows, 8,000 characters make most of a file
    of 500 KB, which is parsed anew whenever the file is opened.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shared: dict[str, str] = {}
        """The opening tag of the formula in each cell that shares one."""
        self._groups = 0

    def write_down(self, rows: range, column: int, formula: str, style: Format) -> None:
        """Write a formula that is worded for the first of these rows (0 is Excel's row 1) into all of them.

        References without ``$`` move with the row (ECMA-376 part 1, 18.3.1.40). Such a formula may name no cell of
        another sheet, no list in braces and no range between two functions (MS-XLSB, SharedParsedFormula);
        defined names it may. Every cell has an empty text for its result, until a program works it out.
        """
        first, last = rows[0], rows[-1]
        group = f't="shared" si="{self._groups}"'
        self._groups += 1
        for row in rows:
            self.write_formula(row, column, formula, style, "")
            self._shared[xl_rowcol_to_cell(row, column)] = f"<f {group}/>"
        whole = xl_range(first, column, last, column)
        self._shared[xl_rowcol_to_cell(first, column)] = (
            f'<f {group} ref="{whole}">{self._escape_data(formula.removeprefix("="))}</f>'
        )

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("=")

    def _xml_formula_element(
        self, formula: str, result: object, attributes: Iterable[tuple[str, object]] = ()
    ) -> None:
        shared = self._shared.get(str(dict(attributes)["r"]))
        if shared is None:
            super()._xml_formula_element(formula, result, attributes)
            return
        said = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{said}>{shared}<v>{self._escape_data(str(result))}</v></c>")
