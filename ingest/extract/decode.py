"""Bytes to text: Unicode first, then what the page declares, then a guess."""

from __future__ import annotations

import codecs
import re

from ingest.errors import ExtractError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, line ends, form feed and escape do occur in text files.
_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_SAMPLE = 65536
# Python's own; and UTF-7, in which plain letters stand for markup, so that no browser reads it any more.
_NO_CHARSETS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
# A first byte of UTF-8 and those that follow it, each as a letter of Latin-1 or Windows-1252.
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3}")
_GUESSABLE = 2000  # bytes from which letters say more about an encoding than the habit of the West does


def decode(content: bytes, *, declared: str = "") -> str:
    """The text of a file. `declared` is the encoding that the page names, used when the bytes are not UTF-8.

    Raises ExtractError for bytes that are no text.
    """
    marked = _by_mark(content)
    if marked is not None:
        return marked
    wide = _wide(content)
    if wide:
        return content.decode(wide, "replace")
    _refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(content, declared) or _guess(content)


def mended(text: str) -> str:
    """A text whose UTF-8 was taken for Latin and encoded once more, read right: "KÃ¶ln" is Köln.

    Only where it happened often: a single "Ã¶" may be quoted.
    """
    runs = _TWICE.findall(text)
    return _TWICE.sub(lambda run: _once(run[0]), text) if sum(_once(run) != run for run in runs) >= 3 else text


def _once(run: str) -> str:
    for encoding in ("latin-1", "cp1252"):
        try:
            return run.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return run


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    return None


def _wide(content: bytes) -> str:
    """UTF-16 without a mark shows as a zero in every second place."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or max(even, odd) < len(sample) * 0.3 or min(even, odd) > len(sample) * 0.02:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_binary(content: bytes) -> None:
    sample = content[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in content or control > len(sample) * 0.05:
        raise ExtractError("not text: the bytes are those of a binary file", "give the article as text or HTML")


def _declared(content: bytes, encoding: str) -> str:
    try:
        usable = encoding and codecs.lookup(encoding).name not in _NO_CHARSETS
        return content.decode(encoding) if usable else ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def _guess(content: bytes) -> str:
    loose = content.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if len(re.findall(r"[^\x00-\x7f\ufffd]", loose)) > 3 * broken:
        return loose
    too_little_to_guess = len(content) < _GUESSABLE and broken < 0.2 * len(content)
    if broken < 0.03 * len(content) or too_little_to_guess:
        return content.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE]).best()
    return content.decode(best.encoding if best else "cp1252", "replace")
