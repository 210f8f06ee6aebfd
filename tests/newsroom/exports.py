"""Exports of archives: JSON lines, CSV and Parquet, each with its own names for the same columns."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from tests.newsroom.desk import Desk, Story
from tests.newsroom.gold import ANY, Gold

CRAWLED = "2022-02-22T22:22:22Z"
"""When rows were fetched or stored: it dates no article."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names of an export's columns; "" where it has no such column. `body` says how paragraphs are parted."""

    headline: str
    text: str
    date: str
    outlet: str = ""
    authors: str = ""
    url: str = ""
    section: str = ""
    updated: str = ""
    body: str = "\n\n"
    clock: str = "iso"
    decoys: tuple[str, ...] = ()


DIALECTS = {
    "export/archive.jsonl": Dialect(
        "headline", "body", "published_at", "source", "authors", "url", "section", "updated_at"
    ),
    "export/crawl.jsonl": Dialect(
        "title", "text", "date_publish", "", "author", "url", body="\n", decoys=("date_crawled", "ingested_at")
    ),
    "export/cms.jsonl": Dialect(
        "headline", "html", "first_published", "publication", "byline", "permalink", body="<p>"
    ),
    "export/millis.ndjson": Dialect("title", "content", "published", "site_name", clock="millis"),
    "export/archive.csv": Dialect("title", "article_text", "pub_date", "publication", "author", "link", "section"),
    "export/excel.csv": Dialect("Headline", "Body", "Date", "Outlet", "Byline", clock="words"),
    "export/undated.csv": Dialect("title", "content", "", "source", decoys=("crawled_at", "scraped_at")),
    "export/archive.parquet": Dialect(
        "title", "maintext", "published_at", "outlet", "authors", "url", decoys=("indexed_at",)
    ),
    "export/small.parquet": Dialect("headline", "text", "date", body="\n"),
}


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All exports, and their gold; every row is an article."""
    (folder / "export").mkdir(parents=True, exist_ok=True)
    found: list[Gold] = []
    for name, dialect in DIALECTS.items():
        stories = [desk.fitting("windows-1252", authors=1 + n % 2, subheads=False) for n in range(4)]
        rows = [_row(story, dialect) for story in stories]
        _save(folder / name, rows)
        found += [_gold(name, story, dialect) for story in stories]
    return found


def _row(story: Story, d: Dialect) -> dict[str, Any]:
    texts = [p.text for p in story.pieces]
    body = "".join(f"<p>{escape(t)}</p>" for t in texts) if d.body == "<p>" else d.body.join(texts)
    noon = datetime(story.day.year, story.day.month, story.day.day, 12, tzinfo=UTC)
    clocks = {"iso": noon.isoformat(), "millis": int(noon.timestamp() * 1000), "words": f"{story.day:%d %B %Y}"}
    values = {
        "id": story.slug,
        d.headline: story.headline,
        d.text: body,
        d.date: clocks[d.clock],
        d.outlet: story.outlet.name,
        d.authors: story.byline if "byline" in d.authors.lower() else list(story.authors),
        d.url: story.url,
        d.section: story.section,
        d.updated: (noon + timedelta(days=4)).isoformat(),
    }
    return {column: value for column, value in values.items() if column} | dict.fromkeys(d.decoys, CRAWLED)


def _save(path: Path, rows: list[dict[str, Any]]) -> None:
    if path.suffix in (".jsonl", ".ndjson"):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    elif path.suffix == ".csv":
        flat = [{k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows]
        excel = path.stem == "excel"
        out = io.StringIO(newline="")
        table = csv.DictWriter(out, list(flat[0]), delimiter=";" if excel else ",")
        table.writeheader()
        table.writerows(flat)
        path.write_bytes(out.getvalue().encode("windows-1252" if excel else "utf-8-sig"))
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        typed = [{k: datetime.fromisoformat(v) if k == "published_at" else v for k, v in row.items()} for row in rows]
        pq.write_table(pa.Table.from_pylist(typed), path)


def _gold(name: str, story: Story, d: Dialect) -> Gold:
    gold = story.gold(
        name,
        "export",
        outlet=story.outlet.name if d.outlet else "",
        authors=story.authors if d.authors else (),
        url=story.url if d.url else "",
        section=story.section if d.section else "",
        published=story.day,
        origin="export column",
        updated=story.day + timedelta(days=4) if d.updated else None,
    )
    if not d.date:
        gold = replace(gold, published=None, unknown="decoy only", origin="", subject="the crawl's date alone")
    return gold if d.outlet or not d.url else replace(gold, outlet=ANY)
