"""A language model behind OpenAI's protocol: llama.cpp, Ollama, vLLM, LM Studio or a service.

The only file that knows the `openai` package. Each answer has a connection of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from index.settings import Settings
from rag.models import window
from rag.models.background import Limits, Put, coroutine_pieces, result
from rag.models.chunks import Joined, said
from rag.models.refusals import BUSY, explanation, refused, unconnected
from rag.models.values import BrokenOff, Message, ModelError, TimedOut, Unreachable, never

if TYPE_CHECKING:
    import openai

_CONNECT = 1.4
"""Seconds for a connection, and as many for its encryption: within three it is said that nobody answers."""
_LISTING = 2.0
"""Seconds for the list of models, which a server has at hand."""
_PAUSE = 20.0
"""Seconds between two pieces of an answer; a model that has begun to write does not stop that long."""
_WAITS = (0.5, 1.0, 2.0)
"""Seconds before asking a busy server again."""
_LETTERS = 16
"""Letters a token, at the very most: where a server counts wrong, the answer is cut here."""
_SENT = {
    "host",
    "user-agent",
    "content-type",
    "content-length",
    "transfer-encoding",
    "accept",
    "accept-encoding",
    "connection",
}
"""Headers that go out besides the key. The environment may hold other services' keys, which openai would add."""
_OTHER_NAMES = {"max_tokens": "max_completion_tokens", "temperature": None, "seed": None}
"""Parameters that some models refuse, and what they are called there, if anything."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A Model on a server. `id` is the server's name for it, `timeout` the seconds a whole answer may take."""

    url: str
    id: str
    window: int
    timeout: float
    key: SecretStr = field(default=SecretStr(""), repr=False)

    @property
    def name(self) -> str:
        """The model's name; of a file's path, as llama.cpp gives it, the file's name."""
        return short(self.id)

    def tokens(self, text: str) -> int:
        """About how many tokens the text takes, estimated from above."""
        return window.tokens(text)

    def stream(
        self, messages: Sequence[Message], most: int, *, stop: Callable[[], bool] = never
    ) -> Generator[str, None, bool]:
        """Pieces of the answer as they come; see Model. The same question gets the same answer, where servers can."""
        import openai  # noqa: F401 - here, where its second is not yet counted

        who = f"The language model {self.name} at {self.url}"
        limits = Limits(
            self.timeout,
            TimedOut(
                f"{who} did not finish within {self.timeout:g} seconds; PILCROW_LLM_TIMEOUT sets how many it has."
            ),
            _PAUSE,
            TimedOut(f"{who} stopped in the middle of its answer and said nothing for {_PAUSE:g} seconds."),
        )
        return bool((yield from coroutine_pieces(lambda put: self._answer(messages, most, put), limits, stop)))

    async def _answer(self, messages: Sequence[Message], most: int, put: Put) -> bool:
        import openai

        asked: dict[str, Any] = {"max_tokens": most, "temperature": 0.0, "seed": 0}
        turns: Any = [asdict(m) for m in messages]
        waits = list(_WAITS)
        async with _client(self.url, self.key) as client:
            while True:
                try:
                    stream: Any = await client.chat.completions.create(
                        model=self.id, messages=turns, stream=True, **asked
                    )
                except openai.APIStatusError as error:
                    if error.status_code == 400 and error.param in asked and error.param in _OTHER_NAMES:
                        value, other = asked.pop(error.param), _OTHER_NAMES[error.param]
                        asked.update({other: value} if other else {})
                        continue
                    if error.status_code not in BUSY or not waits:
                        raise self._refused(error) from None
                    await asyncio.sleep(waits.pop(0))
                    continue
                except openai.APIConnectionError as error:
                    raise _unconnected(self.url, error) from None
                async with stream:
                    return await self._read(stream, most, put)

    async def _read(self, stream: AsyncIterator[Any], most: int, put: Put) -> bool:
        """Puts the text of a stream. True where the model ended it, False where it was cut at `most` tokens."""
        joined, letters, ended = Joined(), 0, None
        who = f"The language model {self.name} at {self.url}"
        try:
            async for chunk in stream:
                text, ended = said(chunk)
                text = joined.add(text)
                letters += len(text)
                put(text)
                if ended or letters > most * _LETTERS:
                    break
        except ValueError:  # no JSON, no UTF-8, or no chunk
            raise BrokenOff(f"{who} sent something that is no answer in OpenAI's form.") from None
        except Exception as error:  # what a broken connection raises differs from version to version
            why = explanation(getattr(error, "body", None) or getattr(error, "message", ""), self._secret)
            raise BrokenOff(f"{who} broke off in the middle of its answer{f' ({why})' if why else ''}.") from None
        put(joined.rest())
        if ended is None and letters <= most * _LETTERS:
            raise BrokenOff(f"{who} broke off before its answer was at its end.")
        if not letters:
            raise BrokenOff(f"{who} answered with nothing.")
        return ended not in (None, "length", "content_filter")

    @property
    def _secret(self) -> str:
        return self.key.get_secret_value()

    def _refused(self, error: openai.APIStatusError) -> ModelError:
        if error.status_code == 404:
            opened.cache_clear()  # the server may have another model by now
        return refused(error.status_code, explanation(error.body, self._secret), self.url, self.name)


@lru_cache(maxsize=1)
def opened(chosen: Settings) -> Endpoint:
    """The settings' model. What they leave open, its server is asked. Raises ModelError."""
    name, size = chosen.llm_model, chosen.llm_window
    if not (name and size):
        name, size = _ask(chosen, lambda client: _described(client, chosen))
    return Endpoint(chosen.llm_url, name, size, chosen.llm_timeout, chosen.llm_key)


def listed(chosen: Settings) -> tuple[str, ...]:
    """The names of the models that the settings' server lists. Raises ModelError."""
    return tuple(short(entry["id"]) for entry in _ask(chosen, lambda client: _entries(client, chosen)))


def short(name: str) -> str:
    """A model's name for people and packs: of a file's path, which tells of somebody's machine, the file's name."""
    return PureWindowsPath(name).name if PurePath(name).is_absolute() or PureWindowsPath(name).is_absolute() else name


async def _described(client: openai.AsyncOpenAI, chosen: Settings) -> tuple[str, int]:
    """(the server's name for the model, its context size)."""
    try:
        entries = await _entries(client, chosen)
    except ModelError:
        if not chosen.llm_model:
            raise
        entries = []  # some services keep their list to themselves
    entry = next((e for e in entries if chosen.llm_model in ("", e["id"], short(e["id"]))), {})
    name = entry.get("id", chosen.llm_model)
    if not name:
        raise Unreachable(f"The model server at {chosen.llm_url} lists no model; name one in PILCROW_LLM_MODEL.")
    size = chosen.llm_window or window.told(entry)
    return name, size or await window.asked(lambda url: client.get(url, cast_to=object), chosen.llm_url, name)


async def _entries(client: openai.AsyncOpenAI, chosen: Settings) -> list[dict[str, Any]]:
    """The server's list of models, as it gives it."""
    import openai

    try:
        async with asyncio.timeout(_LISTING):
            answer: Any = await client.get("/models", cast_to=object)
    except openai.APIStatusError as error:
        said = explanation(error.body, chosen.llm_key.get_secret_value())
        raise refused(error.status_code, said, chosen.llm_url, "") from None
    except openai.APIConnectionError as error:
        raise _unconnected(chosen.llm_url, error) from None
    except TimeoutError:
        raise unconnected(chosen.llm_url, f"no answer within {_LISTING:g} seconds") from None
    except ValueError:
        answer = None
    found = answer.get("data") if isinstance(answer, dict) else answer
    if not isinstance(found, list):
        raise Unreachable(f"What answers at {chosen.llm_url} is no model server; check PILCROW_LLM_URL.")
    return [entry for entry in found if isinstance(entry, dict) and isinstance(entry.get("id"), str)]


def _ask(chosen: Settings, question: Callable[[openai.AsyncOpenAI], Any]) -> Any:
    import openai  # noqa: F401 - here, where its second is not yet counted

    async def answer() -> Any:
        async with _client(chosen.llm_url, chosen.llm_key) as client:
            return await question(client)

    late = unconnected(chosen.llm_url, "no answer")
    return result(answer, Limits(2 * _LISTING, late))


@asynccontextmanager
async def _client(url: str, key: SecretStr) -> AsyncIterator[openai.AsyncOpenAI]:
    """A client for one question. The key is put on at the last moment: the client itself never holds it."""
    import openai

    async def only_what_is_needed(request: Any) -> None:
        for header in set(request.headers.keys()) - _SENT:
            del request.headers[header]
        if key.get_secret_value():
            request.headers["authorization"] = f"Bearer {key.get_secret_value()}"

    http = openai.DefaultAsyncHttpxClient(
        follow_redirects=False,  # articles go where the settings say, and nowhere else
        verify=url.startswith("https:"),  # reading the certificates takes 30 ms, for nothing where none is shown
        event_hooks={"request": [only_what_is_needed]},
        mounts={"http://": None, "https://": None} if _nearby(url) else None,
    )
    times = openai.Timeout(None, connect=_CONNECT)
    async with openai.AsyncOpenAI(
        base_url=url, api_key="unused", http_client=http, max_retries=0, timeout=times
    ) as client:
        yield client


def _nearby(url: str) -> bool:
    """Whether the address is on this machine or in its network, where a proxy cannot reach."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


def _unconnected(url: str, error: openai.APIConnectionError) -> ModelError:
    cause = error.__cause__
    if cause is not None and not type(cause).__name__.startswith(("Connect", "Pool")):
        return BrokenOff(f"The model server at {url} hung up, or answered with something that is no HTTP.")
    return unconnected(url, str(cause or ""))
