"""The difference between two versions of a collection: articles, findings, and the measures that moved.

An article is known by its identity, as for fingerprints: its id, else its url, else its headline and the first words of
its body. Of articles with one identity, those that are equal in all fields are paired first, then the others in their
order. A finding is known by its fingerprint, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

import polars as pl

import copydesk
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.collection import Gathering
from copydesk.engine.parts import Frames, Part
from copydesk.engine.pipeline import each_part
from copydesk.errors import InputError
from copydesk.gate.baseline import Baseline
from copydesk.gate.differences import Difference, Measure, Version, worst_first
from copydesk.gate.revisions import Revision
from copydesk.metadata.language import identify, language_codes
from copydesk.metadata.publishers import publisher_keys
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk
from copydesk.model.finding import FINDING, as_written
from copydesk.readers import ReadOptions, Source, find_files, list_paths, read_files

__all__ = ["difference"]

#: How many characters of a headline name an article.
_HEADLINE = 160

#: What is shown of an article.
_SHOWN = ("article_id", "file", "row", "headline", "words")


def difference(
    before: str | Path | Revision,
    after: str | Path | Revision,
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    command: str = "",
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
    options: ReadOptions | None = None,
) -> Difference:
    """Compare two versions of a collection.

    Args:
        before: a file, a folder or a glob; or the files of a revision, see `copydesk.gate.revisions`.
        after: the same, of the new version.
        suite: its checks are run over both.
        mapped: field to column, for columns that are not recognised; for both.
        command: how to repeat it, for the report.
        options: how files are read, of both.
        guard: called with the files of both and the suite before any work; it raises where that must not go on.

    Raises:
        UsageError: the suite or the map is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    if not isinstance(suite, Suite):
        suite = load_suite(suite)
    sides = [
        (path, list(path.sources) if isinstance(path, Revision) else find_files(list_paths([path]), options))
        for path in (before, after)
    ]
    if guard:
        guard([source for _, sources in sides for source in sources], suite)
    old, new = (_Side(path, sources, suite, mapped or {}) for path, sources in sides)
    known = Baseline(old.findings)
    marked = known.mark_new(new.findings)
    pairs = _pair(old.articles, new.articles)
    both = pairs.filter(pl.col("place_before").is_not_null() & pl.col("place").is_not_null())
    changed = both.filter(pl.col("fields").list.len() > 0)
    return Difference(
        version=copydesk.__version__,
        suite=suite.name,
        before=old.version,
        after=new.version,
        added=new.articles[pairs.filter(pl.col("place_before").is_null())["place"]].select(_SHOWN),
        removed=old.articles[pairs.filter(pl.col("place").is_null())["place_before"]].select(_SHOWN),
        changed=_changed_articles(old, new, changed),
        unchanged=both.height - changed.height,
        new=worst_first(marked.filter("new")),
        fixed=worst_first(old.findings.filter(known.missing)),
        known=marked.height - int(marked["new"].sum()),
        measures=tuple(_measures(old, new)),
        command=command,
    )


def _changed_articles(old: _Side, new: _Side, changed: pl.DataFrame) -> pl.DataFrame:
    """Return the articles that are in both versions and differ, with the words before and the fields that differ."""
    return pl.concat(
        [
            new.articles[changed["place"]].select(_SHOWN),
            old.articles[changed["place_before"]].select(words_before="words"),
            changed.select("fields"),
        ],
        how="horizontal",
    )


@dataclass(frozen=True, slots=True)
class _ComparedPart(Part):
    """A part that also has what is compared of each article, see `_comparable`."""

    articles: pl.DataFrame = field(default_factory=pl.DataFrame)


class _Side:
    """One version, read.

    articles: a row an article, see `_comparable`.
    findings: see FINDING.
    counts: articles by language, by publisher's key, and by the checks with findings in them.
    names: the names of publishers, by their keys.
    """

    def __init__(
        self, path: str | Path | Revision, sources: Sequence[Source], suite: Suite, mapped: Mapping[str, str]
    ) -> None:
        run = Gathering(suite)

        frames: list[pl.DataFrame] = []

        def analyse(chunk: Chunk) -> Part:
            part = run.analyse(chunk)
            if part.frames is None:
                return part
            attributes = {f.name: getattr(part, f.name) for f in fields(part)}
            return _ComparedPart(**attributes, articles=_comparable(chunk, part.frames))

        def take(part: Part) -> None:
            run.add(part)
            if isinstance(part, _ComparedPart):
                frames.append(part.articles)

        reading = partial(read_files, mapped=mapped, extra=suite.columns.difference(FIELDS, MEASURES))
        try:
            each_part(sources, reading, analyse, None, take, before=run.prepare)
            if not run.articles:
                raise InputError(f"{path}: holds no article that can be read.")
            run.finish()
            run.expect_all()
            self.articles = pl.concat(frames)
            findings = run.findings.scan().select("article", *as_written()).collect()
        finally:
            run.close()
        self.findings = findings.select(*FINDING)
        self.counts = {
            "language": _counts(self.articles["language"]),
            "publisher": _counts(self.articles["key"]),
            "check": dict(findings.group_by("check").agg(pl.col("article").n_unique()).iter_rows()),
        }
        names = self.articles.select("key", "publisher").drop_nulls().unique("key", keep="first", maintain_order=True)
        self.names = dict(names.iter_rows())
        self.version = Version(
            str(path), run.articles, len(sources), sum(s.bytes for s in sources), len(run.rejected), findings.height
        )


def _comparable(chunk: Chunk, frames: Frames) -> pl.DataFrame:
    """Return of each article its identity, a hash of each field, and no text but the start of its headline."""
    batch = Batch(chunk.articles)
    articles = batch.articles  # with all FIELDS
    language = language_codes(articles["language"])
    undeclared = language.is_null().arg_true()
    language = language.scatter(undeclared, identify(articles["body"].gather(undeclared)))
    compared = articles.select(
        *(pl.col(f).fill_null("").hash().alias(f"hash_{f}") for f in FIELDS),
        headline=pl.col("headline").str.strip_chars().str.head(_HEADLINE),
        language=language,
        key=publisher_keys(batch),
        publisher=pl.coalesce(pl.col("publisher").str.strip_chars(), "url"),
    )
    known = frames.known.select("article_id", "file", "row", pl.col("identity").hash())
    return pl.concat([known, frames.signals.select("words"), compared], how="horizontal")


def _counts(values: pl.Series) -> dict[str, int]:
    return dict(values.drop_nulls().value_counts().iter_rows())


def _pair(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Pair the articles of two versions.

    Returns:
        A row for each article of either: `place_before` and `place` (its row in each; null where it is in one only),
        and `fields` (the fields that differ).
    """
    hashes = [f"hash_{f}" for f in FIELDS]

    def number(articles: pl.DataFrame, place: str, by: list[str]) -> pl.DataFrame:
        return articles.with_columns(_nth=pl.int_range(pl.len()).over(by)).select("identity", "_nth", *hashes, place)

    one, two = old.with_row_index("place_before"), new.with_row_index("place")
    exact = ["identity", *hashes]
    equal = number(one, "place_before", exact).join(
        number(two, "place", exact), on=[*exact, "_nth"], maintain_order="right"
    )
    left = one.join(equal, on="place_before", how="anti", maintain_order="left")
    right = two.join(equal, on="place", how="anti", maintain_order="left")
    rest = number(left, "place_before", ["identity"]).join(
        number(right, "place", ["identity"]),
        on=["identity", "_nth"],
        how="full",
        suffix="_new",
        maintain_order="right_left",
    )
    differ = [pl.when(pl.col(h) != pl.col(f"{h}_new")).then(pl.lit(f)) for f, h in zip(FIELDS, hashes, strict=True)]
    none = pl.lit([], pl.List(pl.String))
    places = ["place_before", "place"]
    return pl.concat(
        [
            equal.select(*places, fields=none),
            rest.select(*places, fields=pl.concat_list(differ).list.drop_nulls()),
        ]
    )


def _measures(old: _Side, new: _Side) -> Iterator[Measure]:
    for name, quantile in (("10 % have at most", 0.1), ("median", 0.5), ("90 % have at most", 0.9)):
        before, after = (int(side.articles["words"].quantile(quantile, "nearest") or 0) for side in (old, new))
        yield Measure("length", name, before, after)
    for kind in ("language", "publisher", "check"):
        counts, later, names = old.counts[kind], new.counts[kind], {**old.names, **new.names}
        measures = [
            Measure(
                kind,
                names.get(name, name) if kind == "publisher" else name,
                counts.get(name, 0),
                later.get(name, 0),
                counts.get(name, 0) / old.version.articles,
                later.get(name, 0) / new.version.articles,
            )
            for name in {*counts, *later}
        ]
        yield from sorted(measures, key=lambda m: (-abs((m.new_share or 0) - (m.old_share or 0)), m.name))
