"""Bytes to text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ExtractError
from ingest.extract.decode import decode, encoding_of, known_encoding

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


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("gb2312", "gbk", "镕基街的桥通车了"),
        ("ISO-8859-1", "cp1252", "„endlich“ – Köln"),
        ("us-ascii", "cp1252", "“late” café"),
        ("ks_c_5601-1987", "cp949", "똠방각하 도서관이 개관했다"),
        ("Big5", "big5hkscs", "港城啲街市開咗"),
        ("tis-620", "cp874", "เปิดสะพาน “ใหม่” แล้ว"),
        ("x-sjis", "cp932", "髙橋①番街の図書館"),
        ("iso-8859-9", "cp1254", "Şırnak’ta “köprü” açıldı"),
        ("iso-8859-8-i", "iso8859-8", "הגשר נפתח אתמול"),
        ("cp866", "cp866", "Мост открыт в понедельник"),
    ],
)
def test_a_declared_encoding_is_the_one_that_browsers_take_it_for(label: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), declared=label) == text


@pytest.mark.parametrize("label", ["utf-7", "idna", "rot13", "hex", "utf-16", "replacement", "no-such-thing", ""])
def test_what_is_no_encoding_of_a_page_is_not_known(label: str) -> None:
    assert known_encoding(label) == ""


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_japanese_of_old_has_the_characters_of_its_makers(encoding: str) -> None:
    pair = b"\xfc\xe2" if encoding == "euc_jp" else b"\x1b$B\x7c\x62\x1b(B"
    assert decode("橋の上、".encode(encoding) + pair, declared=encoding) == "橋の上、髙"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "江边的新桥星期一通车，全长三公里。"),
        ("cp949", "강변의 새 다리가 월요일에 열렸다."),
        ("cp1251", "Новый мост открыли в понедельник."),
    ],
)
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "x-unknown", ""])
def test_what_is_declared_wrongly_is_read_by_its_letters(encoding: str, text: str, declared: str) -> None:
    assert decode((text * 3).encode(encoding), declared=declared) == text * 3


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", "мост"), ("gb18030", "新桥"), ("cp932", "新しい橋"), ("cp949", "다리"), ("utf-8", "Brücke")],
)
def test_one_bad_byte_spoils_no_more_than_itself(encoding: str, text: str) -> None:
    before, after = f"{text} " * 20, f" {text}" * 20
    read = decode(before.encode(encoding) + b"\xff" + after.encode(encoding), declared=encoding)
    assert read.startswith(before)
    assert read.endswith(after)


def test_a_text_cut_inside_a_character_is_told_by_the_rest() -> None:
    assert encoding_of("Über Köln".encode()[:-1] + "ö".encode()[:1]) == "utf-8"


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", ""])
@pytest.mark.parametrize(
    ("whole", "strays", "read"),
    [
        ("The café of Zürich", b" doesn\x92t open \x96 it \x93closes\x94 ", " doesn’t open – it “closes” "),
        ("Der Zug nach Köln", b" h\xe4lt f\xfcr eine Stunde in M\xfcnster, ", " hält für eine Stunde in Münster, "),
        (
            "Le café est fermé",
            b" \xe0 midi, d\xe9cid\xe9 lundi, dit-on \x85 ",
            " \ufffd midi, décidé lundi, dit-on … ",
        ),
        ("Łódź buduje most", b" i liczy na cud\xc5 ", " i liczy na cud\ufffd "),
    ],
)
def test_stray_bytes_in_utf_8_with_few_accents_are_read_as_what_they_are(
    whole: str, strays: bytes, read: str, declared: str
) -> None:
    assert decode(whole.encode() + strays + b"said the mayor.", declared=declared) == f"{whole}{read}said the mayor."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "«L’ÉTÉ» est là, a déclaré le préfet à Besançon, et «LA BEAUTÉ» aussi."),
        ("cp1252", "A ponte de SÃO JOÃO, “NÃO” diz o prefeito, está fechada até amanhã."),
        ("cp1250", "Most w Łodzi będzie zamknięty, powiedział w środę prezydent miasta."),
        ("cp1251", "«РФ» и «США»: мост открыт, сообщили в понедельник власти города."),
        ("cp1254", "Şişli’de köprü açıldı, dedi başkan; ışıklar gece yanacak."),
        ("gb18030", "The bridge of 目 opens, 新桥 said the mayor of 江边 in May."),
    ],
)
@pytest.mark.parametrize("declared", ["utf-8", ""])
def test_a_letter_of_utf_8_by_chance_makes_none_of_it(encoding: str, text: str, declared: str) -> None:
    assert encoding_of((text * 3).encode(encoding), declared=declared) != "utf-8"
