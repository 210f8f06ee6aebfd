"""The users: no password on the disk, no answer to guesses, no half-written file; and the commands for them."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import select
import signal
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import PilcrowError
from ui.web import users as module
from ui.web.users import Users

ROOT = Path(__file__).resolve().parents[1]
GOOD = "correct horse battery"
RECORD = {"salt": "0" * 32, "hash": "0" * 64, "parameters": {}}


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path / "users.json")
    assert made.add("ann", GOOD)
    return made


def test_the_right_password_and_no_other(users: Users) -> None:
    assert users.check("ann", GOOD)
    for wrong in ("", GOOD + " ", GOOD.upper(), GOOD[:-1]):
        assert not users.check("ann", wrong)
    assert not Users(users.path).check("Ann", GOOD) and not Users(users.path).check("bob", GOOD)


def test_one_letter_may_be_typed_in_two_ways(users: Users) -> None:
    users.add("zoe", "caf\u00e9 au lait")
    assert users.check("zoe", "cafe\u0301 au lait")


def test_the_file_holds_no_password_and_only_its_owner_reads_it(users: Users) -> None:
    text = users.path.read_text()
    assert GOOD not in text and stat.S_IMODE(users.path.stat().st_mode) == 0o600
    users.add("bob", GOOD)
    ann, bob = json.loads(users.path.read_text()).values()
    assert ann["salt"] != bob["salt"] and ann["hash"] != bob["hash"]
    assert ann["parameters"] == {"n": 16384, "r": 8, "p": 1}
    assert (len(ann["salt"]), len(ann["hash"])) == (32, 64)


def test_a_file_that_others_could_read_is_closed_at_the_next_change(users: Users) -> None:
    users.path.chmod(0o644)
    users.add("bob", GOOD)
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600


def test_a_served_page_knows_who_was_added_removed_or_given_a_new_password(users: Users) -> None:
    other = Users(users.path)
    assert other.names() == ["ann"] and not other.check("bob", GOOD)
    users.add("bob", GOOD)
    assert other.check("bob", GOOD) and other.names() == ["ann", "bob"]
    assert not users.add("bob", "another password"), "the name is not new"
    assert other.check("bob", "another password") and not other.check("bob", GOOD)
    users.remove("ann")
    assert not other.check("ann", GOOD) and other.names() == ["bob"]
    users.path.unlink()
    assert other.names() == [] and not other.check("bob", "another password")


@pytest.mark.parametrize("name", ["", "a" * 65, "a" * 1_000_000, "ann\n", "a b", "../x/y", "ünï", "a\0", "\ud800"])
def test_what_is_no_name_is_refused_everywhere(users: Users, name: str) -> None:
    with pytest.raises(PilcrowError, match="cannot be a user's name"):
        users.add(name, GOOD)
    with pytest.raises(PilcrowError, match="cannot be a user's name"):
        users.remove(name)
    assert not users.check(name, GOOD) and users.names() == ["ann"]


@pytest.mark.parametrize("password", ["", "seven77", "x" * 1025])
def test_a_password_is_neither_short_nor_endless(users: Users, password: str) -> None:
    with pytest.raises(PilcrowError, match="8 or more"):
        users.add("bob", password)
    assert users.names() == ["ann"]


def test_the_longest_password_is_not_its_own_beginning(users: Users) -> None:
    users.add("bob", "x" * 1024)
    assert users.check("bob", "x" * 1024) and not users.check("bob", "x" * 1025)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"ann": {}}',
        '{"ann": {"salt": "x", "hash": "y", "parameters": {}}}',
        json.dumps({"a b": RECORD}),
        json.dumps({"ann": {**RECORD, "hash": "0" * 63 + "\n"}}),
        json.dumps({"ann": {**RECORD, "parameters": {"n": 2**40}}}),
        json.dumps({"ann": {**RECORD, "parameters": {"n": 16385}}}),
        "\ud800",
    ],
)
def test_a_broken_file_is_said_lets_nobody_in_and_is_not_written_over(users: Users, text: str) -> None:
    broken = text.encode("utf-8", "surrogatepass")
    assert users.names() == ["ann"]
    users.path.write_bytes(broken)
    for act in (users.names, lambda: users.check("ann", GOOD), lambda: users.add("bob", GOOD)):
        with pytest.raises(PilcrowError, match="not a file of users"):
            act()
    assert asyncio.run(users.sign_in("ann", GOOD)) is False
    assert users.path.read_bytes() == broken


def test_a_kill_in_the_middle_of_writing_leaves_the_old_file(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    before = users.path.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        users.add("bob", GOOD)
    assert users.path.read_bytes() == before
    assert not [p.name for p in users.path.parent.iterdir() if p.name.startswith(".users-")], "nothing is left behind"


def test_changes_at_once_are_all_kept(tmp_path: Path) -> None:
    names = [f"user{number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: Users(tmp_path / "users.json").add(name, GOOD), names))
    assert Users(tmp_path / "users.json").names() == sorted(names)


def test_after_five_wrong_guesses_even_the_right_one_waits(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    users.add("bob", GOOD)
    for _ in range(5):
        assert not users.check("ann", "wrong guess")
    assert not users.check("ann", GOOD)
    assert users.check("bob", GOOD), "others are not kept out"
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert users.check("ann", GOOD)


def test_the_right_password_is_never_counted(users: Users) -> None:
    assert all(users.check("ann", GOOD) for _ in range(8))


def test_guesses_over_many_names_are_slowed_too(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_hash", lambda *_: "00")
    assert not any(users.check(f"name{number}", "wrong guess") for number in range(30))
    monkeypatch.undo()
    assert not users.check("ann", GOOD)


def test_guesses_side_by_side_are_counted_one_by_one(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []
    monkeypatch.setattr(module, "_hash", lambda *_: weighed.append(time.sleep(0.02)) or "00")
    with ThreadPoolExecutor(16) as pool:
        assert not any(pool.map(lambda _: users.check("ann", "wrong guess"), range(32)))
    assert len(weighed) == 5


@pytest.mark.parametrize("name", ["ann", "nobody", "x" * 100_000, ""])
def test_an_unknown_name_costs_the_same_work(users: Users, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work, compared = [], []
    hashed, compare = module._hash, module.hmac.compare_digest
    monkeypatch.setattr(module, "_hash", lambda *given: work.append(given[2]) or hashed(*given))
    monkeypatch.setattr(module.hmac, "compare_digest", lambda *given: compared.append(1) or compare(*given))
    assert not users.check(name, "wrong guess")
    assert [parameters.n for parameters in work] == [16384] and compared == [1]


def test_a_server_goes_on_while_a_password_is_weighed(users: Users) -> None:
    async def both() -> tuple[bool, set[int]]:
        threads: set[int] = set()
        weigh = users.check
        users.check = lambda *given: threads.add(threading.get_ident()) or weigh(*given)  # type: ignore[method-assign]
        return await users.sign_in("ann", GOOD), threads

    right, threads = asyncio.run(both())
    assert right and threads and threading.get_ident() not in threads


def pilcrow(*arguments: str, typed: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PILCROW_")}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "user", *arguments],
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**clean, **environment},
        timeout=120,
    )
    assert b"Traceback" not in done.stderr + done.stdout
    return done


def test_the_commands_add_list_and_remove(tmp_path: Path) -> None:
    place = {"PILCROW_LIBRARY": str(tmp_path)}
    assert b"no users" in pilcrow("list", **place).stdout
    assert pilcrow("add", "ann", typed=f"{GOOD}\r\n", **place).stdout == b"ann was added.\n"
    assert Users(tmp_path / "users.json").check("ann", GOOD), "the end of the line is no part of the password"
    assert pilcrow("add", "ann", typed="another password", **place).stdout == b"ann has a new password.\n"
    assert Users(tmp_path / "users.json").check("ann", "another password")
    assert pilcrow("list", **place).stdout == b"ann\n"
    assert pilcrow("remove", "ann", "--file", str(tmp_path / "users.json")).returncode == 0
    assert Users(tmp_path / "users.json").names() == []


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "sentence"),
    [
        (("add", "a b"), GOOD, 2, "cannot be a user's name"),
        (("add", "x\x1b]0;owned\x07"), GOOD, 2, "cannot be a user's name"),
        (("add", "ann"), "short\n", 2, "5 characters"),
        (("add", "ann"), "", 2, "0 characters"),
        (("add", "ann"), b"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\n", 2, "UTF-8"),
        (("add", "ann", "--file", "/nowhere/users.json"), GOOD, 1, "There is no folder /nowhere"),
        (("remove", "bob"), "", 1, "There is no user bob"),
        (("remove", "b/b"), "", 2, "cannot be a user's name"),
        (("list", "--file", "pyproject.toml"), "", 1, "not a file of users"),
        (("list", "--file", "tests"), "", 1, "could not be read"),
        (("add",), "", 2, "Missing argument"),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: tuple[str, ...], typed: str | bytes, code: int, sentence: str, tmp_path: Path
) -> None:
    done = pilcrow(*arguments, typed=typed, PILCROW_LIBRARY=str(tmp_path))
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b"")
    assert sentence in said and said.count("\n") == 1 and said.startswith("pilcrow: ") and "\x1b" not in said
    assert not (tmp_path / "users.json").exists()


def test_at_a_terminal_the_password_is_asked_twice_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "ui.cli", "user", "add", "ann", "--file", str(file)])
    shown = b""
    answers = [GOOD, "not the same", GOOD, GOOD]
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if answers and shown.endswith(b": "):  # with the space: what is typed before it is thrown away
            os.write(terminal, f"{answers.pop(0)}\n".encode())
            shown += b"|"
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0 and answers == []
    assert GOOD.encode() not in shown and b"ann was added." in shown
    assert Users(file).check("ann", GOOD)
