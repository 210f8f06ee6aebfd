"""The desk that writes the stories: templates, a seeded die, and a memory of the headlines it has used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.newsroom.gold import Gold, Piece
from tests.newsroom.words import COMMON, DATED, TOPICS
from tests.newsroom.words_abroad import CHINESE, FRENCH, GERMAN, SPANISH

ABROAD = {"fr": FRENCH, "de": GERMAN, "es": SPANISH, "zh": CHINESE}
PLACES = (
    "Tarn Hollow",
    "Brackwater",
    "Selby Cross",
    "Ilminge",
    "Port Aldane",
    "Ostermouth",
    "Veldmoor",
    "Karsholt",
    "Dunmarrow",
    "Easterby",
    "Quillan",
    "Merrowdale",
    "Fennick",
    "Hollin",
)
STREETS = ("Alder", "Tanner", "Mill", "Cooper", "Lantern", "Priory", "Saltgate", "Weaver", "Orchard", "Fisher")
FIRST = ("Zoë", "Martin", "Ingrid", "Paul", "Chloé", "Samir", "Ruth", "Łukasz", "Nora", "Tomás", "Beatrice", "Jürgen")
FIRST += ("Helen", "Oskar", "Priya", "Daniel", "Agnes", "Colm", "Yusuf", "Marta")
LAST = ("Ashdown", "Bertrand", "O’Rourke", "Núñez", "Lindqvist", "Marsh", "Okafor", "Pellow", "Quist", "Renner")
LAST += ("Sørensen", "Tolley", "Varga", "Whitlock", "Yates", "Zeller", "Fairbrother", "Haddad", "Iversen", "Kemble")
ROLES = ("who heads the public works office", "the deputy mayor", "head of the inspection", "speaker for the region")
ORGS = ("Halden Pumps", "Norrby & Sons", "Kestrel Engineering", "Brightwell", "Anker", "Tidewater Partners")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
UK, US, NEUTRAL = "uk", "us", "neutral"


def long_date(day: date, region: str = UK) -> str:
    """14 May 2009, or May 14, 2009 where the region is American."""
    month = MONTHS[day.month - 1]
    return f"{month} {day.day}, {day.year}" if region == US else f"{day.day} {month} {day.year}"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented newspaper, its address, and how its country spells."""

    name: str
    host: str
    region: str


OUTLETS = (
    Outlet("Veldmoor Courier", "veldmoorcourier.example", UK),
    Outlet("Karsholt Gazette", "karsholtgazette.example", US),
    Outlet("The Dunmarrow Times", "dunmarrowtimes.example", UK),
    Outlet("Brackwater Observer", "brackwaterobserver.example", US),
    Outlet("Easterby Post", "easterbypost.example", UK),
    Outlet("Quillan Herald", "quillanherald.example", US),
    Outlet("Merrowdale Star", "merrowdalestar.example", UK),
    Outlet("Fennick Daily Echo", "fennickecho.example", UK),
    Outlet("Tarn Valley Radio", "tarnvalleyradio.example", US),
)
PLAIN_OUTLET = Outlet("Hollin Chronicle", "hollinchronicle.example", NEUTRAL)
"""An outlet of which nothing tells how its country writes dates."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was filed, before anyone laid it out."""

    headline: str
    outlet: Outlet
    authors: tuple[str, ...]
    day: date
    section: str
    pieces: tuple[Piece, ...]
    language: str = "en"
    place: str = ""

    @property
    def slug(self) -> str:
        """The headline as it stands in an address; no figures, which could be taken for a date."""
        words = "".join(c if c.isalpha() and c.isascii() else " " for c in self.headline.lower()).split()
        return "-".join(words[:7]) or "story"

    @property
    def url(self) -> str:
        """Where it was published; the address holds no date."""
        return f"https://www.{self.outlet.host}/news/{self.slug}"

    @property
    def byline(self) -> str:
        """By Zoë Marsh and Paul Quist."""
        return "By " + " and ".join(self.authors)

    def gold(self, file: str, form: str, **said: Any) -> Gold:
        """The gold of a file that says nothing but headline and text, unless told so."""
        return replace(Gold(file, form, self.headline, self.pieces), **said)

    def with_pieces(self, *pieces: Piece) -> Story:
        """The same story with these paragraphs at its end."""
        return replace(self, pieces=self.pieces + pieces)


class _Slots(dict[str, str]):
    """What stands in the braces of a template: names stay for a story, figures are thrown anew each time."""

    def __init__(self, die: Random, fixed: dict[str, str], region: str, day: date) -> None:
        super().__init__(fixed)
        self._die, self._region, self._day = die, region, day

    def __missing__(self, slot: str) -> str:
        die = self._die
        if slot in ("past", "future"):
            far = timedelta(days=die.randint(400, 9000) if slot == "past" else die.randint(9, 60))
            return long_date(self._day - far if slot == "past" else self._day + far, self._region)
        return {
            "n": lambda: str(die.randint(13, 96)),
            "many": lambda: f"{die.randint(1, 40)},{die.randint(0, 999):03d}",
            "few": lambda: str(die.randint(2, 11)),
            "years": lambda: str(die.randint(21, 80)),
            "age": lambda: str(die.randint(19, 88)),
            "nth": lambda: die.choice(("second", "fourth", "seventh", "ninth", "last")),
            "money": self._money,
            "pc": lambda: f"{die.randint(13, 88)}" + {UK: " per cent", US: " percent", NEUTRAL: "%"}[self._region],
            "councillor": lambda: {UK: "Councillor", US: "Councilor", NEUTRAL: "council member"}[self._region],
            "harbour": lambda: {UK: "harbour", US: "harbor", NEUTRAL: "port"}[self._region],
        }[slot]()

    def _money(self) -> str:
        amount = f"{self._die.randint(1, 48)}.{self._die.randint(1, 9)}"
        return {UK: f"£{amount}m", US: f"${amount} million", NEUTRAL: f"{amount} million crowns"}[self._region]


class Desk:
    """Writes stories, no two with the same headline; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self.die = Random(seed)
        self._used: set[str] = set()
        self._outlets = self._in_turn(OUTLETS)
        self._topics = self._in_turn(TOPICS)

    def _in_turn(self, things: Sequence[Any]) -> Iterator[Any]:
        while True:
            yield from self.die.sample(things, len(things))

    def day(self) -> date:
        """A day of the last years whose number is above twelve, so that no style of writing it is ambiguous."""
        while (day := date(2013, 1, 1) + timedelta(days=self.die.randrange(4380))).day <= 12:
            pass
        return day

    def person(self) -> str:
        """A first name and a last name."""
        return f"{self.die.choice(FIRST)} {self.die.choice(LAST)}"

    def story(
        self,
        *,
        outlet: Outlet | None = None,
        day: date | None = None,
        authors: int = 1,
        paragraphs: int = 0,
        subheads: bool = True,
        weekday: str = "",
        dated: bool = True,
        spelling: Sequence[str] = (),
    ) -> Story:
        """An English story.

        `weekday` is said in the lead; `dated` allows a paragraph about another day; a neutral outlet's
        story holds neither unless asked, nor a word that tells the country.
        """
        outlet, day = outlet or next(self._outlets), day or self.day()
        neutral = outlet.region == NEUTRAL
        topic = next(t for t in self._topics if not (neutral and t.section == "Sport"))
        slots = self._slots(outlet, day, weekday)
        slots["thing"] = topic.thing.format_map(slots)
        headline = self._new_headline(topic.headlines, slots)
        facts = self.die.sample(topic.facts, len(topic.facts)) + self.die.sample(
            COMMON, max(9, min(paragraphs, len(COMMON)))
        )
        if dated and not neutral and self.die.random() < 0.5:
            facts.insert(self.die.randint(3, 7), self.die.choice(DATED))
        facts[2:2] = spelling
        count = paragraphs or self.die.randint(5, 14)
        texts = [self.die.choice(topic.leads), *self._mixed(facts[: count - 1], fixed=2 + len(spelling))]
        pieces = [Piece("body", text.format_map(slots)) for text in texts]
        if subheads and count >= 8:
            first, second = self.die.sample(topic.subheads, 2)
            pieces.insert(6, Piece("subhead", second))
            pieces.insert(3, Piece("subhead", first))
        return Story(headline, outlet, self._authors(authors), day, topic.section, tuple(pieces), place=slots["place"])

    def fitting(self, encoding: str, **wanted: Any) -> Story:
        """A story whose letters the encoding has: there is no Łukasz in windows-1252."""
        while True:
            story = self.story(**wanted)
            words = "".join((*story.authors, story.headline, *(p.text for p in story.pieces)))
            if words == words.encode(encoding, "replace").decode(encoding):
                return story

    def story_abroad(self, language: str, outlet: Outlet | None = None, day: date | None = None) -> Story:
        """A story in French, German, Spanish or Chinese."""
        headlines, texts = ABROAD[language]
        outlet, day = outlet or OUTLETS[0], day or self.day()
        slots = self._slots(outlet, day, "", street="")
        slots["many"] = f"{self.die.randint(2, 40)}00"
        headline = self._new_headline(headlines, slots)
        pieces = tuple(Piece("body", text.format_map(slots)) for text in texts)
        return Story(headline, outlet, self._authors(1), day, "", pieces, language, slots["place"])

    def _authors(self, count: int) -> tuple[str, ...]:
        names: dict[str, None] = {}
        while len(names) < count:
            names[self.person()] = None
        return tuple(names)

    def _mixed(self, facts: list[str], fixed: int) -> list[str]:
        return facts[:fixed] + self.die.sample(facts[fixed:], len(facts) - fixed)

    def _new_headline(self, templates: Sequence[str], slots: _Slots) -> str:
        while True:
            headline = self.die.choice(templates).format_map(slots)
            if headline not in self._used:
                self._used.add(headline)
                return headline
            slots["place"] = self.die.choice(PLACES)

    def _slots(self, outlet: Outlet, day: date, weekday: str, street: str = " Street") -> _Slots:
        place, other = self.die.sample(PLACES, 2)
        lasts = self.die.sample(LAST, 3)
        people = [f"{first} {last}" for first, last in zip(self.die.sample(FIRST, 3), lasts, strict=True)]
        fixed = {
            "place": place,
            "other": other,
            "street": self.die.choice(STREETS) + street,
            "org": self.die.choice(ORGS),
            "official": people[0],
            "official_last": lasts[0],
            "resident": people[1],
            "resident_last": lasts[1],
            "second": people[2],
            "role": self.die.choice(ROLES),
            "when": f" on {weekday}" if weekday else "",
        }
        return _Slots(self.die, fixed, outlet.region, day)
