"""What a user may set from outside: the environment variables that start with PILCROW_."""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.values import PilcrowError

_MAY_HOLD_SECRETS = ("llm_url", "llm_key", "database", "chroma", "chroma_token")


class Settings(BaseSettings):
    """Every setting with its default. The name of the variable is PILCROW_ plus the field's name."""

    model_config = SettingsConfigDict(env_prefix="PILCROW_", frozen=True)

    library: Path = Path("library")
    """Folder of the library."""
    database: SecretStr = SecretStr("")
    """Address of the PostgreSQL database that holds the articles, such as postgresql://user:password@host/name; "" keeps
    them in the library's folder."""
    chroma: str = ""
    """Address of the Chroma server that holds the vectors, such as http://127.0.0.1:8000; "" keeps them in the folder."""
    chroma_token: SecretStr = SecretStr("")
    """Sent to it as "Authorization: Bearer …", for the proxy in front of it: Chroma itself takes whoever comes."""
    encoder: str = "all-MiniLM-L6-v2"
    """A sentence-transformers model: a name, or the path of a folder."""
    reader: Literal["plain", "trained"] = "trained"
    """What reads the passages found: the trained network, or plain features that need no weights."""
    threads: int = Field(default=0, ge=0)
    """Processor threads for the encoder and the reader; 0 takes what there is."""
    llm_url: str = ""
    """Base address of a server that speaks OpenAI's protocol, such as http://127.0.0.1:8080/v1; "" is none."""
    llm_model: str = ""
    """Name of the language model; "" takes the server's first."""
    llm_key: SecretStr = SecretStr("")
    """Key of the server, where it wants one."""
    llm_window: int = Field(default=0, ge=0)
    """Context size of the language model in tokens; 0 asks the server, and takes 4096 where it does not tell."""
    llm_timeout: float = Field(default=120.0, gt=0, allow_inf_nan=False)
    """Seconds that a whole answer of the language model may take."""
    llm_rejected: Literal["remove", "strike"] = "remove"
    """Sentences of the language model that fail the check: taken out, or shown struck out."""
    traceback: bool = False
    """Show where in the code an unexpected error came from."""
    log: Literal["text", "json"] = "text"
    """How `pilcrow serve` and `pilcrow mcp` log: in sentences, or as JSON with every request."""
    metrics: bool = False
    """Whether they count, and tell Prometheus under /metrics."""
    traces: str = ""
    """Where they send OpenTelemetry traces (OTLP over gRPC), such as http://127.0.0.1:4317; "" is nowhere."""
    audit: Path | None = None
    """A file that gets a line for every answer: who asked what, and what was cited."""

    @field_validator("llm_url")
    @classmethod
    def _with_path(cls, given: str) -> str:
        """The address with the protocol's usual path."""
        url = _plain_address(given, "http://127.0.0.1:8080/v1", "PILCROW_LLM_KEY")
        return url if not url or urlsplit(url).path else f"{url}/v1"

    @field_validator("chroma")
    @classmethod
    def _address(cls, given: str) -> str:
        return _plain_address(given, "http://127.0.0.1:8000", "PILCROW_CHROMA_TOKEN")

    @field_validator("database")
    @classmethod
    def _of_postgres(cls, given: SecretStr) -> SecretStr:
        address = given.get_secret_value().strip()
        try:
            parts = urlsplit(address)
            usable = not address or (parts.scheme in ("postgresql", "postgres") and parts.port != 0)
        except ValueError:  # its words repeat parts of the address
            usable = False
        if not usable:
            raise ValueError("it must be an address such as postgresql://user:password@127.0.0.1:5432/pilcrow")
        return SecretStr(address)

    @field_validator("llm_key", "chroma_token")
    @classmethod
    def _one_line(cls, given: SecretStr) -> SecretStr:
        key = given.get_secret_value().strip()
        if not (key.isascii() and key.isprintable()):
            raise ValueError("it must be one line of plain letters, digits and signs")
        return SecretStr(key)


def _plain_address(given: str, example: str, secret: str) -> str:
    """The address of a server. What could hold a secret is refused: addresses are shown."""
    url = given.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # its words repeat parts of the address
        usable = False
    if not usable:
        raise ValueError(f"it must be an address such as {example}")
    if "@" in url or parts.query or parts.fragment:
        raise ValueError(f"it must have no user, password or ? in it; a key goes into {secret}")
    return url


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings as the environment gives them, read once.

    Raises PilcrowError for a variable that does not exist or a value that does not fit.
    """
    known = {f"PILCROW_{name.upper()}" for name in Settings.model_fields}
    for variable in sorted(os.environ):
        if variable.startswith("PILCROW_") and variable not in known:
            near = get_close_matches(variable, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}."
            raise PilcrowError(f"There is no setting {variable}; {hint}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        shown = "has a value that does not fit" if field in _MAY_HOLD_SECRETS else f"is set to {first['input']!r}"
        message = first["msg"].removeprefix("Value error, ")
        raise PilcrowError(f"PILCROW_{field.upper()} {shown}: {message}.") from None
