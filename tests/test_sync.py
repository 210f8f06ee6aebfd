"""Sync: incremental by content, nothing lost or doubled, and one clear sentence for each bad input."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import Library, PilcrowError
from index.encoder import shared_encoder
from tests.conftest import BRIDGE, STORM


class CountingEncoder:
    """The real encoder, counting the texts that are embedded."""

    def __init__(self) -> None:
        self._real = shared_encoder("all-MiniLM-L6-v2")
        self.name = self._real.name
        self.fingerprint = self._real.fingerprint
        self.windows = self._real.windows
        self.count = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.count += len(texts)
        return self._real.encode(texts)


def test_a_second_sync_does_nothing(either: Library, two_articles: Path) -> None:
    first = either.sync([two_articles])
    second = either.sync([two_articles])
    assert (first.added, first.failed) == (2, 0)
    assert (second.added, second.updated, second.removed, second.unchanged, second.embedded) == (
        0,
        0,
        0,
        2,
        0,
    )


def test_a_transaction_inside_another_is_part_of_it(either: Library) -> None:
    store = either._database
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.set(outer="kept?")
        store.set(inner="kept?")
        assert store.get("inner") == "kept?", "what one writes one reads"
        raise ZeroDivisionError
    assert (store.get("outer"), store.get("inner")) == ("", "")
    with store.transaction():
        store.set(outer="yes")
        store.set(inner="yes")
    assert (store.get("outer"), store.get("inner")) == ("yes", "yes")
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError
    store.set(outer="again")
    assert store.get("outer") == "again", "and the next one ends by itself"


def test_only_changed_paragraphs_are_embedded_again(tmp_path: Path, two_articles: Path) -> None:
    encoder = CountingEncoder()
    with Library.open(tmp_path / "counted", encoder=encoder) as library:
        library.sync([two_articles])
        before = encoder.count
        (two_articles / "storm.txt").write_text(STORM.replace("2 million", "3 million"))
        report = library.sync([two_articles])
        assert (report.updated, report.unchanged, report.embedded) == (1, 1, 1)
        assert encoder.count == before + 1
        texts = [p.paragraph.text for p in library.search("What will repairs cost?", 20)]
        assert any("3 million" in t for t in texts) and not any("2 million" in t for t in texts)
        article = next(a for a in library.articles() if a.path.endswith("storm.txt"))
        assert article.version == 2
        assert library.check().clean


def test_an_article_that_is_gone_is_gone_everywhere(either: Library, two_articles: Path) -> None:
    either.sync([two_articles])
    (two_articles / "bridge.txt").unlink()
    assert either.sync([two_articles]).removed == 1
    assert [a.title for a in either.articles()] == ["Storm floods quay"]
    assert not any("bridge" in p.paragraph.text for p in either.search("old bridge pillar cracked", 20))
    assert either.check().clean


def test_other_folders_articles_stay(either: Library, two_articles: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text(BRIDGE)
    either.sync([two_articles])
    report = either.sync([other])
    assert (report.added, report.removed) == (1, 0)
    assert len(either.articles()) == 3


def test_equal_texts_are_two_articles_that_share_their_embeddings(either: Library, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(BRIDGE)
    report = either.sync([folder])
    assert (report.added, report.embedded) == (2, 2)
    (folder / "a.txt").unlink()
    either.sync([folder])
    assert len(either.search("bridge", 10)) == 2 and either.check().clean


def test_remove_takes_an_article_out_and_a_sync_brings_it_back(either: Library, two_articles: Path) -> None:
    either.sync([two_articles])
    (identity,) = [a.id for a in either.articles() if "Bridge" in a.title]
    assert either.remove([identity, "no such id"]) == 1
    assert either.article(identity) is None and either.check().clean
    assert either.sync([two_articles]).added == 1


def test_ids_stay_when_another_paragraph_changes(either: Library, two_articles: Path) -> None:
    either.sync([two_articles])
    before = {p.paragraph.text: p.paragraph.id for p in either.search("storm", 20)}
    (two_articles / "storm.txt").write_text(STORM.replace("40 people", "50 people"))
    either.sync([two_articles])
    after = {p.paragraph.text: p.paragraph.id for p in either.search("storm", 20)}
    assert all(after[text] == before[text] for text in before.keys() & after.keys())
    assert len(before.keys() & after.keys()) == len(before) - 1


def test_a_long_paragraph_is_found_by_its_end(library: Library, folder: Path) -> None:
    filler = "The council talked about the budget of the coming year and put it off again. " * 40
    (folder / "long.txt").write_text(
        f"Council meets\n\n{filler}A zebra escaped from the circus on Sunday.\n\nIt rained later."
    )
    library.sync([folder])
    found = library.search("zebra escaped from the circus", 1)[0]
    assert found.paragraph.text.endswith("Sunday.") and found.dense_rank == 1
    assert found.similarity > 0.3, "its beginning alone has a similarity of about 0"


# Bad input: a sentence each, and the rest goes on.


def failing(library: Library, folder: Path) -> str:
    (folder / "good.txt").write_text(BRIDGE)
    report = library.sync([folder])
    assert report.added >= 1 and report.failed == 1 and not report.ok
    sentence = str(report.failures[0])
    assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence
    return sentence


def test_a_paragraph_that_moves_to_another_article_keeps_its_embedding(either: Library, folder: Path) -> None:
    moving = "The crane fell on Monday, the port said."
    (folder / "a.txt").write_text(f"Here is a first headline\n\nIt rained all day long.\n\n{moving}\n\nNobody came.")
    (folder / "b.txt").write_text("Here is a second headline\n\nIt snowed all day long.\n\nNobody left.")
    either.sync([folder])
    (folder / "a.txt").write_text("Here is a first headline\n\nIt rained all day long.\n\nNobody came.")
    (folder / "b.txt").write_text(f"Here is a second headline\n\nIt snowed all day long.\n\n{moving}\n\nNobody left.")
    report = either.sync([folder])
    assert (report.updated, report.embedded) == (2, 0) and either.check().clean
    found = either.search("Which crane fell?", 1)[0]
    assert found.paragraph.text == moving and found.article.path.endswith("b.txt")


def test_a_single_path_may_be_given_as_text(library: Library, two_articles: Path) -> None:
    assert library.sync(str(two_articles)).added == 2


def test_a_folder_given_twice_or_inside_another_is_read_once(library: Library, tmp_path: Path) -> None:
    inner = tmp_path / "all" / "harbour-gazette"
    inner.mkdir(parents=True)
    (inner / "x.txt").write_text(BRIDGE)
    (tmp_path / "link").symlink_to(tmp_path / "all", target_is_directory=True)
    outer = tmp_path / "all"
    assert library.sync([inner, outer, outer, tmp_path / "link"]).added == 1
    assert library.articles()[0].source == "Harbour Gazette"
    for narrower in (inner, inner / "x.txt"):
        assert library.sync([narrower]).unchanged == 1


def test_an_emptied_folder_and_a_dangling_link_remove_nothing(library: Library, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "storm.txt").write_text(STORM)
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "mount").symlink_to(tmp_path / "disk", target_is_directory=True)
    assert library.sync([folder]).added == 2
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    report = library.sync([folder])
    assert (report.removed, report.failed) == (0, 1) and "leads nowhere" in str(report.failures[0])
    (folder / "mount").unlink()
    (folder / "bridge.txt").unlink()
    report = library.sync([folder])
    assert (report.removed, report.failed) == (0, 1) and "holds no article" in str(report.failures[0])


def test_articles_that_lost_their_file_elsewhere_are_counted(
    library: Library, two_articles: Path, tmp_path: Path
) -> None:
    library.sync([two_articles])
    moved = two_articles.rename(tmp_path / "moved")
    assert any("2 articles have lost their file" in note for note in library.sync([moved]).notes)


@pytest.mark.parametrize(
    "hostile",
    [
        '---\ntitle: "\\ud800"\n---\nText here.',
        '---\ntitle: "\\UFFFFFFFF"\n---\nText here.',
        "3 \u017fep 2020\n\nText here.\n\nMore text.",
        "06/12/2012\n\nOn \u017funday it rained.\n\nMore text.",
        "Paragraph number 513537 of the hostile article ends here.\n\n"
        "Paragraph number 1751881 of the hostile article ends here.",
        '---\ntitle: "\\e]0;owned\\a"\n---\nText here.',
    ],
)
def test_a_hostile_article_does_not_keep_the_others_out(library: Library, folder: Path, hostile: str) -> None:
    (folder / "a.md").write_text(hostile)
    (folder / "a.txt").write_text(hostile)
    (folder / "z.txt").write_text(BRIDGE)
    library.sync([folder])
    articles = library.articles()
    assert any(a.path.endswith("z.txt") for a in articles) and library.check().clean
    assert all(a.title.isprintable() for a in articles)


def test_an_empty_folder(library: Library, folder: Path) -> None:
    report = library.sync([folder])
    assert report.failed == 1 and "holds no article" in str(report.failures[0])


def test_a_folder_that_is_not_there_removes_nothing(library: Library, two_articles: Path, tmp_path: Path) -> None:
    library.sync([two_articles])
    two_articles.rename(tmp_path / "moved")
    report = library.sync([two_articles])
    assert report.failed == 1 and "does not exist" in str(report.failures[0])
    assert len(library.articles()) == 2


@pytest.mark.parametrize("content", [b"", b" \n\n\t\n"])
def test_an_empty_file(library: Library, folder: Path, content: bytes) -> None:
    (folder / "empty.txt").write_bytes(content)
    assert "empty.txt was skipped: it is empty" in failing(library, folder)


def test_a_binary_file_called_txt(library: Library, folder: Path) -> None:
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(5000))
    assert "photo.txt was skipped: it holds binary data" in failing(library, folder)


def test_a_line_of_fifty_megabytes(library: Library, folder: Path) -> None:
    (folder / "huge.txt").write_bytes(b"word " * 10_000_000)
    assert "huge.txt was skipped: it is larger than an article may be (10 MB)" in failing(library, folder)


def test_a_file_that_may_not_be_read(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "secret.txt").write_text(STORM)
    (folder / "secret.txt").chmod(0)
    if os.geteuid() == 0:  # root reads everything: the refusal is put where the system would give it
        real = os.open

        def refuse(path: Path, *args: int) -> int:
            if str(path).endswith("secret.txt"):
                raise PermissionError(13, "Permission denied")
            return real(path, *args)

        monkeypatch.setattr(os, "open", refuse)
    assert "secret.txt was skipped: it may not be read" in failing(library, folder)


def test_what_cannot_be_read_now_stays_as_it_was(either: Library, two_articles: Path) -> None:
    either.sync([two_articles])
    (two_articles / "storm.txt").write_bytes(b"\x00\x01\x02" * 100)
    report = either.sync([two_articles])
    assert (report.failed, report.removed) == (1, 0)
    assert either.search("seawall held for an hour", 1)


def test_links_in_a_circle(library: Library, folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert "link back to a folder that holds it" in failing(library, folder)
    assert len(library.articles()) == 1


def test_a_link_to_itself(library: Library, folder: Path) -> None:
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert "self.txt was skipped: the system could not read it" in failing(library, folder)


def test_a_pipe_called_txt_is_not_waited_for(library: Library, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "pipe.txt was skipped" in failing(library, folder)


def test_a_file_that_vanishes_during_the_sync(
    library: Library, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.sync

    real = index.sync.digest_of

    def vanish(path: Path, *given: Any) -> str:
        if path.name == "storm.txt":
            path.unlink()
        return real(path, *given)

    monkeypatch.setattr(index.sync, "digest_of", vanish)
    report = library.sync([two_articles])
    assert report.added == 1 and "vanished" in str(report.failures[0])


@pytest.mark.parametrize(
    "name",
    ['it\'s "quoted".txt', "two\nlines.txt", "dots...txt", "Ünïcode 東京.txt", "-l.txt", "$(echo).txt"],
)
def test_odd_names(library: Library, folder: Path, name: str) -> None:
    (folder / name).write_text(BRIDGE)
    assert library.sync([folder]).ok
    assert Path(library.articles()[0].path).name == name
    assert library.sync([folder]).unchanged == 1


def test_a_path_with_dots_is_the_same_article(either: Library, two_articles: Path) -> None:
    either.sync([two_articles])
    assert either.sync([two_articles / ".." / two_articles.name]).unchanged == 2


def test_a_name_that_is_no_utf8(library: Library, folder: Path) -> None:
    with open(os.fsencode(folder) + b"/bad\xff.txt", "w") as file:
        file.write(STORM)
    assert "not valid UTF-8" in failing(library, folder)


def test_one_broken_file_does_not_hide_another(library: Library, folder: Path) -> None:
    for name, data in {"a.txt": b"", "b.txt": b"\x00", "c.txt": BRIDGE.encode(), "d.md": b"---\n"}.items():
        (folder / name).write_bytes(data)
    report = library.sync([folder, folder / "nowhere", folder / "c.pdf"])
    assert (report.added, report.failed) == (1, 5)


def test_no_path_is_a_mistake(library: Library) -> None:
    with pytest.raises(PilcrowError, match="say which articles"):
        library.sync([])
