"""The detector as the judge of what people write in exercises, loaded when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vbl_detect.records import ModelChoice

if TYPE_CHECKING:
    from vbl_detect.rewriting_checks import RewritingJudge


def judge_with(model: ModelChoice) -> RewritingJudge:
    """Return what checks a rewriting; the pipeline is loaded now.

    Parameters
    ----------
    model : {"full", "fast"}
        The classifier.
    """
    from vbl_detect.lean_spacy import import_spacy  # noqa: PLC0415 - most runs need none

    import_spacy()
    from vbl_detect.pipeline import load  # noqa: PLC0415
    from vbl_detect.rewriting_checks import check_rewriting  # noqa: PLC0415

    nlp = load(model=model)
    return lambda exercise, words: check_rewriting(exercise, words, nlp)
