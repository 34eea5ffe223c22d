"""Exports are what other programs take: Markdown that shows the text as it is, CSL-JSON and BibTeX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import citeproc
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from assistant.conversations.export import exported
from assistant.types import Answer, Change, Citation, Conversation, Filter, Statement, Turn

STYLE = Path(citeproc.__file__).with_name("data") / "styles" / "harvard-cite-them-right.csl"
FERRY = Citation(
    number=1, article_id="a1", version="v1", start=4, end=31, text="The strike ended on Friday.",
    outlet="Harbour Post", title="Ferry deal: 50% & more #1", url="https://harbourpost.example/ferry_deal?x=1&y={2}",
    authors=("Inga Holm", "Dock and Seafarers' Union"), published=datetime(2026, 10, 23, 7, tzinfo=UTC),
    published_precision="minute",
)  # fmt: skip
WIRE = Citation(
    number=2, article_id="a2", version="v1", start=0, end=5, text="Boats", outlet="Skerrin Beacon",
    title="Boats sail", origin="Marenth Press", published=datetime(2026, 10, 1, tzinfo=UTC),
    published_precision="month",
)  # fmt: skip


def an_answer(statements: Sequence[Statement], citations: Sequence[Citation]) -> Answer:
    return Answer(
        question="When did it end?", standalone="When did it end?", text="…", outcome="answered",
        statements=tuple(statements), citations=tuple(citations), filters=Filter(), as_of=None, independent_sources=1,
        receipt=None, conversation_id="talk", model="extractive",
    )  # fmt: skip


def a_conversation(*citations: Citation, changes: Sequence[Change] = ()) -> Conversation:
    """A conversation of one turn with a statement for each citation."""
    told = [Statement(text=f"So {one.title}", citations=(one.number,)) for one in citations]
    turn = Turn(question="When did it end?", answer=an_answer(told, citations), number=1, changes=tuple(changes))
    return Conversation(id="talk", title="The *strike*", total=1, turns=(turn, turn))


def test_markdown_names_each_passage_once_and_shows_text_as_it_is() -> None:
    told = exported(a_conversation(FERRY, WIRE), "markdown")
    assert told.startswith("# The \\*strike\\*\n\n## When did it end?\n\n")
    assert told.count("So Ferry deal: 50% \\& more \\#1[^1] So Boats sail[^2]") == 2
    [ferry, wire] = [line for line in told.splitlines() if line.startswith("[^")]
    assert ferry.startswith("[^1]: Harbour Post, “[Ferry deal: 50% \\& more \\#1](<https://harbourpost.example/")
    assert ferry.endswith("23 October 2026, 07:00 UTC: “The strike ended on Friday.”")
    assert wire == "[^2]: Skerrin Beacon, “Boats sail”, October 2026: “Boats”"


def test_markdown_says_what_has_become_of_a_passage() -> None:
    gone, corrected = Change(number=2, became="gone"), Change(number=1, became="corrected", version="v2")
    told = exported(a_conversation(FERRY, WIRE, changes=[gone, corrected]), "markdown")
    assert "Friday.” *(the article has been corrected since and no longer says this)*" in told
    assert "“Boats” *(this text is no longer in the archive)*" in told


def test_markup_and_links_of_an_article_are_text_in_markdown() -> None:
    hostile = FERRY.model_copy(
        update={
            "title": "<img src=x> [x](http://evil.example) www.evil.example `a`",
            "url": "https://a.example/> [y](z)",
        }
    )
    told = exported(a_conversation(hostile), "markdown")
    assert "\\<img src=x\\> \\[x\\](http\\://evil.example) www\\.evil.example \\`a\\`" in told
    assert "(<https://a.example/%3E%20[y](z)>)" in told


def test_references_hold_what_is_known_and_nothing_else() -> None:
    [ferry, wire] = json.loads(exported(a_conversation(FERRY, WIRE), "csl"))
    assert ferry == {
        "id": "harbourpost2026ferry", "type": "article-newspaper", "title": "Ferry deal: 50% & more #1",
        "container-title": "Harbour Post",
        "author": [{"literal": "Inga Holm"}, {"literal": "Dock and Seafarers' Union"}],
        "issued": {"date-parts": [[2026, 10, 23]]}, "URL": FERRY.url,
    }  # fmt: skip
    assert (wire["author"], wire["issued"]) == ([{"literal": "Marenth Press"}], {"date-parts": [[2026, 10]]})
    assert "URL" not in wire


def test_a_reference_manager_writes_them_in_its_style() -> None:
    source = CiteProcJSON(json.loads(exported(a_conversation(FERRY, WIRE), "csl")))
    style = citeproc.CitationStylesStyle(str(STYLE), validate=True)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for key in source:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(key)]))
    ferry, wire = sorted(map(str, bibliography.bibliography()))
    assert "Inga Holm and Dock and Seafarers' Union (2026)" in ferry
    assert "Harbour Post" in ferry
    assert "Marenth Press (2026)" in wire


def test_a_bibliography_is_read_by_bibtex_with_its_names_and_signs() -> None:
    entries = parse_string(exported(a_conversation(FERRY, WIRE), "bibtex"), "bibtex").entries
    ferry, wire = entries["harbourpost2026ferry"], entries["skerrinbeacon2026boats"]
    assert [str(person) for person in ferry.persons["author"]] == ["Holm, Inga", "{Dock and Seafarers' Union}"]
    assert ferry.fields["title"] == r"{Ferry deal: 50\% \& more \#1}"
    assert (ferry.fields["year"], ferry.fields["month"], ferry.fields["day"]) == ("2026", "October", "23")
    assert "day" not in wire.fields


words = st.text(max_size=60)


@given(title=words, outlet=words, author=words, url=st.none() | words, other=words)
def test_any_article_becomes_references_that_checkers_accept(
    title: str, outlet: str, author: str, url: str | None, other: str
) -> None:
    odd = FERRY.model_copy(update={"title": title, "outlet": outlet, "authors": (author,), "url": url})
    same = odd.model_copy(update={"article_id": "a3", "title": other, "published": None, "number": 3})
    conversation = a_conversation(odd, same, WIRE)
    items = json.loads(exported(conversation, "csl"))
    assert len(CiteProcJSON(items)) == len(items) == 3
    assert len(parse_string(exported(conversation, "bibtex"), "bibtex").entries) == 3


def test_json_is_the_conversation_as_the_service_gives_it() -> None:
    conversation = a_conversation(FERRY)
    assert Conversation.model_validate_json(exported(conversation, "json")) == conversation
