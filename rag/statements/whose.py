"""Whether a statement is made by whoever is asked about: by name, by role, or by a title that one alone bears."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from index import Passage
from rag.names import holds, same_name
from rag.question import names_in
from rag.statements import Statement, named, statements
from rag.statements.persons import surely_people, without_title
from rag.verify.clauses import stems_of
from rag.verify.names import surname

Told = tuple[Statement, Passage]
"""A statement, and the passage in which it stands."""

_BELONGS = re.compile(r" (?:for|of|from|to|at|with|who|whose|which) |['’]s? ")
_NAME = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
_OWNER = re.compile(r"\b[\w’'-]+['’]s?\s")
_SAME_FIRST = 3
"""Letters by which "Sam" and "Samuel" are alike."""
_FOR_A_BODY = re.compile(r"\bspokes(?:man|woman|person|men|people)\b", re.I)


def spoken(passages: Iterable[Passage]) -> tuple[Told, ...]:
    """The statements of the passages, in their order."""
    return tuple(
        (one, passage)
        for passage in passages
        for one in statements(passage.paragraph.text, passage.before.text if passage.before else "")
    )


def speaks(whom: str, statement: Statement, passage: Passage) -> bool:
    """Whether the statement is made by whoever is asked about, beyond doubt."""
    asked = named(whom)
    name = asked.speaker if asked else ""
    if (
        asked
        and asked.kind == "body"
        and _FOR_A_BODY.search(statement.role)
        and stems_of(name) <= stems_of(statement.role)
    ):
        return True
    if not name or name[0].islower():
        # "The mayor" is neither her spokesman nor her lawyer.
        role = statement.role if _BELONGS.search(whom) else _OWNER.sub("", _BELONGS.split(statement.role)[0])
        asked_for, told = stems_of(whom), stems_of(f"{role} {statement.speaker}")
        return bool(asked_for) and (
            asked_for <= told or _only_bearer(whom, statement, passage) or _introduced(whom, statement, passage)
        )
    if not statement.speaker and statement.role.startswith("the "):
        # "The president" is Hale where the article knows one president, and he is Hale.
        return _bearers(statement.role[4:], passage.article.text) == {surname(name)}
    if not alike(name, statement.speaker):
        return False
    # "Hale" is Nora Hale only where the article knows no other Hale, and knows her.
    others = _in_full(surname(name), passage.article.text or passage.paragraph.text)
    if " " in name and " " not in statement.speaker:
        return others == {name}
    return " " in name or len(others) < 2


def whom_by_name(whom: str, told: Iterable[Told]) -> str:
    """Whoever is asked about by name, where one and the same bears the role in all that is told: "the mayor" is Oda Hale."""
    asked = named(whom)
    if asked and asked.speaker[:1].isupper():
        return whom
    names = {one.speaker for one, passage in told if one.speaker[:1].isupper() and speaks(whom, one, passage)}
    full = {name for name in names if not any(other != name and other.endswith(f" {name}") for other in names)}
    return full.pop() if len(full) == 1 else whom


def _only_bearer(whom: str, statement: Statement, passage: Passage) -> bool:
    """Whether "the central bank governor" is Governor Hale: of a central bank the article speaks, and of no other governor."""
    text, head = passage.article.text, whom.split()[-1].lower()
    if not statement.speaker or stems_of(statement.role) != stems_of(head) or not stems_of(whom) <= stems_of(text):
        return False
    return _bearers(head, text) == {surname(statement.speaker)}


def _introduced(whom: str, statement: Statement, passage: Passage) -> bool:
    """Whether the article says in these words, and of one person, who the speaker is: "Ida Kroll, the city's engineer,"."""
    found = re.finditer(rf"{_NAME}, {re.escape(whom)}\b", passage.article.text)
    return bool(statement.speaker) and {surname(m["name"]) for m in found} == {surname(statement.speaker)}


def _bearers(title: str, text: str) -> set[str]:
    """The surnames of those whom the text calls by a title of one word: "Governor Oda Hale", "the governor, Oda Hale"."""
    if " " in title:
        return set()
    found = re.finditer(rf"\b(?:{re.escape(title.capitalize())}|[Tt]he {re.escape(title)},) {_NAME}", text)
    return {surname(re.sub(r"['’]s$", "", match["name"])) for match in found}


def surely_another(whom: str, statement: Statement) -> bool:
    """Whether a statement is by name another's than of whoever is asked about; an unnamed speaker might be anybody."""
    asked = named(whom)
    if asked is None or not asked.speaker or not statement.speaker or statement.anonymous:
        return False
    return surname(asked.speaker) != surname(statement.speaker) and not holds(statement.role, asked.speaker)


def of_namesake(passage: Passage, name: str, known: Collection[str]) -> bool:
    """Whether the paragraph speaks of another than the person named in full: Pavel Brok, not Samuel Brok.

    `known` are names that are surely people's. Where the surname stands alone as well, or the first name with another
    ("Bill and Hillary Clinton"), it may be either.
    """
    text = passage.paragraph.text
    first, _, last = without_title(name).rpartition(" ")
    if not first or without_title(name) not in known or re.search(rf"\b{re.escape(first)}\b", text):
        return False
    others = {one for one in people_in(text) if one.endswith(f" {last}") and one[:_SAME_FIRST] != first[:_SAME_FIRST]}
    in_full = sum(text.count(one) for one in others)
    return bool(others) and in_full == len(re.findall(rf"\b{re.escape(last)}\b", text))


@lru_cache(maxsize=4096)
def people_in(text: str) -> frozenset[str]:
    """The names in the text that are surely people's: with a title, an age or an office, or of somebody who speaks."""
    speakers = (named(one.speaker) for one in statements(text))
    speaking = {who.speaker for who in speakers if who and who.kind == "person"}
    return frozenset((*speaking, *surely_people(text)))


def alike(one: str, other: str) -> bool:
    """Whether two names may be one's: by surname and first name, as far as both are given, or as names of one body."""
    if not one or not other:
        return False
    if same_name(one, other):
        return True
    a, b = one.removeprefix("the ").split(), other.removeprefix("the ").split()
    short, long = sorted((a, b), key=len)
    initials = "".join(word[0] for word in long if word[0].isupper())
    return long[-len(short) :] == short or (len(short) == 1 and len(long) > 1 and short[0].replace(".", "") == initials)


def _in_full(last: str, text: str) -> set[str]:
    """The full names in the text that end in this surname."""
    return {name for found in names_in(text) if (one := named(found)) and (name := one.speaker).endswith(f" {last}")}
