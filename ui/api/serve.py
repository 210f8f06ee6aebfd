"""The API on a port: one process or several on one socket, until it is stopped; what was begun is finished first."""

from __future__ import annotations

import functools
import logging
import multiprocessing
import os
import pkgutil
import signal
import socket
import tempfile
import threading
from dataclasses import replace
from ipaddress import ip_address
from multiprocessing.process import BaseProcess

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from index import PilcrowError
from ui.api.keys import Keys
from ui.api.options import Options
from ui.web.pace import shared_pace

API = "ui.api.app:make_app"
"""What makes the API of its options."""
PATIENCE = 130
"""Seconds for which answers that were begun may go on when the server is stopped."""


def serve(options: Options, port: int, workers: int = 1, make: str = API, path: str = "") -> None:
    """Serves the API, or what else the function that `make` names makes, until the process is told to stop.

    Raises PilcrowError where it would be open to everybody, and where nobody could ask.
    """
    _check(options)
    if workers > 1:
        options = replace(options, pace=shared_pace(options.a_minute))
    listening = _listen(options.host, port)
    url = _url(options.host, listening.getsockname()[1])
    config = uvicorn.Config(
        functools.partial(_made, make, options),
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    print(f"Pilcrow is at {url}{path} (stop with Ctrl-C)", flush=True)
    if workers > 1:
        # Read by prometheus_client when a worker imports it: there the workers count together.
        with tempfile.TemporaryDirectory(prefix="pilcrow-metrics-") as together:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = together
            _Workers(config, sockets=[listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])


class _Workers(Multiprocess):
    """Workers, of which each that ended is replaced.

    Uvicorn's own also asks them whether they live, waits seconds for one that is still starting, deaf to a stop meanwhile,
    and kills one that starts slowly on a busy machine.
    """

    def keep_subprocess_alive(self) -> None:
        """Starts a new worker for each that ended; gives up where one could not start at all."""
        for place, worker in enumerate(self.processes):
            if worker.process.is_alive():
                continue
            worker.join()
            if worker.exitcode == STARTUP_FAILURE:
                self.should_exit.set()
                return
            self.processes[place] = Process(self.config, self.sockets)
            self.processes[place].start()


def _made(make: str, options: Options) -> ASGIApp:
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    app: ASGIApp = pkgutil.resolve_name(make)(options)
    return app


def _end_with(parent: BaseProcess) -> None:
    """Ends this worker when the process that minds it is gone: nobody could stop it, and it would hold the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _check(options: Options) -> None:
    """Refuses to serve without keys where others can reach it, and with a file that holds none."""
    if options.keys is None:
        if not _loopback(options.host):
            raise PilcrowError(
                f"On {options.host} others could ask without a key; make one with pilcrow key add NAME, and name its file "
                "with --keys, or serve on 127.0.0.1."
            )
    elif not Keys(options.keys).holders():
        raise PilcrowError(
            f"Nobody could ask: {options.keys} holds no keys; make one with: pilcrow key add NAME --file {options.keys}"
        )


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        raise PilcrowError(
            f"The API could not be served on {host}, port {port} ({error}); choose another with --port or --host."
        ) from None
    listening.set_inheritable(True)
    return listening


def _url(host: str, port: int) -> str:
    bare = host.strip("[]")
    return f"http://{f'[{bare}]' if ':' in bare else bare}:{port}"
