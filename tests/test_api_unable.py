"""Where an answer may not be given, or a library is gone, callers are told so, and nothing of the machine."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import Library
from index.settings import settings
from tests.api_server import served
from tests.conftest import HashEncoder
from ui.api.errors import as_refusal
from ui.api.options import Options

ASKED = {"question": "Why was the old bridge closed?"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small library."""
    place = tmp_path_factory.mktemp("unable")
    (place / "articles").mkdir()
    (place / "articles" / "bridge.txt").write_text(
        "Bridge closed\n\nThe old bridge closed because a pillar had cracked.\n"
    )
    with Library.open(place / "library") as library:
        library.sync(place / "articles")
    return place / "library"


@pytest.fixture
def audited(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """The address of a server that records its answers, and the file that it records them in."""
    file = tmp_path / "records" / "audit.jsonl"
    monkeypatch.setenv("PILCROW_AUDIT", str(file))
    settings.cache_clear()
    try:
        with served(Options({"town": shelf})) as url:
            yield url, file
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_an_answer_that_cannot_be_recorded_is_not_given(
    audited: tuple[str, Path], caplog: pytest.LogCaptureFixture
) -> None:
    url, file = audited
    messages = [{"role": "user", "content": ASKED["question"]}]

    def ask() -> list[httpx.Response]:
        doors = (
            ("/api/answer", ASKED),
            ("/v1/chat/completions", {"model": "town", "messages": messages}),
            ("/v1/chat/completions", {"model": "town", "messages": messages, "stream": True}),
        )
        return [httpx.post(url + door, json=body, timeout=120) for door, body in doors]

    assert not file.parent.exists()
    plain, whole, stream = refused = ask()
    assert (plain.status_code, whole.status_code) == (503, 503)
    for response in refused:
        assert "could not be" in response.text and "pillar" not in response.text, "nothing of the answer is told"
        assert str(file) not in response.text and file.name not in response.text
    assert str(file) in caplog.text, "whoever runs it learns which file"
    file.parent.mkdir()
    plain, whole, stream = ask()
    assert all("pillar" in response.text for response in (plain, whole, stream))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(lines) == 3 and all(line["cited"] and line["question"] == ASKED["question"] for line in lines)


def test_a_library_that_is_gone_is_told_without_its_place(
    shelf: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = tmp_path / "gone"
    shutil.copytree(shelf, gone)
    (gone / "library.db").write_bytes(b"no library at all" * 500)
    for sidecar in ("library.db-wal", "library.db-shm"):
        (gone / sidecar).unlink(missing_ok=True)
    with served(Options({"town": shelf, "lost": gone}), ready="/healthz") as url, caplog.at_level(logging.WARNING):
        for response in (
            httpx.post(f"{url}/api/answer", json={**ASKED, "collection": "lost"}, timeout=120),
            httpx.post(f"{url}/api/search", json={"query": "bridge", "collection": "lost"}, timeout=120),
            httpx.get(f"{url}/api/collections", timeout=120),
            httpx.get(f"{url}/readyz", timeout=120),
        ):
            assert response.status_code == 503 and str(tmp_path) not in response.text, response.text
        assert str(gone) in caplog.text
        assert httpx.post(f"{url}/api/answer", json={**ASKED, "collection": "town"}, timeout=120).status_code == 200


def test_an_error_of_ours_that_nobody_caught_is_told_without_its_words(two_articles: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "closed", encoder=HashEncoder()) as library:
        library.sync([two_articles])
    with pytest.raises(Exception, match=str(tmp_path)) as caught:
        library.search("bridge")
    refusal = as_refusal(caught.value)
    assert refusal.status == 503 and str(tmp_path) not in str(refusal)
