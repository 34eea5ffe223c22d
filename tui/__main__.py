"""`python -m tui`: the chat with a service that runs already."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.connection import Connect
from tui.typed_ahead import typed_ahead

if TYPE_CHECKING:
    from assistant.service.protocol import Service

_INTERRUPTED = 130


def main() -> int:
    """Chat in full screen, or line by line where there is no capable terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # while it loads, Ctrl-C ends it without a word
    options = _options()
    plain = options.plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb"
    if not plain:
        from tui.app import DatelineApp
        from tui.kept import Kept
    orders = _read_orders(options.orders) if options.orders is not None else {}
    connect = _by(orders) if orders else _to(options.url, options.token)
    resumed = orders.get("conversation") or None
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if plain:
        try:
            return asyncio.run(_line_by_line(connect, resumed))
        except KeyboardInterrupt:
            return _INTERRUPTED
    with typed_ahead(sys.stdin.fileno()) as typed:
        kept = Kept(Path(orders["data"]) if orders else None)
        app = DatelineApp(connect, typed=typed, conversation_id=resumed, kept=kept)
        app.run()
    return app.return_code or 0


def _to(url: str, token: str) -> Connect:
    async def connect() -> Service:
        from assistant.service.client import Client

        return Client.at(url, token)

    return connect


def _by(orders: Mapping[str, Any]) -> Connect:
    data, log = Path(orders["data"]), Path(orders["log"])
    starting = [orders["starting"]]  # it counts for the first connection alone: later it may have had its successors

    async def connect() -> Service:
        from assistant.service.client import Client
        from assistant.service.owner import announced

        first = starting.pop() if starting else None
        owner = await announced(data, log=log if first else None, starting=first)
        return Client.at(owner.url or "", owner.token or "", here=True)

    return connect


def _read_orders(descriptor: int) -> dict[str, Any]:
    """The archive, the log of a service, and the process that is starting it; waits until the launcher knows them."""
    with open(descriptor, "rb") as pipe:
        said = pipe.read()
    if not said:
        sys.exit(1)  # the launcher has gone
    orders: dict[str, Any] = json.loads(said)
    return orders


async def _line_by_line(connect: Connect, conversation_id: str | None) -> int:
    from assistant.service.errors import DatelineError
    from tui.plain_chat import run
    from tui.wording import problem

    try:
        service = await connect()
        try:
            if sys.stdin.isatty():
                print("Dateline is warming up …", flush=True)
            while not (await service.readiness()).ready:  # noqa: ASYNC110 the service does not call back
                await asyncio.sleep(0.1)
            return await run(service, sys.stdin, sys.stdout, conversation_id)
        finally:
            await service.close()
    except DatelineError as exc:
        print(f"error: {problem(exc.message, exc.hint)}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tui", description="Chat with a Dateline service that runs already."
    )
    parser.add_argument("--url", default="http://127.0.0.1:8765", help="address of the service (%(default)s)")
    parser.add_argument("--orders", type=int, metavar="FD", help="where `dateline chat` says which service it is for")
    parser.add_argument("--plain", action="store_true", help="line by line, without a full screen")
    options = parser.parse_args()
    # A token among the arguments would be seen by everyone who can list processes.
    options.token = os.environ.get("DATELINE_TOKEN", "")
    return options


if __name__ == "__main__":
    sys.exit(main())
