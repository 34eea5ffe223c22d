from hypothesis import given
from hypothesis import strategies as st

from ingest.language.text import CAPITALS, clean, squeeze

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.characters(max_codepoint=0x9F),
        st.sampled_from("\x1b]\x07\x9d\ud800\u202e\u200b\U000e0041\r\n\u2028\ufeff"),
    )
)


@given(NASTY)
def test_clean_text_can_be_stored_and_shown(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(ord(char) < 0x20 and char not in "\n\t" for char in cleaned)
    assert not any(0x7F <= ord(char) <= 0x9F or char in "\u202e\u200b\ufeff\U000e0041" for char in cleaned)


@given(NASTY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(NASTY, st.integers(0, 40))
def test_where_a_stream_is_cut_does_not_matter(text: str, cut: int) -> None:
    head, tail = text[:cut], text[cut:]
    if not (head.endswith("\r") and tail.startswith("\n")):
        assert clean(head) + clean(tail) == clean(text)


@given(st.text("aé漢🙂\u200c\u200d ,.\n"))
def test_what_reads_is_kept(text: str) -> None:
    assert clean(text) == text


def test_an_escape_sequence_becomes_visible_instead_of_acting() -> None:
    assert clean("a\x1b]52;c;x\x07b") == "a␛]52;c;x␇b"


def test_squeezing_leaves_one_line() -> None:
    assert squeeze("  The\n  ferry\tsails \r\n") == "The ferry sails"


def test_capitals_are_those_of_every_script() -> None:
    assert all(letter in CAPITALS for letter in "AŠŁČİÞΩЖԲႠ")
    assert not any(letter in CAPITALS for letter in "ašłıß1-^]")
