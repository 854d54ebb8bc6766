"""Collections under repair: a few articles as scrapers deliver them, in every format that is written again."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Article = dict[str, Any]
Writer = Callable[[Path, Sequence[Article]], Path]


def story(number: int, body: str | list[str]) -> Article:
    """An article with fields that no repair may touch."""
    return {"id": f"story-{number}", "title": f"Pier “{number}” opens", "note": f'a, "b";\t{number}', "text": body}


def json_lines(folder: Path, articles: Sequence[Article]) -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(json.dumps(a).encode() for a in articles) + b"\n\n")
    return path


def json_array(folder: Path, articles: Sequence[Article]) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(articles, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def separated(folder: Path, articles: Sequence[Article]) -> Path:
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(articles[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(articles)
    return path


def parquet(folder: Path, articles: Sequence[Article]) -> Path:
    path = folder / "a.parquet"
    table = pa.Table.from_pylist(list(articles)).replace_schema_metadata({"origin": "a test"})
    pq.write_table(table, path, row_group_size=2, compression="zstd")
    return path


def compressed(folder: Path, articles: Sequence[Article]) -> Path:
    path = folder / "b.jsonl.gz"
    with path.open("wb") as raw, gzip.GzipFile("named.jsonl", "wb", 3, raw, mtime=1_000_000_000) as file:
        file.write(b"".join(json.dumps(a, ensure_ascii=False).encode() + b"\r\n" for a in articles))
    return path


WRITERS: dict[str, Writer] = {
    "jsonl": json_lines,
    "json": json_array,
    "csv": separated,
    "parquet": parquet,
    "jsonl.gz": compressed,
}
