"""A small collection of files, in every format, and all that a run says of it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from copydesk.checks.suite import Suite, load_suite, parse_suite
from copydesk.engine.cache import Cache, Storage
from copydesk.engine.collection import Gathering
from copydesk.engine.pipeline import each_part
from copydesk.model.chunk import Chunk
from copydesk.readers import find_files, read_files

NEWS = load_suite("news")

#: Checks of articles, of rows and of the collection: enough to tell contents apart, and quick.
FEW = parse_suite(
    """
expectations:
  - type: expect_news_ad_residue
  - type: expect_news_repeated_paragraph
  - type: expect_news_duplicate_article
  - type: expect_news_unreadable_row
""",
    file="few.yml",
)

KINDS = {
    "clean": "The ferry left at six. It came back on Friday with {n} bags of mail for the island.",
    "ad": "The ferry left at six, with {n} bags.\nAdvertisement\nIt came back on Friday.",
    "repeat": "The harbour master said that {n} boats were lost in the storm.\nNobody was hurt."
    "\nThe harbour master said that {n} boats were lost in the storm.",
    "copy": "The same words stand in several articles of this collection, and more than five of them.",
}

#: The suffixes of all formats that are read, and of their compressed forms.
SUFFIXES = (
    ".jsonl",
    ".ndjson",
    ".json",
    ".csv",
    ".tsv",
    ".txt",
    ".parquet",
    ".jsonl.gz",
    ".jsonl.zst",
    ".csv.gz",
    ".json.zst",
    ".txt.gz",
    ".parquet.gz",
)

Read = Callable[..., Iterator[Chunk]]


def rows(kinds: Sequence[str], name: str = "a") -> list[dict[str, str]]:
    return [
        {"id": f"{name}-{n}", "title": f"Ferry {name} {n}", "text": KINDS[kind].format(n=n)}
        for n, kind in enumerate(kinds)
    ]


def data_of(kinds: Sequence[str], suffix: str = ".jsonl", name: str = "a") -> bytes:
    """Return a file with an article of each kind; one of text has them all in one."""
    plain, _, packed = suffix.removeprefix(".").partition(".")
    some = rows(kinds, name)
    if plain == "json":
        data = json.dumps(some, indent=1).encode()
    elif plain in ("csv", "tsv"):
        text = io.StringIO()
        table = csv.DictWriter(text, list(some[0]), delimiter="," if plain == "csv" else "\t")
        table.writeheader()
        table.writerows(some)
        data = text.getvalue().encode()
    elif plain == "txt":
        data = "\n".join([some[0]["title"], *(row["text"] for row in some)]).encode()
    elif plain == "parquet":
        file = io.BytesIO()
        pl.DataFrame(some).write_parquet(file)
        data = file.getvalue()
    else:
        data = b"".join(json.dumps(row).encode() + b"\n" for row in some)
    if packed == "gz":
        return gzip.compress(data, mtime=0)
    if packed == "zst":
        return bytes(pa.compress(data, "zstd", asbytes=True))
    return data


def write(folder: Path, name: str, kinds: list[str]) -> Path:
    """Write JSON lines: a clean article, then one of each kind, which may be 'broken'."""
    lines = [json.dumps(row) for row in rows(["clean", *("clean" if k == "broken" else k for k in kinds)], name)]
    lines = ["{broken" if kind == "broken" else line for kind, line in zip(["clean", *kinds], lines, strict=True)]
    file = folder / f"{name}.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def told(
    path: Path,
    kept: Path | Storage | None = None,
    *,
    suite: Suite = FEW,
    read: Read = read_files,
    prune: bool = False,
    chunk_bytes: int = 1 << 20,
) -> tuple[Any, ...]:
    """Return all that Great Expectations and the reports get of a run.

    Args:
        path: what is read.
        kept: the folder of the cache.
        suite: what it is held against; few checks, unless told otherwise.
        read: reads files.
        prune: whether the run ends as `copydesk check` does.
        chunk_bytes: how much is read at once.
    """
    sources = find_files([path])
    run = Gathering(suite)
    storage = Storage(kept) if isinstance(kept, Path) else kept
    cache = Cache(storage, run) if storage else None
    try:
        each_part(sources, partial(read, chunk_bytes=chunk_bytes), run.analyse, cache, run.add)
        if cache and prune:
            cache.prune()
        run.finish()
        overview = run.overview(sources)
        signals = run.signals().tally(), run.signals().rows().to_dicts()
        findings = run.findings.scan().collect().to_dicts()
        return findings, signals, run.rejected, run.samples.in_order(), overview, run.columns, run.ledger.hash
    finally:
        run.close()
        run.findings.close()


def entries(kept: Path) -> list[Path]:
    return sorted(kept.glob("*.parts"))
