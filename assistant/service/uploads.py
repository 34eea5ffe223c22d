"""Files handed over as bytes, in the body of a request or on standard input: stored for as long as they are read."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Self

from ingest.language.text import squeeze
from ingest.sources.place import JSON_LIMIT

MOST_BYTES = JSON_LIMIT  # of one: as a file of the kind that may be largest

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
    """What an upload goes by: the last part of its name, with a suffix where that or the media type tells one."""
    last = PurePath(squeeze(name).replace("\\", "/")).name[-100:].strip()
    if PurePath(last).suffix:
        return last
    kind = content_type.partition(";")[0].strip().casefold()
    return (last or "article") + _SUFFIXES.get(kind, "")


@dataclass
class Upload:
    """A file that was handed over, in a folder of its own.

    name      what it goes by; its place on disk has nothing of that but the suffix
    is_taken  whether a run or a job discards it
    is_kept   whether that is not to be done at the end of a run: a job may begin another one
    """

    path: Path
    name: str
    is_taken: bool = False
    is_kept: bool = False

    @classmethod
    def begun(cls, uploads: Path, name: str) -> Self:
        """An upload of which nothing has come yet."""
        uploads.mkdir(mode=0o700, exist_ok=True)
        suffix = "".join(PurePath(name).suffixes[-2:]) if name.casefold().endswith(".gz") else PurePath(name).suffix
        return cls(Path(tempfile.mkdtemp(dir=uploads)) / f"upload{suffix}", name)

    def discard(self) -> None:
        if self.is_kept:
            return
        shutil.rmtree(self.path.parent, ignore_errors=True)
