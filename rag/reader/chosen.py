"""The reader that the settings name: the trained one, or the plain one that needs no weights of its own."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from index import Library
from index.settings import settings
from rag.reader import Reader

if TYPE_CHECKING:
    from rag.reader.plain import PlainReader
    from rag.reader.trained import TrainedReader

_loading = threading.Lock()


def chosen_reader(library: Library) -> Reader:
    """The reader for a library, by the setting PILCROW_READER."""
    return plain_reader(library) if settings().reader == "plain" else trained_reader()


def trained_reader() -> TrainedReader:
    """The trained reader, one a process: it is the same for every library."""
    with _loading:
        return _trained(settings().threads)


@lru_cache(maxsize=1)
def _trained(threads: int) -> TrainedReader:
    from rag.reader.trained import TrainedReader

    return TrainedReader(threads=threads)


def plain_reader(library: Library) -> PlainReader:
    """The plain reader with the library's encoder and its rarity of words."""
    from rag.reader.plain import PlainReader
    from rag.reader.words import rarity_from_counts

    return PlainReader(library.encoder, rarity_from_counts(library.holding, library.counts()["paragraphs"]))
