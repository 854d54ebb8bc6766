"""The ledger: entries tell publisher and day; what the overview shows of a check is what the check says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import polars as pl
import pytest

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.engine.ledger import Ledger, entries, hash_of, sum_of
from copydesk.model.overview import Overview, Shown


@dataclass(frozen=True, kw_only=True)
class Strange(ArticleCheck):
    """A check that the engine has never heard of."""

    name: ClassVar[str] = "strange"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "info"

    min_words: int = 7
    max_words: int = 9

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return nothing."""
        raise NotImplementedError


def overview_of(shown: Shown | None) -> Overview:
    """Return the overview of three articles of one publisher; the check has a finding in the second and third."""
    check = type("Shown", (Strange,), {"overview": shown})()
    ledger = Ledger()
    ledger.add(entries(Batch(pl.DataFrame({"publisher": ["Hill Echo"] * 3, "body": ["a b"] * 3}))))
    signals = pl.DataFrame({"article": [0, 1, 2], "words": [2, 2, 2], "strange": [0, 1, 1]})
    known = pl.DataFrame({"article": [0, 1, 2], "article_id": ["x", "y", "z"], "file": ["f"] * 3, "row": [1, 2, 3]})
    findings = known.tail(2).with_columns(check=pl.lit("strange"), twin=0, text=pl.lit("a b"), reason=pl.lit("why"))
    return ledger.overview([signals], findings.lazy(), known.lazy(), {"strange": check})


@pytest.mark.parametrize("shown", ["copies", "near-copies", "lines", "length-limits", None])
def test_the_overview_shows_of_a_check_what_it_asks_for(shown: Shown | None) -> None:
    seen = overview_of(shown)
    assert seen.publishers[0].by_check == ((2, 3),) and seen.checks == ("strange",)
    assert [(c.near, c.size, c.original.id) for c in seen.copies] == (
        [(shown == "near-copies", 3, "x")] if shown in ("copies", "near-copies") else []
    )
    assert [(line.text, line.articles) for line in seen.lines] == ([("a b", 2)] if shown == "lines" else [])
    assert seen.lengths
    assert (seen.lengths.fewest, seen.lengths.most) == ((7, 9) if shown == "length-limits" else (None, None))


def test_an_entry_has_the_publisher_or_the_site_and_the_day_if_it_is_known() -> None:
    rows = [
        ("Hill Echo ", "https://other.example/a", "2031-04-02T10:00:00Z"),
        (" ", "https://www.quay.example/b", "03/04/2031"),
        (None, None, "2031"),
    ]
    batch = Batch(pl.DataFrame(rows, schema=["publisher", "url", "published"], orient="row"))
    frame = entries(batch)
    assert frame["name"].to_list() == ["Hill Echo", "quay.example", None]
    assert frame["day"].to_list() == [date(2031, 4, 2), None, None]
    ledger = Ledger()
    ledger.add(frame)
    assert ledger.hash == hash_of(sum_of(frame))


def test_an_implausible_date_is_left_out_of_the_timeline() -> None:
    check = type("Dated", (Strange,), {"overview": "dates"})()
    ledger = Ledger()
    dates = ["2031-04-02", "2031-04-03", "1970-01-01"]
    ledger.add(entries(Batch(pl.DataFrame({"published": dates, "body": ["a b"] * 3}))))
    signals = pl.DataFrame({"article": [0, 1, 2], "words": [2, 2, 2], "strange": [0, 0, 1]})
    known = pl.DataFrame({"article": [0, 1, 2], "article_id": ["x", "y", "z"], "file": ["f"] * 3, "row": [1, 2, 3]})
    findings = known.tail(1).with_columns(
        check=pl.lit("strange"), field=pl.lit("published"), twin=0, text=pl.lit("1970-01-01"), reason=pl.lit("why")
    )
    volume = ledger.overview([signals], findings.lazy(), known.lazy(), {"strange": check}).volume
    assert volume
    assert (volume.start, volume.counts, volume.implausible) == (date(2031, 4, 2), (1, 1), 1)
