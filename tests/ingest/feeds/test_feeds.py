"""Feeds that are checked: what is fetched, what is not, and what stays true when a feed or this process breaks."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.subscriptions import EVERY, Subscriptions
from ingest.database.tables import versions
from ingest.polling import check
from ingest.types import Outcome
from tests.fakes import HashEmbedder, a_fetcher
from tests.feed_site import Site, Story
from tests.ingest.feeds.reader import BEGAN, Reader, feed_of, statuses

ROOT = Path(__file__).parents[3]


def test_new_entries_are_fetched_and_taken_in_with_the_time_that_the_feed_gives(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    assert statuses(reader.look()) == ["added", "added"]
    article = next(reader.archive.store.all_articles())
    assert "promised a report" in article.text
    assert article.published in {datetime(2026, 10, 23, 10, n, 7, tzinfo=UTC) for n in (1, 2)}
    assert article.published_precision == "second"
    assert (reader.feed.title, reader.feed.last_new, reader.feed.checked) == ("Harbour Post", BEGAN, BEGAN)


def test_an_unchanged_feed_is_answered_with_304_and_nothing_is_fetched(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    assert reader.look() == []
    assert reader.site.not_modified == 1
    assert reader.site.hits["/story/1"] == 1


@pytest.mark.parametrize("honours", [True, False])
def test_reordered_and_shortened_feeds_change_nothing(reader: Reader, honours: bool) -> None:
    reader.site.honours_conditions = honours
    reader.site.stories = [Story(number) for number in range(4)]
    reader.look()
    reader.site.stories.reverse()
    assert reader.look() == []
    del reader.site.stories[1:]
    assert reader.look() == []
    assert len(list(reader.archive.store.all_articles())) == 4
    assert max(hits for path, hits in reader.site.hits.items() if path != "/feed") == 1


def test_an_updated_entry_becomes_a_new_version(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story, Story(2)]
    reader.look()
    story.revision = 1
    assert statuses(reader.look()) == ["updated"]
    assert "revision 1" in reader.texts()
    assert reader.versions(story) == 2
    assert reader.site.hits["/story/2"] == 1


def test_a_failing_feed_says_since_when_and_why_and_waits_longer_each_time(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    reader.site.fault = (500, {})
    waits = []
    for _ in range(12):
        reader.later()
        [outcome] = reader.look()
        assert outcome.status == "failed"
        assert reader.feed.due is not None
        waits.append(reader.feed.due - reader.time)
    assert waits[:3] == [EVERY, 2 * EVERY, 4 * EVERY]
    assert waits[-1] == timedelta(days=1)
    assert (reader.feed.failing_since, "500" in reader.feed.reason) == (BEGAN + EVERY, True)
    assert [one.address for one in reader.feeds.failing()] == [reader.site.url()]
    reader.site.fault = None
    [outcome] = reader.look()
    assert (outcome.status, outcome.reason) == ("unchanged", "it can be read again")
    assert (reader.feed.failing_since, reader.feed.reason) == (None, "")


def test_the_wait_that_a_server_asks_for_is_kept(reader: Reader) -> None:
    reader.site.fault = (503, {"Retry-After": "7200"})
    reader.look()
    assert reader.feed.due == reader.time + timedelta(hours=2)
    reader.later()
    assert reader.feeds.due() == []


def test_a_feed_that_is_gone_is_kept_and_not_asked_again(reader: Reader) -> None:
    reader.site.fault = (410, {})
    reader.look()
    reader.later(timedelta(days=400))
    assert (reader.feed.due, reader.feeds.due()) == (None, [])
    assert "no longer checked" in reader.feed.reason


@pytest.mark.parametrize(
    "content", [b"<html><body>Welcome</body></html>", b'<!DOCTYPE r [<!ENTITY x "y">]><rss/>', b""]
)
def test_what_is_no_feed_any_more_is_failing(reader: Reader, content: bytes) -> None:
    reader.site.raw = content
    assert statuses(reader.look()) == ["failed"]
    assert reader.feed.failing_since == BEGAN


def test_a_damaged_feed_is_read_again_whole_the_next_time(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    whole = reader.site.feed()
    reader.site.raw = whole[: whole.rindex(b"</description>")]
    assert statuses(reader.look()) == ["failed", "added"]
    reader.site.raw = None
    assert statuses(reader.look()) == ["added"]


def test_what_the_user_removed_stays_out(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story]
    [outcome] = reader.look()
    reader.archive.remove(outcome.article_id or "")
    story.revision = 1
    assert statuses(reader.look()) == ["skipped"]


def test_what_is_kept_no_longer_is_dropped_by_a_check_and_stays_out(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story]
    reader.look()
    reader.archive.retentions.set("feed", reader.feed.address, 90)
    with reader.archive.store.engine.begin() as sql:
        sql.execute(update(versions).values(seen=versions.c.seen - 91 * 86_400))
    assert statuses(reader.look()) == ["dropped"]
    assert reader.look() == []
    story.revision = 1
    [outcome] = reader.look()
    assert (outcome.status, outcome.reason) == ("unchanged", "dropped 90 days after it was ingested")
    assert reader.texts() == ""


def test_a_check_that_breaks_off_anywhere_loses_nothing_and_fetches_nothing_safe_twice(reader: Reader) -> None:
    reader.site.stories = [Story(number) for number in range(20)]
    for stop_after in (1, 8, 9, 3):
        safe = {outcome.item for outcome in reader.look(stop_after=stop_after)}
        before = dict(reader.site.hits)
        reader.look(stop_after=1)
        assert all(
            reader.site.hits[item.removeprefix(reader.site.url(""))] == before[item.removeprefix(reader.site.url(""))]
            for item in safe
        )
    reader.look()
    assert len(list(reader.archive.store.all_articles())) == 20
    assert reader.look() == []


@pytest.mark.slow
@pytest.mark.thorough
def test_over_fifty_polls_nothing_is_lost_deleted_or_fetched_without_need(reader: Reader) -> None:
    """New, updated, scrolled off, reordered, failing, broken and slow-to-tell states in a fixed random order."""
    chosen, site = random.Random(3), reader.site
    everything: dict[int, Story] = {}
    needed = 0
    for poll in range(50):
        event = chosen.choice(["new", "new", "update", "reorder", "drop", "nothing", "fail", "break"])
        site.fault, site.raw = None, None
        if event == "new" or not site.stories:
            for _ in range(chosen.randint(1, 3)):
                story = everything[len(everything)] = Story(len(everything))
                site.stories.insert(0, story)
                needed += 1
        elif event == "update":
            chosen.choice(site.stories).revision += 1
            needed += 1
        elif event == "reorder":
            chosen.shuffle(site.stories)
        elif event == "drop":
            del site.stories[6:]
        elif event == "fail":
            site.fault = chosen.choice([(500, {}), (429, {"Retry-After": "60"}), (404, {})])
        elif event == "break":
            site.raw = b"<html><body>We will be back soon</body></html>"
        outcomes = reader.look()
        failed = event in ("fail", "break")
        assert ("failed" in statuses(outcomes)) == failed, (poll, event, outcomes)
        assert (reader.feed.failing_since is not None) == failed
        reader.later()
    pages = sum(hits for path, hits in site.hits.items() if path != "/feed")
    assert pages == needed
    assert site.not_modified > 0
    assert len(list(reader.archive.store.all_articles())) == len(everything)
    for story in everything.values():
        assert f"captain {story.number * 7}, in revision {story.revision} " in reader.texts()


_CHECKING = """
import sys
from pathlib import Path
from ingest.archive.archive import Archive
from ingest.database.subscriptions import Subscriptions
from ingest.polling import check
from ingest.types import Outcome
from tests.fakes import HashEmbedder, a_fetcher
with Archive.open(Path(sys.argv[1]), HashEmbedder()) as archive:
    feeds = Subscriptions(archive.store.engine)
    feeds.add(sys.argv[2])
    for event in check(archive, feeds, feeds.list(), a_fetcher(sys.argv[2].split('/')[2])):
        if isinstance(event, Outcome):
            print(event.status, event.item, flush=True)
"""


@pytest.mark.parametrize(
    "wanted", [9, *(pytest.param(wanted, marks=[pytest.mark.slow, pytest.mark.thorough]) for wanted in (1, 30))]
)
def test_a_killed_check_is_completed_by_the_next(tmp_path: Path, wanted: int) -> None:
    with Site(stories=[Story(number) for number in range(40)]) as site:
        command = [sys.executable, "-c", _CHECKING, str(tmp_path / "archive"), site.url()]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}
        ) as first:
            assert first.stdout is not None
            promised = [first.stdout.readline().split()[1].decode() for _ in range(wanted)]
            first.send_signal(signal.SIGKILL)
        before = dict(site.hits)
        with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
            feeds = Subscriptions(archive.store.engine)
            outcomes = [
                e for e in check(archive, feeds, feeds.list(), a_fetcher(site.host)) if isinstance(e, Outcome)
            ]
            assert len(list(archive.store.all_articles())) == 40
            assert [finding for finding in examine(archive) if not finding.ok] == []
        again = [
            path for path in (url.removeprefix(site.url("")) for url in promised) if site.hits[path] > before[path]
        ]
        assert again == []
        assert "failed" not in statuses(outcomes)


def test_a_feed_from_which_no_article_has_come_says_so(reader: Reader) -> None:
    reader.site.raw = feed_of()
    assert statuses(reader.look()) == ["skipped"]
    assert "no article has come from it" in reader.feed.reason
    assert reader.feed.failing_since is None
    reader.site.raw = None
    reader.site.stories = [Story(1)]
    reader.look()
    assert reader.feed.reason == ""
