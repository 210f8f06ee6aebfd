"""Which articles are asked: a line of chips, and below it the form that sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from index import Filters, PilcrowError
from ui.text import day, visible


def filters_html(filters: Filters, outlets: Sequence[str], articles: int) -> str:
    """The chips of what is chosen, each with what takes it away, and the form for dates and outlets."""
    chips = [_chip("since", f"from {day(filters.since)}")] if filters.since else []
    chips += [_chip("until", f"to {day(filters.until)}")] if filters.until else []
    chips += [_chip("source", visible(name), name) for name in filters.sources]
    boxes = "".join(
        f'<label><input type="checkbox" name="source" value="{escape(name)}"'
        f"{' checked' if name in filters.sources else ''}> {escape(visible(name))}</label>"
        for name in outlets
    )
    chosen = (
        f'<fieldset><legend>Outlets</legend><div class="outlets">{boxes}</div></fieldset>' if len(outlets) > 1 else ""
    )
    count = f"{articles:,} article{'s' if articles != 1 else ''}"
    return (
        f'<details class="filters"><summary>{count if chips else f"All {count}"}</summary>'
        f'<form data-do="filter" data-event="apply"><label>From <input type="date" name="since" '
        f'value="{filters.since or ""}"></label><label>To <input type="date" name="until" value="{filters.until or ""}">'
        f"</label>{chosen}<button>Use these</button></form></details>{''.join(chips)}"
    )


def _chip(name: str, said: str, value: str = "") -> str:
    return (
        f'<span class="chip">{escape(said)} <button type="button" data-do="unfilter" data-event="apply" data-name="{name}" '
        f'data-value="{escape(value)}" aria-label="Remove the filter: {escape(said)}">✕</button></span>'
    )


def filters_of(clicked: Mapping[str, Any], filters: Filters, outlets: Sequence[str]) -> Filters:
    """The filters after a click on the form or on a chip. Raises PilcrowError for dates in the wrong order."""
    if clicked.get("do") == "unfilter":
        if clicked.get("name") == "source":
            return replace(filters, sources=tuple(s for s in filters.sources if s != clicked.get("value")))
        gone = clicked.get("name")
        return replace(
            filters,
            since=None if gone == "since" else filters.since,
            until=None if gone == "until" else filters.until,
        )
    wanted = str(clicked.get("source", "")).split("\n")
    chosen = tuple(name for name in outlets if name in wanted)
    since, until = day_of(clicked.get("since")), day_of(clicked.get("until"))
    if since and until and since > until:
        raise PilcrowError("The first day lies after the last one; no article can be from between them.")
    return replace(filters, since=since, until=until, sources=chosen if len(chosen) < len(outlets) else ())


def day_of(said: object) -> date | None:
    """The day that was typed; None for nothing, and for what is no day."""
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
