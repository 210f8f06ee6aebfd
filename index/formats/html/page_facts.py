"""What a web page says of itself: headline, outlet, authors, dates, address, section, language, type."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.formats.extract import Stated
from index.formats.fragment import plain
from index.formats.html import linked_data

_MOST_STRINGS = 200
_FOOT = 5000
"""Characters at a page's end where its owner is named."""
_SUFFIX = re.compile(r"\s+[|–—-]\s+|\s*[|»·•]\s*|\s+::\s+")
_ADDRESS = re.compile(r"^(?:https?:|www\.|//|/|@)|\.(?:com|org|net)\b|@", re.IGNORECASE)
_BY = re.compile(
    r"^(?:(?:written|words|story|reported|posted|published|text) by|by|author|authors)\b[\s:]*", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|staff|desk|columnist|contributor|bureau|chief|journalist|producer|analyst"
    r"|critic|newsroom|reviewer|editorial|team|published|updated|ago)\b|\d",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}")
_BYLINE_NAMES = frozenset({"byline", "author", "authors", "byl", "writer", "contributors", "by"})
_UPDATED = re.compile(r"updat|modif|revis|edited|amended|corrected", re.IGNORECASE)
_PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
)
_UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "article.updated",
)
_OPINION = frozenset(
    {
        "opinion",
        "opinions",
        "editorial",
        "editorials",
        "comment",
        "commentisfree",
        "op-ed",
        "letters",
        "columnists",
        "leader",
    }
)
_RELEASE = re.compile(r"press[ -]releases?|news releases?|for immediate release", re.IGNORECASE)
_RELEASE_LINE = re.compile(r"\W*(?:for immediate release|press release|news release)\b", re.IGNORECASE)
_CORRECTION = re.compile(r"\W*(?:correction|clarification|retraction)s?\b\s*(?:[:—–-]|$)", re.IGNORECASE)
_FRONT_PAGE = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2}))?(?:[-_].*)?")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states; "" or () is what it does not state. Dates as written, JSON-LD, meta, time element in order."""

    headline: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[Stated, ...] = ()
    updated: tuple[Stated, ...] = ()
    url: str = ""
    section: str = ""
    language: str = ""
    type: str = ""


def page_facts(root: Any, own: Iterable[Any] | None = None, *, url: str = "", heading: str = "") -> PageFacts:
    """What the page under `root` says of itself, of each thing the strongest source's word.

    `own` are the elements where the article's own byline and time may stand (all, where not given): those of related
    stories and of comments are not among them. `url` is where the page came from, `heading` the article's <h1>.
    """
    elements = list(root.iter() if own is None else own)
    meta = _meta(root)
    address = _canonical(root, url) or _address(_first(meta, "og:url"), url)
    titled = _tidy(_first(meta, "og:title", "twitter:title"))
    if own is None and not heading:
        heading = plain(next((e.text_content() for e in elements if e.tag == "h1"), ""))
    data = linked_data.own_article(
        linked_data.read(_scripts(root)), addresses=(address, url), headlines=(heading, titled)
    )
    outlet = _tidy(data.publisher or _first(meta, "og:site_name", "application-name", "publisher", "dc.publisher"))
    window = plain(_text(root.find(".//head/title"))[:5000])[:1000]
    if not outlet or _ADDRESS.search(outlet):
        outlet = _signed(root, window) or _beside(window, heading, root)
    headline = _tidy(data.headline) or _without_site(titled, outlet) or heading or _without_site(window, outlet)
    section = _tidy(data.section or _first(meta, "article:section", "section", "parsely-section"))
    published, updated = _stated(meta, elements, data)
    return PageFacts(
        headline=headline,
        outlet=outlet,
        authors=names(data.authors)
        or names(_all(meta, "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"))
        or bylines(elements),
        published=published,
        updated=updated,
        url=address or _address(data.url, url),
        section=section,
        language=_language(
            root.get("lang", ""),
            root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
            data.language,
            _first(meta, "og:locale"),
        ),
        type=stated_type(data.types, headline, (section, data.genre)),
    )


def names(written: Iterable[str]) -> tuple[str, ...]:
    """The people in these bylines, without "By " and without their posts; addresses are no names."""
    found: list[str] = []
    for line in written:
        line = _BY.sub("", _tidy(line)[:300])
        if not line or _ADDRESS.search(line):
            continue
        for part in re.split(r"\s*(?:;|\||•|·)\s*|,?\s+(?:and|&)\s+", line):
            people = [name for name in re.split(r",\s*", part) if _PERSON.fullmatch(name) and not _ROLE.search(name)]
            if "," in part and people:
                found += people
            elif part := part.strip(" ,."):
                found.append(part)
    return tuple(dict.fromkeys(found))


def bylines(elements: Iterable[Any]) -> tuple[str, ...]:
    """The people named by rel=author, itemprop=author or a byline's class, and only what reads as a name."""
    found: list[str] = []
    marked = [
        e for e in elements if isinstance(e.tag, str) and (e.get("rel") == "author" or e.get("itemprop") == "author")
    ]
    if not marked:
        marked = [
            e
            for e in elements
            if isinstance(e.tag, str) and _BYLINE_NAMES & set(re.findall(r"[a-z]+", e.get("class", "").lower()))
        ]
    for element in marked:
        named = element.find(".//*[@itemprop='name']")
        words = plain(_text(element if named is None else named))
        if len(words) <= 200:
            found += [name for name in names([words]) if _PERSON.fullmatch(name) and not _ROLE.search(name)]
    return tuple(dict.fromkeys(found))


def stated_type(types: Iterable[str], headline: str, labels: Iterable[str]) -> str:
    """ "opinion", "live", "press release", "correction" or "report" where type, headline or section say so, else ""."""
    kinds = set(types)
    labels = [label.strip().lower() for label in labels if label]
    if _CORRECTION.match(headline):
        return "correction"
    if "LiveBlogPosting" in kinds:
        return "live"
    if "OpinionNewsArticle" in kinds or any(_OPINION & set(re.split(r"[\s/,>]+", label)) for label in labels):
        return "opinion"
    if any(_RELEASE.search(label) for label in [*labels, headline]):
        return "press release"
    return "report" if kinds & {"NewsArticle", "ReportageNewsArticle"} else ""


def opens_a_release(first_lines: Iterable[str]) -> bool:
    """True where one of these lines, from the top of a text, says that it is a press release."""
    return any(len(line) <= 120 and _RELEASE_LINE.match(line) for line in first_lines)


def _stated(
    meta: dict[str, list[str]], elements: list[Any], data: linked_data.Described
) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    published = [Stated(text, "JSON-LD") for text in data.published]
    updated = [Stated(text, "JSON-LD") for text in data.updated]
    published += [Stated(text, "meta") for text in _all(meta, *_PUBLISHED_META)]
    updated += [Stated(text, "meta") for text in _all(meta, *_UPDATED_META)]
    for element in elements:
        prop = element.get("itemprop", "").lower() if isinstance(element.tag, str) else ""
        if element.tag != "time" and prop not in ("datepublished", "datemodified"):
            continue
        text = plain(element.get("datetime") or element.get("content") or _text(element))[:100]
        if not any(c.isdigit() for c in text):
            continue
        if prop == "datemodified" or (prop != "datepublished" and _UPDATED.search(_label(element))):
            updated.append(Stated(text, "time element"))
        else:
            published.append(Stated(text, "time element"))
    return tuple(dict.fromkeys(published)), tuple(dict.fromkeys(updated))


def _label(element: Any) -> str:
    """The words that say what a time is: its class, its own words, and what stands just before it."""
    before = element.getprevious()
    above = element.getparent()
    if before is not None:
        told = (before.tail or "") if before.tag == "time" else f"{_text(before)[-60:]} {before.tail or ''}"
    else:
        told = "" if above is None else f"{above.get('class', '')} {above.text or ''}"
        previous = None if above is None else above.getprevious()
        if not told.strip() and previous is not None and previous.tag in ("span", "dt", "strong", "b"):
            told = _text(previous)[-60:]
    return f"{element.get('class', '')} {told[-80:]} {_text(element).strip()[:20]}"


def _meta(root: Any) -> dict[str, list[str]]:
    """What the <meta> elements say, by name, property or itemprop in small letters."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = plain(element.get("content", "")[:2000])
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _all(meta: dict[str, list[str]], *keys: str) -> list[str]:
    return [content for key in keys for content in meta.get(key, ())]


def _first(meta: dict[str, list[str]], *keys: str) -> str:
    return next(iter(_all(meta, *keys)), "")


def _scripts(root: Any) -> list[str]:
    return [e.text for e in root.iter("script") if "ld+json" in e.get("type", "").lower() and e.text]


def _text(element: Any) -> str:
    """The words inside an element; what stands in elements of its own is parted from the rest."""
    return "" if element is None else " ".join(islice(element.itertext(), _MOST_STRINGS))


def _tidy(text: str) -> str:
    """Plain words of a field that may still hold entities or tags."""
    return plain(re.sub(r"<[^<>]{1,200}>", "", html.unescape(text)))[:1000]


def _signed(root: Any, window: str) -> str:
    """The site's name, where it stands in the window's title and again as the front page's link, or as publisher."""
    homes = [e for e in islice(root.iter("a"), 300) if _FRONT_PAGE.fullmatch(e.get("href", "").strip())]
    marked = [e.find(".//*[@itemprop='name']") for e in islice(root.iterfind(".//*[@itemprop='publisher']"), 5)]
    for element in marked:
        name = "" if element is None else plain(element.get("content") or _text(element))
        if name and len(name) <= 100:
            return name
    signatures = [plain(_text(e)[:300]) for e in homes]
    ends = [part.strip() for part in re.split(r"\s+[|–—-]\s+|\s*[|»·•]\s*|:\s+", window)]
    return next((name for name in signatures if name and name in (ends[0], ends[-1]) and name != window), "")


def _beside(window: str, heading: str, root: Any) -> str:
    """What stands beside the headline in the window's title, where the page's copyright notice names the same."""
    before, found, behind = window.partition(heading) if heading else ("", "", "")
    name = (before if not behind.strip() else behind if not before.strip() else "").strip(" |–—-:»·•")
    if not found or not 2 < len(name) <= 60:
        return ""
    notice = rf"(?:©|\(c\)|copyright)[^\n]{{0,40}}{re.escape(name)}"
    return name if re.search(notice, plain(str(root.text_content())[-_FOOT:]), re.IGNORECASE) else ""


def _canonical(root: Any, base: str) -> str:
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and (found := _address(link.get("href", ""), base)):
            return found
    return ""


def _address(written: str, base: str) -> str:
    """The full http(s) address, "" where there is none."""
    try:
        whole = urljoin(base, written.strip()[:2000]) if written.strip() else ""
        parts = urlsplit(whole)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\x00-\x1f]", whole)
    except ValueError:
        return ""
    return whole if fine else ""


def _without_site(title: str, outlet: str) -> str:
    """The title without the site's name behind (or before) a bar: "Quay closed | Merrin Courier"."""
    parts = [(m.start(), m.end()) for m in _SUFFIX.finditer(title)]
    key = re.sub(r"\W|^the ", "", outlet.lower())
    if key:
        for start, end in parts:
            if key in re.sub(r"\W", "", title[end:].lower()) and len(title) - end <= len(outlet) + 25:
                return title[:start].strip()
            if re.sub(r"\W", "", title[:start].lower()) == key:
                return title[end:].strip()
        return title
    if parts and title[parts[-1][0] : parts[-1][1]].strip() in ("|", "»", "·", "•", "::"):
        return title[: parts[-1][0]].strip()
    return title


def _language(*written: str) -> str:
    for tag in written:
        found = _LANGUAGE.fullmatch(tag.strip()[:40])
        if found and found[1].lower() not in ("und", "mul"):
            return found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")
    return ""
