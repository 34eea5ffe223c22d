"""OpenVINO, and what this processor can do."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

# Each multiplies eight-bit integers and adds them up in one step (VNNI).
BYTES = "avx512_vnni", "avx_vnni"
AMX = "amx_tile"


def load_openvino() -> Any:
    """OpenVINO without the module by which it reports every import to its maker: it is made impossible to import."""
    if "openvino_telemetry" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino

    return openvino


def compiled(model: Any, *, threads: int, **more: Any) -> Any:
    """A graph made ready for this processor, under `more` options of OpenVINO."""
    core = load_openvino().Core()
    precise = "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
    options = {
        "INFERENCE_PRECISION_HINT": precise,  # as near to f32 as cosine .9999, and with AMX more than twice as fast
        "INFERENCE_NUM_THREADS": threads,
        "PERFORMANCE_HINT": "LATENCY",
        **more,
    }
    return core.compile_model(model, "CPU", options)


def multiplies_bytes(can: frozenset[str]) -> bool:
    """Whether a processor is about twice as fast with eight-bit integers: with AMX it is as fast with bf16."""
    return AMX not in can and not can.isdisjoint(BYTES)


@cache
def processor() -> frozenset[str]:
    """What the processor can do, by the names that Linux has for it; nothing is known on other systems."""
    with suppress(OSError):
        return frozenset(Path("/proc/cpuinfo").read_text().split())
    return frozenset()
