"""Pages whose article is elsewhere: sent on, framed, put in by scripts; and pages that are lists of articles."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.extract.address import canonical
from ingest.text import squeeze

_REFRESH = re.compile(r"(\d{1,6})(?:\.\d{0,6})? ?[;,]? ?(?:url ?= ?)?['\"]?([^'\" >]{1,2000})", re.IGNORECASE)
_SOON = 30  # seconds; slower ones bring a page up to date
_ROOTS = "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='main-app' or @id='react-root']"
_SCRIPTS = re.compile(
    r"(?:enable|requires?|need|turn on|without) javascript|javascript (?:is )?(?:disabled|required)", re.I
)
_HEADLINE, _PARAGRAPH, _FEWEST_HEADLINES = 25, 120, 10


def elsewhere(tree: Any, address: str) -> str:
    """Where the text of a page without text is, as a reason; empty where nothing tells."""
    for content in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content")[:3]:
        match = _REFRESH.match(squeeze(content))
        if match and int(match[1]) <= _SOON:
            target = urljoin(address, match[2]) if address else match[2]
            return f"the page only sends its reader on to {canonical(target) or squeeze(target)[:200]}"
    frames = [squeeze(frame)[:200] for frame in tree.xpath("//frame/@src")[:5]]
    if frames:
        return f"the page is a set of frames and has no text of its own: {', '.join(frames)}"
    return ""


def is_shell(tree: Any) -> bool:
    """Whether a page without text has its text put in by scripts."""
    said = " ".join(tree.xpath("//noscript//text() | //body/text()")[:20])
    return bool(tree.xpath("//script")) and bool(tree.xpath(_ROOTS) or _SCRIPTS.search(said[:2000]))


def is_of_article(address: str | None) -> bool:
    """Whether an address ends as those of articles do: with a headline or a number."""
    last = urlsplit(address or "").path.rstrip("/").rpartition("/")[2]
    return last.count("-") >= 3 or last.count("_") >= 3 or len(re.findall(r"\d", last)) >= 5


def is_list(tree: Any) -> bool:
    """Whether a page is a list of articles: many headlines that are links, hardly a paragraph that is none."""
    headlines = {line for link in tree.xpath("//a[@href]")[:2000] if len(line := _line(link)) >= _HEADLINE}
    paragraphs = [line for element in tree.xpath("//p[not(.//a)]")[:500] if len(line := _line(element)) >= _PARAGRAPH]
    teasers = tree.xpath("count(//p[ancestor::a or ancestor::li or following-sibling::a or preceding-sibling::h3])")
    running = len(paragraphs) - teasers
    return len(headlines) >= _FEWEST_HEADLINES and running < max(2, len(headlines) / 10)


def _line(element: Any) -> str:
    return squeeze(element.xpath("string()")[:500])
