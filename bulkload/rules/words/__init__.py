"""Every problem of a workbook in words: what is wrong, and what would be right, each with an example of both."""

from bulkload.rules.words import account, cells, hours, rows
from bulkload.wording import Wording
from bulkload.workbook.reading import complaints

CATALOGUE: tuple[Wording, ...] = tuple(
    entry
    for table in (complaints, cells, hours, rows, account)
    for entry in vars(table).values()
    if isinstance(entry, Wording)
)
"""Every wording there is: of the file, of a cell, of calling hours, of a row, of a row beside the account."""

__all__ = ["CATALOGUE"]
