"""Marks of notes in a text: taken out where they lead to one, and never glued to a number."""

from __future__ import annotations

import re
from typing import Any

from ingest.extract.body.hidden import drop

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?")
_BRACKETED = re.compile(r"[\[(]\d{1,3}[\])]")
_DIGITS = re.compile(r"[+−-]?\d{1,9}")
_UNIT = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}$")  # m, km, ha: a power is written right behind them
# Roles of the Digital Publishing module of WAI-ARIA, the types of EPUB, and the class that MediaWiki gives.
_REFERS = re.compile(r"noteref|foot-?note|end-?note|fn-?ref|cite_ref|(?:^|\s)reference(?:$|\s)", re.IGNORECASE)
_NAMED = ("role", "class", "id", "{http://www.idpf.org/2007/ops}type", "epub:type")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LONGEST = 6


def drop_marks(tree: Any) -> None:
    """Take out the marks that refer to a note; digits that may be a power or a mark become raised signs."""
    for raised in list(tree.iter("sup")):
        text = "".join(raised.itertext()).strip()
        if len(text) > _LONGEST or not (before := _before(raised)).strip():
            continue
        if _MARK.fullmatch(text) and (_BRACKETED.fullmatch(text) or _refers(raised)):
            drop(_whole(raised))
        elif _DIGITS.fullmatch(text) and not _UNIT.search(before):
            raised[:], raised.text = [], text.translate(_RAISED)
    for link in list(tree.iter("a")):
        if _leads_below(link) and _NUMBER.fullmatch("".join(link.itertext()).strip()) and _is_glued(link):
            drop(link)


def _refers(raised: Any) -> bool:
    links = [*raised.iter("a"), *raised.iterancestors("a")]
    return any(map(_leads_below, links)) or any(
        _REFERS.search(one.get(name) or "") for one in (raised, *links) for name in _NAMED
    )


def _leads_below(link: Any) -> bool:
    return "#" in (link.get("href") or "")


def _whole(raised: Any) -> Any:
    """The mark with the link around it that holds nothing else."""
    around = raised.getparent()
    is_all = around.tag == "a" and "".join(around.itertext()).strip() == "".join(raised.itertext()).strip()
    return around if is_all else raised


def _is_glued(link: Any) -> bool:
    return _before(link)[-1:].strip() != ""


def _before(element: Any) -> str:
    """The text right before an element in its block."""
    step = element
    while step is not None and step.tag in ("sup", "a", "span", "b", "i", "em", "strong"):
        before = step.getprevious()
        text = (before.tail or "".join(before.itertext())) if before is not None else (step.getparent().text or "")
        if text or before is not None:
            return str(text)[-20:]
        step = step.getparent()
    return ""
