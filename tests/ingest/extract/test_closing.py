"""What is left out below the text of an article, and what is not. All of it is invented."""

from __future__ import annotations

import pytest

from tests.ingest.extract.web_pages import PARAGRAPHS, TITLE, linked, read

SENTENCES = (
    "Mira Stoll, who lives below the dam, told the council that her cellar was wet.",
    "Mira Stoll is waiting for an answer from the council of Denmoor.",
    "“We heard nothing,” said Mira Stoll, whose cellar is still under water.",
    "Mira Stoll contributed to this victory with two goals in the last minutes.",
    "Reported in the town hall were losses of nine millions.",
    "Produced in Denmoor since 1931, the cheese is now sold in four countries.",
    "Produced by Nestor Dairy in Denmoor, the cheese is sold in four countries.",
    "Written by hand in 1931, the letter was found on Monday.",
    "Edited by nobody, it was read by all of Sarn.",
    "Four villages contributed to this report with their own figures.",
    "Our standards: nothing below nine marks is bought, the dairy said.",
    "Mira Stoll, die unterhalb des Dammes wohnt, hofft auf den Herbst.",
    "Geschrieben von Hand, liegt der Brief nun im Museum von Sarn.",
    "Mira Stoll a raconté sa nuit au conseil municipal de Denmoor.",
    "Écrit par des élèves, le texte sera lu lundi devant la mairie.",
    "Mira Stoll dijo al consejo que su sótano estaba bajo el agua.",
    "Escrito por vecinos de Denmoor, el texto se leerá el lunes.",
)
CLOSINGS = (
    "<p><em>Mira Stoll is a reporter at the Herald.</em></p>",
    "<div class='author-note'><p>Mira Stoll covers the islands, and has done so since 2015.</p></div>",
    "<p><a href='/autor/mira-stoll'>Mira Stoll</a> ist Redakteurin im Ressort Inseln.</p>",
    "<hr><p>Mira Stoll est journaliste à Denmoor.</p>",
    "<p>Mira Stoll es periodista: <a href='mailto:mira@sarn.example'>mira@sarn.example</a></p>",
    "<p>Additional reporting by Jan Roe in Sarn and Lu Ek; Editing by Ben Roe</p>",
    "<p>The Sarn Post's Jan Roe contributed to this report.</p>",
    "<p>Unter Mitarbeit von Jan Roe und Lu Ek.</p>",
    "<p>Avec la collaboration de Jan Roe à Sarn</p>",
    "<p>(Reporte de Mira Stoll; editado en español por Luis Gil)</p>",
)


def below(markup: str) -> str:
    """What the text has behind the paragraphs of the story."""
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    head = linked(author={"@type": "Person", "name": "Mira Stoll"})
    text = read(head, f"<main><article><h1>{TITLE}</h1>{body}{markup}</article></main>").text
    assert text.startswith("\n\n".join(PARAGRAPHS))
    return text.removeprefix("\n\n".join(PARAGRAPHS)).strip()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_last_sentence_stays(sentence: str) -> None:
    assert below(f"<p>{sentence}</p>") == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_last_sentence_in_italics_stays(sentence: str) -> None:
    assert below(f"<p><em>{sentence}</em></p>") == sentence


@pytest.mark.parametrize("markup", CLOSINGS)
def test_biographies_and_credits_go(markup: str) -> None:
    assert below(markup) == ""


def test_the_line_above_credits_stays() -> None:
    assert below("<p>Some names have been changed</p><p>Editing by Ben Roe</p>") == "Some names have been changed"
