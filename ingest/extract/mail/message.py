"""A message into an article: a newsletter's text, with what its headers say of it."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from ingest.address import canonical
from ingest.errors import ExtractError, IngestError, NotAnArticle
from ingest.extract.body.markup import parse as parse_html
from ingest.extract.body.markup import text_of
from ingest.extract.byline.origin import origin
from ingest.extract.decode import decode
from ingest.extract.draft import Draft, article, tidy
from ingest.extract.mail import headers
from ingest.extract.mail.flowed import flowed
from ingest.extract.mail.forwarded import Forwarded, unforwarded
from ingest.extract.mail.letter import IN_BROWSER, story
from ingest.extract.mail.words import without_prefixes
from ingest.extract.text.wrapped import unwrapped
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.titles import below
from ingest.language.text import squeeze
from ingest.types import Article, Page

_MOST_PARTS, _MOST_LEVELS, _MOST_LINKS = 500, 20, 3000
_MESSAGES = ("message/rfc822", "message/global", "message/news")
_LINK = re.compile(
    r"\s?[(<\[]\s?https?://[^\s<>)\]]{1,2000}\s?[)>\]]|^\s{0,9}https?://\S{1,2000}\s{0,9}$", re.MULTILINE
)
_IMAGE = re.compile(r"\[(?:image|cid)\s?:[^\[\]\n]{0,300}\]", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>)\]]{1,2000}")
_LONGEST_LINE = 4000
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a message says, also what was passed on in it, and where it says that it can be read on the web."""

    said: Forwarded
    url: str | None = None

    def length(self) -> int:
        return sum(map(len, self.said.lines))


def extract(page: Page) -> list[Article]:
    """The article of a message: its HTML, else its plain text. Of one that carries others, theirs.

    Its address is a claim and its identity is its Message-ID. Raises NotAnArticle where there is no text.
    """
    message = _message(page.content)
    return _within(message, page, _MOST_LEVELS) or [_article(message, page)]


def _within(message: Message, page: Page, levels: int) -> list[Article]:
    """The articles of the messages that one carries, of each the innermost."""
    found: list[Article] = []
    for inner in _carried(message) if levels else ():
        with suppress(NotAnArticle):
            found += _within(inner, page, levels - 1) or [_article(inner, page)]
    return found


def _article(message: Message, page: Page) -> Article:
    shown = _shown(message)
    found = shown.said
    title = without_prefixes(found.subject or headers.header(message, "subject"))
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
    parts = list(_parts(message))
    subject = headers.header(message, "subject")
    html = _html([part for part in parts if part.get_content_type() == "text/html"], subject)
    plain = _plain([part for part in parts if part.get_content_type() == "text/plain"], subject)
    shown = html if 2 * html.length() >= plain.length() else plain
    return replace(shown, url=html.url or plain.url)


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are to be read, in their order: neither what is attached nor the messages that it carries."""
    for part in _walk(message):
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            yield part


def _carried(message: Message) -> list[Message]:
    """The messages that one carries: forwarded as an attachment, or in a digest."""
    return [inner for part in _walk(message) if (inner := _attached(part))]


def _attached(part: Message) -> Message | None:
    """The message that a part is, also one packed in base64 or sent as a file."""
    inner = part.get_payload()
    if part.get_content_type() in _MESSAGES and isinstance(inner, list) and isinstance(inner[0], Message):
        return _message(_from_base64(str(inner[0].get_payload()))) if _is_base64(part) else inner[0]
    named = str(part.get_filename() or "").lower().endswith(".eml")
    content = part.get_payload(decode=True) if named else None
    return _message(content) if isinstance(content, bytes) else None


def _walk(message: Message) -> Iterator[Message]:
    """The parts in their order, without recursion; not those of a message within."""
    waiting, count = [message], 0
    while waiting and count < _MOST_PARTS:
        part, count = waiting.pop(), count + 1
        yield part
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting.extend(reversed([each for each in inner if isinstance(each, Message)]))


def _content(part: Message) -> str:
    """The text of a part; empty where it is none. What its transfer encoding cannot explain is taken as it is."""
    try:
        content = _from_base64(str(part.get_payload())) if _is_base64(part) else part.get_payload(decode=True)
        return decode(content, declared=str(part.get_content_charset() or "")) if isinstance(content, bytes) else ""
    except (IngestError, ValueError):  # the standard library stumbles over impossible charsets
        return ""


def _is_base64(part: Message) -> bool:
    return str(part.get("content-transfer-encoding", "")).strip().lower() == "base64"


def _from_base64(text: str) -> bytes:
    """Also what was cut off: the standard library gives that back undecoded."""
    letters = _NOT_BASE64.sub("", text)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return a2b_base64(letters + "=" * (-len(letters) % 4))


def _plain(parts: Sequence[Message], subject: str) -> _Text:
    lines: list[str] = []
    whole = False
    for part in parts:
        broken = _content(part).replace("\r\n", "\n").split("\n")
        joined = _joined(part, broken)
        whole = whole or len(joined) < len(broken)
        lines += joined
    found = unforwarded(lines, subject)
    return _Text(replace(found, lines=_paragraphs("\n".join(found.lines), whole=whole)), _printed(lines))


def _printed(lines: Sequence[str]) -> str | None:
    """The address of the letter on the web: behind the words “view in browser”, or in the line below them."""
    for number, line in enumerate(lines[:_MOST_LINKS]):
        link = _URL.search(line[:_LONGEST_LINE])
        before = line[: link.start()].rstrip("(<[ ") if link else ""
        words = before or (lines[number - 1] if number else "")
        if link and IN_BROWSER.fullmatch(squeeze(words[:_LONGEST_LINE])[:200]):
            return _page(link[0])
    return None


def _page(url: str) -> str | None:
    """An address that may be that of a letter; the home page of a site is none."""
    found = canonical(url)
    return found if found and urlsplit(found)[2:] != ("/", "", "") else None


def _joined(part: Message, lines: Sequence[str]) -> Sequence[str]:
    """The lines of a part, those joined that it says were broken."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return lines
    return flowed(lines, delete_space=str(part.get_param("delsp", "")).lower() == "yes")


def _paragraphs(text: str, *, whole: bool) -> list[str]:
    """Its lines without links and signature; `whole` where none of them was broken for its length."""
    signed = _SIGNATURE.search(text)
    said = tidy(_IMAGE.sub("", _LINK.sub("", text[: signed.start()] if signed else text))).split("\n")
    return said if whole else unwrapped(said)


def _html(parts: Sequence[Message], subject: str) -> _Text:
    lines: list[str] = []
    url = None
    for tree in filter(lambda tree: tree is not None, (parse_html(_content(part)) for part in parts)):
        for cell in list(tree.iter("td", "th")):
            cell.tag = "div"  # letters are laid out in tables: every cell is a block
        url = url or _in_browser(tree)
        lines += tidy(text_of(tree)).split("\n")
    return _Text(unforwarded(lines, subject), url)


def _in_browser(tree: Any) -> str | None:
    """The address of the letter on the web: as its head says, else where its link “view in browser” leads."""
    said = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    links = tree.xpath("//a[@href]")[:_MOST_LINKS]
    said += [link.get("href") for link in links if IN_BROWSER.fullmatch(squeeze(" ".join(link.itertext()))[:200])]
    return next((url for line in said if (url := _page(str(line)))), None)
