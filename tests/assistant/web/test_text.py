"""The page cuts texts where the service does, by code points; and says dates and counts in the same words."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from assistant import wording
from assistant.types import Became, Change, Citation, Digest, Filter, Receipt, Statement
from tests.assistant.web.watched import Watched
from tui import wording as chat_wording

pytestmark = pytest.mark.slow

LETTERS = "ab .\n\r\t\u2028éß中\u0301\u200d\ufeff\U0001f469\U0001f4bb\U0001d4bb\U0001f1e9\ufffd"
CUT = """async (cases) => {
    const { paragraphs, pieces, units } = await import("/web/scripts/text.js");
    const cited = (parts) => parts.filter((part) => part.cited).map((part) => part.text).join("");
    return cases.map(({ text, start, end }) => {
        const at = units(text, [start, end]);
        return [cited(pieces(text, ...at)), cited(paragraphs(text, ...at).flat())];
    });
}"""
SAY = """async (calls) => {
    const wording = await import("/web/scripts/wording.js");
    return calls.map(([name, ...values]) => wording[name](...values));
}"""


def in_paragraphs(text: str, start: int, end: int) -> str:
    """What is shown of a slice: lines of the text without those that are blank."""
    shown, place = [], 0
    for line in text.split("\n"):
        if line.strip("\n\r\t \u2028\ufeff"):
            shown.append(line[max(start - place, 0) : max(end - place, 0)])
        place += len(line) + 1
    return "".join(shown)


def test_a_slice_is_the_same_characters_as_in_python(front: Watched) -> None:
    chance = random.Random(15)
    cases: list[dict[str, Any]] = []
    for _ in range(2000):
        text = "".join(chance.choices(LETTERS, k=chance.randint(1, 40)))
        start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        cases.append({"text": text, "start": start, "end": end})
    for case, (cut, shown) in zip(cases, front.page.evaluate(CUT, cases), strict=True):
        assert cut == case["text"][case["start"] : case["end"]]
        assert shown == in_paragraphs(**case)


def test_a_follow_up_is_told_as_the_chat_tells_it(front: Watched) -> None:
    lent = "(by-election Lisk North)"
    follow_ups = ["When was that?", f"And who came second? {lent}", f"And in (rural) wards? {lent}", "Who (else)?"]
    assert front.page.evaluate(SAY, [["understood", one] for one in follow_ups]) == [
        chat_wording.understood(one) for one in follow_ups
    ]


def test_words_are_those_of_the_command_line(front: Watched) -> None:
    at, now = datetime(2026, 10, 7, 8, 15, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    dated: list[dict[str, Any]] = [
        {"published": at.isoformat(), "published_precision": precision, "published_said": None}
        for precision in ("day", "month", "year")
    ] + [{"published": None, "published_precision": None, "published_said": said} for said in ("2 hours ago", None)]
    said = [
        wording.printed(at if one["published"] else None, one["published_precision"], one["published_said"])
        for one in dated
    ]
    assert front.page.evaluate(SAY, [["published", one] for one in dated]) == said
    ages = [1, 2, 59, 60, 800]
    moments = [datetime.fromtimestamp(now.timestamp() - 86_400 * days, UTC) for days in ages]
    assert front.page.evaluate(
        SAY, [["aged", moment.isoformat(), int(now.timestamp() * 1000)] for moment in moments]
    ) == [wording.aged(moment, now) for moment in moments]
    digest = Digest(found=12_345, told=5, copies=2, order="newest", newest=at, asked=now, mentioned="Velden")
    assert front.page.evaluate(SAY, [["digestLine", digest.model_dump(mode="json")]]) == [wording.digest(digest)]
    statements = [
        Statement(text="x", citations=(), support=support, nearest=nearest, reason="no date", form=form)
        for support, nearest, form in (
            ("supported", False, "sentence"), ("partly", False, "sentence"), ("unsupported", False, "report"),
            ("supported", True, "sentence"), ("supported", False, "remark"),
        )
    ]  # fmt: skip
    told = [one.model_dump(mode="json") for one in statements]
    assert [one["sign"] for one in front.page.evaluate(SAY, [["verdict", one] for one in told])] == [
        wording.mark(one) for one in statements
    ]
    assert front.page.evaluate(SAY, [["doubt", one] for one in told]) == [wording.doubt(one) for one in statements]
    for filters in (Filter(), Filter(outlets=("Post",), collection="dam", since=at.date())):
        receipt = Receipt(reason="x", articles_searched=1200, passages_searched=1, filters=filters)
        assert front.page.evaluate(SAY, [["searched", receipt.model_dump(mode="json")]]) == [
            wording.searched(receipt)
        ]
    tallies = [(number, status) for number in (1, 2000) for status in ("copy", "added")]
    assert front.page.evaluate(SAY, [["tallied", *one] for one in tallies]) == [
        wording.tallied(*one) for one in tallies
    ]
    changes = [Change(number=1, became=became) for became in get_args(Became)]
    assert front.page.evaluate(SAY, [["became", one.model_dump(mode="json")] for one in changes]) == [
        wording.became(one) for one in changes
    ]
    cited = Citation(article_id="a", version="1", start=0, end=1, text="x", number=1, outlet="Post", title="t",
                     origin="Wire", partial="cut", claims="a.example")  # fmt: skip
    value = cited.model_dump(mode="json")
    assert front.page.evaluate(SAY, [["outletOf", value], ["caution", value]]) == [
        wording.outlet(cited), wording.caution(cited),
    ]  # fmt: skip
