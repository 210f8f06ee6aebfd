"""Names: everybody and every place that a sentence names stands in its sources, and does there what is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.sentences import sentences
from rag.names import holds
from rag.question import names_in
from rag.reader.exact import NUMBERS
from rag.reader.words import stem
from rag.speakers import SPEECH
from rag.verify.clauses import stems_of
from rag.verify.values import Fault, Source

_TITLE_WORDS = (
    "mr mrs ms dr prof rev sir lord lady dame judge justice mayor gov governor sen senator rep congressman "
    "councilor councillor minister president premier chancellor secretary chief captain capt lt cmdr col gen sgt "
    "maj adm officer king queen prince princess pope bishop st mt city county clerk attorney council prosecutor "
    "professor director chairman chairwoman co inc corp ltd plc llc company group the of and for de van al el u.s "
    "us "
)
_TITLES = frozenset(_TITLE_WORDS.split())
"""Words in a name that are no part of who it is."""
_KIND_WORDS = (
    "university college school hospital building bridge tower island islands river party corporation holdings club team "
    "airport station street road hotel bank church museum newspaper film "
)
_KINDS = frozenset(_KIND_WORDS.split())
"""Words that say what kind of thing is named, which a source may leave out."""
_PART = re.compile(r"[A-Z][\w.]*(?:['’-][A-Za-z]\w*)*|\d+")
_FINITE = re.compile(
    r"\s+(?:has|have|had|is|was|will|would|did|does|also|\w+ed)\b|['’]s\b|,\s(?:an?|the|who|which|aged|\d+)\b"
)
_COMMON = re.compile(r"(?:s|ing|tion|sion|ment|ness|ity|ance|ence|ship|ers?|ors?|ed|ly)$")
_OPENING = (
    "meanwhile overall later earlier today yesterday instead still thus hence indeed elsewhere police people "
    "parliament someone everyone anyone everybody somebody nearby together again since until despite among about around "
)
_OPENERS = frozenset(_OPENING.split())
"""Words that often open a sentence and look like no common one by their ending."""
_CAPITAL = re.compile(r"[A-Z][\w’'.-]*$")


def name_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """The names in the sentence that no source holds, under any of the forms that news uses."""
    context = "\n".join(source.context for source in sources)
    for name in dict.fromkeys(name for name, _, _ in names_of(sentence, context)):
        if not any(stands(name, source) for source in sources):
            yield Fault("name", name, f"The cited paragraph does not speak of {name}.")


@lru_cache(maxsize=1024)
def names_of(text: str, context: str) -> tuple[tuple[str, int, int], ...]:
    """The names in a text, each time they stand there, with offsets.

    A lone word that opens a sentence has its capital in any case: it is a name where the text or the context writes
    it so elsewhere, or where it is no common word and something is said of it.
    """
    found = []
    opening = {start for start, _ in sentences(text)} | {m.end() for m in re.finditer(r"[\"“‘]", text)}
    for name in names_in(text):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            start, known = match.start(), name
            if start in opening and " of " in name and " " not in name.split(" of ", 1)[0]:
                # "Residents of Lower Quay Street"
                start, known = start + name.index(" of ") + 4, name.split(" of ", 1)[1].removeprefix("the ")
            if start not in opening or " " in known or _surely_a_name(known, text[match.end() :], f"{text}\n{context}"):
                found.append((known, start, match.end()))
    # "Talbot" stands in "Ivo Talbot" too.
    return tuple(n for n in found if not any(s <= n[1] and n[2] <= e and (s, e) != n[1:] for _, s, e in found))


def is_same(one: str, two: str) -> bool:
    """Whether two names may be one's: "Hale" and "Victor Hale", not "Nora Hale" and "Victor Hale"."""
    a, b = _parts(one), _parts(two)
    if a and b and a[-1] == b[-1]:
        return len(a) == 1 or len(b) == 1 or a[-2] == b[-2]
    return bool(set(a) & set(b))


def stands(name: str, source: Source) -> bool:
    """Whether the source, the paragraph above or its headline names this one, and not only a namesake.

    "Nora Hale" is held by "Nora Hale" and by a mere "Hale", not by "Victor Hale".
    """
    context, name = _plain(source.context), _plain(name)
    parts = _parts(name)
    lacking = [part for part in parts if not _holds(context, part)]
    if len(lacking) < len(parts):
        # "Yale University" may be told of Yale.
        parts = [part for part in parts if part not in lacking or part.lower() not in _KINDS]
        lacking = [part for part in lacking if part in parts]
    if not lacking:
        return _together(parts, context)
    last = parts[-1] if parts else name
    if last in lacking:
        return _in_full(name, context)
    return len(parts) > 1 and _alone(last, context)


def surname(name: str) -> str:
    """The word by which a person or body is known: the last one that is no title, without its ending."""
    parts = _parts(name)
    return parts[-1] if parts else name


def _parts(name: str) -> list[str]:
    """The words of a name that say who it is."""
    every = [re.sub(r"['’]s?$", "", part) for part in _PART.findall(name)]
    return [part for part in every if part.lower().rstrip(".") not in _TITLES] or every


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The text without accents: "Sanchez" is Sánchez."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _holds(context: str, part: str) -> bool:
    # The index's own comparison of names takes an article.
    named = holds(context, re.sub(r"['’]s?$", "", part))
    return named or re.search(rf"(?<!\w){re.escape(part.lower())}(?!\w)", context) is not None


def _together(parts: Sequence[str], context: str) -> bool:
    """Whether a first name and a surname that both stand there belong together, where the surname has others before it."""
    if len(parts) != 2 or not all(part[0].isupper() for part in parts):
        return True
    first, last = parts
    if re.search(rf"\b{re.escape(first)}(?: [A-Z][\w.]*){{1,2}} {re.escape(last)}\b", context):
        return True  # a middle name
    before = _before(last, context)
    return not before or "" in before or any(b == first or (b[:1] == first[:1] and "." in b) for b in before)


def _alone(last: str, context: str) -> bool:
    """Whether the surname stands somewhere without another first name before it, and nowhere with one."""
    return _before(last, context) == {""}


def _before(last: str, context: str) -> set[str]:
    """The first names that stand before the surname; "" where it stands alone or after a title.

    Alone it is somebody else's only where the same text has the surname with a first name.
    """
    found = set()
    for match in re.finditer(rf"(?<!\w){re.escape(last)}(?!\w)", context):
        ahead = context[: match.start()].rstrip()
        word = _CAPITAL.search(ahead) if ahead and context[len(ahead) : match.start()] == " " else None
        plain = word[0].lower().strip(".,") if word else ""
        opens = word is not None and re.search(r"(?:^|[.!?:\n]\s*|[\"“]\s*)\Z", ahead[: word.start()]) is not None
        title = plain in _TITLES or (opens and stem(plain) != plain and plain.endswith("s"))
        found.add(re.sub(r"['’]s?$", "", word[0]) if word and not title else "")
    return found - {""} or found


def _in_full(name: str, context: str) -> bool:
    """Whether capital letters stand for a name written out, or the other way round: FBI, Federal Bureau of Investigation."""
    if re.fullmatch(r"(?:[A-Z]\.?){2,6}", name):
        initials = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", context))
        return name.replace(".", "") in initials
    initials = "".join(word[0] for word in _PART.findall(name))
    return len(initials) > 1 and re.search(rf"\b{initials}\b", context.replace(".", "")) is not None


def _surely_a_name(name: str, behind: str, known: str) -> bool:
    """Whether a word that opens a sentence is a name, from what follows it and from what else is known."""
    if name.lower() in NUMBERS or name.lower() in _OPENERS:
        return False
    if re.search(rf"(?<=[\w,] ){re.escape(name)}\b", known):
        return True
    if stem(name.lower()) in stems_of(known.replace(name, "")) or _COMMON.search(re.sub("['’]s$", "", name)):
        return False
    return _FINITE.match(behind) is not None or SPEECH.match(behind.lstrip()) is not None
