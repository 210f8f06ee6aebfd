"""An encoder without a network, for measuring what does not depend on how good the vectors are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.search import content_words

_SIZE, _PLACES = 384, 16


class HashedWords:
    """An encoder without a network: each word is a fixed sparse vector, a text their sum."""

    name = fingerprint = "hashed-words"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length a text; texts that share words are near one another."""
        rows = np.zeros((len(texts), _SIZE), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in content_words(text):
                places, signs = _spread(word)
                np.add.at(row, places, signs)
        unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return unit

    def windows(self, text: str) -> list[str]:
        """The text itself: its length does not matter to this encoder."""
        return [text]


@lru_cache(maxsize=200_000)
def _spread(word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Where a word stands, and with which signs."""
    bits = np.frombuffer(blake2b(word.encode(), digest_size=4 * _PLACES).digest(), dtype="<u4").astype(np.int64)
    return bits // 2 % _SIZE, np.where(bits % 2, 1.0, -1.0).astype(np.float32)
