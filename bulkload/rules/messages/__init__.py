"""Messages about cells, rows, calling hours and names of the account, each with an example."""

from bulkload.messages import MessageTemplate
from bulkload.rules.messages import account, cells, hours, rows

CATALOGUE: tuple[MessageTemplate, ...] = tuple(
    entry
    for module in (cells, hours, rows, account)
    for entry in vars(module).values()
    if isinstance(entry, MessageTemplate)
)
"""Every template of this room."""

__all__ = ["CATALOGUE"]
