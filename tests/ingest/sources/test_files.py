"""From a path to pages: kinds, limits, folders, and what cannot be read."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.sources.files import check, pages
from ingest.sources.place import PAGE_LIMIT
from ingest.types import Outcome, Page

RECORD = {"title": "Ferry service resumes", "text": "The ferry between the islands resumed on Monday."}
LINE = json.dumps(RECORD).encode()


def read(path: Path, *, page_limit: int = PAGE_LIMIT) -> list[Page | Outcome]:
    return list(pages(path, page_limit=page_limit))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def reasons(found: list[Page | Outcome]) -> list[tuple[str, str]]:
    return [(item.status, item.item) for item in found if isinstance(item, Outcome)]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.md", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.xhtml", "text/html"),
        ("a.json", "application/json"),
        ("a.jsonl", "application/json"),
        ("a.ndjson", "application/json"),
    ],
)
def test_the_suffix_says_what_a_file_is_also_when_it_is_packed(tmp_path: Path, name: str, media_type: str) -> None:
    plain = write(tmp_path / name, LINE)
    packed = write(tmp_path / f"{name}.gz", gzip.compress(LINE))
    assert [page.media_type for path in (plain, packed) for page in read(path) if isinstance(page, Page)] == [
        media_type,
        media_type,
    ]


def test_html_without_suffix_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "saved", b"\n<!-- kept --><!DOCTYPE html><p>Text")
    assert [page.media_type for page in read(path) if isinstance(page, Page)] == ["text/html"]


def test_a_page_carries_its_absolute_path_and_the_capture_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt", b"Some text")
    monkeypatch.chdir(tmp_path)
    captured = datetime(2024, 5, 1, tzinfo=UTC)
    assert list(pages(Path("a.txt"), captured=captured)) == [
        Page(str(tmp_path / "a.txt"), b"Some text", "text/plain", captured=captured)
    ]


def test_a_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "c.txt", "a.txt", "b/1.txt", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, b"Some text")
    found = [Path(page.source).relative_to(tmp_path).as_posix() for page in read(tmp_path)]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", b"Not for you")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    assert reasons(read(folder)) == [("skipped", "")] * 3


def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"Some text")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert [page.source for page in read(tmp_path) if isinstance(page, Page)] == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "b.txt"),
    ]


def test_an_archive_of_our_own_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in ("manifest.json", "archive.sqlite3", "notes.txt"):
        (archive / name).write_text("{}")
    (tmp_path / "note.txt").write_text("A note about the harbour.")
    outcome, page = pages(tmp_path)
    assert isinstance(outcome, Outcome)
    assert (outcome.status, outcome.source) == ("skipped", str(archive))
    assert isinstance(page, Page)
    assert page.source == str(tmp_path / "note.txt")


def test_a_folder_whose_link_leads_to_itself_is_walked_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"Some text")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len([page for page in read(tmp_path) if isinstance(page, Page)]) == 1


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert reasons(read(tmp_path)) == [("skipped", "")]


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.html"])
def test_an_empty_file_is_skipped(tmp_path: Path, name: str, content: bytes) -> None:
    [outcome] = read(write(tmp_path / name, content))
    assert isinstance(outcome, Outcome)
    assert (outcome.status, outcome.reason) == ("skipped", "the file is empty")


def test_an_unknown_kind_is_skipped_in_a_folder_and_fails_when_it_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", b"PK\x03\x04")
    [skipped], [failed] = read(tmp_path), read(path)
    assert isinstance(skipped, Outcome)
    assert isinstance(failed, Outcome)
    assert (skipped.status, failed.status) == ("skipped", "failed")
    assert ".docx is not a kind of file that Dateline reads" in skipped.reason


def test_a_page_over_the_limit_fails_with_its_size_and_the_limit(tmp_path: Path) -> None:
    [outcome] = read(write(tmp_path / "a.txt", b"x" * 3000), page_limit=1000)
    assert isinstance(outcome, Outcome)
    assert outcome.status == "failed"
    assert "3 kB is more than the 1 kB" in outcome.reason


def test_a_packed_page_over_the_limit_fails_with_its_unpacked_size(tmp_path: Path) -> None:
    [outcome] = read(write(tmp_path / "a.html.gz", gzip.compress(b"x" * 5000)), page_limit=1000)
    assert isinstance(outcome, Outcome)
    assert "5 kB" in outcome.reason


def test_a_missing_path_raises_at_once_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no file or folder") as caught:
        pages(tmp_path / "nowhere.txt")
    assert caught.value.hint


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/proc/kmsg", "/proc/self/environ", "/proc"])
def test_devices_and_files_of_the_kernel_are_refused(path: str) -> None:
    if not Path(path).exists():
        pytest.skip(f"this system has no {path}")
    with pytest.raises(SourceError, match="not a regular file"):
        check(Path(path))


def test_a_fifo_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="not a regular file"):
        check(tmp_path / "a.txt")
    assert reasons(read(tmp_path)) == [("skipped", "")]


def test_a_file_name_that_is_no_text_fails_and_the_rest_is_read(tmp_path: Path) -> None:
    broken = os.fsencode(tmp_path) + b"/\xff.txt"
    try:
        Path(os.fsdecode(broken)).write_bytes(b"Some text")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    write(tmp_path / "a.txt", b"Some text")
    assert sorted(type(item).__name__ for item in read(tmp_path)) == ["Outcome", "Page"]


def test_bytes_that_are_gzip_under_another_name_are_unpacked(tmp_path: Path) -> None:
    [page] = read(write(tmp_path / "a.html", gzip.compress(b"<html><p>Text</p>")))
    assert isinstance(page, Page)
    assert page.content == b"<html><p>Text</p>"
