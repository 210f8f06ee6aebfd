"""Counterfactuals: the answer must follow a changed text, and the check must notice a changed claim."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import sample
from eval.corpus import Corpus, citable, read_articles
from eval.gold import GoldQuestion, load
from eval.measures.short_answer import contained
from eval.suites import Pair, Suite
from index import Article
from index.dates import MONTHS, WEEKDAYS
from index.sentences import sentences
from rag.reader.exact import NUMBERS, days
from rag.reader.training.claims import reword
from rag.reader.training.edits import Kind, names_of, plant
from rag.speakers import speaker

SEED = 0
CLAIMS = 400
_PERSON = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


def build(data: Path | None, work: Path) -> Suite:
    """The sample's questions on articles in which the answer was changed, and claims from articles, true and changed.

    The claims are made from the articles in `data`, by default the sample's.
    """
    chance = random.Random(SEED)  # noqa: S311
    shutil.copytree(sample.ARTICLES, work / "swap")
    questions = _changed_questions(Corpus(read_articles(sample.ARTICLES)), work / "swap", chance)
    pairs = tuple(_claims(read_articles(data or sample.ARTICLES), chance))
    return Suite("swap", str(data or sample.ARTICLES), (work / "swap",), questions, pairs)


def _changed_questions(corpus: Corpus, folder: Path, chance: random.Random) -> tuple[GoldQuestion, ...]:
    """Questions whose short answer, a figure, a day or a person, was changed wherever its evidence stands.

    A paragraph is changed for one question only. The files in `folder` are rewritten.
    """
    people = _people(corpus)
    taken: set[str] = set()
    changed = []
    for question in load(sample.QUESTIONS):
        places = [p for item in question.evidence for file, quote in item.places for p in corpus.quotes(file, quote)]
        paragraphs = {(p.article.path, q.id): q for p in places for q in p.paragraphs}
        old = next((a for a in question.answers if all(_whole(a).search(q.text) for q in paragraphs.values())), "")
        new = _other(old, people, chance)
        if not new or question.follows or taken & {identity for _, identity in paragraphs}:
            continue
        if any(_elsewhere(corpus, path, old, {i for _, i in paragraphs}) for path, _ in paragraphs):
            continue
        if not all(_rewrite(folder, corpus, path, q.text, old, new) for (path, _), q in paragraphs.items()):
            continue
        taken |= {identity for _, identity in paragraphs}
        # The gold quotes held the old words: the whole paragraph, as it now reads, is the evidence.
        texts = {q.text: _changed(q.text, old, new) for q in paragraphs.values()}
        evidence = tuple(
            replace(item, places=tuple((f, texts[_paragraph(corpus, f, quote)]) for f, quote in item.places))
            for item in question.evidence
        )
        # What still stands in a changed paragraph is no sign of having missed the change.
        wrong = tuple(a for a in question.answers if not any(contained(a, text) for text in texts.values()))
        changed.append(replace(question, answers=(new,), evidence=evidence, wrong=wrong, changed=True))
    return tuple(changed)


def _elsewhere(corpus: Corpus, path: str, old: str, paragraphs: set[str]) -> bool:
    """Whether the old answer, or a person's surname, also stands in a paragraph that is not changed."""
    article = corpus.articles[path]
    words = old.split()[-1] if _PERSON.fullmatch(old) else old
    return any(_whole(words).search(p.text) for p in article.paragraphs if p.id not in paragraphs)


def _people(corpus: Corpus) -> list[str]:
    """Whoever has a first name and a surname and says something somewhere, under that surname."""
    whole = " ".join(" ".join(a.text.split()) for a in corpus.articles.values())
    names = {n for a in corpus.articles.values() for n in names_of(a.text) if _PERSON.fullmatch(n)}
    return sorted(n for n in names if re.search(rf"\b(?:{n.split()[1]} said|said {n.split()[1]})\b", whole))


def _paragraph(corpus: Corpus, file: str, quote: str) -> str:
    return corpus.quotes(file, quote)[0].paragraphs[0].text


def _rewrite(folder: Path, corpus: Corpus, path: str, paragraph: str, old: str, new: str) -> bool:
    """Changes `old` in one paragraph of the file that is the copy of `path`; False where its bytes read otherwise."""
    root = sample.ARTICLES.absolute()
    file = folder / Path(path).relative_to(root)
    text = file.read_bytes().decode("utf-8", "replace")
    flexible = re.compile(r"\s+".join(map(re.escape, paragraph.split())))
    if len(flexible.findall(text)) != 1:
        return False
    file.write_text(flexible.sub(lambda m: _changed(m[0], old, new), text), "utf-8", newline="")
    return True


def _changed(text: str, old: str, new: str) -> str:
    return _whole(old).sub(lambda _: new, text)


def _whole(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w)(?<!\d[.,]){spaced}(?!\w)(?![.,]\d)")


def _other(old: str, people: Sequence[str], chance: random.Random) -> str:
    """Something else of the same kind: a figure, a number word, a day, a person; "" for what is none of these."""
    low = old.lower()
    if low in NUMBERS and NUMBERS[low] > 1:
        word = chance.choice([w for w, n in NUMBERS.items() if n > 1 and w not in (low, "dozen")])
        return word.capitalize() if old[0].isupper() else word
    for names in (MONTHS, WEEKDAYS):
        held = next((n for n in names if re.search(rf"\b{n}\b", low)), None)
        if held:
            other = chance.choice([n for n in names if n not in (held, "may")])
            return re.sub(rf"\b{held}\b", other.capitalize(), old, flags=re.IGNORECASE)
    if _FIGURE.search(old):
        return _FIGURE.sub(lambda m: _digits(m[0], chance), old, count=1)
    if old in people:
        return chance.choice([p for p in people if not set(p.split()) & set(old.split())])
    return ""


def _digits(figure: str, chance: random.Random) -> str:
    """The same shape with the first digit another one; of a year the last."""
    if re.fullmatch(r"(?:1[89]|20)\d\d", figure):
        return figure[:3] + chance.choice([d for d in "0123456789" if d != figure[3]])
    return str(chance.choice([d for d in range(1, 10) if str(d) != figure[0]])) + figure[1:]


def _claims(articles: Sequence[Article], chance: random.Random) -> Iterator[Pair]:
    """Sentences of articles in other words against their paragraphs: true, and with an error in the claim or the text."""
    drawn = [
        (article, paragraph.text, paragraph.text[a:b])
        for article in articles
        for paragraph in citable(article)
        for a, b in sentences(paragraph.text)
        if 10 <= len(paragraph.text[a:b].split()) <= 45
    ]
    chance.shuffle(drawn)
    kinds: tuple[Kind, ...] = ("number", "name", "swap", "opposite", "negation")
    for number, (article, text, sentence) in enumerate(drawn[:CLAIMS]):
        in_text = number // len(kinds) % 2 == 1
        # In other words the claim might lack what the text is changed in.
        said = " ".join(sentence.split()) if in_text else reword(" ".join(sentence.split()), chance)
        names = names_of(article.text)
        wanted = kinds[number % len(kinds)]
        changed = _with_error(sentence if in_text else said, wanted, names, chance)
        if changed is None:
            continue
        wrong, kind = changed
        kind += " in the text" if in_text else ""
        yield Pair(f"c{number:03d}-true", kind, said, text, True, article.headline)
        claim, against = (said, text.replace(sentence, wrong)) if in_text else (wrong, text)
        yield Pair(f"c{number:03d}-changed", kind, claim, against, False, article.headline)


def _with_error(sentence: str, wanted: Kind, names: Sequence[str], chance: random.Random) -> tuple[str, str] | None:
    """The sentence with another speaker, or another error of the kind that is wanted, and what the kind is called."""
    who = speaker(sentence)
    others = [n for n in names if _PERSON.fullmatch(n) and n not in sentence]
    if wanted == "name" and who and who in sentence and others:
        return sentence.replace(who, chance.choice(others)), "speaker"
    edit = plant(sentence, names, chance, (wanted,))
    if edit is None or edit.kind == "word":
        return None
    return edit.text, "date" if days(edit.text) != days(sentence) else edit.kind
