"""Sentences against their evidence: what is altered is found, what is honest passes."""

from __future__ import annotations

import pytest

from assistant.checks.verify import LONGEST_SENTENCE, MOST_QUOTATIONS, Verdict, verify
from assistant.compose.draft import Draft
from assistant.types import Kind
from tests.assistant.offered import BANK, BRIDGE, MAYOR, OFFERED, piece


def checked(text: str, *keys: str, speaker: str | None = None, quotation: str | None = None) -> Verdict:
    kind: Kind = "quote" if quotation else "attributed" if speaker else "fact"
    return verify(Draft(text, keys, kind, speaker, quotation), OFFERED)


@pytest.mark.parametrize("key", OFFERED)
def test_an_untouched_sentence_passes(key: str) -> None:
    verdict = checked(OFFERED[key].span.text, key)
    assert (verdict.support, verdict.reason, verdict.keys) == ("supported", "", (key,))


@pytest.mark.parametrize(
    ("text", "key", "speaker"),
    [
        ("After seven months of repairs, which cost 3.4 million euros, the Sella bridge is open again.", "br1", None),
        ("The bridge reopened on Wednesday, 12 March 2025.", "br1", None),
        ("Lena Okoro said the Bank of Velden raised its rate to 5.25 per cent.", "bk1", "Lena Okoro"),
        ("According to the governor, the key rate was raised to 5.25 percent on March 6.", "bk1", "the governor"),
        ("Mayor Inga Holm said nobody would miss the detour.", "br2", "Inga Holm"),
        ("The museum didn't buy the painting that was disputed.", "mu1", None),
    ],
)
def test_an_honest_paraphrase_passes(text: str, key: str, speaker: str | None) -> None:
    verdict = checked(text, key, speaker=speaker)
    assert (verdict.support, verdict.reason) == ("supported", "")


def test_what_is_told_in_words_of_its_own_is_marked_for_that_alone() -> None:
    verdict = checked("People of the bridge quarter cheered and nobody needs the long way round.", "br1")
    assert (verdict.support, verdict.reason) == ("partly", "most of its words are not in the cited passage")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The repairs of the Sella bridge took nine months.", "br1"),
        ("The repairs of the Sella bridge took seven weeks.", "br1"),
        ("The repairs of the Sella bridge cost €3.5 million.", "br1"),
        ("The repairs of the Sella bridge cost €3.4 billion.", "br1"),
        ("The repairs of the Sella bridge cost $3.4 million.", "br1"),
        ("The bridge over the Sella reopened on Thursday.", "br1"),
        ("The bridge over the Sella reopened on 19 March.", "br1"),
        ("Lena Okoro said the Bank of Velden raised its key rate to 6.75%.", "bk1"),
        ("Lena Okoro said the Bank of Velden raised its key rate by 5.25 percentage points.", "bk1"),
        ("Lena Okoro said the Bank of Velden raised its key rate on 6 May.", "bk1"),
        ("Lena Okoro said the Bank of Velden raised its key rate in 2019.", "bk1"),
    ],
)
def test_an_altered_number_unit_or_date_is_not_supported(text: str, key: str) -> None:
    verdict = checked(text, key)
    assert verdict.support == "unsupported"
    assert "cited passage" in verdict.reason


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("The plan costs $100M in all.", "The plan costs €100M in all."),
        ("The jackpot of $1.586 billion came in March.", "The jackpot of $1.586 million came in March."),
        ("The episode first aired in October.", "The episode first aired in March."),
    ],
)
def test_a_sign_a_scale_or_a_month_that_is_not_the_passage_s_is_not_supported(printed: str, text: str) -> None:
    assert verify(Draft(text, ("k",)), {"k": piece("k", printed)}).support == "unsupported"


def test_a_sentence_of_two_passages_may_deny_what_one_of_them_denies() -> None:
    offered = {
        "a": piece("a", "Rowan Tate was the first minister to resign over the dam."),
        "b": piece("b", "Tate will not seek office."),
    }
    joined = "Rowan Tate was the first minister to resign over the dam, and Tate will not seek office."
    assert verify(Draft(joined, ("a", "b")), offered).support == "supported"
    altered = joined.replace("was the", "was not the")
    assert verify(Draft(altered, ("a",)), offered).support == "partly"


def test_a_name_with_an_apostrophe_speaks() -> None:
    passage = piece("k", "Orla O’Brien said that it had “badly curtailed what happened in the north”.")
    draft = Draft("O'Brien spoke of “what happened in the north”.", ("k",), "quote", "O'Brien", "what happened")
    assert verify(draft, {"k": passage}).support == "supported"


def test_a_verbatim_quotation_passes_in_any_quotation_marks() -> None:
    for opening, closing in ("“”", '""', "«»", "''", "‘’", "„“"):
        words = f"Inga Holm said: {opening}Nobody here will miss the detour{closing}."
        assert checked(words, "br2", speaker="Inga Holm").support == "supported"


@pytest.mark.parametrize(
    "words", ["Nobody here will miss the delay", "We have waited long enough", "Nobody will miss the detour"]
)
def test_an_altered_or_invented_quotation_is_not_supported(words: str) -> None:
    in_text = checked(f"Inga Holm said “{words}”.", "br2", speaker="Inga Holm")
    as_claimed = checked("Inga Holm spoke about the detour.", "br2", speaker="Inga Holm", quotation=words)
    assert in_text.support == as_claimed.support == "unsupported"
    assert "quotation" in in_text.reason


def test_apostrophes_are_no_quotation() -> None:
    assert (
        checked("The museum's board and the heirs' lawyers know the museum didn't buy it.", "mu1").support
        != "unsupported"
    )


def test_a_quotation_cited_to_the_wrong_article_is_cited_to_the_right_one() -> None:
    verdict = checked("Mayor Inga Holm said: “Nobody here will miss the detour.”", "bk1", speaker="Inga Holm")
    assert (verdict.support, verdict.keys) == ("supported", ("br2",))


def test_a_swapped_speaker_of_a_quotation_is_not_supported() -> None:
    right = checked("Inga Holm called the delay “a disgrace”.", "br3", speaker="Inga Holm", quotation="a disgrace")
    wrong = checked("Paulo Reis called the delay “a disgrace”.", "br3", speaker="Paulo Reis", quotation="a disgrace")
    assert (right.support, wrong.support) == ("supported", "unsupported")
    assert "Inga Holm" in wrong.reason


def test_a_speaker_nobody_names_is_not_supported() -> None:
    verdict = checked(
        "Carl Brandt called the delay “a disgrace”.", "br3", speaker="Carl Brandt", quotation="a disgrace"
    )
    assert verdict.support == "unsupported"


def test_a_swapped_name_is_marked() -> None:
    verdict = checked("The bridge over the Tarn reopened after seven months.", "br1")
    assert (verdict.support, verdict.reason) == ("partly", "Tarn is not named in the cited passage")


def test_initials_that_happen_to_spell_a_word_are_no_abbreviation() -> None:
    ship = piece("k", "The ship is owned by Orrin Shipping.")
    verdict = verify(Draft("The ship is owned by Inland Shipping.", ("k",)), {"k": ship})
    assert (verdict.support, verdict.reason) == ("partly", "Inland is not named in the cited passage")


def test_an_opinion_turned_into_a_fact_is_marked() -> None:
    verdict = checked("The new bearings of the bridge are expected to last, unlike the delay.", "br3")
    assert verdict.support == "partly"


@pytest.mark.parametrize(
    "text", ["The museum did buy the disputed painting.", "The museum bought the disputed painting."]
)
def test_a_lost_negation_is_marked(text: str) -> None:
    assert checked(text, "mu1").support == "partly"


def test_the_opposite_direction_is_marked() -> None:
    verdict = checked("Lena Okoro said the Bank of Velden cut its key rate to 5.25% on 6 March.", "bk1")
    assert (verdict.support, verdict.reason) == ("partly", "it says cut where the cited passage says raised")


def test_a_number_from_beside_the_passage_is_marked() -> None:
    verdict = checked("Mayor Inga Holm said that none of the 1,200 people would miss the detour.", "br2")
    assert verdict.support == "partly"
    assert "beside" in verdict.reason


def test_unknown_keys_are_dropped() -> None:
    assert checked(BRIDGE.span.text, "9", "br1", "zzz").keys == ("br1",)


def test_without_a_known_key_the_evidence_that_says_it_is_cited() -> None:
    verdict = checked("The bridge over the Sella reopened after repairs that took seven months.", "made-up")
    assert (verdict.support, verdict.keys) == ("supported", ("br1",))


def test_without_any_evidence_nothing_is_supported() -> None:
    verdict = checked("The harbour master resigned.", "made-up")
    assert (verdict.support, verdict.keys, verdict.reason) == ("unsupported", (), "it cites no evidence")


def test_the_key_of_another_article_does_not_help() -> None:
    assert checked("The harbour master resigned.", "bk1").support == "unsupported"


def test_a_fact_cited_to_another_article_is_cited_anew() -> None:
    assert checked("The repairs of the bridge over the Sella took seven months.", "bk1").keys == ("br1",)


def test_an_address_that_no_passage_has_is_not_supported() -> None:
    for address in ("https://evil.invalid/?q=1", "evil.invalid/x", "www.evil.example"):
        assert checked(f"The bridge over the Sella reopened: {address}", "br1").support == "unsupported"


def test_two_passages_may_support_one_sentence() -> None:
    text = "The bridge over the Sella reopened after seven months, and Lena Okoro said the rate rose to 5.25%."
    assert checked(text, "br1", "bk1").support == "supported"


def test_a_piece_of_a_sentence_is_not_taken_for_the_sentence() -> None:
    guilty = piece("g", "The court found the former minister not guilty of fraud after a trial of two years.")
    assert verify(Draft("Guilty of fraud.", ("g",)), {"g": guilty}).support == "partly"


PAID = "Tarnwell had paid the firm three million crowns."
FIRED = "Sella Ferries dismissed thirty stewards after the strike."
CLOSES = "The lock at Tarn will close in May for repairs."


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (PAID, "He denied that Tarnwell had paid the firm three million crowns."),
        (PAID, "There was no proof, the inquiry found, that Tarnwell had paid the firm three million crowns."),
        (FIRED, "The union claims that Sella Ferries dismissed thirty stewards after the strike."),
        (FIRED, "Sella Ferries dismissed thirty stewards after the strike, the union said."),
        (CLOSES, "It is not true that the lock at Tarn will close in May for repairs."),
        (CLOSES, "Nobody knows whether the lock at Tarn will close in May for repairs."),
        (CLOSES, "If the vote fails, the lock at Tarn will close in May for repairs."),
        (CLOSES, "The lock at Tarn will close in May for repairs unless the council finds the money."),
        (CLOSES, "Rumours that the lock at Tarn will close in May for repairs are untrue."),
        (CLOSES, "The opposition demanded that the lock at Tarn will close in May for repairs."),
        ("We were ugly for an hour tonight.", "“We were ugly for an hour tonight.”"),
    ],
)
def test_words_that_lost_what_denies_doubts_or_attributes_them_are_marked(text: str, passage: str) -> None:
    offered = {"k": piece("k", passage)}
    for draft in (Draft(text, ("k",)), Draft(text, ("k",), "attributed", "the union")):
        verdict = verify(draft, offered)
        assert verdict.support == "partly"
        assert verdict.reason


@pytest.mark.parametrize(
    "passage",
    [
        "After a winter of talks, the lock at Tarn will close in May for repairs.",
        "The lock at Tarn will close in May for repairs, but the ferry will not stop.",
        "The ferry will not stop. The lock at Tarn will close in May for repairs. Nobody complained.",
    ],
)
def test_a_piece_that_loses_nothing_passes(passage: str) -> None:
    verdict = verify(Draft(CLOSES, ("k",)), {"k": piece("k", passage)})
    assert (verdict.support, verdict.reason) == ("supported", "")


@pytest.mark.parametrize("quotation", ["Nobody here will miss the detour", None])
def test_an_invented_speaker_of_a_verbatim_sentence_is_not_supported(quotation: str | None) -> None:
    verdict = checked(MAYOR.span.text, "br2", speaker="Mayor Carl Brandt", quotation=quotation)
    assert (verdict.support, verdict.speaker) == ("unsupported", None)
    assert "Carl Brandt" in verdict.reason


def test_an_invented_speaker_of_a_verbatim_fact_is_marked_and_not_passed_on() -> None:
    verdict = checked(BRIDGE.span.text, "br1", speaker="Mayor Carl Brandt")
    assert (verdict.support, verdict.speaker) == ("partly", None)


def test_an_invented_quotation_of_a_verbatim_sentence_is_not_supported() -> None:
    assert checked(MAYOR.span.text, "br2", speaker="Inga Holm", quotation="It was awful").support == "unsupported"


@pytest.mark.parametrize("speaker", ["Inga Holm", "Mayor Inga Holm", "Holm", "Inga Holm, the mayor", "the mayor"])
def test_a_speaker_may_be_named_in_several_ways(speaker: str) -> None:
    verdict = checked(MAYOR.span.text, "br2", speaker=speaker, quotation="Nobody here will miss the detour")
    assert (verdict.support, verdict.speaker) == ("supported", speaker)


def test_a_swapped_speaker_without_a_quotation_is_not_supported() -> None:
    text = BANK.span.text.replace("Lena Okoro", "Carl Brandt")
    assert checked(text, "bk1", speaker="Carl Brandt").support == "unsupported"


def test_a_newspaper_may_speak_for_itself() -> None:
    text = "According to the Morning Herald, the bridge over the Sella reopened on Wednesday."
    assert checked(text, "br1", speaker="Morning Herald").support == "supported"


def test_a_newspaper_does_not_stand_for_whom_it_quotes() -> None:
    text = "According to the Ledger, the Bank of Velden raised its key rate to 5.25% on 6 March."
    verdict = checked(text, "bk1", speaker="Ledger")
    assert (verdict.support, verdict.lost_speaker) == ("partly", True)


def test_a_title_in_common_makes_no_speaker() -> None:
    passage = piece("k", "“It leaks,” said Mayor Inga Holm before Mayor Jon Abel arrived.")
    verdict = verify(Draft("“It leaks,” said Mayor Jon Abel.", ("k",), "quote", "Mayor Jon Abel"), {"k": passage})
    assert verdict.support == "unsupported"


def test_two_speakers_who_swap_their_quotations_are_not_supported() -> None:
    swapped = "Inga Holm said the bearings would “last for forty winters”, while Paulo Reis called it “a disgrace”."
    assert checked(swapped, "br3").support == "unsupported"


def test_a_sentence_without_end_is_not_supported() -> None:
    assert checked("bridge " * LONGEST_SENTENCE, "br1").support == "unsupported"


def test_a_heap_of_quotations_is_not_supported() -> None:
    text = "Inga Holm said " + "“detour” " * (MOST_QUOTATIONS + 1)
    assert checked(text, "br2").reason == "it is no sentence: too many quotations"
