"""Follow-ups become questions that can be understood alone; others stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from assistant.compose.model import load_model
from assistant.conversations.followup import LONGEST, further_back, in_context, standalone, standalone_with
from assistant.settings import Settings
from assistant.types import Turn
from tests.assistant.offered import turn
from tests.llm_server import ModelServer, Reply

FLOOD = turn("How many houses were flooded in Arnheim during the storm?")
MAYOR = turn("What did Inga Holm say about the bridge?")


@pytest.mark.parametrize(
    "question",
    [
        "Who won the regional election in Velden?",
        "Why did the Bank of Velden raise its key rate?",
        "Did Paulo Reis say he would resign?",
        "Is it true that Blueway raised its fares?",
        "Is there a plan for the harbour?",
        "What happened in Velden this week?",
        "Which museum refused to return the painting that was stolen?",
        "How many Munros are there?",
        "How many Munros are there and how long did it take to climb them?",
        "What did Blueway pay for the Lady Ellery, and what did it do with her?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert standalone(question, [FLOOD]) == question


def test_without_a_conversation_nothing_is_added() -> None:
    assert standalone("  Why\nwas that? ", []) == "Why was that?"


def test_another_place_takes_the_place_of_the_one_before() -> None:
    assert standalone("And in Velden?", [FLOOD]) == "How many houses were flooded in Velden during the storm?"
    mayor = turn("Who is the mayor of Dorn?")
    assert standalone("and of Velden?", [mayor]) == "Who is the mayor of Velden?"
    for other in ("And of course, who paid for it?", "And of them?", "What about of 2025?"):
        assert "mayor of" not in standalone(other, [mayor])


@pytest.mark.parametrize(
    "question",
    ["why?", "When was that?", "Who paid for it?", "What about the schools?", "tell me more", "What happened there?",
     "Where do they live?", "what did their lawyer say about the mayor's plan?", "Who is Paulo Reis to them?"],
)  # fmt: skip
def test_a_follow_up_gets_the_subject_of_the_question_before(question: str) -> None:
    told = standalone(question, [MAYOR, FLOOD])
    assert told.startswith(question)
    assert "Arnheim" in told
    assert "Holm" not in told


def test_he_and_she_become_the_person_spoken_of() -> None:
    assert standalone("When did she open it?", [MAYOR]) == "When did Inga Holm open it? (bridge)"
    assert standalone("What is her salary?", [MAYOR]) == "What is Inga Holm’s salary?"


def test_a_person_of_the_answer_serves_where_the_question_named_none() -> None:
    by_speaker = turn("Why did the bridge close?", speaker="Paulo Reis")
    by_headline = turn("Why did the bridge close?", title="After the flood Paulo Reis checks every bolt")
    assert standalone("What does he propose?", [by_speaker]).startswith("What does Paulo Reis propose?")
    assert standalone("What does he propose?", [by_headline]).startswith("What does Paulo Reis propose?")


def test_somebody_named_two_turns_ago_is_still_spoken_of() -> None:
    won = turn("Who won the by-election in Lisk North?", answering="Yara Tamsin")
    votes = turn("By how many votes?", standalone="By how many votes? (Lisk North won by-election)")
    assert standalone("How old is she?", [won, votes]) == "How old is Yara Tamsin?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (turn("Who won in Lisk North?", answering="Yara Tamsin"), "And who was the Federalist she beat?",
         "And who was the Federalist Yara Tamsin beat?"),
        (turn("Who is Paulo Reis?", answering="Senator Inga Holm"), "What law did he write?",
         "What law did Paulo Reis write?"),
        (turn("Who is Holm’s lawyer?", answering="Paulo Reis"), "What law did he write?",
         "What law did Paulo Reis write?"),
        (turn("What does Inga Holm owe to Velden Savings Bank?"), "And what does she owe Blueway?",
         "And what does Inga Holm owe Blueway?"),
    ],
)  # fmt: skip
def test_whom_a_pronoun_means(before: Turn, question: str, expected: str) -> None:
    assert standalone(question, [before]) == expected


def test_a_name_with_initials_is_one_name() -> None:
    assert standalone("How old was she?", [turn("When did K.T. Oslin die?")]) == "How old was K.T. Oslin?"
    assert standalone("How old is he?", [turn("What did Robert K. Oermann say?")]) == "How old is Robert K. Oermann?"


def test_other_people_and_earlier_subjects_are_further_readings() -> None:
    found = further_back("When did he say that?", [MAYOR, turn("Who is Paulo Reis?")])
    assert found[0].startswith("When did Inga Holm say that?")
    assert "bridge" in " ".join(further_back("Why was that?", [MAYOR, FLOOD]))


@pytest.mark.parametrize("question", ["How high was the water in Velden?", "Who won the cup?", "headlines"])
def test_a_complete_question_borrows_nothing_from_long_ago(question: str) -> None:
    assert further_back(question, [MAYOR, FLOOD]) == []


def test_one_name_and_another_subject_are_put_together() -> None:
    told = standalone("What did Paulo Reis say about it?", [MAYOR])
    assert told.startswith("What did Paulo Reis say about it?")
    assert "bridge" in told


def test_a_question_without_a_name_can_be_read_with_the_subject_of_the_one_before() -> None:
    assert in_context("How high was the water?", [FLOOD]) == "How high was the water? (Arnheim houses flooded storm)"
    assert in_context("Is it true that the old ferry sank?", [FLOOD]) is not None
    assert in_context("How high was the water in Velden?", [FLOOD]) is None
    assert in_context("How high was the water?", []) is None


def test_the_subject_of_a_conversation_goes_before_the_last_question_of_it() -> None:
    asked = "How many of the old wooden houses burnt down there?"
    earlier = turn(asked, standalone=f"{asked} (Arnheim fire)")
    assert standalone("Why was that?", [earlier]) == "Why was that? (Arnheim fire wooden houses burnt down)"


def test_brackets_that_somebody_typed_are_of_the_question() -> None:
    earlier = turn("who leads the WMO (World Meteorological Organization)")
    assert standalone("Since when?", [earlier]) == "Since when? (WMO World Meteorological Organization leads)"


@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
def test_any_question_becomes_one_line(question: str, previous: str) -> None:
    told = standalone(question, [turn(previous)])
    assert "\n" not in told
    assert len(told) <= max(LONGEST, 4 * len(question) + len(previous))


# By a chat model


async def by_model(reply: Reply, question: str = "When did she open it?") -> str:
    with ModelServer(reply) as server:
        settings = Settings(model="openai:scripted", model_base_url=server.url, model_api_key=SecretStr("sk-x"))
        return await standalone_with(load_model(settings), question, [MAYOR])


async def test_a_chat_model_s_wording_is_taken() -> None:
    assert (
        await by_model(Reply(pieces=["When did Inga Holm open the bridge?\n"]))
        == "When did Inga Holm open the bridge?"
    )


@pytest.mark.parametrize(
    "reply",
    [
        Reply(pieces=[""]),
        Reply(pieces=["open " * 100]),
        Reply(pieces=["Sure!\nWhen did Inga Holm open the bridge?"]),
        Reply(pieces=["I cannot help with this."]),
        Reply(status=401),
        Reply(body="<html>"),
    ],
    ids=["empty", "long", "lines", "no word kept", "refused", "no JSON"],
)
async def test_a_chat_model_that_fails_or_rambles_is_not_needed(reply: Reply) -> None:
    assert await by_model(reply) == "When did Inga Holm open it? (bridge)"


async def test_the_first_question_needs_no_model() -> None:
    with ModelServer(Reply()) as server:
        model = load_model(Settings(model="openai:scripted", model_base_url=server.url))
        assert await standalone_with(model, "Who won?", []) == "Who won?"
    assert server.requests == []
