"""What was streamed can be withdrawn, and marks are found where they stand."""

from __future__ import annotations

from assistant.api.openai.telling import Telling
from assistant.types import Answer, Citation, Filter, Stated, Statement


def cited(number: int) -> Citation:
    return Citation(
        article_id=f"a{number}", version="v", start=0, end=5, text="Words", number=number, outlet="Post", title="T"
    )


def an_answer(text: str, *statements: Statement, notice: str = "") -> Answer:
    return Answer(
        question="Why?",
        standalone="Why?",
        text=text,
        outcome="answered",
        statements=statements,
        citations=(cited(1), cited(2)),
        filters=Filter(),
        as_of=None,
        independent_sources=1,
        receipt=None,
        conversation_id="c",
        model="extractive",
        notice=notice,
    )


def test_a_mark_that_an_article_prints_is_no_citation() -> None:
    said = Statement(text="The court wrote “[1] is void” [2].", citations=(1, 2))
    telling, answer = Telling("http://127.0.0.1:8765/"), an_answer(f"{said.text} [1] [2]", said)
    assert telling.stated(Stated(statement=said, citations=())) == answer.text
    assert telling.finished(answer) == ""
    first, second = telling.citations(answer)
    assert answer.text[: first.start_index] == f"{said.text} "
    assert answer.text[first.start_index : second.end_index] == "[1] [2]"
    assert first.url == "http://127.0.0.1:8765/articles/a1?version=v"


def test_what_a_model_takes_back_is_withdrawn_and_the_answer_told_whole() -> None:
    wrong, right = (Statement(text=text, citations=(1,)) for text in ("It thinks aloud.", "It says so."))
    telling, answer = Telling("http://localhost"), an_answer("It says so. [1]", right, notice="Beware.")
    streamed = telling.stated(Stated(statement=wrong, citations=()))
    streamed += telling.finished(answer)
    assert streamed == telling.text
    assert streamed.endswith("withdrawn.\n\nIt says so. [1]\n\nBeware.")
    [mark] = telling.citations(answer)
    assert streamed[: mark.end_index].endswith("It says so. [1]")


def test_the_nearest_sentences_stand_under_their_heading() -> None:
    near = Statement(text="It rained.", citations=(1,), nearest=True)
    told = "I found no sentence that answers this. The nearest say: It rained. [1]"
    telling = Telling("http://localhost")
    assert telling.stated(Stated(statement=near, citations=())) == told
    assert telling.finished(an_answer(told, near)) == ""
