"""Who wrote a web page: what it states, and the byline that it prints."""

from __future__ import annotations

import pytest

from tests.ingest.extract.web_pages import HEAD, linked, read, story


def person(name: str | list[str]) -> dict[str, object]:
    return {"@type": "Person", "name": name}


@pytest.mark.parametrize(
    "byline",
    [
        "<span itemprop='author'><a itemprop='name'>Ada Moss</a> <em itemprop='jobTitle'>Reporter</em></span>",
        "<p>By <a rel='author' href='/x'>Ada Moss</a></p>",
        "<div class='article-byline'>By <b>Ada Moss</b> <i>Globe Staff</i> <time>3 June 2025</time></div>",
        "<p><a class='css-1x' href='/staff/ada-moss/'>Ada Moss</a></p>",
        "<small>by Ada Moss</small>",
    ],
)
def test_a_printed_byline_is_found_however_it_is_marked(byline: str) -> None:
    assert read(HEAD, story(byline)).authors == ("Ada Moss",)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<aside><span class='byline'>By Ada Moss</span></aside>",
        "<div class='comments'><span class='author'>Ada Moss</span></div>",
        "<ul class='related'><li><a rel='author'>Ada Moss</a></li></ul>",
        "".join(f"<p><b class='byline'>By Ada {name}</b></p>" for name in ("Moss", "Roe", "Lund", "Vos", "Ek")),
    ],
)
def test_bylines_of_other_articles_and_of_readers_are_not_taken(elsewhere: str) -> None:
    assert read(HEAD, story("") + elsewhere).authors == ()


def test_the_byline_completes_what_is_stated() -> None:
    page = story("<div class='byline'>By <b>Ada Moss</b> and <b>Ben Roe</b></div>")
    assert read(linked(author=person("Ada Moss")), page).authors == ("Ada Moss", "Ben Roe")


def test_the_byline_tells_how_a_name_is_spelt() -> None:
    page = story("<div class='byline'>By Solène Roe</div>")
    assert read(linked(author=person("Solene Roe")), page).authors == ("Solène Roe",)


def test_who_only_helped_is_no_author() -> None:
    page = story("<div class='byline'>By <b>Ada Moss</b> <i>Photography by</i> <b>Ben Roe</b></div>")
    stated = linked(author=[person("Ada Moss"), person("Ben Roe")])
    assert read(stated, page).authors == ("Ada Moss",)


def test_an_organisation_is_no_person() -> None:
    organisation = {"@type": "Organization", "name": "Sarn Institute"}
    assert read(linked(author=organisation), story("<p class='byline'>By Ada Moss</p>")).authors == ("Ada Moss",)
    assert read(linked(author=organisation)).authors == ()


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ([[person("Ada Moss")], {"@list": [person("Ben Roe")]}], ("Ada Moss", "Ben Roe")),
        ({"@type": "Person", "givenName": "Łucja", "familyName": "Żak"}, ("Łucja Żak",)),
        ("Ada Moss und Ben Roe", ("Ada Moss", "Ben Roe")),
        ([person("dpa"), person("Sarn Blick Redaktion"), person("Ada Moss")], ("Ada Moss",)),
    ],
)
def test_authors_are_read_in_every_shape_of_json_ld(author: object, names: tuple[str, ...]) -> None:
    assert read(linked(author=author, publisher={"name": "Sarn Blick"})).authors == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "<p>Von <a href='/impressum/autor-1.html'>Özgür Şahin</a> und <a href='/x'>Ada Moss</a></p>",
            ("Özgür Şahin", "Ada Moss"),
        ),
        ("<p class='firma'>di <b>Pio Šušmelj</b> e <b>Ada Moss</b></p>", ("Pio Šušmelj", "Ada Moss")),
        ("<p><strong>Par Émeline Roustan</strong></p>", ("Émeline Roustan",)),
        ("<p><strong>Ada Moss</strong></p>", ("Ada Moss",)),
        ("<div>Text: Åsa Öman</div><div>Foto: Nils Ek</div>", ("Åsa Öman",)),
        ("<div class='author'>作者：王海涛、陈婧</div>", ("王海涛", "陈婧")),
        ("<div class='author'><a href='/autor/ada-moss'>Ada Moss</a><button>Folgen</button></div>", ("Ada Moss",)),
    ],
)
def test_bylines_are_found_in_other_languages(byline: str, names: tuple[str, ...]) -> None:
    assert read(HEAD, story(byline)).authors == names


def test_names_in_a_list_and_in_several_elements_are_all_taken() -> None:
    assert read(linked(author=person(["Ada Moss", "Ben Roe"]))).authors == ("Ada Moss", "Ben Roe")
    metas = "<meta name='author' content='Ada Moss'><meta name='author' content='Ben Roe'>"
    assert read(HEAD + metas).authors == ("Ada Moss", "Ben Roe")


def test_an_author_that_is_only_referred_to_is_looked_up() -> None:
    graph = linked(**{"@graph": [{"@id": "#ada", **person("Ada Moss")}], "author": {"@id": "#ada"}})
    assert read(graph).authors == ("Ada Moss",)


def test_an_agency_that_is_credited_is_the_origin() -> None:
    article = read(linked(author=person("The Associated Press")))
    assert (article.authors, article.origin) == ((), "AP")


@pytest.mark.parametrize("label", ["Written by", "Geschrieben von", "Écrit par", "Scritto da", "Author"])
def test_the_card_of_a_page_names_the_writer_by_a_label(label: str) -> None:
    card = [("label1", "Est. reading time"), ("data1", "3 minutes"), ("label2", label), ("data2", "Ada Moss")]
    head = "".join(f"<meta name='twitter:{name}' content='{line}'>" for name, line in card)
    assert read(HEAD + head).authors == ("Ada Moss",)


@pytest.mark.parametrize("job", ["Senior Reporter", "Chief Political Correspondent", "Redakteurin"])
def test_a_post_alone_is_no_writer(job: str) -> None:
    assert read(HEAD, story(f"<p class='byline'>{job}</p>")).authors == ()
