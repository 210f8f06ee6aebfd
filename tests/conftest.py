"""Real parts, made once: the real encoder, libraries of the sample and of two real articles."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray

import sample
from index import Library
from index.encoder import SentenceEncoder
from index.formats.extract import Extract, Reader
from rag.reader.runtime import Reading, Runtime
from rag.reader.windows import Window
from tests import servers

# The same examples every time, so that no change is refused by luck; `make explore` draws new ones.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("explore", print_blob=True, deadline=None)
settings.load_profile("landing")

for name in [name for name in os.environ if name.startswith("PILCROW_LLM_")]:
    del os.environ[name]  # whoever uses a model tests without it

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def each_text_is_encoded_once() -> Iterator[None]:
    """Many tests index the same articles: the real encoder makes the vector of a text in a batch once a run."""
    known: dict[tuple[str, str], NDArray[np.float32]] = {}
    real = SentenceEncoder.encode

    def encode(self: SentenceEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) < 2:  # a question goes another way through the weights
            return real(self, texts)
        new = [text for text in dict.fromkeys(texts) if (self.name, text) not in known]
        if new:
            rows = real(self, [*new, new[0]])
            known.update({(self.name, text): row for text, row in zip(new, rows, strict=False)})
        return np.stack([known[self.name, text] for text in texts])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SentenceEncoder, "encode", encode)
        yield


@pytest.fixture(scope="session", autouse=True)
def each_window_is_read_once() -> Iterator[None]:
    """Many tests ask the same of the same articles: the real reader reads a question with a window once a run."""
    known: dict[tuple[object, ...], Reading] = {}
    real = Runtime.read

    def read(self: Runtime, windows: Sequence[Window]) -> list[Reading]:
        keys = [(self._folder, self._options.get("INFERENCE_PRECISION_HINT"), tuple(w.ids), w.first) for w in windows]
        new = {key: window for key, window in zip(keys, windows, strict=True) if key not in known}
        known.update(zip(new, real(self, list(new.values())), strict=True))
        return [known[key] for key in keys]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runtime, "read", read)
        yield


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample articles, indexed."""
    with Library.open(tmp_path_factory.mktemp("sample") / "library") as library:
        report = library.sync([sample.ARTICLES])
        assert report.ok and report.added == 37, report
        yield library


@pytest.fixture(scope="session")
def real_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two real news articles, where the checkout has them beside it."""
    articles = SHARED / "articles"
    if not articles.is_dir():
        pytest.skip("the two real articles are not beside this checkout")
    with Library.open(tmp_path_factory.mktemp("real") / "library") as library:
        library.sync([articles])
        yield library


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A PostgreSQL server of the tests' own."""
    with TemporaryDirectory(prefix="pilcrow-postgres-") as folder:
        running = servers.postgres(Path(folder))
        yield running
        running.server.stop()


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Chroma]:
    """A Chroma server of the tests' own."""
    running = servers.chroma(tmp_path_factory.mktemp("chroma"))
    yield running
    running.server.stop()


@pytest.fixture(scope="session")
def served_sample(
    sample_library: Library,
    postgres: servers.Postgres,
    chroma: servers.Chroma,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Library]:
    """The sample library, moved onto servers."""
    from index.store.move import move
    from ui.web.history import BESIDE

    address = postgres.new()
    move(sample_library.folder, address, [BESIDE])
    with Library.open(tmp_path_factory.mktemp("served"), database=address, chroma=chroma.url) as library:
        yield library


EITHER = ["folder", pytest.param("servers", marks=servers.MARKS)]
"""Where a library is kept: what holds of one holds of both."""


@pytest.fixture(scope="session", params=EITHER)
def either_sample(request: pytest.FixtureRequest) -> Library:
    """The sample library, in its folder or on servers."""
    found: Library = request.getfixturevalue("sample_library" if request.param == "folder" else "served_sample")
    return found


@pytest.fixture(scope="session", params=EITHER)
def place(request: pytest.FixtureRequest) -> Callable[[], dict[str, str]]:
    """Where a new library is to be kept, as `Library.open` takes it: in its folder, or on servers."""
    if request.param == "folder":
        return lambda: {"database": "", "chroma": ""}
    postgres, chroma = request.getfixturevalue("postgres"), request.getfixturevalue("chroma")
    return lambda: {"database": postgres.new(), "chroma": chroma.url}


@pytest.fixture
def either(tmp_path: Path, place: Callable[[], dict[str, str]]) -> Iterator[Library]:
    """An empty library, in its folder or on servers."""
    with Library.open(tmp_path / "library", **place()) as opened:  # type: ignore[arg-type]
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=servers.MARKS)])
def database(request: pytest.FixtureRequest) -> str:
    """Where a library keeps its articles: in its folder (""), or at the address of an empty place in PostgreSQL."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres").new())


class HashEncoder:
    """Vectors without meaning, at once: for tests of storing many, where meaning does not matter."""

    name = "hash"
    fingerprint = "hash"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A random unit row a text, always the same for the same text."""
        rows = [np.random.default_rng(list(text.encode())).standard_normal(384) for text in texts]
        matrix = np.array(rows, dtype=np.float32).reshape(len(texts), 384)
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)

    def windows(self, text: str) -> list[str]:
        """The text itself."""
        return [text]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for articles."""
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "library") as opened:
        yield opened


STORM = """Storm floods quay

By Jane Roe

March 3, 2026

The storm flooded the lower quay on Monday night, and 40 people left their homes.

Mayor Ann Hale said the seawall "held for an hour" before it broke.

Repairs will cost 2 million dollars, the harbour office said.
"""
BRIDGE = """Bridge closed for repairs

The old bridge closed on Friday because a pillar had cracked, the county said.

Traffic is led over Mill Road until May.
"""


@pytest.fixture
def two_articles(folder: Path) -> Path:
    """A folder with two short articles, storm.txt and bridge.txt."""
    (folder / "storm.txt").write_text(STORM)
    (folder / "bridge.txt").write_text(BRIDGE)
    return folder


def extracted(reader: Reader, data: bytes, name: str = "article") -> Extract:
    """The one article that a reader finds in these bytes."""
    (found,) = reader(io.BytesIO(data), name)
    assert isinstance(found, Extract)
    return found
