"""What a comparison reads and asks: invented articles, or those of a folder or file, and questions on them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from ingest.errors import ExtractError
from ingest.extract.extract import extract
from ingest.sources import files
from ingest.types import Article, Page

PLACES = (
    "Aldermoss Brackwater Calder Dunmere Ellery Fernhollow Gorsley Harrowgate Inverlock Jarrow Kestrelby Lowmarsh "
    "Merrowdown Northwick Oxbow Pellmere Quarrywood Ravensea Saltmarsh Thornbury Underhill Vellacott Wexcombe Yarrow"
).split()
PEOPLE = (
    "Ada Lindqvist, Bram Okafor, Celia Marsh, Dov Renner, Esme Tarrant, Farid Nasser, Greta Holm, Hugo Penhale, "
    "Ines Calloway, Jonas Reed, Kaia Brandt, Leo Santos, Mira Volkov, Nils Aster, Odile Ferrand, Piet Zander"
).split(", ")
BODIES = "council, harbour office, water board, school board, hospital, tram company, fire service, court".split(", ")
THINGS = (
    "ferry line, reservoir, tram depot, covered market, night bus, sea wall, library, swimming hall, rail bridge, "
    "wind farm, clinic, school kitchen, ice rink, fish hall, archive, bus lane, cable car, mill, lighthouse"
).split(", ")
DEEDS = "reopened, closed, rebuilt, extended, sold, inspected, flooded, repainted, renamed, insured".split(", ")
SENTENCES = (
    "{person} of the {body} said that the {thing} in {place} would cost {number} crowns more than planned.",
    "The {body} counted {number} people at the {thing} on {day}, {few} fewer than a year before.",
    "A survey of {number} households in {place} found that one in {few} uses the {thing} every week.",
    "{person}, who has worked for the {body} for {few} years, called the delay in {place} avoidable.",
    "Work on the {thing} is to begin on {day} and to take {few} months.",
    "Of the {number} letters that reached the {body}, most asked for a later closing time.",
    "The contract with {place} runs until {year} and names a fine of {number} crowns for each week of delay.",
    "Residents of {place} had asked for the {thing} to be {deed} since {year}.",
    "“Nobody told us about the {thing},” said {person}, whose shop stands {number} metres away.",
    "The {body} of {place} has set {number} crowns aside for repairs in {year}.",
    "Two contractors withdrew after the {thing} was {deed} in {year}, according to the {body}.",
    "Engineers measured a gap of {few} centimetres between the {thing} and the road to {place}.",
)


@dataclass(frozen=True)
class Question:
    """A question, and the address of the article that it was made from."""

    text: str
    url: str


@dataclass(frozen=True)
class Material:
    """Records with title, text, url, outlet and published, and questions on some of them.

    name  what they are, for the report
    """

    name: str
    records: Sequence[dict[str, str]]
    questions: Sequence[Question]

    def write(self, path: Path) -> None:
        path.write_text("".join(f"{json.dumps(record)}\n" for record in self.records), encoding="utf-8")

    def changed(self) -> Material:
        """The same with a correction at the end of one article."""
        first, *others = self.records
        corrected = {**first, "text": f"{first['text']}\n\nA correction was added on the next day."}
        return Material(self.name, [corrected, *others], self.questions)


def invented(count: int, asked: int) -> Material:
    """Articles made of templates, no two alike; the questions are on the fact that only the article's title names."""
    chance = random.Random(7)
    records, questions = [], []
    for number in range(count):
        about = {"place": chance.choice(PLACES), "thing": chance.choice(THINGS), "deed": chance.choice(DEEDS)}
        told = f"{about['thing']} {number + 100} in {about['place']}"
        paragraphs = [" ".join(_sentence(chance, about) for _ in range(4)) for _ in range(chance.randint(4, 9))]
        lead = f"The {told} was {about['deed']} at a cost of {chance.randint(1000, 99999):,} crowns."
        records.append(
            {
                "title": f"The {told} is {about['deed']}",
                "text": "\n\n".join([f"{lead} {paragraphs[0]}", *paragraphs[1:]]),
                "url": f"https://bench.example/{number}",
                "outlet": f"{about['place']} Post",
                "published": str(date(2026, 1, 1) + timedelta(days=number % 300)),
            }
        )
        questions.append(Question(f"What did it cost when the {told} was {about['deed']}?", records[-1]["url"]))
    return Material(f"{count:,} invented articles", records, _spread(questions, asked))


def _sentence(chance: random.Random, about: dict[str, str]) -> str:
    others = {
        "person": chance.choice(PEOPLE),
        "body": chance.choice(BODIES),
        "number": f"{chance.randint(20, 9999):,}",
        "few": str(chance.randint(2, 19)),
        "day": f"{chance.randint(1, 28)} {chance.choice(('May', 'June', 'August', 'October'))}",
        "year": str(chance.randint(2009, 2031)),
    }
    elsewhere = {"place": chance.choice(PLACES), "thing": chance.choice(THINGS)} if chance.random() < 0.3 else {}
    return chance.choice(SENTENCES).format(**about | others | elsewhere)


def read(path: Path, count: int, asked: int) -> Material:
    """The first articles of a folder or file that Dateline can ingest; the questions are their titles."""
    records = list(islice(_records(path), count))
    if not records:
        raise SystemExit(f"no article could be read from {path}")
    questions = [Question(record["title"], record["url"]) for record in records if record["title"]]
    return Material(f"{len(records):,} articles of {path.name}", records, _spread(questions, asked))


def _records(path: Path) -> Iterator[dict[str, str]]:
    for page in files.pages(path):
        for article in _articles(page) if isinstance(page, Page) else ():
            yield {
                "title": article.title,
                "text": article.text,
                "url": article.url or f"https://bench.example/{article.id}",
                "outlet": article.outlet,
                "published": article.published.isoformat() if article.published else "",
            }


def _articles(page: Page) -> list[Article]:
    try:
        return extract(page)
    except ExtractError:
        return []


def _spread(questions: Sequence[Question], asked: int) -> Sequence[Question]:
    return questions[:: max(1, len(questions) // asked)][:asked]
