"""Files whose publication date is tricky: each states its date, or a decoy, in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from tests.newsroom import web_parts as web
from tests.newsroom.desk import OUTLETS, PLAIN_OUTLET, Desk, Outlet, Story
from tests.newsroom.gold import ANY, Gold, Piece, Unscored
from tests.newsroom.words import AMERICAN, BRITISH

DEC_6, JUN_12 = date(2012, 12, 6), date(2012, 6, 12)
AMBIGUOUS = "06/12/2012"
AMERICAN_OUTLET = OUTLETS[1]


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All files with tricky dates, and their gold."""
    return [*_texts(folder, desk), *_pages(folder, desk), *_neighbours(folder, desk)]


def _story(desk: Desk, outlet: Outlet = PLAIN_OUTLET, weekday: str = "", spelling: Sequence[str] = ()) -> Story:
    return desk.story(outlet=outlet, weekday=weekday, spelling=spelling, dated=False, paragraphs=8, subheads=False)


def text_file(folder: Path, name: str, story: Story, line: str, **said: Any) -> Gold:
    """Headline, one line, text; `said` is what the gold says of the date."""
    pieces = (Piece("headline", story.headline), *([Piece("dateline", line)] if line else ()), *story.pieces)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(p.text for p in pieces) + "\n", "utf-8")
    return story.gold(name, "txt", pieces=pieces, **said)


def known(day: date, subject: str, origin: str | Unscored = "date line", **more: Any) -> dict[str, Any]:
    """Gold of a file whose date is known."""
    return {"published": day, "origin": origin, "subject": subject} | more


def unknown(why: str, subject: str, **more: Any) -> dict[str, Any]:
    """Gold of a file whose date must stay unknown."""
    return {"unknown": why, "subject": subject, "origin": ANY if why == "ambiguous" else ""} | more


def _texts(folder: Path, desk: Desk) -> list[Gold]:
    march_4 = {"updated": date(2024, 3, 4)}
    lines: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("two-readings", AMBIGUOUS, unknown("ambiguous", "two readings")),
        ("two-readings-labelled", "Published: 03/04/2021", unknown("ambiguous", "two readings")),
        ("two-digit-year", "06/12/12", unknown("ambiguous", "two-digit year")),
        ("zone-summer", "06/12/2012 04:02 EDT", known(JUN_12, "settled by a zone")),
        ("zone-winter", "07/12/2015 09:10 EST", known(date(2015, 12, 7), "settled by a zone")),
        (
            "zone-both",
            "06/12/2012 04:02 EDT | Updated 08/12/2012 05:12 EDT",
            known(JUN_12, "settled by a zone", updated=date(2012, 8, 12)),
        ),
        ("weekday", "Tuesday 06/12/2012", known(JUN_12, "settled by a weekday")),
        ("weekday-day-first", "Thursday, 06/12/2012, 9:15", known(DEC_6, "settled by a weekday")),
        (
            "other-date",
            "Published 06/12/2012, updated 13/12/2012",
            known(DEC_6, "settled by another date", updated=date(2012, 12, 13)),
        ),
        (
            "other-date-us",
            "Posted 06/12/2012 | Updated 06/14/2012",
            known(JUN_12, "settled by another date", updated=date(2012, 6, 14)),
        ),
        ("beyond-twelve", "25/03/2019", known(date(2019, 3, 25), "day beyond twelve")),
        ("beyond-twelve-us", "03/25/2019", known(date(2019, 3, 25), "day beyond twelve")),
        ("same-either-way", "07/07/2017", known(date(2017, 7, 7), "the same either way")),
        ("updated-only", "Last updated: 4 March 2024", unknown("only updated", "updated only", **march_4)),
        (
            "updated-too",
            "Published 2 March 2024, last updated 4 March 2024",
            known(date(2024, 3, 2), "published and updated", **march_4),
        ),
        (
            "updated-first",
            "Updated 4 March 2024 | Published 2 March 2024",
            known(date(2024, 3, 2), "updated stands first", **march_4),
        ),
        ("late-evening", "March 5, 2024, 11:40 p.m. ET", known(date(2024, 3, 5), "close to midnight")),
        ("short-month", "Fri, 5 Apr 2019 at 7:05am BST", known(date(2019, 4, 5), "short month")),
    )
    found = [text_file(folder, f"dates/line-{name}.txt", _story(desk), line, **said) for name, line, said in lines]
    month_first = "Tuesday"
    more: tuple[tuple[str, Story, str, dict[str, Any]], ...] = (
        (
            "weekday-in-text",
            _story(desk, weekday=month_first),
            AMBIGUOUS,
            known(JUN_12, "settled by a weekday in the text"),
        ),
        ("british", _story(desk, spelling=BRITISH), AMBIGUOUS, known(DEC_6, "settled by spelling")),
        ("american", _story(desk, spelling=AMERICAN), AMBIGUOUS, known(JUN_12, "settled by spelling")),
    )
    found += [text_file(folder, f"dates/{name}.txt", story, line, **said) for name, story, line, said in more]
    names: tuple[tuple[str, dict[str, Any]], ...] = (
        ("2021-08-17-story.txt", known(date(2021, 8, 17), "file name", "file name")),
        ("council_20210818.txt", known(date(2021, 8, 18), "file name", "file name")),
        ("story-48211907.txt", unknown("not stated", "a number that is no date")),
        ("agenda 3 of 12.txt", unknown("not stated", "numbers that are no date")),
    )
    found += [text_file(folder, f"dates/{name}", _story(desk), "", **said) for name, said in names]
    event, past, undated = (_opening(_story(desk), first) for first in (EVENT, PAST, PAST))
    return [
        *found,
        text_file(folder, "dates/event.txt", event, "", **unknown("decoy only", "the date of an event")),
        text_file(
            folder, "dates/anniversary.txt", past, "17 March 2014", **known(date(2014, 3, 17), "a date in the text")
        ),
        text_file(
            folder,
            "dates/anniversary-undated.txt",
            undated,
            "",
            **unknown("decoy only", "a date in the text"),
        ),
        _front(folder, desk, "front-ambiguous", "05/06/2019", unknown("ambiguous", "two readings")),
        _front(
            folder,
            desk,
            "front-moment",
            "2019-06-30T23:45:00-04:00",
            known(date(2019, 6, 30), "close to midnight", "front matter"),
        ),
        _front(
            folder,
            desk,
            "2019-07-04-front-against-name",
            "2019-07-02",
            known(date(2019, 7, 2), "front matter against the file name", "front matter"),
        ),
    ]


def _opening(story: Story, first: str) -> Story:
    """The story with another first paragraph."""
    return replace(story, pieces=(Piece("body", first), *story.pieces))


EVENT = "The choir of the fire brigade will sing on 14 June 2024 at seven in the evening, under the lime trees if it stays dry."
PAST = "On 3 March 1974 the tower lost its bell. Those who heard it fall say that they still hear it."


def _front(folder: Path, desk: Desk, name: str, line: str, said: dict[str, Any]) -> Gold:
    story = _story(desk)
    text = f'---\ntitle: "{story.headline}"\ndate: {line}\n---\n\n' + "\n\n".join(p.text for p in story.pieces) + "\n"
    (folder / f"dates/{name}.md").write_text(text, "utf-8")
    return story.gold(f"dates/{name}.md", "md", **said)


def page_file(
    folder: Path,
    name: str,
    story: Story,
    head: str = "",
    *,
    line: str = "",
    before: str = "",
    after: str = "",
    **said: Any,
) -> Gold:
    """A plain page with `head` in its head, a line under its headline, and things before and after the article."""
    shown = f'<p class="dateline">{line}</p>' if line else ""
    rows = "".join(f"<p>{escape(p.text, quote=False)}</p>" for p in story.pieces)
    body = f"{before}<article><h1>{escape(story.headline)}</h1>{shown}{rows}</article>{after}"
    path = folder / f"dates/{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(web.page(head, body, title=story.headline, lang=""), "utf-8")
    return story.gold(
        f"dates/{name}.html", "html", **({"outlet": ANY, "authors": ANY, "url": ANY, "section": ANY} | said)
    )


def _pages(folder: Path, desk: Desk) -> list[Gold]:
    def link(path: str, host: str = PLAIN_OUTLET.host) -> str:
        return f'<link rel="canonical" href="https://www.{host}/{path}">'

    def ld(**said: Any) -> str:
        return web.json_ld({"@context": "https://schema.org", "@type": "NewsArticle"} | said)

    def meta(value: str, name: str = "article:published_time") -> str:
        return web.metas([(name, value)])

    day = date(2024, 3, 5)
    die = desk.die
    website = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "datePublished": "2010-01-01"}]}
    video = {"@context": "https://schema.org", "@type": "VideoObject", "uploadDate": "2013-03-03", "name": "Swans"}
    cases: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
        ("ambiguous-line", {"line": "07/08/2020"}, unknown("ambiguous", "two readings")),
        ("ambiguous-meta", {"head": meta("04/05/2018")}, unknown("ambiguous", "two readings")),
        (
            "ambiguous-co-uk",
            {"head": link("news/story", "hollinchronicle.co.uk"), "line": AMBIGUOUS},
            known(DEC_6, "settled by .co.uk"),
        ),
        (
            "ambiguous-url",
            {"head": link("2012/12/06/story"), "line": AMBIGUOUS},
            known(DEC_6, "settled by another date", ANY),
        ),
        ("weekday-line", {"line": "Tuesday, 06/12/2012"}, known(JUN_12, "settled by a weekday")),
        (
            "ld-against-url",
            {"head": ld(datePublished="2024-03-05") + link("2024/03/01/story")},
            known(day, "JSON-LD against URL", "JSON-LD"),
        ),
        (
            "ld-against-meta",
            {"head": meta("2024-03-04") + ld(datePublished="2024-03-05")},
            known(day, "JSON-LD against meta", "JSON-LD"),
        ),
        (
            "ld-broken",
            {"head": ld(datePublished="0000-00-00") + meta("2024-03-05")},
            known(day, "JSON-LD that is no date", "meta"),
        ),
        (
            "ld-no-json",
            {"head": '<script type="application/ld+json">{"datePublished": </script>' + meta("2024-03-05")},
            known(day, "JSON-LD that is no JSON", "meta"),
        ),
        (
            "ld-modified-only",
            {"head": ld(dateModified="2024-03-05T10:00:00Z")},
            unknown("only updated", "updated only", updated=day),
        ),
        (
            "meta-modified-only",
            {"head": meta("2024-03-05T10:00:00Z", "article:modified_time")},
            unknown("only updated", "updated only", updated=day),
        ),
        ("ld-video", {"head": web.json_ld(video) + meta("2024-03-05")}, known(day, "a film's date", "meta")),
        (
            "ld-website",
            {"head": web.json_ld(website), "line": "5 March 2024"},
            known(day, "a page's date against a date line", ANY),
        ),
        (
            "meta-against-line",
            {"head": meta("2024-03-05"), "line": "6 March 2024"},
            known(day, "meta against date line", "meta"),
        ),
        (
            "zone-west",
            {"head": ld(datePublished="2024-03-05T23:30:00-05:00")},
            known(day, "close to midnight", "JSON-LD"),
        ),
        (
            "zone-east",
            {"head": ld(datePublished="2024-03-05T00:15:00+01:00")},
            known(day, "close to midnight", "JSON-LD"),
        ),
        (
            "zone-new-year",
            {"head": meta("2023-12-31T23:59:00Z")},
            known(date(2023, 12, 31), "close to midnight", "meta"),
        ),
        ("url-only", {"head": link("2024/03/05/story")}, known(day, "URL", "URL")),
        ("url-month-only", {"head": link("2024/03/story")}, unknown("not stated", "a URL without a day")),
        ("url-number", {"head": link("news/story-20481127")}, unknown("not stated", "a number that is no date")),
        (
            "copyright",
            {"after": "<footer><p>© 2019 Hollin Media. Founded 4 May 1921.</p></footer>"},
            unknown("decoy only", "copyright year"),
        ),
        ("related", {"after": web.related(die)}, unknown("decoy only", "related stories’ times")),
        (
            "related-first",
            {"before": web.related(die, "div"), "line": "5 March 2024"},
            known(day, "related stories’ times first"),
        ),
        ("comments", {"after": web.comments(die)}, unknown("decoy only", "comments’ times")),
        (
            "masthead",
            {"before": "<header><p>Thursday 12 June 2025</p></header>", "head": meta("2024-03-05")},
            known(day, "the day of saving in the head", "meta"),
        ),
        (
            "http-equiv",
            {
                "head": '<meta http-equiv="last-modified" content="Tue, 02 Jan 2018 10:00:00 GMT"><meta name="revised" content="2018-01-02">'
            },
            unknown("decoy only", "the file’s own date", updated=ANY),
        ),
        ("expires", {"head": meta("2031-01-01", "article:expiration_time")}, unknown("decoy only", "when it expires")),
        (
            "time-in-text",
            {"line": 'Concert: <time datetime="2024-06-14">14 June</time>'},
            unknown("decoy only", "the time of an event", published=ANY, origin=ANY),
        ),
        ("german", {"line": "Veröffentlicht am 12. März 2024"}, known(date(2024, 3, 12), "other languages")),
        ("french", {"line": "Publié le 1er août 2023 à 18h40"}, known(date(2023, 8, 1), "other languages")),
        ("spanish", {"line": "7 de febrero de 2022"}, known(date(2022, 2, 7), "other languages")),
    )
    found = []
    for name, parts, said in cases:
        found.append(page_file(folder, name, _story(desk), **parts, **said))
    return found


def _neighbours(folder: Path, desk: Desk) -> list[Gold]:
    """Outlets' folders: what an ambiguous date means is told by the outlet's other articles, where they agree."""
    found: list[Gold] = []
    folders: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
        (
            "hollin-chronicle",
            ("14/02/2012", "23/05/2012", "30/11/2012"),
            known(DEC_6, "settled by the outlet’s other articles"),
        ),
        (
            "selby-tribune",
            ("02/14/2012", "05/23/2012", "11/30/2012"),
            known(JUN_12, "settled by the outlet’s other articles"),
        ),
        (
            "fennick-review",
            ("14/02/2012", "23/05/2012", "05/24/2012", "11/30/2012"),
            unknown("ambiguous", "the outlet’s other articles disagree"),
        ),
    )
    for outlet, lines, said in folders:
        for n, line in enumerate(lines):
            first, second, year = map(int, line.split("/"))
            day = date(year, *((first, second) if second > 12 else (second, first)))
            gold = known(day, "day beyond twelve")
            found.append(
                text_file(folder, f"outlets/{outlet}/story-{chr(97 + n)}.txt", _story(desk), line, **gold, outlet=ANY)
            )
        found.append(text_file(folder, f"outlets/{outlet}/the-other.txt", _story(desk), AMBIGUOUS, **said, outlet=ANY))
    return found
