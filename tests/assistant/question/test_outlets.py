"""Which outlets a question names as its sources."""

from __future__ import annotations

import pytest

from assistant.question.outlets import named_outlets, without_sources

KNOWN = (
    "Harbour Post", "Evening Tide", "The Lantern", "Beacon", "Coast News - Health", "Coast News - Sport",
    "islandtimes.example", "Time",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("According to the Harbour Post, how long is the crack?", ["Harbour Post"]),
        ("What does Evening Tide say about the ferry?", ["Evening Tide"]),
        ("What did The Lantern and the Harbour Post report?", ["Harbour Post", "The Lantern"]),
        ("How many died, as reported by both ‘Evening Tide’ and Beacon?", ["Beacon", "Evening Tide"]),
        ("In the Lantern's article, who is blamed?", ["The Lantern"]),
        ("Which man, accused by Beacon of fraud, was freed?", ["Beacon"]),
        ("Which dam did Beacon describe as unsafe?", ["Beacon"]),
        ("Who does Island Times say will pay?", ["islandtimes.example"]),
        ("Was the bridge shut, according to Coast News?", ["Coast News - Health", "Coast News - Sport"]),
        ("Was the bridge shut, according to Coast News - Sport?", ["Coast News - Sport"]),
        ("Do the Harbour Post and the Evening Tide differ on the number?", ["Evening Tide", "Harbour Post"]),
        ("What was said in Time magazine?", ["Time"]),
        ("what does the evening tide say about the ferry", ["Evening Tide"]),
        ("According to the Harbour Post's engineers, how long is the crack?", ["Harbour Post"]),
    ],
)
def test_a_source_is_read_out_of_a_question(question: str, named: list[str]) -> None:
    assert list(named_outlets(question, KNOWN)) == named


@pytest.mark.parametrize(
    "question",
    [
        "Why did the Harbour Post dismiss its editor?",
        "Who bought the Evening Tide?",
        "Who was hired by Beacon?",
        "How many jobs did The Lantern cut?",
        "Is it time to say goodbye to the ferry?",
        "who left the lantern by the sea",
        "Who carried the lantern, according to the mayor?",
        "How many ships came in Beacon's first hundred days?",
        "What does the Beacon Hill report say?",
        "Who is the mayor of Port Ellery?",
        "What does the Gazette say?",
        "",
    ],
)
def test_an_outlet_that_is_not_asked_to_tell_is_no_source(question: str) -> None:
    assert named_outlets(question, KNOWN) == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How long is the crack, according to the Harbour Post?", "How long is the crack?"),
        ("According to The Lantern, how long is the crack?", "how long is the crack?"),
        ("Who is to blame, as reported by both ‘Evening Tide’ and Beacon?", "Who is to blame?"),
        ("What does Beacon say about the crack?", "What does say about the crack?"),
        ("Who bought the Evening Tide?", "Who bought the Evening Tide?"),
    ],
)
def test_a_question_can_be_put_to_everyone(question: str, asked: str) -> None:
    assert without_sources(question, KNOWN) == asked
