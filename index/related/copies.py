"""Copies: paragraphs that say the same in all but the same words.

Candidates come from MinHash signatures
of word pairs (Broder 1997, "On the resemblance and containment of documents"); what decides is a
comparison of the words themselves, since "12 were killed" and "14 were killed" are nearly equal
signatures and different statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from index.related.statements import Folded, fold, fullest, same

PERMUTATIONS = 96
ROWS = 3
"""Rows to a band: 32 bands find 99 in 100 pairs that share half of their word pairs, 88 in 100 at 0.4."""
_AT_ONCE = 2000
CROWD = 64
"""Different paragraphs kept to a bucket: a hundred thousand rows of one table would be compared pair by pair."""


def _pairs(words: Sequence[str]) -> list[bytes]:
    """The shingles: every two neighbouring words once."""
    pairs = pairwise(words) if len(words) > 1 else [(word,) for word in words]
    return list({" ".join(pair).encode("utf-8", "surrogatepass") for pair in pairs})


def _hash32(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=4).digest(), "little")


@cache
def _blank() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=_hash32, scheme="affine32")


def signature(text: str) -> bytes:
    """The MinHash of the text's word pairs: 96 little-endian uint32, 384 bytes, the same on every machine."""
    sketch = _blank().copy()
    shingles = _pairs(fold(text).words)
    if shingles:
        sketch.update_batch(shingles)
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def groups(
    signatures: Mapping[str, bytes], texts: Callable[[Sequence[str]], Mapping[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """The keys of paragraphs that are copies of one another, two or more to a group, each key in one group at most.

    `signatures` are what `signature` gave, `texts` gives the texts of keys and is asked only for likely copies.
    The first of a group is its longest paragraph, and every other is a copy of that one, so that a chain
    of small changes cannot join different statements. The order of `signatures` does not matter.
    """
    keys = sorted(signatures)
    near = _buckets([signatures[key] for key in keys])
    folded: dict[int, Folded] = {}
    likely = list(near)
    for start in range(0, len(likely), _AT_ONCE):
        some = likely[start : start + _AT_ONCE]
        held = texts([keys[i] for i in some])
        folded |= {i: fold(held[keys[i]]) for i in some}
    leaders: dict[int, list[int]] = defaultdict(list)
    equal: dict[tuple[str, tuple[str, ...]], int] = {}
    members: dict[int, list[int]] = {}
    for i in sorted(folded, key=lambda i: (*fullest(folded[i]), i)):
        here = folded[i]
        if not here.words:
            continue
        leader = equal.get((here.place, here.words))
        if leader is None:
            found = Counter(other for bucket in near[i] for other in leaders[bucket])
            leader = next((j for j, _ in found.most_common(CROWD) if same(folded[j], here)), i)
            equal[here.place, here.words] = leader
        if leader == i:
            for bucket in near[i]:
                if len(leaders[bucket]) < CROWD:
                    leaders[bucket].append(i)
        members.setdefault(leader, []).append(i)
    return tuple(sorted(tuple(keys[i] for i in group) for group in members.values() if len(group) > 1))


def touched(signatures: Mapping[str, bytes], changed: Collection[str]) -> set[str]:
    """The keys whose group may be another since the texts `changed` came: all that a chain of likely copies ties to one.

    Every other group is what it was: `groups` compares nothing across two such sets.
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    keys = sorted(signatures)
    links = [np.empty((2, 0), np.int64)]
    for order, same_as_next in _bands([signatures[key] for key in keys]):
        links.append(np.stack([order[:-1][same_as_next], order[1:][same_as_next]]))
    ones, others = np.concatenate(links, axis=1)
    graph = coo_array((np.ones(len(ones), bool), (ones, others)), shape=(len(keys), len(keys)))
    _, component = connected_components(graph, directed=False)
    dirty = {component[i] for i, key in enumerate(keys) if key in changed}
    return {key for key, its in zip(keys, component, strict=True) if its in dirty}


def _buckets(signatures: Sequence[bytes]) -> dict[int, list[int]]:
    """The buckets of every signature that shares one with another."""
    import numpy as np

    near: dict[int, list[int]] = defaultdict(list)
    number = 0
    for order, same_as_next in _bands(signatures):
        cuts = np.flatnonzero(~same_as_next) + 1
        starts, ends = np.append(0, cuts), np.append(cuts, len(order))
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            for i in order[start:end].tolist():
                near[i].append(number)
            number += 1
    return near


def _bands(signatures: Sequence[bytes]) -> Iterator[tuple[Any, Any]]:
    """For every band the places of the signatures sorted by it, and where one shares its bucket with the next.

    datasketch's own MinHashLSH holds every bucket in dictionaries, of which most hold one, and has no bound on what a
    query gives back.
    """
    import numpy as np

    if not signatures:
        return
    values = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(signatures), PERMUTATIONS).astype(np.uint64)
    for first in range(0, PERMUTATIONS, ROWS):
        band = values[:, first]
        for row in range(first + 1, first + ROWS):
            band = band * np.uint64(0x9E3779B97F4A7C15) + values[:, row]
        order = np.argsort(band, kind="stable")
        yield order, np.diff(band[order]) == 0
