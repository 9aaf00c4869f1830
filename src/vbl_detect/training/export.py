"""The tagger as it is shipped: ONNX with 8-bit weights, one window in, probabilities out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from vbl_detect.classifier.onnx import import_onnxruntime
from vbl_detect.classifier.tagger import MODEL_FILE, TOKENIZER_FILE
from vbl_detect.training.tagger import TokenTagger
from vbl_detect.training.windows import encoder_tokenizer

#: Numbers of a row that share one scale, where rows are rounded on their own. On held-out notes
#: 32 to 256 did as well; longer ones take less time.
BLOCK = 128
#: onnxruntime's level at which it rounds rows to 8 bits as well.
_ROUND_ROWS = 4


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
    _quantize(full, folder / MODEL_FILE)
    full.unlink()
    _forget_how_it_was_made(folder / MODEL_FILE)
    encoder_tokenizer().save(str(folder / TOKENIZER_FILE))


def _quantize(full: Path, path: Path) -> None:
    """Write the model with 8-bit weights, which also rounds what goes into each product to 8 bits.

    What comes out of an activation differs a hundredfold from wordpiece to wordpiece: with one
    scale for a whole window the small ones are lost, and with them 0.01 of average precision. There
    each wordpiece has scales of its own, a `BLOCK` of numbers at a time. In the other products that
    takes time and changes nothing that could be measured.
    """
    import_onnxruntime()
    with _quiet():
        import onnx  # noqa: PLC0415
        from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415
        from onnxruntime.quantization.matmul_nbits_quantizer import (  # noqa: PLC0415
            DefaultWeightOnlyQuantConfig,
            MatMulNBitsQuantizer,
        )

        graph = onnx.load(full).graph
        activated = {name for node in graph.node if node.op_type == "Gelu" for name in node.output}
        products = [node for node in graph.node if node.op_type == "MatMul"]
        by_row = [node.name for node in products if node.input[0] in activated]
        quantize_dynamic(
            full,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=by_row,
        )
        quantizer = MatMulNBitsQuantizer(
            onnx.load(path),
            nodes_to_exclude=[node.name for node in products if node.name not in by_row],
            algo_config=DefaultWeightOnlyQuantConfig(
                block_size=BLOCK, is_symmetric=True, accuracy_level=_ROUND_ROWS, bits=8
            ),
        )
        quantizer.process()
        onnx.save(quantizer.model.model, path)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the quantiser from telling its steps; it sets the whole process to log them."""
    root = logging.getLogger()
    handler = logging.NullHandler()
    root.addHandler(handler)
    logging.getLogger("onnxruntime").setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.removeHandler(handler)


def _forget_how_it_was_made(path: Path) -> None:
    """Take out the exporter's traces: paths of the machine, and a fiftieth of the bytes."""
    import onnx  # noqa: PLC0415

    model = onnx.load(path)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info):
        part.ClearField("metadata_props")
    onnx.save(model, path)
