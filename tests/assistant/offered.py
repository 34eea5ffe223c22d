"""Evidence about a bridge, a bank and a museum, for tests of what is made of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.evidence.evidence import Evidence
from assistant.evidence.selection import EvidenceFinder
from assistant.question.asked import Asked
from assistant.question.question import Question
from assistant.reading.reader import AnswerReader
from assistant.search.retriever import Retriever
from assistant.types import Answer, AskRequest, Citation, Filter, Span, Statement, Turn
from ingest.archive.archive import Archive
from ingest.types import Article


def piece(
    key: str,
    text: str,
    *,
    before: str = "",
    title: str = "Bridge over the Sella reopens",
    outlet: str = "Morning Herald",
    published: datetime | None = datetime(2025, 3, 13, 9, tzinfo=UTC),
    score: float = 0.8,
) -> Evidence:
    article = Article(id=key, title=title, text=f"{before} {text}".strip(), outlet=outlet, published=published)
    span = Span(article_id=key, version="1", start=0, end=len(text), text=text)
    return Evidence(key, span, article, score, before)


BRIDGE = piece(
    "br1",
    "The bridge over the Sella reopened on Wednesday after repairs that took seven months and cost €3.4 million.",
)
MAYOR = piece(
    "br2",
    "“Nobody here will miss the detour,” said Mayor Inga Holm, who cut the ribbon with the engineer Paulo Reis.",
    before="About 1,200 people walked across in the first hour.",
)
ENGINEER = piece(
    "br3",
    "Paulo Reis said the new bearings would “last for forty winters”, while Inga Holm called the delay “a disgrace”.",
)
BANK = piece(
    "bk1",
    "The Bank of Velden raised its key rate by a quarter of a point to 5.25% on 6 March, its governor, Lena Okoro, "
    "said.",
    title="Velden raises rate",
    outlet="Ledger",
)
MUSEUM = piece(
    "mu1", "The museum did not buy the disputed painting.", title="Painting stays with heirs", outlet="Ledger"
)
OFFERED = {item.key: item for item in (BRIDGE, MAYOR, ENGINEER, BANK, MUSEUM)}


def evidence_for(archive: Archive, question: str, reader: AnswerReader | None = None) -> list[Evidence]:
    """What is found in an archive, best first."""
    retriever = Retriever(archive)
    [inquiry] = Question.read(AskRequest(question=question), question, (), date(2026, 11, 25)).inquiries
    vector = retriever.vector(question)
    hits = retriever.find(question, vector, 5)
    return EvidenceFinder(archive, reader).find(question, Asked.read(inquiry, archive.words), vector, hits)[0]


def turn(
    question: str,
    *,
    standalone: str = "",
    answer: str = "Yes [1].",
    speaker: str | None = None,
    title: str = "A headline",
    answering: str | None = None,
) -> Turn:
    """A turn of a conversation with one cited statement."""
    citation = Citation(
        article_id="a", version="1", start=0, end=3, text="Yes", number=1, outlet="Ledger", title=title
    )
    statement = Statement(text="Yes.", citations=(1,), speaker=speaker, answering=answering)
    return Turn(
        question=question,
        answer=Answer(
            question=question,
            standalone=standalone or question,
            text=answer,
            outcome="answered",
            statements=(statement,),
            citations=(citation,),
            filters=Filter(),
            as_of=None,
            independent_sources=1,
            receipt=None,
            conversation_id="c",
            model="extractive",
        ),
    )
