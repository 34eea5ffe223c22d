"""The commands in this process, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.cli.run import run


class Printed(NamedTuple):
    """The exit code of a command, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands on one archive, as a program does, without starting one for each."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._capsys = data, capsys

    def __call__(self, *arguments: object) -> Printed:
        self._capsys.readouterr()
        code = run(["--data", str(self.data), *map(str, arguments)])
        return Printed(code, *self._capsys.readouterr())
