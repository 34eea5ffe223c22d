"""Questions of people with their answers, as claims for the checker."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from assistant.reading.training.claim import Claim
from assistant.reading.training.claims import Collection, Maker
from assistant.reading.training.questions.declared import declared
from assistant.reading.training.wordnet import wordnet


@pytest.mark.parametrize(
    ("question", "answer", "before", "said"),
    [
        ("Who built the mill in Velden?", "Inga Holm", "by ", "Inga Holm built the mill in Velden."),
        ("When was the mill built?", "1903", "built in ", "The mill was built in 1903."),
        ("What year did the town sell the mill?", "1950", "sold in ", "The town sold the mill in 1950."),
        ("How many bridges did the flood destroy?", "two", "destroyed ", "The flood destroyed two bridges."),
        ("How many people were hurt in Lisk?", "12", "", "12 people were hurt in Lisk."),
        ("What did Velden build near the river?", "mill", "built a ", "Velden built a mill near the river."),
        ("Which town won the regatta?", "Velden", "", "Velden won the regatta."),
        ("Why was the mill sold?", "because it was old", "", "The mill was sold because it was old."),
        ("Why was the mill sold?", "old age", "its ", None),
        ("What kind of building was sold?", "mill", "the ", None),
        ("Who is the mayor married to?", "Paulo Reis", "", None),
    ],
)
def test_a_question_and_its_answer_become_a_statement(
    question: str, answer: str, before: str, said: str | None
) -> None:
    made = declared(question, answer, before, wordnet())
    assert (made and made[0]) == said
    assert made is None or made[0][slice(*made[1])].lower() == answer.lower()


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    folder: Path = tmp_path_factory.mktemp("data")
    text = "The old mill in Velden was built in 1903 by Inga Holm. The town later sold the mill to Paulo Reis."
    asked = [
        {"question": "Who built the mill?", "answers": ["Inga Holm"], "answerable": True},
        {"question": "Who bought the mill from the town?", "answers": ["Paulo Reis"], "answerable": True},
    ]
    _write(folder / "squad-train.jsonl.gz", {"title": "Velden", "context": text, "questions": asked})
    document = "The bridge over the Lisk is closed for a week. It will be open on Monday."
    judged = [
        {"document": document + str(n), "claim": f"The bridge {n} is closed.", "supported": True} for n in range(9)
    ]
    _write(folder / "grounded-claims.jsonl.gz", *judged)
    return Maker(Collection(folder), seed=3, chosen=lambda kind: True)


def test_true_claims_of_questions_are_supported_and_others_say_where_not(maker: Maker) -> None:
    made = [claim for _ in range(200) for claim in maker.told.claims()]
    assert {"Inga Holm built the mill."} <= {claim.text for claim in made if claim.supported}
    assert all(claim.wrong == () for claim in made if claim.supported)
    assert all(claim.wrong for claim in made if not claim.supported)
    other = next(claim for claim in made if claim.kind == "another answer")
    assert [other.text[start:end] for start, end in other.wrong or ()] in (["Paulo Reis"], ["Inga Holm"])
    apart = next(claim for claim in made if claim.kind == "apart")
    assert _wrong(apart).lower() not in apart.evidence.lower()


def test_claims_are_the_same_for_the_same_seed(maker: Maker) -> None:
    one, two = (islice(Maker(maker.of, seed=5).claims(), 20) for _ in range(2))
    assert list(one) == list(two)


def _wrong(claim: Claim) -> str:
    return " ".join(claim.text[start:end] for start, end in claim.wrong or ())


def _write(file: Path, *rows: object) -> None:
    with gzip.open(file, "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
