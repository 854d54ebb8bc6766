"""Places in files: what a region names is the very words, or the very line of the record."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.readers import read
from copydesk.reports.regions import Region, Regions, path_of
from copydesk.testing.strategies import hostile_text

TEXT = st.lists(hostile_text(max_size=4), min_size=1, max_size=6).map("\n".join)


def within(text: str, region: Region) -> str:
    """Cut a region out of a text, as an editor does that counts lines by LF and columns by characters."""
    assert region.line is not None and region.columns is not None
    column, end_line, end_column = region.columns
    lines = text.split("\n")[region.line - 1 : end_line]
    lines[-1] = lines[-1][: end_column - 1]
    lines[0] = lines[0][column - 1 :]
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(
    TEXT.filter(lambda text: text.strip("\ufeff").strip()), st.data(), st.sampled_from(["", "\ufeff"]), st.booleans()
)
def test_a_region_of_a_text_file_is_the_words(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject, mark: str, packed: bool
) -> None:
    file = tmp_path_factory.mktemp("text") / ("a.txt.gz" if packed else "a.txt")
    stored = (mark + text).encode()
    file.write_bytes(gzip.compress(stored) if packed else stored)
    (chunk,) = read([file])
    article = chunk.articles.to_dicts()[0]
    field = data.draw(st.sampled_from(["headline", "body"]))
    start = data.draw(st.integers(0, len(article[field])))
    end = data.draw(st.integers(start, len(article[field])))
    words = article[field][start:end]
    finding = {"file": str(file), "line": 1, "field": field, "start": start, "end": end, "text": words}
    region = Regions().of(finding)
    assert within((mark + text).removeprefix("\ufeff"), region) == words
    # Words that are not there any more are not looked for elsewhere.
    assert Regions().of(finding | {"text": words + "x"}) == Region(path_of(str(file)), 1)


@pytest.mark.parametrize("name", ["gone.txt", "a.jsonl", "a.txt.jsonl", "-", "", "\x00.txt", "[a].txt"])
def test_elsewhere_it_is_the_line_of_the_record(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for written in ("a.jsonl", "a.txt.jsonl"):
        (tmp_path / written).write_text('{"body": "Hide Ad"}')
    finding: dict[str, Any] = {"file": name, "line": 7, "field": "body", "start": 0, "end": 4, "text": "Hide"}
    regions = Regions()
    assert regions.of(finding) == Region(path_of(name), 7)
    assert regions.of(finding | {"line": None}) == Region(path_of(name), None)


def test_paths_are_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert path_of("./news//a.jsonl") == path_of(os.fspath(tmp_path / "work" / "news" / "a.jsonl")) == "news/a.jsonl"
    assert path_of("../a.jsonl") == (tmp_path / "a.jsonl").as_posix()
    assert path_of("-") == "-"
