"""What every story needs: a process from which the program's processes are forked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.program.forks import Forks


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """One for each process of the tests."""
    with Forks() as forks:
        yield forks
