"""Plain text files: all the ways a newsroom's systems part paragraphs, end lines and spell letters."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import ftfy.bad_codecs  # noqa: F401  registers sloppy-windows-1252, the codec that mojibake was made with

from tests.newsroom.desk import Desk, Story, long_date
from tests.newsroom.gold import Gold, Piece

Join = Callable[[list[str]], str]


def blank_lines(texts: list[str]) -> str:
    """A blank line after every paragraph."""
    return "\n\n".join(texts) + "\n"


def single_lines(texts: list[str]) -> str:
    """One line a paragraph."""
    return "\n".join(texts) + "\n"


def wrapped(texts: list[str]) -> str:
    """Wrapped at 72, a blank line between paragraphs."""
    return "\n\n".join(textwrap.fill(t, 72, break_on_hyphens=False) for t in texts) + "\n"


def indented(texts: list[str]) -> str:
    """As wires send it: wrapped at 65, paragraphs told by an indent alone."""
    filled = (textwrap.fill(t, 65, initial_indent="   ", break_on_hyphens=False) for t in texts[1:])
    return f"{texts[0]}\n\n" + "\n".join(filled) + "\n"


def ragged(texts: list[str]) -> str:
    """Trailing spaces, tabs, three blank lines here and there."""
    return "".join("\t" * (n % 3 == 1) + t + "  \n\n" + "\n\n" * (n % 4 == 2) for n, t in enumerate(texts))


UTF8, MOJIBAKE = "utf-8", "mojibake"
WAYS: tuple[tuple[Join, str, str, int], ...] = (
    (blank_lines, UTF8, "\n", 4),
    (single_lines, UTF8, "\n", 4),
    (wrapped, UTF8, "\n", 4),
    (indented, UTF8, "\n", 2),
    (ragged, UTF8, "\n", 2),
    (blank_lines, "windows-1252", "\r\n", 2),
    (blank_lines, "utf-16", "\r\n", 2),
    (single_lines, "utf-8-sig", "\r\n", 2),
    (blank_lines, MOJIBAKE, "\n", 2),
    (wrapped, "windows-1252", "\r\n", 1),
    (blank_lines, UTF8, "\r", 1),
)


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All text files, and their gold."""
    found = []
    for join, encoding, ending, times in WAYS:
        for n in range(times):
            letters = encoding if encoding == "windows-1252" else UTF8
            story = desk.fitting(letters, authors=1 + n % 2, subheads=join is not indented)
            name = f"txt/{join.__name__}-{encoding.replace('-', '')}-{len(ending)}{ord(ending[0])}-{chr(97 + n)}.txt"
            found.append(put(folder, name, story, join, encoding, ending, head=n % 3))
    for language in ("fr", "de", "es"):
        story = desk.story_abroad(language)
        encoding = "windows-1252" if language == "de" else UTF8
        found.append(put(folder, f"txt/abroad-{language}.txt", story, blank_lines, encoding, "\n", head=2))
    return found


def put(folder: Path, name: str, story: Story, join: Join, encoding: str, ending: str, *, head: int) -> Gold:
    """The story as a text file. `head`: 0 has byline with outlet and date line, 1 byline and date line, 2 neither."""
    top = [Piece("headline", story.headline)]
    if head < 2:
        top.append(Piece("credit", story.byline + (f", {story.outlet.name}" if head == 0 else "")))
        top.append(Piece("dateline", long_date(story.day, story.outlet.region)))
    pieces = (*top, *story.pieces)
    text = join([p.text for p in pieces]).replace("\n", ending)
    if encoding == MOJIBAKE:
        data = text.encode().decode("sloppy-windows-1252").encode()
    else:
        data = text.encode(encoding, "replace")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return story.gold(
        name,
        "txt",
        pieces=pieces,
        outlet=story.outlet.name if head == 0 else "",
        authors=story.authors if head < 2 else (),
        published=story.day if head < 2 else None,
        unknown="" if head < 2 else "not stated",
        origin="date line" if head < 2 else "",
    )
