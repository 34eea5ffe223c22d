"""Zip files: members by their kinds, nothing on disk, hostile ones left in time."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.ingest.made import HTML, TEXT, a_record, a_zip, outcomes_of, packed, pages_of, read

LINE = json.dumps({"title": "Ferry sails again", "text": TEXT}).encode()


def test_members_are_read_as_the_files_they_are(tmp_path: Path) -> None:
    members = {
        "a.txt": b"Some text",
        "sub/b.html": HTML.encode(),
        "c.jsonl": LINE + b"\n" + LINE,
        "d.txt.gz": gzip.compress(b"Packed text"),
        "e.warc.gz": packed(a_record()),
    }
    found = pages_of(read(tmp_path / "news.zip", a_zip(members)))
    assert [(page.item, page.media_type) for page in found] == [
        ("a.txt", "text/plain"),
        ("sub/b.html", "text/html"),
        ("c.jsonl line 1", "application/json"),
        ("c.jsonl line 2", "application/json"),
        ("d.txt.gz", "text/plain"),
        ("e.warc.gz record 1", "text/html"),
    ]
    assert {page.source for page in found} == {str(tmp_path / "news.zip")}
    assert os.listdir(tmp_path) == ["news.zip"]


def test_a_zip_is_known_by_its_bytes_without_a_name(tmp_path: Path) -> None:
    assert len(pages_of(read(tmp_path / "download", a_zip({"a.txt": b"Some text"})))) == 1


@pytest.mark.parametrize("name", ["../../evil.txt", "/abs.txt", "a/../../b.txt", "..\\win.txt", "C:\\win.txt"])
def test_a_name_that_leads_out_of_the_zip_is_refused(tmp_path: Path, name: str) -> None:
    [refused, page] = read(tmp_path / "a.zip", a_zip({name: b"Not for you", "ok.txt": b"Some text"}))
    assert [item.item for item in pages_of([refused, page])] == ["ok.txt"]
    [outcome] = outcomes_of([refused])
    assert (outcome.status, outcome.reason) == ("failed", "a member whose name leads out of the zip is not read")


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    [outcome] = outcomes_of(read(tmp_path / "a.zip", file.getvalue()))
    assert outcome.reason == "a link or device in a zip is not followed"


def test_hidden_members_and_those_of_a_mac_are_left_alone_as_in_a_folder(tmp_path: Path) -> None:
    members = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a.txt": b"Some text"}
    assert [item.item for item in read(tmp_path / "a.zip", a_zip(members))] == ["a.txt"]


def test_only_the_first_thousand_members_are_read_and_that_is_said(tmp_path: Path) -> None:
    found = read(tmp_path / "a.zip", a_zip({f"{number}.txt": b"Some text" for number in range(1010)}))
    assert len(pages_of(found)) == 1000
    assert "1,010 members and only the first 1,000" in outcomes_of(found)[-1].reason


def test_a_member_over_the_limit_fails_with_its_size_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path / "a.zip", a_zip({"a.txt": b"x" * 5000, "b.txt": b"Some text"}), page_limit=1000)
    assert "5 kB is more than the 1 kB" in outcomes_of(found)[0].reason
    assert [page.item for page in pages_of(found)] == ["b.txt"]


def test_a_bomb_is_left_once_it_has_given_too_much(tmp_path: Path) -> None:
    found = read(tmp_path / "a.zip", a_zip({f"{number}.txt": bytes(20_000_000) for number in range(10)}))
    assert len(found) < 6
    assert "more than 200 times its size" in outcomes_of(found)[-1].reason


def test_a_bomb_inside_a_member_counts_as_one(tmp_path: Path) -> None:
    inner = gzip.compress(gzip.compress(bytes(120_000_000), 9), 9)
    found = outcomes_of(read(tmp_path / "a.zip", a_zip({"a.jsonl.gz": inner})))
    assert "more than 200 times its size" in found[-1].reason


def test_an_encrypted_member_says_what_to_do(tmp_path: Path) -> None:
    content = bytearray(a_zip({"a.txt": b"Some text"}))
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    [outcome] = outcomes_of(read(tmp_path / "a.zip", bytes(content)))
    assert "it is encrypted: unpack it with its password" in outcome.reason


def test_a_damaged_member_fails_and_the_rest_is_read(tmp_path: Path) -> None:
    content = bytearray(a_zip({"a.txt": b"Some text " * 50, "b.txt": b"Some text"}))
    content[40] ^= 0xFF
    found = read(tmp_path / "a.zip", bytes(content))
    assert [page.item for page in pages_of(found)] == ["b.txt"]
    assert "damaged" in outcomes_of(found)[0].reason


@pytest.mark.parametrize("name", ["inner.zip", "inner.dat"])
def test_a_zip_in_a_zip_is_not_read_and_says_so(tmp_path: Path, name: str) -> None:
    [outcome] = outcomes_of(read(tmp_path / "a.zip", a_zip({name: a_zip({"a.txt": b"Some text"})})))
    assert "not read" in outcome.reason or "not a kind of file" in outcome.reason


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing else", b"PK\x05\x06" + bytes(18), b"no zip at all"])
def test_what_is_no_zip_or_holds_nothing_is_one_outcome(tmp_path: Path, content: bytes) -> None:
    assert len(outcomes_of(read(tmp_path / "a.zip", content))) == 1


def test_a_list_of_members_that_asks_for_gigabytes_is_refused(tmp_path: Path) -> None:
    content = bytearray(a_zip({"a.txt": b"Some text"}))
    end = content.index(b"PK\x05\x06")
    content[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    [outcome] = outcomes_of(read(tmp_path / "a.zip", bytes(content)))
    assert outcome.status == "failed"
