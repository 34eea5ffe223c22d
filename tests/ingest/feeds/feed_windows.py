"""Feeds of four entries each that share guids, addresses or both; everything in them is made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

Item = tuple[str, str, str]  # title, text, time of publication
ITEMS: tuple[Item, ...] = (
    (
        "Ferry line to Asker closes",
        "The ferry line to Asker closes on 1 May, the county of Brenn decided; a bus will run in its place.",
        "Mon, 02 Mar 2026 06:10:00 +0000",
    ),
    (
        "Choir of Linnea sings abroad",
        "The choir of Linnea sings in four towns abroad this summer and is looking for a second tenor.",
        "Tue, 03 Mar 2026 07:20:00 +0000",
    ),
    (
        "Slate quarry opens again",
        "The slate quarry above Torvik opens again after nine years, with eleven people at work from April.",
        "Wed, 04 Mar 2026 08:30:00 +0000",
    ),
    (
        "Otter seen in the town pond",
        "An otter was seen in the town pond of Hesse on three mornings; the ducks have moved to the canal.",
        "Thu, 05 Mar 2026 09:40:00 +0000",
    ),
)
SITE = "https://brennpost.example"
Made = Callable[[Sequence[int]], bytes]


def rss(item: Callable[[int], str], *, title: bool = True, date: bool = True) -> Made:
    """An RSS feed of the entries with these numbers, of which `item` gives what tells them apart, or not."""

    def made(numbers: Sequence[int]) -> bytes:
        items = "".join(
            f"<item>{f'<title>{ITEMS[n][0]}</title>' if title else ''}{item(n)}"
            f"<description>{ITEMS[n][1]}</description>{f'<pubDate>{ITEMS[n][2]}</pubDate>' if date else ''}</item>"
            for n in numbers
        )
        head = f"<title>Brenn Post</title><link>{SITE}/</link>"
        return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()

    return made


def atom(entry: Callable[[int], str]) -> Made:
    def made(numbers: Sequence[int]) -> bytes:
        entries = "".join(
            f"<entry xml:base='live/'><title>{ITEMS[n][0]}</title>{entry(n)}"
            f"<published>2026-03-0{n + 2}T06:00:00Z</published><summary>{ITEMS[n][1]}</summary></entry>"
            for n in numbers
        )
        head = (
            f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{SITE}/'><title>Brenn Post</title><link href='.'/>"
        )
        return f"{head}{entries}</feed>".encode()

    return made


def json_feed(told: Callable[[int], dict[str, object]]) -> Made:
    def made(numbers: Sequence[int]) -> bytes:
        items = [{"title": ITEMS[n][0], "content_text": ITEMS[n][1], **told(n)} for n in numbers]
        head = {"version": "https://jsonfeed.org/version/1.1", "title": "Brenn Post", "home_page_url": f"{SITE}/"}
        return json.dumps({**head, "items": items}).encode()

    return made


def rdf(numbers: Sequence[int]) -> bytes:
    items = "".join(
        f"<item rdf:about='{SITE}/short'><title>{ITEMS[n][0]}</title><link>{SITE}/short</link>"
        f"<description>{ITEMS[n][1]}</description></item>"
        for n in numbers
    )
    spaces = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    return f"<rdf:RDF {spaces}><channel><title>Brenn Post</title></channel>{items}</rdf:RDF>".encode()


FEEDS: dict[str, Made] = {
    "the guid null for all": rss(lambda n: f"<link>{SITE}/a/{n}</link><guid isPermaLink='false'>null</guid>"),
    "the guid null and the site for all": rss(lambda n: f"<link>{SITE}</link><guid isPermaLink='false'>null</guid>"),
    "nil UUIDs and the site for all": atom(
        lambda n: "<id>urn:uuid:00000000-0000-0000-0000-000000000000</id><link href='/'/>"
    ),
    "numbers from 0 at one address": json_feed(lambda n: {"id": n, "url": f"{SITE}/live"}),
    "fragments of one page, which is the guid": rss(
        lambda n: f"<link>{SITE}/live#entry-{n}</link><guid>{SITE}/live</guid>"
    ),
    "RDF about one page": rdf,
    "one title, other days": lambda numbers: (
        rss(lambda n: f"<link>{SITE}/short</link>")(numbers)
        .replace(b"<title>" + ITEMS[0][0].encode(), b"<title>In short")
        .replace(b"<title>" + ITEMS[1][0].encode(), b"<title>In short")
    ),
    "no address and the guid 0": rss(lambda n: "<guid isPermaLink='false'>0</guid>"),
    "the site with tracking": rss(lambda n: f"<link>{SITE}/?utm_source=rss&amp;utm_content={n}</link>"),
    "fragments against a base": atom(lambda n: f"<link href='#p{n}'/>"),
    "one guid for all, one address for all": rss(
        lambda n: f"<link>{SITE}/news/</link><guid isPermaLink='false'>daily-2026</guid>"
    ),
    "neither ids nor addresses": json_feed(lambda n: {}),
    "no titles and no times": rss(lambda n: f"<link>{SITE}/ticker</link>", title=False, date=False),
}
