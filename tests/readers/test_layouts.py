"""Layouts: each is right about a file with invented text, loses to what the user says, and refuses other files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import copydesk
from copydesk.errors import MappingError, UsageError
from copydesk.model.article import FIELDS
from copydesk.readers import ReadOptions, read
from copydesk.readers.layouts import layout_names, load_layout

GDELT = {0: "20260301000000-0", 1: "20260301000000", 3: "herald.example", 4: "https://herald.example/a"}
GDELT |= {26: "<PAGE_AUTHORS>A. Writer</PAGE_AUTHORS><PAGE_TITLE>Rain&#x2019;s end</PAGE_TITLE>"}
NYT = {
    "_id": "nyt://1",
    "lead_paragraph": "It rained.",
    "abstract": "Rain fell.",
    "headline": {"main": "Storm", "print_headline": "STORM"},
    "byline": {"original": "By A. Writer", "person": [{"rank": 1}]},
    "keywords": [{"name": "subject", "value": "Rain"}, {"name": "glocations", "value": "Hull"}],
}
GUARDIAN = {"webTitle": "Storm", "fields": {"body": "<p>It rained.</p><p>Twice.</p>", "byline": "A. Writer"}}
NEWSAPI = {"source": {"id": None, "name": "Herald"}, "title": "Storm", "description": "Rain", "content": "It rained."}
WEBZ = {"thread": {"site": "herald.example", "section_title": "Local"}, "title": "Storm", "text": "It rained."}

#: A file of each set, and some of its first article.
SETS: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "mind": (
        "news.tsv",
        'N1\tnews\tlocal\t"Storm" hits\tIt "rained.\thttps://x.example/1\t[]\t[]\nN2\tnews\tlocal\tSun\t\t\t[]\t[]\n',
        {"id": "N1", "section": "news", "headline": '"Storm" hits', "body": 'It "rained.'},
    ),
    "gdelt-gkg": (
        "a.gkg.csv",
        "\t".join(GDELT.get(place, "") for place in range(27)) + "\n",
        {"published": "20260301000000", "publisher": "herald.example", "body": "A. Writer\nRain’s end"},
    ),
    "ag-news": (
        "train.csv",
        '"3","Storm","It rained, twice."\n"1","Sun","It shone."\n',
        {"section": "3", "headline": "Storm", "body": "It rained, twice."},
    ),
    "nyt": (
        "a.json",
        json.dumps({"response": {"docs": [NYT], "meta": {"hits": 1}}}),
        {"headline": "Storm", "byline": "By A. Writer", "body": "It rained.", "keywords": "Rain, Hull"},
    ),
    "guardian": (
        "a.json",
        json.dumps({"response": {"status": "ok", "results": [GUARDIAN]}}),
        {"headline": "Storm", "body": "It rained.\nTwice.", "byline": "A. Writer"},
    ),
    "newsapi": (
        "a.json",
        json.dumps({"status": "ok", "articles": [NEWSAPI]}),
        {"publisher": "Herald", "standfirst": "Rain", "body": "It rained."},
    ),
    "webz": (
        "a.json",
        json.dumps({"posts": [WEBZ], "totalResults": 1}),
        {"publisher": "herald.example", "section": "Local", "body": "It rained."},
    ),
    "cnn-dm": (
        "a.csv",
        "id,article,highlights\n1,It rained in Hull.,Rain falls\n",
        {"standfirst": "Rain falls", "body": "It rained in Hull."},
    ),
    "20newsgroups": (
        "sci.rain/101",
        "From: a@b.example\nSubject: Caf\xe9\nNewsgroups: sci.rain,sci.sun\n\nIt rained.\n",
        {"section": "sci.rain", "headline": "Caf\xe9", "body": "It rained.\n"},
    ),
    "bbc": (
        "weather/001.txt",
        "Storm costs \xa35\n\nIt rained.\n",
        {"section": "weather", "headline": "Storm costs \xa35", "body": "\nIt rained.\n"},
    ),
    "isot": (
        "True.csv",
        'title,text,subject,date\nStorm,"HULL (Agency) - It rained.",weather,"March 1, 2026"\n',
        {"headline": "Storm", "section": "weather", "published": "March 1, 2026"},
    ),
}


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("latin-1" if "\xe9" in text or "\xa3" in text else "utf-8"))
    return file


def first(path: Path, **more: Any) -> Mapping[str, Any]:
    chunks = list(read(path, **more))
    assert not [row for chunk in chunks for row in chunk.rejected]
    row: Mapping[str, Any] = chunks[0].articles.row(0, named=True)
    return row


def test_every_layout_is_tried() -> None:
    assert layout_names() == sorted(SETS)


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_layout_reads_its_set(tmp_path: Path, name: str) -> None:
    file, text, expected = SETS[name]
    write(tmp_path, file, text)
    row = first(tmp_path, layout=name)
    assert {field: row.get(field) for field in expected} == expected


@pytest.mark.parametrize(("name", "row"), [("nyt", NYT), ("guardian", GUARDIAN), ("newsapi", NEWSAPI), ("webz", WEBZ)])
@pytest.mark.parametrize("file", ["a.jsonl", "a.json"])
def test_a_line_or_a_file_with_one_article_is_read_as_the_whole_answer(
    tmp_path: Path, name: str, row: dict[str, Any], file: str
) -> None:
    path = write(tmp_path, file, json.dumps(row))
    assert first(path, layout=name)["body"] == SETS[name][2]["body"]


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_layout_has_options_and_fields_that_there_are(name: str) -> None:
    layout = load_layout(name)
    assert layout.about
    assert set(layout.options) <= {option.name for option in fields(ReadOptions)} - {"layout", "records"}
    assert set(layout.columns) <= set(FIELDS)
    assert not layout.columns or "body" in layout.columns
    ReadOptions(layout=name)


def test_what_the_user_says_goes_before_a_layout(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "3;Storm;It rained.\n")
    row = first(path, layout="ag-news", options=ReadOptions(delimiter=";"), mapped={"section": "2"})
    assert (row["section"], row["headline"], row["body"]) == ("Storm", "Storm", "It rained.")
    options = ReadOptions(layout="mind", exclude=("old.tsv",))
    assert options.exclude == ("old.tsv", "behaviors.tsv", "*.vec")


def test_other_files_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "news.tsv", SETS["mind"][1])
    write(tmp_path, "behaviors.tsv", "1\tU1\t11/15/2019\tN1 N2\tN3-0\n")
    assert [chunk.articles.height for chunk in read(tmp_path, layout="mind")] == [2]
    with pytest.raises(MappingError, match="no file of the layout 'mind': expected 8 fields in each line, got 5"):
        list(read(tmp_path / "behaviors.tsv", layout="mind"))
    path = write(tmp_path, "a.jsonl", '{"text": "It rained."}\n')
    with pytest.raises(MappingError, match="no file of the layout 'newsapi': expected the body in content"):
        list(read(path, layout="newsapi"))


def test_a_header_where_the_layout_has_none_is_no_article(tmp_path: Path) -> None:
    path = write(tmp_path, "train.csv", "Class Index,Title,Description\n3,Storm,It rained.\n4,Sun,It shone.\n")
    [chunk] = read(path, layout="ag-news")
    assert chunk.articles.select("row", "line", "headline").rows() == [(1, 2, "Storm"), (2, 3, "Sun")]
    assert "its first line names columns" in chunk.notes[0].text


def test_an_unknown_layout_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no layout 'mnd'. Did you mean 'mind'\? The layouts are 20newsgroups, ag-"):
        copydesk.check("a.jsonl", layout="mnd")
