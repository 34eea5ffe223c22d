"""Pack what was trained: `python -m assistant.reading.training.package reader.pt`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.numpy import save

from assistant.reading.graph import WEIGHTS, packed
from assistant.reading.training.encoder import FROZEN


def main(file: Path) -> None:
    """Writes the weights into the package and prints their checksum."""
    content = save(quantised(file))
    folder = Path(__file__).parents[1] / "weights"
    folder.mkdir(exist_ok=True)
    (folder / WEIGHTS).write_bytes(content)
    print(f"{len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def quantised(file: Path) -> dict[str, NDArray[Any]]:
    """What was trained, by the graph's names, with eight bits a value."""
    states = torch.load(file, map_location="cpu")
    own = {name.removeprefix("encoder."): value.float().numpy() for name, value in states.items() if _trained(name)}
    return packed(own)


def _trained(name: str) -> bool:
    """Whether a weight differs from the published one."""
    if not name.startswith("encoder.encoder.layer."):
        return name.startswith("span.")
    return int(name.split(".")[3]) >= FROZEN


if __name__ == "__main__":
    main(Path(sys.argv[1]))
