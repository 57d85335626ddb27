"""Read a user's workbook: a bounded look at its bytes first, then one pass over each part that is needed.

``read`` is the entry. ``file`` and ``parts`` refuse what is too large or not a workbook. ``package`` finds the sheets.
``sheet_part`` makes typed cells and facts of a sheet in one pass of expat. ``headings`` and ``table`` find the table in
it, and ``sheet_checks`` finds what is wrong. No library for Excel reads a user's file here: calamine loses errors and
crashes on a far cell; openpyxl takes ten times as long and loses what cells show.
"""
