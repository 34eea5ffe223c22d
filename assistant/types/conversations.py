"""What was asked before: turns, conversations, what has become of their citations, and how they are listed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from assistant.types.answer import Answer
from ingest.types import Frozen

# moved: the text stands elsewhere in the article as it is now; corrected: the article has changed and no longer has
# it; gone: the article, or the version that was cited, is no longer in the archive
Became = Literal["moved", "corrected", "gone"]
ExportFormat = Literal["markdown", "json", "csl", "bibtex"]
ConversationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Change(Frozen):
    """What has become of a cited text since the answer was given.

    number   the citation
    version  the article's current version; null if the article is gone
    start    where the text begins in the current version; null unless it has moved
    end      where it ends there
    """

    number: int
    became: Became
    version: str | None = None
    start: int | None = None
    end: int | None = None


class Turn(Frozen):
    """One question of a conversation, and its answer.

    number   its place in the conversation, from 1
    at       when it was asked
    changes  the citations whose article has changed since
    """

    question: str
    answer: Answer
    number: int = 0
    at: AwareDatetime | None = None
    changes: tuple[Change, ...] = ()


class Conversation(Frozen):
    """The questions and answers of a conversation, oldest first.

    title    its name, or its first question
    named    whether somebody named it
    total    how many turns it has in all
    began    when its first question was asked
    updated  when its last question was asked
    """

    id: str
    title: str = ""
    named: bool = False
    total: int = 0
    began: AwareDatetime | None = None
    updated: AwareDatetime | None = None
    turns: tuple[Turn, ...] = ()


class Match(Frozen):
    """Where a conversation has the words that were searched for.

    turn  the number of the turn; the first that has one of the words
    text  an excerpt
    """

    turn: int
    text: str


class ConversationSummary(Frozen):
    """A conversation in a list.

    title    its name, or its first question
    named    whether somebody named it
    turns    how many questions it has
    began    when its first question was asked
    updated  when its last question was asked
    match    where it has the words that were searched for
    """

    id: str
    title: str
    named: bool
    turns: int
    began: AwareDatetime
    updated: AwareDatetime
    match: Match | None = None


class ConversationList(Frozen):
    """A page of the conversations, the last asked first.

    total  how many match in all
    next   the cursor of the next page; null on the last one
    """

    total: int
    conversations: tuple[ConversationSummary, ...]
    next: str | None = None


class Renaming(Frozen):
    """A name for a conversation.

    title  the name; an empty one takes the name away, and the first question stands for it again
    """

    title: Annotated[str, Field(max_length=200)]
