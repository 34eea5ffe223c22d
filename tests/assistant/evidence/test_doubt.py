"""Times of publication that are still to come: kept as they are said, and used for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.search.retriever import Retriever
from assistant.wording import published
from ingest.archive.archive import Archive
from ingest.doubt import believed
from ingest.types import Article, Filter
from tests.fakes import HashEmbedder, an_article

ASKED = datetime(2026, 11, 25, 12, tzinfo=UTC)
STRIKE = "The ferry strike at Lisk entered its third week, the harbour office said."


def dated(title: str, at: datetime, *, captured: datetime | None = None, text: str = STRIKE) -> Article:
    article = an_article(text, title=title, url=f"https://news.example/{title}", published=at)
    return article.model_copy(update={"captured": captured})


TO_COME = dated("advert", datetime(2030, 1, 1, tzinfo=UTC))
TOMORROW = dated("tomorrow", ASKED + timedelta(hours=20))
RECENT = dated("recent", ASKED - timedelta(days=2))
BEFORE = dated("before", ASKED - timedelta(days=40))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        opened.add([TO_COME, RECENT, BEFORE])
        yield opened


def titles(archive: Archive, at: datetime, **wanted: date) -> list[str]:
    return [hit.article.title for hit in Retriever(archive, lambda: at).newest(5, Filter(**wanted))]


def test_a_time_to_come_leads_nothing_and_passes_no_filter(archive: Archive) -> None:
    assert titles(archive, ASKED) == ["recent", "before", "advert"]
    assert titles(archive, ASKED, since=date(2026, 11, 18)) == ["recent"]
    assert titles(archive, ASKED, since=date(2029, 1, 1)) == []


def test_a_time_becomes_true_when_it_has_come(archive: Archive) -> None:
    later = datetime(2030, 1, 2, tzinfo=UTC)
    assert titles(archive, later, since=date(2029, 1, 1)) == ["advert"]
    assert titles(archive, later)[0] == "advert"


def test_a_time_to_come_counts_as_unknown_among_what_fits(archive: Archive) -> None:
    retriever = Retriever(archive, lambda: ASKED)
    hits = retriever.find("ferry strike", retriever.vector("ferry strike"), 5, order="newest")
    assert [hit.article.title for hit in hits] == ["recent", "before", "advert"]
    assert hits[-1].article.published is None


def test_what_it_says_is_shown_as_its_words() -> None:
    assert published(believed(TO_COME, ASKED)) == "undated (“1 January 2030”)"


def test_clocks_and_zones_may_differ_by_a_day() -> None:
    assert believed(TOMORROW, ASKED) == TOMORROW
    assert believed(RECENT, ASKED) == RECENT


def test_a_page_cannot_be_later_than_it_was_saved() -> None:
    page = dated("saved", datetime(2026, 3, 1, tzinfo=UTC), captured=datetime(2026, 1, 1, tzinfo=UTC))
    assert believed(page, ASKED).published is None
    assert page.day is None
