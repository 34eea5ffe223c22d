"""`dateline articles`: list, show, compare and remove articles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from assistant.cli.filters import in_option
from assistant.cli.outlet_names import complete_outlet, require_outlets
from assistant.cli.place import library_of, service_of, settings_of
from assistant.cli.values import limit_option, offset_option
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Article, ArticleList, ListOrder, Related, Version


@click.group()
def articles() -> None:
    """List, show, compare and remove articles."""


@articles.command("list")
@click.option("--text", default="", metavar="WORDS", help="Only articles with these words in the title or outlet.")
@click.option(
    "--outlet", default="", metavar="NAME", shell_complete=complete_outlet, help="Only articles of this outlet."
)
@in_option
@click.option("--recent", is_flag=True, help="Sort by when they were ingested, latest first.")
@limit_option
@offset_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_articles(
    context: click.Context,
    *,
    text: str,
    outlet: str,
    collection: str | None,
    recent: bool,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """List articles, newest first."""
    order: ListOrder = "added" if recent else "published"
    settings = settings_of(context)
    require_outlets(settings, [outlet] if outlet else [])
    with library_of(settings) as library:
        listed = partial(library.articles, text=text, outlet=outlet, collection=collection)
        page = wait_for(listed(order=order, limit=limit, offset=offset))
    if as_json:
        click.echo(page.model_dump_json(indent=2))
    else:
        _show_list(page, offset)


def _show_list(page: ArticleList, offset: int) -> None:
    from assistant.cli.show import say, say_total, wrapped
    from assistant.wording import published
    from ingest.language.text import squeeze

    for article in page.articles:
        versions = f" · {article.versions} versions" if article.versions > 1 else ""
        outlet, mark = squeeze(article.outlet), article.article_id
        text = f"{published(article)} · {outlet} · {squeeze(article.title)}{versions}"
        line = wrapped(text, first=f"{mark}  ", then=" " * (len(mark) + 2))
        say(line, {"mark": [mark], "outlet": [outlet]})
    say_total("article", page.total, listed=len(page.articles), offset=offset)


@articles.command()
@click.argument("article_id", metavar="ID")
@click.option("--version", metavar="DIGEST", help="Show this version.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def show(context: click.Context, article_id: str, version: str | None, as_json: bool) -> None:
    """Show an article in full."""
    with library_of(settings_of(context)) as library:
        article = wait_for(library.article(article_id, version))
        versions = wait_for(library.versions(article_id))
        related = wait_for(library.related(article_id))
    if as_json:
        click.echo(article.model_dump_json(indent=2))
    else:
        _show_article(article, versions, related)


def _show_article(article: Article, versions: tuple[Version, ...], related: Related) -> None:
    from assistant.cli.show import say, wrapped
    from assistant.wording import beside_it, caution, minute, published
    from ingest.language.text import squeeze

    title = wrapped(article.title)
    say(title, {"heading": title.splitlines()})
    parts = [article.outlet, published(article)]
    parts += [f"origin: {article.origin}"] if article.origin else []
    parts += [f"by {', '.join(article.authors)}"] if article.authors else []
    say(wrapped(" · ".join(parts)), {"outlet": [squeeze(article.outlet)]})
    if article.url:
        say(squeeze(article.url), {"faint": [squeeze(article.url)]})
    if careful := caution(article):
        said = wrapped(careful, first="! ", then="  ")
        say(said, {"doubt": said.splitlines()})
    for beside in beside_it(related):
        say(wrapped(beside))
    if len(versions) > 1:
        for one in versions:
            say(f"version {one.digest}, ingested {minute(one.seen)}{', current' if one.current else ''}")
    for paragraph in filter(str.strip, article.text.split("\n")):
        say("\n" + wrapped(paragraph))


@articles.command()
@click.argument("article_id", metavar="ID")
@click.option("--from", "earlier", metavar="DIGEST", help="The earlier version; by default the one before --to.")
@click.option("--to", "later", metavar="DIGEST", help="The later version; by default the current one.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def diff(context: click.Context, article_id: str, earlier: str | None, later: str | None, as_json: bool) -> None:
    """Show what changed between two versions of an article.

    Removed words are in [-brackets-], added words in {+braces+}.
    """
    from assistant.cli.difference_text import show_difference

    with library_of(settings_of(context)) as library:
        found = wait_for(library.difference(article_id, earlier, later))
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        show_difference(found)


@articles.command(short_help="Remove articles with all their versions.")
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Remove without asking.")
@click.pass_context
def remove(context: click.Context, article_ids: tuple[str, ...], yes: bool) -> None:
    """Remove articles with all their versions. A reindex does not bring them back."""
    from assistant.cli.show import asks_person, say
    from ingest.language.text import squeeze

    if not (yes or asks_person()):
        raise click.UsageError("not a terminal: pass --yes")
    settings = settings_of(context)
    with library_of(settings) as library:
        found = [wait_for(library.article(article_id)) for article_id in dict.fromkeys(article_ids)]
    for article in found:
        say(f"{article.id}  {squeeze(article.outlet)} · {squeeze(article.title)}")
    if not yes:
        click.confirm("Remove for good?", abort=True)
    with service_of(settings) as service:
        for article in found:
            wait_for(service.remove(article.id))
    click.echo("removed", err=True)
