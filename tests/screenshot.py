"""The picture in the README: the real chat, on the real service, over the bundled newsroom.

python -m tests.screenshot   writes tui/chat.svg and tui/reader.svg
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.cli.demo import NEWSROOM
from assistant.service.client import Client
from ingest.archive.lock import Owner, read_owner
from tui.app import DatelineApp

ROOT = Path(__file__).parent.parent
DATELINE = [sys.executable, "-m", "assistant"]
QUESTION = "How many people were evacuated in Denmoor during Storm Ottoline?"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        dateline = [*DATELINE, "--data", folder]
        subprocess.run([*dateline, "ingest", str(NEWSROOM)], check=True, capture_output=True)
        with subprocess.Popen([*dateline, "serve", "--port", "0"], stderr=subprocess.DEVNULL) as service:
            asyncio.run(draw(wait_for(Path(folder))))
            service.terminate()


def wait_for(folder: Path) -> Owner:
    while True:
        owner = read_owner(folder)
        if owner and owner.url:
            return owner
        time.sleep(0.1)


async def draw(owner: Owner) -> None:
    async def connect() -> Client:
        return Client.at(owner.url or "", owner.token or "", here=True)

    app = DatelineApp(connect)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*QUESTION, "enter")
        for _ in range(200):
            await pilot.pause(0.1)
            if "as of" in str(app.export_screenshot()).replace("&#160;", " "):
                break
        save(app, "chat.svg")
        await pilot.press("1")
        await pilot.pause(1)
        save(app, "reader.svg")


def save(app: DatelineApp, name: str) -> None:
    """Without the fonts that a viewer would fetch from elsewhere."""
    drawn = re.sub(r"@font-face\s*\{.*?\}", "", app.export_screenshot(), flags=re.DOTALL)
    (ROOT / "tui" / name).write_text(drawn)


if __name__ == "__main__":
    main()
