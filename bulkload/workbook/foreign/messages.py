"""Messages about other people's files and about maps, each with an example."""

from __future__ import annotations

from bulkload.messages import MessageTemplate, error

NO_ROWS = error(
    "no-rows",
    "'{value}' has no rows below its headings.",
    "Give a list with one row of headings and a row for each campaign.",
    value="list.csv",
)
TOO_MANY_ROWS = error(
    "too-many-rows",
    "'{value}' has {count} rows; at most {most} are converted at once.",
    "Split the list.",
    value="list.csv",
    count="12,000",
    most="10,000",
)
TOO_MANY_COLUMNS = error(
    "too-many-columns",
    "'{value}' has {count} columns; at most {most} are read.",
    "Delete the columns that are not needed.",
    value="list.csv",
    count="500",
    most=200,
)
NOT_SEPARATED = error(
    "not-separated",
    "'{value}' can't be read as separated values ({reason}).",
    "Open it in a spreadsheet program and save it as .xlsx.",
    value="list.csv",
    reason="a quote is never closed",
)
NOT_JSON = error(
    "not-json",
    "'{value}' can't be read as a JSON array of objects ({reason}).",
    "Give an array with one object for each campaign.",
    value="list.json",
    reason="it is not an array of objects",
)
NOT_TEXT = error(
    "not-text",
    "'{value}' is not text in UTF-8, UTF-16 or Windows-1252.",
    "Save it again as UTF-8.",
    value="list.csv",
)
OTHER_ENDING = error(
    "other-ending",
    "'{value}' is not a list that can be converted.",
    "Give a file whose name ends in .xlsx, .csv, .tsv or .json. Save an old .xls as .xlsx first.",
    value="list.xls",
)
NO_VISIBLE_SHEET = error(
    "no-visible-sheet",
    "'{value}' has no visible sheet with content.",
    "Give a workbook with one row of headings and a row for each campaign.",
    value="list.xlsx",
)
SHEET_TOO_LARGE = error(
    "sheet-too-large",
    'The sheet "{sheet}" has cells as far as {cell}, formatted ones included.',
    "Copy the list into a new workbook.",
    value="list.xlsx",
    sheet="List",
    cell="XFD1048576",
)
MAP_SHEET_MISSING = error(
    "map-sheet-missing",
    'The map has no sheet "{missing}".',
    "Make a new draft: convert without a map.",
    value="list.map.xlsx",
    missing="Columns",
)
MAP_HEADING_MISSING = error(
    "map-heading-missing",
    'The sheet "{sheet}" of the map has no heading "{missing}".',
    "Type it into the first row again.",
    sheet="Columns",
    missing="Rule",
)
MAP_UNREADABLE = error(
    "map-unreadable",
    "The map '{value}' can't be read.",
    "Open it in Excel, save it as .xlsx, and convert again.",
    value="list.map.xlsx",
)
MAP_FORMULA = error(
    "map-formula",
    "{cell} of the map contains a formula; a map has only plain values.",
    "Type the value itself.",
    value="=A1",
    cell="Columns!C4",
)

CATALOGUE: dict[str, MessageTemplate] = {
    template.code: template for template in list(globals().values()) if isinstance(template, MessageTemplate)
}
"""Every message of the room by its code."""
