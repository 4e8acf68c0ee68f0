"""The packs that come with the engine, by the same door as everybody's."""

from pathlib import Path

from pluggy import HookimplMarker

from rulecore.bundled import bundled


@HookimplMarker("rulecore")
def rulecore_packs() -> list[Path]:
    """Give the folder of the bundled packs."""
    return [bundled("packs")]
