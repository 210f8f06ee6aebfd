"""Keeps Chroma in step with the truth: adds what it lacks, removes what is gone, starts anew when damaged.

One mechanism serves the first build, every sync, a crash, a deleted folder and a truncated file.
Before Chroma is touched, its state in the truth is set to "open"; when it has been closed again,
the generation it follows and a seal of its files are written there. So an index whose last writer
was killed, or whose files are not as they were left, is recognised before Chroma opens it.
Every new start is made in a new sub-folder: Chroma keeps what it knows of a path as long as the process lives.
"""

from __future__ import annotations

import json
import logging

from index.store.database import Database
from index.store.embeddings import NEXT, vector_ids, vectors
from index.store.vectors import Damaged, Unreachable, VectorIndex, VectorPlace
from index.values import Progress

_ROUNDING = 1e-3
"""Chroma brings vectors to unit length once more, which moves the last digits."""
_OPEN = "open"
LAYOUT = "a vector a distinct text"
"""What the ids in Chroma stand for: an index laid out otherwise is made anew."""
_log = logging.getLogger("pilcrow")


def current(database: Database) -> str:
    """The name of the index that is used now."""
    return database.get("vectors_folder", "0")


def in_step(database: Database, place: VectorPlace) -> bool:
    """True when Chroma holds exactly what the truth holds and is as it was left. Raises Unreachable."""
    followed = database.get("vectors_generation") == str(database.generation)
    return followed and _laid_out(database) and _sound(database, place)


def follow(database: Database, place: VectorPlace, progress: Progress | None = None, *, thorough: bool = False) -> str:
    """Brings Chroma in step with the truth; the caller holds the library's lock and has no index open.

    Nothing is embedded again: the vectors are in the truth. Returns a sentence when the index was
    missing or damaged and has been made anew, else "". `thorough` compares every vector with
    the truth even where nothing seems to have changed. Raises Damaged when not even a new one can be made.
    """
    if in_step(database, place) and not thorough:
        return ""
    state = database.get("vectors_generation")
    why = _why_anew(database, place) if state else ""
    if state and not why:
        try:
            if _step(database, place, progress, compare=thorough):
                return ""
        except Unreachable:
            raise
        except Damaged as damage:
            why = f"could not be read ({damage})"
    _start_anew(database, place)
    _step(database, place, progress, anew=True)
    if not why:
        return ""
    sentence = f"The vector index {why}; it has been rebuilt from the stored embeddings."
    _log.warning(sentence)
    return sentence


def distrust(database: Database) -> None:
    """Notes that Chroma's files may be in any state: until they are in step again, they will be made anew."""
    database.set(vectors_generation=_OPEN)


def build_second(
    database: Database, place: VectorPlace, progress: Progress | None = None
) -> tuple[str, dict[str, str]]:
    """Makes a second index, of the embeddings that are to take the place of those in use.

    Returns the name of the one in use and what has to be remembered for the second to be used. Raises Damaged.
    """
    name = current(database)
    if spare := database.get("vectors_spare"):
        place.wipe(spare)  # of a first try that was broken off
    second, generation = place.next_name(name), str(database.generation + 1)
    database.set(vectors_spare=second)
    index = place.open(second, create=True)
    try:
        done, total = 0, database.one(f"SELECT count(*) FROM {NEXT}")
        for ids, matrix in vectors(database, table=NEXT):
            index.add(ids, matrix)
            done += len(ids)
            if progress:
                progress("Indexing", done, total)
        if index.count() != done:
            raise Damaged(f"it holds {index.count()} vectors where there should be {done}")
    finally:
        index.close()
    seal = json.dumps(place.seal(second))
    return name, {
        "generation": generation,
        "related": generation,
        "vectors_folder": second,
        "vectors_seal": seal,
        "vectors_generation": generation,
        "vectors_layout": LAYOUT,
        "vectors_spare": "",
    }


def _laid_out(database: Database) -> bool:
    return database.get("vectors_layout") == LAYOUT


def _sound(database: Database, place: VectorPlace) -> bool:
    return place.seal_holds(current(database), json.loads(database.get("vectors_seal", "{}")))


def _why_anew(database: Database, place: VectorPlace) -> str:
    if not place.exists(current(database)):
        return "was missing"
    if not _laid_out(database):
        return "was made by an earlier version"
    if database.get("vectors_generation") == _OPEN:
        return "" if place.lasting else "was left unfinished by a process that was ended"
    return "" if _sound(database, place) else "was damaged"


def _start_anew(database: Database, place: VectorPlace) -> None:
    distrust(database)
    place.wipe(current(database), strays=True)
    database.set(vectors_folder=place.next_name(current(database)))


def _step(
    database: Database, place: VectorPlace, progress: Progress | None, *, compare: bool = False, anew: bool = False
) -> bool:
    """Makes the index hold what the truth holds; False, with nothing done, where most of it would have to go."""
    generation = database.generation
    distrust(database)
    name = current(database)
    index = place.open(name, create=True)
    try:
        wanted = vector_ids(database)
        held = index.ids()
        gone = held.difference(wanted)
        # HNSW only marks removed vectors: after much churn a new index is smaller and truer.
        if len(gone) * 2 > len(held) and not anew:
            return False
        index.remove(sorted(gone))
        missing = set(wanted) - held
        done = 0
        for ids, matrix in vectors(database, only=missing) if missing else ():
            index.add(ids, matrix)
            done += len(ids)
            if progress:
                progress("Indexing", done, len(missing))
        if index.count() != len(wanted):
            raise Damaged(f"it holds {index.count()} vectors where there should be {len(wanted)}")
        if compare:
            _compare(database, index, progress)
    finally:
        index.close()
    database.set(vectors_seal=json.dumps(place.seal(name)), vectors_generation=str(generation), vectors_layout=LAYOUT)
    return True


def _compare(database: Database, index: VectorIndex, progress: Progress | None) -> None:
    """Raises Damaged unless the index holds exactly the truth's vectors."""
    done, total = 0, index.count()
    for ids, matrix in vectors(database):
        if abs(index.vectors(ids) - matrix).max() > _ROUNDING:
            raise Damaged("a vector in it is not the one that was stored")
        done += len(ids)
        if progress:
            progress("Comparing", done, total)
