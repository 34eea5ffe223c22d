"""Lines of a page that lead to other articles or tell of its writers, in any language. All of them are invented."""

from __future__ import annotations

import re

import pytest

from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, TITLE, linked, read

URL = "https://www.sarn.example/news/harbour-reopens-after-storm-4711"
OTHER = "/nyheter/havna-stengt-etter-stormen-4700"
LEADS = (
    f"<p>Mehr zum Thema: <a href='{OTHER}'>Der Hafen war vier Tage geschlossen</a></p>",
    f"<p><strong>Les også: </strong><a href='https://sarn.example{OTHER}'><b>Havna stengt etter stormen</b></a></p>",
    f"<p><a href='{OTHER}'>Czytaj więcej: Port zamknięty po sztormie</a></p>",
    f"<p>[<em>Lire aussi notre reportage : <a href='{OTHER}'>Au port, la colère</a></em>]</p>",
    f"<p>【関連記事】<a href='{OTHER}'>港は四日間閉鎖</a></p>",
    f"<p>▶ <a href='{OTHER}'>Harbour closed after the storm</a></p>",
    f"<h4>Leia também</h4><ul><li><a href='{OTHER}'>Porto fechado após a tempestade</a></li></ul>",
    f"<p><b>Lue myös</b></p><p><a href='{OTHER}'>Satama suljettu</a></p><p><a href='{OTHER}-2'>Lautat ovat</a></p>",
    f"<div><h4>LÄS MER</h4><p><a href='{OTHER}'>Hamnen stängd</a></p><p><a href='{OTHER}-2'>Färjorna</a></p></div>",
)
SENTENCES = (
    f"<p>The port had <a href='{OTHER}'>closed the harbour on Thursday when the storm came</a>, it said.</p>",
    "<p>The plan is public: <a href='https://port.example/plan.pdf'>Harbour of Veltrin, repairs</a></p>",
    "<p>The port named three quays:</p><ul><li>Mill Quay, beside the lock</li><li>Corn Wharf</li></ul>",
    "<p>Anyone who saw it is asked to write to <a href='mailto:desk@police.example'>desk@police.example</a>.</p>",
    "<p><em>Correction: An earlier version of this article gave the cost as 21 million crowns.</em></p>",
)
TOLD_IN_LINKS = (
    f"Elected: <a href='{OTHER}'>Ida Kern, with 1,204 votes</a>",
    f"Gewählt: <a href='{OTHER}'>Olaf Brett mit 987 Stimmen</a>",
    f"<a href='{OTHER}'>The port closed on Thursday.</a> <a href='{OTHER}-2'>It had done so twice before.</a>",
    f"<a href='{OTHER}'>“We shall be back on Monday”</a>",
)
CLOSINGS = (
    "<p><em>Ada Moss is a reporter at the Herald and has covered the islands since 2015.</em></p>",
    "<h4>Über Ada Moss</h4><p>Ada Moss schreibt seit 2015 über die Inseln.</p>",
    "<p>Reporting by Ada Moss; Editing by Ben Roe</p>"
    "<p>Our Standards: <a href='https://w.example/t'>Sarn Principles.</a></p>",
    "<p>(Reporte de Ada Moss; editado en español por Luis Gil)</p>",
    "<p>Spotted a mistake? <a href='/about/corrections'>See our corrections policy</a>.</p>",
    "<p>Fehler gefunden? Schreiben Sie an <a href='mailto:desk@sarn.example'>desk@sarn.example</a>.</p>",
)


def text(between: str = "", below: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:2]) + between + f"<p>{PARAGRAPHS[2]}</p>{below}"
    head = linked(author={"@type": "Person", "name": "Ada Moss"})
    return read(head, f"<main><article><h1>{TITLE}</h1>{body}</article></main>", url=URL).text


@pytest.mark.parametrize("lead", LEADS)
def test_lines_that_are_links_to_other_articles_are_left_out(lead: str) -> None:
    assert text(between=lead) == "\n\n".join(PARAGRAPHS)
    assert text(below=lead) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_with_links_lists_and_notes_are_kept(sentence: str) -> None:
    kept = text(between=sentence)
    assert all(line in kept for line in PARAGRAPHS)
    assert len(kept) > len("\n\n".join(PARAGRAPHS)) + 20


@pytest.mark.parametrize("line", TOLD_IN_LINKS)
@pytest.mark.parametrize("form", ["<p>{}</p>", "<ul><li>{}</li></ul>"])
def test_what_is_said_in_links_is_kept(line: str, form: str) -> None:
    assert re.sub("<.*?>", "", line) in text(between=form.format(line))


@pytest.mark.parametrize("closing", CLOSINGS)
def test_who_wrote_it_and_what_the_outlet_says_of_itself_are_left_out(closing: str) -> None:
    assert text(below=closing) == "\n\n".join(PARAGRAPHS)


def test_a_line_that_leads_to_another_publisher_of_the_same_country_is_kept() -> None:
    lead = "<p>Our plan, to read: <a href='https://port.co.uk/the-plan-for-it-4711'>Repairs of the harbour</a></p>"
    body = f"<main><article><h1>{TITLE}</h1>{BODY}{lead}</article></main>"
    assert read(HEAD, body, url="https://sarn.co.uk/news/harbour-4711").text.endswith("Repairs of the harbour")
    assert "Repairs" not in read(HEAD, body, url="https://news.port.co.uk/news/harbour-4711").text


def test_a_person_who_is_told_of_last_is_no_writer() -> None:
    last = "“I have waited for this ferry since Thursday,” said Ada Mossley, who runs a bakery on the quay."
    assert text(below=f"<p>{last}</p>").endswith(last)


def test_a_page_of_many_such_links_is_a_round_up_and_keeps_them() -> None:
    stops = "".join(
        f"<p>{PARAGRAPHS[0]}</p><p>Our account: <a href='{OTHER}-{n}'>What day {n} brought</a></p>" for n in range(8)
    )
    kept = read(HEAD, f"<main><article><h1>{TITLE}</h1>{BODY}{stops}</article></main>", url=URL).text
    assert "What day 3 brought" in kept


def test_an_agency_that_is_credited_below_the_text_is_its_origin() -> None:
    body = f"<article><h1>{TITLE}</h1>{BODY}<p>Additional reporting by The Associated Press.</p></article>"
    assert read(HEAD, body).origin == "AP"
