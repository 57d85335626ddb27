"""Messages about a file, its sheets, its headings and what its cells show, each with an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate, error, warning

if TYPE_CHECKING:
    from collections.abc import Mapping

# --- the file ------------------------------------------------------------------------------------------

NO_FILE = error(
    "no-file",
    'There is no file "{value}".',
    "Check the name and the folder; put the name in quotes if it has spaces.",
    value="campaigns.xlsx",
)
NOT_A_FILE = error(
    "not-a-file",
    '"{value}" is a folder or a device, not a workbook.',
    "Give the path of an Excel workbook (.xlsx). Export a Numbers document first: File > Export To > Excel.",
    value="campaigns",
)
UNREADABLE_FILE = error(
    "unreadable-file",
    '"{value}" can\'t be opened: {reason}.',
    "Check that you may read the file and that no other program has locked it. Then try again.",
    value="campaigns.xlsx",
    reason="permission denied",
)
TOO_LARGE = error(
    "too-large",
    '"{value}" has {size} MB; a workbook may have {most} MB at most.',
    "Remove pictures and sheets that are not needed, or split the workbook.",
    value="campaigns.xlsx",
    size="74",
    most=50,
)
EMPTY_FILE = error(
    "empty-file",
    '"{value}" is empty: it has 0 bytes.',
    "Save the workbook again in Excel, or download it again.",
    value="campaigns.xlsx",
)
LOCK_FILE = error(
    "lock-file",
    '"{value}" is not a workbook: it is the lock file that {program} keeps while "{real}" is open.',
    'Save and close the workbook, then use "{real}".',
    value="~$campaigns.xlsx",
    program="Excel",
    real="campaigns.xlsx",
)
OPEN_ELSEWHERE = warning(
    "open-elsewhere",
    '"{value}" looks open in {program}, because "{lock}" exists. Changes that are not saved yet are not included.',
    "If you changed something, save the workbook and start again.",
    value="campaigns.xlsx",
    program="Excel",
    lock="~$campaigns.xlsx",
)
PROTECTED = error(
    "protected",
    '"{value}" is protected with a password, so it can\'t be read.',
    "In Excel, clear the password under File > Info > Protect Workbook > Encrypt with Password, and save.",
    value="campaigns.xlsx",
)
SENSITIVITY_LABEL = error(
    "sensitivity-label",
    '"{value}" is encrypted by a sensitivity label, so it can\'t be read.',
    "Ask its owner for a copy without encryption.",
    value="campaigns.xlsx",
)
STRICT = error(
    "strict",
    '"{value}" was saved as a Strict Open XML workbook, which can\'t be read.',
    "In Excel, use File > Save As > Excel Workbook (*.xlsx), the one without Strict in its name.",
    value="campaigns.xlsx",
)
CUT_SHORT = error(
    "cut-short",
    '"{value}" is incomplete: the end of the file is missing.',
    "Download or copy the file again. If that does not help, let Excel repair the file and save it.",
    value="campaigns.xlsx",
)
DAMAGED = error(
    "damaged",
    '"{value}" is damaged: {what}.',
    "Open it in Excel, let Excel repair it, and check the cells. Save it with Save As under a new name.",
    value="campaigns.xlsx",
    what='the sheet "Campaigns" can\'t be read',
)
TOO_MANY_PARTS = error(
    "too-many-parts",
    '"{value}" has more than {most} parts, far more than a workbook with two sheets.',
    "Copy the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    most=1000,
)
PART_TOO_LARGE = error(
    "part-too-large",
    '"{value}" was not opened: its part "{part}" unpacks to more than {most} MB.',
    "Copy only the filled cells of the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    part="xl/worksheets/sheet1.xml",
    most=300,
)
ELEMENT_TOO_LARGE = error(
    "element-too-large",
    '"{value}" was not opened: its part "{part}" has a single element of more than {most} MB.',
    "Copy only the filled cells of the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    part="xl/worksheets/sheet1.xml",
    most=4,
)
TOO_MUCH_TEXT = error(
    "too-much-text",
    '"{value}" was not opened: the text in its cells takes more than {most} MB.',
    "Copy only the filled cells of the two sheets into a new workbook and use that.",
    value="campaigns.xlsx",
    most=64,
)
DECLARATIONS = error(
    "declarations",
    '"{value}" was not opened: its part "{part}" declares a document type, which Excel never does.',
    "Use a workbook that Excel or LibreOffice saved. Ask its sender how this one was made.",
    value="campaigns.xlsx",
    part="xl/workbook.xml",
)
MACROS = warning(
    "macros",
    '"{value}" contains macros: its cells are read, its macros are ignored.',
    "No action needed, unless a macro must still fill in cells: run it in Excel first, and save.",
    value="campaigns.xlsm",
)

# --- other types of file -------------------------------------------------------------------------------

_SAVE_AS = "and use File > Save As > Excel Workbook (*.xlsx). Then give that file."
_WITH_EXCEL = f"Open it in Excel {_SAVE_AS}"
_OTHER_FILE = "Give the Excel workbook (.xlsx) with the campaigns. For an empty one: {command:template}."


def _other(code: str, what: str, fix: str) -> MessageTemplate:
    return error(code, f'"{{value}}" is {what}, not an Excel workbook (.xlsx).', fix, value="campaigns.xlsx")


OLD_EXCEL = _other("old-excel", "an old Excel workbook (.xls)", _WITH_EXCEL)
BINARY_EXCEL = _other("binary-excel", "an Excel binary workbook (.xlsb)", _WITH_EXCEL)
XML_EXCEL = _other("xml-excel", "an XML spreadsheet of Excel 2003", _WITH_EXCEL)
OPEN_DOCUMENT = _other(
    "open-document", "an OpenDocument spreadsheet (.ods)", f"Open it in LibreOffice or Excel {_SAVE_AS}"
)
NUMBERS = _other(
    "numbers-document",
    "a Numbers spreadsheet (.numbers)",
    "Open it in Numbers, use File > Export To > Excel, and give that file.",
)
VALUES = _other(
    "separated-values",
    "a text file with separated values (.csv)",
    "Open it in Excel and check that phone numbers kept their + and zeros. "
    "Then use File > Save As > Excel Workbook (*.xlsx).",
)
TEXT = _other("text-file", "a text file", _OTHER_FILE)
HTML = _other("web-page", "a web page (.html)", _WITH_EXCEL)
PDF = _other("pdf-document", "a PDF document", _OTHER_FILE)
PICTURE = _other("picture", "a picture", _OTHER_FILE)
WORD = _other("word-document", "a Word document", _OTHER_FILE)
SLIDES = _other("presentation", "a PowerPoint presentation", _OTHER_FILE)
OFFICE = _other("old-office", "an old Office document", _OTHER_FILE)
ARCHIVE = _other("zip-archive", "a zip archive", "If the workbook is inside, unpack the archive first.")
UNKNOWN = _other("unknown-file", "a file of another type", _OTHER_FILE)

# --- headings ------------------------------------------------------------------------------------------

NO_HEADING_ROW = error(
    "no-heading-row",
    'The sheet "{sheet}" has no heading row in its first {searched} rows.',
    "Put the headings into one row near the top: {headings}. For a workbook that has them: {command:template}.",
    sheet="Campaigns",
    searched=20,
    headings="Campaign name, Description and Dialing mode",
)
MISSING_HEADINGS = error(
    "missing-headings",
    'The heading row of the sheet "{sheet}" (row {heading_row}) lacks {headings}.',
    "Add {each} as a heading in row {heading_row}. For a workbook that has {them}: {command:template}.",
    sheet="Campaigns",
    heading_row=4,
    headings="Caller ID and Dialing order",
    each="each",
    them="them all",
)
DOUBLED_HEADING = error(
    "doubled-heading",
    'The sheet "{sheet}" has the column "{value}" more than once: in {cells}.',
    "Keep one of the columns; delete the other or give it another heading.",
    sheet="Campaigns",
    value="Queue",
    cells="G4 and K4",
)
CLOSE_HEADING = error(
    "close-heading",
    'The heading "{value}" in the sheet "{sheet}" is not known. Did you mean "{known}"?',
    'Change it to "{known}", or to something clearly different if the column is your own.',
    sheet="Campaigns",
    value="Quueue",
    known="Queue",
)
OWN_COLUMNS = warning(
    "own-columns",
    'The sheet "{sheet}" has {columns} unknown here and not sent: {value}.',
    "No action needed; {carried} into the results unchanged.",
    sheet="Campaigns",
    value="Region (S)",
    columns="a column",
    carried="it is carried",
)
NAMELESS_COLUMNS = warning(
    "nameless-columns",
    'The sheet "{sheet}" has content in {columns} without a heading, starting at {value}. It is not sent.',
    "No action needed; it is carried into the results unchanged.",
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
    'The workbook has no sheet named "{wanted}". Its sheets are: {value}.',
    'Name the sheet "{wanted}". For a workbook that has both sheets: {command:template}.',
    wanted="Calling hours",
    value='"Campaigns" and "Sheet2"',
)
TWO_SHEETS = error(
    "two-sheets",
    'More than one sheet could be "{wanted}": {value}.',
    "Keep one of them, or give the others another name.",
    wanted="Calling hours",
    value='"Calling hours" and "calling-hours"',
)
HIDDEN_SHEET = error(
    "hidden-sheet",
    'The sheet "{value}" is hidden, and hidden sheets are not read.',
    "In Excel, right-click the tab of any sheet, choose Unhide, and save the workbook.",
    value="Calling hours",
)
VERY_HIDDEN_SHEET = error(
    "very-hidden-sheet",
    "The sheet \"{value}\" is hidden so that Excel's menu can't show it, and hidden sheets are not read.",
    "In Excel, press Alt+F11, click the sheet, press F4, set Visible to xlSheetVisible, and save.",
    value="Calling hours",
)
EXTRA_SHEET = warning(
    "extra-sheet",
    'The sheet "{value}" is not read: only "{sheet}" is.',
    'Move its rows into "{sheet}"; delete it or rename it if it is not meant.',
    value="Campaigns (2)",
    sheet="Campaigns",
)
NO_CAMPAIGNS = error(
    "no-campaigns",
    'The sheet "{sheet}" has no campaigns below its headings in row {heading_row}.',
    "Fill in one row per campaign and save the workbook.",
    sheet="Campaigns",
    heading_row=4,
)
TOO_MANY_CAMPAIGNS = error(
    "too-many-campaigns",
    'The sheet "{sheet}" has {value} campaigns; {most} are accepted at most. They would take about {hours} hours.',
    "Split the workbook into several with at most {most} campaigns each.",
    sheet="Campaigns",
    value="12,500",
    most="10,000",
    hours="3.5",
)

# --- cells of a sheet ----------------------------------------------------------------------------------

FAR_CELL = error(
    "far-cell",
    'The cell {cell} of the sheet "{sheet}" is too far away. At most {rows} rows and {columns} columns are read.',
    "Go to the cell (Ctrl+G, {cell}), delete its row or column or move its content, and save.",
    sheet="Campaigns",
    cell="XFD1048576",
    rows="50,000",
    columns=200,
)
MERGED_CELLS = error(
    "merged-cells",
    'The sheet "{sheet}" has merged cells among its rows: {value}. It is not clear which rows they are for.',
    "Select them, use Home > Merge & Center > Unmerge Cells, and fill in every row.",
    sheet="Campaigns",
    value="B5:B7 and D9:E9",
)
HIDDEN_ROWS = error(
    "hidden-rows",
    'The sheet "{sheet}" has rows that are hidden or filtered out: {value}. It is not clear whether you want them.',
    "Clear the filter and unhide the rows, or delete them. Or choose {choice:include_hidden} or {choice:skip_hidden}.",
    sheet="Campaigns",
    value="7, 9-12",
)
SKIPPED_ROWS = warning(
    "skipped-rows",
    'Hidden rows of the sheet "{sheet}" were skipped, as you chose: {value}.',
    "No action needed, if you do not want them.",
    sheet="Campaigns",
    value="7, 9-12",
)
HIDDEN_COLUMNS = warning(
    "hidden-columns",
    'The sheet "{sheet}" has {columns}, which {were} read all the same: {value}.',
    "Unhide {them} in Excel and check the content.",
    sheet="Campaigns",
    value="Priority (L)",
    columns="a hidden column",
    were="was",
    them="it",
)
FORMULAS = warning(
    "formulas",
    'The column "{heading}" of the sheet "{sheet}" has formulas in {value}. Their saved results are used.',
    "If their sources have changed since, open the workbook in Excel, check the results and save.",
    sheet="Campaigns",
    heading="Description",
    value="B5-B9 and B12",
)
FORMATTED_NUMBER = warning(
    "formatted-number",
    "{heading} is the number {number}, but Excel shows {shown}. The digits {number} are used.",
    "If you mean what Excel shows, set the cell's format to Text and type it again.",
    heading="Queue",
    value="0012",
    number="12",
    shown='"0012"',
)
FORMAT_CONTRADICTS = error(
    "format-contradicts",
    "{heading} is the number {number}, but Excel shows {shown}.",
    "Set the cell's format to General and type the number again.",
    heading="Retry period (minutes)",
    value="2 hours",
    number="2",
    shown='"2 hours"',
)
STRUCK_TEXT = error(
    "struck-text",
    '{heading} has text that is struck through: it can be "{text}" or "{unmarked}".',
    "Delete the text that is struck through, or clear its format.",
    heading="Max attempts",
    value="31",
    text="31",
    unmarked="1",
)
RAISED_TEXT = error(
    "raised-text",
    '{heading} has raised or lowered characters: it can be "{text}" or "{unmarked}".',
    "Delete the raised or lowered characters, or clear their format.",
    heading="Max attempts",
    value="31",
    text="31",
    unmarked="3",
)
STRUCK_CELL = error(
    "struck-cell",
    "{heading} is struck through, but the row is not.",
    "Clear the strike-through if the value counts; otherwise change the value.",
    heading="Queue",
    value="Collections EN",
)
COMMENT = warning(
    "comment",
    'The cell {cell} has a comment: "{text}".',
    "Read it and check the row. It is not sent.",
    value="Collections EN",
    cell="G7",
    text="not approved",
)

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template for template in tuple(vars().values()) if isinstance(template, MessageTemplate)
}
"""Every template of this room by its code."""


def columns(count: int, kind: str = "") -> Mapping[str, Any]:
    """The words for so many columns of this kind."""
    if count == 1:
        return {"columns": f"a {kind}column", "carried": "it is carried", "were": "was", "them": "it"}
    return {"columns": f"{kind}columns", "carried": "they are carried", "were": "were", "them": "them"}


def headings(count: int) -> Mapping[str, Any]:
    """The words for so many headings that are missing."""
    return {"each": "it", "them": "it"} if count == 1 else {"each": "each", "them": "them all"}
