"""Bytes to text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ExtractError
from ingest.extract.decode import decode

TEXT = "Zürich naïve café – the ferry leaves on Monday, the port said. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    assert decode((TEXT * 5).encode(encoding)) == TEXT * 5


def test_western_text_of_old_is_read() -> None:
    text = ("The ferry leaves on Monday, the port of Zürich said. " * 3).rstrip()
    assert decode(text.encode("cp1252")) == text


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode("Привет, мир".encode("koi8-r"), declared="koi8-r") == "Привет, мир"


def test_an_unknown_declared_encoding_does_no_harm() -> None:
    assert decode("café au lait is served here".encode("cp1252"), declared="no-such-thing").startswith("caf")


def test_a_few_broken_bytes_do_not_spoil_a_utf_8_text() -> None:
    assert decode((TEXT * 20).encode() + b"\xff") == TEXT * 20 + "\ufffd"


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00\x00", b"\x01\x02\x03\x04text"])
def test_binary_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractError, match="not text"):
        decode(content)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(content: bytes) -> None:
    with contextlib.suppress(ExtractError):
        assert isinstance(decode(content), str)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    text = f"The ferry leaves. {text}"
    assert decode(text.encode()) == text


def test_a_short_western_text_is_not_taken_for_another_script() -> None:
    text = "L’été a commencé lundi à Besançon, a déclaré le maire, et il fera chaud."
    assert decode(text.encode("cp1252")) == text
