"""Read other people's lists (.xlsx, .csv, .tsv, .json) and maps, and write the converted workbook.

Every list becomes one ``ForeignTable`` of untouched cells. What the cells mean is decided in ``converting``.
A reader per vendor was refused: other systems export too many layouts, and a map can be kept for each.
"""
