"""Chunks are analysed in processes as in this one. What a process cannot do is done here, and none is left behind."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import copydesk.run
from copydesk.checks.suite import Suite, judgements_of, load_suite
from copydesk.engine import workers as module
from copydesk.engine.parts import Part, part_of
from copydesk.engine.workers import Workers, _answer, _Worker
from copydesk.model.chunk import Chunk
from copydesk.readers import find_files, read_files

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite("news")


@pytest.fixture(scope="module")
def chunk() -> Chunk:
    (chunk,) = read_files(find_files([FIXTURES / "clean.jsonl"]))
    return chunk


@pytest.fixture
def worker(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Worker]:
    monkeypatch.setattr(module, "_WORTH", 0)
    worker = _Worker((suite, ("url",)))
    yield worker
    worker.end()


def assert_same(one: Part, other: Part) -> None:
    assert one.frames and other.frames
    for name, frame in one.frames.common().items():
        assert_frame_equal(frame, other.frames.common()[name])
    for key, keys in one.frames.keys.items():
        assert_frame_equal(keys, other.frames.keys[key])
    assert (one.height, one.fields, one.columns, one.bytes) == (other.height, other.fields, other.columns, other.bytes)


def test_a_process_makes_the_same_part_and_is_asked_again(worker: _Worker, suite: Suite, chunk: Chunk) -> None:
    here = part_of(chunk, judgements_of(suite), ("url",))
    for _ in range(2):
        part = worker.analyse(chunk)
        assert part is not None
        assert_same(part, here)


def test_a_process_that_was_killed_is_not_asked_again(worker: _Worker, chunk: Chunk) -> None:
    assert worker.analyse(chunk) is not None
    assert worker._process is not None
    worker._process._process.kill()
    assert worker.analyse(chunk) is None and worker.analyse(chunk) is None
    assert not worker._process.runs


def test_a_check_that_only_this_process_knows_runs_here(worker: _Worker, chunk: Chunk) -> None:
    worker._task = (lambda: None, ())  # type: ignore[assignment]
    assert worker.analyse(chunk) is None
    assert worker._process is not None and not worker._process.runs


def test_no_process_starts_for_a_small_chunk(suite: Suite, chunk: Chunk) -> None:
    worker = _Worker((suite, ()))
    assert worker.analyse(chunk) is None and worker._process is None


def test_a_process_says_nothing_of_a_chunk_on_which_a_check_fails(
    suite: Suite, chunk: Chunk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts(*_: object) -> Any:
        found.append(1)
        if len(found) == 1:
            raise pl.exceptions.ComputeError("no")
        return SimpleNamespace(failed={"a": 1})

    found: list[int] = []
    monkeypatch.setattr(module, "part_of", parts)
    answers = io.BytesIO()
    with pytest.raises(EOFError):
        _answer(io.BytesIO(pickle.dumps((suite, ())) + 2 * pickle.dumps(chunk)), answers)
    assert answers.getvalue() == 2 * pickle.dumps(None, protocol=5)
    _answer(io.BytesIO(pickle.dumps(("no suite", ()))), answers)
    assert len(found) == 2, "it ends where it cannot know the suite"


def test_one_chunk_is_analysed_here_and_those_beside_it_in_processes(
    suite: Suite, chunk: Chunk, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet, by = Barrier(3, timeout=60), []

    def analyse(_: Chunk) -> Part:
        meet.wait()
        by.append("here")
        return Part()

    def elsewhere(self: _Worker, _: Chunk) -> Part:
        meet.wait()
        by.append("elsewhere")
        return Part()

    monkeypatch.setattr(_Worker, "analyse", elsewhere)
    with Workers(suite, (), analyse, 3) as workers:
        threads = [Thread(target=workers.analyse, args=(chunk,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(by) == ["elsewhere", "elsewhere", "here"]


def test_what_a_process_could_not_do_is_not_begun_here_after_the_end(suite: Suite, chunk: Chunk) -> None:
    def analyse(_: Chunk) -> Part:
        raise AssertionError

    workers = Workers(suite, (), analyse, 1)
    with workers:
        pass
    with pytest.raises(EOFError):
        workers.analyse(chunk)


def test_a_run_with_processes_has_the_results_of_one_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join((FIXTURES / name).read_text(encoding="utf-8") for name in ("clean.jsonl", "broken.jsonl"))
    for number in range(3):
        (tmp_path / f"{number}.jsonl").write_text(text, encoding="utf-8")
    started: list[_Worker] = []
    ask = _Worker.analyse

    def asked(self: _Worker, chunk: Chunk) -> Part | None:
        started.append(self)
        return ask(self, chunk)

    monkeypatch.setattr(_Worker, "analyse", asked)
    monkeypatch.setattr(module, "_WORTH", 0)
    monkeypatch.setattr(copydesk.run, "even_chunks", lambda *_: len(text))
    results = []
    for cores in (1, 2):
        monkeypatch.setattr("copydesk.gate.run.CORES", cores)
        results.append(copydesk.run.check([tmp_path]))
    assert started and all(worker._process is not None and not worker._process.runs for worker in started)
    one, two = results
    assert_frame_equal(one.findings.collect(), two.findings.collect())
    assert one.expectations == two.expectations
