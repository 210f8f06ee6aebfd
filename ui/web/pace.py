"""How often one owner may ask: so many times a minute, counted in memory; for several processes in the one that minds them."""

from __future__ import annotations

import threading
import time
from hashlib import blake2b
from multiprocessing.managers import BaseManager

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


def shared_pace(per_minute: int) -> Pace:
    """A pace that may be handed to processes spawned from this one: they count together, and it stays in here.

    A process of its own to keep it would be left over when this one is killed, so it is kept by a thread.
    """
    kept = _Keeper().get_server()
    threading.Thread(target=kept.serve_forever, daemon=True).start()
    keeper = _Keeper(kept.address)
    keeper.connect()
    pace: Pace = keeper.pace(per_minute)  # type: ignore[attr-defined]
    return pace


class _Keeper(BaseManager):
    """Lets other processes call what this one holds, over a socket in a folder of its own and with a secret of its own."""


_Keeper.register("pace", Pace, exposed=("allow", "wait"))


def _place(owner: str) -> str:
    # The library keeps every key it ever saw: 65,536 places hold however many owners somebody invents.
    return blake2b(owner.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
