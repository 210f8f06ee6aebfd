"""Where a page lies in the mirror, and what is known of it besides its bytes."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from urllib.parse import unquote, urlsplit

from index.formats.extract import Stated
from index.web.address import page_of, site_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page in the mirror. `asked` led to `url`; `file` is its name beside these facts.

    `type`, `charset`, `etag`, `modified` and `robots` are what the site's headers said, `sha256` is of the bytes
    in the file. `title`, `published` and `updated` are what the feed or sitemap at `listed_in` says of it.
    `from_feed` is True where the file holds the feed's own text because the page could not be had. `gone` is True
    since the site says that the page is no more. `fetched` is when the bytes came (UTC, ISO 8601): nothing else,
    and like `modified` never a date of the article.
    """

    asked: str
    url: str
    file: str
    sha256: str
    fetched: str
    type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    robots: str = ""
    title: str = ""
    published: tuple[Stated, ...] = ()
    updated: tuple[Stated, ...] = ()
    listed_in: str = ""
    from_feed: bool = False
    gone: bool = False


def page_file(folder: Path, url: str, ending: str) -> Path:
    """Where the page of this address lies: a folder for its site, a name with its words and a hash of the address."""
    last = PurePosixPath(unquote(urlsplit(url).path)).stem.lower()
    words = re.sub(r"[^a-z0-9]+", "-", last)[:40].strip("-")
    name = "-".join(part for part in (words, _key(url)) if part)
    return _site_folder(folder, url) / (name + ending)


def facts_file(folder: Path, url: str) -> Path:
    """Where the facts of this address lie: beside its page, hidden, so that no sync takes them for an article."""
    return _site_folder(folder, url) / f".{_key(url)}.json"


def facts_of(page: Path) -> Facts | None:
    """The facts of a file in a mirror; None for a file that has none, or whose facts are damaged."""
    return read_facts(page.with_name(f".{page.stem.rpartition('-')[2]}.json"))


def read_facts(path: Path) -> Facts | None:
    """The facts in this file; None where it is missing, damaged or of a page that is not there."""
    try:
        said = json.loads(path.read_text("utf-8"))
        known = {field.name: said[field.name] for field in fields(Facts) if field.name in said}
        for name in ("published", "updated"):
            known[name] = tuple(Stated(str(date["text"]), str(date["origin"])) for date in known.get(name, ()))
        facts = Facts(**known)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    simple = all(isinstance(getattr(facts, field.name), _KINDS[str(field.type)]) for field in fields(Facts))
    return facts if simple and Path(facts.file).name == facts.file and (path.parent / facts.file).is_file() else None


_KINDS: dict[str, type] = {"str": str, "bool": bool, "tuple[Stated, ...]": tuple}


def write_facts(path: Path, facts: Facts) -> None:
    """Puts the facts into this file, whole or not at all."""
    write_whole(path, json.dumps(asdict(facts), ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def write_whole(path: Path, data: bytes) -> None:
    """Puts the bytes into this file, whole or not at all: whoever reads sees the old ones or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _site_folder(folder: Path, url: str) -> Path:
    return folder / re.sub(r"[^a-z0-9.-]", "_", site_of(url)).strip(".")


def _key(url: str) -> str:
    return sha256(page_of(url).encode()).hexdigest()[:16]
