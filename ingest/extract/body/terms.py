"""Lists of terms and preformatted lines of a page as paragraphs."""

from __future__ import annotations

from typing import Any

from ingest.extract.body.runs import Run, runs

_LONGEST = 300  # characters of what is said of a term for which both stand in one line
_STOPS = "?!.:;…？！。：؟"


def spell_terms(tree: Any) -> None:
    """Set each term and what is said of it in one line, and each preformatted line by itself."""
    for listed in list(tree.iter("dl")):
        if listed.find(".//dl") is None and listed.find(".//dt") is not None:
            _set_terms(listed, runs(listed))
    for kept in list(tree.iter("pre")):
        _set(kept, "div", "p", [line for line in (kept.xpath("string()") or "").splitlines() if line.strip()])


def _set_terms(listed: Any, found: list[Run]) -> None:
    if 2 * sum(run.linked for run in found) <= sum(len(run.text) for run in found):
        _set(listed, "ul", "li", _pairs(found))


def _pairs(found: list[Run]) -> list[str]:
    """Each term with what is said of it right behind; what is long, or said further of it, by itself."""
    lines: list[str] = []
    open_term = False
    for run in found:
        term = _is_term(run.element)
        if open_term and not term and len(run.text) <= _LONGEST:
            lines[-1] += f"{'' if lines[-1][-1] in _STOPS else ':'} {run.text}"
        else:
            lines.append(run.text)
        open_term = term
    return lines


def _is_term(element: Any) -> bool:
    return element.tag == "dt" or any(above.tag == "dt" for above in element.iterancestors("dt", "dd"))


def _set(element: Any, tag: str, inner: str, lines: list[str]) -> None:
    from lxml.etree import SubElement

    tail = element.tail
    element.clear()
    element.tag, element.tail = tag, tail
    for line in lines:
        SubElement(element, inner).text = line
