"""The text of an answer as it grows, and where its marks stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from assistant import wording
from assistant.evidence.citations import marked_text
from assistant.types import Answer, Citation, Stated, Statement
from ingest.types import Frozen

_ANEW = "\n\nThe sentences above are withdrawn.\n\n"


class UrlCitation(Frozen):
    """What a mark such as [1] in the text stands for.

    start_index  where the mark begins in the text
    end_index    where it ends
    url          the article's address, or where this service shows it
    text         the cited words: `start:end` of the text of that version of the article, or of its title
    """

    url: str
    title: str
    start_index: int
    end_index: int
    number: int
    outlet: str
    published: str | None
    article_id: str
    version: str
    part: str
    start: int
    end: int
    text: str


class Telling:
    """Puts the text together from the events of an answer.

    base  the address of this service
    """

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self.text = ""
        self._from = 0  # where the text begins that counts

    def stated(self, event: Stated) -> str:
        """What a sentence adds to the text. The reports of a digest are told at the end, under their heading."""
        said = event.statement
        if said.form == "report":
            return ""
        opens = f"{wording.NEAREST} " if said.nearest else ""
        return self._add((" " if self.text else opens) + marked_text([said]))

    def finished(self, answer: Answer) -> str:
        """What is still to be told: the rest of the answer, or all of it where the model has begun anew; a notice."""
        whole = "\n\n".join(filter(None, [answer.text, answer.notice]))
        if whole.startswith(self.text):
            return self._add(whole[len(self.text) :])
        self._from = len(self.text) + len(_ANEW)
        return self._add(_ANEW + whole)

    def _add(self, piece: str) -> str:
        self.text += piece
        return piece

    def citations(self, answer: Answer) -> tuple[UrlCitation, ...]:
        """Every mark in the text, in order; to be asked when the answer is finished."""
        return tuple(self._citations(answer.statements, {one.number: one for one in answer.citations}))

    def _citations(self, statements: Sequence[Statement], cited: dict[int, Citation]) -> Iterator[UrlCitation]:
        at = self._from
        for said in statements:
            at = self.text.index(said.text, at) + len(said.text)
            for number in said.citations:
                start = self.text.index(mark := f"[{number}]", at)
                at = start + len(mark)
                yield self._citation(cited[number], start, at)

    def _citation(self, cited: Citation, start: int, end: int) -> UrlCitation:
        here = f"{self._base}/articles/{quote(cited.article_id, safe='')}?version={cited.version}"
        return UrlCitation(
            url=cited.url or here,
            start_index=start,
            end_index=end,
            published=cited.published.isoformat() if cited.published else None,
            **cited.model_dump(
                include={"title", "number", "outlet", "article_id", "version", "part", "start", "end", "text"}
            ),
        )
