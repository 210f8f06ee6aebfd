"""How long a text is in word pieces, for clients that want a count."""

from __future__ import annotations

from functools import cache
from typing import Any


def count(text: str) -> int:
    """The word pieces of the text, in the vocabulary of the bundled encoder (WordPiece, 30,522 of English).

    They are no language model's tokens and nobody is billed by them; but they are counted, not guessed.
    """
    return len(_tokenizer().encode(text, add_special_tokens=False).ids)


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    from index.encoder import bundled_weights

    tokenizer = Tokenizer.from_file(str(bundled_weights() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
