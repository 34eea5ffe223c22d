"""Text in an article that gives orders to an assistant: it stays in the article and is never quoted as news."""

from __future__ import annotations

import re

from ingest.language.quotations import unquoted

_ASSISTANT = (
    r"(?:AI|A\.I\.|language|chat|virtual|automated)[\s-](?:assistant|model|agent|system|tool|bot|summari[sz]er)s?"
    r"|chatbots?|LLMs?|ChatGPT"
)
_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|ignorez|ignoriere|ignora)\b.{0,40}"
    r"(?:\b(?:instruction|prompt|instruccion|anweisung)(?:s|es|en)?\b"
    r"|\b(?:all|any|your|these|previous|prior|earlier|above|other)\b.{0,20}\b(?:rule|guideline|direction|order)s?\b)"
    r"|\b(?:ignore|disregard|forget)\s+(?:all\s+|everything\s+)?(?:of\s+)?(?:the\s+)?(?:above|previous|prior|preceding)\b"
    r"|\bfrom now on, (?:respond|reply|answer|you)\b"
    r"|\b(?:override|bypass)\b.{0,40}\b(?:instruction|prompt|guideline)s?\b"
    r"|\b(?:note|message|instruction|attention|notice)s?\s+(?:to|for|from me, the user, to you)(?:,)?\s+"
    rf"(?:all\s+|any\s+|the\s+)?(?:{_ASSISTANT}|assistants?|summari[sz]ers?)\b"
    rf"|\b(?:{_ASSISTANT})\b.{{0,40}}\b(?:reading|processing|summari[sz]ing|answering)\s+this\b"
    rf"|\bif you are an?\s+(?:{_ASSISTANT}|assistant)\b|\byou are (?:now )?an?\s+(?:{_ASSISTANT})\b"
    rf"|\breaders who use (?:{_ASSISTANT})\b|\bany (?:faithful|honest|good) summary\b"
    r"|\b(?:system|developer)[ _](?:prompt|message|override)\b|\byour (?:system )?(?:prompt|instructions)\b"
    r"|\b(?:decode|follow) this\b.{0,20}\b(?:base64|instruction)|\bbase64\b.{0,20}\bfollow\b",
    re.IGNORECASE | re.DOTALL,
)
# Marks of chat templates, of roles, and of an end or a beginning that only a prompt has.
_FRAME = re.compile(
    r"<\|[\w ]{2,30}\|>|<\|?(?:im_start|im_end|system|endoftext)\|?>|</?(?:start|end)_of_turn>|<</?SYS>>"
    r"|\[/?(?:INST|SYSTEM)\]|\"role\"\s*:|</?(?:document|context|source|information|evidence)s?>|```|={4,}|#{3,}\s*\("
    r"|(?:^|[\n.!?`=>]\s{0,3})(?i:system|assistant|human|user|(?:new )?instructions?)(?: from [\w ]{1,30})?\s?:\s"
    r"|(?i:<!--|-->)|\b(?:BEGIN|END) OF (?:ARTICLES?|SOURCES?|DOCUMENTS?|EVIDENCE)\b",
)
# An order to a writer, at the beginning of a clause: "reply only with", "never mention", "state that".
_TOLD = r"and|then|please|(?:you|assistants?|models?) (?:must|will)|strictly|instead"
_CLAUSE = rf"(?:^|[.:;!?)\]}}>`\"]\s*|\b(?:{_TOLD})[:,]?\s+)"
_ORDER = re.compile(
    rf"{_CLAUSE}(?:only )?(?:"
    r"(?:reply|respond|answer)\s+(?:only|with|in|as|to the (?:user|reader|question))\b"
    r"|refuse to (?:answer|reply)|(?:never|do not|don[’']t) (?:mention|cite|reveal|answer)\b|say only\b|state that\b"
    r"|(?:attribute|cite) (?:every|all|no other)\b|repeat (?:everything|all|the (?:above|text|prompt))\b"
    r"|tell the (?:user|reader)s?\b|(?:begin|start|end|finish) (?:your|the|with|it) (?:answer|reply|response|with)\b"
    r"|(?:print|output|echo|append)\s+(?:the|only|this|exactly|everything)\b)"
    r"|\byour (?:next |final |whole |entire )?(?:answer|response|reply|output|summary|completion)\b",
    re.IGNORECASE,
)


# Words of which each of the patterns needs one, and marks for frames: few sentences hold any, so the patterns, which
# take most of the time that evidence takes, are seldom run.
_ADDRESSING = frozenset(
    "ignore disregard forget ignorez ignoriere ignora now override bypass assistant assistants model models agent "
    "agents system systems tool tools bot bots summariser summarisers summarizer summarizers chatbot chatbots llm "
    "llms chatgpt summary prompt message instructions decode follow".split()
)
_FRAMING = ("<", "[", "`", "====", "###", '"role"', "-->", "BEGIN OF ", "END OF ")
_ROLES = frozenset("system assistant human user instruction instructions".split())
_ORDERING = frozenset(
    "reply respond answer refuse mention cite reveal say state attribute repeat tell begin start end finish print "
    "output echo append your".split()
)
_TOKEN = re.compile(r"[^\W_]+")
# What IGNORECASE takes for an i, and the one mark that casefold makes a letter of.
_ALIKE = {0x130: "i", 0x131: "i", 0x345: " "}


def speaks_to_assistants(sentence: str) -> bool:
    """Whether a sentence gives orders to an assistant; news about assistants does not match, nor what people say."""
    words = set(_TOKEN.findall(sentence.translate(_ALIKE).casefold()))
    framed = any(mark in sentence for mark in _FRAMING) or (":" in sentence and not words.isdisjoint(_ROLES))
    return bool(
        (not words.isdisjoint(_ADDRESSING) and _ADDRESSED.search(sentence))
        or (framed and _FRAME.search(sentence))
        or (not words.isdisjoint(_ORDERING) and _ORDER.search(unquoted(sentence)))
    )
