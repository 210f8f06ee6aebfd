"""Runs the trained network on windows, with OpenVINO. The one file that imports it at answer time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import PilcrowError
from rag.reader.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

BATCH = 16
"""Most windows in one run of the network."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of one window: logits, larger is likelier.

    `starts` and `ends` have one score a paragraph token, in the order of the window's `offsets`.
    """

    relevant: float
    answers: float
    supported: float
    starts: Scores
    ends: Scores


class Runtime:
    """A network of a folder, loaded at its first use. Safe to share between threads."""

    def __init__(self, folder: Path, *, threads: int = 0, precision: str = "") -> None:
        """`folder` holds `reader.xml` and `reader.bin`. `threads` 0 takes all processors.

        `precision` is "f32" or "bf16"; "" takes bf16 where the processor multiplies in it.
        """
        self._folder = folder
        # Openvino ties its threads to processors, counted from the first: two workers of one thread each stood on the
        # same one, and answered no more questions than one worker.
        self._options: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            "ENABLE_HYPER_THREADING": True,
            "ENABLE_CPU_PINNING": False,
        }
        if threads:
            self._options["INFERENCE_NUM_THREADS"] = threads
        if precision:
            self._options["INFERENCE_PRECISION_HINT"] = precision
        # One request and one run at a time, which is all that a processor has room for: two threads whose first
        # runs met froze the whole process inside openvino, two times in eight.
        self._running = threading.Lock()

    def read(self, windows: Sequence[Window]) -> list[Reading]:
        """One reading a window, in order. Windows of about equal length are run together."""
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        found: dict[int, Reading] = {}
        for low in range(0, len(order), BATCH):
            some = order[low : low + BATCH]
            judged, spans = self._run([windows[i] for i in some])
            for row, i in enumerate(some):
                first = windows[i].first
                held = spans[row, first : first + len(windows[i].offsets)]
                relevant, answers, supported = (float(x) for x in judged[row])
                found[i] = Reading(relevant, answers, supported, held[:, 0].copy(), held[:, 1].copy())
        return [found[i] for i in range(len(windows))]

    def _run(self, windows: Sequence[Window]) -> tuple[Scores, Scores]:
        width = max(len(w.ids) for w in windows)
        ids = np.zeros((len(windows), width), dtype=np.int64)
        mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
        for row, window in enumerate(windows):
            held = len(window.ids)
            ids[row, :held] = window.ids
            mask[row, :held] = 1
            kinds[row, window.first : held - 1] = 1
        with self._running:
            out = self._request.infer({"ids": ids, "mask": mask, "kinds": kinds})
            return out["judgements"].copy(), out["spans"].copy()

    @cached_property
    def _request(self) -> Any:
        keep_to_itself()
        import openvino

        try:
            network = openvino.Core().compile_model(str(self._folder / "reader.xml"), "CPU", self._options)
            return network.create_infer_request()
        except RuntimeError as error:
            raise PilcrowError(
                f"The reader's weights in {self._folder} could not be loaded ({str(error).splitlines()[0][:200]}); "
                "install Pilcrow anew, or set PILCROW_READER to plain."
            ) from error


def keep_to_itself() -> None:
    """Makes openvino do without its telemetry: at its mere import that put an identity into the user's home."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
