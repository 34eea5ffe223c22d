"""`dateline export`: all articles as JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO

import click

from assistant.cli.place import settings_of, shelf_of


@click.command(short_help="Write all articles as JSON Lines.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-")
@click.option("--replace", is_flag=True, help="Overwrite the file if it exists.")
@click.pass_context
def export(context: click.Context, file: Path, replace: bool) -> None:
    """Write all articles to FILE or standard output, one version per line, each with its origin.

    Name it *.jsonl, or *.jsonl.gz to compress it. `dateline ingest FILE` reads it back, into any archive, with
    earlier versions and the pages that articles came from. `dateline backup` also keeps conversations, feeds and
    sources.
    """
    from assistant.cli.interrupt import ending_as_by_ctrl_c
    from assistant.wording import counted
    from ingest.database.exporting import exported_articles

    count, ids = 0, set[str]()
    settings = settings_of(context)
    with shelf_of(settings, tells=False) as shelf:
        if not shelf.home.exists():
            raise shelf.home.no_archive()
        with ending_as_by_ctrl_c(), _written(file, settings.data, replace=replace) as out:
            for article in exported_articles(shelf.store.engine):
                out.write(_line(article.model_dump(mode="json", exclude_none=True)))
                count += 1
                ids.add(article.id)
    told = f"{counted(len(ids), 'article')} in {counted(count, 'version')}"
    click.echo(f"{told} exported{'' if str(file) == '-' else f' to {file}'}", err=True)


def _line(record: dict[str, object]) -> bytes:
    marked = {"dateline": record.pop("dateline"), **record}
    return json.dumps(marked, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


@contextmanager
def _written(file: Path, folder: Path, *, replace: bool) -> Iterator[BinaryIO | GzipFile]:
    """Standard output, or a file that is there only once it is whole."""
    from ingest.database.engines.drafts import drafts

    if str(file) == "-":
        yield sys.stdout.buffer
        return
    with drafts(file, "part", folder=folder, replace=replace) as [draft], draft.open("wb") as out:
        if file.suffix == ".gz":
            with GzipFile("", "wb", 6, out) as packed:  # it would note the name of the draft
                yield packed
        else:
            yield out
