"""Reading in a process of its own, so that its time and memory can be measured and its death survived."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from dataclasses import dataclass

_PROGRAM = textwrap.dedent("""
    import json, resource, sys, time
    from pathlib import Path
    from bulkload.errors import WorkbookError
    from bulkload.workbook.reader.read import read
    begun = time.process_time()
    try:
        book = read(Path(sys.argv[1]))
        answer = {"campaigns": len(book.campaigns.frame), "hours": len(book.calling_hours.frame)}
    except WorkbookError as error:
        answer = {"refused": str(error)}
    answer["seconds"] = time.process_time() - begun
    # Linux counts what the parent had before exec into ru_maxrss; VmHWM is this program's own.
    status = Path("/proc/self/status")
    own = [line.split()[1] for line in status.open() if line.startswith("VmHWM")] if status.exists() else []
    peak = int(own[0]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer["megabytes"] = peak / 1024
    print(json.dumps(answer))
""")


@dataclass(frozen=True)
class Answer:
    """What a reading process said, and what it took."""

    seconds: float
    """Of a processor, not of the clock on the wall: whatever else the machine does, the budget is this reader's."""
    megabytes: float
    campaigns: int | None = None
    hours: int | None = None
    refused: str | None = None

    @property
    def is_within_budget(self):
        return self.seconds <= 5 and self.megabytes <= 150


def read_in_child(path):
    """The answer of a process that reads this workbook; a crash or a hang fails the test."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return Answer(**json.loads(done.stdout))
