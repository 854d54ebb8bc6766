"""Near-duplicates: found whatever was changed, in every script, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.model.article import FIELDS
from copydesk.similarity import likeness, publisher_passages
from copydesk.similarity import pairs as similarity
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.collection import near_duplicate_article
from copydesk_expectations.checks.collection.duplicate_article import DuplicateArticle
from copydesk_expectations.checks.collection.near_duplicate_article import NearDuplicateArticle

#: Letters of words, with what stands between words.
SCRIPTS = {
    "Latin": ("abcdefghijklmnoprstuvwz", " "),
    "Latin with marks": ("aàâbcçdeéèêfghiîjlmnoôprstuvzżół", " "),
    "Cyrillic": ("абвгдежзийклмнопрстуфхцчшыьэюя", " "),
    "Greek": ("αβγδεζηθικλμνξοπρστυφχψω", " "),
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", " "),
    "Hebrew": ("אבגדהוזחטיכלמנסעפצקרשת", " "),
    "Devanagari": ("अआइउएकखगघचजटडतदनपबभमयरलवशसह", " "),
    "Hangul": ("가나다라마바사아자차카타파하고노도로모보소오조초", " "),
    "Han": (
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
        "",
    ),
    "Thai": ("กขคงจฉชซญดตถทนบปผฝพฟภมยรลวศสหอ", ""),
}


def story(seed: int, script: str = "Latin", words: int = 300) -> list[str]:
    """Return words of a story, with marks; of seeds of their own no two share more than chance."""
    letters, _ = SCRIPTS[script]
    rng = random.Random(f"{seed} {script}")
    size = {"Han": (1, 2), "Thai": (2, 6), "Hangul": (2, 4)}.get(script, (2, 9))
    vocabulary = ["".join(rng.choices(letters, k=rng.randint(*size))) for _ in range(words)]
    text = rng.choices(vocabulary, k=words)
    return [w + ("." if i % 17 == 16 else "") + ("\n" if i % 51 == 50 else "") for i, w in enumerate(text)]


def joined(words: Sequence[str], script: str = "Latin") -> str:
    return SCRIPTS[script][1].join(words)


def changed(words: Sequence[str], rng: random.Random, share: float) -> list[str]:
    there = list(words)
    for i in rng.sample(range(len(there)), int(len(there) * share)):
        there[i] = rng.choice(words).strip(".\n")[::-1]
    return there


def cut(words: Sequence[str], part: int) -> list[str]:
    third = len(words) // 3
    return [*words[: part * third], *words[(part + 1) * third :]]


def frame(articles: Sequence[dict[str, Any]]) -> pl.DataFrame:
    schema = {f: pl.String for f in FIELDS if any(f in a for a in articles)}
    rows = pl.DataFrame([{k: a.get(k) for k in schema} for a in articles], schema=schema)
    return rows.with_columns(file=pl.lit("x"), row=pl.int_range(pl.len()), line=pl.lit(0))


def found(
    articles: Sequence[dict[str, Any]], cuts: Sequence[int] = (), check: NearDuplicateArticle | None = None
) -> pl.DataFrame:
    check = check or NearDuplicateArticle()
    rows = frame(articles)
    bounds = [0, *sorted(c for c in set(cuts) if 0 < c < len(articles)), len(articles)]
    keys = [check.keys(Batch(rows[a:b], first=a)).collect() for a, b in pairwise(bounds)]
    got = check.find(pl.concat(keys).lazy()).collect()
    for article, start, end, text in got.select("article", "start", "end", "text").iter_rows():
        assert articles[article]["body"][start:end] == text
    return got


def pairs(articles: Sequence[dict[str, Any]]) -> set[tuple[int, int]]:
    return set(found(articles).select("article", "twin").iter_rows())


@pytest.mark.parametrize("script", SCRIPTS)
def test_most_planted_twins_are_found_and_quoted(script: str) -> None:
    rng = random.Random(script)
    stories = [story(n, script, rng.choice((120, 300, 900))) for n in range(60)]
    planted = [[changed(s, rng, 0.2) for s in stories]] + [[cut(s, part) for s in stories] for part in range(3)]
    for kind in planted:
        texts = [joined(words, script) for words in [*stories, *kind]]
        got = found([{"body": t} for t in texts])
        right = {a for a, b in got.select("article", "twin").iter_rows() if a == b + 60}
        assert len(right) >= 57
        assert set(got["article"]) == right
        quoted = [(t, texts[b]) for t, b in got.select("text", "twin").iter_rows() if t]
        assert len(quoted) >= 0.9 * len(got)
        assert all(" ".join(t.split()).lower() in " ".join(other.split()).lower() for t, other in quoted)


@given(st.sets(st.integers(0, 10**9), min_size=2, max_size=8), st.sampled_from(sorted(SCRIPTS)), st.integers(30, 400))
@settings(max_examples=30)
def test_stories_of_their_own_are_no_twins(seeds: set[int], script: str, words: int) -> None:
    assert not pairs([{"body": joined(story(n, script, words), script)} for n in sorted(seeds)])


@given(st.integers(0, 10**6), st.integers(2, 6), st.sets(st.integers(1, 11)))
@settings(max_examples=12)
def test_how_a_collection_is_cut_into_batches_changes_nothing(seed: int, copies: int, cuts: set[int]) -> None:
    rng = random.Random(seed)
    one = story(seed)
    texts = [joined(changed(one, rng, 0.1)) for _ in range(copies)]
    texts += [joined(story(seed + n, words=rng.choice((40, 200, 900)))) for n in range(1, 13 - copies)]
    rng.shuffle(texts)
    articles = [{"body": t} for t in texts]
    assert found(articles, sorted(cuts)).equals(found(articles))


@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=12)
def test_in_how_many_parts_keys_are_read_changes_nothing(seed: int, rows: int, pairs: int) -> None:
    rng = random.Random(seed)
    one = story(seed)
    articles = [{"body": joined(changed(one, rng, 0.1))} for _ in range(5)]
    articles += [articles[0], *({"body": joined(story(seed + n))} for n in range(1, 8))]
    whole = found(articles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "_ROWS", rows)
        patch.setattr(likeness, "_ROWS", rows)
        patch.setattr(likeness, "_PAIRS", pairs)
        assert found(articles).equals(whole)


@given(st.integers(0, 10**6), st.integers(1, 5))
@settings(max_examples=12)
def test_reversing_a_collection_changes_only_who_is_whose_twin(seed: int, twins: int) -> None:
    rng = random.Random(seed)
    originals = [story(seed + n) for n in range(twins)]
    texts = [joined(words) for words in originals] + [joined(changed(words, rng, 0.08)) for words in originals]
    texts += [joined(story(seed + 100 + n)) for n in range(3)]
    forward = pairs([{"body": t} for t in texts])
    last = len(texts) - 1
    backward = {tuple(sorted((last - a, last - b))) for a, b in pairs([{"body": t} for t in reversed(texts)])}
    assert {tuple(sorted(p)) for p in forward} == backward
    assert len(forward) == twins


@given(st.integers(0, 10**6), st.integers(3, 9))
@settings(max_examples=20)
def test_all_copies_name_the_first(seed: int, copies: int) -> None:
    rng = random.Random(seed)
    one = story(seed)
    texts = [joined(one), *(joined(changed(one, rng, 0.03)) for _ in range(copies))]
    assert pairs([{"body": t} for t in texts]) == {(n, 0) for n in range(1, copies + 1)}


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_a_chain_joins_only_neighbours(seed: int) -> None:
    words = [w for n in range(4) for w in story(seed + n, words=200)]
    chain = [joined(words[n * 100 : n * 100 + 300]) for n in range(6)]
    assert pairs([{"body": t} for t in chain]) == {(n, n - 1) for n in range(1, 6)}


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_exact_copies_are_left_to_the_check_of_exact_copies(seed: int) -> None:
    text = joined(story(seed))
    articles = [{"body": text}, {"body": text.upper()}, {"body": text.replace(" ", "  ")}]
    assert not pairs(articles)
    check = DuplicateArticle()
    assert check.find(check.keys(Batch(frame(articles)))).collect().height == 2


@given(st.integers(0, 10**6), st.integers(0, 200))
@settings(max_examples=12)
def test_wire_copies_are_told_apart(seed: int, hours: int) -> None:
    rng = random.Random(seed)
    one = story(seed)
    day, hour = divmod(hours, 24)
    articles = [
        {"body": joined(one), "publisher": "Post", "published": "2026-03-01T00:00:00+00:00"},
        {
            "body": joined(changed(one, rng, 0.05)),
            "publisher": "Echo",
            "published": f"2026-03-{day + 1:02}T{hour:02}:30:00Z",
        },
    ]
    [reason] = found(articles)["reason"]
    assert reason.startswith("syndication:") == (hours <= 72)
    silent = found(articles, check=NearDuplicateArticle(syndication=False))
    assert silent.height == (hours > 72)
    for same in ({"publisher": "post "}, {"publisher": None}, {"published": None}, {"published": "yesterday"}):
        [reason] = found([articles[0], articles[1] | same])["reason"]
        assert not reason.startswith("syndication:")


@given(st.integers(0, 10**6), st.integers(2, 8))
@settings(max_examples=30)
def test_stories_by_template_are_no_twins(seed: int, reports: int) -> None:
    rng = random.Random(seed)
    words = story(seed, words=60)

    def report() -> str:
        figures = [f"{rng.randint(1, 9999)}.{rng.randint(1, 99)}" for _ in words]
        return " ".join(w if i % 3 else f"{w} {figures[i]}" for i, w in enumerate(words))

    assert not pairs([{"body": report()} for _ in range(reports)])


@given(st.integers(0, 10**6))
@settings(max_examples=15)
def test_what_a_publisher_prints_under_each_story_makes_no_twins(seed: int) -> None:
    below = joined(story(seed, words=200))
    articles = [
        {"headline": f"Story {n}", "publisher": "Post", "body": joined(story(seed + 1 + n, words=150)) + "\n" + below}
        for n in range(8)
    ]
    assert not pairs(articles)


@given(st.lists(hostile_text() | st.sampled_from(["", " ", "x" * 10**6, "😀" * 5000, "a b " * 999, "あ" * 3000])))
@settings(max_examples=20)
def test_no_text_breaks_it(texts: list[str]) -> None:
    articles = [{"body": t} for t in [*texts, None, *texts]]
    got = found(
        [a if a["body"] is not None else {"body": ""} for a in articles], check=NearDuplicateArticle(min_words=1)
    )
    assert set(got["article"]) <= set(range(len(articles)))


def test_a_body_that_is_missing_is_left_alone() -> None:
    assert not pairs([{"body": None, "headline": "x"}, {"body": None, "headline": "x"}])


def test_in_how_many_slices_it_is_done_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    articles = [
        {"body": joined(changed(story(n), rng, 0.1)), "headline": f"{n} {copy}", "publisher": str(n % 2)}
        for n in range(3)
        for copy in range(7)
    ]
    whole = found(articles)
    assert len(whole) == 18
    monkeypatch.setattr(near_duplicate_article, "_LEAST_SLICE", 1)
    monkeypatch.setattr(publisher_passages, "_GROUPED", 100)
    assert found(articles).equals(whole)
    monkeypatch.setattr(likeness, "_FEW", 0)  # passages lie in files
    assert found(articles).equals(whole)
    assert found(articles[:1]).is_empty()
