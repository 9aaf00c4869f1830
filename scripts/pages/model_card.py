"""The card of the shipped model, from its ``meta.json``."""

from __future__ import annotations

from vbl_detect import resources
from vbl_detect.classifier.model import read_meta
from vbl_detect.training.card import card


def page() -> str:
    """Return the card, in Markdown."""
    return card(resources.MODEL, read_meta(resources.find_model(resources.MODEL)))
