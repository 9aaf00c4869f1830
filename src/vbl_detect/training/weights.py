"""The weights of a shipped tagger, read back into the network that is fitted, and their mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from vbl_detect.classifier.model import META_FILE, read_meta
from vbl_detect.classifier.tagger import MODEL_FILE
from vbl_detect.errors import UsageError
from vbl_detect.integrity import check_sha256
from vbl_detect.training import fitted
from vbl_detect.training.tagger import TokenTagger, new_tagger

#: What the exporter sets before a weight's name, and the quantiser after it.
_BEFORE = "model."
_AFTER = "_quantized"


def read_tagger(folder: Path, categories: Sequence[str]) -> TokenTagger:
    """Return the tagger of a model folder, with its 8-bit weights as ordinary numbers.

    Parameters
    ----------
    folder : Path
        The model's folder.
    categories : sequence of str
        The slugs, in the order of the second head's outputs.

    Raises
    ------
    IntegrityError
        If the file was changed since it was written.
    UsageError
        If it tells other categories, or holds another network than the one that is fitted here.
    """
    path = folder / MODEL_FILE
    meta = read_meta(folder)
    check_sha256(path, str(meta["sha256"].get(MODEL_FILE, "")), META_FILE)
    tagger = new_tagger(len(categories))
    known = tagger.state_dict()
    found = {name: w for name, w in _weights(onnx.load(path).graph) if name in known}
    shapes = {name: weight.shape for name, weight in known.items()}
    same_network = shapes == {name: weight.shape for name, weight in found.items()}
    if list(categories) != meta["categories"] or not same_network:
        raise UsageError(
            f"{path}: this tagger is of another kind than the one that is fitted here; leave "
            "--after out to fit one anew"
        )
    tagger.load_state_dict(found)
    return tagger


def made_of(folder: Path) -> fitted.Made:
    """Return how the tagger of a model folder was made.

    Parameters
    ----------
    folder : Path
        The model's folder.
    """
    meta = read_meta(folder)
    told = meta.get("elsewhere")
    return fitted.Made(
        commands=tuple(told["commands"]) if told else (meta["tagger_command"],),
        devices=tuple(told["device"].split(", ")) if told else ("processor",),
        settings=meta["settings"],
        categories=tuple(meta["categories"]),
    )


def mean(first: TokenTagger, second: TokenTagger) -> TokenTagger:
    """Set the second tagger's weights to the mean of both (`fitted.mean`), and return it.

    Parameters
    ----------
    first, second : TokenTagger
        Two taggers of one shape.
    """
    second.load_state_dict(fitted.mean([first.state_dict(), second.state_dict()]))
    return second


def _weights(graph: onnx.GraphProto) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield each weight by the name that it has in the network."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def full(quantized: str) -> torch.Tensor:
        name = quantized.removesuffix(_AFTER)
        zero, scale = stored[f"{name}_zero_point"], stored[f"{name}_scale"]
        return torch.from_numpy((stored[quantized].astype("float32") - zero) * scale)

    reader = {name: node for node in graph.node for name in node.input}
    for name, value in stored.items():
        if name.startswith(_BEFORE) and name.endswith(_AFTER):
            yield name.removeprefix(_BEFORE).removesuffix(_AFTER), full(name)
        elif name.startswith(_BEFORE):
            yield name.removeprefix(_BEFORE), torch.tensor(value)

    def in_blocks(quantized: str, scales: str) -> torch.Tensor:
        whole = (stored[quantized].astype("float32") - 128) * stored[scales][..., None]
        return torch.from_numpy(whole.reshape(len(whole), -1))

    # A product's weights have lost their name; the bias that is added next has kept its own.
    for node in graph.node:
        if node.op_type in {"MatMulInteger", "MatMulNBits"}:
            after = node
            while after.op_type != "Add":
                after = reader[after.output[0]]
            [bias] = [name for name in after.input if name in stored]
            if node.op_type == "MatMulInteger":
                weight = full(node.input[1]).T.contiguous()
            else:
                weight = in_blocks(node.input[1], node.input[2])
            yield bias.removeprefix(_BEFORE).removesuffix("bias") + "weight", weight
