"""What a file without a suffix is, told by how it begins."""

from __future__ import annotations

import re

from ingest.errors import IngestError
from ingest.extract.decode import decode
from ingest.sources import mail
from ingest.sources.columns import names_columns

# In this order. A document or a feed names itself; JSON records are an object or a list of objects; a message has one
# of the headers that no program sends without (RFC 5322); Markdown has front matter or begins with its heading.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}>\s{0,9})?(?:<!--.{0,2000}?-->\s{0,9})?<(?:!doctype html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"<(?:\?xml|rss|feed|rdf:rdf|urlset|sitemapindex|opml)[\s>]", re.IGNORECASE)
_JSON = re.compile(rb'\{\s{0,99}["}]|\[\s{0,99}[{\]]')
_HEADER = rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50}"
_MESSAGE = re.compile(rb"(?:%b){0,40}?(?:received|return-path|mime-version|message-id):" % _HEADER, re.IGNORECASE)
_MARKDOWN = re.compile(rb"---\r?\n[A-Za-z_]{1,40}:|#{1,6} ")


def suffix_of(head: bytes, *, named: bool) -> str:
    """The suffix that a file with these first bytes should have; ".txt" or none where they do not tell.

    named  a person gave this very file, and means it to be read
    """
    head = head.lstrip()
    if _HTML.match(head):
        return ".html"
    if mail.is_mailbox(head):
        return ".mbox"
    if not named:
        return ""
    head = head.removeprefix(b"\xef\xbb\xbf")
    patterns = ((_XML, ".xml"), (_JSON, ".json"), (_MESSAGE, ".eml"), (_MARKDOWN, ".md"))
    told = next((suffix for pattern, suffix in patterns if pattern.match(head)), "")
    return told or (".csv" if _is_table(head) else ".txt")


def _is_table(head: bytes) -> bool:
    try:
        return names_columns(decode(head).partition("\n")[0])
    except IngestError:
        return False
