"""From the web: whatever a server does, a page comes, or a sentence; and nothing private is ever asked."""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.extract import Stated, Unreadable
from index.web.address import page_of, same_site, web_address
from index.web.answers import Fetched, NoAnswer, NotModified, Refused
from index.web.facts import facts_file, facts_of, page_file, read_facts
from index.web.feed import feed_entries
from index.web.fetch import Fetcher
from index.web.guard import Guard, may_connect
from index.web.kind import ending_of
from index.web.listing import Listing, Page, list_pages
from index.web.mirror import Mirror
from index.web.robots import MOST_BYTES, parse_robots
from index.web.rules import Rules
from index.web.sitemap import sitemap_entries
from tests import misbehaving as rude
from tests.misbehaving import Server, leads_to, ok, status

STORM = "<!DOCTYPE html><html><head><title>Storm</title></head><body><p>The storm flooded the quay.</p></body></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with rude.misbehaving() as running:
        yield running


def here(server: Server, *hosts: str, **rules: object) -> Rules:
    """Rules for tests: this server only, and in haste."""
    named = hosts or ("127.0.0.1", "localhost")
    given_rules = {"seconds": 2.0, "pause": 0.0, "patience": 1.5} | rules
    return Rules(allow_private=True, hosts=tuple(f"{h}:{server.port}" for h in named), **given_rules)


def to_this_machine(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetch(server: Server, path: str = "/", **rules: object) -> Fetched | NotModified:
    return Fetcher(here(server, **rules)).fetch(server.url(path))


def why(server: Server, path: str = "/", **rules: object) -> str:
    with pytest.raises(Unreadable) as caught:
        fetch(server, path, **rules)
    return str(caught.value)


# Addresses


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTP://News.Example.:80/a/../b#part", "http://news.example/b"),
        (" https://bücher.example/ä ", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://[2606:4700::1]:8080", "http://[2606:4700::1]:8080/"),
        ("http://a.example/%ff%e4?q=\udcff".encode("utf-8", "ignore").decode(), "http://a.example/%ff%e4?q="),
    ],
)
def test_an_address_has_one_spelling(written: str, meant: str) -> None:
    assert web_address(written) == meant
    assert web_address(meant) == meant


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://a.example/",
        "//a.example/",
        "a.example",
        "",
        "http://",
        "http:///x",
        "http://user:secret@a.example/",
        "http://good.example\\@evil.example/",
        "http://a..b/",
        "http://a.example:0/",
        "http://a.example:99999/",
        "http://１２７.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://a b/",
        "http://a.example/\x00",
        "http://" + "a" * 64 + ".example/",
        "http://a.example/" + "a" * 70_000,
    ],
)
def test_what_is_no_web_address_is_refused_with_a_short_sentence(address: str) -> None:
    with pytest.raises(Unreadable) as caught:
        web_address(address)
    assert 20 < len(str(caught.value)) < 400 and "\x00" not in str(caught.value)
    assert "secret" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{0,40}", fullmatch=True), st.booleans())
def test_any_text_is_an_address_in_one_spelling_or_unreadable(text: str, relative: bool) -> None:
    try:
        address = web_address(text, "http://a.example/b/" if relative else "")
    except Unreadable:
        return
    assert address.isascii() and web_address(address) == address
    assert "\n" not in address and address.startswith(("http://", "https://"))


def test_tracking_fields_and_the_scheme_make_no_other_page() -> None:
    assert page_of("http://a.example/x?id=1&utm_source=rss") == page_of("https://a.example/x?id=1")
    assert page_of("http://a.example/x?id=1") != page_of("http://a.example/x?id=2")


def test_a_site_is_its_host_and_what_is_below_it() -> None:
    assert same_site("https://news.a.example/x", "https://www.a.example/")
    assert not same_site("https://nota.example/", "https://a.example/")
    assert not same_site("https://a.example:8080/", "https://a.example/")
    assert not same_site("https://example/", "https://a.example/")


# The guard


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "5f00::1",
        "nonsense",
    ],
)
def test_no_address_off_the_public_internet_is_connected_to(address: str) -> None:
    assert not may_connect(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_connected_to(address: str) -> None:
    assert may_connect(address)


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::ffff:127.0.0.1", "::"])
def test_what_no_newsroom_has_its_pages_on_is_never_connected_to(address: str) -> None:
    assert not may_connect(address, allow_private=True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.1", "0"],
)
def test_this_machine_is_not_asked_by_any_of_its_names(server: Server, host: str) -> None:
    server.answers["*"] = ok(STORM)
    with pytest.raises(Unreadable):
        Fetcher(Rules(seconds=2)).fetch(server.url(host=host))
    with pytest.raises(Unreadable):
        Fetcher(Rules(seconds=2, allow_private=True)).fetch(server.url(host=host))
    assert server.asked == []


@pytest.mark.parametrize("host", ["[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]", "[64:ff9b::7f00:1]"])
def test_this_machine_is_not_asked_by_ipv6(server: Server, host: str) -> None:
    with pytest.raises(Unreadable, match="not on the public internet"):
        Fetcher(Rules(seconds=2)).fetch(server.url(host=host))
    assert server.asked == []


class Recorded(httpcore.SyncBackend):
    """Connects to the loopback server and notes where it was sent."""

    def __init__(self) -> None:
        self.went_to: list[str] = []

    def connect_tcp(self, host: str, port: int, *more: object, **named: object) -> httpcore.NetworkStream:
        self.went_to.append(host)
        return super().connect_tcp("127.0.0.1", port, 2.0)


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(server: Server) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    backend = Recorded()
    guard = Guard(lambda host, port: next(answers), False, time.monotonic() + 2, backend)
    guard.connect_tcp("rebinding.test", server.port).close()
    assert backend.went_to == ["93.184.216.34"]
    with pytest.raises(Unreadable, match="not on the public internet"):
        guard.connect_tcp("rebinding.test", server.port)
    assert backend.went_to == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    backend = Recorded()
    guard = Guard(lambda host, port: ["93.184.216.34", "10.0.0.1"], False, time.monotonic() + 2, backend)
    with pytest.raises(Unreadable, match=r"10\.0\.0\.1"):
        guard.connect_tcp("mixed.test", 80)
    assert backend.went_to == []


def test_names_that_cannot_be_resolved_are_told_from_slow_ones() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError

    def slow(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["8.8.8.8"]

    with pytest.raises(NoAnswer, match="no host is known"):
        Fetcher(Rules(seconds=1), unknown).fetch("http://a.test/")
    with pytest.raises(NoAnswer, match="no address"):
        Fetcher(Rules(seconds=1), lambda host, port: []).fetch("http://a.test/")
    begun = time.monotonic()
    with pytest.raises(NoAnswer, match=r"within 0\.3 seconds"):
        Fetcher(Rules(seconds=0.3), slow).fetch("http://a.test/")
    assert time.monotonic() - begun < 1


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/"] = ok(STORM)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert isinstance(fetch(server), Fetched)


# Fetching


def test_a_page_comes_with_what_its_site_says_of_it(server: Server) -> None:
    server.answers["/a"] = ok(
        STORM, "Text/HTML; Charset=UTF-8", ETag='"v1"', Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT"
    )
    got = fetch(server, "/a#top")
    assert isinstance(got, Fetched)
    assert (got.data.decode(), got.type, got.charset) == (STORM, "text/html", "utf-8")
    assert (got.etag, got.modified) == ('"v1"', "Mon, 02 Mar 2026 08:00:00 GMT")
    asked = server.asked[0]
    assert asked.headers["user-agent"].startswith("Pilcrow/") and asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert (
        "cookie" not in asked.headers
        and "referer" not in asked.headers
        and "br" not in asked.headers["accept-encoding"]
    )


def test_packed_pages_are_unpacked(server: Server) -> None:
    import zlib

    server.answers["/gzip"] = rude.packed(STORM)
    server.answers["/zlib"] = ok(zlib.compress(STORM.encode()), Content_Encoding="deflate")
    server.answers["/bare"] = ok(zlib.compress(STORM.encode())[2:-4], Content_Encoding="Deflate")
    for path in ("/gzip", "/zlib", "/bare"):
        got = fetch(server, path)
        assert isinstance(got, Fetched) and got.data.decode() == STORM


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (ok(gzip.compress(STORM.encode())[:-20], Content_Encoding="gzip"), "breaks off"),
        (ok(b"never packed", Content_Encoding="gzip"), "damaged"),
        (ok(b"x", Content_Encoding="br"), "not asked for"),
        (ok(b"x", Content_Encoding="gzip, gzip"), "not asked for"),
        (ok(STORM, Content_Length="9999"), "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nhalf", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "broke off"),
        (b"\x00\x01\x02 not HTTP at all", "broke off"),
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Len", "broke off"),
        (ok(b"\x89PNG", "image/png"), "image/png"),
        (ok("a{}", "text/css"), "text/css"),
        (status(206, STORM), "206"),
        (status(204), "204"),
        (status(304), "304"),
        (status(401), "password"),
        (status(403), "does not let programs"),
        (status(404), "not there"),
        (status(410), "taken away"),
        (status(418), "did not send it"),
        (status(500), "try again later"),
        (status(503), "try again later"),
        (rude.header_bomb, "broke off"),
    ],
)
def test_a_broken_answer_is_a_sentence(server: Server, answer: rude.Answer, reason: str) -> None:
    server.answers["/"] = answer
    said = why(server)
    assert reason in said and "Traceback" not in said and len(said) < 300


@pytest.mark.parametrize("answer", [rude.drip, rude.drip_headers, rude.silent, rude.endless_early_hints])
def test_the_time_limit_is_for_the_whole_page(server: Server, answer: rude.Answer) -> None:
    server.answers["/"] = answer
    begun = time.monotonic()
    assert "within 0.5 seconds" in why(server, seconds=0.5)
    assert time.monotonic() - begun < 1.5


def test_the_time_limit_holds_over_all_redirects_together(server: Server) -> None:
    def slowly(asked: rude.Asked) -> bytes:
        time.sleep(0.25)
        return leads_to(asked.path + "x")

    server.answers["*"] = slowly
    assert "within 0.6 seconds" in why(server, seconds=0.6)


def test_a_page_without_end_and_a_bomb_are_cut_off_without_filling_the_memory(server: Server) -> None:
    small = rude.bomb(100)
    assert len(small) < 200_000
    server.answers |= {
        "/endless": rude.endless,
        "/bomb": ok(small, Content_Encoding="gzip"),
        "/bare": ok(small[10:-8], Content_Encoding="deflate"),
    }
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in ("/endless", "/bomb", "/bare"):
        assert "larger than an article may be" in why(server, path, most_bytes=1_000_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kilobytes


def test_what_follows_the_announced_length_is_not_read(server: Server) -> None:
    server.answers["/"] = ok(STORM + "<p>smuggled", Content_Length=str(len(STORM)))
    got = fetch(server)
    assert isinstance(got, Fetched) and got.data.decode() == STORM


def test_redirects_are_followed_and_both_addresses_known(server: Server) -> None:
    server.answers |= {
        "/a": leads_to("b/../c", 301),
        "/c": leads_to(f"//127.0.0.1:{server.port}/d", 308),
        "/d": ok(STORM),
    }
    got = fetch(server, "/a")
    assert isinstance(got, Fetched) and (got.asked, got.url) == (server.url("/a"), server.url("/d"))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/", "more than 5 times"),
        ("file:///etc/passwd", "does not begin with http"),
        ("ftp://127.0.0.1/", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("http://user:pw@127.0.0.1/", "password"),
        ("http://[::1", "not a web address"),
        ("http://169.254.169.254/latest/meta-data/", "not one of the sites"),
        ("", "nowhere"),
    ],
)
def test_a_redirect_that_must_not_be_followed_is_a_sentence(server: Server, place: str, reason: str) -> None:
    server.answers["/"] = leads_to(place)
    assert reason in why(server)


def test_every_hop_is_checked_like_the_first(server: Server) -> None:
    server.answers["/"] = leads_to("http://10.0.0.1/")
    rules = Rules(allow_private=True, hosts=("127.0.0.1", "10.0.0.1", "metadata.test"), seconds=1, pause=0)
    server.answers["/"] = leads_to("http://metadata.test/")
    fetcher = Fetcher(rules, lambda host, port: ["169.254.169.254"] if host == "metadata.test" else ["127.0.0.1"])
    with pytest.raises(Unreadable, match="not on the public internet"):
        fetcher.fetch(server.url())


def test_a_location_in_no_known_encoding_is_still_followed(server: Server) -> None:
    server.answers |= {"/": leads_to(b"/caf\xe9"), "/caf%C3%A9": ok(STORM)}
    assert isinstance(fetch(server), Fetched)


def test_a_page_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    def conditional(asked: rude.Asked) -> bytes:
        return status(304) if asked.headers.get("if-none-match") == '"v1"' else ok(STORM, ETag='"v1"')

    server.answers |= {"/a": conditional, "/old": leads_to("/a")}
    fetcher = Fetcher(here(server))
    assert isinstance(fetcher.fetch(server.url("/a"), etag='"v1"'), NotModified)
    assert isinstance(fetcher.fetch(server.url("/a"), etag='"v0"'), Fetched)
    assert isinstance(fetcher.fetch(server.url("/old"), etag='"v1"', seen_at=server.url("/a")), NotModified)
    # The tag of one address says nothing of another that it leads to.
    assert isinstance(fetcher.fetch(server.url("/old"), etag='"v1"'), Fetched)
    assert isinstance(fetcher.fetch(server.url("/a"), etag='"v\r\nX-Evil: 1"', modified="é"), Fetched)


def test_a_site_that_asks_for_a_short_wait_gets_it_once(server: Server) -> None:
    def busy_once(asked: rude.Asked) -> bytes:
        return status(429, Retry_After="1") if len(server.asked) == 1 else ok(STORM)

    server.answers["/"] = busy_once
    begun = time.monotonic()
    assert isinstance(fetch(server), Fetched) and 0.9 < time.monotonic() - begun < 3
    server.answers |= {"/never": status(503, Retry_After="0"), "/long": status(429, Retry_After="3600")}
    assert "503" in why(server, "/never") and server.paths().count("/never") == 2
    assert "asked too often" in why(server, "/long") and server.paths().count("/long") == 1
    server.answers["/odd"] = status(503, Retry_After="Wed, 99 Foo 2026")
    assert "503" in why(server, "/odd") and server.paths().count("/odd") == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    pem = tmp_path / "own.pem"
    options = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        ["openssl", *options, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key", "-out", "crt"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    pem.write_text((tmp_path / "key").read_text() + (tmp_path / "crt").read_text())
    with rude.misbehaving(pem) as safe:
        safe.answers["*"] = ok(STORM)
        with pytest.raises(NoAnswer, match=r"(?i)certificate"):
            Fetcher(here(safe)).fetch(safe.url(scheme="https"))
        assert safe.asked == []
        trusting = Fetcher(here(safe))
        trusting._context().load_verify_locations(pem)
        assert isinstance(trusting.fetch(safe.url(scheme="https")), Fetched)
        safe.answers["/down"] = leads_to(safe.url("/plain", scheme="http"))
        with pytest.raises(Unreadable, match="open one"):
            trusting.fetch(safe.url("/down", scheme="https"))


# What came


@pytest.mark.parametrize(
    ("data", "kind", "url", "ending"),
    [
        (STORM.encode(), "text/html", "", ".html"),
        (STORM.encode(), "application/octet-stream", "", ".html"),
        (STORM.encode("utf-16"), "text/html", "", ".html"),
        (b"%PDF-1.7 ...", "text/html", "", ".pdf"),
        (b"<?xml version='1.0'?><!-- <html> --><rss version='2.0'/>", "text/html", "", ".feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "", "", ".feed"),
        (b"<rdf:RDF/>", "text/xml", "", ".feed"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><urlset/>", "application/xml", "", ".sitemap"),
        (b"<x:sitemapindex xmlns:x='y'/>", "application/xml", "", ".sitemap"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "application/feed+json", "", ".feed"),
        (b'{"a": 1}', "application/json", "", ".json"),
        (b"<?xml version='1.0'?><html xmlns='x'/>", "application/xhtml+xml", "", ".html"),
        (b"<?xml version='1.0'?><nitf/>", "text/xml", "", ".xml"),
        (b"# Storm", "text/plain", "http://a.example/x.md", ".md"),
        (b"# Storm", "text/markdown", "", ".md"),
        (b"Storm", "text/plain", "", ".txt"),
        (b"PK\x03\x04....[Content_Types].xml..word/document.xml", "application/zip", "", ".docx"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/epub+zip", "", "", ".epub"),
        (b"PK\x03\x04....", "application/octet-stream", "", ".zip"),
    ],
)
def test_what_came_is_told_from_the_bytes(data: bytes, kind: str, url: str, ending: str) -> None:
    assert ending_of(data, kind, url) == ending


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "text/html"),
        (b" \n", "text/html"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html"),
        (b"x", "image/png"),
        (b"var a", "application/javascript"),
        (b"{\\rtf1", "application/rtf"),
    ],
)
def test_what_cannot_be_an_article_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(Unreadable):
        ending_of(data, kind, "")


# robots.txt


def mirror_of(server: Server, folder: Path, *hosts: str, **rules: object) -> Mirror:
    return Mirror(folder, here(server, *hosts, **rules), to_this_machine)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (status(404), True),
        (status(403), True),
        (ok("", "text/plain"), True),
        (ok("User-agent: *\nDisallow: /private", "text/plain"), True),
        (ok("User-agent: *\nDisallow: /", "text/plain"), False),
        (ok("User-agent: pilcrow/2.0\nUser-agent: x\nDisallow: /", "text/plain"), False),
        (ok("User-agent: *\nDisallow: /\nUser-Agent: Pilcrow\nAllow: /", "text/plain"), True),
        (ok("User-agent: other\nDisallow: /\n", "text/plain"), True),
        (ok("\ufeffUser-agent: *\r\nDisallow: /a", "text/plain"), False),
        (rude.packed("User-agent: *\nDisallow: /a"), False),
        (ok(STORM), True),
        (ok(b"\xff\xfe\x00\x80", "text/plain"), True),
        (status(500), False),
        (status(503), False),
        (status(429), False),
        (leads_to("/robots.txt"), False),
        (leads_to("/elsewhere"), True),
        (rude.silent, False),
        (ok("User-agent: *\nDisallow: /a\n" + "# filler\n" * 100_000, "text/plain"), False),
        (rude.endless, True),
    ],
)
def test_robots_txt_is_asked_first_and_kept_to(
    server: Server, tmp_path: Path, robots: rude.Answer, allowed: bool
) -> None:
    server.answers |= {"/robots.txt": robots, "/a": ok(STORM), "/b": ok(STORM), "/elsewhere": ok("", "text/plain")}
    report = mirror_of(server, tmp_path, seconds=0.5).refresh([server.url("/a")])
    assert (report.new, len(report.failures)) == ((1, 0) if allowed else (0, 1)), report
    assert server.asked[0].path == "/robots.txt" and ("/a" in server.paths()) == allowed


def test_robots_txt_is_asked_once_a_site(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/robots.txt": status(500), "*": ok(STORM)}
    report = mirror_of(server, tmp_path).refresh([server.url(f"/{n}") for n in range(5)])
    assert len(report.failures) == 5 and [a.path for a in server.asked] == ["/robots.txt"]


def test_a_redirect_to_another_site_asks_that_site_first(server: Server, tmp_path: Path) -> None:
    def by_host(asked: rude.Asked) -> bytes:
        shut = asked.headers["host"].startswith("shut.test")
        return ok("User-agent: *\nDisallow: /" if shut else "", "text/plain")

    server.answers |= {"/robots.txt": by_host, "/a": leads_to(server.url("/b", "shut.test")), "/b": ok(STORM)}
    report = mirror_of(server, tmp_path, "open.test", "shut.test").refresh([server.url("/a", "open.test")])
    assert "asks programs not to read it" in report.failures[0].why and "/b" not in server.paths()


def test_a_site_gets_the_pause_it_wants_up_to_a_limit(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/robots.txt": ok("User-agent: *\nCrawl-delay: 600", "text/plain"), "*": ok(STORM)}
    mirror_of(server, tmp_path, longest_pause=0.2).refresh([server.url(f"/{n}") for n in range(3)])
    times = [asked.at for asked in server.asked if asked.path != "/robots.txt"]
    assert all(0.19 < later - earlier < 1 for earlier, later in pairwise(times))


def test_half_a_rule_at_the_cut_is_no_rule() -> None:
    head = b"User-agent: *\n# "
    tail = b"\nDisallow: /archive"
    data = head + b"x" * (MOST_BYTES - len(head) - len(tail) + len(b"archive")) + tail
    assert parse_robots(data[:MOST_BYTES]).can_fetch("http://a.example/news", "Pilcrow")


def test_a_robots_txt_made_to_be_slow_is_not() -> None:
    names = "".join(f"User-agent: u{n}\n" for n in range(15_000))
    crowd = names + "".join(f"Disallow: /{n}\n" for n in range(15_000))
    stars = "User-agent: *\n" + "".join(f"Disallow: /*{n}*a*b*c*d\n" for n in range(20_000))
    begun = time.process_time()
    for hostile in (crowd, stars, "User-agent: *\nDisallow: /" + "*a" * 200_000):
        parse_robots(hostile[:MOST_BYTES].encode()).can_fetch("http://a.example/" + "a" * 2000, "Pilcrow")
    assert time.process_time() - begun < 3


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"User-agent: *", b"disallow: /", b"\x00", b"allow: *$", b"crawl-delay: nan"])).map(
        b"\n".join
    )
)
def test_any_robots_txt_says_yes_or_no(data: bytes) -> None:
    rules = parse_robots(data)
    assert rules.can_fetch("http://a.example/x", "Pilcrow") in (True, False)
    assert (rules.crawl_delay("Pilcrow") or 0) >= 0


# Feeds and sitemaps

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Courier</title><link>/</link>
<item><media:title>A picture</media:title><title>Storm &amp;amp; flood</title><link> /storm?utm_source=rss </link>
<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The storm flooded the quay.</p>]]></content:encoded></item>
<item><title>Evil</title><link>javascript:alert(1)</link></item>
<item><title>By guid</title><guid>GUID</guid></item>
<item><title>No address</title><guid isPermaLink="false">17</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/news/">
<entry><title type="html">Bridge &amp;#8217;s end</title><link rel="self" href="x"/><link href="bridge"/>
<published>2026-03-04T10:00:00Z</published><updated>2026-03-05T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>fell</b>.</p></div></content></entry>
<entry><title>Two</title><link href="http://a.example/two"/><summary type="text">5 &lt; 6</summary></entry></feed>"""
LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_a_feed_names_its_pages_and_says_what_it_knows_of_them() -> None:
    storm, evil, guid = feed_entries(RSS.replace("GUID", "http://a.example/g").encode())
    assert (storm.url, storm.title) == ("/storm?utm_source=rss", "Storm & flood")
    assert storm.published == (Stated("Mon, 02 Mar 2026 08:00:00 GMT", "feed"),) and storm.updated == ()
    assert storm.words == "<p>The storm flooded the quay.</p>"
    assert (evil.url, guid.url) == ("javascript:alert(1)", "http://a.example/g")


def test_an_atom_feed_too() -> None:
    bridge, two = feed_entries(ATOM.encode())
    assert (bridge.url, bridge.title) == ("http://a.example/news/bridge", "Bridge ’s end")
    assert bridge.published == (Stated("2026-03-04T10:00:00Z", "feed"),)
    assert bridge.updated == (Stated("2026-03-05T10:00:00Z", "feed"),)
    assert "<b>fell</b>" in bridge.words and two.words == "<p>5 &lt; 6</p>"


def test_a_json_feed_too() -> None:
    items = [{"url": "/a", "title": "A\n\x00b", "date_published": "2026-03-02", "content_text": "x < y"}, {"id": 1}, 7]
    (entry,) = feed_entries(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode())
    assert (entry.url, entry.title, entry.words) == ("/a", "A b", "<p>x &lt; y</p>")
    assert entry.published == (Stated("2026-03-02", "feed"),)


@pytest.mark.parametrize("root", ["rss><channel", "urlset"])
def test_a_few_lines_that_would_fill_the_memory_are_refused(root: str) -> None:
    bomb = LAUGHS + f"]><{root}><item><link>&j;</link></item><url><loc>http://a/&j;</loc><x y='&j;'/></url>"
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Unreadable, match=r"entities|damaged"):
        list(feed_entries(bomb.encode()) if "rss" in root else sitemap_entries(bomb.encode()))
    assert time.monotonic() - begun < 2 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_file_named_by_an_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    xml = f'<!DOCTYPE rss [<!ENTITY s SYSTEM "{(tmp_path / "secret").as_uri()}">]><rss><item><link>/&s;</link></item></rss>'
    with pytest.raises(Unreadable, match="entities"):
        list(feed_entries(xml.encode()))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([RSS, ATOM, NEWS := "<urlset><url><loc>http://a.example/x</loc></url></urlset>"]), st.data())
def test_a_damaged_feed_or_sitemap_gives_entries_or_unreadable(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    broken = text[:at].encode() + data.draw(st.binary(max_size=8)) + text[at + data.draw(st.integers(0, 20)) :].encode()
    for read in (feed_entries, sitemap_entries):
        entries = []
        with suppress(Unreadable):
            for entry in read(broken):
                entries.append(entry)
        assert all(entry.url and entry.title == " ".join(entry.title.split()) for entry in entries)


def test_the_usual_faults_of_feeds_are_mended_and_others_cost_only_what_comes_after() -> None:
    faults = "<rss><item><title>R&D&nbsp;caf\xe9\x0b &eacute;&bogus;</title><link><![CDATA[/a?b=1&c=2]]></link></item>"
    (entry,) = feed_entries((faults + "</rss>").encode("latin-1"))
    assert (entry.title, entry.url) == ("R&D caf\ufffd é&bogus;", "/a?b=1&c=2")


def test_what_was_listed_before_the_damage_is_taken_and_the_damage_said(server: Server) -> None:
    server.answers["/feed"] = ok("<rss><item><link>/a</link></item><item><link>/b</link></it", "text/xml")
    found = listed(server, "/feed")
    assert [page.url for page in found.pages] == [server.url("/a")] and "after 1 entries" in found.failures[0].why


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b=", "<!--", "<![CDATA[", "&", "&#", "<?x ", "<item>", "</a>", "<a x='&x;'>"]
)
def test_a_feed_made_to_be_slow_is_not(piece: str) -> None:
    feed = "<rss><item><link>/a</link></item><item><link>/b</link><description>" + piece * (300_000 // len(piece))
    begun = time.process_time()
    with suppress(Unreadable):
        list(feed_entries(feed.encode()))
    assert time.process_time() - begun < 3


def listed(server: Server, path: str, most: int = 500) -> Listing:
    def get(url: str) -> Fetched:
        got = Fetcher(here(server)).fetch(url, most_bytes=50_000_000)
        assert isinstance(got, Fetched)
        return got

    return list_pages([server.url(path)], get, lambda url: False, lambda page, came: kept.append(page), most)


kept: list[Page] = []


def test_a_page_leads_to_itself_and_is_fetched_once(server: Server) -> None:
    kept.clear()
    server.answers["/a"] = ok(STORM)
    assert listed(server, "/a") == Listing(()) and kept == [Page(server.url("/a"))] and len(server.asked) == 1


def test_a_feed_leads_to_its_entries_and_says_what_it_left_out(server: Server) -> None:
    server.answers["/feed"] = ok(RSS.replace("GUID", "http://other.example/g"), "application/rss+xml")
    found = listed(server, "/feed")
    assert [page.url for page in found.pages] == [server.url("/storm?utm_source=rss"), "http://other.example/g"]
    assert [page.listed_in for page in found.pages] == [server.url("/feed")] * 2
    assert "1 addresses that are no web addresses" in found.notes[0]


def sitemap(*places: str, root: str = "urlset", each: str = "url") -> str:
    inside = "".join(f"<{each}><loc>{place}</loc></{each}>" for place in places)
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'


def test_a_sitemap_leads_to_pages_of_its_own_site_only(server: Server) -> None:
    places = [server.url("/a"), server.url("/a"), "http://other.example/b", "http://[", server.url("/c")]
    server.answers["/s"] = ok(sitemap(*places), "application/xml")
    found = listed(server, "/s")
    assert [page.url for page in found.pages] == [server.url("/a"), server.url("/c")]
    assert any("1 addresses on other sites" in note for note in found.notes)


def test_a_news_sitemap_gives_headlines_and_dates_but_lastmod_is_no_date(server: Server) -> None:
    news = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{server.url("/a")}</loc>
    <lastmod>2026-05-05</lastmod><news:news><news:publication_date>2026-03-02</news:publication_date>
    <news:title>Storm</news:title></news:news></url><url><loc>{server.url("/b")}</loc><lastmod>2026-05-05</lastmod></url></urlset>"""
    server.answers["/s"] = ok(gzip.compress(news.encode()), "application/x-gzip")
    a, b = listed(server, "/s").pages
    assert (a.title, a.published) == ("Storm", (Stated("2026-03-02", "sitemap"),)) and (b.title, b.published) == (
        "",
        (),
    )


def test_sitemaps_that_name_each_other_end(server: Server) -> None:
    index = {"root": "sitemapindex", "each": "sitemap"}
    server.answers |= {
        "/0": ok(sitemap(server.url("/0"), server.url("/1"), server.url("/none"), **index), "text/xml"),
        "/1": ok(sitemap(server.url("/0"), server.url("/2"), **index), "text/xml"),
        "/2": ok(sitemap(server.url("/3"), server.url("/1"), **index), "text/xml"),
        "/3": ok(sitemap(server.url("/deep")), "text/xml"),
    }
    found = listed(server, "/0")
    assert found.pages == () and server.paths() == ["/0", "/1", "/2", "/none"]
    assert "HTTP 404" in found.failures[0].why and "1 further sitemaps" in found.notes[0]


def test_of_a_hundred_thousand_links_the_first_are_taken_and_the_rest_counted(server: Server) -> None:
    server.answers["/s"] = ok(sitemap(*(server.url(f"/{n}") for n in range(100_000))), "text/xml")
    begun = time.process_time()
    found = listed(server, "/s", most=50)
    assert len(found.pages) == 50 and time.process_time() - begun < 5
    assert "49950 more pages" in found.notes[0] and "more than 50000" in found.notes[1]


@pytest.mark.parametrize(
    "data", [rude.bomb(60), gzip.compress(STORM.encode()), gzip.compress(b"<urlset/>", mtime=0)[:-9], b"\x1f\x8b"]
)
def test_a_gz_file_that_is_no_sitemap_is_a_sentence(server: Server, data: bytes) -> None:
    server.answers["/s.gz"] = ok(data, "application/gzip")
    found = listed(server, "/s.gz")
    assert found.pages == () and ".gz file" in found.failures[0].why


# The mirror


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name[0] != "."
    }


def test_what_was_fetched_lies_on_disk_with_its_facts(server: Server, tmp_path: Path) -> None:
    server.answers["/News/2026/Der%20Sturm.html"] = ok(STORM, ETag='"v1"', X_Robots_Tag="noindex")
    report = mirror_of(server, tmp_path).refresh([server.url("/News/2026/Der%20Sturm.html?b=1"[:-4])])
    assert (report.new, report.failures) == (1, ())
    ((name, data),) = files(tmp_path).items()
    assert name.startswith(f"127.0.0.1_{server.port}/der-sturm-") and name.endswith(".html") and data == STORM.encode()
    facts = facts_of(tmp_path / name)
    assert facts and (facts.etag, facts.robots, facts.type, facts.published) == ('"v1"', "noindex", "text/html", ())
    assert facts.fetched[:2] == "20" and list(mirror_of(server, tmp_path).pages()) == [(tmp_path / name, facts)]


def test_a_second_refresh_changes_only_what_changed(server: Server, tmp_path: Path) -> None:
    def tagged(asked: rude.Asked) -> bytes:
        return status(304) if asked.headers.get("if-none-match") == '"v1"' else ok(STORM, ETag='"v1"')

    server.answers |= {"/tagged": tagged, "/same": ok(STORM), "/new": ok(STORM), "/gone": ok(STORM), "/ill": ok(STORM)}
    urls = [server.url(path) for path in server.answers]
    mirror = mirror_of(server, tmp_path)
    assert mirror.refresh(urls).new == 5
    before = files(tmp_path)
    server.answers |= {"/new": ok(STORM + "<p>Correction"), "/gone": status(410), "/ill": status(500)}
    report = mirror.refresh(urls)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 2)
    assert report.gone == (server.url("/gone"),) and any("taken away" in note for note in report.notes)
    assert [failure.path for failure in report.failures] == [server.url("/ill")]
    after = files(tmp_path)
    assert after.keys() == before.keys() and sum(after[name] != before[name] for name in after) == 1
    facts = read_facts(facts_file(tmp_path, server.url("/gone")))
    assert facts and facts.gone
    server.answers["/gone"] = ok(STORM)
    mirror.refresh(urls)
    facts = read_facts(facts_file(tmp_path, server.url("/gone")))
    assert facts and not facts.gone


def test_headers_never_become_dates(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = ok(
        STORM, Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT", Date="Mon, 02 Mar 2026 08:00:00 GMT"
    )
    mirror_of(server, tmp_path).refresh([server.url("/a")])
    ((_, facts),) = mirror_of(server, tmp_path).pages()
    assert facts.published == facts.updated == () and facts.modified.startswith("Mon, 02")


def test_a_feed_gives_its_pages_titles_and_dates_and_lends_its_words_to_those_that_cannot_be_had(
    server: Server, tmp_path: Path
) -> None:
    server.answers |= {
        "/feed": ok(RSS.replace("GUID", server.url("/g")), "application/rss+xml"),
        "/storm?utm_source=rss": status(403),
        "/g": ok(STORM),
    }
    mirror = mirror_of(server, tmp_path)
    report = mirror.refresh([server.url("/feed")])
    assert (report.new, report.failures) == (2, ()) and any("in the words of its feed only" in n for n in report.notes)
    by_title = {facts.title: (path, facts) for path, facts in mirror.pages()}
    path, facts = by_title["Storm & flood"]
    assert facts.from_feed and facts.published == (Stated("Mon, 02 Mar 2026 08:00:00 GMT", "feed"),)
    text = path.read_text("utf-8")
    assert "<p>The storm flooded the quay.</p>" in text and "<h1>Storm &amp; flood</h1>" in text
    server.answers["/storm?utm_source=rss"] = ok(STORM)
    report = mirror.refresh([server.url("/feed")])
    assert (report.changed, report.unchanged) == (1, 1) and path.read_text("utf-8") == STORM
    server.answers["/storm?utm_source=rss"] = status(500)
    assert mirror.refresh([server.url("/feed")]).failures and path.read_text("utf-8") == STORM
    known = facts_of(path)
    assert known and not known.from_feed and known.title == "Storm & flood"


def test_what_its_site_took_away_is_not_taken_from_the_feed(server: Server, tmp_path: Path) -> None:
    server.answers |= {
        "/feed": ok(RSS.replace("GUID", "x"), "application/rss+xml"),
        "/storm?utm_source=rss": status(410),
    }
    report = mirror_of(server, tmp_path).refresh([server.url("/feed")])
    assert report.new == 0 and len(report.failures) == 1 and files(tmp_path) == {}


def test_a_page_that_turns_into_a_pdf_leaves_no_old_file(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = ok(STORM)
    mirror_of(server, tmp_path).refresh([server.url("/a")])
    server.answers["/a"] = ok(b"%PDF-1.7 x", "application/pdf")
    assert mirror_of(server, tmp_path).refresh([server.url("/a")]).changed == 1
    assert [name.rpartition(".")[2] for name in files(tmp_path)] == ["pdf"]


def test_one_failing_page_and_one_dead_site_stop_nothing_else(server: Server, tmp_path: Path) -> None:
    server.answers |= {f"/{n}": ok(STORM) for n in range(4)} | {
        "/2": rude.drip,
        "/list": status(200, b"x", Content_Type="a/b"),
    }
    urls = [server.url(f"/{n}", "a.test") for n in range(4)] + [
        server.url("/list"),
        "nonsense",
        "http://closed.test:9/",
    ]
    report = mirror_of(server, tmp_path, "a.test", "127.0.0.1", "closed.test", seconds=0.4).refresh(urls)
    assert report.new == 3 and len(report.failures) == 4
    assert all(failure.why.endswith(".") and "was skipped: " in failure.why for failure in report.failures)


def test_a_site_that_falls_silent_is_not_asked_for_the_rest(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/feed": ok(sitemap(*(server.url(f"/{n}") for n in range(40))), "text/xml"), "*": status(500)}
    server.answers["/robots.txt"] = status(404)
    report = mirror_of(server, tmp_path).refresh([server.url("/feed")])
    assert len(report.failures) == 40 and len(server.paths()) == 4
    assert "did not answer 3 times in a row" in report.failures[-1].why


def test_a_site_is_asked_for_one_thing_at_a_time_and_sites_side_by_side(server: Server, tmp_path: Path) -> None:
    def slowly(asked: rude.Asked) -> bytes:
        time.sleep(0.1)
        return ok(STORM)

    hosts = [f"h{n}.test" for n in range(6)]
    pages = "".join(f"<item><link>{server.url(f'/{n}', host)}</link></item>" for host in hosts for n in range(2))
    server.answers |= {"/feed": ok(f"<rss><channel>{pages}</channel></rss>", "text/xml"), "*": slowly}
    server.answers["/robots.txt"] = status(404)
    progress: list[tuple[str, int, int]] = []
    mirror = mirror_of(server, tmp_path, "127.0.0.1", *hosts)
    report = mirror.refresh([server.url("/feed")], lambda *said: progress.append(said))
    assert report.new == 12 and 2 <= server.busiest <= 4
    assert progress[0] == ("Fetching", 0, 12) and progress[-1] == ("Fetching", 12, 12)
    alone = server.asked[:]
    for host in hosts:
        times = [a.at for a in alone if a.headers["host"].startswith(host) and a.path != "/robots.txt"]
        assert times[1] - times[0] > 0.09


def test_what_is_missing_comes_first_when_a_refresh_goes_on(server: Server, tmp_path: Path) -> None:
    server.answers |= {"/s": ok(sitemap(*(server.url(f"/{n}") for n in range(6))), "text/xml"), "*": ok(STORM)}
    mirror_of(server, tmp_path).refresh([server.url("/0"), server.url("/1")])
    server.asked.clear()

    class Stopped(Exception):
        pass

    def stop(what: str, done: int, of: int) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        mirror_of(server, tmp_path, pause=0.05).refresh([server.url("/s")], stop)
    assert server.paths()[:4] == ["/s", "/2", "/3", "/4"] and len(server.paths()) < 7
    assert not list(tmp_path.rglob(".part-*"))


def test_damaged_facts_are_no_facts_and_the_page_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = ok(STORM, ETag='"v1"')
    mirror_of(server, tmp_path).refresh([server.url("/a")])
    place = facts_file(tmp_path, server.url("/a"))
    whole = place.read_text("utf-8")
    for damage in (
        "",
        "{",
        "[]",
        "[" * 100_000,
        "{}",
        whole.replace('"v1', "\\ud800"),
        whole.replace('"file": "', '"file": "../'),
    ):
        place.write_text(damage)
        facts = read_facts(place)
        assert facts is None or facts.file == Path(facts.file).name
        assert mirror_of(server, tmp_path).refresh([server.url("/a")]).failures == ()
        assert place.read_text("utf-8").startswith("{") and len(files(tmp_path)) == 1


def test_a_disk_that_takes_nothing_is_a_failure_and_no_hang(server: Server, tmp_path: Path) -> None:
    server.answers |= {"*": ok(STORM), "/feed": ok(RSS.replace("GUID", server.url("/g")), "text/xml")}
    (tmp_path / f"127.0.0.1_{server.port}").write_text("a file where the folder should be")
    report = mirror_of(server, tmp_path).refresh([server.url("/feed"), server.url("/g")])
    assert report.new == 0 and report.failures and all("could not be kept" in f.why for f in report.failures)


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"https?://[a-zA-Z0-9.\[\]:-]{1,20}/[^\s#]{0,60}", fullmatch=True))
def test_every_page_has_a_safe_place_below_the_mirror(text: str) -> None:
    try:
        url = web_address(text)
    except Unreadable:
        return
    folder = Path("/mirror")
    for place in (page_file(folder, url, ".html"), facts_file(folder, url)):
        assert place.parent.parent == folder and place.parent.name.strip(".")
        assert len(place.name) < 80 and ".." not in place.parts
        assert all(c.isalnum() or c in "-._" for c in place.name) and place.name.isascii()


def test_importing_the_mirror_loads_no_web_library() -> None:
    code = (
        "import sys, index.web.mirror; print([m for m in ('httpx', 'httpcore', 'lxml', 'protego') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


RAW = [
    ok(STORM, ETag='"v1"'),
    leads_to("/b"),
    rude.packed(STORM),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
]


def test_any_damaged_answer_is_a_page_or_unreadable() -> None:
    with rude.misbehaving() as server:

        @settings(max_examples=60, deadline=None)
        @given(st.sampled_from(RAW), st.data())
        def damaged(raw: bytes, data: st.DataObject) -> None:
            at = data.draw(st.integers(0, len(raw)))
            server.answers["/"] = raw[:at] + data.draw(st.binary(max_size=6)) + raw[at + data.draw(st.integers(0, 6)) :]
            with suppress(Unreadable):
                assert isinstance(fetch(server, patience=0.0), Fetched)

        damaged()


def test_refused_pages_carry_their_status(server: Server) -> None:
    with pytest.raises(Refused) as caught:
        fetch(server, "/nothing")
    assert caught.value.status == 404
