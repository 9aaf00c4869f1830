"""The tagger as it is shipped: ONNX with 8-bit weights, one window in, probabilities out."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import torch

from vbl_detect.classifier.onnx import import_onnxruntime
from vbl_detect.classifier.tagger import MODEL_FILE, TOKENIZER_FILE
from vbl_detect.training.tagger import TokenTagger
from vbl_detect.training.windows import encoder_tokenizer


class _Exported(torch.nn.Module):
    """The tagger as it is shipped: one window of ids in, probabilities out."""

    def __init__(self, model: TokenTagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        contexts, categories = self.model(ids, torch.ones_like(ids))
        return contexts.softmax(-1), categories.softmax(-1)


def export_tagger(model: TokenTagger, folder: Path) -> None:
    """Write the model as ONNX with 8-bit weights, and its tokenizer.

    Parameters
    ----------
    model : TokenTagger
        What `fit_tagger` returned.
    folder : Path
        An existing folder.
    """
    import_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    # The exporter tells its steps on standard output and warns of libraries that are not needed.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    full = folder / "tagger-32-bit.onnx"
    sample = torch.ones((1, 16), dtype=torch.int64)
    length: Any = torch.export.Dim("length", min=2, max=512)
    torch.onnx.export(
        _Exported(model).eval(),
        (sample,),
        str(full),
        input_names=["ids"],
        output_names=["contexts", "categories"],
        dynamic_shapes={"ids": {1: length}},
        external_data=False,
        dynamo=True,
        verbose=False,
    )
    quantize_dynamic(full, folder / MODEL_FILE, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    _forget_how_it_was_made(folder / MODEL_FILE)
    encoder_tokenizer().save(str(folder / TOKENIZER_FILE))


def _forget_how_it_was_made(path: Path) -> None:
    """Take out the exporter's traces: paths of the machine, and a fiftieth of the bytes."""
    import onnx  # noqa: PLC0415

    model = onnx.load(path)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info):
        part.ClearField("metadata_props")
    onnx.save(model, path)
