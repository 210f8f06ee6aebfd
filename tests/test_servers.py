"""A library on servers answers as one in a folder does, and comes through the loss of either server."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray

import sample
from index import CheckReport, Filters, Library, PilcrowError
from index.search import query_words
from index.settings import settings
from index.store.move import move
from index.values import Unavailable
from rag import Answer, Answerer
from tests import servers
from tests.conftest import BRIDGE, HashEncoder
from ui.web.history import BESIDE, History

pytestmark = servers.MARKS
QUESTIONS = [str(json.loads(line)["question"]) for line in sample.QUESTIONS.read_text("utf-8").splitlines()]
QUESTION = "Why was the old bridge closed?"


@pytest.fixture
def served(served_sample: Library) -> Library:
    """The sample library, moved onto servers."""
    return served_sample


@pytest.fixture
def shared(tmp_path: Path, postgres: servers.Postgres, chroma: servers.Chroma) -> dict[str, Any]:
    """How to open an empty library on servers whose vectors mean nothing."""
    return {"path": tmp_path / "shared", "database": postgres.new(), "chroma": chroma.url, "encoder": HashEncoder()}


def found(library: Library) -> list[str]:
    return [p.paragraph.text for p in library.search(QUESTION, 10)]


def told(answer: Answer) -> dict[str, Any]:
    return {k: v for k, v in answer.to_dict().items() if k not in ("timings", "fingerprint")}


def test_answers_are_the_same_citation_for_citation(sample_library: Library, served: Library) -> None:
    """A share of the questions; all 184 were compared when this was built."""
    one, other = Answerer(sample_library), Answerer(served)
    for question in QUESTIONS[::30]:
        assert told(one.answer(question)) == told(other.answer(question)), question


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(since=date(2026, 3, 10), as_of=date(2026, 4, 2)), Filters(sources=("Northern Wire",))],
)
def test_full_text_has_the_same_order(sample_library: Library, served: Library, filters: Filters) -> None:
    one, other = sample_library._database, served._database
    for words in filter(None, map(query_words, [*QUESTIONS, "snow_storm the", "—", "ferry_quay Ferry ferries"])):
        if not any("_" in word for word in words):
            assert one.full_text(words, 50, filters) == other.full_text(words, 50, filters), words
    for word in ("ferry", "Ferries", "lower_quay", "lady_corrine", "corrine_lady", "storm's", "—", "", "nowhere"):
        assert one.holding(word) == other.holding(word), word


def test_only_what_can_be_among_the_best_is_scored_and_nothing_is_missed(
    sample_library: Library, served: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.rarest._FIRST", 0)
    for words in map(query_words, QUESTIONS):
        assert sample_library._database.full_text(words, 3, Filters()) == served._database.full_text(
            words, 3, Filters()
        )


def test_the_lists_and_counts_are_the_same(sample_library: Library, served: Library) -> None:
    assert served.articles() == sample_library.articles() and served.sources() == sample_library.sources()
    assert served.counts() == sample_library.counts() and served.span == sample_library.span
    for article in sample_library.articles():
        assert served.article(article.id) == sample_library.article(article.id)
        assert served.notices(article) == sample_library.notices(article)
    assert served.check().clean


def test_a_sync_a_change_and_a_removal(shared: dict[str, Any], two_articles: Path) -> None:
    with Library.open(**shared) as library, Library.open(**shared) as reader:
        assert library.sync([two_articles]).added == 2
        everything = found(reader)
        assert any("bridge" in text for text in everything) and library.check().clean
        (two_articles / "bridge.txt").write_text(BRIDGE.replace("until May", "until June"))
        report = library.sync([two_articles])
        assert (report.updated, report.embedded) == (1, 1)
        assert any("until June" in text for text in found(reader)), "whoever reads sees it at once"
        (bridge,) = [a for a in library.articles() if "Bridge" in a.title]
        before = library.article(bridge.id, 1)
        assert bridge.version == 2 and before and "until May" in before.text
        (two_articles / "bridge.txt").unlink()
        assert library.sync([two_articles]).removed == 1 and library.check().clean
        assert set(found(reader)) == {text for text in everything if "Traffic" not in text and "old bridge" not in text}
        with pytest.raises(PilcrowError, match="pg_dump"):
            library.backup(two_articles / "backup.zip")
    with pytest.raises(PilcrowError, match="pilcrow index"):
        Library.open(shared["path"], database=shared["database"].replace("test_", "none_"), create=False)


def test_one_writes_at_a_time_and_readers_never_wait(shared: dict[str, Any], two_articles: Path) -> None:
    with Library.open(**shared) as library:
        library.sync([two_articles])
        code = "import sys; from index.store.postgres_truth import Postgres; library = Postgres(sys.argv[1]);\n"
        code += "with library.writing(0): print('held', flush=True); sys.stdin.read()"
        holder = subprocess.Popen(
            [sys.executable, "-c", code, shared["database"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout and holder.stdout.readline() == "held\n"
        for write in (lambda: library.sync([two_articles]), lambda: library.remove([])):
            with pytest.raises(PilcrowError, match="Another process is writing"):
                write()
        assert found(library)
        holder.kill()
        holder.communicate()
        assert library.check().clean, "the lock goes with its holder"


def test_without_chroma_answers_stay_right_and_it_is_mended_when_it_is_back(
    shared: dict[str, Any],
    two_articles: Path,
    chroma: servers.Chroma,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.store.nearest._PAUSE", 0.1)
    with Library.open(**shared) as library:
        library.sync([two_articles])
        expected = found(library)
        chroma.server.kill()
        try:
            assert found(library) == expected and "does not answer" in caplog.text
            (two_articles / "new.txt").write_text(
                "Zebra on the loose\n\nA zebra walked over the old bridge.\n\nIt left."
            )
            with pytest.raises(Unavailable, match="the articles are safe"):
                library.sync([two_articles])
            with_zebra = found(library)
            assert len(with_zebra) == len(expected) + 2
        finally:
            chroma.server.start()
        time.sleep(0.2)
        caplog.clear()
        with caplog.at_level(logging.WARNING, "pilcrow"):
            assert found(library) == with_zebra and caplog.text == "", "the server is asked again"
        assert library.check().clean


def test_a_collection_that_was_lost_is_made_again(
    shared: dict[str, Any], two_articles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import chromadb

    with Library.open(**shared) as library:
        library.sync([two_articles])
        expected, name = found(library), library._database.get("vectors_folder")
    host, port = shared["chroma"].removeprefix("http://").split(":")
    client = chromadb.HttpClient(host, int(port))
    client.delete_collection(name)
    with Library.open(**shared) as library:
        assert found(library) == expected and "rebuilt from the stored embeddings" in caplog.text
        assert library.check().clean


def test_without_postgresql_one_is_told_and_it_goes_on_when_it_is_back(
    shared: dict[str, Any], two_articles: Path, postgres: servers.Postgres
) -> None:
    with Library.open(**shared) as library:
        library.sync([two_articles])
        history, expected = History.of(library), found(library)
        kept = history.begin("ann", "The bridge")
        postgres.server.kill()
        try:
            for ask in (
                lambda: found(library),
                lambda: library.sync([two_articles]),
                lambda: history.conversations("ann"),
            ):
                with pytest.raises(Unavailable, match="cannot be reached") as caught:
                    ask()
                assert servers.PASSWORD not in str(caught.value)
            with pytest.raises(Unavailable):
                Library.open(**shared)
        finally:
            postgres.server.start()
        assert found(library) == expected and [c.id for c in history.conversations("ann")] == [kept]
        (two_articles / "bridge.txt").unlink()
        assert library.sync([two_articles]).removed == 1 and library.check().clean


def test_a_sync_that_loses_postgresql_in_the_middle_ends_in_a_sentence_and_is_done_again(
    shared: dict[str, Any], folder: Path, postgres: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.store.database import Database

    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Article {number}\n\nIt tells of the {number}th quay.\n\nIt is short.")
    save, saved = Database.save, []

    def killing(*given: Any) -> bool:
        saved.append(given)
        if len(saved) == 10:
            postgres.server.kill()
        return save(*given)

    with Library.open(**shared) as library:
        with monkeypatch.context() as patched:
            patched.setattr(Database, "save", killing)
            with pytest.raises(Unavailable):
                library.sync([folder])
        postgres.server.start()
        report = library.sync([folder])
        assert report.added + report.unchanged == 30 and library.counts()["articles"] == 30 and library.check().clean


class Other(HashEncoder):
    """Another encoder, whose vectors are shorter."""

    name = fingerprint = "other"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        matrix = super().encode([text[::-1] for text in texts])[:, :64]
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.mark.parametrize("place", ["folder", "servers"])
def test_another_encoder_is_switched_to_in_one_step(
    shared: dict[str, Any], two_articles: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    where = shared if place == "servers" else shared | {"database": "", "chroma": ""}
    with Library.open(**where) as before:
        before.sync([two_articles])
        name, expected = before._database.get("vectors_folder"), before.counts()
        with monkeypatch.context() as patched:
            patched.setattr("index.reembed._AT_ONCE", 3)
            patched.setattr("index.reembed.build_second", lambda *_: before.articles("broken off"))  # type: ignore[arg-type]
            with pytest.raises(AttributeError):
                Library.reembed(**where | {"encoder": Other()})
        assert found(before) and before.check().clean, "until it is done all is as it was"
        assert Library.reembed(**where | {"encoder": Other()}) == expected["embeddings"]
        with pytest.raises(PilcrowError, match="PILCROW_ENCODER=other"):
            found(before)
    with pytest.raises(PilcrowError, match="pilcrow reembed"):
        Library.open(**where)
    with Library.open(**where | {"encoder": Other()}) as after:
        assert after._database.get("vectors_folder") != name and after.counts() == expected
        first = after.search("Traffic is led over Mill Road until May.", 1)[0]
        assert first.similarity > 0.999 and after.check() == CheckReport() and after.sync([two_articles]).unchanged == 2


def test_a_wrong_password_is_said_without_it(postgres: servers.Postgres, tmp_path: Path) -> None:
    address = postgres.new().replace(servers.PASSWORD, "another-secret")
    with pytest.raises(PilcrowError, match="password authentication failed") as caught:
        Library.open(tmp_path, database=address)
    assert "another-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE", "mysql://ann:s3cret@host/x"),
        ("DATABASE", "postgresql://ann:s3cret@host:port/x"),
        ("CHROMA", "http://ann:s3cret@host:8000"),
        ("CHROMA", "s3cret"),
        ("CHROMA_TOKEN", "s3cret\nX-Other: 1"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_without_showing_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PILCROW_{name}", value)
    settings.cache_clear()
    try:
        with pytest.raises(PilcrowError, match=f"PILCROW_{name} has a value that does not fit") as caught:
            settings()
        assert "s3cret" not in str(caught.value)
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_libraries_side_by_side_on_the_same_servers_know_nothing_of_one_another(
    tmp_path: Path, two_articles: Path, postgres: servers.Postgres, chroma: servers.Chroma
) -> None:
    database, names = postgres.new_database(), ("town", "wire")
    with psycopg.connect(database, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE SCHEMA {name}")
    for name in names:
        (tmp_path / name).mkdir()
        told = f'database = "{database}?options=-csearch_path%3D{name}"\nchroma = "{chroma.url}"\n'
        (tmp_path / name / "servers.toml").write_text(told)
    with Library.open(tmp_path / "town", encoder=HashEncoder()) as town:
        assert town.sync([two_articles]).added == 2
        with Library.open(tmp_path / "wire", encoder=HashEncoder()) as wire:
            assert wire.counts()["articles"] == 0 and found(wire) == []
            assert town.counts()["articles"] == 2 and any("old bridge closed" in text for text in found(town))
    assert Library.exists(tmp_path / "town") and not (tmp_path / "town" / "library.db").exists()


@pytest.mark.parametrize("told", ["database = 3\nchrome = 'x'", "database", "\xff"])
def test_a_file_of_servers_that_cannot_be_made_out_is_named(tmp_path: Path, told: str) -> None:
    (tmp_path / "servers.toml").write_text(told, "latin-1")
    with pytest.raises(PilcrowError, match=r"servers\.toml cannot be made out"):
        Library.open(tmp_path)


def test_a_move_there_and_back_brings_everything(
    sample_library: Library, served: Library, postgres: servers.Postgres, tmp_path: Path
) -> None:
    address = postgres.new()
    history = History.of(served)
    kept = history.begin("ann", "The ferry", Answerer(served).answer(QUESTIONS[0]))
    history.judge("ann", kept, history.turns("ann", kept)[0], "helpful")
    move(address_of(served), tmp_path / "back", [BESIDE])
    move(tmp_path / "back", address, [BESIDE])
    with (
        Library.open(tmp_path / "back", database="", chroma="") as back,
        Library.open(tmp_path, database=address) as there,
    ):
        for library in (back, there):
            assert library.identity == sample_library.identity and library.check().clean
            assert library.articles() == sample_library.articles()
            assert History.of(library).judged() == history.judged() != ()
        assert told(Answerer(back).answer(QUESTIONS[1])) == told(Answerer(sample_library).answer(QUESTIONS[1]))
        assert back.sync([sample.ARTICLES]).unchanged == 37, "files are known where they were"
    with pytest.raises(PilcrowError, match="already"):
        move(address, tmp_path / "back", [BESIDE])


def test_a_move_that_was_killed_goes_on(sample_library: Library, postgres: servers.Postgres, tmp_path: Path) -> None:
    address = postgres.new()
    killed = (
        "import os, signal, sys; from index.store import move; insert, done = move._insert, []; move._AT_ONCE = 50\n"
        "def broken(new, table, *more):\n"
        "    insert(new, table, *more)\n"
        "    done.append(table.name)\n"
        "    done.count('paragraphs') == 4 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "move._insert = broken\n"
        "move.move(sys.argv[1], sys.argv[2])"
    )
    done = subprocess.run([sys.executable, "-c", killed, sample_library.folder, address], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    with pytest.raises(PilcrowError, match="pilcrow move"):
        Library.open(tmp_path, database=address)
    copied: list[str] = []
    move(sample_library.folder, address, [BESIDE], lambda stage, *_: copied.append(stage))
    assert "Copying articles" not in copied and "Copying paragraphs" in copied, "what was there already stays"
    with Library.open(tmp_path, database=address, chroma="") as library:
        assert library.articles() == sample_library.articles() and library.check().clean


def address_of(library: Library) -> str:
    return str(library._database._address)  # type: ignore[attr-defined]
