"""`copydesk.fix` in every format: it repairs, touches nothing else, can be repeated, and can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.repair.repair_cases import WRITERS, Article, story

import copydesk
from copydesk.checks.suite import Suite
from copydesk.errors import UsageError
from copydesk.readers import read
from copydesk.repair.fixing import fix
from copydesk.repair.undoing import undo_repairs

DIRTY = (
    "The pier opened again on Friday after a long winter of work.\n\n"
    "The pier opened again on Friday after a long winter of work.\n\n"
    "Hide Ad\nHide Ad\n\n"
    "“It takes a whole town, its council and its fishermen to lead \n"
    "such works to an end before the ice comes,” said the harbour master on the quay.\n\n"
    "Boats came in at noon.The band played on.\n\nRelated topics:"
)
CLEAN = (
    "The pier opened again on Friday after a long winter of work.\n\n"
    "“It takes a whole town, its council and its fishermen to lead "
    "such works to an end before the ice comes,” said the harbour master on the quay.\n\n"
    "Boats came in at noon. The band played on."
)
PIECES = (
    "The pier opened again on Friday after a long winter of work.",
    "Boats came in “at noon”.The band played on.",
    "Hide Ad",
    "Advertisement",
    "Related topics:",
    "a line\twith \\ and / and é that goes on to the",
    "next of them, and ends there at last.",
    "",
)
BODIES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("\n".join)


def bodies(path: Path) -> list[str]:
    frames = [chunk.articles.select("body") for chunk in read([str(path)])]
    return pl.concat(frames)["body"].to_list()


def others(path: Path) -> list[tuple[str, ...]]:
    frames = [chunk.articles.select("id", "headline", "note") for chunk in read([str(path)], extra=["note"])]
    return pl.concat(frames).rows()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_collection_is_repaired_and_nothing_else_changes(tmp_path: Path, suite: Suite, kind: str) -> None:
    path = WRITERS[kind](tmp_path, [story(1, DIRTY), story(2, CLEAN), story(3, "Hide Ad\n\n" + CLEAN)])
    out = tmp_path / "out" / path.name
    out.parent.mkdir()
    fixed = fix(path, out, suite=suite, receipt=tmp_path / "receipt.jsonl")
    assert bodies(out) == [CLEAN] * 3 and others(out) == others(path)
    assert fixed.changed == 2 and fixed.made["ad-residue"] == 3 and not fixed.left and not fixed.refused
    again = fix(out, suite=suite)
    assert again.changed == 0 and not again.written
    back = tmp_path / "back" / path.name
    back.parent.mkdir()
    [undone] = undo_repairs(tmp_path / "receipt.jsonl", back)
    assert back.read_bytes() == path.read_bytes() and undone.same


@pytest.mark.parametrize("kind", ["jsonl", "json", "parquet"])
def test_a_list_of_paragraphs_stays_one(tmp_path: Path, suite: Suite, kind: str) -> None:
    first = "The mayor said so on the quay of the harbour before noon, and then she went"
    second = "home by the first boat that came in from the islands, as she had always done."
    paragraphs = ["Hide Ad", "It rained.", "Hide Ad", first, "Hide Ad", second]
    path = WRITERS[kind](tmp_path, [story(1, paragraphs)])
    out = tmp_path / "out" / path.name
    out.parent.mkdir()
    fixed = fix(path, out, suite=suite, receipt=tmp_path / "r.jsonl")
    assert not fixed.refused
    [chunk] = read([str(out)])
    assert chunk.articles["body"].to_list() == [f"It rained.\n{first} {second}"]
    if kind != "parquet":
        items = out.read_text(encoding="utf-8-sig").replace("\n", "").split("[")[-1].split("]")[0]
        assert " ".join(items.split()) == f'"It rained.", "{first} {second}"'
    back = tmp_path / "back" / path.name
    back.parent.mkdir()
    undo_repairs(tmp_path / "r.jsonl", back)
    if kind == "parquet":  # pyarrow names the items of a list in another way when it writes them again
        assert pq.read_table(back).equals(pq.read_table(path))
    else:
        assert back.read_bytes() == path.read_bytes()


@given(texts=st.lists(BODIES, min_size=1, max_size=5), kind=st.sampled_from(sorted(WRITERS)))
@settings(max_examples=12, deadline=None)
def test_what_is_fixed_stays_fixed_and_can_be_undone(suite: Suite, texts: list[str], kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        path = WRITERS[kind](at, [story(n, text) for n, text in enumerate(texts)])
        out, back = at / f"out-{path.name}", at / f"back-{path.name}"
        first = fix(path, out, suite=suite, unsafe=True, receipt=at / "receipt.jsonl")
        assert not first.refused and others(out) == others(path)
        frames = list(first.repaired())
        assert pl.concat(frames)["body"].to_list() == bodies(out)
        assert fix(out, suite=suite, unsafe=True).changed == 0
        undo_repairs(at / "receipt.jsonl", back)
        assert back.read_bytes() == path.read_bytes()


def test_nested_text_is_refused_and_counted(tmp_path: Path, suite: Suite) -> None:
    nested: Article = {"id": "1", "title": "Pier opens", "text": {"value": DIRTY}}
    path = WRITERS["jsonl"](tmp_path, [nested, story(2, DIRTY)])
    fixed = fix(path, tmp_path / "out.jsonl", suite=suite)
    assert fixed.changed == 1 and fixed.refused == {"the field lies in a nested value": 1}
    assert (tmp_path / "out.jsonl").read_bytes().splitlines()[0] == path.read_bytes().splitlines()[0]


def test_a_folder_of_texts_becomes_a_folder(tmp_path: Path, suite: Suite) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbfPier opens\r\n" + DIRTY.replace("\n", "\r\n").encode())
    (folder / "b.txt").write_text("Pier opens\n" + CLEAN)
    fix(tmp_path / "in", tmp_path / "out", suite=suite, receipt=tmp_path / "r.jsonl")
    assert (tmp_path / "out/deep/a.txt").read_bytes() == b"\xef\xbb\xbfPier opens\r\n" + CLEAN.replace(
        "\n", "\r\n"
    ).encode()
    assert (tmp_path / "out/deep/b.txt").read_bytes() == (folder / "b.txt").read_bytes()
    undo_repairs(tmp_path / "r.jsonl", tmp_path / "back")
    assert (tmp_path / "back/deep/a.txt").read_bytes() == (folder / "a.txt").read_bytes()


def test_certain_repairs_alone_unless_asked(tmp_path: Path, suite: Suite) -> None:
    path = WRITERS["jsonl"](tmp_path, [story(1, "Pier “1” opens\n" + CLEAN)])
    fixed = fix(path, suite=suite, quarantine=tmp_path / "q.jsonl")
    assert fixed.changed == 0 and fixed.unsafe == {"repeated-headline": 1} and fixed.quarantined == 1
    assert '"findings": [{"check": "repeated-headline"' in (tmp_path / "q.jsonl").read_text()
    assert fix(path, suite=suite, unsafe=True).changed == 1
    assert fix(path, suite=suite, unsafe=True, checks=["ad-residue"]).changed == 0
    assert fix(path, suite=suite, unsafe=True, min_severity="warning").changed == 0


@pytest.mark.parametrize(
    ("output", "more"),
    [
        ("a.jsonl", {}),
        ("b.csv", {}),
        (None, {"receipt": "r.jsonl"}),
        ("b.jsonl", {"receipt": "b.jsonl"}),
        ("b.jsonl", {"checks": ["x"]}),
    ],
)
def test_wrong_calls_write_nothing(tmp_path: Path, suite: Suite, output: str | None, more: dict[str, object]) -> None:
    path = WRITERS["jsonl"](tmp_path, [story(1, DIRTY)])
    before = path.read_bytes()
    options = {k: tmp_path / v if isinstance(v, str) else v for k, v in more.items()}
    with pytest.raises(UsageError):
        fix(path, output and tmp_path / output, suite=suite, **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == before


def test_a_result_gives_repaired_frames(tmp_path: Path, suite: Suite) -> None:
    path = WRITERS["jsonl"](tmp_path, [story(1, DIRTY)])
    assert copydesk.fix is fix
    assert pl.concat(fix(path, suite=suite).repaired())["body"].to_list() == [CLEAN]
