"""The workbook that comes back: figures, every row with what became of it, every problem with a link to its cell.

``write`` is the door. It is a projection of a report, and a valid input itself: a person's cells leave with the
type and value they came in with, so the same file can be mended and submitted again.
"""
