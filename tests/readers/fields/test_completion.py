from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from copydesk.errors import MappingError
from copydesk.readers import ReadOptions, Source, read
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.completion import folder_of, partitions_of, wanted_of
from copydesk.readers.parts import cut, read_parts


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_the_folders_of_hive_are_columns(tmp_path: Path, suffix: str) -> None:
    for language in ("en", "de", "__HIVE_DEFAULT_PARTITION__"):
        file = tmp_path / f"lang={language}" / "desk=Local%20news" / f"part-0{suffix}"
        file.parent.mkdir(parents=True)
        frame = pl.DataFrame({"title": ["Flood"], "text": ["It rained."]})
        frame.write_parquet(file) if suffix == ".parquet" else frame.write_ndjson(file)
    chunks = list(read([tmp_path], mapped={"section": "desk"}, extra=["desk"]))
    rows = [row for chunk in chunks for row in chunk.articles.select("language", "section", "desk").rows()]
    assert rows == [
        (None, "Local news", "Local news"),
        ("de", "Local news", "Local news"),
        ("en", "Local news", "Local news"),
    ]
    assert chunks[0].columns == {"headline": "title", "body": "text", "section": "desk", "language": "lang"}


def test_a_part_of_a_file_has_them_too(tmp_path: Path) -> None:
    file = tmp_path / "lang=en" / "a.parquet"
    file.parent.mkdir()
    pl.DataFrame({"body": ["It rained."] * 4}).write_parquet(file, row_group_size=2)
    source = Source(str(file), file, ".parquet", bytes=file.stat().st_size)
    parts = cut(source, 1)
    assert len(parts) == 2
    assert [c.articles["language"].to_list() for c in read_parts(parts, Wanted())] == [["en"] * 4]


def test_a_column_of_the_file_goes_before_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "lang=en" / "a.jsonl"
    file.parent.mkdir()
    file.write_text('{"text": "Es regnete.", "lang": "de"}\n')
    assert [chunk.articles["language"].to_list() for chunk in read([file])] == [["de"]]


def test_standard_input_has_no_folders() -> None:
    assert partitions_of(Source("-", None, ".jsonl")) == {}
    assert wanted_of(Source("-", None, ".jsonl"), Wanted({"body": "text"})) == Wanted({"body": "text"})


@pytest.mark.parametrize(("column", "fields"), [("content", ("body",)), ("content_html", ()), ("article_html", ())])
def test_html_becomes_text(tmp_path: Path, column: str, fields: tuple[str, ...]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "A &amp; B", column: "<p>It <b>rained</b>.</p><p>Twice.</p>"}))
    [chunk] = read([file], mapped={"body": column}, options=ReadOptions(html=fields))
    assert chunk.articles.select("headline", "body").row(0) == ("A &amp; B", "It rained.\nTwice.")


def test_html_of_what_is_no_field_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}')
    with pytest.raises(MappingError, match="'bodi' is not a field"):
        list(read([tmp_path], options=ReadOptions(html=("bodi",))))


def test_html_that_stands_in_for_an_empty_text_becomes_text(tmp_path: Path) -> None:
    rows = ["id,content_text,content_html", "1,It rained a lot.,", "2,,<p>One.</p><p>Two.</p>", "3,It snowed a lot.,"]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    [chunk] = read(tmp_path / "a.csv")
    assert chunk.articles["body"].to_list() == ["It rained a lot.", "One.\nTwo.", "It snowed a lot."]


def test_html_that_nobody_declares_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "A", "content": "<p>It rained.</p>"}))
    [chunk] = read(tmp_path / "a.jsonl")
    assert ["--html body" in note.text for note in chunk.notes] == [True]


def test_the_folder_is_a_field_only_where_that_is_said(tmp_path: Path) -> None:
    for folder in ("sport", "local"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text("Storm\n\nIt rained.\n")
    options = ReadOptions(folder="section")
    assert all("section" not in chunk.articles.columns for chunk in read(tmp_path))
    assert [text for chunk in read(tmp_path, options=options) for text in chunk.articles["section"]] == [
        "local",
        "sport",
    ]
    for path in (tmp_path / "sport", tmp_path / "sport" / "1.txt", str(tmp_path / "sp*" / "*")):
        [chunk] = read(path, options=options)
        assert (chunk.articles["section"].to_list(), chunk.columns["section"]) == (["sport"], "the folder")
    with pytest.raises(MappingError, match="folder=desk: 'desk' is not a field"):
        list(read(tmp_path, options=ReadOptions(folder="desk")))


def test_the_folder_in_an_archive_is_its_field(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("news/sport/1.txt", "Storm\n\nIt rained.\n")
    [chunk] = read(tmp_path / "a.zip", options=ReadOptions(folder="section"))
    assert chunk.articles["section"].to_list() == ["sport"]
    assert folder_of(Source("-", None, ".jsonl")) is None


def test_a_row_with_a_value_that_is_too_long_is_rejected(tmp_path: Path) -> None:
    rows = {"title": ["Flood", "Frost", "Fog"], "body": ["It rained.", "x" * 1001, "x" * 1000]}
    file = tmp_path / "a.parquet"
    pl.DataFrame(rows).write_parquet(file, row_group_size=1)
    options = ReadOptions(longest_line=1000)
    [chunk] = read([file], options=options)
    assert chunk.articles["headline"].to_list() == ["Flood", "Fog"]
    [rejected] = chunk.rejected
    assert rejected.reason.startswith("row 2: expected values of at most 1,000 bytes, got one of 1,001. If it is")
    source = Source(str(file), file, ".parquet", bytes=file.stat().st_size, options=options)
    parts = list(read_parts(cut(source, 1), Wanted()))
    assert sum(chunk.articles.height for chunk in parts) == 2
    assert [one for chunk in parts for one in chunk.rejected] == [rejected]
