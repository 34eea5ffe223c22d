"""`dateline ingest`: take in files and folders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from assistant.cli.place import desk_of, settings_of
from assistant.cli.values import moment


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--captured-at", type=moment, metavar="TIME", help="When the pages were saved: “2 hours ago” counts from it."
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is safe.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def ingest(
    context: click.Context, paths: tuple[Path, ...], captured_at: datetime | None, verbose: bool, as_json: bool
) -> int:
    """Take in articles: text, Markdown, HTML, JSON, JSONL or CSV files, folders of them, .gz too.

    What was given is remembered; `dateline reindex` looks at it again.
    """
    from assistant.cli.intake import follow

    with desk_of(settings_of(context)) as desk:
        return follow(
            lambda emit, stop: desk.take_in(paths, captured=captured_at, emit=emit, stop=stop),
            noun="pages",
            as_json=as_json,
            verbose=verbose,
        )
