"""What is given to run Pilcrow with can be read, names what there is, and keeps what it says.

No container is built here: there is no engine for it where the tests run.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from index.settings import Settings
from tests.nginx import certificate, nginx
from tests.servers import free_port
from ui.cli import app

ROOT = Path(__file__).resolve().parents[1]
KNOWN = {f"PILCROW_{name.upper()}" for name in Settings.model_fields}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
FILES = ["compose.yaml", "Dockerfile", "deploy/env.example", "deploy/pilcrow.service", "docs/server.md"]


@pytest.mark.parametrize("name", FILES)
def test_only_settings_that_there_are_are_named(name: str) -> None:
    named = set(re.findall(r"\bPILCROW_[A-Z_]+\b", (ROOT / name).read_text("utf-8")))
    assert named <= KNOWN, named - KNOWN


def test_every_variable_of_compose_is_in_the_example_or_has_a_default() -> None:
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / "deploy/env.example").read_text("utf-8"), re.MULTILINE))
    used = re.findall(r"\$\{(\w+)(:[-?])?", (ROOT / "compose.yaml").read_text("utf-8"))
    assert {name for name, _ in used} == set(example)
    assert all(rule for _, rule in used), "without a default or a complaint it would be empty"
    assert not example["POSTGRES_PASSWORD"], "a password that everybody knows is none"


def options(command: str) -> set[str]:
    found = get_command(app).commands[command]  # type: ignore[attr-defined]
    return {name for parameter in found.params for name in parameter.opts}


def commands() -> list[list[str]]:
    """What is run as pilcrow, in all files."""
    copied = (ROOT / "Dockerfile").read_text("utf-8")
    unit = (ROOT / "deploy/pilcrow.service").read_text("utf-8")
    ((image,), (started,)) = (
        re.findall(r"^CMD \[(.+)\]$", copied, re.MULTILINE),
        re.findall("^ExecStart=(.+)$", unit, re.MULTILINE),
    )
    return [[part.strip(' "') for part in image.split(",")], SERVICES["app"]["command"], started.split()[1:]]


@pytest.mark.parametrize("command", commands(), ids=["image", "compose", "unit"])
def test_the_commands_that_are_run_are_ours(command: list[str]) -> None:
    assert {part for part in command if part.startswith("--")} <= options(command[0]), command
    assert "--keys" in command, "whoever is let in from elsewhere needs a key"


def test_what_the_image_copies_is_there_and_not_kept_out() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    sources = [
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    ]
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert sorted(source.strip("/") for source in sources) == sorted(let_in), "all that is let in is copied"
    for source in sources:
        assert (ROOT / source).exists(), source
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(let_in)


def test_the_image_runs_as_nobody_in_particular_and_is_looked_after() -> None:
    final = (ROOT / "Dockerfile").read_text("utf-8").split("\nFROM ")[-1]
    assert re.search(r"^USER pilcrow$", final, re.MULTILINE) and "useradd" in final
    (check,) = re.findall(r"^HEALTHCHECK .*\n\s+CMD (\[.+\])$", final, re.MULTILINE)
    compile(yaml.safe_load(check)[2], "the health check", "exec")
    assert "curl" not in final and "pip install" not in final, "nothing is fetched in the image that is run"
    python = re.findall(r"^FROM python:(3\.\d+)-slim", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert len(python) == 2 and len(set(python)) == 1, "an environment moves only between equal Pythons"


def test_compose_puts_together_what_fits() -> None:
    assert {"app", "postgres", "chroma", "nginx"} <= set(SERVICES)
    for name, service in SERVICES.items():
        assert "healthcheck" in service or name == "app", f"{name} is not looked after"  # the app's is the image's
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("./deploy"):
                assert (ROOT / source).is_file()
            elif not source.startswith(("./", "${")):
                assert source in COMPOSE["volumes"], source
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES and how == {"condition": "service_healthy"}
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["nginx"], "one door"
    assert COMPOSE["networks"]["inside"]["internal"] and SERVICES["app"]["networks"].keys() == {"inside"}
    for name in ("app", "pilcrow", "chroma"):
        assert SERVICES[name]["read_only"] and SERVICES[name]["cap_drop"] == ["ALL"]


def test_compose_and_the_settings_agree_on_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = SERVICES["app"]["environment"]
    for name, value in environment.items():
        if name in KNOWN and "$" not in value:
            monkeypatch.setenv(name, value)
    made = Settings()
    assert made.chroma == "http://chroma:8000" and made.metrics and made.log == "json"
    assert made.database.get_secret_value() == "postgresql://pilcrow@postgres/pilcrow"
    assert "8000" in SERVICES["chroma"]["command"] and SERVICES["postgres"]["environment"]["POSTGRES_DB"] == "pilcrow"


def test_nginx_takes_the_example_as_it_is_and_as_compose_changes_it(tmp_path: Path) -> None:
    program = nginx()
    certificate(tmp_path)
    example = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    (change,) = re.findall(r"sed 's/(.+?)/(.+?)/'", SERVICES["nginx"]["command"][-1])
    assert change[1] == f"{SERVICES['app']['networks']['inside']['ipv4_address']}:7870"
    changed = re.sub(change[0], change[1], example)
    assert changed.count(change[1]) == 2 and "127.0.0.1:7870" not in changed
    for number, text in enumerate((example, changed)):
        placed = text.replace("/etc/ssl/", f"{tmp_path}/").replace("listen 443", f"listen 127.0.0.1:{free_port()}")
        whole = tmp_path / f"{number}.conf"
        whole.write_text(f"pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{ access_log off;\n{placed}\n}}\n")
        done = subprocess.run([program, "-t", "-p", tmp_path, "-c", whole], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "[warn]" not in done.stderr, done.stderr


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("there is no systemd here")
    unit = (ROOT / "deploy/pilcrow.service").read_text("utf-8")
    placed = tmp_path / "pilcrow.service"
    placed.write_text(unit.replace("/opt/pilcrow/bin/pilcrow", sys.executable))
    done = subprocess.run([program, "verify", "--man=no", placed], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "pilcrow.service" not in done.stderr, done.stderr


def test_the_longest_wait_for_a_stop_is_that_of_the_server() -> None:
    from ui.api.serve import PATIENCE

    unit = (ROOT / "deploy/pilcrow.service").read_text("utf-8")
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    for given in (int(seconds), int(SERVICES["app"]["stop_grace_period"].rstrip("s"))):
        assert PATIENCE < given < PATIENCE + 60


def test_nothing_of_a_checkout_gets_into_the_image_by_accident() -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in rules, "what is not named stays out"
    for private in (".env", "tls/pilcrow.key", ".git/config", "library/keys.json", "gold/x.jsonl"):
        let_in = [rule[1:] for rule in rules if rule.startswith("!")]
        assert not any(fnmatch.fnmatch(private, rule) or private.startswith(f"{rule}/") for rule in let_in), private
