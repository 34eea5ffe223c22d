"""Paragraphs of hundreds of links and emphasised words, which trafilatura reads in the square of their number."""

from __future__ import annotations

from typing import Any

_MOST = 300


def flatten(tree: Any) -> None:
    """Make plain text of what such paragraphs hold; their line breaks stay."""
    for paragraph in list(tree.iter("p")):
        if len(paragraph) > _MOST and sum(child.tag != "br" for child in paragraph) > _MOST:
            _flatten(paragraph)


def _flatten(paragraph: Any) -> None:
    from lxml.etree import SubElement

    lines = _lines(paragraph)
    tail = paragraph.tail
    paragraph.clear()
    paragraph.text, paragraph.tail = lines[0], tail
    for line in lines[1:]:
        SubElement(paragraph, "br").tail = line


def _lines(paragraph: Any) -> list[str]:
    lines = [[paragraph.text or ""]]
    for child in paragraph:
        if child.tag == "br":
            lines.append([])
        else:
            lines[-1].extend(child.itertext())
        lines[-1].append(child.tail or "")
    return ["".join(parts) for parts in lines]
