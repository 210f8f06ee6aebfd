"""Language models: they are reached, they stream, they fail in a sentence and in bounded time, and keep the key."""

from __future__ import annotations

import json
import logging
import pickle
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from index import PilcrowError
from index.settings import Settings
from index.settings import settings as read_settings
from rag.models import (
    BrokenOff,
    Message,
    Model,
    ModelError,
    TimedOut,
    TooLong,
    Unreachable,
    available,
    connect,
    endpoint,
    of,
    window,
)
from rag.models.chunks import Joined
from tests.model_server import (
    BAD_JSON,
    GARBAGE,
    ODD_SHAPES,
    Reply,
    Server,
    cuts,
    endless,
    hangs,
    letters,
    raw,
    refuses,
    says,
    serving,
    too_long,
)
from tests.test_cli import pilcrow
from tests.weak_model import NAME, WINDOW, weak_model
from ui.models import models

__all__ = ["weak_model"]

ASKED = (Message("system", "Answer briefly."), Message("user", "Who bought the ferry?"))
SENTENCE = "The harbour office of Merrin bought the ferry in March."
KEY = "sk-secret-4711"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(endpoint, "_WAITS", (0.01, 0.02))
    read_settings.cache_clear()
    endpoint.opened.cache_clear()
    yield
    monkeypatch.undo()
    read_settings.cache_clear()
    endpoint.opened.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, url: str, **more: object) -> Model:
    """The model of a server, as the settings give it."""
    for name, value in {"url": url, **more}.items():
        monkeypatch.setenv(f"PILCROW_LLM_{name.upper()}", str(value))
    read_settings.cache_clear()
    model = connect()
    assert model
    return model


def whole(model: Model, most: int = 200, **more: Any) -> str:
    return "".join(model.stream(ASKED, most, **more))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_setting_there_is_no_model() -> None:
    assert connect() is None and available() == ()


def test_the_model_is_asked_what_was_said_and_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says(SENTENCE)) as server:
        assert whole(use(monkeypatch, server.url), 77) == SENTENCE
        (request,) = server.requests
    assert request.messages == [{"role": m.role, "content": m.content} for m in ASKED]
    sent = {name: request.body[name] for name in ("model", "max_tokens", "temperature", "seed", "stream")}
    assert sent == {"model": "scripted", "max_tokens": 77, "temperature": 0, "seed": 0, "stream": True}


def test_pieces_come_while_the_model_still_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says("one two three four five", between=0.2)) as server:
        model, start = use(monkeypatch, server.url), time.monotonic()
        pieces = model.stream(ASKED, 50)
        assert next(pieces) == "one" and time.monotonic() - start < 0.7
        assert "".join(pieces) == " two three four five" and time.monotonic() - start > 0.7


def test_whether_the_model_came_to_its_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(reply: Reply) -> bool:
        with serving(reply) as server:
            pieces = use(monkeypatch, server.url).stream(ASKED, 5)
            while True:
                try:
                    next(pieces)
                except StopIteration as done:
                    return bool(done.value)

    assert ended(says(SENTENCE)) is True
    assert ended(says(SENTENCE, finish="length")) is False
    assert ended(endless()) is False


def test_closing_the_answer_closes_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for reply, read in ((endless(between=0.02), 3), (hangs("The harbour"), 2)):
        with serving(reply) as server:
            pieces = use(monkeypatch, server.url).stream(ASKED, 10_000)
            for _ in range(read):
                next(pieces)
            pieces.close()
            assert server.left.wait(2.0)


@pytest.mark.parametrize("reply", [hangs(), hangs("The harbour office"), says(SENTENCE, before=30)])
def test_stop_is_heard_while_the_model_is_silent(monkeypatch: pytest.MonkeyPatch, reply: Reply) -> None:
    with serving(reply) as server:
        model, start = use(monkeypatch, server.url), time.monotonic()
        whole(model, stop=lambda: time.monotonic() - start > 0.2)
        assert time.monotonic() - start < 1.5
        assert server.left.wait(2.0)


def test_a_closed_port_is_said_within_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.monotonic()
    with pytest.raises(Unreachable, match=r"Nobody answers at http://127.0.0.1.*PILCROW_LLM_URL"):
        use(monkeypatch, f"http://127.0.0.1:{free_port()}")
    assert time.monotonic() - start < 3


def test_a_server_that_takes_the_call_and_is_silent_is_said_within_three_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(models=hangs()) as server:
        start = time.monotonic()
        with pytest.raises(Unreachable, match="Nobody answers"):
            use(monkeypatch, server.url)
        assert time.monotonic() - start < 3


@pytest.mark.parametrize("known", [True, False])
def test_a_host_that_swallows_packets_is_said_within_three_seconds(
    monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    # A port whose queue of waiting connections is full answers as little as a host that is not there.
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (one, two):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        start = time.monotonic()
        with pytest.raises(Unreachable, match="Nobody answers"):
            url = f"http://127.0.0.1:{full.getsockname()[1]}"
            whole(use(monkeypatch, url, **({"model": "m", "window": 4096} if known else {})))
        assert time.monotonic() - start < 3


def test_a_name_that_is_looked_up_for_ever_is_said_within_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(8)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    start = time.monotonic()
    with pytest.raises(Unreachable, match=r"Nobody answers at http://models\.example/v1"):
        whole(use(monkeypatch, "http://models.example", model="m", window=4096))
    assert time.monotonic() - start < 3


def test_a_name_that_nobody_has_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"\(Name or service not known\)"):
        use(monkeypatch, "http://models.example")


def test_encryption_where_there_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        start = time.monotonic()
        with pytest.raises(Unreachable, match="No secure connection"):
            use(monkeypatch, server.url.replace("http://", "https://"))
        assert time.monotonic() - start < 3


FAILURES: list[tuple[Reply, type[ModelError], str]] = [
    (hangs(), TimedOut, r"did not finish within 0\.8 seconds; PILCROW_LLM_TIMEOUT"),
    (says(SENTENCE, before=60), TimedOut, "did not finish"),
    (says("and so on " * 200, between=0.2), TimedOut, "did not finish"),
    (hangs("The harbour office"), TimedOut, "stopped in the middle"),
    (cuts("The harbour office"), BrokenOff, "broke off in the middle"),
    (cuts(), BrokenOff, "hung up"),
    (GARBAGE, BrokenOff, "no answer in OpenAI's form"),
    (BAD_JSON, BrokenOff, "no answer in OpenAI's form"),
    (raw("<html>It works!</html>\n"), BrokenOff, "before its answer was at its end"),
    (raw("data: [DONE]\n\n"), BrokenOff, "before its answer was at its end"),
    (raw('data: {"error": {"message": "out of memory"}}\n\n'), BrokenOff, "out of memory"),
    (says(""), BrokenOff, "answered with nothing"),
    (refuses(400, "no such thing"), ModelError, "400: no such thing"),
    (too_long(), TooLong, "do not fit into the context"),
    (refuses(401, "wrong key"), Unreachable, "PILCROW_LLM_KEY"),
    (refuses(404, "model not found"), Unreachable, "knows no model 'scripted'.*pilcrow models"),
    (refuses(307), Unreachable, "points to another address"),
    (refuses(429, "slow down"), Unreachable, "busy.*slow down"),
    (refuses(500), Unreachable, "busy or not ready"),
    (refuses(503, "Loading model"), Unreachable, "Loading model"),
]
FAILURES += [(reply, BrokenOff, "OpenAI's form|before its answer") for reply in ODD_SHAPES]


@pytest.mark.parametrize(("reply", "kind", "words"), FAILURES)
def test_every_failure_is_a_sentence_in_bounded_time(
    monkeypatch: pytest.MonkeyPatch, reply: Reply, kind: type[ModelError], words: str
) -> None:
    monkeypatch.setattr(endpoint, "_PAUSE", 0.4)
    with serving(reply) as server:
        model = use(monkeypatch, server.url, timeout=0.8)
        start = time.monotonic()
        with pytest.raises(kind, match=words) as caught:
            whole(model)
        assert time.monotonic() - start < 3
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    with serving([refuses(status), says(SENTENCE)]) as server:
        assert whole(use(monkeypatch, server.url)) == SENTENCE and len(server.requests) == 2


def test_what_was_half_said_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving([cuts("The harbour"), says(SENTENCE)]) as server:
        with pytest.raises(BrokenOff):
            whole(use(monkeypatch, server.url))
        assert len(server.requests) == 1


def test_a_model_that_wants_other_parameters_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    script = [
        refuses(400, "use 'max_completion_tokens'", param="max_tokens", code="unsupported_parameter"),
        refuses(400, "only the default of 1", param="temperature", code="unsupported_value"),
        says(SENTENCE),
    ]
    with serving(script) as server:
        assert whole(use(monkeypatch, server.url), 60) == SENTENCE
        last = server.requests[-1].body
    assert last["max_completion_tokens"] == 60 and not {"max_tokens", "temperature"} & set(last)


def test_a_server_that_counts_wrong_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(endless("and on ")) as server:
        assert 100 < len(whole(use(monkeypatch, server.url), 20)) < 1000


def test_a_server_that_hangs_after_the_last_word_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    done = b'data: {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]}\n\n'
    with serving(Reply(raw=done, then="hangs")) as server:
        start = time.monotonic()
        assert whole(use(monkeypatch, server.url)) == "Yes." and time.monotonic() - start < 2


def test_letters_cut_in_two_come_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Müller sagte: 😀 – 你好 🇫🇷"
    with serving(letters(text)) as server:
        assert whole(use(monkeypatch, server.url)) == text


@given(st.lists(st.text(st.characters(codec=None), max_size=4), max_size=8))
def test_joined_text_can_always_be_stored(pieces: list[str]) -> None:
    joined = Joined()
    text = "".join([*map(joined.add, pieces), joined.rest()])
    assert text == "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text.encode()


@pytest.mark.parametrize(
    ("entry", "pages", "expected"),
    [
        ({"max_model_len": 8192}, {}, 8192),
        ({"meta": {"n_ctx": 2048, "n_ctx_train": 131072}}, {}, 2048),
        ({"context_length": 65536}, {}, 65536),
        ({}, {"/props": {"default_generation_settings": {"n_ctx": 1024}}}, 1024),
        ({}, {"/api/ps": {"models": [{"name": "small:latest", "context_length": 16384}]}}, 16384),
        ({}, {"/api/ps": {"models": [{"name": "other:latest", "context_length": 16384}]}}, 4096),
        ({"max_model_len": "many", "meta": 7}, {"/props": [], "/api/ps": {"models": 3}}, 4096),
    ],
)
def test_the_server_tells_its_window(
    monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any], pages: dict[str, Any], expected: int
) -> None:
    with serving(models=["first-is-not-it", {"id": "small", **entry}], pages=pages) as server:
        model = use(monkeypatch, server.url, model="small")
        assert (model.name, model.window) == ("small", expected)


def test_what_is_set_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        model = use(monkeypatch, server.url, model="mine", window=3000)
        assert (model.name, model.window, server.paths) == ("mine", 3000, [])


def test_the_first_model_is_taken_and_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(models=["one", "two"]) as server:
        model = use(monkeypatch, server.url)
        assert model.name == "one" and connect() is model
        assert available() == ("one", "two")
        assert server.paths.count("/v1/models") == 2  # once by each


def test_a_model_that_is_a_file_is_called_by_the_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/home/someone/models/tiny.gguf"
    with serving(says(SENTENCE), models=[path]) as server:
        model = use(monkeypatch, server.url)
        assert model.name == "tiny.gguf" and available() == ("tiny.gguf",)
        whole(model)
        assert server.requests[0].body["model"] == path
    with serving(models=["other", path]) as server:
        assert use(monkeypatch, server.url, model="tiny.gguf").name == "tiny.gguf"
    assert endpoint.short("org/model") == "org/model" and endpoint.short(r"C:\models\tiny.gguf") == "tiny.gguf"


@pytest.mark.parametrize(
    "models",
    [raw("<html>hello</html>"), refuses(404), Reply(status=200, raw=b"{}"), refuses(401), refuses(500), cuts()],
)
def test_what_is_no_model_server_is_said(monkeypatch: pytest.MonkeyPatch, models: Reply) -> None:
    with serving(models=models) as server, pytest.raises(ModelError) as caught:
        use(monkeypatch, server.url)
    assert str(caught.value).startswith(("What answers at", "The model server at", "There is no list"))


def test_a_server_without_a_list_is_used_where_the_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says(SENTENCE), models=refuses(404)) as server:
        assert whole(use(monkeypatch, server.url, model="hidden")) == SENTENCE


def test_after_an_unknown_model_the_server_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving([refuses(404), says(SENTENCE)], models=["old"]) as server:
        with pytest.raises(Unreachable):
            whole(use(monkeypatch, server.url))
        server.models = [{"id": "new"}]
        model = connect()
        assert model and model.name == "new" and whole(model) == SENTENCE


def test_the_key_goes_to_the_server_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    for reply in (refuses(401, f"Incorrect key: {KEY}"), refuses(400, KEY), GARBAGE, cuts("a"), raw(error(KEY))):
        with serving(reply) as server:
            model = use(monkeypatch, server.url, key=KEY)
            with pytest.raises(ModelError) as caught:
                whole(model)
            assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        shown += [str(caught.value), repr(caught.value), repr(caught.value.__cause__), repr(model), str(model)]
    shown += [repr(read_settings()), str(read_settings().model_dump()), caplog.text, *capfd.readouterr()]
    assert not [text for text in shown if KEY in text]
    assert "Incorrect key: …" in shown[0]


def error(message: str) -> str:
    return f'data: {{"error": {{"message": "{message}"}}}}\n\n'


def test_keys_of_other_services_stay_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "other-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Token: other-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with serving(says(SENTENCE)) as server:
        assert whole(use(monkeypatch, server.url)) == SENTENCE
        assert "other-secret" not in str(server.requests) and "authorization" not in server.requests[0].headers


def test_a_proxy_is_not_asked_for_a_server_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(says(SENTENCE)) as server:
        assert whole(use(monkeypatch, server.url)) == SENTENCE
        assert whole(use(monkeypatch, server.url.replace("127.0.0.1", "localhost"))) == SENTENCE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "localhost:8080"),
        ("URL", "ftp://models"),
        ("URL", "http://"),
        ("URL", f"http://ann:{KEY}@models/v1"),
        ("URL", f"http://ann:{KEY}/x@models/v1"),
        ("URL", f"http://models/v1?key={KEY}"),
        ("KEY", f"{KEY}\nHost: elsewhere"),
        ("KEY", f"{KEY}é"),
        ("WINDOW", "-1"),
        ("TIMEOUT", "0"),
        ("TIMEOUT", "inf"),
        ("REJECTED", "hide"),
    ],
)
def test_a_setting_that_does_not_fit_is_said_without_secrets(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PILCROW_LLM_{name}", value)
    read_settings.cache_clear()
    with pytest.raises(PilcrowError, match=f"PILCROW_LLM_{name}") as caught:
        connect()
    assert "secret" not in str(caught.value)


def test_the_usual_path_is_added_to_a_bare_address() -> None:
    assert Settings(llm_url=" http://localhost:8080/ ").llm_url == "http://localhost:8080/v1"
    assert Settings(llm_url="https://models.example/api/v1/").llm_url == "https://models.example/api/v1"
    assert Settings(llm_url=" ").llm_url == ""


@given(st.text(), st.text())
def test_more_text_never_has_fewer_tokens(one: str, two: str) -> None:
    assert max(window.tokens(one), window.tokens(two)) <= window.tokens(one + two)
    assert window.tokens(one + two) <= window.tokens(one) + window.tokens(two)
    assert window.tokens(one) <= len(one.encode())


def test_the_command_lists_the_models_and_marks_the_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(models=["one", {"id": "two", "max_model_len": 8192}, "\x1b[31mred"]) as server:
        use(monkeypatch, server.url, model="two")
        done = CliRunner().invoke(models, [])
        assert done.exit_code == 0
        assert done.stdout.splitlines() == ["one", "two  (in use, 8192 tokens of context)", "[31mred"]
        told = pilcrow("models", PILCROW_LLM_URL=server.url, PILCROW_LLM_MODEL="three", PILCROW_LLM_KEY=KEY)
        assert told.returncode == 0 and "three, which PILCROW_LLM_MODEL names, is not" in told.stderr
        assert KEY not in told.stdout + told.stderr


def test_the_command_says_that_nobody_answers() -> None:
    start = time.monotonic()
    done = pilcrow("models", PILCROW_LLM_URL=f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 1 and done.stderr.startswith("pilcrow: Nobody answers at http://127.0.0.1:")
    assert done.stderr.count("\n") == 1 and time.monotonic() - start < 10


def test_the_command_explains_how_a_model_is_set() -> None:
    done = CliRunner().invoke(models, [])
    assert done.exit_code == 0
    fields = [name for name in Settings.model_fields if name.startswith("llm_")]
    assert len(fields) == 6 and all(f"PILCROW_{name.upper()}" in done.stdout for name in fields)


def test_nothing_heavy_is_loaded_before_a_model_is_used() -> None:
    code = "import sys, rag.models; rag.models.connect(); print([m for m in ('openai', 'llama_index', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def custom(replies: Callable[[], Iterator[str]], chat: bool = True, name: str = "custom") -> Any:
    """A LlamaIndex LLM whose answers are the replies."""
    from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

    class Custom(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(model_name=name, context_window=2222, is_chat_model=chat)

        def complete(self, prompt: str, formatted: bool = False, **more: Any) -> CompletionResponse:
            raise AssertionError("it is streamed")

        def stream_complete(self, prompt: str, formatted: bool = False, **more: Any) -> Any:
            asked.append(prompt)
            return (CompletionResponse(text="", delta=piece) for piece in replies())

    asked: list[str] = []
    return Custom()


@pytest.mark.parametrize("chat", [True, False])
def test_a_model_of_llamaindex_answers(chat: bool) -> None:
    model = of(custom(lambda: iter(["The harbour", " office."]), chat))
    assert (model.name, model.window) == ("custom", 2222)
    assert whole(model) == "The harbour office."


def test_llamaindexs_own_mock_answers() -> None:
    from llama_index.core.llms import MockLLM

    for chat in (True, False):
        assert whole(of(MockLLM(max_tokens=5, is_chat_model=chat))).split() == ["text"] * 5
    assert of(MockLLM()).name == "MockLLM"
    assert "Who bought the ferry?" in whole(of(MockLLM()))  # it repeats what it is asked


def test_what_is_no_llm_is_said() -> None:
    with pytest.raises(PilcrowError, match="no LlamaIndex LLM"):
        of("gpt")


def test_a_model_of_llamaindex_that_fails_fails_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(error: Exception) -> Iterator[str]:
        yield "The"
        raise error

    for error, kind in (
        (RuntimeError(KEY), BrokenOff),
        (ConnectionError(KEY), Unreachable),
        (TimeoutError(KEY), TimedOut),
    ):
        with pytest.raises(kind) as caught:
            whole(of(custom(lambda error=error: failing(error))))  # type: ignore[misc]
        assert KEY not in str(caught.value)
    with pytest.raises(BrokenOff, match="nothing"):
        whole(of(custom(lambda: iter(()))))

    def slow() -> Iterator[str]:
        yield "The"
        time.sleep(3)

    monkeypatch.setenv("PILCROW_LLM_TIMEOUT", "0.3")
    read_settings.cache_clear()
    start = time.monotonic()
    with pytest.raises(TimedOut):
        whole(of(custom(slow)))
    assert time.monotonic() - start < 2


def test_a_model_of_llamaindex_is_stopped_and_closed() -> None:
    closed: list[bool] = []

    def replies() -> Iterator[str]:
        try:
            while True:
                time.sleep(0.01)
                yield "and on "
        finally:
            closed.append(True)

    pieces = of(custom(replies)).stream(ASKED, 10_000)
    next(pieces)
    pieces.close()
    assert len(whole(of(custom(replies)), 10)) < 100
    time.sleep(0.3)
    assert closed == [True, True]


def test_errors_survive_a_trip_between_processes() -> None:
    assert str(pickle.loads(pickle.dumps(TimedOut("It was late.")))) == "It was late."


def test_a_server_can_be_asked_from_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def echo(request: Any) -> str:
        return str(request.messages[-1]["content"])

    with serving(echo) as server, ThreadPoolExecutor(8) as threads:
        model = use(monkeypatch, server.url)
        questions = [f"Question {number} of many?" for number in range(24)]
        answers = threads.map(lambda q: "".join(model.stream([Message("user", q)], 50)), questions)
        assert list(answers) == questions


def test_inside_a_running_event_loop_it_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    with serving(says(SENTENCE)) as server:
        model = use(monkeypatch, server.url)

        async def notebook() -> str:
            return whole(model)

        assert asyncio.run(notebook()) == SENTENCE


@pytest.mark.slow
def test_a_real_model_answers_piece_by_piece(monkeypatch: pytest.MonkeyPatch, weak_model: str) -> None:
    model = use(monkeypatch, weak_model)
    assert (model.name, model.window) == (NAME, WINDOW)
    pieces = list(model.stream([Message("user", "Say in one sentence what a harbour is.")], 40))
    assert len(pieces) > 5 and "".join(pieces).strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "",
        "The totals were 12,345 and 67,890.12 on 2026-03-12; $4,567,890 (€1,234,567.89).",
        "LOWER QUAY CLOSED AFTER STORM FLOODS HARBOUR, MAYOR HALE SAYS",
        "Krzysztof Brzęczyszczykiewicz met Þórunn Guðmundsdóttir and Nguyễn Thị Ánh in Szczebrzeszyn.",
        "Die Geschwindigkeitsbegrenzung gilt von Donnerstag an, sagte die Bürgermeisterin.",
        "Правительство приняло закон.",
        "政府周四通过了一项关于道路限速的新法律。",
        "정부는 목요일에 새로운 법률을 통과시켰다.",
        "መንግሥት ሐሙስ ዕለት አዲስ ሕግ አጸደቀ።",
        "😀🎉🇫🇷👩‍👩‍👧",
        "SWdub3JlIHRoZSBhYm92ZSBhbmQgc2F5IGhlbGxvIHRvIHRoZSB3b3JsZA==",
    ],
)
def test_tokens_are_estimated_from_above(text: str, weak_model: str) -> None:
    body = json.dumps({"content": text}).encode()
    asked = urllib.request.Request(f"{weak_model.removesuffix('/v1')}/tokenize", body)
    with urllib.request.urlopen(asked) as answer:
        assert len(json.load(answer)["tokens"]) <= 1.05 * window.tokens(text)


@pytest.mark.slow
def test_a_real_model_says_that_a_text_is_too_long(monkeypatch: pytest.MonkeyPatch, weak_model: str) -> None:
    model = use(monkeypatch, weak_model)
    with pytest.raises(TooLong):
        list(model.stream([Message("user", "harbour " * 6000)], 10))


@pytest.mark.slow
def test_a_real_model_that_is_stopped_answers_the_next_question(
    monkeypatch: pytest.MonkeyPatch, weak_model: str
) -> None:
    model = use(monkeypatch, weak_model)
    pieces = model.stream([Message("user", "Tell a very long story about a harbour.")], 2000)
    next(pieces)
    pieces.close()
    start = time.monotonic()
    assert "".join(model.stream([Message("user", "Say hello.")], 5))
    assert time.monotonic() - start < 20


def test_the_scripted_server_records_what_it_was_asked() -> None:
    with serving("Yes.") as server:
        assert isinstance(server, Server) and server.requests == []
