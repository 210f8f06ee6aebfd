"""Words that stand in the same places as another: by the word embeddings that the network starts from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rag.reader.training.edits import Near

_FIRST, _LAST = 2, 12
"""The nearest are synonyms and endings; from the third on come "king" for "queen" and "bronze" for "silver"."""


def neighbours(words: list[str], vectors: npt.NDArray[np.float32]) -> Near:
    """`near(word)` gives the words third to twelfth nearest to it by cosine that do not begin alike.

    `words` are a vocabulary's whole words in lower case, `vectors` one row a word.
    """
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    number = {word: i for i, word in enumerate(words)}
    held: dict[str, tuple[str, ...]] = {}

    def near(word: str) -> tuple[str, ...]:
        if word not in number:
            return ()
        if word not in held:
            nearest = [words[i] for i in np.argsort(-(unit @ unit[number[word]]))[1:40]]
            others = [w for w in nearest if w[:4] != word[:4]]
            held[word] = tuple(others[_FIRST:_LAST])
        return held[word]

    return near
