"""Files as those who ask may see them: by their own names, never by where they lie on this machine."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any


def shown(path: str) -> str:
    """An article's path without its folders: "ferry.txt", or "export.zip#march/ferry.txt" for a part of a file."""
    file, mark, part = path.partition("#")
    return PurePath(file).name + mark + part


def without_folders(told: Any) -> Any:
    """Plain values, such as an answer's, with every `path` in them as it may be seen."""
    if isinstance(told, dict):
        return {k: shown(v) if k == "path" else without_folders(v) for k, v in told.items()}
    return [without_folders(one) for one in told] if isinstance(told, list | tuple) else told
