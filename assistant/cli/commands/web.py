"""`dateline web`: the web page of the service in a browser, signed in."""

from __future__ import annotations

import html
import signal
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from ingest.archive.lock import Owner

_DOOR = "web.html"  # in the archive's folder, as private as the note that holds the token anyway


@click.command(short_help="Open the web page in a browser.")
@click.option("--token", "only_token", is_flag=True, help="Print the token that the page asks for, and open nothing.")
@click.pass_context
def web(context: click.Context, *, only_token: bool) -> None:
    """Open the web page of the running service in a browser, signed in.

    Without a running service it starts one, until Ctrl-C.
    """
    from assistant.cli.companion import LOG, Companion
    from ingest.archive.lock import make_folder

    data = settings_of(context).data
    if only_token:
        click.echo(_token(data))
        return
    make_folder(data)
    with _until_stopped(), Companion(data).beside() as pid:
        _open(_announced(data, data / LOG, pid), data)
        if pid is not None:
            click.echo("Ctrl-C ends the service.", err=True)
            threading.Event().wait()


def _token(data: Path) -> str:
    from assistant.service.errors import Unreachable
    from assistant.service.owner import service_note

    owner = service_note(data)
    if owner is None or owner.token is None:
        raise Unreachable("no service runs on this archive", "start one: dateline serve")
    return owner.token


def _announced(data: Path, log: Path, pid: int | None) -> Owner:
    from assistant.service.errors import Unreachable
    from assistant.service.owner import announced

    try:
        return wait_for(announced(data, log=log if pid else None, starting=pid))
    except Unreachable as exc:
        raise Unreachable(exc.message, "dateline serve says more") from exc


def _open(owner: Owner, data: Path) -> None:
    """By a file that leads there: every user of the machine can read the arguments of a browser."""
    from ingest.private import private

    door = data / _DOOR
    door.unlink(missing_ok=True)
    with open(door, "x", encoding="utf-8", opener=private) as file:
        there = html.escape(f"{owner.url}/#token={owner.token}")
        file.write(f'<!doctype html><title>Dateline</title><meta http-equiv="refresh" content="0;url={there}">\n')
    if webbrowser.open(door.as_uri()):
        click.echo(f"The page is open at {owner.url}/", err=True)
    else:
        click.echo(f"No browser was found here. Open {owner.url}/ - dateline web --token prints its token", err=True)


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ctrl-C and SIGTERM end what is inside in good order: a service that it started ends first."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
