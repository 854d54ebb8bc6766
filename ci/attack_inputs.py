"""Hostile inputs for `ci/attack`: collections in every format, suites, lexicons, configs and baselines, from one seed.

About half of the files are whole; the others are damaged. Of a whole one the articles are known, so that a lost row or
a span that is not the text is seen.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.checks import suite_files

__all__ = ["Input", "make"]

FIELDS = ("id", "headline", "byline", "standfirst", "body", "published", "url", "publisher", "language", "section")

#: Pieces on which programs break, beside plain words.
PIECES = [
    *("The mayor opened the ferry on Monday.", "Hide Ad", "Related topics:", "Share this", "By A. Writer", "«Ça va?»"),
    *(
        "Страна",
        "東京都議会",
        "مجلس المدينة",
        "עיריית",
        "नगर परिषद",
        "e\u0301\u0301\u0301",
        "👩\u200d👩\u200d👧",
        "ﬁ",
        "İ",
    ),
    *(
        "\x00",
        "\x07",
        "\x1b[2J",
        "\x7f",
        "\u0085",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\u200b" * 9,
        "\xad",
        "\ufffd",
        "\U0010fffd",
    ),
    *(
        "<script>alert(1)</script>",
        "</script>",
        "<!--",
        "]]>",
        "&amp;amp;",
        "&#0;",
        "{{ 7*7 }}",
        "${x}",
        "%s%n",
        "'; --",
    ),
    *(
        "Ã©tÃ©",
        "â€™",
        "ï»¿",
        "ÃƒÂ©",
        "\\u0041",
        "\\",
        '"',
        "'",
        ",",
        ";",
        "|",
        "\t",
        "[1]",
        "{}",
        "null",
        "NaN",
        "=1+1",
    ),
    *("a" * 3000, "a " * 1500, "&amp;" * 400, "x\n" * 300, "1, " * 900, ")" * 500, "-" * 400, "http://" + "a." * 300),
]
DATES = ["2026-03-14", "14 Mar 2026", "99999-99-99", "0000-00-00", "-1", "1e308", "٢٠٢٦", "yesterday", "9" * 400, ""]
URLS = ["https://a.example/1", "//a", "javascript:x", "http://[", "http://\ud7ffx", "https://" + "a" * 5000, "\x00", ""]


@dataclass(slots=True)
class Input:
    """One run.

    files: the contents by name; written into an empty folder.
    words: the words behind `copydesk`.
    articles: where the file is whole, the bodies that were written, in order.
    """

    number: int
    files: dict[str, bytes]
    words: list[str]
    articles: list[str] | None = None
    kind: str = ""
    outputs: tuple[str, ...] = field(default=("findings.jsonl", "result.json"))


def make(number: int, seed: int) -> Input:
    """Make one input; the same for the same number and seed."""
    chance = random.Random(f"{seed}/{number}")
    name, files, articles = _collection(chance)
    words = ["check", name, "--findings", "out/findings.jsonl", "--result", "out/result.json", "--no-cache", "--quiet"]
    given = Input(number, files, words, articles, kind=name.partition(".")[2])
    extra = chance.random()
    if extra < 0.10:
        given.files["suite.yml"] = _suite(chance)
        given.words += ["--suite", "suite.yml"]
        given.kind = "suite"
    elif extra < 0.16:
        given.files["baseline.jsonl"] = _baseline(chance)
        given.words += ["--baseline", "baseline.jsonl"]
        given.kind = "baseline"
    elif extra < 0.19:
        given.files["copydesk.toml"] = _damaged(chance, b'suite = "news"\nfail-on = "warning"\n[map]\nbody = "body"\n')
        given.kind = "config"
    elif extra < 0.22:
        given.files["en.txt"] = _damaged(chance, b"[ad]\nHide Ad\n[share]\nShare this\n[related]\nRead {more}\n")
        given.files["suite.yml"] = (
            b'name: x\nexpectations:\n  - {type: expect_news_ad_residue, kwargs: {lexicons: ["en.txt"]}}\n'
        )
        given.words += ["--suite", "suite.yml"]
        given.kind = "lexicon"
    return given


def _text(chance: random.Random, most: int) -> str:
    return chance.choice([" ", "\n", "\n\n", "", "\r\n"]).join(chance.choices(PIECES, k=chance.randint(0, most)))


def _articles(chance: random.Random) -> list[dict[str, Any]]:
    rows = []
    for _ in range(chance.randint(1, 9)):
        row: dict[str, Any] = {name: _text(chance, 2) for name in FIELDS if chance.random() < 0.6}
        row["body"] = "The ferry left the harbour at noon. " + _text(chance, 12)
        if chance.random() < 0.5:
            row["published"] = chance.choice(DATES)
        if chance.random() < 0.5:
            row["url"] = chance.choice(URLS)
        rows.append(row)
    return rows


def _json_lines(rows: list[dict[str, Any]], chance: random.Random) -> bytes:
    plain = chance.random() < 0.5
    return "".join(json.dumps(row, ensure_ascii=plain) + "\n" for row in rows).encode()


def _json(rows: list[dict[str, Any]], chance: random.Random) -> bytes:
    return json.dumps(rows, ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, 1])).encode()


def _separated(rows: list[dict[str, Any]], chance: random.Random, delimiter: str) -> bytes:
    written = io.StringIO(newline="")
    table = csv.DictWriter(
        written, FIELDS, restval="", delimiter=delimiter, lineterminator=chance.choice(["\n", "\r\n"])
    )
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def _parquet(rows: list[dict[str, Any]], chance: random.Random) -> bytes:
    written = io.BytesIO()
    table = pa.Table.from_pylist([{name: row.get(name) for name in FIELDS} for row in rows])
    pq.write_table(table, written, compression=chance.choice(["snappy", "zstd", "none"]))
    return written.getvalue()


#: How a file is written, by its suffix.
WRITERS: dict[str, Callable[[list[dict[str, Any]], random.Random], bytes]] = {
    "jsonl": _json_lines,
    "json": _json,
    "csv": lambda rows, chance: _separated(rows, chance, ","),
    "tsv": lambda rows, chance: _separated(rows, chance, "\t"),
    "parquet": _parquet,
    "txt": lambda rows, chance: "\n\n".join(row["body"] for row in rows).encode(),
}
#: In these a text is read as it was written. CSV has no way to write a NUL, nor to tell a line break from another.
EXACT = ("jsonl", "json", "parquet")


def _collection(chance: random.Random) -> tuple[str, dict[str, bytes], list[str] | None]:
    rows = _articles(chance)
    suffix = chance.choice([*WRITERS])
    data = WRITERS[suffix](rows, chance)
    name = f"articles.{suffix}"
    articles = [row["body"] for row in rows] if suffix in EXACT else None
    how = chance.random()
    if how < 0.4:
        data, articles = _damaged(chance, data), None
    elif how < 0.45:
        name, articles = f"articles.{chance.choice([*WRITERS])}", None
    if chance.random() < 0.15:
        data, name = gzip.compress(data, mtime=0), name + ".gz"
        if chance.random() < 0.3:
            data, articles = _damaged(chance, data), None
    return name, {name: data}, articles


def _damaged(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        at = chance.randint(0, len(data))
        data = chance.choice(list(_damages(chance, data, at)))
    return data


def _damages(chance: random.Random, data: bytes, at: int) -> Iterator[bytes]:
    piece = chance.choice(PIECES).encode()
    yield data[:at]
    yield data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    yield data[:at] + piece + data[at:]
    yield data[:at] + data[at + chance.randint(1, 9) :]
    yield data[:at] + data[:at]
    yield data[:at] + bytes(chance.choice([1, 100])) + data[at:]
    yield (
        data[:at]
        + chance.choice([b"[", b"{", b'"', b"\\", b"&a [*a", b"!!set ", b"\xff", b"\xed\xa0\x80"]) * 60
        + data[at:]
    )


def _suite(chance: random.Random) -> bytes:
    whole = suite_files()[chance.choice(sorted(suite_files()))].read_bytes()
    lines = whole.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    return _damaged(chance, chance.choice([whole, b"".join(lines[: start + 12])]))


def _baseline(chance: random.Random) -> bytes:
    finding = {"fingerprint": f"{chance.getrandbits(64):016x}", "check": "ad-residue", "article_id": _text(chance, 2)}
    finding |= {
        "file": chance.choice(["a", "", "f\x00", "f" * 5000, "\ud800"]),
        "field": "body",
        "text": _text(chance, 2),
    }
    data = b'{"copydesk_baseline": 1}\n' + json.dumps(finding).encode() + b"\n"
    return data if chance.random() < 0.4 else _damaged(chance, data)
