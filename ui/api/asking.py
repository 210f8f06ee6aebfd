"""What is asked over HTTP: which articles may be used, a question, words to search for, a quotation to check."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from index import Filters
from index.values import Unanswerable
from rag.question import MAX_CHARACTERS


def _day(given: object) -> object:
    if given is None or (isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII)):
        return given
    raise ValueError("write it as year-month-day, such as 2026-03-09")


Day = Annotated[
    date | None,
    Field(strict=False),
    BeforeValidator(_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, mode="validation"),
]


def _whole(given: object) -> object:
    # In JSON 30.0 is a whole number.
    return int(given) if isinstance(given, float) and given.is_integer() else given


Text = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
Name = Annotated[str, Field(min_length=1, max_length=1000, examples=["library"])]
"""A collection, or several with "+" between them."""


class Asking(BaseModel):
    """Which articles may be used."""

    model_config = ConfigDict(strict=True)

    since: Day = Field(None, description="Articles published from this day on.")
    until: Day = Field(None, description="Articles published up to this day.")
    as_of: Day = Field(None, description="Leaves out what was published later; undated articles stay.")
    sources: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        [], max_length=50, description="Articles of these outlets."
    )

    def filters(self) -> Filters:
        """The filters that were asked for. Raises Unanswerable for days in the wrong order."""
        if self.since and self.until and self.since > self.until:
            raise Unanswerable("The first day lies after the last one; no article can be from between them.")
        return Filters(since=self.since, until=self.until, as_of=self.as_of, sources=tuple(self.sources))


class Question(Asking):
    """A question, with the earlier questions of its conversation."""

    model_config = ConfigDict(strict=True, extra="forbid")

    question: Text
    collection: Name | None = Field(None, description="One of your collections, or several: first+second.")
    earlier: list[Text] = Field([], max_length=64, description="The conversation's earlier questions, oldest first.")


class Searching(Asking):
    """Words to search for."""

    model_config = ConfigDict(strict=True, extra="forbid")

    query: Text
    collection: Name | None = None
    k: Annotated[int, BeforeValidator(_whole)] = Field(10, ge=1, le=100, description="How many paragraphs.")


class Checking(BaseModel):
    """A quotation or a claim to look up."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: Text
    collection: Name | None = None
