"""What the word index knows of words after corrections and removals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from ingest.archive.archive import Archive
from ingest.types import EVERYTHING, Filter
from tests.fakes import HashEmbedder, an_article


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened


def test_a_word_that_every_passage_holds_keeps_a_weight_through_corrections(archive: Archive) -> None:
    url = "https://harbourpost.example/dam"
    for metres in range(10, 16):
        archive.add([an_article(f"The crack is {metres} metres long.", title="Dam", url=url)])
    assert min(archive.words.rarity(["crack", "metr"]).values()) > 0


def test_words_of_a_removed_article_are_not_known(archive: Archive) -> None:
    article = an_article()
    archive.add([article, an_article("The dam has a crack.", title="Dam")])
    archive.remove(article.id)
    assert not archive.words.knows("ferri")
    assert archive.words.knows("crack")


@pytest.mark.parametrize(
    "asked", ["al-Orvath", "Orvath’s", "ORVATH's", "X-ray", "A.I.", "3.88", "why don’t they’ve al-Orvath’s X-ray"]
)
def test_a_word_with_a_mark_inside_finds_what_holds_it(archive: Archive, asked: str) -> None:
    article = an_article("Salim al-Orvath paid $3.88 for an X-ray that an A.I. had read.", title="Orvath")
    archive.add([article, an_article("The dam has a crack.", title="Dam")])
    found = archive.items([key for key, _ in archive.find_words(asked, 5, EVERYTHING)])
    assert found[0][1].id == article.id


def test_a_day_is_the_one_that_the_article_prints(archive: Archive) -> None:
    printed = datetime(2026, 10, 26, 0, 50, tzinfo=timezone(timedelta(hours=1)))
    archive.add([an_article(published=printed)])
    vector = np.asarray(archive.embedder.embed(["ferry strike"])[0], np.float32)
    for filters, found in [
        (Filter(since=date(2026, 10, 26)), 1),
        (Filter(until=date(2026, 10, 25)), 0),
        (Filter(since=date(2026, 10, 26), until=date(2026, 10, 26)), 1),
    ]:
        assert len(archive.find_words("ferry", 5, filters)) == found
        assert len(archive.find_meaning(vector, 5, filters)) == found
        assert len(archive.vectors.search(vector, 5, filters)) == found


def test_a_filter_finds_the_nearest_whichever_way_they_are_looked_for(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add(
        [
            an_article(f"The ferry strike went on, day {day}.", title=f"Day {day}", outlet=outlet)
            for day in range(40)
            for outlet in ("Tide", "Ledger")
        ]
    )
    vector, filters = archive.embedder.embed(["ferry strike day 7"])[0], Filter(outlets=("Tide",))
    among_the_nearest = archive.find_meaning(vector, 5, filters)
    monkeypatch.setattr("ingest.archive.indexed.REACH", 1)  # half of so few are of the other outlet
    compared_exactly = archive.find_meaning(vector, 5, filters)
    monkeypatch.setattr("ingest.archive.indexed.EXACT", 0)
    by_chroma = archive.find_meaning(vector, 5, filters)
    nearest = pytest.approx([likeness for _, likeness in by_chroma], abs=1e-4)
    assert [likeness for _, likeness in among_the_nearest] == nearest
    assert [likeness for _, likeness in compared_exactly] == nearest
    found = [key for way in (among_the_nearest, compared_exactly, by_chroma) for key, _ in way]
    passages = archive.store.passages(found)
    assert {archive.store.articles([one.article_id])[one.article_id].outlet for one in passages.values()} == {"Tide"}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Die Hochwassermauer wird gebaut.", "Wann wird die Mauer gegen Hochwasser gebaut?"),
        ("新地铁五号线星期一通车。", "五号线什么时候通车？"),
        ("市立図書館が開館した。", "図書館はいつ開館しましたか"),
        ("시립 도서관은 화요일에 쉰다.", "도서관이 쉬는 날은?"),
        ("เมืองเปิดสะพานใหม่", "สะพานใหม่อยู่ที่ไหน"),
        ("وافتتحت المدينة جسرا", "متى افتتح الجسر؟"),
        ("ברכבת הקלה", "איפה הרכבת?"),
        ("अस्पताल खोला गया", "अस्पताल कब खुला?"),
    ],
)
def test_a_question_finds_the_article_of_its_language(archive: Archive, text: str, question: str) -> None:
    foreign = an_article(text, title="x", url="https://harbourpost.example/abroad").model_copy(
        update={"language": None}
    )
    archive.add([an_article(), foreign])
    [(first, _), *_] = archive.find_words(question, 5, Filter())
    assert archive.store.whereabouts([first])[first][0] == foreign.id


def test_an_archive_whose_words_were_indexed_otherwise_gets_its_index_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "old"
    with Archive.open(folder, HashEmbedder()) as made:
        made.add([an_article()])
        old = made.manifest.model_copy(update={"tokens": 1})
    (folder / made.manifest.words).rename(folder / old.words)
    (folder / old.words / "meta.json").write_text("an index of other fields")
    old.save(folder)
    embedder = HashEmbedder()
    with Archive.open(folder, embedder) as opened:
        assert opened.find_words("ferry strike", 5, Filter())
    assert embedder.embedded == 0
    assert "rebuilding the word index" in caplog.text
    assert not (folder / old.words).exists()
