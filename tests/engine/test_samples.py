"""Samples: the first articles of each check, no more than there is room for, with their findings in order."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.engine.samples import SAMPLED, Samples
from copydesk.model.article import FIELDS
from copydesk.model.finding import FINDING, LINKS, no_findings

PAIRS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["ad-residue", "mojibake"])), max_size=60)


def findings_frame(pairs: list[tuple[int, str]]) -> pl.DataFrame:
    rows = [{"article": a, "article_id": f"id-{a}", "file": "a", "row": a + 1, "check": c} for a, c in sorted(pairs)]
    empty = no_findings(links=True).with_columns(article=pl.lit(None, pl.UInt32))
    return pl.DataFrame(rows, schema=empty.schema)


def texts(numbers: list[int]) -> pl.DataFrame:
    rows = [{"article": n, "id": f"id-{n}", "body": f"Body {n}."} for n in numbers]
    return pl.DataFrame(rows, schema={"article": pl.UInt32, **dict.fromkeys(FIELDS, pl.String)})


@settings(deadline=None, max_examples=40)
@given(PAIRS, st.integers(1, 40))
def test_the_first_articles_of_each_check_are_the_samples(pairs: list[tuple[int, str]], cut: int) -> None:
    samples = Samples()
    for start in range(0, 41, cut):
        part = [p for p in pairs if start <= p[0] < start + cut]
        samples.add(texts(list(range(start, start + cut))), findings_frame(part))
    first = {c: sorted({a for a, check in pairs if check == c})[:SAMPLED] for c in ("ad-residue", "mojibake")}
    expected = sorted({a for some in first.values() for a in some})
    assert [s.article["body"] for s in samples.in_order()] == [f"Body {a}." for a in expected]
    assert samples.sizes() == {check: len(some) for check, some in first.items() if some}
    for sample in samples.in_order():
        assert all(f["article_id"] == sample.article["id"] for f in sample.findings)
        assert all([*f] == [*FINDING, *LINKS] for f in sample.findings)


def test_a_late_finding_goes_to_its_article_or_waits_for_its_text() -> None:
    samples = Samples()
    samples.add(texts([0, 1]), findings_frame([(1, "ad-residue")]))
    samples.add_late(findings_frame([(0, "duplicate-article"), (1, "duplicate-article")]))
    assert samples.without_text() == {0: ("a", 1)}
    fields = dict.fromkeys(FIELDS) | {"body": "Body 0."}
    samples.complete({("a", 1): fields}, findings_frame([(0, "mojibake"), (0, "duplicate-article")]).lazy())
    zero, one = samples.in_order()
    assert zero.article["body"] == "Body 0." and [f["check"] for f in zero.findings] == [
        "duplicate-article",
        "mojibake",
    ]
    assert [f["check"] for f in one.findings] == ["ad-residue", "duplicate-article"]


def test_samples_of_two_stretches_join_as_if_they_were_one() -> None:
    whole, left, right = Samples(), Samples(), Samples()
    pairs = [(n, "ad-residue") for n in range(12)]
    whole.add(texts(list(range(12))), findings_frame(pairs))
    left.add(texts(list(range(5))), findings_frame(pairs[:5]))
    right.add(texts(list(range(7))), findings_frame(pairs[:7]))
    assert left.wants(right.sizes())
    left.join(right, 5)
    assert left.sizes() == whole.sizes() and not left.wants(right.sizes())
    bodies = [s.article["body"] for s in left.in_order()]
    assert bodies == [*(f"Body {n}." for n in range(5)), *(f"Body {n}." for n in range(SAMPLED - 5))]


def test_known_findings_stand_apart_and_in_few_articles_of_their_own() -> None:
    samples = Samples()
    samples.add(texts([0, 1, 2, 3, 4]), findings_frame([(3, "ad-residue")]))
    samples.add_known(texts([0, 1, 2, 3, 4]), findings_frame([(n, "mojibake") for n in range(5)]))
    samples.add_known(texts([5, 6]), findings_frame([(5, "mojibake"), (6, "ad-residue")]))
    shown = [(s.article["body"], len(s.findings), [f["check"] for f in s.known]) for s in samples.in_order()]
    assert shown == [
        ("Body 0.", 0, ["mojibake"]),
        ("Body 1.", 0, ["mojibake"]),
        ("Body 3.", 1, ["mojibake"]),
        ("Body 6.", 0, ["ad-residue"]),
    ]
