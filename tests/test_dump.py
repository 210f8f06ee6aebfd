"""A library on PostgreSQL is backed up with pg_dump and brought back with pg_restore, as docs/server.md says."""

from __future__ import annotations

import subprocess
from pathlib import Path

from index import Library
from tests import servers
from tests.conftest import HashEncoder

pytestmark = servers.MARKS


def run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [servers.FOUND[-1].with_name(program), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def found(library: Library) -> list[tuple[str, str]]:
    return [(p.paragraph.id, p.paragraph.text) for p in library.search("Why was the old bridge closed?", 20)]


def test_what_was_dumped_answers_as_it_did(
    postgres: servers.Postgres, chroma: servers.Chroma, two_articles: Path, tmp_path: Path
) -> None:
    address, dump = postgres.new_database(), str(tmp_path / "monday.dump")
    with Library.open(tmp_path / "one", database=address, chroma=chroma.url, encoder=HashEncoder()) as library:
        library.sync([two_articles])
        articles, expected = library.articles(), found(library)
        run("pg_dump", "-Fc", "-d", address, "-f", dump)
        (two_articles / "later.txt").write_text("Zebra\n\nA zebra walked over the old bridge.\n\nIt was closed.\n")
        library.sync([two_articles])
        assert len(found(library)) > len(expected)
    elsewhere = postgres.new_database()
    run("pg_restore", "--no-owner", "--exit-on-error", "-d", elsewhere, dump)
    run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "-d", address, dump)
    with (
        Library.open(tmp_path / "two", database=elsewhere, chroma="", encoder=HashEncoder()) as copied,
        Library.open(tmp_path / "one", database=address, chroma=chroma.url, encoder=HashEncoder()) as back,
    ):
        for library in (copied, back):
            library.check()  # makes the vectors again, where they are of another state
            assert library.check().clean
            assert library.articles() == articles and found(library) == expected
