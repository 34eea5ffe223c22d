"""Dumps: every record is a page, every broken one an outcome of its own."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from ingest.errors import ExtractError
from ingest.extract.extract import extract
from ingest.sources.files import pages
from ingest.sources.place import size
from ingest.types import Outcome, Page
from tests.ingest.made import read

RECORD = {"title": "Ferry service resumes", "text": "The ferry between the islands resumed on Monday."}
LINE = json.dumps(RECORD).encode()


def places(found: list[Page | Outcome]) -> list[tuple[str, str]]:
    return [(type(item).__name__, item.item) for item in found]


def test_lines_are_numbered_as_in_the_file_and_blank_ones_left_out(tmp_path: Path) -> None:
    found = read(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + LINE + b"\r\n\n" + LINE)
    assert places(found) == [("Page", "line 1"), ("Page", "line 3")]
    assert all(isinstance(page, Page) and page.content == LINE for page in found)


def test_a_malformed_line_fails_in_the_extractor_under_its_number(tmp_path: Path) -> None:
    _, broken, _ = read(tmp_path / "a.jsonl", LINE + b'\n{"title": \n' + LINE + b"\n")
    assert isinstance(broken, Page)
    assert broken.item == "line 2"
    with pytest.raises(ExtractError, match="not valid JSON"):
        extract(broken)


def test_a_line_over_the_limit_fails_with_its_size_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path / "a.jsonl", LINE + b"\n" + b"x" * 5000 + b"\n" + LINE + b"\n", record_limit=200)
    assert places(found) == [("Page", "line 1"), ("Outcome", "line 2"), ("Page", "line 3")]
    assert isinstance(found[1], Outcome)
    assert "5 kB is more than the 200 bytes" in found[1].reason


def test_a_long_line_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(30):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        assert places(list(pages(path, record_limit=1000))) == [("Outcome", "line 1")]
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_truncated_gzip_fails_after_the_records_before_it(tmp_path: Path) -> None:
    packed = gzip.compress(b"\n".join(json.dumps({**RECORD, "n": n * 7919 % 1000}).encode() for n in range(2000)))
    found = read(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    assert len(found) > 100
    assert isinstance(found[-1], Outcome)
    assert found[-1].status == "failed"
    assert "cut short" in found[-1].reason


@pytest.mark.parametrize("content", [b"", b"\xff\xfe{\x00"])
def test_a_dump_that_is_empty_or_utf_16_says_so_once(tmp_path: Path, content: bytes) -> None:
    assert places(read(tmp_path / "a.jsonl", content)) == [("Outcome", "")]


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ([RECORD, RECORD], ["item 1", "item 2"]),
        (RECORD, [""]),
        ({"status": "ok", "articles": [RECORD]}, ["item 1"]),
        ({"Results": [RECORD, RECORD]}, ["item 1", "item 2"]),
        ({"hits": {"total": 1, "hits": [{"_source": RECORD}]}}, ["item 1"]),
    ],
)
def test_json_holds_a_list_one_record_or_an_object_with_a_list(
    tmp_path: Path, value: object, items: list[str]
) -> None:
    found = read(tmp_path / "a.json", json.dumps(value).encode())
    assert [page.item for page in found] == items
    titles = [article.title for page in found if isinstance(page, Page) for article in extract(page)]
    assert titles == [RECORD["title"]] * len(items)


def test_the_bytes_of_a_record_do_not_depend_on_the_order_of_its_fields(tmp_path: Path) -> None:
    [first] = read(tmp_path / "a.json", json.dumps(RECORD).encode())
    [second] = read(tmp_path / "b.json", json.dumps(dict(reversed(RECORD.items()))).encode())
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.digest == second.digest


def test_json_lines_under_the_name_of_json_are_read_as_lines(tmp_path: Path) -> None:
    assert places(read(tmp_path / "a.json", LINE + b"\n" + LINE)) == [("Page", "line 1"), ("Page", "line 2")]


@pytest.mark.parametrize("content", [b"{", b"[" * 200_000, b"\x00\x01\x02\x03", b"[]", b"[1" + b"0" * 5000 + b"]"])
def test_json_that_cannot_be_read_is_one_outcome(tmp_path: Path, content: bytes) -> None:
    assert places(read(tmp_path / "a.json", content)) == [("Outcome", "")]


def test_csv_rows_are_counted_as_in_a_spreadsheet(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", b'Title,Text\nOne,"A, quoted\ntext"\n,\nTwo,Other text\n')
    assert [page.item for page in found] == ["row 2", "row 4"]
    assert isinstance(found[0], Page)
    assert json.loads(found[0].content) == {"Title": "One", "Text": "A, quoted\ntext"}


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "\t")])
def test_the_header_tells_what_divides_the_columns(tmp_path: Path, name: str, mark: str) -> None:
    [page] = read(tmp_path / name, f"title{mark}text\nZürich{mark}Text".encode())
    assert isinstance(page, Page)
    assert json.loads(page.content) == {"title": "Zürich", "text": "Text"}


def test_csv_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    [page] = read(tmp_path / "a.csv", "title,text\nZürich,Über den Fluss".encode("cp1252"))
    assert isinstance(page, Page)
    assert json.loads(page.content)["title"] == "Zürich"


def test_csv_without_known_columns_fails_once(tmp_path: Path) -> None:
    [outcome] = read(tmp_path / "a.csv", b"x,y\n1,2\n3,4\n")
    assert isinstance(outcome, Outcome)
    assert "no column can be told for title or text among x, y" in outcome.reason


def test_a_csv_row_over_the_limit_fails_alone(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", b"title,text\nA," + b"x" * 5000 + b"\nB,text\n", record_limit=1000)
    assert places(found) == [("Outcome", "row 2"), ("Page", "row 3")]


def test_binary_under_the_name_of_csv_fails(tmp_path: Path) -> None:
    assert places(read(tmp_path / "a.csv", bytes(range(256)))) == [("Outcome", "")]


@pytest.mark.parametrize(("count", "said"), [(12, "12 bytes"), (5_000_000, "5 MB"), (52_400_000, "52.4 MB")])
def test_sizes_are_told_in_units_of_a_reader(count: int, said: str) -> None:
    assert size(count) == said


TEXTS = [
    RECORD["text"] + " Crews had been on strike for seventeen days over their pay. " * 3,
    "A second " + RECORD["text"] * 4,
]
ROWS = [
    {"headline": f"Ferry report number {n}", "content": text, "date": "2026-05-12"} for n, text in enumerate(TEXTS)
]
WRAPPED = {
    "columns": {name: {str(n): row[name] for n, row in enumerate(ROWS)} for name in ROWS[0]},
    "index": {str(n): row for n, row in enumerate(ROWS)},
    "split": {"columns": list(ROWS[0]), "index": [0, 1], "data": [list(row.values()) for row in ROWS]},
    "values": [list(row.values()) for row in ROWS],
    "lists": {name: [row[name] for row in ROWS] for name in ROWS[0]},
    "answer": {"response": {"status": "ok", "facets": [{"key": "a", "count": 2}], "results": ROWS}},
    "search": {"hits": {"total": 2, "hits": [{"_id": str(n), "_source": row} for n, row in enumerate(ROWS)]}},
    "edges": {"data": {"articles": {"edges": [{"cursor": "a", "node": row} for row in ROWS]}}},
    "answers": [{"articles": [row]} for row in ROWS],
    "unknown name": {"n": 2, "xs": ROWS},
}


@pytest.mark.parametrize("value", WRAPPED.values(), ids=list(WRAPPED))
def test_records_are_found_by_structure(tmp_path: Path, value: object) -> None:
    found = read(tmp_path / "a.json", json.dumps(value).encode())
    articles = [article for page in found if isinstance(page, Page) for article in extract(page)]
    assert [article.title for article in articles] == [row["headline"] for row in ROWS]
    assert all(article.published for article in articles)


CSVS = {
    "german": "Schlagzeile;Datum;Zeitung;Artikeltext\r\n{0};12.05.2026;Sarn;{1}\r\n",
    "spreadsheet": "sep=;\r\nTitre;Date de publication;Journal;Texte\r\n{0};12.05.2026;Sarn;{1}\r\n",
    "escaped": 'title,date,source,content\n"{0}","2026-05-12","Sarn","{1}, \\"they\\" said"\n',
    "no header": '7,{0},2026-05-12,"{1}"\n8,{0} again,2026-05-13,"{1}"\n',
}


@pytest.mark.parametrize("text", CSVS.values(), ids=list(CSVS))
def test_rows_are_read_whatever_heads_their_columns(tmp_path: Path, text: str) -> None:
    found = read(tmp_path / "a.csv", text.format("Ferry sails again", TEXTS[0]).encode())
    [article] = extract(found[0]) if isinstance(found[0], Page) else []
    assert article.title == "Ferry sails again"
    assert article.text.startswith(RECORD["text"])
    assert article.published


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_rows_of_csv_are_read_in_the_encoding_that_their_letters_show(tmp_path: Path, encoding: str) -> None:
    row = "Новый мост открыт,Новый мост через реку открыли в понедельник утром.\n"
    [page] = read(tmp_path / "news.csv", ("title,text\n" + row).encode(encoding))
    assert isinstance(page, Page)
    assert extract(page)[0].text == "Новый мост через реку открыли в понедельник утром."
