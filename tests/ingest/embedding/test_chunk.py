from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.embedding.chunk import embedding_key, passages
from ingest.types import Article


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) or (1 if text else 0) for text in texts]


def article(text: str, title: str = "Ferries stop") -> Article:
    return Article(id="a1", title=title, text=text, outlet="Harbour Post")


TEXTS = st.lists(st.sampled_from(["word", "longerword", "end.", "“Quote.”", "\n\n", "x" * 40]), max_size=80).map(
    " ".join
)


@given(TEXTS, st.integers(1, 12))
def test_passages_are_exact_slices_in_order(text: str, limit: int) -> None:
    cut = passages(article(text), count_words, limit=limit)
    assert all(text[one.start : one.end] == one.text for one in cut)
    assert all(before.end <= after.start for before, after in pairwise(cut))
    assert [one.ordinal for one in cut] == list(range(len(cut)))


@given(TEXTS, st.integers(1, 12))
def test_passages_hold_every_word_once(text: str, limit: int) -> None:
    cut = passages(article(text), count_words, limit=limit)
    assert "".join("".join(one.text.split()) for one in cut) == "".join(text.split())


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    cut = passages(article("longerword word " * 9), count_words, limit=4)
    assert {word for one in cut for word in one.text.split()} == {"longerword", "word"}


@given(TEXTS, st.integers(1, 12))
def test_no_passage_is_longer_than_the_model_reads(text: str, limit: int) -> None:
    assert all(count_words([one.text])[0] <= limit for one in passages(article(text), count_words, limit=limit))


@given(TEXTS)
def test_ids_are_unique_and_depend_on_the_text_alone(text: str) -> None:
    first, again = (passages(article(text), count_words, limit=5) for _ in range(2))
    assert [one.id for one in first] == [one.id for one in again]
    assert len({one.id for one in first}) == len(first)


def test_a_passage_that_did_not_change_keeps_its_id_in_the_next_version() -> None:
    old = passages(article("The port is closed. Nobody sails."), count_words, limit=4)
    new = passages(article("The port is closed. Everybody sails again."), count_words, limit=4)
    assert old[0].id == new[0].id
    assert old[1].id != new[1].id


def test_equal_text_under_another_title_is_embedded_on_its_own() -> None:
    assert embedding_key("One title", "Same text.") != embedding_key("Another", "Same text.")
