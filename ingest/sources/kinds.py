"""The kinds of files that are read, told by suffix and first bytes, and the reader of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath

from ingest.extract.stated.saved import saved_page
from ingest.sources import dumps, guess, mail, place, saved_feeds, warc
from ingest.sources.place import Limits, Place, Reader
from ingest.types import Outcome, Page

READS = (
    ".txt, .md, .html, .pdf, .xml (feeds), .json, .jsonl, .csv, .tsv, .eml, .mbox and .warc, "
    "each also as .gz, and .zip files with any of these"
)
ZIP = ".zip"

_PAGES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html",
}  # fmt: skip
# Fonts, pictures and attachments make these larger than what is read of them.
_LARGE_PAGES = {".pdf": "application/pdf", ".eml": "message/rfc822"}
_READERS: dict[str, Reader] = {
    ".json": saved_feeds.json_or_feed, ".xml": saved_feeds.feed, ".rss": saved_feeds.feed, ".atom": saved_feeds.feed,
    ".rdf": saved_feeds.feed, ".opml": saved_feeds.feed, ".jsonl": dumps.lines, ".ndjson": dumps.lines,
    ".csv": dumps.rows, ".tsv": dumps.rows, ".mbox": mail.messages, ".mbx": mail.messages, ".warc": warc.responses,
}  # fmt: skip
_KNOWN = {*_PAGES, *_LARGE_PAGES, *_READERS, ZIP, ""}
# First bytes that no text begins with by chance. They go before a suffix of ours, never before another one: an
# office document is a zip too.
_SIGNS = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ZIP), (b"WARC/1.", ".warc"))


def kind_of(name: PurePath, head: bytes, *, named: bool) -> str:
    """The suffix of a file's kind; how it begins tells that of a bare name, and what a person names is then read.

    The suffix of a file that is not read is given as it is, empty where there is none.
    """
    suffix = _suffix(name)
    sign = next((kind for sign, kind in _SIGNS if head.startswith(sign)), "")
    if sign and suffix in _KNOWN:
        return sign
    return suffix or guess.suffix_of(head, named=named)


def read(
    stream: io.BufferedReader, name: PurePath, place: Place, limits: Limits, *, named: bool
) -> Iterator[Page | Outcome]:
    """The pages of one file of any kind but a zip; `named` when a person gave this very file."""
    head = stream.peek(4096)[:4096]
    kind = kind_of(name, head, named=named)
    if not head:
        yield place.skipped("the file is empty")
    elif reader := _READERS.get(kind):
        yield from reader(stream, place, limits)
    elif kind in _PAGES:
        yield _page(stream, _PAGES[kind], place, limits.page)
    elif kind in _LARGE_PAGES:
        yield _page(stream, _LARGE_PAGES[kind], place, limits.record)
    elif kind == ZIP:
        yield place.failed("a zip inside another packed file is not read: unpack the outer one first")
    else:
        reason = f"{kind or 'a file without suffix'} is not a kind of file that Dateline reads ({READS})"
        yield place.failed(reason) if named else place.skipped(reason)


def _page(stream: io.BufferedReader, media_type: str, where: Place, limit: int) -> Page | Outcome:
    content = stream.read(limit + 1)
    if len(content) > limit:
        size = place.size(len(content) + place.rest(stream))
        return where.failed(f"{size} is more than the {place.size(limit)} that a page may have")
    if not content.strip():
        return where.skipped("the file is empty")
    return where.page(content, media_type=media_type, captured=where.captured or saved_page(content).at)


def _suffix(name: PurePath) -> str:
    inner = PurePath(name.stem) if name.suffix.lower() == ".gz" else name
    return inner.suffix.lower()
