"""Packed files: gzip, zip and tar, member by member, with bounds on what they may unpack."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, cast

from index.formats.extract import Extract, Skipped, Unreadable
from index.formats.fragment import plain
from index.formats.table.articles import Parts

Inner = Callable[[BinaryIO, str], Iterator[Extract | Skipped]]
"""Reads a member of an archive as if it were a file of its own."""

MOST_MEMBERS = 10_000
MOST_UNPACKED = 2_000_000_000
"""Bytes that one archive, with the archives inside it, may unpack to."""
MOST_STREAMED = 20_000_000_000
"""Bytes that a gzip may unpack to: a month's crawl is large, and is never held whole."""
_MOST_RATIO = 200
"""Text packs to a third or a tenth of itself; a member of at least this size that packs better is a trap."""
_ALWAYS = 200_000_000
_SMALL = 10_000_000
_LARGEST_DIRECTORY = 16_000_000
_LOCAL_HEADER = 30
"""Bytes, the least that stands before a member: the header, without its name."""
_BLOCK = 65_536


class Allowance:
    """How much one file, with everything packed inside it, may still unpack: shared by the archives in an archive."""

    def __init__(self, members: int = MOST_MEMBERS, size: int = MOST_UNPACKED) -> None:
        self._members, self._size, self._most = members, size, size

    @classmethod
    def of(cls, file: BinaryIO) -> Allowance:
        """What a file of this size may unpack: news packs to a tenth, and a small file that holds gigabytes is a bomb."""
        packed = file.seek(0, io.SEEK_END)
        file.seek(0)
        return cls(size=min(MOST_UNPACKED, max(_ALWAYS, _MOST_RATIO * packed)))

    def take(self, members: int, size: int) -> None:
        """Counts so many members and bytes. Raises Unreadable where that is more than is left."""
        if members > self._members:
            raise Unreadable(f"it holds more than {MOST_MEMBERS:,} files; split it")
        if size > self._size:
            raise Unreadable(f"it unpacks to more than {self._most / 1e6:,.0f} MB; split it")
        self._members -= members
        self._size -= size


def gunzipped(file: BinaryIO, most: int = MOST_STREAMED) -> BinaryIO:
    """The unpacked bytes of a gzip as a stream that can be read from its beginning again.

    Reading raises Unreadable where the file is damaged, breaks off, or unpacks to more than `most` bytes.
    """
    return cast(BinaryIO, io.BufferedReader(_Gunzipped(file, most), _BLOCK))


class _Gunzipped(io.RawIOBase):
    def __init__(self, file: BinaryIO, most: int) -> None:
        import gzip

        self._gzip, self._most = gzip.GzipFile(fileobj=file, mode="rb"), most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._gzip.read1(min(len(buffer), _BLOCK))
        except EOFError:
            raise Unreadable("it breaks off in the middle; copy or fetch it again") from None
        except (OSError, zlib.error):
            raise Unreadable("it is damaged, it cannot be unpacked; copy or fetch it again") from None
        if self._gzip.tell() > self._most:
            raise Unreadable(f"it unpacks to more than {self._most / 1e9:.1f} GB; split it")
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the length of a gzip is known only at its end")
        try:
            return self._gzip.seek(offset, whence)
        except (EOFError, OSError, zlib.error):
            raise Unreadable("it is damaged, it cannot be unpacked; copy or fetch it again") from None

    def tell(self) -> int:
        return self._gzip.tell()


def read_zip(
    file: BinaryIO, name: str, inner: Inner, allowance: Allowance | None = None
) -> Iterator[Extract | Skipped]:
    """The articles in a zip, with `part` as the member's name, "!" and the article's own part where it has one.

    A member that cannot be read is skipped. Folders, hidden files and what belongs to a saved page
    (its "_files" folder) are left out. An archive in this one shares its `allowance`. Nothing is
    written but to unnamed temporary files. Raises Unreadable for a damaged or a dangerous archive.
    """
    import zipfile

    archive = _opened(file)
    everything = archive.infolist()
    _refuse_overlaps(everything)
    names = {id(info): _label(info) for info in everything}
    wanted = _wanted(list(names.values()))
    # Not is_dir(): it breaks on a member without a name.
    members = [info for info in everything if not info.filename.endswith("/") and names[id(info)] in wanted]
    sound = [info for info in members if not _refusal(info)]
    (allowance or Allowance()).take(len(members), sum(info.file_size for info in sound))
    parts = Parts()
    for info in members:
        label = names[id(info)]
        part = parts.name(label, f"{label} (2)", words=label)
        try:
            if why := _refusal(info):
                raise Unreadable(why)
            with archive.open(info) as packed:
                member = _spooled(packed, info.file_size)
        except Unreadable as error:
            yield Skipped(part, str(error))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            yield Skipped(part, "it is damaged inside the archive; fetch the archive again")
        else:
            yield from _articles(member, part, label, inner)


def zip_names(file: BinaryIO) -> set[str]:
    """The names of the files in a zip, as they are written. Raises Unreadable for a damaged one."""
    return set(_opened(file).namelist())


def _opened(file: BinaryIO) -> Any:
    import zipfile

    try:
        return zipfile.ZipFile(cast(IO[bytes], _Gate(file)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError):
        raise Unreadable("it is damaged, its list of files cannot be read; copy or fetch it again") from None


def read_tar(
    file: BinaryIO, name: str, inner: Inner, allowance: Allowance | None = None
) -> Iterator[Extract | Skipped]:
    """The articles in a tar that is not compressed, as read_zip gives them; links and devices are left out."""
    import tarfile

    allowance, parts, part = allowance or Allowance(), Parts(), ""
    try:
        archive = tarfile.open(fileobj=cast(IO[bytes], _Gate(file)), mode="r:")  # noqa: SIM115 - the file is the caller's
        while info := archive.next():
            label = _clean(info.name)
            wanted = info.isreg() and not info.issparse() and bool(_wanted([label]))
            allowance.take(1, info.size if wanted else 0)
            if wanted:
                part = parts.name(label, f"{label} (2)", words=label)
                member = _spooled(cast(IO[bytes], archive.extractfile(info)), info.size)
                yield from _articles(member, part, label, inner)
    except (tarfile.TarError, OSError, EOFError, ValueError, OverflowError):
        why = "it is damaged or breaks off; copy or fetch it again"
        if not part:
            raise Unreadable(why) from None
        yield Skipped(f"what follows {part}", why)


class _Gate:
    """A file that refuses to be read into memory in one great piece: a list of members says itself how long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, lambda: True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, _LARGEST_DIRECTORY + 1) if size >= 0 else _LARGEST_DIRECTORY + 1)
        if len(data) > _LARGEST_DIRECTORY:
            raise Unreadable("its list of files is longer than any archive of articles needs; split it")
        return data


def _articles(member: BinaryIO, label: str, name: str, inner: Inner) -> Iterator[Extract | Skipped]:
    """The articles of one member, their parts behind its name; what cannot be read is skipped under that name."""
    with member:
        try:
            for found in inner(member, name):
                yield replace(found, part=f"{label}!{found.part}" if found.part else label)
        except Unreadable as error:
            yield Skipped(label, str(error))


def _spooled(packed: IO[bytes], size: int) -> BinaryIO:
    """The unpacked member as a file to move about in: in memory while it is small, else in an unnamed one on disk."""
    member = tempfile.SpooledTemporaryFile(max_size=_SMALL)  # noqa: SIM115 - _articles closes it
    while block := packed.read(_BLOCK):
        size -= len(block)
        if size < 0:
            member.close()
            raise Unreadable("it is longer than the archive says; fetch the archive again")
        member.write(block)
    member.seek(0)
    return cast(BinaryIO, member)


def _refuse_overlaps(members: list[Any]) -> None:
    """Raises Unreadable where two members lie over one another, which makes a small file unpack without end.

    Source: David Fifield, A better zip bomb, 2019.
    """
    placed = sorted(members, key=lambda info: info.header_offset)
    for member, following in pairwise(placed):
        end = member.header_offset + _LOCAL_HEADER + len(member.orig_filename) + member.compress_size
        if end > following.header_offset:
            raise Unreadable("its files overlap, as they do in a trap and never in an archive; leave it out")


def _refusal(info: Any) -> str:
    """Why this member of a zip is not unpacked, "" where it is."""
    import zipfile

    if info.flag_bits & 0x1:
        return "it is protected by a password; put it in without one"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        return "it is packed by a method that is not read here; pack it as an ordinary zip"
    if info.file_size > _SMALL and info.file_size > _MOST_RATIO * info.compress_size:
        return "it unpacks to far more than any text does, as a trap would; leave it out"
    return ""


def _label(info: Any) -> str:
    """The member's name as it was meant: many programs write UTF-8 without saying so. It never becomes a path."""
    name: str = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return _clean(name)


def _clean(name: str) -> str:
    return plain(name.replace("\\", "/")) or "without a name"


def _wanted(names: list[str]) -> set[str]:
    """The names of what may be an article: not hidden, and not a part of a page saved whole."""
    pages = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm", ".xhtml"))}
    return {name for name in names if not _is_hidden(name) and not any(p in pages for p in _saved_with(name))}


def _is_hidden(name: str) -> bool:
    folders = PurePosixPath(name).parts
    return any(f == "__MACOSX" or (f.startswith(".") and f != "..") for f in folders) or folders[-1:] == ("Thumbs.db",)


def _saved_with(name: str) -> list[str]:
    """The pages, without their endings, that this file may have been saved with: "a/x" for "a/x_files/logo.svg"."""
    folders = name.split("/")[:-1]
    return ["/".join(folders[: n + 1])[: -len("_files")] for n, f in enumerate(folders) if f.endswith("_files")]
