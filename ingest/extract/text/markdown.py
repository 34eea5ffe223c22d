"""A Markdown text into an article: front matter or heading for its fields, marks taken off."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.body.markup import as_text
from ingest.extract.claims import fetched
from ingest.extract.draft import article
from ingest.extract.text import frontmatter, plain
from ingest.language.text import clean
from ingest.types import Article, Page

_HEADING = re.compile(
    r"\A\s{0,20}#[ \t]{1,9}(?P<title>[^\n]{1,300})(?:\n|$)"
    r"|\A\s{0,20}(?P<under>\S[^\n]{0,299})\n={1,300}[ \t]{0,9}(?:\n|$)"
)
_TARGET = r"(?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^\[\]\n]{0,100}\])"
_RULES = (
    (rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}", ""),
    (rf"(?<!\\)\[([^\[\]\n]{{1,500}})\]{_TARGET}", r"\1"),
    (r"^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]{1,9}\S[^\n]*$", ""),
    (r"<(https?://[^<>\s]{1,2000})>", r"\1"),
    (r"^ {0,3}(?:```|~~~)[^\n]*$", ""),
    (r"^ {0,3}#{1,6}[ \t]{1,9}", ""),
    (r"^(\S[^\n]*)\n(?:={3,300}|-{3,300})[ \t]{0,9}$", r"\1"),
    (r"^ {0,3}(?:[-*_][ \t]{0,3}){3,100}$", ""),
    (r"^ {0,3}(?:>[ \t]?){1,5}", ""),
    (r"(?<![\w*\\])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])", r"\2"),
    (r"(?<![\w_\\])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])", r"\2"),
    (r"~~(?=\S)([^~\n]{1,2000})~~", r"\1"),
    (r"`([^`\n]{1,500})`", r"\1"),
    (r"\[\^[^\[\]\n]{1,40}\]", ""),
    (r"\\([\\`*_{}\[\]()#+.!>~|-])", r"\1"),
)
_MARKS = tuple((re.compile(mark, re.MULTILINE), instead) for mark, instead in _RULES)


def extract(text: str, page: Page) -> Article:
    """The article of a Markdown text. Raises NotAnArticle where there is too little of it."""
    found, body = frontmatter.split(clean(text))
    heading = _HEADING.match(body)
    if heading:
        body = body[heading.end() :]
        title = without_marks(heading["title"] or heading["under"]).strip(" \t#")
        below = plain.draft(f"{title}\n\n{without_marks(body)}", captured=page.captured)
        below = replace(below, title=title, text=below.text if below.title else without_marks(body))
    else:
        below = plain.draft(without_marks(body), captured=page.captured)
    return article(fetched(plain.merged(found, below, page.captured), page), page)


def without_marks(text: str) -> str:
    """Markdown as plain text: links and emphasis become their words, images go, paragraphs stay apart."""
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    return as_text(text)
