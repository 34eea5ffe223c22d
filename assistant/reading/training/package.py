"""Pack what was trained: `python -m assistant.reading.training.package reader.pt [checker.pt]`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.numpy import save

from assistant.reading.graph import CHECKER, WEIGHTS, packed
from assistant.reading.training.layers import FITS, Both, fingerprint


def main(reader: Path, checker: Path | None = None) -> None:
    """Writes the weights into the package and prints their checksums."""
    if checker is not None:
        require_fit(reader, checker)
    write(WEIGHTS, quantised(reader))
    if checker is not None:
        write(CHECKER, quantised(checker))


def quantised(file: Path) -> dict[str, NDArray[Any]]:
    """What was trained of a network, by the graph's names, with eight bits a value."""
    states = torch.load(file, map_location="cpu")
    return packed(
        {name.removeprefix("encoder."): value.float().numpy() for name, value in states.items() if name != FITS}
    )


def require_fit(reader: Path, checker: Path) -> None:
    """Raises ValueError where the checker was trained on other lower layers than those of this reader."""
    both = Both()
    both.begin(torch.load(reader, map_location="cpu"), {})
    if not fingerprint(both).equal(torch.load(checker, map_location="cpu")[FITS]):
        raise ValueError(f"{checker} was not trained on the layers of {reader}")


def write(name: str, weights: dict[str, NDArray[Any]]) -> None:
    content = save(weights)
    folder = Path(__file__).parents[1] / "weights"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    print(f"{name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
