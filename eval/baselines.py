"""What to compare with: the best paragraph of each search alone, and LlamaIndex's own engine for cited answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from eval.response import Cited, Response, Said, place_in
from index import Filters, Library, Passage
from index.sentences import sentences
from rag.models import Message, Model
from rag.prose.write import LONGEST

DEPTH = 100
"""Passages asked for: all that both searches bring in, so that the first of each is among them."""
KEPT = 20

_ORDERS: dict[str, Callable[[Passage], float | None]] = {
    "BM25": lambda p: p.lexical_rank,
    "dense": lambda p: p.dense_rank,
    "fused": lambda p: p.rank,
}
SEARCHES = tuple(_ORDERS)


def search_baselines(library: Library, identity: str, question: str, filters: Filters) -> dict[str, Response]:
    """For each search alone a response that says and cites its best paragraph whole; it abstains only on no passage."""
    start = time.perf_counter()
    passages = library.search(question, DEPTH, filters)
    seconds = round(time.perf_counter() - start, 4)
    return {name: _response(identity, passages, order, seconds) for name, order in _ORDERS.items()}


def _response(
    identity: str, passages: Sequence[Passage], order: Callable[[Passage], float | None], seconds: float
) -> Response:
    ranked = sorted((p for p in passages if order(p) is not None), key=lambda p: order(p) or 0)[:KEPT]
    places = tuple(place_in(p.article.path, p.paragraph) for p in ranked)
    said = (Said(" ".join(ranked[0].paragraph.text.split()), places[:1]),) if ranked else ()
    return Response(identity, said, best=places[0] if places else None, retrieved=places, seconds=seconds)


class CitationEngine:
    """LlamaIndex's CitationQueryEngine over the library's own search, with any language model."""

    def __init__(self, library: Library, model: Model, *, k: int = 12) -> None:
        """Reads the `k` best passages a question."""
        self._library, self._llm, self._k = library, _llama(model), k

    def ask(self, identity: str, question: str, filters: Filters) -> Response:
        """The engine's answer: each [n] cites the source of that number, one that has none leads nowhere."""
        from llama_index.core.query_engine import CitationQueryEngine

        from index.llama import LibraryRetriever

        start = time.perf_counter()
        retriever = LibraryRetriever(self._library, k=self._k, filters=filters)
        engine = CitationQueryEngine(retriever=retriever, llm=self._llm)
        found = engine.query(question)
        seconds = round(time.perf_counter() - start, 4)
        sources = [_source(node.node) for node in found.source_nodes]
        text = str(found)
        said = tuple(_said(text[a:b], sources) for a, b in sentences(text))
        return Response(identity, said, retrieved=tuple(dict.fromkeys(sources)), seconds=seconds)


def _llama(model: Model) -> Any:
    """Our model as LlamaIndex knows them."""
    from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

    class Spoken(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            """What LlamaIndex wants to know of a model."""
            return LLMMetadata(context_window=model.window, num_output=LONGEST, model_name=model.name)

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
            """The whole answer."""
            return CompletionResponse(text="".join(model.stream([Message("user", prompt)], LONGEST)))

        def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
            """The answer as it grows."""
            said = ""
            for piece in model.stream([Message("user", prompt)], LONGEST):
                said += piece
                yield CompletionResponse(text=said, delta=piece)

    return Spoken()


def _source(node: Any) -> Cited:
    return Cited(node.metadata["path"], re.sub(r"^Source \d+:\n", "", node.get_content()).strip())


def _said(sentence: str, sources: Sequence[Cited]) -> Said:
    numbers = [int(n) for group in re.findall(r"\[([\d, ]+)\]", sentence) for n in re.findall(r"\d+", group)]
    cited = tuple(sources[n - 1] if 0 < n <= len(sources) else Cited("") for n in numbers)
    return Said(" ".join(re.sub(r"\s*\[[\d, ]+\]", "", sentence).split()), cited)
