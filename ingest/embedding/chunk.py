"""Articles cut into passages that are exact slices of their text, at sentence borders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.language.sentences import sentences
from ingest.types import Article, Passage, sha

CountTokens = Callable[[Sequence[str]], list[int]]

# Word pieces of a passage. With a title of up to 40 before it, it stays under the 256 at which
# all-MiniLM-L6-v2 stops reading without a word.
PASSAGE_TOKENS = 200
TITLE_TOKENS = 40
CHUNKER = f"sentences-{PASSAGE_TOKENS}/2"  # 2: the sentences of a passage have embeddings, too


def embedded_text(title: str, text: str) -> str:
    """What is embedded and indexed for a passage: the title gives back the context that cutting took away."""
    return f"{shortened(title)}\n{text}"


def embedded_sentences(title: str, text: str) -> list[tuple[int, int]]:
    """Where the sentences of a passage stand in what is embedded for it."""
    before = len(embedded_text(title, ""))
    return [(before + start, before + end) for start, end in sentences(text)]


def embedding_key(title: str, text: str) -> str:
    return sha(embedded_text(title, text), length=32)


def passages(article: Article, count_tokens: CountTokens, *, limit: int = PASSAGE_TOKENS) -> list[Passage]:
    """The article's passages, each of at most `limit` word pieces; together they hold every sentence once."""
    spans = list(_pieces(article.text, count_tokens, limit))
    seen: Counter[str] = Counter()
    made: list[Passage] = []
    for ordinal, (start, end) in enumerate(spans):
        text = article.text[start:end]
        key = sha(article.id, article.title, text, str(seen[text]), length=20)
        seen[text] += 1
        made.append(Passage(key, article.id, article.digest, ordinal, start, end, text))
    return made


def _pieces(text: str, count_tokens: CountTokens, limit: int) -> Iterator[tuple[int, int]]:
    """Sentences packed greedily."""
    start = end = used = 0
    for left, right, tokens in _measured(text, count_tokens, limit):
        if used and used + tokens > limit:
            yield start, end
            used = 0
        if not used:
            start = left
        end, used = right, used + max(tokens, 1)
    if used:
        yield start, end


def _measured(text: str, count_tokens: CountTokens, limit: int) -> Iterator[tuple[int, int, int]]:
    """Sentences with their word pieces; one that is too long alone is cut at words, then at characters."""
    spans = sentences(text)
    for (left, right), tokens in zip(spans, count_tokens([text[a:b] for a, b in spans]), strict=True):
        if tokens <= limit:
            yield left, right, tokens
        else:
            yield from _cut(text, left, right, count_tokens, limit)


def _cut(text: str, left: int, right: int, count_tokens: CountTokens, limit: int) -> Iterator[tuple[int, int, int]]:
    """Halves, at the space nearest the middle, until each part fits."""
    [tokens] = count_tokens([text[left:right]])
    if tokens <= limit or right - left < 2:
        yield left, right, min(tokens, limit)
        return
    middle = (left + right) // 2
    spaces = (text.rfind(" ", left + 1, middle), text.find(" ", middle, right))
    cut = next((space for space in spaces if space > left), middle)
    yield from _cut(text, left, cut, count_tokens, limit)
    after = cut + 1 if text[cut].isspace() else cut
    if after < right:
        yield from _cut(text, after, right, count_tokens, limit)


def shortened(title: str) -> str:
    """A title of at most about TITLE_TOKENS word pieces, so that the passage after it is read to its end."""
    return title[: TITLE_TOKENS * 4]
