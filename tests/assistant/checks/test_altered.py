"""Sentences in which all words are the passage's and yet something is not, and faithful ones in other words."""

from __future__ import annotations

import pytest

from assistant.checks.verify import Verdict, verify
from assistant.compose.draft import Draft
from tests.assistant.offered import piece


def judged(passage: str, text: str) -> Verdict:
    item = piece("k", passage, title="News in brief", outlet="Herald")
    return verify(Draft.of(text, "k"), {"k": item})


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        # changed places
        ("The dam broke, killing 12 people and hurting 40.", "The dam broke, killing 40 people and hurting 12."),
        ("Turnout rose from 4.1% to 4.6% in June.", "Turnout rose from 4.6% to 4.1% in June."),
        ("Velden beat Lisk 3-1 in the final.", "Lisk beat Velden 3-1 in the final."),
        ("Velden won the final 3-1.", "Velden won the final 1-3."),
        ("He was born in 1954 and elected in 1987.", "He was born in 1987 and elected in 1954."),
        ("The bank lent the state 5 million euros.", "The state lent the bank 5 million euros."),
        # turned round
        ("The court upheld the ban on fishing.", "The court overturned the ban on fishing."),
        ("The drug is legal in Velden.", "The drug is illegal in Velden."),
        ("Wheat is up 7% this year in Velden.", "Wheat is down 7% this year in Velden."),
        # only possible, still to come, denied
        ("The strike could end if the union agrees.", "The strike will end."),
        ("The firm is expected to close the plant.", "The firm closed the plant."),
        ("Police have yet to identify the driver.", "Police have identified the driver."),
        ("The ministry refused to publish the report.", "The ministry published the report."),
        # names
        ("Holm, who is 54, opened the bridge.", "Reis, who is 54, opened the bridge."),
        ("The prize went to Niger.", "The prize went to Nigeria."),
        ("The prize went to Hansen.", "The prize went to Hanson."),
        # numbers, dates
        ("It fell to -12 degrees on Sunday.", "It fell to 12 degrees on Sunday."),
        ("It burned 40 homes and 12 percent of the wood.", "It burned 40 percent of the wood."),
        ("The bridge collapsed in 1987, killing two.", "The bridge collapsed on 13 March 2025, killing two."),
        ("The bridge closed last week.", "The bridge closed on Thursday."),
        ("总统于2024年3月5日签署了法律。", "总统于2024年5月5日签署了法律。"),
        ("Le maire a signé la loi le 5 mars.", "Le maire a signé la loi le 5 mai."),
        # who says it
        ("A spokesman for Inga Holm said it was unsafe.", "Inga Holm said it was unsafe."),
        ("Inga Holm’s opponents say it is unsafe.", "Inga Holm says it is unsafe."),
        ("Lena Okoro said the bank is insolvent.", "According to the Herald, the bank is insolvent."),
        # quotations
        ("Holm said the plan “may, in a bad year, cost lives”.", "Holm said the plan would “cost lives”."),
        ("Holm said she was “not a racist”.", "Holm said she was “a racist”."),
        ("Holm said the bridge was a triumph of skill.", "Holm said the bridge was “a triumph of skill”."),
    ],
)
def test_what_is_altered_is_not_called_supported(passage: str, text: str) -> None:
    verdict = judged(passage, text)
    assert verdict.support != "supported"
    assert verdict.reason


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("The price fell from $80 to $70 in May.", "In May the price fell to $70 from $80."),
        ("The pact was signed by Velden, Lisk and Tarn.", "Velden, Tarn and Lisk signed the pact."),
        ("Mill & Sons was bought by Korda in May.", "Korda bought Mill & Sons in May."),
        ("The ministry refused to release the report.", "The ministry did not release the report."),
        ("The firm said it would cut 4,000 jobs.", "The firm plans to cut 4,000 jobs, it said."),
        ("Norway's parliament passed the law.", "The Norwegian parliament passed the law."),
        ("Zürich’s airport closed for two hours.", "The airport of Zurich closed for two hours."),
        ("The European Union fined the firm.", "The EU fined the firm."),
        ("The rate was cut by half a percentage point.", "The rate was cut by 0.5 percentage points."),
        ("The train left at noon on Monday.", "The train left at 12 p.m. on Monday."),
        ("Nobody was hurt in the blast in Lisk.", "No one was hurt in the blast in Lisk."),
        ("The firm made a profit of 3.2 billion kroner.", "The firm made a profit of NOK 3.2bn."),
        ("The bridge closed on Wednesday.", "The bridge closed on 12 March."),
        ("“It is a miracle,” Mira Stoll told the Herald.", "Mira Stoll told the Herald it was “a miracle”."),
    ],
)
def test_what_is_faithful_is_supported(passage: str, text: str) -> None:
    verdict = judged(passage, text)
    assert (verdict.support, verdict.reason) == ("supported", "")
