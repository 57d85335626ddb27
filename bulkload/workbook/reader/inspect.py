"""A bounded look at a workbook, its zip directory and its XML, before any library opens it.

Nothing here trusts what the file says of itself: sizes are counted, positions are read where they stand, and
what can't be proved to be in plain form is rewritten. What comes out is safe to hand to a library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGNS_SHEET, HOURS_SHEET
from bulkload.errors import workbook_refused
from bulkload.model import Problem
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.cell_refs import letter
from bulkload.workbook.reader.file import open_file
from bulkload.workbook.reader.markup import Declaration, NotMarkup
from bulkload.workbook.reader.number_formats import telling_formats
from bulkload.workbook.reader.package import open_book
from bulkload.workbook.reader.parts import Parts
from bulkload.workbook.reader.rewrite import MOST_MEGABYTES, Damage, TooLarge
from bulkload.workbook.reader.scan import LAST_ROW, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS
from bulkload.workbook.reader.sheet import scan
from bulkload.workbook.reader.strings import Strings, strings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeVar

    from bulkload.workbook.reader.cell_refs import Place
    from bulkload.workbook.reader.file import File
    from bulkload.workbook.reader.package import Book, Entry
    from bulkload.workbook.reader.scan import Scan

    Found = TypeVar("Found")

MOST_CAMPAIGNS = 10_000
REQUESTS_PER_HOUR = 60 * 60
"""60 requests a minute are what the service accepts (seeds)."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the look found; nothing in it stands in the way of reading the cells."""

    file: File
    book: Book
    strings: Strings
    campaigns: Scan
    calling_hours: Scan
    names: tuple[str, str]
    """The names of the two sheets as the person wrote them."""
    problems: tuple[Problem, ...]
    """Warnings about the file."""


def inspect(path: Path, content: bytes | None = None) -> Inspection:
    """A look at the workbook. Raises WorkbookError where it can't be used, saying why and what to do."""
    file = open_file(path, content)
    parts = Parts(path.name, file.content)
    book = open_book(path.name, parts)
    entries = _entries(book, [CAMPAIGNS_SHEET, HOURS_SHEET])
    strings = _strings(parts, book.strings)
    styles = telling_formats(book.styles)
    scans = [_scan(parts, entry, strings, styles) for entry in entries]
    _refuse_far_cells(entries, scans)
    macros = (complaints.MACROS.problem(value=path.name),) if book.has_macros else ()
    return Inspection(
        file=file,
        book=book,
        strings=strings,
        campaigns=scans[0],
        calling_hours=scans[1],
        names=(entries[0].name, entries[1].name),
        problems=(*file.problems, *macros, *_unread(book, entries)),
    )


def too_many_campaigns(sheet: str, count: int) -> Problem:
    """The refusal of a sheet with so many campaigns."""
    return complaints.TOO_MANY_CAMPAIGNS.problem(
        sheet=sheet, value=f"{count:,}", most=f"{MOST_CAMPAIGNS:,}", hours=f"{count / REQUESTS_PER_HOUR:.1f}"
    )


def far_cell(sheet: str, place: Place) -> Problem:
    """The refusal of a sheet with content so far off."""
    row, column = place
    return complaints.FAR_CELL.problem(
        sheet=sheet,
        row=row,
        column=letter(column),
        cell=f"{letter(column)}{row}",
        rows=f"{MOST_TABLE_ROWS:,}",
        columns=MOST_TABLE_COLUMNS,
    )


def _entries(book: Book, wanted: Sequence[str]) -> list[Entry]:
    """The sheet for each name. Raises WorkbookError, naming all that are missing or doubled at once."""
    found = [_entry(book, name) for name in wanted]
    problems = [answer for answer in found if isinstance(answer, Problem)]
    if problems:
        raise workbook_refused(problems)
    return [answer for answer in found if not isinstance(answer, Problem)]


def _entry(book: Book, wanted: str) -> Entry | Problem:
    matching = [entry for entry in book.entries if _folded(entry.name) == _folded(wanted)]
    visible = [entry for entry in matching if not entry.is_hidden]
    if len(visible) == 1:
        return visible[0]
    if visible:
        return complaints.TWO_SHEETS.problem(
            wanted=wanted, value=complaints.listed([f"'{entry.name}'" for entry in visible])
        )
    if matching:
        return complaints.HIDDEN_SHEET.problem(sheet=matching[0].name, value=matching[0].name)
    names = [f"'{entry.name}'" for entry in book.entries if not entry.is_hidden]
    return complaints.NO_SHEET.problem(wanted=wanted, value=complaints.listed(names) or "none")


def _unread(book: Book, read: Sequence[Entry]) -> Iterator[Problem]:
    """A warning for each visible sheet that looks by its name as if its rows belonged into one that is read."""
    for entry in book.entries:
        for wanted in read:
            is_like = _folded(entry.name).startswith(_folded(wanted.name))
            if is_like and entry not in read and not entry.is_hidden:
                yield complaints.EXTRA_SHEET.problem(sheet=wanted.name, value=entry.name)


def _folded(name: str) -> str:
    """The same for sheet names that differ only in case, spaces and hyphens."""
    return "".join(
        character for character in name.casefold() if not character.isspace() and character not in _HYPHENS
    )


_HYPHENS = "-_\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"


def _strings(parts: Parts, part: str | None) -> Strings:
    if part is None:
        return Strings()
    return _looked_through(parts, part, "its texts can't be read", strings_of)


def _scan(parts: Parts, entry: Entry, strings: Strings, styles: Mapping[int, str]) -> Scan:
    def look(chunks: Callable[[], Iterable[bytes]]) -> Scan:
        return scan(chunks, strings.blank, styles)

    return _looked_through(parts, entry.part, f"the sheet '{entry.name}' can't be read", look)


def _looked_through(
    parts: Parts, part: str, otherwise: str, look: Callable[[Callable[[], Iterator[bytes]]], Found]
) -> Found:
    try:
        return look(lambda: parts.chunks(part))
    except NotMarkup as error:
        raise parts.damaged(otherwise) from error
    except Damage as error:
        raise parts.damaged(f"{otherwise} ({error})") from error
    except TooLarge as error:
        raise parts.too_large(part, MOST_MEGABYTES) from error
    except Declaration as error:
        raise parts.declares(part) from error


def _refuse_far_cells(entries: Sequence[Entry], scans: Sequence[Scan]) -> None:
    problems = []
    for entry, found in zip(entries, scans, strict=True):
        if found.far is None:
            continue
        if found is scans[0] and found.row_count > LAST_ROW:
            problems.append(too_many_campaigns(entry.name, found.row_count - 1))  # one row holds the headings
        else:
            problems.append(far_cell(entry.name, found.far))
    if problems:
        raise workbook_refused(problems)
