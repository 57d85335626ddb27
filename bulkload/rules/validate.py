"""Validate a workbook: its valid rows as campaigns, and every problem of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.rules.campaigns import validate_campaigns
from bulkload.rules.hours import validate_hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.model import ApiVersion, CallingHours, Campaign, Problem, Workbook


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """The campaigns of a workbook and its problems."""

    campaigns: tuple[Campaign, ...]
    """The rows without errors, in the order of the sheet."""
    problems: tuple[Problem, ...]
    """Every error and warning: those of the campaigns sheet, then those of the calling-hours sheet; by row,
    and in a row by column."""
    names: Mapping[int, str]
    """The campaign's name as Excel shows it, by Excel row, for every row of the campaigns sheet; empty where the
    cell is."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """The names of the rows with No in Send, by Excel row: they are never judged, and never become campaigns."""
    hours: Mapping[str, CallingHours] = field(default_factory=dict)
    """The calling hours of every name without mistakes, by its folded key."""


def validate(workbook: Workbook, version: ApiVersion) -> ValidationResult:
    """Every row of both sheets validated for this version of the API, with all problems at once.

    Raises RuleBrokenError where a rule could not be applied: then no row may pass as valid.
    """
    hours = validate_hours(workbook.calling_hours, version)
    campaigns = validate_campaigns(workbook.campaigns, hours, workbook.calling_hours.name, version)
    problems = (*campaigns.problems, *hours.problems)
    return ValidationResult(campaigns.campaigns, problems, campaigns.names, campaigns.left_out, hours.hours)
