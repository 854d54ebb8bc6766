"""Lines of the page: what is kept of each line of a batch, and what is known of them once all articles are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl
from copydesk.lexicon.phrases import kind_bits
from copydesk.metadata.stories import count_stories
from copydesk.text.paragraphs import bare_keys
from copydesk_expectations.detection.residue.other_headlines import may_be_headline
from copydesk_expectations.detection.residue.page_phrases import PERMITTING, permitting_lines
from copydesk_expectations.detection.residue.publisher_lines import article_keys, boilerplate, line_keys, lines_of_many
from copydesk_expectations.detection.text.gates import gates_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from copydesk.checks.batch import Batch
    from copydesk.furniture.lines import Lines
    from copydesk.furniture.model import Model
    from copydesk.furniture.shape import Bytes

__all__ = ["HELD_AGAINST", "PageLines", "page_line_keys", "page_lines"]

#: From so many stories of a publisher on, and from such a share of them, a line that they have is boilerplate.
_STORIES, _SHARE = 3, 0.02

#: Log-odds that a line of the story's own list, or its last sentence, needs beyond those of others.
_OF_THE_STORY = 2.0

#: What the story's own lines are told by: a full stop, a question or an exclamation mark behind four words or more,
#: below the first prose (the zones INSIDE and TAIL).
_OTHERS = "other stories with the line"
HELD_AGAINST = (
    *("last mark", "words", "lines since a prompt", "lines since prose", "lines until prose", "zone", "introduced"),
    _OTHERS,
)
_SENTENCE_MARKS, _SENTENCE, _FROM_INSIDE = (1, 2, 3), 4, 2

#: A sentence of so many words is the story's, too, where at most one line is between it and the next prose: a label of
#: ads parts paragraphs of the story.
_LONG, _ONE_BETWEEN = 8, 2

#: So many characters of a phrase are kept, to be quoted.
_QUOTED = 40


def page_line_keys(batch: Batch, kinds: Any, names: tuple[str, ...], model: Model | None = None) -> pl.DataFrame:
    """Return what must be known of a batch to judge its lines when all articles are read.

    Args:
        batch: the articles.
        kinds: see `page_phrases.phrase_kinds`.
        names: the features that are kept, in this order.
        model: it tells which lines can be furniture at all; without one, all that are short.

    Returns:
        A row an article: `article`; `publisher`, `url` and `story` (see `publisher_lines`); `open`, whether a phrase
        permits verdicts; `headline`, a key as `line` is one.
        A row a line: `article`, `par`, `start`, `text`; `line` and `more` (see `publisher_lines`); `run`, see
        `copydesk.furniture.lines`; `title`, whether it may be a headline. Lines that may be furniture have `features`
        (a byte each), `near`, the phrase that is next in the run, and `recurring`, see `copydesk.furniture.lines`.
    """
    from copydesk.furniture.lines import describe

    described = describe(batch, kinds > 0, (kinds & kind_bits(*PERMITTING)) > 0)
    compared = line_keys(batch).select("article", "par", "line", "more")
    lines = pl.DataFrame({"place": batch.places(compared)}).with_columns(compared.select("line", "more"))
    known = described if model is None else _possible(described, lines, model)
    both = lines.join(_candidates(batch, known, names), on="place", how="full", coalesce=True).sort("place")
    places = both["place"]
    own = batch.paragraphs.select("article", "par", "start", "text", title=may_be_headline())[places].with_columns(
        pl.col("title") & pl.Series(kinds[places.to_numpy()] == 0),
        run=pl.Series(described.run[places.to_numpy()], dtype=pl.UInt32),
    )
    rows = pl.concat([own, both.drop("place")], how="horizontal")
    return pl.concat([_articles(batch, kinds), rows], how="diagonal")


def _possible(described: Lines, compared: pl.DataFrame, model: Model) -> Lines:
    """Leave out the lines that no other story can have, and whose score is too low without that.

    Args:
        described: the lines.
        compared: see `page_line_keys`: `place` and `line`. Only these can stand in other stories. Their score says
            nothing yet, as nearly all reach the threshold if many stories have them.
        model: gives the score.
    """
    kept = np.isin(described.at, compared.filter(pl.col("line").is_not_null())["place"].to_numpy())
    alone = np.flatnonzero(~kept)
    features = {name: values[alone] for name, values in described.features.items()}
    features[_OTHERS] = np.zeros(len(alone), np.uint8)
    kept[alone[model.score(features) >= model.threshold]] = True
    places = np.flatnonzero(kept)
    features = {name: values[places] for name, values in described.features.items()}
    return replace(
        described,
        at=described.at[places],
        features=features,
        near=described.near[places],
        recurring=described.recurring[places],
    )


def _candidates(batch: Batch, described: Lines, names: tuple[str, ...]) -> pl.DataFrame:
    """Return the lines that may be furniture: `place`, `features`, `near`, `recurring`."""
    at, features, near, recurring = described.at, described.features, described.near, described.recurring
    matrix = np.ascontiguousarray(np.stack([features[name] for name in names], axis=1))
    phrases = batch.paragraphs["text"].gather(pl.Series(np.where(near < 0, 0, near))).str.slice(0, _QUOTED)
    return pl.DataFrame(
        {
            "place": at,
            "features": pl.Series(matrix, dtype=pl.Array(pl.UInt8, len(names))),
            "near": phrases.set(pl.Series(near < 0), None),
            "recurring": recurring,
        }
    )


def _articles(batch: Batch, kinds: Any) -> pl.DataFrame:
    permitted = np.zeros(batch.articles.height, np.bool_)
    spoken = permitting_lines(batch.paragraphs["text"], kinds)
    permitted[batch.paragraphs["article"].to_numpy()[spoken] - batch.first] = True
    # A page that stands in place of a story is found as a whole, and has no lines beside a story.
    permitted[gates_in(batch)["article"].to_numpy() - batch.first] = False
    headlines = batch.text("headline")
    headline = bare_keys(headlines, headlines.begin, headlines.end)
    return article_keys(batch).with_columns(open=pl.Series(permitted), headline=headline ^ pl.col("publisher"))


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines that may be furniture, with all that is known of them.

    Attributes:
        rows: `article`, `par`, `start`, `text`, `near`, `others` (in how many other stories of the publisher the line
            stands), `open` (whether verdicts are permitted in its article), `boilerplate` (whether another check
            finds it), `of_structure` (it is part of a structure that recurs through the story).
        features: name to a byte a line.
        boilerplate: `article` and `par` of all lines that another check finds, of those that may be furniture or not.
    """

    rows: pl.DataFrame
    features: Mapping[str, Bytes]
    boilerplate: pl.DataFrame

    def hits(self, scores: Any, threshold: float) -> Any:
        """Return which lines are furniture, by their log-odds; those that another check finds are left to it."""
        silent = (self.rows["boilerplate"] | self.rows["of_structure"]).to_numpy()
        return np.flatnonzero(self.rows["open"].to_numpy() & ~silent & (scores >= self.least(threshold)))

    def least(self, threshold: float) -> Any:
        """Return the log-odds from which on each line is furniture.

        A list that the story introduces is the story's. So is a sentence between its prose and the first prompt, and a
        long one beside prose. Much must speak against such a line.
        """
        known = {name: values.astype(np.int64) for name, values in self.features.items() if name in HELD_AGAINST}
        sentence = np.isin(known["last mark"], _SENTENCE_MARKS) & (known["words"] >= _SENTENCE)
        above = (known["lines since a prompt"] >= known["lines since prose"]) & (known["zone"] >= _FROM_INSIDE)
        beside = np.minimum(known["lines since prose"], known["lines until prose"]) <= _ONE_BETWEEN
        theirs = (known["introduced"] > 0) | (sentence & (above | (beside & (known["words"] >= _LONG))))
        theirs &= known[_OTHERS] == 0
        return threshold + np.where(theirs, _OF_THE_STORY, 0.0)

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
    articles = (
        keys.filter(pl.col("par").is_null()).select("article", "publisher", "url", "story", "body", "open").collect()
    )
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
        .select("article", "par", "start", "text", "run", "features", "near", "recurring")
        .join(wanted.lazy(), on="article")
        .join(sizes, on="article", how="left")
        .join(repeats.lazy().drop("run"), on=["article", "par"], how="left")
        .with_columns(pl.col("stories", "others").fill_null(0), pl.col("boilerplate").fill_null(False))
        .with_columns(of_structure=pl.col("recurring") & (pl.col("others") == 0))
        .sort("article", "par")
        .collect()
    )
    matrix = rows["features"].to_numpy() if rows.height else np.empty((0, len(names)), np.uint8)
    features: dict[str, Any] = {name: np.ascontiguousarray(matrix[:, n]) for n, name in enumerate(names)}
    numbers = {name: rows[name].cast(pl.Int64).to_numpy() for name in ("article", "par", "run", "others", "stories")}
    where, par, run = (repeats[name].cast(pl.Int64).to_numpy() for name in ("article", "par", "run"))
    size = features["lines of the run"].astype(np.int64)
    features |= describe_repeats(**numbers, size=size, repeats=(where, par, run))
    found = repeats.filter("boilerplate").select("article", "par")
    return PageLines(rows.drop("features", "run", "stories", "recurring"), features, found)
