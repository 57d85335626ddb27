"""Buttons, headings and other words of the page that never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = ("Workbook", "Check", "Plan", "Run", "Results")

LABELS: Mapping[str, str] = {
    "accounts": "Accounts",
    "add_file": "Choose a file",
    "all_runs": "All runs",
    "back": "Back",
    "calling_hours": "Calling hours",
    "campaigns": "Campaigns",
    "download": "Download results",
    "download_short": "Download",
    "drop_here": "Drop your workbook here",
    "drop_note": "An Excel file (.xlsx) with the sheets Campaigns and Calling hours",
    "example": "Try it with an example",
    "go_on": "Continue the run",
    "health": "Health",
    "kept_workbook": "You have changed a workbook",
    "last_runs": "Last runs",
    "look_again": "Look again",
    "main_navigation": "Pages",
    "new": "New",
    "new_workbook": "New workbook",
    "practice": "Practice account",
    "practice_note": "nobody is phoned",
    "problems": "What to fix",
    "progress": "How far the run is",
    "quit": "Quit",
    "real_note": "real campaigns",
    "runs": "Runs",
    "save_excel": "Save as Excel",
    "sheets": "Sheets",
    "show": "Show",
    "skip": "Skip to the content",
    "steps": "Steps",
    "stop": "Stop",
    "undo": "Undo...",
    "steps_done": "done",
    "take_back": "Undo the last edit",
    "template": "Get an empty template",
    "to_start": "Back to the start",
    "unused": "not used for this dialing mode",
    "verify": "Compare with the account",
    "use_another": "Use another file",
    "key_move": "move",
    "key_edit": "edit",
    "key_leave": "leave as it was",
    "key_problem": "next problem",
    "key_undo": "undo",
}
"""The words of the templates."""

COMMON_WORDS = {
    "gone": "bulkload is not open any more.",
    "gone_fix": "What was sent is written down. Start bulkload again and continue.",
    "failed": "That did not work.",
    "close": "Close",
    "quit_at_work": "A run is at work. Quit now? What is under way gets its time, and you can continue later.",
    "quit": "Quit",
    "not_yet": "Not yet",
}
"""The words of every page's script."""

START_WORDS = {
    "reading": "Reading {name}...",
    "include": "Use the hidden rows too",
    "skip": "Leave them out",
    "another": "Choose another file",
    "one_file": "Please drop one file at a time.",
}
CHECK_WORDS = {
    "next": "Next",
    "row": "Row",
    "status": "Status",
    "ready": "✓ Ready",
    "fix": "✗ To fix",
    "check": "! Please check",
    "out": "○ Left out",
    "all": "All",
    "things": "{count} to fix",
    "look": "To look at once more",
    "nothing": "Nothing to fix.",
    "nothing_note": "Every row of this sheet is ready.",
    "use": "Use “{value}”",
    "clear": "Clear the cell",
    "save": "Save",
    "value": "New value",
    "also": "also in {count} other rows with the same problem",
    "also_one": "also in 1 other row with the same problem",
    "cells_more": "and {count} more",
    "more": "Show {count} more",
    "fixed": "Fixed. {count} to go.",
    "fixed_all": "Fixed. Every row is ready.",
    "still": "Changed. It is still not right.",
    "another_problem": "Changed. The row needs something else.",
    "taken_back": "Taken back.",
    "nothing_back": "There is nothing to take back.",
    "empty": "empty",
    "unused": "not used for this dialing mode",
    "grid_campaigns": "Campaigns, cells that can be changed",
    "grid_hours": "Calling hours, cells that can be changed",
    "file": "The file",
    "no_week": "This name has mistakes, so its week is not known.",
    "week_total": "{hours} hours a week",
    "off_hours": "before 8 AM or after 9 PM",
    "days": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "days_short": "Mon Tue Wed Thu Fri Sat Sun",
    "one_cell": "Paste one value at a time: the cells below it stay as they are.",
}
