"""Our answers as a LlamaIndex query engine, for programs that speak LlamaIndex already."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine

from index import Filters
from index.llama import node
from rag.answer import Answerer


class PilcrowQueryEngine(CustomQueryEngine):
    """Answers with [1] markers; `source_nodes` are the cited paragraphs in the order of their numbers.

    ``response.metadata["answer"]`` is the whole answer as `Answer.to_dict` gives it. An abstention has no
    source nodes.
    """

    answerer: Any
    filters: Any = Filters()

    def custom_query(self, query_str: str) -> Response:
        """The answer to `query_str`. Raises PilcrowError for a question that cannot be asked."""
        answer = self.answerer.answer(query_str, filters=self.filters)
        read = {e.passage.paragraph.id: e.passage for e in answer.evidence}
        return Response(
            response=answer.text,
            source_nodes=[node(read[c.paragraph.id]) for c in answer.citations],
            metadata={"answer": answer.to_dict()},
        )


def query_engine(answerer: Answerer, filters: Filters = Filters()) -> PilcrowQueryEngine:  # noqa: B008
    """A LlamaIndex query engine over the answerer's library."""
    return PilcrowQueryEngine(answerer=answerer, filters=filters)
