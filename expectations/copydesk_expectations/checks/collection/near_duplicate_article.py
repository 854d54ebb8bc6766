"""The check `near-duplicate-article`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import PairCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.model.finding import flagged
from copydesk.model.overview import Shown
from copydesk.similarity.groups import groups

#: A story under figures or names of its own shares less than this of the passages that hold them, measured by the
#: passages without; fewer of them than so many tell nothing.
_TEMPLATE, _TELLING = 0.25, 10

#: Of the passages of one of two articles, so many must stand in the other: with a fifth of the words changed at random
#: about half do, and less than 0.4 do in one of 200 such articles.
_MOST = 0.33

#: Wire copies appear within so many hours.
_WIRE_HOURS = 72


@dataclass(frozen=True, kw_only=True)
class NearDuplicateArticle(PairCheck):
    """Expect no article to be most of another one in other words or another length.

    What it finds:
        Every article, after the first of them, that shares most of its text with another one: some words were changed,
        a part was cut or added. It names the twin, says how much is shared, and quotes a passage that stands in both.
        The same story at another publisher within 72 hours is a wire copy: its reason starts with 'syndication:'.

    Why it matters:
        An exact comparison misses them, and they do what duplicates do: weigh double, leak from training into test
        data, and are learnt by heart.

    Known limits:
        Texts are compared by a sample of their passages, so that shares are estimates (give or take 6 points). Texts
        shorter than `min_words` are left alone; so are stories by template (weather, results, shares) that differ in
        their figures or names. An article that is a small part of another is not found. Exact copies are for
        `duplicate-article`.

    Passes:
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the mayor said. The first bus
            crossed it at six in the morning, with the children of the village school on board.
        - body: |-
            The council will vote in May on a new school for the valley. Parents had asked for it since the old
            building was closed because of damp, and collected four thousand signatures in a month.

    Fails:
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the mayor said. The first bus
            crossed it at six in the morning, with the children of the village school on board.
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the council said. The first bus
            crossed it at seven in the morning, with the children of the village school on board.
          finds: ["on Monday after two years of repairs, the"]

    Options:
        min_words: the fewest words of a body that is compared.
        min_likeness: the least Jaccard index of the passages, of about three words, of two bodies. At 0.25, a fifth
            of the words may be changed at random, or two fifths of the text be missing.
        syndication: whether wire copies are reported.

    Source:
        FracMinHash sketches; 'which document is it a duplicate of?' (datatrove#213, #312, text-dedup#18).
    """

    name: ClassVar[str] = "near-duplicate-article"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    meet: ClassVar[tuple[str, ...]] = ("hash",)
    overview: ClassVar[Shown] = "near-copies"

    min_words: int = 25
    min_likeness: float = 0.2
    syndication: bool = True

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return a sketch of each body, its hash, and who published it when."""
        from copydesk.similarity.sketches import keys

        words = batch.measures["words"]
        sketches = keys(batch.text("body"), words.to_numpy()).with_columns(hash=batch.body_keys)
        whose = batch.articles.lazy().select(
            "article",
            publisher=pl.col("publisher").str.strip_chars().str.to_lowercase().hash(),
            story=headline_keys(batch),
            signed=pl.col("publisher").str.strip_chars().fill_null("") != "",
            published=pl.col("published").str.head(25),
        )
        return pl.concat([whose, sketches.lazy()], how="horizontal").filter(words >= self.min_words)

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every article but the first of those that are alike, with the best of its twins."""
        from copydesk.similarity.pairs import candidates

        # Only the texts of pairs are read in whole.
        pairs = candidates(keys)
        paired = pl.concat([pairs["text"], pairs["twin"]]).unique()
        return self.judge_pairs(keys.filter(pl.col("hash").is_in(paired.implode())).collect().lazy(), pairs)

    def marks(self, keys: pl.LazyFrame) -> pl.DataFrame:
        """Return a part of the passages of each body."""
        from copydesk.similarity.pairs import marks

        return marks(keys.select("hash", "passages", "limit").unique("hash", keep="any").collect())

    def meetings(self, marks: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of bodies, once for each passage that they share."""
        from copydesk.similarity.pairs import meetings

        return meetings(marks)

    def likeliest(self, meetings: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs that share the most."""
        from copydesk.similarity.pairs import likeliest

        return likeliest(meetings)

    def judge_pairs(self, keys: pl.LazyFrame, pairs: pl.DataFrame) -> pl.LazyFrame:
        """Return what `find` does, given the pairs."""
        from copydesk.similarity.pairs import Likeness, shared_passages

        whose = keys.group_by("hash").agg(pl.col("publisher", "story").min().name.prefix("least_"), copies="article")
        first = keys.unique("hash", keep="first", maintain_order=True)
        texts = first.join(whose, on="hash", how="left", maintain_order="left").collect()
        rows = texts.select("hash").with_row_index("row")
        asked = pairs.join(rows, left_on="text", right_on="hash", maintain_order="left")
        asked = asked.join(rows.rename({"row": "other"}), left_on="twin", right_on="hash", maintain_order="left")
        # Exact copies may differ in these: what is taken must not depend on which of them comes first.
        likeness = Likeness(texts.with_columns(publisher="least_publisher", story="least_story"))
        alike = self._alike(likeness.of(asked.select("row", twin="other")), texts)
        back = alike.with_columns(row="twin", twin="row", share="back", back="share")
        joined = groups(alike["row"], alike["twin"]).rename({"member": "row", "group": "first"})
        joined = joined.filter(pl.col("row") != pl.col("first"))
        pairs = pl.concat([alike, back])
        unasked = joined.select("row", twin="first").join(pairs, on=["row", "twin"], how="anti")
        best = (
            pl.concat([pairs, self._alike(likeness.of(unasked), texts)])
            .join(joined, on="row")
            # An earlier one, and the earliest among those that are about as alike: where all copies are of one story,
            # they name the first.
            .sort(
                "row",
                pl.col("twin") > pl.col("row"),
                (pl.col("jaccard") * 5).round(),
                "twin",
                descending=[False, False, True, False],
            )
            .unique("row", keep="first", maintain_order=True)
        )
        mine, others, firsts = (texts[best[c]] for c in ("row", "twin", "first"))
        spans = pl.concat([best, shared_passages(mine, others)], how="horizontal").with_columns(
            mine["article"],
            mine["copies"],
            others["article"].alias("article_twin"),
            firsts["article"].alias("group"),
            firsts["copies"].alias("group_copies"),
        )
        found = flagged(
            spans.lazy().with_columns(end=pl.col("start") + pl.col("text").str.len_chars()),
            reason=pl.format(
                "{}about {} % of its passages stand in another article{} (Jaccard index {})",
                pl.when("wire").then(pl.lit("syndication: ")).otherwise(pl.lit("")),
                (pl.col("share") * 100).round().cast(pl.Int64),
                pl.when(pl.col("text") != "").then(pl.lit(", as these words do")).otherwise(pl.lit("")),
                pl.col("jaccard").round(2),
            ),
            text=pl.col("text"),
            twin=pl.col("article_twin"),
            group=pl.col("group"),
        )
        return pl.concat([found, spans.select("copies", "group_copies").lazy()], how="horizontal")

    def _alike(self, pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs that count, and of each whether it is a `wire` copy."""
        pairs = pairs.filter(
            pl.col("jaccard") >= self.min_likeness,
            pl.max_horizontal("share", "back") >= _MOST,
            ~_by_template(),
        )
        signed = texts.select("publisher", "signed", "published")
        both = [signed[pairs["row"]], signed[pairs["twin"]].select(pl.all().name.suffix("_twin"))]
        wire = pl.concat(both, how="horizontal").select(_wire_copy()).to_series()
        return pairs.with_columns(wire=wire).filter(pl.lit(self.syndication) | ~pl.col("wire"))


def _by_template() -> pl.Expr:
    """Say whether only figures, or only names, differ: a random change would strike other passages alike."""
    plain = pl.col("plain_shared") / pl.col("plain_all")
    differ = [
        (pl.col(f"{kind}_all") >= _TELLING) & (pl.col(f"{kind}_shared") < _TEMPLATE * plain * pl.col(f"{kind}_all"))
        for kind in ("digit", "capital")
    ]
    return (pl.col("plain_all") >= _TELLING) & (differ[0] | differ[1])


def _wire_copy() -> pl.Expr:
    """Say whether two publishers brought the story within the hours of a wire."""
    apart = _hours("published") - _hours("published_twin")
    other = pl.col("signed") & pl.col("signed_twin") & (pl.col("publisher") != pl.col("publisher_twin"))
    return (other & (apart.abs() <= _WIRE_HOURS)).fill_null(False)


def _hours(column: str) -> pl.Expr:
    """Return hours since 1970 of an ISO 8601 time, or of its day; the offset from UTC counts."""
    text = pl.col(column).str.strip_chars()
    part = text.str.extract_groups(r"^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d))?[^+-]*(?:([+-]\d\d):?\d\d)?").struct
    day = part.field("1").str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
    hour = part.field("2").cast(pl.Int32, strict=False).fill_null(0)
    return day * 24 + hour - part.field("4").cast(pl.Int32, strict=False).fill_null(0)
