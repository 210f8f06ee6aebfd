"""Who may ask over HTTP: keys, of which only hashes are kept, each for some collections or for all."""

from __future__ import annotations

import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from index import PilcrowError
from ui.kept import Kept

ALL = "*"
"""In the place of a collection: every one, also those that are added later."""
NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""What a key or a collection can be called."""
_KEY = re.compile(r"pilcrow-([0-9a-f]{12})-([A-Za-z0-9_-]{43})")
_log = logging.getLogger("pilcrow")


class _Key(BaseModel):
    """A key as it is kept. Its secret has 256 random bits, so that one round of SHA-256 is not to be guessed back."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Annotated[str, StringConstraints(pattern=f"^{NAME}$")]
    collections: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=rf"^(?:\*|{NAME})$")], ...], Field(min_length=1)
    ]
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    made: date


_FILE = TypeAdapter(dict[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")], _Key])


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a key was given to, and the collections it is for: names, or ("*",) for all."""

    name: str
    collections: tuple[str, ...]

    def may(self, collection: str) -> bool:
        """Whether the collection is among those the key is for."""
        return ALL in self.collections or collection in self.collections


class Keys:
    """The keys in one file. It is read again whenever it has changed: a revoked key is refused from then on."""

    def __init__(self, path: Path | str) -> None:
        self._kept = Kept(path, _FILE, "keys")
        self.path = self._kept.path
        self._stranger = _Key(
            name="nobody", collections=(ALL,), salt="0" * 32, hash=secrets.token_hex(32), made=date(1970, 1, 1)
        )

    def add(self, name: str, collections: tuple[str, ...] = (ALL,)) -> str:
        """Makes a key and returns it; it is shown this once. Raises PilcrowError where the name is taken or no name."""
        check_names(name, *(c for c in collections if c != ALL))
        identity, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_hex(16)
        with self._kept.changing() as keys:
            if any(key.name == name for key in keys.values()):
                raise PilcrowError(f"There is a key of the name {name} already; revoke it first, or take another name.")
            keys[identity] = _Key(
                name=name, collections=collections, salt=salt, hash=_hash(secret, salt), made=date.today()
            )
        return f"pilcrow-{identity}-{secret}"

    def revoke(self, name: str) -> None:
        """Ends a key; raises PilcrowError where there is none of this name."""
        with self._kept.changing() as keys:
            gone = [identity for identity, key in keys.items() if key.name == name]
            if not gone:
                raise PilcrowError(f"There is no key {name}; pilcrow key list shows which there are.")
            del keys[gone[0]]

    def holders(self) -> list[tuple[Holder, date]]:
        """Who has a key, in order of names, and since when."""
        found = sorted(self._kept.read().values(), key=lambda key: key.name)
        return [(Holder(key.name, key.collections), key.made) for key in found]

    def holder(self, given: str) -> Holder | None:
        """Whose key this is; None where it is nobody's. A file that is broken lets nobody in."""
        parts = _KEY.fullmatch(given)
        if not parts:
            return None
        try:
            known = self._kept.read().get(parts[1])
        except PilcrowError as error:
            _log.warning("%s", error)
            return None
        key = known or self._stranger
        right = hmac.compare_digest(key.hash, _hash(parts[2], key.salt))
        return Holder(key.name, key.collections) if right and known else None


def check_names(*names: str) -> None:
    """Raises PilcrowError where one of these can be no name of a key or a collection."""
    for name in names:
        if not re.fullmatch(NAME, name):
            raise PilcrowError(
                f"{name!r} cannot be a name; take 1 to 64 letters a-z and A-Z, digits, dots, underscores, hyphens, "
                "the first a letter or a digit."
            )


def _hash(secret: str, salt: str) -> str:
    return sha256(bytes.fromhex(salt) + secret.encode("ascii")).hexdigest()
