"""bulkload turns an Excel workbook into outbound voice campaigns on Kore.ai's contact center.

A row passes through these rooms: ``workbook`` reads it, ``rules`` validate it, ``kore`` makes its JSON and talks to
the service, ``run`` plans and sends it exactly once, ``workbook`` writes the results. ``checking``, ``flow`` and
``run_reports`` join them, ``cli`` is the command line, and ``sandbox`` is a pretend Kore.ai.
The functions below are described in ``docs/python.md``. Each is imported when it is first used, so that
``bulkload --help`` and ``import bulkload`` are instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulkload.errors import BulkloadError
    from bulkload.interface import Account, Plan, account, check, convert, plan, resume, submit, verify

__all__ = [
    "Account",
    "BulkloadError",
    "Plan",
    "account",
    "check",
    "convert",
    "plan",
    "resume",
    "submit",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import a function of the interface when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "bulkload.errors" if name == "BulkloadError" else "bulkload.interface"
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
