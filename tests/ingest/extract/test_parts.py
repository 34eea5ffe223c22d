"""Pages that hold more than one article: live blogs, a second report. All of them are invented."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from ingest.types import Article
from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, TITLE, linked, read_all

URL = "https://sarn.example/live/storm-in-sarn-4711"
INTRODUCTION = "A storm has reached the coast of Sarn, and we report through the day from the harbour and the roads."
KEY_POINTS = ("All ferries stand still until further notice", "Schools in the lower town stay closed on Monday")
ENTRIES = (
    ("10:42", "Ferries stand still", "The company has stopped all crossings because of waves of over four metres."),
    ("10:05", "Wall breached", "Water comes over the harbour wall at two places, the fire service of Sarn said."),
    (
        "10:05",
        "Power fails",
        "A thousand homes in the lower town have had no power since ten, the grid company said.",
    ),
    ("09:02", "Warning issued", "The weather office has issued its highest warning for the coast from noon on."),
)
SECOND = (
    "Boats landed a third less herring at Sarn in June than a year ago, the port authority said on Sunday.",
    "Skippers blame warm water and a late season, and scientists point to years of catches above their advice.",
    "The ministry will decide in August whether the northern grounds are to be closed for the rest of the year.",
)
Entry = tuple[str, str, str]


def blog(feed: str, head: str = HEAD) -> list[Article]:
    points = "".join(f"<li>{point}</li>" for point in KEY_POINTS)
    top = f"<h1>{TITLE}</h1><p>{INTRODUCTION}</p><ul>{points}</ul>"
    return read_all(head, f"<main>{top}<div class='feed'>{feed}</div></main>", url=URL)


def stamp(clock: str) -> str:
    return f"2025-06-03T{clock}:00+02:00"


def marked_up(entries: Sequence[Entry] = ENTRIES) -> str:
    return "".join(
        f"<article><time datetime='{stamp(clock)}'>{clock}</time><h2>{title}</h2><p>{text}</p></article>"
        for clock, title, text in entries
    )


def as_json(entries: Sequence[Entry] = ENTRIES) -> str:
    updates = [
        {"@type": "BlogPosting", "headline": title, "articleBody": text, "datePublished": stamp(clock)}
        for clock, title, text in entries
    ]
    return linked(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})


FORMS = {
    "article": "<article><time datetime='{at}'>{clock}</time><h2>{title}</h2><p>{text}</p></article>",
    "box": "<div><div><time datetime='{at}'>now</time> <b>Ada Moss</b></div><h3>{title}</h3><p>{text}</p></div>",
    "item": "<li><time datetime='{at}'>{clock}</time><strong>{title}</strong><p>{text}</p></li>",
    "line": "<h3><time datetime='{at}'>{clock}</time> {title}</h3><p>{text}</p>",
    "lines": "<p><time datetime='{at}'>{clock}</time></p><h3>{title}</h3><p>{text}</p>",
    "microdata": "<section itemprop='liveBlogUpdate' itemscope><meta itemprop='datePublished' content='{at}'>"
    "<h4>{title}</h4><div><p>{text}</p></div></section>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_live_blog_that_is_only_marked_up_becomes_its_entries_and_its_opening(form: str) -> None:
    feed = (
        FORMS[form].format(at=stamp(clock), clock=clock, title=title, text=text) for clock, title, text in ENTRIES
    )
    *entries, opening = blog("".join(feed))
    told = [(one.published.strftime("%H:%M") if one.published else "", one.title, one.text) for one in entries]
    assert told == list(ENTRIES)
    assert opening.text == "\n\n".join((INTRODUCTION, *KEY_POINTS))
    assert len({one.id for one in (*entries, opening)}) == 5


def test_an_entry_is_there_once_where_json_ld_gives_some_of_those_in_the_page() -> None:
    both = blog(marked_up(), as_json(ENTRIES[:2]))
    assert [one.text for one in both[:4]] == [text for _, _, text in ENTRIES]
    assert [one.id for one in both] == [one.id for one in blog(marked_up())]
    assert [one.id for one in both] == [one.id for one in blog("", as_json())]


def test_a_new_entry_and_an_edited_headline_leave_the_other_entries_their_ids() -> None:
    before = {one.text: one.id for one in blog(marked_up(ENTRIES[1:]))}
    clock, _, text = ENTRIES[1]
    after = {one.text: one.id for one in blog(marked_up((ENTRIES[0], (clock, "Wall gives way", text), *ENTRIES[2:])))}
    assert before.items() <= after.items()


def test_the_opening_is_the_article_of_the_address() -> None:
    [whole] = read_all(HEAD, f"<main><article>{BODY}</article></main>", url=URL)
    assert blog(marked_up())[-1].id == whole.id


def test_entries_of_several_days_belong_together() -> None:
    days = "".join(f"<section>{marked_up(entries)}</section>" for entries in (ENTRIES[:2], ENTRIES[2:]))
    assert len(blog(days)) == 5


def test_a_bare_clock_is_dated_where_the_blog_ran_on_one_day() -> None:
    feed = "".join(
        f"<article><b>{clock}</b><h2>{title}</h2><p>{text}</p></article>" for clock, title, text in ENTRIES
    )
    whole_day = blog(feed, linked(datePublished=stamp("08:00"), dateModified=stamp("11:00")))
    assert [one.published.isoformat() for one in whole_day[:1] if one.published] == [stamp("10:42")]
    [first, *_] = blog(feed, linked(datePublished=stamp("08:00")))
    assert (first.published, first.published_said) == (None, "10:42")


@pytest.mark.parametrize(
    "form",
    [
        "<div id='c{at}'><b>Reader</b> <time datetime='{at}'>{clock}</time><p>{text}</p></div>",
        "<article><time datetime='{at}'>{clock}</time><h3><a href='/{clock}'>{title}</a></h3><p>{text}</p></article>",
    ],
)
def test_comments_and_teasers_are_no_entries(form: str) -> None:
    below = "".join(
        form.format(at=stamp(clock), clock=clock, title=title, text=text) for clock, title, text in ENTRIES
    )
    assert len(read_all(HEAD, f"<main><article><h1>{TITLE}</h1>{BODY}</article><div>{below}</div></main>")) == 1


def second(heading: str = "<h1>Herring landings fall</h1>") -> str:
    text = "".join(f"<p>{line}</p>" for line in SECOND)
    return f"<article>{heading}<time datetime='2025-06-02'></time>{text}</article>"


def test_a_second_report_on_a_page_is_an_article_of_its_own() -> None:
    first, other = read_all(HEAD, f"<main><article><h1>{TITLE}</h1>{BODY}</article>{second()}</main>", url=URL)
    assert (first.title, first.text) == (TITLE, "\n\n".join(PARAGRAPHS))
    assert (other.title, other.text, other.authors) == ("Herring landings fall", "\n\n".join(SECOND), ())
    assert other.published
    assert other.published.day == 2
    assert first.id != other.id


def test_a_second_article_in_json_ld_is_taken_out_of_the_first() -> None:
    node = {"@type": "NewsArticle", "headline": "Herring landings fall", "articleBody": "\n\n".join(SECOND)}
    head = (
        linked(articleBody="\n\n".join(PARAGRAPHS))
        + f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    )
    more = f"<h2>Herring landings fall</h2>{''.join(f'<p>{line}</p>' for line in SECOND)}"
    first, other = read_all(head, f"<article><h1>{TITLE}</h1>{BODY}{more}</article>", url=URL)
    assert first.text == "\n\n".join(PARAGRAPHS)
    assert (other.title, other.text) == ("Herring landings fall", "\n\n".join(SECOND))


@pytest.mark.parametrize(
    "below",
    [second("<h2><a href='/herring'>Herring landings fall</a></h2>"), f"<article><h2>Sarn</h2>{SECOND[0]}</article>"],
)
def test_a_teaser_below_an_article_is_none(below: str) -> None:
    assert len(read_all(HEAD, f"<main><article><h1>{TITLE}</h1>{BODY}</article>{below}</main>")) == 1


def test_the_entries_of_a_blog_that_was_saved_without_its_address_are_kept_apart() -> None:
    form = "<article><time datetime='{}'></time><p>{}</p></article>"
    untitled = "".join(form.format(stamp(clock), text) for clock, _, text in ENTRIES)
    articles = read_all(linked(**{"@type": "LiveBlogPosting"}), f"<main><h1>{TITLE}</h1>{untitled}</main>")
    assert [one.text for one in articles] == [text for _, _, text in ENTRIES]
    assert len({one.id for one in articles}) == 4
