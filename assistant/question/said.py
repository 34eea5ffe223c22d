"""What somebody wrote to ask or to search for."""

from __future__ import annotations

from assistant.errors import QuestionError
from ingest.language.text import squeeze


def said(question: str) -> str:
    """The question, cleaned. Raises QuestionError for one without a letter or digit."""
    cleaned = squeeze(question)
    if not any(map(str.isalnum, cleaned)):
        raise QuestionError("the question is empty", "ask something")
    return cleaned
