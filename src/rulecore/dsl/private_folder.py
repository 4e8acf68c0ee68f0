"""A private folder for what can be computed again: whole files, replaced at once, never trusted unread, never in the way."""

from __future__ import annotations

import os
import stat
import time
import warnings
from pathlib import Path

_PRIVATE = 0o700
_OTHERS_MAY_WRITE = 0o022
_UNFINISHED = ".part"
_LONGEST_WRITE = 3600


def cache_folder(part: str) -> Path | None:
    """Give the private folder for `part` of the cache; none where it is switched off or cannot be ours alone.

    `RULECORE_CACHE` names the folder, or is `off`; else it is `rulecore` in the user's cache folder.
    """
    named = os.environ.get("RULECORE_CACHE")
    if named == "off":
        return None
    try:
        top = Path(named) if named else _user_cache() / "rulecore"
        folder = top / part
        top.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return folder if is_private(folder) else None


def _user_cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".cache"


def is_private(path: Path) -> bool:
    """Tell whether a file or folder belongs to this user and nobody else may write it; a link is nobody's."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return False
    owner = os.getuid() if hasattr(os, "getuid") else status.st_uid
    return status.st_uid == owner and not (stat.S_ISLNK(status.st_mode) or status.st_mode & _OTHERS_MAY_WRITE)


def read_file(path: Path) -> bytes | None:
    """Read a whole file; none where it is missing, or, with a warning, not ours alone."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if not is_private(path):
        warn_rebuilt(path, "could be written by others")
        return None
    return content


def write_file(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, so that no reader finds a part of it; where that cannot be done, do nothing."""
    import tempfile

    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=_UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def keep_newest(folder: Path, most: int) -> None:
    """Remove the files of a folder but for the newest, and what writers that died have left behind."""
    try:
        files = sorted(folder.iterdir(), key=lambda path: path.lstat().st_mtime, reverse=True)
        whole = [path for path in files if not path.name.endswith(_UNFINISHED)]
        left = [path for path in files if path not in whole and path.lstat().st_mtime < time.time() - _LONGEST_WRITE]
        for path in [*whole[most:], *left]:
            path.unlink(missing_ok=True)
    except OSError:
        # Another process is at the same work.
        return


def warn_rebuilt(path: Path, why: str) -> None:
    """Say that a file of the cache was not usable and is made again."""
    warnings.warn(f"{path} {why}; it is made again", RuntimeWarning, stacklevel=3)
