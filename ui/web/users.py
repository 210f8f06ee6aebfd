"""Who may use the page: a file of names with hashed passwords, and no hurry for those who guess."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import secrets
import unicodedata
from hashlib import scrypt
from pathlib import Path
from threading import Lock
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from index import PilcrowError
from ui.kept import Kept
from ui.web.pace import Pace

_log = logging.getLogger("pilcrow")
_NAME = r"[A-Za-z0-9._-]{1,64}"
_SHORTEST, _LONGEST = 8, 1024
_FAILURES_OF_A_NAME, _FAILURES_IN_ALL = 5, 30


class _Parameters(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    n: Literal[16384, 32768, 65536, 131072] = 16384
    r: int = Field(default=8, ge=1, le=16)
    p: int = Field(default=1, ge=1, le=4)


class _Secret(BaseModel):
    """A salted hash of a password, and how it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    parameters: _Parameters

    @classmethod
    def of(cls, password: str) -> _Secret:
        salt, parameters = secrets.token_hex(16), _Parameters()
        return cls(salt=salt, hash=_hash(password, salt, parameters), parameters=parameters)

    def fits(self, password: str) -> bool:
        return hmac.compare_digest(self.hash, _hash(password, self.salt, self.parameters))


_FILE = TypeAdapter(dict[Annotated[str, StringConstraints(pattern=f"^{_NAME}$")], _Secret])


def fit_name(name: str) -> None:
    """Raises PilcrowError where this cannot be a user's name."""
    if not re.fullmatch(_NAME, name):
        raise PilcrowError(
            "This cannot be a user's name; take 1 to 64 of the letters a-z and A-Z, digits, dots, underscores, hyphens."
        )


def fit_password(password: str) -> None:
    """Raises PilcrowError where this cannot be a password."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise PilcrowError(
            f"The password has {len(password)} characters; take {_SHORTEST} or more, {_LONGEST} at most."
        )


class Users:
    """The users in one file. It is read again whenever it has changed, so that a served page knows who was added."""

    def __init__(self, path: Path | str) -> None:
        self._kept = Kept(path, _FILE, "users")
        self.path = self._kept.path
        self._stranger = _Secret(salt=secrets.token_hex(16), hash=secrets.token_hex(32), parameters=_Parameters())
        self._by_name, self._in_all = Pace(_FAILURES_OF_A_NAME), Pace(_FAILURES_IN_ALL)
        self._turn = Lock()

    def add(self, name: str, password: str) -> bool:
        """Adds a user, or gives one a new password; tells whether the name is new."""
        fit_name(name)
        fit_password(password)
        with self._kept.changing() as users:
            new = name not in users
            users[name] = _Secret.of(password)
        return new

    def remove(self, name: str) -> None:
        """Removes a user; raises PilcrowError where there is none of this name."""
        fit_name(name)
        with self._kept.changing() as users:
            if users.pop(name, None) is None:
                raise PilcrowError(f"There is no user {name}; pilcrow user list shows who there is.")

    def names(self) -> list[str]:
        """The users' names in order."""
        return sorted(self._kept.read())

    def check(self, name: str, password: str) -> bool:
        """Whether this is the user's password. Takes as long where there is no such user.

        After five wrong passwords for a name within a minute, or thirty in all, the answer is no for a while.
        """
        with self._turn:  # one at a time: guesses side by side would all be weighed before the first one counts
            if self._by_name.wait(name) or self._in_all.wait(""):
                return False
            known = self._kept.read().get(name)
            right = (known or self._stranger).fits(password) and known is not None
            if not right:
                self._by_name.allow(name)
                self._in_all.allow("")
            return right

    async def sign_in(self, name: str, password: str) -> bool:
        """`check` for a server: other requests go on meanwhile, and a broken file lets nobody in."""
        try:
            return await asyncio.to_thread(self.check, name, password)
        except PilcrowError as error:
            _log.warning("%s", error)
            return False


def _hash(password: str, salt: str, parameters: _Parameters) -> str:
    # One letter can be typed as two characters or as one; one beyond the longest is enough to be wrong.
    typed = unicodedata.normalize("NFC", password[: _LONGEST + 1]).encode("utf-8", "surrogatepass")
    n, r, p = parameters.n, parameters.r, parameters.p
    return scrypt(typed, salt=bytes.fromhex(salt), n=n, r=r, p=p, maxmem=256 * n * r, dklen=32).hex()
