"""What a conversation cites, for reference managers: CSL-JSON (citationstyles.org) and BibTeX."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from assistant.types import Citation, Conversation
from ingest.language.english import STOPWORDS
from ingest.language.text import squeeze

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_PARTS = {"year": 1, "month": 2}  # parts of a date that are known; of every finer one all three
# BibTeX counts braces even behind a backslash.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "&%$#_"},
}  # fmt: skip
_NOT_IN_A_FIELD = {sign: f"%{ord(sign):02X}" for sign in ' {}\\"<>'}


def as_csl(conversation: Conversation) -> str:
    """The cited articles as CSL-JSON, each once, in the order in which they were cited."""
    items = [_csl(key, cited) for key, cited in _keyed(conversation)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def as_bibtex(conversation: Conversation) -> str:
    """The same as BibTeX, in UTF-8."""
    return "\n\n".join(_entry(key, cited) for key, cited in _keyed(conversation)) + "\n"


def cited_articles(conversation: Conversation) -> list[Citation]:
    """The first citation of each article."""
    cited = (one for turn in conversation.turns for one in turn.answer.citations)
    first: dict[str, Citation] = {}
    for one in cited:
        first.setdefault(one.article_id, one)
    return list(first.values())


def _keyed(conversation: Conversation) -> Iterator[tuple[str, Citation]]:
    """Each cited article with a key of its own: outlet, year, and a word of the title."""
    taken: set[str] = set()
    for cited in cited_articles(conversation):
        named = key = _key(cited)
        number = 1
        while key in taken:
            number += 1
            key = f"{named}-{number}"
        taken.add(key)
        yield key, cited


def _key(cited: Citation) -> str:
    words = [word for word in re.findall(r"[a-z]+", _plain(cited.title)) if word not in STOPWORDS]
    year = str(cited.published.year) if cited.published else "undated"
    outlet = "".join(re.findall(r"[a-z0-9]+", _plain(cited.outlet)))
    return "".join([outlet, year, *words[:1]])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _authors(cited: Citation) -> tuple[str, ...]:
    """Who wrote it; else the agency that it comes from."""
    return tuple(map(squeeze, cited.authors or filter(None, [cited.origin])))


def _date_parts(cited: Citation) -> list[int]:
    """Year, month and day, as far as they are known."""
    at: datetime | None = cited.published
    known = _PARTS.get(cited.published_precision or "day", 3)
    return [at.year, at.month, at.day][:known] if at else []


def _csl(key: str, cited: Citation) -> dict[str, Any]:
    dated = _date_parts(cited)
    fields = {
        "id": key,
        "type": "article-newspaper",
        "title": squeeze(cited.title),
        "container-title": squeeze(cited.outlet),
        "author": [{"literal": name} for name in _authors(cited)],
        "issued": {"date-parts": [dated]} if dated else None,
        "URL": cited.url,
    }
    return {name: value for name, value in fields.items() if value}


def _entry(key: str, cited: Citation) -> str:
    year, month, day = [*_date_parts(cited), None, None, None][:3]
    fields = {
        "title": f"{{{{{_escaped(cited.title)}}}}}",
        "author": _braced(" and ".join(map(_author, _authors(cited)))),
        "journal": f"{{{_escaped(cited.outlet)}}}",
        "year": year and f"{{{year}}}",
        "month": month and _MONTHS[month - 1],
        "day": day and f"{{{day}}}",
        "url": _braced(_address(cited.url or "")),
    }
    lines = [f"  {name} = {value}" for name, value in fields.items() if value]
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}"


def _author(name: str) -> str:
    """A name that BibTeX splits into its parts; one that is no person's, or that it would split wrongly, is kept."""
    splits = len(name.split()) > 1 and name.istitle() and "," not in name
    escaped = _escaped(name)
    return escaped if splits and " and " not in name.casefold() else f"{{{escaped}}}"


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in squeeze(text))


def _address(url: str) -> str:
    return "".join(_NOT_IN_A_FIELD.get(sign, sign) for sign in url)
