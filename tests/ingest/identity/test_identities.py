"""Which texts are one article: addresses of one page, entries of feeds, archives of an earlier Dateline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert

from ingest.address import page_of
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.collections import Collections
from ingest.database.tables import removed
from ingest.extract.partial import HEADLINE
from ingest.intake import ingest_sources, reindex_sources
from ingest.types import Article, Member, Outcome, sha
from tests.fakes import HashEmbedder, an_article
from tests.ingest.feeds.feed_windows import FEEDS, ITEMS, SITE, rss

PAGE = "https://www.lowlandpost.example/economy/2026/harvest-report-77812.html"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened
        assert [finding for finding in examine(opened) if not finding.ok] == []


def taken(archive: Archive, path: Path, content: bytes) -> list[Outcome]:
    path.write_bytes(content)
    return [event for event in ingest_sources(archive, [path]) if isinstance(event, Outcome)]


def texts(archive: Archive) -> list[str]:
    """The texts of all articles; of each it has to be the only one."""
    found = list(archive.store.all_articles())
    assert [len(archive.store.versions(one.id)) for one in found] == [1] * len(found)
    return sorted(one.text for one in found)


@pytest.mark.parametrize(
    "address",
    [
        "http://lowlandpost.example/economy/2026/harvest-report-77812.html/",
        "https://m.lowlandpost.example:443/economy//2026/harvest-report-77812.html?CMP=share&ref=home",
        "https://amp.lowlandpost.example/economy/2026/harvest-report-77812.html?xtor=RSS-3",
        "https://www.lowlandpost.example/amp/economy/2026/harvest-report-77812.amp.html",
        "https://www.lowlandpost.example/economy/2026/harvest%2Dreport-77812.html?amp=1&ITO=1490#comments",
        "https://www.google.com/amp/s/www.lowlandpost.example/economy/2026/harvest-report-77812.html",
        "https://www-lowlandpost-example.cdn.ampproject.org/c/s/lowlandpost.example/economy/2026/harvest-report-77812.html",
    ],
)
def test_the_addresses_of_one_page_name_one_page(address: str) -> None:
    assert page_of(address) == page_of(PAGE)


def test_what_selects_content_is_kept() -> None:
    addresses = [PAGE, f"{PAGE}?id=1", f"{PAGE}?id=2", f"{PAGE}?page=2", PAGE.replace("www.", "news."), PAGE[:-6]]
    addresses += ["https://m.example/x", "https://amp.example/x", "https://lowlandpost.example/ampere/1"]
    assert len({page_of(address) for address in addresses}) == len(addresses)


def rows(*addresses: str, texts: Sequence[str] = ()) -> bytes:
    told = [*texts] or [ITEMS[0][1]] * len(addresses)
    made = (
        json.dumps({"title": "Harvest report", "text": text, "url": url, "outlet": "Lowland Post"})
        for url, text in zip(addresses, told, strict=True)
    )
    return "\n".join(made).encode()


def test_a_query_that_nobody_lists_names_the_same_page_where_the_text_is_the_same(
    archive: Archive, tmp_path: Path
) -> None:
    outcomes = taken(archive, tmp_path / "a.jsonl", rows(PAGE, f"{PAGE}?zone=7", f"{PAGE}?zone=8&s=09"))
    assert [one.status for one in outcomes] == ["added", "unchanged", "unchanged"]
    assert taken(archive, tmp_path / "b.jsonl", rows(f"{PAGE}?zone=9"))[0].status == "unchanged"
    assert len(texts(archive)) == 1


def test_a_query_that_selects_another_text_is_another_article(archive: Archive, tmp_path: Path) -> None:
    taken(archive, tmp_path / "a.jsonl", rows(f"{PAGE}?id=1", f"{PAGE}?id=2", texts=[ITEMS[0][1], ITEMS[1][1]]))
    assert len(texts(archive)) == 2


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_of_a_feed_is_an_article(archive: Archive, tmp_path: Path, name: str) -> None:
    taken(archive, tmp_path / "feed.xml", FEEDS[name](range(4)))
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize(
    "windows", [[(0, 1), (1, 2), (2,), (2, 3), (3,), (0, 1, 2, 3)], [(0,), (0, 1), (1,), (3, 2)]]
)
def test_an_entry_is_the_same_whatever_stands_beside_it(
    archive: Archive, tmp_path: Path, name: str, windows: Sequence[Sequence[int]]
) -> None:
    for number, window in enumerate(windows):
        taken(archive, tmp_path / f"{number}.xml", FEEDS[name](window))
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


def test_what_stands_at_the_address_of_entries_is_none_of_them(archive: Archive, tmp_path: Path) -> None:
    feed = FEEDS["the guid null and the site for all"]
    taken(archive, tmp_path / "a.xml", feed(range(3)))
    taken(archive, tmp_path / "b.jsonl", rows(f"{SITE}/", texts=[ITEMS[3][1]]))
    taken(archive, tmp_path / "c.jsonl", rows(f"{SITE}/?id=3", texts=["The site has a new look, its editor writes."]))
    assert len(texts(archive)) == 5


def test_an_entry_with_a_guid_of_its_own_can_change_its_title(archive: Archive, tmp_path: Path) -> None:
    feed = FEEDS["numbers from 0 at one address"](range(4)).replace(b'"id": 0', b'"id": 9')
    taken(archive, tmp_path / "a.json", feed)
    outcomes = taken(archive, tmp_path / "b.json", feed.replace(b"Otter seen in", b"Otters seen in"))
    assert [one.status for one in outcomes] == ["unchanged", "unchanged", "unchanged", "updated"]


@pytest.mark.parametrize("link", [f"{SITE}/a/{{}}", f"{SITE}/live", f"{SITE}/live#p{{}}"])
def test_a_feed_that_numbers_its_entries_from_the_top_loses_none(archive: Archive, tmp_path: Path, link: str) -> None:
    for number, window in enumerate([(0, 1), (2, 0), (3, 2), (1, 0)]):
        places = {n: place for place, n in enumerate(window, 1)}
        items = "".join(
            f"<item><title>{ITEMS[n][0]}</title><guid isPermaLink='false'>{place}</guid>"
            f"<link>{link.format(n if '/a/' in link else place)}</link>"
            f"<description>{ITEMS[n][1]}</description></item>"
            for n, place in places.items()
        )
        feed = f"<rss version='2.0'><channel><title>Brenn Post</title>{items}</channel></rss>"
        taken(archive, tmp_path / f"{number}.xml", feed.encode())
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


@pytest.mark.parametrize("guid", ["", "<guid isPermaLink='false'>brenn-{}7</guid>"])
@pytest.mark.parametrize("title", ["{0}", "Notice"])
def test_entries_that_stand_alone_at_one_address_are_articles_of_their_own(
    archive: Archive, tmp_path: Path, guid: str, title: str
) -> None:
    for number, n in enumerate([0, 1, 2, 1, 3]):
        made = rss(
            lambda n: f"<title>{title.format(ITEMS[n][0])}</title><link>{SITE}/now</link>{guid.format(n)}",
            title=False,
        )
        taken(archive, tmp_path / f"{number}.xml", made([n]))
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


def test_an_entry_that_stands_alone_can_change_its_title_and_go_on(archive: Archive, tmp_path: Path) -> None:
    made = rss(lambda n: f"<link>{SITE}/now</link><guid isPermaLink='false'>brenn-7</guid>")
    feed = made([0])
    later = feed.replace(b"Ferry line to Asker closes", b"Bus for Asker").replace(b"in its place.", b"from 2 May.")
    taken(archive, tmp_path / "a.xml", feed)
    assert [one.status for one in taken(archive, tmp_path / "b.xml", later)] == ["updated"]


@pytest.mark.parametrize("title", ["<title>In brief</title>", ""])
@pytest.mark.parametrize("date", ["", "<pubDate>Mon, 02 Mar 2026 06:10:00 +0000</pubDate>"])
def test_another_text_is_another_entry_whatever_else_is_shared(
    archive: Archive, tmp_path: Path, title: str, date: str
) -> None:
    made = rss(lambda n: f"{title}<link>{SITE}/brief</link><guid>{SITE}/brief</guid>{date}", title=False, date=False)
    for number, window in enumerate([(0, 1), (1,), (2, 1), (3,), (2, 3)]):
        taken(archive, tmp_path / f"{number}.xml", made(window))
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


def test_feeds_of_one_title_that_count_their_entries_stay_apart(archive: Archive, tmp_path: Path) -> None:
    for n, title in enumerate(["Office closed", "Office closed", "News", "News"]):
        named = f"<title>{title}</title><guid isPermaLink='false'>1</guid>"
        item = f"<item>{named}<description>{ITEMS[n][1]}</description></item>"
        feed = f"<rss version='2.0'><channel><title>News</title><link>{SITE}/{n}/</link>{item}</channel></rss>"
        taken(archive, tmp_path / f"{n}.xml", feed.encode())
    assert texts(archive) == sorted(text for _, text, _ in ITEMS)


def test_an_entry_that_is_only_a_headline_is_kept_as_one(archive: Archive, tmp_path: Path) -> None:
    items = "".join(f"<item><title>{title}</title><link>{SITE}/</link></item>" for title, _, _ in ITEMS)
    taken(
        archive,
        tmp_path / "a.xml",
        f"<rss version='2.0'><channel><title>Brenn</title>{items}</channel></rss>".encode(),
    )
    assert texts(archive) == sorted(title for title, _, _ in ITEMS)
    assert {one.partial for one in archive.store.all_articles()} == {HEADLINE}


# Records without address, and addresses whose page is selected by what only tracks elsewhere

LIVES = (
    "Marta Quill, who ran the ferry office of Brenn for forty years, died on Sunday at 88. She lent umbrellas to "
    "anyone who missed the boat, and got nearly all of them back within the week.",
    "Jonas Eide, organ builder of Torvik, died on Friday after a short illness. His last instrument stands in the "
    "school hall and will be played at the funeral by his granddaughter on Thursday at noon.",
    "Per Holt, a shepherd, died on the mountain where he had lived since 1961. His dog came to the village alone "
    "and led the neighbours up to the hut, where the stove was still warm.",
)
FINED = (
    "The court in {} has fined {} for fishing on the quay in March. The fine of {} crowns is to be paid by the first "
    "of May, or eleven days are to be served in the county jail."
)


def records(*texts: str, title: str = "Obituaries", **more: str) -> bytes:
    made = ({"title": title, "text": text, "outlet": "Brenn Post", **more} for text in texts)
    return "\n".join(map(json.dumps, made)).encode()


@pytest.mark.parametrize("more", [{}, {"date": "2026-03-02"}])
@pytest.mark.parametrize(
    "told",
    [
        LIVES,
        tuple(
            FINED.format(*each)
            for each in (("Sund", "a baker", 200), ("Marn", "a pilot", 350), ("Olm", "a clerk", 90))
        ),
    ],
)
def test_records_under_a_standing_title_are_told_apart_by_their_texts(
    archive: Archive, tmp_path: Path, told: Sequence[str], more: dict[str, str]
) -> None:
    taken(archive, tmp_path / "a.jsonl", records(*told, **more))
    assert texts(archive) == sorted(told)
    again = taken(archive, tmp_path / "b.jsonl", records(*reversed(told), **more))
    assert [one.status for one in again] == ["unchanged"] * 3
    assert {one.status for one in reindex_sources(archive) if isinstance(one, Outcome)} == {"unchanged"}


@pytest.mark.parametrize("name", ["a.jsonl", "b.jsonl"])
def test_a_record_that_was_written_on_is_a_version(archive: Archive, tmp_path: Path, name: str) -> None:
    later = LIVES[1].replace("nearly", "almost").replace("a short illness", "an illness") + " He was 71."
    taken(archive, tmp_path / "a.jsonl", records(*LIVES))
    outcomes = taken(archive, tmp_path / name, records(LIVES[0], later, LIVES[2]))
    assert sorted(one.status for one in outcomes) == ["unchanged", "unchanged", "updated"]


def test_a_file_under_its_title_is_what_stands_in_it_now(archive: Archive, tmp_path: Path) -> None:
    taken(archive, tmp_path / "a.txt", f"Obituary\n\n{LIVES[0]}".encode())
    assert taken(archive, tmp_path / "a.txt", f"Obituary\n\n{LIVES[1]}".encode())[0].status == "updated"
    assert taken(archive, tmp_path / "b.txt", f"Obituary\n\n{LIVES[2]}".encode())[0].status == "added"


@pytest.mark.parametrize("name", ["ref", "mod", "hp", "xtor"])
def test_what_tracks_elsewhere_can_select_a_page(archive: Archive, tmp_path: Path, name: str) -> None:
    pages = [f"https://ships.example/entry?{name}={number}" for number in range(3)]
    for file, shown in (("a", LIVES), ("b", (LIVES[0], f"{LIVES[1]} He was 71.", LIVES[2]))):
        content = b"\n".join(records(text, title="Register", url=url) for url, text in zip(pages, shown, strict=True))
        statuses = sorted(one.status for one in taken(archive, tmp_path / f"{file}.jsonl", content))
    assert statuses == ["unchanged", "unchanged", "updated"]


def test_a_page_that_goes_on_is_one_whatever_tracks(archive: Archive, tmp_path: Path) -> None:
    told = [(LIVES[0], f"{PAGE}?ref=home"), (f"{LIVES[0]} The funeral is on Thursday.", f"{PAGE}?ref=rss")]
    statuses = [
        taken(archive, tmp_path / f"{n}.jsonl", records(text, url=url))[0].status
        for n, (text, url) in enumerate(told)
    ]
    assert statuses == ["added", "updated"]


def earlier(archive: Archive, *articles: Article) -> None:
    """Put articles into an archive as an earlier Dateline did, under ids of single addresses."""
    archive.add([one.model_copy(update={"id": sha("url", one.url or "")}) for one in articles])
    archive.manifest = archive.manifest.model_copy(update={"names": 1})
    archive.manifest.save(archive.folder)


def test_an_archive_of_an_earlier_dateline_knows_its_articles(tmp_path: Path) -> None:
    source, text = tmp_path / "a.jsonl", ITEMS[0][1]
    variants = [PAGE, f"{PAGE}?zone=3", PAGE.replace("www.", "mobile.")]
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        told = [an_article(text, title="Harvest report", outlet="Lowland Post", url=url) for url in variants]
        old = an_article(
            "An older text of the harvest report, with less in it.", title="Harvest", url=f"{PAGE}?ref=x"
        )
        other = an_article(ITEMS[1][1], title="Other", url=f"{PAGE}?id=4")
        earlier(archive, *told, old, other)
    source.write_bytes(rows(*variants))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        for event in ingest_sources(archive, [source]):
            if isinstance(event, Outcome):
                assert (event.status, event.article_id) == ("unchanged", sha("url", PAGE))
        outcomes = [event for event in reindex_sources(archive) if isinstance(event, Outcome)]
        joined = [one for one in outcomes if one.status == "skipped"]
        assert len(joined) == 3
        assert all(PAGE in one.reason for one in joined)
        assert {one.id for one in archive.store.all_articles()} == {sha("url", PAGE), sha("url", f"{PAGE}?id=4")}
        assert len(archive.store.versions(sha("url", PAGE))) == 2
        assert [one.status for one in reindex_sources(archive) if isinstance(one, Outcome)] == ["unchanged"] * 3
        assert [finding for finding in examine(archive) if not finding.ok] == []


def test_entries_that_an_earlier_dateline_took_for_one_are_told_apart(tmp_path: Path) -> None:
    title, text, _ = ITEMS[3]
    (tmp_path / "feed.xml").write_bytes(FEEDS["the guid null and the site for all"](range(4)))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        earlier(archive, an_article(text, title=title, outlet="Brenn Post", url="https://brennpost.example/"))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        taken(archive, tmp_path / "feed.xml", (tmp_path / "feed.xml").read_bytes())
        assert texts(archive) == sorted(text for _, text, _ in ITEMS)


def test_what_was_removed_from_an_earlier_archive_stays_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(PAGE))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        taken(archive, tmp_path / "a.jsonl", rows(PAGE))
        [article] = archive.store.all_articles()
        archive.remove(article.id)
        with archive.store.engine.begin() as sql:
            sql.execute(removed.delete())
            sql.execute(insert(removed), {"article_id": sha("url", PAGE), "at": 0})
        assert [one.status for one in reindex_sources(archive) if isinstance(one, Outcome)] == ["skipped"]


def test_a_better_reading_of_an_address_makes_no_second_article(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        taken(archive, source, rows("https://lowlandpost.example/wrong/place"))
        [before] = archive.store.all_articles()
        outcomes = taken(archive, source, rows("https://lowlandpost.example/right/place"))
        assert [one.reason for one in outcomes] == ["changed: address"]
        assert [one.id for one in archive.store.all_articles()] == [before.id]


def saved(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f'<title>{title}</title><link rel="canonical" href="{PAGE}">'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def test_a_better_reading_of_a_saved_page_makes_no_second_article(tmp_path: Path) -> None:
    texts = [text for _, text, _ in ITEMS]
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        taken(archive, tmp_path / "a.html", saved("Markets: Harvest is the best in years", *texts[:3]))
        [before] = archive.store.all_articles()
        [outcome] = taken(archive, tmp_path / "a.html", saved("Harvest is the best in years", *texts[:4]))
        assert (outcome.status, outcome.article_id) == ("updated", before.id)
        assert len(archive.store.versions(before.id)) == 2


def test_another_article_in_the_file_of_a_saved_page_is_another_article(tmp_path: Path) -> None:
    texts = [text for _, text, _ in ITEMS]
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        taken(archive, tmp_path / "a.html", saved("Harvest is the best in years", *texts[:2]))
        [outcome] = taken(archive, tmp_path / "a.html", saved("School meals to cost more", *texts[2:4]))
        assert outcome.status == "added"


def test_an_entry_that_was_decoded_wrongly_is_read_right_in_its_place(archive: Archive, tmp_path: Path) -> None:
    text = "Die Fähre nach Köln fährt vom Mai an nur noch zweimal täglich, beschloß der Rat für das nächste Jahr."
    for said in (text.encode().decode("cp1252"), text):
        item = f"<item><title>{said.partition(' nach')[0]}</title><description>{said}</description></item>"
        feed = f"<rss version='2.0'><channel><title>Bote</title>{item}</channel></rss>"
        outcomes = taken(archive, tmp_path / "a.xml", feed.encode())
    assert [one.status for one in outcomes] == ["updated"]
    assert [one.text for one in archive.store.all_articles()] == [text]


def test_a_chain_of_doubles_leads_to_one_article(tmp_path: Path) -> None:
    first, second = ITEMS[0][1], ITEMS[1][1]
    plain, variant, query = PAGE, PAGE.replace("www.", "m."), f"{PAGE}?zzz=5"
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        told = [(first, plain), (second, variant), (second, query)]
        earlier(archive, *(an_article(text, title="Harvest", outlet="Lowland Post", url=url) for text, url in told))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        list(reindex_sources(archive))
        [one] = archive.store.all_articles()
        versions = [archive.store.article(one.id, each.digest) for each in archive.store.versions(one.id)]
        assert [each and each.id for each in versions] == [one.id, one.id]
        record = {"title": "Harvest", "text": second, "url": query, "source": "Lowland Post"}
        [outcome] = taken(archive, tmp_path / "b.json", json.dumps([record]).encode())
        assert outcome.article_id == one.id


def test_a_collection_holds_the_article_that_stands_for_its_double(tmp_path: Path) -> None:
    told = [(ITEMS[0][1], PAGE), (ITEMS[1][1], PAGE.replace("www.", "m."))]
    articles = [an_article(text, title="Harvest", outlet="Lowland Post", url=url) for text, url in told]
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        earlier(archive, *articles)
        members = [Member(kind="article", value=sha("url", url)) for _, url in told]
        for name, some in {"both": members, "one": members[1:]}.items():
            Collections(archive.store.engine).change(name, some, ())
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        list(reindex_sources(archive))
        [standing] = archive.store.all_articles()
        made = Collections(archive.store.engine).list()
    assert [(each.name, each.articles) for each in made] == [("both", 1), ("one", 1)]
    assert {member.value for each in made for member in each.members} == {standing.id}
