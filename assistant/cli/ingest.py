"""`dateline ingest`: take in files, folders and links."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

import click

from assistant.cli.place import desk_of, settings_of
from assistant.cli.values import moment
from ingest.sources.kind import SourceKind


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--kind",
    type=click.Choice(get_args(SourceKind)),
    default="auto",
    help="What the sources are, where that cannot be told from them.",
)
@click.option(
    "--captured-at", type=moment, metavar="TIME", help="When the files were saved: “2 hours ago” counts from it."
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which field of JSON or CSV records is what: title=kop takes a field, outlet==De Krant gives every record "
    "this text. The fields are title, text, outlet, published, updated, authors, url, language and origin.",
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is safe.")
@click.option("--report", "in_full", is_flag=True, help="List the outcome of every page.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def ingest(
    context: click.Context,
    *,
    sources: tuple[str, ...],
    kind: SourceKind,
    captured_at: datetime | None,
    mapping: tuple[str, ...],
    verbose: bool,
    in_full: bool,
    as_json: bool,
) -> int:
    """Take in articles from files, folders and https:// links.

    Files may be text, Markdown, HTML, PDF, JSON, JSONL, CSV, newsletters (.eml, .mbox) and WARC, also as .gz and in
    .zip. What was given is remembered; `dateline reindex` looks at it again.
    """
    from assistant.cli.intake import follow

    with desk_of(settings_of(context)) as desk:
        return follow(
            lambda emit, stop: desk.take_in(
                sources, kind=kind, captured=captured_at, mapping=mapping, emit=emit, stop=stop
            ),
            noun="pages",
            as_json=as_json,
            verbose=verbose,
            in_full=in_full,
        )
