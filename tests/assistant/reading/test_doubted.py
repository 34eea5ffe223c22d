"""The words that nothing supports, from the checker to what a reader is shown."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import as_statement
from assistant.checks.verify import verify
from assistant.cli.answer_text import answer_lines
from assistant.compose.draft import Draft
from assistant.types import Statement
from tests.assistant.offered import BANK, MUSEUM, OFFERED, turn
from tests.assistant.reading.marking import Marking
from tui.answer_rows import statement_rows

BOUGHT = Draft("The museum did not sell the disputed painting to buy it.", ("mu1",))


def stated() -> Statement:
    verdict = verify(BOUGHT, {"mu1": MUSEUM}, checker=Marking("sell", "to buy it"))
    return as_statement(verdict).model_copy(update={"citations": (1,)})


def test_a_verdict_says_which_words_are_not_supported() -> None:
    assert stated().support == "partly"
    assert stated().doubted == ("sell", "to buy it")


def test_exact_checks_go_before_what_words_mean() -> None:
    draft = Draft("The Bank of Velden raised its key rate to 5.75%.", ("bk1",))
    verdict = verify(draft, OFFERED, checker=Marking())
    assert verdict.support == "unsupported"
    assert not verdict.doubted


def test_a_sentence_of_the_passage_itself_is_not_read() -> None:
    verdict = verify(Draft(BANK.span.text, ("bk1",)), OFFERED, checker=Marking("raised"))
    assert verdict.support == "supported"


def test_a_claim_far_from_its_passage_is_judged_by_its_words() -> None:
    draft = Draft("The museum left the contested picture to others.", ("mu1",))
    verdict = verify(draft, {"mu1": MUSEUM}, checker=Marking())
    assert verdict.support != "supported"
    assert not verdict.doubted


def test_a_text_in_another_language_is_judged_without_the_checker() -> None:
    german = replace(MUSEUM, span=MUSEUM.span.model_copy(update={"text": "Das Museum kaufte das Bild nicht."}))
    draft = Draft("Das Museum kaufte das Bild nicht, hieß es.", ("mu1",))
    assert not verify(draft, {"mu1": german}, checker=Marking("kaufte")).doubted


def test_a_terminal_shows_them_in_the_style_of_a_doubt() -> None:
    answer = turn("Who bought it?").answer.model_copy(update={"statements": (stated(),)})
    line = next(line for line in answer_lines(answer) if "to buy it" in line.text)
    assert {"sell", "to buy it"} <= set(line.styles["doubt"])


def test_the_chat_shows_them_in_the_colour_of_a_doubt() -> None:
    content = next(statement_rows(stated())).body
    shown = {content.plain[span.start : span.end] for span in content.spans if "warning" in str(span.style)}
    assert {"sell", "to buy it"} <= shown
