"""Where packs/ and grammars/ are: inside the wheel when installed, at the repository root in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def bundled(name: str) -> Traversable:
    """Give the folder `name` that comes with the engine."""
    installed = files("rulecore") / "_bundled" / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / name
