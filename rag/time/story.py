"""The articles that tell the story a question names: not only mention it, and not only under the question's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index import Article, Filters, Library, Passage
from rag.corrected import is_note
from rag.names import holds
from rag.question import names_in
from rag.reader.words import Rarity
from rag.time.dated import event_stems, event_words
from rag.time.track import TOGETHER, Vector, alike, cosine, held, vector

_SEARCHED = 40
"""Passages from which the articles that tell the story are told."""
_SEEDS = 4
"""How many articles, surely of the story, lend their headlines to the search for the others."""
_LESSER = 0.3
"""And how much of the best one's score each must have."""
_MOST_ARTICLES = 24
_PARAGRAPHS = 400
_TOP = 0.5
"""An article is surely of the story whose headline and opening hold this share of the topic's words."""
_WHOLE = 0.6
"""A paragraph of any article is of the story where it holds this share of the topic's words, or all its names and half."""
_OWN, _ASIDE = 0.22, 0.55
"""The share of what a paragraph tells that the story's other articles must know: in one of them, in any other article."""
_SEVERAL, _NEARLY_ALL = 3, 0.9
_WHOLLY = 1.5
"""How near a seed is, at most."""
_KIND = event_stems(
    "dispute row affair case saga matter quarrel fight question controversy scandal crisis disaster aftermath conflict debate story"
)
"""What kind of story it is: words that no article need have for it."""
_UNHEARD = 0.35
"""Least likeness of a passage to a topic of whose words the library holds none."""


@dataclass(frozen=True, slots=True)
class Story:
    """The passages that tell a story. Their `similarity` is that to the topic and to the headlines of the story.

    `weights` is how much each stem of the topic tells; the topic's words that the library does not hold are left out.
    `articles` is how near each article is to the story, 0 to 1.5; a passage of none of them speaks of it by itself.
    `names` are the names in the topic.
    """

    passages: tuple[Passage, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    articles: Mapping[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def near(self, passage: Passage) -> float:
        """How near the passage's article is to the story, 0 to 1.5."""
        return self.articles.get(passage.article.id, 0.0)

    def share(self, text: str) -> float:
        """The share of the topic's words that the text holds, rare ones counting more; 0 to 1. "Dockers" holds "dock"."""
        return _share(self.weights, text)


def story(library: Library, topic: str, filters: Filters, rarity: Rarity, *, beside: str = "") -> Story:
    """The story that goes by the words of `topic`; an empty one where no article tells it, or several that are not of one.

    The articles that say its words best are its seeds, and those that share rare words with these are of it too; of any
    other article the paragraphs that do. `beside` are words that help to find it, such as the event with which it begins.
    """
    weights, names = _weights(library, topic, rarity), names_in(topic)
    asked = f"{topic}, {beside}" if beside else topic
    found = library.search(asked, _SEARCHED, filters)
    whole = {p.article.id: p.article for p in found if _reports(p.article)}
    named = {i: article for i, article in whole.items() if _names(article, names)}
    scores: dict[str, float] = defaultdict(float)
    for passage in found:
        if passage.article.id in whole:
            scores[passage.article.id] += passage.score
    seeds = _seeds(weights, named, found, scores) or (
        [] if names or max((p.similarity for p in found), default=0.0) < _UNHEARD else _best(scores)
    )
    vectors = {i: vector(whole[i], rarity) for i in seeds}
    seeds = _of_one_story(seeds, vectors)
    if not seeds:
        return Story()
    wider = ". ".join((asked, *(whole[i].headline for i in seeds)))
    more = library.search(wider, _SEARCHED, filters)
    whole |= {p.article.id: p.article for p in more if _reports(p.article)}
    for passage in more:
        scores[passage.article.id] += passage.score
    candidates = sorted(whole, key=lambda i: (i not in seeds, -scores[i]))[:_MOST_ARTICLES]
    vectors = {i: vector(whole[i], rarity) for i in candidates}
    likeness = {i: alike(vectors[i], [vectors[seed] for seed in seeds]) for i in candidates}
    told = {i: min(_WHOLLY, value / TOGETHER) for i, value in likeness.items() if i in seeds or value >= TOGETHER}
    known = [vectors[i] for i in told]
    own = _OWN if len(known) >= _SEVERAL else 0.0  # two reports know too few words
    of_it = _without_names(weights, names)
    inside = _is_inside(of_it, names, found, [whole[i] for i in seeds])
    every = library.search(wider, _PARAGRAPHS, replace(filters, articles=tuple(candidates)))
    kept = tuple(
        p
        for p in every
        if p.paragraph.kind == "body"
        and (
            (
                not inside
                and held(p.paragraph.text, vectors[p.article.id], known) >= (own if p.article.id in told else _ASIDE)
            )
            or _is_of(weights, names, p.paragraph.text)
            or (inside and _share(of_it, p.paragraph.text) >= _TOP)
        )
    )
    return Story(kept, weights, told, names)


def of_days(library: Library, filters: Filters) -> Story:
    """The story of everything that was published on the days that the filters allow, its opening reports first."""
    dated = [a for a in library.articles(filters) if a.published]
    dated.sort(key=lambda a: (a.published or date.min, a.path))
    if len(dated) > _MOST_ARTICLES:
        dated = [dated[n * len(dated) // _MOST_ARTICLES] for n in range(_MOST_ARTICLES)]
    whole = [a for known in dated if (a := library.article(known.id)) and _reports(a)]
    body = [Passage(p, a, 1, 0.0, 0.0) for a in whole for p in a.paragraphs if p.kind == "body"]
    return Story(tuple(body), {}, {a.id: _WHOLLY for a in whole})


def _seeds(
    weights: Mapping[str, float], whole: Mapping[str, Article], found: Sequence[Passage], scores: Mapping[str, float]
) -> list[str]:
    """The articles that are surely of the story, by their tops and best paragraphs; else those that say some of its words."""
    fullest = {i: 0.0 for i in whole}
    for passage in found:
        if (i := passage.article.id) in fullest:
            fullest[i] = max(fullest[i], _share(weights, passage.paragraph.text))
    top = {i: _share(weights, _opening(article)) for i, article in whole.items()}
    told = {i: scores[i] * (top[i] + fullest[i] + _share(weights, article.text)) for i, article in whole.items()}
    return _best({i: value for i, value in told.items() if max(top[i], fullest[i]) >= _TOP} or told)


def _of_one_story(seeds: Sequence[str], vectors: Mapping[str, Vector]) -> list[str]:
    """The seeds that are alike; none where most are not, as where the topic is a place that every story names."""
    groups = [[i for i in seeds if i == one or cosine(vectors[one], vectors[i]) >= TOGETHER] for one in seeds]
    largest = max(groups, key=len, default=[])
    return largest if len(seeds) < _SEVERAL or 2 * len(largest) > len(seeds) else []


def _is_inside(
    weights: Mapping[str, float], names: Sequence[str], found: Sequence[Passage], seeds: Sequence[Article]
) -> bool:
    """Whether no opening speaks of the topic, but paragraphs of several articles do: the hospital ship, after a storm."""
    told = {
        p.article.id
        for p in found
        if _reports(p.article) and _names(p.article, names) and _share(weights, p.paragraph.text) >= _NEARLY_ALL
    }
    return len(told) >= _SEVERAL and not any(_share(weights, _opening(article)) >= _TOP for article in seeds)


def _without_names(weights: Mapping[str, float], names: Sequence[str]) -> Mapping[str, float]:
    """The words that tell the topic's paragraphs from the rest of articles that all hold its names."""
    known = event_stems(" ".join(names))
    return {stem: weight for stem, weight in weights.items() if stem not in known} or weights


def _best(scores: Mapping[str, float]) -> list[str]:
    ranked = sorted((i for i in scores if scores[i]), key=lambda i: -scores[i])
    return [i for i in ranked[:_SEEDS] if scores[i] >= _LESSER * scores[ranked[0]]]


def _is_of(weights: Mapping[str, float], names: Sequence[str], text: str) -> bool:
    share = _share(weights, text)
    return share >= _WHOLE or (share >= _TOP and bool(names) and all(holds(text, name) for name in names))


def _reports(article: Article) -> bool:
    return article.type != "opinion" and not is_note(article)


def _names(article: Article, names: Sequence[str]) -> bool:
    """Whether the article speaks of all that the topic names."""
    told = f"{article.headline}\n{article.text}"
    return all(holds(told, name) for name in names)


def _opening(article: Article) -> str:
    lead = next((p.text for p in article.paragraphs if p.kind == "body"), "")
    return f"{article.headline}\n{lead}"


def _weights(library: Library, topic: str, rarity: Rarity) -> dict[str, float]:
    found = {
        stem: rarity(word.text) * (1.5 if word.capital else 1.0)
        for stem, word in event_words(topic)
        if library.holding(word.text)
    }
    return {stem: weight for stem, weight in found.items() if stem not in _KIND} or found


def _share(weights: Mapping[str, float], text: str) -> float:
    held = event_stems(text)
    found = sum(
        weight
        for one, weight in weights.items()
        if one in held or (len(one) > 3 and any(stem.startswith(one) for stem in held))
    )
    return found / (sum(weights.values()) or 1.0)
