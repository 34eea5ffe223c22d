"""What a person names to ingest: a path or a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.errors import SourceError
from ingest.source_kind import SourceKind, absolute, looks_like_link


@dataclass(frozen=True)
class Source:
    """A place that the archive remembers and looks at again.

    address   an absolute path, or an http or https address in one spelling
    captured  when its pages were saved, where somebody said so; a link is as it is when it is fetched
    mapping   which field of its records is what, as `ingest.extract.record.mapping` reads it: "title=kop"
    """

    address: str
    kind: SourceKind = "auto"
    captured: datetime | None = None
    mapping: tuple[str, ...] = ()

    @property
    def is_link(self) -> bool:
        return looks_like_link(self.address)


def source(
    text: str, *, kind: SourceKind = "auto", captured: datetime | None = None, mapping: tuple[str, ...] = ()
) -> Source:
    """The source that a person named. Raises SourceError for one that can never be ingested."""
    from ingest.address import canonical
    from ingest.extract.record.mapping import field_map

    if not text.strip():
        raise SourceError("a source is empty", "give a path or a link")
    field_map(mapping)
    if not looks_like_link(text):
        if kind not in ("auto", "files"):
            raise SourceError(f"{text} is a path, not a {kind}", "give a link, or leave out the kind")
        return Source(absolute(text), kind, captured, mapping)
    address = canonical(text)
    if address is None:
        raise SourceError(f"{text} is not a link that can be ingested", "a link begins with http:// or https://")
    if kind == "files":
        raise SourceError(f"{text} is a link, not a file", "give a path, or leave out the kind")
    if captured:
        raise SourceError(f"{text} is a link, captured when it is fetched", "give --captured-at with files only")
    if mapping:
        raise SourceError(f"{text} is a link, not a file of records", "give --map with files only")
    return Source(address, kind)
