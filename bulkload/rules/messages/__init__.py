"""Messages about cells, rows, calling hours and names of the account, each with an example."""

from bulkload.messages import MessageTemplate
from bulkload.rules.messages import account, cells, hours, rows

CATALOGUE: tuple[MessageTemplate, ...] = tuple(
    entry
    for table in (cells, hours, rows, account)
    for entry in vars(table).values()
    if isinstance(entry, MessageTemplate)
)
"""Every template of this room."""

__all__ = ["CATALOGUE"]
