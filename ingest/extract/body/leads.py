"""Lines between and behind the paragraphs of an article that lead to other articles: told by their links alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, takewhile
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.address import site_of
from ingest.extract.body.desk import is_of_desk
from ingest.extract.body.hidden import drop
from ingest.extract.body.paragraphs import HEADS, line_of, running
from ingest.extract.byline.credits import has

_TAGS = frozenset({"p", "blockquote", "div", "ul", "ol", "section", "span", "strong", "em", "b", "a"})
_BRACKETS = ("[", "(", "【", "（", "［")
_COLONS = (":", "：")
_LISTS = ("ul", "ol")
_STOPS = (".", "。", "।", "۔")  # headlines may have other marks at their ends
_QUOTED = tuple('"“„«»”‟‘‚「『')
_UNQUOTED = '"“”«»’‘」』)'
_SENTENCE_END = re.compile(r"[.。！？!?…](?:\s|$)")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|csv|jpe?g|png|gif|webp|mp[34])$", re.IGNORECASE)
_LONGEST, _LONGEST_LABEL, _LONGEST_BEHIND, _SENTENCE = 600, 40, 3, 100
_SHORTEST_LINK, _SHORTEST_ALONE = 4, 8
_HYPHENS, _DIGITS, _FEWEST_TEASERS, _LAST, _MOST_RUNS, _MOST_HOLDERS, _MOST_LINKS = 2, 4, 2, 4, 5, 10, 20


@dataclass(frozen=True, slots=True)
class _Line:
    """An element's text on one line, and its links with theirs."""

    text: str
    links: tuple[tuple[Any, str], ...]

    @property
    def linked(self) -> int:
        return sum(len(text) for _, text in self.links)

    @property
    def addresses(self) -> list[str]:
        return [link.get("href") for link, _ in self.links]

    @property
    def label(self) -> str:
        """What is no link."""
        left = self.text
        for _, text in self.links:
            left = left.replace(text, " ", 1)
        return left.strip()

    @property
    def tells(self) -> bool:
        """Whether it says something: its links are sentences or quotations, or a label says what they are."""
        label = self.label
        if has(label, "lead") or label.startswith(_BRACKETS):
            return False
        return label.endswith(_COLONS) or (bool(self.links) and all(_is_said(text) for _, text in self.links))


def _is_said(text: str) -> bool:
    is_quoted = text.startswith(_QUOTED) and text[-1] in _UNQUOTED
    return is_quoted or text.rstrip(_UNQUOTED).endswith(_STOPS)


def drop_leads(holders: Iterable[Any], address: str | None) -> None:
    """Take out of the page lines and lists that are links to other articles of the site, and what heads them.

    `holders` are the elements among whose children the paragraphs are. Below the text the outlet's lines about
    itself go too. What is said in links loses them: extractors take a line of links for a menu.
    """
    here = address or ""
    for parent in islice(holders, _MOST_HOLDERS):
        lines = {child: _Line(line_of(child), tuple(_links(child))) for child in parent if _has_link(child)}
        leads = {child for child, line in lines.items() if _leads(line, here) or _is_of_teasers(child, parent, here)}
        children = [child for child in parent if child in lines or line_of(child)] if leads else []
        leads = leads if _runs(children, leads) <= _MOST_RUNS else set()  # more make up a round-up of links
        for child in (*_labels(children, leads), *leads):
            drop(child)
        last = islice((child for child in reversed(parent) if child in lines or line_of(child)), _LAST)
        for child in list(last):
            if child in lines and is_of_desk(lines[child].text, lines[child].addresses, here):
                drop(child)
        for line in _lines_in(child for child in lines if child.getparent() is not None):
            _unlink(line)


def _runs(children: Sequence[Any], leads: Collection[Any]) -> int:
    """How often leads begin among the children."""
    marks = [child in leads for child in children]
    return sum(mark and not before for before, mark in pairwise([False, *marks]))


def _has_link(element: Any) -> bool:
    return element.tag in _TAGS and next(element.iter("a"), None) is not None


def _labels(children: Sequence[Any], leads: Collection[Any]) -> Iterator[Any]:
    """The few words above leads: those that end in a colon; a heading or bold line of several, or of nothing else."""
    for place, (child, below) in enumerate(pairwise(children)):
        line = line_of(child) if below in leads and child not in leads else ""
        if not 0 < len(line) <= _LONGEST_LABEL or _SENTENCE_END.search(line):
            continue
        run = list(takewhile(lambda one: one in leads, children[place + 1 :]))
        after = children[place + 1 + len(run) :][:1]
        several = len(run) > 1 or run[0].tag in _LISTS or not after or after[0].tag in HEADS
        if line.endswith(_COLONS) or (several and (child.tag in HEADS or _is_bold(child, line))):
            yield child


def _is_bold(element: Any, line: str) -> bool:
    return any(line_of(bold) == line for bold in element.iter("strong", "b"))


def _lines_in(children: Iterable[Any]) -> Iterator[_Line]:
    """The paragraphs, and the items of lists that tell something, each under a label of its own or under none."""
    for child in children:
        if child.tag == "p":
            yield _Line(line_of(child), tuple(_links(child)))
        elif child.tag in _LISTS:
            lines = [_Line(line_of(item), tuple(_links(item))) for item in child.iter("li")]
            labels = [line.label for line in lines if line.label]
            if all(line.tells for line in lines) and len(set(labels)) == len(labels):
                yield from lines


def _unlink(line: _Line) -> None:
    said = len(line.text) >= _SENTENCE or (len(line.text) <= _LONGEST and line.tells)
    if said and 2 * line.linked > len(line.text) and len(line.links) <= _MOST_LINKS:
        for link, _ in line.links:
            link.drop_tag()


def _links(element: Any) -> Iterator[tuple[Any, str]]:
    links = ((link, line_of(link)) for link in element.iter("a") if link.get("href"))
    return ((link, text) for link, text in links if text)


def _leads(line: _Line, address: str) -> bool:
    """Whether a line is nothing but links to other articles, with a few words before and none behind them."""
    label = line.label if len(line.text) <= _LONGEST else ""
    if not (_SHORTEST_LINK if label else _SHORTEST_ALONE) <= line.linked <= len(line.text) <= _LONGEST:
        return False
    named = any(colon in label for colon in _COLONS) or label.startswith(_BRACKETS)
    most = _LONGEST_LABEL if named else min(_LONGEST_LABEL, line.linked)
    behind = line.text.rpartition(line.links[-1][1])[2]
    if len(line.text) - line.linked > most or len(behind) > _LONGEST_BEHIND:
        return False
    others = all(_is_other_article(link.get("href"), address, named=named) for link, _ in line.links)
    return others and not line.tells and not _SENTENCE_END.search(label)


def _is_of_teasers(element: Any, parent: Any, address: str) -> bool:
    """Whether a box beside the text is a list of teasers: each of its headings leads to another article."""
    heads = list(element.iter(*HEADS[1:])) if element.tag not in ("p", "a") else []
    links = [next(chain(head.iter("a"), head.iterancestors("a")), None) for head in heads]
    if len(heads) < _FEWEST_TEASERS:
        return False
    leading = all(link is not None and _is_other_article(link.get("href") or "", address) for link in links)
    return leading and 2 * running(element) < running(parent)


def _is_other_article(href: str, address: str, *, named: bool = False) -> bool:
    """Whether an address of the same site ends as those of articles do; `named`: a label says that it leads there."""
    try:
        there, here = urlsplit(urljoin(address, href)), urlsplit(address)
    except ValueError:
        return False
    path = there.path.rstrip("/")
    last = path.rpartition("/")[2]
    hyphens, digits = len(re.findall(r"[-_]", last)), len(re.findall(r"\d", path))
    is_one = hyphens >= _HYPHENS or digits >= _DIGITS or (named and path.count("/") > 1)
    same_site = site_of(there.hostname or "") == site_of(here.hostname or "")
    return same_site and is_one and path != here.path.rstrip("/") and not _FILE.search(path)
