"""Nothing leaves this machine unasked, whatever the environment says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WORK = """
import sys
tried = []
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        tried.append(str(arguments[0]))
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        tried.append(str(arguments[1]))
sys.addaudithook(watch)
from assistant.__main__ import main
for arguments in (["ingest", sys.argv[1]], ["ask", "When did the ferry strike end?"], ["doctor"]):
    try:
        main(arguments)
    except SystemExit as done:
        assert not done.code, (arguments, done.code)
import langchain_core.tracers.context, langsmith.utils
assert not langsmith.utils.tracing_is_enabled()
assert sys.modules.get("openvino_telemetry") is None
import threading
for thread in threading.enumerate():
    if thread is not threading.current_thread() and not thread.daemon:
        thread.join()
assert not tried, tried
"""


@pytest.mark.parametrize("settings", [{}, {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}])
def test_taking_in_and_asking_look_up_no_name_and_connect_to_nothing(
    settings: dict[str, str], tmp_path: Path, newsroom: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANGSMITH_API_KEY": "x", **settings}
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(newsroom)],
        env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in home.iterdir()] == [".local"]
