"""What a worker process runs: texts in, hits out, until nothing more comes.

Imports are late: a worker starts as fast as a command does, and ``import_spacy`` has to come first.
"""

from __future__ import annotations

import gc
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from vbl_detect.lean_spacy import collect_seldom, import_spacy
from vbl_detect.records import ModelChoice


class Plan(NamedTuple):
    """What a worker loads.

    Attributes
    ----------
    lexicons : tuple of Path
        The user's own lexicon folders.
    model : {"full", "fast"}
        The classifier.
    """

    lexicons: tuple[Path, ...]
    model: ModelChoice


def serve(connection: Connection, plan: Plan) -> None:
    """Load the pipeline, send the lexicon's hash, then answer each batch with its hits.

    An error is sent in place of an answer. It ends when the other side closes the connection.

    Parameters
    ----------
    connection : Connection
        Sends what `vbl_detect.hits.find_hits` takes, and gets what it returns.
    plan : Plan
        What to load.
    """
    # Ctrl-C reaches every process of the terminal; the one in charge ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    try:
        import_spacy()
        from vbl_detect.hits import find_hits  # noqa: PLC0415
        from vbl_detect.pipeline import find_matcher, load  # noqa: PLC0415

        # One thread for the tagger: the other cores have workers of their own.
        nlp = load(lexicons=plan.lexicons, model=plan.model, threads=1)
        gc.freeze()  # what is loaded stays, and is not searched again
        connection.send(find_matcher(nlp).lexicon.sha256)
        while True:
            connection.send(find_hits(connection.recv(), nlp))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:
        _tell(connection, error)


def _tell(connection: Connection, error: Exception) -> None:
    try:
        connection.send(error)
    except OSError:
        return
    except Exception:
        connection.send(RuntimeError(type(error).__name__))
