"""What is collected here, and when."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Schemathesis draws its first requests while tests are collected: seconds that only slow tests are to take."""
    unwanted = config.getoption("markexpr") == "not slow"
    return True if unwanted and collection_path.name == "test_described.py" else None
