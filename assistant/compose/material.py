"""The messages for a chat model: the question, and evidence that cannot step out of its place."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.evidence.evidence import Evidence
from assistant.prompts import render
from assistant.types import Turn
from assistant.wording import printed
from ingest.language.text import clean, squeeze

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

EVIDENCE_CHARACTERS = 24_000
_SENTENCE_CHARACTERS, _BEFORE_CHARACTERS, _ANSWER_CHARACTERS = 2000, 800, 600
_TURNS = 3
# Written as escapes so that no article can end its line, open a chat template's token or look like a citation mark.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>[]\x7f\x85\u2028\u2029"}
_MARK = re.compile(r"\s?\[\d{1,3}\]")


def messages(question: str, evidence: Sequence[Evidence], history: Sequence[Turn]) -> list[BaseMessage]:
    """The system's and the user's message; the lines around the evidence hold a number nobody can foresee.

    The system's message is the same for every question, so that a provider reads it once.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    mark = f"evidence-{secrets.token_hex(8)}"
    user = render(
        "answer_user",
        history=history_lines(history),
        mark=mark,
        evidence="\n".join(evidence_line(item) for item in fitting(evidence)),
        question=squeeze(question),
    )
    return [SystemMessage(render("answer_system")), HumanMessage(user)]


def small_messages(question: str, evidence: Evidence) -> list[BaseMessage]:
    """The same for a small model: one passage, as plain text that stays on its line."""
    from langchain_core.messages import HumanMessage, SystemMessage

    passage = squeeze(evidence.span.text[:_SENTENCE_CHARACTERS]).translate(_ESCAPED)
    user = render("small_user", passage=passage, question=squeeze(question))
    return [SystemMessage(render("small_system")), HumanMessage(user)]


def evidence_line(evidence: Evidence) -> str:
    """One JSON object on one line; reading it back gives the cleaned text, whatever it holds."""
    article = evidence.article
    fields = {
        "key": evidence.key,
        "outlet": article.outlet,
        "date": printed(article.published, article.published_precision, article.published_said),
        "title": article.title,
        "sentence": evidence.span.text[:_SENTENCE_CHARACTERS],
        "before": evidence.before[-_BEFORE_CHARACTERS:],
    }
    return _line({name: value for name, value in fields.items() if value})


def history_lines(history: Sequence[Turn]) -> str:
    """The last turns, one JSON object a line, without the marks of citations that are no longer offered."""
    lines = [
        _line({"question": turn.question, "answer": _MARK.sub("", turn.answer.text)[:_ANSWER_CHARACTERS]})
        for turn in history[-_TURNS:]
    ]
    return "\n".join(lines) or "(none)"


def fitting(evidence: Sequence[Evidence], characters: int = EVIDENCE_CHARACTERS) -> list[Evidence]:
    """As much of the best evidence as a prompt has room for, in the order given; at least one piece."""
    chosen: set[int] = set()
    for index in sorted(range(len(evidence)), key=lambda index: -evidence[index].score):
        characters -= len(evidence_line(evidence[index]))
        if characters < 0 and chosen:
            break
        chosen.add(index)
    return [item for index, item in enumerate(evidence) if index in chosen]


def best_half(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The better half, in the order given."""
    best = sorted(evidence, key=lambda item: -item.score)[: max(1, len(evidence) // 2)]
    kept = {item.key for item in best}
    return [item for item in evidence if item.key in kept]


def _line(fields: dict[str, str]) -> str:
    cleaned = {name: clean(value) for name, value in fields.items()}
    return json.dumps(cleaned, ensure_ascii=False).translate(_ESCAPED)
