"""Answer sets made from gold: one that is right, and ones that are wrong in a known way, to test the measures with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from eval.corpus import Corpus, Place, citable
from eval.gold import Gold, GoldQuestion
from eval.response import Cited, Given, Response, Said
from index.sentences import sentences

Answers = list[Response]
Change = Callable[[Answers, Corpus], Answers]


def gold_answers(questions: Sequence[GoldQuestion], corpus: Corpus) -> Answers:
    """The right response to each question: its evidence, each sentence citing itself; silence where none is."""
    return [_right(question, corpus) for question in questions]


def _right(question: GoldQuestion, corpus: Corpus) -> Response:
    items = [v.gold for v in question.values] or question.evidence
    said = [_said(item, corpus) for item in items]
    short = question.answers[0] if question.answers and said else ""
    if short and not any(short.lower() in s.text.lower() for s in said):
        said[0] = replace(said[0], text=f"{said[0].text} ({short})")
    places = tuple(c for s in said for c in s.citations)
    confidence = 1.0 if said else 0.0
    plain = Response(question.id, tuple(said), short=short, confidence=confidence, best=places[0] if places else None)
    whole = _understood(question, plain, corpus)
    return replace(whole, in_full=whole) if question.standalone else whole


def _understood(question: GoldQuestion, response: Response, corpus: Corpus) -> Response:
    """The response with all that its kind of question asks for besides words and places."""
    said = response.sentences
    if question.values:
        named = [replace(s, emphasis=v.value) for s, v in zip(said, question.values, strict=True)]
        values = tuple(Given(s.emphasis, s.citations[0]) for s in named)
        return replace(response, sentences=tuple(named), values=values, latest=question.latest)
    if question.days:
        dated = tuple(replace(s, day=day) for s, day in zip(said, question.days, strict=True))
        return replace(response, sentences=dated)
    if question.says in ("yes", "no"):
        return replace(response, lead=f"{question.says.capitalize()}: {'; '.join(question.answers)}.")
    if question.kind == "false-premise":
        premise = _said(question.premise, corpus) if question.premise else None
        return replace(response, reason="That is not so.", lacks="premise" if premise else "fact", premise=premise)
    if question.kind == "partial":
        return replace(response, reason=f"The articles do not tell {question.missing}.", lacks="partial")
    if question.kind == "correction":
        return replace(response, lead="This was corrected.")
    if question.opinion:
        return replace(response, sentences=tuple(replace(s, opinion=True) for s in said))
    return replace(response, lacks=question.reason)


def _said(item: Gold, corpus: Corpus) -> Said:
    cited = _cited(_sentences_of(corpus.quotes(*item.places[0])[0]))
    return Said(" ".join(cited.quote.split()), (cited,))


def _sentences_of(place: Place) -> Place:
    """The whole sentences that hold the place."""
    paragraph = place.paragraphs[0]
    held = [
        (paragraph.start + a, paragraph.start + b)
        for a, b in sentences(paragraph.text)
        if paragraph.start + a < place.end and place.start < paragraph.start + b
    ]
    return replace(place, start=held[0][0], end=held[-1][1])


def _cited(place: Place) -> Cited:
    return Cited(place.article.path, place.text, place.start, place.end)


def _each_citation(answers: Answers, change: Callable[[Cited], Cited | None]) -> Answers:
    def changed(said: Said) -> Said:
        return replace(said, citations=tuple(new for c in said.citations if (new := change(c))))

    return [replace(r, sentences=tuple(map(changed, r.sentences))) for r in answers]


def shuffled(answers: Answers, corpus: Corpus) -> Answers:
    """Every sentence cites what the next one should."""
    given = [s.citations for r in answers for s in r.sentences]
    turned = iter(given[1:] + given[:1])
    return [replace(r, sentences=tuple(replace(s, citations=next(turned)) for s in r.sentences)) for r in answers]


def next_paragraph(answers: Answers, corpus: Corpus) -> Answers:
    """Every citation leads to the paragraph below the right one, or above the last."""

    def moved(cited: Cited) -> Cited:
        place = corpus.place(cited)
        assert place is not None
        around = citable(place.article)
        at = next(i for i, p in enumerate(around) if p.id == place.paragraphs[0].id)
        other = around[at + 1] if at + 1 < len(around) else around[at - 1]
        return Cited(cited.file, other.text, other.start, other.end)

    return _each_citation(answers, moved)


def everything_cited(answers: Answers, corpus: Corpus) -> Answers:
    """Every sentence cites every paragraph of its article."""

    def whole(said: Said) -> Said:
        place = corpus.place(said.citations[0])
        assert place is not None
        every = (Cited(said.citations[0].file, p.text, p.start, p.end) for p in citable(place.article))
        return replace(said, citations=tuple(every))

    return [replace(r, sentences=tuple(map(whole, r.sentences))) for r in answers]


def nothing_cited(answers: Answers, corpus: Corpus) -> Answers:
    """The same sentences without a citation."""
    return _each_citation(answers, lambda _: None)


def invented(answers: Answers, corpus: Corpus) -> Answers:
    """Every sentence has one more citation, of a file that does not exist."""

    def added(said: Said) -> Said:
        return replace(said, citations=(*said.citations, Cited("no-such-article.txt", "No such words.")))

    return [replace(r, sentences=tuple(map(added, r.sentences))) for r in answers]


def wrong_sentence(answers: Answers, corpus: Corpus) -> Answers:
    """Every citation leads to the first other sentence of the right paragraph, where there is one."""

    def moved(cited: Cited) -> Cited:
        place = corpus.place(cited)
        assert place is not None
        paragraph = place.paragraphs[0]
        spans = [(paragraph.start + a, paragraph.start + b) for a, b in sentences(paragraph.text)]
        others = [s for s in spans if s[1] <= place.start or s[0] >= place.end]
        return Cited(cited.file, place.article.text[slice(*others[0])], *others[0]) if others else cited

    return _each_citation(answers, moved)


def altered_quote(answers: Answers, corpus: Corpus) -> Answers:
    """Every quote has one word changed, and no offsets to lead to the right place."""

    def altered(cited: Cited) -> Cited:
        words = cited.quote.split()
        words[len(words) // 2] = "purple"
        return Cited(cited.file, " ".join(words))

    return _each_citation(answers, altered)


def wrong_figures(answers: Answers, corpus: Corpus) -> Answers:
    """Every sentence says a figure and a day that its citation does not hold."""
    return [
        replace(
            r, sentences=tuple(replace(s, text=f"{s.text} It was 987654 on a Sunday in August.") for s in r.sentences)
        )
        for r in answers
    ]


def other_answer(answers: Answers, corpus: Corpus) -> Answers:
    """Every sentence is replaced by words that say nothing; the citations stay."""
    return [
        replace(r, short="nothing", sentences=tuple(replace(s, text="Nothing of note.") for s in r.sentences))
        for r in answers
    ]


def always_silent(answers: Answers, corpus: Corpus) -> Answers:
    """Nothing is ever said."""
    return [Response(r.id, confidence=r.confidence) for r in answers]


def never_silent(answers: Answers, corpus: Corpus) -> Answers:
    """Where nothing is to be said, the first paragraph of some article is."""
    article = next(iter(corpus.articles.values()))
    first = citable(article)[0]
    said = (Said(first.text, (Cited(article.path, first.text, first.start, first.end),)),)
    return [r if r.sentences else replace(r, sentences=said, confidence=1.0) for r in answers]


MUTANTS: dict[str, tuple[Change, str]] = {
    "markers shuffled": (shuffled, "ALCE citation recall"),
    "off by one paragraph": (next_paragraph, "paragraph recall"),
    "everything cited": (everything_cited, "paragraph precision"),
    "nothing cited": (nothing_cited, "coverage"),
    "invented citations": (invented, "pointer validity"),
    "right paragraph, wrong sentence": (wrong_sentence, "sentence exactness"),
    "quote altered by one word": (altered_quote, "verbatim quotes"),
    "figures and days added": (wrong_figures, "figure exactness"),
    "another answer": (other_answer, "short answer contained"),
    "always silent": (always_silent, "false abstention"),
    "never silent": (never_silent, "correct abstention"),
}
"""How the answers are spoilt, and the measure that is meant for it."""
