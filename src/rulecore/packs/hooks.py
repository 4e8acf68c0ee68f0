"""The one hook by which packs enter: bundled, installed and folder packs alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pluggy import PluginManager

PROJECT = "rulecore"


class FolderPacks:
    """A plugin made of folders: each of them, or each folder directly in them, is a pack."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Keep the folders in which to look."""
        self.folders = tuple(folders)

    def rulecore_packs(self) -> list[Path]:
        """Give the folders."""
        return list(self.folders)


def specification() -> type:
    """Make the hook specification; pluggy is loaded by whoever asks for packs, never by `import rulecore`."""
    from pluggy import HookspecMarker

    class Specification:
        """What a plugin may provide."""

        @HookspecMarker(PROJECT)
        def rulecore_packs(self) -> list[Path]:
            """Give pack folders, or folders of pack folders."""
            return []

    return Specification


def plugins(folders: Sequence[Path]) -> PluginManager:
    """Give a manager with the installed plugins of the entry point group `rulecore`, and one made of `folders`."""
    from pluggy import HookimplMarker, PluginManager

    manager = PluginManager(PROJECT)
    manager.add_hookspecs(specification())
    manager.load_setuptools_entrypoints(PROJECT)
    plugin: Any = FolderPacks(folders)
    HookimplMarker(PROJECT)(FolderPacks.rulecore_packs)
    manager.register(plugin, name="folders")
    return manager
