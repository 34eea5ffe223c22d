"""Articles are found by their words at once; their meaning follows, and then all is as if it had come with them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ingest.archive.archive import Archive
from ingest.archive.catching_up import AT_ONCE, catch_up
from ingest.types import EVERYTHING, Article, Filter
from tests.fakes import HashEmbedder, an_article

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SUBJECTS = ("ferry", "harbour", "dam", "strike", "council", "bridge", "school", "storm")


def report(number: int) -> Article:
    subject, place = SUBJECTS[number % 8], SUBJECTS[number // 8 % 8]
    text = "\n\n".join(
        f"Report {number}.{part} tells of the {subject} at the {place}." for part in range(1 + number % 4)
    )
    return an_article(text, title=f"Report {number}", published=FIRST + timedelta(days=number))


REPORTS = [report(number) for number in range(80)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "archive", HashEmbedder())


def test_articles_are_found_by_words_before_they_have_vectors(archive: Archive) -> None:
    archive.add_by_words(REPORTS)
    assert len(archive.find_words("ferry", 500, EVERYTHING)) > 10
    assert archive.vectors.count() == 0
    assert archive.awaiting.count() == archive.store.summary().passages
    assert archive.find_meaning(archive.embedder.embed(["ferry"])[0], 5, Filter(outlets=("Ledger",))) == []


def test_the_newest_articles_come_first(archive: Archive) -> None:
    archive.add_by_words(REPORTS)
    next(catch_up(archive))
    with_vectors = {archive.store.passages([key])[key].article_id for key in archive.vectors.ids()}
    assert REPORTS[-1].id in with_vectors
    assert REPORTS[0].id not in with_vectors


def test_what_has_caught_up_is_as_what_came_with_its_vectors(archive: Archive, tmp_path: Path) -> None:
    archive.add_by_words(REPORTS[:50])
    next(catch_up(archive))
    archive.add_by_words(REPORTS[40:])
    changed = an_article(f"{REPORTS[3].text}\n\nIt was repaired.", title="Report 3", published=REPORTS[3].published)
    archive.add_by_words([changed])
    archive.remove(REPORTS[5].id)
    archive.catch_up()
    with Archive.open(tmp_path / "other", HashEmbedder()) as other:
        for article in [*REPORTS[:5], *REPORTS[6:], changed]:
            other.add([article])
        assert archive.vectors.ids() == archive.words.ids() == other.vectors.ids() == other.words.ids()
        for subject in SUBJECTS:
            vector = archive.embedder.embed([f"the {subject}"])[0]
            mine, theirs = (dict(one.find_meaning(vector, 400, EVERYTHING)) for one in (archive, other))
            assert mine == pytest.approx(theirs, abs=1e-3)
            assert set(dict(archive.find_words(subject, 400, EVERYTHING))) == set(
                dict(other.find_words(subject, 400, EVERYTHING))
            )
        ids = sorted(archive.vectors.ids())
        sentences = archive.embeddings.of_sentences(ids), other.embeddings.of_sentences(ids)
        assert all(np.array_equal(sentences[0][key], sentences[1][key]) for key in ids)
    assert archive.awaiting.count() == 0


def test_an_article_removed_while_its_passages_are_read_gets_no_vectors(archive: Archive) -> None:
    archive.add_by_words(REPORTS)
    steps = catch_up(archive)
    next(steps)  # the next passages are being read
    for one in REPORTS[:70]:
        archive.remove(one.id)
    for _ in steps:
        pass
    assert archive.vectors.ids() == set(archive.store.passage_ids())
    assert archive.awaiting.count() == 0


def test_a_stop_keeps_what_was_done(archive: Archive) -> None:
    archive.add_by_words(REPORTS)
    waiting = archive.awaiting.count()
    done = [step.done for step in catch_up(archive, stop=lambda: archive.vectors.count() > 0)]
    assert done == [AT_ONCE]
    assert archive.awaiting.count() == waiting - AT_ONCE


KILLED = """
import os, signal, sys
from pathlib import Path
from ingest.archive.archive import Archive
from ingest.archive.catching_up import catch_up
from tests.fakes import HashEmbedder
from tests.ingest.archive.test_catching_up import REPORTS

archive = Archive.open(Path(sys.argv[1]), HashEmbedder())
archive.add_by_words(REPORTS)
done = archive.awaiting.done
def killed_before(ids):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before it is noted":
    archive.awaiting.done = killed_before
next(catch_up(archive))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("moment", ["before it is noted", "after a step"])
def test_a_kill_while_catching_up_loses_nothing_and_rebuilds_nothing(tmp_path: Path, moment: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), moment], check=False)
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1
        assert archive.store.summary().articles == len(REPORTS)
        assert 0 < archive.awaiting.count() <= archive.store.summary().passages
        assert archive.find_words("ferry", 5, EVERYTHING)
        archive.catch_up()
        assert archive.vectors.ids() == archive.words.ids() == set(archive.store.passage_ids())


def test_sentences_of_passages_that_wait_have_vectors_when_they_are_asked_for(archive: Archive) -> None:
    archive.add_by_words(REPORTS[:4])
    ids = archive.store.passage_ids()
    early = archive.sentence_vectors(ids)
    archive.catch_up()
    late = archive.sentence_vectors(ids)
    assert early.keys() == late.keys() == set(ids)
    assert all((early[key] * late[key]).sum(axis=1).min() > 0.97 for key in ids)


def test_a_rebuild_leaves_what_waits_waiting(archive: Archive) -> None:
    archive.add(REPORTS[:20])
    archive.add_by_words(REPORTS[20:])
    waiting = archive.awaiting.ids()
    archive.index_anew()
    assert archive.awaiting.ids() == waiting
    assert archive.vectors.ids() == set(archive.store.passage_ids()) - waiting
