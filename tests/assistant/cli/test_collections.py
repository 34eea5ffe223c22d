"""`dateline collections`, on an archive that nobody serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.run import run
from ingest.archive.archive import Archive
from tests.fakes import HashEmbedder, an_article


def test_a_collection_is_made_changed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ferry = an_article("The strike ended on Friday.", title="Ferry strike ends", outlet="Harbour Post")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([ferry, an_article("A night bus will run to Cobb Mills.", title="Night bus")])
    command = ["--data", str(tmp_path), "collections"]
    assert run([*command, "add", "Strike", "--article", ferry.id]) == 0
    assert capsys.readouterr().out == "Strike · 1 article\n"
    assert run([*command, "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["members"] == [{"kind": "article", "value": ferry.id}]
    listing = ["--data", str(tmp_path), "articles", "list", "--json", "--in"]
    assert run([*listing, " strike "]) == 0
    assert [one["article_id"] for one in json.loads(capsys.readouterr().out)["articles"]] == [ferry.id]
    assert run([*listing, "typo"]) == 2
    assert "there is no collection typo" in capsys.readouterr().err
    assert run([*command, "remove", "strike", "--article", ferry.id]) == 0
    assert capsys.readouterr().out == "Strike · 0 articles\n"
    assert run([*command, "remove", "strike"]) == 0
    assert run([*command, "list"]) == 0
    assert "0 collections" in capsys.readouterr().err


def test_an_outlet_is_put_into_a_collection_however_it_is_spelled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article("The strike ended on Friday.", title="Ferry strike ends", outlet="Harbour Post")])
    command = ["--data", str(tmp_path), "collections"]
    assert run([*command, "add", "port", "--outlet", "Harbour Pots"]) == 2
    assert "did you mean Harbour Post?" in capsys.readouterr().err
    assert run([*command, "add", "port", "--outlet", "harbour post"]) == 0
    assert run([*command, "list"]) == 0
    assert capsys.readouterr().out.endswith("port · 1 article\n  outlet Harbour Post\n")
    assert run([*command, "remove", "port", "--outlet", "HARBOUR POST"]) == 0
    assert capsys.readouterr().out == "port · 0 articles\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", ""], "a name needs letters"),
        (["add", "strike", "--article", "nothing"], "there is no article nothing"),
        (["add", "strike", "--feed", ""], "it is empty"),
        (["add", "strike", "--outlet", "Harbour Post"], "there is no outlet Harbour Post"),
        (["remove", "typo", "--article", "nothing"], "there is no collection typo"),
    ],
)
def test_what_cannot_be_done_is_told_and_makes_no_collection(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    assert run(["--data", str(tmp_path), "collections", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert run(["--data", str(tmp_path), "collections", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
