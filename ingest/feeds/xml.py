"""XML from strangers: decoded, without a DTD, and read as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from ingest.errors import FeedError, IngestError
from ingest.extract.decode import decode

_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,30})["']""", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));|([A-Za-z]\w{1,30};)?)")
_KNOWN_TO_XML = ("amp;", "lt;", "gt;", "quot;", "apos;")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = 2000
_UNREAD = re.compile(r"<!\[CDATA\[|<!--")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its text without declaration and DOCTYPE, its root, and what was wrong with it, if anything.

    root  an lxml element; None where there is none
    """

    text: str
    root: Any
    damage: str

    @property
    def kind(self) -> str:
        """The name of the root element without its namespace, in lower case."""
        return name_of(self.root) if self.root is not None else ""


def parse(content: bytes, *, charset: str = "", address: str = "") -> Document:
    """Read XML without fetching, expanding or believing anything; what is not well-formed is read as far as it goes.

    Raises FeedError for bytes that are no text, and for a DOCTYPE with declarations: it could make a small file huge
    or pull in files of this machine.
    """
    from lxml import etree

    text = _even(_without_doctype(_decoded(content, charset)))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser=parser, base_url=address or None)
    except (etree.LxmlError, ValueError):
        root = None
    return Document(text, root, _damage(parser.error_log))


def name_of(element: Any) -> str:
    """An element's name without its namespace, in lower case; empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def text_of(element: Any) -> str:
    """All text inside an element, as it is written."""
    return "".join(element.itertext()).strip() if element is not None else ""


def _decoded(content: bytes, charset: str) -> str:
    declared = _ENCODING.search(content[:_HEAD])
    try:
        return decode(content, declared=charset or (declared[1].decode("ascii", "replace") if declared else ""))
    except IngestError as exc:
        raise FeedError(exc.message, "give the address of a feed") from exc


def _without_doctype(text: str) -> str:
    """The text from its root element on. A DOCTYPE that only names a DTD has no meaning for a feed."""
    text = _DECLARATION.sub("", text[:_HEAD], count=1) + text[_HEAD:]
    at = 0
    while (at := text.find("<", at)) >= 0 and text.startswith(("<!", "<?"), at):
        doctype = text[at : at + 9].upper() == "<!DOCTYPE"
        end = text.find("-->" if text.startswith("<!--", at) else "?>" if text[at + 1] == "?" else ">", at)
        if doctype and "[" in text[at : end if end >= 0 else None]:
            _refuse()
        at = end + 1 if end >= 0 else len(text)
    text = text[at:] if at >= 0 else ""
    if any("<!ENTITY" in piece.upper() for piece, markup in _pieces(text) if markup):
        _refuse()
    return text


def _refuse() -> None:
    raise FeedError("the XML declares entities, which feeds do not need and attacks use", "remove them")


def _even(text: str) -> str:
    """The text without characters that XML forbids; names such as &nbsp; and bare ampersands made what they mean."""
    text = _ILLEGAL.sub("", text)
    return "".join(_REFERENCE.sub(_resolved, piece) if markup else piece for piece, markup in _pieces(text))


def _resolved(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return "" if code > 0x10FFFF or _ILLEGAL.fullmatch(chr(code)) else match[0]
    if name in _KNOWN_TO_XML:
        return match[0]
    character = html5.get(name or "", "")
    return character if character and character not in "<>&\"'" else f"&amp;{name or ''}"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is markup; comments and CDATA sections are not."""
    at = 0
    while at < len(text):
        opening = _UNREAD.search(text, at)
        start = opening.start() if opening else len(text)
        yield text[at:start], True
        end = text.find("-->" if text.startswith("<!--", start) else "]]>", start) if opening else -1
        at = end + 3 if end >= 0 else len(text)
        yield text[start:at], False


def _damage(errors: Any) -> str:
    """The first thing that is not well-formed; a prefix that nobody declared does no harm."""
    fatal = (error for error in errors if error.level_name == "FATAL" and error.domain_name != "NAMESPACE")
    first = next(fatal, None)
    return f"{first.message} (line {first.line})" if first is not None else ""
