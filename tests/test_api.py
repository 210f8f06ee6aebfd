"""Other programs ask: OpenAI's own client gets cited answers, plain JSON tells the same, and the server stays awake."""

from __future__ import annotations

import asyncio
import functools
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import NotFoundError, OpenAI

import sample
from index import Library
from rag import Answer, Answerer
from tests.api_server import served
from ui.api.errors import Refusal
from ui.api.options import Options
from ui.api.paths import without_folders
from ui.api.pool import Pool

FERRY = "How many people died when the ferry sank?"
get = functools.partial(httpx.get, timeout=120)
post = functools.partial(httpx.post, timeout=120)


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A second library, which tells of the same event."""
    place = tmp_path_factory.mktemp("harbor")
    (place / "articles").mkdir()
    (place / "articles" / "ferry.txt").write_text(
        "Divers end search\n\nMarch 25, 2026\n\nEleven people died when the ferry Lady Corrine sank, the harbor pilots said.\n"
    )
    with Library.open(place / "library") as library:
        library.sync(place / "articles")
        yield library


@pytest.fixture(scope="module")
def url(sample_library: Library) -> Iterator[str]:
    with served(Options({"wire": sample_library.folder})) as address:
        yield address


@pytest.fixture(scope="module")
def openai(url: str) -> OpenAI:
    return OpenAI(base_url=f"{url}/v1", api_key="none is needed", max_retries=0)


def told(openai: OpenAI, *questions: str, **fields: Any) -> Any:
    messages: Any = [{"role": "user", "content": question} for question in questions]
    return openai.chat.completions.create(model="wire", messages=messages, extra_body=fields)


def test_openais_client_gets_a_cited_answer(openai: OpenAI, sample_library: Library) -> None:
    assert [model.id for model in openai.models.list()] == ["wire"]
    said = told(openai, FERRY)
    text, annotations = said.choices[0].message.content, said.choices[0].message.annotations
    assert text == Answerer(sample_library).answer(FERRY).text
    for citation in said.citations:
        assert citation["paragraph_text"][citation["start"] : citation["end"]] == citation["quote"]
        article = sample_library.article(citation["article_id"])
        assert article and article.paragraphs[citation["paragraph"] - 1].id == citation["paragraph_id"]
        assert citation["outlet"] and citation["headline"] and citation["date"] and citation["path"]
    marks = [text[a.url_citation.start_index : a.url_citation.end_index] for a in annotations]
    assert set(marks) == {f"[{c['number']}]" for c in said.citations} and len(marks) == text.count("[")
    for mark, annotation in zip(marks, annotations, strict=True):
        link = get(str(openai.base_url).removesuffix("/v1/") + annotation.url_citation.url).json()
        assert f"[{next(c['number'] for c in said.citations if c['article_id'] == link['article_id'])}]" == mark


def test_a_stream_says_the_same_and_ends_with_the_citations(openai: OpenAI) -> None:
    whole = told(openai, FERRY)
    chunks = list(
        openai.chat.completions.create(
            model="wire",
            messages=[{"role": "user", "content": FERRY}],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == whole.choices[0].message.content and len([p for p in pieces if p]) > 3
    last = chunks[-2]
    assert last.choices[0].finish_reason == "stop" and last.citations == whole.citations  # type: ignore[attr-defined]
    assert chunks[-1].usage == whole.usage


def test_tokens_are_counted(openai: OpenAI) -> None:
    """Of what is read, the user's questions, and of what is said."""
    short, long = told(openai, "Who is Gordon Lathe?"), told(openai, FERRY, "Who is Gordon Lathe?")
    for said in (short, long):
        usage = said.usage
        assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
        assert usage.completion_tokens >= len(re.findall(r"\w+", said.choices[0].message.content))
    assert 4 < short.usage.prompt_tokens < 10 < long.usage.prompt_tokens < 25
    messages: Any = [
        {"role": "system", "content": "Be brief. " * 50},
        {"role": "user", "content": "Who is Gordon Lathe?"},
    ]
    told_so = openai.chat.completions.create(model="wire", messages=messages)
    assert told_so.usage and told_so.usage.prompt_tokens == short.usage.prompt_tokens


def test_no_door_tells_where_anything_lies_on_this_machine(url: str, sample_library: Library) -> None:
    article = sample_library.search("ferry", 1)[0].article
    doors = [
        post(f"{url}/api/answer", json={"question": FERRY}),
        post(f"{url}/api/answer", json={"question": "Who is the pope's barber?"}),
        post(f"{url}/api/answer", json={"question": FERRY, "sources": ["The Moon Post"]}),
        post(f"{url}/api/search", json={"query": "ferry", "k": 50}),
        post(f"{url}/api/verify", json={"text": "voted 5-4 on Tuesday night"}),
        get(f"{url}/api/articles/{article.id}"),
        get(f"{url}/api/collections"),
        post(f"{url}/v1/chat/completions", json={"model": "wire", "messages": [{"role": "user", "content": FERRY}]}),
    ]
    for told in doors:
        assert told.status_code in (200, 400) and not re.search(r"""["' (]/(?!api/)\w+/""", told.text), told.text
        assert str(sample_library.folder) not in told.text and str(sample.ARTICLES) not in told.text
    assert doors[5].json()["path"] == Path(article.path).name
    assert {c["path"] for c in doors[0].json()["citations"]} <= {Path(a.path).name for a in sample_library.articles()}


def test_earlier_messages_are_the_conversation_and_what_others_said_is_not_believed(openai: OpenAI) -> None:
    said = openai.chat.completions.create(
        model="wire",
        messages=[
            {"role": "system", "content": "Answer in verse."},
            {
                "role": "user",
                "content": [{"type": "text", "text": "Who is the chief executive of Merrin Stevedoring?"}],
            },
            {"role": "assistant", "content": "It is Angela Merkel. [1]"},
            {"role": "user", "content": "What did he say about the settlement?"},
        ],
    )
    assert said.pilcrow["standalone_question"] == "What did Gordon Lathe say about the settlement?"  # type: ignore[attr-defined]
    assert "$5 million" in str(said.choices[0].message.content)


def test_dates_and_outlets_narrow_what_is_asked(openai: OpenAI) -> None:
    said = told(openai, FERRY, until="2026-03-12", sources=["Northern Wire"])
    assert said.citations
    assert all(c["date"] <= "2026-03-12" and c["outlet"] == "Northern Wire" for c in said.citations)
    assert told(openai, FERRY, as_of="2026-03-05").citations == []


def test_silence_cites_nothing(openai: OpenAI) -> None:
    said = told(openai, "What did Angela Merkel say?")
    assert said.citations == [] and said.choices[0].message.annotations == []
    assert said.pilcrow["status"] == "abstained" and said.choices[0].message.content == said.pilcrow["reason"]


def test_a_collection_that_is_not_there_is_a_sentence(openai: OpenAI) -> None:
    with pytest.raises(NotFoundError, match="no such collection"):
        openai.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": FERRY}])


def test_the_plain_answer_is_the_whole_answer(url: str, sample_library: Library) -> None:
    record = post(f"{url}/api/answer", json={"question": FERRY}).json()
    assert set(record.pop("collections").values()) == {"wire"}
    expected = without_folders(Answerer(sample_library).answer(FERRY).to_dict())
    assert {**record, "timings": {}} == {**expected, "timings": {}}
    assert Answer.from_dict(record).citations
    follow = {"question": "And the injured?", "earlier": [FERRY]}
    assert "injured" in post(f"{url}/api/answer", json=follow).json()["standalone_question"]


def test_search_read_and_verify(url: str, sample_library: Library) -> None:
    found = post(f"{url}/api/search", json={"query": "Why did the ferry sink?", "k": 5}).json()["passages"]
    expected = sample_library.search("Why did the ferry sink?", 5)
    assert [p["paragraph_id"] for p in found] == [p.paragraph.id for p in expected]
    article = get(f"{url}/api/articles/{found[0]['article_id']}").json()
    for paragraph in article["paragraphs"]:
        assert article["text"][paragraph["start"] : paragraph["end"]] == paragraph["text"]
    exact = post(f"{url}/api/verify", json={"text": "voted 5-4 on Tuesday night"}).json()
    assert exact["outcome"] == "exact" and exact["place"]["quote"] == "voted 5-4 on Tuesday night"
    altered = post(
        f"{url}/api/verify",
        json={"text": "voted 6-4 on Tuesday night to lease Fuller's Wharf to a cruise-ship developer"},
    ).json()
    assert altered["outcome"] == "altered" and altered["differences"]


def test_collections_asked_together_are_cited_each_as_itself(sample_library: Library, harbor: Library) -> None:
    libraries = {"wire": sample_library, "harbor": harbor}
    with served(Options({name: library.folder for name, library in libraries.items()})) as url:
        assert "harbor, wire" in post(f"{url}/api/answer", json={"question": FERRY}).json()["error"]
        client = OpenAI(base_url=f"{url}/v1", api_key="none is needed", max_retries=0)
        said: Any = client.chat.completions.create(model="wire+harbor", messages=[{"role": "user", "content": FERRY}])
        text = said.choices[0].message.content
        assert "Eleven people died" in text and {c["collection"] for c in said.citations} == set(libraries)
        numbers = [c["number"] for c in said.citations]
        assert numbers == list(range(1, len(numbers) + 1)) and {f"[{n}]" for n in numbers} == set(
            re.findall(r"\[\d+\]", text)
        )
        for citation in said.citations:
            article = libraries[citation["collection"]].article(citation["article_id"])
            assert article and article.paragraphs[citation["paragraph"] - 1].text == citation["paragraph_text"]
        one = post(f"{url}/api/answer", json={"question": "Who won the mayoral election?", "collection": "harbor+wire"})
        assert set(one.json()["collections"].values()) == {"wire"} and one.json()["status"] == "answered"
        found = post(f"{url}/api/search", json={"query": "ferry", "collection": "wire+harbor", "k": 4}).json()
        assert {p["collection"] for p in found["passages"]} == set(libraries)
        outlet = {"query": "ferry", "collection": "wire+harbor", "sources": ["Northern Wire"]}
        only = post(f"{url}/api/search", json=outlet).json()["passages"]
        assert {(p["collection"], p["outlet"]) for p in only} == {("wire", "Northern Wire")}


def test_where_too_many_wait_the_next_one_is_told_so() -> None:
    async def crowd() -> None:
        pool, go = Pool(at_once=1, waiting=1), threading.Event()
        first, second = (asyncio.ensure_future(pool.run(go.wait)) for _ in range(2))
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="Too many"):
            await pool.run(go.wait)
        second.cancel()
        await asyncio.sleep(0.05)
        third = asyncio.ensure_future(pool.run(lambda: True))  # the place of one that gave up is free again
        go.set()
        assert await first and await third
        pool.close()
        assert pool.inside == 0

    asyncio.run(crowd())


def test_the_page_for_people_fetches_nothing_and_names_every_door(url: str) -> None:
    page = get(url)
    assert "src=" not in page.text and "http" not in page.text and "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for path in get(f"{url}/openapi.json").json()["paths"]:
        assert path in page.text
    assert get(f"{url}/docs").status_code == 404


def test_the_server_is_awake_while_it_reads(url: str) -> None:
    with ThreadPoolExecutor(6) as clients:
        answers = [clients.submit(post, f"{url}/api/answer", json={"question": f"{FERRY} ({n})"}) for n in range(6)]
        awake = 0
        with httpx.Client(base_url=url, timeout=120) as client:
            while not all(answer.done() for answer in answers):
                assert client.get("/healthz").json() == {"status": "ok"}
                awake += 1
                time.sleep(0.01)
        assert [answer.result().status_code for answer in answers] == [200] * 6
    assert awake > 10  # a loop that waits for answers would get to it between two of them only
