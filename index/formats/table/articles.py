"""Exports: a row of JSON lines, a JSON list, CSV, TSV or Parquet is an article."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, BinaryIO, cast

from index.formats.encoding import decode
from index.formats.extract import MAX_BYTES, Extract, Skipped, Stated, Unreadable, joined
from index.formats.fragment import plain, words_of
from index.formats.html import html_extract
from index.formats.table.mapping import Mapping, guess
from index.formats.table.rows import OWN, columns_of, rows_of
from index.formats.text import split
from index.values import Kind

ORIGIN = "export column"
_MARKUP = re.compile(
    r"<(?:/?(?:p|div|span|a|ul|ol|li|h[1-6]|strong|em|b|i|blockquote|figure|section|article|table)"
    r"|br|hr|img|!--|!\[CDATA)(?=[\s>/\[-])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[\n -~]*")
"""Text that has nothing to repair."""
_NOTHING = frozenset({"", "nan", "nat", "none", "null", "n/a", "<na>"})
_UNIX = re.compile(r"-?\d{9,19}(?:\.\d*)?")
_NO_DATE = re.compile(
    r"[-+]?0*(?:\.0*)?|(?:0000-00-00|0001-01-01|1970-01-01)(?:[T ]00:00(?::00(?:\.0*)?)?)?(?:Z|[+-]00:?00)?"
)
_BY = re.compile(r"by[ :]+", re.IGNORECASE)
_LISTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def read_table(file: BinaryIO, name: str, mapping: Mapping | None = None) -> Iterator[Extract | Skipped]:
    """The articles of an export, one a row, with `part` as the row's own id, else its url, else a hash of its words.

    What `mapping` leaves open is guessed from the columns' names. Rows without text and broken rows
    are skipped. Raises Unreadable, naming the columns there are, where none holds the text.
    """
    said = mapping or Mapping()
    fitted = said.fitted(columns_of(file, name))
    wanted = {getattr(fitted, field.name).split(".")[0] for field in fields(Mapping)} - {""}
    parts = Parts()
    for row in rows_of(file, name, tuple(wanted)):
        try:
            if row.broken:
                raise Unreadable(row.broken)
            yield _article(_Values(row.values, said, fitted), parts)
        except Unreadable as error:
            yield Skipped(f"row {row.number}", str(error))


@dataclass(frozen=True, slots=True)
class _Values:
    """What one row says of each part of an article."""

    row: dict[str, Any]
    said: Mapping
    fitted: Mapping

    def of(self, part: str) -> Any:
        """The value, None where the row has none. A row of JSON may name its columns otherwise than the first did."""
        column = getattr(self.fitted, part)
        if column not in self.row and not getattr(self.said, part):
            column = getattr(guess(tuple(self.row)), part)
        return self.row.get(column)

    def line(self, part: str) -> str:
        """The value as one clean line, "" where there is none."""
        return next(iter(self.lines(part)), "")

    def lines(self, part: str) -> tuple[str, ...]:
        """The values of a list, or the one value, as clean lines."""
        return tuple(dict.fromkeys(line for line in map(one_line, _texts(self.of(part))) if line))

    def dates(self, part: str) -> tuple[Stated, ...]:
        """The date as it is written, or in ISO 8601 where it is a number or a time; empty where it is unknown."""
        values = self.of(part)
        written = (_date(value) for value in (values if isinstance(values, list) else [values])[:3])
        return tuple(Stated(text, ORIGIN) for text in written if text)


def _article(values: _Values, parts: Parts) -> Extract:
    """The article of one row. Raises Unreadable where it has no text."""
    blocks = _blocks(values.of("text"))
    if not blocks:
        raise Unreadable(f"it has no text in the column “{values.fitted.text}”; fill it in or name another column")
    text, placed = joined(blocks)
    title, url = values.line("title"), values.line("url")
    return Extract(
        text=text,
        blocks=placed,
        part=parts.name(values.line("id"), url, words=f"{title}\n{text[:200]}"),
        title=title,
        source=values.line("source"),
        authors=tuple(dict.fromkeys(name for line in values.lines("authors") for name in names_in(line))),
        published=values.dates("published"),
        updated=values.dates("updated"),
        url=url,
        section=values.line("section"),
        language=values.line("language"),
    )


class Parts:
    """Names for the articles of one file: each is given once, and the same in every reading while the rows stay."""

    def __init__(self) -> None:
        self._given: set[bytes] = set()

    def name(self, *wishes: str, words: str) -> str:
        """The first wish that is not taken yet, else a hash of the words, counted where twins have the same."""
        own = _digest(words).hex()
        for wish in wishes:
            if wish and self._take(wish):
                return wish
        count = 1
        while not self._take(f"{own}-{count}"):
            count += 1
        return own if count == 1 else f"{own}-{count}"

    def _take(self, name: str) -> bool:
        # Hashes only: an export has a million rows.
        key = _digest(name)
        fresh = key not in self._given
        self._given.add(key)
        return fresh


def paragraphs_in(text: str) -> list[tuple[Kind | None, str]]:
    """(kind, words) of every paragraph of a text that may be plain or HTML. Raises Unreadable for binary data."""
    if len(text) > MAX_BYTES:
        raise Unreadable(f"its text is longer than an article may be ({MAX_BYTES / 1e6:.0f} MB); split it")
    if _PAGE.match(text):
        try:
            page = html_extract(text.encode("utf-8", "replace"), charset="utf-8")
            return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]
        except Unreadable:
            pass  # too short for an article to be told from what stands around it
    if _MARKUP.search(text):
        return words_of(text)
    text = html.unescape(text)
    if not _PLAIN.fullmatch(text):
        text = decode(text.encode("utf-8", errors="replace"))
    return [(None, words) for words in (plain(text[a:b]) for a, b in split(text)) if words]


def one_line(text: str) -> str:
    """A title, a name or the like as one clean line, its markup and entities resolved."""
    if _MARKUP.search(text):
        return " ".join(words for _, words in words_of(text))
    return plain(html.unescape(text))


def _blocks(value: Any) -> list[tuple[Kind | None, str]]:
    """The paragraphs of a text, or of a list of them."""
    if isinstance(value, list):
        return [block for text in _texts(value) for block in paragraphs_in(text)]
    text = next(iter(_texts(value)), "")
    listed = _json_list(text)
    return _blocks(listed) if listed else paragraphs_in(text)


def _json_list(text: str) -> list[Any] | None:
    """The list written out in a cell of a CSV file, such as ["One.", "Two."], None where there is none."""
    if not (text.startswith(('["', "[{")) and text.rstrip().endswith("]")):
        return None
    try:
        return cast(list[Any], json.loads(text))
    except (ValueError, RecursionError):
        return None


def _texts(value: Any) -> list[str]:
    """The strings in a value: itself, those of a list, an object's own; what stands for nothing is left out."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = next((item[key] for key in OWN if isinstance(item.get(key), str)), None)
        if isinstance(item, bytes):
            item = decode(item)
        if item is None or isinstance(item, list | dict) or (isinstance(item, float) and math.isnan(item)):
            continue
        text = str(item)
        if text.strip().lower() not in _NOTHING:
            found.append(text)
    return found


def names_in(line: str) -> list[str]:
    """The people in a byline. A comma parts them only between full names: in "Poe, Ann" it does not."""
    if line.startswith("[") and line.endswith("]"):
        names = [single or double for single, double in _LISTED.findall(line)]
    else:
        line = _BY.sub("", line)
        names = re.split(r"\s*[;|]\s*", line)
        parts = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+", line)
        if len(names) == 1 and all(len(part.split()) > 1 for part in parts):
            names = parts
    return [name.strip() for name in names if name.strip().lower() not in _NOTHING]


def _date(value: Any) -> str:
    """The date as it is written; numbers of seconds, milliseconds, … since 1970 and times as ISO 8601; "" for none."""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = one_line(str(value))
    if text.lower() in _NOTHING or _NO_DATE.fullmatch(text):
        return ""
    if _UNIX.fullmatch(text):
        return _from_unix(float(text))
    return text


def _from_unix(seconds: float) -> str:
    """The moment in ISO 8601, UTC. Numbers too large for seconds are milli-, micro- or nanoseconds."""
    while abs(seconds) >= 1e11:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
