"""A shell on an archive of a test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "archive", capsys)
