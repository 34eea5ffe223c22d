"""`dateline web`: the page in a browser, signed in, without the token in anybody's sight."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from assistant.service.owner import lives
from tests.assistant.processes import dateline, running_service, start
from tests.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.slow


def a_browser(folder: Path) -> dict[str, str]:
    """An environment whose browser writes down its arguments."""
    script = folder / "browser"
    script.write_text(f'#!/bin/sh\necho "$@" > "{folder}/arguments"\n')
    script.chmod(0o700)
    return {**os.environ, "BROWSER": f"{script} %s"}


def test_the_browser_gets_a_file_of_this_user_that_leads_to_the_page(tmp_path: Path) -> None:
    data = tmp_path / "archive"
    with running_service(data) as (_process, client):
        done = dateline(data, "web", env=a_browser(tmp_path))
        assert done.returncode == 0, done.stderr
        opened = wait_for(lambda: (tmp_path / "arguments").exists() and (tmp_path / "arguments").read_text().strip())
        token = client.headers["authorization"].removeprefix("Bearer ")
        assert token not in opened + done.stdout + done.stderr
        door = Path(opened.removeprefix("file://"))
        assert stat.S_IMODE(door.stat().st_mode) == 0o600
        assert f"{str(client.base_url).rstrip('/')}/#token={token}" in door.read_text()


def test_the_token_is_printed_when_asked_for_and_only_while_a_service_runs(tmp_path: Path) -> None:
    data = tmp_path / "archive"
    with running_service(data) as (_process, client):
        printed = dateline(data, "web", "--token").stdout.strip()
        assert client.headers["authorization"] == f"Bearer {printed}"
    without = dateline(data, "web", "--token")
    assert without.returncode != 0
    assert "dateline serve" in without.stderr


@pytest.mark.parametrize("sign", ["archive/chats/service", "archive/web.html", "arguments"])
def test_without_a_service_one_runs_until_the_command_is_stopped(tmp_path: Path, sign: str) -> None:
    """Whenever that is: as soon as the service has been started, while the browser opens, or later."""
    data = tmp_path / "archive"
    process = start(data, "web", env=a_browser(tmp_path))
    try:
        wait_for((tmp_path / sign).exists)
        service = int(wait_for((data / "chats" / "service").read_text))
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert not lives(service)
    finally:
        process.kill()
        process.communicate()
