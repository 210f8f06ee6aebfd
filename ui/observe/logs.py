"""The log as JSON, one object a line, each with the id of the request it belongs to."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; "" outside of one."""
_log = logging.getLogger("pilcrow.access")


class _JSON(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            told["request_id"] = request_id.get()
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def log_as_json() -> None:
    """Has all that this process logs written to stderr as JSON, and every request logged."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JSON())
    logging.getLogger().handlers = [handler]
    _log.setLevel(logging.INFO)


def log_request(method: str, route: str, status: int, seconds: float, caller: str) -> None:
    """Logs that a request was answered. The address is the door's, not the request's: that may hold anything."""
    told = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4), "caller": caller}
    _log.info("%s %s %d", method, route, status, extra={"told": told})
