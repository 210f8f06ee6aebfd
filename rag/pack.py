"""The evidence pack: plain JSON that proves what an answer, or a whole conversation, cited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index import Library, PilcrowError
from index.files import printable
from rag.recheck import Now, short, source
from rag.values import Answer, Citation, Status, Verdict
from rag.version import version

_Count = Annotated[int, Field(ge=0, lt=10**9)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Cited(_Record):
    """One citation of a pack."""

    number: _Count
    article_id: str
    outlet: str
    headline: str
    authors: tuple[str, ...]
    published: date | None
    published_from: str
    url: str
    path: str
    paragraph: _Count
    paragraph_id: str
    paragraph_text: str
    paragraph_sha256: str
    start: _Count
    end: _Count
    quote: str
    quote_sha256: str


class _Claim(_Record):
    text: str
    verdict: Verdict
    speaker: str | None
    citations: tuple[_Count, ...]


class _Answer(_Record):
    question: str
    asked: str
    status: Status
    reason: str
    text: str
    fingerprint: str
    engine: str
    claims: tuple[_Claim, ...]
    citations: tuple[Cited, ...]


class _Pack(_Record):
    format: Literal["pilcrow-evidence"] = "pilcrow-evidence"
    version: Literal[1] = 1
    made: str
    pilcrow: str
    title: str
    answers: tuple[_Answer, ...]


@dataclass(frozen=True, slots=True)
class PackReport:
    """What an examination of a pack found, in sentences: `failures` do not hold, `notes` are worth knowing."""

    quotes: int
    held: int
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when everything holds."""
        return not self.failures

    def __str__(self) -> str:
        return f"{self.held} of {self.quotes} quotes hold." if self.quotes else "There is no quote in this pack."


def make_pack(answers: Sequence[Answer], *, library: Library | None = None, title: str = "") -> dict[str, Any]:
    """What the answers cited, as plain values for JSON; but for `made` the same answers give the same pack.

    An answer that was saved and read back knows its articles' dates and outlets only: the rest is the library's.
    """
    pack = _Pack(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        pilcrow=version(),
        title=title,
        answers=tuple(
            _Answer(
                question=answer.question,
                asked=answer.standalone_question,
                status=answer.status,
                reason=answer.reason,
                text=answer.text,
                fingerprint=answer.fingerprint,
                engine=answer.engine,
                claims=tuple(
                    _Claim(
                        text=claim.text,
                        verdict=claim.verdict,
                        speaker=claim.speaker,
                        citations=tuple(c.number for c in claim.citations),
                    )
                    for claim in answer.said
                ),
                citations=tuple(_cited(c, library) for c in answer.citations),
            )
            for answer in answers
        ),
    )
    return pack.model_dump(mode="json")


def read_pack(path: str | Path) -> dict[str, Any]:
    """The pack in a file, not yet checked. Raises PilcrowError where the file holds none."""
    try:
        found = json.loads(Path(path).read_bytes())
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise PilcrowError(f"{printable(path)} could not be read ({why}); check the name.") from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise PilcrowError(f"{printable(path)} is not an evidence pack: it does not hold a JSON object.")
    return found


def check_pack(pack: dict[str, Any], library: Library | None = None) -> PackReport:
    """Checks every quote again: within the pack, then against the library, or else against the articles' files.

    Within the pack a quote holds where it is the slice that its offsets name and both texts have their SHA-256.
    Elsewhere it holds where the article still has a paragraph of the same text; a file that is not here is noted.
    Raises PilcrowError where this is no pack.
    """
    now = Now(library)
    failures: list[str] = []
    notes: list[str] = []
    quotes = held = 0
    for place, answer in enumerate(_parsed(pack).answers, 1):
        failures += [f"Answer {place}: {wrong}." for wrong in _miscounted(answer)]
        for cited in answer.citations:
            wrong = _altered(cited)
            noted: list[str] = []
            if not wrong:
                wrong, noted = now.compare(cited)
            where = f"Answer {place} [{cited.number}], {source(cited.outlet, cited.published, cited.headline)}"
            quotes, held = quotes + 1, held + (not wrong)
            failures += [f"{where}, ¶{cited.paragraph}: {wrong}."] if wrong else []
            notes += [f"{where}, ¶{cited.paragraph}: {note}." for note in noted]
    return PackReport(quotes, held, tuple(failures), tuple(notes))


def _miscounted(answer: _Answer) -> Iterator[str]:
    listed = Counter(c.number for c in answer.citations)
    cited = {number for claim in answer.claims for number in claim.citations}
    yield from (f"a claim cites [{n}], which is not listed" for n in sorted(cited - listed.keys()))
    yield from (f"no claim cites [{n}], which is listed" for n in sorted(listed.keys() - cited))
    yield from (f"[{n}] is listed more than once" for n, times in sorted(listed.items()) if times > 1)


def _altered(cited: Cited) -> str:
    """What does not agree within the pack, "" for nothing."""
    if _sha256(cited.paragraph_text) != cited.paragraph_sha256:
        return "the paragraph in the pack does not have its SHA-256"
    if _sha256(cited.quote) != cited.quote_sha256:
        return "the quote in the pack does not have its SHA-256"
    inside = cited.start < cited.end <= len(cited.paragraph_text)
    if not inside or cited.paragraph_text[cited.start : cited.end] != cited.quote:
        return "the quote is not what its offsets name in the paragraph"
    return ""


def _cited(citation: Citation, library: Library | None) -> Cited:
    article, paragraph = citation.article, citation.paragraph
    known = article
    if library and not (article.authors and article.published_from):
        known = library.article(article.id) or article
    return Cited(
        number=citation.number,
        article_id=article.id,
        outlet=article.source,
        headline=article.headline,
        authors=article.authors or known.authors,
        published=article.published,
        published_from=article.published_from or known.published_from,
        url=article.url,
        path=article.path,
        paragraph=paragraph.number,
        paragraph_id=paragraph.id,
        paragraph_text=paragraph.text,
        paragraph_sha256=_sha256(paragraph.text),
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        quote_sha256=_sha256(citation.quote),
    )


def _parsed(pack: dict[str, Any]) -> _Pack:
    try:
        # By way of JSON: what JSON cannot say, such as half a letter, goes no further.
        read = _Pack.model_validate_json(json.dumps(pack))
    except ValidationError as error:
        first = error.errors()[0]
        what = ": ".join(part for part in (short(".".join(map(str, first["loc"]))), first["msg"]) if part)
        raise PilcrowError(f"This is not an evidence pack: {what.rstrip('.')}.") from None
    except (TypeError, ValueError, RecursionError):
        raise PilcrowError("This is not an evidence pack: it does not hold plain JSON values.") from None
    return read


def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
