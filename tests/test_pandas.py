"""`frame.copydesk.check()`, whichever of pandas and copydesk is imported first."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

import copydesk
import copydesk.pandas
from copydesk.errors import MappingError


class NoJudge:
    """Judges nothing."""

    def expect(self, suite: object) -> None:
        """Take the suite."""

    def ready(self) -> None:
        """Wait for nothing."""

    def judge(self, signals: object) -> Any:
        """Return what returns no results."""
        return tuple


def test_a_frame_is_checked_as_by_copydesk_check() -> None:
    frame: Any = pd.DataFrame({"prose": ["Hide Ad\nThe bus was late again.", "It was late."]}, index=["a", "b"])
    options: dict[str, Any] = {"map": {"body": "prose"}, "judge": NoJudge()}
    result = frame.copydesk.check(**options)
    assert result.findings.collect().equals(copydesk.check(frame, **options).findings.collect())
    assert result.collection.articles == 2
    with pytest.raises(MappingError):
        frame.copydesk.check(judge=NoJudge())


@pytest.mark.parametrize("imports", ["import pandas, copydesk", "import copydesk, pandas, copydesk.pandas"])
def test_the_accessor_is_there_and_copydesk_alone_imports_no_pandas(imports: str) -> None:
    program = f"import sys, copydesk\nassert 'pandas' not in sys.modules\ndel sys.modules['copydesk']\n{imports}\n"
    program += "print(pandas.DataFrame().copydesk.check.__name__)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "check\n", done.stderr


def test_completion_shows_the_api() -> None:
    names = set(dir(copydesk))
    assert {"check", "difference", "load_suite", "read", "Result", "CopydeskError"} <= names
    assert all(getattr(copydesk, name) for name in names)
