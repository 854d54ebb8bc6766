"""Parts: what a chunk gave, without the chunk."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from copydesk.checks.suite import load_suite
from copydesk.engine.collection import Gathering
from copydesk.model.chunk import Chunk

LONG = "The council met at noon and heard what the harbour would cost before anyone had asked for it. " * 50


def test_a_part_does_not_keep_the_text_of_its_chunk_in_memory(held: Callable[[pl.DataFrame], int]) -> None:
    bodies = [f"Number {n} of the bridge news in short\n{LONG}\nHide Ad" for n in range(400)]
    articles = pl.DataFrame({"file": "a.jsonl", "row": range(1, 401), "line": range(1, 401), "body": bodies})
    part = Gathering(load_suite("news")).analyse(Chunk(articles))
    assert part.frames is not None
    some = part.frames.common()
    del some["texts"]  # whole articles, a few
    assert sum(map(held, [*some.values(), *part.frames.keys.values()])) < articles.estimated_size() / 2
