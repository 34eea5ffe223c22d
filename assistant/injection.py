"""Text in an article that speaks to an assistant: it stays in the article and is never quoted as news."""

from __future__ import annotations

import re

_ASSISTANT = (
    r"(?:AI|A\.I\.|language|chat|virtual|automated)[\s-](?:assistant|model|agent|system|tool|bot)s?"
    r"|chatbots?|LLMs?|ChatGPT"
)
_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|direction|order)s?\b"
    r"|\b(?:note|message|instruction|attention|notice)s?\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+)?"
    rf"(?:{_ASSISTANT}|assistants?)\b"
    rf"|\b(?:{_ASSISTANT})\b.{{0,40}}\b(?:reading|processing|summari[sz]ing|answering)\s+this\b"
    rf"|\bif you are an?\s+(?:{_ASSISTANT}|assistant)\b|\byou are (?:now )?an?\s+(?:{_ASSISTANT})\b"
    r"|\b(?:system|developer)\s+(?:prompt|message|override)\b|\byour (?:system )?(?:prompt|instructions)\b"
    r"|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?(?:INST|SYSTEM)\]",
    re.IGNORECASE | re.DOTALL,
)


def speaks_to_assistants(sentence: str) -> bool:
    """Whether a sentence gives orders to an assistant; news about assistants does not match."""
    return _ADDRESSED.search(sentence) is not None
