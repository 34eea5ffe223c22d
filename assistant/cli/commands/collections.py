"""`dateline collections`: name sets of articles, sources and feeds that a question can be limited to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.cli.values import Command, usage_errors
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Collection, Member


def _members(command: Command) -> Command:
    """Adds --article, --source and --feed."""
    for name, metavar, what in (
        ("feed", "ADDRESS", "everything that a feed has brought and will bring"),
        ("source", "SOURCE", "everything read from a file, folder or link, now and later"),
        ("article", "ID", "an article"),
    ):
        helped = f"{what[0].upper()}{what[1:]}. May be repeated."
        command = click.option(f"--{name}", f"{name}s", multiple=True, metavar=metavar, help=helped)(command)
    return command


@click.group(short_help="Name sets of articles; ask --in NAME searches one.")
def collections() -> None:
    """Name sets of articles, sources and feeds. `dateline ask --in NAME` and `search --in NAME` search only one."""


@collections.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_collections(context: click.Context, as_json: bool) -> None:
    """List the collections with their members."""
    from assistant.cli.show import say_each

    with library_of(settings_of(context)) as library:
        found = wait_for(library.collections())
    say_each(found, "collection", _show_members, as_json=as_json)


def _show_members(one: Collection) -> None:
    from assistant.cli.show import say

    _show(one)
    for member in one.members:
        say(f"  {member.kind} {member.value}")


def _show(one: Collection) -> None:
    from assistant.cli.show import say
    from assistant.wording import counted

    say(f"{one.name} · {counted(one.articles, 'article')}", {"heading": [one.name]})


@collections.command(short_help="Put articles, sources or feeds into a collection.")
@click.argument("name")
@_members
@click.pass_context
def add(
    context: click.Context, name: str, articles: tuple[str, ...], sources: tuple[str, ...], feeds: tuple[str, ...]
) -> None:
    """Put articles, sources or feeds into a collection. A new name creates one."""
    _change(context, name, add=_named(articles, sources, feeds))


@collections.command(short_help="Take members out, or forget a collection.")
@click.argument("name")
@_members
@click.pass_context
def remove(
    context: click.Context, name: str, articles: tuple[str, ...], sources: tuple[str, ...], feeds: tuple[str, ...]
) -> None:
    """Take members out of a collection. Without any, forget the collection. Its articles stay in the archive."""
    if members := _named(articles, sources, feeds):
        _change(context, name, remove=members)
        return
    with notes_of(settings_of(context)) as notes:
        wait_for(notes.remove_collection(name))
    click.echo("forgotten; its articles stay", err=True)


def _named(articles: tuple[str, ...], sources: tuple[str, ...], feeds: tuple[str, ...]) -> tuple[Member, ...]:
    from assistant.types import Member
    from ingest.source_kind import absolute

    with usage_errors():
        return (
            *(Member(kind="article", value=one) for one in articles),
            *(Member(kind="source", value=absolute(one)) for one in sources),
            *(Member(kind="feed", value=one) for one in feeds),
        )


def _change(context: click.Context, name: str, **members: tuple[Member, ...]) -> None:
    from assistant.types import CollectionChange

    with usage_errors():
        request = CollectionChange(name=name, **members)
    with notes_of(settings_of(context)) as notes:
        _show(wait_for(notes.change_collection(request)))
