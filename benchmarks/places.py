"""Where things lie."""

from pathlib import Path

FOLDER = Path(__file__).parent
PACK = FOLDER / "packs" / "adventurer"
NODE = FOLDER / "node"
PAGE = FOLDER.parent / "docs" / "benchmarks.md"
