"""`dateline search`: the best passages, ranked, without an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.filters import filter_of, filter_options, order_option
from assistant.cli.place import desk_of, settings_of

if TYPE_CHECKING:
    from assistant.types import SearchOrder, SearchResult


@click.command()
@click.argument("words", nargs=-1, required=True)
@filter_options
@order_option
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many.")
@click.option("--explain", is_flag=True, help="Say why each result is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.pass_context
def search(
    context: click.Context,
    *,
    words: tuple[str, ...],
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    order: SearchOrder | None,
    limit: int,
    explain: bool,
    as_json: bool,
) -> None:
    """Find passages by meaning and words."""
    query = " ".join(" ".join(words).split())
    if not 0 < len(query) <= 2000:
        raise click.UsageError("a search has between 1 and 2,000 characters")
    with desk_of(settings_of(context)) as desk:
        found = desk.search(query, filter_of(outlets, since, until), limit, order or "relevance")
    if as_json:
        click.echo(found.model_dump_json(indent=2))
        return
    for result in found.results:
        _show(result, explain=explain)
    if not found.results:
        click.echo("nothing found", err=True)


def _show(result: SearchResult, *, explain: bool) -> None:
    from assistant.cli.show import say, wrapped
    from assistant.wording import published

    indent = " " * (len(str(result.rank)) + 2)
    heading = f"{result.outlet} · {result.title} · {published(result)} · {result.article_id}"
    say(wrapped(heading, first=f"{result.rank}. "))
    if explain:
        parts = " · ".join(f"{name} {value:.2f}" for name, value in result.signals if value is not None)
        say(wrapped(f"score {result.score:.2f} · {parts}", first=indent, then=indent))
    say(wrapped(result.text, first=indent, then=indent))
    say()
