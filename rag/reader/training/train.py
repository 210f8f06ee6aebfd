"""Trains the reader, and writes what it learned and how well it does on articles it never saw.

python -m rag.reader.training.train ../shared --out build/reader
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.encoder import bundled_weights
from rag.reader.training import sources
from rag.reader.training.batches import Batch, batches, tokenized
from rag.reader.training.examples import Group
from rag.reader.training.mixture import BESIDE_WRITTEN, FIRST, SECOND, examples
from rag.reader.training.network import Network
from rag.reader.training.worlds import said_groups, world_groups, worlds
from rag.reader.training.written import written, written_groups
from rag.reader.windows import Windows

SEED = 0
PEAK = 1.2e-4
"""Highest learning rate; the heads, which start from nothing, learn three times as fast."""
WARM_UP = 0.04
SMOOTHING = 0.03
"""Planted errors sometimes say the same and real labels are sometimes wrong: no label is quite 0 or 1."""


def main() -> None:
    """Command line: where the data lie, where the weights go, how much of the data is used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/reader"))
    parser.add_argument("--share", type=float, default=1.0, help="share of the examples, for a learning curve")
    parser.add_argument("--without", default="", help="kinds of example left out, for an ablation: comma-separated")
    parser.add_argument("--start", type=Path, help="weights of an earlier pass to go on from")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes other near misses of the same data")
    parser.add_argument("--peak", type=float, default=PEAK, help="highest learning rate")
    parser.add_argument(
        "--written", type=float, default=0, help="how often the questions written for this are gone through"
    )
    parser.add_argument("--worlds", type=int, default=0, help="how often the worlds of invented news are gone through")
    parser.add_argument(
        "--frozen", type=int, default=0, help="lowest layers that stay as they are: a fifth faster for two"
    )
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    misses = BESIDE_WRITTEN if chosen.written else SECOND if chosen.start else FIRST
    groups = examples(chosen.shared, random.Random(chosen.seed), misses, dev=False)  # noqa: S311
    left_out = tuple(filter(None, chosen.without.split(",")))
    if left_out:
        groups = [g for group in groups if (g := tuple(p for p in group if not p.kind.startswith(left_out)))]
    if chosen.share < 1:
        groups = random.Random(chosen.seed).sample(groups, int(len(groups) * chosen.share))  # noqa: S311
    if chosen.written:
        rows, wires = sources.asked(chosen.shared / "train"), sources.wires(chosen.shared / "corpora")
        texts = written(rows, wires)
        for turn in range(math.ceil(chosen.written)):
            chance = random.Random(chosen.seed + turn)  # noqa: S311
            made = written_groups(texts, chance, dev=False)
            groups += chance.sample(made, int(len(made) * min(1, chosen.written - turn)))
    held = worlds() if chosen.worlds else []
    for turn in range(chosen.worlds):
        chance = random.Random(chosen.seed + turn)  # noqa: S311
        groups += [*world_groups(held, chance), *said_groups(held, chance)]
    train(groups, chosen.out, chosen.start, chosen.peak, chosen.seed, chosen.frozen)


def train(groups: Sequence[Group], out: Path, start: Path | None, peak: float, seed: int, frozen: int = 0) -> None:
    """One pass over the groups; writes `network.pt` into `out`, and a line of the losses every hundred steps.

    A pass that was cut off goes on from `state.pt`, which is written beside it every two hundred steps.
    """
    folder = bundled_weights()
    network = Network(folder)
    if start:
        network.load_state_dict({k: v.float() for k, v in torch.load(start, weights_only=True).items()})
    for layer in network.encoder.encoder.layer[:frozen]:
        layer.requires_grad_(False)
    # Where the processor computes in bf16 the forward and backward pass run in it throughout, twice as fast as
    # autocast; what learns is fp32.
    bf16 = getattr(torch.cpu, "_is_avx512_bf16_supported", bool)()
    fast = copy.deepcopy(network).to(torch.bfloat16 if bf16 else torch.float32)
    fast.train()
    todo = list(batches(tokenized(groups, Windows(folder / "tokenizer.json")), random.Random(seed)))  # noqa: S311
    total = sum(b.mask.numel() for b in todo)
    pairs = sum(len(b.ids) for b in todo)
    print(f"{len(groups):,} groups, {pairs:,} pairs, {len(todo):,} steps, {total:,} tokens", flush=True)
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder")]
    layers = [p for n, p in network.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": layers, "share": 1.0}, {"params": heads, "share": 3.0}], lr=peak, weight_decay=0.01, fused=True
    )
    slow_fast = [(a, b) for (a, b) in zip(network.parameters(), fast.parameters(), strict=True) if a.requires_grad]
    done = 0
    if (out / "state.pt").is_file():
        state = torch.load(out / "state.pt", weights_only=True)
        network.load_state_dict(state["network"])
        fast.load_state_dict(network.state_dict())
        optimizer.load_state_dict(state["optimizer"])
        done = int(state["step"])
        print(f"going on after step {done}", flush=True)
    began, seen, sums = time.monotonic(), 0, np.zeros(6)
    left = sum(b.mask.numel() for b in todo[done:])
    for step, batch in enumerate(todo[done:], start=done + 1):
        rate = peak * min(step / (WARM_UP * len(todo)), 1.02 - step / len(todo))
        for part in optimizer.param_groups:
            part["lr"] = rate * part["share"]
        losses = loss_of(fast, batch)
        sum(losses).backward()  # type: ignore[union-attr]
        with torch.no_grad():
            for slow, quick in slow_fast:
                slow.grad = quick.grad.float() if quick.grad is not None else None
                quick.grad = None
            torch.nn.utils.clip_grad_norm_([slow for slow, _ in slow_fast], 1.0)
            optimizer.step()
            for slow, quick in slow_fast:
                quick.copy_(slow)
        seen += batch.mask.numel()
        sums += [float(x.detach()) for x in losses]
        if step % 100 == 0:
            pace = seen / (time.monotonic() - began)
            shown = " ".join(f"{x:.3f}" for x in sums / 100)
            print(f"{step:6} {shown}  {pace:,.0f} tokens/s  {(left - seen) / pace / 60:.0f} min left", flush=True)
            sums[:] = 0
        if step % 200 == 0:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
            torch.save(state, out / "state.new")
            (out / "state.new").replace(out / "state.pt")
        if step == len(todo):
            (out / "state.pt").unlink(missing_ok=True)
            torch.save({k: v.half() for k, v in network.state_dict().items()}, out / "network.pt")
    (out / "training.json").write_text(
        json.dumps(
            {
                "seed": seed,
                "pairs": pairs,
                "steps": len(todo),
                "tokens": total,
                "steps_since_a_break": len(todo) - done,
                "minutes_since_a_break": (time.monotonic() - began) / 60,
            }
        )
    )


def loss_of(network: torch.nn.Module, batch: Batch) -> tuple[Tensor, ...]:
    """The losses of a batch: three judgements, the span, and two rankings within the groups."""
    judged, span = network(batch.ids, batch.mask, batch.kinds)
    judged, span = judged.float(), span.float()
    known = ~batch.judgements.isnan()
    target = batch.judgements.nan_to_num().clamp(SMOOTHING, 1 - SMOOTHING)
    each = functional.binary_cross_entropy_with_logits(judged, target, reduction="none") * known
    single = each.sum(0) / known.sum(0).clamp(min=1)
    span = span.masked_fill(~batch.kinds.bool().unsqueeze(-1), -1e4)
    gold = batch.start.any(1)
    if gold.any():
        spans = (_marginal(span[gold, :, 0], batch.start[gold]) + _marginal(span[gold, :, 1], batch.end[gold])) / 2
    else:
        spans = span.sum() * 0
    return single[0], single[1], single[2], spans, *(_ranking(judged[:, i], batch, i) for i in (0, 1))


def _marginal(scores: Tensor, right: Tensor) -> Tensor:
    """Mean of -log of the probability that one of the right tokens is chosen."""
    return (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()


def _ranking(scores: Tensor, batch: Batch, head: int) -> Tensor:
    """Half the mean of -log softmax of the true pair among those of its group (listwise, ListNet top one)."""
    label = batch.judgements[:, head]
    losses = []
    for number in torch.unique(batch.group[label == 1]):
        members = (batch.group == number) & ~label.isnan()
        if members.sum() > 1:
            held = scores[members]
            losses.append(held.logsumexp(0) - held[label[members] == 1].logsumexp(0))
    return 0.5 * torch.stack(losses).mean() if losses else scores.sum() * 0


if __name__ == "__main__":
    main()
