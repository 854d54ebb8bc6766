"""The session: the active one is used; one warning is silent, and no other."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from copydesk.errors import UsageError
from copydesk.spark.session import _find_java, session, undisturbed


def test_the_active_session_is_used(spark: Any) -> None:
    assert session() is spark or session().sparkContext is spark.sparkContext
    assert spark.conf.get("spark.executorEnv.POLARS_MAX_THREADS") == "1"


def test_only_the_warning_about_pandas_is_silent() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        with undisturbed():
            warnings.warn("PySpark does not yet fully support pandas >= 3.0.0.", FutureWarning, stacklevel=1)
            warnings.warn("the cluster is full", UserWarning, stacklevel=1)
    assert [str(w.message) for w in seen] == ["the cluster is full"]


def test_java_is_looked_for_where_java_home_points(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="in JAVA_HOME"):
        _find_java()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    _find_java()
