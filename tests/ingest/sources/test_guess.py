"""What a file without a suffix is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.guess import suffix_of

BEGINNINGS = {
    ".html": [b"<!DOCTYPE html><title>x", b"\n<html lang=nl>", b"<!-- saved --><!doctype HTML>"],
    ".xml": [
        b"<?xml version='1.0'?><rss version='2.0'>", b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<rdf:RDF xmlns:rdf='x'>", b"<urlset xmlns='x'>", b"\xef\xbb\xbf<rss>",
    ],
    ".json": [b'{"title": "Bus"', b'\n[\n  {"title"', b'{\n\t"articles": [', b"[]", b'\xef\xbb\xbf{"a": 1}'],
    ".eml": [
        b"Received: from a.example by b.example\r\n", b"From: Ada <a@b.example>\nTo: c\nMIME-Version: 1.0\n",
        b"Subject: A long\r\n subject\r\nMessage-ID: <1@b.example>\r\n",
    ],
    ".mbox": [b"From ada@b.example Mon Oct  5 08:00:00 2026\nSubject: x\n"],
    ".md": [b"---\ntitle: Night bus\noutlet: Tide\n---\n", b"# Night bus\n\nIt runs.", b"## Weather\n"],
    ".csv": [b"title,text,source\nA,B,C\n", b"headline\tbody\n", b'"title";"content"\n', b"date|title|text\n"],
    ".txt": [
        b"Night bus\n\nIt runs from Sunday on.", b"[PHOTO] The mayor, on Sunday", b"{sic} he wrote", b"",
        b"From: the editor\nTo all readers: hello.", b"Rain, wind, and a title for the home side\n",
        b"<3 from Lisbon", "Überschwemmung: drei Orte geräumt\n".encode(), b"--- end ---",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "suffix"), [(head, suffix) for suffix, heads in BEGINNINGS.items() for head in heads]
)
def test_it_is_told_by_how_it_begins(head: bytes, suffix: str) -> None:
    assert suffix_of(head, named=True) == suffix


def test_of_what_nobody_named_only_documents_and_mailboxes_are_read() -> None:
    found = {suffix_of(head, named=False) for heads in BEGINNINGS.values() for head in heads}
    assert found == {".html", ".mbox", ""}


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(head: bytes) -> None:
    assert suffix_of(head, named=True).startswith(".")
