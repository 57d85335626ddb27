"""Makes the README's pictures from real files: ``python samples/pictures.py`` writes them into ``pictures/``.

The template is one that is being filled in. The results come from a real submission of that same file, to a sandbox
on this computer that takes the part of Kore.ai: so they have the words of a real run, not those of practice.
LibreOffice (with its own live Status) and poppler print them: Debian's ``libreoffice-calc`` and ``poppler-utils``.

What the sheets in the pictures say is written into ``texts.txt``. A test compares it with what they say today, so that
no picture goes stale unnoticed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import make
import openpyxl

from bulkload.sandbox.fixtures import Fixtures
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.workbook.template.grid import HEADING_ROW
from bulkload.workbook.writer.campaigns import write_campaigns

FOLDER = Path(__file__).parent / "pictures"

NAME = "December.xlsx"

TEXTS = "texts.txt"
"""What the pictures say, cell by cell."""

CHANGING = {
    r"\bcd-[0-9a-f-]+": "cd-...",
    r"\bst-[0-9a-f-]+": "st-...",
    r"\d+ \w+ \d{4}, \d\d:\d\d \S+": "...",
    r"\b\d{8}-\d{6}-\w+": "...",
}
"""What differs in every run, and what replaces it in the texts."""

HOST = "https://platform.kore.ai"
"""The host that the pictures name, in place of the sandbox's address."""

COMPLAINT = re.compile(r'"; ([^"]+)"')
"""Words of the live columns, inside their formulas."""

GAP = 40
"""Pixels: so much empty paper ends a picture; below it is the page's footer."""
MARGIN = 12

Shot: TypeAlias = tuple[int, int | None, int | None]
"""Resolution in dots an inch, and how many pixels of the width and of the height are shown (None: all)."""

TEMPLATE: dict[str, Shot] = {
    "Instructions": (90, None, 800),
    "Campaigns": (190, None, 640),
    "Calling hours": (90, None, 640),
    "Examples": (200, 1600, None),
}
HIDDEN = ("Send", "Description", "Priority", "Dialing order", "Max attempts", "Retry period (minutes)")
HIDDEN += ("Max ring time (seconds)", "Campaign ID", "Notes")
"""Columns of Campaigns that the picture of the template leaves out, so that Status and What to fix are in it."""
FIX_WIDTH = 62
"""Width of What to fix in that picture, in characters."""

RESULTS: dict[str, Shot] = {
    "Summary": (90, None, None),
    "Campaigns": (150, None, None),
    "Calling hours": (110, None, None),
    "Problems": (110, None, None),
    "Week": (90, None, 420),
}


def unfinished() -> list[dict[str, object]]:
    """Rows in which one thing each is not yet right, as happens while one types."""
    preview, progressive, agentless = make.CAMPAIGNS[1], make.CAMPAIGNS[0], make.CAMPAIGNS[2]
    return [
        progressive | {"Campaign name": "Welcome calls", "Queue": None},
        agentless | {"Campaign name": "Flow survey", "Queue": "Sales inbound", "Experience flow": None},
        preview | {"Campaign name": "VIP call back", "Max skips": 2.5, "Description": "Call back the others"},
        progressive
        | {"Campaign name": "Night shift", "Caller ID": "(415) 555-0199", "Calling hours": "Nights"},
        {"Campaign name": "Spring sale", "Dialing mode": "Preview"},
    ]


def main(folder: Path) -> None:
    """Write every picture into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        workbook, results = workbooks(Path(scratch))
        take(narrowed(workbook), "template", TEMPLATE, folder)
        take(results, "results", RESULTS, folder)
        (folder / TEXTS).write_text(texts(workbook, results), encoding="utf-8")


def workbooks(folder: Path) -> tuple[Path, Path]:
    """The template that is pictured and the results that are, written into the folder."""
    workbook = folder / NAME
    rows = make.CAMPAIGNS[:6] + unfinished() + make.CAMPAIGNS[10:]
    write_campaigns(rows, workbook, calling_hours=make.CALLING_HOURS)
    return workbook, submit(workbook)


def narrowed(workbook: Path) -> Path:
    """A copy of the template for the picture, without the columns that say least."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["Campaigns"]
    for cell in sheet[HEADING_ROW]:
        width = sheet.column_dimensions[cell.column_letter]
        width.hidden = str(cell.value).removesuffix(" *") in HIDDEN
        width.width = FIX_WIDTH if cell.value == "What to fix" else width.width
    copy = workbook.with_name("picture") / workbook.name
    copy.parent.mkdir()
    book.save(copy)
    return copy


def texts(workbook: Path, results: Path) -> str:
    """What the pictured sheets say: a line for each cell, without what is another in every run."""
    said = "\n".join(
        "\n".join((f"# {path.name}, {name}", "", *lines(path, name), ""))
        for path, names in ((workbook, TEMPLATE), (results, RESULTS))
        for name in names
    )
    for pattern, instead in CHANGING.items():
        said = re.sub(pattern, instead, said)
    return said


def lines(path: Path, name: str) -> list[str]:
    """``B6: text`` for each cell of the sheet; of formulas the complaints in their words, each once."""
    said = []
    complaints: dict[str, None] = {}
    for row in openpyxl.load_workbook(path)[name].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                complaints |= dict.fromkeys(COMPLAINT.findall(str(cell.value)))
            elif cell.value is not None:
                said.append(f"{cell.coordinate}: {cell.value!s}".replace("\n", " / "))
    return [*said, *complaints]


def submit(workbook: Path) -> Path:
    """Submit the valid rows to a sandbox in place of Kore.ai; the results workbook."""
    results = workbook.with_name("December.results.xlsx")
    known = known_names()
    with EmbeddedSandbox(workbook.with_name("account.sqlite"), fixtures=known) as sandbox:
        settings = {
            "HOST": sandbox.url,
            "APP_ID": sandbox.app_id,
            "ACCOUNT_ID": sandbox.account_id,
            "CLIENT_ID": sandbox.client_id,
            "CLIENT_SECRET": sandbox.client_secret,
            "STATE_DIR": str(workbook.with_name("state")),
        }
        environment = {**os.environ, **{f"BULKLOAD_{name}": value for name, value in settings.items()}}
        command = [Path(sys.executable).with_name("bulkload"), "submit", workbook, "--yes", "--quiet"]
        # Exit status 1: some rows need a person, which is what the picture shows.
        done = subprocess.run(  # noqa: S603  (the program itself)
            [*command, "--valid-rows-only", "--results", results],
            env=environment,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        if done.returncode != 1 or not results.exists():
            raise SystemExit(f"bulkload submit ended with {done.returncode}")
        rename_host(results, sandbox.url)
    return results


def known_names() -> Fixtures:
    """Every name of the sample, so that the sandbox knows it as the account would."""

    def of(heading: str) -> tuple[str, ...]:
        cells = (str(row[heading]) for row in make.CAMPAIGNS if row.get(heading))
        return tuple(name.strip() for cell in cells for name in cell.split(";"))

    return Fixtures(
        contact_lists=of("Contact lists"),
        dnc_lists=of("DNC list"),
        queues=of("Queue"),
        flows=of("Experience flow"),
        caller_ids=of("Caller ID"),
    )


def rename_host(results: Path, url: str) -> None:
    """Name the usual host where the results name the sandbox's address."""
    with zipfile.ZipFile(results) as file:
        parts = {part: file.read(part) for part in file.infolist()}
    with zipfile.ZipFile(results, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content.replace(url.encode(), HOST.encode()))


def take(workbook: Path, name: str, sheets: dict[str, Shot], folder: Path) -> None:
    """Print the workbook, and take a picture of the first page of each sheet."""
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", workbook.parent, workbook)
    printed = workbook.with_suffix(".pdf")
    page = 0
    for sheet, shot in sheets.items():
        page = page_of(printed, sheet, page + 1)
        picture = folder / f"{name}-{sheet.lower().replace(' ', '-')}.png"
        crop(printed, page, picture, shot)
        print(f"{picture}  {picture.stat().st_size // 1024} KB")


def page_of(printed: Path, sheet: str, first: int) -> int:
    """The first page from ``first`` on whose footer names the sheet."""
    page = first
    while f"- {sheet}" not in {line.partition(" ")[2] for line in text_of(printed, page)}:
        page += 1
    return page


def text_of(printed: Path, page: int) -> list[str]:
    """The lines of text of one page."""
    return run("pdftotext", "-f", page, "-l", page, printed, "-").decode().splitlines()


def crop(printed: Path, page: int, picture: Path, shot: Shot) -> None:
    """Print one page without the empty paper around it."""
    resolution, width, height = shot
    common = ["pdftoppm", "-r", resolution, "-f", page, "-l", page, "-singlefile"]
    left, top, right, bottom = extent(run(*common, "-gray", printed))
    right = min(right, left + (width or right))
    bottom = min(bottom, top + (height or bottom))
    box = ["-x", left, "-y", top, "-W", right - left, "-H", bottom - top]
    run(*common, "-png", *box, printed, picture.with_suffix(""))


def extent(gray: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is printed, as far as the first gap; ``gray`` is a PGM picture."""
    _, size, _, pixels = gray.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = [pixels[line * width : (line + 1) * width] for line in range(height)]
    inked = [line for line, row in enumerate(lines) if row.strip(b"\xff")]
    last = next((upper for upper, lower in pairwise(inked) if lower - upper > GAP), inked[-1])
    used = [row for row in lines[inked[0] : last + 1] if row.strip(b"\xff")]
    left = min(len(row) - len(row.lstrip(b"\xff")) for row in used)
    right = max(len(row.rstrip(b"\xff")) for row in used)
    return (
        max(0, left - MARGIN),
        max(0, inked[0] - MARGIN),
        min(width, right + MARGIN),
        min(height, last + MARGIN),
    )


def run(*command: object) -> bytes:
    """What the command writes to standard output."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout  # noqa: S603


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
