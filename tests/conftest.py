"""What every test may ask for: ``--thorough`` runs more of the same."""

from __future__ import annotations

import pytest


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


@pytest.fixture
def is_thorough(request: pytest.FixtureRequest) -> bool:
    """Whether the test may take its time."""
    return bool(request.config.getoption("--thorough"))
