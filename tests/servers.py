"""Servers of the tests' own, on this machine only: PostgreSQL in a throw-away cluster, and Chroma's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
    Path(found) for found in [shutil.which("initdb")] if found
]
CHROMA = Path(sys.executable).with_name("chroma")
MARKS: list[pytest.MarkDecorator] = []
if not FOUND and not os.environ.get("CI"):
    MARKS = [pytest.mark.skip(reason="no PostgreSQL here; apt-get install postgresql")]
PASSWORD = "s3cret-of-the-test"
_LONGEST = 60.0
_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if _ROOT else []
"""PostgreSQL refuses to run as root."""


def free_port() -> int:
    """A port of the loopback interface that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server's process, which can be killed and started again."""

    command: Sequence[str]
    ready: Callable[[], bool]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, cwd="/", start_new_session=True)
        end = time.monotonic() + _LONGEST
        while not self.ready():
            assert self.process.poll() is None and time.monotonic() < end, self.log.read_text(errors="replace")[-2000:]
            time.sleep(0.05)

    def kill(self) -> None:
        """Kills it with all its processes, as a lack of memory or current would."""
        assert self.process
        # Its own parent, where it has one for another user's sake, has to be left to see it end.
        own = [] if self.command[0] == "runuser" else [self.process.pid]
        for pid in [*_under(self.process.pid), *own]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ends it as its owner would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait()


def _under(pid: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, own) for each in (child, *_under(child))]


@dataclass
class Postgres:
    """A cluster, and addresses of empty databases in it."""

    server: Server
    port: int

    def new(self) -> str:
        """The address of a place in which there is no library yet."""
        import psycopg

        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._address(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return self._address(f"?options=-csearch_path%3D{name}")

    def new_database(self) -> str:
        """The address of an empty database of its own."""
        import psycopg

        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._address(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._address().replace("/postgres", f"/{name}")

    def _address(self, more: str = "") -> str:
        return f"postgresql://pilcrow:{PASSWORD}@127.0.0.1:{self.port}/postgres{more}"


def postgres(folder: Path, memory: str = "64MB") -> Postgres:
    """A new cluster under `folder`, started, with so much memory for its pages. Whoever starts it stops its server.

    Not in a folder of pytest's: each pytest that begins closes those of all to every other user.
    """
    bin_, port, data = FOUND[-1].parent, free_port(), folder / "postgres"
    data.mkdir()
    (folder / "password").write_text(PASSWORD)
    if _ROOT:
        # The user postgres has to reach it.
        folder.chmod(0o711)
        (folder / "password").chmod(0o644)
        shutil.chown(data, "postgres")
    making = [*_AS_POSTGRES, bin_ / "initdb", "-D", data, "-U", "pilcrow", "--pwfile", folder / "password", "--no-sync"]
    making += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(making, check=True, capture_output=True, cwd="/")
    command = [*_AS_POSTGRES, bin_ / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += ["-c", "unix_socket_directories=", "-c", f"shared_buffers={memory}"]
    server = Server([str(part) for part in command], lambda: _answers(port), folder / "postgres.log")
    server.start()
    return Postgres(server, port)


@dataclass
class Chroma:
    """A Chroma server and its address."""

    server: Server
    url: str


def chroma(folder: Path) -> Chroma:
    """A new Chroma server that keeps its files under `folder`, started. Whoever starts it stops it."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [CHROMA, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)]
    server = Server([str(part) for part in command], lambda: _beats(port), folder / "chroma.log")
    server.start()
    return Chroma(server, f"http://127.0.0.1:{port}")


def _answers(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(f"postgresql://pilcrow:{PASSWORD}@127.0.0.1:{port}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _beats(port: int) -> bool:
    import httpx

    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
