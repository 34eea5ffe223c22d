"""Files of questions whose answer is known: JSON Lines, one question a line, also packed as .gz."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from assistant.types import Filter
from ingest.errors import SettingsError
from ingest.misfit import misfits
from ingest.types import Day, Frozen

_HINT = 'a line is such as {"question": "Who won?", "articles": ["https://…"], "answers": ["Maren Holt"]}'


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    return text


Told = Annotated[str, AfterValidator(_says_something)]


class EvalQuestion(Frozen):
    """A question with what is known of its answer.

    date         it is asked at the end of this day: what was published later is out of reach
    articles     addresses or ids of the articles that answer it, any of them
    answers      words that an answer holds, any of them, without regard to case
    answerable   false where the archive does not hold the answer, so that it must be refused
    """

    question: Annotated[Told, Field(max_length=2000)]
    id: str = ""
    date: Day | None = None
    articles: tuple[Told, ...] = ()
    answers: tuple[Told, ...] = ()
    answerable: bool = True
    filters: Filter = Filter()

    @property
    def as_asked(self) -> Filter:
        """The filter with which it is asked: its own, on its day."""
        days = [day for day in (self.date, self.filters.until) if day]
        return self.filters.model_copy(update={"until": min(days, default=None)})


def read_questions(path: Path) -> list[EvalQuestion]:
    """The questions of a file. Raises SettingsError that names the line, when one cannot be used or there is none."""
    try:
        questions = list(_read(path))
    except (OSError, EOFError, UnicodeDecodeError) as exc:
        raise SettingsError(f"{path} cannot be read: {exc}", "give a file of questions in UTF-8") from exc
    if not questions:
        raise SettingsError(f"{path} holds no questions", _HINT)
    return questions


def _read(path: Path) -> Iterator[EvalQuestion]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _question(line, f"{path}, line {number}")


def _question(line: str, where: str) -> EvalQuestion:
    try:
        return EvalQuestion.model_validate_json(line)
    except ValidationError as exc:
        raise SettingsError(f"{where}: {misfits(exc.errors())}", _HINT) from exc
