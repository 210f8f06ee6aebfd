"""Questions about speech: what somebody said, who said it, and whether somebody did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index import Passage
from rag.names import holds, same_name
from rag.question import Question, names_in
from rag.reader.exact import figures
from rag.reader.words import stem
from rag.statements import Stance, Statement, named, statements
from rag.statements.lexicon import STANCES
from rag.verify import Source, faults
from rag.verify.clauses import stems_of
from rag.verify.names import surname

Told = tuple[Statement, Passage]
"""A statement, and the passage in which it stands."""
Support = Callable[[str, str], float]
"""The probability, 0 to 1, that the second text carries the first."""

_MOST_OF_IT = 2 / 3
"""The share of a clause's words that a statement must hold; with the reader's word for it, half of that."""
_LIKELY = 0.5
_WHOM_LONGEST = 10
_KINDS = (
    ("what", re.compile(r"^\W*(?:and |but |so )?what (?:exactly )?(?:did|does|do|has|have|had|was|were) (.+)", re.I)),
    ("who", re.compile(r"^\W*(?:and |but |so )?(?:who|(?:which|what) [a-z]+)(?: else)? (.+)", re.I)),
    ("whether", re.compile(r"^\W*(?:and |but |so )?(?:did|does|do|has|have|had) (.+)", re.I)),
)
_REACTION = re.compile(
    r"^\W*(?:how (?:did|has|does) (?P<whom>.+?) (?:respond|react|comment|answer|repl)\w*|what (?:was|is) (?P<whose>.+?)['’]s? "
    r"(?:reaction|response|comment|answer|reply))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_NOT_WHOM = re.compile(
    r"(?:he|she|they|it|you|we|I|people|anybody|anyone|somebody|someone|the (?:articles?|reports?|papers?|media))$",
    re.I,
)
_SKIP = re.compile(
    r"(?:not|n['’]t|ever|also|really|publicly|actually|has|have|had|to|is|was|once|later|then"
    r"|himself|herself|itself|themselves)$",
    re.I,
)
_NOT_VERB = re.compile(r"(?:the|an?|his|her|its|their|this|that|of|for)$|.*['’]s?$", re.I)
"""Behind these, or owning something itself, a word is a noun: "the state's engineer", "the claim"."""
_CALLS = re.compile(r"(?:call|describe|brand|label|dub)(?:s|d|ed|led)?$", re.I)
_ACCUSED = re.compile(r"\b(?:accus|alleg|charge|claim|criticism|rumou?r|report|suspicio)", re.I)
"""Whoever is asked what they said to one of these has an answer in what they deny."""
_BRITISH = re.compile(r"(?<=\w{3})is(?=(?:e[sd]?|ing|ation)\b)")
_LEADS_IN = re.compile(
    r"^\W*(?:that|about|of|on|regarding|concerning|over|to|when asked about|with regard to)\b\s*", re.I
)
_TOLD_WHOM = re.compile(r"^\s*(?:[\w.’'-]+\s+){1,6}?(?:that|about)\s+")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_PRONOUN = re.compile(r"\b(?:I|we|my|our|he|she|they|it|him|her|them|his|their|its)\b")
_BELONGS = re.compile(r" (?:for|of|from|to|at|with|who|whose|which) |['’]s? ")
_OWNER = re.compile(r"\b[\w’'-]+['’]s?\s")
_FOR_A_BODY = re.compile(r"\bspokes(?:man|woman|person|men|people)\b", re.I)
_ANSWERS: dict[Stance, frozenset[Stance]] = {
    "says": frozenset(("says", "alleges", "confirms", "promises", "warns", "estimates")),
    "alleges": frozenset(("alleges", "says", "warns")),
    "estimates": frozenset(("estimates", "says")),
}
"""Which stances answer a question for one; any other is answered by itself alone: to confirm is more than to say."""


@dataclass(frozen=True, slots=True)
class SpeechAsked:
    """A question about speech. `whom` is who is asked about ("" where that is the question), `about` the rest of it:
    the topic of "what", the clause of "who" and "whether"."""

    kind: Literal["what", "who", "whether"]
    whom: str
    stance: Stance
    about: str


@dataclass(frozen=True, slots=True)
class SpeechFound:
    """The statements that answer, best first. `verdict` is "told" for what and who. "no" comes with what was said instead:
    the opposite by the same speaker, or the same by another. The first `fitting` of the statements are about what was
    asked; the others, of the same speaker, are not."""

    verdict: Literal["told", "yes", "no"]
    told: tuple[Told, ...]
    fitting: int


def spoken(passages: Iterable[Passage]) -> tuple[Told, ...]:
    """The statements of the passages, in their order."""
    return tuple(
        (one, passage)
        for passage in passages
        for one in statements(passage.paragraph.text, passage.before.text if passage.before else "")
    )


def speech_asked(question: Question) -> SpeechAsked | None:
    """What the question asks about speech; None where it asks something else, or of nobody in particular."""
    text = question.text.strip().rstrip("?!. ")
    reaction = _REACTION.match(text)
    if reaction:
        return _of("what", reaction["whom"] or reaction["whose"], "says", reaction["rest"])
    for kind, pattern in _KINDS:
        match = pattern.match(text)
        if match and (found := _asked(kind, match[1])):
            return found
    return None


def answer_speech(asked: SpeechAsked, told: Sequence[Told], support: Support | None = None) -> SpeechFound | None:
    """The statements that answer; None where none does, or it is not sure who speaks."""
    if asked.kind == "what":
        return _what(asked, told)
    judged = [(one, _judge(asked, one, support)) for one in told]
    if asked.kind == "who":
        return _found("told", [one for one, fit in judged if fit == "same" and one[0].who])
    mine = [(one, fit) for one, fit in judged if speaks(asked.whom, *one)]
    yes = _found("yes", [one for one, fit in mine if fit == "same"])
    no = _found("no", [one for one, fit in mine if fit == "opposite"])
    if yes or no:
        return None if yes and no else yes or no
    return _found("no", [one for one, fit in judged if fit == "same" and _surely_another(asked.whom, one[0])])


def _asked(kind: str, rest: str) -> SpeechAsked | None:
    words = rest.split()
    for place, word in enumerate(words[: _WHOM_LONGEST + 1]):
        if _NOT_VERB.match(word) or (place and _NOT_VERB.match(words[place - 1])):
            continue
        stance = _stances().get(stem(word.lower().strip(",")))
        quoted = _QUOTED.search(rest, rest.find(word)) if _CALLS.match(word) else None
        if stance is None and quoted is None:
            continue
        whom = [w for w in words[:place] if not _SKIP.match(w)]
        behind = " ".join(words[place + 1 :])
        if stance is None and quoted:
            stance, behind = "says", quoted[1]  # "Did Hale call the offer “a joke”?"
        if word.lower() in ("tell", "told", "tells"):
            behind = _TOLD_WHOM.sub("", behind)
        if kind == "who":
            return SpeechAsked("who", "", stance, _LEADS_IN.sub("", behind)) if not whom and behind else None
        return _of("what" if kind == "what" else "whether", " ".join(whom), stance, behind)
    return None


def _of(kind: Literal["what", "whether"], whom: str, stance: Stance, rest: str) -> SpeechAsked | None:
    whom, about = whom.strip(" ,"), _LEADS_IN.sub("", rest).strip(" ,")
    if not whom or _NOT_WHOM.match(whom) or (kind == "whether" and not about):
        return None
    return SpeechAsked(kind, whom, stance, about)


@lru_cache(maxsize=1)
def _stances() -> dict[str, Stance]:
    """Stances by the stem of the verb: questions have other forms of it than reports."""
    return {stem(verb): stance for verb, stance in reversed(STANCES.items())} | {"tell": "says", "tweet": "says"}


def _what(asked: SpeechAsked, told: Sequence[Told]) -> SpeechFound | None:
    by = [one for one in told if speaks(asked.whom, *one)]
    names = {one.speaker for one, _ in by if one.speaker[:1].isupper() and one.role}
    if len(names) == 1 and (named(asked.whom) is None or not named(asked.whom).speaker[:1].isupper()):
        # "The mayor" is one and the same in all of them: what that one says by name is the mayor's too.
        by = [one for one in told if one in by or speaks(next(iter(names)), *one)]
    mine = [one for one in by if asked.stance in ("says", one[0].stance)]
    topic = stems_of(asked.about) - stems_of(asked.whom)
    shares = [len(topic & stems_of(_sentence(*one))) / len(topic) if topic else 1.0 for one in mine]
    if _ACCUSED.search(asked.about):
        shares = [s or float(one.stance == "denies") / 2 for s, (one, _) in zip(shares, mine, strict=True)]
    shares = _in_runs(mine, shares)
    ranked = [mine[i] for i in sorted(range(len(mine)), key=lambda i: -shares[i])]
    fitting = sum(share > 0 for share in shares)
    return SpeechFound("told", tuple(ranked), fitting) if fitting else None


def _in_runs(told: Sequence[Told], shares: Sequence[float]) -> list[float]:
    """The shares, with a little for a statement next to one with some: somebody who goes on speaks of the same."""
    found = list(shares)
    for before, after in pairwise(range(len(told))):
        (one, here), (other, there) = told[before], told[after]
        goes_on = here.paragraph.id == there.paragraph.id and other.start - one.end <= 1
        if goes_on and bool(shares[before]) != bool(shares[after]):
            found[before] = found[before] or shares[after] / 2
            found[after] = found[after] or shares[before] / 2
    return found


def _found(verdict: Literal["told", "yes", "no"], told: Sequence[Told]) -> SpeechFound | None:
    return SpeechFound(verdict, tuple(told), len(told)) if told else None


def _judge(asked: SpeechAsked, told: Told, support: Support | None) -> Literal["same", "opposite", "other"]:
    """Whether a statement says what was asked, in that stance, or the opposite of it, or something else."""
    statement, _ = told
    content = _content(asked, *told, support)
    if content == "other":
        return "other"
    if "asks" in (asked.stance, statement.stance):
        return "same" if content == "same" and asked.stance == statement.stance else "other"
    denied = statement.stance == "denies"
    if content == "opposite":
        denied = not denied
    if asked.stance == "denies":
        return "same" if denied else "opposite"
    if denied:
        return "opposite"
    return "same" if statement.stance in _ANSWERS.get(asked.stance, {asked.stance}) else "other"


def _content(asked: SpeechAsked, statement: Statement, passage: Passage, support: Support | None) -> str:
    """Whether what is said is the clause that was asked about ("same"), its "opposite", or something "other"."""
    text = passage.paragraph.text
    said = " ".join(text[start:end] for start, end in statement.said)
    clause = _stems(asked.about) - _stems(asked.whom)
    meant = [n for n in names_in(asked.about) if _spoken_of(n, said, statement, text)]
    share = len(clause & (_stems(said) | _stems(" ".join(meant)))) / len(clause) if clause else 0.0
    if share < _MOST_OF_IT and not (support and share >= _MOST_OF_IT / 2 and support(asked.about, said) > _LIKELY):
        return "other"
    one = {1.0} if re.search(r"\b(?:an?|one)\b", said, re.I) else set()
    if figures(asked.about) - figures(said) - one or set(names_in(asked.about)) - set(meant):
        return "other"
    source = Source(said, said, before=text, header=passage.article.title, published=passage.article.published)
    found = [f for f in faults(asked.about, [source], 1.0) if not (f.kind == "name" and f.words in meant)]
    kinds = {fault.kind for fault in found} - {"hedge", "attribution", "support", "speaker"}
    return "other" if kinds - {"negation"} else "opposite" if kinds else "same"


def _stems(text: str) -> frozenset[str]:
    """The stems of the words, "apologise" and "apologize" alike."""
    return stems_of(_BRITISH.sub("iz", text))


def _spoken_of(name: str, said: str, statement: Statement, text: str) -> bool:
    """Whether what is said speaks of the one named, by name or, where nobody else can be meant, by a pronoun."""
    if holds(said, name):
        return True
    if not _PRONOUN.search(said):
        return False
    above = {n for n in names_in(text[: statement.start]) if not _alike(n, statement.speaker)}
    return _alike(name, statement.speaker) or (bool(above) and all(_alike(name, n) for n in above))


def _sentence(statement: Statement, passage: Passage) -> str:
    return passage.paragraph.text[statement.start : statement.end]


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
        return bool(asked_for) and (asked_for <= told or _only_bearer(whom, statement, passage))
    if not statement.speaker and statement.role.startswith("the "):
        # "The president" is Hale where the article knows one president, and he is Hale.
        return _bearers(statement.role[4:], passage.article.text) == {surname(name)}
    if not _alike(name, statement.speaker):
        return False
    # "Hale" is Nora Hale only where the article knows no other Hale, and knows her.
    others = _in_full(surname(name), passage.article.text or passage.paragraph.text)
    if " " in name and " " not in statement.speaker:
        return others == {name}
    return " " in name or len(others) < 2


def _only_bearer(whom: str, statement: Statement, passage: Passage) -> bool:
    """Whether "the central bank governor" is Governor Hale: of a central bank the article speaks, and of no other governor."""
    text, head = passage.article.text, whom.split()[-1].lower()
    if not statement.speaker or stems_of(statement.role) != stems_of(head) or not stems_of(whom) <= stems_of(text):
        return False
    return _bearers(head, text) == {surname(statement.speaker)}


def _bearers(title: str, text: str) -> set[str]:
    """The surnames of those whom the text calls by a title of one word: "Governor Oda Hale", "the governor, Oda Hale"."""
    if " " in title:
        return set()
    name = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
    found = re.finditer(rf"\b(?:{re.escape(title.capitalize())}|[Tt]he {re.escape(title)},) {name}", text)
    return {surname(re.sub(r"['’]s$", "", match["name"])) for match in found}


def _surely_another(whom: str, statement: Statement) -> bool:
    """Whether a statement is by name another's than of whoever is asked about; an unnamed speaker might be anybody."""
    asked = named(whom)
    if asked is None or not asked.speaker or not statement.speaker or statement.anonymous:
        return False
    return surname(asked.speaker) != surname(statement.speaker) and not holds(statement.role, asked.speaker)


def _alike(one: str, other: str) -> bool:
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
