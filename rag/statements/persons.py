"""Who "he", "the company" and a mere surname are, where the text above leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentences
from rag.question import names_in
from rag.statements.lexicon import BODIES, FIRM_ENDINGS, FIRMS, HE, PEOPLE, SHE, TITLES
from rag.statements.values import Statement
from rag.statements.who import Kind, Who

PERSONAL: tuple[Kind, ...] = ("person", "name")
"""The kinds of speaker who may be "he" or "she" by name."""
_WORD = re.compile(r"\w+")
_IN = re.compile(r"\b(?:in|at|near|on) (?:the )?\Z")
_DESCRIBED = re.compile(rf",? (?:\d\d,|who\b)|, (?:[\w'’-]+ ){{0,5}}?(?i:{'|'.join(sorted(PEOPLE | TITLES))})\b")
_SENTENCE_ENDS = re.compile(r"\n|[\"”]\s|[!?]\s|(?<![A-Z][a-z])(?<!Mrs)\.\s")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_NOBODY = Who("", "", "role")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement that was read before, and what kind of speaker it has."""

    statement: Statement
    kind: Kind


def resolved(who: Who, context: str, earlier: Sequence[Spoken], last: Spoken | None) -> Who:
    """Whoever is meant, by full name where the context has it; without a name where that is not sure.

    `context` is the text up to here, `earlier` holds the statements in it, `last` the one just before, None where the
    sentence just before is no statement.
    """
    if who.kind == "pronoun":
        return _meant(who.speaker, context, earlier, last)
    if who.kind in PERSONAL and " " not in who.speaker:
        full = _in_full(who.speaker, context)
        return replace(who, speaker=full, kind="person") if full else who
    if who.kind == "role" and who.role.startswith("the "):
        noun = who.role.split(" of ")[0].split()[-1].lower()
        bearers = [one.statement for one in earlier if one.kind in PERSONAL]
        names = {one.speaker for one in bearers if noun in one.role.lower().split()}
        return replace(who, speaker=names.pop(), kind="person") if len(names) == 1 else who
    if who.kind == "body" and who.speaker.startswith("the ") and last and last.kind == "body":
        noun, name = who.speaker.split()[-1], last.statement.speaker
        ending = name.rsplit(" ", 1)[-1].lower().rstrip(".")
        if name[0].isupper() and (noun == ending or (noun in FIRMS and ending in FIRM_ENDINGS)):
            return replace(who, speaker=name)
    return who


def _meant(pronoun: str, context: str, earlier: Sequence[Spoken], last: Spoken | None) -> Who:
    """Whom the pronoun means: the last speaker, or the only person above whom it fits; nobody where that is not sure."""
    singular = pronoun in ("he", "she")
    if last:
        kinds: dict[str, tuple[Kind, ...]] = {"it": ("body",), "they": ("body", "people")}
        said = last.statement
        fits = last.kind in kinds.get(pronoun, (*PERSONAL, "role"))
        if fits and not (singular and not _fits(pronoun, f"{said.role} {said.speaker}", context)):
            return Who(said.speaker, said.role, last.kind, said.anonymous)
    if not singular or (last and last.kind in (*PERSONAL, "role")):
        return _NOBODY
    known = {one.statement.speaker for one in earlier if one.kind == "person"}
    surnames = {name.split()[-1] for name in known if name}
    for above in (part for part in reversed(context.split("\n\n")) if part.strip()):
        nearer = False
        every = [above[slice(*one)] for one in sentences(above)]
        just_before = next((one for one in reversed(every) if _WORD.search(_QUOTED.sub("", one))), above)
        for part in (just_before, above):
            names = _apart([name for name in _like_people(part) if _fits(pronoun, name, context)])
            sure = [name for name in names if name in {*surely_people(context), *known, *surnames}]
            nearest = (
                _opens(sure[0], part) if part is just_before and sure else sure and sure[0] in known and not nearer
            )
            nearer = bool(names)
            if len(sure) == 1 and (len(names) == 1 or nearest):
                # "Ann Hale, the mayor, blamed Fenn Lines. She said": of the two she alone is surely somebody.
                return Who(_in_full(sure[0], context) or sure[0], _title_of(sure[0], part), "person")
        if _WORD.search(_QUOTED.sub("", above)):
            break  # "A driver was hurt. He said": whoever stands nearer is meant, named or not
    return _NOBODY


def _opens(name: str, text: str) -> bool:
    """Whether some sentence has the name for its subject: it opens with it, or with a role before it, "The mayor, Ann Hale,"."""
    described = rf"(?:[\w'’.-]+ ){{0,8}}?(?:[\w'’-]+, )?{re.escape(name)}\b(?!['’])"
    return any(re.match(described, text[start:end]) for start, end in sentences(text))


def _title_of(name: str, text: str) -> str:
    """The title that stands before the name: "Judge"."""
    full = next((one for one in names_in(text) if without_title(one) == name), name)
    return full.removesuffix(name).strip()


def _apart(names: Sequence[str]) -> list[str]:
    """The names without those that are the end of another one: "Hale" beside "Ann Hale"."""
    return [n for n in dict.fromkeys(names) if not any(m.endswith(f" {n}") for m in names)]


def _like_people(text: str) -> list[str]:
    """The names that may be people's: not behind "in" or "at", without a word for a body."""
    found = []
    for name in names_in(text):
        own = without_title(name)
        head = own.split(" of ")[0]
        own = head if " " in head or own != name else own  # "Commander Ann Hale of the Harbour Office"
        last = own.rsplit(" ", 1)[-1].lower().rstrip(".")
        if last and last not in BODIES | PEOPLE and not any(_IN.search(text, 0, at) for at in _places(name, text)):
            found.append(own)
    return found


def surely_people(text: str) -> list[str]:
    """Those of the names that are surely people's: with a title, an age, a role behind a comma or "who"."""
    return [
        own
        for own in _like_people(text)
        if any(
            _DESCRIBED.match(text, at + len(own)) or _word_before(text, at) in PEOPLE | TITLES
            for at in _places(own, text)
        )
    ]


def _places(name: str, text: str) -> Iterator[int]:
    """Every place where the name begins in the text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - 40) : at].split()
    return words[-1].lower().rstrip(".,") if words else ""


def without_title(name: str) -> str:
    """A name without "Mr", "Mayor", "Lt. Cmdr." before it."""
    words = name.split()
    last = max((i for i, w in enumerate(words[:-1]) if w.lower().rstrip(".") in TITLES), default=-1)
    return " ".join(words[last + 1 :])


def _in_full(surname: str, context: str) -> str:
    """The only full name in the context that ends in this surname; "" for none or several."""
    full = {own for name in names_in(context) if (own := without_title(name)).endswith(f" {surname}")}
    return full.pop() if len(full) == 1 and not any(w in full for w in ("of", "the")) else ""


def _fits(pronoun: str, described: str, context: str) -> bool:
    """False where a word beside the name tells that "he" is no "she"."""
    beside = set(_WORD.findall(described.lower()))
    name = described.rsplit(" ", 1)[-1]
    for at in _places(name, context) if name else ():
        before = _SENTENCE_ENDS.split(context[max(0, at - 40) : at])[-1]
        beside.update(_WORD.findall(before.lower())[-2:])
    return not beside & (SHE if pronoun == "he" else HE)
