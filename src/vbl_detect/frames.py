"""Detection over a table: pandas in, pandas out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from spacy.language import Language

from vbl_detect.detection import detect
from vbl_detect.entries import with_entries
from vbl_detect.errors import UsageError
from vbl_detect.pipeline import load
from vbl_detect.readers.columns import no_column
from vbl_detect.records import FINDING_COLUMNS, Note, kept_column_name
from vbl_detect.selection import Selection
from vbl_detect.writers.visible import without_surrogates

#: The key under which a note carries the position of its row through detection.
_POSITION = "\0position"


def detect_df(
    df: pd.DataFrame,
    text_column: str = "text",
    *,
    id_column: str | None = None,
    keep_columns: Sequence[str] | None = None,
    nlp: Language | None = None,
    selection: Selection | None = None,
    min_score: float | None = None,
    split: bool = True,
    mask: bool = False,
) -> pd.DataFrame:
    """Find victim-blaming wording in a column of a table.

    Parameters
    ----------
    df : DataFrame of shape (n_notes, n_columns)
        One note a row; a missing text is no note.
    text_column : str
        The column that holds the notes.
    id_column : str, optional
        The column with the record's reference.
    keep_columns : sequence of str, optional
        The columns to carry over; None: all but the two above.
    nlp : Language, optional
        A pipeline made by `vbl_detect.load`; None: a fresh one.
    selection, min_score, mask : optional
        As for `detect`; a mask is over the columns carried too, as text.
    split : bool
        Whether a note that holds a log is judged entry by entry; see `find_entries`.

    Returns
    -------
    DataFrame of shape (n_findings, n_finding_columns + n_kept)
        One finding a row, under the index of the row it was found in. Every column is there also
        when nothing is found.

    Raises
    ------
    UsageError
        If a named column does not exist.
    """
    used = [text_column] if id_column is None else [text_column, id_column]
    kept = [c for c in df.columns if c not in used] if keep_columns is None else list(keep_columns)
    for column in (*used, *kept):
        if column not in df.columns:
            raise UsageError(no_column(str(column), [*map(str, df.columns)]))
    ids = df[id_column] if id_column is not None else [None] * len(df)
    notes: Iterable[Note] = (
        Note(
            text=text,
            record_id=None if pd.isna(ref) else str(ref),
            meta={_POSITION: position} | ({c: df[c].iloc[position] for c in kept} if mask else {}),
        )
        for position, (text, ref) in enumerate(zip(df[text_column], ids, strict=True))
        if isinstance(text, str)
    )
    if split:
        notes = map(with_entries, notes)
    found = detect(notes, nlp or load(), selection=selection, min_score=min_score, mask=mask)
    findings = list(found)
    positions = [finding.meta[_POSITION] for finding in findings]
    rows = [
        {name: _cell(getattr(finding, name)) for name in FINDING_COLUMNS} for finding in findings
    ]
    result = pd.DataFrame(rows, columns=list(FINDING_COLUMNS), index=df.index[positions])
    for column in kept:
        values = df[column].to_numpy()[positions]
        if mask:
            values = np.array([finding.meta[column] for finding in findings], dtype=object)
        result[kept_column_name(str(column))] = values
    return result


def _cell(value: object) -> object:
    # pandas keeps text as UTF-8.
    return without_surrogates(value) if isinstance(value, str) else value
