"""The difference of two versions: what was done to a collection is what is said."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import parse_suite
from copydesk.gate.diff import difference
from copydesk.gate.differences import Difference
from copydesk.model.article import FIELDS
from copydesk.testing.strategies import articles

SUITE = parse_suite("expectations: [{type: expect_news_ad_residue}, {type: expect_news_duplicate_article}]", file="s")
Article = dict[str, Any]


def write(path: Path, rows: list[Article]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in rows), encoding="utf-8")
    return path


def compared(folder: Path, old: list[Article], new: list[Article]) -> Difference:
    return difference(write(folder / "old.jsonl", old), write(folder / "new.jsonl", new), suite=SUITE)


tmp = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
rows = st.lists(articles(hostile=False), min_size=2, max_size=8)


@tmp
@given(rows, st.data(), st.randoms(use_true_random=False))
def test_what_was_done_is_what_is_said(
    tmp_path: Path, found: list[Article], data: st.DataObject, chance: random.Random
) -> None:
    old = [{**article, "id": f"a{n}"} for n, article in enumerate(found)]
    new, expected, ads = [], {}, 0
    for article in old[1:]:  # the first one is removed
        what = data.draw(st.sampled_from(["same", "headline", "body", "both"]))
        changed = dict(article)
        if what in ("headline", "both"):
            changed["headline"] = f"{article['headline']} changed"
        if what in ("body", "both"):
            changed["body"] = f"{article['body']}\nHide Ad"
            ads += 1
        if what != "same":
            expected[article["id"]] = ["headline", "body"] if what == "both" else [what]
        new.append(changed)
    new.append({**old[0], "id": "one more", "body": "A story of its own."})
    chance.shuffle(new)
    d = compared(tmp_path, old, new)
    assert d.added["article_id"].to_list() == ["one more"]
    assert d.removed["article_id"].to_list() == ["a0"]
    assert dict(d.changed.select("article_id", "fields").iter_rows()) == expected
    assert d.unchanged == len(old) - 1 - len(expected)
    assert d.fields == dict(Counter(f for fields in expected.values() for f in fields))
    assert d.new.filter(check="ad-residue").height == ads and d.fixed.filter(check="ad-residue").is_empty()
    assert d.known + d.new.height == d.after.findings and d.known + d.fixed.height == d.before.findings
    assert (d.before.articles, d.after.articles) == (len(old), len(new))
    assert d.fails("info") == bool(d.new.height) and not d.fails("never")


@tmp
@given(st.lists(articles(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_nothing_differs_from_itself_in_any_order(tmp_path: Path, found: list[Article], chance: random.Random) -> None:
    shuffled = chance.sample(found, len(found))  # ids may be missing, blank or the same
    d = compared(tmp_path, found, shuffled)
    assert d.unchanged == len(found)
    assert not (d.added.height or d.removed.height or d.changed.height or d.new.height or d.fixed.height)
    assert not [m for m in d.measures if m.old != m.new]


@tmp
@given(rows, rows)
def test_all_articles_and_measures_are_accounted_for(tmp_path: Path, old: list[Article], new: list[Article]) -> None:
    d, back = compared(tmp_path, old, new), compared(tmp_path, new, old)
    assert d.changed.height + d.unchanged + d.added.height == len(new)
    assert d.changed.height + d.unchanged + d.removed.height == len(old)
    assert (d.added.height, d.new.height) == (back.removed.height, back.fixed.height)
    assert {(m.kind, m.name, m.old, m.new) for m in d.measures if m.kind != "publisher"} == {
        (m.kind, m.name, m.new, m.old) for m in back.measures if m.kind != "publisher"
    }
    for kind in ("language", "publisher", "check"):
        assert sum(m.new for m in d.measures if m.kind == kind) <= max(1, len(SUITE.checks)) * len(new)


def test_each_field_counts(tmp_path: Path) -> None:
    old = {f: f"{f} of an article" for f in FIELDS} | {"id": "1"}
    for field in FIELDS[1:]:
        d = compared(tmp_path, [old], [old | {field: "other"}])
        assert d.changed["fields"].to_list() == [[field]]
