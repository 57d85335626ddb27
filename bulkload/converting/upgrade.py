"""Turn our own workbook for version v1 of the API into one for v2; nothing else in it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS
from bulkload.converting import messages
from bulkload.converting.conversion import Conversion, MarkedCells, report_lines
from bulkload.converting.values import as_text
from bulkload.model import ApiVersion, DialingMode
from bulkload.rules.kinds.choices import parse_choice
from bulkload.workbook.foreign.converted import FIRST_ROW, ConvertedRow, write_converted
from bulkload.workbook.foreign.letters import column_letter
from bulkload.workbook.reader.read import read
from bulkload.workbook.writer.atomic_write import Existing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bulkload.columns import Column
    from bulkload.messages import Message
    from bulkload.model import Cell, Sheet

_DNC, _DETECTION, _MODE, _SEND, _NOTES = (
    "DNC list",
    "Answering machine detection",
    "Dialing mode",
    "Send",
    "Notes",
)
_DETECTION_COLUMN = next(column for column in CAMPAIGN_COLUMNS if column.heading == _DETECTION)


def upgrade(
    path: Path, *, dnc: str | None = None, out: Path | None = None, force: bool = False
) -> Conversion:
    """Write the workbook for v2. ``dnc`` is the Do Not Call list of every row; without it each row is asked for.

    Raises WorkbookError where the file is not our workbook, OSError where the new one can't be written.
    """
    workbook = read(path)
    upgraded = _Upgrade(workbook.campaigns, dnc)
    upgraded.run()
    target = out or path.with_name(f"{path.stem}.v2.xlsx")
    existing = Existing.REPLACE if force else Existing.REFUSE if out else Existing.NEXT_NAME
    marked = tuple(
        MarkedCells(CAMPAIGNS_SHEET, heading, why, is_empty, tuple(cells))
        for (heading, _), (why, is_empty, cells) in upgraded.marks.items()
    )
    result = Conversion(path, target, len(upgraded.rows), marked=marked)
    hours = [ConvertedRow(cells) for cells in _rows_of(workbook.calling_hours)]
    own = (_own(workbook.campaigns, CAMPAIGN_COLUMNS), _own(workbook.calling_hours, HOURS_COLUMNS))
    written = write_converted(
        target,
        upgraded.rows,
        hours,
        list(report_lines(result)),
        own=own,
        account=workbook.account,
        existing=existing,
    )
    return Conversion(path, written, len(upgraded.rows), marked=marked)


@dataclass(slots=True)
class _Upgrade:
    sheet: Sheet
    dnc: str | None
    rows: list[ConvertedRow] = field(default_factory=list)
    marks: dict[tuple[str, str], tuple[Message, bool, list[str]]] = field(default_factory=dict)

    def run(self) -> None:
        for number, cells in zip(self.sheet.frame.index, _rows_of(self.sheet), strict=True):
            empty: dict[str, Message] = {}
            filled_in: dict[str, Message] = {}
            if number in self.sheet.struck_rows and cells.get(_SEND) is None:
                cells[_SEND] = "No"
                filled_in[_SEND] = messages.CROSSED_OUT()
            self._dnc(cells, empty, filled_in)
            self._detection(cells, empty, filled_in)
            row = FIRST_ROW + len(self.rows)
            for found, is_empty in ((empty, True), (filled_in, False)):
                for heading, why in found.items():
                    key = (heading, why.text)
                    self.marks.setdefault(key, (why, is_empty, []))[2].append(f"{_PLACES[heading]}{row}")
            self.rows.append(ConvertedRow(cells, frozenset(empty), frozenset(filled_in)))

    def _dnc(self, cells: dict[str, Cell], empty: dict[str, Message], filled_in: dict[str, Message]) -> None:
        if cells.get(_DNC) is not None:
            return
        if self.dnc:
            cells[_DNC] = self.dnc
            filled_in[_DNC] = messages.FILLED_IN(heading=_DNC, value=self.dnc)
        else:
            empty[_DNC] = messages.V2_DNC()

    @staticmethod
    def _detection(cells: dict[str, Cell], empty: dict[str, Message], filled_in: dict[str, Message]) -> None:
        """v1 has Yes and No for every mode; v2 has No, Detect and Disconnect, for Agentless alone."""
        typed = as_text(cells.get(_DETECTION))
        mode = parse_choice(as_text(cells.get(_MODE)), tuple(DialingMode)).value
        if not typed or mode not in set(DialingMode):
            return
        if (ApiVersion.V2, DialingMode(mode)) not in _DETECTION_COLUMN.used:
            del cells[_DETECTION]
            filled_in[_DETECTION] = messages.V2_DETECTION(mode=mode, value=typed)
        elif parse_choice(typed, ("Yes", "No")).value == "Yes":
            del cells[_DETECTION]
            empty[_DETECTION] = messages.V2_CHOICE(value=typed)


def _rows_of(sheet: Sheet) -> list[dict[str, Cell]]:
    headings = list(sheet.frame.columns)
    return [
        {heading: cell for heading, cell in zip(headings, row, strict=True) if cell is not None}
        for row in sheet.frame.to_numpy(dtype=object).tolist()
    ]


def _own(sheet: Sheet, columns: Sequence[Column]) -> list[str]:
    ours = {column.heading for column in columns}
    return [heading for heading in sheet.frame.columns if heading not in ours]


_PLACES = {column.heading: column_letter(index) for index, column in enumerate(CAMPAIGN_COLUMNS)}
