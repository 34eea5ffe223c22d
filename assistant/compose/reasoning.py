"""The marks around what a chat model writes for itself before it answers."""

from __future__ import annotations

import re
from typing import Literal

Mark = Literal["opens", "closes", "token"]

# As the reasoning parsers of vLLM, SGLang and llama.cpp know them. The channels are those of gpt-oss, which answers
# in "final"; where a server leaves its tokens out, "assistantfinal" is what remains of them.
_NAMES = "think|thinking|thought|thoughts|reasoning|reason|reflection|analysis|scratchpad|chain_of_thought"
_BRACKETS = (
    ("<", _NAMES, ">"),
    ("<|", _NAMES, "|>"),
    ("[", "think|thinking|reasoning", "]"),
    ("◁", "think|thinking", "▷"),
)
_OPENS, _CLOSES = r"(?:\w{1,12}:|begin_of_|start_)?", r"(?:/(?:\w{1,12}:)?|end_of_|end_)"
_MORE = r"(?:[_-]\w{1,20})?"  # of a name: "reasoning_content"
_ATTRIBUTES = r"(?:\s[^<>\[\]{}]{0,60})?"
_TOKENS = r"[^<>{}]{0,60}(?:<\|constrain\|>\w{0,20})?<\|message\|>"


def _around(before: str, after: str = "") -> list[str]:
    return [
        rf"{re.escape(left)}{before}(?:{names}){_MORE}{after}{re.escape(right)}" for left, names, right in _BRACKETS
    ]


_TABLE: dict[Mark, list[str]] = {
    "opens": [
        *_around(_OPENS, _ATTRIBUTES),
        rf"<\|channel\|>\s?(?:analysis|commentary)\b{_TOKENS}",
        r"\bhere(?: is|[’']s) my thought process:",
    ],
    "closes": [
        *_around(_CLOSES),
        rf"<\|channel\|>\s?final\b{_TOKENS}",
        r"assistantfinal",
        r"\bhere(?: is|[’']s) my response:",
    ],
    "token": [r"<\|(?!channel|constrain|message)[\w.]{1,40}\|>"],
}
_MARKS = {mark: re.compile(rf"(?:{'|'.join(forms)})\Z", re.IGNORECASE) for mark, forms in _TABLE.items()}
_TOKEN = re.compile("|".join(_TABLE["token"]))
_CLOSED = re.compile("|".join(_TABLE["closes"]), re.IGNORECASE)
_LAST_SIGNS = frozenset(">]▷:lL")
LONGEST = 160  # characters of a mark


def mark_at_end(text: str) -> tuple[Mark, int] | None:
    """The mark that ends a text and where it begins; None where the text ends with none."""
    if text[-1:] not in _LAST_SIGNS:
        return None
    tail = text[-LONGEST:]
    found = ((mark, pattern.search(tail)) for mark, pattern in _MARKS.items())
    return next(((mark, len(text) - len(tail) + match.start()) for mark, match in found if match), None)


def without_tokens(text: str) -> str:
    """The text without the tokens of a chat template that a server left in it."""
    return _TOKEN.sub("", text)


def closing_mark(text: str) -> int | None:
    """Where in a text its last closing mark ends; None where it has none."""
    return max((match.end() for match in _CLOSED.finditer(text)), default=None)
