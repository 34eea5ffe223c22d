"""The files of a vector graph, read for links that lead nowhere: following one can crash the process that searches.

The format is hnswlib's, as Chroma 1.5 writes it.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

_HEADER = struct.Struct("<iQQQQQQiIQQQdQ")
_LINK = 4  # bytes of the number of a passage in the graph


def broken_graph(folder: Path) -> str:
    """What is wrong with the graph in a folder; empty where its links all lead to passages of it."""
    try:
        return _broken(folder)
    except (OSError, struct.error, ValueError, IndexError) as exc:
        return f"the files of the graph cannot be read: {exc}"


def _broken(folder: Path) -> str:
    head = _HEADER.unpack((folder / "header.bin").read_bytes())
    _, start, capacity, count, row, label, data, top, entry, _, most_below, _, _, _ = head
    lowest = np.fromfile(folder / "data_level0.bin", np.uint8)
    links = data - start
    if not count and top < 0:
        return ""
    if not (0 < count <= capacity and entry < count and top >= 0 and start == 0 and 0 < links <= label < row):
        return "the header of the graph contradicts itself"
    if len(lowest) < count * row or links != _LINK * (most_below + 1):
        return "the graph is shorter than its header says"
    below = lowest[: count * row].reshape(count, row)[:, :links].copy().view(np.uint32)
    if _lead_astray(below, most_below, count):
        return "links of the graph lead nowhere"
    return _broken_above((folder / "link_lists.bin").read_bytes(), head)


def _broken_above(content: bytes, head: tuple[int, ...]) -> str:
    """The same of the levels above the lowest: of each passage a length in bytes, and that many bytes of links."""
    count, top, most = head[3], head[7], head[9]
    each, at, highest = _LINK * (most + 1), 0, 0
    for _ in range(count):
        (size,) = struct.unpack_from("<I", content, at)
        levels, rest = divmod(size, each)
        if rest or at + _LINK + size > len(content):
            return "the upper levels of the graph are cut off"
        above = np.frombuffer(content, np.uint32, levels * (most + 1), at + _LINK).reshape(levels, most + 1)
        if _lead_astray(above, most, count):
            return "links of the graph's upper levels lead nowhere"
        at, highest = at + _LINK + size, max(highest, levels)
    return "" if highest >= top else "the graph has fewer levels than its header says"


def _lead_astray(rows: np.ndarray[tuple[int, int], np.dtype[np.uint32]], most: int, count: int) -> bool:
    """Rows of a count (its lower half; above it lies a flag) and so many links."""
    counts = rows[:, 0] & 0xFFFF
    used = np.arange(most)[None, :] < counts[:, None]
    return bool((counts > most).any() or (rows[:, 1:][used] >= count).any())
