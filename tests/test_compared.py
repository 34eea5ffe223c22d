"""`make bench`: what is compared, and the page that comes of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.compared.material import invented, read
from tests.conftest import write_newsroom


def test_no_two_invented_articles_are_alike_and_each_question_names_one() -> None:
    made = invented(50, 10)
    assert len({record["text"] for record in made.records}) == len({record["url"] for record in made.records}) == 50
    assert invented(50, 10) == made
    titles = {record["url"]: record["title"] for record in made.records}
    for question in made.questions:
        named = titles[question.url].removeprefix("The ").partition(" is ")[0]
        assert [title for title in titles.values() if named in title] == [titles[question.url]]
        assert named in question.text


def test_articles_of_a_folder_are_read_as_dateline_reads_them(tmp_path: Path) -> None:
    found = read(write_newsroom(tmp_path / "newsroom"), 10, 2)
    assert (len(found.records), len(found.questions)) == (3, 2)
    assert all(record["title"] and record["text"] and record["url"] for record in found.records)
    corrected = found.changed().records
    assert [one == other for one, other in zip(corrected, found.records, strict=True)] == [False, True, True]


@pytest.mark.slow
@pytest.mark.thorough
def test_the_page_shows_what_was_measured(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    command = [sys.executable, "-m", "tests.benchmarks.compared", "--systems", "dateline", "--no-plots"]
    command += ["--count", "12", "--questions", "6", "--clients", "2", "--out", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert done.returncode == 0, done.stderr
    rows = dict(line.strip("| ").split(" | ") for line in page.read_text().splitlines() if re.match(r"\| \w", line))
    assert rows["article among the first five"] == "1"
    assert "–" not in rows.values()
