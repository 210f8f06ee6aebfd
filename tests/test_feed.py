"""Feeds: every entry an article, whatever dialect it is written in and however broken the rest is."""

import io
import json
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.extract import Extract, Skipped, Stated, Unreadable
from index.formats.feed import read_feed

NAMES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
STORM = (
    "<item><title>Storm cuts off Merrin</title><link>https://courier.example/storm</link><guid>c-1</guid>"
    "<dc:creator>Ann Poe and Bo Lee</dc:creator><pubDate>Tue, 10 Mar 2026 18:30:00 GMT</pubDate>"
    "<category>Weather</category><category>Coast</category><description>Short.</description>"
    "<content:encoded><![CDATA[<p>The quay was flooded.</p><p>Boats&nbsp;sank &amp; drifted.</p>]]></content:encoded></item>"
)
QUAY = "<item><title>Quay closed</title><guid>c-2</guid><description>The quay is closed.</description></item>"


def rss(*items: str, before: str = "") -> bytes:
    head = f'{before}<rss version="2.0" {NAMES}><channel><title>Merrin Courier</title><language>en-gb</language>'
    return f"{head}<pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate>{''.join(items)}</channel></rss>".encode()


def read(data: bytes) -> list[Extract | Skipped]:
    return list(read_feed(io.BytesIO(data), "feed.xml"))


def articles(data: bytes) -> list[Extract]:
    return [found for found in read(data) if isinstance(found, Extract)]


def paragraphs(extract: Extract) -> list[str]:
    return [extract.text[b.start : b.end] for b in extract.blocks]


def check_law(extract: Extract) -> None:
    end = 0
    for block in extract.blocks:
        assert block.start >= end
        end = block.end
        words = extract.text[block.start : block.end]
        assert words and words == words.strip()


def test_an_rss_entry_gives_all_it_says() -> None:
    storm, quay = articles(rss(STORM, QUAY))
    assert paragraphs(storm) == ["The quay was flooded.", "Boats sank & drifted."]
    assert (storm.part, storm.title, storm.source) == ("c-1", "Storm cuts off Merrin", "Merrin Courier")
    assert storm.authors == ("Ann Poe", "Bo Lee")
    assert storm.published == (Stated("Tue, 10 Mar 2026 18:30:00 GMT", "feed"),) and storm.updated == ()
    assert (storm.url, storm.section, storm.language) == ("https://courier.example/storm", "Weather", "en-gb")
    assert paragraphs(quay) == ["The quay is closed."]


def test_the_date_of_the_feed_is_not_the_date_of_an_undated_entry() -> None:
    assert articles(rss(QUAY))[0].published == ()


def test_an_atom_entry_gives_all_it_says() -> None:
    feed = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
    <title>Le Quai</title><updated>2020-01-01T00:00:00Z</updated><entry><id>tag:quai,2026:1</id>
    <title type="html">Temp&amp;ecirc;te &amp;amp; mer</title><link href="https://quai.example/1"/>
    <author><name>Zoé Roux</name></author><author><name>Luc Petit</name></author>
    <published>2026-03-10</published><updated>2026-03-11T08:00:00Z</updated><summary>Court.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un.</p><p>Deux.</p></div></content>
    <source><title>Agence Mer</title></source></entry></feed>"""
    (entry,) = articles(feed.encode())
    assert paragraphs(entry) == ["Un.", "Deux."]
    assert (entry.part, entry.title, entry.source) == ("tag:quai,2026:1", "Tempête & mer", "Agence Mer")
    assert entry.authors == ("Zoé Roux", "Luc Petit")
    assert entry.published == (Stated("2026-03-10", "feed"),)
    assert entry.updated == (Stated("2026-03-11T08:00:00Z", "feed"),)
    assert (entry.url, entry.language) == ("https://quai.example/1", "fr")


def test_an_atom_entry_with_only_a_date_of_change_has_no_date_of_publication() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><updated>2026-03-11</updated>
    <summary>Text.</summary></entry></feed>"""
    (entry,) = articles(feed)
    assert entry.published == () and entry.updated == (Stated("2026-03-11", "feed"),)


def test_rss_1_dates_its_entries_by_dublin_core() -> None:
    feed = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMES}>
    <channel><title>Kurier</title><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
    <item rdf:about="x"><title>Sturm</title><link>https://kurier.example/x</link><dc:date>2026-03-10T05:00:00Z</dc:date>
    <description>Der Kai ist zu.</description></item></rdf:RDF>"""
    (entry,) = articles(feed.encode())
    assert (entry.title, entry.source, entry.url) == ("Sturm", "Kurier", "https://kurier.example/x")
    assert entry.published == (Stated("2026-03-10T05:00:00Z", "feed"),) and entry.updated == ()


def test_a_json_feed_entry_gives_all_it_says() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Merrin Courier",
        "language": "en",
        "items": [
            {
                "id": "7",
                "url": "https://courier.example/7",
                "title": "Storm",
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2026-03-10T18:30:00Z",
                "date_modified": "2026-03-11T08:00:00Z",
                "authors": [{"name": "Ann Poe"}],
                "tags": ["Weather"],
            },
            {"id": 8, "content_text": "Water < stone.\n\nAll dry."},
            "nonsense",
        ],
    }
    storm, dry, nonsense = read(json.dumps(feed).encode())
    assert isinstance(storm, Extract) and isinstance(dry, Extract) and isinstance(nonsense, Skipped)
    assert paragraphs(storm) == ["One.", "Two."]
    assert (storm.part, storm.source, storm.authors, storm.section) == ("7", "Merrin Courier", ("Ann Poe",), "Weather")
    assert storm.published[0].text == "2026-03-10T18:30:00Z" and storm.updated[0].text == "2026-03-11T08:00:00Z"
    assert paragraphs(dry) == ["Water < stone.", "All dry."] and dry.part == "8"


def test_an_entry_with_no_more_than_a_headline_is_skipped_by_name() -> None:
    (skipped,) = read(rss("<item><title>Only words</title></item>"))
    assert isinstance(skipped, Skipped) and "Only words" in skipped.part and "no text" in skipped.why


def test_twins_of_one_id_keep_parts_of_their_own() -> None:
    parts = [found.part for found in articles(rss(QUAY, QUAY, QUAY))]
    assert len(set(parts)) == 3 and parts[0] == "c-2"


def test_a_feed_cut_off_in_the_middle_gives_the_entries_before() -> None:
    data = rss(STORM, QUAY, STORM.replace("c-1", "c-3"))
    cut = data[: data.index(b"c-3") - 20]
    assert [found.part for found in articles(cut)][:2] == ["c-1", "c-2"]


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>AT&T & more</title><guid>b</guid><description>Bread & butter</description></item>",
        "<item><title>A</title><guid>b</guid><description>Line<br>break & <b>bold</description></item>",
        "<item><title>A&nbsp;B</title><guid>b</guid><description>No&euml;l &undefined; day</description></item>",
        "<item><title>A</title><guid>b</guid><media:thing>x</media:thing><description>Words.</description></item>",
        "<item><title>A\x0b</title><guid>b</guid><description>Words\x00 here.</description></item>",
    ],
)
def test_a_broken_entry_is_read_and_spoils_no_other(broken: str) -> None:
    assert [found.part for found in articles(rss(STORM, broken, QUAY))] == ["c-1", "b", "c-2"]


def test_a_legacy_encoding_is_read_as_declared() -> None:
    item = "<item><title>Шторм</title><description>Порт закрыт.</description></item>"
    data = rss(item, before='<?xml version="1.0" encoding="windows-1251"?>').decode().encode("cp1251")
    assert articles(data)[0].title == "Шторм"


def test_entities_are_neither_multiplied_nor_fetched(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
    before = f'<?xml version="1.0"?><!DOCTYPE rss [{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    began = time.perf_counter()
    found = read(rss("<item><title>&l9;</title><description>&x; &l9;</description></item>", QUAY, before=before))
    assert time.perf_counter() - began < 2
    assert "secret word" not in repr(found) and len(repr(found)) < 5000


@pytest.mark.parametrize(
    "debris", ["<", "<a ", '<a "', "<![CDATA[", "<!--", "<!", "&", "<b>", "<item>", "<item/>", "<!DOCTYPE "]
)
def test_a_flood_of_debris_takes_no_long_time(debris: str) -> None:
    item = f"<item><title>A</title><guid>x</guid><description>{debris * (2_000 if 'item' in debris else 30_000)}</description></item>"
    began = time.perf_counter()
    read(rss(STORM, item[:250_000], QUAY))
    assert time.perf_counter() - began < 40


def test_a_feed_without_entries_says_so() -> None:
    with pytest.raises(Unreadable, match="without entries"):
        read(rss())


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_blocks_are_clean_slices_whatever_the_words(entries: list[tuple[str, str]]) -> None:
    items = [
        f"<item><title>{escape(t)}</title><description>{escape(escape(d))}</description></item>" for t, d in entries
    ]
    for found in articles(rss(*items)):
        check_law(found)
        assert "\n" not in found.title


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_mutated_feeds_give_articles_or_sentences_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(rss(STORM, QUAY, before='<?xml version="1.0" encoding="utf-8"?>'))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    try:
        for found in read(bytes(whole)):
            if isinstance(found, Extract):
                check_law(found)
    except Unreadable as error:
        assert str(error)
