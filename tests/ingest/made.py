"""Files of the kinds that are read, made for a test: zips, WARC files, messages, PDFs."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.sources.files import pages
from ingest.sources.place import PAGE_LIMIT, RECORD_LIMIT
from ingest.types import Outcome, Page

TEXT = (
    "The ferry between Port Ellery and the islands sails again from Saturday morning, the harbour office said. "
    "Crews accepted a raise of 6 percent after a strike of seventeen days, and the first boat leaves at seven."
)
HTML = (
    "<!DOCTYPE html><html><head><title>Ferry sails again</title></head>"
    f"<body><article><h1>Ferry sails again</h1><p>{TEXT}</p></article></body></html>"
)


def read(
    path: Path, content: bytes, *, page_limit: int = PAGE_LIMIT, record_limit: int = RECORD_LIMIT
) -> list[Page | Outcome]:
    """Everything that a file of that content gives."""
    path.write_bytes(content)
    return list(pages(path, page_limit=page_limit, record_limit=record_limit))


def pages_of(found: Sequence[Page | Outcome]) -> list[Page]:
    return [item for item in found if isinstance(item, Page)]


def outcomes_of(found: Sequence[Page | Outcome]) -> list[Outcome]:
    return [item for item in found if isinstance(item, Outcome)]


def a_zip(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def a_record(
    body: bytes = HTML.encode(),
    *,
    url: str = "https://paper.example/ferry",
    status: str = "200 OK",
    media_type: str = "text/html",
    kind: str = "response",
    http: str = "",
    head: str = "",
) -> bytes:
    """A WARC record, with the HTTP head where it is a response."""
    lines = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{http}\r\n" if kind == "response" else ""
    block = lines.encode() + body
    said = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-10-24T06:30:00Z\r\n{head}"
        f"Content-Type: application/http;msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return said.encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Records as they lie in a .warc.gz: each a gzip member of its own."""
    return b"".join(map(gzip.compress, records))


def a_message(
    body: str = TEXT, *, kind: str = "text/plain; charset=utf-8", headers: Mapping[str, str] | None = None
) -> bytes:
    """A message; headers that are given take the place of the usual ones."""
    usual = {
        "From": "Harbour Letter <letter@harbour.example>",
        "To": "reader@home.example",
        "Subject": "Ferry sails again",
        "Date": "Sat, 24 Oct 2026 08:30:15 +0200",
        "Message-ID": "<24-10@harbour.example>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f"{name}: {value}" for name, value in {**usual, **(headers or {})}.items() if value]
    return "\r\n".join([*lines, "", body]).encode()


@dataclass(frozen=True)
class Print:
    """A line to print, with the size of its letters and how far below the line before it stands."""

    text: str
    size: float = 10
    skip: float = 12
    x: float = 72


def a_pdf(*sheets: Sequence[Print], information: Mapping[str, str] | None = None) -> bytes:
    """A PDF with these pages, in Helvetica, after ISO 32000."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for sheet in sheets:
        stream = _printed(sheet)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = b"/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s /Contents %d 0 R >>" % (font, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    pairs = " ".join(f"/{name} ({value})" for name, value in (information or {}).items())
    objects.append(f"<< {pairs} >>".encode("latin-1"))
    return _file(objects)


def _printed(sheet: Sequence[Print]) -> bytes:
    y = 800.0
    parts = []
    for line in sheet:
        y -= line.skip
        text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        parts.append(f"BT /F1 {line.size} Tf 1 0 0 1 {line.x} {y} Tm ({text}) Tj ET")
    return "\n".join(parts).encode("cp1252")


def _file(objects: Sequence[bytes]) -> bytes:
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(file)
