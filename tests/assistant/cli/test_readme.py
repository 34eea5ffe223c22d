"""What the README and the documentation tell a reader to type works as it stands there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click
import mcp.client.stdio  # noqa: F401 it logs to what is the standard error when it is loaded
import pytest

from assistant.cli.main import dateline
from assistant.cli.run import run
from assistant.types import AskRequest
from tests.assistant.processes import running_service

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return list(dict.fromkeys(found))


def typed() -> Iterator[list[str]]:
    """Each `dateline …` of a console block, as the arguments after the name."""
    for block in blocks("console"):
        for line in block.splitlines():
            if line.startswith("$ dateline "):
                words = shlex.split(line, comments=True)
                yield [word for word in words[2:] if word != "&"]


COMMANDS = [list(arguments) for arguments in dict.fromkeys(map(tuple, typed()))]
QUESTIONS = [arguments for arguments in COMMANDS if arguments[0] == "ask"]
PRINTED = [  # by the examples in Python
    "from December on",
    "0 failed",
    "Aldermoss Dam",
    "articles of the Valley Gazette",
    "Yara Tamsin",
    "dam dam",
    "understood sources statement",
    "done",
    "2 documents",
    "supported Yara Tamsin",
]
SERVICE = "http://127.0.0.1:8765"
PRINTED_BY_SERVICE = [  # by those that ask one
    "[1] River Party takes Lisk North",
    "Harbour Post | ",
]
BODIES = list(dict.fromkeys(re.findall(r"8765/ask\S* .*\\\n\s+-d '(.*?)'", TEXT)))


def parse(command: click.Command, arguments: list[str], parent: click.Context | None = None) -> None:
    """Raises UsageError for a command or an option that does not exist; runs nothing."""
    context = command.make_context(command.name, list(arguments), parent)
    if isinstance(command, click.Group):
        _, below, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert below is not None
        parse(below, rest, context)


@pytest.fixture(scope="module")
def data(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the demo's newsroom."""
    return Path(shutil.copytree(demo, tmp_path_factory.mktemp("demo") / "archive"))


def test_the_pages_show_commands_questions_and_requests() -> None:
    assert len(COMMANDS) > 30
    assert len(QUESTIONS) >= 7
    assert len(BODIES) == 2


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_of_the_pages_parses(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("questions.jsonl", "feeds.opml"):
        Path(name).touch()
    parse(dateline, arguments)


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    with pytest.raises(click.UsageError):
        parse(dateline, ["articles", "lst"])
    with pytest.raises(click.UsageError):
        parse(dateline, ["ask", "--outlets", "x", "y"])


def test_the_questions_of_the_pages_are_answered_by_the_newsroom(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in QUESTIONS:
        assert run(["--data", str(data), *arguments, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (arguments, answer["outcome"]) == (arguments, "answered")


@pytest.mark.parametrize("body", BODIES)
def test_a_request_of_the_pages_is_one_and_is_answered(
    data: Path, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    request = AskRequest.model_validate_json(body)
    assert run(["--data", str(data), "ask", request.question]) == 0
    assert "\n[1] " in capsys.readouterr().out


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param(lambda _data: nullcontext(), id="alone", marks=pytest.mark.thorough),  # as the wheel's tests do
        pytest.param(running_service, id="beside a service"),
    ],
)
def test_the_python_of_the_pages_runs(
    data: Path,
    owner: Callable[[Path], AbstractContextManager[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    with owner(data) as service:
        address = str(service[1].base_url).rstrip("/") if service else ""
        printed = PRINTED + (PRINTED_BY_SERVICE if service else [])
        for snippet in blocks("python"):
            if service or SERVICE not in snippet:
                exec(compile(snippet.replace(SERVICE, address), "README.md", "exec"), {})
    said = capfd.readouterr().out
    assert [words for words in printed if words not in said] == []
