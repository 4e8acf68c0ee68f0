"""Where packs/ and grammars/ are: inside the wheel when installed, at the repository root in a checkout."""

from pathlib import Path

HERE = Path(__file__).parent


def bundled(name: str) -> Path:
    """Give the folder `name` that comes with the engine."""
    installed = HERE / "_bundled" / name
    return installed if installed.is_dir() else HERE.parents[1] / name
