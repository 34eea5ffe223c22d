"""The reader and the checker trained for a few steps, from examples in a file to weights that the package takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.reading.checker import BundledChecker
from assistant.reading.graph import CHECKER, WEIGHTS, trained
from assistant.reading.pairs import load_tokenizer
from assistant.reading.reader import BundledReader
from assistant.reading.training import losses
from assistant.reading.training.claim import Claim
from assistant.reading.training.examples import CHECKED, READ, Rows, checked_rows, load, read_rows, save
from assistant.reading.training.layers import Both, fingerprint, packaged
from assistant.reading.training.package import quantised, require_fit
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.shelf import Batch, Shelf
from assistant.reading.training.together import Plan, checker_alone, reader_alone, taught

CPU = torch.device("cpu")
MILL = "The mill in Velden was built in 1903 by Inga Holm."
ASKED = [
    Group("Who built the mill?", (Window("Velden", MILL, (40, 49)), Window("Velden", "It rained for a week."))),
    Group("When did it rain?", (Window("", "The bridge is open."),)),
]
CLAIMS = [
    Claim("The mill was built by Inga Holm.", "Velden", MILL, True, ()),
    Claim("The mill was sold by Inga Holm.", "Velden", MILL, False, ((13, 17),), "deed"),
    Claim("Nobody lives in Velden.", "", MILL, False, None, "as written"),
]


@pytest.fixture(scope="module")
def rows() -> dict[str, Rows]:
    tokenizer = load_tokenizer()
    return {READ: read_rows(tokenizer, ASKED), CHECKED: checked_rows(tokenizer, CLAIMS)}


@pytest.fixture
def folder(tmp_path: Path, rows: dict[str, Rows]) -> Path:
    for name, some in rows.items():
        save(some, tmp_path / f"{name}-1.npz")
    return tmp_path


def batches(folder: Path, name: str, *, most: int = 4000) -> Iterator[tuple[Batch, int]]:
    return Shelf(folder, name, CPU, most=most, seed=1).batches()


def test_examples_come_back_from_their_file(folder: Path, rows: dict[str, Rows]) -> None:
    back = load(folder / f"{READ}-1.npz")
    assert all(np.array_equal(getattr(back, name), getattr(rows[READ], name)) for name in Rows.__dataclass_fields__)


def test_the_answer_is_marked_in_the_window_that_has_it(folder: Path) -> None:
    batch, count = next(batches(folder, READ))
    tokenizer = load_tokenizer()
    marked = [
        tokenizer.decode(ids[one : two + 1].tolist())
        for ids, one, two in zip(batch.ids, batch.one, batch.two, strict=True)
        if one
    ]
    assert count == 3
    assert marked == ["inga holm"]


def test_the_words_that_are_not_supported_are_marked(folder: Path) -> None:
    batch, _ = next(batches(folder, CHECKED))
    words = [
        load_tokenizer().decode(ids[mark > 0].tolist()) for ids, mark in zip(batch.ids, batch.wrong, strict=True)
    ]
    assert sorted(words) == ["", "", "sold"]
    assert sorted(zip(batch.one.tolist(), batch.two.tolist(), strict=True)) == [(0, 0), (1, 0), (1, 1)]


def test_windows_of_one_question_stay_in_one_batch(folder: Path) -> None:
    sizes = [count for _, count in islice(batches(folder, READ, most=1), 2)]
    assert sorted(sizes) == [1, 2]


def test_files_that_were_not_used_come_first(folder: Path, rows: dict[str, Rows]) -> None:
    some = batches(folder, CHECKED)
    next(some)
    save(checked_rows(load_tokenizer(), CLAIMS[:1]), folder / f"{CHECKED}-2.npz")
    assert [count for _, count in islice(some, 2)] == [1, 3]


def test_the_networks_say_what_the_package_says(folder: Path) -> None:
    both = Both()
    both.begin(*packaged())
    both.eval()
    reader = BundledReader(threads=1)
    window = ASKED[0].windows[0]
    found = reader.read(ASKED[0].question, [(window.title, window.text)])[0].best(0, len(MILL))
    batch, _ = next(batches(folder, READ))
    row = int((batch.one > 0).nonzero()[0])
    with torch.no_grad():
        logits = both.reader(batch.read, torch.float32)[row]
    assert found is not None
    assert found.score == pytest.approx(float((logits.max(0).values - logits[0]).sum()), abs=1.0)
    assert MILL[found.start : found.end] == "Inga Holm"


@pytest.mark.slow
@pytest.mark.thorough
def test_teachers_and_taught_learn_and_their_weights_run_in_the_package(folder: Path) -> None:
    both = Both()
    both.begin(*packaged())
    read, checked = batches(folder, READ), batches(folder, CHECKED)
    before = _loss(both, folder)
    taught(both, read, checked, Plan(20.0, (1e-4, 1e-3), folder))
    assert _loss(both, folder) < before
    require_fit(folder / "reader.pt", folder / "checker.pt")
    reader = BundledReader(threads=1, weights=quantised(folder / "reader.pt"))
    assert set(quantised(folder / "reader.pt")) == set(trained(WEIGHTS))
    assert set(quantised(folder / "checker.pt")) == set(trained(CHECKER))
    judged = BundledChecker(reader, quantised(folder / "checker.pt")).check([(CLAIMS[1].text, ("Velden", MILL))])
    assert len(judged[0].words) == 9


@pytest.mark.slow
@pytest.mark.thorough
def test_the_checker_alone_leaves_its_reader_as_it_is(folder: Path) -> None:
    both = Both()
    both.begin(*packaged())
    before = {name: value.clone() for name, value in both.reader.state_dict().items()}
    checker_alone(both, batches(folder, CHECKED), Plan(2.0, (0.0, 1e-3), folder))
    assert all(value.equal(before[name]) for name, value in both.reader.state_dict().items())


@pytest.mark.slow
def test_the_reader_alone_leaves_what_the_checker_shares_as_it_is(folder: Path) -> None:
    both = Both()
    both.begin(*packaged())
    before, fits = {name: value.clone() for name, value in both.reader.state_dict().items()}, fingerprint(both)
    reader_alone(both, batches(folder, READ), Plan(2.0, (0.0, 1e-3), folder))
    assert fingerprint(both).equal(fits)
    assert not all(value.equal(before[name]) for name, value in both.reader.state_dict().items())


@pytest.mark.slow
@pytest.mark.thorough
def test_a_checker_of_another_reader_is_not_packed(folder: Path) -> None:
    both = Both()
    both.begin(*packaged())
    taught(both, batches(folder, READ), batches(folder, CHECKED), Plan(2.0, (1e-4, 1e-3), folder))
    other = torch.load(folder / "reader.pt")
    torch.save({name: value + 1 for name, value in other.items()}, folder / "reader.pt")
    with pytest.raises(ValueError, match="was not trained on the layers of"):
        require_fit(folder / "reader.pt", folder / "checker.pt")


def _loss(both: Both, folder: Path) -> float:
    (read, _), (checked, _) = next(batches(folder, READ)), next(batches(folder, CHECKED))
    with torch.no_grad():
        found, judged = both.reader(read.read, torch.float32), both.checker(checked.read, torch.float32)
        return float(losses.reader(found, read) + losses.checker(judged, checked))
