"""The results workbook: figures, every row with its outcome, every problem with a link to its cell.

``write_results`` makes it, ``write_plan_workbook`` makes that of a plan. The results are a valid input: cells keep
their type and value, so the same file can be fixed and submitted again. No openpyxl: see ``writer``.
"""
