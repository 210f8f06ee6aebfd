"""Exports: a row an article, whatever the columns are called and however the values are written."""

import csv
import gzip
import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.archive import gunzipped
from index.formats.extract import Extract, Skipped, Stated, Unreadable
from index.formats.table import read_table
from index.formats.table.mapping import Mapping, guess

STORM = {
    "title": "Storm",
    "body": "The quay was flooded.\n\nBoats sank.",
    "date": "10 March 2026",
    "url": "https://c.example/1",
}


def read(data: bytes, name: str = "export.jsonl", mapping: Mapping | None = None) -> list[Extract | Skipped]:
    return list(read_table(io.BytesIO(data), name, mapping))


def articles(data: bytes, name: str = "export.jsonl", mapping: Mapping | None = None) -> list[Extract]:
    found = read(data, name, mapping)
    assert all(isinstance(f, Extract) for f in found), found
    return [f for f in found if isinstance(f, Extract)]


def lines(*rows: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def parquet(*rows: dict[str, Any], **schema: Any) -> bytes:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    out = io.BytesIO()
    write_table(pa.Table.from_pylist(list(rows), schema=pa.schema(schema) if schema else None), out)
    return out.getvalue()


def table(rows: list[dict[str, str]], **dialect: Any) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def paragraphs(extract: Extract) -> list[str]:
    return [extract.text[b.start : b.end] for b in extract.blocks]


def check_law(extract: Extract) -> None:
    end = 0
    for block in extract.blocks:
        assert block.start >= end
        end = block.end
        words = extract.text[block.start : block.end]
        assert words and words == words.strip()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (lines(STORM), "a.jsonl"),
        (json.dumps([STORM], indent=2).encode(), "a.json"),
        (json.dumps(STORM, indent=2).encode(), "a.json"),
        (json.dumps({"status": "ok", "articles": [STORM]}).encode(), "a.json"),
        (json.dumps({"response": {"found": 1, "docs": [STORM]}}, indent=1).encode(), "a.json"),
        (table([STORM]).encode(), "a.csv"),
        (table([STORM]).encode("utf-8-sig"), "a.csv"),
        (table([STORM]).encode("utf-16"), "a.csv"),
        (table([STORM], delimiter=";").encode(), "a.csv"),
        (("sep=;\n" + table([STORM], delimiter=";")).encode(), "a.csv"),
        (table([STORM], delimiter="\t").encode(), "a.tsv"),
        (table([STORM], delimiter="|", quoting=csv.QUOTE_ALL).encode(), "a.csv"),
        (parquet(STORM), "a.parquet"),
    ],
)
def test_the_same_article_comes_out_of_every_kind_of_export(data: bytes, name: str) -> None:
    (storm,) = articles(data, name)
    assert paragraphs(storm) == ["The quay was flooded.", "Boats sank."]
    assert (storm.title, storm.url, storm.part) == ("Storm", "https://c.example/1", "https://c.example/1")
    assert storm.published == (Stated("10 March 2026", "export column"),)


def test_everything_a_row_says_is_kept() -> None:
    row = {
        "ID": 17,
        "Head-Line": "Storm &amp; tide",
        "articleBody": "<p>One.</p><p>Two &lt; three.</p>",
        "publisher": {"@type": "Organization", "name": "Merrin Courier"},
        "author": [{"name": "Ann Poe"}, {"name": "Bo Lee"}],
        "datePublished": "2026-03-10",
        "dateModified": "2026-03-11",
        "section": "Weather",
        "language": "en",
    }
    (storm,) = articles(lines(row))
    assert paragraphs(storm) == ["One.", "Two < three."]
    assert (storm.part, storm.title, storm.source) == ("17", "Storm & tide", "Merrin Courier")
    assert storm.authors == ("Ann Poe", "Bo Lee")
    assert (storm.published[0].text, storm.updated[0].text) == ("2026-03-10", "2026-03-11")
    assert (storm.section, storm.language) == ("Weather", "en")


@pytest.mark.parametrize(
    "text",
    [
        ["One.", "Two."],
        [{"text": "One."}, {"text": "Two."}],
        '["One.", "Two."]',
        "One.\n\nTwo.",
        "<div>One.<br><br>Two.</div>",
        "One.\u200b\n\n\ufeffTw\u00ado.",
    ],
)
def test_paragraphs_are_found_however_the_text_is_written(text: Any) -> None:
    assert paragraphs(articles(lines({"text": text}))[0]) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("By Ann Poe and Bo Lee", ("Ann Poe", "Bo Lee")),
        ("Ann Poe, Bo Lee", ("Ann Poe", "Bo Lee")),
        ("Poe, Ann", ("Poe, Ann",)),
        ("Ann Poe; Bo Lee", ("Ann Poe", "Bo Lee")),
        ("['Ann Poe', \"Bo O'Lee\"]", ("Ann Poe", "Bo O'Lee")),
        ("[]", ()),
        ("nan", ()),
        (["Ann Poe", None], ("Ann Poe",)),
    ],
)
def test_authors_are_told_apart(written: Any, people: tuple[str, ...]) -> None:
    assert articles(lines({"text": "Words.", "authors": written}))[0].authors == people


@pytest.mark.parametrize(
    ("written", "stated"),
    [
        ("03/04/2026", "03/04/2026"),
        (1773165600, "2026-03-10T18:00:00+00:00"),
        (1773165600000, "2026-03-10T18:00:00+00:00"),
        ("1773165600.0", "2026-03-10T18:00:00+00:00"),
        (20260310, "20260310"),
        (2026, "2026"),
        (0, None),
        ("0", None),
        ("", None),
        ("NaN", None),
        (float("nan"), None),
        (float("inf"), "inf"),
        (None, None),
        (True, None),
        ("1970-01-01T00:00:00Z", None),
        ("1970-01-01", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_dates_stay_as_written_and_nothing_is_no_date(written: Any, stated: str | None) -> None:
    (article,) = articles(lines({"text": "Words.", "published": written}))
    assert [s.text for s in article.published] == ([stated] if stated else [])


def test_a_timestamp_column_is_the_crawl_and_no_date() -> None:
    assert articles(lines({"text": "Words.", "timestamp": "2026-03-10"}))[0].published == ()


def test_parquet_keeps_times_lists_and_objects() -> None:
    import pyarrow as pa

    row = {
        "text": ["One.", "Two."],
        "published": datetime(2026, 3, 10, 18, tzinfo=UTC),
        "updated": date(2026, 3, 11),
        "meta": {"title": "Storm"},
        "picture": b"\x00" * 50,
    }
    data = parquet(
        row,
        {"text": ["Other."], "published": None},
        text=pa.list_(pa.string()),
        published=pa.timestamp("ns", "UTC"),
        updated=pa.date32(),
        meta=pa.struct([("title", pa.string())]),
        picture=pa.binary(),
    )
    storm, other = articles(data, "a.parquet")
    assert paragraphs(storm) == ["One.", "Two."] and storm.title == "Storm"
    assert storm.published[0].text == "2026-03-10T18:00:00+00:00" and storm.updated[0].text == "2026-03-11"
    assert other.published == ()


def test_a_row_keeps_its_part_when_rows_come_and_go() -> None:
    rows = [{"text": f"Words of {n}.", "title": str(n)} for n in range(6)]
    whole = {a.title: a.part for a in articles(lines(*rows))}
    fewer = {a.title: a.part for a in articles(lines(*rows[:1], {"text": "New."}, *rows[3:]))}
    assert all(whole[title] == part for title, part in fewer.items() if title)


@given(
    st.lists(st.tuples(st.sampled_from(["1", "2", ""]), st.sampled_from(["u", ""]), st.sampled_from("ab")), max_size=12)
)
@settings(max_examples=50, deadline=None)
def test_no_two_rows_share_a_part(rows: list[tuple[str, str, str]]) -> None:
    found = articles(lines({"id": "0", "url": "", "text": "x"}, *({"id": i, "url": u, "text": t} for i, u, t in rows)))
    assert len({a.part for a in found}) == len(found) and all(a.part for a in found)


def test_a_broken_line_and_a_row_without_text_are_skipped_by_number() -> None:
    found = read(lines(STORM) + b'\n{"title": "cut o\n{"title": "no text"}\n7\n' + lines(STORM))
    kinds = [f.part if isinstance(f, Skipped) else "article" for f in found]
    assert kinds == ["article", "row 2", "row 3", "row 4", "article"]
    assert "JSON" in found[1].why and "no text" in found[2].why  # type: ignore[union-attr]


def test_a_list_that_breaks_off_gives_the_rows_before() -> None:
    data = json.dumps([STORM, {**STORM, "url": "2"}], indent=1).encode()
    first, second = read(data[:-40], "a.json")
    assert isinstance(first, Extract) and isinstance(second, Skipped)


def test_a_quoted_cell_may_hold_lines_and_marks() -> None:
    rows = [{"title": 'He said "no", twice', "text": 'One;\n\n"Two", she said.'}, {"title": "B", "text": "Three."}]
    first, second = articles(table(rows).encode(), "a.csv")
    assert first.title == 'He said "no", twice' and paragraphs(first) == ["One;", '"Two", she said.']
    assert paragraphs(second) == ["Three."]


def test_a_legacy_encoding_far_down_in_the_file_is_seen() -> None:
    rows = [{"title": "A", "text": "plain words here " * 40}] * 200 + [
        {
            "title": "Café à Genève",
            "text": "Où est la mairie ? Près du café désert, à côté de l'église, répond le garçon.",
        }
    ]
    assert articles(table(rows).encode("cp1252"), "a.csv")[-1].title == "Café à Genève"


def test_nul_bytes_and_ragged_rows_do_no_harm() -> None:
    found = articles(b"title,text,url\nA\x00B,Words\x00 here.\nC,More.,u,extra,cells\n", "a.csv")
    assert [(a.title, a.text) for a in found] == [("AB", "Words here."), ("C", "More.")]


def test_an_endless_line_costs_its_row_and_no_more() -> None:
    data = lines(STORM) + b'\n{"text": "' + b"x" * 11_000_000 + b'"}\n' + lines(STORM)
    first, long, last = read(data)
    assert isinstance(first, Extract) and isinstance(last, Extract)
    assert isinstance(long, Skipped) and "longer" in long.why


def test_an_unknown_table_names_its_columns() -> None:
    with pytest.raises(Unreadable, match="“titolo”, “corpo”"):
        read(lines({"titolo": "A", "corpo": "B"}))
    with pytest.raises(Unreadable, match=r"no column “korpus”.*“titolo”, “corpo”"):
        read(lines({"titolo": "A", "corpo": "B"}), mapping=Mapping.parse("text=korpus"))


def test_the_user_says_which_column_is_what_and_the_rest_is_guessed() -> None:
    row = {"corpo": "Parole.", "text": "Not this.", "url": "u", "meta": {"titolo": "Tempesta"}}
    (article,) = articles(lines(row), mapping=Mapping.parse("text=corpo, title = meta.titolo"))
    assert (article.text, article.title, article.url) == ("Parole.", "Tempesta", "u")


def test_a_row_that_lacks_a_said_column_gets_no_other_for_it() -> None:
    found = read(lines({"corpo": "Parole."}, {"text": "Not this."}), mapping=Mapping(text="corpo"))
    assert isinstance(found[1], Skipped)


@pytest.mark.parametrize("said", ["", "text", "text=", "corpo", "word=corpo", "=x"])
def test_a_mapping_that_says_nothing_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(Unreadable):
        Mapping.parse(said)


@pytest.mark.parametrize("sidecar", [b'{"text": "corpo", "title": "titolo"}', b"text: corpo\ntitle: titolo\n"])
def test_a_sidecar_says_the_same(sidecar: bytes) -> None:
    assert Mapping.read(sidecar) == Mapping.parse("text=corpo,title=titolo")


@pytest.mark.parametrize(
    "sidecar", [b"", b"[1]", b"text: [a]", b"\x00\xff", b"{", b"word: x", b"a: &a [*a]", b"[" * 1900]
)
def test_a_broken_sidecar_is_refused_with_a_sentence(sidecar: bytes) -> None:
    with pytest.raises(Unreadable):
        Mapping.read(sidecar)


def test_the_outlets_own_id_is_not_the_articles() -> None:
    found = guess(("source", "source.id", "source.name", "title", "content"))
    assert (found.id, found.source, found.text) == ("", "source", "content")


def test_a_large_export_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as out:
        for n in range(800):
            out.write(json.dumps({"id": n, "text": f"{n} " + "word " * 2000}) + "\n")
    tracemalloc.start()
    with path.open("rb") as file:
        count = sum(isinstance(f, Extract) for f in read_table(gunzipped(file), "large.jsonl"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 800 and peak < 3e6


def test_a_compressed_export_cut_off_gives_the_rows_before() -> None:
    rows = [{"id": n, "text": f"{n * 7919 % 1000} {'x' * (n % 50)} words"} for n in range(3000)]
    data = gzip.compress(lines(*rows))
    found = list(read_table(gunzipped(io.BytesIO(data[: len(data) // 2])), "a.jsonl"))
    assert len(found) > 500 and isinstance(found[0], Extract)
    assert isinstance(found[-1], Skipped) and "missing" in found[-1].why


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["text", "title", "authors", "date", "id", "url"]), VALUES), max_size=4)
)
@settings(max_examples=80, deadline=None)
def test_any_values_give_clean_articles_or_sentences(rows: list[dict[str, Any]]) -> None:
    for found in read(lines({"text": "Words.", "id": "first"}, *rows)):
        if isinstance(found, Extract):
            check_law(found)
        else:
            assert found.part.startswith("row ") and found.why


@given(st.sampled_from(["jsonl", "json", "csv", "parquet"]), st.data())
@settings(max_examples=100, deadline=None)
def test_mutated_exports_give_articles_or_sentences_and_nothing_else(kind: str, data: st.DataObject) -> None:
    rows = [STORM, {**STORM, "url": "2", "title": "Ébauche"}]
    whole = bytearray(
        {
            "jsonl": lambda: lines(*rows),
            "json": lambda: json.dumps(rows, indent=1).encode(),
            "csv": lambda: table(rows).encode(),
            "parquet": lambda: parquet(*rows),
        }[kind]()
    )
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    try:
        for found in read(bytes(whole), f"a.{kind}"):
            if isinstance(found, Extract):
                check_law(found)
    except Unreadable as error:
        assert str(error)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"\x00" * 100, b"PAR1", b"PAR1" * 9, b'"' * 1000]
)
def test_what_is_no_export_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, "a.json")


@pytest.mark.parametrize("column", ["html", "body_html", "content_html", "article_html", "html_content"])
def test_a_column_of_html_holds_the_text(column: str) -> None:
    (article,) = articles(
        lines({"headline": "Quay", column: "<p>One is here.</p><p>Two is there.</p>", "first_published": "2020-03-04"})
    )
    assert article.text == "One is here.\n\nTwo is there."
    assert [s.text for s in article.published] == ["2020-03-04"]


@pytest.mark.parametrize(
    "column", ["date_publish", "first_published", "publish_time", "published_on", "publication_date"]
)
def test_a_column_that_says_when_it_was_published_goes_before_the_time_of_the_crawl(column: str) -> None:
    row = {"text": "Words.", column: "2020-03-04", "date_crawled": "2022-02-22", "ingested_at": "2022-02-22"}
    assert [s.text for s in articles(lines(row))[0].published] == ["2020-03-04"]


def test_a_whole_page_in_a_row_is_its_article_without_menu_and_foot() -> None:
    told = (
        "The quay of Merrin will close in May, the harbour office said, and nobody knows for how long it will be shut."
    )
    page = f"<!DOCTYPE html><html><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav><article><h1>Quay</h1><p>{told}</p><p>{told} Again.</p></article><footer>© 2020</footer></body></html>"
    assert articles(lines({"title": "Quay", "html": page}))[0].text == f"Quay\n\n{told}\n\n{told} Again."
