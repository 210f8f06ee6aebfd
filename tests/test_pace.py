"""How often one owner may ask."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from ui.web.pace import Pace, shared_pace


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_so_many_a_minute_and_no_more(clock: Clock) -> None:
    pace = Pace(3)
    assert [pace.allow("ann") for _ in range(5)] == [True, True, True, False, False]
    clock.now += 59
    assert not pace.allow("ann"), "a full minute must pass"
    clock.now += 2
    assert pace.allow("ann")


def test_the_window_moves_so_that_no_turn_of_the_minute_gives_twice_as_many(clock: Clock) -> None:
    pace = Pace(2)
    assert pace.allow("ann")
    clock.now += 50
    assert pace.allow("ann")
    clock.now += 11  # the first is out of the window, the second is not
    assert pace.allow("ann") and not pace.allow("ann")


def test_the_wait_is_told_and_holds(clock: Clock) -> None:
    pace = Pace(1)
    assert pace.wait("ann") == 0 and pace.allow("ann")
    clock.now += 20
    assert pace.wait("ann") == pytest.approx(40, abs=1)
    assert not pace.allow("ann"), "asking in vain is not counted"
    clock.now += pace.wait("ann") + 0.01
    assert pace.wait("ann") == 0 and pace.allow("ann")


def test_one_owner_does_not_use_up_what_another_has(clock: Clock) -> None:
    pace = Pace(1)
    assert pace.allow("ann") and pace.allow("bob") and pace.allow("")
    assert not pace.allow("ann") and not pace.allow("bob") and not pace.allow("")


def test_nought_sets_no_limit() -> None:
    assert all(Pace(0).allow("ann") for _ in range(500)) and Pace(0).wait("ann") == 0


@pytest.mark.parametrize("owner", ["x" * 1_000_000, "a/b\n\0%s{}", "\ud800", "ünï¶"])
def test_an_odd_name_is_a_name(owner: str) -> None:
    pace = Pace(1)
    assert pace.allow(owner) and not pace.allow(owner) and pace.allow("ann")


def test_invented_owners_do_not_fill_the_memory() -> None:
    pace = Pace(1)
    for number in range(70_000):
        pace.allow(f"browser:{number}")
    assert len(pace._window.storage.events) <= 65_536  # type: ignore[attr-defined]


def test_side_by_side_no_more_are_let_through() -> None:
    pace = Pace(10)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: pace.allow("ann"), range(200))) == 10


_handed: list[Pace] = []


def _hold(pace: Pace) -> None:
    _handed.append(pace)


def _ask_often(owner: str) -> int:
    return sum(_handed[0].allow(owner) for _ in range(20))


def test_processes_that_share_a_pace_count_together() -> None:
    with ProcessPoolExecutor(2, get_context("spawn"), initializer=_hold, initargs=(shared_pace(30),)) as processes:
        asked = [processes.submit(_ask_often, "ann") for _ in range(4)]
        assert sum(one.result(60) for one in asked) == 30
        assert processes.submit(_ask_often, "ben").result(60) == 20, "another owner has a count of his own"
