"""Sentences with what stands around them, from which claims are made."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reading.training.paragraphs import Paragraph, paragraphs
from ingest.language.sentences import sentences

WORDS = range(6, 45)  # in a sentence that becomes a claim
_NAME = re.compile(
    r"(?<=[a-z,;] )(?!I\b)[A-Z][\w’'-]+(?: (?:(?:of|de|the|van|von) )?[A-Z][\w’'-]+)*|(?<=[a-z] )[A-Z]{2,6}\b"
)


@dataclass(frozen=True)
class Passage:
    """A paragraph in sentences, and other sentences of its article."""

    title: str
    sentences: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The sentence of a passage from which a claim is made; `near` are the others of its article."""

    passage: Passage
    at: int

    @property
    def sentence(self) -> str:
        return self.passage.sentences[self.at]

    @property
    def before(self) -> str:
        return self.passage.sentences[self.at - 1] if self.at else ""

    @property
    def near(self) -> tuple[str, ...]:
        """The other sentences of the passage, then of the article."""
        own = self.passage.sentences
        return (*own[: self.at], *own[self.at + 1 :], *self.passage.others)


@dataclass(frozen=True)
class Judged:
    """A claim that was written about a document, and whether the document supports it.

    text  the whole document
    """

    claim: str
    passage: Passage
    supported: bool
    text: str = ""


def wikipedia(file: Path) -> list[Passage]:
    """Paragraphs with the sentences of the next one of the same article."""
    every = paragraphs(file)
    return [
        Passage(one.title, cut(one.text), cut(other.text) if other.title == one.title else ())
        for one, other in zip(every, [*every[1:], Paragraph("", "", ())], strict=True)
    ]


def judged(file: Path, *, held_out: bool) -> list[Judged]:
    """The claims of two thirds of the documents, or of the third that is only measured on.

    What shares a claim or the beginning of a document is in the same part.
    """
    with gzip.open(file, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    groups = _groups([(row["claim"], row["document"][:60]) for row in rows])
    return [
        Judged(row["claim"].strip(), Passage("", cut(row["document"])), row["supported"], row["document"])
        for row, group in zip(rows, groups, strict=True)
        if (_third(group) == 0) == held_out
    ]


def names(text: str) -> list[re.Match[str]]:
    """Names that do not begin the sentence."""
    return list(_NAME.finditer(text))


def cut(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text[start:end].split()) for start, end in sentences(text))


def sources(passage: Passage) -> Iterator[Source]:
    """Its sentences that can be claims."""
    for at, sentence in enumerate(passage.sentences):
        if len(sentence.split()) in WORDS and _is_whole(sentence):
            yield Source(passage, at)


def _is_whole(sentence: str) -> bool:
    """Whether it begins and ends like a sentence, and no quotation is cut."""
    bare = sentence.strip('“”"')
    balanced = sentence.count("“") == sentence.count("”") and sentence.count('"') % 2 == 0
    return balanced and bare[:1].isupper() and bare[-1:] in (".", "!")


def _third(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0] % 3


def _groups(keys: Sequence[tuple[str, str]]) -> list[str]:
    """One name for all rows that share a key, directly or through others."""
    leader: dict[str, str] = {}

    def top(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for one, other in keys:
        leader[top(one)] = top(other)
    return [top(one) for one, _ in keys]
