"""What holds for every test: no setting, home or data of the person who runs it, and no network."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from assistant.quiet import silence_telemetry
from ingest.archive.home import Home, home_with
from tests.chroma import chroma_server
from tests.postgres import database_of, started_server

silence_telemetry()
hypothesis.settings.register_profile("everyday", deadline=None, derandomize=True)  # the same in every run
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("everyday")


@pytest.fixture(autouse=True)
def _nobody_s_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An empty home, and none of the settings of this one."""
    for name in list(os.environ):
        if name.startswith(("DATELINE_", "OPENAI_", "ANTHROPIC_")) and name != "DATELINE_EVAL_DATA":
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


@pytest.fixture(autouse=True)
def _this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails; servers of tests listen here."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wants to connect to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres() -> Any:
    """A PostgreSQL server, one for all processes of the run."""
    return started_server()


@pytest.fixture
def database_url(postgres: Any) -> Iterator[str]:
    """The address of a new PostgreSQL database."""
    with database_of(postgres) as address:
        yield address


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql", "pgvector"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home for an archive, with each kind of database and of index for vectors."""
    address = "" if request.param == "sqlite" else request.getfixturevalue("database_url")
    return home_with(tmp_path / "archive", address, "pgvector" if request.param == "pgvector" else "chroma")


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A folder with three short articles of two outlets."""
    return write_newsroom(tmp_path / "newsroom")


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that holds the newsroom; to be copied, not opened."""
    folder = tmp_path_factory.mktemp("ingested")
    return _archive_of(write_newsroom(folder / "newsroom"), folder / "archive")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that holds the newsroom of the demo; to be copied, not opened."""
    from assistant.cli.demo import NEWSROOM

    return _archive_of(NEWSROOM, tmp_path_factory.mktemp("demo") / "archive")


@pytest.fixture
def newsroom_archive(ingested: Path, tmp_path: Path) -> Path:
    """An archive of a test's own that holds the newsroom, embedded with the bundled model."""
    return Path(shutil.copytree(ingested, tmp_path / "archive"))


def _archive_of(articles: Path, folder: Path) -> Path:
    from assistant.build import open_archive
    from assistant.settings import Settings
    from ingest.intake import ingest_sources

    with open_archive(Settings(data=folder)) as archive:
        for _ in ingest_sources(archive, [articles]):
            pass
    return folder


def write_newsroom(folder: Path) -> Path:
    folder.mkdir()
    for name, title, outlet, day, text in _ARTICLES:
        head = f"title: {title}\noutlet: {outlet}\nurl: https://news.example/{name}\npublished: {day}"
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n")
    return folder


_ARTICLES = [
    (
        "strike", "Ferry strike ends in Port Ellery", "Harbour Post", "2026-10-23",
        "The ferry strike in Port Ellery ended on Friday after seventeen days. Crews accepted a raise of 6 percent, "
        "the union said. Boats sail again from Saturday morning.",
    ),
    (
        "dam", "Crack found in the Aldermoss dam", "Valley Gazette", "2026-10-08",
        "Engineers found a crack of 14 metres in the Aldermoss dam on Thursday. The reservoir will be lowered by two "
        "metres. Nobody has to leave home, the district said.",
    ),
    (
        "festival", "Lantern festival moves to the old airfield", "Valley Gazette", "2026-10-15",
        "The lantern festival moves to the old airfield of Skerrin this year. The meadow by the river is too wet, "
        "the organisers said on Wednesday.",
    ),
]  # fmt: skip
