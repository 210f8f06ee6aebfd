"""Groups of pairs as padded tensors of about equal size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from rag.reader.training.examples import Group, Pair
from rag.reader.windows import Text, Window, Windows

TOKENS = 4608
"""Tokens of a batch, padding included: about 32 pairs."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair as token ids; `start` and `end` mark the tokens that begin and end an answer."""

    pair: Pair
    window: Window
    start: tuple[int, ...]
    end: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of the pairs of whole groups. Labels that are not known are NaN."""

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    judgements: Tensor
    start: Tensor
    end: Tensor
    group: Tensor


def tokenized(groups: Sequence[Group], windows: Windows) -> list[tuple[Tokens, ...]]:
    """Every pair in the window that holds its answer, the first one where it has none."""
    found = []
    for low in range(0, len(groups), 2000):
        some = groups[low : low + 2000]
        pairs = [(n, pair) for n, group in enumerate(some) for pair in group]
        texts = [Text(pair.query, pair.header, pair.text) for _, pair in pairs]
        best: dict[int, Tokens] = {}
        for window in windows.cut(texts):
            held = _tokens(pairs[window.text][1], window)
            if window.text not in best or (held.start and not best[window.text].start):
                best[window.text] = held
        by_group: list[list[Tokens]] = [[] for _ in some]
        for number, (group, pair) in enumerate(pairs):
            if not pair.spans or best[number].start:
                by_group[group].append(best[number])
        found += [tuple(group) for group in by_group if group]
    return found


def _tokens(pair: Pair, window: Window) -> Tokens:
    starts, ends = [], []
    for low, high in pair.spans:
        inside = [i for i, (s, e) in enumerate(window.offsets) if e > low and s < high]
        if inside and window.offsets[inside[0]][0] <= low and window.offsets[inside[-1]][1] >= high:
            starts.append(window.first + inside[0])
            ends.append(window.first + inside[-1])
    return Tokens(pair, window, tuple(starts), tuple(ends))


def batches(groups: Sequence[tuple[Tokens, ...]], chance: random.Random, tokens: int = TOKENS) -> Iterator[Batch]:
    """Every group once, in random order; groups of about equal length share a batch."""
    order = list(groups)
    chance.shuffle(order)
    for low in range(0, len(order), 2048):
        some = sorted(order[low : low + 2048], key=_longest)
        cut: list[list[tuple[Tokens, ...]]] = [[]]
        for group in some:
            pairs = sum(map(len, cut[-1])) + len(group)
            if cut[-1] and pairs * _longest(group) > tokens:
                cut.append([])
            cut[-1].append(group)
        chance.shuffle(cut)
        yield from (collate(c) for c in cut)


def _longest(group: tuple[Tokens, ...]) -> int:
    return max(len(t.window.ids) for t in group)


def collate(groups: Sequence[tuple[Tokens, ...]]) -> Batch:
    """The groups' pairs as one batch, padded to the longest."""
    flat = [t for group in groups for t in group]
    width = max(len(t.window.ids) for t in flat)
    ids = torch.zeros(len(flat), width, dtype=torch.long)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    start, end = torch.zeros(len(flat), width, dtype=torch.bool), torch.zeros(len(flat), width, dtype=torch.bool)
    for row, t in enumerate(flat):
        held = len(t.window.ids)
        ids[row, :held] = torch.tensor(t.window.ids)
        mask[row, :held] = 1
        kinds[row, t.window.first : held - 1] = 1
        start[row, list(t.start)] = True
        end[row, list(t.end)] = True
    nan = float("nan")
    labels = [[nan if v is None else v for v in (t.pair.relevant, t.pair.answers, t.pair.supported)] for t in flat]
    number = torch.tensor([n for n, group in enumerate(groups) for _ in group])
    return Batch(ids, mask, kinds, torch.tensor(labels), start, end, number)
