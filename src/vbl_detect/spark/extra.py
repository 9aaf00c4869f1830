"""Whether PySpark and Java are there, and what to do if not."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from vbl_detect.errors import UsageError


def require_pyspark() -> None:
    """Make sure that PySpark can be imported.

    Raises
    ------
    UsageError
        If it is not installed.
    """
    if find_spec("pyspark") is None:
        raise UsageError(
            "Spark needs PySpark, which is not installed; install it with "
            "pip install 'vbl-detect[spark]', and Java 17"
        )


def require_java() -> None:
    """Make sure that there is a Java to start Spark with.

    Raises
    ------
    UsageError
        If neither ``JAVA_HOME`` nor the path leads to one.
    """
    home = os.environ.get("JAVA_HOME")
    if home:
        if shutil.which("java", path=str(Path(home, "bin"))) is None:
            raise UsageError(
                f"JAVA_HOME is {home}, where there is no bin/java; let it name the folder of a "
                "Java 17, or unset it"
            )
    elif shutil.which("java") is None:
        raise UsageError(
            "Spark needs Java, and none was found; install Java 17 (on Debian and Ubuntu: "
            "apt-get install openjdk-17-jre-headless) or set JAVA_HOME to its folder"
        )
