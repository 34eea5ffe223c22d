"""WARC files: pages out of responses, everything else counted, what is broken told and passed over."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.extract.extract import extract
from tests.ingest.made import HTML, a_record, outcomes_of, packed, pages_of, read


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
def test_a_response_is_a_page_with_its_address_and_the_time_it_was_fetched(tmp_path: Path, name: str) -> None:
    content = packed(a_record()) if name.endswith(".gz") else a_record()
    [page] = pages_of(read(tmp_path / name, content))
    assert page.content == HTML.encode()
    assert (page.item, page.url) == ("record 1", "https://paper.example/ferry")
    assert page.captured == datetime(2026, 10, 24, 6, 30, tzinfo=UTC)


def test_other_records_are_counted_in_one_outcome(tmp_path: Path) -> None:
    records = [
        a_record(b"software: test\r\n", kind="warcinfo"),
        a_record(kind="request"),
        a_record(),
        a_record(status="404 Not Found"),
        a_record(b"\x89PNG", media_type="image/png"),
        a_record(b"User-agent: *", media_type="text/plain", url="https://paper.example/robots.txt"),
    ]
    found = read(tmp_path / "a.warc.gz", packed(*records))
    assert [page.item for page in pages_of(found)] == ["record 3"]
    [outcome] = outcomes_of(found)
    assert outcome.status == "skipped"
    assert outcome.reason == (
        "5 of 6 records are no pages of news: 1 of type warcinfo, 1 of type request, 1 with status 404, "
        "1 with image/png, 1 with text/plain"
    )


def test_content_that_is_chunked_and_packed_is_decoded(tmp_path: Path) -> None:
    body = gzip.compress(HTML.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    [page] = pages_of(
        read(tmp_path / "a.warc", a_record(chunked, http="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"))
    )
    assert page.content == HTML.encode()


def test_content_that_its_head_calls_packed_and_is_not_is_read(tmp_path: Path) -> None:
    [page] = pages_of(read(tmp_path / "a.warc", a_record(http="Content-Encoding: gzip\r\n")))
    assert page.content == HTML.encode()


def test_content_packed_in_an_unknown_way_is_an_outcome(tmp_path: Path) -> None:
    [outcome] = outcomes_of(read(tmp_path / "a.warc", a_record(b"??", http="Content-Encoding: zstd\r\n")))
    assert "cannot be unpacked: packed with “zstd”" in outcome.reason


def test_a_bomb_in_a_response_is_left(tmp_path: Path) -> None:
    bomb = a_record(gzip.compress(bytes(100_000_000)), http="Content-Encoding: gzip\r\n")
    found = read(tmp_path / "a.warc", bomb + a_record())
    assert [outcome.item for outcome in outcomes_of(found)] == ["record 1"]
    assert [page.item for page in pages_of(found)] == ["record 2"]


def test_the_encoding_that_the_server_named_is_used(tmp_path: Path) -> None:
    body = "<html><body><article><h1>Újság</h1><p>" + "Őszi vásár nyílik a főtéren szombaton. " * 5 + "</p></article>"
    record = a_record(body.encode("iso-8859-2"), media_type="text/html; charset=ISO-8859-2")
    [page] = pages_of(read(tmp_path / "a.warc", record))
    assert "Őszi vásár nyílik a főtéren" in extract(page)[0].text


@pytest.mark.parametrize(
    "broken",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n",
        b"WARC/9.9 nonsense\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: y\r\n" * 5000,
        a_record().replace(b"WARC-Target-URI: https://paper.example/ferry\r\n", b""),
        a_record(head="WARC-Truncated: length\r\n"),
    ],
)
def test_a_broken_record_is_an_outcome_and_the_next_one_is_read(tmp_path: Path, broken: bytes) -> None:
    found = read(tmp_path / "a.warc", broken + b"\r\ngarbage\r\n\r\n" + a_record())
    assert [page.item for page in pages_of(found)] == ["record 2"]
    [outcome] = outcomes_of(found)
    assert (outcome.status, outcome.item) == ("failed", "record 1")


def test_a_file_that_is_cut_short_fails_for_its_last_record(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc", a_record() + a_record()[:-40])
    assert [page.item for page in pages_of(found)] == ["record 1"]
    assert [(outcome.item, outcome.reason) for outcome in outcomes_of(found)] == [
        ("record 2", "the record is cut short")
    ]


def test_what_holds_no_record_says_so(tmp_path: Path) -> None:
    [outcome] = outcomes_of(read(tmp_path / "a.warc", b"some text\r\n" * 10))
    assert outcome.reason == "the file holds no WARC record"


def test_a_page_over_the_limit_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc", a_record(b"x" * 5000) + a_record(), page_limit=1000)
    assert "more than the 1 kB" in outcomes_of(found)[0].reason
    assert [page.item for page in pages_of(found)] == ["record 2"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    big = packed(a_record(HTML.encode() + b"<p>" + b"more " * 20_000))
    path.write_bytes(big * 300)
    from ingest.sources.files import pages

    tracemalloc.start()
    try:
        assert sum(1 for _ in pages(path)) == 300
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
