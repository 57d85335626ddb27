"""What every test may ask for: ``--thorough`` runs more of the same. What a person has set reaches no test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")  # how long an example takes says something of the machine alone

OF_THE_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables that httpx obeys, in upper or lower case: whoever works behind a proxy has them."""
OF_THE_CONSOLE = ("PYTHONUTF8", "PYTHONIOENCODING", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
"""Variables by which a program prints in another way."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="also run the tests marked slow: many kills, many workbooks"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--thorough"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: run with --thorough"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures that tests have recorded: how many runs were killed, and what was found."""
    recorded = [
        f"{name}: {value}"
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
    ]
    if recorded:
        terminalreporter.section("figures")
        for line in sorted(recorded):
            terminalreporter.line(line)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting and no profile of whoever runs the tests; lines of 80 characters, of an alphabet that has all."""
    with pytest.MonkeyPatch.context() as change:
        for name in list(os.environ):
            if name.startswith("BULKLOAD_") or name.upper() in {*OF_THE_NETWORK, *OF_THE_CONSOLE}:
                change.delenv(name)
        change.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        change.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        change.setenv("COLUMNS", "80")
        change.setenv("LC_ALL", "C.UTF-8")
        yield


@pytest.fixture
def is_thorough(request: pytest.FixtureRequest) -> bool:
    """Whether the test may take its time."""
    return bool(request.config.getoption("--thorough"))
