"""Copies: exact and near ones, across splits or collections, under two labels, at several publishers."""

from __future__ import annotations

from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.similarity.alike import hours, is_alike
from copydesk.similarity.groups import groups
from copydesk.similarity.likeness import Likeness
from copydesk.similarity.pairs import candidates, repeated_values, shared_passages
from copydesk.similarity.sketches import keys as sketch_keys
from copydesk.similarity.story_text import StoryText

__all__ = ["copy_keys", "copy_spans", "id_conflicts"]

#: Shorter bodies are not compared exactly, and shorter ones not for their passages: as the checks of copies have it.
_FEWEST_WORDS, _FEWEST_NEAR = 5, 25

#: The least Jaccard index of the passages of two near copies.
_LEAST = 0.2

#: In a larger group of near copies, only articles that were brought together are compared with each other.
_GROUP = 40

#: Wire copies appear within so many hours.
_WIRE_HOURS = 72

#: Whom a story is credited to: in brackets behind its dateline, or in brackets on a last line of its own.
_CREDIT = r"^[^\n]{0,80}\(([\p{L}][\p{L}.&/ -]{1,30})\)\s*[-–—]\s|\n\s*\(([\p{L}][\p{L}.&/ -]{1,30})\)\s*$"

#: How much of the first paragraph and of a headline is quoted, in characters.
_QUOTED, _HEADLINE = 160, 80


def copy_keys(batch: Batch) -> pl.DataFrame:
    """Return what copies are told by: a row an article, with its sketch, but no text beyond its first words.

    The articles have `side` (String: the split or the collection) and `label` (String), null where there is none.
    """
    words = batch.measures["words"]
    story = StoryText(batch)
    sketches = sketch_keys(story, story.words)
    sketches = sketches.with_columns(
        story.in_body(sketches["starts"]).alias("starts"), lines=story.lines(), hash=batch.body_keys
    )
    whose = batch.articles.select(
        "article",
        "side",
        "label",
        publisher=pl.col("publisher").str.strip_chars().str.to_lowercase().replace("", None),
        headline=pl.col("headline").str.slice(0, _HEADLINE),
        id=pl.col("id").str.strip_chars().replace("", None),
        hour=hours("published"),
        credit=_credit(),
    ).with_columns(story=headline_keys(batch), words=words)
    first = batch.paragraphs.filter(pl.col("par") == 0).select(
        "article", "start", lead=pl.col("text").str.head(_QUOTED)
    )
    whole = pl.concat([whose, sketches], how="horizontal")
    return whole.join(first, on="article", how="left", maintain_order="left")


def _credit() -> pl.Expr:
    ends = pl.concat_str(pl.col("body").str.head(150), pl.col("body").str.tail(60), separator="\n")
    groups = ends.str.extract_groups(_CREDIT).struct
    return pl.coalesce(groups.field("1"), groups.field("2"))


def id_conflicts(keys: pl.LazyFrame) -> pl.DataFrame:
    """Return the articles whose id an earlier article with another text has."""
    rows = keys.filter(pl.col("id").is_not_null()).select("article", "id", "hash", "start", "lead").collect()
    rows = rows.filter(pl.col("hash").n_unique().over("id") > 1)
    first = rows.unique("id", keep="first", maintain_order=True).select("id", twin="article", other="hash")
    found = rows.join(first, on="id", maintain_order="left").filter(pl.col("hash") != pl.col("other"))
    reason = pl.format("the id {} stands for another text, too", "id")
    return _spans(found, reason, start="start", text="lead")


def copy_spans(keys: pl.LazyFrame) -> dict[str, pl.DataFrame]:
    """Return the spans of each kind of finding that is about copies.

    Args:
        keys: what `copy_keys` returns of all batches, in the order of the collection.
    """
    pairs = pl.concat([_exact(keys), _near(keys)], how="diagonal")
    sizes = keys.group_by("side").agg(pl.len(), first=pl.col("article").min()).collect()
    rank = sizes.sort("len", "first", descending=[True, False]).with_row_index("rank").select("side", "rank")
    pairs = pairs.join(rank, on="side", how="left", nulls_equal=True, maintain_order="left")
    twins = rank.rename({"side": "side_twin", "rank": "rank_twin"})
    pairs = pairs.join(twins, on="side_twin", how="left", nulls_equal=True, maintain_order="left")
    exact = pl.col("jaccard").is_null()
    across = pairs.filter(pl.col("rank") > pl.col("rank_twin"))
    conflict = pairs.filter(pl.col("label").is_not_null() & (pl.col("label") != pl.col("label_twin")))
    conflict = conflict.filter(pl.col("article") > pl.col("twin"))
    return {
        "copy-across": _best(across.filter(exact), _reason_across(pl.lit("the whole body stands in"))),
        "near-copy-across": _best(across.filter(~exact), _reason_across(_shared_part())),
        "label-conflict": _best(
            conflict.filter(exact),
            pl.format("labelled {}, and the same text is labelled {}", "label", "label_twin"),
        ),
        "syndication": _best(_syndicated(pairs), _reason_syndicated()),
        "reprint": _best(_reprinted(pairs), pl.format("the same story under the headline “{}”", "headline_twin")),
    }


def _exact(keys: pl.LazyFrame) -> pl.DataFrame:
    """Return pairs of articles with one body: each with the first of every side, and the first of every label."""
    some = keys.filter(pl.col("words") >= _FEWEST_WORDS)
    often = repeated_values(some.select("hash").collect().to_series(), 2)
    columns = ["article", "side", "label", "publisher", "headline", "story", "hour", "credit", "hash", "start", "lead"]
    rows = some.filter(pl.col("hash").is_in(often.implode())).select(columns).collect()
    first = pl.concat(
        [
            rows.unique(["hash", *by], keep="first", maintain_order=True)
            for by in (["side"], ["label"], ["publisher"], ["story"])
        ]
    ).unique("article", maintain_order=True)
    twins = first.rename({c: f"{c}_twin" for c in columns if c not in ("article", "hash")}).rename({"article": "twin"})
    pairs = rows.join(twins, on="hash", maintain_order="left_right").filter(pl.col("article") != pl.col("twin"))
    return pairs.rename({"lead": "text"}).drop("start_twin", "lead_twin", "hash")


def _near(keys: pl.LazyFrame) -> pl.DataFrame:
    """Return pairs of articles that are near copies, both ways, with a passage that stands in both."""
    some = keys.filter(pl.col("words") >= _FEWEST_NEAR)
    pairs = candidates(some.select("hash", "passages", "limit"))
    paired = pl.concat([pairs["text"], pairs["twin"]]).unique()
    rows = some.filter(pl.col("hash").is_in(paired.implode())).collect()
    texts = rows.unique("hash", keep="first", maintain_order=True)
    numbers = texts.select("hash").with_row_index("row")
    pairs = pairs.join(numbers, left_on="text", right_on="hash").join(
        numbers.rename({"row": "other"}), left_on="twin", right_on="hash"
    )
    sketches = texts.with_columns(publisher=pl.col("publisher").hash())
    likeness = Likeness(sketches.select("limit", "publisher", "story"), sketches.lazy())
    alike = likeness.of(pairs.select("row", twin="other"), is_alike(_LEAST))
    more = likeness.of(_unasked(alike), is_alike(_LEAST))
    alike = pl.concat([alike, more])
    back = alike.select(row="twin", twin="row", share="back", back="share", jaccard="jaccard")
    both = pl.concat([alike, back.select(alike.columns)])
    quoted = shared_passages(texts[both["row"]], texts[both["twin"]])
    both = pl.concat([both, quoted], how="horizontal").join(numbers.rename({"hash": "mine"}), on="row")
    both = both.join(numbers.rename({"row": "twin", "hash": "theirs"}), on="twin").drop("row", "twin")
    columns = ["article", "side", "label", "publisher", "headline", "story", "hour", "credit", "hash"]
    mine = rows.select(columns)
    theirs = mine.rename({c: f"{c}_twin" for c in columns if c not in ("article", "hash")}).rename({"article": "twin"})
    # Of many exact copies of a near copy, the first of each side is enough.
    theirs = theirs.unique(["hash", "side_twin"], keep="first", maintain_order=True)
    return (
        both.join(mine, left_on="mine", right_on="hash")
        .join(theirs, left_on="theirs", right_on="hash")
        .drop("mine", "theirs", "back")
    )


def _unasked(alike: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of groups that have not been compared: the best twin may be in the same split."""
    joined = groups(alike["row"], alike["twin"]).filter(pl.len().over("group") <= _GROUP)
    one, other = joined.rename({"member": "row"}), joined.rename({"member": "twin"})
    pairs = one.join(other, on="group").filter(pl.col("row") > pl.col("twin")).select("row", "twin")
    known = pl.concat([alike.select("row", "twin"), alike.select(row="twin", twin="row")])
    return pairs.join(known, on=["row", "twin"], how="anti")


def _best(pairs: pl.DataFrame, reason: pl.Expr) -> pl.DataFrame:
    """Return a span for each article: that of its likest twin, and among equals of the first."""
    order = pairs.sort("article", pl.col("jaccard").fill_null(1.0), "twin", descending=[False, True, False])
    return _spans(order.unique("article", keep="first", maintain_order=True), reason, start="start", text="text")


def _spans(rows: pl.DataFrame, reason: pl.Expr, *, start: str, text: str) -> pl.DataFrame:
    words = pl.col(text).fill_null("")
    begin = pl.col(start).fill_null(0).cast(pl.Int64)
    return rows.select(
        "article",
        field=pl.lit("body"),
        start=begin,
        end=begin + words.str.len_chars().cast(pl.Int64),
        reason=reason,
        related=pl.lit(None, pl.String),
        repair=pl.lit("none"),
        replacement=pl.lit(None, pl.String),
        text=words,
        twin=pl.col("twin").cast(pl.UInt32),
    )


def _reason_across(what: pl.Expr) -> pl.Expr:
    none = pl.lit("(none)")
    return pl.format("{} {}; this is {}", what, pl.col("side_twin").fill_null(none), pl.col("side").fill_null(none))


def _shared_part() -> pl.Expr:
    share, jaccard = (pl.col("share") * 100).round().cast(pl.Int64), pl.col("jaccard").round(2)
    return pl.format("about {} % of its passages (Jaccard index {}) stand in", share, jaccard)


def _syndicated(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs whose twin is the origin: the earliest copy at another publisher, within the hours of a wire."""
    later = (pl.col("hour_twin") < pl.col("hour")) | (
        (pl.col("hour_twin") == pl.col("hour")) & (pl.col("twin") < pl.col("article"))
    )
    apart = pl.col("hour") - pl.col("hour_twin")
    other = pairs.filter(pl.col("publisher") != pl.col("publisher_twin"), later, apart <= _WIRE_HOURS)
    return other.filter(pl.col("hour_twin") == pl.col("hour_twin").min().over("article"))


def _reason_syndicated() -> pl.Expr:
    credit = pl.coalesce("credit", "credit_twin")
    credited = pl.when(credit.is_null()).then(pl.lit("")).otherwise(pl.format(", credited to {}", credit))
    return pl.format(
        "the story of {}, {} hours after it{}", "publisher_twin", pl.col("hour") - pl.col("hour_twin"), credited
    )


def _reprinted(pairs: pl.DataFrame) -> pl.DataFrame:
    same = pairs.filter(pl.col("publisher") == pl.col("publisher_twin"), pl.col("article") > pl.col("twin"))
    return same.filter(pl.col("story") != pl.col("story_twin"))
