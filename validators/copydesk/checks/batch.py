"""The batch: some articles and their paragraphs, and what several checks need of them, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from copydesk.lazy import np, pl
from copydesk.model.article import FIELDS
from copydesk.text.buffer import Text
from copydesk.text.distinct import Distinct
from copydesk.text.paragraphs import Paragraphs
from copydesk.text.scan import Matches

if TYPE_CHECKING:
    from copydesk.text.buffer import Places

__all__ = ["SHORT_LINE", "Batch", "shared"]

T = TypeVar("T")
P = ParamSpec("P")

_ODD = 0x9E3779B97F4A7C15

#: A line of at most so many characters can be a label, a prompt or a piece of the page; longer ones are prose.
#: Forty words, the limit for prompts, of seven characters each.
SHORT_LINE = 280


def shared(make: Callable[Concatenate[Batch, P], T]) -> Callable[Concatenate[Batch, P], T]:
    """Make a function of a batch keep its result with the batch, so that all checks share it.

    The function runs once for a batch and the same further arguments, which must be hashable.
    """
    parameters = signature(make)

    @wraps(make)
    def get(batch: Batch, /, *args: P.args, **kwargs: P.kwargs) -> T:
        call = parameters.bind(batch, *args, **kwargs)
        call.apply_defaults()
        others = tuple(call.arguments.values())[1:]
        results: dict[tuple[Any, ...], T] = batch.results.setdefault(get, {})
        if others not in results:
            results[others] = make(batch, *args, **kwargs)
        return results[others]

    return get


class Batch:
    """Articles that are checked together.

    Args:
        articles: a frame as readers give it (see `copydesk.model.chunk.Chunk`).
        first: the number in the collection of the first article.
        patterns: all patterns that `suspects` and `matches` will be asked for; one scan finds them.

    Attributes:
        articles: the frame, with `article` (UInt32, number in the collection) and all FIELDS; a field that the data
            does not have is a column of nulls.
        fields: the fields that the data has.
        results: the results of `shared` functions, by function and arguments.
    """

    def __init__(self, articles: pl.DataFrame, *, first: int = 0, patterns: Iterable[bytes] = ()) -> None:
        self.fields = frozenset(articles.columns).intersection(FIELDS)
        missing = [pl.lit(None, pl.String).alias(name) for name in FIELDS if name not in self.fields]
        self.articles = articles.rechunk().with_columns(
            pl.int_range(first, first + pl.len(), dtype=pl.UInt32).alias("article"), *missing
        )
        self.first = first
        self._patterns = tuple(patterns)
        self.results: dict[Callable[..., Any], dict[tuple[Any, ...], Any]] = {}

    @cached_property
    def cut(self) -> Paragraphs:
        """The bodies cut into paragraphs, and the bytes of the bodies."""
        return Paragraphs(self.articles)

    @property
    def paragraphs(self) -> pl.DataFrame:
        """The paragraphs of all bodies: see `copydesk.text.paragraphs.paragraphs_of`."""
        return self.cut.frame

    def places(self, rows: pl.DataFrame) -> Places:
        """Return the places in `paragraphs` of some of its rows, by their `article` and `par`."""
        first = np.searchsorted(self.paragraphs["article"].to_numpy(), rows["article"].to_numpy())
        places: Places = first + rows["par"].to_numpy()
        return places

    def lines_of(self, rows: Places) -> Places:
        """Return the places in `paragraphs` of those of some articles, given the articles' rows."""
        first, count = self.cut.bounds[rows], np.diff(self.cut.bounds)[rows]
        behind = np.cumsum(count)
        places: Places = np.arange(int(count.sum())) + np.repeat(first - behind + count, count)
        return places

    def matches(self, field: str, patterns: tuple[bytes, ...]) -> Matches:
        """Return where some patterns match in `text(field)`; those of all checks are searched for in one pass."""
        matches = self._matches(field, self._patterns)
        return matches if matches.patterns.issuperset(patterns) else self._matches(field, patterns)

    @shared
    def _matches(self, field: str, patterns: tuple[bytes, ...]) -> Matches:
        return Matches(self.text(field), patterns)

    def suspects(self, field: str, patterns: tuple[bytes, ...]) -> pl.Series:
        """Return for each article whether one of the patterns matches in a field (Boolean)."""
        flags = np.zeros(self.articles.height, bool)
        flags[self.matches(field, patterns).texts(patterns)] = True
        return pl.Series(flags)

    @shared
    def text(self, field: str) -> Text:
        """Return the bytes of a field of all articles; in bodies every line break is one \\n."""
        return self.cut.text if field == "body" else Text(self.articles[field].fill_null(""))

    @shared
    def distinct(self, field: str) -> Distinct:
        """Return the different values of a field."""
        return Distinct(self.articles[field])

    def quoted(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add `text`, the words between `start` and `end` of `field`, to the spans that checks found in this batch."""
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
        # Each key is multiplied by an odd number made of its place, so that the order counts.
        return pl.Series(self._sums((key ^ (key >> np.uint64(31))) * (par * np.uint64(_ODD) | np.uint64(1))))

    @cached_property
    def measures(self) -> pl.DataFrame:
        """One row an article, in order: `article`, `chars`, `words` and `paragraphs` of the body (Int64; 0 if none)."""
        sums = {name: self._sums(self.paragraphs[name].to_numpy()) for name in ("chars", "words")}
        return self.articles.select("article", **sums, paragraphs=np.diff(self.cut.bounds))

    def _sums(self, values: Any) -> Any:
        """Sum values of paragraphs over each article."""
        sums = np.zeros(self.articles.height, values.dtype)
        some = np.flatnonzero(np.diff(self.cut.bounds))
        sums[some] = np.add.reduceat(values, self.cut.bounds[some]) if len(some) else 0
        return sums
