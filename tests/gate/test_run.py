"""The work of a run is done again without a cache that changes meanwhile, unless its input cannot be read again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from copydesk.checks.suite import parse_suite
from copydesk.engine.cache import DamagedError, Storage
from copydesk.engine.collection import MEMORY
from copydesk.errors import InputError
from copydesk.gate.outcome import Clock
from copydesk.gate.run import Run
from copydesk.readers import Source, find_files, read_files

SUITE = parse_suite("expectations: [{type: expect_news_ad_residue}]", file="gate.yml")
LINE = b'{"id": "a", "body": "It rained.\\nHide Ad"}\n'


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch) -> list[Storage]:
    """The caches that were opened; each is damaged."""
    opened: list[Storage] = []

    def cache(storage: Storage, *_: object) -> Any:
        opened.append(storage)
        raise DamagedError("changed")

    monkeypatch.setattr("copydesk.gate.run.Cache", cache)
    return opened


def made(stack: ExitStack, sources: Sequence[Source], **given: Any) -> Run:
    nothing = dict.fromkeys(("mapped", "entries", "baseline", "costs", "progress", "meanwhile"))
    reading = partial(read_files, stdin=io.BytesIO(LINE))
    return Run(
        stack=stack, clock=Clock(), suite=SUITE, sources=sources, reading=reading, memory=MEMORY, **{**nothing, **given}
    )


def test_a_cache_that_changes_is_done_without(tmp_path: Path, damaged: list[Storage]) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINE)
    parts: list[object] = []
    with ExitStack() as stack:
        mine = made(stack, find_files([tmp_path / "a.jsonl"]), progress=parts.append)
        run, before, known = mine.gather(Storage(tmp_path / "cache"))
        assert (run.articles, len(parts), before, known) == (1, 1, None, None)
    assert len(damaged) == 1


def test_standard_input_is_not_read_again(tmp_path: Path, damaged: list[Storage]) -> None:
    with ExitStack() as stack, pytest.raises(InputError, match="cannot be read again") as error:
        made(stack, [Source("-", None, ".jsonl")]).gather(Storage(tmp_path / "cache"))
    assert isinstance(error.value.__cause__, DamagedError) and len(damaged) == 1
