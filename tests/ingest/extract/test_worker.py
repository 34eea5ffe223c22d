"""Pages taken apart in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from assistant.service.owner import lives
from ingest.errors import DatelineError, ExtractError, NotAnArticle
from ingest.extract.worker import Extractor, Limits, Pending
from ingest.types import Page
from tests.waiting import wait_for

SENTENCE = "The harbour council voted on Tuesday to dredge the northern channel before the winter storms. "
ORDINARY = f"<html><head><title>Channel</title></head><body><article><p>{SENTENCE * 6}</p></article></body></html>"
# As many elements as are read at all, and nothing but links: that takes many seconds.
ENDLESS = f"<html><body><article><p>{f'<a href=x>{SENTENCE}</a>' * 95_000}</p></article></body></html>"

_INGESTS_FOR_EVER = """
from ingest.extract.worker import Extractor
from tests.ingest.extract.test_worker import ENDLESS, page
if __name__ == "__main__":
    with Extractor(workers=1) as extractor:
        pending = extractor.begin(page(ENDLESS))
        import multiprocessing, time
        while not multiprocessing.active_children():
            time.sleep(0.01)
        print(multiprocessing.active_children()[0].pid, flush=True)
        pending()
"""

_READS_ONE = """
from ingest.extract.worker import Extractor
from tests.ingest.extract.test_worker import ORDINARY, page
if __name__ == "__main__":
    with Extractor(workers=1) as extractor:
        print(extractor.begin(page(ORDINARY))()[0].title)
"""


def page(markup: str, media_type: str = "text/html") -> Page:
    return Page("channel.html", markup.encode(), media_type, url="https://harbourpost.example/channel")


@pytest.fixture
def extractor() -> Iterator[Extractor]:
    with Extractor(workers=2) as opened:
        yield opened


def test_articles_come_back_from_their_process(extractor: Extractor) -> None:
    pending = [extractor.begin(page(ORDINARY)) for _ in range(3)]
    assert {articles()[0].title for articles in pending} == {"Channel"}
    assert multiprocessing.active_children()


def test_why_a_page_is_no_article_comes_back_too(extractor: Extractor) -> None:
    with pytest.raises(NotAnArticle, match="no article text"):
        extractor.begin(page("<html><body></body></html>"))()


def test_a_hint_survives_the_way_back(extractor: Extractor) -> None:
    attributes = " ".join(f"a{number}" for number in range(300))
    with pytest.raises(ExtractError) as caught:
        extractor.begin(page(f"<html><body><p {attributes}>{SENTENCE}</p></body></html>"))()
    assert caught.value.hint


def test_plain_text_starts_no_process(extractor: Extractor) -> None:
    before = multiprocessing.active_children()
    assert extractor.begin(page(SENTENCE, "text/plain"))()
    assert multiprocessing.active_children() == before


@pytest.mark.slow
def test_a_page_that_never_ends_is_ended_and_the_next_one_is_read() -> None:
    with Extractor(workers=1, limits=Limits(seconds=5)) as extractor:
        endless, ordinary = extractor.begin(page(ENDLESS)), extractor.begin(page(ORDINARY))
        with pytest.raises(ExtractError, match=r"more than 5 seconds|crashed its process"):
            endless()
        assert ordinary()[0].title == "Channel"


def test_a_page_that_eats_the_memory_costs_its_process_alone() -> None:
    with Extractor(workers=1, limits=Limits(memory=450_000_000)) as extractor:
        huge = f"<html><body><article><p>{SENTENCE * 50_000}</p></article></body></html>" * 20
        with pytest.raises(DatelineError):  # libxml2 does not always say that it was the memory
            extractor.begin(page(huge))()


def test_a_process_that_is_killed_while_it_waits_costs_no_page() -> None:
    with Extractor(workers=1) as extractor:
        assert extractor.begin(page(ORDINARY))()
        killed(multiprocessing.active_children()[0])
        assert extractor.begin(page(ORDINARY))()


def test_a_process_that_is_killed_while_it_receives_a_page_costs_that_page_alone() -> None:
    with Extractor(workers=2) as extractor:
        for articles in [extractor.begin(page(ORDINARY)) for _ in range(2)]:
            articles()
        readers = multiprocessing.active_children()
        for reader in readers:
            os.kill(pid_of(reader), signal.SIGSTOP)
        large = [extractor.begin(page(f"<!--{'x' * 2_000_000}-->{ORDINARY}")) for _ in range(2)]
        ordinary = [extractor.begin(page(ORDINARY)) for _ in range(5)]
        killed(readers[0])
        os.kill(pid_of(readers[1]), signal.SIGCONT)
        assert sorted(title_of(articles) for articles in large) == ["Channel", "reading the page crashed its process"]
        assert [title_of(articles) for articles in ordinary] == ["Channel"] * 5


def test_a_process_that_has_ended_leaves_no_open_files() -> None:
    with Extractor(workers=1) as extractor:
        opened = []
        for _ in range(3):
            extractor.begin(page(ORDINARY))()
            opened.append(len(os.listdir("/dev/fd")))
            killed(multiprocessing.active_children()[0])
        assert len(set(opened)) == 1


def title_of(articles: Pending) -> str:
    try:
        return articles()[0].title
    except ExtractError as exc:
        return exc.message


def pid_of(process: BaseProcess) -> int:
    assert process.pid is not None
    return process.pid


def killed(process: BaseProcess) -> None:
    os.kill(pid_of(process), signal.SIGKILL)
    wait_for(lambda: not process.is_alive())


def test_at_the_end_the_processes_are_gone() -> None:
    with Extractor(workers=1, limits=Limits(seconds=60)) as extractor:
        extractor.begin(page(ENDLESS))
    assert multiprocessing.active_children() == []


def test_a_process_does_not_outlive_the_one_who_started_it() -> None:
    started = [sys.executable, "-c", _INGESTS_FOR_EVER]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    wait_for(lambda: not lives(worker))


def test_pages_are_read_where_the_folder_for_temporary_files_has_a_long_path(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 100)  # longer than the path of a socket can be
    folder.mkdir()
    started = [sys.executable, "-c", _READS_ONE]
    env = {**os.environ, "TMPDIR": str(folder)}
    read = subprocess.run(started, env=env, stdout=subprocess.PIPE, text=True, check=False)
    assert read.stdout == "Channel\n"
