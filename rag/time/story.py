"""The articles that tell the story a question names: not only mention it, and not only under the question's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index import Article, Filters, Library, Passage
from rag.corrected import is_note
from rag.names import holds
from rag.question import names_in
from rag.reader.words import rarity_from_counts
from rag.time.dated import event_stems, event_words

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
_NEAR = 0.55
"""Another one is of it that comes so near to the nearest of all, its top counted half."""
_WHOLE = 0.6
"""A paragraph of any article is of the story where it holds this share of the topic's words, or all its names and half."""
_WHOLLY, _RATHER = 1.0, 0.75
"""From where on an article is wholly of the story, or rather of it."""
_UNHEARD = 0.35
"""Least likeness of a passage to a topic of whose words the library holds none."""


@dataclass(frozen=True, slots=True)
class Story:
    """The passages that tell a story. Their `similarity` is that to the topic and to the headlines of the story.

    `weights` is how much each stem of the topic tells; the topic's words that the library does not hold are left out.
    `articles` is how near each article is to the story, 0 to 1.5; a passage of none of them speaks of it by itself.
    `names` are the names in the topic, `bounds` the weights of the words for the event with which it begins or ends.
    """

    passages: tuple[Passage, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    articles: Mapping[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    bounds: Mapping[str, float] = field(default_factory=dict)

    def near(self, passage: Passage) -> float:
        """How near the passage's article is to the story, 0 to 1.5."""
        return self.articles.get(passage.article.id, 0.0)

    def share(self, text: str) -> float:
        """The share of the topic's words that the text holds, rare ones counting more; 0 to 1. "Dockers" holds "dock"."""
        return _share(self.weights, text)

    def telling(self) -> Iterator[Passage]:
        """The passages that tell of the story: parts of an article that is wholly of it, or of it by their own words.

        Of an article that is rather of it those count that are like the story, of one that is only near those of them
        that hold a word of it.
        """
        alike = _TOP * max((p.similarity for p in self.passages), default=0.0)
        for passage in self.passages:
            near, text = self.near(passage), passage.paragraph.text
            like = passage.similarity >= alike and (near >= _RATHER or (near >= _NEAR and self.share(text) > 0))
            bound = near >= _NEAR and bool(self.bounds) and _share(self.bounds, text) >= _WHOLE
            if near >= _WHOLLY or like or bound or _is_of(self.weights, self.names, text):
                yield passage


def story(library: Library, topic: str, filters: Filters = Filters(), *, beside: str = "") -> Story:  # noqa: B008
    """The story that goes by the words of `topic`; an empty one where no article tells it.

    `beside` are words that help to find it, such as the event with which it begins.
    """
    weights, names = _weights(library, topic), names_in(topic)
    asked = f"{topic}, {beside}" if beside else topic
    found = library.search(asked, _SEARCHED, filters)
    whole = {p.article.id: p.article for p in found if _reports(p.article)}
    named = {i: article for i, article in whole.items() if _names(article, names)}
    scores: dict[str, float] = defaultdict(float)
    for passage in found:
        if passage.article.id in whole:
            scores[passage.article.id] += passage.score
    seeds = _seeds(weights, named, scores) or (
        [] if names or max((p.similarity for p in found), default=0.0) < _UNHEARD else _best(scores)
    )
    if not seeds:
        return Story()
    wider = ". ".join((asked, *(whole[i].headline for i in seeds)))
    more = library.search(wider, _SEARCHED, filters)
    whole |= {p.article.id: p.article for p in more if _reports(p.article)}
    named |= {i: article for i, article in whole.items() if _names(article, names)}
    for passage in more:
        scores[passage.article.id] += passage.score
    held = sorted(whole, key=lambda i: (i not in seeds, i not in named, -scores[i]))[:_MOST_ARTICLES]
    every = library.search(wider, _PARAGRAPHS, replace(filters, articles=tuple(held)))
    near = _nearness(every, {i: _share(weights, _opening(whole[i])) for i in held})
    # One that leaves a name out, as later reports of a known matter do, must be the nearer.
    told = {i: value for i, value in near.items() if i in seeds or value >= (_NEAR if i in named else _RATHER)}
    body = [p for p in every if p.paragraph.kind == "body"]
    kept = (p for p in body if p.article.id in told or _is_of(weights, names, p.paragraph.text))
    return Story(tuple(kept), weights, told, names, _weights(library, beside))


def of_days(library: Library, filters: Filters) -> Story:
    """The story of everything that was published on the days that the filters allow, its opening reports first."""
    dated = [a for a in library.articles(filters) if a.published]
    dated.sort(key=lambda a: (a.published or date.min, a.path))
    if len(dated) > _MOST_ARTICLES:
        dated = [dated[n * len(dated) // _MOST_ARTICLES] for n in range(_MOST_ARTICLES)]
    whole = [a for known in dated if (a := library.article(known.id)) and _reports(a)]
    body = [Passage(p, a, 1, 0.0, 0.0) for a in whole for p in a.paragraphs if p.kind == "body"]
    return Story(tuple(body), {}, {a.id: _WHOLLY for a in whole})


def _seeds(weights: Mapping[str, float], whole: Mapping[str, Article], scores: Mapping[str, float]) -> list[str]:
    """The articles that are surely of the story, by their tops; where there are none, those that say some of its words."""
    top = {identity: _share(weights, _opening(article)) for identity, article in whole.items()}
    told = {i: scores[i] * share for i, share in top.items()}
    return _best({i: value for i, value in told.items() if top[i] >= _TOP} or told)


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


def _nearness(passages: Sequence[Passage], top: Mapping[str, float]) -> dict[str, float]:
    """How near each article is: its three nearest paragraphs beside those of the nearest article, and half its top."""
    likeness: dict[str, list[float]] = defaultdict(list)
    for passage in passages:
        likeness[passage.article.id].append(passage.similarity)
    mean = {i: sum(sorted(values)[-3:]) / min(3, len(values)) for i, values in likeness.items()}
    best = max(mean.values(), default=1.0)
    return {i: value / best + top.get(i, 0.0) / 2 for i, value in mean.items()}


def _weights(library: Library, topic: str) -> dict[str, float]:
    rarity = rarity_from_counts(library.holding, library.counts()["paragraphs"])
    return {
        stem: rarity(word.text) * (1.5 if word.capital else 1.0)
        for stem, word in event_words(topic)
        if library.holding(word.text)
    }


def _share(weights: Mapping[str, float], text: str) -> float:
    held = event_stems(text)
    found = sum(
        weight
        for one, weight in weights.items()
        if one in held or (len(one) > 3 and any(stem.startswith(one) for stem in held))
    )
    return found / (sum(weights.values()) or 1.0)
