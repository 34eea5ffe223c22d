"""Paragraphs with questions (SQuAD, Rajpurkar et al. 2016 and 2018; CC BY-SA 4.0)."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ingest.language.sentences import sentences

Question = tuple[str, tuple[str, ...], bool]


@dataclass(frozen=True)
class Paragraph:
    """A piece of an article, and questions with their answers and whether the paragraph holds one."""

    title: str
    text: str
    questions: tuple[Question, ...] = ()

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each sentence."""
        return sentences(self.text)

    def row(self, place: tuple[int, int]) -> int | None:
        """The sentence that holds all of a place."""
        rows = (row for row, (start, end) in enumerate(self.spans) if start <= place[0] and place[1] <= end)
        return next(rows, None)


def paragraphs(file: Path) -> list[Paragraph]:
    """The paragraphs of a file of JSON lines with title, context and questions[question, answers, answerable]."""
    with gzip.open(file, "rt") as lines:
        return [_paragraph(json.loads(line)) for line in lines]


def _paragraph(record: dict[str, Any]) -> Paragraph:
    asked = tuple((one["question"].strip(), tuple(one["answers"]), one["answerable"]) for one in record["questions"])
    return Paragraph(unquote(record["title"].replace("_", " ")), record["context"], asked)
