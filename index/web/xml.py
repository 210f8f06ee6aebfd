"""XML from strangers, element by element: no entities, nothing fetched, nothing kept that was passed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO
from typing import Any
from unicodedata import normalize

from index.formats.extract import Unreadable

_OF_MEDIA = re.compile(r"\{[^}]*(mrss|itunes|image)[^}]*\}", re.IGNORECASE)
"""Namespaces whose title, content and description are those of a picture, a film or a podcast."""
_STRAY = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)"  # left as it is; unclosed, it runs to the end, so that none is looked at twice
    rb"|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,31};)?"
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1f]",
    re.DOTALL,
)
"""What makes XML of the web no XML: names of HTML characters, bare ampersands, control characters."""
_MOST_MENDED = 10_000_000
"""Bytes of damaged XML that are mended: three seconds' work for each million of bare ampersands."""
_OTHER_ENCODING = re.compile(rb"\A[^>]*encoding\s*=\s*.(?!utf-?8)", re.IGNORECASE)


def elements(data: bytes, *names: str) -> Iterator[Any]:
    """Every lxml element of these local names, complete, in order; each is emptied when the next is asked for.

    The usual faults are mended. Raises Unreadable where the rest is too damaged, after giving what came before,
    and for XML that declares entities: lists of pages have no use for them, and a few lines of them can be made
    to fill any memory ("billion laughs").
    """
    from lxml import etree

    given = 0
    # Not the parser's own way to recover: it took two seconds for 80 kB of "<a <a <a", growing with the square.
    for attempt in (data, _mended(data)):
        try:
            for number, element in enumerate(_parsed(attempt, names)):
                if number >= given:
                    yield element
                    given += 1
            return
        except etree.XMLSyntaxError:
            continue
    raise Unreadable(f"what came is XML that is damaged or breaks off after {given} entries; those were taken")


def _parsed(data: bytes, names: tuple[str, ...]) -> Iterator[Any]:
    from lxml import etree

    parser = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    for _, element in parser:
        if not checked:
            _no_entities(element)
            checked = True
        yield element
        element.clear(keep_tail=False)
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]


def _no_entities(element: Any) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Unreadable("what came declares entities of its own, which can be made to fill any memory")


def _mended(data: bytes) -> bytes:
    if len(data) > _MOST_MENDED or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    if not _OTHER_ENCODING.match(data[:200]):
        data = data.decode("utf-8", "replace").encode("utf-8")
    return _STRAY.sub(_mend, data)


def _mend(stray: re.Match[bytes]) -> bytes:
    found = stray[0]
    if not found.startswith(b"&"):
        return found if found.startswith(b"<") else b""
    characters = html5.get((stray[1] or b"").decode("ascii", "replace"))
    return "".join(f"&#{ord(c)};" for c in characters).encode() if characters else b"&amp;" + found[1:]


def child(element: Any, name: str) -> Any:
    """The first child of this local name that speaks of the page, not of its pictures; None where there is none."""
    return next((c for c in element.findall(f"{{*}}{name}") if not _OF_MEDIA.search(c.tag)), None)


def words_of(element: Any, *names: str) -> str:
    """The text of the first child of one of these local names, on one line; "" where there is none."""
    found = (child(element, name) for name in names)
    words = (one_line("".join(one.itertext())) for one in found if one is not None)
    return next((said for said in words if said), "")


def one_line(text: str) -> str:
    """The text composed (NFC), on one line, without control characters."""
    return " ".join("".join(c for c in normalize("NFC", text) if c.isprintable() or c.isspace()).split())
