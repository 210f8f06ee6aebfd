"""One truth, one index: Chroma may be lost, damaged or overtaken; the articles never are."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index import Filters, Library, PilcrowError
from tests.conftest import HashEncoder

QUESTION = "Why was the old bridge closed?"


def texts(library: Library, **filters: object) -> list[str]:
    return [p.paragraph.text for p in library.search(QUESTION, 10, Filters(**filters))]  # type: ignore[arg-type]


@pytest.fixture
def made(tmp_path: Path, two_articles: Path) -> Path:
    """A library in a closed folder."""
    path = tmp_path / "made"
    with Library.open(path) as library:
        library.sync([two_articles])
        assert library.check().clean
    return path


@pytest.fixture
def expected(made: Path) -> list[str]:
    with Library.open(made) as library:
        return texts(library)


def test_a_deleted_chroma_folder_is_made_again(
    made: Path, expected: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(made / "chroma")
    with Library.open(made) as library:
        assert texts(library) == expected
        assert "rebuilt from the stored embeddings" in caplog.text
        assert library.check().clean


def test_nothing_is_embedded_again_for_it(made: Path, two_articles: Path) -> None:
    shutil.rmtree(made / "chroma")
    with Library.open(made) as library:
        assert library.sync([two_articles]).embedded == 0
        assert library.check().clean


@pytest.mark.parametrize("name", ["chroma.sqlite3", "data_level0.bin", "header.bin", "length.bin"])
@pytest.mark.parametrize("share", [0, 0.5])
def test_a_truncated_file_is_noticed_before_it_does_harm(
    made: Path, expected: list[str], name: str, share: float, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = (made / "chroma").rglob(name)
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    with Library.open(made) as library:
        assert texts(library) == expected
        assert "rebuilt" in caplog.text
        assert library.check().clean


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A closed library with 2,500 paragraphs, so that Chroma has written its graph to disk."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(250):
        lines = [f"Paragraph {line} of article {number} is about nothing in particular." for line in range(10)]
        (folder / f"{number}.txt").write_text("\n\n".join(lines))
    with Library.open(tmp_path / "large", encoder=HashEncoder()) as library:
        assert library.sync([folder]).embedded == 2500
    return tmp_path / "large"


def test_a_damaged_file_of_the_right_size_is_found_by_check(large: Path) -> None:
    (path,) = (large / "chroma").rglob("data_level0.bin")
    data = bytearray(path.read_bytes())
    data[20_000:21_000] = bytes(1000)
    path.write_bytes(data)
    with Library.open(large, encoder=HashEncoder()) as library:
        assert "rebuilt" in library.check().mended[0]
        assert library.check().clean


@pytest.mark.parametrize("name", ["link_lists.bin", "index_metadata.pickle", "header.bin", "data_level0.bin"])
def test_a_cut_graph_is_noticed_before_chroma_opens_it(large: Path, name: str) -> None:
    """Opened, half a link_lists.bin or header.bin would end the process with a segmentation fault."""
    (path,) = (large / "chroma").rglob(name)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with Library.open(large, encoder=HashEncoder()) as library:
        wanted = library.search("Paragraph 3 of article 77 is about nothing in particular.", 1)[0]
        assert wanted.similarity > 0.999 and library.check().clean


def test_a_second_writer_is_told_to_wait(made: Path, two_articles: Path) -> None:
    code = (
        "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire();"
        "print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(made / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with Library.open(made) as library:
            for write in (lambda: library.sync([two_articles]), lambda: library.remove([]), library.check):
                with pytest.raises(PilcrowError, match="Another process is writing"):
                    write()
            assert texts(library), "readers never wait"
    finally:
        holder.communicate("")
    with Library.open(made) as library:
        assert library.check().clean


def test_a_reader_sees_what_another_library_object_wrote(made: Path, two_articles: Path) -> None:
    with Library.open(made) as reader, Library.open(made) as writer:
        assert texts(reader)
        before = reader.generation
        (two_articles / "new.txt").write_text(
            "Zebra on the loose\n\nA zebra walked over the old bridge on Sunday.\n\nIt left."
        )
        writer.sync([two_articles])
        assert reader.generation > before
        assert any("zebra" in t for t in texts(reader))


def test_another_encoder_is_refused_in_a_sentence(made: Path) -> None:
    from index.encoder import SentenceEncoder

    with pytest.raises(PilcrowError, match="was made with the encoder all-MiniLM-L6-v2"):
        Library.open(made, encoder=SentenceEncoder("another"))


def test_other_weights_under_the_same_name_are_refused(made: Path) -> None:
    connection = sqlite3.connect(made / "library.db")
    connection.execute("UPDATE meta SET value = 'other' WHERE key = 'encoder_fingerprint'")
    connection.commit()
    connection.close()
    with Library.open(made) as library, pytest.raises(PilcrowError, match="weights"):
        library.search("x")


def test_another_format_and_a_broken_file_are_refused_in_a_sentence(made: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(made / "library.db")
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(PilcrowError, match="a later version"):
        Library.open(made)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "library.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(PilcrowError, match="not a readable library"):
        Library.open(tmp_path / "broken")


def test_a_missing_library_is_said_when_it_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(PilcrowError, match="make one with: pilcrow index"):
        Library.open(tmp_path / "none", create=False)


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "library.db")
    connection.execute("CREATE TABLE books (title TEXT)")
    connection.commit()
    connection.close()
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(PilcrowError, match="another program"):
        Library.open(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before


def test_two_objects_of_one_process_share_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Article {number} tells of this.\n\nIt is short, they said.")
    path = tmp_path / "library"
    with Library.open(path, encoder=HashEncoder()) as one, Library.open(path, encoder=HashEncoder()) as two:
        one.sync([folder])
        assert len(two.search("Article 3 tells of this.", 5)) == 5
        for number in range(2, 20):
            (folder / f"{number}.txt").unlink()
        assert one.sync([folder]).removed == 18
        assert {Path(p.article.path).name for p in two.search("Article 3 tells of this.", 50)} == {"0.txt", "1.txt"}
        shutil.rmtree(path / "chroma")
        assert one.check().mended and two.check().clean


def test_random_bytes_for_chromas_file_are_mended_in_one_go(made: Path, expected: list[str]) -> None:
    (path,) = (made / "chroma").rglob("chroma.sqlite3")
    path.write_bytes(os.urandom(path.stat().st_size))
    with Library.open(made) as library:
        assert library.check().mended and texts(library) == expected and library.check().clean


def test_a_library_without_citable_text_finds_nothing(tmp_path: Path, folder: Path) -> None:
    (folder / "x.md").write_text("Storm floods quay")
    with Library.open(tmp_path / "library") as library:
        library.sync([folder])
        (folder / "x.md").write_text("# Storm floods quay")
        library.sync([folder])
        assert library.search("storm") == () and library.check().clean


def test_short_lived_threads_leave_no_open_files(made: Path) -> None:
    with Library.open(made) as library:
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(60):
            thread = threading.Thread(target=library.articles)
            thread.start()
            thread.join()
        gc.collect()
        assert len(list(Path("/proc/self/fd").iterdir())) < before + 20


def test_a_closed_library_says_so(made: Path) -> None:
    library = Library.open(made)
    library.close()
    library.close()
    with pytest.raises(PilcrowError, match="has been closed"):
        library.articles()


def test_thousands_of_equal_paragraphs_share_a_vector_and_the_index_holds(tmp_path: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(
        "A headline\n\n" + "More on page six.\n\n" * 3000 + "The quay was sold to Ardell on Monday.\n"
    )
    (folder / "b.txt").write_text("Another headline\n\nMore on page six.\n\nThe bridge was painted green.\n")
    with Library.open(tmp_path / "library") as library:
        library.sync([folder])
        built = (tmp_path / "library" / "chroma").glob("*")
        before = sorted(p.name for p in built)
        first = library.search("Who bought the quay?", 5)
        found = library.search("What is on page six?", 20)
        assert "Ardell" in first[0].paragraph.text
        (equal,) = (p for p in found if p.paragraph.text == "More on page six.")
        assert [a.title for a in equal.also] == ["Another headline"], "equal paragraphs are one passage"
        assert sorted(p.name for p in (tmp_path / "library" / "chroma").glob("*")) == before, "nothing was rebuilt"
        assert library.check().clean
