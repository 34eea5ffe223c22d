"""`dateline ingest`: ingest files, folders, links and standard input."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

import click
from click.shell_completion import CompletionItem

from assistant.cli.place import service_of, settings_of
from assistant.cli.stdin import DASH, read_input
from assistant.cli.values import moment
from ingest.source_kind import SourceKind

if TYPE_CHECKING:
    from assistant.service.protocol import Ingesting


def _paths(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(begun, type="file")]


@click.command(short_help="Ingest files, folders and links.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=_paths)
@click.option(
    "--kind",
    type=click.Choice(get_args(SourceKind)),
    default="auto",
    help="What the sources are, if Dateline cannot tell: page, feed and sitemap are for links, files for paths.",
)
@click.option(
    "--captured-at",
    type=moment,
    metavar="TIME",
    help="When the files were saved. Times such as “2 hours ago” are counted from it.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column or field holds what, in JSON and CSV: title=kop reads the title from kop, outlet==De Krant "
    "gives every record this outlet. FIELD is title, text, outlet, published, updated, authors, url, language or "
    "origin. May be repeated.",
)
@click.option(
    "--name",
    metavar="FILE",
    help="A file name for standard input, such as dump.csv; its suffix tells the format. Without it, the format is "
    "recognised from the beginning of the input.",
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is stored.")
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
    name: str | None,
    verbose: bool,
    in_full: bool,
    as_json: bool,
) -> int:
    """Ingest articles from files, folders and https:// links.

    Files may be text, Markdown, HTML, PDF, JSON, JSONL, CSV, newsletters (.eml, .mbox), saved feeds (.xml) and WARC,
    also as .gz and in .zip. Dateline remembers the sources, and `dateline reindex` reads them again.

    A single dash reads one file from standard input; it is not remembered as a source.
    """
    from assistant.cli.intake import follow
    from assistant.service.uploads import upload_name

    content = _input(sources, kind, name)

    with service_of(settings_of(context)) as service:

        def run() -> Ingesting:
            if content is None:
                return service.ingest(sources, kind=kind, captured=captured_at, mapping=mapping)
            given = upload_name(name or "stdin", "")
            return service.ingest_upload(content, given, captured=captured_at, mapping=mapping)

        return follow(service, run, noun="page", as_json=as_json, verbose=verbose, in_full=in_full)


def _input(sources: tuple[str, ...], kind: SourceKind, name: str | None) -> bytes | None:
    """What standard input holds, where it is the source; None where the sources are paths and links."""
    if DASH not in sources:
        if name is not None:
            raise click.UsageError("--name is for standard input: give - as the source")
        return None
    if len(sources) > 1:
        raise click.UsageError("standard input (-) cannot be combined with other sources")
    if kind not in ("auto", "files"):
        raise click.UsageError(f"--kind {kind} is for links, and standard input is a file")
    return read_input("the file")
