"""Articles under repair: a repair that would leave a new finding is not made, whatever stands around the article."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.suite import Suite, judgements_of, parse_suite
from copydesk.engine.collection import findings_of
from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.repair.articles import Repaired, Repairing
from copydesk.repair.choice import Choice

LONG = "The boats came in before noon, and the band on the pier played until the last of them was moored."


def frame(*bodies: str) -> pl.DataFrame:
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    texts = pl.DataFrame({"body": list(bodies)})
    return texts.select(file=pl.lit("a.jsonl"), row=number, line=number, headline=pl.lit("Boats"), body="body")


def repaired(suite: Suite, *bodies: str, unsafe: bool = False) -> list[Repaired]:
    articles = frame(*bodies)
    repairing = Repairing(judgements_of(suite), (), Choice(unsafe))
    return repairing.repair(Chunk(articles), findings_of([articles], suite))


def test_a_repair_that_brings_another_to_light_is_followed_by_it(suite: Suite) -> None:
    [article] = repaired(suite, f"{LONG}\nTags\nAdvertisement")
    assert article.after("body") == LONG and not article.left and not article.held_back


def test_a_repair_that_would_leave_a_new_finding_is_held_back() -> None:
    types = ("ad_residue", "body_length", "repeated_paragraph")
    suite = parse_suite("expectations:\n" + "".join(f"  - type: expect_news_{t}\n" for t in types), file="s.yml")
    body = "\n".join([*(["The boats came in before noon on Friday."] * 4), "Hide Ad"])
    [article] = repaired(suite, body)
    assert article.held_back and {f["check"] for f in article.left} >= {r.check for r in article.held_back}
    [again] = repaired(suite, article.after("body") if article.edits else body)
    assert not again.edits


def test_what_is_not_repaired_is_left(suite: Suite) -> None:
    [article] = repaired(suite, f"Boats\n{LONG}\nHide Ad")
    assert article.after("body") == f"Boats\n{LONG}"


def test_each_article_is_repaired_alone(suite: Suite) -> None:
    bodies = [f"{LONG}\nHide Ad", LONG, f"Hide Ad\n{LONG}\n{LONG}", "Hide Ad"]
    together = {r.row: r.after("body") if r.edits else None for r in repaired(suite, *bodies)}
    for number, body in enumerate(bodies, 1):
        alone = [r.after("body") if r.edits else None for r in repaired(suite, body)]
        assert alone == ([together[number]] if number in together else [])


def test_a_file_that_has_changed_is_an_error(suite: Suite) -> None:
    findings = findings_of([frame("Hide Ad\nIt rained.")], suite)
    with pytest.raises(InputError, match="has changed"):
        Repairing(judgements_of(suite), (), Choice()).repair(Chunk(frame("It rained.\nHide Ad")), findings)
