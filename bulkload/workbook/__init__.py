"""Excel in and out: what stands in a cell, never what it means.

In: ``inspect`` takes a bounded look at the zip directory and the XML before any library opens the file;
``read`` then has pandas read the cells as objects. Out: ``template`` and ``results`` write with xlsxwriter,
every text as text. The user's own workbook is never written to: openpyxl's load-and-save loses validations,
data bars, text boxes and every cached value.
"""
