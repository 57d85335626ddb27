"""What the page says after a look at the account or at this computer: verify and health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate
from bulkload.verifying import Verdict
from bulkload.web.messages.wording import count, page_marks, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.doctor import Finding
    from bulkload.model import Difference
    from bulkload.verifying import VerifiedRow, VerifyReport

VERIFY = MessageTemplate(
    "page-verify",
    "Does the account still match?",
    "Every row is compared with its campaign at Kore.ai. Nothing is sent or changed.",
)
HEALTH = MessageTemplate(
    "page-health", "Is everything all right?", "Each line says what was looked at, and what to do."
)
FIX_FIRST = MessageTemplate(
    "page-verify-fix-first",
    "The workbook has problems, so it can't be compared.",
    "Fix the marked cells first.",
)
CATALOGUE = {template.code: template for template in (VERIFY, HEALTH, FIX_FIRST)}

_VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.EQUAL: ("= Equal", "ready"),
    Verdict.DIFFERS: ("* Differs", "check"),
    Verdict.MISSING: ("- Missing", "fix"),
    Verdict.UNREADABLE: ("? Not readable", "check"),
    Verdict.ONLY_IN_ACCOUNT: ("+ Only at Kore.ai", "plain"),
}
VERIFY_WORDS: Mapping[str, str] = {
    "row": "Row",
    "result": "Result",
    "campaign": "Campaign",
    "differences": "At Kore.ai → in your sheet",
    "nothing": "nothing",
    "table": "Every row and how it compares",
    "all": "All",
}
_FINDINGS: Mapping[str, tuple[str, str]] = {
    "good": ("✓", "ready"),
    "warning": ("!", "check"),
    "fault": ("✗", "fix"),
    "not_checked": ("-", "plain"),
}


def say_verified(report: VerifyReport) -> dict[str, Any]:
    """Headline, what is below it, and the rows: those that are not equal first."""
    summary = report.summary
    other = summary["differs"] + summary["missing"] + summary["unreadable"]
    headline = (
        "The account matches the workbook."
        if not other
        else f"{count(other, 'row needs', 'rows need')} a look."
    )
    rest = paragraph(
        (
            f"{count(summary['equal'], 'row')} equal." if summary["equal"] else "",
            f"{summary['differs']:,} differ." if summary["differs"] else "",
            f"{summary['missing']:,} missing." if summary["missing"] else "",
            f"{summary['unreadable']:,} not readable." if summary["unreadable"] else "",
            f"{count(summary['only_in_account'], 'campaign')} only at Kore.ai."
            if summary["only_in_account"]
            else "",
        )
    )
    order = sorted(report.rows, key=lambda row: row.verdict in {Verdict.EQUAL, Verdict.ONLY_IN_ACCOUNT})
    return {"headline": headline, "rest": rest, "rows": [_row(row) for row in order]}


def _row(row: VerifiedRow) -> dict[str, Any]:
    label, kind = _VERDICTS[row.verdict]
    return {
        "row": row.row,
        "name": row.name,
        "group": str(row.verdict),
        "label": label,
        "kind": kind,
        "campaign_id": row.campaign_id,
        "message": row.explanation.join(page_marks) if row.explanation else "",
        "changes": [_change(change) for change in row.changes],
    }


def _change(change: Difference) -> dict[str, Any]:
    return {
        "heading": change.heading,
        "actual": change.actual,
        "desired": change.desired,
        "last_sent": change.last_sent,
        "kind": str(change.kind),
    }


def say_finding(finding: Finding) -> dict[str, str]:
    """One line of the health page."""
    sign, kind = _FINDINGS[str(finding.verdict)]
    text, fix = finding.explanation.render(page_marks)
    return {"sign": sign, "kind": kind, "topic": finding.topic, "text": text, "fix": fix}
