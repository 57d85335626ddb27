"""What a workbook file holds, part by part: two builds of zlib pack the same content into different bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path


def parts(path: Path) -> dict[str, tuple[tuple[int, ...], bytes]]:
    """Date and content of each part, by its name."""
    with zipfile.ZipFile(path) as archive:
        return {part.filename: (part.date_time, archive.read(part)) for part in archive.infolist()}
