"""The workbook to fill in: it says while one types what is missing, in words and not by colour alone.

``write`` is the door. The live columns know only rules that a sheet can know, in functions that Excel 2007 and
LibreOffice share; they are never believed when the file comes back, but checked again.
"""
