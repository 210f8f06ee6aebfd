"""The rows of an export (JSON lines, JSON list, CSV, TSV, Parquet), one after the other, never all at once."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO, TextIO

from index.formats.extract import MAX_BYTES, Unreadable
from index.formats.table.parquet import parquet_columns, parquet_rows

_LARGEST_LINE = MAX_BYTES
_LARGEST_VALUE = 6 * MAX_BYTES
"""Characters of one JSON value: a whole answer of a news service in one object is long."""
_SAMPLE = 65_536
_FIRST_ROWS = 50
"""Rows looked at to learn the columns of JSON, where each row names its own."""
_MOST_COLUMNS, _LONGEST_NAME = 500, 100
OWN = ("name", "text", "@value", "value", "title")
"""Where an object says what it is, as in {"author": {"name": "Ann Poe"}}."""
_WRAPPERS = (
    *("articles", "items", "results", "data", "docs", "documents", "stories", "posts", "news", "entries"),
    *("response", "hits", "@graph"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row by column; `broken` says why it could not be read. Numbers count from 1.

    A dot steps inside an object: {"meta": {"title": …}} has the column "meta.title".
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    broken: str = ""


def rows_of(file: BinaryIO, name: str, columns: tuple[str, ...] = ()) -> Iterator[Row]:
    """The rows of the export, from its beginning. Of Parquet only these `columns`, all where none are named.

    Raises Unreadable for a file that is no export. What breaks off after some rows ends with a broken row.
    """
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    number = 0
    try:
        values = parquet_rows(file, columns) if head.startswith(b"PAR1") else _written(file, name)
        for number, value in enumerate(values, 1):
            yield Row(number, broken=value) if isinstance(value, str) else Row(number, _flat(value))
    except Unreadable as error:
        if number == 0:
            raise
        yield Row(number + 1, broken=f"{error}; the rows after it are missing")


def columns_of(file: BinaryIO, name: str) -> tuple[str, ...]:
    """The columns of the export, dotted where one steps inside; of JSON those of the first rows. Raises as rows_of."""
    file.seek(0)
    if file.read(4) == b"PAR1":
        return parquet_columns(file)
    first = [row.values for row in islice(rows_of(file, name), _FIRST_ROWS)]
    return tuple(dict.fromkeys(column for values in first for column in values))


def _flat(values: dict[str, Any], depth: int = 3) -> dict[str, Any]:
    """The values by dotted name; an object with a name or a text of its own stands for that, too."""
    flat: dict[str, Any] = {}
    for key, value in islice(values.items(), _MOST_COLUMNS):
        column = str(key)[:_LONGEST_NAME]
        if not isinstance(value, dict):
            flat[column] = value
        elif depth:
            own = next((value[key] for key in OWN if isinstance(value.get(key), str)), None)
            flat |= {} if own is None else {column: own}
            flat |= {f"{column}.{inner}": v for inner, v in _flat(value, depth - 1).items()}
    return flat


def _written(file: BinaryIO, name: str) -> Iterator[dict[str, Any] | str]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        sample = text.read(_SAMPLE)
        text.seek(0)
        if sample.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            yield from _json(text, name)
        else:
            yield from _csv(text, sample)
    finally:
        # Otherwise the wrapper would close the caller's file.
        text.detach()


def _encoding(file: BinaryIO) -> str:
    """The file's encoding: by its mark, UTF-8 where all of it is, else by the first piece that is not."""
    head = file.read(4)
    file.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(_SAMPLE):
            decoder.decode(block)
    except UnicodeDecodeError:
        return _legacy(block + file.read(10 * _SAMPLE))
    except Unreadable:
        # It breaks off: the rows before are read all the same, and the reading says so again.
        return "utf-8-sig"
    finally:
        file.seek(0)
    return "utf-8-sig"


def _legacy(data: bytes) -> str:
    """The likeliest encoding of bytes that are not wholly UTF-8; a few stray ones do not make another one."""
    from charset_normalizer import from_bytes

    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    if any(ord(c) > 0x7F and c != "\ufffd" for c in mended) and broken * 200 < len(mended):
        return "utf-8-sig"
    # Plain ASCII tells nothing, and much of it drowned what does.
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())
    # Where the Western and the Central European page fit equally, the library names the latter: à came out as ŕ.
    likely = sorted(from_bytes(telling[:_SAMPLE]), key=lambda g: (g.chaos, -g.coherence, g.encoding != "cp1252"))
    return likely[0].encoding if likely else "cp1252"


class _TooLong(Exception):
    """A line is longer than any row may be; the next one can still be read."""


class _Lines:
    """The lines of a text, none longer than a row may be."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LARGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == _LARGEST_LINE and not line.endswith(("\n", "\r")):
            while (rest := self._text.readline(_LARGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
            raise _TooLong(f"its line is longer than an article may be ({_LARGEST_LINE / 1e6:.0f} MB); split it")
        return line.replace("\x00", "")


def _csv(text: TextIO, sample: str) -> Iterator[dict[str, Any] | str]:
    # The setting is the whole process's, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_LINE))
    delimiter, lines = _delimiter(sample), _Lines(text)
    if sample.lower().startswith("sep="):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter)
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong as error:
            yield str(error)
            continue
        except csv.Error:
            yield "it cannot be told apart into columns (is a quotation mark missing?); correct it"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if header:
            yield dict(zip(header, cells, strict=False))
        else:
            header = [cell.strip() for cell in cells]


def _delimiter(sample: str) -> str:
    """The mark that parts the columns of the header."""
    if sample.lower().startswith("sep=") and len(sample) > 4:
        return sample[4]
    lines = sample.splitlines(keepends=True)[:50]
    return max(",;\t|", key=lambda mark: _width(lines, mark))


def _width(lines: list[str], mark: str) -> int:
    try:
        return len(next(csv.reader(lines, delimiter=mark), []))
    except csv.Error:
        return 0


def _json(text: TextIO, name: str) -> Iterator[dict[str, Any] | str]:
    lined = name.lower().endswith((".jsonl", ".ndjson")) or _is_lined(_Lines(text))
    text.seek(0)
    for value in _json_lines(_Lines(text)) if lined else _json_values(text):
        yield from [value] if isinstance(value, str) else _unwrapped(value)


def _is_lined(lines: _Lines) -> bool:
    """True when one of the first two lines is an object all by itself."""
    for _ in range(2):
        try:
            if isinstance(json.loads(next(lines)), dict):
                return True
        except (ValueError, RecursionError):
            continue
        except (StopIteration, _TooLong):
            return False
    return False


def _json_lines(lines: _Lines) -> Iterator[Any]:
    while True:
        try:
            line = next(lines).strip("\ufeff \t\r\n")
            if line:
                yield json.loads(line)
        except StopIteration:
            return
        except _TooLong as error:
            yield str(error)
        except (ValueError, RecursionError):
            yield "its line is not whole JSON; correct it or export it again"


def _json_values(text: TextIO) -> Iterator[Any]:
    """The values in a JSON list, or written one after the other, over as many lines as they like."""
    decoder, buffer, position = json.JSONDecoder(), "", 0
    while True:
        while position < len(buffer) and buffer[position] in "\ufeff \t\r\n,[]":
            position += 1
        try:
            value, end = decoder.raw_decode(buffer, position)
        except (ValueError, RecursionError):
            rest = buffer[position:]
            more = text.read(max(_SAMPLE, len(rest))) if len(rest) < _LARGEST_VALUE else ""
            if more:
                buffer, position = rest + more, 0
                continue
            if rest:
                yield "its JSON breaks off or is wrong from here on; correct it or export it again"
            return
        position = end
        yield value


def _unwrapped(value: Any, depth: int = 3) -> Iterator[dict[str, Any] | str]:
    """The rows in one value: itself, or those in the list that it wraps, like {"articles": […]}."""
    if not isinstance(value, dict):
        yield "it is not an object with named values; leave it out or export it again"
        return
    inside = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), dict | list)), None)
    if isinstance(inside, dict) and depth and any(key in inside for key in _WRAPPERS):
        yield from _unwrapped(inside, depth - 1)
    elif isinstance(inside, list) and inside and all(isinstance(row, dict) for row in inside):
        yield from inside
    else:
        yield value
