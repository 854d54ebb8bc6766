"""The check `equal-length-body`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged, no_spans
from copydesk.similarity.pairs import repeated_values

#: Shorter bodies, in characters, have the same length by chance or by template.
_SHORTEST = 80

#: A cut leaves a last line without an end, of so many words; labels and credits at the end of a page are shorter. Of
#: whole articles about one in fifty ends so.
_OPEN_SHARE, _OPEN_WORDS = 0.6, 8

#: A length is one of a cut where so many times more bodies have it than have each length within so much of it.
#: Bodies with one limit of characters have numbers of words that lie close together.
_TIMES, _NEAR = 5, {"length": 20, "bytes": 20, "words": 2}

#: What bodies are cut by.
_UNITS = {"length": "characters", "bytes": "bytes", "words": "words"}

#: Bodies of one template have the same number of words, too: so many words, and so many times more bodies, are a cut.
_FEWEST_WORDS, _MORE_OF_WORDS = 30, 2

#: So many last words of a body are quoted, in characters.
_QUOTED = 60


@dataclass(frozen=True, kw_only=True)
class EqualLengthBody(CollectionCheck):
    """Expect no group of bodies to have one exact length because they were cut there.

    What it finds:
        At least `min_articles` different bodies of exactly the same number of characters, or of bytes, most of which
        end without a mark; or twice as many of the same number of words. Those without a mark are named, each with its
        last words.

    Why it matters:
        A column of a data base, an interface or a script kept so many characters, and threw the rest away. Each body
        alone may look whole; together they tell.

    Known limits:
        Bodies that were cut at the last word before a limit have many lengths, and are not found. Bodies shorter than
        80 characters are left alone, as is one number of words below 30.

    Passes:
        - body: The bridge over the river reopened on Monday, and the first bus crossed it at six in the morning.
        - body: The council will vote in May on a new school in the valley, for which parents had asked for years.
        - body: The market moved on Monday to the old square, where the stalls stand under the trees by the old church.

    Fails:
        - body: The bridge over the river reopened on Monday, and the first bus crossed it at six in the morn
          finds: ["d on Monday, and the first bus crossed it at six in the morn"]
        - body: The council will vote in May on a new school in the valley, for which parents had asked for m
          finds: [" new school in the valley, for which parents had asked for m"]
        - body: The market moved on Monday to the old square, where the stalls stand under the trees by the o
          finds: [" old square, where the stalls stand under the trees by the o"]
        - body: The harbour clock has stopped again, and the gulls that nest in it are said to be pleased wit
          finds: ["in, and the gulls that nest in it are said to be pleased wit"]
        - body: The museum will open its new hall in June, with three hundred paintings of boats and of one c
          finds: [" in June, with three hundred paintings of boats and of one c"]

    Options:
        min_articles: the fewest bodies of one length; of one number of words, twice as many.

    Source:
        CoAID#7: all bodies of a collection cut at 490 characters.
    """

    name: ClassVar[str] = "equal-length-body"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"

    min_articles: int = 5

    def __post_init__(self) -> None:
        if self.min_articles < 2:
            raise ValueError(f"expected min_articles of at least 2, got {self.min_articles}")

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each body its lengths, its hash, whether it breaks off (`open`), and its last words."""
        some = np.flatnonzero(np.diff(batch.cut.bounds))
        last = batch.cut.bounds[1:][some] - 1
        body = batch.articles["body"].gather(some)
        open_ended = ~pl.col("ends") & (pl.col("words") >= _OPEN_WORDS)
        ends = batch.paragraphs.select("end", open=open_ended, text=pl.col("text").str.tail(_QUOTED))[last]
        return (
            pl.concat([batch.articles.select("article")[some], ends], how="horizontal")
            .lazy()
            .with_columns(
                batch.body_keys.gather(some).alias("hash"),
                length=body.str.len_chars(),
                bytes=body.str.len_bytes(),
                words=batch.measures["words"].gather(some),
            )
            .filter(pl.col("length") >= _SHORTEST)
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return the bodies without an end of each length that enough different bodies have, most of them so."""
        counts = keys.select("article", "hash", "open", *_UNITS).collect()
        if counts.height < self.min_articles:
            return no_spans()
        cut = pl.concat([self._cut(counts, unit) for unit in _UNITS])
        cut = cut.unique("article", keep="first", maintain_order=True)
        spans = (
            keys.filter(pl.col("article").is_in(cut["article"].implode()))
            .collect()
            .lazy()
            .join(cut.lazy(), on="article", how="left", maintain_order="left")
            .with_columns(start=pl.col("end") - pl.col("text").str.len_chars().cast(pl.Int64))
        )
        return flagged(
            spans,
            reason=pl.format("{} bodies have exactly {} {}, and most of them break off there", "same", "size", "unit"),
            text=pl.col("text"),
        )

    def _cut(self, counts: pl.DataFrame, unit: str) -> pl.DataFrame:
        """Return the bodies that were cut at a length: `article`, `same` (how many bodies), `size` and `unit`."""
        some = counts.filter(pl.col(unit).is_in(repeated_values(counts[unit], self.min_articles).implode()))
        # Copies of a body are one.
        different = some.unique(["hash", unit], keep="first", maintain_order=True)
        groups = different.group_by(unit).agg(same=pl.len(), share=pl.col("open").mean())
        groups = groups.filter(pl.col("same") >= self.min_articles, pl.col("share") >= _OPEN_SHARE)
        usual = _usual(counts[unit].to_numpy(), groups[unit].to_numpy(), _NEAR[unit])
        groups = groups.filter(pl.col("same") >= _TIMES * usual)
        if unit == "words":
            many = pl.col("same") >= _MORE_OF_WORDS * self.min_articles
            groups = groups.filter(many, pl.col("words") >= _FEWEST_WORDS)
        return (
            some.filter(pl.col("open"))
            .join(groups, on=unit)
            .select("article", "same", pl.col(unit).cast(pl.Int64).alias("size"), unit=pl.lit(_UNITS[unit]))
        )


def _usual(all_lengths: Any, lengths: Any, near: int) -> pl.Series:
    """Return how many bodies have each length within `near` of some lengths, on average, without those themselves."""
    ordered = np.sort(all_lengths).astype(np.int64)
    lengths = lengths.astype(np.int64)

    def upto(bound: Any) -> Any:
        return np.searchsorted(ordered, bound)

    beside = upto(lengths + near + 1) - upto(lengths - near) - (upto(lengths + 1) - upto(lengths))
    return pl.Series(beside / (2 * near))
