"""Language models' programs ask: the official client gets cited answers over standard input and over HTTP."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from index import Library
from tests.api_server import served
from ui.api.keys import Keys
from ui.api.options import Options
from ui.mcp.run import make_mcp_app

ROOT = Path(__file__).resolve().parents[1]
TOOLS = {"answer", "search", "read_article", "find_quote", "verify"}


async def asked(client: Client, tool: str, **arguments: Any) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    return result


def text_of(result: Any) -> str:
    return "\n".join(part.text for part in result.content)


def test_every_tool_over_standard_input_and_output(sample_library: Library) -> None:
    environment = {**os.environ, "PILCROW_LIBRARY": str(sample_library.folder)}
    server = StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], env=environment, cwd=ROOT)

    async def talk() -> None:
        async with Client(stdio_client(server)) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
            said = await asked(client, "answer", question="Who is the chief executive of Merrin Stevedoring?")
            told, values = text_of(said), said.structured_content
            assert "Gordon Lathe" in told and values["status"] == "answered" and values["text"] in told
            for citation in values["citations"]:
                assert citation["paragraph_text"][citation["start"] : citation["end"]] == citation["quote"]
                for shown in (
                    f"[{citation['number']}]",
                    citation["outlet"],
                    citation["headline"],
                    f"¶{citation['paragraph']}",
                ):
                    assert shown in told
                assert citation["quote"] in told
            follow = await asked(
                client,
                "answer",
                question="What did he say about the settlement?",
                earlier_questions=["Who is the chief executive of Merrin Stevedoring?"],
                until="2026-04-30",
            )
            assert "Gordon Lathe" in follow.structured_content["standalone_question"]
            found = await asked(client, "search", query="Why did the ferry sink?", k=3)
            first = found.structured_content["passages"][0]
            read = await asked(client, "read_article", article_id=first["article_id"])
            assert first["text"] in text_of(read) and read.structured_content["paragraphs"]
            quote = await asked(client, "find_quote", words="voted 5-4 on Tuesday night")
            assert "Merrin Courier" in text_of(quote) and "¶5" in text_of(quote)
            assert (await asked(client, "find_quote", words="The moon is made of cheese")).structured_content[
                "place"
            ] is None
            checked = await asked(client, "verify", text="voted 5-4 on Tuesday night")
            assert checked.structured_content["outcome"] == "exact" and "Word for word" in text_of(checked)
            wrong = await client.call_tool("search", {"query": "ferry", "sources": ["The Moon Post"]})
            assert wrong.is_error and "outlets are" in text_of(wrong)
            for result in (said, follow, found, read, quote, checked, wrong):
                assert str(ROOT) not in f"{text_of(result)}{result.structured_content}", (
                    "no place on the machine is told"
                )
            assert first["article_id"] in text_of(read) and Path(first["path"]).name == first["path"]
            assert (await client.call_tool("read_article", {"article_id": "../../etc/passwd"})).is_error

    anyio.run(talk)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys.json")


@pytest.fixture
def url(sample_library: Library, keys: Keys) -> Iterator[str]:
    keys.add("everybody")
    options = Options({"wire": sample_library.folder, "other": sample_library.folder}, keys=keys.path)
    with served(options, make_mcp_app, ready="") as address:
        yield f"{address}/mcp"


def test_over_http_a_key_is_for_its_collections(url: str, keys: Keys) -> None:
    from httpx2 import AsyncClient
    from mcp.client.streamable_http import streamable_http_client

    given = keys.add("ann", ("wire",))

    async def talk() -> None:
        async with (
            AsyncClient(headers={"Authorization": f"Bearer {given}"}, timeout=60) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            said = await asked(client, "answer", question="Who won the mayoral election?")
            assert {c["collection"] for c in said.structured_content["citations"]} == {"wire"}
            others = [
                text_of(await client.call_tool("answer", {"question": "Who won?", "collection": name}))
                for name in ("other", "no-such")
            ]
            assert others[0] == others[1] and others[0].endswith("There is no such collection; there are: wire.")

    anyio.run(talk)
    keys.revoke("ann")
    refused = httpx.post(url, json={}, headers={"Authorization": f"Bearer {given}"})
    assert refused.status_code == 401 and "A key is needed" in refused.json()["error"]
