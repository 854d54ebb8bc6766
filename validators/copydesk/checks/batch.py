"""The batch: some articles, and their paragraphs as one columnar frame that all checks share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from copydesk.lazy import np, pl
from copydesk.model.article import FIELDS
from copydesk.text.buffer import Text
from copydesk.text.distinct import Distinct
from copydesk.text.paragraphs import Paragraphs
from copydesk.text.scan import scan

if TYPE_CHECKING:
    from copydesk.text.buffer import Places

__all__ = ["SHORT_LINE", "Batch"]

T = TypeVar("T")

_ODD = 0x9E3779B97F4A7C15

#: A line of at most so many characters can be a label, a prompt or a piece of the page; longer ones are prose.
#: Forty words, the cap for prompts, of seven characters each.
SHORT_LINE = 280


class Batch:
    """Articles that are looked at together.

    Args:
        articles: a frame as readers give it (see `copydesk.model.chunk.Chunk`); fields that are not there are missing
            from `fields`, and are null columns in `articles`.
        first: the number in the collection of the first article.
        patterns: what `suspects` will be asked for, to be looked for in one pass.

    Attributes:
        articles: the frame, with `article` (UInt32, number in the collection) and all FIELDS.
        fields: the fields that the data has.
    """

    def __init__(self, articles: pl.DataFrame, *, first: int = 0, patterns: Iterable[bytes] = ()) -> None:
        self.fields = frozenset(articles.columns).intersection(FIELDS)
        missing = [pl.lit(None, pl.String).alias(name) for name in FIELDS if name not in self.fields]
        self.articles = articles.rechunk().with_columns(
            pl.int_range(first, first + pl.len(), dtype=pl.UInt32).alias("article"), *missing
        )
        self.first = first
        self._patterns = tuple(patterns)
        self._kept: dict[Hashable, Any] = {}

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes, made once for this batch: for what several checks share."""
        if name not in self._kept:
            self._kept[name] = make()
        made: T = self._kept[name]
        return made

    @cached_property
    def cut(self) -> Paragraphs:
        """The bodies cut into paragraphs, and the bytes they were cut from."""
        return Paragraphs(self.articles)

    @property
    def paragraphs(self) -> pl.DataFrame:
        """The paragraphs of all bodies: see `copydesk.text.paragraphs.paragraphs_of`."""
        return self.cut.frame

    def places(self, rows: pl.DataFrame) -> Places:
        """Return where in `paragraphs` some of its rows stand, by their `article` and `par`."""
        first = np.searchsorted(self.paragraphs["article"].to_numpy(), rows["article"].to_numpy())
        places: Places = first + rows["par"].to_numpy()
        return places

    def lines_of(self, rows: Places) -> Places:
        """Return where in `paragraphs` those of some articles stand, given the articles' rows."""
        first, count = self.cut.bounds[rows], np.diff(self.cut.bounds)[rows]
        behind = np.cumsum(count)
        places: Places = np.arange(int(count.sum())) + np.repeat(first - behind + count, count)
        return places

    def matches(self, field: str, patterns: tuple[bytes, ...]) -> Mapping[bytes, Places]:
        """Return where in the bytes of `text(field)` the matches of patterns end, see `copydesk.text.scan.scan`."""
        known = self.once(("scan", field), lambda: scan(self.text(field), self._patterns))
        if all(p in known for p in patterns):
            return known
        return self.once(("scan", field, patterns), lambda: scan(self.text(field), patterns))

    def suspects(self, field: str, patterns: tuple[bytes, ...]) -> pl.Series:
        """Say of each article whether one of the patterns stands in a field (Boolean)."""
        text = self.text(field)
        places = np.concatenate([places for p, places in self.matches(field, patterns).items() if p in patterns])
        flags = np.zeros(len(text.begin), bool)
        flags[text.of(places - 1)] = True
        return pl.Series(flags)

    def text(self, field: str) -> Text:
        """Return the bytes of a field of all articles; of bodies, with every line break one \\n."""
        if field == "body":
            return self.cut.text
        return self.once(("text", field), lambda: Text(self.articles[field].fill_null("")))

    def distinct(self, field: str) -> Distinct:
        """Return the different values of a field, found once."""
        return self.once(("distinct", field), lambda: Distinct(self.articles[field]))

    def quoted(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add `text`, the words between `start` and `end` of `field`, to what checks found in this batch."""
        row = findings["article"].cast(pl.Int64) - self.first
        words = pl.Series("text", [None], pl.String).new_from_index(0, findings.height)
        for field in findings["field"].unique():
            at = (findings["field"] == field).arg_true()
            spans = findings.select("start", size=pl.col("end") - pl.col("start"))[at]
            spans = spans.with_columns(self.articles[field].gather(row.gather(at)).fill_null("").alias("text"))
            words = words.scatter(at, spans.select(pl.col("text").str.slice("start", "size")).to_series())
        return findings.with_columns(words)

    @cached_property
    def body_keys(self) -> pl.Series:
        """A hash of each body (UInt64), the same where the paragraphs have the same `key` in the same order."""
        key, par = self.paragraphs["key"].to_numpy(), self.paragraphs["par"].to_numpy()
        # Each is made odd by its place, so that the order counts.
        return pl.Series(self._sums((key ^ (key >> np.uint64(31))) * (par * np.uint64(_ODD) | np.uint64(1))))

    @cached_property
    def measures(self) -> pl.DataFrame:
        """One row an article, in order: `article`, `chars`, `words` and `paragraphs` of the body (Int64; 0 if none)."""
        sums = {name: self._sums(self.paragraphs[name].to_numpy()) for name in ("chars", "words")}
        return self.articles.select("article", **sums, paragraphs=np.diff(self.cut.bounds))

    def _sums(self, values: Any) -> Any:
        """Sum what is said of paragraphs over each article."""
        sums = np.zeros(self.articles.height, values.dtype)
        some = np.flatnonzero(np.diff(self.cut.bounds))
        sums[some] = np.add.reduceat(values, self.cut.bounds[some]) if len(some) else 0
        return sums
