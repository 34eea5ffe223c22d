"""The quality floors, and the gate that holds them.

python -m tests.evals.floors NAME VALUE [--lower]   raise a floor to what was measured; lowering it has to be said
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

FILE = Path(__file__).with_name("floors.json")


def floor(name: str) -> float:
    """The floor of that name; KeyError where there is none."""
    return float(json.loads(FILE.read_text())[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("value", type=float)
    parser.add_argument("--lower", action="store_true", help="this lowers the floor on purpose")
    options = parser.parse_args()
    floors = json.loads(FILE.read_text())
    if options.value < floors.get(options.name, options.value) and not options.lower:
        parser.error(f"{options.name} is {floors[options.name]}: say --lower to lower it")
    floors[options.name] = options.value
    FILE.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
