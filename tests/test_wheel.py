"""The wheel, installed where the project's tree is not: its command and the examples of the pages run as printed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_docs import PAGES, ROOT

pytestmark = pytest.mark.slow
PORT, ADDRESS = "localhost:8765", "127.0.0.1:8765"  # as the pages print it


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment that holds the wheel and, beside it, the packages that it needs; its archive is the demo's."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    run([sys.executable, *build], dict(os.environ), folder)
    venv.create(folder / "env")
    pip = ["-m", "pip", "--python", str(folder / "env"), "install", "--no-deps", "--no-index"]
    run([sys.executable, *pip, *map(str, folder.glob("*.whl"))], dict(os.environ), folder)
    [packages] = (folder / "env").glob("lib/python*/site-packages")
    (packages / "beside.pth").write_text(sysconfig.get_path("purelib"))  # its own .pth files are not followed
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PYTHON"))}
    found = bare | {"PATH": f"{folder / 'env/bin'}:{os.environ['PATH']}", "DATELINE_DATA": str(folder / "demo")}
    run(["dateline", "demo"], found, folder)
    return found


@pytest.fixture(scope="module")
def service(environment: dict[str, str]) -> Iterator[str]:
    """The address of a service of the demo's archive."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(["dateline", "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL)
    ready = f"until curl -fs localhost:{port}/ready; do sleep .2; kill -0 {process.pid} || exit 1; done"
    subprocess.run(["bash", "-c", ready], check=True, capture_output=True)
    yield f"localhost:{port}"
    process.terminate()
    assert process.wait() == 0


def run(command: list[str], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def printed(pattern: str) -> list[object]:
    """What the pages print that fits a pattern, each under its page and its place there."""
    found = {page.name: re.findall(pattern, page.read_text(encoding="utf-8"), re.M | re.S) for page in PAGES}
    return [
        pytest.param(one, id=f"{name}-{number}") for name, all_ in found.items() for number, one in enumerate(all_)
    ]


def test_what_is_imported_is_the_wheel_and_it_is_typed(environment: dict[str, str], tmp_path: Path) -> None:
    code = "import assistant, ingest, prompts, tui; print(assistant.__path__[0])"
    folder = Path(run(["python", "-c", code], environment, tmp_path).strip())
    assert not folder.is_relative_to(ROOT)
    assert (folder / "py.typed").exists()
    assert (folder / "api" / "web" / "icon.svg").exists()
    assert (folder / "mcp" / "SKILL.md").exists()


@pytest.mark.parametrize("example", printed(r"^```python\n(.*?)^```"))
def test_an_example_in_python_runs_as_printed(
    example: str, environment: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if ADDRESS in example:
        example = example.replace(ADDRESS, request.getfixturevalue("service"))
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    assert run(["python", "example.py"], environment, tmp_path).strip()


@pytest.mark.parametrize("command", printed(r"^\$ (curl [^\n]*localhost:\d+/(?!reindex)[^\n]*(?:\n +[^\n]*)*)"))
def test_an_example_over_http_runs_as_printed(
    command: str, service: str, environment: dict[str, str], tmp_path: Path
) -> None:
    assert PORT in command
    assert run(["bash", "-c", f"{command.replace(PORT, service)} --fail"], environment, tmp_path).strip()
