"""`dateline search`: the best passages, ranked, without an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.briefly import briefly
from assistant.cli.filters import filter_of, filter_options, order_option
from assistant.cli.place import service_of, settings_of
from assistant.cli.stdin import text_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import SearchOrder, SearchResult


@click.command(short_help="Find passages by meaning and words.")
@click.argument("words", nargs=-1, required=True)
@filter_options
@order_option
@click.option(
    "--limit", type=click.IntRange(1, 100), metavar="N", default=10, show_default=True, help="How many results."
)
@click.option("--explain", is_flag=True, help="Show what each result was found by.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.pass_context
def search(
    context: click.Context,
    *,
    words: tuple[str, ...],
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    collection: str | None,
    order: SearchOrder | None,
    limit: int,
    explain: bool,
    as_json: bool,
) -> None:
    """Find passages by meaning and words. A single dash reads the words from standard input."""
    from assistant.cli.outlet_names import require_outlets

    context.with_resource(briefly())
    query = " ".join(text_of(words).split())
    if not 0 < len(query) <= 2000:
        raise click.UsageError("a search has between 1 and 2,000 characters")
    settings = settings_of(context)
    require_outlets(settings, outlets)
    with service_of(settings) as service:
        filters = filter_of(outlets, since, until, collection)
        found = wait_for(service.search(query, filters, limit, order or "relevance"))
    if as_json:
        click.echo(found.model_dump_json(indent=2))
        return
    for result in found.results:
        _show(result, explain=explain)
    if not found.results:
        click.echo("nothing found", err=True)
    if found.notice:
        click.echo(f"note: {found.notice}", err=True)


def _show(result: SearchResult, *, explain: bool) -> None:
    from assistant.cli.show import say, wrapped
    from assistant.wording import published
    from ingest.language.text import squeeze

    mark = f"{result.rank}."
    indent = " " * (len(mark) + 1)
    heading = f"{result.outlet} · {result.title} · {published(result)} · {result.article_id}"
    say(wrapped(heading, first=f"{mark} ", then=indent), {"mark": [mark], "outlet": [squeeze(result.outlet)]})
    if explain:
        parts = " · ".join(f"{name} {value:.2f}" for name, value in result.signals if value is not None)
        say(wrapped(f"score {result.score:.2f} · {parts}", first=indent, then=indent))
    say(wrapped(result.text, first=indent, then=indent))
    say()
