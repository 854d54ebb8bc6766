"""The session of Spark: the active one, or a new one."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import UsageError
from copydesk.project import install_command

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["session", "undisturbed"]

#: Settings of a new session, where Spark's own configuration has no others. A task has one core, and so has its polars.
_SETTINGS = {
    "spark.app.name": "copydesk",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}


def session() -> SparkSession:
    """Return the active session, or start one.

    Its master is that of spark-submit or of Spark's own configuration, else $SPARK_MASTER, else local[*].

    Raises:
        UsageError: pyspark or Java are missing, or Spark does not start.
    """
    with undisturbed():
        try:
            from pyspark import SparkConf
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise UsageError(
                f"--engine spark needs pyspark ({error}). Install it: `{install_command('spark')}`."
            ) from error
        active = SparkSession.getActiveSession()
        if active is not None:
            return active
        _find_java()
        master = os.environ.get("SPARK_MASTER")
        if (master or "local").startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            settings = SparkConf()
            for name, value in _SETTINGS.items():
                settings.setIfMissing(name, value)
            settings.setIfMissing("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
            if master:
                settings.setMaster(master)
            return SparkSession.builder.config(conf=settings).getOrCreate()
        except (PySparkException, OSError) as error:
            raise UsageError(f"Spark does not start: {str(error).strip().splitlines()[0]}") from error


@contextmanager
def undisturbed() -> Iterator[None]:
    """Silence the warning that pyspark 4.3 does not support pandas 3: all that is used here is Arrow, not pandas."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _find_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").is_file() if home else shutil.which("java")):
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        raise UsageError(
            f"--engine spark needs Java 17 or newer: there is none {where}. Install it, for example with: sudo"
            " apt-get install openjdk-17-jre-headless"
        )
