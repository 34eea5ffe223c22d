"""`dateline feeds` on an archive that nobody serves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest

from assistant.cli.run import run
from assistant.cli.values import duration
from tests.feed_site import Site, Story


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with Site(stories=[Story(1)]) as opened:
        monkeypatch.setenv("DATELINE_FETCH_ALLOW", opened.url("").removeprefix("http://"))
        monkeypatch.setenv("DATELINE_FETCH_DELAY", "0")
        yield opened


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "archive"))
    return tmp_path


def test_from_subscribing_to_leaving(site: Site, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["feeds", "add", site.url()]) == 0
    assert run(["feeds", "check", "--json"]) == 0
    assert run(["feeds", "list"]) == 0
    said = capsys.readouterr().out
    assert f"✓ {site.url()} · Harbour Post · checked" in said
    assert run(["articles", "list"]) == 0
    assert "Story number 1" in capsys.readouterr().out
    site.fault = (500, {})
    assert run(["feeds", "check"]) == 1
    assert run(["doctor"]) == 1
    assert "failing since" in capsys.readouterr().out
    assert run(["feeds", "remove", site.url()]) == 0
    assert run(["feeds", "remove", site.url()]) == 2


def test_a_watch_takes_in_what_is_new_until_it_is_stopped(site: Site, data: Path) -> None:
    assert run(["feeds", "add", site.url()]) == 0
    watch = subprocess.Popen(
        [sys.executable, "-m", "assistant", "feeds", "watch", "--verbose"], stdout=subprocess.PIPE
    )
    assert watch.stdout
    assert b"Story number 1" in watch.stdout.readline()
    assert b"1 added" in watch.stdout.readline()
    assert run(["articles", "list"]) == 0  # between two looks the archive is free
    watch.send_signal(signal.SIGINT)
    watch.communicate()
    assert watch.returncode == 130


def test_a_list_of_feeds_goes_in_and_comes_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = data / "mine.opml"
    lists.write_text(
        '<opml><body><outline text="Wire" xmlUrl="https://wire.example/f"/><outline xmlUrl="file:///x"/></body></opml>'
    )
    assert run(["feeds", "import", str(lists)]) == 1
    assert "left out" in capsys.readouterr().out
    assert run(["feeds", "export"]) == 0
    assert 'title="Wire" xmlUrl="https://wire.example/f"' in capsys.readouterr().out
    assert run(["feeds", "list", "--json"]) == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["Wire"]


def test_a_feed_that_has_given_nothing_has_no_tick(
    site: Site, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.stories = []
    (data / "feeds.txt").write_text(f"Harbour {site.url()}\n")
    assert run(["feeds", "import", str(data / "feeds.txt")]) == 0
    assert run(["feeds", "check"]) == 0
    assert "the feed holds no entries" in capsys.readouterr().out
    assert run(["feeds", "list"]) == 0
    assert f"– {site.url()}" in (said := capsys.readouterr().out)
    assert "no article has come from it" in said


def test_a_list_that_declares_entities_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "x.opml").write_text('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml/>')
    assert run(["feeds", "import", str(data / "x.opml")]) == 1
    assert "declares entities" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "length"), [("15m", 15), ("2h", 120), ("1 d", 1440), ("90 min", 90)])
def test_a_length_of_time_is_read(text: str, length: int) -> None:
    assert duration(text) == timedelta(minutes=length)


@pytest.mark.parametrize("text", ["", "15", "0m", "-1h", "1w", "99999m"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        duration(text)
