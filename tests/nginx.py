"""Debian's nginx with the configuration that we give as an example, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"


def nginx() -> str:
    """Where nginx is. Skips the test where there is none."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no nginx here")
    return program


def certificate(place: Path) -> Path:
    """A certificate for localhost, pilcrow.pem with pilcrow.key beside it, in this folder."""
    made = place / "pilcrow.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(place / "pilcrow.key"), "-out", str(made)]
    subprocess.run([*make, *names, *files], check=True, capture_output=True)
    return made


@contextmanager
def before(server: str, place: Path) -> Iterator[tuple[str, Path]]:
    """The address of nginx before the server, and the certificate it shows. Skips the test where there is no nginx."""
    program, shown = nginx(), certificate(place)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    example = EXAMPLE.read_text().replace("127.0.0.1:7870", server.removeprefix("http://"))
    example = example.replace("listen 443", f"listen 127.0.0.1:{port}").replace("/etc/ssl/", f"{place}/")
    example = example.replace("pilcrow.example.org", "localhost")
    own = " ".join(f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (place / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {own}\n{example}\n}}\n"
    )
    running = subprocess.Popen(
        [program, "-p", str(place), "-e", str(place / "error.log"), "-c", str(place / "nginx.conf")]
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"https://localhost:{port}", shown
    finally:
        running.terminate()
        running.wait(10)
