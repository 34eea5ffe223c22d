"""Lists of feeds: OPML, and plain text."""

from __future__ import annotations

import pytest

from ingest.errors import FeedError
from ingest.feeds import opml


def test_a_list_of_feeds_is_read_and_written_again() -> None:
    feeds = [("Harbour Post", "https://harbourpost.example/f?a=1&b=2"), ("", "https://x.example/f")]
    found = opml.read(opml.write(feeds).encode())
    assert [(one.title, one.address) for one in found] == [feeds[0], ("https://x.example/f", "https://x.example/f")]


def test_a_list_of_feeds_keeps_nothing_but_web_addresses() -> None:
    content = b'<opml><body><outline text="n"><outline xmlUrl="file:///etc/passwd"/></outline></body></opml>'
    [one] = opml.read(content)
    assert one.address == ""
    assert "file:///etc/passwd" in one.note


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "# mine\nhttps://a.example/f\n\nWire, https://b.example/f?x=1,2\nhttps://c.example/f The third\n",
            [
                ("", "https://a.example/f"),
                ("Wire", "https://b.example/f?x=1,2"),
                ("The third", "https://c.example/f"),
            ],
        ),
        ("feed://a.example/f\nb.example\n", [("", "https://a.example/f"), ("", "https://b.example/")]),
        (
            '<opml><body><outline text="A" xmlUrl="feed:https://a.example/f"/><outline><outline text="B" type="rss"'
            ' htmlUrl="b.example"/></outline><outline text="C" htmlUrl="https://c.example/"/></body></opml>',
            [("A", "https://a.example/f"), ("B", "https://b.example/")],
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_every_feed_of_a_list_is_told(content: str, told: list[tuple[str, str]], encoding: str) -> None:
    assert [(one.title, one.address) for one in opml.read(content.encode(encoding))] == told


def test_a_list_that_breaks_off_says_so() -> None:
    first, damage = opml.read(b'<opml><body><outline xmlUrl="https://a.example/f"/><outline xmlU')[::-1]
    assert (first.address, "damaged" in damage.note) == ("https://a.example/f", True)


def test_a_text_without_addresses_is_no_list_of_feeds() -> None:
    with pytest.raises(FeedError, match="not a list of feeds"):
        opml.read(b"The ferry sails again.")
