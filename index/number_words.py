"""Numbers written as words."""

from __future__ import annotations

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

UNITS = {word: number for number, word in enumerate(_UNITS.split())}
"""zero to nineteen."""
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
"""twenty, thirty … ninety."""
