"""One session of Spark for all tests of it, and a collection with everything that can go wrong in it."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from copydesk.errors import UsageError
from copydesk.spark.session import session

PUBLISHERS = ("Harbour Gazette", "Valley Courier", "The Herald", "Quayside Times", "Hill Post", "")
WHO = (
    "the mayor",
    "a driver",
    "two farmers",
    "the council",
    "a teacher",
    "the bakers",
    "some pupils",
    "the ferry crew",
)
DID = (
    "reopened",
    "painted",
    "measured",
    "sold",
    "praised",
    "moved",
    "photographed",
    "repaired",
    "visited",
    "counted",
)
WHAT = (
    "the bridge",
    "the market hall",
    "an old mill",
    "the harbour wall",
    "a library",
    "the railway arch",
    "two barns",
)
WHEN = (
    "on Monday",
    "after the storm",
    "before noon",
    "in spring",
    "without a word",
    "for the third time",
    "at night",
)
RESIDUE = ("Hide Ad", "Related topics:", "Sign up for our newsletter", "Read more: The ferry sails again")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    os.environ["SPARK_MASTER"] = "local[2]"
    try:
        started = session()
    except UsageError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    yield started
    started.stop()


def story(number: int) -> dict[str, Any]:
    """Return an article, the same for the same number; about one in six has a defect."""
    rng = random.Random(number)
    copied = number > 100 and rng.random() < 0.04
    words = random.Random(rng.randrange(number)) if copied else rng
    parts = [[words.choice(part) for part in (WHO, DID, WHAT, WHEN)] for _ in range(6)]
    sentences = [f"{' '.join(part)}, number {words.randrange(10**6)}." for part in parts]
    paragraphs = [" ".join(s[0].upper() + s[1:] for s in sentences[n : n + 2]) for n in (0, 2, 4)]
    if copied and rng.random() < 0.7:
        paragraphs[rng.randrange(3)] = f"{rng.choice(WHO).capitalize()} saw it from afar, number {number}."
    if rng.random() < 0.08:
        paragraphs.insert(rng.randrange(3), rng.choice(RESIDUE))
    if rng.random() < 0.03:
        paragraphs.append(paragraphs[0])
    publisher = PUBLISHERS[min(rng.randrange(12), 5)]
    if rng.random() < 0.1:
        paragraphs.append(f"{publisher} belongs to its readers.")
    address = rng.randrange(number) if number and rng.random() < 0.01 else number
    suffix = f" | {publisher}" if publisher and rng.random() < 0.03 else ""
    return {
        "id": "" if rng.random() < 0.1 else f"story-{number}",
        "url": f"https://www.{publisher.lower().replace(' ', '') or 'nobody'}.example/a/{address}",
        "publisher": publisher,
        "headline": "" if rng.random() < 0.01 else f"{sentences[0].split(',')[0].capitalize()} again{suffix}",
        "body": "\n\n".join(paragraphs),
        "published": f"2026-{1 + number % 9:02}-{1 + number % 27:02}T08:00:00+00:00",
        "section": rng.choice(("news", "sport", "briefs")),
        "score": rng.randrange(9),
    }


@pytest.fixture(scope="session")
def stories() -> Callable[[int], dict[str, Any]]:
    return story


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 20,000 articles in files that are cut, files that are not, and with rows that cannot be read."""
    folder = tmp_path_factory.mktemp("collection")
    lines = [json.dumps(story(n), ensure_ascii=n % 2 == 0) for n in range(20_000)]
    large = lines[:12_000]
    for place in (50, 5_000, 11_000):
        large[place:place] = ["", "{broken", " ", '["no", "object"]', '{"body": "half a surrogate: \\ud83d"}']
    (folder / "a-large.jsonl").write_text("\n".join(large), encoding="utf-8")
    pl.DataFrame([json.loads(line) for line in lines[12_000:17_000]]).write_parquet(
        folder / "b.parquet", row_group_size=1_000
    )
    with gzip.open(folder / "c.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write("\n".join(lines[17_000:19_000]))
    pl.DataFrame([json.loads(line) for line in lines[19_000:]]).write_csv(folder / "d.csv")
    (folder / "e-nothing.jsonl").write_text("\n")
    return folder


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
