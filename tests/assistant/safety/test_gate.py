"""What may leave in an answer, and what is withheld."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.safety.gate import _ADDRESS, _MARKUP, Gate, addresses_in, has_links, without_links

STORED = "https://ledger.example/rates"


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.invalid/x for more.",
        "See www.evil.invalid now.",
        "See evil.invalid now.",
        "Ask t.me/news or evil.us:8080 today.",
        "It is at 10.0.0.1/x?d=s today.",
        "It is at пример.рф/x today.",
        "It is at evil．com/x and http：／／evil.com today.",
        "Write to a@evil.invalid soon.",
        "Open javascript:alert(1) now.",
        "Open data:text/html,x now.",
        "An ![image](x) is here.",
        "A [link](x) is here.",
        "A <b>bold</b> claim.",
        "An &lt;img&gt; is here.",
        "It rang.\x1b[2J",
        "It is \u202eetirw.",
        "The key is 1a2b3c4d.",
        "Between evidence-0123456789abcdef lines.",
    ],
)
def test_links_markup_control_characters_and_what_is_secret_are_stopped(text: str) -> None:
    assert Gate({STORED}, {"1a2b3c4d"}).stops(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bank raised its rate to 4.5%, AT&T and Amazon.com said.",
        f"The report is at {STORED}.",
        "U.S./China talks, and/or more, at 9:30 a.m./p.m.",
        "He gave it 3.5/10 in the [sic] review.",
        "[He was linked to the firm] said Ms. Holm.",
    ],
)
def test_news_passes(text: str) -> None:
    assert not Gate({STORED}).stops(text)


def test_a_line_of_the_prompt_is_stopped() -> None:
    from importlib.resources import files

    prompt = (files("prompts") / "answer_system.txt").read_text(encoding="utf-8")
    assert Gate().stops(" ".join(prompt.split()[:12]))


def test_names_are_plain_words_and_the_host_of_a_site_may_be_one() -> None:
    assert without_links("Ledger [x](http://evil.invalid/o)") == "Ledger x"
    assert without_links("cnn.example") == "cnn.example"
    assert not has_links(without_links("Rates rise <img src=http://evil.invalid/x> again"))


@given(st.from_regex(_ADDRESS))
@settings(max_examples=500, deadline=None)
def test_the_quick_look_for_addresses_misses_none(text: str) -> None:
    assert any(addresses_in(text)) == any(match[0].rstrip(".,;:!?)'’") for match in _ADDRESS.finditer(text))


@given(st.from_regex(_MARKUP))
@settings(max_examples=500, deadline=None)
def test_the_quick_look_for_markup_misses_none(text: str) -> None:
    normal = unicodedata.normalize("NFKC", text)
    assert has_links(text) == (_MARKUP.search(normal) is not None or any(addresses_in(normal)))
