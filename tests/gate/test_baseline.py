"""The baseline: what is known stays known wherever it moves, what is new is found, what is fixed is counted."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import copydesk
from copydesk.checks.suite import parse_suite
from copydesk.commands.cli import main
from copydesk.engine.collection import Gathering
from copydesk.gate.baseline import Baseline
from copydesk.gate.baseline_file import load_baseline, prune, write_baseline
from copydesk.model.finding import FINDING
from copydesk.model.result import Comparison
from copydesk.readers import read

SUITE = parse_suite(
    "expectations: ["
    + ", ".join(
        f"{{type: expect_news_{name}}}"
        for name in (
            "ad_residue",
            "promo_residue",
            "share_bar",
            "repeated_paragraph",
            "duplicate_article",
            "duplicate_url",
            "near_duplicate_article",
        )
    )
    + "]",
    file="gate.yml",
)
#: So many that no two stories share a passage by chance.
WORDS = """
    bridge river council mayor school ferry market winter valley storm repair money people village road harbour library
    teacher engine orchard museum station baker farmer doctor garden window letter summer island tower forest captain
    lantern kitchen blanket meadow railway quarry anchor barrel candle dairy fiddle hammer ladder mirror needle
""".split()  # noqa: SIM905

#: Lines that are a defect wherever they stand in a story: one finding each.
DEFECTS = ("Hide Ad", "Sign up for our newsletter", "Share this article", "Subscribe to our newsletter")

Article = dict[str, Any]


def story(number: int) -> Article:
    """Return a clean story like no other."""
    chance = random.Random(number)
    paragraphs = [" ".join(chance.choices(WORDS, k=30)).capitalize() + f" {number}." for _ in range(4)]
    return {
        "id": f"a{number}",
        "headline": f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}".capitalize(),
        "body": "\n\n".join(paragraphs),
    }


def with_line(article: Article, line: str, at: int) -> Article:
    lines = article["body"].split("\n\n")
    lines.insert(1 + at % (len(lines) - 1), line)
    return article | {"body": "\n\n".join(lines)}


def write(folder: Path, *files: list[Article]) -> list[Path]:
    paths = []
    for number, articles in enumerate(files):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
        paths.append(path)
    return paths


def findings(paths: Iterable[Path], baseline: Baseline | None = None) -> pl.DataFrame:
    gathering = Gathering(SUITE, baseline)
    try:
        for chunk in read(list(paths)):
            gathering.add(gathering.analyse(chunk))
        gathering.finish()
        return gathering.findings.scan().collect()
    finally:
        gathering.close()


def compared(known: pl.DataFrame, paths: list[Path]) -> tuple[Comparison, pl.DataFrame]:
    baseline = Baseline(known)
    found = findings(paths, baseline)
    new = found.lazy().filter("new").select(*FINDING)
    return baseline.comparison(SUITE.checks.values(), map(str, paths), new), found


planted = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(DEFECTS), st.integers(0, 3)), max_size=8)
tmp = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def collection(defects: list[tuple[int, str, int]], size: int = 6) -> list[Article]:
    articles = [story(n) for n in range(size)]
    for number, line, at in defects:
        articles[number] = with_line(articles[number], line, at)
    return articles


@tmp
@given(planted, st.integers(0, 6), st.integers(0, 9), st.randoms(use_true_random=False))
def test_rows_reordered_files_split_and_paragraphs_moved_give_nothing_new(
    tmp_path: Path, defects: list[tuple[int, str, int]], cut: int, moved: int, chance: random.Random
) -> None:
    articles = [*collection(defects), story(1) | {"id": "copy"}]
    known = findings(write(tmp_path, articles))
    chance.shuffle(articles)
    for n, article in enumerate(articles):  # a paragraph more above all others: everything moves
        if moved >> n % 3 & 1 and article["id"] != "copy" and article["id"] != "a1":
            articles[n] = article | {"body": story(100 + n)["body"].split("\n\n")[0] + "\n\n" + article["body"]}
    comparison, found = compared(known, write(tmp_path, articles[:cut], articles[cut:])[cut == 0 :])
    assert (comparison.new, comparison.known, comparison.fixed) == (0, known.height, 0)
    assert found.height == known.height


@tmp
@given(planted, planted, st.randoms(use_true_random=False))
def test_exactly_what_is_planted_is_new(
    tmp_path: Path, defects: list[tuple[int, str, int]], more: list[tuple[int, str, int]], chance: random.Random
) -> None:
    known = findings(write(tmp_path, collection(defects)))
    dirtier = collection([*defects, *more])
    chance.shuffle(dirtier)
    comparison, found = compared(known, write(tmp_path, dirtier))
    assert comparison.new + comparison.known == found.height
    assert comparison.fixed == 0
    counted = Counter(found.select("article_id", "check", "text").iter_rows())
    counted -= Counter(known.select("article_id", "check", "text").iter_rows())
    new = comparison.findings.collect()
    assert Counter(new.select("article_id", "check", "text").iter_rows()) == counted
    assert Counter(new["text"]) >= Counter(line for _, line, _ in more)


@tmp
@given(planted, st.data())
def test_exactly_what_is_mended_is_fixed_and_pruned(
    tmp_path: Path, defects: list[tuple[int, str, int]], data: st.DataObject
) -> None:
    kept = [d for d in defects if data.draw(st.booleans())]
    known = findings(write(tmp_path, collection(defects)))
    path = tmp_path / "known.jsonl"
    assert write_baseline(known.lazy(), path) == known.height
    before = path.read_text().splitlines()
    paths = write(tmp_path, collection(kept))
    now = findings(paths)
    for again in (False, True):
        baseline = load_baseline(path)
        found = findings(paths, baseline)
        comparison = baseline.comparison(SUITE.checks.values(), map(str, paths), found.lazy())
        assert (comparison.new, comparison.known) == (0, now.height)
        assert comparison.fixed == (0 if again else known.height - now.height)
        prune(path, comparison.gone)
        lines = path.read_text().splitlines()
        assert lines == [line for line in before if line in set(lines)]  # nothing added, nothing moved
        assert Counter(json.loads(line)["fingerprint"] for line in lines[1:]) == Counter(now["fingerprint"])


names = st.lists(st.sampled_from([f"{n:016x}" for n in (0, 1, 2, 2**63, 2**64 - 1)]), max_size=12)


@given(names, names, st.integers(0, 12))
def test_fingerprints_are_counted(known: list[str], found: list[str], cut: int) -> None:
    baseline = Baseline(pl.DataFrame({"fingerprint": known}, schema={"fingerprint": pl.String}).with_columns(
        check=pl.lit("ad-residue"), file=pl.lit("gone.jsonl")
    ))  # fmt: skip
    frame = pl.DataFrame({"fingerprint": found}, schema={"fingerprint": pl.String})
    marked = pl.concat([baseline.mark_new(part) for part in (frame[:cut], frame[cut:])])
    comparison = baseline.comparison(SUITE.checks.values(), [], marked.lazy())
    new, fixed = Counter(found) - Counter(known), Counter(known) - Counter(found)
    assert Counter(marked.filter("new")["fingerprint"]) == new
    assert (comparison.new, comparison.fixed) == (new.total(), fixed.total())
    assert comparison.new + comparison.known == len(found)
    assert Counter(pl.Series(known, dtype=pl.String).filter(comparison.gone)) == fixed


def test_what_was_not_looked_at_is_not_fixed(tmp_path: Path) -> None:
    articles = [*collection([(0, "Hide Ad", 0), (4, "Hide Ad", 0)]), story(5) | {"id": "copy"}]
    paths = write(tmp_path, articles[:3], articles[3:5], articles[5:])
    known = findings(paths)
    assert set(known["check"]) == {"ad-residue", "duplicate-article"}

    def counts(found: Comparison) -> tuple[int, int, int, int]:
        return found.new, found.known, found.fixed, found.not_compared

    assert counts(compared(known, paths)[0]) == (0, 3, 0, 0)
    # The twin's file is read, but the collection is not whole: neither is the other ad, nor the duplicate, fixed.
    assert counts(compared(known, paths[1:2])[0]) == (0, 1, 0, 2)
    # A file that is there no more has been looked at: what was in it is gone.
    paths[0].unlink()
    assert counts(compared(known, paths[1:])[0]) == (0, 2, 1, 0)
    baseline = Baseline(known)
    others = [c for c in SUITE.checks.values() if c.name != "ad-residue"]
    assert baseline.comparison(others, map(str, paths), known.lazy()).not_compared == 2


def test_that_nothing_is_known_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    assert write_baseline(findings(write(tmp_path, collection([]))).lazy(), path) == 0
    found = findings(write(tmp_path, collection([(1, "Hide Ad", 0)])), load_baseline(path))
    assert found["new"].to_list() == [True]


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """A collection with two ads and a row that cannot be read."""
    [path] = write(tmp_path, collection([(1, "Hide Ad", 0), (2, "Hide Ad", 1)]))
    path.write_text(path.read_text() + "{broken\n")
    return path


@pytest.mark.parametrize("form", ["compact", "jsonl", "parquet"])
def test_from_end_to_end(form: str, dirty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = tmp_path / f"known.{'parquet' if form == 'parquet' else 'jsonl'}"
    if form == "compact":
        assert main(["baseline", str(dirty), "-o", str(known)]) == 0
    else:
        assert main(["check", str(dirty), "--findings", str(known), "--quiet"]) == 1
    result = tmp_path / "result.json"
    gate = ["check", str(dirty), "--baseline", str(known), "--result", str(result)]
    assert main(gate) == 0
    assert "against the baseline: 0 new, 3 known, 0 fixed" in capsys.readouterr().out
    assert json.loads(result.read_text())["baseline"] == {"new": 0, "known": 3, "fixed": 0, "not_compared": 0}

    rows = dirty.read_text().splitlines()
    rows[0] = json.dumps(with_line(json.loads(rows[0]), "Hide Ad", 2))
    rows[1] = json.dumps(story(1))
    dirty.write_text("\n".join(rows))
    assert main(gate) == 1
    out = capsys.readouterr().out
    assert "1 new, 2 known, 1 fixed" in out and "ad-residue  1 of 6 articles" in out and "“Hide Ad”" in out
    assert main([*gate, "--fail-on", "never"]) == 0
    found = copydesk.check([dirty], baseline=known)
    assert found.baseline and found.findings.collect().height == 3
    assert found.counted.collect()["article_id"].to_list() == ["a0"]

    assert main(["baseline", "--prune", str(known), str(dirty)]) == 0
    assert "2 findings kept" in capsys.readouterr().out
    assert copydesk.check([dirty], baseline=known).baseline.__str__() == "1 new, 2 known, 0 fixed"
    dirty.write_text("\n".join(rows[1:]) + "\n{broken too")  # the next row that cannot be read is new
    assert main(gate) == 1


def test_with_a_baseline_there_is_no_tolerance_and_core_expectations_are_judged_as_ever(tmp_path: Path) -> None:
    suite = parse_suite(
        """
expectations:
  - {type: expect_news_ad_residue, severity: critical, kwargs: {mostly: 0.5}}
  - {type: expect_column_values_to_be_between, severity: warning, kwargs: {column: words, min_value: 9999}}
""",
        file="tolerant.yml",
    )
    [path] = write(tmp_path, collection([(1, "Hide Ad", 0)]))
    known = tmp_path / "known.jsonl"
    first = copydesk.check([path], suite=suite)
    assert [e.success for e in first.expectations] == [True, False]
    write_baseline(first.findings, known)
    again = copydesk.check([path], suite=suite, baseline=known)
    assert [(e.success, e.articles_unexpected) for e in again.expectations] == [(True, 0), (False, 6)]
    [path] = write(tmp_path, collection([(1, "Hide Ad", 0), (2, "Hide Ad", 0)]))
    more = copydesk.check([path], suite=suite, baseline=known)
    assert [(e.success, e.articles_unexpected) for e in more.expectations] == [(False, 1), (False, 6)]
    assert [(s.article["id"], bool(s.findings)) for s in more.samples] == [("a1", False), ("a2", True)]


def test_a_baseline_is_no_output_and_bad_ones_are_2(
    dirty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "known.jsonl"
    known.write_text("")
    assert main(["check", str(dirty), "--baseline", str(known)]) == 2
    assert "is empty" in capsys.readouterr().err
    assert main(["check", str(dirty), "--baseline", str(known), "--findings", str(known)]) == 2
    assert main(["baseline", str(dirty), "-o", str(tmp_path / "known.parquet")]) == 2
    assert main(["baseline", str(tmp_path / "none.jsonl"), "-o", str(known)]) == 2
    assert main(["baseline", str(tmp_path), "-o", str(known)]) == 2
    assert "would be read as articles" in capsys.readouterr().err
    assert known.read_text() == ""
    known.unlink()
    for _ in range(2):  # hidden, it is not
        assert main(["baseline", str(tmp_path), "-o", str(tmp_path / ".known.jsonl")]) == 0
