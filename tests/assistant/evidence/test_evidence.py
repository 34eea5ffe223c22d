"""From passages to the sentences that bear on a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evidence.evidence import Evidence
from assistant.evidence.pieces import points_back
from ingest.archive.archive import Archive
from tests.assistant.offered import evidence_for
from tests.fakes import HashEmbedder, an_article, trained_reader

SPEECH = (
    "Inspectors closed the gallery on Monday. It had stood open since May. "
    "“The drains were blocked,” said chief inspector Leonie Arkwell. “Nobody had looked at them for years.” "
    "The county will pay 38 million crowns for the repair of the dam."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as opened:
        opened.add(
            [
                an_article(SPEECH, title="Dam repair", outlet="Gazette"),
                an_article(SPEECH, title="Dam to be repaired", outlet="Ledger"),
                an_article("Ferries sail again from Port Ellery on Friday, the company said.", title="Ferries"),
            ]
        )
        yield opened


def find(archive: Archive, question: str) -> list[Evidence]:
    return evidence_for(archive, question, trained_reader())


def test_evidence_is_an_exact_slice_of_its_article(archive: Archive) -> None:
    found = find(archive, "What will the repair of the dam cost?")
    assert found
    for evidence in found:
        assert evidence.article.text[evidence.span.start : evidence.span.end] == evidence.span.text


def test_the_sentence_that_answers_comes_first(archive: Archive) -> None:
    best = find(archive, "How many crowns will the county pay for the repair of the dam?")[0]
    assert "38 million crowns" in best.span.text


def test_a_quotation_keeps_its_speaker_and_goes_on_to_its_end(archive: Archive) -> None:
    best = find(archive, "What did Leonie Arkwell say about the drains?")[0]
    assert best.span.text.startswith("“The drains were blocked,” said chief inspector Leonie Arkwell.")
    assert best.span.text.endswith("Nobody had looked at them for years.”")


def test_a_pronoun_brings_the_sentence_before_it(archive: Archive) -> None:
    best = find(archive, "Since when had the gallery stood open?")[0]
    assert best.span.text.startswith("Inspectors closed the gallery on Monday. It had stood open since May.")


def test_the_same_sentence_in_two_papers_is_one_piece_with_a_copy(archive: Archive) -> None:
    best = find(archive, "How many crowns will the county pay for the repair of the dam?")[0]
    assert {best.article.outlet, *(copy.outlet for copy in best.copies)} == {"Gazette", "Ledger"}
    assert len(best.copies) == 1


def test_no_two_pieces_of_evidence_overlap(archive: Archive) -> None:
    spans = [evidence.span for evidence in find(archive, "What about the dam and its drains?")]
    assert len(spans) > 1
    for one in spans:
        others = [other for other in spans if other is not one and other.article_id == one.article_id]
        assert all(other.end <= one.start or one.end <= other.start for other in others)


def test_a_quotation_that_nobody_is_said_to_have_said_is_no_evidence(tmp_path: Path) -> None:
    text = (
        "The council met on Tuesday. “I have never liked the bridge of Orrin,” said mayor Ada Quell. "
        "“It shakes in any wind.” Her deputy left early.\n\n"
        "“The bridge of Orrin will be closed for a year.”\n\n"
        "The bridge of Orrin closes on 4 May."
    )
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(text, title="Bridge")])
        spans = [one.span.text for one in find(archive, "What did Ada Quell say about the bridge of Orrin?")]
    assert any(span.startswith("“I have never liked") for span in spans)
    assert not any(span.startswith("“The bridge of Orrin will be closed") for span in spans)
    assert not any(span.startswith("“It shakes") for span in spans)


@pytest.mark.parametrize("mark", ["?", "؟", "？"])
def test_a_question_in_an_article_answers_none(tmp_path: Path, mark: str) -> None:
    text = f"When will the bridge of Orrin be closed{mark}\n\nThe bridge closes on 4 May."
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(text, title="Bridge")])
        assert find(archive, "When will the bridge of Orrin be closed?")[0].span.text == "The bridge closes on 4 May."


@pytest.mark.parametrize("aside", ["For sluice updates, visit the live blog.", "Follow Sluice Orlen on Twitter."])
def test_what_sends_readers_elsewhere_is_no_evidence(tmp_path: Path, aside: str) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(f"{aside} The sluice at Orlen opens on Friday.", title="Sluice")])
        assert [one.span.text for one in find(archive, "What are the sluice updates of Orlen?")] == [
            "The sluice at Orlen opens on Friday."
        ]


TOLD = "The council met on Tuesday evening to talk about the sluice and about the harbour, its clerk said."


@pytest.mark.parametrize("line", ["Orin Vale", "More:Sluice of Orlen closes.", "Tarn Gazette —"])
def test_a_line_that_is_no_sentence_is_no_evidence(tmp_path: Path, line: str) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(f"{line}\n\n{TOLD}", title="Sluice")])
        assert [one.span.text for one in find(archive, f"What of {line}, the sluice and the council?")] == [TOLD]


def test_a_dateline_is_no_part_of_the_evidence(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(f"ORLEN, Marenth — {TOLD}", title="Sluice")])
        [found] = find(archive, "What did the council talk about?")
        assert found.span.text == TOLD
        assert found.article.text[found.span.start : found.span.end] == TOLD


def test_a_headline_that_alone_answers_is_evidence(tmp_path: Path) -> None:
    title = "Ada Quell wins the election for mayor of Orlen"
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(TOLD, title=title)])
        best = next(one for one in find(archive, "Who won the election for mayor of Orlen?") if one.words)
    assert (best.span.part, best.span.text, best.words) == ("title", title, "Ada Quell")


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("She closed the lock.", True),
        ("“The lock leaks,” she warned.", True),
        ("The lock leaks, he noted, and badly.", True),
        ("“It leaks,” Mira Stoll said.", False),
        ("Mira Stoll closed the lock because it leaked.", False),
    ],
)
def test_a_sentence_points_back_by_a_pronoun_outside_its_quotations(sentence: str, back: bool) -> None:
    assert points_back(sentence) is back
