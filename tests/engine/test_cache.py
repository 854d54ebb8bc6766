"""The cache: whatever was kept, damaged or changed between two runs, the second gives what a run without it gives."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import copydesk
from copydesk import readers
from copydesk import run as running
from copydesk.checks.suite import load_suite
from copydesk.engine import cache as caching
from copydesk.engine.cache import Cache, Storage
from copydesk.engine.collection import Gathering
from copydesk.engine.pipeline import each_part
from copydesk.readers import find_files, read_files

SUITE = load_suite("news")

KINDS = {
    "clean": "The ferry left at six. It came back on Friday with {n} bags of mail for the island.",
    "ad": "The ferry left at six, with {n} bags.\nAdvertisement\nIt came back on Friday.",
    "repeat": "The harbour master said that {n} boats were lost in the storm.\nNobody was hurt."
    "\nThe harbour master said that {n} boats were lost in the storm.",
    "copy": "The same words stand in several articles of this collection, and more than five of them.",
}
SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
files = st.lists(st.lists(st.sampled_from([*KINDS, "broken"]), min_size=1, max_size=5), min_size=1, max_size=4)


def write(folder: Path, name: str, kinds: list[str]) -> Path:
    rows = [
        "{broken"
        if kind == "broken"
        else json.dumps({"id": f"{name}-{n}", "title": f"Ferry {name} {n}", "text": KINDS[kind].format(n=n)})
        for n, kind in enumerate(["clean", *kinds])
    ]
    file = folder / f"{name}.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def told(path: Path, kept: Path | None = None) -> tuple[Any, ...]:
    """Return all that Great Expectations and the reports get of a run."""
    sources = find_files([path])
    run = Gathering(SUITE)
    try:
        each_part(sources, read_files, run.analyse, Cache(Storage(kept), run) if kept else None, run.add)
        run.finish()
        overview = run.overview(sources)
        signals = run.signals().tally(), run.signals().rows().to_dicts()
        findings = run.findings.scan().collect().to_dicts()
        return findings, signals, run.rejected, run.samples.in_order(), overview, run.columns, run.ledger.hash
    finally:
        run.close()


@pytest.fixture(autouse=True)
def every_file_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "LEAST", 1)


@SETTINGS
@given(files, st.data())
def test_a_second_run_gives_what_a_run_without_the_cache_gives(
    tmp_path_factory: pytest.TempPathFactory, some: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("collection")
    kept = folder / ".copydesk" / "cache"
    for n, kinds in enumerate(some):
        write(folder, f"f{n}", kinds)
    whole = told(folder)
    assert told(folder, kept) == whole
    assert told(folder, kept) == whole
    changed = data.draw(st.integers(0, len(some) - 1))
    write(folder, f"f{changed}", data.draw(files)[0])
    after = told(folder)
    assert told(folder, kept) == after


@SETTINGS
@given(st.integers(0, 2**32))
def test_a_damaged_entry_is_made_anew(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("collection")
    kept, chance = folder / ".copydesk" / "cache", random.Random(seed)
    file = write(folder, "a", ["ad", "repeat", "broken"])
    whole = told(file, kept)
    (entry,) = kept.glob("*.parts")
    data = bytearray(entry.read_bytes())
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    else:  # what is said of the parts is short, and is struck as often as they are
        said = data.rindex(b"[{")
        data[chance.choice((chance.randrange(said), chance.randrange(said, len(data))))] ^= 1 << chance.randrange(8)
    entry.write_bytes(data)
    assert told(file, kept) == whole


def test_an_unchanged_file_is_not_analysed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / ".copydesk" / "cache"
    for name in "abc":
        write(tmp_path, name, ["ad", "clean"])
    copydesk.check([tmp_path], cache=kept)
    read: list[str] = []
    files_of = readers.read_files

    def watched(sources: Any, **options: Any) -> Any:
        read.extend(Path(s.name).name for s in sources)
        return files_of(sources, **options)

    monkeypatch.setattr(running, "read_files", watched)
    copydesk.check([tmp_path], cache=kept)
    assert read == []
    write(tmp_path, "b", ["repeat"])
    copydesk.check([tmp_path], cache=kept)
    assert read == ["b.jsonl"]
    copydesk.check([tmp_path], cache=kept, suite="strict")
    assert read == ["b.jsonl", "a.jsonl", "b.jsonl", "c.jsonl"]


def test_a_folder_that_cannot_be_written_to_does_without(tmp_path: Path) -> None:
    file = write(tmp_path, "a", ["ad"])
    (tmp_path / "taken").write_text("no folder")
    assert copydesk.check([file], cache=tmp_path / "taken" / "cache").collection.articles == 2


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept short there")
def test_a_full_disk_does_without(tmp_path: Path, short_files: Callable[[int], AbstractContextManager[None]]) -> None:
    file = write(tmp_path, "a", ["ad"])
    kept = tmp_path / ".copydesk" / "cache"
    with short_files(1000):
        assert copydesk.check([file], cache=kept).collection.articles == 2
    assert [path.name for path in kept.iterdir()] == [".gitignore"]
