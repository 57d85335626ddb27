"""Every problem of a workbook in words: what is wrong, and what would be right, each with an example of both."""

from bulkload.messages import MessageTemplate
from bulkload.rules.messages import account, cells, hours, rows
from bulkload.workbook.reader import messages as complaints

CATALOGUE: tuple[MessageTemplate, ...] = tuple(
    entry
    for table in (complaints, cells, hours, rows, account)
    for entry in vars(table).values()
    if isinstance(entry, MessageTemplate)
)
"""Every wording there is: of the file, of a cell, of calling hours, of a row, of a row beside the account."""

__all__ = ["CATALOGUE"]
