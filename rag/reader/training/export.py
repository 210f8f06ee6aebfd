"""Writes a trained network as an OpenVINO model with 8-bit weights."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import openvino as ov
import torch
from openvino import opset13 as ops
from openvino.frontend import FrontEndManager
from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

from index.encoder import bundled_weights
from rag.reader.training.network import Network

SMALL = 4096
"""Tensors with fewer numbers than this stay as they are: biases and norms, which cost nothing to keep."""


def load(folder: Path, weights: Path) -> Network:
    """The network with the weights that training left in `weights`."""
    network = Network(folder, attention="sdpa")
    network.load_state_dict({k: v.float() for k, v in torch.load(weights, weights_only=True).items()})
    return network.eval()


def export(network: Network, out: Path, *, compressed: bool = True) -> None:
    """`reader.xml` and `reader.bin` in `out`, and the tokenizer beside them."""
    out.mkdir(parents=True, exist_ok=True)
    example = torch.ones(2, 8, dtype=torch.long)
    # Not ov.convert_model: that one reports its use to the makers where it can.
    front = FrontEndManager().load_by_framework("pytorch")
    decoder = TorchScriptPythonDecoder(network, example_input=(example, example, example))
    model = front.convert(front.load(decoder))
    for port, name in zip(model.inputs, ("ids", "mask", "kinds"), strict=True):
        port.get_tensor().set_names({name})
    for port, name in zip(model.outputs, ("judgements", "spans"), strict=True):
        port.get_tensor().set_names({name})
    if compressed:
        compress(model)
    ov.save_model(model, out / "reader.xml", compress_to_fp16=compressed)
    shutil.copy(bundled_weights() / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    """Command line: what training wrote, and the folder for the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--full", action="store_true", help="keep fp32, to see what the 8-bit weights lose")
    given = parser.parse_args()
    export(load(bundled_weights(), given.weights), given.out, compressed=not given.full)


def compress(model: ov.Model) -> None:
    """Replaces every large matrix by 8-bit whole numbers and one scale a row.

    Symmetric, rounded to nearest: w is about q * max|w| / 127 with q in -127..127. The runtime
    multiplies in bf16 or fp32; activations are not rounded.
    """
    for node in model.get_ordered_ops():
        if node.get_type_name() != "Constant" or node.get_element_type() not in (ov.Type.f32, ov.Type.f16):
            continue
        values = np.asarray(node.get_data(), dtype=np.float32)
        if values.ndim != 2 or values.size < SMALL:
            continue
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8) / 127
        whole = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        small = ops.constant(whole, dtype=ov.Type.i8)
        wide = ops.convert(small, "f32")
        restored = ops.multiply(wide, ops.constant(scale.astype(np.float32)))
        for target in list(node.output(0).get_target_inputs()):
            target.replace_source_output(restored.output(0))


if __name__ == "__main__":
    main()
