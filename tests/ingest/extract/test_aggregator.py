"""Aggregator pages of both layouts, with and without their furniture. All pages are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import NotAnArticle
from ingest.extract.aggregator.several import extract, is_aggregator
from ingest.extract.aggregator.stamp import glued, time_of
from ingest.types import Article, Page

HARBOUR = "Harbour of Veltrin reopens after the storm – first ferries leave"
BODY = "The harbour of Veltrin reopened on Monday after four days. Two ferries left before noon, the port said."
RATES = "Central bank of Veltrin keeps its key rate"
RATES_BODY = "The central bank kept its key rate at 4.5 percent. Governor Ana Lukova spoke of a pause, not a turn."
BRIDGE = "Bridge over the Sarn closes for repairs"
BRIDGE_BODY = "The bridge over the Sarn closes for three weeks. Buses will use the old road, the city said on Friday."

MAIN = f"logo\n{HARBOUR}\n\n{HARBOUR}\n\n{{stamp}}\n\n{{body}}\n\nOrange background\n\nTry Our AI Features\n\n"
BELOW = "Comments\n\nNo comments yet...\n\nRelated Articles\n\n"
END = "DOWNLOAD THE APP\n\nGet Started Now: Download the App\n\napp-storeplay-store\n"


def related(title: str, outlet: str, said: str, body: str, *, bullets: str = "") -> str:
    header = f"{title}\n{title}\n\n{outlet}\n\n{said}\n\n"
    return f"{header}{bullets}{title}\n\n{body}\n\n"


def read(text: str, captured: datetime | None = None) -> list[Article]:
    assert is_aggregator(text)
    return extract(text, Page("saved.txt", b"", "text/plain", captured=captured))


def main(stamp: str = "Yahooa day ago", body: str = BODY) -> str:
    return MAIN.format(stamp=stamp, body=body)


def test_a_page_with_bullets_and_clock_icons_gives_all_its_articles() -> None:
    found = read(
        main()
        + BELOW
        + related(RATES, "The Sarn Times", "time21 minutes ago", RATES_BODY, bullets="  • The Sarn Times\n\n")
        + related(BRIDGE, "Yahoo", "timean hour ago", BRIDGE_BODY, bullets="  • Business\n\n  • Yahoo\n\n")
        + END
    )
    assert [(article.title, article.outlet, article.text) for article in found] == [
        (HARBOUR, "Yahoo", BODY),
        (RATES, "The Sarn Times", RATES_BODY),
        (BRIDGE, "Yahoo", BRIDGE_BODY),
    ]
    assert [article.published_said for article in found] == ["a day ago", "21 minutes ago", "an hour ago"]


def test_a_page_without_bullets_and_icons_gives_the_same() -> None:
    first = related(RATES, "The Sarn Times", "21 minutes ago", RATES_BODY)
    found = read(first + related(BRIDGE, "Yahoo", "3 hours ago", BRIDGE_BODY))
    assert [(article.outlet, article.text) for article in found] == [
        ("The Sarn Times", RATES_BODY),
        ("Yahoo", BRIDGE_BODY),
    ]


def test_absolute_dates_name_the_day_first() -> None:
    found = read(main("The Sarn Times23-04-2025") + BELOW + related(RATES, "Yahoo", "time05-06-2025", RATES_BODY))
    assert [article.outlet for article in found] == ["The Sarn Times", "Yahoo"]
    assert [article.published for article in found] == [
        datetime(2025, 4, 23, tzinfo=UTC),
        datetime(2025, 6, 5, tzinfo=UTC),
    ]
    assert {article.published_precision for article in found} == {"day"}


def test_relative_times_are_resolved_against_the_capture_only() -> None:
    page = main("Yahoo40 minutes ago")
    [resolved] = read(page, datetime(2025, 6, 3, 1, 0, tzinfo=UTC))
    [unresolved] = read(page)
    assert (resolved.published, resolved.published_said) == (
        datetime(2025, 6, 3, 0, 20, tzinfo=UTC),
        "40 minutes ago",
    )
    assert (unresolved.published, unresolved.published_said) == (None, "40 minutes ago")


def test_an_article_is_the_same_whenever_its_page_was_captured() -> None:
    page = main("Yahooa day ago")
    captures = [None, datetime(2025, 6, 3, 1, 0, tzinfo=UTC), datetime(2025, 6, 9, 1, 0, tzinfo=UTC)]
    assert len({article.id for captured in captures for article in read(page, captured)}) == 1


def test_articles_of_one_title_are_told_apart_by_a_printed_day() -> None:
    [first], [second] = read(main("Yahoo23-04-2025")), read(main("Yahoo24-04-2025"))
    assert first.id != second.id


def test_a_title_may_be_repeated_with_another_dash() -> None:
    [article] = read(main().replace(f"\n\n{HARBOUR}\n\n", "\n\n" + HARBOUR.replace("–", "-") + "\n\n"))
    assert article.title == HARBOUR


def test_the_labels_and_lines_of_a_body_stay() -> None:
    body = f'{BODY}\nSource: the port\nQuote: "We are open," it said.\nBackground:\nThe storm began on Thursday.'
    [article] = read(main(body=body))
    assert article.text == body


@pytest.mark.parametrize("plea", ["Support Veltrin Pravda on Patreon!", "Become a patron of Veltrin Pravda."])
def test_a_donation_plea_names_the_origin_and_is_dropped(plea: str) -> None:
    [below] = read(main(body=f"{BODY}\n{plea}"))
    [behind] = read(main(body=f"{BODY} {plea}"))
    assert (below.text, below.origin) == (behind.text, behind.origin) == (BODY, "Veltrin Pravda")


@pytest.mark.parametrize(
    "plea",
    ["Read The Sarn Times without advertisements!", "Enjoy the paper ad-free today.", "Get Veltrin with no ads."],
)
def test_an_offer_to_read_without_advertisements_is_dropped(plea: str) -> None:
    for body in (f"{BODY}\n{plea}", f"{BODY} {plea}", f"{BODY} Support Veltrin Pravda on Patreon! {plea}"):
        assert [article.text for article in read(main(body=body))] == [BODY]


def test_a_report_about_reading_without_advertisements_is_news() -> None:
    body = f"{BODY} Passengers can read the paper without advertisements, it said. The ferry is ad-free."
    assert [article.text for article in read(main(body=body))] == [body]


@pytest.mark.parametrize(
    "line",
    [
        "GET THE APP",
        "Start Today: Get the App",
        "Open the app",
        "Install our free mobile app now!",
        "Get the Veltrin Daily app on your phone",
        "News of every harbour, wherever you are? Get our app from the shop of your phone and never miss a ferry.",
    ],
)
def test_promotion_of_an_app_ends_an_article(line: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY}\n{line}\nMore of it"))] == [BODY]


@pytest.mark.parametrize(
    "line",
    [
        "The port told passengers to get the app.",
        "“Get our app,” the port told passengers on Monday.",
        "It asked them to download our app and wait.",
    ],
)
def test_a_report_about_an_app_is_news(line: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY}\n{line}\nMore"))] == [f"{BODY}\n{line}\nMore"]


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Ferry prices rise in autumn",
        "Subscribe to Veltrin Pravda on Telegram!",
        "Support VP or become our patron!",
        "#Veltrin,#Harbour",
        "#Veltrin#Harbour",
    ],
)
def test_a_line_of_promotion_is_left_out_of_the_text(line: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY}\n{line}\nMore."))] == [f"{BODY}\nMore."]


@pytest.mark.parametrize("line", ["Hashtags", "Load more"])
def test_a_list_below_an_article_ends_it(line: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY}\n\n{line}\n\nmore"))] == [BODY]


def test_where_an_article_first_appeared_is_its_origin() -> None:
    [article] = read(main(body=f"{BODY}\nThis article originally appeared on VELTRIN TODAY: Harbour open again"))
    assert (article.text, article.origin) == (BODY, "VELTRIN TODAY")


@pytest.mark.parametrize(
    "line",
    [
        "The union will support the port or become our patron, she said.",
        "This article originally appeared on the wall of the port in 1911, the museum said.",
        "Sailors subscribe to the port on channel nine.",
    ],
)
def test_a_report_that_sounds_like_promotion_is_news(line: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY}\n{line}"))] == [f"{BODY}\n{line}"]


@pytest.mark.parametrize("title", ["Oil slips", "Gaza latest"])
def test_a_short_title_counts_where_it_is_printed_twice(title: str) -> None:
    found = read(main() + BELOW + related(title, "Yahoo", "time5 minutes ago", RATES_BODY))
    assert [article.title for article in found] == [HARBOUR, title]


def test_a_short_line_above_a_time_is_no_title() -> None:
    page = main() + BELOW + "Business\n\nYahoo\n\ntime5 minutes ago\n\n• Yahoo\n\nAnd so on."
    assert [article.title for article in read(page)] == [HARBOUR]


def test_a_plea_inside_a_sentence_is_news() -> None:
    body = f"{BODY} Readers who Support Veltrin Pravda on Patreon were told on Monday."
    [article] = read(main(body=body))
    assert (article.text, article.origin) == (body, None)


def test_a_bare_dateline_gives_the_origin_and_is_dropped() -> None:
    [article] = read(main(body=f"(Reuters) -{BODY}"))
    assert (article.text, article.origin) == (BODY, "Reuters")


def test_a_dateline_with_a_place_gives_the_origin_and_stays() -> None:
    [article] = read(main(body=f"VELTRIN (AP) — {BODY}"))
    assert (article.text, article.origin) == (f"VELTRIN (AP) — {BODY}", "AP")


def test_no_origin_is_invented() -> None:
    [article] = read(main(body=f"{BODY} Reuters could not reach the port."))
    assert article.origin is None


def test_a_newsletter_is_cut_after_its_story() -> None:
    letter = (
        f"The Big Story {BODY} © AP Ships waited outside. Read the full report at Welcome to The Sarn Times' Harbour "
        "& Coast newsletter, I'm Ada Moss. Did someone forward you this newsletter? Essential Reads "
        "Ferry prices rise A ticket costs 12 crowns since … Read more You're all caught up."
    )
    [article] = read(main("The Sarn Times2 hours ago", letter))
    assert article.text == f"{BODY} Ships waited outside."
    assert article.origin == "The Sarn Times' Harbour & Coast newsletter"


def test_a_newsletter_may_open_with_its_welcome() -> None:
    letter = f"Welcome to The Sarn Times' Coast newsletter, I'm Ada Moss. Good morning. The Big Story {BODY}"
    [article] = read(main("The Sarn Times2 hours ago", letter))
    assert article.text == BODY


@pytest.mark.parametrize(
    "ending",
    [
        "This story first appeared in Coast Brief, our daily newsletter. Sign up to get it in your inbox.",
        "Get our free daily newsletter.",
        "Click here to subscribe to our newsletter.",
    ],
)
def test_the_ending_of_a_newsletter_is_cut(ending: str) -> None:
    assert [article.text for article in read(main(body=f"{BODY} {ending}"))] == [BODY]


def test_a_report_about_a_newsletter_is_news() -> None:
    body = f"{BODY} Passengers get the port’s newsletter. They click here to subscribe to it."
    assert [article.text for article in read(main(body=body))] == [body]


def test_words_of_a_newsletter_inside_a_report_stay() -> None:
    body = f"{BODY} In Other News Corp. matters, shares rose. On Our Radar is a film about the port."
    [article] = read(main(body=body))
    assert article.text == body


def test_a_listed_article_without_text_is_left_out() -> None:
    found = read(
        main()
        + BELOW
        + related(RATES, "Yahoo", "time2 hours ago", "")
        + related(BRIDGE, "Yahoo", "time3 hours ago", BRIDGE_BODY)
    )
    assert [article.title for article in found] == [HARBOUR, BRIDGE]


def test_a_page_that_only_lists_articles_is_not_an_article() -> None:
    with pytest.raises(NotAnArticle, match="without their text"):
        read(related(RATES, "Yahoo", "time2 hours ago", ""))


def test_articles_are_told_apart_by_outlet_and_title_and_have_no_address() -> None:
    first, second = read(main() + BELOW + related(RATES, "Yahoo", "time2 hours ago", RATES_BODY))
    assert first.id != second.id
    assert first.url is second.url is None
    assert read(main(body=f"{BODY} More."))[0].id == first.id


@pytest.mark.parametrize(
    ("line", "outlet", "said"),
    [
        ("Yahooa day ago", "Yahoo", "a day ago"),
        ("NBCan hour ago", "NBC", "an hour ago"),
        ("Al Jazeeraa day ago", "Al Jazeera", "a day ago"),
        ("France 2421 minutes ago", "France 24", "21 minutes ago"),
        ("Channel 412 minutes ago", "Channel 4", "12 minutes ago"),
        ("The Hill 5 days ago", "The Hill", "5 days ago"),
        ("Yahootime7 hours ago", "Yahoo", "7 hours ago"),
        ("France 2423-04-2025", "France 24", "23-04-2025"),
        ("Yahoo3 Apr 2025", "Yahoo", "3 Apr 2025"),
        ("The Independent - 30 minutes ago", "The Independent", "30 minutes ago"),
    ],
)
def test_outlet_and_time_are_taken_apart(line: str, outlet: str, said: str) -> None:
    stamp = glued(line)
    assert stamp
    assert (stamp.outlet, stamp.said) == (outlet, said)


def test_an_outlet_known_from_the_page_decides_between_two_readings() -> None:
    stamp = glued("News 123 hours ago", {"News 12"})
    assert stamp
    assert (stamp.outlet, stamp.said) == ("News 12", "3 hours ago")


@pytest.mark.parametrize("line", ["It happened a day ago.", "21 minutes ago", "Yahoo", "", "x" * 500 + "1 day ago"])
def test_other_lines_are_no_stamps(line: str) -> None:
    assert glued(line) is None


@pytest.mark.parametrize("line", ["time21 minutes ago", "an hour ago", "23-04-2025", "yesterday", "time 3 days ago"])
def test_a_line_may_hold_a_time_alone(line: str) -> None:
    assert time_of(line)


@pytest.mark.parametrize(
    "text",
    [
        f"{HARBOUR}\n\n{BODY}",
        f"{HARBOUR}\n\n{HARBOUR}\n\nBy Ada Moss\n\n3 May, 2016\n\n{BODY}",
        f"{HARBOUR}\n\nThe Sarn Times\n\n3 hours ago\n\n{BODY}",
        f"Yahoo\n\n21 minutes ago\n\n{BODY}",
        "",
    ],
)
def test_ordinary_texts_are_not_taken_for_aggregator_pages(text: str) -> None:
    assert not is_aggregator(text)
