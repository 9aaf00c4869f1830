"""The columns of a Spark job: what travels to the workers, and what comes back.

Columns to keep travel as text or bytes and get their own types again afterwards. As themselves they
would pass through pandas, which makes floating-point numbers of integers with a null among them,
shifts an hour where the clocks go back, and fails on bytes that are no UTF-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vbl_detect.errors import UsageError
from vbl_detect.readers.columns import no_column
from vbl_detect.records import FINDING_COLUMNS, kept_column_name

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import DataType

#: What the workers call the note, its reference and, with a number after it, a kept column.
TEXT, REFERENCE, KEPT = "text", "reference", "kept"
#: The column that tells of a row what kept it from being judged.
ERROR = "error"

_TYPES = {
    "score": "double",
    "counted": "boolean",
    **dict.fromkeys(("row", "paragraph", "start", "end", "line", "col"), "bigint"),
}


def result_schema(kept: Sequence[str]) -> str:
    """Return the schema of what the workers give back, as Spark's DDL.

    Parameters
    ----------
    kept : sequence of str
        The type in which each kept column travels.
    """
    own = [f"`{name}` {_TYPES.get(name, 'string')}" for name in FINDING_COLUMNS]
    carried = [f"`{kept_name(number)}` {kind}" for number, kind in enumerate(kept)]
    return ", ".join([*own, *carried, f"`{ERROR}` string"])


def kept_name(number: int) -> str:
    """Return what the workers call a kept column, numbered from 0."""
    return f"{KEPT}_{number}"


def output_names(kept: Sequence[str]) -> list[str]:
    """Return the output names of kept columns; Spark does not tell upper from lower case.

    Parameters
    ----------
    kept : sequence of str
        Their names in the source.
    """
    taken = {*FINDING_COLUMNS, ERROR}
    return [
        f"kept_{name}" if name.lower() in taken else kept_column_name(str(name)) for name in kept
    ]


def resolve(sdf: DataFrame, name: str) -> str:
    """Return a column's name as the table spells it.

    Parameters
    ----------
    sdf : DataFrame
        The table.
    name : str
        The name asked for; upper and lower case count only if they must.

    Raises
    ------
    UsageError
        If there is no such column, or more than one.
    """
    fitting = [column for column in sdf.columns if column == name]
    fitting = fitting or [column for column in sdf.columns if column.lower() == name.lower()]
    if len(fitting) == 1:
        return str(fitting[0])
    if fitting:
        raise UsageError(f'there are {len(fitting)} columns "{name}"; rename one of them')
    raise UsageError(no_column(name, sdf.columns))


def quoted(name: str) -> str:
    """Return a column's name as Spark takes it whatever is in it, full stops included."""
    return f"`{name.replace('`', '``')}`"


@dataclass(frozen=True, slots=True)
class Travel:
    """How a column travels to the workers and back.

    Attributes
    ----------
    name : str
        The column.
    data_type : DataType
        Its type.
    as_text : bool
        Whether it stays text.
    """

    name: str
    data_type: DataType
    as_text: bool = False

    @classmethod
    def of(cls, sdf: DataFrame, name: str, *, as_text: bool = False) -> Travel:
        """Return how a column of a table travels."""
        return cls(name, next(f.dataType for f in sdf.schema.fields if f.name == name), as_text)

    @property
    def kind(self) -> str:
        """The type in which it comes back from the workers."""
        return "binary" if self._is("string", "binary") and not self.as_text else "string"

    def out(self) -> Column:
        """Return the column as the workers get it."""
        from pyspark.sql import functions as F  # noqa: N812, PLC0415

        column = F.col(quoted(self.name))
        if self._is("string", "binary"):
            return column.cast("binary")
        if self._is("timestamp") and not self.as_text:
            return F.unix_micros(column).cast("string")
        if self._is("array", "map", "struct", "variant"):
            return F.to_json(column)
        return column.cast("string")

    def back(self, column: Column) -> Column:
        """Return the column as it was, from what the workers gave back."""
        from pyspark.sql import functions as F  # noqa: N812, PLC0415

        if self.as_text or self._is("array", "map", "struct", "variant", "void"):
            return column
        if self._is("timestamp"):
            return F.timestamp_micros(column.cast("bigint"))
        return column.cast(self.data_type)

    def _is(self, *names: str) -> bool:
        return self.data_type.typeName() in names
