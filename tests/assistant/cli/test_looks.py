"""How the command line looks: help that is whole at 80 columns, colour only where it is wanted, exit codes told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from assistant.cli.main import dateline
from assistant.cli.run import run
from ingest.errors import EXIT_CODES, DatelineError

ROOT = Path(__file__).parents[3]
ESCAPE = "\x1b["


def groups(command: click.Command = dateline, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        yield path
        for name, below in command.commands.items():
            yield from groups(below, (*path, name))


@pytest.mark.parametrize("path", list(groups()), ids=lambda path: " ".join(path) or "dateline")
def test_no_summary_is_cut_and_no_line_is_too_long(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(dateline, [*path, "--help"], terminal_width=80).output
    assert "..." not in shown.partition("Commands:")[2]
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("path", [path for path in groups() if path], ids=" ".join)
def test_a_group_without_a_command_shows_its_help_as_a_mistake(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err[:15]) == ("", "Usage: dateline")


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_the_version_is_shown(flag: str) -> None:
    assert re.fullmatch(r"dateline \S+\n", CliRunner().invoke(dateline, [flag]).output)


def test_every_exit_code_is_in_the_help_and_in_the_guide() -> None:
    shown = CliRunner().invoke(dateline, ["--help"], terminal_width=80).output
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    for code, meaning in EXIT_CODES.items():
        assert f"{code:<4} {meaning}" in shown
        assert f"| {code} | {meaning} |" in guide


def test_every_error_has_an_exit_code_that_is_told() -> None:
    def tree(kind: type[DatelineError]) -> Iterator[type[DatelineError]]:
        yield kind
        for below in kind.__subclasses__():
            yield from tree(below)

    assert {kind.exit_code for kind in tree(DatelineError)} <= EXIT_CODES.keys()


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_stays_out_of_pipes_unless_it_is_forced(
    newsroom_archive: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for arguments in (["articles", "list"], ["outlets"], ["search", "ferry"]):
        run(["--data", str(newsroom_archive), *arguments])
        printed = capsys.readouterr().out
        assert (ESCAPE in printed) == coloured
        assert "Valley Gazette" in re.sub(r"\x1b\[\d*m", "", printed)


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [
        ([], "out", ["outcomes", "outlets"]),
        (["articles"], "", ["diff", "list", "remove", "show"]),
        (["ask", "--outlet"], "val", ["Valley Gazette"]),
        (["ingest"], "some", ["some"]),
        (["ask"], "--ord", ["--order"]),
    ],
)
def test_the_shell_is_offered_what_may_follow(
    newsroom_archive: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], begun: str, offered: list[str]
) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(newsroom_archive))
    completion = BashComplete(dateline, {}, "dateline", "_DATELINE_COMPLETE")
    assert [item.value for item in completion.get_completions(words, begun)] == offered
