"""How often one owner may ask: so many times a minute, counted in memory."""

from __future__ import annotations

import time
from hashlib import blake2b

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Pace:
    """At most `per_minute` within any sixty seconds for each owner; 0 sets no limit."""

    def __init__(self, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute) if per_minute > 0 else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def allow(self, owner: str) -> bool:
        """Whether the owner may go on now; counted when so."""
        return self._limit is None or self._window.hit(self._limit, _place(owner))

    def wait(self, owner: str) -> float:
        """Seconds until the owner may go on; 0 where that is now."""
        if self._limit is None:
            return 0.0
        stats = self._window.get_window_stats(self._limit, _place(owner))
        return 0.0 if stats.remaining else max(0.0, stats.reset_time - time.time())


def _place(owner: str) -> str:
    # The library keeps every key it ever saw: 65,536 places hold however many owners somebody invents.
    return blake2b(owner.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
