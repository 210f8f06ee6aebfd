"""LlamaIndex's view: nodes keep our ids and offsets, the query engine answers with the cited paragraphs."""

from __future__ import annotations

import pytest

from index import Library
from rag import Answerer

pytestmark = pytest.mark.slow


def test_nodes_keep_ids_offsets_and_particulars(sample_library: Library) -> None:
    from index.llama import LibraryRetriever

    nodes = LibraryRetriever(sample_library, k=5).retrieve("Why did the ferry sink?")
    passages = sample_library.search("Why did the ferry sink?", 5)
    assert [n.node_id for n in nodes] == [p.paragraph.id for p in passages]
    for found in nodes:
        article = sample_library.article(found.metadata["article_id"])
        assert article and article.text[found.node.start_char_idx : found.node.end_char_idx] == found.text


def test_the_encoder_is_a_llama_index_embedding(sample_library: Library) -> None:
    from index.llama import EncoderEmbedding

    embedding = EncoderEmbedding(sample_library.encoder)
    query = embedding.get_query_embedding("a ferry")
    near, far = embedding.get_text_embedding_batch(["The ferry sank.", "The school has a new roof."])
    assert sum(a * b for a, b in zip(query, near, strict=True)) > sum(a * b for a, b in zip(query, far, strict=True))


def test_the_query_engine_cites_what_it_says(sample_library: Library) -> None:
    from rag.llama import query_engine

    response = query_engine(Answerer(sample_library)).query("Who is the chief executive of Merrin Stevedoring?")
    assert "Gordon Lathe" in str(response) and "[1]" in str(response)
    cited = response.metadata["answer"]["citations"]
    assert [n.node_id for n in response.source_nodes] == [c["paragraph_id"] for c in cited]


def test_an_abstention_has_no_source_nodes(sample_library: Library) -> None:
    from rag.llama import query_engine

    assert query_engine(Answerer(sample_library)).query("What did Angela Merkel say?").source_nodes == []
