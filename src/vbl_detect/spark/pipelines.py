"""The pipeline in a worker process: loaded once, and the same as the driver's."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from vbl_detect import __version__
from vbl_detect.errors import IntegrityError
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.records import ModelChoice

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What to load, and what the driver has.

    Attributes
    ----------
    model : {"full", "fast"} or None
        As for `load`.
    lexicons : tuple of str
        Lexicon folders, in the same place on every worker.
    version, lexicon_sha256 : str
        The driver's vbl-detect and lexicon; other ones would find something else.
    """

    model: ModelChoice | None
    lexicons: tuple[str, ...]
    version: str
    lexicon_sha256: str

    def load(self) -> Language:
        """Return the pipeline; Spark uses its worker processes again, and they keep it.

        Raises
        ------
        IntegrityError
            If the worker has another version or another lexicon than the driver.
        """
        return _loaded(self)


@lru_cache(maxsize=2)
def _loaded(wanted: Pipeline) -> Language:
    remedy = "install the same vbl-detect on the driver and on every worker"
    if wanted.version != __version__:
        raise IntegrityError(
            f"the driver has vbl-detect {wanted.version} and a worker {__version__}; {remedy}"
        )
    # One thread for the tagger: the other cores have workers of their own.
    nlp = load(lexicons=wanted.lexicons, model=wanted.model, threads=1)
    if find_matcher(nlp).lexicon.sha256 != wanted.lexicon_sha256:
        raise IntegrityError(f"a worker's lexicon is not the driver's; {remedy}")
    return nlp
