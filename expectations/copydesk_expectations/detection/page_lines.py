"""Lines of the page: what is kept of each line of a batch, and what is known of them once all articles are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import LINE_KINDS, kind_bits, line_hits
from copydesk_expectations.detection.comment_sections import comment_sections
from copydesk_expectations.detection.link_blocks import entries_behind_labels
from copydesk_expectations.detection.page_marks import page_marks
from copydesk_expectations.detection.publisher_lines import article_keys, boilerplate, line_keys, lines_of_many
from copydesk_expectations.detection.stories import count_stories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from copydesk.checks.batch import Batch
    from copydesk.furniture.model import Model
    from copydesk.furniture.shape import Bytes

__all__ = ["PERMITTING", "PageLines", "certain_lines", "page_line_keys", "page_lines", "phrase_kinds"]

#: Kinds of phrases that say nothing of the page around the story: a credit or a label may be all that is left of it,
#: and a notice that the page is no article is another matter.
_SILENT = ("caption", "label", "page")
PERMITTING = tuple(kind for kind in LINE_KINDS if kind not in _SILENT)

#: From so many stories of a publisher on, and from such a share of them, a line that they have is boilerplate.
_STORIES, _SHARE = 3, 0.02

#: So many characters of a phrase are kept, to be quoted.
_QUOTED = 40


def phrase_kinds(batch: Batch, lexicons: tuple[str, ...] = ()) -> Any:
    """Return the kinds of phrases that each paragraph is (uint32, a bit for each of LINE_KINDS); 0 for none.

    The titles behind a label of the kind related count as phrases of that kind, `certain_lines` as those of the page's
    tools.
    """
    hits = line_hits(batch, lexicons)
    kinds = np.zeros(batch.paragraphs.height, np.uint32)
    kinds[batch.places(hits)] = hits["kinds"].to_numpy()
    kinds[entries_behind_labels(batch, lexicons)["place"].to_numpy()] = kind_bits("related")
    kinds[page_marks(batch)["place"].to_numpy()] |= kind_bits("share")
    for first, behind in comment_sections(batch).select("first", "behind").iter_rows():
        kinds[first:behind] |= kind_bits("share")
    return kinds


def certain_lines(batch: Batch) -> pl.DataFrame:
    """Return the lines that need no model: `article`, `par`, `start`, `text`, `reason`. A comment section is one span."""
    paragraphs = batch.paragraphs
    sections = comment_sections(batch)
    first, last = sections["first"], sections["behind"] - 1
    spans = paragraphs.select("article", "par", "start")[first].with_columns(
        field=pl.lit("body"),
        end=paragraphs["end"].gather(last),
        reason=pl.format("readers' comments ({}), to the end of the body", sections["comments"]),
    )
    marks = page_marks(batch)
    inside = np.zeros(paragraphs.height, np.bool_)
    for start, behind in sections.select("first", "behind").iter_rows():
        inside[start:behind] = True
    marks = marks.filter(pl.Series(~inside[marks["place"].to_numpy()], dtype=pl.Boolean))
    lines = paragraphs.select("article", "par", "start", "text")[marks["place"]].with_columns(reason=marks["reason"])
    columns = ("article", "par", "start", "text", "reason")
    return pl.concat([batch.quoted(spans).select(columns), lines.select(columns)])


def page_line_keys(batch: Batch, kinds: Any, names: tuple[str, ...], model: Model | None = None) -> pl.DataFrame:
    """Return what must be known of a batch to judge its lines when all articles are read.

    Args:
        batch: the articles.
        kinds: see `phrase_kinds`.
        names: the features that are kept, in this order.
        model: it tells which lines can be furniture at all; without one, all that are short.

    Returns:
        A row an article: `article`, `publisher`, `url`, `story` (see `publisher_lines`), and `open`: whether a phrase
        permits verdicts. A row a line: `article`, `par`, `start`, `text`, `line`, `more` (see `publisher_lines`), `run`,
        and of those that may be furniture `features` (a byte each) and `near`, the phrase that is next in the run.
    """
    from copydesk.furniture.lines import describe

    described = describe(batch, kinds > 0, (kinds & kind_bits(*PERMITTING)) > 0)
    at, features, near = described.at, described.features, described.near
    if model is not None:
        possible = model.score(features) >= model.threshold
        at, near = at[possible], near[possible]
        features = {name: values[possible] for name, values in features.items()}
    matrix = np.ascontiguousarray(np.stack([features[name] for name in names], axis=1))
    phrases = batch.paragraphs["text"].gather(pl.Series(np.where(near < 0, 0, near))).str.slice(0, _QUOTED)
    kept = pl.DataFrame(
        {
            "place": at,
            "features": pl.Series(matrix, dtype=pl.Array(pl.UInt8, len(names))),
            "near": phrases.set(pl.Series(near < 0), None),
        }
    )
    compared = line_keys(batch).select("article", "par", "line", "more")
    lines = pl.DataFrame({"place": batch.places(compared)}).with_columns(compared.select("line", "more"))
    both = lines.join(kept, on="place", how="full", coalesce=True).sort("place")
    places = both["place"]
    own = batch.paragraphs.select("article", "par", "start", "text")[places]
    rows = pl.concat([own, both.drop("place")], how="horizontal")
    rows = rows.with_columns(run=pl.Series(described.run[places.to_numpy()], dtype=pl.UInt32))
    permitted = np.zeros(batch.articles.height, np.bool_)
    spoken = np.flatnonzero((kinds & kind_bits(*PERMITTING)) > 0)
    permitted[batch.paragraphs["article"].to_numpy()[spoken] - batch.first] = True
    articles = article_keys(batch).with_columns(open=pl.Series(permitted))
    return pl.concat([articles, rows], how="diagonal")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines that may be furniture, with all that is known of them.

    Attributes:
        rows: `article`, `par`, `start`, `text`, `near`, `others` (in how many other stories of the publisher the line
            stands), `open` (whether verdicts are permitted in its article), `boilerplate` (whether another check finds it).
        features: name to a byte a line.
    """

    rows: pl.DataFrame
    features: Mapping[str, Bytes]

    def line(self, at: int) -> dict[str, int]:
        """Return the features of one line."""
        return {name: int(values[at]) for name, values in self.features.items()}


def page_lines(keys: pl.LazyFrame, names: tuple[str, ...], *, all_articles: bool = False) -> PageLines:
    """Return the lines of a collection that may be furniture.

    Args:
        keys: those of all batches, see `page_line_keys`.
        names: the features that were kept.
        all_articles: whether to return lines of articles in which no verdict is permitted, too.
    """
    from copydesk.furniture.repeats import describe_repeats

    if "reason" in keys.collect_schema():
        keys = keys.filter(pl.col("reason").is_null())
    articles = keys.filter(pl.col("par").is_null()).select("article", "publisher", "url", "story", "open").collect()
    owned = articles.lazy().filter(pl.col("publisher").is_not_null())
    lines = keys.filter(pl.col("par").is_not_null())
    compared = lines.filter(pl.col("line").is_not_null()).select("article", "par", "run", "line", "more", "text")
    repeated = lines_of_many(compared, 2)
    stories = boilerplate(repeated.with_columns(more=pl.lit(0, pl.UInt8)), owned, min_articles=2, min_share=0)
    often = boilerplate(repeated, owned, min_articles=_STORIES, min_share=_SHARE).select("line", often=True)
    repeats = (
        repeated.join(stories, on="line")
        .join(often, on="line", how="left")
        .select("article", "par", "run", others=pl.col("articles") - 1, boilerplate=pl.col("often").fill_null(False))
        .sort("article", "par")
        .collect()
    )
    loud = repeats.filter("boilerplate")["article"].unique()
    opened = articles.select("article", open=pl.col("open") | pl.col("article").is_in(loud.implode()))
    wanted = opened if all_articles else opened.filter("open")
    whole = owned.group_by("publisher").agg(stories=count_stories())
    sizes = owned.join(whole, on="publisher").select("article", "stories")
    rows = (
        lines.filter(pl.col("features").is_not_null())
        .select("article", "par", "start", "text", "run", "features", "near")
        .join(wanted.lazy(), on="article")
        .join(sizes, on="article", how="left")
        .join(repeats.lazy().drop("run"), on=["article", "par"], how="left")
        .with_columns(pl.col("stories", "others").fill_null(0), pl.col("boilerplate").fill_null(False))
        .sort("article", "par")
        .collect()
    )
    matrix = rows["features"].to_numpy() if rows.height else np.empty((0, len(names)), np.uint8)
    features: dict[str, Any] = {name: np.ascontiguousarray(matrix[:, n]) for n, name in enumerate(names)}
    numbers = {name: rows[name].cast(pl.Int64).to_numpy() for name in ("article", "par", "run", "others", "stories")}
    known = tuple(repeats[name].cast(pl.Int64).to_numpy() for name in ("article", "par", "run"))
    size = features["lines of the run"].astype(np.int64)
    features |= describe_repeats(**numbers, size=size, repeats=known)
    return PageLines(rows.drop("features", "run", "stories"), features)
