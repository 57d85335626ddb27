"""Excel in and out: what stands in a cell, never what it means.

``columns`` describes every column once. ``reading`` takes a person's file in, ``template`` and ``results`` give
files out, and ``writing`` is what those two share. The person's own workbook is never written to: openpyxl's
load-and-save loses validations, data bars, text boxes and every cached value.
"""
