"""Weeks, months and years of the calendar as spans of days. A week begins on Monday, after ISO 8601."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Period = tuple[date, date, bool]
"""First day, last day, and whether the words leave room."""

DAY = timedelta(days=1)


def one_day(day: date, *, approximate: bool = False) -> Period:
    """That day alone."""
    return day, day, approximate


def month_of(year: int, month: int, part: str = "") -> Period:
    """A month, or its "early" days (to the 10th), its "mid" days or its "late" ones (from the 21st). Raises ValueError."""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}.get(part, (1, 0))
    return date(year, month, first), date(year, month, last or monthrange(year, month)[1]), bool(part)


def year_of(year: int) -> Period:
    """That year from its first day to its last. Raises ValueError."""
    return date(year, 1, 1), date(year, 12, 31), False


def unit_around(day: date, unit: str, away: int) -> Period:
    """The week, month or year that lies `away` of its kind from that of `day` (0). Raises ValueError, OverflowError."""
    if unit == "week":
        monday = day - day.weekday() * DAY + 7 * away * DAY
        return monday, monday + 6 * DAY, False
    if unit == "month":
        years, month = divmod(day.year * 12 + day.month - 1 + away, 12)
        return month_of(years, month + 1)
    return year_of(day.year + away)


def weekend_of(day: date, *, ahead: bool) -> Period:
    """Saturday and Sunday: the last ones that began by that day, or the first ones that end on it or later."""
    saturday = day - (day.weekday() - 5) % 7 * DAY
    if ahead and saturday + DAY < day:
        saturday += 7 * DAY
    return saturday, saturday + DAY, False
