"""Messages about a file, its sheets and its layout, each with an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate, error, warning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def headings(count: int) -> Mapping[str, Any]:
    """The words for so many headings that are missing."""
    return {"each": "it", "them": "it"} if count == 1 else {"each": "each", "them": "them all"}


def columns(count: int, kind: str = "") -> Mapping[str, Any]:
    """The words for so many columns of this kind."""
    if count == 1:
        return {"columns": f"a {kind}column", "carried": "it is carried", "were": "was", "them": "it"}
    return {"columns": f"{kind}columns", "carried": "they are carried", "were": "were", "them": "them"}


# --- the file ------------------------------------------------------------------------------------------

NO_FILE = error(
    "no-file",
    "There is no file '{value}'.",
    "Check the name and the folder; put the name in quotes if it has spaces.",
    value="campaigns.xlsx",
)
NOT_A_FILE = error(
    "not-a-file",
    "'{value}' is a folder or a device, not a workbook.",
    "Give the path of an Excel workbook (.xlsx). A Numbers document must be exported first: "
    "File > Export To > Excel.",
    value="campaigns",
)
UNREADABLE_FILE = error(
    "unreadable-file",
    "'{value}' can't be opened: {reason}.",
    "Check that you may read the file and that no other program keeps it locked, then try again.",
    value="campaigns.xlsx",
    reason="permission denied",
)
TOO_LARGE = error(
    "too-large",
    "'{value}' has {size} MB; a workbook may have {most} MB at most.",
    "Remove pictures and sheets that are not needed, or split the workbook.",
    value="campaigns.xlsx",
    size=74,
    most=50,
)
EMPTY_FILE = error(
    "empty-file",
    "'{value}' is empty: it has 0 bytes.",
    "Save the workbook again in Excel, or fetch it again from where it came.",
    value="campaigns.xlsx",
)
LOCK_FILE = error(
    "lock-file",
    "'{value}' is not a workbook: it is the lock file that {program} keeps while '{real}' is open.",
    "Save and close the workbook, then use '{real}'.",
    value="~$campaigns.xlsx",
    program="Excel",
    real="campaigns.xlsx",
)
OPEN_ELSEWHERE = warning(
    "open-elsewhere",
    "'{value}' looks open in {program} (the lock file '{lock}' stands beside it): "
    "changes that are not saved yet are not included.",
    "If you changed something, save the workbook and start again.",
    value="campaigns.xlsx",
    program="Excel",
    lock="~$campaigns.xlsx",
)
OTHER_KIND = error(
    "other-kind",
    "'{value}' is {kind}, whatever its name says, not an Excel workbook (.xlsx).",
    "{remedy}",
    value="campaigns.xlsx",
    kind="an old Excel workbook (.xls)",
    remedy="Open it in Excel and use File > Save As > Excel Workbook (*.xlsx).",
)
PROTECTED = error(
    "protected",
    "'{value}' is protected with a password, so it can't be read.",
    "Open it in Excel, clear the password under File > Info > Protect Workbook > Encrypt with Password, and save.",
    value="campaigns.xlsx",
)
STRICT = error(
    "strict",
    "'{value}' was saved as a Strict Open XML workbook, which is not read.",
    "Open it in Excel and use File > Save As > Excel Workbook (*.xlsx), the kind without 'Strict' in its name.",
    value="campaigns.xlsx",
)
CUT_SHORT = error(
    "cut-short",
    "'{value}' is incomplete: the end of the file is missing.",
    "Fetch or copy the file again; if that is no help, open it in Excel, let it repair the file and save it.",
    value="campaigns.xlsx",
)
DAMAGED = error(
    "damaged",
    "'{value}' is damaged: {what}.",
    "Open it in Excel, let it repair the file, check what it says, and save it with Save As under a new name.",
    value="campaigns.xlsx",
    what="the sheet 'Campaigns' can't be read",
)
TOO_MANY_PARTS = error(
    "too-many-parts",
    "'{value}' is made of more than {most} parts, far more than a workbook with two sheets has.",
    "Copy the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    most=1000,
)
PART_TOO_LARGE = error(
    "part-too-large",
    "'{value}' holds a part, '{part}', that unpacks to more than {most} MB, so it was not opened.",
    "Copy only the filled cells of the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    part="xl/worksheets/sheet1.xml",
    most=300,
)
DECLARATIONS = error(
    "declarations",
    "'{value}' holds a document type or entity declaration (in '{part}'), which Excel never writes "
    "and which can do harm, so it was not opened.",
    "Use a workbook that Excel or LibreOffice saved; ask whoever sent this one how it was made.",
    value="campaigns.xlsx",
    part="xl/workbook.xml",
)
MACROS = warning(
    "macros",
    "'{value}' contains macros: its cells are read, its macros are ignored.",
    "Nothing needs to be done, unless a macro still has to fill in cells: run it in Excel first and save.",
    value="campaigns.xlsm",
)

# --- headings ------------------------------------------------------------------------------------------

NO_HEADING_ROW = error(
    "no-heading-row",
    "No heading row was found in the first {searched} rows of the sheet '{sheet}'.",
    "Put the headings into one row near the top: {headings}. 'bulkload template' writes a workbook that has them.",
    sheet="Campaigns",
    searched=20,
    headings="Campaign name, Description and Dialing mode",
)
MISSING_HEADINGS = error(
    "missing-headings",
    "The heading row of the sheet '{sheet}' (row {heading_row}) lacks {headings}.",
    "Add {each} as a heading in row {heading_row}; 'bulkload template' writes a workbook that has {them}.",
    sheet="Campaigns",
    heading_row=4,
    headings="Caller ID and Dialing order",
    each="each",
    them="them all",
)
DOUBLED_HEADING = error(
    "doubled-heading",
    "The column '{value}' stands in the sheet '{sheet}' more than once, in {cells}, and nobody can tell which counts.",
    "Keep one of the columns; delete the other or give it another heading.",
    sheet="Campaigns",
    value="Queue",
    cells="G4 and K4",
)
CLOSE_HEADING = error(
    "close-heading",
    "The heading '{value}' in the sheet '{sheet}' is not known, but it is close to '{known}'. Did you mean '{known}'?",
    "Change it to '{known}', or to something clearly different if the column is your own.",
    sheet="Campaigns",
    value="Quueue",
    known="Queue",
)
OWN_COLUMNS = warning(
    "own-columns",
    "The sheet '{sheet}' has {columns} that bulkload does not know and does not send: {value}.",
    "Nothing needs to be done; {carried} into the results unchanged.",
    sheet="Campaigns",
    value="Region (S)",
    columns="a column",
    carried="it is carried",
)

NAMELESS_COLUMNS = warning(
    "nameless-columns",
    "The sheet '{sheet}' has content in {columns} without a heading, which is not sent; it begins in {value}.",
    "Nothing needs to be done; it is carried into the results unchanged.",
    sheet="Campaigns",
    value="W8 and X12",
    columns="columns",
)

INCOMPLETE_ACCOUNT = error(
    "incomplete-account",
    'Row {at} of the sheet "{sheet}" names an account, but its {missing} can\'t be read.',
    "Copy the whole row from the workbook that you received, or delete the row.",
    sheet="Campaigns",
    at=1,
    missing="host and account id",
)

# --- sheets --------------------------------------------------------------------------------------------

NO_SHEET = error(
    "no-sheet",
    "The workbook has no sheet named '{wanted}'. Its sheets are: {value}.",
    "Name the sheet '{wanted}'; 'bulkload template' writes a workbook that has both sheets.",
    wanted="Calling hours",
    value="Campaigns and Sheet2",
)
TWO_SHEETS = error(
    "two-sheets",
    "More than one sheet could be '{wanted}': {value}.",
    "Keep one of them, or give the others another name.",
    wanted="Calling hours",
    value="Calling hours and calling-hours",
)
HIDDEN_SHEET = error(
    "hidden-sheet",
    "The sheet '{value}' is hidden, and hidden sheets are not read.",
    "Unhide it in Excel (right-click any sheet's tab, Unhide), save the workbook and try again.",
    value="Calling hours",
)
EXTRA_SHEET = warning(
    "extra-sheet",
    "The sheet '{value}' is not read: only '{sheet}' is.",
    "Move its rows into '{sheet}', or delete it or rename it if it is not meant.",
    value="Campaigns (2)",
    sheet="Campaigns",
)
NO_CAMPAIGNS = error(
    "no-campaigns",
    "The sheet '{sheet}' has no campaigns: nothing stands below its headings in row {heading_row}.",
    "Fill in one row for each campaign, save the workbook and try again.",
    sheet="Campaigns",
    heading_row=4,
)
TOO_MANY_CAMPAIGNS = error(
    "too-many-campaigns",
    "The sheet '{sheet}' has {value} campaigns; {most} are accepted at most. At 60 requests a minute, "
    "{value} would take about {hours} hours.",
    "Split the workbook into several with at most {most} campaigns each.",
    sheet="Campaigns",
    value="12,500",
    most="10,000",
    hours="3.5",
)

# --- cells of a sheet ----------------------------------------------------------------------------------

FAR_CELL = error(
    "far-cell",
    "The cell {cell} of the sheet '{sheet}' has content far outside of any table: "
    "at most {rows} rows and {columns} columns are read.",
    "Go to the cell (Ctrl+G, {cell}), delete its row or column or move its content, and save.",
    sheet="Campaigns",
    cell="XFD1048576",
    rows="50,000",
    columns=200,
)
MERGED_CELLS = error(
    "merged-cells",
    "The sheet '{sheet}' has merged cells among its rows: {value}. Nobody can tell which rows their content is for.",
    "Select them, use Home > Merge & Center > Unmerge Cells, and fill in every row.",
    sheet="Campaigns",
    value="B5:B7 and D9:E9",
)
HIDDEN_ROWS = error(
    "hidden-rows",
    "The sheet '{sheet}' has rows that are hidden or filtered out: {value}. Nobody can tell whether they are meant.",
    "Show them (clear the filter; select all, right-click a row number, Unhide) or delete them; "
    "or use --include-hidden or --skip-hidden.",
    sheet="Campaigns",
    value="7, 9-12",
)
SKIPPED_ROWS = warning(
    "skipped-rows",
    "Hidden rows of the sheet '{sheet}' were skipped, as asked: {value}.",
    "Nothing needs to be done, if they are not meant.",
    sheet="Campaigns",
    value="7, 9-12",
)
HIDDEN_COLUMNS = warning(
    "hidden-columns",
    "The sheet '{sheet}' has {columns}, which {were} read all the same: {value}.",
    "Unhide {them} in Excel and check what stands there.",
    sheet="Campaigns",
    value="Priority (L)",
    columns="a hidden column",
    were="was",
    them="it",
)
FORMATTED_NUMBER = warning(
    "formatted-number",
    "In the sheet '{sheet}', the column '{heading}' has numbers that look different in Excel, in {value}: "
    "{cell} is the number {number}, and its format shows {shown}. The digits alone are taken.",
    "If more than the digits is meant, set the cell's format to Text and type it as it should be.",
    sheet="Campaigns",
    heading="Queue",
    value="F5-F9",
    cell="F5",
    number="12",
    shown="0012",
)
FORMULAS = warning(
    "formulas",
    "In the sheet '{sheet}', the column '{heading}' has formulas in {value}: "
    "what counts is the result that was saved with the workbook.",
    "If anything they refer to has changed since, open the workbook in Excel, check the results and save.",
    sheet="Campaigns",
    heading="Description",
    value="B5-B9 and B12",
)

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template for template in tuple(vars().values()) if isinstance(template, MessageTemplate)
}
"""Every template of this room by its code."""
