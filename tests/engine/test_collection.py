"""The gathering: numbers, counts and links are those of the whole collection, however it is cut into chunks."""

from __future__ import annotations

import json

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import parse_suite
from copydesk.engine.collection import Gathering, findings_of
from copydesk.model.chunk import Chunk, Rejected
from copydesk.model.finding import FINDING, LINKS

SUITE = parse_suite(
    "name: small\nexpectations:\n"
    + "".join(
        f"  - {{type: expect_news_{check}, kwargs: {{}}}}\n"
        for check in ("ad_residue", "repeated_paragraph", "duplicate_article", "unreadable_row")
    ),
    file="small.yml",
)
SENTENCE = "The bridge over the river reopened on Monday after two years of repairs."
BODIES = st.sampled_from(
    [f"{SENTENCE}\n\nHide Ad", f"{SENTENCE}\nOther.\n{SENTENCE}", "The council met at noon.", None]
)


def frame(bodies: list[str | None], first: int = 0) -> pl.DataFrame:
    rows = [{"file": "a.jsonl", "row": first + n + 1, "line": first + n + 1, "body": b} for n, b in enumerate(bodies)]
    return pl.DataFrame(rows, schema={"file": pl.String, "row": pl.Int64, "line": pl.Int64, "body": pl.String})


def gathered(bodies: list[str | None], cut: int) -> tuple[pl.DataFrame, dict[str, list[int | None]], Gathering]:
    run = Gathering(SUITE, memory=0)  # all of it goes to disk
    try:
        for start in range(0, len(bodies), cut):
            run.add(run.analyse(Chunk(frame(bodies[start : start + cut], start))))
        run.add(run.analyse(Chunk(frame([]), rejected=[Rejected("a.jsonl", 99, "not JSON")])))
        run.finish()
        return run.linked().collect(), run.signals().tally(), run
    finally:
        run.close()
        run.findings.close()


@settings(max_examples=20, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=9), st.integers(1, 9))
def test_chunks_change_nothing(bodies: list[str | None], cut: int) -> None:
    whole, signals, run = gathered(bodies, len(bodies))
    parts, other_signals, other = gathered(bodies, cut)
    order = ["article_id", "check", "start"]
    assert parts.sort(order).equals(whole.sort(order)) and other_signals == signals and other.hash == run.hash
    assert whole.columns == [*FINDING, *LINKS, "new"]
    assert other.articles == len(bodies) and [r.line for r in other.rejected] == [99]


def test_it_is_told_how_many_checks_of_the_collection_have_ended() -> None:
    run, told = Gathering(SUITE), list[tuple[int, int]]()
    try:
        run.add(run.analyse(Chunk(frame([SENTENCE, SENTENCE]))))
        run.finish(lambda done, of: told.append((done, of)))
    finally:
        run.close()
        run.findings.close()
    assert told == [(0, 1), (1, 1)]


def test_a_finding_is_linked_to_what_it_repeats() -> None:
    twice, copy = f"{SENTENCE}\nOther.\n{SENTENCE}", f"Lead of the story.\n{SENTENCE}\n{SENTENCE}"
    findings, _, _ = gathered([twice, twice, copy], 2)
    rows = {(f["row"], f["check"]): f for f in findings.iter_rows(named=True)}
    repeats = rows[3, "repeated-paragraph"]
    assert (repeats["related_paragraph"], repeats["related_start"]) == (2, copy.index(SENTENCE))
    assert repeats["related"] == f"paragraph 2 (body from character {copy.index(SENTENCE)})"
    double = rows[2, "duplicate-article"]
    assert (double["twin_id"], double["twin_file"], double["twin_row"]) == ("a.jsonl#1", "a.jsonl", 1)
    assert double["related"] == "a.jsonl#1 (a.jsonl, row 1)"
    assert json.dumps(double, default=str)  # every value is plain data


def test_findings_of_articles_at_hand_have_the_columns_of_the_file() -> None:
    findings = findings_of([frame(["Hide Ad\nIt rained."])], SUITE)
    assert findings.columns == [*FINDING] and findings["text"].to_list() == ["Hide Ad"]


def test_findings_that_a_baseline_knows_are_kept_and_not_counted() -> None:
    class Known:
        def mark_new(self, findings: pl.DataFrame) -> pl.DataFrame:
            return findings.with_columns(new=pl.col("row") > 1)

        def add_articles(self, first: int, publishers: pl.Series) -> None:
            pass

    run = Gathering(SUITE, Known())
    try:
        run.add(run.analyse(Chunk(frame(["Hide Ad\nIt rained.", "Hide Ad\nIt snowed."]))))
        run.finish()
        assert run.linked().collect()["new"].to_list() == [False, True]
        assert run.signals().findings("ad-residue") == 1
        shown = run.samples.in_order()
        assert [[f["row"] for f in s.findings] for s in shown] == [[], [2]]
        assert [[f["row"] for f in s.known] for s in shown] == [[1], []]
    finally:
        run.close()


def test_a_gathering_that_is_closed_leaves_its_findings() -> None:
    run = Gathering(SUITE)
    run.add(run.analyse(Chunk(frame(["Hide Ad\nIt rained."]))))
    run.finish()
    run.close()
    assert run.linked().collect()["check"].to_list() == ["ad-residue"]
