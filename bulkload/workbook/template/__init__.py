"""The workbook to fill in: it says while one types what is missing, in words and not by colour alone.

``write`` is the door. The live columns use functions that Excel 2007 and LibreOffice share. When the file
comes back, they are never believed: every cell is checked again.
"""
