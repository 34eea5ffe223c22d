"""Words of others on web pages. All of them are invented."""

from __future__ import annotations

import pytest

from tests.ingest.extract.web_pages import HEAD, PARAGRAPHS, TITLE, read

SAID = "“The quay will not hold another winter,” said Governor Ana Lukova after the meeting in the town hall."
WORDS = "“The quay will not hold another winter”"
BEFORE, AFTER = (f"<p>{line}</p>" for line in PARAGRAPHS[:2])


def text(inside: str) -> str:
    return read(HEAD, f"<article><h1>{TITLE}</h1>{BEFORE}{inside}<p>{SAID}</p>{AFTER}</article>").text


@pytest.mark.parametrize(
    "repeated",
    [
        f"<blockquote class='pullquote'>{WORDS}<cite>Ana Lukova</cite></blockquote>",
        f"<figure class='wp-block-pullquote'><blockquote><p>{WORDS}</p></blockquote></figure>",
        f"<div class='big-quote'><p>{WORDS}</p></div>",
        f"<p>It was late. <span class='article-pull'>{WORDS}</span></p>",
    ],
)
def test_a_quotation_that_the_layout_repeats_is_left_out(repeated: str) -> None:
    assert text(repeated).count("will not hold") == 1


def test_a_quotation_that_stands_nowhere_else_is_kept_apart_from_who_said_it() -> None:
    found = text("<blockquote>We shall build a wall of stone.<cite>Gil Sarto, builder</cite></blockquote>")
    assert "\n\nWe shall build a wall of stone. — Gil Sarto, builder\n\n" in found


@pytest.mark.parametrize(
    "post",
    [
        "<blockquote class='twitter-tweet'><p>{}</p>— Gil (@gil) <a href='https://x.example'>July 6</a></blockquote>",
        "<blockquote class='bluesky-embed' data-bluesky-uri='at://1'><p>{}</p>— Gil</blockquote>",
        "<div class='fb-post'><blockquote class='fb-xfbml-parse-ignore'><p>{}</p>Gil</blockquote></div>",
        "<blockquote class='instagram-media'><a href='https://i.example'>See this</a><p>{}</p></blockquote>",
    ],
)
def test_an_embedded_post_is_not_taken_for_the_words_of_the_reporter(post: str) -> None:
    assert "wonderful" not in text(post.format("What a wonderful evening it was, and what a wall we shall have."))


@pytest.mark.parametrize(
    "note", ["<aside class='editors-note'>{}</aside>", "<p class='correction'>{}</p>", "<div role='note'>{}</div>"]
)
def test_the_note_of_the_editors_is_kept(note: str) -> None:
    line = "Editor's note: This story was changed on 8 July, as Ms Lukova has withdrawn what she said."
    assert line in text(note.format(f"<i>{line}</i>"))
