"""An article as lines for the reader, with the cited span marked in the text and at the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style

from assistant.types import Article, Citation, Related
from tui import wording
from tui.plain import one_line, plain
from tui.rows import Row, row

_CITED = Style(reverse=True, underline=True)
_MARGIN, _CITED_MARGIN = "  ", "▌ "


@dataclass(frozen=True)
class Highlight:
    """The part start:end of an article's text, and what the reader should know about it."""

    start: int
    end: int
    notice: str = ""


def locate(article: Article, citation: Citation) -> Highlight:
    """Where the citation stands in this text, also when the text has moved."""
    if citation.part == "title":
        same = article.title[citation.start : citation.end] == citation.text
        return Highlight(0, 0, wording.HEADLINE_CITED if same else "The headline has changed since it was cited.")
    if article.text[citation.start : citation.end] == citation.text:
        return Highlight(citation.start, citation.end)
    found = article.text.find(citation.text) if citation.text else -1
    if found >= 0:
        return Highlight(found, found + len(citation.text), "The text has changed since; the passage has moved.")
    return Highlight(0, 0, "The text has changed since, and the passage is no longer in it.")


def heading_rows(article: Article) -> Iterator[Row]:
    """Who wrote what, where and when."""
    yield row("", one_line(article.title) or "(no title)", "bold")
    said = [one_line(article.outlet), wording.published(article)]
    if article.updated:
        said.append(f"updated {wording.minute(article.updated)}")
    if article.origin:
        said.append(f"origin: {one_line(article.origin)}")
    yield row("", " · ".join(said))
    if article.authors:
        yield row("", "by " + ", ".join(one_line(author) for author in article.authors), "$text-muted")
    yield row("", one_line(article.url or "no address"), "$text-muted")
    if caution := wording.caution(article):
        yield row("! ", caution, "$text-warning")


def related_rows(related: Related) -> Iterator[Row]:
    """How many versions there are, what it is a copy of, who else carries it."""
    said = [wording.counted(related.versions, "version")] if related.versions > 1 else []
    said += [one_line(line) for line in wording.beside_it(related)]
    if said:
        yield row("", " · ".join(said), "$text-muted")


def kept_rows(citation: Citation) -> Iterator[Row]:
    """What the citation itself keeps, for when its article is gone."""
    yield row("", one_line(citation.title), "bold")
    yield row("", f"{wording.outlet(citation)} · {wording.published(citation)}")
    yield row("", one_line(citation.url or "no address"), "$text-muted")


def text_lines(text: str, highlight: Highlight, width: int) -> tuple[list[Content], int | None]:
    """The text's lines with an empty one between paragraphs, and the first line that is highlighted.

    The text is cut at the offsets before it is cleaned for display, so that cleaning cannot move the highlight.
    """
    lines: list[Content] = []
    first: int | None = None
    for paragraph in re.finditer(r"[^\n]*\S[^\n]*", text):
        lines += [Content()] if lines else []
        for line in _paragraph(paragraph, highlight).wrap(max(width - len(_MARGIN), 8)):
            cited = any(span.style == _CITED for span in line.spans)
            first = len(lines) if cited and first is None else first
            lines.append(Content(_CITED_MARGIN if cited else _MARGIN) + line)
    return lines, first


def _paragraph(found: re.Match[str], highlight: Highlight) -> Content:
    """The paragraph, and in it what is cited of it: nothing where the highlight lies elsewhere."""
    text, end = found.string, found.end()
    start, stop = max(highlight.start, found.start()), min(highlight.end, end)
    if start >= stop:
        return Content(plain(found[0]))
    before, cited, after = plain(text[found.start() : start]), plain(text[start:stop]), plain(text[stop:end])
    # An empty styled piece would be kept as a span on a paragraph that fits one line.
    return Content.assemble(before, (cited, _CITED), after) if cited else Content(before + after)
