"""Pack what was trained: `python -m assistant.reading.training.package reader.pt [checker.pt]`."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.numpy import save

from assistant.reading.graph import CHECKER, SHARED, WEIGHTS, packed
from assistant.reading.training.encoder import FROZEN


def main(reader: Path, checker: Path | None = None) -> None:
    """Writes the weights into the package and prints their checksums."""
    states = torch.load(reader, map_location="cpu")
    write(WEIGHTS, quantised(reader))
    if checker is not None:
        others = torch.load(checker, map_location="cpu")
        require_shared(states, others)
        write(CHECKER, packed(own(others, "support.", SHARED)))


def quantised(file: Path) -> dict[str, NDArray[Any]]:
    """What was trained of a reader, by the graph's names, with eight bits a value."""
    return packed(own(torch.load(file, map_location="cpu"), "span.", FROZEN))


def own(states: Mapping[str, Any], head: str, first: int) -> dict[str, Any]:
    """The head, and the layers from the first one on, by their names in the graph."""
    return {
        name.removeprefix("encoder."): value.float().numpy()
        for name, value in states.items()
        if name.startswith(head) or _layer(name) >= first
    }


def require_shared(reader: Mapping[str, Any], checker: Mapping[str, Any]) -> None:
    """Raises ValueError where the checker was trained on other lower layers than those of this reader."""
    strange = [
        name for name, value in reader.items() if 0 <= _layer(name) < SHARED and not value.equal(checker[name])
    ]
    if strange:
        raise ValueError(f"the checker was not trained on the layers of this reader: {strange[0]}")


def write(name: str, weights: dict[str, NDArray[Any]]) -> None:
    content = save(weights)
    folder = Path(__file__).parents[1] / "weights"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    print(f"{name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def _layer(name: str) -> int:
    """The number of the layer that a weight is of; -1 where it is of none."""
    return int(name.split(".")[3]) if name.startswith("encoder.encoder.layer.") else -1


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
