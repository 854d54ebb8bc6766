"""Invented collections in which something leaks."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable
from typing import Any

_SYLLABLES = ["ba", "lo", "mi", "ren", "tas", "ku", "vel", "dor", "sha", "pi", "nor", "gue", "fal", "ti"]
_WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in ("", "n")]


def story(number: int, sentences: int = 6) -> str:
    """Return an invented story, the same for the same number; two have hardly a passage in common."""
    rng = random.Random(number)
    return " ".join(" ".join(rng.choices(_WORDS, k=14)).capitalize() + "." for _ in range(sentences))


def stdin(rows: Iterable[dict[str, Any]]) -> io.BytesIO:
    """Return rows as JSON lines on standard input."""
    return io.BytesIO("\n".join(json.dumps(row) for row in rows).encode())


def labelled(count: int) -> list[dict[str, Any]]:
    """Return articles labelled true and fake: all true ones open with a dateline and an agency, as ISOT's do."""
    cities = ["OSTERWISCH", "NEW HALDEN", "PORT ELLERY"]
    rows = []
    for n in range(count):
        true = n % 2 == 0
        opening = f"{cities[n % 3]} (Northwire) - " if true else ""
        date = f"March {1 + n % 28}, 2023" if true else f"2023-03-{1 + n % 28:02}"
        row = {"id": f"s{n}", "title": f"Headline {n}", "body": opening + story(n), "date": date}
        rows.append(row | {"label": "true" if true else "fake", "publisher": f"Paper {n % 5}"})
    return rows
