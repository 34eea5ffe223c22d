"""The chat line by line."""

from __future__ import annotations

import io

from assistant.service.client import Client
from tests.tui.service import FERRY, QUAKE, FakeService, failing, nearest, refused
from tui.plain_chat import run


async def talk(service: FakeService, text: str) -> tuple[int, str]:
    output = io.StringIO()
    code = await run(Client(service.http()), io.StringIO(text), output)
    return code, output.getvalue()


async def test_statements_and_citations_are_printed() -> None:
    code, printed = await talk(FakeService(), "Is the harbour open?\n")
    assert code == 0
    assert f"✓ {QUAKE} [1]\n~ {FERRY} [2]\n  partly: the day is not in the passage\n" in printed
    assert "[1] Coast Courier · Quake shuts harbour of Port Ellis · 27 October 2026, 12:05 UTC · https://" in printed
    assert "also carried by Inland Post" in printed


async def test_a_refusal_prints_its_receipt() -> None:
    service = FakeService()
    service.answers = [refused()]
    _, printed = await talk(service, "Who won the cup?")
    assert "No answer: no article speaks of a cup\nsearched 10 articles" in printed


async def test_what_only_comes_near_stands_under_a_heading_that_says_so() -> None:
    service = FakeService()
    service.answers = [nearest()]
    _, printed = await talk(service, "Who shut the harbour?")
    assert f"I found no sentence that answers this. The nearest say:\n≈ {QUAKE} [1]\n[1] Coast" in printed
    assert "No answer" not in printed
    assert "searched 10 articles" in printed


async def test_lines_are_one_conversation_until_a_new_one() -> None:
    service = FakeService()
    await talk(service, "One?\n\nTwo?\n/new\nThree?\n/quit\nFour?\n")
    assert [body.get("conversation_id") for body in service.sent("/ask/stream")] == [None, "talk-1", None]


async def test_strict_holds_until_it_is_taken_back() -> None:
    service = FakeService()
    _, printed = await talk(service, "/strict\nOne?\n/strict\nTwo?\n")
    assert [body.get("policy") for body in service.sent("/ask/stream")] == ["strict", None]
    assert "left out" in printed


async def test_a_failure_is_printed_and_remembered_in_the_exit_code() -> None:
    service = FakeService()
    service.answers = [failing("\x1b[2JDown.", "Wait.")]
    code, printed = await talk(service, "One?\nTwo?\n")
    assert code == 1
    assert "error: [2JDown. - Wait." in printed
    assert QUAKE in printed


async def test_of_what_is_piped_in_the_question_is_repeated() -> None:
    _, printed = await talk(FakeService(), "Is the harbour open?\n")
    assert printed.startswith("> Is the harbour open?\n")


async def test_commands_are_obeyed_and_never_asked() -> None:
    service = FakeService()
    code, printed = await talk(service, "/help\n/add news\n/reindex\n")
    assert code == 0
    assert "Type a question." in printed
    assert "1 added, 1 unchanged, 1 failed\nfinished\n" in printed
    assert service.sent("/reindex") == [{"full": False}]
    assert not service.sent("/ask/stream")


async def test_an_unknown_command_is_an_error_that_says_what_there_is() -> None:
    service = FakeService()
    code, printed = await talk(service, "/delete everything\n")
    assert code == 1
    assert "error: unknown command" in printed
    assert not service.sent("/ask/stream")
