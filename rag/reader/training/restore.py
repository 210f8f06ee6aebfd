"""The network as it is shipped, back in the form in which it learns, so that a further pass can begin from it.

python -m rag.reader.training.restore rag/reader/weights build/reader/shipped.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import torch

from index.encoder import bundled_weights
from rag.reader.training.network import Network


def restore(weights: Path) -> Network:
    """The network whose export lies in `weights`, its 8-bit matrices widened: what rounding took stays lost.

    Raises ValueError where a weight of the network is not found in the export.
    """
    held = _constants(ov.Core().read_model(weights / "reader.xml"))
    network = Network(bundled_weights())
    known = dict(network.named_parameters())
    if missing := sorted(known.keys() - held.keys()):
        raise ValueError(f"{weights} has no {', '.join(missing)}: it is the export of another network.")
    network.load_state_dict({name: torch.from_numpy(held[name]) for name in known}, strict=False)
    return network


def _constants(model: ov.Model) -> dict[str, Any]:
    """Every weight by its name in the network: small ones keep it, of matrices the operation that uses them tells."""
    found: dict[str, Any] = {}
    for node in model.get_ordered_ops():
        name = node.get_friendly_name()
        if node.get_type_name() == "Constant" and name.startswith("self."):
            found[name.removeprefix("self.")] = _value(node)
        elif "/aten::linear/MatMul" in name or "/aten::embedding/Gather" in name:
            owner = name.removeprefix("__module.").split("/aten::")[0]
            matrix = node.input(0 if "Gather" in name else 1).get_source_output().get_node()
            found[f"{owner}.weight"] = _value(matrix)
    return found


def _value(node: Any) -> Any:
    """The numbers of a constant, or of one that is widened and scaled on its way."""
    kind = node.get_type_name()
    if kind == "Constant":
        return np.asarray(node.get_data(), dtype=np.float32)
    inputs = [_value(port.get_source_output().get_node()) for port in node.inputs()]
    if kind == "Convert":
        return inputs[0]
    if kind == "Multiply":
        return inputs[0] * inputs[1]
    raise ValueError(f"{node.get_friendly_name()} is a {kind}: this is no export of ours.")


def main() -> None:
    """Command line: the folder of the export, and the file for the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restore(given.weights).state_dict(), given.out)


if __name__ == "__main__":
    main()
