"""A question turned into a statement and into a clause: "Why did the council reject it?" is "why the council rejected it".

Few patterns, no parser: where the verb cannot be told from the subject, nothing comes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_THREE_FORMS = (
    "be/was/been become/became/become begin/began/begun bite/bit/bitten blow/blew/blown break/broke/broken "
    "bring/brought/brought build/built/built burn/burned/burned buy/bought/bought catch/caught/caught choose/chose/chosen "
    "come/came/come cost/cost/cost cut/cut/cut deal/dealt/dealt do/did/done draw/drew/drawn drive/drove/driven "
    "eat/ate/eaten fall/fell/fallen feel/felt/felt fight/fought/fought find/found/found flee/fled/fled fly/flew/flown "
    "forbid/forbade/forbidden forget/forgot/forgotten get/got/got give/gave/given go/went/gone grow/grew/grown "
    "have/had/had hear/heard/heard hide/hid/hidden hit/hit/hit hold/held/held hurt/hurt/hurt keep/kept/kept "
    "know/knew/known lay/laid/laid lead/led/led leave/left/left lend/lent/lent let/let/let lose/lost/lost make/made/made "
    "mean/meant/meant meet/met/met overthrow/overthrew/overthrown pay/paid/paid put/put/put quit/quit/quit read/read/read "
    "ride/rode/ridden rise/rose/risen run/ran/run say/said/said see/saw/seen seek/sought/sought sell/sold/sold send/sent/sent "
    "set/set/set shake/shook/shaken shoot/shot/shot shut/shut/shut sink/sank/sunk sleep/slept/slept speak/spoke/spoken "
    "spend/spent/spent spread/spread/spread stand/stood/stood steal/stole/stolen stick/stuck/stuck strike/struck/struck "
    "swear/swore/sworn sweep/swept/swept swim/swam/swum take/took/taken teach/taught/taught tear/tore/torn tell/told/told "
    "think/thought/thought throw/threw/thrown understand/understood/understood undergo/underwent/undergone "
    "uphold/upheld/upheld wear/wore/worn win/won/won withdraw/withdrew/withdrawn withhold/withheld/withheld write/wrote/written"
)
_IRREGULAR = {base: (past, participle) for base, past, participle in (row.split("/") for row in _THREE_FORMS.split())}
_VERBS = (
    "abandon abolish accept accuse acknowledge acquire acquit add admit adopt agree allow announce apologise apologize appeal appear appoint "
    "approach approve argue arrest arrive ask attack attend award back ban believe blame block boycott call cancel capture carry "
    "cause cease celebrate certify challenge change charge claim clash clear climb close collapse collide compete complain complete "
    "condemn confirm consider continue convict crash create criticise criticize cross decide declare decline decrease defeat defend delay "
    "demand demolish deny deploy depart deport describe design destroy detain develop die disappear dismiss dissolve divert donate double "
    "drop drown earn elect employ end endorse enter erupt escape establish evacuate execute expand expect expel explain explode expire "
    "extend face fail fine fire follow found free freeze gain grant halt happen help hire honor honour impose "
    "improve increase indict inherit injure inspect insist insure interview introduce invade invest investigate invite issue join jump kidnap "
    "kill knock last launch learn lie like live look lower marry mention miss move murder need negotiate nominate object "
    "occupy occur offer open oppose order oust overturn owe own pass perform perish pick plan play plead pledge postpone praise prepare "
    "prevent produce promise propose protest prove publish pull push qualify raise ratify reach receive recommend recover reduce "
    "refuse reject release remain remove reopen repair repeal replace reply report rescue resign resume retire return "
    "reveal reverse rob rule sail save score sentence serve settle sign slow smash snow start starve stay step stop "
    "study sue suffer suggest support surrender survive suspend testify threaten tighten topple trade travel treat try turn "
    "urge use veto visit vote wait walk want warn warrant withdraw work worry wound"
)
_REGULAR = frozenset(_VERBS.split())
_DOUBLING = "acquit admit ban commit drop kidnap occur permit plan refer rob step stop"
_DOUBLES = frozenset(_DOUBLING.split())
_AUX = "did|does|do|was|were|is|are|has|have|had|will|would|can|could|may|should|must"
_BEFORE_NOUNS = "the a an this that these those his her its their our my your of in on at for with by from to and or two three more new"
_DETERMINERS = frozenset(_BEFORE_NOUNS.split())
_BETWEEN = "first finally ever never still then also later again recently originally eventually last next"
_ADVERBS = frozenset(_BETWEEN.split())
_BE = frozenset(("is", "are", "was", "were"))
_INVERTED = re.compile(
    rf"^(?P<asks>(?:(?:by|in|on|at|for|to|from|since|until|after) )?"
    rf"(?:who|whom|when|where|why|(?:whose|what|which|how)\b(?: (?!(?:{_AUX}|that|who)\b)[\w’'-]+){{0,4}})) (?P<aux>{_AUX}) (?P<body>.+)$",
    re.IGNORECASE,
)
_MADE = re.compile(r"^(?P<asks>what (?:made|led|caused|drove|prompted)) (?P<body>.+)$", re.IGNORECASE)
_WHETHER = re.compile(rf"^(?P<aux>{_AUX}) (?P<body>.+)$", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?P<joint>after|when|as|once|since|because) (?P<body>[^,;?]+)$", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
_COMPOUND = re.compile(r"[?;]|\b(?:and|or) (?:who|what|when|where|why|how|which)\b|\b(?:did|does|do)\b", re.IGNORECASE)
_DONE = re.compile(r"^(?:[\w’'-]+ ){0,5}?(?:did|was|were|had)\b", re.IGNORECASE)
_IS = re.compile(r"^(?P<asks>who|what|where|how \w+) (?P<be>is|are|was|were) (?P<what>[^,]+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A question's parts: "why", "did", "the council", "reject", "the terminal". `verb` is as the question has it."""

    asks: str
    auxiliary: str
    subject: str
    verb: str
    rest: str

    @property
    def statement(self) -> str:
        """What the question says besides asking: "the council rejected the terminal"."""
        if self.auxiliary == "did":
            said = [past(self.verb)]
        elif self.auxiliary == "does":
            said = [third(self.verb)]
        else:
            said = [self.verb] if self.auxiliary == "do" else [self.auxiliary, self.verb]
        return " ".join(filter(None, (self.subject, *said, self.rest)))


def clause_of(question: str) -> str:
    """The question as a clause, to stand behind "do not say": "when the bridge was built"; "" where none is safe."""
    text = _plain(question)
    found = parsed(question)
    if found:
        return f"{_lowered(found.asks)} {found.statement}"
    if _asks_subject(text):
        return _lowered(text)
    being = _IS.match(text)
    if being and _is_one_phrase(being["what"]):
        return f"{_lowered(being['asks'])} {being['what']} {being['be'].lower()}"
    return ""


@lru_cache(maxsize=1024)
def parsed(question: str) -> Clause | None:
    """The question's parts, where its verb follows its subject; None where it does not, or cannot be told."""
    text = _plain(question)
    if made := _MADE.match(text):
        return _made(made["asks"], made["body"].split())
    match = _INVERTED.match(text)
    asks = match["asks"] if match else "whether"
    match = match or _WHETHER.match(text)
    if not match or _COMPOUND.search(match["body"]):
        return None
    words = match["body"].split()
    if asks != "whether" and (words[0] == "not" or base_of(words[0])):
        return None  # "What ship has taken over": the subject is what is asked
    auxiliary = match["aux"].lower()
    at = _base(words) if auxiliary not in ("was", "were", "is", "are", "has", "have", "had") else _participle(words, 1)
    # "What were the names of the people killed?": only at the end does a participle belong to "what".
    if not at or (auxiliary in _BE and asks.lower() in ("what", "who") and at + 1 < len(words)):
        return None
    verb = at + (words[at] == "not")
    begin = at - (at > 1 and words[at - 1] in _ADVERBS and not auxiliary.startswith("d"))
    return Clause(
        asks, auxiliary, " ".join(words[:begin]), " ".join(words[begin : verb + 1]), " ".join(words[verb + 1 :])
    )


def _made(asks: str, words: list[str]) -> Clause | None:
    """The parts of "What made the union call the strike off?" and "What led the union to call it off?"."""
    to = next((i for i in range(1, len(words) - 1) if words[i] == "to" and base_of(words[i + 1]) == words[i + 1]), 0)
    at = to + 1 if to and asks.lower() != "what made" else _base(words)
    return (
        Clause(asks, "did", " ".join(words[: at - (words[at - 1] == "to")]), words[at], " ".join(words[at + 1 :]))
        if at
        else None
    )


def happened(question: str) -> bool:
    """Whether the question asks for something done and over, and not for how things stand: "How did the vote end?"."""
    return _DONE.search(_plain(question)) is not None


@lru_cache(maxsize=1024)
def subordinate(question: str) -> Clause | None:
    """What the question says by the way, of the past: "Lattimer resigned" in "Who took over after Lattimer resigned?".

    None where there is no such clause, its subject is a pronoun, or its verb cannot be told.
    """
    match = _SUBORDINATE.search(_plain(question))
    if not match or match.start() == 0:
        return None
    words = match["body"].split()
    if _PRONOUN.match(words[0]):
        return None
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        if word in ("was", "were"):
            if at + 1 < len(words) and _participle(words[at:], 1) == 1:
                return Clause(match["joint"], word, " ".join(words[:at]), words[at + 1], " ".join(words[at + 2 :]))
            return None
        if past(base_of(word) or "-") == word and not _leads_a_noun(before):
            return Clause(match["joint"], "did", " ".join(words[:at]), base_of(word), " ".join(words[at + 1 :]))
    return None


def past(verb: str) -> str:
    """The past tense of a verb in its base form; of "not go", "did not go"."""
    if verb.startswith("not "):
        return f"did {verb}"
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][0]
    if verb in _DOUBLES:
        return f"{verb}{verb[-1]}ed"
    return re.sub(r"(?<=[^aeiou])y$", "i", verb.removesuffix("e")) + "ed"


def third(verb: str) -> str:
    """The form that goes with "it": "closes", "has", "does not go"."""
    if verb.startswith("not "):
        return f"does {verb}"
    if verb == "have":
        return "has"
    return re.sub(r"(?<=[^aeiou])y$", "ie", verb) + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")


@lru_cache(maxsize=4096)
def base_of(word: str) -> str:
    """The base form of a verb that this file knows, from any of its forms; "" for every other word."""
    return _forms().get(word.lower(), "")


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for base in (*_REGULAR, *_IRREGULAR):
        ing = f"{base}{base[-1]}ing" if base in _DOUBLES else f"{re.sub(r'(?<=[^eo])e$', '', base)}ing"
        for form in (base, past(base), third(base), _IRREGULAR.get(base, ("", ""))[1], ing):
            found.setdefault(form, base)
    return found


def _base(words: list[str]) -> int:
    """Where the verb in its base form stands behind a subject of at least one word; 0 where that cannot be told."""
    for at in range(1, len(words)):
        is_verb = words[at] in _REGULAR or words[at] in _IRREGULAR
        if words[at] == "not":
            return at if at + 1 < len(words) and base_of(words[at + 1]) == words[at + 1] else 0
        follows = at + 1 < len(words) and (words[at + 1] in _REGULAR or words[at + 1] in _IRREGULAR)
        if is_verb and not _leads_a_noun(words[at - 1]) and not follows:
            return at
    return 0


def _leads_a_noun(word: str) -> bool:
    """Whether what stands behind the word is no verb: "the strike", "the dockers' strike"."""
    return word.lower() in _DETERMINERS or word.endswith(("'s", "’s", "s'", "s’"))


def _participle(words: list[str], first: int) -> int:
    """Where a participle stands behind at least `first` words; 0 where none does."""
    for at in range(first, len(words)):
        word, before = words[at], words[at - 1].lower()
        if word == "not":
            return at if _participle(words[at:], 1) == 1 else 0
        if word.lower() in ("who", "which", "that", "whose", "when", "while", "time"):
            return 0
        if _is_finite(word) and not _leads_a_noun(before) and not before.endswith("ly"):
            return at
    return 0


def _asks_subject(text: str) -> bool:
    """Whether the question asks for its own subject, and so stands in the order of a clause: "who won", "which team won"."""
    opens = re.match(
        r"(?:who|what|(?:which|what|how many)(?: [\w’'-]+){1,3}?)(?: (?:is|are|was|were|has|have|had|been))* (?=[a-z])",
        text,
        re.I,
    )
    if not opens or _COMPOUND.search(text):
        return False
    words = text.split()
    for word in words[len(opens[0].split()) : 5]:
        if word.lower() in _DETERMINERS:
            return False
        if _is_finite(word):
            return True
    return False


def _is_finite(word: str) -> bool:
    """Whether the word is a known verb in another form than its base, or in one that is its past as well."""
    base = base_of(word)
    return bool(base) and word not in _BE and (word != base or past(base) == base)


def _is_one_phrase(text: str) -> bool:
    """Whether the words are a single name or thing, short enough to stand before its verb."""
    return len(text.split()) <= 5 and not re.search(r"\b(?:who|which|that|when|where)\b", text)


def _plain(question: str) -> str:
    return " ".join(question.split()).rstrip(" ?.!")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
