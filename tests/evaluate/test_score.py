"""The score: counted as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.checks.suite import load_suite
from copydesk.errors import InputError, UsageError
from copydesk.evaluate.score import Score, filter_rows, paragraph_labels, score, scores

BODY = "Hide Ad\nThe bridge reopened on Monday, the mayor said.\n\nShare on Facebook\nZorblat quintle\nAdvertisement"


def label(paragraph: int, kind: str, **more: Any) -> dict[str, Any]:
    return {"paragraph": paragraph, "kind": kind} | more


LABELS = [
    label(0, "residue", ctx="ad"),
    label(1, "clean"),
    label(3, "residue", ctx="share"),
    label(4, "residue"),
    label(5, "clean"),  # so that there is a false alarm
]


def labelled(path: Path, *articles: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return path


def article(**fields: Any) -> dict[str, Any]:
    return {
        "id": "a#x",
        "source_id": "a",
        "extractor": "x",
        "subset": "modern",
        "body": BODY,
        "labels": LABELS,
    } | fields


def figures(path: Path) -> dict[str, Score]:
    return {s.name: s for s in scores(score(path, load_suite("news")))}


def test_hits_misses_and_alarms_are_counted(tmp_path: Path) -> None:
    found = figures(labelled(tmp_path / "l.jsonl", article()))
    everything = found["all"]
    assert (everything.residue, everything.clean, everything.hits, everything.alarms) == (3, 2, 2, 1)
    assert everything.precision == pytest.approx(2 / 3) and everything.recall == pytest.approx(2 / 3)
    assert everything.f1 == pytest.approx(2 / 3)
    assert (found["ctx=ad"].hits, found["ctx=ad"].residue) == (1, 1)
    assert found["check=share-bar"].hits == 1 and found["check=ad-residue"].alarms == 1


def test_an_article_by_two_extractors_is_counted_once_in_all_and_twice_apart(tmp_path: Path) -> None:
    other = article(
        id="a#y", extractor="y", body="x\n" + BODY, labels=[one | {"paragraph": one["paragraph"] + 1} for one in LABELS]
    )
    found = figures(labelled(tmp_path / "l.jsonl", article(), other))
    assert found["all"].residue == 3
    assert found["extractor=x"].residue == found["extractor=y"].residue == 3


def test_what_does_not_count_is_left_out(tmp_path: Path) -> None:
    labels = [label(0, "meta"), label(1, "unsure"), label(3, "residue", conf="low"), label(4, "residue", conf="high")]
    everything = figures(labelled(tmp_path / "l.jsonl", article(labels=labels)))["all"]
    assert (everything.residue, everything.clean, everything.hits) == (1, 0, 0)
    assert everything.precision is None and everything.recall == 0 and everything.f1 is None


def test_paragraphs_are_those_of_the_label(tmp_path: Path) -> None:
    path = labelled(
        tmp_path / "l.jsonl", article(body="é👩‍👩‍👧\n\nتجربة\n", labels=[label(0, "clean"), label(2, "residue")])
    )
    rows = paragraph_labels(path).select("text", "start", "end").rows()
    assert rows == [("é👩‍👩‍👧", 0, 6), ("تجربة", 8, 13)]


def test_a_file_without_labels_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row has labels"):
        score(labelled(tmp_path / "l.jsonl", {"body": BODY}), load_suite("news"))


def test_rows_are_narrowed(tmp_path: Path) -> None:
    path = labelled(tmp_path / "l.jsonl", article(), article(id="b", source_id="b", subset="older"))
    judged = score(path, load_suite("news"))
    assert filter_rows(judged, ["subset=older"])["article"].unique().to_list() == ["b"]
    with pytest.raises(UsageError, match="COLUMN=VALUE"):
        filter_rows(judged, ["subset"])
