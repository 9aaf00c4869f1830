"""Detection over a Spark DataFrame."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vbl_detect import __version__
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.records import FINDING_COLUMNS, ModelChoice
from vbl_detect.selection import Selection
from vbl_detect.spark.columns import (
    ERROR,
    REFERENCE,
    TEXT,
    Travel,
    kept_name,
    output_names,
    quoted,
    resolve,
    result_schema,
)
from vbl_detect.spark.extra import require_pyspark
from vbl_detect.spark.pipelines import Pipeline
from vbl_detect.spark.worker import Judging

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

#: A longer text, in characters, is no note; judging it would keep one worker busy for minutes.
MOST_CHARACTERS = 1_000_000


def detect_df(
    sdf: DataFrame,
    text_column: str = "text",
    *,
    id_column: str | None = None,
    keep_columns: Sequence[str] | None = None,
    model: ModelChoice = "full",
    lexicons: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_score: float | None = None,
    split: bool = True,
    mask: bool = False,
    max_characters: int = MOST_CHARACTERS,
) -> DataFrame:
    """Find victim-blaming wording in a column of a Spark DataFrame.

    Nothing is judged before the result is asked for. What is found in a note is what
    `vbl_detect.detect_df` finds in it on one machine.

    Parameters
    ----------
    sdf : DataFrame
        One note a row.
    text_column : str
        The column that holds the notes.
    id_column : str, optional
        The column with the record's reference.
    keep_columns : sequence of str, optional
        The columns to carry over, with their types; None: all but the two above. Arrays, maps and
        structs become JSON.
    model : {"full", "fast"}
        The whole classifier, or the same without its contextual tagger.
    lexicons : sequence of str or Path
        Your own lexicon folders, in the same place on every worker.
    select, ignore : sequence of str
        The codes to report, as of `Selection`.
    min_score : float, optional
        Findings below this score, 0 to 1, do not count; None: the threshold of the model.
    split : bool
        Whether a note that holds a log is judged entry by entry.
    mask : bool
        Whether personal details are blacked out, as for `detect`; kept columns become text.
    max_characters : int
        A longer text is not judged, and reported as an error.

    Returns
    -------
    DataFrame
        One finding a row: `FINDING_COLUMNS`, the kept columns, and ``error``. A row of `sdf` that
        cannot be judged gives one row with the reason in ``error``, its reference and its kept
        columns, and nulls elsewhere; a kept column with the name of another one is called
        ``kept_NAME``.

    Raises
    ------
    UsageError
        If PySpark is not installed, or a column or a code does not exist.

    Examples
    --------
    >>> found = vbl_detect.spark.detect_df(notes, id_column="ref")  # doctest: +SKIP
    >>> found.where("error is null and counted").groupBy("category").count()  # doctest: +SKIP
    """
    require_pyspark()
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - an extra

    text = resolve(sdf, text_column)
    reference = None if id_column is None else resolve(sdf, id_column)
    if keep_columns is None:
        kept = [name for name in sdf.columns if name not in (text, reference)]
    else:
        kept = [resolve(sdf, name) for name in keep_columns]
    travels = [Travel.of(sdf, name, as_text=mask) for name in kept]
    selection = Selection(tuple(select), tuple(ignore))
    lexicon = find_matcher(load(lexicons=lexicons, model=None)).lexicon
    selection.codes(lexicon)  # a wrong name is told here, and not by a job that fails
    judging = Judging(
        pipeline=Pipeline(
            model=model,
            lexicons=tuple(map(str, lexicons)),
            version=__version__,
            lexicon_sha256=lexicon.sha256,
        ),
        selection=selection,
        min_score=min_score,
        split=split,
        mask=mask,
        max_characters=max_characters,
        kept=tuple(kept),
    )
    as_bytes = Travel.of(sdf, text).data_type.typeName() == "string"
    column = F.col(quoted(text))
    sent = sdf.select(
        # Bytes that are no UTF-8 are a row's fault; as text they would end the job.
        (column.cast("binary") if as_bytes else column).alias(TEXT),
        (
            F.lit(None).cast("string")
            if reference is None
            else Travel.of(sdf, reference, as_text=True).out()
        ).alias(REFERENCE),
        *(travel.out().alias(kept_name(number)) for number, travel in enumerate(travels)),
    )
    found = map_in_pandas(sent, judging, result_schema([travel.kind for travel in travels]))
    return found.select(
        *FINDING_COLUMNS,
        *(
            travel.back(F.col(kept_name(number))).alias(name)
            for number, (travel, name) in enumerate(zip(travels, output_names(kept), strict=True))
        ),
        ERROR,
    )


def map_in_pandas(
    sdf: DataFrame,
    function: Callable[[Iterable[pd.DataFrame]], Iterator[pd.DataFrame]],
    schema: str,
) -> DataFrame:
    """Return what a function makes of a table on the workers.

    Parameters
    ----------
    sdf : DataFrame
        The table.
    function : callable
        Takes frames and yields frames.
    schema : str
        What it yields, as Spark's DDL.
    """
    with warnings.catch_warnings():
        # Text, bytes and numbers are all that passes, and they do.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        return sdf.mapInPandas(function, schema)
