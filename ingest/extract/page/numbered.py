"""An article on several numbered pages, of which this is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from ingest.address import canonical
from ingest.extract.body.hidden import drop
from ingest.extract.body.paragraphs import line_of

# "page" as it is printed in front of "1 of 3".
_PAGE = frozenset(
    "page pages pg seite página pàgina pagina páxina sida side síða sivu strona stránka strana stran stranica"
    " страница сторінка страна oldal sayfa puslapis lehekülg lapa σελίδα orria halaman trang"
    " หน้า पृष्ठ صفحة صفحه עמוד".split()
)
_COUNTED = re.compile(
    r"^[^\W\d_]{1,10}\s{1,3}\d{1,2}\s{0,3}(?:/|[^\W\d_]{1,6})\s{0,3}[2-9]\d?$"
    r"|^\d{1,2}\s{0,3}/\s{0,3}[2-9]\d?\s{0,3}(?:ページ|页|頁|쪽|페이지)$",
    re.MULTILINE,
)
_KIND = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece)(?=$|\?)", re.IGNORECASE)
# "/2", ",2", "-p2", "/page/2", "-seite-2": a number alone, or behind the word in any of these languages.
_IN_PATH = re.compile(
    rf"[/,_-](?:(?:p|{'|'.join(sorted(filter(str.isascii, _PAGE)))})[/,_-]?)?(?P<number>\d{{1,3}})$", re.IGNORECASE
)
_IN_QUERY = re.compile(r"p|pg|paged?|pag\w{0,8}|seite|sida|side|strona|str|stranka|strana|sivu|oldal|sayfa", re.I)
_COMMENTS = re.compile(r"comment|cpage|kommentar|reply", re.IGNORECASE)
_BOUNDS = ("article", "main", "body", "head")
_MOST_PAGES, _LONGEST_LABEL, _LONGEST_BOX, _MOST_LINKS = 99, 24, 40, 3000


@dataclass(frozen=True, slots=True)
class _Place:
    """An address without the number of a page and the kind of its file, and that number; 1 where it has none."""

    base: str
    number: int = 1


def drop_page_links(tree: Any, address: str | None, shown: str) -> bool:
    """Take links to the other pages of an article out of its tree. Whether it says that it has others.

    Pages say so by "Page 1 of 3", and by links to this address with the number of a page; where this one has a number
    itself, to it without one.
    """
    found = list(islice(_to_other_pages(tree, address), _MOST_PAGES)) if address else []
    for link in found:
        _drop_with_numbers(link)
    return bool(found) or any(map(_is_count, _COUNTED.findall(shown)))


def without_counts(text: str) -> str:
    """The text without lines that say no more than "Page 1 of 3"."""
    return "\n".join(line for line in text.split("\n") if not _is_count(line))


def _is_count(line: str) -> bool:
    """Whether a line is "Page 1 of 3"; of pictures, games and chapters there are counts too."""
    word = line.partition(" ")[0].split("\n")[0].casefold()
    return _COUNTED.fullmatch(line) is not None and (word in _PAGE or not word[:1].isalpha())


def _to_other_pages(tree: Any, address: str) -> Iterator[Any]:
    here = (canonical(address) or "").rstrip("/")
    mine, whole = _place(here), _KIND.sub("", here)
    for link, there, is_number in _links(tree, address):
        place = _place(there)
        onward = 1 < place.number <= _MOST_PAGES and place.base == whole
        back = is_number and mine.number > 1 and _KIND.sub("", there) == mine.base
        if (onward and there != here) or back:
            yield link


def _drop_with_numbers(link: Any) -> None:
    """With what is around it and as short, such as the number of this page."""
    box = link
    while (around := box.getparent()) is not None and around.tag not in _BOUNDS and _is_short(around):
        box = around
    drop(box)


def _is_short(element: Any) -> bool:
    return len(line_of(element)) <= _LONGEST_BOX


def _links(tree: Any, address: str) -> Iterator[tuple[Any, str, bool]]:
    """Links with a short label, their addresses, and whether they read like a number or say next or previous."""
    name = _place(address).base.rstrip("/").rpartition("/")[2].partition("?")[0].partition(".")[0]
    for link in islice(tree.iter("a", "link"), _MOST_LINKS):
        href = link.get("href") or ""
        if (len(name) > 2 and name in href) or "/" not in href:
            turns = link.get("rel") in ("next", "prev")
            label = line_of(link) if href and "#" not in href and not _COMMENTS.search(href) else ""
            if turns or 0 < len(label) <= _LONGEST_LABEL:
                yield link, _joined(address, href), turns or label.isdecimal()


def _joined(address: str, href: str) -> str:
    try:
        return (canonical(urljoin(address, href)) or "").rstrip("/")
    except ValueError:
        return ""


def _place(address: str) -> _Place:
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in pairs if _IN_QUERY.fullmatch(name) and value.isdecimal() and len(value) < 4]
    if numbers:
        rest = urlencode([(name, value) for name, value in pairs if not _IN_QUERY.fullmatch(name)])
        return _Place(parts._replace(query=rest).geturl(), int(numbers[0]))
    path = _KIND.sub("", parts.path)
    match = _IN_PATH.search(path)
    base = path[: match.start()] if match else path
    return _Place(parts._replace(path=base).geturl(), int(match["number"]) if match else 1)
