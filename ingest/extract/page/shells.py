"""Pages whose article is elsewhere: sent on, framed, put in by scripts; and pages that are lists of articles."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.address import canonical
from ingest.extract.body.runs import Run
from ingest.language.text import squeeze

_REFRESH = re.compile(r"(\d{1,6})(?:\.\d{0,6})? ?[;,]? ?(?:url ?= ?)?['\"]?([^'\" >]{1,2000})", re.IGNORECASE)
_SOON = 30  # seconds; slower ones bring a page up to date
_ROOTS = "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='main-app' or @id='react-root']"
_SCRIPTS = re.compile(
    r"(?:enable|requires?|need|turn on|without) javascript|javascript (?:is )?(?:disabled|required)", re.I
)
# Letters of a headline and the share of them that are a link; characters of running text that no list has.
_HEADLINE, _MOSTLY, _FEWEST_HEADLINES = 25, 0.7, 10
_LEAST_RUNNING, _LITTLE_RUNNING, _LEAST_FIRST, _LONG = 800, 250, 200, 400


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


def is_list(found: list[Run], *, claimed: bool) -> bool:
    """Whether a page is a list of articles: many headlines that are links, and hardly running text between them.

    A teaser stands alone between two headlines, the paragraphs of an article follow each other. The `claimed` article
    of a page that calls itself one may be short.
    """
    stretches = [(linked, list(group)) for linked, group in groupby(_told(found), key=_is_headline)]
    headlines = {run.text for run in found if _is_headline(run)}
    running = sum(_length(stretch) for linked, stretch in stretches if not linked and _runs_on(stretch))
    first = sum(_length(stretch) for linked, stretch in stretches[:1] if not linked)
    least_first, least_running = (1, _LITTLE_RUNNING) if claimed else (_LEAST_FIRST, _LEAST_RUNNING)
    return len(headlines) >= _FEWEST_HEADLINES and running < least_running and first < least_first


def _told(found: list[Run]) -> list[Run]:
    """The paragraphs and headlines from the main heading on, or of the whole page where it has none."""
    heads = [at for at, run in enumerate(found) if run.element.tag == "h1"]
    below = found[heads[0] + 1 :] if heads else found
    return [run for run in below if not run.apart and (run.is_prose or _is_headline(run)) and not _is_between(run)]


def _is_headline(run: Run) -> bool:
    return len(run.text) >= _HEADLINE and run.linked > _MOSTLY * len(run.text)


def _is_between(run: Run) -> bool:
    """Whether it is a link to another story that is set as a paragraph among paragraphs."""
    beside = (run.element, run.element.getprevious(), run.element.getnext())
    return _is_headline(run) and all(element is not None and element.tag == "p" for element in beside)


def _runs_on(stretch: list[Run]) -> bool:
    return len(stretch) > 2 or _length(stretch) >= _LONG


def _length(stretch: list[Run]) -> int:
    return sum(run.width for run in stretch)
