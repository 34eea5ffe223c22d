"""The tags of a page looked over before it is parsed.

libxml2 takes the square of a tag's attributes in time and reads nothing below its 2048th level.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 256
_MOST_LEVELS = 250
_SPACE = r"[ \t\n\f\r]"
# As the HTML standard's tokenizer reads them (section 13.2.5), each once and without going back.
_ATTRIBUTE = (
    rf"(?>[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{_SPACE}*+={_SPACE}*+"
    r"(?:\"[^\"]*+\"?+|'[^']*+'?+|[^ \t\n\f\r>]*+))?+)"
)
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![a-z]))[^>]*+"
_RAW = r"(?P<raw>script|style|title|textarea|iframe|xmp|noembed|noframes)(?=[ \t\n\f\r/>])"
_TAG = rf"<(?:{_RAW}|/?[a-z][^ \t\n\f\r/>]*+)(?:(?P<many>{_ATTRIBUTE}{{{MOST_ATTRIBUTES + 1}}})|{_ATTRIBUTE}*+)"
_CONTENT = r"(?(raw)(?:[^>/]*+>.*?(?:</(?P=raw)|\Z))?)"
_MARKUP = re.compile(rf"{_COMMENT}|{_TAG}{_CONTENT}", re.IGNORECASE | re.DOTALL)

# Elements that have to be closed, so that their levels can be counted.
_NESTED = re.compile(
    r"<(/?)(?:div|span|section|article|main|center|blockquote|font|b|i|em|strong)\b[^<>]{0,5000}>", re.I
)


def overloaded(text: str) -> bool:
    """Whether a tag of the page has more than MOST_ATTRIBUTES attributes; tags in scripts and comments are none."""
    return any(match["many"] for match in _MARKUP.finditer(text))


def flattened(text: str) -> str:
    """The page without the boxes beyond its 250th level; what stands in them is kept, on lines of its own."""
    level = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal level
        is_end = bool(tag[1])
        here = level if is_end else level + 1
        level = max(0, level - 1) if is_end else level + 1
        return tag[0] if here <= _MOST_LEVELS else "<br><br>"

    return _NESTED.sub(kept, text)
