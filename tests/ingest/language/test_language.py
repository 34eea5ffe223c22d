"""The language of a question and its function words."""

from __future__ import annotations

import pytest

from ingest.language.interrogatives import _LINES, interrogatives
from ingest.language.tongues import _ENGLISH_ALONE, function_words, language_name, language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann öffnet die Fähre wieder?", "de"),
        ("¿Cuándo abre el puente?", "es"),
        ("渡轮什么时候开航？", "zh"),
        ("フェリーはいつ再開しますか", "ja"),
        ("What did the harbour office say?", "en"),
        ("Tromsø ferry strike", "en"),
        ("Who paid?", "en"),
        ("Did anyone die in Storm Ottoline?", "en"),
        ("Wat het die minister gesê?", "af"),
        ("2026?", "en"),
    ],
)
def test_the_language_of_a_question_is_told(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize("name", ["Beyoncé", "São Paulo", "Zoë", "Pokémon", "Björk", "Erdoğan", "Mbappé", "Curaçao"])
@pytest.mark.parametrize(
    "question",
    [
        "{}",
        "tell me about {}",
        "Tell me about {}",
        "latest on {}",
        "any news from {}?",
        "What did {} say?",
        "Did {} win?",
        "Has {} been in Reykjavík?",
        "{} and the strike",
        "{} floods",
    ],
)
def test_an_accented_name_makes_no_question_foreign(question: str, name: str) -> None:
    assert language_of(question.format(name)) == "en"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("A do të rritet çmimi i naftës në Kosovë?", "sq"),
        ("Wien as Premier zu Lëtzebuerg?", "lb"),
        ("¿Dónde está Messi?", "es"),
        ("¿Quién ganó?", "es"),
        ("¿Está Messi lesionado?", "es"),
        ("inundaciones en Cádiz", "es"),
        ("¿Cuándo se estrena The Last of Us?", "es"),
        ("Où est Macron ?", "fr"),
        ("Qui a gagné ?", "fr"),
        ("Mbappé est-il blessé ?", "fr"),
        ("dernières nouvelles de Besançon", "fr"),
        ("O que disse Guimarães?", "pt"),
        ("São Paulo venceu o jogo?", "pt"),
        ("enchentes em São Paulo", "pt"),
        ("Quando Lula vai a Brasília?", "pt"),
        ("Erdoğan nerede?", "tr"),
        ("Seçimi kim kazandı?", "tr"),
        ("Kaç kişi öldü?", "tr"),
        ("Wo ist Müller?", "de"),
        ("Vad sa Håkan Juholt?", "sv"),
        ("Kto wygrał w Łodzi?", "pl"),
        ("《who is the boss》什么时候上映？", "zh"),
    ],
)
def test_a_short_question_of_another_language_is_recognised(question: str, language: str) -> None:
    assert language_of(question) == language


def test_words_that_tell_english_are_function_words_of_no_other_language() -> None:
    from stopwordsiso import langs, stopwords

    others = {word for code in langs() if code != "en" for word in stopwords(code)}
    assert not _ENGLISH_ALONE & others
    assert not _ENGLISH_ALONE & {word for line in _LINES.splitlines() for word in line.split()[1:]}


def test_question_words_are_among_the_function_words() -> None:
    assert {"wer", "wann", "wieviel"} <= interrogatives("de") <= function_words("de")
    assert function_words("tlh") == frozenset()


def test_a_language_is_named_in_english_and_a_rare_one_by_its_code() -> None:
    assert language_name("ja") == "Japanese"
    assert language_name("tlh") == "“tlh”"
