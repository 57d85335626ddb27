"""The workbooks that are open on the page, and the runs at work.

Each workbook is a folder of its own under the page's private folder: the file as it was dropped and, where cells
were changed, ``edits.json``. Ids are ours; nothing that a browser sends is ever used as a path.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bulkload.checking import check
from bulkload.editing import CellEdit, EditedWorkbook
from bulkload.errors import BulkloadError
from bulkload.model import ApiVersion, Hidden
from bulkload.web.security import random_letters
from bulkload.web.uploads import clean_file_name

if TYPE_CHECKING:
    from pathlib import Path

    from bulkload.checking import CheckedWorkbook

KEPT_DAYS = 7
"""A workbook with edits is offered again for so long."""


@dataclass(slots=True)
class OpenWorkbook:
    """One workbook on the page."""

    book: str
    """Our id."""
    folder: Path
    edited: EditedWorkbook
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while its cells are judged: two tabs may edit one workbook."""

    @property
    def name(self) -> str:
        """The file's name, for people."""
        return self.edited.name

    @property
    def checked(self) -> CheckedWorkbook:
        """What is known of it now."""
        return self.edited.checked

    def save_edits(self) -> None:
        """Keep the edits for another start; without any, nothing is kept."""
        edits = self.edited.edits
        path = self.folder / "edits.json"
        if not edits:
            path.unlink(missing_ok=True)
            return
        document = {
            "name": self.name,
            "version": self.checked.version,
            "hidden": self.checked.hidden,
            "edits": [asdict(edit) for edit in edits],
        }
        path.write_text(json.dumps(document), encoding="utf-8")

    def check_file_to_send(self) -> CheckedWorkbook:
        """The file with its edits, checked again from its bytes: what would be sent is what was read."""
        version, hidden = self.checked.version, self.checked.hidden
        return check(self.folder / self.name, version=version, hidden=hidden, content=self.edited.file())

    def sha256(self) -> str:
        """Names the file with its edits."""
        return sha256(self.edited.file()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptWorkbook:
    """A workbook with edits that an earlier page left behind."""

    book: str
    name: str
    edits: int
    changed: datetime
    """When it was last edited, in local time."""


class Workspace:
    """Every workbook of this page's server."""

    def __init__(self, folder: Path, version: ApiVersion) -> None:
        """``folder``: private to the user; made where it is missing."""
        self._folder = folder / "workbooks"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._books: dict[str, OpenWorkbook] = {}
        self.version = version

    def add(self, name: str, content: bytes, hidden: Hidden = Hidden.REFUSE) -> OpenWorkbook:
        """Take in a file. Raises WorkbookError where it can't be used; then nothing of it stays."""
        book = random_letters()
        folder = self._folder / book
        folder.mkdir(mode=0o700)
        try:
            return self._open(book, clean_file_name(name), content, self.version, hidden)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def get(self, book: str) -> OpenWorkbook | None:
        """The workbook with this id, also one that an earlier page left behind; None where there is none."""
        if book not in self._books and book in {kept.book for kept in self.kept()}:
            with suppress(OSError, ValueError, KeyError, BulkloadError):
                self._reopen(book)
        return self._books.get(book)

    def kept(self) -> list[KeptWorkbook]:
        """The workbooks with edits of earlier pages, the newest first; older ones are removed."""
        found = []
        for folder in self._folder.iterdir():
            path = folder / "edits.json"
            with suppress(OSError, ValueError, KeyError):
                document = json.loads(path.read_text("utf-8"))
                changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
                found.append(KeptWorkbook(folder.name, document["name"], len(document["edits"]), changed))
        return sorted(found, key=lambda kept: kept.changed, reverse=True)

    def remove_old(self) -> None:
        """Remove what an earlier page left without edits, or with edits of long ago."""
        oldest = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
        keep = {kept.book for kept in self.kept() if kept.changed >= oldest} | self._books.keys()
        for folder in self._folder.iterdir():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove the workbooks without edits."""
        self._books.clear()
        self.remove_old()

    def _open(
        self, book: str, name: str, content: bytes, version: ApiVersion, hidden: Hidden
    ) -> OpenWorkbook:
        path = self._folder / book / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        checked = check(path, version=version, hidden=hidden)
        self._books[book] = OpenWorkbook(book, path.parent, EditedWorkbook(name, content, checked))
        return self._books[book]

    def _reopen(self, book: str) -> None:
        folder = self._folder / book
        document = json.loads((folder / "edits.json").read_text("utf-8"))
        name = clean_file_name(document["name"])
        content = (folder / name).read_bytes()
        version, hidden = ApiVersion(document["version"]), Hidden(document["hidden"])
        opened = self._open(book, name, content, version, hidden)
        opened.edited.edit(CellEdit(**edit) for edit in document["edits"])
