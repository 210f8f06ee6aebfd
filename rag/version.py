"""Which Pilcrow this is, as it stands in fingerprints and evidence packs."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


@cache
def version() -> str:
    """The installed package's version; "0" where it runs from a folder that was not installed."""
    try:
        return installed("pilcrow-qa")
    except PackageNotFoundError:
        return "0"
