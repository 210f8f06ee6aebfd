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


def test_the_retriever_serves_a_plain_chat_engine(sample_library: Library) -> None:
    from llama_index.core.chat_engine import ContextChatEngine
    from llama_index.core.llms import MockLLM

    from index.llama import LibraryRetriever

    engine = ContextChatEngine.from_defaults(retriever=LibraryRetriever(sample_library, k=3), llm=MockLLM())
    said = engine.chat("Why did the ferry sink?")
    assert [n.node_id for n in said.source_nodes] == [
        p.paragraph.id for p in sample_library.search("Why did the ferry sink?", 3)
    ]
    assert said.source_nodes[0].text in str(said)  # the mock repeats what it was given


def test_the_query_engine_serves_a_plain_chat_engine(sample_library: Library) -> None:
    from llama_index.core.chat_engine import CondenseQuestionChatEngine
    from llama_index.core.llms import MockLLM

    from rag.llama import query_engine

    engine = CondenseQuestionChatEngine.from_defaults(
        query_engine=query_engine(Answerer(sample_library)), llm=MockLLM()
    )
    said = engine.chat("Who is the chief executive of Merrin Stevedoring?")
    assert "Gordon Lathe" in str(said) and "[1]" in str(said) and said.source_nodes


def test_llama_index_asks_our_api_as_it_asks_any_model(sample_library: Library) -> None:
    from llama_index.core.chat_engine import SimpleChatEngine
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

    from tests.api_server import served
    from ui.api.options import Options

    question = "Who is the chief executive of Merrin Stevedoring?"
    with served(Options({"wire": sample_library.folder})) as url:
        model = OpenAILike(
            model="wire", api_base=f"{url}/v1", api_key="none is needed", is_chat_model=True, max_retries=0
        )
        said = model.chat([ChatMessage(role="user", content=question)])
        assert "Gordon Lathe" in str(said.message.content) and "[1]" in str(said.message.content)
        assert said.raw.citations[0]["headline"]  # type: ignore[union-attr]
        streamed = [piece.delta or "" for piece in model.stream_chat([ChatMessage(role="user", content=question)])]
        assert "".join(streamed) == said.message.content
        talk = SimpleChatEngine.from_defaults(llm=model)
        talk.chat(question)
        assert "$5 million" in str(talk.chat("What did he say about the settlement?"))
