"""What a site may answer: the page, that it is as before, a refusal, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

from index.formats.extract import Unreadable


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, unpacked. `asked` led to `url`.

    `etag` and `modified` are what the site wants to hear again; neither is ever a date of the article.
    `type` is the Content-Type in lower case without parameters, `charset` its charset, and `robots` the
    X-Robots-Tag: it speaks to those who publish what they gather, so it is passed on and refuses nothing.
    """

    asked: str
    url: str
    data: bytes
    type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    robots: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The site says that the page is as it was when `etag` or `modified` were given."""

    asked: str
    url: str


class Refused(Unreadable):
    """The site answered, with something else than the page. `status` is the HTTP status."""

    def __init__(self, why: str, status: int, wait: float | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.wait = wait


class NoAnswer(Unreadable):
    """The site could not be reached, was too slow, or broke off. Other pages of it will hardly fare better."""
