"""A message into an article: a newsletter's text, with what its headers say of it."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any

from ingest.errors import ExtractError, IngestError, NotAnArticle
from ingest.extract import headers
from ingest.extract.address import canonical
from ingest.extract.dates import UNKNOWN, When, parse
from ingest.extract.decode import decode
from ingest.extract.draft import Draft, article, tidy
from ingest.extract.forwarded import unforwarded
from ingest.extract.letter import IN_BROWSER, story
from ingest.extract.markup import parse as parse_html
from ingest.extract.markup import text_of
from ingest.extract.origin import origin
from ingest.extract.titles import below
from ingest.extract.wrapped import unwrapped
from ingest.text import squeeze
from ingest.types import Article, Page

_MOST_PARTS, _MOST_LINKS = 500, 3000
_PREFIX = re.compile(
    r"\A(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|doorst|i|r)(?:\[\d{1,2}\])?\s?:\s{0,3}){1,10}", re.IGNORECASE
)
_LINK = re.compile(
    r"\s?[(<\[]\s?https?://[^\s<>)\]]{1,2000}\s?[)>\]]|^\s{0,9}https?://\S{1,2000}\s{0,9}$", re.MULTILINE
)
_IMAGE = re.compile(r"\[(?:image|cid)\s?:[^\[\]\n]{0,300}\]", re.IGNORECASE)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a part says, and where it says that it can be read on the web."""

    lines: list[str]
    url: str | None = None


def extract(page: Page) -> Article:
    """The article of a message: its HTML, else its plain text; attachments are left out.

    Its address is a claim and its identity is its Message-ID. Raises NotAnArticle where there is no text.
    """
    message = _message(page.content)
    shown = _shown(message)
    found = unforwarded(shown.lines)
    title = _PREFIX.sub("", found.subject or headers.header(message, "subject"), count=1)
    text = below(title, story(found.lines))
    if not text:
        raise NotAnArticle("the message holds no text")
    draft = Draft(
        text=text,
        title=title,
        outlet=found.sender or headers.sender(message),
        url=_address(message) or shown.url,
        claimed=True,
        guid=headers.header(message, "message-id"),
        origin=origin(text),
        published=found.sent if found.passed_on else _sent(message),
    )
    return article(draft, page)


def _message(content: bytes) -> Message:
    try:
        return message_from_bytes(content)
    except RecursionError as exc:
        raise ExtractError("the parts of the message are nested too deeply", "save it as text") from exc


def _sent(message: Message) -> When:
    """When it was sent; where the header is no date of the standard, what it says, else the day it was received."""
    at = headers.date(message)
    if at:
        return When(at, "second")
    said = parse(headers.header(message, "date"))
    if said.at:
        return said
    received = headers.received(message)
    return When(received.replace(hour=0, minute=0, second=0), "day") if received else UNKNOWN


def _address(message: Message) -> str | None:
    """Where the message itself lies on the web (RFC 5064); List-Post is that at some senders, elsewhere an address.

    List-Archive is that of all messages and tells none of them.
    """
    said = [*headers.addresses(message, "archived-at"), *headers.addresses(message, "list-post")]
    found = (canonical(line) for line in said)
    return next((url for url in found if url and url.count("/") > 3), None)


def _shown(message: Message) -> _Text:
    """The HTML of a message, unless most of it is only in the plain text."""
    html, plain = _Text([]), _Text([])
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "text/html":
            said = _from_html(_content(part))
            html = _Text([*html.lines, *said.lines], html.url or said.url)
        elif kind == "text/plain":
            plain = _Text([*plain.lines, *_from_plain(_content(part))])
    enough = 2 * sum(map(len, html.lines)) >= sum(map(len, plain.lines))
    return html if enough else _Text(plain.lines, html.url)


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are to be read, in their order, without recursion; also those of a message that is attached."""
    waiting, count = [message], 0
    while waiting and count < _MOST_PARTS:
        part, count = waiting.pop(), count + 1
        if part.is_multipart():
            inner = part.get_payload()
            waiting.extend(reversed([each for each in inner if isinstance(each, Message)]))
        elif part.get_content_disposition() != "attachment":
            yield part


def _content(part: Message) -> str:
    """The text of a part; empty where it is none. What its transfer encoding cannot explain is taken as it is."""
    packed = str(part.get("content-transfer-encoding", "")).strip().lower() == "base64"
    try:
        content = _from_base64(str(part.get_payload())) if packed else part.get_payload(decode=True)
        return decode(content, declared=str(part.get_content_charset() or "")) if isinstance(content, bytes) else ""
    except (IngestError, ValueError):  # the standard library stumbles over impossible charsets
        return ""


def _from_base64(text: str) -> bytes:
    """Also what was cut off: the standard library gives that back undecoded."""
    letters = _NOT_BASE64.sub("", text)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return a2b_base64(letters + "=" * (-len(letters) % 4))


def _from_plain(text: str) -> list[str]:
    signed = _SIGNATURE.search(text)
    said = _IMAGE.sub("", _LINK.sub("", text[: signed.start()] if signed else text))
    return unwrapped(tidy(said).split("\n"))


def _from_html(source: str) -> _Text:
    tree = parse_html(source)
    if tree is None:
        return _Text([])
    for cell in list(tree.iter("td", "th")):
        cell.tag = "div"  # letters are laid out in tables: every cell is a block
    url = _in_browser(tree)
    return _Text(tidy(text_of(tree)).split("\n"), url)


def _in_browser(tree: Any) -> str | None:
    """The address of the letter on the web: as its head says, else where its link “view in browser” leads."""
    said = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    links = tree.xpath("//a[@href]")[:_MOST_LINKS]
    said += [link.get("href") for link in links if IN_BROWSER.fullmatch(squeeze(" ".join(link.itertext()))[:200])]
    return next((url for line in said if (url := canonical(str(line)))), None)
