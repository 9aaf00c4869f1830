"""Detection on Spark, with the extra ``[spark]``: a Spark DataFrame in, one of findings out.

Importing this package imports no PySpark; `detect_df` does. docs/spark.md shows a whole job.
"""

from __future__ import annotations

from vbl_detect.spark.frames import detect_df

__all__ = ["detect_df"]
