"""Answers by a chat model: what it may write, and everything that can go wrong on the wire."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import threading
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from pydantic import SecretStr

from assistant.compose.draft import Draft, settled
from assistant.compose.generative import GenerativeComposer
from assistant.compose.model import load_model
from assistant.compose.parse import DraftParser
from assistant.compose.reply import MAX_BYTES
from assistant.errors import AnswerCut, PromptTooLong, ProviderError, ProviderTimeout
from assistant.settings import Settings
from tests.assistant.offered import OFFERED
from tests.llm_server import ModelServer, Reply

CANARY = "sk-CANARY-0123456789"
FIRST = {"text": "The bridge reopened.", "keys": ["br1"], "kind": "fact"}
SECOND = {
    "text": "Inga Holm called it “a disgrace”.",
    "keys": ["br3", "br2"],
    "kind": "quote",
    "speaker": "Inga Holm",
    "quotation": "a disgrace",
}
DRAFTS = [
    Draft("The bridge reopened.", ("br1",)),
    Draft("Inga Holm called it “a disgrace”.", ("br3", "br2"), "quote", "Inga Holm", "a disgrace"),
]
BEGUN = f"{json.dumps(FIRST)}\n{json.dumps(SECOND)[:20]}"
LINES = f"{json.dumps(FIRST)}\n{json.dumps(SECOND)}\n"
PROSE = "The bridge reopened [br1]. Inga Holm called it “a disgrace”. [br3, br2]"
REPLIES = {
    "lines": LINES,
    "list": json.dumps([FIRST, SECOND]),
    "indented list": json.dumps([FIRST, SECOND], indent=2),
    "one object": json.dumps({"sentences": [FIRST, SECOND]}),
    "fence": f"```json\n{LINES}```",
    "talk around": f"Here is the answer to {{x}}:\n\n{LINES}\nI hope that helps [br1].",
    "thinking": f'<think>Perhaps {{"text": "No.", "keys": ["br1"]}}?</think>\n{LINES}',
    "closing brace forgotten": LINES.replace('"kind": "fact"}', '"kind": "fact"'),
    "closing mark forgotten": LINES.replace('"kind": "fact"}', '"kind": "fact'),
    "bare marks": LINES.replace("\\u201ca disgrace\\u201d", "“a disgrace”"),
}


def parsed(pieces: Sequence[str]) -> list[Draft]:
    parser = DraftParser(OFFERED)
    return [draft for piece in pieces for draft in parser.feed(piece)] + parser.finish()


@pytest.mark.parametrize("reply", REPLIES.values(), ids=list(REPLIES))
def test_every_shape_of_reply_gives_the_same_drafts(reply: str) -> None:
    assert parsed([reply]) == DRAFTS


@given(
    st.sampled_from([*REPLIES.values(), PROSE]) | st.text(alphabet='{}[]":,\\n\n ab“<>/think', max_size=60), st.data()
)
def test_how_the_stream_is_cut_does_not_matter(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=8)))
    pieces = [reply[start:end] for start, end in itertools.pairwise([0, *cuts, len(reply)])]
    assert parsed(pieces) == parsed([reply])


@given(st.text(max_size=200))
def test_no_reply_breaks_the_parser(reply: str) -> None:
    for draft in parsed([reply]):
        assert draft.text == " ".join(draft.text.split())
        draft.text.encode()


def test_a_draft_comes_as_soon_as_its_object_is_complete() -> None:
    parser = DraftParser(OFFERED)
    assert parser.feed(json.dumps({"sentences": [FIRST, SECOND]})[:-90]) == DRAFTS[:1]


def test_prose_with_marks_is_read() -> None:
    drafts = parsed([PROSE])
    assert [(draft.text, draft.keys) for draft in drafts] == [
        ("The bridge reopened.", ("br1",)),
        ("Inga Holm called it “a disgrace”.", ("br3", "br2")),
    ]


def test_marks_of_no_evidence_stay_visible_and_never_look_like_citations() -> None:
    [draft] = parsed(["The bridge [2021] reopened [7] in the spring [sic][br1]."])
    assert draft == Draft("The bridge [2021] reopened (7) in the spring [sic].", ("br1",))


def test_markup_links_and_images_are_taken_off() -> None:
    text = "**The** [bridge](https://evil.invalid/?q=1) ![x](https://evil.invalid/y) <b>reopened</b>.\x1b[2J"
    [draft] = parsed([json.dumps({"text": text, "keys": ["br1"]})])
    assert "evil" not in draft.text
    assert "\x1b" not in draft.text
    assert draft.text.startswith("The bridge reopened.")


def test_bare_quotation_marks_in_a_string_are_survived() -> None:
    assert parsed(['{"text": "Holm called it "a disgrace" today.", "keys": ["br3"]}']) == [
        Draft('Holm called it "a disgrace" today.', ("br3",))
    ]


def test_a_model_that_declines_gives_no_drafts() -> None:
    parser = DraftParser(OFFERED)
    assert parser.feed('{"none": true}') == parser.finish() == []
    assert parser.answered


# Over the wire


def composer(server: ModelServer, *, deadline: float = 5.0) -> GenerativeComposer:
    settings = Settings(model="openai:scripted", model_base_url=server.url, model_api_key=SecretStr(CANARY))
    return GenerativeComposer(load_model(settings), name="openai:scripted", deadline=deadline)


async def told(server: ModelServer, *, deadline: float = 5.0) -> tuple[list[Draft], ProviderError | None]:
    """The drafts, and what they ended with."""
    drafts: list[Draft] = []
    try:
        async for draft in composer(server, deadline=deadline).compose("What happened?", list(OFFERED.values()), ()):
            drafts.append(draft)  # noqa: PERF401 - what came before a failure counts
    except ProviderError as exc:
        return drafts, exc
    return drafts, None


async def test_an_answer_streams_from_the_provider() -> None:
    with ModelServer(Reply(pieces=[LINES[index : index + 7] for index in range(0, len(LINES), 7)])) as server:
        assert await told(server) == (DRAFTS, None)
    [request] = server.requests
    assert request.body["model"] == "scripted"
    assert request.body["max_completion_tokens"] > 0
    assert not {"tools", "functions", "temperature"} & request.body.keys()
    assert all(item.span.text in request.text for item in OFFERED.values())
    assert CANARY not in request.text


async def test_the_first_draft_does_not_wait_for_the_last_word() -> None:
    heard, sent = threading.Event(), list[str]()

    def pieces() -> Iterator[str]:
        yield BEGUN
        heard.wait(20)
        sent.append("the last word")
        yield "\n"

    with ModelServer(Reply(pieces=pieces())) as server:
        drafts = composer(server, deadline=60).compose("What happened?", list(OFFERED.values()), ())
        assert await anext(drafts) == DRAFTS[0]
        assert not sent
        heard.set()
        await drafts.aclose()


async def test_a_failure_before_the_answer_is_tried_again() -> None:
    with ModelServer(Reply(status=500), Reply(status=429), Reply(pieces=[LINES])) as server:
        assert await told(server) == (DRAFTS, None)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(status=401, body=f'{{"error": {{"message": "wrong key {CANARY}"}}}}'), "refused the key"),
        (Reply(status=404), "knows no such model"),
        (Reply(status=400), "refused the request"),
        (Reply(body="<html>Sign in</html>"), "cannot be understood"),
        (Reply(body=""), "cannot be understood"),
        (Reply(), "empty answer"),
        (Reply(pieces=[" \n "]), "empty answer"),
    ],
)
async def test_what_cannot_succeed_is_said_at_once(
    reply: Reply, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="dateline")
    with ModelServer(reply) as server:
        drafts, error = await told(server)
    assert drafts == []
    assert error is not None
    assert message in error.message
    assert (error.exit_code, error.http_status) == (6, 502)
    assert error.hint
    assert CANARY not in f"{error!r} {error} {error.hint} {caplog.text}"
    assert len(server.requests) == 1


async def test_a_provider_that_stays_down_is_given_up() -> None:
    with ModelServer(Reply(status=503)) as server:
        drafts, error = await told(server, deadline=10)
    assert (drafts, len(server.requests)) == ([], 3)
    assert "failed (503)" in str(error)


async def test_nobody_listening_is_said() -> None:
    with ModelServer(Reply()) as server:
        gone = composer(server, deadline=10)
    with pytest.raises(ProviderError, match="cannot be reached"):
        await anext(gone.compose("What happened?", list(OFFERED.values()), ()))


@pytest.mark.parametrize("reply", [Reply(wait=30), Reply(pieces=["x"] * 300, pause=0.1)], ids=["hangs", "drips"])
async def test_the_deadline_holds_for_the_whole_answer(reply: Reply) -> None:
    with ModelServer(reply) as server:
        drafts, error = await told(server, deadline=1)
    assert drafts == []
    assert isinstance(error, ProviderTimeout)
    assert error.http_status == 504


@pytest.mark.parametrize(
    "reply",
    [
        Reply(pieces=[LINES[:120]], cut=True),
        Reply(pieces=[LINES[:120]], finish=None),
        Reply(pieces=[LINES[:120]], finish="length"),
        Reply(pieces=[LINES[:120]], finish="content_filter"),
    ],
    ids=["hung up", "no reason", "length", "filter"],
)
async def test_a_cut_answer_gives_what_was_whole_and_says_so(reply: Reply) -> None:
    with ModelServer(reply) as server:
        drafts, error = await told(server)
    assert drafts == DRAFTS[:1]
    assert isinstance(error, AnswerCut)
    assert "the answer was cut off" in error.message


async def test_cut_prose_loses_its_unfinished_sentence() -> None:
    with ModelServer(Reply(pieces=["The bridge reopened [br1]. Inga Holm cal"], finish="length")) as server:
        drafts, error = await told(server)
    assert [draft.text for draft in drafts] == ["The bridge reopened."]
    assert isinstance(error, AnswerCut)


async def test_an_answer_without_end_is_stopped() -> None:
    with ModelServer(Reply(pieces=itertools.repeat("again " * 200))) as server:
        _, error = await told(server, deadline=20)
        assert isinstance(error, AnswerCut)
        assert await asyncio.to_thread(server.hung_up.wait, 5)
    assert MAX_BYTES < 100_000


async def test_a_reader_who_leaves_ends_the_request() -> None:
    endless = itertools.chain([BEGUN], itertools.repeat(" "))
    with ModelServer(Reply(pieces=endless, pause=0.01)) as server:
        drafts = composer(server, deadline=60).compose("What happened?", list(OFFERED.values()), ())
        assert await anext(drafts) == DRAFTS[0]
        await drafts.aclose()
        assert await asyncio.to_thread(server.hung_up.wait, 5)


async def test_a_cancelled_question_is_cancelled_and_ends_the_request() -> None:
    with ModelServer(Reply(pieces=itertools.repeat("\n"), pause=0.01)) as server:
        task = asyncio.create_task(told(server))
        assert await asyncio.to_thread(server.asked.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.hung_up.wait, 5)


@pytest.mark.parametrize(
    "error",
    ['"code": "context_length_exceeded"', '"code": 400, "type": "exceed_context_size_error"'],
    ids=["openai", "llama.cpp"],
)
async def test_evidence_too_long_for_the_model_is_halved_once(error: str) -> None:
    too_long = Reply(status=400, body=f'{{"error": {{"message": "too long", {error}}}}}')
    with ModelServer(too_long, Reply(pieces=[LINES])) as server:
        assert await told(server) == (DRAFTS, None)
    first, second = (request.text.count('"sentence"') for request in server.requests)
    assert second < first
    with ModelServer(too_long) as server:
        _, failure = await told(server)
    assert isinstance(failure, PromptTooLong)
    assert len(server.requests) == 2


async def test_any_langchain_model_will_do() -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage(LINES)]))
    drafts = GenerativeComposer(model, name="fake").compose("What happened?", list(OFFERED.values()), ())
    assert [draft async for draft in drafts] == DRAFTS


async def test_whatever_a_model_raises_is_a_provider_error() -> None:
    model = GenericFakeChatModel(messages=iter([]))
    with pytest.raises(ProviderError):
        await anext(GenerativeComposer(model, name="fake").compose("What?", list(OFFERED.values()), ()))


async def test_a_redirect_is_not_followed() -> None:
    with ModelServer(Reply(pieces=[LINES])) as elsewhere:
        sent_on = Reply(status=307, body="", headers={"Location": f"{elsewhere.url}/chat/completions"})
        with ModelServer(sent_on) as server:
            drafts, error = await told(server)
    assert not drafts
    assert error is not None
    assert "307" in error.message
    assert not elsewhere.requests


MARKS = {
    "think": ("<think>", "</think>"),
    "attributes": ('<reasoning effort="high">', "</reasoning>"),
    "a longer name": ("<reasoning_content>", "</reasoning_content>"),
    "a chain": ("<chain_of_thought>", "</chain_of_thought>"),
    "square": ("[THINK]", "[/THINK]"),
    "space": ("< think >", "< /think >"),
    "another name": ("<inner_monologue>", "</inner_monologue>"),
    "another with a value": ('<weighing step="1">', "</weighing>"),
    "half tokens": ("<|channel>thought\n", "<channel|>"),
    "tokens": ("<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
    "channels": ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
}
REASONING = {
    "a draft": json.dumps({"text": "No.", "keys": ["br1"]}),
    "drafts": "\n".join(json.dumps({"text": text, "keys": ["br1"]}) for text in ("No.", "Or yes.", "Perhaps.")),
    "drafts in a list": json.dumps({"drafts": [{"text": "No.", "keys": ["br1"]}]}),
    "talk after a draft": json.dumps({"text": "No.", "keys": ["br1"]}) + "\n\nHmm, wait.",
    "talk": f"Perhaps {json.dumps({'text': 'No.', 'keys': ['br1']})}? The bridge [br1] fell.",
    "an open object": 'Perhaps {"text": "No.", "keys": ["br1"',
}


def shown_of(reply: str) -> list[Draft]:
    """What is shown in the end of a reply that comes sign by sign."""
    return settled(parsed(list(reply)))


@pytest.mark.parametrize("reasoning", REASONING.values(), ids=list(REASONING))
@pytest.mark.parametrize("marks", MARKS.values(), ids=list(MARKS))
def test_reasoning_is_no_part_of_the_answer(marks: tuple[str, str], reasoning: str) -> None:
    opening, closing = marks
    assert shown_of(f"{opening}{reasoning}{closing}\n{LINES}") == DRAFTS
    assert [draft.text for draft in shown_of(f"{opening}{reasoning}{closing}\n{PROSE}")] == [
        one.text for one in DRAFTS
    ]


@pytest.mark.parametrize("reasoning", REASONING.values(), ids=list(REASONING))
@pytest.mark.parametrize("marks", MARKS.values(), ids=list(MARKS))
def test_a_lone_closing_mark_ends_reasoning(marks: tuple[str, str], reasoning: str) -> None:
    assert shown_of(f"{reasoning}\n{marks[1]}\n{LINES}") == DRAFTS


def test_a_model_that_marks_only_the_end_is_waited_for_from_then_on() -> None:
    reply = f"{REASONING['drafts']}\n</think>\n{LINES}"
    first = DraftParser(OFFERED)
    assert [draft.anew for draft in first.feed(reply) + first.finish()] == [False, False, True, False]
    assert first.only_closes
    later = DraftParser(OFFERED, waits=True)
    assert later.feed(reply) + later.finish() == DRAFTS


ANSWERS_IN_ELEMENTS = {
    "one": f"<answer>\n{LINES}</answer>",
    "with talk after it": f"<answer>\n{LINES}</answer>\nI hope that helps.",
    "one each": f"<sentence>{json.dumps(FIRST)}</sentence>\n<sentence>{json.dumps(SECOND)}</sentence>",
    "numbered": f"<part1>{json.dumps(FIRST)}</part1><part2>{json.dumps(SECOND)}</part2>",
    "after reasoning": f"<weighing>{REASONING['drafts']}</weighing>\n<reply>{LINES}</reply>",
    "closed alone": f"{LINES}</output_text>",
    "never closed": f"<start_of_turn>model\n{LINES}<end_of_turn>",
    "in one that is never closed": f"<bos><weighing>{REASONING['talk']}</weighing>\n{LINES}",
    "prose": f"<final_answer>{PROSE}</final_answer>",
    "elements of HTML": "<p>The bridge reopened [br1].</p>\n<p>Inga Holm called it “a disgrace” [br3, br2].</p>",
}


@pytest.mark.parametrize("reply", ANSWERS_IN_ELEMENTS.values(), ids=list(ANSWERS_IN_ELEMENTS))
def test_an_answer_may_stand_in_an_element(reply: str) -> None:
    assert [(draft.text, draft.keys) for draft in shown_of(reply)] == [(draft.text, draft.keys) for draft in DRAFTS]


def test_an_element_within_a_sentence_is_part_of_it() -> None:
    [draft] = shown_of("The <place>Marn</place> bridge reopened [br1].")
    assert draft == Draft("The Marn bridge reopened.", ("br1",))


def test_no_depth_of_elements_breaks_the_parser() -> None:
    assert shown_of("".join(f"<a{number}b>" for number in range(500)) + PROSE) == []


@pytest.mark.parametrize("opening", [opening for opening, _ in MARKS.values()], ids=list(MARKS))
def test_a_reply_cut_within_its_reasoning_gives_nothing(opening: str) -> None:
    parser = DraftParser(OFFERED)
    shown = parser.feed(f"{opening}{REASONING['talk']}\n")
    assert (shown + parser.finish(complete=False), parser.answered) == ([], False)


def test_drafts_after_talk_wait_until_no_closing_mark_can_come() -> None:
    parser = DraftParser(OFFERED)
    assert parser.feed(f"Let me see.\n{LINES}") == []
    assert parser.finish() == DRAFTS
