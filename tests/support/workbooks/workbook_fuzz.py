"""Workbooks changed at random, read and judged one after the other in processes that may die.

Run as a program it reads the workbooks of the seeds it is given, judges those that can be read, and says after
each how it ended, so that whoever watches knows the seed of a crash or a hang.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import select
import subprocess
import sys
import tempfile
import traceback
import zipfile
from dataclasses import dataclass
from pathlib import Path

LONGEST_SECONDS = 60
"""Reading a changed workbook for longer than this is a hang, on a busy machine too."""


# --- changing workbooks --------------------------------------------------------------------------------


def mutant(seed, originals):
    """The bytes of the workbook of this seed: one of the originals, changed at zip level or in its XML."""
    chance = random.Random(seed)  # noqa: S311  (a test must find the same workbook again)
    content = chance.choice(originals)
    return _changed_zip(chance, content) if seed % 2 else _changed_xml(chance, content)


def _changed_zip(chance, content):
    data = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 4, 16])):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:  # near the directory and the headers, where a byte matters
            signature = chance.choice([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"])
            places = [index for index in range(len(data)) if data.startswith(signature, index)]
            place = min(chance.choice(places or [place]) + chance.randrange(48), len(data) - 1)
        match chance.randrange(5):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                data[place] ^= 1 << chance.randrange(8)
            case 2:
                del data[place : place + chance.choice([1, 2, 8, 100, 1000])]
            case 3:
                data[place:place] = chance.randbytes(chance.choice([1, 4, 64]))
            case _:
                data[place : place + 4] = chance.choice([b"\x00" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f"])
        if not data:
            break
    return bytes(data)


def _changed_xml(chance, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    wanted = [
        name
        for name in parts
        if "sheet" in name or "workbook" in name or "haredS" in name or "styles" in name
    ]
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        name = chance.choice(wanted if chance.random() < 0.9 else list(parts))
        if name in parts:
            _change_part(chance, parts, name)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED
            )  # dated 1980: the same bytes always
    return written.getvalue()


_VALUES = [
    *b" 0 -1 1 99999999999 XFD1048576 XFE1 A1:XFD1048576 A0 NaN INF 1e999 1E308 true s str inlineStr e d b n".split(
        b" "
    ),
    *b"#N/A \xff &amp; &lol; &#0; &#xD800; _x0000_ < > ]]> \x00 2026-02-30 rId1 ../../etc/passwd hidden h:mm".split(
        b" "
    ),
    b"A" * 5000,
    b"9" * 400,
    b"-9e307",
    b"9e307",
    b"-1e14",
    "\U0001f600".encode(),
    b'[h]:mm;[<0]"x"\\',
    b"'",
]
_ELEMENTS = [
    b'<c r="A2"><v>1</v></c>',
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    b"<row><c><v>1</v></c></row>",
    b'<col min="1" max="16384" hidden="1"/>',
    b'<sheet name="Campaigns" sheetId="9" r:id="rId1"/>',
    b"<!DOCTYPE x>",
    b"<mergeCell ref='A1:B2'/>",
    b'<xf numFmtId="22"/>',
    b"<!-- x -->",
    *b"<row/> <c/> <v>1</v> <f>A1</f> <is><t>x</t></is> <t>x</t> <si><t/></si> <si/> <sheetData/>".split(
        b" "
    ),
    *b"<sheetData></sheetData> </sheetData> <![CDATA[ ]]> <?x?> \xef\xbb\xbf \xfe\xff &a;".split(b" "),
]


def _change_part(chance, parts, name):
    part = parts[name]
    places = [index for index, byte in enumerate(part) if byte == ord("<")] or [0]
    begin = chance.choice(places)
    end = part.find(b">", begin) + 1 or len(part)
    quotes = [index for index, byte in enumerate(part) if byte == ord('"')]
    match chance.randrange(10):
        case 0 | 1 if len(quotes) > 1:
            index = chance.randrange(len(quotes) - 1)
            part = part[: quotes[index] + 1] + chance.choice(_VALUES) + part[quotes[index + 1] :]
        case 2:
            after = part.find(b"<", end)
            part = part[:end] + chance.choice(_VALUES) + part[max(after, end) :]
        case 3:
            part = part[:begin] + chance.choice(_ELEMENTS) + part[begin:]
        case 4:
            part = part[:begin] + part[end:]
        case 5:
            part = part[:end] + part[begin:end] * chance.choice([1, 2, 50]) + part[end:]
        case 6:
            place = chance.randrange(len(part) or 1)
            part = part[:place] + chance.randbytes(1) + part[place + 1 :]
        case 7:
            other = chance.choice(places)
            part = part[: min(begin, other)] + part[max(begin, other) :]
        case 8:
            part = part.decode("utf-8", "replace").encode(
                chance.choice(["utf-16", "utf-32", "latin-1", "cp037"]), "replace"
            )
        case _:
            target = chance.choice(list(parts))
            parts[target] = part
            return
    parts[name] = part


# --- reading them --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """How the reading of one workbook ended where it must not."""

    seed: int
    what: str


def fates_of(seeds, folder):
    """The bad ends among the workbooks of these seeds, and how many were read and refused."""
    bad, counts = [], {"read": 0, "refused": 0}
    waiting = list(seeds)
    while waiting:
        done, fate = _batch(waiting, folder, counts)
        waiting = waiting[done:]
        if fate is not None:
            bad.append(fate)
    return bad, counts


def _batch(seeds, folder, counts):
    """Read until the end or the first bad one; how many seeds are done with, and the bad one."""
    command = [sys.executable, __file__, str(folder)]
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as errors:
        given.write("\n".join(map(str, seeds)))
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=errors, bufsize=0
        ) as child:
            endings = _lines(child.stdout)
            for done, seed in enumerate(seeds):
                ending = next(endings, "")
                if ending not in counts:
                    child.kill()
                    child.wait()
                    errors.seek(0)
                    return done + 1, Fate(seed, ending or f"died or hung:\n{errors.read()[-2000:]}")
                counts[ending] += 1
        errors.seek(0)
        said = errors.read()  # a panic that was caught has been printed all the same
        return len(seeds), Fate(
            seeds[-1], f"this one or an earlier one printed:\n{said[-2000:]}"
        ) if said else None


def _lines(stream):
    """The child's lines, until it dies or says nothing for too long."""
    said, patience = b"", 3 * LONGEST_SECONDS  # the first one waits for pandas
    while select.select([stream], [], [], patience)[0] and (more := stream.read(4096)):
        *lines, said = (said + more).split(b"\n")
        for line in lines:
            yield line.decode().replace("\\n", "\n")
        patience = LONGEST_SECONDS


def originals_in(folder):
    """The workbooks that are changed, in the order of their names."""
    return [path.read_bytes() for path in sorted(Path(folder).glob("*.xlsx"))]


def _ending(path, judged_before):
    """``read``, ``refused``, or what must not happen."""
    from bulkload.errors import WorkbookError
    from bulkload.model import Cell, ErrorCell, UncalculatedCell
    from bulkload.workbook.reader.read import read

    kinds = (
        str,
        int,
        float,
        bool,
        dt.datetime,
        dt.time,
        dt.timedelta,
        ErrorCell,
        UncalculatedCell,
        type(None),
    )
    try:
        book = read(path)
    except WorkbookError as error:
        return "refused" if error.problems and str(error) else "a refusal without a word"
    except BaseException:  # noqa: BLE001  (a panic of the library is one, too)
        return traceback.format_exc()
    for sheet in (book.campaigns, book.calling_hours):
        cells: list[Cell] = sheet.frame.to_numpy().ravel().tolist()
        if not all(isinstance(cell, kinds) and cell != "" for cell in cells):
            return "a cell of another kind"
    return _judged(book, judged_before)


def _judged(book, judged_before):
    """``read`` where each row is good or has an error and not both, otherwise what must not happen.

    Most changes leave every cell as it was: the same cells are judged once, for judging takes longer than reading.
    """
    from bulkload.model import ApiVersion
    from bulkload.rules.validate import validate

    sheets = (book.campaigns, book.calling_hours)
    content = repr([(sheet.name, sheet.letters, sheet.frame.to_dict("index")) for sheet in sheets])
    if content in judged_before:
        return "read"
    judged_before.add(content)
    for version in ApiVersion:
        try:
            found = validate(book, version)
        except Exception:  # noqa: BLE001  (whatever it is, the person would see a traceback)
            return traceback.format_exc()
        good = {campaign.row for campaign in found.campaigns}
        faulty = {
            problem.row
            for problem in found.problems
            if problem.is_error and problem.sheet == book.campaigns.name
        }
        if good & faulty or good | faulty != set(book.campaigns.frame.index):
            return f"rows {sorted(good & faulty)} are good and faulty, or one is neither"
    return "read"


def _main():
    originals = originals_in(sys.argv[1])
    judged_before = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mutant.xlsx")
        for line in sys.stdin:
            path.write_bytes(mutant(int(line), originals))
            sys.stdout.write(_ending(path, judged_before).replace("\n", "\\n") + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _main()
