"""Copies, follow-ups, siblings: what two reports are to one another."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.stories.exchanges import Wording, are_of_one_form
from ingest.stories.likeness import Likeness, Reading, relation
from ingest.types import Article
from tests.ingest.stories.reports import (
    AGENCY,
    BACKGROUND,
    FOLLOW_UP,
    LEAD,
    MIDDLE,
    OTHER_PAPER,
    PAPER,
    SIBLINGS,
    WIRE,
    printed,
)


def kind_of(one: Article, other: Article) -> str | None:
    kind = relation(Reading(one), Reading(other))
    assert relation(Reading(other), Reading(one)) == kind
    return kind


def test_a_wire_story_under_another_headline_is_a_copy() -> None:
    assert kind_of(AGENCY, OTHER_PAPER) == "copy"


def test_a_wire_story_whose_end_was_cut_is_a_copy() -> None:
    assert kind_of(AGENCY, PAPER) == "copy"


def test_a_copy_without_a_date_is_found_by_its_opening() -> None:
    undated = printed(LEAD + MIDDLE, "Stuck on the Teeth", "Evening Tide", dated=False)
    assert kind_of(AGENCY, undated) == "copy"


def test_a_title_in_capitals_does_not_make_a_sibling_of_a_copy() -> None:
    shouted = printed(WIRE, "Nineteen Sailors Wait As Tugs Give Up Against Wind", "Castermond Courier")
    assert kind_of(AGENCY, shouted) == "copy"


def test_the_report_as_it_stood_later_at_another_address_is_the_same() -> None:
    later = printed(
        LEAD.replace("Nobody was hurt", "One sailor broke an arm")
        + "The tide comes at seven. "
        + MIDDLE
        + BACKGROUND,
        "Container ship aground off Cape Marrow, one sailor hurt",
        "Meridian Press Agency",
        after=timedelta(hours=7),
    )
    assert kind_of(AGENCY, later) == "copy"


def test_a_follow_up_that_repeats_the_background_is_its_own_article_in_the_same_story() -> None:
    assert kind_of(AGENCY, FOLLOW_UP) == "story"


def test_stories_from_one_template_stay_apart() -> None:
    assert Likeness.of(*map(Reading, SIBLINGS)).contained > 0.5
    assert kind_of(*SIBLINGS) is None


def test_results_in_one_form_with_other_numbers_stay_apart() -> None:
    def draw(day: str, numbers: str, pot: str) -> Article:
        text = (
            f"The numbers drawn on {day} are {numbers}. The pot stands at {pot} million crowns. Nobody had all six. "
            "Tickets can be bought until seven in the evening at every kiosk and at the post offices of the islands. "
            "Winnings are paid out for ninety days. Players have to be eighteen years old. Play with care."
        )
        return printed(text, "The numbers of the lottery", "Ledger", after=timedelta(days=int(numbers[0]) % 2))

    assert (
        kind_of(draw("Monday", "3, 9, 14, 22, 31, 40", "7"), draw("Tuesday", "4, 11, 16, 23, 38, 45", "12")) is None
    )


FORMS: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "a figure alone": (
        "Line {0} will be diverted from Monday because the road is dug up. The stops at the market and at the school "
        "are not served. Passengers may use the stop at the church. The work takes about three weeks, the transport "
        "office said, and a notice hangs at all stops along the way. Tickets stay valid on the other lines.",
        [("7",), ("12",), ("30",)],
    ),
    "a town alone": (
        "The council of {0} adopted its budget for next year on Wednesday evening. Taxes stay as they are and the "
        "library will open on Saturdays again. The mayor said that the town had saved for years and could afford "
        "a new roof for the school. Two members voted against because they wanted more money for the roads.",
        [("Ommel",), ("Tessel",), ("Upper Barve",)],
    ),
    "names in another script": (
        "В округе {0} победил {1}, набравший {2} голоса, сообщила комиссия в понедельник. Явка оказалась выше, "
        "чем пять лет назад. Новый совет соберётся в сентябре и выберет председателя. Жалобы можно "
        "подать в течение недели. Голоса подсчитаны без нарушений. Полные результаты будут объявлены во вторник.",
        [("Ольховка", "Иван Серов", "1204"), ("Заречье", "Пётр Лунин", "988")],
    ),
    "names that begin sentences": (
        "{0} gave 40 crowns to the new roof of the chapel, the parish wrote. It thanks all who gave. The roof will "
        "be of slate, as the old one was, and the work begins after the harvest. {1} lends the ladders. A feast is "
        "planned for the day on which the last slate is laid, with music by the band of the fire service.",
        [("Hulda Moe", "Torsten"), ("Einar Lie", "Gudrun")],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_reports_of_one_form_under_one_title_stay_apart(form: str) -> None:
    text, filled = FORMS[form]
    made = [printed(text.format(*words), f"Notice {number}", "Ledger") for number, words in enumerate(filled)]
    made = [one.model_copy(update={"title": "Notice"}) for one in made]
    assert [kind_of(one, other) for one, other in itertools.combinations(made, 2) if one != other].count("copy") == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("nine", "fourteen", "twenty-one")),
        ("de", ("neun", "vierzehn", "einundzwanzig")),
        ("es", ("nueve", "catorce", "treinta y uno")),
        ("ru", ("девять", "четырнадцать", "двадцать один")),
        ("hi", ("नौ", "चौदह", "इक्कीस")),
    ],
)
def test_numbers_in_words_are_figures_in_each_language(language: str, words: tuple[str, ...]) -> None:
    here, there, further = (Wording(f"300 {word} 4711 8000", language=language) for word in words)
    figures = Wording("300 14 4711 8000", language=language)
    assert are_of_one_form(here, there)
    assert are_of_one_form(there, further)
    assert not are_of_one_form(there, figures)


@pytest.mark.parametrize(("house", "kind"), [("Ledger", None), ("Courier", "copy")])
def test_one_house_prints_reports_that_differ_by_how_their_sentences_begin(house: str, kind: str | None) -> None:
    text = "{0} will get a new roof for its school. " + BACKGROUND
    ommel, barve = (printed(text.format(name), "A new roof", paper) for name, paper in PRINTED_BY[house])
    assert kind_of(ommel, barve) == kind


PRINTED_BY = {
    "Ledger": [("Ommel", "Ledger"), ("Barve", "Ledger")],
    "Courier": [("Villages", "Ledger"), ("Hamlets", "Courier")],
}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("nineteen sailors", "19 sailors"),
        ("Port Ellery", "Port Éllery"),
        ("the coast guard of Skerrin", "the Skerrin coast guard"),
        ("eleven ships", "a dozen ships"),
        ("Commander Ilse Brandvoort", "Cmdr Ilse Brandvoort"),
    ],
)
def test_a_copy_may_spell_and_word_it_in_its_own_way(here: str, there: str) -> None:
    assert here in WIRE
    assert kind_of(AGENCY, printed(WIRE.replace(here, there), "Freighter runs onto rocks", "Courier")) == "copy"


COLD = (
    "Officials in Kiev said on Sunday that the heating plant on the left bank needs two more weeks. Shops on the "
    "main street will close at six because of cuts in power. The mayor, Anton Melnyk, asked people to use less of it "
    "in the evening. About 40,000 flats were cold, he said. Crews from the south are helping with the pipes. Schools "
    "stay open, but lessons begin an hour later than usual, and the cost is borne by the state."
)
COLD_IN_GERMAN = (
    "Geschäfte in Lemberg schließen am Sonntag schon um sechs, weil der Strom knapp ist. Der Bürgermeister bat die "
    "Leute, abends weniger zu verbrauchen. Etwa 40.000 Wohnungen waren kalt, sagte er. Helfer aus dem Süden arbeiten "
    "an den Rohren mit. Die Schulen bleiben offen, aber der Unterricht beginnt eine Stunde später als sonst."
)
COLD_IN_CHINESE = (
    "武汉市政府周日宣布，主街的商店将提前关门，因为供电不足。市长李明要求居民减少晚间用电，公交车照常运行。"
    "左岸的供热站需要两周才能修好，周末有大约四万户家庭没有暖气。来自南方的工人正在协助更换管道。"
)


@pytest.mark.parametrize(
    ("text", "here", "there"),
    [
        (COLD, "Officials in", "Authorities in"),
        (COLD, "on Sunday", "on Nov 1"),
        (COLD, "Kiev", "Kyiv"),
        (COLD, "Melnyk", "Melnik"),
        (COLD_IN_GERMAN, "Helfer aus", "Arbeiter aus"),
        (COLD_IN_CHINESE, "商店", "店铺"),
        (COLD_IN_CHINESE, "周日", "11月1日"),
    ],
)
def test_a_copy_in_the_style_of_another_house_is_a_copy(text: str, here: str, there: str) -> None:
    one, other = printed(text, "Cold", "Ledger"), printed(text.replace(here, there), "More cold", "Courier")
    assert here in text
    assert kind_of(one, other) == "copy"


@pytest.mark.parametrize(
    ("text", "here", "there"),
    [
        (COLD, "Kiev", "Lviv"),
        (COLD, "Anton Melnyk", "Petro Melnik"),
        (COLD, "40,000", "52,000"),
        (COLD_IN_CHINESE, "武汉", "成都"),
        (COLD_IN_CHINESE, "李明", "王明"),
        (COLD_IN_CHINESE, "四万", "七万"),
    ],
)
def test_another_town_mayor_or_sum_in_the_same_words_is_no_copy(text: str, here: str, there: str) -> None:
    assert here in text
    assert kind_of(printed(text, "Cold", "Ledger"), printed(text.replace(here, there), "Cold", "Courier")) is None


def test_a_name_that_only_begins_a_sentence_is_known_by_the_titles() -> None:
    text = "{0} gets a new roof for its school. " + BACKGROUND
    ommel, barve = (printed(text.format(name), f"{name} gets a roof", "Ledger") for name in ("Ommel", "Barve"))
    assert kind_of(ommel, barve) is None


def test_a_long_quotation_in_common_makes_no_copy() -> None:
    speech = "“" + MIDDLE.replace("“", "").replace("”", "") + BACKGROUND.strip() + "”"
    whole = printed(speech, "The speech in full", "Ledger")
    about = printed(
        "Minister Cara Holm spoke to the islanders for the first time since the stranding, and few were content. In "
        "the hall of Skerrin some left before she had ended. A fisherman, Tor Asgill, said that words pull "
        "no ship off the rocks. Others wanted to know what became of the money that was promised them in "
        f"spring. The minister's office gave out what she said: {speech} Her party holds one of four seats on "
        "the island.",
        "Minister meets anger on Skerrin",
        "Courier",
    )
    assert kind_of(whole, about) != "copy"


def test_very_short_texts_are_copies_only_where_they_are_equal() -> None:
    short = printed("Boats sail again from Saturday on.", "Boats sail", "Ledger")
    assert kind_of(short, printed("Boats sail again from Saturday on.", "Boats sail", "Courier")) == "copy"
    assert kind_of(short, printed("Boats sail again from Sunday on.", "Boats sail", "Courier")) is None


def test_the_same_words_on_days_far_apart_are_a_copy_only_where_nearly_all_is_the_same() -> None:
    year = timedelta(days=365)
    assert kind_of(AGENCY, printed(WIRE, "From the files: aground off Cape Marrow", "Ledger", after=year)) == "copy"
    assert kind_of(AGENCY, printed(LEAD + "All is well. " + BACKGROUND, "Aground", "Ledger", after=year)) is None


def test_two_days_that_follow_one_another_are_near_where_only_the_days_are_known() -> None:
    next_day = printed(LEAD + MIDDLE, "Stuck", "Tide", after=timedelta(days=1, hours=17), precision="day")
    assert kind_of(AGENCY, next_day) == "copy"


WORDS = st.lists(st.sampled_from("dam ferry crack boats Ellery 14 and the of crew crown vote".split()), max_size=120)


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_likeness_is_the_same_both_ways_and_between_0_and_1(one: list[str], other: list[str]) -> None:
    a, b = (Reading(printed(" ".join(words), "Title", "Ledger")) for words in (one, other))
    likeness = Likeness.of(a, b)
    assert likeness == Likeness.of(b, a)
    assert 0 <= likeness.alike <= likeness.contained <= 1
    assert 0 <= likeness.opening <= 1


REPORTS = st.lists(
    st.builds(
        "{} of {} won {} votes, {} said on {}. ".format,
        *map(st.sampled_from, ("Orr Holm Quint".split(), "Kiev Kyiv Lviv Marten".split(), ("14", "15", "1,600"))),
        *map(st.sampled_from, (("Holm", "officials", "the Ledger"), ("Sunday", "Nov 1", "Monday night"))),
    ),
    max_size=4,
).map("".join)


@given(REPORTS, REPORTS)
@settings(max_examples=300, deadline=None)
def test_whether_two_texts_have_one_form_is_the_same_both_ways(one: str, other: str) -> None:
    assert are_of_one_form(Wording(one), Wording(other)) == are_of_one_form(Wording(other), Wording(one))
