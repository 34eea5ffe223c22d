"""Mailboxes: where one message ends and the next begins."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from ingest.sources.files import pages
from ingest.types import Outcome
from tests.ingest.made import TEXT, a_message, outcomes_of, pages_of, read

FROM = b"From letter@harbour.example Sat Oct 24 06:30:15 2026\r\n"


def box(*messages: bytes) -> bytes:
    return b"".join(FROM + message + b"\r\n\r\n" for message in messages)


@pytest.mark.parametrize("name", ["a.mbox", "Inbox"])
def test_every_message_of_a_mailbox_is_a_page(tmp_path: Path, name: str) -> None:
    found = pages_of(read(tmp_path / name, box(a_message(), a_message("Another"))))
    assert [(page.item, page.media_type) for page in found] == [
        ("message 1", "message/rfc822"),
        ("message 2", "message/rfc822"),
    ]
    assert found[0].content == a_message()


def test_a_saved_message_is_one_page(tmp_path: Path) -> None:
    [page] = pages_of(read(tmp_path / "a.eml", a_message()))
    assert (page.item, page.media_type, page.content) == ("", "message/rfc822", a_message())


def test_a_line_that_only_begins_like_a_new_message_divides_nothing(tmp_path: Path) -> None:
    body = f"{TEXT}\r\n\r\nFrom now on boats sail daily.\r\n\r\n>From the harbour office, 2026"
    [page] = pages_of(read(tmp_path / "a.mbox", box(a_message(body))))
    assert b"From now on boats" in page.content
    assert b"\r\nFrom the harbour office" in page.content


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_messages_need_no_blank_line_between_them(tmp_path: Path, end: bytes) -> None:
    message = a_message().replace(b"\r\n", end)
    found = pages_of(read(tmp_path / "a.mbox", (FROM + message + end) * 3))
    assert [page.content for page in found] == [message] * 3


def test_a_sentence_with_a_clock_and_a_year_divides_nothing(tmp_path: Path) -> None:
    body = f"{TEXT}\r\n\r\nFrom Saturday boats sail at 10:30, as they did in 2024\r\n\r\nand again at noon."
    [page] = pages_of(read(tmp_path / "a.mbox", box(a_message(body))))
    assert b"and again at noon" in page.content


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Oct 05 10:00:00 2026\n",
        b"From 1789@xxx Mon Oct 05 10:00:00 +0000 2026\n",
        b"From a@b Mon Oct  5 10:00 2026\n",
    ],
)
def test_the_lines_of_different_programs_are_known(tmp_path: Path, line: bytes) -> None:
    assert len(pages_of(read(tmp_path / "a.mbox", line + a_message() + b"\n\n" + line + a_message()))) == 2


def test_a_message_over_the_limit_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path / "a.mbox", box(a_message("x" * 5000), a_message()), record_limit=2000)
    assert [(type(item).__name__, item.item) for item in found] == [("Outcome", "message 1"), ("Page", "message 2")]


@pytest.mark.parametrize("content", [b"Hello, this is no mailbox", b"\n\n\n"])
def test_what_is_no_mailbox_says_so(tmp_path: Path, content: bytes) -> None:
    assert len(outcomes_of(read(tmp_path / "a.mbox", content))) == 1


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(box(a_message("x" * 70 + "\r\n" * 2 + "more " * 20_000)) * 150)
    tracemalloc.start()
    try:
        assert sum(not isinstance(item, Outcome) for item in pages(path)) == 150
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
