"""From the web into a library: the command and the function fetch, keep, and count what came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Library, PilcrowError
from index.web.gather import Reach, gather, is_address
from tests.conftest import BRIDGE, HashEncoder
from tests.misbehaving import Server, misbehaving, ok, status
from tests.test_cli import pilcrow

HERE = Reach(allow_private=("127.0.0.1",))


def page(words: str) -> bytes:
    return ok(
        f"<html><head><title>{words} closed</title></head><body><article><h1>{words} closed</h1>"
        f"<p>The {words} closed on Friday because a pillar had cracked, the county said in a statement.</p>"
        "<p>Traffic is led over Mill Road until May, and nobody was hurt, a spokesman said.</p></article></body></html>"
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving() as running:
        running.answers = {"/robots.txt": status(404), "/bridge": page("Bridge"), "/tunnel": page("Tunnel")}
        yield running


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as opened:
        yield opened


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("https://example.org/a") and is_address("HTTP://example.org")
    assert not is_address("https.txt") and not is_address("ftp://example.org") and not is_address(Path("http://x"))


def test_a_page_becomes_an_article_with_its_address_and_changes_with_its_page(kept: Library, server: Server) -> None:
    url = server.url("/bridge")
    first = kept.sync(url, reach=HERE)
    assert (first.added, first.failed) == (
        1,
        0,
    ) and "From the web: 1 new, 0 changed, 0 unchanged, 0 gone." in first.notes
    (article,) = kept.articles()
    assert (article.title, article.url) == ("Bridge closed", url) and article.published is None
    again = kept.sync([url], reach=HERE)
    assert again.unchanged == 1 and "0 new, 0 changed, 1 unchanged" in again.notes[-1]
    server.answers["/bridge"] = page("Old bridge")
    assert kept.sync([url], reach=HERE).updated == 1
    server.answers["/bridge"] = status(404)
    gone = kept.sync([url], reach=HERE)
    assert (gone.removed, gone.unchanged) == (0, 1) and "1 gone" in gone.notes[-1]
    assert kept.check().clean


def test_folders_and_addresses_go_together_and_a_failure_stops_nothing(
    kept: Library, server: Server, two_articles: Path
) -> None:
    report = kept.sync([two_articles, server.url("/bridge"), server.url("/missing")], reach=HERE)
    assert report.added == 3 and [failure.path for failure in report.failures] == [server.url("/missing")]


def test_where_nothing_could_be_fetched_that_alone_is_said(kept: Library, server: Server) -> None:
    report = kept.sync(server.url("/missing"), reach=HERE)
    assert len(report.failures) == 1 and "HTTP 404" in report.failures[0].why


def test_a_host_of_this_network_is_asked_only_where_it_is_named(tmp_path: Path, server: Server) -> None:
    report = gather(tmp_path / "web", [server.url("/bridge")], Reach())
    assert "not on the public internet" in report.failures[0].why and server.asked == []
    feed = f'<rss version="2.0"><channel><item><link>{server.url("/bridge", host="localhost")}</link></item></channel></rss>'
    server.answers["/feed"] = ok(feed, "application/rss+xml")
    report = gather(tmp_path / "web", [server.url("/feed")], HERE)
    assert report.new == 0 and "is not one of the sites that may be asked" in report.failures[0].why


def test_the_pages_of_a_feed_are_taken_up_to_the_number_asked_for(kept: Library, server: Server) -> None:
    items = "".join(f"<item><link>{server.url(path)}</link></item>" for path in ("/bridge", "/tunnel"))
    server.answers["/feed"] = ok(f'<rss version="2.0"><channel>{items}</channel></rss>', "application/rss+xml")
    report = kept.sync(server.url("/feed"), reach=Reach(1, ("127.0.0.1",)))
    assert report.added == 1 and any("1 more pages" in note for note in report.notes)


def test_a_dry_run_asks_nothing_of_the_web(kept: Library, server: Server) -> None:
    report = kept.sync(server.url("/bridge"), dry=True, reach=HERE)
    assert report.added == 0 and "dry run fetches nothing" in report.notes[0] and server.asked == []


def test_two_cannot_fetch_into_one_library_at_once(kept: Library, server: Server) -> None:
    from filelock import FileLock

    kept.sync(server.url("/bridge"), reach=HERE)
    with FileLock(kept.pages / ".lock"), pytest.raises(PilcrowError, match="is fetching pages"):
        kept.fetch(server.url("/bridge"), reach=HERE)


def test_the_command_fetches_reports_and_lists(server: Server, tmp_path: Path) -> None:
    library, url = str(tmp_path / "library"), server.url("/bridge")
    refused = pilcrow("index", url, "-l", library)
    assert refused.returncode == 1 and "not on the public internet" in refused.stderr
    dry = pilcrow("index", url, "--dry-run", "--allow-private", "127.0.0.1", "-l", str(tmp_path / "none"))
    assert "Nothing was changed" in dry.stdout and "fetches nothing" in dry.stderr and not (tmp_path / "none").exists()
    done = pilcrow("index", url, "--allow-private", "127.0.0.1", "-l", library)
    assert done.returncode == 0 and "1 added" in done.stdout and "1 new" in done.stderr, done
    listed = pilcrow("articles", "--json", "-l", library)
    assert f'"url": "{url}"' in listed.stdout and '"published_sure": "unknown"' in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ftp://example.org/a",), "must begin with https:// or http://"),
        (("https://example.org/", "--allow-private", "http://intranet/"), "is no host"),
        (("https://example.org/", "--most-pages", "0"), "--most-pages"),
        (("articles", "--mapping", "text"), "text=corpo"),
        (("articles", "--mapping", "body=corpo"), "is not a part of an article"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_done(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = pilcrow("index", *arguments, "-l", str(tmp_path / "library"))
    assert done.returncode == 2 and sentence in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "library").exists()


def test_a_mapping_says_which_column_is_what_and_a_file_beside_the_export_goes_before_it(
    kept: Library, folder: Path
) -> None:
    from index.formats import Mapping

    words = BRIDGE.replace("\n", " ")
    (folder / "export.csv").write_text(f'corpo,titolo,occhiello\n"{words}",Storm in Genoa,Weather\n')
    assert "text=corpo" in kept.sync(folder).failures[0].why
    mapping = Mapping.parse("text=corpo,title=titolo")
    assert kept.sync(folder, mapping=mapping).added == 1
    assert kept.sync(folder, mapping=mapping).unchanged == 1
    assert [article.title for article in kept.articles()] == ["Storm in Genoa"]
    (folder / "export.csv.mapping.json").write_text('{"text": "corpo", "title": "occhiello"}')
    kept.sync(folder, mapping=mapping)
    assert [article.title for article in kept.articles()] == ["Weather"]
