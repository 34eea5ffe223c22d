"""The service that chats bring along: one for all of them, with a successor where it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.service.owner import lives, service_note
from ingest.archive.lock import Owner
from tests.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.slow

Chat = subprocess.Popen[str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def start(data: Path) -> Iterator[Callable[[], Chat]]:
    """Opens chats that read from a pipe."""
    opened: list[Chat] = []

    def one() -> Chat:
        command = [sys.executable, "-m", "assistant", "--data", str(data), "chat"]
        opened.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        return opened[-1]

    yield one
    for chat in opened:
        chat.kill()
        chat.communicate()


def close(chat: Chat) -> int:
    chat.communicate("/quit\n", timeout=PATIENCE)
    return chat.returncode


def test_a_chat_that_ends_leaves_the_service_to_the_others_and_the_last_one_ends_it(
    data: Path, start: Callable[[], Chat]
) -> None:
    first = start()
    owner: Owner = wait_for(lambda: service_note(data))
    second = start()
    wait_for((data / "chats" / str(second.pid)).exists)
    assert close(first) == 0
    assert lives(owner.pid)
    assert close(second) == 0
    assert service_note(data) is None
    assert list((data / "chats").iterdir()) == []


def test_a_service_that_is_killed_under_a_chat_has_a_successor(data: Path, start: Callable[[], Chat]) -> None:
    chat = start()
    assert chat.stdin
    assert chat.stdout
    chat.stdin.write("Is the harbour open?\n")
    chat.stdin.flush()
    assert chat.stdout.readline() == "> Is the harbour open?\n"
    killed: Owner = wait_for(lambda: service_note(data))
    os.kill(killed.pid, signal.SIGKILL)
    successor: Owner = wait_for(lambda: (found := service_note(data)) and found.pid != killed.pid and found)
    chat.communicate("/quit\n", timeout=PATIENCE)
    wait_for(lambda: not lives(successor.pid))
