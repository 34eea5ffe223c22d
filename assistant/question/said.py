"""What somebody wrote to ask or to search for."""

from __future__ import annotations

from assistant.errors import QuestionError
from ingest.language.text import squeeze

_FEW = 2  # words that may all be names: "NATO", "EU WHO"


def said(question: str) -> str:
    """The question, cleaned. Raises QuestionError for one without a letter or digit."""
    cleaned = squeeze(question)
    if not any(map(str.isalnum, cleaned)):
        raise QuestionError("the question is empty", "ask something")
    return cleaned


def uncapitalised(question: str) -> str:
    """The question, in small letters if it is all in capitals: these tell no names."""
    return question.lower() if question.isupper() and len(question.split()) > _FEW else question
