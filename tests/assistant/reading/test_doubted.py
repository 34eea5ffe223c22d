"""The words that nothing supports, from the checker to what a reader is shown."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import as_statement
from assistant.cli.answer_text import answer_lines
from assistant.compose.draft import Draft
from assistant.types import Statement
from assistant.verify import verify
from tests.assistant.offered import BANK, MUSEUM, OFFERED, turn
from tests.assistant.reading.marking import Marking
from tui.answer_rows import statement_rows

BOUGHT = Draft("The museum bought the old painting, its visitors say.", ("mu1",))


def stated() -> Statement:
    verdict = verify(BOUGHT, {"mu1": MUSEUM}, checker=Marking("bought", "visitors"))
    return as_statement(verdict).model_copy(update={"citations": (1,)})


def test_a_verdict_says_which_words_are_not_supported() -> None:
    assert stated().support == "partly"
    assert stated().doubted == ("bought", "visitors")


def test_exact_checks_go_before_what_words_mean() -> None:
    draft = Draft("The Bank of Velden raised its key rate to 5.75%.", ("bk1",))
    verdict = verify(draft, OFFERED, checker=Marking())
    assert verdict.support == "unsupported"
    assert not verdict.doubted


def test_a_sentence_of_the_passage_itself_is_not_read() -> None:
    verdict = verify(Draft(BANK.span.text, ("bk1",)), OFFERED, checker=Marking("raised"))
    assert verdict.support == "supported"


def test_what_the_checker_passes_needs_no_words_in_common() -> None:
    draft = Draft("The museum did not acquire the disputed painting at all.", ("mu1",))
    assert verify(draft, {"mu1": MUSEUM}, checker=Marking()).support == "supported"
    assert verify(draft, {"mu1": MUSEUM}).support != "supported"


def test_a_text_in_another_language_is_judged_without_the_checker() -> None:
    german = replace(MUSEUM, span=MUSEUM.span.model_copy(update={"text": "Das Museum kaufte das Bild nicht."}))
    draft = Draft("Das Museum kaufte das Bild nicht, hieß es.", ("mu1",))
    assert not verify(draft, {"mu1": german}, checker=Marking("kaufte")).doubted


def test_a_terminal_shows_them_in_the_style_of_a_doubt() -> None:
    answer = turn("Who bought it?").answer.model_copy(update={"statements": (stated(),)})
    line = next(line for line in answer_lines(answer) if "bought" in line.text)
    assert {"bought", "visitors"} <= set(line.styles["doubt"])


def test_the_chat_shows_them_in_the_colour_of_a_doubt() -> None:
    content = next(statement_rows(stated())).body
    shown = {content.plain[span.start : span.end] for span in content.spans if "warning" in str(span.style)}
    assert {"bought", "visitors"} <= shown
