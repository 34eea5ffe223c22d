"""An answer on the terminal: nothing of its doubts is hidden."""

from __future__ import annotations

from assistant.cli.answer_text import answer_lines
from assistant.types import Answer, Filter, Statement

SAFE = Statement(text="The strike ended on Friday.", citations=(1,))
DOUBTED = Statement(
    text="Boats sail on Saturday.", citations=(1, 2), support="partly", reason="no article has the day"
)


def printed(*statements: Statement, **changes: object) -> str:
    values = {
        "question": "?",
        "standalone": "?",
        "text": " ".join(one.text + "".join(f" [{number}]" for number in one.citations) for one in statements),
        "outcome": "answered",
        "statements": statements,
        "citations": (),
        "filters": Filter(),
        "as_of": None,
        "independent_sources": 0,
        "receipt": None,
        "conversation_id": "talks",
        "model": "extractive",
    }
    return "\n".join(line.text for line in answer_lines(Answer.model_validate(values | changes)))


def test_what_is_fully_supported_is_one_paragraph() -> None:
    assert printed(SAFE, SAFE) == f"{SAFE.text} [1] {SAFE.text} [1]\n\nconversation talks"


def test_a_doubted_sentence_is_marked_and_the_reason_stands_below_it() -> None:
    lines = printed(SAFE, DOUBTED, outcome="partly").splitlines()
    assert lines[:3] == [f"{SAFE.text} [1]", f"~ {DOUBTED.text} [1] [2]", "  partly: no article has the day"]


def test_an_answer_that_is_not_complete_says_so() -> None:
    assert printed(SAFE, outcome="partly").splitlines()[-1] == "partly answered · conversation talks"


def test_a_citation_of_a_part_of_an_article_says_so() -> None:
    cited = {"article_id": "a", "version": "v", "start": 0, "end": 1, "text": "x", "number": 1}
    citation = {**cited, "outlet": "Coast Courier", "title": "Strike ends", "partial": "the page was cut off"}
    assert "    ! the page was cut off" in printed(SAFE, citations=(citation,)).splitlines()
