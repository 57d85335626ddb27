"""Every problem of a workbook's rows in words: what is wrong, and what would be right, each with an example.

``{heading}`` and ``{value}`` are filled for every problem, the rest by whoever finds it. What people typed is
only ever filled in, never read as a template.
"""

from bulkload.rules.words import account, cells, hours, rows
from bulkload.rules.words.wording import Trouble, Wording

CATALOGUE: tuple[Wording, ...] = tuple(
    entry
    for table in (cells, hours, rows, account)
    for entry in vars(table).values()
    if isinstance(entry, Wording)
)
"""Every wording there is."""

__all__ = ["CATALOGUE", "Trouble", "Wording"]
