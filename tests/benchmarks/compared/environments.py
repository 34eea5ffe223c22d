"""The environments of the systems that Dateline is compared with, each of its own, and what is installed in them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# In the versions of Dateline's own environment: the same model runs on the same code, and on the same build of torch.
SHARED = ("torch", "sentence-transformers", "transformers", "chromadb", "numpy")
PACKAGES: Mapping[str, Sequence[str]] = {
    "langchain": ("langchain-chroma", "langchain-huggingface", "langchain-text-splitters"),
    "llamaindex": (
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-vector-stores-chroma",
    ),
    "plots": ("matplotlib",),
}
NOT_COMPARED = """\
haiku.rag is not compared: it needs Python 3.12 and, for the same model, another build of torch than the others."""


def python_of(name: str, folder: Path) -> Path | None:
    """The interpreter of an environment, which is made where there is none; None where that fails."""
    home = folder / name
    python = home / "bin" / "python"
    wanted = [*PACKAGES[name], *(_shared() if name != "plots" else ())]
    noted = home / "installed.json"
    if noted.exists() and json.loads(noted.read_text()) == wanted:
        return python
    print(f"installing {', '.join(PACKAGES[name])} into {home}", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
    done = subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=False)
    if done.returncode:
        print(f"{', '.join(wanted)} cannot be installed into {home}", flush=True)
        return None
    noted.write_text(json.dumps(wanted))
    return python


def versions(name: str, python: Path) -> str:
    """The packages of an environment with their versions."""
    script = "import sys, importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"
    command = [str(python), "-c", script, *PACKAGES[name], *(one.partition("==")[0] for one in _shared())]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _shared() -> list[str]:
    found = []
    for name in SHARED:
        try:
            found.append(f"{name}=={version(name)}")
        except PackageNotFoundError:
            continue
    return found
