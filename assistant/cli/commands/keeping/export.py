"""`dateline export`: all articles as JSON Lines."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

import click

from assistant.cli.place import settings_of


@click.command(short_help="Write all articles as JSON Lines.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-")
@click.pass_context
def export(context: click.Context, file: Path) -> None:
    """Write all articles to FILE or standard output, one version a line, with where it came from.

    A FILE that ends in .gz is compressed. `dateline ingest FILE` reads it back, into any archive: articles, their
    earlier versions, and which pages they came from. `dateline backup` also keeps conversations, feeds and sources.
    """
    from assistant.wording import counted
    from ingest.archive.shelf import LooseShelf
    from ingest.database.disk import translated_errors
    from ingest.database.exporting import exported_articles

    settings, count, ids = settings_of(context), 0, set[str]()
    with translated_errors(settings.data), LooseShelf.to_read(settings.data) as shelf, _written(file) as out:
        for article in exported_articles(shelf.store.engine):
            out.write(_line(article.model_dump(mode="json", exclude_none=True)))
            count += 1
            ids.add(article.id)
    told = f"{counted(len(ids), 'article')} in {counted(count, 'version')}"
    click.echo(f"{told} exported{'' if str(file) == '-' else f' to {file}'}", err=True)


def _line(record: dict[str, object]) -> bytes:
    import json

    marked = {"dateline": record.pop("dateline"), **record}
    return json.dumps(marked, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


@contextmanager
def _written(file: Path) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is there only once it is whole."""
    from ingest.database.disk import is_full
    from ingest.errors import SourceError

    if str(file) == "-":
        yield sys.stdout.buffer
        return
    draft = file.with_name(f".{file.name}.part")
    try:
        with ExitStack() as stack:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            out: IO[bytes] = stack.enter_context(open(handle, "wb"))
            if file.suffix == ".gz":
                out = cast(IO[bytes], stack.enter_context(gzip.open(out, "wb", compresslevel=6)))
            yield out
        draft.replace(file)
    except OSError as exc:
        if is_full(exc):
            raise
        raise SourceError(
            f"{file} cannot be written: {exc.strerror}", "check the folder and its permissions"
        ) from exc
    finally:
        draft.unlink(missing_ok=True)
