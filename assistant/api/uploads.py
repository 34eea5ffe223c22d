"""Files handed over in the body of a request: stored for as long as they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePath

from assistant.api.service import UPLOADS
from assistant.desk import Desk
from assistant.runs import Emit, Run, Stop
from assistant.types import Report
from ingest.text import squeeze

_SUFFIXES = {
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/mbox": ".mbox",
    "application/pdf": ".pdf",
    "application/warc": ".warc",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/tab-separated-values": ".tsv",
}


def upload_name(name: str, content_type: str) -> str:
    """What an upload goes by: the last part of its name, or a name after its media type."""
    last = PurePath(squeeze(name).replace("\\", "/")).name[-100:].strip()
    if PurePath(last).suffix:
        return last
    kind = content_type.partition(";")[0].strip().casefold()
    return (last or "article") + _SUFFIXES.get(kind, ".txt")


def take_in_upload(desk: Desk, content: bytes, name: str, captured: datetime | None) -> Run:
    """The work of taking in one file that lies in memory."""

    def work(emit: Emit, stop: Stop) -> Report:
        with _stored(desk.archive.folder / UPLOADS, content, name) as path:
            return desk.take_in_upload(path, name, captured=captured, emit=emit, stop=stop)

    return work


@contextmanager
def _stored(folder: Path, content: bytes, name: str) -> Iterator[Path]:
    """A file with the suffix of the name, and nothing else of it: names from outside stay out of paths."""
    folder.mkdir(mode=0o700, exist_ok=True)
    suffix = "".join(PurePath(name).suffixes[-2:]) if name.casefold().endswith(".gz") else PurePath(name).suffix
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / f"upload{suffix}"
        path.write_bytes(content)
        yield path
