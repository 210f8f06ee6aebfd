"""The library as LlamaIndex sees it: our embeddings as a BaseEmbedding, our search as a BaseRetriever.

Imported only by those who use it, since LlamaIndex takes two seconds to import.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.encoder import Encoder
from index.library import Library
from index.values import Filters, Passage


class EncoderEmbedding(BaseEmbedding):
    """The library's encoder for any LlamaIndex program."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **settings: Any) -> None:
        """Wraps `encoder`; `settings` are those of a BaseEmbedding."""
        super().__init__(model_name=encoder.name, **settings)
        self._encoder = encoder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self._encoder.encode(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


class LibraryRetriever(BaseRetriever):
    """The library's fused search. Nodes keep our paragraph ids and the offsets in the article's text."""

    def __init__(self, library: Library, *, k: int = 10, filters: Filters = Filters()) -> None:  # noqa: B008
        """Finds `k` paragraphs a query among the articles that `filters` allow."""
        self._library = library
        self._k = k
        self._filters = filters
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node(p) for p in self._library.search(query_bundle.query_str, self._k, self._filters)]


def node(passage: Passage) -> NodeWithScore:
    """The passage as a LlamaIndex node: same id, same offsets, the article's particulars as metadata."""
    paragraph, article = passage.paragraph, passage.article
    text = TextNode(
        id_=paragraph.id,
        text=paragraph.text,
        start_char_idx=paragraph.start,
        end_char_idx=paragraph.end,
        metadata={
            "article_id": article.id,
            "paragraph": paragraph.number,
            "title": article.headline,
            "source": article.source,
            "published": article.published.isoformat() if article.published else None,
            "path": article.path,
            "url": article.url,
        },
        excluded_embed_metadata_keys=["article_id", "paragraph", "path", "url"],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
    return NodeWithScore(node=text, score=passage.score)
