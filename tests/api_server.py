"""The API on a free port of this machine, served by uvicorn in a thread of the test's process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

from ui.api.app import make_app
from ui.api.options import Options
from ui.api.serve import _listen


@contextmanager
def served(options: Options, make: Callable[[Options], ASGIApp] = make_app, ready: str = "/readyz") -> Iterator[str]:
    """The address of the API while it is served; it is ready to answer."""
    listening = _listen(options.host, 0)
    server = uvicorn.Server(uvicorn.Config(make(options), log_config=None, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        for _ in range(600):
            if server.started and (not ready or httpx.get(f"{url}{ready}", timeout=60).status_code == 200):
                break
            time.sleep(0.05)
        else:
            raise TimeoutError("the API did not become ready")
        yield url
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
