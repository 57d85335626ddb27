"""Makes the sample workbooks: ``python samples/make.py`` writes them beside this file.

``campaigns.xlsx`` is a filled-in template: a dozen realistic campaigns in all three modes, with several
calling hours. ``mistakes.xlsx`` has every kind of problem once; what is wrong with it, and at which cell,
stands in ``mistakes.py``.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import mistakes

from bulkload.workbook.writer.campaigns import write_campaigns

FOLDER = Path(__file__).parent

_COMMON = {
    "DNC list": "DNC global",
    "Caller ID": "+14155550123",
    "Calling hours": "US office",
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}


def _campaign(name: str, description: str, mode: str, lists: str, **others: object) -> dict[str, object]:
    row = {"Campaign name": name, "Description": description, "Dialing mode": mode, "Contact lists": lists}
    return row | _COMMON | {heading.replace("_", " "): value for heading, value in others.items()}


def _with_agents(queue: str, **others: object) -> dict[str, object]:
    return {"Queue": queue, **others}


def _agentless(flow: str, detection: str = "Disconnect", **others: object) -> dict[str, object]:
    return {"Experience flow": flow, "Answering machine detection": detection, **others}


CAMPAIGNS: list[dict[str, object]] = [
    _campaign(
        "Loan reminder December",
        "Reminds loan holders of the payment due on 15 December",
        "Progressive",
        "Loan holders - Nov",
        **_with_agents("Collections EN"),
    ),
    _campaign(
        "Card renewals UK",
        "Agents call holders of cards that expire in January",
        "Preview",
        "Card renewals",
        **_with_agents("VIP desk", Max_skips=3, Caller_ID="+442079460123", Calling_hours="UK evenings"),
    ),
    _campaign(
        "CSAT survey Q4",
        "Asks three questions about the last purchase",
        "Agentless",
        "Recent Buyers - Q2 2025",
        **_agentless("Voice Survey Entry Flow", "Detect", Priority=2),
    ),
    _campaign(
        "Payment reminder, first",
        "First reminder, three days before the payment is due",
        "Agentless",
        "Payment reminders",
        **_agentless("Payment reminder flow", Calling_hours="Every day, two blocks"),
    ),
    _campaign(
        "Payment reminder, last",
        "Last reminder before an agent calls",
        "Progressive",
        "Payment reminders; Loan holders - Nov",
        **_with_agents("Collections EN", Priority=4, Max_attempts=5),
    ),
    _campaign(
        "Willkommensanruf München",
        "Begrüßt neue Kundinnen und Kunden in Bayern",
        "Preview",
        "Willkommen, DE/AT/CH",
        **_with_agents(
            "Service DE", Max_skips=0, Caller_ID="+498955501234", Calling_hours="Büro Deutschland"
        ),
    ),
    _campaign(
        "Encuesta de satisfacción",
        "Encuesta breve después de la visita a la tienda",
        "Agentless",
        "Clientes México",
        **_agentless("Encuesta de voz", "No", Calling_hours="Oficina México"),
    ),
    _campaign(
        "Service renewal outreach",
        "Connects customers with agents who help with upcoming renewals",
        "Progressive",
        "CL Only 2020 Dec 4",
        **_with_agents("Default Queue", Calling_hours="India office", Caller_ID="+918155501234"),
    ),
    _campaign(
        "Billing reminder India",
        "Agents look at the account before they call about the bill",
        "Preview",
        "CL Only 2020 Dec 4",
        **_with_agents("Default Queue", Max_skips=1, Calling_hours="India office", Caller_ID="+918155501234"),
    ),
    _campaign(
        "Store opening Saturday",
        "Invites customers nearby to the opening of the new store",
        "Agentless",
        "Welcome calls",
        **_agentless("Welcome flow", Calling_hours="Weekend", Dialing_order="LIFO", Max_attempts=1),
    ),
    _campaign(
        "VIP call back",
        "Personal call back within a day",
        "Preview",
        "VIP customers",
        **_with_agents("VIP desk", Max_skips=5, Priority=5),
    ),
    _campaign(
        "Winter tyres",
        "Offers an appointment for changing tyres",
        "Progressive",
        "Garage customers | north",
        **_with_agents(
            "Sales inbound", Calling_hours="Büro Deutschland", Caller_ID="+498955501234", Notes="Ask Dana"
        ),
    ),
]

CALLING_HOURS: list[dict[str, object]] = [
    {
        "Calling hours": "US office",
        "Time zone": "America/New_York",
        "Day": "Mon-Fri",
        "Start": "9:00 AM",
        "End": "6:00 PM",
    },
    {
        "Calling hours": "UK evenings",
        "Time zone": "Europe/London",
        "Day": "Mon-Thu",
        "Start": "5:00 PM",
        "End": "8:30 PM",
    },
    {"Calling hours": "UK evenings", "Day": "Sat", "Start": "10:00 AM", "End": "2:00 PM"},
    {
        "Calling hours": "Every day, two blocks",
        "Time zone": "America/New_York",
        "Day": "Every day",
        "Start": "9:00 AM",
        "End": "12:00 PM",
    },
    {"Calling hours": "Every day, two blocks", "Day": "Every day", "Start": "2:00 PM", "End": "6:00 PM"},
    {
        "Calling hours": "Büro Deutschland",
        "Time zone": "Europe/Berlin",
        "Day": "MO",
        "Start": "9:00 AM",
        "End": "5:00 PM",
    },
    {"Calling hours": "Büro Deutschland", "Day": "Tue, Wed, Thu", "Start": "9:00 AM", "End": "6:00 PM"},
    {"Calling hours": "Büro Deutschland", "Day": "Friday", "Start": "9:00 AM", "End": "3:30 PM"},
    {
        "Calling hours": "Oficina México",
        "Time zone": "America/Mexico_City",
        "Day": "Weekdays",
        "Start": "10:00",
        "End": "19:00",
    },
    {
        "Calling hours": "India office",
        "Time zone": "Asia/Kolkata",
        "Day": "Mon-Fri",
        "Start": "9:00 AM",
        "End": "6:00 PM",
    },
    {
        "Calling hours": "Weekend",
        "Time zone": "America/Chicago",
        "Day": "Weekend",
        "Start": "11:00 AM",
        "End": "4:00 PM",
    },
]


def _leave_uncalculated(path: Path, cell: str, formula: str) -> None:
    """Let this cell hold a formula without a result, as programs other than Excel leave it.

    No writing library does that: the template writes such a cell as the error that it would be read as.
    """
    written = re.compile(rf'(<c r="{cell}" s="\d+") t="e"><f>#N/A</f><v>#N/A</v></c>')
    whole = path.read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as given,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for part in given.infolist():
            content = given.read(part).decode()
            if part.filename == "xl/worksheets/sheet2.xml":
                content = written.sub(rf"\1><f>{escape(formula)}</f></c>", content)
            changed.writestr(part, content)


def write(folder: Path) -> None:
    """Write every sample into this folder; the same bytes every time."""
    write_campaigns(CAMPAIGNS, folder / "campaigns.xlsx", calling_hours=CALLING_HOURS)
    mistaken = folder / "mistakes.xlsx"
    write_campaigns(mistakes.campaigns(), mistaken, calling_hours=mistakes.calling_hours())
    _leave_uncalculated(mistaken, "D7", mistakes.FORMULA)


if __name__ == "__main__":
    write(FOLDER)
