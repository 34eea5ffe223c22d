"""What an agent can attach to its context: the state of the archive, its articles, and conversations, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import wording
from assistant.service.protocol import Service
from assistant.types import Article, ArticleSummary, Conversation, Readiness, Turn
from ingest.errors import NotFound
from ingest.language.text import squeeze

PAGE = 50
ARCHIVE = "dateline://archive"
ARTICLES = "dateline://articles/"
CONVERSATIONS = "dateline://conversations/"
MARKDOWN = "text/markdown"
_NAMED = re.compile(rf"(?P<place>{ARTICLES}|{CONVERSATIONS})(?P<name>[A-Za-z0-9_-]{{1,64}})")


async def text_of(service: Service, uri: str) -> str:
    """A resource by its address. Raises NotFound."""
    if uri == ARCHIVE:
        return _archive(await service.readiness())
    if (named := _NAMED.fullmatch(uri)) is None:
        raise NotFound(f"there is no resource {uri}", f"articles are {ARTICLES}ID, conversations {CONVERSATIONS}ID")
    if named["place"] == ARTICLES:
        return _article(await service.article(named["name"]))
    return "\n".join(_conversation(await service.conversation(named["name"])))


def label(article: ArticleSummary) -> str:
    """An article in a list of resources."""
    return f"{squeeze(article.outlet)}, {wording.published(article)}"


def _archive(held: Readiness) -> str:
    span = f", from {wording.day(held.oldest)} to {wording.day(held.newest)}" if held.newest and held.oldest else ""
    return (
        f"{wording.counted(held.articles, 'article')} from {wording.counted(held.outlets, 'outlet')}{span}. "
        f"Answers are written by: {held.model}."
    )


def _article(article: Article) -> str:
    about = [squeeze(article.outlet), wording.printed(article.published, article.published_precision)]
    about += [", ".join(map(squeeze, article.authors))] if article.authors else []
    lines = [f"# {squeeze(article.title)}", "", " · ".join(about), *([f"<{article.url}>"] if article.url else [])]
    caution = wording.caution(article)
    return "\n".join([*lines, *([caution] if caution else []), "", article.text])


def _conversation(conversation: Conversation) -> Iterator[str]:
    yield f"# {conversation.id}"
    for turn in conversation.turns:
        yield from _turn(turn)


def _turn(turn: Turn) -> Iterator[str]:
    yield from ("", f"## {squeeze(turn.question)}", "", turn.answer.text, "")
    for cited in turn.answer.citations:
        yield f"[{cited.number}] {wording.headline(cited)} · {ARTICLES}{cited.article_id}: “{cited.text}”"
