"""Verdicts of filters as columns: which rule drops an article, by how much, and the line that decided."""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np, pl

__all__ = ["VERDICT", "Rules", "cut_lines", "measured"]

#: The columns of a verdict, a row an article. `rule` drops the article; null if it stays. `value` is what was measured
#: and `limit` what it may be, null for a rule that does not measure. `line` is the line that decided, where one did.
#: `cut` is how many words of an article that stays are cut, and `cut_rule` and `cut_line` the first cut.
VERDICT = {
    "rule": "String",
    "value": "Float64",
    "limit": "Float64",
    "line": "String",
    "cut": "Int64",
    "cut_rule": "String",
    "cut_line": "String",
}

#: No more of a line is kept.
_QUOTED = 160


class Rules:
    """The rules of a filter in their order: the first that an article breaks decides, as in datatrove.

    Args:
        articles: how many there are.
    """

    def __init__(self, articles: int) -> None:
        self._rule = np.full(articles, -1)
        self._names: list[str] = []
        self._value = np.full(articles, np.nan)
        self._limit = np.full(articles, np.nan)
        self._line = pl.Series("line", [None] * articles, dtype=pl.String)

    @property
    def open(self) -> Any:
        """Flag the articles that no rule dropped so far."""
        return self._rule < 0

    def drop(
        self, name: str, where: Any, value: Any = None, limit: float = np.nan, line: pl.Series | None = None
    ) -> None:
        """Drop the articles in which a flag is set, if no earlier rule did."""
        new = np.flatnonzero(np.asarray(where) & self.open)
        self._rule[new] = len(self._names)
        self._names.append(name)
        if value is not None and limit is not None:
            self._limit[new] = limit
            self._value[new] = np.asarray(value)[new]
        if line is not None and len(new):
            self._line = self._line.scatter(new, line.gather(new).str.slice(0, _QUOTED))

    def drop_over(self, name: str, part: Any, whole: Any, limit: float, line: pl.Series | None = None) -> None:
        """Drop the articles of which a part is more than a share of the whole."""
        share = measured(part, whole)
        self.drop(name, share > limit, share, limit, line)

    def drop_under(self, name: str, part: Any, whole: Any, limit: float, line: pl.Series | None = None) -> None:
        """Drop the articles of which a part is less than a share of the whole."""
        share = measured(part, whole)
        self.drop(name, share < limit, share, limit, line)

    def verdict(self) -> pl.DataFrame:
        """Return the verdicts: the columns of VERDICT."""
        names = pl.Series([*self._names, None], dtype=pl.String)
        rule = names.gather(np.where(self._rule < 0, len(self._names), self._rule))
        frame = pl.DataFrame({"rule": rule, "value": self._value, "limit": self._limit, "line": self._line})
        empty = frame.with_columns(pl.col("value", "limit").fill_nan(None), cut=pl.lit(0, pl.Int64))
        return empty.with_columns(cut_rule=pl.lit(None, pl.String), cut_line=pl.lit(None, pl.String)).select(*VERDICT)


def measured(part: Any, whole: Any) -> Any:
    """Return shares; not a number where the whole is nothing, which breaks no rule."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(part) / np.where(np.asarray(whole) == 0, np.nan, whole)


def cut_lines(verdict: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return verdicts with what is cut of the articles that stay.

    Args:
        verdict: the verdicts.
        lines: a row a line: `text` (number of the article), `part`, `words`, and `rule`, which cuts it or is null.
    """
    cut = (
        lines.lazy()
        .filter(pl.col("rule").is_not_null())
        .group_by("text")
        .agg(
            cut=pl.col("words").sum().cast(pl.Int64),
            cut_rule=pl.col("rule").first(),
            cut_line=pl.col("part").first().str.strip_chars().str.slice(0, _QUOTED),
        )
    )
    stays = verdict.lazy().drop("cut", "cut_rule", "cut_line").with_row_index("text")
    joined = stays.join(cut, on="text", how="left", maintain_order="left")
    kept = pl.col("rule").is_null()
    return joined.select(
        *list(VERDICT)[:4],
        pl.when(kept).then(pl.col("cut").fill_null(0)).otherwise(0).alias("cut"),
        pl.when(kept).then("cut_rule").alias("cut_rule"),
        pl.when(kept).then("cut_line").alias("cut_line"),
    ).collect()
