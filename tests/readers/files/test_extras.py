from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import project
from copydesk.errors import MissingExtraError
from copydesk.readers import read
from copydesk.readers.formats import FORMATS

#: What each extra cannot do without.
NEEDS = {"web": "resiliparse", "xml": "lxml", "excel": "python_calamine"}


def test_every_extra_of_a_format_is_one_of_the_project() -> None:
    import tomllib

    about = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    assert {format_.extra for format_ in FORMATS} - {""} == NEEDS.keys()
    assert NEEDS.keys() <= about["optional-dependencies"].keys()


@pytest.mark.parametrize("is_released", [False, True])
@pytest.mark.parametrize("format_", [f for f in FORMATS if f.extra], ids=lambda f: f.title)
def test_a_missing_extra_is_an_error_with_the_line_that_installs_it(
    format_: object, is_released: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "is_released", lambda: is_released)
    suffix, extra = format_.suffixes[0], format_.extra  # type: ignore[attr-defined]
    for name in [*sys.modules, NEEDS[extra]]:
        if name.partition(".")[0] == NEEDS[extra]:
            monkeypatch.setitem(sys.modules, name, None)
    response = b"HTTP/1.1 200 OK\r\n\r\n<html>"
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(response), response)
    (tmp_path / f"a{suffix}").write_bytes(record if suffix == ".warc" else b"<html></html>")
    with pytest.raises(MissingExtraError) as caught:
        list(read([tmp_path]))
    package = NEEDS[extra].replace("_", "-")
    expected = rf'`pip install "copydesk\[{extra}\]"`' if is_released else rf"`pip install '?{package}>=[\d.]+'?`"
    assert re.search(expected, str(caught.value)) and f"a{suffix}" in str(caught.value)


def test_no_extra_is_imported_before_it_is_used() -> None:
    names = [*NEEDS.values(), "fsspec", "trafilatura", "datasets"]
    code = f"import sys, copydesk.readers; sys.exit(', '.join(n for n in {names} if n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip() == ""
