"""One story counted once in what is found, cited and shown; and what changed between two versions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.cli.run import run
from assistant.search.retriever import Retriever, places
from assistant.types import Related
from ingest.archive.archive import Archive
from ingest.identity.difference import Difference, difference, pieces
from ingest.types import Carrier
from tests.assistant.offered import evidence_for
from tests.fakes import HashEmbedder, an_article
from tests.ingest.stories.reports import AGENCY, FOLLOW_UP, OTHER_PAPER, PAPER

QUESTION = "Where did the container ship run aground?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as opened:
        opened.add([PAPER, OTHER_PAPER, AGENCY, FOLLOW_UP])
        yield opened


def test_of_copies_only_the_original_takes_a_place(archive: Archive) -> None:
    retriever = Retriever(archive)
    hits = retriever.find(QUESTION, retriever.vector(QUESTION), 5)
    assert {hit.article.id for hit in hits} == {AGENCY.id, FOLLOW_UP.id}
    assert {copy.id for hit in hits if hit.article.id == AGENCY.id for copy in hit.copies} == {
        PAPER.id,
        OTHER_PAPER.id,
    }


def test_a_filter_that_leaves_the_original_out_finds_the_copy(archive: Archive) -> None:
    from ingest.types import Filter

    retriever = Retriever(archive)
    hits = retriever.find(QUESTION, retriever.vector(QUESTION), 5, Filter(outlets=("Evening Tide",)))
    assert {hit.article.id for hit in hits} == {PAPER.id}


def test_a_copy_is_named_for_a_sentence_only_where_it_carries_it(archive: Archive) -> None:
    found = evidence_for(archive, QUESTION)
    carried = {one.span.text[:20]: {copy.outlet for copy in one.copies} for one in found if one.article == AGENCY}
    assert carried["A container ship ran"] == {"Evening Tide", "Castermond Courier"}
    assert carried["The rocks off Cape M"] == {"Castermond Courier"}


def test_a_copy_that_answers_clearly_better_is_the_one_to_cite() -> None:
    group = tuple(Carrier(article_id=key, outlet=key, title=key) for key in ("original", "copy"))
    groups = dict.fromkeys(("original", "copy"), group)
    assert places({"copy": 1.0, "other": 0.9, "original": 0.95}, groups) == ["original", "other"]
    assert places({"copy": 1.0, "other": 0.9, "original": 0.4}, groups) == ["copy", "other"]
    assert places({"copy": 1.0, "other": 0.9}, groups) == ["copy", "other"]


OLD = "The crack is 41 metres long. Nobody has to leave home. The reservoir will be lowered by two metres on Friday."
NEW = "The crack is 14 metres long. The reservoir will be lowered by two metres on Friday. Pumps are on their way."


def test_a_difference_names_the_words_of_a_sentence_that_changed() -> None:
    found = difference(an_article(OLD, title="Crack of 41 metres"), an_article(NEW, title="Crack of 14 metres"))
    assert [(piece.kind, piece.text) for piece in found.title] == [
        ("same", "Crack of"),
        ("out", "41"),
        ("in", "14"),
        ("same", "metres"),
    ]
    told = [[(piece.kind, piece.text) for piece in sentence] for sentence in found.sentences]
    assert told[0] == [("same", "The crack is"), ("out", "41"), ("in", "14"), ("same", "metres long.")]
    assert told[1:] == [[("out", "Nobody has to leave home.")], [("in", "Pumps are on their way.")]]


def test_texts_that_are_the_same_differ_in_nothing() -> None:
    assert difference(an_article(OLD), an_article(OLD)).sentences == ()


@given(st.lists(st.sampled_from("a b c d e".split())), st.lists(st.sampled_from("a b c d e".split())))
def test_both_lines_can_be_read_out_of_the_pieces(old: list[str], new: list[str]) -> None:
    found = pieces(" ".join(old), " ".join(new))
    assert " ".join(piece.text for piece in found if piece.kind != "in").split() == old
    assert " ".join(piece.text for piece in found if piece.kind != "out").split() == new


def record(text: str, title: str = "Dam", outlet: str = "Valley Gazette") -> dict[str, str]:
    url = f"https://{outlet.replace(' ', '').lower()}.example/dam"
    return {"title": title, "text": text, "source": outlet, "url": url, "published": "2026-10-08"}


def test_the_difference_of_the_last_two_versions_over_http(client: TestClient) -> None:
    client.post("/articles", json=record(OLD))
    [outcome] = client.post("/articles", json=record(NEW)).json()["outcomes"]
    path = f"/articles/{outcome['article_id']}"
    found = Difference.model_validate_json(client.get(f"{path}/diff").content)
    assert len(found.sentences) == 3
    turned = client.get(f"{path}/diff", params={"from": found.later, "to": found.earlier}).json()
    assert (turned["earlier"], turned["later"]) == (found.later, found.earlier)
    assert client.get(f"{path}/diff", params={"to": found.earlier}).status_code == 404
    assert client.get("/articles/nope/diff").status_code == 404
    assert Related.model_validate_json(client.get(f"{path}/related").content).versions == 2


def test_the_terminal_shows_versions_and_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def dateline(*arguments: str) -> str:
        assert run(["--data", str(tmp_path / "archive"), *arguments]) == 0
        return capsys.readouterr().out

    def ingested(article: dict[str, str]) -> str:
        (tmp_path / "article.json").write_text(json.dumps(article))
        return str(
            json.loads(dateline("ingest", str(tmp_path / "article.json"), "--json"))["outcomes"][0]["article_id"]
        )

    ingested(record(AGENCY.text, AGENCY.title, "Meridian"))
    mine = ingested(record(NEW))
    assert mine == ingested(record(OLD)) != ingested(record(AGENCY.text, "Ship on the rocks", "Ledger"))
    printed = dateline("articles", "diff", mine)
    assert "The crack is [-14-] {+41+} metres long." in printed
    assert "\x1b" not in printed
    copy = ingested(record(AGENCY.text, "Ship lies aground", "Courier"))
    assert "a copy of “" in dateline("articles", "show", copy)
    assert "also carried by" in dateline("articles", "show", copy)
