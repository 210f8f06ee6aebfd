"""Averages the weights of a reader with those that its last pass began from: it keeps more of what it knew before.

python -m rag.reader.training.average build/reader/before.pt build/reader/after.pt build/reader/network.pt --share 0.6

Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Command line: the two networks, where the average goes, and how much of it is the later one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.6, help="share of the later weights")
    given = parser.parse_args()
    before, after = (torch.load(path, weights_only=True) for path in (given.before, given.after))
    torch.save(average(before, after, given.share), given.out)


def average(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """Every weight of `after`, as `share` of it and the rest of `before`; in half precision, as `train` writes them."""
    return {name: torch.lerp(before[name].float(), held.float(), share).half() for name, held in after.items()}


if __name__ == "__main__":
    main()
