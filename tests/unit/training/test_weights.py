"""A shipped tagger's weights are read back as what it says, and a mean lies half-way."""

from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from vbl_detect import resources
from vbl_detect.classifier.model import read_meta
from vbl_detect.classifier.onnx import import_onnxruntime
from vbl_detect.classifier.tagger import MODEL_FILE
from vbl_detect.errors import UsageError

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("transformers", reason="the extra [train] is not installed")
weights = pytest.importorskip("vbl_detect.training.weights")
windows = pytest.importorskip("vbl_detect.training.windows")
pytestmark = pytest.mark.slow


def shipped() -> Path:
    return resources.find_model(resources.MODEL)


@pytest.fixture(scope="module")
def tagger():
    return weights.read_tagger(shipped(), read_meta(shipped())["categories"])


def test_the_network_says_what_the_shipped_file_says(tagger):
    text = "[CLS] She chose to go back to him. Officers searched the park. [SEP]"
    ids = torch.tensor([windows.encoder_tokenizer().encode(text, add_special_tokens=False).ids])
    session = import_onnxruntime().InferenceSession(shipped() / MODEL_FILE)

    with torch.no_grad():
        contexts, _ = tagger.eval()(ids, torch.ones_like(ids))

    expected, _ = session.run(None, {"ids": ids.numpy()})
    assert expected[0, :, 1].max() > 0.5
    # The file rounds what passes between its layers to 8 bits as well.
    np.testing.assert_allclose(contexts.softmax(-1).numpy(), expected, atol=0.1)


def test_a_tagger_of_other_categories_is_refused():
    with pytest.raises(UsageError, match="of another kind"):
        weights.read_tagger(shipped(), ["one", "two"])


def test_a_mean_lies_half_way(tagger):
    moved = deepcopy(tagger)
    with torch.no_grad():
        moved.contexts.bias += 1.0

    between = weights.mean(tagger, moved)

    torch.testing.assert_close(between.contexts.bias, tagger.contexts.bias + 0.5)
    torch.testing.assert_close(between.contexts.weight, tagger.contexts.weight)


def test_a_fit_that_goes_on_from_a_model_tells_how_that_was_made(tagger):
    meta = read_meta(shipped())

    made = weights.made_of(shipped())

    assert list(made.categories) == meta["categories"]
    assert made.commands[-1] in (shipped() / "README.md").read_text("utf-8")
