"""Articles made at random, in the shapes in which articles come: what is only tried on tidy ones breaks on others."""

from __future__ import annotations

import random
from collections.abc import Iterator

from assistant.types import Article, Citation, Done, Sources, Stated, Statement, StreamEvent, Understood
from ingest.language.sentences import sentences
from ingest.types import Filter
from tests.tui.marked import cited
from tests.tui.service import answer, article

_WORDS = (
    "harbour quay ferry council vote budget of the a and in by after before 14 2,300 €5m U.S. co-operative "
    "Łódź Škoda naïve ¿cuándo? «digue» 港口 地震 渡轮 ท่าเรือ बंदरगाह الميناء 👩‍🚒 e\u0301cole "
    "soft\u00adhyphen tab\tbed nowhere-near-the-end-of-this-very-long-compound https://news.example/a/very/long/address?with=query&and=more"
).split(" ")
_BREAKS = ("\n\n", "\n\n", "\n", "\n \n", "\n\n\n")


def articles(count: int, seed: int) -> list[Article]:
    """Different at each place, the same in each run."""
    chance = random.Random(seed)
    return [
        article(id=f"made-{number}", title=_sentence(chance)[:200], text=_text(chance), outlet=_words(chance, 2))
        for number in range(count)
    ]


def citations(made: list[Article], seed: int) -> list[Citation]:
    """A sentence of each article, numbered through."""
    chance = random.Random(seed)
    drawn = [(each, chance.choice(sentences(each.text))) for each in made]
    return [
        cited(each, [span])[0].model_copy(update={"number": number}) for number, (each, span) in enumerate(drawn, 1)
    ]


def answered(places: list[Citation]) -> list[StreamEvent]:
    """The events of an answer with one statement for each citation."""
    pairs = [(Statement(text=place.text, citations=(place.number,)), place) for place in places]
    stated = [Stated(statement=statement, citations=(place,)) for statement, place in pairs]
    question = "What happened?"
    return [
        Understood(standalone=question, filters=Filter()),
        Sources(headlines=()),
        *stated,
        Done(answer=answer(question, *pairs)),
    ]


def _text(chance: random.Random) -> str:
    paragraphs = _paragraphs(chance)
    return "".join(paragraph + chance.choice(_BREAKS) for paragraph in paragraphs).strip()


def _paragraphs(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.choice((1, 2, 6, 25, 60))):
        match chance.choice(("heading", "line", "short", "long", "list")):
            case "heading":
                yield _words(chance, chance.randint(1, 6)).capitalize()
            case "line":
                yield _sentence(chance)
            case "short":
                yield " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
            case "long":
                yield "  ".join(_sentence(chance) for _ in range(chance.randint(6, 20)))
            case _:
                yield "\n".join(f"- {_words(chance, 4)}" for _ in range(chance.randint(2, 9)))


def _sentence(chance: random.Random) -> str:
    return _words(chance, chance.randint(2, 30)).capitalize() + chance.choice(".!?…")


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count))
