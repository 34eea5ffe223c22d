"""`python -m tui`: the chat with a service that runs already."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

import httpx

from tui.owner import Address, NoService, announced
from tui.service import Connect

_INTERRUPTED = 130


def main() -> int:
    """Chat in full screen, or line by line where there is no capable terminal."""
    options = _options()

    starting = [options.starting]  # it counts for the first connection alone: later it may have had its successors

    async def connect() -> httpx.AsyncClient:
        address = Address(options.url, options.token)
        if options.owner:
            first = starting.pop() if starting else None
            address = await announced(options.owner, log=options.log if first else None, starting=first)
        headers = {"Authorization": f"Bearer {address.token}"} if address.token else {}
        return httpx.AsyncClient(base_url=address.url, headers=headers, timeout=30.0)

    if options.plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        try:
            return asyncio.run(_line_by_line(connect))
        except KeyboardInterrupt:
            return _INTERRUPTED
    from tui.app import DatelineApp

    app = DatelineApp(connect)
    app.run()
    return app.return_code or 0


async def _line_by_line(connect: Connect) -> int:
    from tui.client import Client, ServiceError
    from tui.plain_chat import run
    from tui.wording import problem

    try:
        client = Client(await connect())
        try:
            if sys.stdin.isatty():
                print("Dateline is warming up …", flush=True)
            while not (await client.ready()).ready:  # noqa: ASYNC110 the service does not call back
                await asyncio.sleep(0.1)
            return await run(client, sys.stdin, sys.stdout)
        finally:
            await client.close()
    except (NoService, ServiceError) as exc:
        print(f"error: {problem(exc.message, exc.hint)}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tui", description="Chat with a Dateline service that runs already."
    )
    parser.add_argument("--url", default="http://127.0.0.1:8765", help="address of the service (%(default)s)")
    parser.add_argument("--owner", type=Path, metavar="FILE", help="connect to the service that this note names")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where a service that starts writes its errors")
    parser.add_argument("--starting", type=int, metavar="PID", help="the process of a service that starts")
    parser.add_argument("--plain", action="store_true", help="line by line, without a full screen")
    options = parser.parse_args()
    # A token among the arguments would be seen by everyone who can list processes.
    options.token = os.environ.get("DATELINE_TOKEN", "")
    return options


if __name__ == "__main__":
    sys.exit(main())
