"""A file that changes between its hash and its reading, or while it is read: no later run gets what was never there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import load_suite
from copydesk.engine.cache import witness
from copydesk.model.chunk import Chunk
from copydesk.readers import Source, read_files

from .collection import KINDS, SUFFIXES, Read, data_of, entries, rows, told

SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GOOD, BAD = ["clean"] * 6, ["clean", "ad", "repeat", "ad", "clean", "clean"]


def overwrite(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def overwrite_and_set_the_time_back(file: Path, data: bytes) -> None:
    before = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(file: Path, data: bytes) -> None:
    other = file.with_name(f".new{file.name}")
    other.write_bytes(data)
    other.replace(file)


def replace_by_one_of_the_same_time(file: Path, data: bytes) -> None:
    before = file.stat()
    other = file.with_name(f".new{file.name}")
    other.write_bytes(data)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


CHANGES = (overwrite, overwrite_and_set_the_time_back, replace, replace_by_one_of_the_same_time)


def between(before: Callable[[], object], after: Callable[[], object] = lambda: None) -> Read:
    """Return a reader of files before and after which something happens; they were hashed before that."""

    def read(sources: Sequence[Source], **options: Any) -> Iterator[Chunk]:
        before()
        yield from read_files(sources, **options)
        after()

    return read


Change = Callable[[Path, bytes], None]
CASES = [(suffix, CHANGES[n % len(CHANGES)]) for n, suffix in enumerate(SUFFIXES)]
CASES += [(suffix, change) for suffix in (".jsonl", ".parquet") for change in CHANGES]


@pytest.mark.parametrize(("suffix", "change"), dict.fromkeys(CASES))
def test_what_is_read_is_held_to_what_was_hashed(tmp_path: Path, suffix: str, change: Change) -> None:
    file = tmp_path / f"a{suffix}"
    good, bad = data_of(GOOD, suffix), data_of(BAD, suffix)
    expected = {}
    for data in (good, bad):
        file.write_bytes(data)
        expected[data] = told(file)
    assert expected[good] != expected[bad]
    for n, (first, second) in enumerate(((good, bad), (bad, good))):
        file.write_bytes(first)
        read = between(partial(change, file, second))
        assert told(file, tmp_path / f"kept{n}", read=read) == expected[second]
        file.write_bytes(first)
        assert told(file, tmp_path / f"kept{n}") == expected[first]
        # And where it is as it was before anybody looks again.
        read = between(partial(change, file, second), partial(change, file, first))
        assert told(file, tmp_path / f"again{n}", read=read)[0] == expected[second][0]
        assert told(file, tmp_path / f"again{n}") == expected[first]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_every_format_is_kept(tmp_path: Path, suffix: str) -> None:
    kept, file = tmp_path / "kept", tmp_path / f"a{suffix}"
    file.write_bytes(data_of(BAD, suffix))
    time.sleep(0.02)  # a step of the clock
    once = told(file, kept)
    assert len(entries(kept)) == 1

    def read(sources: Sequence[Source], **options: Any) -> Iterator[Chunk]:
        raise AssertionError("it is read again")

    assert told(file, kept, read=read) == once


kinds = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=30)


@SETTINGS
@given(kinds, st.data())
def test_a_file_that_changes_while_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("collection")
    kept, file = folder / "kept", folder / "a.jsonl"
    second = data.draw(st.one_of(st.just(first + data.draw(kinds)), kinds))
    change, moment = data.draw(st.sampled_from(CHANGES)), data.draw(st.integers(0, 6))
    contents = [b"".join(json.dumps(row).encode() + b"\n" for row in rows(some)) for some in (first, second)]

    def read(sources: Sequence[Source], **options: Any) -> Iterator[Chunk]:
        chunks = 0
        for chunks, chunk in enumerate(read_files(sources, **options), 1):
            yield chunk
            if chunks == moment:
                change(file, contents[1])

    file.write_bytes(contents[0])
    told(file, kept, read=read, chunk_bytes=500)
    for content in contents:
        file.write_bytes(content)
        assert told(file, kept) == told(file)


def test_a_file_of_parquet_that_has_just_changed_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "_STEP_NS", 60 * 10**9)
    kept = tmp_path / "kept"
    for suffix in (".parquet", ".jsonl"):
        (tmp_path / f"a{suffix}").write_bytes(data_of(GOOD, suffix))
        told(tmp_path / f"a{suffix}", kept)
    assert len(entries(kept)) == 1  # every byte of the other was seen


def test_a_file_that_goes_before_it_is_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    from copydesk.errors import InputError

    file = tmp_path / "a.jsonl"
    file.write_bytes(data_of(GOOD))
    with pytest.raises(InputError, match=r"a\.jsonl: cannot be opened"):
        told(file, tmp_path / "kept", read=between(file.unlink))
    assert not list((tmp_path / "kept").glob("*.part*"))


def test_a_lexicon_is_what_the_run_has_read_and_not_what_lies_there(tmp_path: Path) -> None:
    # A process reads a lexicon once. Here the file changes after that, as while a notebook is open.
    article, lexicon, kept = tmp_path / "a.jsonl", tmp_path / "en.txt", tmp_path / "kept"
    article.write_bytes(data_of(["clean"]).replace(b"It came", rb"\nOur own prompt\nIt came"))
    (tmp_path / "s.yml").write_text(
        f"expectations:\n  - type: expect_news_ad_residue\n    kwargs: {{lexicons: [{json.dumps(str(lexicon))}]}}\n"
    )
    suite = load_suite(tmp_path / "s.yml")
    lexicon.write_text("[ad]\nSomething else\n")
    assert not told(article, suite=suite)[0]
    lexicon.write_text("[ad]\nOur own prompt\n")
    assert not told(article, kept, suite=suite)[0]  # as it was read
    code = f"""
from pathlib import Path
from copydesk import run
from copydesk.engine import cache
cache.LEAST = 1
class NoJudge:
    expect = judge = lambda self, given: tuple
    ready = lambda self: None
for kept in (None, Path({str(kept)!r})):
    result = run.check([{str(article)!r}], suite={str(tmp_path / "s.yml")!r}, cache=kept, judge=NoJudge())
    print(result.findings.collect()["text"].to_list())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['Our own prompt']\n" * 2


def test_the_same_file_below_another_folder_keeps_its_own_ids(tmp_path: Path) -> None:
    # A text is named by its path below the folder that was given.
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(data_of(BAD, ".txt"))
    kept = tmp_path / "kept"
    for path in (tmp_path, tmp_path / "in", tmp_path / "in" / "a.txt"):
        assert told(path, kept) == told(path)


def test_a_file_without_articles_is_an_error_only_where_it_was_asked_for(tmp_path: Path) -> None:
    from copydesk.errors import NoArticlesError

    for name, data in (("a.jsonl", b"\n" * 1000), ("b.jsonl", data_of(GOOD))):
        (tmp_path / name).write_bytes(data)
    kept = tmp_path / "kept"
    assert told(tmp_path, kept) == told(tmp_path, kept) == told(tmp_path)
    with pytest.raises(NoArticlesError):
        told(tmp_path / "a.jsonl", kept)


def test_a_file_that_is_read_together_with_another_counts_as_its_content(tmp_path: Path) -> None:
    texts, summaries, kept = tmp_path / "train.src", tmp_path / "train.tgt", tmp_path / "kept"
    texts.write_text("It rained in Hull on Monday, and the bridge was closed for an hour.\n")
    seen = []
    for summary in ("Rain.\n", "Rain.<br>Sun.\n", None):
        summaries.unlink(missing_ok=True) if summary is None else summaries.write_text(summary)
        seen.append(told(texts))
        assert told(texts, kept) == told(texts, kept) == seen[-1]
    assert seen[0] != seen[1] != seen[2]
    # It changes after it was hashed, and is as it was before anybody looks again.
    summaries.write_text("Rain.\n")
    read = between(partial(overwrite, summaries, b"Rain.<br>Sun.\n"))
    assert told(texts, tmp_path / "again", read=read) == seen[1]
    summaries.write_text("Rain.\n")
    assert told(texts, tmp_path / "again") == seen[0]
