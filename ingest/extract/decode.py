"""Bytes to text: Unicode first, then what is declared, named as browsers name it, then what the letters show."""

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
# A first byte of UTF-8 and those that follow it, each as a letter of Latin-1 or Windows-1252.
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3}")
_UNSEEN = {"replacement", "x-user-defined"}  # names of the Encoding Standard that stand for no text
# Python's own; and UTF-7, in which plain letters stand for markup, so that no browser reads it any more.
_NO_CHARSETS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "hz", "iso2022_kr"}
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "cp950": "big5hkscs", "ascii": "cp1252"}
_TWO_BYTES = {"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"}
_SHIFTED = re.compile(rb"\x1b\$[@B]([^\x1b]*)")  # two-byte characters of ISO-2022-JP
_NEC = re.compile(rb"([\xa1-\xfe])([\xa1-\xfe])|\x8e([\xa1-\xdf])|\x8f[\xa1-\xfe]{2}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN_ENDS = 0x250  # the first character after the Latin letters of Unicode
# A byte of Windows-1252 in UTF-8: a sign between ASCII, or a small letter beside one. What a cut character of a Latin
# text leaves, 0xC2 to 0xC5 and 0xE2, is none of them.
_STRAY = re.compile(
    "(?<=[\x00-\x7f])[\udc80-\udc9f](?=[\x00-\x7f])|(?<=[A-Za-z])[\udce0\udce1\udce3-\udcff](?=[\x00-\x7f])"
    "|[\udce0\udce1\udce3-\udcff](?=[A-Za-z])"
)
_OF_LATIN = re.compile("[\u00a1-\u017f\u2010-\u203a\u20ac\u2122]")  # letters, and signs that are printed beside them
_SPOILT = 0.05  # share of what is not ASCII that may be broken in an encoding that is believed


def decode(content: bytes, *, declared: str = "") -> str:
    """The text of a file. `declared` is the encoding that the page names, used when the bytes are not UTF-8.

    Raises ExtractError for bytes that are no text.
    """
    return _read(content, encoding_of(content, declared=declared)).removeprefix("\ufeff")


def encoding_of(content: bytes, *, declared: str = "") -> str:
    """Python's name of the encoding that a text is in; `content` may be cut anywhere.

    Raises ExtractError for bytes that are no text.
    """
    if marked := next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None):
        return marked
    if wide := _wide(content):
        return wide
    _refuse_binary(content)
    if _SHIFTED.search(content):
        return "iso2022_jp"
    said = known_encoding(declared)
    if _is_utf_8(content) or (said == "utf-8" and not _broken(content, said)):
        return "utf-8"
    shown = _detected(content)
    return "utf-8" if _is_spoilt(content, said, shown) else _one_of(content, said, shown)


def _one_of(content: bytes, said: str, shown: str) -> str:
    """The encoding that is declared, or the one that the letters show."""
    if said in ("", "utf-8", "iso2022_jp") or _broken(content, said):
        return shown
    return shown if said not in _TWO_BYTES and shown in _TWO_BYTES and not _broken(content, shown) else said


def known_encoding(label: str) -> str:
    """Python's name for an encoding as the WHATWG Encoding Standard reads its label; empty where none is known.

    "iso-8859-1" and "ascii" are Windows-1252, "gb2312" is GB 18030, "euc-kr" is code page 949. A label that the
    standard lacks, such as "cp850", is Python's own.
    """
    from webencodings import lookup

    label = label.strip("\"' \t\r\n").lower()
    found = lookup(label) or lookup(label.replace("_", "-"))
    if found and (found.name in _UNSEEN or found.name.startswith("utf-16")):
        return ""
    try:
        name = codecs.lookup(found.codec_info.name if found else label).name
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return "" if name.startswith(("utf-16", "utf-32")) or name in _NO_CHARSETS else _WIDER.get(name, name)


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


def _is_utf_8(content: bytes) -> bool:
    """Also of a text that is cut inside a character, or in which three times as many are whole as are broken."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        loose = content.decode("utf-8", "replace")
        return len(re.findall(r"[^\x00-\x7f\ufffd]", loose)) > 3 * loose.count("\ufffd")
    return True


def _is_spoilt(content: bytes, said: str, shown: str) -> bool:
    """Whether a text is UTF-8 of Latin letters, though most of its accents may be stray bytes.

    In an encoding of one byte a letter of UTF-8 is "Ã©" or "â€“": by chance fewer than one accent in ten looks so.
    """
    loose = content.decode("utf-8", "replace")
    accents = len(_OF_LATIN.findall(loose))
    if loose.count("\ufffd") > 10 * accents or not (said in ("", "utf-8") or _is_latin(said)):
        return False
    return _is_latin(shown)


def _is_latin(encoding: str) -> bool:
    """Whether an encoding is one of Latin letters, a byte each."""
    letters = bytes(range(0xC0, 0x100)).decode(encoding or "utf-8", "replace")
    return len(letters) == 0x40 and max(letters) < chr(_LATIN_ENDS)


def _broken(content: bytes, encoding: str) -> bool:
    """Whether more than a stray byte does not fit an encoding, or its letters make no words."""
    text = _read(content, encoding)
    beyond = sum(not sign.isascii() for sign in text)
    return text.count("\ufffd") > max(1, _SPOILT * beyond) or not _makes_words(text)


def _makes_words(text: str) -> bool:
    """Whether Latin letters beyond ASCII have ASCII ones beside them in their words, and other letters have few.

    Cyrillic read as Latin is "Ïðèâåò"; Latin read as Cyrillic is "Zьrich".
    """
    words = "".join(word for word in _LETTERS.findall(text) if not word.isascii())
    plain = sum(map(str.isascii, words))
    latin = sum(ord(sign) < _LATIN_ENDS for sign in words) - plain
    others = len(words) - plain - latin
    return plain >= latin / 2 if latin >= others else plain <= others / 2


def _detected(content: bytes) -> str:
    """As the letters show, after the detector of Firefox (chardetng)."""
    from chardetng_py import detect

    return known_encoding(detect(content)) or "cp1252"


def _read(content: bytes, encoding: str) -> str:
    """Japanese as browsers read it: with NEC's and IBM's characters, which Python has in code page 932 alone."""
    if encoding == "utf-8":
        return _utf_8(content)
    if encoding == "iso2022_jp":
        content = re.sub(rb"\x1b\([BJ]", b"", _SHIFTED.sub(_as_euc, content))
    if encoding not in ("iso2022_jp", "euc_jp"):
        return content.decode(encoding, "replace")
    try:
        return content.decode("euc_jp")
    except UnicodeDecodeError:
        return _NEC.sub(_as_shift_jis, content).decode("cp932", "replace")


def _utf_8(content: bytes) -> str:
    """UTF-8, in which strays of Windows-1252 are read as what they are."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        text = _STRAY.sub(_as_western, content.decode("utf-8", "surrogateescape"))
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _as_western(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace")


def _as_euc(run: re.Match[bytes]) -> bytes:
    return bytes(byte | 0x80 if byte > 0x20 else byte for byte in run[1] if byte < 0x80)


def _as_shift_jis(found: re.Match[bytes]) -> bytes:
    if found[3]:
        return found[3]
    if not found[1]:
        return found[0].decode("euc_jp", "replace").encode("cp932", "replace")
    row, cell = found[1][0] - 0xA1, found[2][0] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    place = cell + (0x9F if row % 2 else 0x40)
    return bytes((lead, place + (not row % 2 and place >= 0x7F)))
