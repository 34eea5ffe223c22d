"""A conversation as a document, or the articles that it cites as references for other programs."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations.markdown import as_markdown
from assistant.conversations.references import as_bibtex, as_csl
from assistant.types import Conversation, ExportFormat


@dataclass(frozen=True)
class Form:
    """How an export goes into a file or over HTTP."""

    media_type: str
    suffix: str


FORMS: dict[ExportFormat, Form] = {
    "markdown": Form("text/markdown; charset=utf-8", ".md"),
    "json": Form("application/json", ".json"),
    "csl": Form("application/vnd.citationstyles.csl+json", ".csl.json"),
    "bibtex": Form("application/x-bibtex; charset=utf-8", ".bib"),
}


def exported(conversation: Conversation, form: ExportFormat) -> str:
    """The export as text that ends in a line end."""
    match form:
        case "markdown":
            return as_markdown(conversation)
        case "json":
            return conversation.model_dump_json(indent=2) + "\n"
        case "csl":
            return as_csl(conversation)
        case "bibtex":
            return as_bibtex(conversation)
